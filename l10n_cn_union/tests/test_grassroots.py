from odoo.tests import tagged

from .common import UnionBooksCommon
from .official_accounts import GRASSROOTS, GRASSROOTS_FIRST_LEVEL


@tagged("post_install_l10n", "post_install", "-at_install")
class TestGrassrootsChart(UnionBooksCommon):
    """The chart of grassroots unions, in one database with the one of a county (M6, F§5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grassroots = cls._create_union_company("Factory Union", "cn_union_grassroots")

    def test_accounts_are_those_of_the_system(self):
        accounts = self._accounts(self.grassroots, lang="zh_CN")
        self.assertEqual({account.code: account.name for account in accounts}, GRASSROOTS)
        self.assertEqual(len(accounts), len(GRASSROOTS), "No code may occur twice.")

    def test_no_foreign_first_level_account(self):
        """Also after journals of each type were opened, which open accounts of their own."""
        journals = self.env["account.journal"].with_company(self.grassroots)
        for number, kind in enumerate(("bank", "cash", "credit", "general")):
            journals.create({"name": f"Second {kind}", "type": kind, "code": f"SEC{number}"})
        codes = self._accounts(self.grassroots).mapped("code")
        self.assertEqual({code[:3] for code in codes}, set(GRASSROOTS_FIRST_LEVEL))
        self.assertEqual([code for code in codes if len(code) not in (3, 5)], [])

    def test_every_account_odoo_would_create_is_mapped(self):
        chart_template = self.env["account.chart.template"].with_company(self.grassroots)
        for field in chart_template._get_accounts_data_values(self.grassroots, {}):
            self.assertIn(self.grassroots[field].with_company(self.grassroots).code, GRASSROOTS, field)
        self.assertEqual(self.grassroots.income_currency_exchange_account_id, self._account("510", self.grassroots))
        fees = chart_template.ref("bank_fees_reco")
        self.assertEqual(fees.line_ids.account_id, self._account("50504", self.grassroots))
        unaffected = self.grassroots.get_unaffected_earnings_account()
        self.assertEqual(unaffected.with_company(self.grassroots).code, "32103")

    def test_settings_as_above(self):
        self.assertEqual(self.grassroots.chart_template, "cn_union_grassroots")
        self.assertTrue(self.grassroots._has_union_chart())
        self.assertFalse(self.env["account.tax"].search_count([("company_id", "=", self.grassroots.id)]))
        for xmlid, code in (("bank", "102"), ("cash", "101")):
            journal = self._journal(xmlid, self.grassroots)
            money = self._account(code, self.grassroots)
            self.assertEqual(journal.default_account_id, money)
            lines = journal.inbound_payment_method_line_ids + journal.outbound_payment_method_line_ids
            self.assertEqual(lines.payment_account_id, money)

    def test_types_follow_the_elements(self):
        expected = {"1": "asset", "2": "liability", "3": "equity", "4": "income", "5": "expense"}
        for account in self._accounts(self.grassroots):
            self.assertEqual(account.internal_group, expected[account.code[0]], account.code)

    def test_it_books_and_balances(self):
        """Dues come in, an activity is paid; the entries of a county stay the county's."""
        self._post_entry(self._journal("bank", self.grassroots), ("102", 800.0, 0.0), ("401", 0.0, 800.0))
        self._post_entry(self._journal("bank", self.grassroots), ("50102", 300.0, 0.0), ("102", 0.0, 300.0))
        bank = self._account("102", self.grassroots).with_company(self.grassroots)
        self.assertEqual(bank.current_balance, 500.0)
        self.assertEqual(self._account("102").with_company(self.union).current_balance, 0.0)

    def test_both_are_offered_and_the_county_chart_comes_first(self):
        charts = self.env["account.chart.template"]
        offered = [code for code, _name in charts._select_chart_template(self.china) if code.startswith("cn_union")]
        self.assertEqual(offered, ["cn_union", "cn_union_grassroots"])

    def test_full_names(self):
        """F§5: 凭证 show the account's name, a sub-account under its first-level one."""
        for company, code, name in (
            (self.union, "50403", "维权支出——法律援助支出"),
            (self.union, "102", "银行存款"),
            (self.grassroots, "50102", "职工活动支出——文体活动支出"),
            (self.grassroots, "215", "其他应付款"),
        ):
            account = self._account(code, company).with_company(company).with_context(lang="zh_CN")
            self.assertEqual(account._get_union_full_name(), name)

    def test_templates_can_be_read_before_the_module_is_installed(self):
        """Odoo lists the charts of all modules on its path, with a model that lacks the methods of those not installed."""
        bare = self.env["res.partner"]
        for name in ("_get_cn_union_template_data", "_get_cn_union_grassroots_template_data"):
            method = getattr(type(self.env["account.chart.template"]), name)
            self.assertEqual(method(bare)["country"], "cn")
