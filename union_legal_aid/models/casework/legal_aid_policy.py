from odoo import api, fields, models


class LegalAidPolicy(models.Model):
    _inherit = "legal.aid.policy"

    call_back_days = fields.Integer(
        default=15, help="Days from closing until the recipient is called back (法律援助法 §59)."
    )
    lawyer_capacity = fields.Integer(
        string="Open Cases of a Lawyer",
        default=10,
        help="From so many open cases on, a lawyer is not suggested any more, unless his own record says otherwise; 0: no limit.",
    )
    report_wait_days = fields.Integer(
        default=3, help="Days within which the union answers a lawyer's report; after them its leaders are told."
    )
    card_months = fields.Integer(default=12, help="Months for which an aid card (法律援助卡) is valid.")
    retention_years = fields.Integer(
        default=30, help="Years for which a case file is kept, from its archiving (C8); 0 means permanently."
    )

    urgent_assign_days = fields.Integer(
        string="Days for an Urgent New Assignment",
        default=1,
        help="Days within which a lawyer is assigned to a case whose lawyer was removed, lost his licence or died.",
    )
    leaving_notice_days = fields.Integer(
        string="Notice of Cases before a Contract Ends",
        default=30,
        help="So many days before a contract ends without renewal, the hand-over of its open cases is listed.",
    )
    finish_after_expiry = fields.Boolean(
        string="Finishes Cases after Expiry",
        default=True,
        help="A lawyer whose contract expires without renewal finishes his open cases, watched by a named officer; else they"
        " pass to their unions on the day after.",
    )

    _urgent_assign_days_positive = models.Constraint(
        "CHECK(urgent_assign_days >= 1)", "An urgent assignment takes at least one day. Enter 1 or more."
    )
    _leaving_notice_days_positive = models.Constraint(
        "CHECK(leaving_notice_days >= 1)", "The notice comes at least one day before. Enter 1 or more."
    )
    _call_back_days_positive = models.Constraint(
        "CHECK(call_back_days >= 1)", "The recipient is called back at least one day after closing. Enter the days."
    )
    _report_wait_days_positive = models.Constraint(
        "CHECK(report_wait_days >= 1)", "A report waits at least one day. Enter how many days the union has."
    )
    _card_months_positive = models.Constraint(
        "CHECK(card_months >= 1)", "An aid card is valid for at least one month. Enter how many."
    )
    _retention_positive = models.Constraint(
        "CHECK(retention_years >= 0)", "A file is kept for some years, or with 0 permanently. Correct the years."
    )

    # Business

    @api.model
    def _get_dependent_fields(self):
        return [*super()._get_dependent_fields(), ("legal.aid.case", "policy_id")]
