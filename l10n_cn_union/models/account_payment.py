from odoo import models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    def _get_outstanding_account(self, payment_type):
        """Book union payments on the money account of their own journal.

        Core would use one account for all journals, so that cash paid out of a journal
        opened later would leave the bank account.
        """
        account = self.journal_id.default_account_id
        if self.company_id.root_id._has_union_chart() and account.account_type == "asset_cash":
            return account
        return super()._get_outstanding_account(payment_type)
