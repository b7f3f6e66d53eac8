from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

# The four services of 管理办法 §3, in its order.
SECTIONS = [
    ("advice", "Advice on law and policy"),
    ("aid", "Legal aid to workers"),
    ("publicity", "Publicity and training with the contact-point union"),
    ("other", "Other activities of legal service"),
]
SECTION_OF = {
    "consultations": "advice",
    "cases_assigned": "aid",
    "recipients": "aid",
    "cases_closed": "aid",
    "amount_recovered": "aid",
    "log_entries": "aid",
    "log_hours": "aid",
    "publicity": "publicity",
    "audience": "publicity",
    "activities": "other",
    "activity_hours": "other",
    "training_hours": "other",
}
SYSTEM = frozenset({"ledger_id", "code", "system_value"})


class LegalAidLedgerLine(models.Model):
    """One figure of a yearly ledger (V1): what the system has on record, and beside it what the lawyer says, with his reason.

    The system writes and refreshes its figures until the ledger is handed in. What it does not know is a line of its own.
    """

    _name = "legal.aid.ledger.line"
    _description = "Line of a Ledger"
    _inherit = ["legal.aid.city.mixin", "legal.aid.workflow.line.mixin"]
    _order = "ledger_id, sequence, date, id"
    _rec_names_search = ["name"]

    _workflow_document = "ledger_id"

    ledger_id = fields.Many2one(comodel_name="legal.aid.ledger", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(compute="_compute_section", store=True, precompute=True)
    section = fields.Selection(
        selection=SECTIONS, compute="_compute_section", store=True, readonly=False, precompute=True, required=True
    )
    code = fields.Selection(
        selection=[
            ("consultations", "Consultations given"),
            ("cases_assigned", "Cases taken on"),
            ("recipients", "Workers helped"),
            ("cases_closed", "Cases closed"),
            ("amount_recovered", "Amount recovered (yuan)"),
            ("log_entries", "Entries of the work log"),
            ("log_hours", "Hours of work on cases"),
            ("publicity", "Publicity events"),
            ("audience", "People reached by them"),
            ("activities", "Activities in all"),
            ("activity_hours", "Hours of activities"),
            ("training_hours", "Hours of training received"),
            ("added", "Added by the lawyer"),
        ],
        string="Item",
        required=True,
        default="added",
        readonly=True,
    )
    name = fields.Char(string="What Was Done", help="Of what the system has no record of.")
    date = fields.Date()
    system_value = fields.Float(string="Recorded Figure", readonly=True, digits=(16, 2))
    is_corrected = fields.Boolean(string="Corrected")
    own_value = fields.Float(string="By the Lawyer", digits=(16, 2))
    reason = fields.Char(help="Why the lawyer's figure differs from the one on record.")
    value = fields.Float(string="In the Ledger", compute="_compute_value", store=True, digits=(16, 2))

    _one_per_figure = models.UniqueIndex(
        "(ledger_id, code) WHERE code != 'added'", "This figure stands in the ledger already. Correct that line."
    )
    _own_value_not_negative = models.Constraint(
        "CHECK(own_value IS NULL OR own_value >= 0)", "A figure of the ledger is zero or more. Correct it."
    )

    # Compute

    @api.depends("code", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["code"]._description_selection(self.env))
        for line in self:
            line.display_name = line.name or labels.get(line.code, "")

    @api.depends("code")
    def _compute_section(self):
        order = list(SECTION_OF)
        for line in self:
            line.section = SECTION_OF.get(line.code) or line.section or "other"
            line.sequence = order.index(line.code) if line.code in SECTION_OF else len(order)

    @api.depends("code", "system_value", "own_value", "is_corrected")
    def _compute_value(self):
        for line in self:
            line.value = line.own_value if line.code == "added" or line.is_corrected else line.system_value

    # Constraints

    @api.constrains("is_corrected", "reason", "name", "code")
    def _check_reason(self):
        for line in self:
            if line.code == "added" and not (line.name or "").strip():
                raise ValidationError(
                    self.env._("%(ledger)s: describe what was done.", ledger=line.ledger_id.display_name)
                )
            if line.code != "added" and line.is_corrected and not (line.reason or "").strip():
                raise ValidationError(
                    self.env._(
                        "%(ledger)s, %(figure)s: say why the figure differs from the one on record.",
                        ledger=line.ledger_id.display_name,
                        figure=line.display_name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env["legal.aid.ledger"]._in_workflow():
            for vals in vals_list:
                if vals.get("code", "added") != "added" or vals.get("system_value"):
                    raise AccessError(self._get_system_message())
        return super().create(vals_list)

    def write(self, vals):
        if SYSTEM & vals.keys() and not self.env["legal.aid.ledger"]._in_workflow():
            raise AccessError(self._get_system_message())
        if "own_value" in vals and "is_corrected" not in vals:
            vals = {**vals, "is_corrected": True}
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_on_record(self):
        if self.filtered(lambda line: line.code != "added") and not self.env["legal.aid.ledger"]._in_workflow():
            raise AccessError(self._get_system_message())

    # Actions

    def action_remove(self):
        """Take back lines that were added; what is on record stays."""
        self.unlink()
        return True

    # Business

    @api.model
    def _get_system_message(self):
        return self.env._(
            "The figures on record are written by the system. Enter the lawyer's figure beside them, with the reason."
        )

    def _get_label(self, name):
        return dict(self._fields[name]._description_selection(self.env)).get(self[name], "")
