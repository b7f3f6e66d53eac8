from odoo import api, models


class AccountJournal(models.Model):
    _inherit = "account.journal"

    # Compute

    @api.depends("type")
    def _compute_payment_sequence(self):
        """Payments are vouchers as all others, numbered in the one series of their journal."""
        result = super()._compute_payment_sequence()
        for journal in self.filtered(lambda journal: journal.company_id._has_union_chart()):
            journal.payment_sequence = False
        return result
