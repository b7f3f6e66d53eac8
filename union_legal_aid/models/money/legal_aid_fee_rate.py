from odoo import api, fields, models

STAGES = [
    ("first_instance", "First instance"),
    ("second_instance", "Second instance"),
    ("retrial", "Retrial"),
    ("enforcement", "Enforcement"),
]
CATEGORIES = [("civil", "Civil or labour matter"), ("administrative", "Administrative matter")]
REGION_CLASSES = [
    ("local", "In the county"),
    ("neighbour", "Neighbouring county"),
    ("distant", "Distant county"),
    ("cross_city", "Another city"),
    ("cross_province", "Another province"),
]
# What a rate may ask for besides the form of service; in doubt the earlier one counts more.
KEYS = ("stage", "category", "region_class")


class LegalAidFeeRate(models.Model):
    """One rate of a fee schedule: yuan for a form of service, and if need be for a stage, a category, a distance."""

    _name = "legal.aid.fee.rate"
    _description = "Fee Rate"
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
    amount = fields.Monetary(required=True, help="Yuan for one case.")

    _amount_positive = models.Constraint("CHECK(amount > 0)", "A rate is an amount above zero. Enter it in yuan.")
    _key_unique = models.UniqueIndex(
        "(schedule_id, service_form, COALESCE(stage, ''), COALESCE(category, ''), COALESCE(region_class, ''))",
        "This schedule has a rate for the same service already. Change that one.",
    )

    # Compute

    @api.model
    def _get_service_forms(self):
        return self.env["legal.aid.case"]._fields["service_form"]._description_selection(self.env)

    @api.depends("service_form", *KEYS)
    def _compute_display_name(self):
        labels = {name: dict(self._fields[name]._description_selection(self.env)) for name in ("service_form", *KEYS)}
        for rate in self:
            rate.display_name = " / ".join(labels[name][rate[name]] for name in ("service_form", *KEYS) if rate[name])

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        rates = super().create(vals_list)
        rates.schedule_id._check_not_used()
        return rates

    def write(self, vals):
        self.schedule_id._check_not_used()
        result = super().write(vals)
        if "schedule_id" in vals:
            self.schedule_id._check_not_used()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self.schedule_id._check_not_used()

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
