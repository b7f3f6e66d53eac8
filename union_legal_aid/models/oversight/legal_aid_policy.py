from odoo import fields, models


class LegalAidPolicy(models.Model):
    _inherit = "legal.aid.policy"

    renewal_days = fields.Integer(
        string="Renewals Proposed",
        default=60,
        help="Days before the last day of a contract from which on its renewal is proposed.",
    )

    assessment_days = fields.Integer(
        string="Assessments Started",
        default=90,
        help="Days before the last day of a contract from which on the assessment of the year is started.",
    )

    _assessment_days_range = models.Constraint(
        "CHECK(assessment_days BETWEEN 1 AND 365)",
        "An assessment is started within the year of the contract. Enter 1 to 365.",
    )
    _renewal_days_range = models.Constraint(
        "CHECK(renewal_days BETWEEN 1 AND 365)",
        "A renewal is proposed within the year of the contract. Enter 1 to 365.",
    )
