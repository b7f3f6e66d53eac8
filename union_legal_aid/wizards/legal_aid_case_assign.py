from odoo import api, fields, models


class LegalAidCaseAssign(models.TransientModel):
    """Asks for the lawyer of a case, with the suggestion and its reasons (C2)."""

    _name = "legal.aid.case.assign"
    _description = "Assign a Lawyer"

    case_id = fields.Many2one(comodel_name="legal.aid.case", required=True, readonly=True, ondelete="cascade")
    contact_point_id = fields.Many2one(related="case_id.contact_point_id")
    suggestion = fields.Text(related="case_id.suggestion", related_sudo=False)
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Lawyer",
        domain=[("assignable", "=", True)],
        compute="_compute_volunteer_id",
        store=True,
        readonly=False,
        ondelete="cascade",
    )

    # Compute

    @api.depends("case_id")
    def _compute_volunteer_id(self):
        for dialog in self:
            dialog.volunteer_id = dialog.case_id.volunteer_id or dialog.case_id.suggested_volunteer_ids[:1]

    # Actions

    def action_confirm(self):
        self.ensure_one()
        if self.case_id.state in ("draft", "submitted", "supplement"):
            self.case_id.action_mandate_first(volunteer_id=self.volunteer_id)
        else:
            self.case_id.action_assign(volunteer_id=self.volunteer_id)
        return {"type": "ir.actions.act_window_close"}
