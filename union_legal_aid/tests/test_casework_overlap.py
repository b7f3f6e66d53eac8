from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .casework_common import TODAY
from .money_common import LegalAidMoneyCommon


@tagged("post_install", "-at_install")
class TestOverlap(LegalAidMoneyCommon):
    """I10, 意见 §五: who received the application first handles the case and pays."""

    def _attach(self, case):
        return case.action_add_document(kind="other", filename="受理回执.jpg", content=b"x")

    def _move_to_government(self, case):
        case.write({"government_received_at": "2026-02-27 01:00:00", "government_office": "测试甲县法律援助中心"})

    def test_day_decides(self):
        """I10: a day earlier or later, the day decides; on the same day the time does, and nobody guesses."""
        for government, union, first in (
            ("2026-03-01 15:59:00", False, "government"),  # 23:59 in China, the day before
            ("2026-03-01 16:01:00", "2026-03-02 01:00:00", "government"),  # 00:01 in China, the same day
            ("2026-03-02 00:59:00", "2026-03-02 01:00:00", "government"),
            ("2026-03-02 01:01:00", "2026-03-02 01:00:00", "union"),
        ):
            with self.subTest(government=government, union=union):
                case = self._create_case(government_received_at=government, union_received_at=union)
                self.assertEqual(case.first_receiver, first)
        late = self._create_case(application_date="2026-03-01", government_received_at="2026-03-01 16:01:00")
        self.assertEqual(late.first_receiver, "union")
        self.assertFalse(late.first_received_date)

    def test_same_day_needs_the_time(self):
        """I10: the same day and no time is no answer: the case is not submitted until the time is known."""
        case = self._create_case(government_received_at="2026-03-02 01:00:00")
        with self.assertRaisesRegex(UserError, "on the same day"):
            case.action_submit()
        case.union_received_at = "2026-03-02 00:30:00"
        self.assertEqual(case.first_receiver, "union")
        case.action_submit()
        self.assertEqual(case.state, "submitted")

    def test_same_minute_needs_an_answer(self):
        """I10: at the same minute the two offices agree by a letter of co-operation (协作函)."""
        case = self._create_case(government_received_at="2026-03-02 01:00:00", union_received_at="2026-03-02 01:00:00")
        with self.assertRaisesRegex(UserError, "letter of co-operation"):
            case.action_submit()
        case.write(
            {
                "cooperation_sent_date": TODAY,
                "cooperation_answered_date": TODAY,
                "cooperation_answer": "同意由工会办理",
                "first_receiver": "union",
            }
        )
        case.action_submit()
        self.assertEqual(case.state, "submitted")

    def test_letter_of_cooperation(self):
        """I10: recorded as sent and as answered; an answer comes after the letter."""
        case = self._create_case()
        for vals in (
            {"cooperation_answered_date": TODAY},
            {"cooperation_sent_date": TODAY, "cooperation_answered_date": "2026-03-01"},
        ):
            with self.subTest(vals), self.assertRaisesRegex(ValidationError, "after it was sent"), self.cr.savepoint():
                case.write(vals)
        case.write({"cooperation_sent_date": "2026-03-01", "cooperation_answered_date": TODAY})
        self.assertEqual(str(case.cooperation_answered_date), TODAY)

    def test_contradictions(self):
        """I10: the receiver cannot be entered against the times, nor a receipt of tomorrow or of another day."""
        for vals in (
            {"government_received_at": "2026-02-27 01:00:00", "first_receiver": "union"},
            {"government_received_at": "2026-03-03 01:00:00"},
            {"union_received_at": "2026-02-27 01:00:00"},
        ):
            with self.subTest(vals), self.assertRaises(ValidationError), self.cr.savepoint():
                self._create_case(**vals)

    def test_government_first_is_not_submitted(self):
        """I10: neither by the time on record nor by the plain statement."""
        for vals in ({"first_receiver": "government"}, {"government_received_at": "2026-02-27 01:00:00"}):
            case = self._create_case(**vals)
            with self.subTest(vals), self.assertRaisesRegex(UserError, "received the application"):
                case.action_submit()
            self.assertEqual(case.state, "draft")

    def test_government_first_is_not_granted(self):
        """I10: what comes to light after the application was handed in stops the grant; the leader cannot sign over it."""
        case = self._create_submitted()
        self._move_to_government(case)
        self.assertEqual((case.first_receiver, case.approval_state), ("government", "none"))
        case.action_request_approval()
        for step in ("action_grant", "action_approve"):
            with self.subTest(step), self.assertRaisesRegex(UserError, "grants and pays nothing"), self.cr.savepoint():
                getattr(case.with_user(self.a_manager), step)()
        case.with_user(self.a_manager).action_refuse(reason_code="not_this_union")
        self.assertEqual(case.state, "refused")

    def test_union_first_needs_evidence(self):
        """I10: where the government received it, too, the union shows by a paper that it was first."""
        case = self._create_case(government_received_at="2026-03-02 01:01:00", union_received_at="2026-03-02 01:00:00")
        case.action_submit()
        with self.assertRaisesRegex(UserError, "Attach the evidence"), self.cr.savepoint():
            case.with_user(self.a_manager).action_grant()
        case.overlap_document_id = self._attach(case)
        case.with_user(self.a_manager).action_grant()
        self.assertEqual(case.state, "granted")
        self.assertIn("union received", case.overlap_explanation)

    def test_outside_the_governments_scope(self):
        """I10: outside of it the union handles and pays, whoever was first; with evidence."""
        case = self._create_case(first_receiver="government", overlap_scope="outside")
        case.action_submit()
        with self.assertRaisesRegex(UserError, "Attach the evidence"), self.cr.savepoint():
            case.with_user(self.a_manager).action_grant()
        case.overlap_document_id = self._attach(case)
        case.with_user(self.a_manager).action_grant()
        self.assertIn("outside", case.overlap_explanation)
        case.action_assign(volunteer_id=self.lawyer1)
        lawyer_case = case.with_user(self.lawyer1_user)
        lawyer_case.action_accept()
        lawyer_case.action_log_work(hours=1)
        lawyer_case.action_close(outcome="won")
        case.action_archive(file_received_date=TODAY)
        self.assertTrue(self._create_approved_expense(case=case))

    def test_paper_of_another_case(self):
        case, other = self._create_case(), self._create_case()
        with self.assertRaisesRegex(ValidationError, "another case"):
            case.overlap_document_id = self._attach(other)

    def test_no_fee(self):
        """I10: no fee is drafted for a case that the government received first, by the button or another door."""
        case = self._create_archived()
        self._move_to_government(case)
        for step in (
            lambda: case.action_create_expense(),
            lambda: self.env["legal.aid.expense"].with_user(self.a_officer).create({"case_id": case.id}),
        ):
            with self.assertRefused(UserError, "grants and pays nothing"):
                step()

    def test_drafted_fee_is_not_handed_in(self):
        """I10: a fee that was drafted before it came to light is not handed in for approval."""
        expense = self._create_expense()
        self._move_to_government(expense.case_id)
        with self.assertRefused(UserError, "grants and pays nothing"):
            expense.action_submit()

    def test_approved_fee_is_not_paid(self):
        """I10: an approved fee stays off the list; one that stands on an approved list is neither posted nor sent to the bank."""
        expense = self._create_approved_expense()
        self._move_to_government(expense.case_id)
        payout = self._create_payout()
        with self.assertRefused(UserError, "grants and pays nothing"):
            payout.action_compute()
        expense.case_id.write({"government_received_at": False, "first_receiver": "union"})
        payout.action_compute()
        self.approve(payout, self.a_officer, self.a_manager)
        self._move_to_government(expense.case_id)
        for step in (
            lambda: payout.with_user(self.a_finance).action_post(date=TODAY),
            lambda: payout.with_user(self.a_finance).action_export_bank_file(),
        ):
            with self.assertRefused(UserError, "grants and pays nothing"):
                step()
        self.assertEqual(payout.state, "approved")
