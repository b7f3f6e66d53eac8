from odoo import api, fields, models

from ...tools.closing import TERMINATION
from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER, PrivateText


class LegalAidCaseTerminationMixin(models.AbstractModel):
    """The end of the aid on a legal ground (C7, 法律援助法 §48): the lawyer reports, the leader decides, all three are told."""

    _name = "legal.aid.case.termination.mixin"
    _description = "Termination of Aid"

    termination_report_date = fields.Date(string="Ground Reported On", readonly=True, copy=False)
    termination_report_reason_id = fields.Many2one(
        comodel_name="legal.aid.reason", string="Reported Ground", readonly=True, copy=False, ondelete="restrict"
    )
    termination_report_note = PrivateText(string="What the Lawyer Reports", readonly=True, groups=OFFICER)
    termination_notice_ids = fields.One2many(
        comodel_name="legal.aid.termination.notice", inverse_name="case_id", string="Notices of Termination", copy=False
    )

    # Actions

    def action_report_termination(self, reason_code=None, note=""):
        """The lawyer, who may not end the aid himself, reports a ground to the union in charge (法律援助法 §48(2))."""
        if not reason_code:
            return self._open_reason_dialog(
                "action_report_termination", "terminate", self.env._("Report a Ground to End the Aid")
            )
        reason = self.env["legal.aid.reason"]._get_coded("terminate", reason_code)
        self._check_handler()
        self._check_state("assigned", "in_progress")
        # See action_log_work.
        for case_sudo in self.sudo():
            case_sudo._workflow_write(
                {
                    "termination_report_date": legal_today(self),
                    "termination_report_reason_id": reason.id,
                    "termination_report_note": note,
                }
            )
            case_sudo._notify_leaders(
                lambda env, case=case_sudo: env._("Case %(case)s: a ground to end the aid", case=case.name),
                lambda env, case=case_sudo: env._(
                    "The lawyer of case %(case)s reports a ground to end the aid. Open the case and decide.",
                    case=case.name,
                ),
            )
        return True

    def action_keep_aid(self):
        """The leader finds the reported ground not given; the aid goes on."""
        self._check_leader()
        self._check_state("assigned", "in_progress")
        for case in self:
            reported = case.termination_report_reason_id
            case._workflow_write(case._prepare_no_termination_report())
            if reported:
                case._message_log(
                    body=self.env._(
                        "The aid goes on; the reported ground is not given: %(reason)s", reason=reported.name
                    )
                )
        return True

    def action_terminate(self, reason_code=None, note=""):
        """End the aid on one of the eight legal grounds (法律援助法 §48); the leader's decision.

        Recipient, the lawyer's firm and the tribunal are to be told within three days; the last delivery meets the clock.
        """
        if not reason_code:
            return self._open_reason_dialog("action_terminate", "terminate", self.env._("Terminate"))
        reason = self.env["legal.aid.reason"]._get_coded("terminate", reason_code)
        self._check_leader()
        self._check_state("granted", "assigned", "in_progress")
        for case in self:
            case._do_terminate(reason, note)
            case._notify_lawyer(
                lambda env, case=case: env._("Case %(case)s was terminated", case=case.name),
                lambda env, case=case: env._("The aid in case %(case)s was terminated. Stop the work.", case=case.name),
            )
        return True

    # Business

    def _do_terminate(self, reason, note):
        self.ensure_one()
        today = legal_today(self)
        self.assignment_ids.sudo()._decide("ended", reason, note)
        self.mandate_id.sudo()._do_cancel()
        self._do_end("terminated", reason, note)
        # Notices are opened by this step only.
        self.env["legal.aid.termination.notice"].sudo().create(
            [{"case_id": self.id, "addressee": addressee} for addressee in self._get_termination_addressees()]
        )
        self._open_deadline("terminate_notify", today)
        if not self.volunteer_id:
            # There is no firm whose receipt would be the closing date.
            self._workflow_write({"outcome": "terminated", "closed_date": today, "closing_recorded_date": today})

    def _get_termination_addressees(self):
        """Who has to be told: the recipient; with a lawyer his firm; with proceedings the tribunal."""
        self.ensure_one()
        addressees = ["recipient"]
        if self.volunteer_id:
            addressees.append("firm")
        if self.tribunal_name:
            addressees.append("tribunal")
        return addressees

    def _deliver_termination(self, addressee, date, method):
        """The official decision was delivered to ``addressee``, as the register of documents says."""
        self.ensure_one()
        methods = self.env["legal.aid.termination.notice"]._fields["method"].get_values(self.env)
        notices = self.termination_notice_ids.filtered(
            lambda notice: notice.state == "waiting" and notice.addressee == addressee
        )
        notices.action_deliver(date, method if method in methods else "in_person")

    def _on_termination_delivered(self):
        """The firm's receipt is the closing date; the last receipt of all meets the clock (C7, C8)."""
        self.ensure_one()
        notices = self.termination_notice_ids.filtered(lambda notice: notice.state != "void")
        firm = notices.filtered(lambda notice: notice.addressee == "firm" and notice.delivered_date)
        if firm and not self.closed_date:
            day = firm[0].delivered_date
            self._workflow_write(
                {
                    "outcome": "terminated",
                    "closing_basis": TERMINATION,
                    "closing_basis_date": day,
                    "closed_date": day,
                    "closing_recorded_date": legal_today(self),
                }
            )
            # The lawyer's file of what was done so far is due like any other.
            self._open_deadline("file_submit", day)
        if all(notice.delivered_date for notice in notices):
            self._close_deadline("terminate_notify", max(notices.mapped("delivered_date")))

    @api.model
    def _prepare_no_termination_report(self):
        return dict.fromkeys(
            ("termination_report_date", "termination_report_reason_id", "termination_report_note"), False
        )

    def _notify_leaders(self, subject, body):
        """One notice to the leaders of the union in charge, each in his language, with nothing but the case number (V6)."""
        self.ensure_one()
        leaders = self.sudo().organization_id.manager_user_ids.filtered("active")
        self.env["legal.aid.notification"]._tell(leaders, subject, body, self)
