from odoo import api, models


class LegalAidNotification(models.Model):
    _inherit = "legal.aid.notification"

    @api.model
    def _get_portal_pages(self):
        return {
            **super()._get_portal_pages(),
            "legal.aid.assessment": "/my/assessments",
            "legal.aid.removal": "/my/removals/{id}",
        }
