from odoo import fields, models
from odoo.exceptions import UserError

# 工会会计制度 (财会〔2021〕7号): 法律援助支出, 其他应付款 (F§5).
ACCOUNT_CODES = {"legal_aid_expense_account_id": "50403", "legal_aid_payable_account_id": "215"}
JOURNAL_TYPES = {"legal_aid_voucher_journal_id": "general", "legal_aid_bank_journal_id": "bank"}
ANALYTIC_DEFAULTS = {
    "legal_aid_project_analytic_id": "l10n_cn_union.analytic_account_project_expenditure",
    "legal_aid_economic_analytic_id": "l10n_cn_union.analytic_account_30226",
}


class ResCompany(models.Model):
    """Where the books of a union take legal-aid money. Each setting may stay empty: then the account is found by its code."""

    _inherit = "res.company"

    legal_aid_expense_account_id = fields.Many2one(
        comodel_name="account.account",
        string="Legal-Aid Expenditure",
        check_company=True,
        ondelete="restrict",
        help="Empty: account 50403.",
    )
    legal_aid_payable_account_id = fields.Many2one(
        comodel_name="account.account",
        string="Payable to Lawyers",
        check_company=True,
        ondelete="restrict",
        domain=[("reconcile", "=", True)],
        help="Empty: account 215.",
    )
    legal_aid_voucher_journal_id = fields.Many2one(
        comodel_name="account.journal",
        string="Journal of Vouchers",
        check_company=True,
        ondelete="restrict",
        domain=[("type", "=", "general")],
        help="Empty: the first miscellaneous journal.",
    )
    legal_aid_bank_journal_id = fields.Many2one(
        comodel_name="account.journal",
        string="Bank Journal for Legal Aid",
        check_company=True,
        ondelete="restrict",
        domain=[("type", "=", "bank")],
        help="Empty: the first bank journal.",
    )
    legal_aid_project_analytic_id = fields.Many2one(
        comodel_name="account.analytic.account",
        string="Project of Legal Aid",
        ondelete="restrict",
        help="Empty: project expenditure (项目支出).",
    )
    legal_aid_economic_analytic_id = fields.Many2one(
        comodel_name="account.analytic.account",
        string="Economic Class of Fees",
        ondelete="restrict",
        help="Empty: 30226 labour fees (劳务费).",
    )
    legal_aid_tax_account_id = fields.Many2one(
        comodel_name="account.account",
        string="Payable Income Tax",
        check_company=True,
        ondelete="restrict",
        domain=[("reconcile", "=", True)],
        help="Where withheld income tax stays until it is remitted. Empty: the account of what is payable to lawyers.",
    )
    legal_aid_tax_partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Tax Bureau",
        ondelete="restrict",
        help="Income tax that is withheld stays payable to this bureau until finance remits it.",
    )

    # Business

    def _get_legal_aid_account(self, name):
        """The account of setting ``name``, else the one with its code in this company's chart.

        :raises UserError: when the chart has none
        """
        self.ensure_one()
        if self[name]:
            return self[name]
        accounts = self.env["account.account"].with_company(self)
        account = accounts.search([*accounts._check_company_domain(self), ("code", "=", ACCOUNT_CODES[name])], limit=1)
        if not account:
            raise UserError(
                self.env._(
                    "The books of %(company)s have no account %(code)s. Load the union chart of accounts, or choose the account in"
                    " the settings of the company under Union Legal Aid.",
                    company=self.name,
                    code=ACCOUNT_CODES[name],
                )
            )
        return account

    def _get_legal_aid_journal(self, name):
        """The journal of setting ``name``, else the first of its type; :raises UserError: when there is none."""
        self.ensure_one()
        if self[name]:
            return self[name]
        journals = self.env["account.journal"].with_company(self)
        journal = journals.search([*journals._check_company_domain(self), ("type", "=", JOURNAL_TYPES[name])], limit=1)
        if not journal:
            raise UserError(
                self.env._(
                    "The books of %(company)s have no journal for this. Open one, or choose it in the settings of the company under"
                    " Union Legal Aid.",
                    company=self.name,
                )
            )
        return journal

    def _get_legal_aid_analytic(self, name):
        self.ensure_one()
        return self[name] or self.env.ref(ANALYTIC_DEFAULTS[name])

    def _get_legal_aid_payer_account(self):
        """The account at the bank that pays, as far as the bank journal names it."""
        self.ensure_one()
        return self._get_legal_aid_journal("legal_aid_bank_journal_id").sudo().bank_account_id

    def _get_legal_aid_tax_account(self):
        self.ensure_one()
        return self.legal_aid_tax_account_id or self._get_legal_aid_account("legal_aid_payable_account_id")

    def _get_legal_aid_tax_partner(self):
        self.ensure_one()
        return self.legal_aid_tax_partner_id or self.env.ref("union_legal_aid.partner_tax_bureau")
