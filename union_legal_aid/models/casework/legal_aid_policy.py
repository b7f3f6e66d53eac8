from odoo import api, fields, models


class LegalAidPolicy(models.Model):
    _inherit = "legal.aid.policy"

    call_back_days = fields.Integer(default=15, help="Days from closing until the recipient is called back (法律援助法 §59).")

    _call_back_days_positive = models.Constraint(
        "CHECK(call_back_days >= 1)", "The recipient is called back at least one day after closing. Enter the days."
    )

    # Business

    @api.model
    def _get_dependent_fields(self):
        return [*super()._get_dependent_fields(), ("legal.aid.case", "policy_id")]
