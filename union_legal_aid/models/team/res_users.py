from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _keeps_team(self):
        """Whether the user works for a union that keeps a team of lawyers: a city, or what stands above one."""
        self.ensure_one()
        return any(union == union._get_city() for union in self.access_organization_ids)
