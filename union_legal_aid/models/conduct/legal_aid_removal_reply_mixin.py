from odoo import api, fields, models
from odoo.exceptions import UserError

from ..organization.legal_day import legal_today
from ..organization.personal_fields import AUDITOR, OFFICER, Mask, MaskedText
from .legal_aid_removal_opening_mixin import OPEN_STATES

VOLUNTEER = "union_legal_aid.group_volunteer"


class LegalAidRemovalReplyMixin(models.AbstractModel):
    """The lawyer's right of reply (T6): he is told once, reads on his page what is held against him, and answers there.

    An officer records a reply that came on paper. A reply that comes in while the decision is waited for makes it start anew; when
    the period is over and the decision is asked for, the page is closed.
    """

    _name = "legal.aid.removal.reply.mixin"
    _description = "Reply to a Removal"

    charge = fields.Text(
        string="Facts Put to the Lawyer",
        copy=False,
        groups=f"{OFFICER},{AUDITOR},{VOLUNTEER}",
        help="The lawyer reads this on his page, and it is printed on the notice to him. No names of workers here.",
    )
    told_date = fields.Date(string="Told On", readonly=True, copy=False, help="The day on which the lawyer was told.")
    reply = MaskedText(string="The Lawyer's Reply", readonly=True, copy=False, groups=f"{OFFICER},{VOLUNTEER}")
    reply_masked = Mask(string="The Lawyer's Reply (Masked)", of="reply")
    reply_answer = MaskedText(
        string="What the City Says to the Reply",
        copy=False,
        groups=OFFICER,
        help="Printed on the decision: the reply was considered, and why it changes nothing.",
    )
    reply_answer_masked = Mask(string="What the City Says to the Reply (Masked)", of="reply_answer")
    reply_date = fields.Date(string="Replied On", readonly=True, copy=False)
    reply_by_lawyer = fields.Boolean(string="Replied on His Page", readonly=True, copy=False)
    reply_due = fields.Date(string="Reply Until", readonly=True, copy=False)
    can_reply = fields.Boolean(compute="_compute_can_reply", help="Whether the lawyer may write on his page.")

    # Compute

    @api.depends("state", "approval_state", "reply_due", "volunteer_id.user_id")
    @api.depends_context("uid")
    def _compute_can_reply(self):
        reasons = self._get_cannot_reply_reason()
        for removal in self:
            removal.can_reply = not reasons[removal]

    # Actions

    def action_record_reply(self, note="", date=None):
        """Record the lawyer's reply: the lawyer himself on his page, or an officer of the city what came on paper.

        :raises UserError: when the lawyer's period is over and the decision is asked for; opens a dialog when called without
            a text
        """
        self._check_state(*OPEN_STATES)
        own = self.filtered(lambda removal: removal._is_of_user())
        self._raise_reasons(own._get_cannot_reply_reason())
        if not note.strip():
            if own:
                raise UserError(self.env._("Write your reply first."))
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_record_reply", False, self.env._("The Lawyer's Reply")
            )
        # He has no right to write here; what he may write was checked.
        own.sudo()._do_reply(note, legal_today(self), by_lawyer=True)
        (self - own)._do_reply(note, self.env["legal.aid.volunteer"]._get_past_date(date))
        return True

    # Business

    def _is_of_user(self):
        self.ensure_one()
        return self.volunteer_id.user_id == self.env.user

    def _get_cannot_reply_reason(self):
        """``{removal: reason or False}`` for the lawyer on his page."""
        today = legal_today(self)
        reasons = {}
        for removal in self:
            reasons[removal] = False
            if removal.state not in OPEN_STATES or not removal._is_of_user():
                reasons[removal] = self.env._("There is nothing to reply to.")
            elif removal.reply_due < today and (removal.approval_state == "pending" or removal.state == "replied"):
                reasons[removal] = self.env._(
                    "You could reply until %(date)s. If something new came up, hand it to the union on paper.",
                    date=fields.Date.to_string(removal.reply_due),
                )
        return reasons

    def _do_reply(self, note, day, by_lawyer=False):
        for removal in self:
            # A reply changes what is to be decided, so a running request is void.
            removal._void_approval(self.env._("The lawyer's reply came in."))
            text = f"{removal.reply}\n\n{note}" if by_lawyer and removal.reply else note
            vals = {"reply": text, "reply_date": day, "reply_by_lawyer": by_lawyer}
            if removal.state == "open":
                removal._transition("replied", vals)
            else:
                removal._workflow_write(vals)
        self._close_deadline("reply", day)

    def _start_reply(self, day):
        """The clock of the reply runs from ``day``."""
        for removal in self:
            removal._open_deadline("reply", day)
            removal._workflow_write({"reply_due": removal._get_running_deadlines("reply").date_due})

    def _tell_opened(self):
        """Tell the lawyer once; what is held against him he reads on his page only."""
        for removal in self:
            due = fields.Date.to_string(removal.reply_due)
            if removal._tell_lawyer(
                lambda env: env._("Your place in the team: please reply"),
                lambda env, due=due: env._(
                    "The city union examines whether your place in the team ends. Read on your home page here what it rests"
                    " on, and reply by %(date)s.",
                    date=due,
                ),
            ):
                removal._workflow_write({"told_date": legal_today(removal)})

    def _tell_lawyer(self, subject, body):
        """:return: whether he has an account to be told on; subject and body are written in his language"""
        self.ensure_one()
        lawyer_sudo = self.sudo().volunteer_id  # who he is, whoever acts
        if not lawyer_sudo.user_id:
            return False
        self.env["legal.aid.notification"]._tell(lawyer_sudo.user_id, subject, body, self)
        return True
