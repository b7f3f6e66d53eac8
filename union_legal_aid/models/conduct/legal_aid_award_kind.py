from odoo import fields, models


class LegalAidAwardKind(models.Model):
    """A kind of honour (T11): who gives it, how often one person may get it, and how many may be nominated at a time."""

    _name = "legal.aid.award.kind"
    _description = "Kind of Award"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    level = fields.Selection(
        selection=[
            ("city", "City union"),
            ("county", "County or district union"),
            ("bureau", "Justice bureau"),
            ("province", "Province"),
        ],
        string="Given By",
        required=True,
        help="Each gives its own. What the province gives is recorded by the city that nominated.",
    )
    issuer = fields.Char(string="Issuing Body", help="Where it is not a union or bureau of the programme itself.")
    interval_months = fields.Integer(
        string="Interval in Months",
        help="Months before one person may get it again, and a round follows the last; 0: none.",
    )
    limit = fields.Integer(string="Nominations at Most", help="In one round; 0: no limit.")
    by_nomination = fields.Boolean(help="Given only as the result of a round of nominations.")
    for_lawyers = fields.Boolean(default=True)
    for_staff = fields.Boolean(string="For Staff Handlers")
    source = fields.Char(help="The document it rests on.")

    _code_unique = models.Constraint("UNIQUE(code)", "Another kind of award has this code already.")
    _figures_positive = models.Constraint(
        'CHECK(interval_months >= 0 AND "limit" >= 0)', "Interval and number of nominations cannot be negative."
    )
