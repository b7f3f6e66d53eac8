from odoo import api, fields, models


class LegalAidPolicy(models.Model):
    _inherit = "legal.aid.policy"

    reply_days = fields.Integer(default=7, help="Days for the lawyer's reply before a removal is decided.")

    _reply_days_positive = models.Constraint(
        "CHECK(reply_days >= 1)", "The lawyer needs at least one day for the reply. Enter 1 or more."
    )

    @api.model
    def _get_dependent_fields(self):
        return [
            *super()._get_dependent_fields(),
            ("legal.aid.complaint", "policy_id"),
            ("legal.aid.removal", "policy_id"),
        ]
