from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.casework.legal_aid_case_closing_mixin import OUTCOMES
from .casework_common import TODAY, LegalAidCaseworkCommon

RIGHT_ID = "410404199003072830"


@tagged("post_install", "-at_install")
class TestCorrection(LegalAidCaseworkCommon):
    def _ask(self, case, field_name, **vals):
        correction = (
            self.env["legal.aid.case.correction"]
            .with_user(self.a_officer)
            .create({"case_id": case.id, "field_name": field_name, "reason": "录入有误", **vals})
        )
        correction.action_submit()
        return correction

    def test_wrong_identity_number(self):
        """C13: asked for by the officer, approved by the leader, applied by the system; both values stay on record."""
        case = self._create_granted()
        correction = self._ask(case, "applicant_id_number", new_text=RIGHT_ID)
        self.assertNotEqual(case.applicant_id_number, RIGHT_ID)
        with self.assertRaises(UserError):
            correction.action_approve()
        correction.with_user(self.a_manager).action_approve()
        self.assertEqual(case.applicant_id_number, RIGHT_ID)
        self.assertRecordValues(correction, [{"state": "applied", "applied_by_id": self.a_manager.id}])
        self.assertEqual(correction.new_value, RIGHT_ID)
        self.assertNotIn(RIGHT_ID, correction.with_user(self.auditor).new_value_masked)
        self.assertEqual(
            case.party_ids.filtered("is_main").filtered(lambda p: p.role == "applicant").id_number, RIGHT_ID
        )
        texts = str(case.sudo().message_ids.mapped("body")) + str(correction.sudo().message_ids.mapped("body"))
        self.assertNotIn(RIGHT_ID, texts)

    def test_wrong_matter_after_grant(self):
        """C13: a matter is put right after the grant; what was decided on it stays decided."""
        case = self._create_granted()
        with self.assertRaises(UserError):
            case.matter_id = self.matter_insurance
        self._ask(case, "matter_id", new_matter_id=self.matter_insurance.id).with_user(self.a_manager).action_approve()
        self.assertEqual(case.matter_id, self.matter_insurance)
        self.assertEqual(case.hardship_basis, "exempt")
        self.assertEqual(case.organization_id, self.county_a)

    def test_refusals(self):
        """C13: not for what can still be edited, nor without reason or value, nor with an invalid number."""
        draft = self._create_case()
        with self.assertRaisesRegex(UserError, "no approval is needed"):
            self._ask(draft, "applicant_name", new_text="王晓明")
        case = self._create_granted(applicant_id_number=RIGHT_ID)
        for vals, message in (
            ({"new_text": "王晓明", "reason": " "}, "say why"),
            ({}, "enter the right value"),
            ({"new_text": "王小明"}, "says so already"),
        ):
            with self.subTest(message), self.assertRaisesRegex(UserError, message):
                self._ask(case, "applicant_name", **vals)
        with self.assertRaises(UserError):
            self._ask(case, "applicant_id_number", new_text="410482197802290017")

    def test_reject_and_stale(self):
        """C13: a rejected request changes nothing; one that the case overtook is not applied."""
        case = self._create_granted()
        rejected = self._ask(case, "amount_claimed", new_amount=15000)
        rejected.with_user(self.a_manager).action_reject(note="与证据不符")
        self.assertEqual((rejected.state, case.amount_claimed), ("rejected", 12000))
        stale = self._ask(case, "amount_claimed", new_amount=16000)
        case._workflow_write({"amount_claimed": 13000})
        with self.assertRaisesRegex(UserError, "changed after"):
            stale.with_user(self.a_manager).action_approve()

    def test_back_doors(self):
        """C13: state and values change through the steps only; another county neither reads nor asks."""
        case = self._create_granted()
        correction = self._ask(case, "amount_claimed", new_amount=15000)
        for vals in ({"state": "applied"}, {"new_value": "1"}, {"applied_by_id": self.a_officer.id}):
            with self.subTest(vals), self.assertRaises(AccessError):
                correction.write(vals)
        with self.assertRaises(UserError):
            correction.new_amount = 99
        with self.assertRaises(AccessError):
            correction.with_user(self.b_officer).read(["field_name"])
        with self.assertRaises(AccessError):
            self.env["legal.aid.case.correction"].with_user(self.b_officer).create(
                {"case_id": case.id, "field_name": "amount_claimed", "reason": "x"}
            )

    def test_closing_date_moves_the_clock(self):
        """C13, C8: with a corrected closing date the time for the file runs from there."""
        with freeze_time("2026-03-10 02:00:00"):
            case = self._create_closed()
            self._ask(case, "closed_date", new_date="2026-03-09").with_user(self.a_manager).action_approve()
            self.assertEqual(self._get_due(case, "file_submit"), "2026-04-08")


