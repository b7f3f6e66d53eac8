from odoo import api, fields, models
from odoo.exceptions import UserError

from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER, PrivateText
from ..organization.wording import join_sentences

ENDED = ("closed", "archived", "terminated", "refused", "withdrawn")


class LegalAidCaseReopenMixin(models.AbstractModel):
    """Second thoughts (C13): reopening and corrections with approval, and what was entered late."""

    _name = "legal.aid.case.reopen.mixin"
    _description = "Reopening and Correction of a Case"

    reopen_note = PrivateText(string="Reopened Because", readonly=True, groups=OFFICER)
    correction_ids = fields.One2many(
        comodel_name="legal.aid.case.correction", inverse_name="case_id", string="Corrections", readonly=True
    )
    late_entry = fields.Char(
        string="Entered Late",
        compute="_compute_late_entry",
        compute_sudo=True,
        groups="union_legal_aid.group_officer,union_legal_aid.group_auditor",
    )

    # Compute

    @api.depends("application_date", "closed_date", "closing_recorded_date")
    @api.depends_context("lang")
    def _compute_late_entry(self):
        for case in self:
            case.late_entry = join_sentences(self.env, case._describe_late_entries()) or False

    # Actions

    def action_reopen(self, reason_code=None, note=""):
        """Take a finished case up again with a coded reason (C13).

        An officer asks and a leader approves. A leader decides at once, unless he is the one who asked.
        """
        if not reason_code:
            return self._open_reason_dialog("action_reopen", "reopen", self.env._("Reopen"))
        reason = self.env["legal.aid.reason"]._get_coded("reopen", reason_code)
        self.check_access("write")
        self._check_state(*ENDED)
        self._raise_reasons(self._get_cannot_reopen_reason())
        is_leader = self.env.su or self.env.user.has_group("union_legal_aid.group_manager")
        for case in self:
            asked = case._get_open_reopening()
            if asked and is_leader:
                # Whoever asked never approves; the request itself refuses him.
                asked.action_approve(note=reason.name)
            elif is_leader:
                case._do_reopen(reason, note)
            elif asked:
                raise UserError(
                    self.env._(
                        "Reopening case %(case)s was asked for already and waits for: %(people)s.",
                        case=case.name,
                        people=asked.approval_waits_for or "-",
                    )
                )
            else:
                case._ask_to_reopen(reason, note)
        return True

    def action_open_corrections(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("union_legal_aid.legal_aid_case_correction_action")
        return {
            **action,
            "domain": [("case_id", "=", self.id)],
            "context": {"default_case_id": self.id, "default_kind": "fact"},
        }

    # Business

    def _get_cannot_reopen_reason(self):
        """``{case: reason or False}``; the money room adds what was paid already."""
        return dict.fromkeys(self, False)

    def _get_open_reopening(self):
        self.ensure_one()
        return self.env["legal.aid.case.correction"].search(
            [("case_id", "=", self.id), ("kind", "=", "reopen"), ("state", "=", "requested")], limit=1
        )

    def _ask_to_reopen(self, reason, note):
        self.ensure_one()
        request = self.env["legal.aid.case.correction"].create(
            {"case_id": self.id, "kind": "reopen", "reopen_reason_id": reason.id, "reason": note or reason.name}
        )
        request.action_submit()

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
        self._void_end()
        self._transition(target, {**self._prepare_reopen(target), "reopen_note": note})
        if target == "granted":
            self._workflow_write({"volunteer_id": False, "mandate_id": False})
            self._open_deadline("assign", legal_today(self))
        self._message_log(
            body=self.env._(
                "Reopened from “%(state)s”: %(reason)s",
                state=self._get_state_label(before),
                reason=reason.name,
            )
        )

    def _void_end(self):
        """What belonged to the end of the case stays on record and counts no more."""
        self.ensure_one()
        self.file_review_ids.filtered(lambda review: review.state != "void").sudo().write({"state": "void"})
        self.termination_notice_ids.filtered(lambda notice: notice.state != "void").sudo().write({"state": "void"})
        calls_sudo = self.sudo().call_back_ids.filtered(lambda call: call.state == "due")
        calls_sudo._workflow_write({"state": "void"})
        # The next call is planned by the next closing, maybe at once, and the database allows one open call only.
        calls_sudo.flush_recordset(["state"])

    def _prepare_reopen(self, target):
        """As if it had not ended; what it had ended with is in its history."""
        vals = {
            "outcome": False,
            "amount_recovered": 0.0,
            "closed_date": False,
            "closing_basis": False,
            "closing_basis_date": False,
            "closing_date_reason": False,
            "closing_recorded_date": False,
            "archived_date": False,
            "file_received_date": False,
            "decision_date": False,
            "decision_reason_id": False,
            "decision_note": False,
            **self._prepare_no_termination_report(),
        }
        if target == "draft":
            vals.update(policy_id=False, submitted_date=False, supplement_requested_date=False, supplement_note=False)
            vals.update(approval_state="none", approval_request_id=False)
        return vals

    def _get_cannot_correct_reason(self, name):
        """Why the fact ``name`` of this case cannot be put right any more, or False; later rooms add what rests on it."""
        self.ensure_one()
        return False

    def _do_correct(self, name, value):
        """Apply an approved correction; what was decided on the old fact stays decided."""
        self.ensure_one()
        kept = {"hardship_basis": self.hardship_basis, "organization_id": self.organization_id.id}
        self._workflow_write({**kept, name: value})
        if name == "closed_date" and self._get_running_deadlines("file_submit"):
            self._open_deadline("file_submit", value)
        self._message_log(
            body=self.env._(
                "Corrected with approval: %(field)s", field=self._fields[name]._description_string(self.env)
            )
        )

    def _describe_late_entries(self):
        """Sentences on what was entered after the day it happened (C13)."""
        self.ensure_one()
        sentences = []
        entered = self.create_date and legal_today(self, self.create_date)
        for day, recorded, label in (
            (self.application_date, entered, "application_date"),
            (self.closed_date, self.closing_recorded_date, "closed_date"),
        ):
            days = (recorded - day).days if day and recorded else 0
            if days > 0:
                sentences.append(
                    self.env._(
                        "%(field)s %(date)s: entered %(days)s days after the fact.",
                        field=self._fields[label]._description_string(self.env),
                        date=fields.Date.to_string(day),
                        days=days,
                    )
                )
        return sentences
