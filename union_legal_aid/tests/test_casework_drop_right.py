from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .casework_common import LegalAidCaseworkCommon


@tagged("post_install", "-at_install")
class TestDropRight(LegalAidCaseworkCommon):
    """I12: a right that the worker lets lapse on purpose is no alarm; who said so, when and why is kept."""

    def setUp(self):
        super().setUp()
        self.case = self._create_in_progress()
        self.case.action_add_document(kind="agency", filename="a.jpg", content=b"jpg")
        self.case.action_add_fact(kind="award_received", date="2026-02-20")
        self.clock = self.case.sudo().deadline_ids.filtered(lambda clock: clock.kind == "sue_award").sudo(False)

    def _drop(self, user=None, **vals):
        return self.clock.with_user(user or self.a_officer).action_drop(reason_code="accepted", **vals)

    def test_officer(self):
        """I12: red on the day after the last day; not pursued, it gives no alarm in list, board and on the form."""
        due = self.clock.date_due
        self.assertEqual(str(due), "2026-03-09")  # 15 days from 20 February: 7 March is a Saturday
        with freeze_time("2026-03-10 02:00:00"):
            self.clock.invalidate_recordset()
            self.assertEqual(self.clock.light, "red")
            self._drop(note="受援人表示接受裁决")
            self.assertFalse(self.clock.light)
            self.assertNotIn(self.case, self.case.search([("deadline_light", "=", "red")]))
            lights = dict(
                self.env["legal.aid.deadline"]._read_group([("id", "=", self.clock.id)], ["light"], ["__count"])
            )
            self.assertEqual(list(lights), [False])
        self.assertRecordValues(
            self.clock,
            [
                {
                    "state": "dropped",
                    "dropped_by_id": self.a_officer.id,
                    "dropped_reason_id": self.clock.dropped_reason_id.id,
                }
            ],
        )
        self.assertEqual(str(self.clock.dropped_date), "2026-03-10")
        self.assertEqual(self.clock.dropped_reason_id.code, "accepted")

    def test_lawyer(self):
        """I12: the assigned lawyer may, before the last day as well; nobody else's lawyer, union or auditor."""
        for user in (self.lawyer2_user, self.b_officer, self.auditor, self.justice):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._drop(user)
        self._drop(self.lawyer1_user)
        self.assertEqual(self.clock.dropped_by_id, self.lawyer1_user)

    def test_history_says_it_without_the_note(self):
        """F§11: the history of the case names clock and reason, the note stays with the office."""
        self._drop(note="张某的家庭情况")
        bodies = "".join(self.case.sudo().message_ids.mapped("body"))
        self.assertIn(self.clock.dropped_reason_id.name, bodies)
        self.assertNotIn("张某的家庭情况", bodies)
        with self.assertRaises(AccessError):
            self.clock.with_user(self.auditor).read(["dropped_note"])

    def test_stays_when_facts_change(self):
        """I12: other facts are entered, the clock stays dropped; an act of the worker himself counts."""
        self._drop()
        self.case.action_add_fact(kind="hearing", date="2026-02-10")
        self.assertEqual(self.clock.state, "dropped")
        self.case.action_add_fact(kind="sued", date="2026-03-02")
        self.assertEqual((self.clock.state, str(self.clock.date_done)), ("done", "2026-03-02"))

    def test_taken_up_again(self):
        """I12: a mind that changes in time: the clock runs as before."""
        self._drop()
        self.clock.with_user(self.a_officer).action_take_up()
        self.assertEqual(self.clock.state, "open")
        with self.assertRaisesRegex(UserError, "stays as it is"):
            self.clock.with_user(self.a_officer).action_take_up()

    def test_duties_are_no_rights(self):
        """C1: the union's own duties are done, late or in time, never left."""
        duty = self.case.sudo().deadline_ids.filtered(lambda clock: clock.kind == "agency").sudo(False)
        with self.assertRaisesRegex(UserError, "duty"):
            duty.with_user(self.a_officer).action_drop(reason_code="accepted")
        with self.assertRaises(UserError):
            self.clock.with_user(self.a_officer).action_drop(reason_code="no such reason")
        self.assertEqual(self.clock.with_user(self.a_officer).action_drop()["res_model"], "legal.aid.reason.dialog")

    def test_back_doors(self):
        """DESIGN rule 1: no write, import, copy or context makes a clock harmless."""
        for user in (self.a_officer, self.lawyer1_user):
            clock = self.clock.with_user(user)
            for vals in ({"state": "dropped"}, {"dropped_date": "2026-03-02"}, {"date_due": "2027-01-01"}):
                with self.subTest(user.login, vals=vals), self.assertRaises(AccessError):
                    clock.with_context(legal_aid_workflow=True).write(vals)
            with self.assertRaises(AccessError):
                clock.copy()
