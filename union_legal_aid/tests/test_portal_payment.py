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
        self.assertNotIn("o_legal_aid_payment ", page)
        self.assertNotIn('data-state="pending"', page)

    def test_fee_before_the_payout(self):
        """P1, M2: a fee that was handed in shows at once, with its amount once it is approved."""
        case = self._assign(self._create_case(), self.lawyer1).with_user(self.lawyer1_user)
        case.action_accept()
        case.action_log_work(hours=2, kind="hearing")
        case.action_close(outcome="won", amount_recovered=1)
        self.login(self.lawyer1_user)
        self.assertIn('data-state="file"', self.get(URL))
        case.with_user(self.a_officer).action_archive(file_received_date=TODAY)
        page = self.get(URL)
        # Archived: the office works it out, and has until the day of its clock.
        self.assertIn('o_legal_aid_fee list-group-item" data-state="compute"', page)
        self.assertIn("2026-04-09", page)
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
        self.assertIn('data-state="compute"', self.get(URL))
        self.assertNotIn("o_legal_aid_money_coming", self.get("/my"))
        expense.action_submit()
        page = self.get(URL)
        self.assertIn('data-state="submitted"', page)
        self.assertNotIn('data-state="compute"', page)
        self.assertIn(case.name, page)
        self.assertNotIn("1,234.00", page)
        expense.with_user(self.a_manager).action_approve()
        self.assertIn("1,234.00", self.get(URL))
        # On the home page, too, with the last day (V5).
        home = self.get("/my").partition("o_legal_aid_money")[2]
        self.assertIn("1,234.00", home)
        self.assertIn("2026-04-09", home)

    def test_subsidy_on_its_way(self):
        """P1, M4: from the contract on the page says what the year's subsidy waits for; from the list on it is a payment."""
        self.login(self.lawyer1_user)
        page = self.get(URL)
        self.assertIn('o_legal_aid_subsidy list-group-item" data-state="ledger_submitted"', page)
        ledger = self.env["legal.aid.ledger"].search([("volunteer_id", "=", self.lawyer1.id)])
        ledger.with_user(self.city_officer).action_accept()
        self.assertIn('data-state="ledger_accepted"', self.get(URL))
        self._approve()
        page = self.get(URL)
        self.assertNotIn("o_legal_aid_subsidy", page)
        self.assertIn("o_legal_aid_payment", page)
        self.login(self.lawyer2_user)
        page = self.get(URL)
        self.assertIn('data-state="ledger_draft"', page)
        self.assertIn("2027-05-20", page)

    def test_returned_payment_waits_for_him(self):
        """V5: money that the bank sent back stands in red on the home page, since only he knows his new account."""
        self._approve()
        self.login(self.lawyer1_user)
        self.assertNotIn("o_legal_aid_returned", self.get("/my"))
        self.env.cr.execute("UPDATE legal_aid_payout_line SET state = 'failed' WHERE payout_id = %s", [self.payout.id])
        self.env.invalidate_all()
        self.assertIn("o_legal_aid_returned alert alert-danger", self.get("/my"))
