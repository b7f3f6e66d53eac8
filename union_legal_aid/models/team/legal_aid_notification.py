from odoo import api, models


class LegalAidNotification(models.Model):
    _inherit = "legal.aid.notification"

    @api.model
    def _find_office(self, notice, partner, user):
        """A lawyer whom no record leads to a union is looked after by the one that keeps his place in the team."""
        found = super()._find_office(notice, partner, user)
        return (
            found or self.env["legal.aid.volunteer"].search([("partner_id", "=", partner.id)], limit=1).organization_id
        )
