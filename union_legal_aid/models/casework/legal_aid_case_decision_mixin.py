from odoo import fields, models
from odoo.exceptions import UserError

from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER, PrivateText
from ..organization.wording import join_clauses


class LegalAidCaseDecisionMixin(models.AbstractModel):
    """From the application to the decision (I7, C1): submit, ask for papers once, grant, refuse, withdraw."""

    _name = "legal.aid.case.decision.mixin"
    _description = "Decision on Legal Aid"

    _approval_reject_usage = "refuse"

    policy_id = fields.Many2one(
        comodel_name="legal.aid.policy",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="The policy in force on the day of the application.",
    )
    submitted_date = fields.Date(readonly=True, copy=False)
    submitted_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    supplement_requested_date = fields.Date(string="Papers Asked For On", readonly=True, copy=False)
    supplement_note = fields.Text(string="Missing Papers", readonly=True, copy=False)
    granted_date = fields.Date(readonly=True, copy=False, tracking=True, index="btree_not_null")
    granted_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    decision_date = fields.Date(readonly=True, copy=False, help="The day of the refusal, withdrawal or termination.")
    decision_reason_id = fields.Many2one(
        comodel_name="legal.aid.reason",
        string="Reason",
        readonly=True,
        copy=False,
        ondelete="restrict",
        tracking=True,
    )
    decision_note = PrivateText(string="Explanation", readonly=True, groups=OFFICER)

    # Actions

    def action_submit(self):
        """Hand in complete applications: the clock of the decision runs and the leaders are asked to decide.

        Also the way back after missing papers came in.
        """
        self.check_access("write")
        self._check_state("draft", "supplement")
        self._raise_reasons(self._get_cannot_submit_reason())
        for case in self:
            case._do_submit()
        return True

    def action_request_approval(self):
        """Ask anew, after the first request became void; only for people who may handle the case."""
        self.check_access("write")
        return super().action_request_approval()

    def action_request_supplement(self, note=""):
        """Ask the applicant for the missing papers, all at once and once only (法律援助法 §43)."""
        if not (note or "").strip():
            return self._open_reason_dialog("action_request_supplement", False, self.env._("Missing Papers"))
        self.check_access("write")
        self._check_state("submitted")
        self._raise_reasons(self._get_cannot_request_supplement_reason())
        today = legal_today(self)
        for case in self:
            case._void_approval(self.env._("Missing papers were asked for."))
            case._transition("supplement", {"supplement_requested_date": today, "supplement_note": note})
            case._void_deadlines("decide")
            case._open_deadline("supplement", today)
        return True

    def action_grant(self, note=""):
        """Sign the grant; the last signature that the approval rules ask for grants."""
        self._check_state("submitted")
        return self.action_approve(note=note)

    def action_refuse(self, reason_code=None, note=""):
        """Refuse in writing, with a coded reason; opens a dialog when called without."""
        if not reason_code:
            return self._open_reason_dialog("action_refuse", "refuse", self.env._("Refuse"))
        reason = self.env["legal.aid.reason"]._get_coded("refuse", reason_code)
        self._check_state("submitted")
        self._without_defaults()._for_each(lambda case: case._refuse(reason, note))
        return True

    def action_reject(self, note="", *, reason_code=None):
        """Not granting is a refusal, and that needs a coded reason, from wherever it is called."""
        return self.action_refuse(reason_code=reason_code, note=note)

    def action_withdraw(self, reason_code=None, note=""):
        """Record that the applicant withdrew, or that missing papers never came (deemed withdrawn)."""
        if not reason_code:
            return self._open_reason_dialog("action_withdraw", "withdraw", self.env._("Withdraw"))
        reason = self.env["legal.aid.reason"]._get_coded("withdraw", reason_code)
        self.check_access("write")
        self._check_state("draft", "submitted", "supplement")
        for case in self:
            case._void_approval(self.env._("The application was withdrawn."))
            case._do_end("withdrawn", reason, note)
        return True

    # Business

    def _reject(self, note, reason_code):
        if not reason_code:
            raise UserError(self.env._("A refusal of legal aid needs a coded reason. Choose one."))
        self.action_refuse(reason_code=reason_code, note=note)

    def _refuse(self, reason, note):
        self.ensure_one()
        # The decision stays for ever and is read by more people than the worker's own story, which the note may tell.
        self._decide_approval("reject", reason.name)
        # The decider's signature performs the refusal; he needs no right to edit the file itself.
        self.sudo()._do_end("refused", reason, note)

    def _decide_approval(self, decision, note):
        if decision == "approve" and self.can_approve:
            self._raise_reasons(self._get_cannot_grant_reason())
        return super()._decide_approval(decision, note)

    def _get_cannot_grant_reason(self):
        """``{case: why aid cannot be granted yet, or False}``; each topic adds its own."""
        return dict.fromkeys(self, False)

    def _get_no_payment_reason(self):
        """``{case: why the union pays nothing for it, or False}``; asked by whoever computes, approves or pays a fee."""
        return dict.fromkeys(self, False)

    def _get_cannot_submit_reason(self):
        reasons = {}
        for case in self:
            missing = case._get_missing_details()
            reasons[case] = False
            if missing:
                reasons[case] = self.env._(
                    "Case %(case)s is not complete. Missing: %(missing)s.",
                    case=case.name,
                    missing=join_clauses(self.env, missing),
                )
            elif case.application_date > legal_today(self):
                reasons[case] = self.env._(
                    "The application date of case %(case)s lies in the future. Correct it.", case=case.name
                )
        return reasons

    def _get_cannot_request_supplement_reason(self):
        return {
            case: case.supplement_requested_date
            and self.env._(
                "Missing papers of case %(case)s were asked for on %(date)s already; the law allows that once."
                " Decide on what is"
                " there.",
                case=case.name,
                date=fields.Date.to_string(case.supplement_requested_date),
            )
            for case in self
        }

    def _do_submit(self):
        self.ensure_one()
        today = legal_today(self)
        trigger = self.application_date
        if self.state == "supplement":
            # The time for the decision counts from the complete application.
            self._close_deadline("supplement", today)
            trigger = today
        policy = self.env["legal.aid.policy"]._get(self.organization_id, self.application_date)
        self._transition(
            "submitted", {"policy_id": policy.id, "submitted_date": today, "submitted_by_id": self.env.user.id}
        )
        self._check_conflict("submit")
        self._open_deadline("decide", trigger, variant="green" if self.priority == "green" else None)
        self.action_request_approval()

    def _on_approved(self):
        self._do_grant()

    def _do_grant(self):
        """Performed by the last signature; with it, in one act, the mandate of a lawyer who reported the case (C1)."""
        self.ensure_one()
        today = legal_today(self)
        self._transition("granted", {"granted_date": today, "granted_by_id": self.env.user.id})
        self._close_deadline("decide", today)
        if self.source == "lawyer" and self.volunteer_id:
            self._mandate_reporting_lawyer()
        if self.state == "granted":
            self._open_deadline("assign", today)

    def _do_end(self, state, reason, note):
        """Refused, withdrawn or terminated: nothing runs any more."""
        self.ensure_one()
        today = legal_today(self)
        self._transition(
            state,
            {
                "decision_date": today,
                "decision_reason_id": reason.id,
                "decision_note": note,
                "transfer_organization_id": False,
            },
        )
        if state == "refused":
            self._close_deadline("decide", today)
        self._void_deadlines()

    def _open_reason_dialog(self, method, usage, title):
        """The dialog that asks for reason and note, and then calls ``method`` with them."""
        return self.env["legal.aid.reason.dialog"]._open(self, method, usage, title)
