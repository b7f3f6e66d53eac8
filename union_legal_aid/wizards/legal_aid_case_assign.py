from odoo import api, fields, models


class LegalAidCaseAssign(models.TransientModel):
    """Asks for the lawyer of a case, with the suggestion and its reasons (C2)."""

    _name = "legal.aid.case.assign"
    _description = "Assign a Lawyer"
    _inherit = ["legal.aid.link.mixin"]

    _checked_links = ("case_id",)

    case_id = fields.Many2one(comodel_name="legal.aid.case", required=True, readonly=True, ondelete="cascade")
    case_ids = fields.Many2many(comodel_name="legal.aid.case", string="Cases", readonly=True)
    case_count = fields.Integer(compute="_compute_case_count")
    not_suggested = fields.Text(related="case_id.not_suggested", related_sudo=False, string="Not Suggested")
    conflict = fields.Text(compute="_compute_conflict")
    obstacle = fields.Text(compute="_compute_obstacle", help="Why the lawyer cannot be assigned, whoever clears what.")
    capacity_warning = fields.Text(compute="_compute_obstacle")
    clear_reason_id = fields.Many2one(
        comodel_name="legal.aid.reason",
        string="Cleared Because",
        domain=[("usage", "=", "clear_conflict")],
        ondelete="cascade",
        help="A leader may assign the lawyer all the same; the reason is kept with the case.",
    )
    clear_note = fields.Text(string="Note on the Clearing")
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

    @api.depends("case_ids")
    def _compute_case_count(self):
        for dialog in self:
            dialog.case_count = len(dialog._get_cases())

    @api.depends("volunteer_id", "case_ids", "case_id")
    @api.depends_context("lang")
    def _compute_conflict(self):
        for dialog in self:
            lawyer = dialog.volunteer_id
            cases = dialog._get_cases() if lawyer else dialog.case_id.browse()
            dialog.conflict = "\n".join(filter(None, (case._get_lawyer_conflict_reason(lawyer) for case in cases)))

    @api.depends("volunteer_id", "case_ids", "case_id")
    @api.depends_context("lang")
    def _compute_obstacle(self):
        for dialog in self:
            lawyer, cases = dialog.volunteer_id, dialog._get_cases()
            reasons = [case._get_cannot_serve_reason(lawyer) for case in cases] if lawyer else []
            # One sentence where all cases have the same obstacle.
            dialog.obstacle = "\n".join(dict.fromkeys(filter(None, reasons)))
            dialog.capacity_warning = bool(lawyer) and not dialog.obstacle and cases._get_capacity_warning(lawyer)

    # Actions

    def action_confirm(self):
        self.ensure_one()
        cases = self._get_cases()
        if self.conflict and self.clear_reason_id:
            blocked = cases.filtered(lambda case: case._get_lawyer_conflict_reason(self.volunteer_id))
            blocked.action_clear_conflict(
                reason_code=self.clear_reason_id.code, note=self.clear_note or "", volunteer_id=self.volunteer_id
            )
        # On the urgent path a lawyer is mandated before the grant (I9).
        early = cases.filtered(lambda case: case.state in ("draft", "submitted", "supplement"))
        if early:
            early.action_mandate_first(volunteer_id=self.volunteer_id)
        if cases - early:
            (cases - early).action_assign(volunteer_id=self.volunteer_id)
        return {"type": "ir.actions.act_window_close"}

    # Business

    def _get_cases(self):
        return self.case_ids or self.case_id
