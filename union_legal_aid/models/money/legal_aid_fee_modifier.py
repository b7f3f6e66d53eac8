from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import fees

KINDS = [
    ("cross_city", "Another city"),
    ("cross_province", "Another province"),
    ("complex", "Major or difficult case"),
    ("quality_good", "Quality: good"),
    ("quality_improve", "Quality: to improve"),
    ("quality_poor", "Quality: poor"),
    ("public_servant", "Lawyer is a public servant"),
    ("staff", "Lawyer is staff of the institution"),
]
# They concern the payee, not the case, and cut or replace the whole (F§2, F§4).
PERSONAL = ("public_servant", "staff")


class LegalAidFeeModifier(models.Model):
    """An addition or a factor of a fee schedule, and the condition on which it counts (F§4).

    A schedule without a line for public servants or staff pays them direct costs only.
    """

    _name = "legal.aid.fee.modifier"
    _description = "Addition of a Fee Schedule"
    _inherit = ["legal.aid.fee.part.mixin"]
    _order = "schedule_id, sequence, id"
    _rec_names_search = ["schedule_id"]

    schedule_id = fields.Many2one(comodel_name="legal.aid.fee.schedule", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(selection=KINDS, string="When", required=True)
    service_form = fields.Selection(selection="_get_service_forms", help="Empty: for every form of service.")
    operation = fields.Selection(
        selection=[
            ("add", "Yuan on top"),
            ("percent", "Per cent of the whole"),
            ("fixed", "Yuan instead of the whole"),
        ],
        default="add",
        required=True,
    )
    value = fields.Float(digits=(12, 2), required=True, help="Yuan, or per cent of the whole: 90 pays nine tenths.")
    once_with = fields.Char(
        string="Counts Once With",
        help="Of the additions with the same mark only the highest counts, for example “far or difficult: 1,000”.",
    )

    _value_not_negative = models.Constraint(
        "CHECK(value >= 0)", "An addition is not negative. For less than the rate enter a percentage below 100."
    )
    _kind_unique = models.UniqueIndex(
        "(schedule_id, kind, COALESCE(service_form, ''))",
        "This schedule has an addition for the same condition already. Change that one.",
    )

    # Compute

    @api.depends("kind", "service_form")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        forms = dict(self._get_service_forms())
        for modifier in self:
            names = [kinds.get(modifier.kind), forms.get(modifier.service_form)]
            modifier.display_name = " / ".join(name for name in names if name)

    # Constraints

    @api.constrains("operation", "kind")
    def _check_operation(self):
        for modifier in self:
            if modifier.operation == "fixed" and modifier.kind not in PERSONAL:
                raise ValidationError(
                    self.env._(
                        "%(modifier)s of %(schedule)s: only the fee of a public servant or of staff is replaced as a whole. Enter"
                        " yuan on top or a percentage.",
                        modifier=modifier.display_name,
                        schedule=modifier.schedule_id.name,
                    )
                )

    # Business

    def _pick(self, conditions, service_form):
        """The additions that count under ``conditions`` (kinds): one for the form of service goes before a general one."""
        found = {}
        for modifier in self.filtered(lambda modifier: modifier.service_form in (False, service_form)):
            if modifier.kind in conditions and (modifier.kind not in found or modifier.service_form):
                found[modifier.kind] = modifier
        return self.browse().concat(*found.values())

    def _to_tool(self):
        return [
            fees.Modifier(
                modifier.kind,
                modifier.operation,
                modifier.value,
                modifier.once_with or "",
                modifier.kind in PERSONAL,
            )
            for modifier in self
        ]
