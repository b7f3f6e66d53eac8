from odoo import api, fields, models


class LegalAidActivityAttendance(models.Model):
    """A lawyer on the attendance list of an activity: in which role, how long, and whether he came (T12, V3)."""

    _name = "legal.aid.activity.attendance"
    _description = "Attendance"
    _inherit = ["legal.aid.workflow.line.mixin"]
    _order = "activity_id, role, id"
    _rec_names_search = ["volunteer_id", "activity_id"]

    _workflow_document = "activity_id"
    _workflow_document_states = ("planned", "reported")

    activity_id = fields.Many2one(comodel_name="legal.aid.activity", required=True, ondelete="cascade", index=True)
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer", string="Lawyer", required=True, ondelete="restrict", index=True
    )
    role = fields.Selection(
        selection=[("speaker", "Speaker"), ("participant", "Participant")], default="participant", required=True
    )
    hours = fields.Float(
        string="Duration (Hours)",
        digits=(5, 2),
        compute="_compute_hours",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    attended = fields.Boolean(default=True, help="Clear it for who was invited and did not come.")
    organization_id = fields.Many2one(related="activity_id.organization_id", store=True, index=True)
    date = fields.Date(related="activity_id.date", store=True, index=True)
    kind = fields.Selection(related="activity_id.kind", store=True)
    state = fields.Selection(related="activity_id.state", store=True)
    attendee_count = fields.Integer(related="activity_id.attendee_count", store=True)

    _once = models.Constraint(
        "UNIQUE(activity_id, volunteer_id)", "This lawyer is on the attendance list already. Change that line."
    )
    _hours_in_a_day = models.Constraint(
        "CHECK(hours >= 0 AND hours <= 24)", "The hours of a day are between 0 and 24. Correct them."
    )

    # Compute

    @api.depends("activity_id.display_name", "volunteer_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.volunteer_id.sudo().name or ''} {line.activity_id.display_name or ''}".strip()

    @api.depends("activity_id.hours")
    def _compute_hours(self):
        for line in self:
            line.hours = line.hours or line.activity_id.hours
