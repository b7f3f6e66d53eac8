from odoo import api, fields, models

from ..organization.legal_day import legal_today


class LegalAidAssignment(models.Model):
    """One attempt to give a case to a lawyer; kept, whatever came of it (C2). Written by the steps of the case only."""

    _name = "legal.aid.assignment"
    _description = "Assignment"
    _order = "id desc"
    _rec_names_search = ["case_id", "volunteer_id"]

    case_id = fields.Many2one(
        comodel_name="legal.aid.case", required=True, readonly=True, ondelete="restrict", index=True
    )
    organization_id = fields.Many2one(related="case_id.organization_id", store=True, index=True)
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Lawyer",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    is_reported = fields.Boolean(
        string="Reported by Himself", readonly=True, help="The lawyer brought this case; his first work accepts it."
    )
    date = fields.Date(string="Proposed On", required=True, readonly=True)
    state = fields.Selection(
        selection=[("proposed", "Proposed"), ("accepted", "Accepted"), ("declined", "Declined"), ("ended", "Ended")],
        default="proposed",
        required=True,
        readonly=True,
    )
    date_decided = fields.Date(string="Answered On", readonly=True)
    decided_by_id = fields.Many2one(comodel_name="res.users", string="Recorded By", readonly=True, ondelete="restrict")
    declaration = fields.Text(readonly=True, help="What the lawyer declared on acceptance (C11).")
    reason_id = fields.Many2one(comodel_name="legal.aid.reason", readonly=True, ondelete="restrict")
    note = fields.Text(readonly=True, groups="union_legal_aid.group_officer")

    _one_live_attempt = models.UniqueIndex(
        "(case_id) WHERE state IN ('proposed', 'accepted')", "This case is with a lawyer already."
    )

    # Compute

    @api.depends("case_id", "volunteer_id")
    def _compute_display_name(self):
        for assignment in self:
            assignment.display_name = f"{assignment.case_id.name} {assignment.volunteer_id.sudo().display_name}"

    # Business

    def _decide(self, state, reason=None, note=""):
        """Record the end of the live attempts in ``self``."""
        live = self.filtered(lambda assignment: assignment.state in ("proposed", "accepted"))
        vals = {
            "state": state,
            "date_decided": legal_today(self),
            "decided_by_id": self.env.user.id,
            "reason_id": reason.id if reason else False,
            "note": note,
        }
        if state == "accepted":
            vals["declaration"] = self.env._(
                "I have no interest that conflicts with this case, and I take nothing from the worker for it."
            )
        live.write(vals)
        # The next attempt is inserted at once, and the database allows one live attempt only.
        live.flush_recordset(["state"])
