import logging

from odoo import models

from odoo.addons.account.models.chart_template import template

_logger = logging.getLogger(__name__)

TEMPLATE_CODE = "cn_union"
GRASSROOTS_CODE = "cn_union_grassroots"
UNION_TEMPLATES = (TEMPLATE_CODE, GRASSROOTS_CODE)
# 银行手续费: 商品和服务支出 above, 其他业务支出 where there is no 行政支出.
BANK_FEES = {TEMPLATE_CODE: "cn_union_50602", GRASSROOTS_CODE: "cn_union_50504"}


class AccountChartTemplate(models.AbstractModel):
    """Charts of 《工会会计制度》(财会〔2021〕7号): for unions at and above county level, and for grassroots unions.

    First-level accounts may not be added to them (附录1 总说明一), so every account that
    Odoo would create on its own is pointed at one that the system has. Accounts of both
    charts have the same external ids.
    """

    _inherit = "account.chart.template"

    # Template data

    @template("cn_union")
    def _get_cn_union_template_data(self):
        return {
            "name": self.env._("Union Accounting System (2021), County Level and Above"),
            "country": "cn",
            # Codes are three digits, five for sub-accounts: never padded.
            "code_digits": "3",
            "property_account_receivable_id": "cn_union_135",
            "property_account_payable_id": "cn_union_215",
        }

    @template("cn_union_grassroots")
    def _get_cn_union_grassroots_template_data(self):
        # Read by Odoo also where this module is not installed, so without the other method.
        return {
            "country": "cn",
            "code_digits": "3",
            "property_account_receivable_id": "cn_union_135",
            "property_account_payable_id": "cn_union_215",
            "name": self.env._("Union Accounting System (2021), Grassroots Unions"),
            "sequence": 2,
        }

    @template("cn_union", "res.company")
    def _get_cn_union_res_company(self):
        return {
            self.env.company.id: {
                "account_fiscal_country_id": "base.cn",
                # A bank journal opened later gets 10201, 10202…: sub-accounts of 102.
                # With '102' Odoo would count on to 103, a first-level account.
                "bank_account_code_prefix": "10200",
                "cash_account_code_prefix": "10100",
                "transfer_account_code_prefix": "13500",
                # Money not explained yet, and cash over or short, waits on 182 until
                # its cause is found (182 四之（一）).
                "account_journal_suspense_account_id": "cn_union_182",
                "default_cash_difference_income_account_id": "cn_union_182",
                "default_cash_difference_expense_account_id": "cn_union_182",
                "transfer_account_id": "cn_union_135",
                "account_default_pos_receivable_account_id": "cn_union_135",
                "account_journal_early_pay_discount_gain_account_id": "cn_union_408",
                "account_journal_early_pay_discount_loss_account_id": "cn_union_510",
                # Exchange differences are booked on 510 on either side (510 二之（七）).
                "income_currency_exchange_account_id": "cn_union_510",
                "expense_currency_exchange_account_id": "cn_union_510",
                "income_account_id": "cn_union_408",
                "expense_account_id": "cn_union_510",
            },
        }

    @template("cn_union", "account.journal")
    def _get_cn_union_account_journal(self):
        return {
            "bank": {"default_account_id": "cn_union_102", "payment_sequence": False},
            "cash": {
                "name": self.env._("Cash"),
                "type": "cash",
                "default_account_id": "cn_union_101",
                "payment_sequence": False,
                "show_on_dashboard": True,
                "sequence": 8,
            },
        }

    @template("cn_union_grassroots", "res.company")
    def _get_cn_union_grassroots_res_company(self):
        return self._get_cn_union_res_company()

    @template("cn_union_grassroots", "account.journal")
    def _get_cn_union_grassroots_account_journal(self):
        return self._get_cn_union_account_journal()

    # Loading

    def try_loading(self, template_code, company, install_demo=False, force_create=True):
        """Keep a union chart that was loaded in this very transaction.

        Creating a company with country China makes `account` queue the loading of the
        country's first chart for the commit; it would delete the union chart loaded
        meanwhile, without a word.
        """
        companies = self.env["res.company"].browse(company) if isinstance(company, int) else company
        if template_code not in UNION_TEMPLATES and companies and self._cn_union_was_just_loaded(companies):
            _logger.info(
                "Chart %s is not loaded on company %s: the union chart was loaded on it in the same transaction.",
                template_code,
                companies.ids,
            )
            return None
        return super().try_loading(template_code, company, install_demo=install_demo, force_create=force_create)

    def _cn_union_loaded_ids(self):
        """Ids of the companies that got the union chart in this transaction."""
        return self.env.cr.precommit.data.setdefault("l10n_cn_union.loaded_company_ids", set())

    def _cn_union_was_just_loaded(self, companies):
        # The second condition: a savepoint rolled back undoes the loading, not the note of it.
        return set(companies.ids) <= self._cn_union_loaded_ids() and all(
            company._has_union_chart() for company in companies
        )

    def _post_load_data(self, template_code, company, template_data):
        super()._post_load_data(template_code, company, template_data)
        if template_code not in UNION_TEMPLATES:
            return
        self._cn_union_loaded_ids().add(company.id)
        journals = self.env["account.journal"].search(
            [
                ("company_id", "=", company.id),
                ("type", "in", ("bank", "cash")),
            ]
        )
        for journal in journals:
            # Cash basis: what is paid has left the account, there is no "in process".
            lines = journal.inbound_payment_method_line_ids + journal.outbound_payment_method_line_ids
            lines.filtered(lambda line: not line.payment_account_id).payment_account_id = journal.default_account_id

    def _get_bank_fees_reco_account(self, company):
        """Bank fees (手续费) are goods and services; core would take the first expenditure account."""
        if not company._has_union_chart():
            return super()._get_bank_fees_reco_account(company)
        return self.env.ref(self.company_xmlid(BANK_FEES[company.chart_template], company.root_id))

    def _create_outstanding_accounts(self, company, bank_prefix, code_digits):
        """Let 102 stand in for outstanding receipts and payments, which the system does not know."""
        if not company._has_union_chart():
            return super()._create_outstanding_accounts(company, bank_prefix, code_digits)
        bank_account = self.env.ref(self.company_xmlid("cn_union_102", company.root_id))
        self.env["ir.model.data"]._update_xmlids(
            [
                {"xml_id": self.company_xmlid(name, company), "record": bank_account, "noupdate": True}
                for name in (
                    "account_journal_payment_debit_account_id",
                    "account_journal_payment_credit_account_id",
                )
            ]
        )
        return None

    # Demo data

    def _get_demo_data(self, company=False):
        """Core's invoices, products and taxes have no place in the books of a union."""
        if company and company._has_union_chart():
            return {}
        return super()._get_demo_data(company)

    def _post_load_demo_data(self, company=False):
        if company and company._has_union_chart():
            return None
        return super()._post_load_demo_data(company)
