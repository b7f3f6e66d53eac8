from odoo import api, fields, models


class LegalAidPolicy(models.Model):
    _inherit = "legal.aid.policy"

    recommendation_required = fields.Boolean(
        string="Appointment Needs a Recommendation",
        help="Somebody new is appointed only if he applied and was recommended, with dates (管理办法 §2). Without it the"
        " contract shows a warning to whoever approves. Members and renewals are not asked again.",
    )

    @api.model
    def _get_dependent_fields(self):
        return [*super()._get_dependent_fields(), ("legal.aid.contract", "policy_id")]
