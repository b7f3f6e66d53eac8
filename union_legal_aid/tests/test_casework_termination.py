from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .casework_common import TODAY, LegalAidCaseworkCommon


@tagged("post_install", "-at_install")
class TestTermination(LegalAidCaseworkCommon):
    def _terminate(self, **vals):
        case = self._create_in_progress(**vals)
        case.with_user(self.lawyer1_user).action_log_work(hours=1)
        case.tribunal_name = "某仲裁委"
        case.with_user(self.a_manager).action_terminate(reason_code="own_lawyer")
        return case

    def _deliver(self, case, addressee, date):
        notice = case.termination_notice_ids.filtered(lambda notice: notice.addressee == addressee)
        notice.action_deliver(date=date, method="post")

    def test_eight_grounds(self):
        """C7, LAA 48: eight grounds as data, each with its item of the article."""
        grounds = self.env["legal.aid.reason"].search([("usage", "=", "terminate")])
        self.assertEqual(len(grounds), 8)
        self.assertTrue(all("§48" in ground.legal_basis for ground in grounds))

    def test_lawyer_reports_leader_decides(self):
        """C7, LAA 48(2): the lawyer reports a ground and cannot decide; nor can the officer."""
        case = self._create_in_progress()
        lawyer = case.with_user(self.lawyer1_user)
        with self.assertRaises(AccessError):
            lawyer.action_terminate(reason_code="fraud")
        lawyer.action_report_termination(reason_code="own_lawyer", note="王小明另请律师")
        self.assertEqual(case.termination_report_reason_id.code, "own_lawyer")
        self.assertEqual(case.termination_report_note, "王小明另请律师")
        self.assertEqual(case.state, "in_progress")
        with self.assertRaises(AccessError):
            case.action_terminate(reason_code="own_lawyer")
        with self.assertRaises(AccessError):
            case.action_keep_aid()
        case.with_user(self.a_manager).action_keep_aid()
        self.assertFalse(case.termination_report_date)
        with self.assertRaises(AccessError):
            case.with_user(self.lawyer2_user).action_report_termination(reason_code="fraud")

    def test_last_delivery_meets_the_clock(self):
        """C7: three days to tell recipient, firm and tribunal; day 3 is in time, day 4 is late."""
        for day, light in (("2026-03-05", "done"), ("2026-03-06", "late_done")):
            with self.subTest(day):
                case = self._terminate()
                self.assertEqual(
                    set(case.termination_notice_ids.mapped("addressee")), {"recipient", "firm", "tribunal"}
                )
                self.assertEqual(self._get_due(case, "terminate_notify"), "2026-03-05")
                with freeze_time("2026-03-09 02:00:00"):
                    self._deliver(case, "recipient", TODAY)
                    self._deliver(case, "tribunal", day)
                    self.assertEqual(self._get_due(case, "terminate_notify"), "2026-03-05")
                    self._deliver(case, "firm", "2026-03-04")
                clock = case.sudo().deadline_ids.filtered(lambda clock: clock.kind == "terminate_notify")
                self.assertEqual((clock.light, str(clock.date_done)), (light, day))

    def test_closing_date_and_file(self):
        """C7, C8, F§1.2: the day the firm received the decision is the closing date; the file is due from it."""
        case = self._terminate()
        with freeze_time("2026-03-05 02:00:00"):
            self._deliver(case, "firm", "2026-03-04")
        self.assertRecordValues(case, [{"outcome": "terminated", "closing_basis": "termination"}])
        self.assertEqual(str(case.closed_date), "2026-03-04")
        self.assertEqual(self._get_due(case, "file_submit"), "2026-04-03")
        with freeze_time("2026-03-10 02:00:00"):
            case.action_archive(file_received_date="2026-03-10")
        self.assertEqual(case.state, "archived")

    def test_delivery_is_entered_once(self):
        """C7: not before the decision, not in the future, not twice, and nothing else of a notice."""
        case = self._terminate()
        notice = case.termination_notice_ids[0]
        for day in ("2026-03-01", "2026-03-03"):
            with self.subTest(day), self.assertRaisesRegex(UserError, "cannot have been delivered"):
                notice.action_deliver(date=day)
        with self.assertRaises(AccessError):
            notice.write({"state": "delivered"})
        notice.action_deliver(date=TODAY)
        with self.assertRaisesRegex(UserError, "stays as it was"):
            notice.action_deliver(date=TODAY)
        for vals in ({"case_id": case.id, "addressee": "firm"},):
            with self.assertRaises(AccessError):
                self.env["legal.aid.termination.notice"].with_user(self.a_officer).create(vals)

    def test_granted_case_has_no_firm(self):
        """C7: without a lawyer only the recipient is told."""
        case = self._create_granted()
        case.with_user(self.a_manager).action_terminate(reason_code="recipient_request")
        self.assertEqual(case.termination_notice_ids.mapped("addressee"), ["recipient"])
