from odoo import api, fields, models

from ..organization.personal_fields import AUDITOR, OFFICER
from ..organization.wording import join_names
from .legal_aid_membership_mixin import MEMBER_STATES

PROPOSAL_READERS = f"{OFFICER},{AUDITOR},union_legal_aid.group_justice"


class LegalAidJoiningMixin(models.AbstractModel):
    """How a lawyer came to the team (T1): the proposals, and whether somebody new may be appointed by them."""

    _name = "legal.aid.joining.mixin"
    _description = "Joining the Team"

    recommendation_ids = fields.One2many(
        comodel_name="legal.aid.recommendation",
        inverse_name="volunteer_id",
        string="Recommendations",
        groups=PROPOSAL_READERS,
    )
    recommendation_count = fields.Integer(compute="_compute_recommendation_count", groups=PROPOSAL_READERS)

    # Compute

    @api.depends("recommendation_ids")
    def _compute_recommendation_count(self):
        counts = dict(
            self.env["legal.aid.recommendation"]._read_group(
                [("volunteer_id", "in", self.ids)], ["volunteer_id"], ["__count"]
            )
        )
        for volunteer in self:
            volunteer.recommendation_count = counts.get(volunteer._origin, 0)

    # Actions

    def action_open_recommendations(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Recommendations"),
            "res_model": "legal.aid.recommendation",
            "views": [(False, "list"), (False, "form")],
            "domain": [("volunteer_id", "=", self.id)],
        }

    def action_draft_contract(self):
        """Open the appointment of this lawyer, to be filled in."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Contract"),
            "res_model": "legal.aid.contract",
            "views": [(False, "form")],
            "context": {"default_kind": "individual", "default_volunteer_id": self.id},
        }

    # Business

    def _get_not_recommended_reasons(self):
        """``{volunteer: (refused, missing)}``: why somebody new has no recommendation to be appointed by, or False twice.

        ``refused`` is what the city decided, or has still to decide, on a proposal; ``missing`` is what the file of a lawyer lacks
        for whom no proposal was made here. Members and renewals are past this question.
        """
        proposals = self.filtered(lambda lawyer: lawyer.state not in MEMBER_STATES)._find_proposals()
        reasons = {}
        for volunteer in self:
            reasons[volunteer] = (False, False)
            if volunteer.state not in MEMBER_STATES:
                proposal = proposals.get(volunteer)
                reasons[volunteer] = (
                    (volunteer._get_refused_reason(proposal), False)
                    if proposal
                    else (False, volunteer._get_no_papers_reason())
                )
        return reasons

    def _find_proposals(self):
        """``{volunteer: his last proposal that the city has or had before it}``"""
        # Whether a proposal was decided may be known to whoever drafts the contract.
        proposals_sudo = (
            self.env["legal.aid.recommendation"]
            .sudo()
            .search(
                [
                    ("state", "in", ("submitted", "selected", "not_selected")),
                    ("city_id", "in", self.organization_id.ids),
                    "|",
                    ("volunteer_id", "in", self._origin.ids),
                    ("license_number", "in", self.filtered("license_number").mapped("license_number")),
                ],
                order="id",
            )
        )
        by_file = {proposal.volunteer_id.id: proposal for proposal in proposals_sudo}
        by_number = {(proposal.license_number, proposal.city_id.id): proposal for proposal in proposals_sudo}
        found = {
            volunteer: by_number.get((volunteer.license_number, volunteer.organization_id.id))
            or by_file.get(volunteer._origin.id)
            for volunteer in self
        }
        return {volunteer: proposal for volunteer, proposal in found.items() if proposal}

    def _get_refused_reason(self, proposal):
        self.ensure_one()
        if proposal.state == "not_selected":
            return self.env._(
                "%(name)s was not selected on %(date)s (%(reason)s). A new proposal is needed before an appointment.",
                name=self.name,
                date=fields.Date.to_string(proposal.decided_date),
                reason=proposal.reason_id.name,
            )
        if proposal.state == "submitted":
            return self.env._(
                "The proposal of %(name)s is not decided yet. Select the lawyer first, under Recommendations.",
                name=self.name,
            )
        return False

    def _get_no_papers_reason(self):
        """Of a lawyer who was entered directly, as before the proposals were kept here: application and recommendation."""
        self.ensure_one()
        missing = [
            self._fields[name]._description_string(self.env)
            for name in ("application_date", "recommended_by", "recommended_date")
            if not self[name]
        ]
        if not missing:
            return False
        return self.env._(
            "%(name)s did not apply or was not recommended: missing %(fields)s. Lawyers join of their own will and are"
            " recommended level by level; let a proposal be made under Recommendations.",
            name=self.name,
            fields=join_names(self.env, missing),
        )
