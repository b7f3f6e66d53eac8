from odoo import fields, models


class LegalAidPolicy(models.Model):
    _inherit = "legal.aid.policy"

    approval_reminder_days = fields.Integer(
        string="Reminder of Approvals",
        default=3,
        help="After so many days, and again after as many, those who may decide are reminded of a request for approval.",
    )

    _approval_reminder_days_positive = models.Constraint(
        "CHECK(approval_reminder_days >= 1)",
        "Reminders of approvals need at least one day between them. Enter 1 or more.",
    )
