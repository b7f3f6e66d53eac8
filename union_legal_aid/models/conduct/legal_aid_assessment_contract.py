from odoo import fields, models

# A contract that one of these followed was renewed, whatever it is called.
FOLLOWED_STATES = ("active", "expired", "terminated")
MEMBER_STATES = ("active", "suspended")


class LegalAidContract(models.Model):
    """Renewal follows from an assessment signed by both bodies (T2, T10; 工作方案 §六)."""

    _inherit = "legal.aid.contract"

    assessment_id = fields.Many2one(
        comodel_name="legal.aid.assessment",
        compute="_compute_assessment_id",
        groups="union_legal_aid.group_officer,union_legal_aid.group_auditor,union_legal_aid.group_justice",
        help="The assessment of this contract, under the reader's own rules.",
    )

    # Compute

    def _compute_assessment_id(self):
        found = self.env["legal.aid.assessment"].search([("contract_id", "in", self.ids), ("state", "!=", "void")])
        by_contract = found.grouped("contract_id")
        for contract in self:
            contract.assessment_id = by_contract.get(contract._origin, False)

    # Actions

    def action_open_assessment(self):
        """The assessment of this contract; none yet: a new one, computed at once."""
        self.ensure_one()
        assessment = self.assessment_id or self.env["legal.aid.assessment"]._create_for_contracts(self)
        return {
            "type": "ir.actions.act_window",
            "res_model": "legal.aid.assessment",
            "views": [(False, "form")],
            "res_id": assessment.id,
        }

    # Business

    def _get_cannot_renew_reason(self):
        reasons = super()._get_cannot_renew_reason()
        assessed = self._get_not_assessed_reason()
        return {contract: reasons[contract] or assessed[contract] for contract in self}

    def _get_cannot_appoint_reason(self):
        """The same gate where a renewal was drafted without the button, or does not call itself one."""
        reasons = super()._get_cannot_appoint_reason()
        followed = self._get_followed_contracts()
        before = self.browse().union(*followed.values())
        assessed = before._get_not_assessed_reason()
        return {contract: reasons[contract] or assessed.get(followed[contract], False) for contract in self}

    def _get_followed_contracts(self):
        """``{contract: the one it follows}``: which it names or, of a member of the team, the last one before it."""
        earlier = self.sudo().search(
            [
                ("volunteer_id", "in", self.volunteer_id.ids),
                ("kind", "=", "individual"),
                ("state", "in", FOLLOWED_STATES),
            ],
            order="date_start desc, id desc",
        )
        by_lawyer = earlier.grouped("volunteer_id")
        followed = {}
        for contract in self:
            followed[contract] = contract.renewal_of_id
            # Whoever left and comes back was selected anew, on other grounds than his last year.
            if not followed[contract] and contract.sudo().volunteer_id.state in MEMBER_STATES:
                before = by_lawyer.get(contract.volunteer_id, self.browse())
                last = before.filtered(lambda other, own=contract: other.date_start < own.date_start)[:1]
                # Early ends have their own decisions; only the one by an assessment stands against coming back at once.
                if last.state != "terminated" or last._is_ended_by_assessment():
                    followed[contract] = last.sudo(False)
        return followed

    def _is_ended_by_assessment(self):
        assessment = self._find_assessments().get(self)
        return bool(assessment) and assessment.state == "signed" and assessment.outcome == "end"

    def _find_assessments(self):
        """``{contract: its assessment}``, void ones left out."""
        # What both bodies signed binds whoever asks; nothing but the outcome is told.
        found_sudo = (
            self.env["legal.aid.assessment"]
            .sudo()
            .search([("contract_id", "in", self._origin.ids), ("state", "!=", "void")])
        )
        return {found.contract_id: found for found in found_sudo}

    def _get_not_assessed_reason(self):
        """``{contract: why nothing can follow it, or False}``; paper years (``assessed_since``) are let through."""
        assessments = self._find_assessments()
        reasons = {}
        for contract in self:
            since = contract.sudo().organization_id.assessed_since
            is_paper = since and contract.date_last < since
            known = assessments.get(contract)
            reasons[contract] = False
            if contract.kind == "individual" and not (is_paper and not known):
                reasons[contract] = contract._explain_assessment(known)
        return reasons

    def _explain_assessment(self, assessment_sudo):
        self.ensure_one()
        values = {"contract": self.display_name}
        if not assessment_sudo:
            return self.env._(
                "%(contract)s is not assessed yet. Renewal follows from the yearly assessment: open it on the contract, have it"
                " signed by the city and the justice bureau, then renew.",
                **values,
            )
        values["assessment"] = assessment_sudo.with_env(self.env).sudo().display_name
        if assessment_sudo.state != "signed":
            return self.env._(
                "%(contract)s: %(assessment)s is in state “%(state)s”. Both bodies have to sign it before the contract can"
                " be renewed.",
                state=assessment_sudo.with_env(self.env)._get_state_label(assessment_sudo.state),
                **values,
            )
        if assessment_sudo.outcome == "end":
            return self.env._(
                "%(contract)s cannot be renewed: %(assessment)s ended with “end early”, signed by both bodies.",
                **values,
            )
        return False
