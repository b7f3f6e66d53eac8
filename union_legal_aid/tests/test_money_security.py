from odoo.exceptions import AccessError
from odoo.tests import tagged

from .casework_common import TODAY
from .money_common import LegalAidMoneyCommon

MODELS = (
    "legal.aid.expense",
    "legal.aid.expense.line",
    "legal.aid.expense.allocation",
    "legal.aid.payout",
    "legal.aid.payout.line",
)


@tagged("post_install", "-at_install")
class TestMoneyAccess(LegalAidMoneyCommon):
    def setUp(self):
        super().setUp()
        self.payout = self._create_paid_payout()
        self.expense = self.payout.line_ids.allocation_id.expense_id

    def _get_mine(self, name, user):
        records = {
            "legal.aid.expense": self.expense,
            "legal.aid.expense.line": self.expense.line_ids,
            "legal.aid.expense.allocation": self.expense.allocation_ids,
            "legal.aid.payout": self.payout,
            "legal.aid.payout.line": self.payout.line_ids,
        }[name]
        return self.env[name].with_user(user).search([("id", "in", records.ids)])

    def test_who_reads(self):
        """O2: officers and finance of the payer, the city above it, the auditor; not another county, liaison or bureau."""
        self.city_officer.company_ids |= self.county_a_books
        self.auditor.company_ids |= self.county_a_books
        self.auditor.company_id = self.city_books
        for name in MODELS:
            for user in (self.a_officer, self.a_manager, self.a_finance, self.city_officer, self.auditor):
                self.assertTrue(self._get_mine(name, user), f"{name} {user.login}")
            for user in (self.b_officer, self.b_manager, self.b_finance):
                self.assertFalse(self._get_mine(name, user), f"{name} {user.login}")
            for user in (self.liaison, self.justice):
                with self.assertRefused(AccessError):
                    self._get_mine(name, user)

    def test_only_in_ones_own_books(self):
        """A payout belongs to the books of its payer: who does not work in them does not see it."""
        self.assertNotIn(self.county_a_books, self.city_finance.company_ids)
        for name in ("legal.aid.payout", "legal.aid.payout.line"):
            self.assertFalse(self._get_mine(name, self.city_finance), name)

    def test_auditor_writes_nothing(self):
        self.auditor.company_ids |= self.county_a_books
        for name in MODELS:
            for operation in ("create", "write", "unlink"):
                self.assertFalse(self.env[name].with_user(self.auditor).has_access(operation), f"{name} {operation}")

    def test_finance_sees_no_case(self):
        """O2: number, matter, heads, lawyer, amount; the case itself and its people stay closed."""
        expense = self.expense.with_user(self.a_finance)
        self.assertTrue(expense.case_number)
        self.assertEqual(
            (expense.headcount, expense.volunteer_id, expense.matter_id), (1, self.lawyer1, self.matter_wages)
        )
        with self.assertRefused(AccessError):
            expense.case_id.read(["applicant_name"])
        with self.assertRefused(AccessError):
            self.env["legal.aid.case"].with_user(self.a_finance).search([])
        texts = str(expense.read()) + str(self.payout.with_user(self.a_finance).read())
        self.assertNotIn("王小明", texts)
        self.assertNotIn("某建筑劳务公司", texts)

    def test_finance_sees_no_draft(self):
        draft = self._create_expense()
        self.assertFalse(self.env["legal.aid.expense"].with_user(self.a_finance).search([("id", "=", draft.id)]))

    def test_accounts_only_for_those_who_pay(self):
        """Rule 5: the officer sees a mask; finance, leaders and auditors of the payer the number."""
        line = self.payout.line_ids
        for user in (self.a_finance, self.a_manager):
            self.assertEqual(line.with_user(user).bank_account_number, "6222020000000000001")
        self.assertEqual(line.with_user(self.a_officer).bank_account_number_masked, "6222 **** **** 0001")
        self.assertNotIn("bank_account_number", line.with_user(self.a_officer).fields_get())
        self.a_officer.group_ids |= self.env.ref("base.group_allow_export")
        for step in (
            lambda: line.with_user(self.a_officer).read(["bank_account_number"]),
            lambda: line.with_user(self.a_officer).search([("bank_account_number", "like", "6222")]),
            lambda: line.with_user(self.a_officer).export_data(["bank_account_number"]),
            lambda: line.with_user(self.lawyer1_user).read(["bank_account_number"]),
            lambda: self.payout.with_user(self.a_officer).search([("line_ids.bank_account_number", "like", "6222")]),
        ):
            with self.assertRefused(AccessError):
                step()

    def test_lawyer_reads_his_own(self):
        """P1: amount and state of his own lines and fees, from the approval on; nobody else's."""
        lines = self.env["legal.aid.payout.line"].with_user(self.lawyer1_user)
        mine = lines.search([])
        self.assertEqual(mine, self.payout.line_ids)
        self.assertEqual(mine.read(["amount", "state"])[0]["state"], "paid")
        self.assertTrue(mine.display_name)
        self.assertFalse(lines.with_user(self.lawyer2_user).search([]))
        fees = self.env["legal.aid.expense"].with_user(self.lawyer1_user)
        self.assertEqual(fees.search([]), self.expense)
        self.assertEqual(fees.browse(self.expense.id).read(["amount_allowed"])[0]["amount_allowed"], 1600)
        self.assertFalse(fees.with_user(self.lawyer2_user).search([]))
        with self.assertRefused(AccessError):
            self.env["legal.aid.payout"].with_user(self.lawyer1_user).search([])
        for record in (mine, fees.browse(self.expense.id)):
            for operation in ("write", "unlink"):
                self.assertFalse(record.has_access(operation))

    def test_lawyer_sees_no_rehearsal(self):
        later = self._create_approved_expense()
        payout = self._create_payout()
        payout.action_compute()
        lines = self.env["legal.aid.payout.line"].with_user(self.lawyer1_user)
        self.assertNotIn(payout.line_ids, lines.search([]))
        self.approve(payout, self.a_officer, self.a_manager)
        self.assertIn(payout.line_ids, lines.search([]))
        self.assertEqual(later.state, "in_payout")

    def test_nothing_personal_in_the_records_text(self):
        """Rule 5: no worker, account or phone in names, chatter, requests."""
        texts = [self.payout.display_name, self.expense.display_name]
        texts += (self.payout | self.payout).message_ids.mapped("body") + self.expense.message_ids.mapped("body")
        requests = self.payout.sudo().approval_request_id | self.expense.sudo().approval_request_id
        texts += requests.mapped("name") + [str(facts) for facts in requests.mapped("facts")]
        for private in ("王小明", "6222020000000000001", "13803750001", "13803750009", "某建筑劳务公司"):
            self.assertNotIn(private, " ".join(texts))

    def test_moved_finance_changes_county_at_once(self):
        """O2: moved from a to b, he loses a's payouts in the same process."""
        payouts = self.env["legal.aid.payout"].with_user(self.a_finance)
        self.assertEqual(payouts.search([("id", "=", self.payout.id)]), self.payout)
        self.a_finance.union_organization_ids = self.county_b
        self.assertFalse(payouts.search([("id", "=", self.payout.id)]))
        with self.assertRefused(AccessError):
            self.payout.with_user(self.a_finance).action_reverse(reason_code="other")

    def test_buttons_follow_the_rights(self):
        """can_*: what the server answers is what the buttons show."""
        self._create_approved_expense()
        payout = self._create_approved_payout()
        names = ("can_compute", "can_cancel", "can_export", "can_post", "can_confirm", "can_reverse")
        seen = {
            user.login: [name for name in names if payout.with_user(user)[name]]
            for user in (self.a_officer, self.a_manager, self.a_finance)
        }
        self.assertEqual(
            seen,
            {
                "t_a_officer": ["can_cancel"],
                "t_a_manager": ["can_cancel"],
                "t_a_finance": ["can_cancel", "can_export", "can_post"],
            },
        )
        payout.with_user(self.a_finance).action_post(date=TODAY)
        self.assertEqual([name for name in names if payout.with_user(self.a_finance)[name]], ["can_reverse"])
