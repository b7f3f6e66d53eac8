from odoo import api, models


class AccountPartialReconcile(models.Model):
    """Whether a payout line is paid, the ledger says: each change of a reconciliation is passed on to the payouts it touches."""

    _inherit = "account.partial.reconcile"

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        partials._get_legal_aid_payouts()._sync_state()
        return partials

    def unlink(self):
        payouts_sudo = self._get_legal_aid_payouts()
        result = super().unlink()
        payouts_sudo._sync_state()
        return result

    # Business

    def _get_legal_aid_payouts(self):
        move_lines = self.debit_move_id | self.credit_move_id
        # The bookkeeper may not see the payout; its state follows the ledger all the same.
        lines_sudo = self.env["legal.aid.payout.line"].sudo().search([("move_line_id", "in", move_lines.ids)])
        return lines_sudo.payout_id
