from odoo import api, fields, models

OPEN_REMOVAL = ("open", "replied")


class LegalAidVolunteer(models.Model):
    _inherit = "legal.aid.volunteer"

    verified_complaint_count = fields.Integer(
        string="Verified Complaints",
        compute="_compute_verified_complaint_count",
        compute_sudo=True,
        groups="union_legal_aid.group_officer,union_legal_aid.group_auditor",
        help="Workers' complaints that count: verified, in the present membership, the same facts once.",
    )
    complaint_ids = fields.One2many(
        comodel_name="legal.aid.complaint",
        inverse_name="volunteer_id",
        string="Complaints",
        groups="union_legal_aid.group_officer,union_legal_aid.group_auditor",
    )
    removal_ids = fields.One2many(
        comodel_name="legal.aid.removal",
        inverse_name="volunteer_id",
        string="Removals",
        groups="union_legal_aid.group_officer,union_legal_aid.group_auditor,union_legal_aid.group_justice",
    )

    # Compute

    @api.depends("complaint_ids.counts")
    def _compute_verified_complaint_count(self):
        counts = dict(
            self.env["legal.aid.complaint"]._read_group(
                [("volunteer_id", "in", self._origin.ids), ("counts", "=", True)], ["volunteer_id"], ["__count"]
            )
        )
        for volunteer in self:
            volunteer.verified_complaint_count = counts.get(volunteer._origin, 0)

    @api.depends("complaint_ids.counts", "removal_ids.state")
    @api.depends_context("lang")
    def _compute_assignable(self):
        return super()._compute_assignable()

    # Actions

    def action_open_complaints(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Complaints"),
            "res_model": "legal.aid.complaint",
            "views": [(False, "list"), (False, "form")],
            "domain": [("volunteer_id", "=", self.id)],
            "context": {"default_volunteer_id": self.id},
        }

    # Business

    def _get_counting_complaints(self):
        """Complaints that count towards a removal, oldest first."""
        # The count is the same for whoever asks; the complaints themselves are read under their own rules.
        return (
            self.env["legal.aid.complaint"]
            .sudo()
            .search([("volunteer_id", "in", self._origin.ids), ("counts", "=", True)], order="decided_date, id")
            .sudo(False)
        )

    def _get_not_assignable_reasons(self):
        """A second verified worker's complaint, or a removal that is open, stops new cases at once (T7)."""
        reasons = super()._get_not_assignable_reasons()
        # Whether a removal is open decides who gets cases; its contents are not shown here.
        removals_sudo = (
            self.env["legal.aid.removal"]
            .sudo()
            .search([("volunteer_id", "in", self._origin.ids), ("state", "in", OPEN_REMOVAL)])
        )
        under_removal = set(removals_sudo.volunteer_id.ids)
        complaints = self._get_counting_complaints().sudo().grouped("volunteer_id")
        for member in self:
            counting = complaints.get(member._origin.sudo())
            if reasons[member]:
                continue
            if member._origin.id in under_removal:
                reasons[member] = self.env._(
                    "The removal of %(name)s from the team is being decided: no new cases until then.", name=member.name
                )
            elif counting and len(counting) >= counting[-1].policy_id.complaint_limit:
                reasons[member] = self.env._(
                    "%(count)s workers' complaints about %(name)s were verified: no new cases.",
                    count=len(counting),
                    name=member.name,
                )
        return reasons
