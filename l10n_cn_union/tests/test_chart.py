from odoo.tests import tagged

from .common import UnionBooksCommon
from .official_accounts import FIRST_LEVEL, GRASSROOTS_ONLY, SUB_ACCOUNTS

OFFICIAL = {**FIRST_LEVEL, **SUB_ACCOUNTS}


@tagged("post_install_l10n", "post_install", "-at_install")
class TestChart(UnionBooksCommon):
    def test_accounts_are_those_of_the_system(self):
        accounts = self._accounts(lang="zh_CN")
        self.assertEqual({account.code: account.name for account in accounts}, OFFICIAL)
        self.assertEqual(len(accounts), len(OFFICIAL), "No code may occur twice.")

    def test_no_foreign_first_level_account(self):
        self.assertEqual({code[:3] for code in self._accounts().mapped("code")}, set(FIRST_LEVEL))

    def test_grassroots_accounts_are_absent(self):
        self.assertFalse(GRASSROOTS_ONLY & {code[:3] for code in self._accounts().mapped("code")})

    def test_english_names_are_complete(self):
        names = self._accounts(lang="en_US").mapped("name")
        self.assertTrue(all(name.isascii() for name in names))

    def test_legal_aid_account(self):
        account = self._account("50403").with_company(self.union)
        self.assertRecordValues(account, [{"code": "50403", "name": "Legal Aid", "account_type": "expense"}])
        self.assertEqual(account.with_context(lang="zh_CN").name, "法律援助支出")

    def test_types_follow_the_elements(self):
        expected = {"1": "asset", "2": "liability", "3": "equity", "4": "income", "5": "expense"}
        for account in self._accounts():
            self.assertEqual(account.internal_group, expected[account.code[0]], account.code)

    def test_money_payable_and_receivable_accounts(self):
        by_code = self._accounts().grouped("code")
        for code in ("101", "102", "111"):
            self.assertEqual(by_code[code].account_type, "asset_cash")
        for code, account_type in (("135", "asset_receivable"), ("215", "liability_payable")):
            self.assertRecordValues(by_code[code], [{"account_type": account_type, "reconcile": True}])

    def test_current_year_earnings_account(self):
        unaffected = self._accounts().filtered(lambda account: account.account_type == "equity_unaffected")
        self.assertEqual(unaffected.mapped("code"), ["32103"])
        self.assertEqual(self.union.get_unaffected_earnings_account(), unaffected)
        self.assertEqual(unaffected.with_context(lang="zh_CN").name, "本年收支结转")

    def test_every_account_odoo_would_create_is_mapped(self):
        chart_template = self.env["account.chart.template"].with_company(self.union)
        for field in chart_template._get_accounts_data_values(self.union, {}):
            self.assertIn(self.union[field].with_company(self.union).code, OFFICIAL, field)
        for field in ("income_currency_exchange_account_id", "expense_currency_exchange_account_id"):
            self.assertEqual(self.union[field], self._account("510"))
        for xmlid in ("account_journal_payment_debit_account_id", "account_journal_payment_credit_account_id"):
            self.assertEqual(chart_template.ref(xmlid), self._account("102"))

    def test_company_settings(self):
        self.assertRecordValues(
            self.union,
            [
                {
                    "chart_template": "cn_union",
                    "account_fiscal_country_id": self.china.id,
                    "currency_id": self.env.ref("base.CNY").id,
                    "account_sale_tax_id": False,
                    "account_purchase_tax_id": False,
                }
            ],
        )
        self.assertFalse(self.env["account.tax"].search_count([("company_id", "=", self.union.id)]))

    def test_journals_keep_to_the_chart(self):
        for xmlid, code in (("bank", "102"), ("cash", "101")):
            journal = self._journal(xmlid)
            money = self._account(code)
            self.assertEqual(journal.default_account_id, money)
            lines = journal.inbound_payment_method_line_ids + journal.outbound_payment_method_line_ids
            self.assertEqual(len(lines), 2)
            self.assertEqual(lines.payment_account_id, money)
            self.assertEqual(journal.suspense_account_id, self._account("182"))

    def test_partner_defaults(self):
        partner = self.partner_lawyer.with_company(self.union)
        self.assertEqual(partner.property_account_payable_id, self._account("215"))
        self.assertEqual(partner.property_account_receivable_id, self._account("135"))

    def test_bank_fees_go_to_goods_and_services(self):
        fees = self.env["account.chart.template"].with_company(self.union).ref("bank_fees_reco")
        self.assertEqual(fees.line_ids.account_id, self._account("50602"))

    def test_new_journals_open_sub_accounts(self):
        Journal = self.env["account.journal"].with_company(self.union)
        bank = Journal.create({"name": "Second Bank", "type": "bank", "code": "BNK9"})
        cash = Journal.create({"name": "Second Cash", "type": "cash", "code": "CSH9"})
        self.assertEqual(bank.default_account_id.with_company(self.union).code, "10201")
        self.assertEqual(cash.default_account_id.with_company(self.union).code, "10101")
        self.assertEqual({code[:3] for code in self._accounts().mapped("code")}, set(FIRST_LEVEL))

    def test_groups_name_the_first_level_account(self):
        """A voucher shows 维权支出——法律援助支出: the group holds the first part."""
        account = self._account("50403").with_company(self.union).with_context(lang="zh_CN")
        self.assertRecordValues(account.group_id, [{"code_prefix_start": "504", "name": "维权支出"}])
        self.assertRecordValues(account.group_id.parent_id, [{"code_prefix_start": "5", "name": "支出类"}])
        groups = self.env["account.group"].with_context(lang="zh_CN").search([("company_id", "=", self.union.id)])
        for group in groups.filtered(lambda group: len(group.code_prefix_start) == 3):
            self.assertEqual(group.name, FIRST_LEVEL[group.code_prefix_start])
