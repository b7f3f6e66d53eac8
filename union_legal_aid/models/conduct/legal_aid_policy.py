from odoo import api, fields, models


class LegalAidPolicy(models.Model):
    _inherit = "legal.aid.policy"

    reply_days = fields.Integer(
        default=7, help="Days for the lawyer's reply to a complaint, and before a removal is decided."
    )
    complaint_acknowledge_days = fields.Integer(
        default=7, help="Days to accept a complaint and to tell the complainant its number."
    )
    complaint_decide_days = fields.Integer(default=60, help="Days from a complaint to the verdict of the city.")
    complaint_inform_days = fields.Integer(default=7, help="Days from the verdict until the complainant is told.")

    _reply_days_positive = models.Constraint(
        "CHECK(reply_days >= 1)", "The lawyer needs at least one day for the reply. Enter 1 or more."
    )

    _complaint_days_positive = models.Constraint(
        "CHECK(complaint_acknowledge_days >= 1 AND complaint_decide_days >= 1 AND complaint_inform_days >= 1)",
        "A complaint takes at least one day for each step. Enter 1 or more.",
    )

    @api.model
    def _get_dependent_fields(self):
        return [
            *super()._get_dependent_fields(),
            ("legal.aid.complaint", "policy_id"),
            ("legal.aid.removal", "policy_id"),
        ]
