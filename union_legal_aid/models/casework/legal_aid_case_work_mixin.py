from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...tools import clocks
from ..organization.legal_day import legal_today
from ..organization.wording import join_names

# Over for the lawyer; what still runs is the office's.
ENDED = ("archived", "terminated", "refused", "withdrawn")
# The rest is for others to keep: the office, the tribunal, the employer.
LAWYERS_CLOCKS = tuple(
    kind for kind, clock in clocks.CLOCKS.items() if clock.binds in ("lawyer", "worker", "either", "together")
)


class LegalAidCaseWorkMixin(models.AbstractModel):
    """Work on a case and its silence (C1, C3), papers, and who may act on it."""

    _name = "legal.aid.case.work.mixin"
    _description = "Work on a Case"

    work_log_ids = fields.One2many(
        comodel_name="legal.aid.work.log", inverse_name="case_id", string="Work Logs", copy=False
    )
    document_ids = fields.One2many(
        comodel_name="legal.aid.case.document", inverse_name="case_id", string="Documents", copy=False
    )
    # What the rules of the house look through. A reader's own list stays what his rules let him see: both never share a cache.
    all_document_ids = fields.One2many(
        comodel_name="legal.aid.case.document",
        inverse_name="case_id",
        string="Papers for the Gates",
        copy=False,
        groups=fields.NO_ACCESS,
    )
    document_count = fields.Integer(
        compute="_compute_document_count", groups="union_legal_aid.group_officer,union_legal_aid.group_auditor"
    )
    hours_total = fields.Float(string="Hours", compute="_compute_work", store=True, compute_sudo=True)
    last_work_date = fields.Date(string="Last Worked On", compute="_compute_work", store=True, compute_sudo=True)
    silent_since = fields.Date(
        compute="_compute_silent_since", store=True, help="The last sign of work on a running case."
    )
    silence_told_on = fields.Date(
        compute="_compute_silent_since",
        store=True,
        help="The day on which this silence was told; a new sign of work clears it.",
    )
    silence_days = fields.Integer(string="Days of Silence", compute="_compute_silence")
    is_silent = fields.Boolean(string="Silent", compute="_compute_silence", search="_search_is_silent")
    tribunal_name = fields.Char(string="Court or Commission", help="The body that hears the case (办案机关).")
    tribunal_case_number = fields.Char(string="Its Case Number")

    # Compute

    @api.depends("document_ids")
    @api.depends_context("uid")
    def _compute_document_count(self):
        counts = dict(
            self.env["legal.aid.case.document"]._read_group([("case_id", "in", self.ids)], ["case_id"], ["__count"])
        )
        for case in self:
            case.document_count = counts.get(case._origin, 0)

    @api.depends("work_log_ids.hours", "work_log_ids.date")
    def _compute_work(self):
        for case in self:
            case.hours_total = sum(case.work_log_ids.mapped("hours"))
            case.last_work_date = max(case.work_log_ids.mapped("date"), default=False)

    @api.depends("state", "last_work_date", "assigned_date", "accepted_date")
    def _compute_silent_since(self):
        for case in self:
            signs = [day for day in (case.last_work_date, case.assigned_date, case.accepted_date) if day]
            case.silent_since = max(signs, default=False) if case.state in ("assigned", "in_progress") else False
            case.silence_told_on = False

    @api.depends("silent_since", "policy_id")
    def _compute_silence(self):
        today = legal_today(self)
        for case in self:
            case.silence_days = (today - case.silent_since).days if case.silent_since else 0
            case.is_silent = bool(case.silent_since) and case.silence_days > case.policy_id.silence_days

    def _search_is_silent(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = legal_today(self)
        # The limit stands in the policy of each case; there are as many conditions as policies, not as cases.
        policies = self.env["legal.aid.policy"].search_fetch([], ["silence_days"])
        silent = Domain.OR(
            Domain("policy_id", "=", policy.id)
            & Domain("silent_since", "<", today - timedelta(days=policy.silence_days))
            for policy in policies
        )
        if set(value) == {True}:
            return silent
        return ~silent if set(value) == {False} else Domain.TRUE

    # Actions

    def action_log_work(
        self,
        date=None,
        hours=0.0,
        kind="other",
        note="",
        told_method=False,
        told_date=None,
        is_reported=False,
        files=(),
    ):
        """Log work of the assigned lawyer; returns the log.

        :param hours: in hours, more than 0 and at most 24; more than 8 a day over all cases need a note
        :param told_method: how the worker was told of the progress, if he was: phone, visit, sms or letter
        :param told_date: when; the day of the work by default
        :param is_reported: the union is told of it, too
        :param files: ``[(file name, bytes)]`` of photographs that show the work; they go into the file of the case
        """
        self.ensure_one()
        self._check_handler()
        # Lawyers have no right to create records; they log work on their own cases through this method.
        log_sudo = (
            self.env["legal.aid.work.log"]
            .sudo()
            .create(
                {
                    "case_id": self.id,
                    "volunteer_id": self.sudo().volunteer_id.id,
                    "date": date or legal_today(self),
                    "hours": hours,
                    "kind": kind,
                    "note": note,
                    "told_method": told_method,
                    **({"told_date": told_date} if told_date else {}),
                    "is_reported": is_reported,
                }
            )
        )
        for filename, content in files:
            document = self.action_add_document(kind="work", filename=filename, content=content)
            # The lawyer adds papers and changes none of them; which log entry one came with is noted by this step.
            document.sudo().work_log_id = log_sudo
        return log_sudo.sudo(False)

    def action_add_document(self, kind="evidence", filename="", content=b"", confidentiality="normal", name=""):
        """Attach a paper to the case; ``content`` are the bytes of the file. Returns the document."""
        self.ensure_one()
        self._check_handler()
        # See action_log_work.
        document_sudo = (
            self.env["legal.aid.case.document"]
            .sudo()
            .create({"case_id": self.id, "kind": kind, "confidentiality": confidentiality, "name": name or filename})
        )
        document_sudo._attach(filename, content)
        return document_sudo.sudo(False)

    def action_sign_agency(self, date=None):
        """Record that the worker signed power of attorney and agreement, which ends the clock of five days (C1)."""
        self._check_handler()
        self._check_state("assigned", "in_progress")
        # See action_log_work.
        self.sudo().write({"agency_signed_date": date or legal_today(self)})
        return True

    # Business

    def _check_handler(self):
        """The assigned lawyer, or somebody who may edit the union's file."""
        self.check_access("read")
        others = self.filtered(lambda case: case.sudo().volunteer_id.user_id != self.env.user)
        if others and not others.has_access("write"):
            raise AccessError(
                self.env._(
                    "Case %(case)s is not yours. Only its lawyer and the officers of the union in charge may do this.",
                    case=join_names(self.env, others.mapped("name")),
                )
            )

    def _check_leader(self):
        self.check_access("write")
        if not (self.env.su or self.env.user.has_group("union_legal_aid.group_manager")):
            raise AccessError(
                self.env._(
                    "Only a leader decides this for %(cases)s. Ask the manager of the union in charge.",
                    cases=join_names(self.env, self.mapped("name")),
                )
            )

    def _get_running_clocks(self):
        """What runs on this case, for the lawyer's page: dicts of kind, label, date_due, light, is_right; next one first."""
        self.ensure_one()
        self.check_access("read")
        return self._get_clocks_by_case().get(self.id, [])

    @api.model
    def _get_own_clocks(self, limit):
        """The clocks of his cases that the lawyer has to keep, next one first, and how many are over: for his home page (V5)."""
        cases = self.search([("state", "not in", ENDED)])
        # See _get_clocks_by_case.
        clocks_sudo = self.env["legal.aid.deadline"].sudo()
        running = Domain("res_model", "=", self._name) & Domain("res_id", "in", cases.ids)
        running &= Domain("kind", "in", LAWYERS_CLOCKS) & Domain("state", "=", "open") & Domain("date_due", "!=", False)
        overdue = clocks_sudo.search_count(running & clocks_sudo._get_light_domain("red"))
        labels = dict(clocks_sudo._fields["kind"]._description_selection(self.env))
        names = {case.id: case.name for case in cases}
        return [
            {
                "label": labels[clock.kind],
                "date_due": clock.date_due,
                "light": clock.light,
                "case_id": clock.res_id,
                "case_name": names[clock.res_id],
            }
            for clock in clocks_sudo.search(running, order="date_due, id", limit=limit)
        ], overdue

    def _get_clocks_by_case(self, *kinds):
        """``{case id: [what is told of each running clock with a last day, next one first]}``, for the lawyer's pages."""
        self.check_access("read")
        # Clocks of others on the case are closed to portal users; these details are not.
        clocks_sudo = self._get_running_deadlines(*kinds).filtered("date_due").sorted("date_due")
        labels = dict(clocks_sudo._fields["kind"]._description_selection(self.env))
        told = defaultdict(list)
        for clock in clocks_sudo:
            told[clock.res_id].append(
                {
                    "kind": clock.kind,
                    "label": labels[clock.kind],
                    "date_due": clock.date_due,
                    "light": clock.light,
                    "is_right": clock.is_right,
                }
            )
        return told
