from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools.obligations import Obligation, arrange
from ..organization.legal_day import legal_today
from ..organization.wording import join_names

CASE_READERS = "union_legal_aid.group_officer,union_legal_aid.group_auditor"
MEMBER_STATES = ("active", "suspended")
# Ends that wait for nobody: he was removed, may not practise any more, or cannot act. His cases pass to the union at once.
URGENT_ENDS = frozenset({"removal", "licence", "death"})


class LegalAidMembershipMixin(models.AbstractModel):
    """No member leaves while a case is with nobody (T9, C6): what he still has in hand, and the gate before his exit."""

    _inherit = "legal.aid.membership.mixin"

    leaving_ids = fields.One2many(
        comodel_name="legal.aid.leaving",
        inverse_name="volunteer_id",
        string="Leaving Procedures",
        groups=f"{CASE_READERS},union_legal_aid.group_volunteer",
    )
    leaving_id = fields.Many2one(
        comodel_name="legal.aid.leaving",
        string="Running Procedure",
        compute="_compute_leaving_id",
        groups=CASE_READERS,
    )
    obligations_html = fields.Html(
        string="Still in Hand", compute="_compute_obligations_html", sanitize=False, groups=CASE_READERS
    )

    # Compute

    @api.depends("leaving_ids.state")
    @api.depends_context("uid")
    def _compute_leaving_id(self):
        found = self.env["legal.aid.leaving"].search(
            [("volunteer_id", "in", self._origin.ids), ("state", "in", ("requested", "running"))]
        )
        by_member = found.grouped("volunteer_id")
        for member in self:
            member.leaving_id = by_member.get(member._origin, found.browse())[:1]

    @api.depends("state", "leaving_ids.state")
    @api.depends_context("uid", "lang")
    def _compute_obligations_html(self):
        obligations = self._origin._get_open_obligations()
        for member in self:
            member.obligations_html = self.env["ir.qweb"]._render(
                "union_legal_aid.open_obligations",
                {
                    "obligations": obligations.get(member._origin, []),
                    "kinds": self._get_obligation_kinds(),
                },
            )

    # Actions

    def action_prepare_leaving(self, kind="leave"):
        """Open the list of what is handed over before the member leaves, is suspended, or ends his contract.

        :param kind: "leave", "end", "suspend" or "expire"
        """
        self.ensure_one()
        return self.env["legal.aid.leaving"]._open_for(self, kind)._open()

    def action_request_exit(self, note="", last_day=None):
        """The lawyer asks to leave the team, from a wished last day on. Returns the request; it changes nothing yet (T9)."""
        self.ensure_one()
        if self.user_id != self.env.user:
            raise AccessError(self.env._("Only the lawyer himself asks to leave. The office uses “Leave the Team”."))
        if self.state not in MEMBER_STATES:
            raise UserError(self.env._("You are not in the team at present, so there is nothing to leave."))
        if not (note or "").strip():
            raise UserError(self.env._("Write why you want to leave; the city union reads it."))
        last_day = fields.Date.to_date(last_day) or legal_today(self)
        if last_day < legal_today(self):
            raise UserError(self.env._("The last day you wish is over. Choose today or a day to come."))
        # Portal users have no right to create records; he asks for himself, which was checked.
        return self.env["legal.aid.leaving"].sudo()._request(self.sudo(), note, last_day).sudo(False)

    def action_leave(self, reason_code=None, note="", date=None):
        """With cases in hand, the button opens their hand-over; a given reason is refused until each has somebody."""
        if not reason_code and len(self) == 1 and self._get_held_cases():
            self._check_transition("left")
            return self.action_prepare_leaving()
        return super().action_leave(reason_code=reason_code, note=note, date=date)

    def action_suspend(self, reason_code=None, note="", date=None):
        """Open cases he finishes under supervision; without a reason the button opens them one by one."""
        if not reason_code and len(self) == 1 and self.state == "active" and self._get_held_cases():
            return self.action_prepare_leaving("suspend")
        result = super().action_suspend(reason_code=reason_code, note=note, date=date)
        if reason_code:
            self._supervise_held_cases()
        return result

    def action_resume(self, reason_code=None, note="", date=None):
        """Nothing is lost: the cases he kept go on with him, nobody watches any more."""
        result = super().action_resume(reason_code=reason_code, note=note, date=date)
        # Cases of all counties, where the city that ends the suspension may not write.
        self._get_held_cases().sudo()._workflow_write({"supervisor_id": False})
        return result

    def action_print_obligations(self):
        """The hand-over list (交接清单) to sign."""
        return self._print_obligations("pdf")

    def action_print_obligations_word(self):
        return self._print_obligations("docx")

    # Business

    def _print_obligations(self, extension):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/legal_aid/forms/hand_over_list/{self.id}/{extension}",
            "target": "download",
        }

    def _get_held_cases(self):
        """The cases that are in the hands of these members, of all counties."""
        cases = self.env["legal.aid.case"]
        # The gate looks at all of them, whoever asks.
        held = cases.sudo().search(cases._domain_held() & Domain("volunteer_id", "in", self._origin.ids), order="id")
        return held.sudo(self.env.su)

    def _get_cannot_leave_reasons(self):
        """``{member: reason or False}``: the cases that would be with nobody."""
        held = self._get_held_cases().sudo().grouped("volunteer_id")
        reasons = {}
        for member in self:
            cases = held.get(member._origin.sudo())
            reasons[member] = bool(cases) and self.env._(
                "%(name)s still has cases: %(cases)s. Give each to another lawyer, or to an officer of the union, on the hand-over"
                " list (“Hand-over List” of the lawyer); then this step is possible.",
                name=member.sudo().name,
                cases=join_names(self.env, cases.mapped("name")),
            )
        return reasons

    def _pass_cases_to_union(self, note=""):
        """Nobody waits: the cases pass to their unions at once, with a short clock and one to-do for each officer (T9)."""
        cases_sudo = self._get_held_cases().sudo()
        if cases_sudo:
            left = self.env["legal.aid.reason"]._get_coded("change_lawyer", "left_team")
            cases_sudo._pass_to_union(left, note, is_urgent=True)
            cases_sudo._ask_offices_to_assign()
        return cases_sudo

    def _supervise_held_cases(self):
        cases_sudo = self._get_held_cases().sudo()
        cases_sudo.filtered(lambda case: not case.supervisor_id)._supervise()

    def _end_membership(self, state, reason, note, date):
        """No case is left with nobody: an ordinary end waits for the hand-over, an urgent one hands over at once (T9)."""
        if reason.code in URGENT_ENDS:
            # Before the contracts end, so that they find nothing in his hands.
            held = {member: member._get_held_cases().sudo() for member in self}
            self._pass_cases_to_union()
        else:
            self._raise_reasons(self._get_cannot_leave_reasons())
            held = {}
        members = self.filtered(lambda member: member.state in MEMBER_STATES)
        result = super()._end_membership(state, reason, note, date)
        for member in members:
            # The procedure is the record of the exit; its letters are written from it.
            self.env["legal.aid.leaving"].sudo()._record(
                member.sudo(), "removal" if state == "removed" else "leave", reason, note, date, held.get(member)
            )
        return result

    def _get_open_obligations(self):
        """``{member: [tools.obligations.Obligation]}``: all he still has in hand, as far as the reader may know of it.

        Later rooms add theirs: the ledger, fees that are not paid.
        """
        found = {member: [] for member in self}
        for name in self._get_obligation_sources():
            for volunteer_id, obligations in getattr(self, name)().items():
                found[self.browse(volunteer_id)] += obligations
        return {member: arrange(obligations) for member, obligations in found.items()}

    @api.model
    def _get_obligation_sources(self):
        """The methods that look, each ``{volunteer id: [obligation]}``."""
        return ["_list_held_cases", "_list_reported_cases", "_list_files_due", "_list_hand_overs", "_list_substitutes"]

    @api.model
    def _get_obligation_kinds(self):
        """The headings of the list."""
        return {
            "case": self.env._("Open cases"),
            "application": self.env._("Applications he reported, not decided yet"),
            "file": self.env._("Files to be handed in"),
            "hand_over": self.env._("Papers and originals of former cases"),
            "substitute": self.env._("Hearings by a substitute"),
            "ledger": self.env._("Yearly ledger"),
            "fee": self.env._("Fees and subsidies not paid yet"),
            "card": self.env._("Letter of appointment and card"),
        }

    def _search_cases(self, domain):
        """Cases of these members under the reader's own rules, by member."""
        return (
            self.env["legal.aid.case"]
            .search(domain & Domain("volunteer_id", "in", self.ids), order="id")
            .grouped(lambda case: case.volunteer_id.id)
        )

    def _list_held_cases(self):
        return {
            volunteer_id: [case._make_obligation("case") for case in cases]
            for volunteer_id, cases in self._search_cases(self.env["legal.aid.case"]._domain_held()).items()
        }

    def _list_reported_cases(self):
        waiting = Domain("state", "in", ("draft", "submitted", "supplement", "granted")) & Domain(
            "mandate_id", "=", False
        )
        return {
            volunteer_id: [case._make_obligation("application") for case in cases]
            for volunteer_id, cases in self._search_cases(waiting).items()
        }

    def _list_files_due(self):
        due = Domain("state", "in", ("closed", "terminated")) & Domain("file_state", "in", ("due", "returned"))
        return {
            volunteer_id: [case._make_obligation("file") for case in cases]
            for volunteer_id, cases in self._search_cases(due).items()
        }

    def _list_hand_overs(self):
        changes = self.env["legal.aid.lawyer.change"].search(
            [("volunteer_id", "in", self.ids), ("state", "=", "changed"), ("handed_over_date", "=", False)], order="id"
        )
        return {
            volunteer_id: [
                Obligation(
                    "hand_over",
                    change.sudo().case_id.name,
                    self.env._("Case left on %(date)s", date=fields.Date.to_string(change.decided_date)),
                    change.organization_id.name,
                )
                for change in changes
            ]
            for volunteer_id, changes in changes.grouped(lambda change: change.volunteer_id.id).items()
        }

    def _list_substitutes(self):
        """Hearings to come at which a colleague stands in for him, or he for a colleague."""
        leaves = self.env["legal.aid.substitute.leave"].search(
            [
                ("state", "in", ("requested", "allowed")),
                ("hearing_date", ">=", legal_today(self)),
                "|",
                ("volunteer_id", "in", self.ids),
                ("substitute_id", "in", self.ids),
            ],
            order="id",
        )
        found = {}
        for leave in leaves:
            for member in (leave.volunteer_id | leave.substitute_id) & self:
                own = leave.volunteer_id == member
                detail = self.env._("A colleague stands in for him") if own else self.env._("He stands in")
                found.setdefault(member.id, []).append(
                    Obligation(
                        "substitute",
                        leave.sudo().case_id.name,
                        detail,
                        leave.organization_id.name,
                        leave.hearing_date,
                    )
                )
        return found
