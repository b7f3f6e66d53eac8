from odoo import fields, models
from odoo.exceptions import UserError

from ..organization.personal_fields import OFFICER, MaskedText


class LegalAidRemovalWithdrawalMixin(models.AbstractModel):
    """How a removal ends without a decision (T6): never silently.

    A coded reason and a note, always; never while the facts of a ground stand; and where facts had opened it, with the approval of
    the city's manager, by the same road as the decision itself.
    """

    _name = "legal.aid.removal.withdrawal.mixin"
    _description = "Withdrawal of a Removal"

    proposal = fields.Selection(
        selection=[("remove", "Remove from the team"), ("withdraw", "Withdraw the removal")],
        string="Asked For",
        default="remove",
        required=True,
        readonly=True,
        copy=False,
    )
    withdraw_reason_id = fields.Many2one(
        comodel_name="legal.aid.reason",
        string="Reason of the Withdrawal",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    withdraw_note = MaskedText(string="Withdrawn Because", readonly=True, copy=False, groups=OFFICER)

    # Actions

    def action_request_approval(self):
        """Ask for the decision; what was asked for last may have been the withdrawal."""
        self.filtered(
            lambda removal: removal.proposal == "withdraw" and removal.approval_state != "pending"
        )._workflow_write({"proposal": "remove", "withdraw_reason_id": False, "withdraw_note": False})
        return self._ask_for_decision()

    def action_withdraw(self, reason_code=None, note=""):
        """Give the removal up; opens a dialog when called without a reason.

        Where facts had opened it, this asks for the manager's approval.

        :raises UserError: while the facts of a ground stand, or without a note
        """
        self._check_transition("withdrawn")
        self._raise_reasons(self._get_cannot_withdraw_reason())
        if not reason_code:
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_withdraw", "removal_withdraw", self.env._("Withdraw")
            )
        reason = self.env["legal.aid.reason"]._get_coded("removal_withdraw", reason_code)
        if not (note or "").strip():
            raise UserError(self.env._("Write in the note why the removal is given up: it stays on record."))
        by_facts = self.filtered("opened_by_facts")
        (self - by_facts)._do_withdraw(note, reason)
        if by_facts:
            by_facts._void_approval(self.env._("The withdrawal is asked for instead."))
            by_facts._workflow_write({"proposal": "withdraw", "withdraw_reason_id": reason.id, "withdraw_note": note})
            by_facts._ask_for_decision()
        return True

    # Business

    def _get_cannot_withdraw_reason(self):
        """``{removal: reason or False}``"""
        reasons = {}
        for removal in self:
            standing = removal._get_standing_grounds()
            reasons[removal] = False
            if "complaints" in standing:
                reasons[removal] = self.env._(
                    "%(removal)s follows from verified complaints and cannot be withdrawn while they stand. If one of"
                    " them was wrong, declare it void.",
                    removal=removal.display_name,
                )
            elif "sanction" in standing:
                reasons[removal] = self.env._(
                    "%(removal)s follows from a final sanction and cannot be withdrawn while it stands. If it was set"
                    " aside, revoke it.",
                    removal=removal.display_name,
                )
            elif "no_service" in standing:
                reasons[removal] = self.env._(
                    "%(removal)s follows from a year without service and cannot be withdrawn while nothing is on record."
                    " If there was service, register it first.",
                    removal=removal.display_name,
                )
        return reasons

    def _do_withdraw(self, note, reason=None):
        """End the removal without a decision; one whose other grounds stand goes on with these instead."""
        for removal in self:
            standing = removal._get_standing_grounds()
            if standing:
                removal._switch_ground(standing[0])
                continue
            removal._void_approval(self.env._("The removal was given up."))
            removal._transition(
                "withdrawn", {"withdraw_note": note, "withdraw_reason_id": reason.id if reason else False}
            )
            removal._void_deadlines()
            removal._tell_lawyer(
                lambda env: env._("Your place in the team: the matter is closed"),
                lambda env: env._("The city union no longer examines your place in the team. You remain a member."),
            )

    def _ask_for_decision(self):
        """Of what is proposed; the removals go to the managers as they stand."""
        self._raise_reasons(self._get_cannot_request_approval_reason())
        self._without_defaults()._for_each(lambda removal: removal._request_approval())
        return True

    def _on_rejected(self, note):
        result = super()._on_rejected(note)
        self.filtered(lambda removal: removal.proposal == "withdraw")._workflow_write(
            {"proposal": "remove", "withdraw_reason_id": False, "withdraw_note": False}
        )
        return result

    def _on_approved(self):
        withdrawn = self.filtered(lambda removal: removal.proposal == "withdraw")
        self._raise_reasons(withdrawn._get_cannot_withdraw_reason())
        for removal in withdrawn:
            removal._do_withdraw(removal.withdraw_note, removal.withdraw_reason_id)
        (self - withdrawn)._do_decide()
