from odoo import api, models


class LegalAidNotification(models.Model):
    _inherit = "legal.aid.notification"

    @api.model
    def _get_portal_pages(self):
        return {
            **super()._get_portal_pages(),
            "legal.aid.case": "/my/cases/{id}",
            "legal.aid.consultation": "/my/consultations/{id}",
            "legal.aid.leaving": "/my/membership",
            "legal.aid.mandate": "/my/mandates/{id}",
        }
