from odoo import api, fields, models

STAGES = [
    ("investigation", "Investigation"),
    ("prosecution", "Review for prosecution"),
    ("trial", "Trial"),
    ("first_instance", "First instance"),
    ("second_instance", "Second instance"),
    ("retrial", "Retrial"),
    ("enforcement", "Enforcement"),
]
CATEGORIES = [
    ("civil", "Civil or labour matter"),
    ("administrative", "Administrative matter"),
    ("criminal", "Criminal matter"),
    ("incidental", "Civil claim in a criminal matter"),
]
REGION_CLASSES = [
    ("local", "In the county"),
    ("neighbour", "Neighbouring county"),
    ("distant", "Distant county"),
    ("cross_city", "Another city"),
    ("cross_province", "Another province"),
]
UNITS = [("case", "Case"), ("piece", "Piece"), ("day", "Day")]
# What a rate may ask for besides the form of service; in doubt the earlier one counts more.
KEYS = ("stage", "category", "region_class")


class LegalAidFeeRate(models.Model):
    """One rate of a fee schedule: yuan for a form of service, and if need be for a stage, a category, a distance.

    Where the standard gives a range, whoever computes the fee chooses within it.
    """

    _name = "legal.aid.fee.rate"
    _description = "Fee Rate"
    _inherit = ["legal.aid.fee.part.mixin"]
    _order = "schedule_id, sequence, id"
    _rec_names_search = ["schedule_id"]

    schedule_id = fields.Many2one(
        comodel_name="legal.aid.fee.schedule",
        required=True,
        ondelete="cascade",
        index=True,
    )
    sequence = fields.Integer(default=10)
    service_form = fields.Selection(selection="_get_service_forms", required=True)
    stage = fields.Selection(selection=STAGES, help="Empty: for every stage.")
    category = fields.Selection(selection=CATEGORIES, help="Empty: for every category.")
    region_class = fields.Selection(
        selection=REGION_CLASSES, string="Place of the Case", help="Empty: wherever the case is."
    )
    currency_id = fields.Many2one(related="schedule_id.currency_id")
    unit = fields.Selection(selection=UNITS, string="Per", default="case", required=True)
    amount = fields.Monetary(required=True, help="Yuan for one case, piece or day; the lower end where it is a range.")
    amount_max = fields.Monetary(string="Up To", help="The upper end of a range. Empty: the amount is fixed.")

    _amount_positive = models.Constraint("CHECK(amount > 0)", "A rate is an amount above zero. Enter it in yuan.")
    _range_ordered = models.Constraint(
        "CHECK(COALESCE(amount_max, 0) = 0 OR amount_max >= amount)",
        "The upper end of a range lies above its lower end. Correct the amounts.",
    )
    _key_unique = models.UniqueIndex(
        "(schedule_id, service_form, COALESCE(stage, ''), COALESCE(category, ''), COALESCE(region_class, ''))",
        "This schedule has a rate for the same service already. Change that one.",
    )

    # Compute

    @api.depends("service_form", *KEYS)
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = {name: dict(self._fields[name]._description_selection(self.env)) for name in ("service_form", *KEYS)}
        for rate in self:
            rate.display_name = " / ".join(labels[name][rate[name]] for name in ("service_form", *KEYS) if rate[name])

    # Business

    def _match(self, service_form, keys):
        """The rate that says most about a service: every key it asks for fits, and it asks for most of them."""
        fitting = self.filtered(
            lambda rate: (
                rate.service_form == service_form and all(not rate[name] or rate[name] == keys[name] for name in KEYS)
            )
        )
        return max(
            fitting,
            key=lambda rate: (sum(bool(rate[n]) for n in KEYS), [bool(rate[n]) for n in KEYS]),
            default=self.browse(),
        )
