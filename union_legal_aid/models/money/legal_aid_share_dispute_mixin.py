from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..organization.wording import join_names, join_sentences

ACTIVITY = "union_legal_aid.mail_activity_type_dispute"
# A new proposal knows nothing of what was said about the former one; the history of the fee does.
NO_DISPUTE = {
    "dispute_reason_id": False,
    "dispute_note": False,
    "disputed_by_id": False,
    "disputed_date": False,
    "agreed_by_id": False,
    "agreed_date": False,
    "settled_by_id": False,
    "settled_date": False,
    "settlement": False,
    "settlement_note": False,
}


class LegalAidShareDisputeMixin(models.AbstractModel):
    """The other payer agrees to its share or disputes it; a dispute goes up to the common superior (M3, 区属原则).

    =========  ====================================================================  =================================
    Step       Who                                                                   What follows
    =========  ====================================================================  =================================
    agree      officer of the payer                                                  the share stands
    dispute    officer of the payer, with a coded reason                             nothing of the fee is paid
    uphold     leader of the nearest union above both, never who disputed            the share stands and is paid
    return     the same leader                                                       the fee goes back to its officers
    =========  ====================================================================  =================================
    """

    _name = "legal.aid.share.dispute.mixin"
    _description = "Dispute of a Share"

    dispute_reason_id = fields.Many2one(
        comodel_name="legal.aid.reason", string="Reason of the Dispute", ondelete="restrict"
    )
    dispute_note = fields.Text(string="Disputed Because")
    disputed_by_id = fields.Many2one(comodel_name="res.users", ondelete="restrict")
    disputed_date = fields.Date(string="Disputed On")
    agreed_by_id = fields.Many2one(comodel_name="res.users", ondelete="restrict")
    agreed_date = fields.Date(string="Agreed On")
    superior_id = fields.Many2one(
        comodel_name="union.organization",
        string="Common Superior",
        compute="_compute_superior_id",
        store=True,
        compute_sudo=True,
        ondelete="restrict",
        index=True,
        help="The nearest union above payer and union in charge; its leaders settle a dispute.",
    )
    settlement = fields.Selection(selection=[("upheld", "The share stands"), ("returned", "Returned for correction")])
    settlement_note = fields.Text(string="Settled Because")
    settled_by_id = fields.Many2one(comodel_name="res.users", ondelete="restrict")
    settled_date = fields.Date(string="Settled On")
    can_dispute = fields.Boolean(compute="_compute_can_dispute")
    can_agree = fields.Boolean(compute="_compute_can_dispute")
    can_settle = fields.Boolean(compute="_compute_can_dispute")

    # Compute

    @api.depends("organization_id.parent_path", "union_in_charge_id.parent_path")
    def _compute_superior_id(self):
        for share in self:
            union = share.organization_id
            while union and share.union_in_charge_id and not share.union_in_charge_id._is_at_or_below(union):
                union = union.parent_id
            share.superior_id = union

    @api.depends("state", "payout_line_id", "fee_state", "agreed_date", "settled_date", "disputed_by_id")
    @api.depends_context("uid")
    def _compute_can_dispute(self):
        writable = self._origin._filtered_access("write")
        reasons = self._get_cannot_dispute_reason()
        agree = self._get_cannot_agree_reason()
        settle = self._get_cannot_settle_reason()
        for share in self:
            mine = share._origin in writable
            share.can_dispute = mine and not reasons[share]
            share.can_agree = mine and not agree[share]
            share.can_settle = not settle[share]

    # Actions

    def action_dispute(self, reason_code=None, note=""):
        """The other payer disagrees, with a coded reason; opens a dialog when called without one.

        :raises UserError: when it agreed before, the dispute was settled, or the share stands on a payout
        """
        self.check_access("write")
        self.env["legal.aid.workflow.mixin"]._raise_reasons(self._get_cannot_dispute_reason())
        if not reason_code:
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_dispute", "share", self.env._("Dispute the Share")
            )
        reason = self.env["legal.aid.reason"]._get_coded("share", reason_code)
        for share in self:
            share._row_env().write(
                {
                    "dispute_reason_id": reason.id,
                    "dispute_note": (note or "").strip() or reason.name,
                    "disputed_by_id": self.env.uid,
                    "disputed_date": fields.Date.context_today(self),
                }
            )
            # The union in charge has to hear of it on its own document.
            share._log_on_fee(
                self.env._("%(payer)s disputes its share (%(reason)s).", payer=share._payer_name(), reason=reason.name),
                note,
            )
            share._ask_superior()
        return True

    def action_agree(self, note=""):
        """The payer agrees to its share, or takes its dispute back."""
        self.check_access("write")
        self.env["legal.aid.workflow.mixin"]._raise_reasons(self._get_cannot_agree_reason())
        for share in self:
            share._row_env().write(
                {**NO_DISPUTE, "agreed_by_id": self.env.uid, "agreed_date": fields.Date.context_today(self)}
            )
            share._log_on_fee(self.env._("%(payer)s agrees to its share.", payer=share._payer_name()), note)
            share._tell_superior_done()
        return True

    def action_uphold(self, note=""):
        """The common superior decides that the share stands; it can be paid, and is not disputed again."""
        return self._settle("action_uphold", "upheld", note, self.env._("The Share Stands"))

    def action_return(self, note=""):
        """The common superior gives the payer right: the fee goes back to the union in charge, which corrects it."""
        return self._settle("action_return", "returned", note, self.env._("Return the Fee"))

    # Business

    def _settle(self, method, settlement, note, title):
        self.check_access("read")
        reasons = self._get_cannot_settle_reason()
        if any(reason and not share._is_leader_above() for share, reason in reasons.items()):
            raise AccessError("\n".join(reason for reason in reasons.values() if reason))
        self.env["legal.aid.workflow.mixin"]._raise_reasons(reasons)
        if settlement == "returned":
            self.env["legal.aid.workflow.mixin"]._raise_reasons(self._get_cannot_return_reason())
        if not (note or "").strip():
            return self.env["legal.aid.reason.dialog"]._open(self, method, False, title)
        labels = dict(self._fields["settlement"]._description_selection(self.env))
        for share in self:
            share._row_env().write(
                {
                    "settlement": settlement,
                    "settlement_note": note,
                    "settled_by_id": self.env.uid,
                    "settled_date": fields.Date.context_today(self),
                }
            )
            share._log_on_fee(
                self.env._(
                    "%(superior)s settles the dispute of %(payer)s: %(settlement)s.",
                    superior=share.sudo().superior_id.name,
                    payer=share._payer_name(),
                    settlement=labels[settlement],
                ),
                note,
            )
            share._tell_superior_done()
        if settlement == "returned":
            # The superior decides; whose fee it is does not matter for that.
            self.sudo().expense_id._return_for_correction(note)
        return True

    def _payer_name(self):
        return self.organization_id.sudo().name

    def _log_on_fee(self, text, note):
        self.ensure_one()
        note = (note or "").strip()
        self.sudo().expense_id._message_log(body=join_sentences(self.env, filter(None, [text, note])))

    def _ask_superior(self):
        """Leaders of the common superior find the dispute among their activities."""
        self.ensure_one()
        leaders = self.env["legal.aid.approval.rule"]._get_managers(self.sudo().superior_id)
        for leader in leaders - self.env.user:
            self.sudo().expense_id.activity_schedule(ACTIVITY, user_id=leader.id, note=self.sudo().dispute_note)

    def _tell_superior_done(self):
        expense_sudo = self.sudo().expense_id
        if not expense_sudo.allocation_ids.filtered(lambda share: share.state == "disputed"):
            expense_sudo.activity_unlink([ACTIVITY])

    def _is_leader_above(self):
        """Whether the user is a leader of the common superior who did not dispute the share himself."""
        self.ensure_one()
        leaders = self.env["legal.aid.approval.rule"]._get_managers(self.sudo().superior_id)
        return self.env.user in leaders and self.env.user != self.sudo().disputed_by_id

    def _get_cannot_agree_reason(self):
        reasons = {}
        for share in self:
            reasons[share] = share._get_not_payer_reason()
            if share.state == "paid" or share.agreed_date or share.settled_date or not share._is_of_another():
                reasons[share] = self.env._("%(share)s needs no agreement any more.", share=share.display_name)
        return reasons

    def _get_not_payer_reason(self):
        """Superiors settle; they neither agree nor dispute in the place of the payer."""
        self.ensure_one()
        if self.env.su or self.organization_id in self.env.user.access_organization_ids:
            return False
        return self.env._(
            "%(payer)s itself agrees to its share or disputes it: ask its officers.", payer=self._payer_name()
        )

    def _is_of_another(self):
        """Whether the share is of a union that does not decide on the fee itself, while the fee is on its way."""
        self.ensure_one()
        expense_sudo = self.expense_id.sudo()
        open_states = ("submitted", "approved", "in_payout")
        return self.organization_id != expense_sudo.payer_organization_id and self.fee_state in open_states

    def _get_cannot_dispute_reason(self):
        reasons = {}
        for share in self:
            expense_sudo = share.expense_id.sudo()
            names = {"share": share.display_name}
            reasons[share] = share._get_not_payer_reason()
            if share.organization_id == expense_sudo.payer_organization_id:
                reasons[share] = self.env._(
                    "%(share)s is the share of the union that approves the fee. Reject the fee instead.", **names
                )
            elif share.fee_state not in ("submitted", "approved", "in_payout") or share.payout_line_id:
                reasons[share] = self.env._(
                    "%(share)s cannot be disputed now: it stands on a payout, or its fee is not handed in. Cancel the payout first.",
                    **names,
                )
            elif share.agreed_date or share.settled_date or share.disputed_date:
                reasons[share] = self.env._(
                    "%(share)s was agreed to, is disputed, or its dispute was settled. That stands.", **names
                )
        return reasons

    def _get_cannot_settle_reason(self):
        reasons = {}
        for share in self:
            reasons[share] = False
            if share.state != "disputed":
                reasons[share] = self.env._("%(share)s is not disputed.", share=share.display_name)
            elif not share._is_leader_above():
                reasons[share] = self.env._(
                    "The dispute of %(share)s is settled by a leader of %(superior)s who did not dispute it himself.",
                    share=share.display_name,
                    superior=share.sudo().superior_id.name,
                )
        return reasons

    def _get_cannot_return_reason(self):
        reasons = {}
        for share in self:
            others = share.sudo().expense_id.allocation_ids.payout_line_id.payout_id
            reasons[share] = bool(others) and self.env._(
                "%(fee)s stands on payout %(payouts)s already. Have it cancelled or reversed, then return the fee.",
                fee=share.name,
                payouts=join_names(self.env, others.mapped("name")),
            )
        return reasons
