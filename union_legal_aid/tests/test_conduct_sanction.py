from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .conduct_common import PAPER, ConductCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestSanction(ConductCommon):
    """T6: ground §5(1) opens on a recorded sanction, once that is final."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.city_bureau = cls._create_user("t_city_bureau", cls.city, "justice")
        cls.county_bureau = cls._create_user("t_county_bureau", cls.county_a, "justice")

    def test_final_sanction_opens(self):
        """T6: recorded as final, it opens the removal at once, with both elements shown; new cases stop."""
        sanction = self._sanction(final_date="2026-06-10")
        self.assertEqual((sanction.state, sanction.counts), ("final", True))
        removal = self._get_removal()
        self.assertRecordValues(removal, [{"ground": "sanction", "state": "open", "opened_by_facts": True}])
        self.assertEqual(set(removal.element_ids.mapped("element")), {"sanction_decision", "sanction_final"})
        self.assertFalse(removal._get_missing_elements()[removal])
        self.assertFalse(self.lawyer1.assignable)

    def test_not_final_opens_nothing(self):
        """T6: while it may still change, nothing follows; once final, the removal opens."""
        sanction = self._sanction()
        self.assertFalse(self._get_removal())
        sanction.with_user(self.city_officer).action_make_final(date="2026-06-14")
        self.assertEqual(str(sanction.final_date), "2026-06-14")
        self.assertEqual(self._get_removal().ground, "sanction")

    def test_before_the_membership(self):
        """T6, T7: final the day before the membership began it opens nothing, on its first day it does."""
        before = self._sanction(date="2026-05-01", final_date="2026-05-19")
        self.assertFalse(before.counts or self._get_removal())
        self._sanction(number="测律处2号", date="2026-05-01", final_date="2026-05-20")
        self.assertTrue(self._get_removal())

    def test_no_member_no_removal(self):
        """T6: a candidate's sanction is on record and opens nothing."""
        self._sanction(lawyer=self.lawyer2, final_date="2026-06-10")
        self.assertFalse(self._get_removal(self.lawyer2))

    def test_removal_follows_sanction(self):
        """T6: it cannot be withdrawn while the sanction stands; set aside, the removal ends with it."""
        sanction = self._sanction(final_date="2026-06-10")
        removal = self._get_removal()
        with self.assertRefused(UserError, "while it stands"):
            removal.with_user(self.city_officer).action_withdraw(reason_code="mistake", note="算了")
        officer = sanction.with_user(self.city_officer)
        self.assertEqual(officer.action_revoke()["res_model"], "legal.aid.reason.dialog")
        officer.action_revoke(reason_code="set_aside", note="复议撤销")
        self.assertEqual((sanction.state, removal.state), ("revoked", "withdrawn"))
        self.lawyer1.invalidate_recordset()
        self.assertTrue(self.lawyer1.assignable)

    def test_second_ground_takes_over(self):
        """T6, T7: set aside while two complaints stand, the removal goes on on these, with a new period for the reply."""
        sanction = self._sanction(final_date="2026-06-10")
        removal = self._get_removal()
        self._verify(self._complain())
        self._verify(self._complain())
        removal.with_user(self.city_officer).action_record_reply(note="申辩")
        with freeze_time("2026-06-20"):
            sanction.with_user(self.city_officer).action_revoke(reason_code="set_aside", note="复议撤销")
            self.assertRecordValues(removal, [{"state": "open", "ground": "complaints", "reply": "申辩"}])
            self.assertEqual(str(removal.reply_due), "2026-06-29")

    def test_joins_open_removal(self):
        """T6: recorded while a removal is open it belongs to that one, and a running request starts anew."""
        removal = self._open_removal()
        removal.with_user(self.city_officer).action_record_reply(note="申辩")
        removal.with_user(self.city_officer).action_request_approval()
        self._sanction(final_date="2026-06-10")
        self.assertEqual((self._get_removal(), removal.approval_state), (removal, "none"))
        self.assertIn("sanction_final", removal.element_ids.mapped("element"))

    def test_decided_on_sanction(self):
        """T6: reply, approval, decision; nothing more has to be recorded."""
        self._sanction(final_date="2026-06-10")
        removal = self._get_removal()
        removal.with_user(self.city_officer).action_record_reply(note="申辩")
        self.approve(removal, self.city_officer, self.city_manager)
        self.assertEqual((removal.state, self.lawyer1.state), ("decided", "removed"))

    def test_bureau_of_the_city_records(self):
        """T6, DESIGN §4: the city's bureau records by its dialog and writes nothing else; a county's bureau does not."""
        values = {"volunteer_id": self.lawyer1.id, "body": "测试市司法局", "number": "测司罚1号", "date": "2026-06-01"}
        dialogs = self.env["legal.aid.sanction.dialog"]
        self.assertTrue(self.lawyer1.with_user(self.city_bureau).can_record_sanction)
        dialogs.with_user(self.city_bureau).create(
            {**values, "final_date": "2026-06-10", "document": PAPER}
        ).action_confirm()
        sanction = self.lawyer1.sanction_ids
        self.assertRecordValues(sanction, [{"state": "final", "recorded_by_id": self.city_bureau.id}])
        self.assertEqual(self._get_removal().opened_by_id, self.city_bureau)
        self.assertFalse(sanction.with_user(self.city_bureau).has_access("write"))
        self.assertTrue(sanction.with_user(self.city_bureau).document)
        with self.assertRaises(AccessError):
            self.env["legal.aid.sanction"].with_user(self.city_bureau).create(values)
        for user in (self.county_bureau, self.a_officer, self.auditor):
            with self.assertRaises(AccessError):
                dialogs.with_user(user).create({**values, "number": "测司罚2号"}).action_confirm()
        with self.assertRaises(AccessError):
            self.env["legal.aid.sanction"].with_user(self.city_bureau)._record({**values, "state": "revoked"})

    def test_dates_and_doubles(self):
        """T6: not final before it was made, not of tomorrow, not twice."""
        for days in (
            {"date": "2026-06-16"},
            {"date": "2026-06-10", "final_date": "2026-06-09"},
            {"date": "2026-06-10", "final_date": "2026-06-16"},
        ):
            with self.assertRefused(ValidationError, "still to come"):
                self._sanction(**days)

    def test_back_doors(self):
        """DESIGN §3.1: its state is written by its steps; what is final is not changed."""
        sanction = self._sanction()
        for user in (self.city_officer, self.city_manager):
            mine = sanction.with_user(user)
            for vals in ({"state": "final"}, {"recorded_by_id": user.id}, {"revoked_date": "2026-06-15"}):
                for door in (mine, mine.with_context(legal_aid_workflow=True)):
                    with self.assertRaises(AccessError):
                        door.write(vals)
            with self.assertRaises(AccessError):
                self._sanction(user=user, number="测律处9号", state="final")
            with self.assertRaises(AccessError):
                mine.unlink()
        sanction.with_user(self.city_officer).action_make_final()
        with self.assertRaises(UserError):
            sanction.with_user(self.city_officer).write({"body": "别处"})
