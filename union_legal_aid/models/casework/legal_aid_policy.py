from odoo import api, fields, models


class LegalAidPolicy(models.Model):
    _inherit = "legal.aid.policy"

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
