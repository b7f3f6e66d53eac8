from odoo import api, fields, models


class LegalAidPolicy(models.Model):
    _inherit = "legal.aid.policy"

    removal_objection_days = fields.Integer(
        default=15,
        help="Days in which a removed lawyer may object to the decision at the city union; the measures name none.",
    )
    barred_years = fields.Integer(
        string="Years Barred After a Removal",
        default=0,
        help="So many years a removed lawyer is not appointed again; 0: at any time, with a coded reason.",
    )
    auto_open_no_service = fields.Boolean(
        string="Open Removals for No Service",
        help="At the end of a service year without any service the removal opens by itself; else the year is only listed.",
    )
    reply_days = fields.Integer(
        default=7, help="Days for the lawyer's reply to a complaint, and before a removal is decided."
    )
    complaint_acknowledge_days = fields.Integer(
        default=7, help="Days to accept a complaint and to tell the complainant its number."
    )
    complaint_decide_days = fields.Integer(default=60, help="Days from a complaint to the verdict of the city.")
    complaint_inform_days = fields.Integer(default=7, help="Days from the verdict until the complainant is told.")

    _barred_years_positive = models.Constraint(
        "CHECK(barred_years >= 0)", "The years after a removal cannot be negative. Enter 0 for no bar."
    )
    _removal_objection_days_positive = models.Constraint(
        "CHECK(removal_objection_days >= 1)", "The lawyer needs at least one day to object. Enter 1 or more."
    )
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
