from odoo.tests import tagged

from .portal_common import TODAY, LegalAidPortalCommon

URL = "/my/legal-aid/payments"
ACCOUNT = "6222020200112233445"


@tagged("post_install", "-at_install")
class TestPortalPayment(LegalAidPortalCommon):
    """P1: “when is my money coming”, from the approval of the list to the day of payment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["legal.aid.ledger"].search([("volunteer_id", "=", cls.lawyer1.id)]).with_user(
            cls.lawyer1_user
        ).action_submit(summary="全年工作")
        cls.lawyer1.with_user(cls.city_officer).write(
            {"bank_account_number": ACCOUNT, "bank_account_holder": "t_lawyer1", "bank_name": "测试银行"}
        )
        cls.payout = (
            cls.env["legal.aid.payout"]
            .with_user(cls.city_officer)
            .create({"kind": "subsidy", "organization_id": cls.city.id, "service_year": 2026, "date": TODAY})
        )
        cls.payout.action_compute()

    def _approve(self):
        self.payout.action_request_approval()
        self.payout.with_user(self.city_manager).action_approve()

    def test_rehearsal_is_not_shown(self):
        """M4: before the list is approved nobody reads of money that may not come."""
        self.login(self.lawyer1_user)
        self.assertNotIn("o_legal_aid_payment", self.get(URL))

    def test_from_approval_to_payment(self):
        """P1, M7: approved, then paid with its day; the account number is on no page."""
        self._approve()
        self.login(self.lawyer1_user)
        page = self.get(URL)
        self.assertIn("1,000.00", page)
        self.assertIn('data-state="pending"', page)
        self.assertIn(self.city.name, page)
        self.assertNotIn(ACCOUNT, page)
        receipt = (
            self.env["ir.attachment"].with_user(self.city_finance).create({"name": "回单.pdf", "raw": b"%PDF-1.4"})
        )
        self.payout.with_user(self.city_finance).action_confirm_paid(date=TODAY, evidence=receipt)
        page = self.get(URL)
        self.assertIn('data-state="paid"', page)
        self.assertIn(TODAY, page)

    def test_other_lawyer_sees_nothing(self):
        """O2: what a colleague gets, or why he gets nothing, is not told."""
        self._approve()
        self.login(self.lawyer2_user)
        page = self.get(URL)
        self.assertIn("o_legal_aid_empty", page)
        self.assertNotIn("1,000.00", page)

    def test_fee_before_the_payout(self):
        """P1, M2: a fee that was handed in shows at once, with its amount once it is approved."""
        case = self._assign(self._create_case(), self.lawyer1).with_user(self.lawyer1_user)
        case.action_accept()
        case.action_log_work(hours=2, kind="hearing")
        case.action_close(outcome="won", amount_recovered=1)
        case.with_user(self.a_officer).action_archive(file_received_date=TODAY)
        schedule = self.env["legal.aid.fee.schedule"].create(
            {
                "name": "测试费用标准",
                "organization_id": self.city.id,
                "date_from": "2025-01-01",
                "source_document": "测司〔2025〕3号",
                "rate_ids": [(0, 0, {"service_form": "arbitration", "amount": 1234})],
            }
        )
        schedule.action_activate()
        expense = self.env["legal.aid.expense"].with_user(self.a_officer).create({"case_id": case.id})
        expense.action_compute()
        self.login(self.lawyer1_user)
        self.assertNotIn("o_legal_aid_fee", self.get(URL))
        expense.action_submit()
        page = self.get(URL)
        self.assertIn(case.name, page)
        self.assertNotIn("1,234.00", page)
        expense.with_user(self.a_manager).action_approve()
        self.assertIn("1,234.00", self.get(URL))
