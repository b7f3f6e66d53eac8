from odoo import api, fields, models

from .legal_aid_membership_mixin import MEMBER_STATES


class LegalAidJoiningMixin(models.AbstractModel):
    """How a lawyer came to the team (T1): the proposals, and whether somebody new may be appointed by them."""

    _name = "legal.aid.joining.mixin"
    _description = "Joining the Team"

    recommendation_ids = fields.One2many(
        comodel_name="legal.aid.recommendation", inverse_name="volunteer_id", string="Recommendations"
    )
    recommendation_count = fields.Integer(compute="_compute_recommendation_count")

    # Compute

    @api.depends("recommendation_ids")
    def _compute_recommendation_count(self):
        counts = dict(
            self.env["legal.aid.recommendation"]._read_group(
                [("volunteer_id", "in", self.ids)], ["volunteer_id"], ["__count"]
            )
            if self.env["legal.aid.recommendation"].has_access("read")
            else []
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

    def _get_proposals(self):
        """``{member: the proposal to appoint him that counts}``, one search for all of them; members are past it."""
        newcomers = self.filtered(lambda one: one.state not in MEMBER_STATES)
        # Whether a proposal was decided may be known to whoever drafts the contract.
        proposals_sudo = (
            self.env["legal.aid.recommendation"]
            .sudo()
            .search(
                [
                    ("city_id", "in", newcomers.organization_id.ids),
                    ("state", "in", ("submitted", "selected", "not_selected")),
                    "|",
                    ("volunteer_id", "in", newcomers.ids),
                    ("license_number", "in", newcomers.mapped(lambda one: one.license_number or "")),
                ]
            )
        )
        found = {}
        for proposal in reversed(proposals_sudo):
            found[proposal.city_id, proposal.volunteer_id] = found[proposal.city_id, proposal.license_number] = proposal
        places = {proposal: place for place, proposal in enumerate(proposals_sudo)}
        none = proposals_sudo.browse()
        counting = {}
        for one in newcomers:
            keys = [(one.organization_id, one._origin), (one.organization_id, one.license_number or "")]
            candidates = [found[key] for key in keys if key in found]
            counting[one] = min(candidates, key=places.get, default=none)
        return counting

    def _get_not_recommended_reason(self, needs_papers=True, proposals=None):
        """Why this lawyer has no recommendation to be appointed by, or False. Members and renewals are past this question.

        :param needs_papers: whether somebody for whom no proposal was made here needs the dates on his file
        :param proposals: of ``_get_proposals``, where it was asked for several at once
        """
        self.ensure_one()
        if self.state in MEMBER_STATES:
            return False
        proposal_sudo = (self._get_proposals() if proposals is None else proposals)[self]
        if proposal_sudo.state == "not_selected":
            return self.env._(
                "%(name)s was not selected on %(date)s (%(reason)s). A new proposal is needed before an appointment.",
                name=self.name,
                date=fields.Date.to_string(proposal_sudo.decided_date),
                reason=proposal_sudo.reason_id.name,
            )
        if proposal_sudo.state == "submitted":
            return self.env._(
                "The proposal of %(name)s is not decided yet. Select the lawyer first, under Recommendations.",
                name=self.name,
            )
        return needs_papers and not proposal_sudo and self._get_no_papers_reason()

    def _get_no_papers_reason(self):
        """Of a lawyer who was entered directly, as before the proposals were kept here: application and recommendation."""
        missing = [
            self._fields[name]._description_string(self.env)
            for name in ("application_date", "recommended_by", "recommended_date")
            if not self[name]
        ]
        return missing and self.env._(
            "%(name)s did not apply or was not recommended: missing %(fields)s. Lawyers join of their own will and are"
            " recommended level by level; let a proposal be made under Recommendations.",
            name=self.name,
            fields=", ".join(missing),
        )
