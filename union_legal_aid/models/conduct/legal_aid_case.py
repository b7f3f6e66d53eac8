from odoo import api, fields, models

from ..organization.personal_fields import OFFICER
from ..organization.wording import join_names
from .legal_aid_verdict_mixin import OPEN_STATES


class LegalAidCase(models.Model):
    """Complaints about the lawyer's work on the case, as a strip for the offices in charge (T7); nobody else learns of them."""

    _inherit = "legal.aid.case"

    complaint_note = fields.Char(string="Complaints", compute="_compute_complaint_note", groups=OFFICER)

    # Compute

    @api.depends_context("uid", "lang")
    def _compute_complaint_note(self):
        """Under the reader's own rights, so that the strip tells no more than the list behind it."""
        counts = {}
        complaints = self.env["legal.aid.complaint"]
        if complaints.has_access("read"):
            for case, state, count in complaints._read_group(
                [("case_id", "in", self._origin.ids), ("state", "!=", "void")], ["case_id", "state"], ["__count"]
            ):
                counts.setdefault(case.id, {})[state] = count
        for case in self:
            case.complaint_note = self._describe_complaints(counts.get(case._origin.id, {}))

    @api.model
    def _describe_complaints(self, counts):
        running = sum(counts.get(state, 0) for state in OPEN_STATES)
        parts = [
            running and self.env._("%(count)s complaint(s) open", count=running),
            counts.get("verified") and self.env._("%(count)s verified", count=counts["verified"]),
            counts.get("unfounded") and self.env._("%(count)s unfounded", count=counts["unfounded"]),
        ]
        return join_names(self.env, (part for part in parts if part)) or False

    # Actions

    def action_open_complaints(self):
        """The complaints that the user may read."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Complaints"),
            "res_model": "legal.aid.complaint",
            "views": [(False, "list"), (False, "form")],
            "domain": [("case_id", "=", self.id)],
            "context": {"default_case_id": self.id, "default_volunteer_id": self.volunteer_id.id},
        }

    def action_take_complaint(self):
        """A new complaint about the lawyer of this case."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New complaint"),
            "res_model": "legal.aid.complaint",
            "views": [(False, "form")],
            "context": {"default_case_id": self.id, "default_volunteer_id": self.volunteer_id.id},
        }
