from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, freeze_time, tagged

from .team_common import TeamCommon

# Whatever language the page is in.
NOT_VALID = 'class="ula_error"'


class CardCommon(TeamCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.city.supervision_phone = "0375-3799618"
        bureau = cls.env["res.partner"].create({"name": "测试市司法局", "is_company": True, "phone": "0375-7058726"})
        cls.city.justice_bureau_id = bureau

    def _issue(self, contract):
        action = contract.with_user(self.city_officer).action_print_card()
        return self.env["legal.aid.appointment.card"].browse(action["context"]["active_ids"])


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestAppointmentCard(CardCommon):
    def test_issued_once(self):
        """T2, P4: printing issues a card with a random token; printing again gives the same card."""
        contract = self._appoint(self.lawyer1)
        card = self._issue(contract)
        self.assertRecordValues(
            card,
            [
                {
                    "contract_id": contract.id,
                    "volunteer_id": self.lawyer1.id,
                    "organization_id": self.city.id,
                    "state": "valid",
                    "issued_by_id": self.city_officer.id,
                    "is_in_force": True,
                }
            ],
        )
        self.assertEqual(self._issue(contract), card)
        other = self._issue(self._appoint(self.lawyer2))
        self.assertEqual(len(card.token), 32)
        self.assertNotEqual(card.token, other.token)

    def test_many_at_once(self):
        """T2: the cards of a whole team are printed at once, in the order of the list."""
        contracts = self._appoint(self.lawyer2) | self._appoint(self.lawyer1)
        self.assertEqual(self._issue(contracts).contract_id, contracts)

    def test_who_gets_none(self):
        """T2, T5: drafts, contracts that are over and firms get no card; only the city prints."""
        draft = self._draft(self.lawyer1)
        firm = self._draft(self.env["legal.aid.volunteer"], kind="firm", law_firm_id=self.firm.id)
        for contract, message in ((draft, "for an appointment in force"), (firm, "law firm")):
            with self.assertRefused(UserError, message):
                contract.with_user(self.city_officer).action_print_card()
        active = self._appoint(self.lawyer2)
        with self.assertRaises(AccessError):
            active.with_user(self.b_officer).action_print_card()

    def test_revoked(self):
        """P4: a lost card is revoked with a note and worthless at once; the next print is a new one."""
        contract = self._appoint(self.lawyer1)
        card = self._issue(contract)
        officer = card.with_user(self.city_officer)
        self.assertTrue(officer.can_revoke)
        self.assertEqual(officer.action_revoke()["res_model"], "legal.aid.reason.dialog")
        for user in (self.a_officer, self.auditor, self.lawyer1_user):
            with self.assertRaises(AccessError):
                card.with_user(user).action_revoke(note="x")
        officer.action_revoke(note="遗失")
        self.assertRecordValues(card, [{"state": "revoked", "is_in_force": False, "note": "遗失"}])
        again = self._issue(contract)
        self.assertNotEqual(again.token, card.token)
        with self.assertRaises(UserError):
            officer.action_revoke(note="again")

    def test_token_stays_inside(self):
        """P4: no officer reads a token, and no door makes, changes or moves a card."""
        card = self._issue(self._appoint(self.lawyer1))
        cards = self.env["legal.aid.appointment.card"]
        for user in (self.city_officer, self.city_manager, self.auditor, self.justice, self.lawyer1_user):
            with self.assertRaises(AccessError):
                card.with_user(user).read(["token"])
            with self.assertRaises(AccessError):
                cards.with_user(user).search([("token", "=like", f"{card.token[:4]}%")])
            with self.assertRaises(AccessError):
                card.with_user(user).write({"state": "revoked"})
            with self.assertRaises(AccessError):
                cards.with_user(user).create({"contract_id": card.contract_id.id})
        self.assertFalse(cards.with_user(self.a_officer).search([("id", "=", card.id)]))

    def test_printed_without_network(self):
        """T2, P4: the card carries the address of the page as a picture that is in the document itself."""
        card = self._issue(self._appoint(self.lawyer1))
        report = self.env["ir.actions.report"].with_user(self.city_officer)
        html = report._render_qweb_html("union_legal_aid.report_appointment_card", card.ids)[0].decode()
        self.assertEqual(html.count("data:image/png;base64,"), 1)
        for text in ("t_lawyer1", self.lawyer1.license_number, card.contract_id.number, "0375-3799618", "0375-7058726"):
            self.assertIn(text, html)
        self.assertNotIn(card.token, html)
        self.lawyer1.partner_id.image_1920 = (
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        )
        html = report._render_qweb_html("union_legal_aid.report_appointment_card", card.ids)[0].decode()
        self.assertEqual(html.count("data:image/png;base64,"), 2)
        card.with_user(self.city_officer).action_revoke(note="遗失")
        with self.assertRefused(UserError, "Revoked, so nothing to print"):
            report._render_qweb_html("union_legal_aid.report_appointment_card", card.ids)


@tagged("post_install", "-at_install")
class TestCardPage(CardCommon, HttpCase):
    """P4: the page behind the QR code. The server runs on today's date, so the appointment is made from today on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._appoint(cls.lawyer1, cls._today())
        cls.card = cls.env["legal.aid.appointment.card"].with_user(cls.city_officer)._issue(cls.contract).sudo()

    @classmethod
    def _today(cls):
        return cls.env["legal.aid.volunteer"]._get_past_date(None)

    def _scan(self, token):
        self.env.flush_all()
        return self.url_open(f"/legal-aid/card/{token}")

    def test_ours_today(self):
        """P4, T13: the name and the answer for everybody; the rest only by the lawyer's consent."""
        answer = self._scan(self.card.token)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("t_lawyer1", answer.text)
        for text in (self.firm.name, self.lawyer1.license_number, self.county_a.name):
            self.assertNotIn(text, answer.text)
        for text in ("0375-3799618", "0375-7058726", "测试市总工会"):
            self.assertIn(text, answer.text)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertIn("noindex", answer.text)
        self.lawyer1.write({"consent_date": self._today(), "publish_contact_points": False})
        answer = self._scan(self.card.token)
        for text in (self.firm.name, self.lawyer1.license_number):
            self.assertIn(text, answer.text)
        self.assertNotIn(self.county_a.name, answer.text)

    def test_one_answer_for_all_that_is_not_valid(self):
        """P4: wrong, foreign, revoked and past tokens get one and the same answer, so that nothing is learnt by trying."""
        token = self.card.token
        wrong = self._scan("A" * 32)
        self.assertEqual(wrong.status_code, 404)
        self.assertIn(NOT_VALID, wrong.text)
        for text in ("x", "%27%20OR%201=1", token[:-1], token.swapcase(), str(self.card.id)):
            self.assertEqual(self._scan(text).text, wrong.text, text)
        officer = self.lawyer1.with_user(self.city_officer)
        officer.action_suspend(reason_code="investigation")
        self.assertEqual(self._scan(token).text, wrong.text)
        officer.action_resume()
        self.assertEqual(self._scan(token).status_code, 200)
        self.card.with_user(self.city_officer).action_revoke(note="遗失")
        self.assertEqual(self._scan(token).text, wrong.text)

    def test_over_with_the_contract(self):
        """P4: the last day is still good; with a contract that ended the card is worthless, also after a new one."""
        token = self.card.token
        self.contract.with_user(self.city_officer).action_terminate(reason_code="request")
        self.assertEqual(self._scan(token).status_code, 404)

    def test_boundary_days(self):
        """P4: valid from the first to the last day of the contract."""
        for days, expected in ((-1, False), (0, True), (364, True), (366, False)):
            with freeze_time(self.contract.date_start + timedelta(days=days)):
                self.card.invalidate_recordset()
                self.assertEqual(self.card.is_in_force, expected, days)
