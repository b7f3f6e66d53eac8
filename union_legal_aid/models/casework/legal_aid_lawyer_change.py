from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER
from ..organization.wording import join_names

REQUEST_FACTS = ("case_id", "requester", "request_date", "reason_id", "note", "evidence_id")


class LegalAidLawyerChange(models.Model):
    """The request to change the lawyer of a case, its decision, and the hand-over to the next one (C6, 法律援助法 §55).

    ==========  ================================================  ========================
    Step        Who                                               From → to
    ==========  ================================================  ========================
    request     officer (for the recipient or the union), lawyer  → requested
    change      leader, never who asked                           requested → changed
    refuse      leader, never who asked, with a coded reason      requested → refused
    withdraw    officer; also with the end of the case            requested → withdrawn
    hand over   the former lawyer; officer, what he signed        (changed)
    take over   the next lawyer; officer, what he signed          (changed)
    ==========  ================================================  ========================

    The decision is due five working days after the request. A change that an officer makes at once leaves the same record.

    Who asked is the lawyer where he asked for himself, also on paper: the officer who records his signed request decides on it as
    on any other. The former lawyer reads the change, and nothing of the case; the next one reads it as soon as he took the case.
    """

    _name = "legal.aid.lawyer.change"
    _description = "Change of Lawyer"
    _inherit = ["legal.aid.link.mixin", "legal.aid.workflow.mixin"]
    _order = "id desc"
    _rec_names_search = ["case_id"]
    _checked_links = ("case_id",)

    _workflow_transitions = {"requested": ("changed", "refused", "withdrawn")}
    _workflow_initial = {"state": "requested"}
    _workflow_fields = frozenset(
        {
            "state",
            "volunteer_id",
            "new_volunteer_id",
            "requested_by_id",
            "decided_date",
            "decided_by_id",
            "decision_reason_id",
            "decision_note",
            "handover_list",
            "originals",
            "next_hearing",
            "handover_note",
            "handed_over_date",
            "handover_recorded_by_id",
            "next_accepted_date",
            "taken_over_date",
            "receipt_recorded_by_id",
        }
    )
    # What was asked stays as it was asked.
    _workflow_facts = dict.fromkeys(REQUEST_FACTS, ())

    case_id = fields.Many2one(comodel_name="legal.aid.case", required=True, ondelete="restrict", index=True)
    organization_id = fields.Many2one(related="case_id.organization_id", store=True, index=True)
    state = fields.Selection(
        selection=[
            ("requested", "Requested"),
            ("changed", "Changed"),
            ("refused", "Change Refused"),
            ("withdrawn", "Withdrawn"),
        ],
        default="requested",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer", string="Former Lawyer", readonly=True, ondelete="restrict", index=True
    )
    new_volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Next Lawyer",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    requester = fields.Selection(
        selection=[("recipient", "Recipient"), ("lawyer", "Lawyer"), ("union", "Union")],
        string="Asked For By",
        required=True,
        default="recipient",
    )
    request_date = fields.Date(
        string="Requested On",
        required=True,
        default=legal_today,
        help="The decision is due five working days from this day.",
    )
    requested_by_id = fields.Many2one(
        comodel_name="res.users", string="Recorded By", readonly=True, ondelete="restrict"
    )
    reason_id = fields.Many2one(
        comodel_name="legal.aid.reason",
        required=True,
        ondelete="restrict",
        domain=[("usage", "=", "change_lawyer")],
    )
    note = fields.Text(string="Grounds", groups=OFFICER)
    evidence_id = fields.Many2one(
        comodel_name="legal.aid.case.document",
        ondelete="restrict",
        index="btree_not_null",
        groups=OFFICER,
        help="What shows that the lawyer does not act; a recipient's request needs it. For a request that the lawyer made on"
        " paper: the paper.",
    )
    date_due = fields.Date(string="Decision Due", compute="_compute_date_due", groups=OFFICER)
    decided_date = fields.Date(readonly=True)
    decided_by_id = fields.Many2one(comodel_name="res.users", readonly=True, ondelete="restrict")
    decision_reason_id = fields.Many2one(
        comodel_name="legal.aid.reason", string="Refused Because", readonly=True, ondelete="restrict"
    )
    decision_note = fields.Text(readonly=True, groups=OFFICER)
    handover_list = fields.Text(readonly=True, help="Clocks and papers of the case on the day of the change.")
    originals = fields.Text(readonly=True, help="Originals that the former lawyer hands over, or that he has none.")
    next_hearing = fields.Date(readonly=True)
    handover_note = fields.Text(readonly=True, groups=f"{OFFICER},union_legal_aid.group_volunteer")
    handed_over_date = fields.Date(readonly=True)
    handover_recorded_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Hand-over Recorded By",
        readonly=True,
        ondelete="restrict",
        help="The former lawyer himself, or the officer who has it from him on paper.",
    )
    next_accepted_date = fields.Date(
        string="Next Lawyer Accepted", readonly=True, help="From this day the next lawyer reads what is handed over."
    )
    taken_over_date = fields.Date(readonly=True)
    receipt_recorded_by_id = fields.Many2one(
        comodel_name="res.users",
        readonly=True,
        ondelete="restrict",
        help="The next lawyer himself, or the officer who has it from him on paper.",
    )
    can_decide = fields.Boolean(compute="_compute_can_decide")

    _one_open_request = models.UniqueIndex(
        "(case_id) WHERE state = 'requested'", "A change of lawyer is asked for in this case already. Decide on that."
    )

    # Compute

    @api.depends("case_id", "request_date")
    def _compute_display_name(self):
        for change in self:
            # A case's number is for everybody whom the change concerns; the former lawyer reads the case no longer.
            change.display_name = f"{change.sudo().case_id.name} {fields.Date.to_string(change.request_date) or ''}"

    @api.depends("case_id.deadline_ids.date_due", "case_id.deadline_ids.state")
    def _compute_date_due(self):
        for change in self:
            clock = change.case_id.deadline_ids.filtered(
                lambda clock: clock.kind == "replace_decide" and clock.state == "open"
            )
            change.date_due = change.state == "requested" and clock[:1].date_due

    @api.depends("state", "requested_by_id", "requester")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        leader = self.env.user.has_group("union_legal_aid.group_manager")
        for change in self:
            change.can_decide = (
                leader
                and change.state == "requested"
                and change._get_asker() != self.env.user
                and change.case_id.has_access("write")
            )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        changes = super().create(vals_list)
        for change in changes:
            change._workflow_sudo({"volunteer_id": change.case_id.volunteer_id.id, "requested_by_id": self.env.uid})
            if not self._in_workflow():
                change._check_request()
                change.case_id._open_deadline("replace_decide", change.request_date)
                change._notify_deciders()
        return changes

    # Actions

    def action_change(self, volunteer_id=None, note=""):
        """Grant the change: the case leaves its lawyer at once and goes to ``volunteer_id``, or back into assignment."""
        self._check_decider()
        for change in self:
            successor = change.case_id._browse_volunteer(volunteer_id)
            if successor:
                self._raise_reasons({change: change.case_id._get_cannot_assign_reason(successor)})
            change._workflow_sudo({"decision_note": note})
            change.case_id._do_release("ended", change.reason_id, note)
            if successor:
                change.case_id._do_assign(successor)
        return True

    def action_refuse(self, reason_code=None, note=""):
        """Refuse the change with a coded reason; the lawyer goes on."""
        if not reason_code:
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_refuse", "refuse_change", self.env._("Refuse the Change")
            )
        reason = self.env["legal.aid.reason"]._get_coded("refuse_change", reason_code)
        self._check_decider()
        for change in self:
            change._do_decide("refused", {"decision_reason_id": reason.id, "decision_note": note})
            if change.requester == "lawyer":
                change.case_id._notify_lawyer(
                    lambda env, case=change.case_id: env._("You stay with case %(case)s", case=case.name),
                    lambda env, case=change.case_id: env._(
                        "The union did not grant the change of lawyer in case %(case)s. Please go on with the work.",
                        case=case.name,
                    ),
                )
        return True

    def action_withdraw(self):
        """The request is taken back before it is decided."""
        self.case_id.check_access("write")
        self._check_state("requested")
        for change in self:
            change._do_decide("withdrawn", {})
        return True

    def action_hand_over(self, originals="", next_hearing=False, note="", date=None):
        """The former lawyer signs off what he hands over: originals, the next hearing, and what the next one has to know.

        An officer may record the list that the lawyer signed on paper. Opens a dialog when called without a text.

        :param date: the day the papers were handed over, today when left out
        """
        self._check_hand(lambda change: change.volunteer_id, "handed_over_date")
        if not (originals or note or "").strip():
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_hand_over", False, self.env._("Originals and What the Next Lawyer Has to Know")
            )
        date = fields.Date.to_date(date) or legal_today(self)
        next_hearing = fields.Date.to_date(next_hearing) or False
        self._check_hand_day(date, "decided_date")
        early = self.filtered(lambda change: next_hearing and next_hearing < change.decided_date)
        if early:
            raise UserError(
                self.env._(
                    "%(changes)s: the next hearing lies before the change of lawyer. Enter the next one, or leave it empty.",
                    changes=join_names(self.env, early.mapped("display_name")),
                )
            )
        self._workflow_sudo(
            {
                "originals": originals,
                "next_hearing": next_hearing,
                "handover_note": note,
                "handed_over_date": date,
                "handover_recorded_by_id": self.env.uid,
            }
        )
        self._notify_next_lawyer()
        return True

    def action_take_over(self, date=None):
        """The next lawyer confirms that he received what is on the list, on ``date`` or today."""
        self._check_hand(lambda change: change.new_volunteer_id, "taken_over_date")
        missing = self.filtered(lambda change: not change.handed_over_date)
        if missing:
            raise UserError(
                self.env._(
                    "The former lawyer has not signed off the hand-over of %(changes)s yet.",
                    changes=join_names(self.env, missing.mapped("display_name")),
                )
            )
        date = fields.Date.to_date(date) or legal_today(self)
        self._check_hand_day(date, "handed_over_date")
        self._workflow_sudo({"taken_over_date": date, "receipt_recorded_by_id": self.env.uid})
        return True

    # Business

    def _workflow_sudo(self, vals):
        """Write as part of a step that was checked; nobody has a right to write these records."""
        return self.sudo()._workflow_write(vals)

    def _check_request(self):
        for change in self:
            case = change.case_id
            case._check_state("assigned", "in_progress")
            problem = False
            if change.request_date > legal_today(self):
                problem = self.env._("The day of the request lies in the future.")
            elif change.reason_id.usage != "change_lawyer":
                problem = self.env._("Choose a reason for a change of lawyer.")
            elif change.requester == "recipient" and not change.sudo().evidence_id.attachment_id:
                problem = self.env._(
                    "The recipient shows what the lawyer fails to do: attach it to the case as a document, and choose it here."
                )
            elif change._is_paper_request() and not change.sudo().evidence_id.attachment_id:
                # Without the paper, anybody could decide on his own request by calling it the lawyer's.
                problem = self.env._(
                    "The lawyer asks on his page of the case, or on paper: attach his signed request to the case as a"
                    " document, and choose it here."
                )
            elif change.sudo().evidence_id and change.sudo().evidence_id.case_id != case:
                problem = self.env._("The evidence belongs to another case.")
            if problem:
                raise UserError(self.env._("Case %(case)s: %(problem)s", case=case.name, problem=problem))

    def _get_asker(self):
        """Who may not decide: the lawyer who asks for himself, whoever recorded it, and else the officer who asks."""
        self.ensure_one()
        return self.sudo().volunteer_id.user_id if self.requester == "lawyer" else self.requested_by_id

    def _is_paper_request(self):
        """The lawyer's request that somebody else put on record."""
        self.ensure_one()
        return self.requester == "lawyer" and self.sudo().volunteer_id.user_id != self.requested_by_id

    def _check_decider(self):
        """A leader of the union in charge who did not ask himself."""
        self.case_id._check_leader()
        self._check_state("requested")
        own = self.filtered(lambda change: change._get_asker() == self.env.user)
        if own and not self.env.su:
            raise AccessError(
                self.env._(
                    "You asked for the change yourself in: %(changes)s. Another leader decides.",
                    changes=join_names(self.env, own.mapped("display_name")),
                )
            )

    def _check_hand(self, get_lawyer, done):
        """The lawyer himself signs, or an officer of the union in charge records what he signed on paper."""
        self.check_access("read")
        self._check_state("changed")
        for change in self:
            lawyer_sudo = get_lawyer(change.sudo())
            if change[done]:
                raise UserError(
                    self.env._("This part of the hand-over of %(change)s is on record.", change=change.display_name)
                )
            if lawyer_sudo.user_id != self.env.user and not change.case_id.has_access("write"):
                raise AccessError(
                    self.env._(
                        "Only the lawyer concerned signs this part of the hand-over of %(change)s.",
                        change=change.display_name,
                    )
                )

    def _check_hand_day(self, date, begin):
        """The papers change hands neither in the future nor before the day in the field ``begin``."""
        if date > legal_today(self):
            raise UserError(self.env._("The day of the hand-over lies in the future. Record it when it is done."))
        early = self.filtered(lambda change: date < change[begin])
        if early:
            raise UserError(
                self.env._(
                    "%(changes)s: %(date)s is before “%(field)s” (%(begin)s). Correct the day.",
                    changes=join_names(self.env, early.mapped("display_name")),
                    date=fields.Date.to_string(date),
                    field=self._fields[begin]._description_string(self.env),
                    begin=fields.Date.to_string(early[0][begin]),
                )
            )

    def _notify_deciders(self):
        self.ensure_one()
        case_sudo = self.sudo().case_id  # the notice carries its number and nothing else
        case_sudo._notify_leaders(
            lambda env: env._("Case %(case)s: a change of lawyer is asked for", case=case_sudo.name),
            lambda env: env._(
                "A change of lawyer is asked for in case %(case)s. Decide on it within five working days, on the page"
                " “Lawyer and Mandate”.",
                case=case_sudo.name,
            ),
        )

    def _notify_next_lawyer(self):
        """Tell who took the case that the list waits for his receipt; who did not take it yet finds it then."""
        # The former lawyer reads the case no longer; the notice carries its number and nothing else.
        for change in self.filtered(lambda change: change.sudo().new_volunteer_id and change.next_accepted_date):
            case_sudo = change.sudo().case_id
            case_sudo._notify_lawyer(
                lambda env, case=case_sudo: env._("Hand-over of case %(case)s", case=case.name),
                lambda env, case=case_sudo: env._(
                    "The former lawyer handed over case %(case)s. Compare what you got, and confirm it on your page"
                    " “Hand-overs”.",
                    case=case.name,
                ),
            )

    def _do_decide(self, state, vals):
        self.ensure_one()
        today = legal_today(self)
        self.sudo()._transition(state, {"decided_date": today, "decided_by_id": self.env.uid, **vals})
        self.case_id._close_deadline("replace_decide", today)
        # The next request of the case may be inserted at once, and the database allows one open request only.
        self.flush_recordset(["state"])
