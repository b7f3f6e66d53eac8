from odoo import api, fields, models
from odoo.exceptions import UserError

from ..organization.legal_day import legal_today
from ..organization.wording import join_names

MEMBER_STATES = ("active", "suspended")
REASON_GROUPS = "union_legal_aid.group_officer,union_legal_aid.group_auditor"


class LegalAidMembershipMixin(models.AbstractModel):
    """Joining, pausing and leaving the team, each with its public notice (T9, T13), and who may be given cases.

    ============  =============================================  ==========================================
    State         becomes                                        by
    ============  =============================================  ==========================================
    candidate     active, left                                   approved contract or ``action_admit``; ``action_leave``
    active        suspended, removed, left                       ``action_suspend``; removal; ``action_leave``
    suspended     active, removed, left                          ``action_resume``; removal; ``action_leave``
    removed       active                                         approved contract or ``action_admit``
    left          active                                         approved contract or ``action_admit``
    ============  =============================================  ==========================================
    """

    _name = "legal.aid.membership.mixin"
    _description = "Membership of the Team"
    _inherit = ["legal.aid.workflow.mixin"]

    _workflow_transitions = {
        "candidate": ("active", "left"),
        "active": ("suspended", "removed", "left"),
        "suspended": ("active", "removed", "left"),
        "removed": ("active",),
        "left": ("active",),
    }
    _workflow_fields = frozenset(
        {"state", "member_since", "member_until", "status_date", "status_reason_id", "status_note", "status_user_id"}
    )
    _workflow_initial = {"state": "candidate"}

    state = fields.Selection(
        selection=[
            ("candidate", "Candidate"),
            ("active", "In Service"),
            ("suspended", "Suspended"),
            ("removed", "Removed"),
            ("left", "Left"),
        ],
        default="candidate",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    member_since = fields.Date(readonly=True, copy=False, help="First day of the present (or last) membership.")
    member_until = fields.Date(readonly=True, copy=False)
    status_date = fields.Date(string="State Since", readonly=True, copy=False)
    status_reason_id = fields.Many2one(
        comodel_name="legal.aid.reason",
        string="Reason of the State",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups=REASON_GROUPS,
    )
    status_note = fields.Text(string="Note on the State", readonly=True, copy=False, groups=REASON_GROUPS)
    status_user_id = fields.Many2one(
        comodel_name="res.users",
        string="State Set By",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups=REASON_GROUPS,
    )
    assignable = fields.Boolean(compute="_compute_assignable", search="_search_assignable")
    not_assignable_reason = fields.Char(string="Why Not Assignable", compute="_compute_assignable")

    # Compute

    @api.depends(
        "state",
        "license_valid_until",
        "contract_ids.state",
        "contract_ids.date_start",
        "contract_ids.date_end",
        "naming_ids.date_from",
        "naming_ids.date_to",
    )
    @api.depends_context("lang")
    def _compute_assignable(self):
        reasons = self._get_not_assignable_reasons()
        for volunteer in self:
            volunteer.not_assignable_reason = reasons[volunteer]
            volunteer.assignable = not reasons[volunteer]

    def _search_assignable(self, operator, value):
        if operator != "in":
            return NotImplemented
        members = self.search([("state", "=", "active")])
        reasons = members._get_not_assignable_reasons()
        assignable = members.filtered(lambda member: not reasons[member])
        # ``value`` may hold True, False or both.
        if set(value) == {True, False}:
            return [(1, "=", 1)]
        return [("id", "in" if True in value else "not in", assignable.ids)]

    # Actions

    def action_admit(self, date=None):
        """Take in a firm's lawyer or a staff handler, who get no contract of their own and stand on no roster (T5).

        :raises UserError: for a team lawyer, whose membership begins by his approved contract only
        """
        self._check_transition("active")
        appointed = self.filtered(lambda member: member.kind == "lawyer")
        if appointed:
            raise UserError(
                self.env._(
                    "Team lawyers join by an approved contract. Draft a contract for: %(names)s.",
                    names=join_names(self.env, appointed.mapped("name")),
                )
            )
        date = self._get_past_date(date)
        self._join(date)
        self._name_under_agreements(date)
        return True

    def action_suspend(self, reason_code=None, note="", date=None):
        """Suspend an active member: no new cases; open ones he finishes under supervision unless they are handed over.

        :raises UserError: for an unknown reason; opens a dialog when called without one
        """
        self._check_state("active")
        if not reason_code:
            return self._open_reason_dialog("action_suspend", "suspend", self.env._("Suspend"))
        date = self._get_past_date(date)
        self._set_status("suspended", self._get_reason("suspend", reason_code), note, date)
        self._create_notices("suspend", date)
        return True

    def action_resume(self, reason_code=None, note="", date=None):
        """End the suspension. A reason is possible but not needed: the suspension has lost its own."""
        self._check_state("suspended")
        reason = self._get_reason("suspend", reason_code) if reason_code else self.env["legal.aid.reason"]
        date = self._get_past_date(date)
        self._set_status("active", reason, note, date)
        self._create_notices("resume", date)
        return True

    def action_leave(self, reason_code=None, note="", date=None):
        """The member leaves the team, or the candidate withdraws; running contracts end on the same day.

        :raises UserError: for an unknown reason; opens a dialog when called without one
        """
        self._check_transition("left")
        if not reason_code:
            return self._open_reason_dialog("action_leave", "contract_end", self.env._("Leave the Team"))
        self._end_membership("left", self._get_reason("contract_end", reason_code), note, self._get_past_date(date))
        return True

    # Business

    def _get_reason(self, usage, code):
        return self.env["legal.aid.reason"]._get_coded(usage, code)

    def _open_reason_dialog(self, method, usage, title):
        return self.env["legal.aid.reason.dialog"]._open(self, method, usage, title)

    def _get_past_date(self, date):
        """The day on which it happened: today, or an earlier day that is registered late."""
        today = legal_today(self)
        date = fields.Date.to_date(date) or today
        if date > today:
            raise UserError(
                self.env._(
                    "%(date)s is still to come. Register this step on the day it takes effect.",
                    date=fields.Date.to_string(date),
                )
            )
        return date

    def _set_status(self, state, reason, note, date, **vals):
        self._transition(
            state,
            {
                "status_date": date,
                "status_reason_id": reason.id,
                "status_note": note,
                "status_user_id": self.env.uid,
                **vals,
            },
        )

    def _join(self, date):
        """Membership begins, by an approved contract. Who is a member already stays what he is."""
        newcomers = self.filtered(lambda member: member.state not in MEMBER_STATES)
        newcomers._set_status(
            "active", self.env["legal.aid.reason"], False, date, member_since=date, member_until=False
        )
        newcomers._create_notices("join", date)

    def _end_membership(self, state, reason, note, date):
        """Membership ends: contracts end, drafts are cancelled, the roster's notice is written, without the reason."""
        self.check_access("write")
        members = self.filtered(lambda member: member.state in MEMBER_STATES)
        # Who decides on a membership decides on its contracts too.
        contracts_sudo = self.sudo().contract_ids
        contracts_sudo.filtered(lambda contract: contract.state == "draft").action_cancel()
        running = contracts_sudo.filtered(
            lambda contract: contract.state == "active" or (contract.state == "expired" and contract.date_end > date)
        )
        running._end_early(reason, note, date)
        self._set_status(state, reason, note, date, member_until=date)
        members._create_notices("leave", date)

    def _create_notices(self, kind, date):
        """One public notice for each roster member; the others are not on the roster (T5)."""
        # Notices are written by these steps only; nobody has a right to create one.
        self.env["legal.aid.notice"].sudo().create(
            [
                {"volunteer_id": member.id, "kind": kind, "date": date}
                for member in self.filtered(lambda member: member.kind == "lawyer")
            ]
        )

    def _get_contracts_in_force(self, date=None):
        """``{volunteer: contract in force on the date}``; for a firm's lawyer, the agreement under which he is named (T5)."""
        date = date or legal_today(self)
        # Whether a contract runs may be known wherever cases are given out; its terms are not read here.
        contracts_sudo = (
            self.env["legal.aid.contract"]
            .sudo()
            .search(
                [
                    ("state", "in", ("active", "expired", "terminated")),
                    ("date_start", "<=", date),
                    ("date_last", ">=", date),
                    ("volunteer_id", "in", self._origin.ids),
                ]
            )
        )
        found = {
            "lawyer": {contract.volunteer_id.id: contract for contract in contracts_sudo},
            "firm_lawyer": contracts_sudo._get_named_at(
                self.filtered(lambda member: member.kind == "firm_lawyer"), date
            ),
        }
        return {member: found.get(member.kind, {}).get(member._origin.id) for member in self}

    def _name_under_agreements(self, date):
        """Who is taken in for a firm is named from that day on under the firm's agreement in force, if there is one (T5)."""
        lawyers = self.filtered(lambda member: member.kind == "firm_lawyer")
        for lawyer in lawyers:
            agreement = self.env["legal.aid.contract"].search(
                [
                    ("kind", "=", "firm"),
                    ("state", "=", "active"),
                    ("law_firm_id", "=", lawyer.law_firm_id.id),
                    ("organization_id", "=", lawyer.organization_id.id),
                    ("date_start", "<=", date),
                    ("date_last", ">=", date),
                ],
                limit=1,
            )
            if agreement and not agreement._find_namings(lawyer, date, agreement.date_end):
                agreement._name_lawyers(lawyer, date)

    def _get_not_assignable_reasons(self):
        """``{volunteer: why no new case may be given to him, or False}``; later rooms extend this."""
        today = legal_today(self)
        contracts = self._get_contracts_in_force(today)
        reasons = {}
        for member in self:
            reasons[member] = False
            if member.state != "active":
                reasons[member] = self.env._(
                    "%(name)s is in state “%(state)s”: only active members get cases.",
                    name=member.name,
                    state=member._get_state_label(member.state),
                )
            elif member.license_valid_until and member.license_valid_until < today:
                reasons[member] = self.env._(
                    "The licence of %(name)s was valid until %(date)s. Enter the renewed licence first.",
                    name=member.name,
                    date=fields.Date.to_string(member.license_valid_until),
                )
            elif member.kind == "firm_lawyer" and not contracts[member]:
                reasons[member] = self.env._(
                    "%(name)s has no contract in force today: no service agreement of his firm names him. Enter him there"
                    " under Named Lawyers.",
                    name=member.name,
                )
            elif member.kind == "lawyer" and not contracts[member]:
                reasons[member] = self.env._(
                    "%(name)s has no contract in force today. Appoint the lawyer first.", name=member.name
                )
        return reasons
