from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

EARLY_STATES = ("draft", "submitted", "supplement", "granted", "assigned", "in_progress")


class LegalAidWorkLog(models.Model):
    """What the lawyer did for a case and how long (C3). No work without mandate, except on the urgent path (C1, I9)."""

    _name = "legal.aid.work.log"
    _description = "Work Log"
    _inherit = ["legal.aid.link.mixin"]
    _order = "date desc, id desc"
    _rec_names_search = ["case_id"]

    _checked_links = ("case_id",)

    case_id = fields.Many2one(comodel_name="legal.aid.case", required=True, ondelete="restrict", index=True)
    organization_id = fields.Many2one(related="case_id.organization_id", store=True, index=True)
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Lawyer",
        compute="_compute_volunteer_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        ondelete="restrict",
        index=True,
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    hours = fields.Float(required=True, digits=(5, 2), default=1.0)
    kind = fields.Selection(
        selection=[
            ("meeting", "Meeting the worker"),
            ("evidence", "Gathering evidence"),
            ("drafting", "Drafting"),
            ("negotiation", "Negotiation or mediation"),
            ("hearing", "Hearing"),
            ("progress", "Report of progress"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    note = fields.Text(groups="union_legal_aid.group_officer,union_legal_aid.group_volunteer")

    _hours_in_a_day = models.Constraint(
        "CHECK(hours > 0 AND hours <= 24)", "The hours of a day's work are more than 0 and at most 24. Correct them."
    )

    # Compute

    @api.depends("case_id", "date")
    def _compute_display_name(self):
        for log in self:
            log.display_name = f"{log.case_id.name} {fields.Date.to_string(log.date)}"

    @api.depends("case_id")
    def _compute_volunteer_id(self):
        for log in self:
            log.volunteer_id = log.volunteer_id or log.case_id.volunteer_id

    # Constraints

    @api.constrains("date")
    def _check_date(self):
        today = fields.Date.context_today(self)
        for log in self:
            if log.date > today:
                raise ValidationError(
                    self.env._(
                        "Work on case %(case)s cannot be logged for %(date)s, which lies in the future. Enter the"
                        " day it was done.",
                        case=log.case_id.name,
                        date=fields.Date.to_string(log.date),
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        logs = super().create(vals_list)
        logs._check_work_allowed()
        logs._start_work()
        return logs

    def write(self, vals):
        self._check_work_allowed()
        result = super().write(vals)
        if {"case_id", "volunteer_id"} & vals.keys():
            self._check_work_allowed()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_finished_case(self):
        self._check_work_allowed()

    # Business

    def _check_work_allowed(self):
        reasons = {}
        for case in self.case_id:
            reasons[case] = self._get_no_work_reason(case)
        for log in self.filtered(lambda log: log.volunteer_id != log.case_id.volunteer_id and not reasons[log.case_id]):
            reasons[log.case_id] = self.env._(
                "%(lawyer)s is not the lawyer of case %(case)s. Log the work under the assigned lawyer.",
                lawyer=log.volunteer_id.sudo().display_name,
                case=log.case_id.name,
            )
        found = [reason for reason in reasons.values() if reason]
        if found:
            raise UserError("\n".join(found))

    def _get_no_work_reason(self, case):
        """Why no work can be logged on ``case``, or False."""
        names = {"case": case.name, "state": case._get_state_label(case.state), "union": case.contact_point_id.name}
        if case.is_urgent and case.state in EARLY_STATES:
            return False
        if case.state == "assigned" and not case._is_with_reporting_lawyer():
            return self.env._(
                "The lawyer has not accepted case %(case)s yet. Accept it first, then log the work.", **names
            )
        if case.state not in ("assigned", "in_progress"):
            return self.env._(
                "Case %(case)s is in state “%(state)s”. Work is logged while its lawyer is working on it.", **names
            )
        if not case.is_mandated:
            return self.env._(
                "Case %(case)s has no mandate yet, and no work is done without. Ask %(union)s to issue it; if time"
                " presses, the"
                " union in charge marks the case as urgent.",
                **names,
            )
        return False

    def _start_work(self):
        """A lawyer who reported the case himself accepts it with his first work (S0 §三(一))."""
        for case in self.case_id:
            if case.state == "assigned" and case._is_with_reporting_lawyer():
                # Also when an officer types the log for him, the acceptance is the lawyer's.
                case.sudo()._do_accept()
