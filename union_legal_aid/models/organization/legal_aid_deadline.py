from odoo import api, fields, models

from ...tools import clocks, deadlines


class LegalAidDeadline(models.Model):
    """One running clock of one record (F§1.3): from when, until when, met when."""

    _name = "legal.aid.deadline"
    _description = "Deadline"
    _order = "date_due, id"
    _rec_name = "kind"

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, readonly=True, index=True
    )
    record_name = fields.Char(string="Document", readonly=True, help="Number of the record; never a person's name.")
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    kind = fields.Selection(
        selection="_get_kinds",
        required=True,
        readonly=True,
    )
    date_trigger = fields.Date(string="Runs From", required=True, readonly=True)
    date_due = fields.Date(required=True, readonly=True, index=True)
    date_done = fields.Date(string="Met On", readonly=True)
    state = fields.Selection(
        selection=[("open", "Running"), ("done", "Met"), ("void", "Void")],
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    explanation = fields.Char(readonly=True, help="How the due date was counted.")
    light = fields.Selection(
        selection=[
            ("green", "In time"),
            ("amber", "Due soon"),
            ("red", "Overdue"),
            ("done", "Met in time"),
            ("late_done", "Met late"),
        ],
        compute="_compute_light",
    )

    _one_running_clock = models.UniqueIndex("(res_model, res_id, kind) WHERE state = 'open'")

    # Compute

    @api.model
    def _get_kinds(self):
        return [(kind, self.env._(clock.name)) for kind, clock in clocks.CLOCKS.items()]

    @api.depends("date_due", "date_done", "state")
    def _compute_light(self):
        today = fields.Date.context_today(self)
        for deadline in self:
            if deadline.state == "void":
                deadline.light = False
            else:
                deadline.light = deadlines.light(today, deadline.date_due, deadline.date_done)

    # Actions

    def action_open_record(self):
        """Open the record that this clock belongs to, under the user's own rights."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
