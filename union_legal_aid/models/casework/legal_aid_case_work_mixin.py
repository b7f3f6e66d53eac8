from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..organization.personal_fields import OFFICER, PrivateText

OUTCOMES = [
    ("won", "Won"),
    ("partly_won", "Partly won"),
    ("lost", "Lost"),
    ("mediated", "Settled by mediation"),
    ("settled", "Settled between the parties"),
    ("withdrawn", "Claim withdrawn"),
    ("completed", "Advice or document delivered"),
]


class LegalAidCaseWorkMixin(models.AbstractModel):
    """From the first work log to the archive (C3, C7, C8): work, silence, closing, file, termination, reopening."""

    _name = "legal.aid.case.work.mixin"
    _description = "Work on a Case"

    work_log_ids = fields.One2many(
        comodel_name="legal.aid.work.log", inverse_name="case_id", string="Work Logs", copy=False
    )
    document_ids = fields.One2many(
        comodel_name="legal.aid.case.document", inverse_name="case_id", string="Documents", copy=False
    )
    document_count = fields.Integer(
        compute="_compute_document_count", groups="union_legal_aid.group_officer,union_legal_aid.group_auditor"
    )
    hours_total = fields.Float(string="Hours", compute="_compute_work", store=True, compute_sudo=True)
    last_work_date = fields.Date(string="Last Worked On", compute="_compute_work", store=True, compute_sudo=True)
    silent_since = fields.Date(
        compute="_compute_silent_since", store=True, help="The last sign of work on a running case."
    )
    silence_days = fields.Integer(string="Days of Silence", compute="_compute_silence")
    is_silent = fields.Boolean(string="Silent", compute="_compute_silence", search="_search_is_silent")
    tribunal_name = fields.Char(string="Court or Commission", help="The body that hears the case (办案机关).")
    tribunal_case_number = fields.Char(string="Its Case Number")
    outcome = fields.Selection(selection=OUTCOMES, readonly=True, copy=False, tracking=True)
    closing_summary = PrivateText(readonly=True, groups=OFFICER)
    reopen_note = PrivateText(string="Reopened Because", readonly=True, groups=OFFICER)
    closed_date = fields.Date(readonly=True, copy=False, tracking=True)
    file_received_date = fields.Date(copy=False, help="The day the union received the lawyer's file on paper.")
    archived_date = fields.Date(readonly=True, copy=False, tracking=True)

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

    @api.depends("silent_since", "policy_id")
    def _compute_silence(self):
        today = fields.Date.context_today(self)
        for case in self:
            case.silence_days = (today - case.silent_since).days if case.silent_since else 0
            case.is_silent = bool(case.silent_since) and case.silence_days > case.policy_id.silence_days

    def _search_is_silent(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
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
        self, date=None, hours=0.0, kind="other", note="", told_method=False, told_date=None, is_reported=False
    ):
        """Log work of the assigned lawyer; returns the log.

        :param hours: in hours, more than 0 and at most 24; more than 8 a day over all cases need a note
        :param told_method: how the worker was told of the progress, if he was: phone, visit, sms or letter
        :param told_date: when; the day of the work by default
        :param is_reported: the union is told of it, too
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
                    "date": date or fields.Date.context_today(self),
                    "hours": hours,
                    "kind": kind,
                    "note": note,
                    "told_method": told_method,
                    **({"told_date": told_date} if told_date else {}),
                    "is_reported": is_reported,
                }
            )
        )
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
        self.sudo().write({"agency_signed_date": date or fields.Date.context_today(self)})
        return True

    def action_close(self, outcome=None, amount_recovered=None, closed_date=None, note=""):
        """Close with the outcome; opens a dialog when called without.

        :param amount_recovered: yuan that the worker got or kept by the aid
        :param closed_date: the day of closing (结案日), today by default; the file is due 30 days from it
        """
        if not outcome:
            return self._open_close_dialog()
        self._check_handler()
        self._check_state("in_progress")
        closed_date = fields.Date.to_date(closed_date) or fields.Date.context_today(self)
        self._raise_reasons(self._get_cannot_close_reason(outcome, closed_date))
        # See action_log_work.
        for case_sudo in self.sudo():
            case_sudo.lock_for_update(allow_referencing=True)
            case_sudo._do_close(outcome, amount_recovered or 0.0, closed_date, note)
        return True

    def action_archive(self, *, file_received_date=None):
        """Archive a closed case whose file is in: as a document of the kind “file”, or received on paper on a date."""
        self.check_access("write")
        self._check_state("closed")
        if file_received_date:
            self.write({"file_received_date": file_received_date})
        self._raise_reasons(self._get_cannot_archive_reason())
        for case in self:
            case._close_deadline("file_submit", case._get_file_date())
            case._transition("archived", {"archived_date": fields.Date.context_today(self)})
        return True

    def action_terminate(self, reason_code=None, note=""):
        """End the aid on one of the eight legal grounds (法律援助法 §48); the leader's decision."""
        if not reason_code:
            return self._open_reason_dialog("action_terminate", "terminate", self.env._("Terminate"))
        reason = self.env["legal.aid.reason"]._get_coded("terminate", reason_code)
        self._check_leader()
        self._check_state("granted", "assigned", "in_progress")
        for case in self:
            case.assignment_ids.sudo()._decide("ended", reason, note)
            case.mandate_id.sudo()._do_cancel()
            case._do_end("terminated", reason, note)
            case._notify_lawyer(
                lambda env, case=case: env._("Case %(case)s was terminated", case=case.name),
                lambda env, case=case: env._("The aid in case %(case)s was terminated. Stop the work.", case=case.name),
            )
        return True

    def action_reopen(self, reason_code=None, note=""):
        """Take a finished case up again with a coded reason; the leader's decision, on record (C13)."""
        if not reason_code:
            return self._open_reason_dialog("action_reopen", "reopen", self.env._("Reopen"))
        reason = self.env["legal.aid.reason"]._get_coded("reopen", reason_code)
        self._check_leader()
        self._check_state("closed", "archived", "terminated", "refused", "withdrawn")
        self._raise_reasons(self._get_cannot_reopen_reason())
        for case in self:
            case._do_reopen(reason, note)
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
                    case=", ".join(others.mapped("name")),
                )
            )

    def _check_leader(self):
        self.check_access("write")
        if not (self.env.su or self.env.user.has_group("union_legal_aid.group_manager")):
            raise AccessError(
                self.env._(
                    "Only a leader decides this for %(cases)s. Ask the manager of the union in charge.",
                    cases=", ".join(self.mapped("name")),
                )
            )

    def _open_close_dialog(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Close the Case"),
            "res_model": "legal.aid.case.close",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_case_id": self.id},
        }

    def _get_cannot_close_reason(self, outcome, closed_date):
        outcomes = dict(self._fields["outcome"]._description_selection(self.env))
        if outcome not in outcomes:
            raise UserError(
                self.env._(
                    "“%(outcome)s” is not an outcome. Use one of: %(known)s.",
                    outcome=outcome,
                    known=", ".join(outcomes),
                )
            )
        reasons = {}
        for case in self:
            reasons[case] = False
            if not case.is_mandated:
                reasons[case] = self.env._(
                    "Case %(case)s has no mandate yet. Have the contact-point union issue it, then close the case.",
                    case=case.name,
                )
            elif not case.hours_total:
                reasons[case] = self.env._(
                    "Case %(case)s has no work log. Log the work first, then close it.", case=case.name
                )
            elif closed_date > fields.Date.context_today(self) or closed_date < case.application_date:
                reasons[case] = self.env._(
                    "Case %(case)s cannot be closed on %(date)s: the day lies in the future or before the application.",
                    case=case.name,
                    date=fields.Date.to_string(closed_date),
                )
        return reasons

    def _get_cannot_archive_reason(self):
        return {
            case: not case._get_file_date()
            and self.env._(
                "The file of case %(case)s is not in. Attach it as a document of the kind “Case file”, or enter the"
                " day it was"
                " received on paper.",
                case=case.name,
            )
            for case in self
        }

    def _get_cannot_reopen_reason(self):
        """``{case: reason or False}``; the money room adds what was paid already."""
        return dict.fromkeys(self, False)

    def _get_running_clocks(self):
        """What runs on this case, for the lawyer's page: dicts of kind, label, date_due, light; next one first."""
        self.ensure_one()
        self.check_access("read")
        # Clocks themselves are closed to portal users; these four details are not.
        clocks_sudo = self._get_running_deadlines().sorted("date_due")
        labels = dict(clocks_sudo._fields["kind"]._description_selection(self.env))
        return [
            {"kind": clock.kind, "label": labels[clock.kind], "date_due": clock.date_due, "light": clock.light}
            for clock in clocks_sudo
        ]

    def _get_file_date(self):
        """The day the file came in, or False."""
        self.ensure_one()
        if self.file_received_date:
            return self.file_received_date
        papers = self.document_ids.filtered(lambda document: document.kind == "file" and document.attachment_id)
        return min((document.received_date for document in papers), default=False)

    def _do_close(self, outcome, amount_recovered, closed_date, note):
        self.ensure_one()
        self._transition(
            "closed",
            {
                "outcome": outcome,
                "amount_recovered": amount_recovered,
                "closed_date": closed_date,
                "closing_summary": note,
            },
        )
        self._void_deadlines("agency")
        self._open_deadline("file_submit", closed_date)

    def _do_reopen(self, reason, note):
        self.ensure_one()
        before = self.state
        target = (
            "draft"
            if before in ("refused", "withdrawn")
            else "in_progress"
            if self.volunteer_id and self.is_mandated
            else "granted"
        )
        self._void_deadlines()
        self._transition(target, {**self._prepare_reopen(target), "reopen_note": note})
        if target == "granted":
            self._workflow_write({"volunteer_id": False, "mandate_id": False})
            self._open_deadline("assign", fields.Date.context_today(self))
        self._message_log(
            body=self.env._(
                "Reopened from “%(state)s”: %(reason)s",
                state=self._get_state_label(before),
                reason=reason.name,
            )
        )

    def _prepare_reopen(self, target):
        vals = {
            "closed_date": False,
            "archived_date": False,
            "file_received_date": False,
            "decision_date": False,
            "decision_reason_id": False,
            "decision_note": False,
        }
        if target == "draft":
            vals.update(policy_id=False, submitted_date=False, supplement_requested_date=False, supplement_note=False)
            vals.update(approval_state="none", approval_request_id=False)
        return vals
