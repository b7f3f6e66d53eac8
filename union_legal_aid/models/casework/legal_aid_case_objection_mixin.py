from odoo import api, fields, models

from ..organization.legal_day import legal_today


class LegalAidCaseObjectionMixin(models.AbstractModel):
    """What an objection to a refusal or a termination does to the case (I7, C7, 法律援助法 §49)."""

    _name = "legal.aid.case.objection.mixin"
    _description = "Objections in a Case"

    objection_ids = fields.One2many(
        comodel_name="legal.aid.objection", inverse_name="case_id", string="Objections", copy=False
    )
    can_object = fields.Boolean(compute="_compute_can_object", groups="union_legal_aid.group_officer")

    # Compute

    @api.depends("state", "objection_ids.state")
    @api.depends_context("uid")
    def _compute_can_object(self):
        writable = self._origin._filtered_access("write")
        reasons = self._get_cannot_object_reason()
        for case in self:
            case.can_object = case._origin in writable and not reasons[case]

    # Actions

    def action_object(self, date=None, note=""):
        """Take the objection of the applicant or recipient; opens a dialog when called without its grounds.

        :param date: the day the union received it, today by default
        :param note: what he objects to, in his words
        """
        self.check_access("write")
        self._raise_reasons(self._get_cannot_object_reason())
        if not (note or "").strip():
            return self._open_reason_dialog("action_object", False, self.env._("Record an Objection"))
        objections = self.env["legal.aid.objection"].create(
            [
                {
                    "case_id": case.id,
                    "received_date": date or legal_today(self),
                    "note": note,
                }
                for case in self
            ]
        )
        return objections._get_form_action() if len(objections) == 1 else True

    # Business

    def _get_cannot_object_reason(self):
        """``{case: why no objection can be taken, or False}``"""
        reasons = {}
        for case in self:
            names = {"case": case.name, "state": case._get_state_label(case.state)}
            open_one = case.objection_ids.filtered(lambda objection: objection.state in ("received", "sent"))
            reasons[case] = False
            if case.state not in ("refused", "terminated"):
                reasons[case] = self.env._(
                    "Case %(case)s is in state “%(state)s”. An objection is possible against a refusal or a termination"
                    " (法律援助法 §49).",
                    **names,
                )
            elif open_one:
                reasons[case] = self.env._(
                    "An objection in case %(case)s is open already. Go on with that one.", **names
                )
        return reasons

    def _get_objection_states(self):
        """The state in which papers of an objection that is open still come in."""
        self.ensure_one()
        # Whether one is open is the same for whoever adds a paper.
        open_ones = self.sudo().objection_ids.filtered(lambda objection: objection.state in ("received", "sent"))
        return ("refused",) if open_ones else ()

    def _get_next_step(self):
        waiting = self.objection_ids.filtered(lambda objection: objection.state in ("received", "sent"))[:1]
        if waiting.state == "received":
            return self.env._("Send the objection to the justice bureau.")
        if waiting:
            return self.env._(
                "%(bureau)s decides the objection by %(date)s.",
                bureau=waiting.bureau_id.name,
                date=fields.Date.to_string(waiting.date_due),
            )
        return super()._get_next_step()

    def _do_set_aside(self, date):
        """The bureau set the decision aside: a refused application is decided anew, a terminated case is taken up again."""
        self.ensure_one()
        if self.state == "refused":
            self._decide_anew(date)
        else:
            self._take_up_again(date)

    def _decide_anew(self, date):
        """Back to the leaders; the time for the decision runs anew from the bureau's decision."""
        self.ensure_one()
        self._transition("submitted", {**self._prepare_lifted_decision(), "approval_state": "none"})
        self._open_deadline("decide", date, variant="green" if self.priority == "green" else None)
        self.action_request_approval()

    def _take_up_again(self, date):
        """The grant stands, and a lawyer is assigned within the usual time; the former mandate ended with the termination."""
        self.ensure_one()
        self._void_deadlines()
        self._void_end()
        self._transition("granted", {**self._prepare_reopen("granted"), "volunteer_id": False, "mandate_id": False})
        self._workflow_write(dict.fromkeys(("assigned_date", "accepted_date", "agency_signed_date"), False))
        self._supersede_pages()
        self._open_deadline("assign", date)

    def _prepare_lifted_decision(self):
        """What the decision said is kept with the objection; it no longer holds."""
        return dict.fromkeys(("decision_date", "decision_reason_id", "decision_note"), False)
