from odoo import api, models


class LegalAidPolicy(models.Model):
    _inherit = "legal.aid.policy"

    @api.model
    def _get_dependent_fields(self):
        return [*super()._get_dependent_fields(), ("legal.aid.contract", "policy_id")]
