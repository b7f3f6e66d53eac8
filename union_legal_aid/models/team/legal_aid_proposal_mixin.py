from odoo import fields, models
from odoo.exceptions import AccessError

from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER
from ..organization.wording import join_names
from .legal_aid_membership_mixin import MEMBER_STATES

JUSTICE = "union_legal_aid.group_justice"
# Levels below the city's justice bureau: one of them at least puts the lawyer forward.
LOWER_LEVELS = ("firm", "bar", "county_bureau", "county_union")
TOP_LEVEL = "city_bureau"
# As the member's file names who recommended.
RECOMMENDED_BY = {
    "firm": "firm",
    "bar": "bar",
    "county_bureau": "bureau",
    "county_union": "union",
    "city_bureau": "bureau",
}


class LegalAidProposalMixin(models.AbstractModel):
    """The way of a proposal: handed to the city, agreed to by the bureau, selected or not (T1)."""

    _name = "legal.aid.proposal.mixin"
    _description = "Selection of a Lawyer"

    # Actions

    def action_submit(self):
        """Hand the proposal to the city.

        :raises UserError: while the lawyer's own application is missing, or nobody recommends him
        """
        self.check_access("write")
        self._check_transition("submitted")
        self._raise_reasons({proposal: "\n".join(proposal._get_missing(to_city=False)) for proposal in self})
        self._transition("submitted", {"submitted_date": legal_today(self), "submitted_by_id": self.env.uid})
        return True

    def action_withdraw(self):
        """Take the proposal back; its papers stay on record."""
        self.check_access("write")
        self._transition("withdrawn")
        return True

    def action_return(self, note=""):
        """Give the proposal back to the union that made it, saying what to mend. Opens a dialog when called without a note."""
        self._check_selector()
        self._check_state("submitted")
        if not (note or "").strip():
            return self._open_dialog("action_return", False, self.env._("Give Back"))
        self._transition("draft", {"note": note})
        return True

    def action_recommend(self, note=""):
        """The justice bureau agrees, by its own account; this step is the one thing that it writes here (DESIGN §4)."""
        return self._give_opinion("agree", note or self.env._("Agrees."))

    def action_object(self, note=""):
        """The justice bureau does not agree, and says why. Opens a dialog when called without a note."""
        if not (note or "").strip():
            self._check_bureau()
            return self._open_dialog("action_object", False, self.env._("Does Not Agree"))
        return self._give_opinion("disagree", note)

    def action_select(self):
        """Select: the city makes the lawyer a candidate of the team, with everything the proposal says (T1).

        :raises UserError: with every level, paper and date that is missing
        """
        self._check_selector()
        self._check_transition("selected")
        self._raise_reasons(self._get_cannot_select_reason())
        for proposal in self:
            member = proposal._find_member()
            if member:
                member.write(proposal._prepare_recommendation())
            else:
                member = self.env["legal.aid.volunteer"].create(proposal._prepare_member())
            proposal._transition("selected", {**proposal._prepare_decision(), "volunteer_id": member.id})
        return self._open_members()

    def action_not_select(self, reason_code=None, note=""):
        """Do not select, with a coded reason (T1).

        :raises UserError: for an unknown reason; opens a dialog when called without one
        """
        self._check_selector()
        self._check_transition("not_selected")
        if not reason_code:
            return self._open_dialog("action_not_select", "not_select", self.env._("Do Not Select"))
        reason = self.env["legal.aid.reason"]._get_coded("not_select", reason_code)
        self._transition("not_selected", {**self._prepare_decision(), "reason_id": reason.id, "note": note})
        return True

    # Business

    def _open_dialog(self, method, usage, title):
        return self.env["legal.aid.reason.dialog"]._open(self, method, usage, title)

    def _open_members(self):
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Lawyers"),
            "res_model": "legal.aid.volunteer",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", self.volunteer_id.ids)],
        }
        if len(self.volunteer_id) == 1:
            action.update({"views": [(False, "form")], "res_id": self.volunteer_id.id})
        return action

    def _prepare_decision(self):
        return {"decided_date": legal_today(self), "decided_by_id": self.env.uid}

    def _is_selector(self):
        """Whether the user decides for the city: an officer of the city union, or of one above it (O3)."""
        self.ensure_one()
        user = self.env.user
        return self.env.su or (
            user.has_group(OFFICER)
            and any(self.city_id.sudo()._is_at_or_below(union) for union in user.access_organization_ids)
        )

    def _check_selector(self):
        self.check_access("write")
        strangers = self.filtered(lambda proposal: not proposal._is_selector())
        if strangers:
            raise AccessError(
                self.env._(
                    "%(names)s: the city union selects the lawyers of the team. Ask its legal department to decide.",
                    names=join_names(self.env, strangers.mapped("display_name")),
                )
            )

    def _get_bureau_level(self):
        """The level for which the user speaks as justice bureau: the city's or a county's; False for everybody else."""
        self.ensure_one()
        user = self.env.user
        if not user.has_group(JUSTICE):
            return False
        for union in user.access_organization_ids:
            if self.city_id.sudo()._is_at_or_below(union):
                return TOP_LEVEL
        return "county_bureau"

    def _check_bureau(self):
        self.check_access("read")
        self._check_state("submitted")
        if not self.env.user.has_group(JUSTICE):
            raise AccessError(
                self.env._(
                    "%(names)s: this opinion is the justice bureau's. Enter a paper opinion under Levels.",
                    names=join_names(self.env, self.mapped("display_name")),
                )
            )

    def _give_opinion(self, opinion, note):
        self._check_bureau()
        # The bureau has no right to write; the level it speaks for follows from its account.
        steps_sudo = self.env["legal.aid.recommendation.step"].sudo()
        for proposal in self:
            steps_sudo._workflow_env().create(
                {
                    "recommendation_id": proposal.id,
                    "level": proposal._get_bureau_level(),
                    "opinion": opinion,
                    "date": legal_today(proposal),
                    "signed_by": self.env.user.name,
                    "user_id": self.env.uid,
                    "note": note,
                }
            )
        return True

    def _get_cannot_select_reason(self):
        """``{proposal: reason or False}``; every missing level at once."""
        reasons = {}
        for proposal in self:
            missing = proposal._get_missing()
            member = proposal._find_member()
            if member.state in MEMBER_STATES:
                missing.append(self.env._("%(name)s is a member of the team already.", name=member.name))
            reasons[proposal] = "\n".join(missing)
        return reasons

    def _get_missing(self, to_city=True):
        """Sentences on what stands against handing the proposal to the city, or against selecting the lawyer."""
        self.ensure_one()
        missing = self._get_missing_of_lawyer()
        latest = self._get_latest_steps()
        lower = [step for level, step in latest.items() if level in LOWER_LEVELS]
        if not any(step.opinion == "agree" for step in lower):
            missing.append(
                self.env._(
                    "%(name)s: nobody recommends the lawyer yet. Enter under Levels the law firm, the bar association, the"
                    " county justice bureau or the county union.",
                    name=self.name,
                )
            )
        if to_city and not latest.get(TOP_LEVEL):
            missing.append(
                self.env._(
                    "%(name)s: the level “City justice bureau” is missing. Its user recommends in the system, or its"
                    " stamped paper is entered under Levels.",
                    name=self.name,
                )
            )
        for step in latest.values():
            missing += step._get_problems()
        missing += self._get_wrong_order(latest, lower)
        return missing

    def _get_missing_of_lawyer(self):
        missing = []
        if not self.application_date or not self.application_document:
            missing.append(
                self.env._(
                    "%(name)s: the lawyer's own application is missing. Joining is voluntary: enter the day and attach the"
                    " signed paper.",
                    name=self.name,
                )
            )
        if self.license_valid_until and self.license_valid_until < legal_today(self):
            missing.append(
                self.env._(
                    "%(name)s: the licence was valid until %(date)s. Enter the renewed licence first.",
                    name=self.name,
                    date=fields.Date.to_string(self.license_valid_until),
                )
            )
        if not self.practises_in_city:
            missing.append(
                self.env._("%(name)s does not practise in this city and cannot be appointed.", name=self.name)
            )
        return missing

    def _get_latest_steps(self):
        """``{level: its last word}``"""
        return {step.level: step for step in self.step_ids.sorted(lambda step: (step.date, step._origin.id or 0))}

    def _get_wrong_order(self, latest, lower):
        top = latest.get(TOP_LEVEL)
        first = min((step.date for step in lower if step.opinion == "agree"), default=False)
        if top and first and top.date < first:
            return [
                self.env._(
                    "%(name)s: the city justice bureau signed on %(top)s, before anybody below it recommended (%(first)s)."
                    " Recommendation goes level by level: correct the dates.",
                    name=self.name,
                    top=fields.Date.to_string(top.date),
                    first=fields.Date.to_string(first),
                )
            ]
        return []

    def _find_member(self):
        """The file that the team has of this lawyer already, by his licence number."""
        self.ensure_one()
        return self.env["legal.aid.volunteer"].search(
            [("license_number", "=", self.license_number), ("organization_id", "=", self.city_id.id)], limit=1
        )

    def _prepare_recommendation(self):
        """Who recommended and when, for the member's file; the first who put the lawyer forward is named."""
        agreed = [step for step in self._get_latest_steps().values() if step.opinion == "agree"]
        first = min(agreed, key=lambda step: (step.level == TOP_LEVEL, step.date))
        return {
            "application_date": self.application_date,
            "recommended_by": RECOMMENDED_BY[first.level],
            "recommender_id": first._get_partner().id,
            "recommended_date": first.date,
            "law_firm_id": self.law_firm_id.id,
            "license_valid_until": self.license_valid_until,
            "practises_in_city": self.practises_in_city,
        }

    def _prepare_member(self):
        partner = self.env["res.partner"].create({"name": self.name})
        return {
            **self._prepare_recommendation(),
            "partner_id": partner.id,
            "organization_id": self.city_id.id,
            "kind": "lawyer",
            "gender": self.gender,
            "license_number": self.license_number,
            "office_phone": self.office_phone,
            "specialty_ids": [fields.Command.set(self.specialty_ids.ids)],
            "contact_point_ids": [fields.Command.set(self.contact_point_ids.ids)],
        }
