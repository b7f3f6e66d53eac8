from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..organization.legal_day import legal_today
from ..organization.wording import join_names

OPEN_STATES = ("received", "investigating")
DECIDED_STATES = ("verified", "unfounded", "void")
REJUDGED = {"verified": "unfounded", "unfounded": "verified"}
VERDICT_FIELDS = frozenset(
    {"state", "decided_date", "decided_by_id", "decision_reason_id", "decision_note", "policy_id"}
)


class LegalAidVerdictMixin(models.AbstractModel):
    """The verdict on a complaint: by a manager of the city who did not take it down himself, and what follows from it
    (T7).
    """

    _name = "legal.aid.verdict.mixin"
    _description = "Verdict on a Complaint"
    _inherit = ["legal.aid.workflow.mixin"]

    _workflow_transitions = {
        "received": ("investigating", "verified", "unfounded", "void"),
        "investigating": ("verified", "unfounded", "void"),
        "verified": ("unfounded", "void"),
        "unfounded": ("verified", "void"),
    }
    _workflow_fields = VERDICT_FIELDS
    _workflow_initial = {"state": "received"}

    state = fields.Selection(
        selection=[
            ("received", "Taken Down"),
            ("investigating", "Investigating"),
            ("verified", "Verified"),
            ("unfounded", "Unfounded"),
            ("void", "Void"),
        ],
        default="received",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    decided_date = fields.Date(string="Decided On", readonly=True, copy=False)
    decided_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    decision_reason_id = fields.Many2one(
        comodel_name="legal.aid.reason", string="Reason", readonly=True, copy=False, ondelete="restrict"
    )
    decision_note = fields.Text(string="Note on the Decision", readonly=True, copy=False)
    policy_id = fields.Many2one(
        comodel_name="legal.aid.policy", readonly=True, copy=False, ondelete="restrict", index="btree_not_null"
    )
    can_decide = fields.Boolean(compute="_compute_can_decide")
    is_editable = fields.Boolean(compute="_compute_can_decide")
    is_city = fields.Boolean(compute="_compute_can_decide", help="Whether this user handles complaints of this city.")

    # Compute

    @api.depends("state", "registered_by_id", "city_id")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        reasons = self._get_cannot_decide_reason()
        writable = self._origin._filtered_access("write")
        for complaint in self:
            complaint.can_decide = not reasons[complaint]
            complaint.is_editable = not complaint._origin or complaint._origin in writable
            complaint.is_city = complaint._is_city_user()

    # Actions

    def action_verify(self, note=""):
        """The facts are true. A worker's complaint that reaches the policy's limit opens the removal at once (T7).

        :raises UserError: when the user may not decide, the lawyer's time to reply runs, or no policy is in force
        """
        self._check_state(*OPEN_STATES)
        self._raise_reasons(self._get_cannot_verify_reason())
        self._take_turns()
        for complaint in self:
            complaint._decide("verified", False, note)
        self._follow_verdict()
        return True

    def action_dismiss(self, reason_code=None, note=""):
        """The facts are not true, or it is no matter of the service; opens a dialog when called without a reason."""
        self._check_state(*OPEN_STATES)
        self._raise_reasons(self._get_cannot_decide_reason())
        if not reason_code:
            return self._open_dialog("action_dismiss", "complaint", self.env._("Dismiss"))
        reason = self.env["legal.aid.reason"]._get_coded("complaint", reason_code)
        for complaint in self:
            complaint._decide("unfounded", reason, note)
        return True

    def action_void(self, reason_code=None, note=""):
        """Take it off the count: withdrawn, filed by mistake, or wrongly decided. A removal that rested on it is
        withdrawn.
        """
        self._check_transition("void")
        self._raise_reasons(self._get_cannot_decide_reason())
        if not reason_code:
            return self._open_dialog("action_void", "complaint", self.env._("Declare Void"))
        reason = self.env["legal.aid.reason"]._get_coded("complaint", reason_code)
        for complaint in self:
            complaint._decide("void", reason, note)
        self._follow_verdict()
        return True

    def action_rejudge(self, reason_code=None, note=""):
        """Give the other verdict than before: verified becomes unfounded, and back; an open removal follows.

        Complainant and lawyer are told anew. Opens a dialog when called without a reason.
        """
        self._check_state(*REJUDGED)
        self._raise_reasons(self._get_cannot_decide_reason())
        if not reason_code:
            return self._open_dialog("action_rejudge", "rejudge", self.env._("Give Another Verdict"))
        reason = self.env["legal.aid.reason"]._get_coded("rejudge", reason_code)
        self._take_turns()
        for complaint in self:
            complaint._decide(REJUDGED[complaint.state], reason, note)
        self._follow_verdict()
        return True

    # Business

    def _open_dialog(self, method, usage, title):
        return self.env["legal.aid.reason.dialog"]._open(self, method, usage, title)

    def _is_city_user(self):
        self.ensure_one()
        unions = self.env.user.access_organization_ids
        return bool(self.city_id) and any(self.city_id._is_at_or_below(union) for union in unions)

    def _check_city(self):
        """:raises AccessError: for users of the counties, who take complaints down but do not handle them (O3)"""
        foreign = self.filtered(lambda complaint: not complaint._is_city_user())
        if foreign and not self.env.su:
            raise AccessError(
                "\n".join(
                    self.env._(
                        "%(complaint)s is handled by the legal department of %(city)s.",
                        complaint=complaint.display_name,
                        city=complaint.city_id.name,
                    )
                    for complaint in foreign
                )
            )

    def _get_cannot_decide_reason(self):
        """``{complaint: reason or False}``: the verdict is a city manager's (or his stand-in's) who did not take it
        down.
        """
        deciders_by_city = {city: self._get_deciders(city) for city in self.sudo().city_id}
        reasons = {}
        for complaint in self:
            deciders = deciders_by_city.get(complaint.city_id, self.env["res.users"])
            reasons[complaint] = False
            if self.env.user not in deciders:
                reasons[complaint] = self.env._(
                    "%(complaint)s is decided by the managers of %(city)s: %(names)s.",
                    complaint=complaint.display_name,
                    city=complaint.city_id.name,
                    names=join_names(self.env, deciders.mapped("name")) or self.env._("nobody at present"),
                )
            elif self.env.user == complaint.registered_by_id:
                reasons[complaint] = self.env._(
                    "You took %(complaint)s down yourself, so somebody else must decide it.",
                    complaint=complaint.display_name,
                )
        return reasons

    @api.model
    def _get_deciders(self, city):
        managers = self.env["legal.aid.approval.rule"]._get_managers(city)
        return managers.union(*self.env["legal.aid.stand.in"]._get_substitutes(managers))

    def _take_turns(self):
        """Two verdicts about one lawyer at the same moment would each count one complaint, and neither open the removal.

        A row written by both makes the database refuse the second, and Odoo repeats it, with the first in sight.
        """
        if self.volunteer_id:
            self.env.execute_query(
                SQL(
                    "UPDATE legal_aid_volunteer SET write_date = write_date WHERE id IN %s RETURNING id",
                    tuple(self.volunteer_id.ids),
                )
            )

    def _get_cannot_verify_reason(self):
        """Nobody is found guilty while he still may reply."""
        reasons = self._get_cannot_decide_reason()
        for complaint in self:
            if not reasons[complaint] and complaint.is_hearing:
                reasons[complaint] = self.env._(
                    "%(complaint)s: the lawyer may reply until %(date)s. Record the reply, or wait until that day is over.",
                    complaint=complaint.display_name,
                    date=fields.Date.to_string(complaint.reply_due),
                )
        return reasons

    def _decide(self, state, reason, note):
        """Store the verdict with its facts, keep it as a step of the inquiry, and begin to tell everybody, anew if need be."""
        self.ensure_one()
        today = legal_today(self)
        vals = {
            "decided_date": today,
            "decided_by_id": self.env.uid,
            "decision_reason_id": reason and reason.id,
            "decision_note": note,
            "informed_date": False,
            "inform_note": False,
            "lawyer_informed_date": False,
            "closed_date": False,
        }
        if state == "verified":
            vals["policy_id"] = self.env["legal.aid.policy"]._get(self.city_id, today).id
        self._transition(state, vals)
        told = " · ".join(part for part in (self._get_state_label(state), reason and reason.name, note) if part)
        self._note_step("verdict", told)
        self._turn_clocks(today)
        self._tell_verdict()
        self._close_if_done()

    def _turn_clocks(self, today):
        """The verdict ends the clocks before it, and starts the one to tell the complainant."""
        if self.state != "void":
            self._close_deadline("complaint_acknowledge", today)
            self._close_deadline("complaint_decide", today)
        self._void_deadlines()
        if self.state != "void" and self.complainant_kind != "anonymous":
            self._open_deadline("complaint_inform", today)

    def _follow_late_paper(self):
        """The authority of a representative came in after the verdict."""
        self.filtered(lambda complaint: complaint.state == "verified")._follow_verdict()

    def _follow_verdict(self):
        """A removal follows what counts now: opened at the limit, its complaints kept up to date, withdrawn below."""
        for volunteer in self.volunteer_id:
            counting = volunteer._get_counting_complaints()
            policy = counting[-1:].policy_id
            if policy and len(counting) >= policy.complaint_limit:
                self.env["legal.aid.removal"]._open_for_complaints(volunteer, counting, policy)
            else:
                volunteer._get_open_removals()._drop_complaints(counting)
        self._withdraw_removals()

    def _withdraw_removals(self):
        removals = self.env["legal.aid.removal"].search(
            [
                ("volunteer_id", "in", self.volunteer_id.ids),
                ("ground", "=", "complaints"),
                ("state", "in", ("open", "replied")),
            ]
        )
        for removal in removals.filtered(lambda removal: not removal._has_enough_complaints()):
            removal._do_withdraw(
                self.env._(
                    "It no longer rests on enough complaints: %(complaints)s.",
                    complaints=join_names(
                        self.env,
                        (
                            f"{complaint.name} {complaint._get_state_label(complaint.state)}"
                            for complaint in self
                            if complaint.volunteer_id == removal.volunteer_id
                        ),
                    ),
                )
            )
