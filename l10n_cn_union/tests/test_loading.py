from io import BytesIO
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import convert_xml_import

from odoo.addons.account.models.chart_template import AccountChartTemplate as CoreChartTemplate
from odoo.addons.base.models.res_company import ResCompany

from .common import UnionBooksCommon
from .official_accounts import FIRST_LEVEL, SUB_ACCOUNTS

OFFICIAL_CODES = set(FIRST_LEVEL) | set(SUB_ACCOUNTS)

# The recipe of README.md for demo data.
DEMO = b"""
<odoo>
    <record id="company_from_data" model="res.company" context="{'chart_template_load': True}">
        <field name="name">Federation from Data</field>
        <field name="country_id" ref="base.cn"/>
    </record>
    <function model="account.chart.template" name="try_loading">
        <value eval="[]"/>
        <value>cn_union</value>
        <value model="res.company" eval="obj().env.ref('l10n_cn_union.company_from_data')"/>
        <value name="install_demo" eval="True"/>
    </function>
</odoo>
"""


@tagged("post_install_l10n", "post_install", "-at_install")
class TestLoading(UnionBooksCommon):
    def _assert_union_chart(self, company):
        self.assertEqual(company.chart_template, "cn_union")
        self.assertEqual(set(self._accounts(company).mapped("code")), OFFICIAL_CODES)

    def _open_company_outside_tests(self, name, **context):
        """Create a company as outside tests, where Odoo then queues the country's first chart for the commit."""
        Company = self.env["res.company"].with_context(**context)
        chart_template = self.env.registry["account.chart.template"]
        with (
            patch.object(ResCompany, "install_l10n_modules", return_value=True),
            patch.object(chart_template, "_guess_chart_template", return_value="country_chart"),
        ):
            company = Company.create({"name": name, "country_id": self.china.id})
        self.env.user.company_ids |= company
        return company

    def test_two_companies_have_books_of_their_own(self):
        county = self._create_union_company("County Federation")
        self._assert_union_chart(self.union)
        self._assert_union_chart(county)
        self.assertFalse(self._accounts(self.union) & self._accounts(county))
        self.assertNotEqual(self._journal("bank", self.union), self._journal("bank", county))

        self._post_entry(self._journal("bank", self.union), ("50802", 500.0, 0.0), ("102", 0.0, 500.0))
        self._post_entry(self._journal("bank", county), ("102", 500.0, 0.0), ("40302", 0.0, 500.0))
        for company, balance in ((self.union, -500.0), (county, 500.0)):
            bank = self._account("102", company).with_company(company)
            self.assertEqual(bank.current_balance, balance)

    def test_loading_again_changes_nothing(self):
        accounts = self._accounts()
        self.env["account.chart.template"].try_loading("cn_union", self.union)
        self.assertEqual(self._accounts(), accounts)
        self._assert_union_chart(self.union)

    def test_replaces_the_chart_odoo_chose(self):
        """An officer who opened the company in the settings picks the union chart afterwards."""
        company = self.env["res.company"].create({"name": "Zone Federation", "country_id": self.china.id})
        self.env.user.company_ids |= company
        self.env["account.chart.template"].try_loading("generic_coa", company)
        self.env["account.chart.template"].try_loading("cn_union", company)
        self._assert_union_chart(company)

    def _run_precommit(self):
        """Return the companies on which a chart is loaded at the commit."""
        with patch.object(CoreChartTemplate, "try_loading") as load:
            self.env.cr.precommit.run()
        return self.env["res.company"].union(*(call.args[1] for call in load.call_args_list))

    def test_survives_the_chart_queued_for_the_country(self):
        enterprise = self._open_company_outside_tests("Enterprise")
        union = self._open_company_outside_tests("Queued Federation")
        self.env["account.chart.template"].try_loading("cn_union", union)
        self.assertEqual(self._run_precommit(), enterprise, "Only the enterprise gets the chart of its country.")
        self._assert_union_chart(union)

    def test_context_key_keeps_the_country_chart_away(self):
        """What README.md tells: no chart is queued for a company opened this way."""
        self._open_company_outside_tests("Quiet Federation", chart_template_load=True)
        self.assertFalse(self._run_precommit())

    def test_branch_uses_the_accounts_of_its_root(self):
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.union.id})
        self.env["account.chart.template"].try_loading("cn_union", branch)
        self.assertEqual(branch.account_journal_suspense_account_id, self._account("182"))
        self._assert_union_chart(self.union)

    def test_loads_from_demo_data(self):
        source = BytesIO(DEMO)
        source.name = "demo.xml"
        convert_xml_import(self.env, "l10n_cn_union", source, mode="init")
        company = self.env.ref("l10n_cn_union.company_from_data")
        self.env.user.company_ids |= company
        self._assert_union_chart(company)
        self.assertFalse(self.env["account.move"].search_count([("company_id", "=", company.id)]))

    def test_template_is_offered_for_china(self):
        mapping = self.env["account.chart.template"]._get_chart_template_mapping()
        self.assertEqual(mapping["cn_union"]["country_id"], self.china.id)
        self.assertIn("cn_union", dict(self.env["account.chart.template"]._select_chart_template(self.china)))
