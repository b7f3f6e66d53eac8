from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .casework_common import TODAY, WORKER_ID, LegalAidCaseworkCommon

OTHER_ID = "410404199003072830"


@tagged("post_install", "-at_install")
class TestCard(LegalAidCaseworkCommon):
    """I8: the aid card (法律援助卡): issued, valid, used, lost, over."""

    def _create_card(self, user=None, **vals):
        return (
            self.env["legal.aid.card"]
            .with_user(user or self.a_officer)
            .create(
                {
                    "organization_id": self.county_a.id,
                    "holder_name": "王小明",
                    "holder_id_number": WORKER_ID,
                    "holder_phone": "13803750001",
                    **vals,
                }
            )
        )

    def _issue(self, **vals):
        card = self._create_card(**vals)
        card.action_issue()
        return card

    def test_issue(self):
        """I8: numbered, dated, valid for the months of the policy; the number is all its name says."""
        card = self._issue()
        self.assertRecordValues(
            card,
            [
                {
                    "state": "active",
                    "issued_by_id": self.a_officer.id,
                    "is_valid": True,
                }
            ],
        )
        self.assertEqual(str(card.issued_date), TODAY)
        self.assertEqual(str(card.valid_until), "2027-03-01")
        self.assertRegex(card.name, r"^卡〔2026〕\d{5}号$")
        self.assertEqual(card.display_name, card.name)

    def test_issue_needs_a_holder(self):
        """I8: no card without name and number, none that is over already."""
        with self.assertRaisesRegex(UserError, "Identity Number"):
            self._issue(holder_id_number=False)
        with self.assertRaisesRegex(UserError, "over already"):
            self._issue(valid_until="2026-03-01")
        self.assertEqual(str(self._issue(valid_until=TODAY).valid_until), TODAY)

    def test_number_of_the_holder_is_checked(self):
        """F§10: a mistyped identity number is refused, and the message shows no number."""
        with self.assertRaises(ValidationError) as caught:
            self._create_card(holder_id_number="410482197802290017")
        self.assertNotIn("410482", str(caught.exception))

    def test_one_valid_card_for_a_worker(self):
        """I8: a second card only after the first one is void, also of another county, however the number is typed."""
        card = self._issue()
        with self.assertRaisesRegex(UserError, card.name):
            self._issue(holder_id_number="410402 19850101 0125")
        with self.assertRaisesRegex(UserError, card.name):
            self._create_card(self.b_officer, organization_id=self.county_b.id).action_issue()
        with freeze_time("2027-03-02 02:00:00"):
            self._issue()
            self.assertEqual(card.state, "expired")

    def test_last_day_and_the_day_after(self):
        """I8: good on its last day, refused the day after, whether or not the cron ran."""
        card = self._issue(valid_until="2026-03-10")
        with freeze_time("2026-03-10 02:00:00"):
            card.invalidate_recordset(["is_valid"])
            self.assertTrue(card.is_valid)
            self.assertTrue(self._create_case(application_date="2026-03-10", card_id=card.id))
            self.env["legal.aid.card"]._cron_expire()
            self.assertEqual(card.state, "active")
        with freeze_time("2026-03-11 02:00:00"):
            card.invalidate_recordset(["is_valid"])
            self.assertFalse(card.is_valid)
            self.assertFalse(self.env["legal.aid.card"].search([("is_valid", "=", True), ("id", "=", card.id)]))
            with self.assertRaisesRegex(ValidationError, "good until 2026-03-10"):
                self._create_case(application_date="2026-03-11", card_id=card.id)
            self.env["legal.aid.card"]._cron_expire()
            self.assertEqual(card.state, "expired")
            # What was applied for on the last day and is registered later, was applied for with a good card.
            self.assertTrue(self._create_case(application_date="2026-03-10", card_id=card.id))

    def test_green_channel(self):
        """I8: with a card the worker gets aid directly: green channel with its shorter clock, hardship verified, nothing retyped."""
        card = self._issue()
        case = self._create_case(
            applicant_name=False,
            applicant_id_number=False,
            applicant_phone=False,
            applicant_kind=False,
            matter_id=self.matter_insurance.id,
            card_id=card.id,
        )
        self.assertRecordValues(
            case,
            [
                {
                    "priority": "green",
                    "hardship_basis": "shared_data",
                    "applicant_name": "王小明",
                    "applicant_id_number": WORKER_ID,
                    "applicant_kind": "hardship_worker",
                }
            ],
        )
        self.assertIn(card.name, case.hardship_note)
        case.action_submit()
        self.assertEqual(self._get_due(case, "decide"), "2026-03-05")
        self.assertEqual(card.case_ids, case)

    def test_green_channel_is_suggested_to_a_holder(self):
        """I8, C2: who holds a valid card is suggested for the green channel before the card is used; a card that is over is none."""
        card = self._issue(valid_until="2026-03-10")
        case = self._create_case(matter_id=self.matter_insurance.id)
        self.assertTrue(case.is_green_suggested)
        self.assertFalse(
            self._create_case(matter_id=self.matter_insurance.id, applicant_id_number=OTHER_ID).is_green_suggested
        )
        case.write({"card_id": card.id, "priority": "normal"})
        self.assertTrue(case.is_green_suggested)
        with freeze_time("2026-03-11 02:00:00"):
            late = self._create_case(matter_id=self.matter_insurance.id, application_date="2026-03-11")
            self.assertFalse(late.is_green_suggested)

    def test_found_by_the_identity_number(self):
        """I8: the officer types the number, the case shows the card, one press uses it."""
        card = self._issue()
        case = self._create_case()
        self.assertEqual(case.suggested_card_id, card)
        case.action_use_card()
        self.assertEqual(case.card_id, card)
        self.assertEqual(case.priority, "green")
        self.assertFalse(case.suggested_card_id)
        # The waiver of the law stays; the card does not replace it.
        self.assertEqual(case.hardship_basis, "exempt")
        with self.assertRaisesRegex(UserError, "No valid aid card"):
            self._create_case(applicant_id_number=OTHER_ID).action_use_card()

    def test_form(self):
        """I8: choosing the card fills the form at once."""
        card = self._issue()
        form = Form(self.env["legal.aid.case"].with_user(self.a_officer))
        form.card_id = card
        self.assertEqual(form.priority, "green")
        self.assertEqual(form.applicant_name, "王小明")

    def test_other_persons_card(self):
        """I8: the card is for its holder only; the number decides, and is shown to nobody."""
        card = self._issue()
        with self.assertRaisesRegex(ValidationError, "another person") as caught:
            self._create_case(applicant_id_number=OTHER_ID, applicant_name="李红", card_id=card.id)
        self.assertNotIn(WORKER_ID, str(caught.exception))
        case = self._create_case(card_id=card.id)
        with self.assertRaisesRegex(ValidationError, "another person"):
            case.applicant_id_number = OTHER_ID

    def test_lost_card(self):
        """I8: void from the day of the report; what was opened before stays; the new card has the old last day."""
        card = self._issue(valid_until="2026-12-31")
        case = self._create_case(card_id=card.id)
        with freeze_time("2026-03-05 02:00:00"):
            card.action_report_lost(note="本人来电挂失")
            self.assertEqual(card.state, "lost")
            with self.assertRaisesRegex(ValidationError, "reported lost"):
                self._create_case(application_date="2026-03-05", card_id=card.id)
            self.assertTrue(self._create_case(application_date="2026-03-04", card_id=card.id))
            case.action_submit()
            action = card.action_replace()
            new = self.env["legal.aid.card"].browse(action["res_id"]).with_user(self.a_officer)
            self.assertEqual(card.state, "replaced")
            self.assertRecordValues(
                new,
                [
                    {
                        "state": "active",
                        "replaces_id": card.id,
                        "holder_name": "王小明",
                        "holder_id_number": WORKER_ID,
                        "valid_until": card.valid_until,
                    }
                ],
            )
            self.assertNotEqual(new.name, card.name)
            self.assertFalse(card.is_valid)
            with self.assertRaisesRegex(ValidationError, "reported lost"):
                self._create_case(application_date="2026-03-05", card_id=card.id)

    def test_day_of_the_loss(self):
        """I8: a loss is reported neither before the card was issued nor in the future."""
        card = self._issue()
        for date in ("2026-03-01", "2026-03-03"):
            with self.subTest(date), self.assertRaisesRegex(UserError, "cannot have been reported lost"):
                card.action_report_lost(date=date)

    def test_taken_back(self):
        """I8: the union takes a card back with a coded reason."""
        card = self._issue()
        self.assertEqual(card.action_end()["res_model"], "legal.aid.reason.dialog")
        card.action_end(reason_code="no_hardship")
        self.assertEqual(card.state, "ended")
        with self.assertRaisesRegex(ValidationError, "taken back"):
            self._create_case(card_id=card.id)
        with self.assertRaises(UserError):
            card.action_replace()

    def test_consultation_with_card(self):
        """I8, I1: a call with a card is a use of it, and becomes a case with it; a void card is refused."""
        card = self._issue()
        consultation = (
            self.env["legal.aid.consultation"]
            .with_user(self.a_officer)
            .create({"matter_id": self.matter_insurance.id, "question": "单位不缴社保", "card_id": card.id})
        )
        consultation.action_create_case()
        self.assertRecordValues(
            consultation.case_id, [{"card_id": card.id, "applicant_name": "王小明", "priority": "green"}]
        )
        card.action_report_lost()
        with self.assertRaisesRegex(ValidationError, "reported lost"):
            self.env["legal.aid.consultation"].with_user(self.a_officer).create(
                {"matter_id": self.matter_insurance.id, "card_id": card.id}
            )

    def test_another_county(self):
        """I8, O2: the card is good at every union; whose it is, only the issuing one reads; nobody else touches it."""
        card = self._issue()
        foreign = card.with_user(self.b_officer)
        self.assertTrue(foreign.is_valid)
        self.assertFalse(foreign.holder_name)
        self.assertFalse(foreign.holder_id_number)
        self.assertEqual(foreign.holder_name_masked, "王**")
        self.assertFalse(foreign.can_unmask)
        with self.assertRaises(AccessError):
            foreign.action_unmask()
        self.assertTrue(card.with_user(self.auditor).can_unmask)
        for act in (
            foreign.action_report_lost,
            lambda: foreign.action_end(reason_code="other"),
            lambda: self._create_card().with_user(self.b_officer).write({"holder_kind": "model_worker"}),
        ):
            with self.assertRaises(AccessError):
                act()
        case = self._create_case(self.b_officer, employer_place_id=self.county_b.id)
        self.assertEqual(case.suggested_card_id, card)
        case.action_use_card()
        self.assertEqual(case.priority, "green")
        self.assertFalse(self.env["legal.aid.card"].with_user(self.b_officer).search([("holder_name", "=", "王小明")]))

    def test_back_doors(self):
        """I8: no card becomes valid, and no number is chosen, but by its buttons."""
        cards = self.env["legal.aid.card"].with_user(self.a_officer)
        for vals in ({"state": "active"}, {"name": "卡〔2026〕1号"}, {"issued_date": TODAY}):
            with self.subTest(vals), self.assertRaises(AccessError):
                cards.create({"organization_id": self.county_a.id, **vals})
        card = self._issue()
        for vals in ({"state": "lost"}, {"lost_date": TODAY}, {"issued_date": "2020-01-01"}):
            with self.subTest(vals), self.assertRaises(AccessError):
                card.write(vals)
        for vals in ({"valid_until": "2030-01-01"}, {"holder_name": "别人"}):
            with self.subTest(vals), self.assertRaises(UserError):
                card.write(vals)
        with self.assertRaises(UserError):
            card.unlink()
        copy = card.copy()
        self.assertRecordValues(copy, [{"state": "draft", "name": False, "issued_date": False, "holder_name": False}])
        with self.assertRaises(AccessError):
            card.private_ids.write({"holder_name": "别人"})

    def test_print(self):
        """I8: the printed card has number, holder, union, last day and hotline; a void card is not printed."""
        card = self._issue()
        html, _type = (
            self.env["ir.actions.report"]
            .with_user(self.a_officer)
            ._render_qweb_html("union_legal_aid.report_card", card.ids)
        )
        text = html.decode()
        for part in (card.name, "王小明", self.county_a.name, "12351", "2027年3月1日"):
            self.assertIn(part, text)
        self.assertNotIn(WORKER_ID, text)
        card.action_report_lost()
        with self.assertRaisesRegex(UserError, "Not valid today"):
            self.env["ir.actions.report"].with_user(self.a_officer)._render_qweb_html(
                "union_legal_aid.report_card", card.ids
            )
