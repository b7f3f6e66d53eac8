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

    seal_years = fields.Integer(
        string="Sealed after Years",
        default=5,
        help="Years from the closing date after which an archived file is only stored (PIPL §47): three years of limitation (民法典"
        " §188) and two for the enforcement of an award (民事诉讼法); 0: never.",
    )

    notice_years = fields.Integer(
        string="Notices Kept for Years",
        default=3,
        help="Years after which a notice that was told and read is deleted, by the time of limitation (民法典 §188; PIPL §47); what was"
        " not delivered, and who told whom in person, stays. 0: nothing is deleted.",
    )

    _notice_years_positive = models.Constraint(
        "CHECK(notice_years >= 0)", "Notices are deleted after some years, or with 0 never. Correct the years."
    )
    _seal_years_positive = models.Constraint(
        "CHECK(seal_years >= 0)", "A file is sealed after some years, or with 0 never. Correct the years."
    )
    _assessment_days_range = models.Constraint(
        "CHECK(assessment_days BETWEEN 1 AND 365)",
        "An assessment is started within the year of the contract. Enter 1 to 365.",
    )
    _renewal_days_range = models.Constraint(
        "CHECK(renewal_days BETWEEN 1 AND 365)",
        "A renewal is proposed within the year of the contract. Enter 1 to 365.",
    )
