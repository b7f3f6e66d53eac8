from odoo import api, models


class AccountAnalyticPlan(models.Model):
    _inherit = "account.analytic.plan"

    # Compute

    @api.depends("complete_name", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        """Show plans in the language of the reader.

        Core shows `complete_name`, which is stored once in the language of whoever
        wrote it last: the plans of this module would stay English.
        """
        for plan in self:
            names = []
            node = plan
            while node:
                names.insert(0, node.name or "")
                node = node.parent_id
            plan.display_name = " / ".join(names)