@tagged("post_install", "-at_install")
class TestReopenByApproval(LegalAidCaseworkCommon):
    def test_officer_asks_leader_approves(self):
        """C13: the officer's call asks; the leader's approval reopens; who asked never approves."""
        case = self._create_archived()
        case.action_reopen(reason_code="new_stage", note="进入二审")
        self.assertEqual(case.state, "archived")
        request = case.correction_ids
        with self.assertRaises(UserError):
            request.action_approve()
        with self.assertRaisesRegex(UserError, "asked for already"):
            case.action_reopen(reason_code="new_stage")
        request.with_user(self.a_manager).action_approve()
        self.assertEqual((case.state, request.state), ("in_progress", "applied"))
        self.assertEqual(case.reopen_note, "进入二审")
        self.assertEqual(case.file_review_ids.state, "void")

    def _settle_tracking(self):
        """As the end of a call does."""
        self.env.flush_all()
        self.env.cr.precommit.run()

    def test_no_outcome_while_open(self):
        """C13: a case that goes on says no result; that of its former end stays in its history, and the next end has its own."""
        case = self._create_archived()
        self._settle_tracking()
        history = case.sudo().message_ids
        case.with_user(self.a_manager).action_reopen(reason_code="new_stage", note="进入二审")
        self._settle_tracking()
        self.assertRecordValues(case, [{"outcome": False, "amount_recovered": 0.0, "closed_date": False}])
        tracked = (case.sudo().message_ids - history).sudo().tracking_value_ids.grouped(lambda one: one.field_id.name)
        self.assertEqual(tracked["outcome"].old_value_char, dict(OUTCOMES)["won"])
        self.assertEqual(tracked["amount_recovered"].old_value_float, 9000)
        case.with_user(self.lawyer1_user).action_log_work(hours=1)
        case.with_user(self.lawyer1_user).action_close(outcome="lost")
        self.assertRecordValues(case, [{"outcome": "lost", "amount_recovered": 0.0}])

    def test_termination_taken_back(self):
        """C13: nor does it say that it was terminated."""
        case = self._create_granted()
        case.with_user(self.a_manager).action_terminate(reason_code="other")
        self.assertEqual(case.outcome, "terminated")
        case.with_user(self.a_manager).action_reopen(reason_code="correction")
        self.assertRecordValues(case, [{"state": "granted", "outcome": False}])

    def test_leader_decides_a_request_by_his_call(self):
        """C13: the leader's own button approves what the officer asked for."""
        case = self._create_archived()
        case.action_reopen(reason_code="new_stage")
        case.with_user(self.a_manager).action_reopen(reason_code="new_stage")
        self.assertEqual((case.state, case.correction_ids.state), ("in_progress", "applied"))

    def test_leader_who_asked(self):
        """C13: a leader who asked waits for another one, also by his direct button."""
        case = self._create_archived().with_user(self.a_manager)
        second = self._create_user("t_a_manager_2", self.county_a, "manager")
        self.county_a.manager_user_ids |= second
        request = (
            self.env["legal.aid.case.correction"]
            .with_user(self.a_manager)
            .create(
                {
                    "case_id": case.id,
                    "kind": "reopen",
                    "reopen_reason_id": self.env.ref("union_legal_aid.reason_reopen_correction").id,
                    "reason": "更正",
                }
            )
        )
        request.action_submit()
        with self.assertRaises(UserError):
            case.action_reopen(reason_code="correction")
        case.with_user(second).action_reopen(reason_code="correction")
        self.assertEqual(case.state, "in_progress")

    def test_late_registration_shows(self):
        """C13: what was entered after the fact says by how many days; on the day itself nothing is said."""
        case = self._create_case(application_date="2026-02-27")
        self.env.cr.execute("UPDATE legal_aid_case SET create_date = %s WHERE id = %s", (f"{TODAY} 02:00:00", case.id))
        case.invalidate_recordset()
        self.assertIn("entered 3 days after the fact", case.late_entry)
        same_day = self._create_case()
        self.env.cr.execute(
            "UPDATE legal_aid_case SET create_date = %s WHERE id = %s", (f"{TODAY} 02:00:00", same_day.id)
        )
        same_day.invalidate_recordset()
        self.assertFalse(same_day.late_entry)
