from odoo import models


class UnionOrganization(models.Model):
    _inherit = "union.organization"

    def write(self, vals):
        result = super().write(vals)
        if "manager_user_ids" in vals:
            # Who may decide is shown on every waiting document; a leader who came or went is seen at once.
            self.env.invalidate_all()
        return result
