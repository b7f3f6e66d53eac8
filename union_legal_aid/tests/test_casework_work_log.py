from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .casework_common import TODAY, LegalAidCaseworkCommon


@tagged("post_install", "-at_install")
class TestWorkLog(LegalAidCaseworkCommon):
    """C3, A3: one entry serves worker, union, ledger and figures."""

    def setUp(self):
        super().setUp()
        self.case = self._create_in_progress().with_user(self.lawyer1_user)

    def test_told_and_reported(self):
        """C3: the entry says that the worker was told, how and when, and that the union was; the case shows both."""
        log = self.case.action_log_work(hours=1, kind="progress", note="已通报", told_method="phone", is_reported=True)
        self.assertRecordValues(
            log.sudo(), [{"told_method": "phone", "told_date": log.date, "is_reported": True, "late_days": 0}]
        )
        self.assertEqual(str(self.case.last_told_date), TODAY)
        self.assertEqual(str(self.case.last_reported_date), TODAY)
        notice = self.env["mail.message"].search(
            [
                ("model", "=", "legal.aid.case"),
                ("res_id", "=", self.case.id),
                ("message_type", "=", "user_notification"),
            ],
            limit=1,
        )
        self.assertIn(self.a_officer.partner_id, notice.notified_partner_ids)
        self.assertIn(self.case.name, notice.subject)
        self.assertNotIn("王小明", notice.subject + notice.body)

    def test_not_told(self):
        """C3: an entry of work that was told to nobody marks nothing."""
        self.case.action_log_work(hours=1)
        self.assertFalse(self.case.last_told_date)
        self.assertFalse(self.case.last_reported_date)

    def test_day_of_telling(self):
        """C3: nobody is told before the work was done, nor tomorrow."""
        for day in ("2026-02-26", "2026-03-03"):
            with (
                self.subTest(day),
                self.assertRaisesRegex(ValidationError, "cannot have been told"),
                self.cr.savepoint(),
            ):
                self.case.action_log_work(hours=1, date="2026-02-27", told_method="visit", told_date=day)
        log = self.case.action_log_work(hours=1, date="2026-02-27", told_method="visit", told_date="2026-03-01")
        self.assertEqual(str(log.told_date), "2026-03-01")

    def test_eight_hours_over_all_cases(self):
        """C3, R15: 8.00 hours a day need nothing, 8.01 need a note; all cases of the lawyer count together."""
        second = self._create_in_progress(applicant_name="李四", employer_name="另一公司").with_user(self.lawyer1_user)
        self.case.action_log_work(hours=5)
        second.action_log_work(hours=3)
        with self.assertRaisesRegex(ValidationError, "8.01 hours"), self.cr.savepoint():
            second.action_log_work(hours=0.01)
        second.action_log_work(hours=0.01, note="开庭延至晚间")
        # Another day, and another lawyer's day, are not concerned.
        self.assertTrue(second.action_log_work(hours=8, date="2026-02-28"))

    def test_eight_hours_by_correction(self):
        """C3: a correction reaches no further than an entry."""
        log = self.case.action_log_work(hours=8)
        with self.assertRaisesRegex(ValidationError, "need a note"), self.cr.savepoint():
            log.action_correct(hours=8.01)
        log.action_correct(hours=8.01, note="路途较远")
        self.assertEqual(log.hours, 8.01)

    def test_day_has_24_hours(self):
        """C3: more than 24 hours a day over all entries are refused, with or without a note."""
        self.case.action_log_work(hours=20, note="连续工作")
        self.case.action_log_work(hours=4, note="连续工作")
        with self.assertRaisesRegex(ValidationError, "a day has 24"), self.cr.savepoint():
            self.case.action_log_work(hours=0.5, note="连续工作")

    def test_late_entry_shows(self):
        """C3, DESIGN rule 1: what is entered later than it was done says how much later; nobody writes that day."""
        log = self.case.action_log_work(hours=1, date="2026-02-20")
        self.assertEqual(log.late_days, 10)
        with self.assertRaises(AccessError):
            log.sudo().write({"entered_date": "2026-02-20"})
        typed = (
            self.env["legal.aid.work.log"]
            .with_user(self.a_officer)
            .create({"case_id": self.case.id, "hours": 1, "date": "2026-02-20", "entered_date": "2026-02-20"})
        )
        self.assertEqual(str(typed.entered_date), TODAY)

    def test_correction_keeps_the_old_value(self):
        """C3: the writer corrects; what stood there is kept and cannot be changed or deleted."""
        log = self.case.action_log_work(hours=3, kind="hearing", note="开庭")
        log.action_correct(hours=2, note="开庭两小时")
        kept = log.correction_ids
        self.assertRecordValues(
            kept.sudo(), [{"hours": 3, "kind": "hearing", "note": "开庭", "case_number": self.case.name}]
        )
        self.assertEqual((log.hours, log.note), (2, "开庭两小时"))
        self.assertEqual(self.case.hours_total, 2)
        for change in (lambda: kept.sudo().write({"hours": 2}), lambda: kept.sudo().unlink()):
            with self.assertRaises(AccessError):
                change()
        # What changes nothing leaves no trace.
        log.action_correct(hours=2)
        self.assertEqual(len(log.correction_ids), 1)

    def test_correction_by_the_writer_only(self):
        """C3: through no door does anybody correct what another wrote."""
        log = self.case.action_log_work(hours=3)
        for user in (self.a_officer, self.a_manager):
            with self.subTest(user.login), self.assertRaises(AccessError):
                log.with_user(user).action_correct(hours=1)
        with self.assertRaises(AccessError):
            log.with_user(self.lawyer2_user).action_correct(hours=1)
        with self.assertRaises(AccessError):
            log.action_correct(volunteer_id=self.lawyer2.id)
        typed = self.env["legal.aid.work.log"].with_user(self.a_officer).create({"case_id": self.case.id, "hours": 2})
        typed.hours = 1
        self.assertEqual(typed.correction_ids.hours, 2)

    def test_correction_ends_with_the_case(self):
        """C3: what an archived case rests on is corrected no more."""
        case = self._create_archived()
        log = case.sudo().work_log_ids[:1]
        with self.assertRaises(UserError):
            log.with_user(self.lawyer1_user).action_correct(hours=1)
        self.assertFalse(log.with_user(self.lawyer1_user).can_correct)

    def test_printed_record(self):
        """C3, C9: the record of progress (案件承办情况通报) prints how the worker was told."""
        self.case.action_log_work(hours=1, kind="progress", note="告知开庭日期", told_method="sms", is_reported=True)
        case = self.case.with_user(self.a_officer)
        text = self.env["legal.aid.form"].with_user(self.a_officer)._get_paper("progress", case).get_text()
        self.assertIn("告知开庭日期", text)
        self.assertIn("通报受援人", text)
        self.assertIn("报告工会", text)
