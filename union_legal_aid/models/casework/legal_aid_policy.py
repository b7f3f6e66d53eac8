from odoo import api, models


class LegalAidPolicy(models.Model):
    _inherit = "legal.aid.policy"

    # Business

    @api.model
    def _get_dependent_fields(self):
        return [*super()._get_dependent_fields(), ("legal.aid.case", "policy_id")]
