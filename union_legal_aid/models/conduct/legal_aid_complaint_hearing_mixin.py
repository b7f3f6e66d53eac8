from odoo import api, fields, models
from odoo.exceptions import UserError

from ..organization.legal_day import legal_today
from ..organization.wording import join_names
from .legal_aid_verdict_mixin import OPEN_STATES

HEARING_FIELDS = frozenset({"reply", "reply_date", "told_lawyer_date", "reply_due", "lawyer_informed_date"})


class LegalAidComplaintHearingMixin(models.AbstractModel):
    """The lawyer is heard (T7): he is told once, without a word of who complained, replies in time, and is told the verdict."""

    _name = "legal.aid.complaint.hearing.mixin"
    _description = "Hearing of the Lawyer on a Complaint"

    reply = fields.Text(string="The Lawyer's Reply", readonly=True, copy=False)
    reply_date = fields.Date(string="Replied On", readonly=True, copy=False)
    told_lawyer_date = fields.Date(string="Lawyer Told On", readonly=True, copy=False)
    reply_due = fields.Date(string="Reply Until", readonly=True, copy=False)
    lawyer_informed_date = fields.Date(string="Lawyer Told the Verdict On", readonly=True, copy=False)
    extract_ids = fields.One2many(
        comodel_name="legal.aid.complaint.extract",
        inverse_name="complaint_id",
        string="What Others Were Told",
        readonly=True,
        copy=False,
        groups="union_legal_aid.group_officer,union_legal_aid.group_auditor",
    )
    is_hearing = fields.Boolean(string="Reply Awaited", compute="_compute_is_hearing")

    # Compute

    @api.depends("state", "reply_date", "reply_due")
    def _compute_is_hearing(self):
        today = legal_today(self)
        for complaint in self:
            complaint.is_hearing = bool(
                complaint.state in OPEN_STATES
                and not complaint.reply_date
                and complaint.reply_due
                and complaint.reply_due >= today
            )

    # Actions

    def action_ask_reply(self, note="", date=None):
        """Tell the lawyer what is said, once, and ask for his reply; opens a dialog when called without a text.

        :param note: what the lawyer is told: the facts, nothing of who complained
        """
        self._check_city()
        self._check_state(*OPEN_STATES)
        again = self.filtered("told_lawyer_date")
        if again:
            raise UserError(
                self.env._(
                    "The lawyer was told already: %(complaints)s. Record the reply, or wait until its time is over.",
                    complaints=join_names(self.env, again.mapped("display_name")),
                )
            )
        if not (note or "").strip():
            return self._open_text_dialog("action_ask_reply", self.env._("What the Lawyer Is Told (No Names)"))
        day = self._get_day(date)
        for complaint in self:
            complaint._do_ask_reply(note.strip(), day)
        return True

    def action_record_reply(self, note="", date=None):
        """Record what the lawyer says to it, from paper or by phone; opens a dialog when called without."""
        self._check_city()
        self._check_state(*OPEN_STATES)
        if not (note or "").strip():
            return self._open_dialog("action_record_reply", False, self.env._("The Lawyer's Reply"))
        self._do_record_reply(note, date or legal_today(self))
        return True

    def action_inform_lawyer(self, date=None):
        """Record that the lawyer was told the verdict otherwise than on his page."""
        self._check_city()
        self._check_state("verified", "unfounded", "void")
        self._workflow_write({"lawyer_informed_date": self._get_day(date)})
        self._close_if_done()
        return True

    # Business

    def _open_text_dialog(self, method, title):
        """The dialog with the text of the complaint in it, from which whoever is told must not learn who complained."""
        action = self._open_dialog(method, False, title)
        if len(self) == 1:
            action["context"]["default_note"] = self.text
        return action

    def _do_ask_reply(self, text, day):
        self.ensure_one()
        self._check_names_nobody(text)
        if self.state == "received":
            self._transition("investigating")
        self._do_acknowledge(day)
        self._open_deadline("complaint_reply", day)
        due = self._get_running_deadlines("complaint_reply").date_due
        self._workflow_write({"told_lawyer_date": day, "reply_due": due})
        self.env["legal.aid.complaint.extract"]._tell(self, "lawyer", text, day, due)

    def _check_names_nobody(self, text):
        """:raises UserError: when what others are told names the complainant or his representative, or has his phone"""
        self.ensure_one()
        # Who complained is known to the record, not to everybody who writes to others about it.
        private_sudo = self.sudo()._get_private().get(self.id)
        known = private_sudo and (
            private_sudo.complainant_name,
            private_sudo.complainant_phone,
            private_sudo.representative_name,
        )
        if any(word and len(word) >= 2 and word in text for word in known or ()):
            raise UserError(
                self.env._(
                    "%(complaint)s: the text tells who complained. Write “the worker” instead of names and numbers.",
                    complaint=self.display_name,
                )
            )

    def _do_record_reply(self, note, day):
        self._check_state(*OPEN_STATES)
        self._workflow_write({"reply": note, "reply_date": day})
        self._close_deadline("complaint_reply", day)
        self._get_extracts("lawyer")._answer(note, day)

    def _get_extracts(self, kind):
        # The steps of a complaint write its extracts, for whoever takes them.
        return (
            self.env["legal.aid.complaint.extract"]
            .sudo()
            .search([("complaint_id", "in", self.ids), ("kind", "=", kind)])
        )

    def _tell_verdict(self):
        """The lawyer who was told of the complaint is told what became of it, on his page."""
        for extract_sudo in self._get_extracts("lawyer"):
            complaint_sudo = extract_sudo.complaint_id
            extract_sudo._workflow_write({"verdict": complaint_sudo.state})
            if extract_sudo.volunteer_id.user_id:
                extract_sudo._notify_verdict()
                complaint_sudo._workflow_write({"lawyer_informed_date": legal_today(self)})
