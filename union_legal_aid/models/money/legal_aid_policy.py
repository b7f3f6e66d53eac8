from odoo import fields, models


class LegalAidPolicy(models.Model):
    _inherit = "legal.aid.policy"

    subsidy_due_months = fields.Integer(
        string="Subsidy Due After",
        help="Full months of the contract after which the subsidy may be paid; 0: at any time. A contract that ended is due at once.",
    )
    subsidy_on_suspension = fields.Selection(
        selection=[("wait", "Waits until the suspension has ended"), ("pay", "Paid all the same")],
        string="Subsidy While Suspended",
        default="wait",
        required=True,
    )
    subsidy_on_expired_license = fields.Selection(
        selection=[("wait", "Waits for the renewed licence"), ("pay", "Paid all the same")],
        string="Subsidy With Expired Licence",
        default="wait",
        required=True,
    )
    subsidy_assessment = fields.Selection(
        selection=[
            ("not_end", "Paid unless the assessment ends the contract"),
            ("signed", "Paid after an assessment that keeps the lawyer"),
            ("ignored", "Paid whatever the assessment says"),
        ],
        string="Subsidy and Assessment",
        default="not_end",
        required=True,
        help="What the assessment of the year, signed by both bodies, means for the subsidy (T10, M1).",
    )
    budget_warning_percent = fields.Integer(
        string="Budget Warning From",
        default=90,
        help="From so many percent of the year's budget on, a list carries a warning.",
    )
    budget_excess = fields.Selection(
        selection=[("block", "Stopped unless overridden"), ("warn", "Warned only")],
        string="Beyond the Budget",
        default="block",
        required=True,
    )
    budget_override_by = fields.Selection(
        selection=[
            ("payer_manager", "A leader of the paying union"),
            ("city_manager", "A leader of the city union"),
            ("nobody", "Nobody"),
        ],
        string="Budget Overridden By",
        default="payer_manager",
        required=True,
    )

    tax_return_day = fields.Integer(
        string="Tax Return Until",
        default=15,
        help="Day of the following month until which exempt returns and withholding are reported.",
    )
    justice_list_months = fields.Integer(
        string="Justice List Until",
        default=2,
        help="Months after the end of the year until which the yearly list goes to the justice bureau, before the tax year is settled"
        " (公告2022年第25号 §3).",
    )

    _tax_return_day_range = models.Constraint(
        "CHECK(tax_return_day BETWEEN 1 AND 28)", "A day of a month is meant. Enter 1 to 28."
    )
    _justice_list_months_range = models.Constraint(
        "CHECK(justice_list_months BETWEEN 1 AND 12)", "The yearly list is due within twelve months. Enter 1 to 12."
    )
    _subsidy_due_months_range = models.Constraint(
        "CHECK(subsidy_due_months BETWEEN 0 AND 12)", "A contract has twelve months at most. Enter 0 to 12."
    )
    _budget_warning_percent_range = models.Constraint(
        "CHECK(budget_warning_percent BETWEEN 1 AND 100)",
        "A budget is warned of from 1 to 100 percent. Correct the figure.",
    )
