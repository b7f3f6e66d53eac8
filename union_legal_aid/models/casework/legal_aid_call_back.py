from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER, MaskedChar, MaskedText

MAX_ATTEMPTS = 3
DAYS_TO_NEXT_ATTEMPT = 7


class LegalAidCallBack(models.Model):
    """A recipient is asked how it was (C10, 法律援助法 §59 回访受援人): by somebody else than the lawyer.

    =============  ========================================  =======================
    Step           Who                                       From → to
    =============  ========================================  =======================
    record         officer of the union in charge            due → done
    not reached    officer; the third time gives it up       due → due, not_reached
    =============  ========================================  =======================

    What the recipient says is for the union in charge; others read the mark and the yes or no.
    """

    _name = "legal.aid.call.back"
    _description = "Call-back"
    _inherit = [
        "legal.aid.editable.mixin",
        "legal.aid.link.mixin",
        "legal.aid.masked.mixin",
        "legal.aid.logged.mixin",
        "legal.aid.workflow.mixin",
    ]
    _order = "date_due, id"
    _rec_names_search = ["case_id"]
    _editable_states = ("due",)
    _checked_links = ("case_id",)

    _workflow_transitions = {"due": ("done", "not_reached", "void")}
    _workflow_fields = frozenset({"state", "attempt_count", "last_attempt_date", "called_by_id"})
    _workflow_initial = {"state": "due"}
    _workflow_facts = {
        "case_id": (),
        **dict.fromkeys(("date_due", "date", "channel", "satisfaction", "took_money", "remarks"), ("due",)),
    }

    case_id = fields.Many2one(comodel_name="legal.aid.case", required=True, ondelete="restrict", index=True)
    organization_id = fields.Many2one(related="case_id.organization_id", store=True, index=True)
    volunteer_id = fields.Many2one(related="case_id.volunteer_id", string="Lawyer", store=True, index="btree_not_null")
    recipient_name = MaskedChar(mask="name", compute="_compute_recipient", groups=OFFICER)
    recipient_phone = MaskedChar(mask="phone", compute="_compute_recipient", groups=OFFICER)
    date_due = fields.Date(string="Call On", required=True, index=True)
    date = fields.Date(string="Called On")
    channel = fields.Selection(
        selection=[("phone", "Phone"), ("visit", "Visit"), ("letter", "Letter"), ("online", "Online")],
        default="phone",
        required=True,
    )
    satisfaction = fields.Selection(
        selection=[
            ("5", "5 · very content"),
            ("4", "4 · content"),
            ("3", "3 · so-so"),
            ("2", "2 · not content"),
            ("1", "1 · not content at all"),
        ],
    )
    took_money = fields.Selection(
        selection=[("no", "No"), ("yes", "Yes")],
        string="Was Money or Anything Taken?",
        help="The aid is free of charge (法律援助法 §20). A yes goes to the leaders.",
    )
    remarks = MaskedText(groups=OFFICER)
    state = fields.Selection(
        selection=[("due", "To call"), ("done", "Done"), ("not_reached", "Not reached"), ("void", "Void")],
        default="due",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    attempt_count = fields.Integer(string="Vain Attempts", readonly=True, copy=False)
    last_attempt_date = fields.Date(readonly=True, copy=False)
    called_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    is_due = fields.Boolean(string="Due", compute="_compute_is_due", search="_search_is_due")

    _one_open_call = models.UniqueIndex(
        "(case_id) WHERE state = 'due'", "A call-back for this case is planned already."
    )

    # Compute

    @api.depends("case_id", "date_due")
    def _compute_display_name(self):
        for call in self:
            call.display_name = f"{call.case_id.name or ''} {fields.Date.to_string(call.date_due) or ''}".strip()

    @api.depends("case_id")
    @api.depends_context("uid")
    def _compute_recipient(self):
        """Whom to call, under the reader's own rights."""
        for call in self:
            call.recipient_name = call.case_id.applicant_name
            call.recipient_phone = call.case_id.applicant_phone

    @api.depends("state", "date_due")
    def _compute_is_due(self):
        today = legal_today(self)
        for call in self:
            call.is_due = call.state == "due" and call.date_due and call.date_due <= today

    def _search_is_due(self, operator, value):
        if operator != "in":
            return NotImplemented
        due = Domain("state", "=", "due") & Domain("date_due", "<=", legal_today(self))
        if set(value) == {True}:
            return due
        return ~due if set(value) == {False} else Domain.TRUE

    # Actions

    def action_record(self):
        """Record what the recipient said; both questions are answered, and the lawyer does not call himself."""
        self.check_access("write")
        self._check_state("due")
        today = legal_today(self)
        for call in self:
            call._check_caller()
            if not call.satisfaction or not call.took_money:
                raise UserError(
                    self.env._(
                        "Call-back %(call)s: enter how content the recipient is, and whether anything was taken.",
                        call=call.display_name,
                    )
                )
            if call.date and call.date > today:
                raise UserError(
                    self.env._(
                        "Call-back %(call)s: the day of the call lies in the future. Correct it.",
                        call=call.display_name,
                    )
                )
            call.date = call.date or today
            call._transition("done", {"called_by_id": self.env.user.id})
            if call.took_money == "yes":
                call.case_id._notify_leaders(
                    lambda env, case=call.case_id: env._("Case %(case)s: look at the call-back", case=case.name),
                    lambda env, case=call.case_id: env._(
                        "In the call-back of case %(case)s the recipient says that something was taken. Look into it.",
                        case=case.name,
                    ),
                )
        return True

    def action_not_reached(self):
        """Nobody answered: the call is due again in a week; the third vain attempt ends it."""
        self.check_access("write")
        self._check_state("due")
        today = legal_today(self)
        for call in self:
            call._check_caller()
            count = call.attempt_count + 1
            vals = {"attempt_count": count, "last_attempt_date": today, "called_by_id": self.env.user.id}
            if count >= MAX_ATTEMPTS:
                call._transition("not_reached", vals)
            else:
                call._workflow_write({**vals, "date_due": today + timedelta(days=DAYS_TO_NEXT_ATTEMPT)})
        return True

    # Business

    def _check_caller(self):
        # Who the lawyer is counts, whether or not the caller may open his card.
        if self.sudo().volunteer_id.user_id == self.env.user and not self.env.su:
            raise AccessError(
                self.env._(
                    "You are the lawyer of case %(case)s. Somebody else calls the recipient.", case=self.case_id.name
                )
            )

    def _note_access(self, kind, field_names=(), reason=None):
        """Whoever sees a call-back opens the file of its case."""
        return self.case_id._note_access(kind, field_names, reason)
