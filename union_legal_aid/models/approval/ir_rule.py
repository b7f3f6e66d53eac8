from odoo import api, models


class IrRule(models.Model):
    _inherit = "ir.rule"

    @api.model
    def _eval_context(self):
        # The domain that is about to be worked out is kept for the whole process, so it has to see today's unions, also in a
        # transaction that began before midnight.
        self.env.user.invalidate_recordset(["access_organization_ids"], flush=False)
        return super()._eval_context()

    def _compute_domain_context_values(self):
        """Domains are kept per user; those of a stand-in change with the day, without anybody writing anything (O4)."""
        yield from super()._compute_domain_context_values()
        yield self.env.user._get_lent_union_ids()
