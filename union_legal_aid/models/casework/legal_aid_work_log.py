from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import float_compare

from ..organization.legal_day import legal_today
from ..organization.wording import join_names

# From here on a day's work, over all cases of the lawyer, needs a note (法律援助志愿者管理办法 §20).
DAY_HOURS = 8.0
LONGEST_DAY = 24.0
# What a correction may change, and keeps the old value of.
CORRECTED = ("case_id", "volunteer_id", "date", "hours", "kind", "note")

EARLY_STATES = ("draft", "submitted", "supplement", "granted", "assigned", "in_progress")


class LegalAidWorkLog(models.Model):
    """What the lawyer did for a case and how long (C3). No work without mandate, except on the urgent path (C1, I9).

    One entry serves all who have to know: that the worker was told (案件承办情况通报) and that the union was, is marked on it, and
    ledger and figures count it. Its writer corrects it, and what stood there before is kept.
    """

    _name = "legal.aid.work.log"
    _description = "Work Log"
    _inherit = ["legal.aid.case.leaf.mixin", "legal.aid.link.mixin"]
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
    date = fields.Date(required=True, default=legal_today)
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
    told_method = fields.Selection(
        selection=[
            ("phone", "By telephone"),
            ("visit", "In person"),
            ("sms", "By text message"),
            ("letter", "By letter"),
        ],
        string="Worker Told",
        help="How the worker was told of the progress (案件承办情况通报); empty while he was not.",
    )
    told_date = fields.Date(
        string="Worker Told On",
        compute="_compute_told_date",
        store=True,
        readonly=False,
        precompute=True,
    )
    is_reported = fields.Boolean(
        string="Reported to the Union", help="The contact-point union was told of the progress (工作方案 §三(一)3)."
    )
    # No default: entries of earlier versions would all be as late as the update.
    entered_date = fields.Date(string="Entered On", readonly=True, copy=False)
    late_days = fields.Integer(
        string="Days Late",
        compute="_compute_late_days",
        store=True,
        aggregator=None,
        help="Days from the work to its entry.",
    )
    correction_ids = fields.One2many(
        comodel_name="legal.aid.work.log.correction",
        inverse_name="log_id",
        string="Corrections",
        readonly=True,
        groups="union_legal_aid.group_officer,union_legal_aid.group_auditor,union_legal_aid.group_volunteer",
    )
    can_correct = fields.Boolean(compute="_compute_can_correct")

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

    @api.depends("told_method", "date")
    def _compute_told_date(self):
        for log in self:
            log.told_date = log.told_method and (log.told_date or log.date)

    @api.depends("date", "entered_date")
    def _compute_late_days(self):
        for log in self:
            log.late_days = max((log.entered_date - log.date).days, 0) if log.date and log.entered_date else 0

    @api.depends("case_id.state")
    @api.depends_context("uid")
    def _compute_can_correct(self):
        for log in self:
            log.can_correct = log._origin.create_uid == self.env.user and not log._get_no_work_reason(log.case_id)

    # Constraints

    @api.constrains("told_method", "told_date", "date")
    def _check_told_date(self):
        today = legal_today(self)
        for log in self.filtered("told_date"):
            if not log.told_method:
                raise ValidationError(
                    self.env._("Case %(case)s: choose how the worker was told.", case=log.case_id.name)
                )
            if not log.date <= log.told_date <= today:
                raise ValidationError(
                    self.env._(
                        "Case %(case)s: the worker cannot have been told on %(date)s, which lies before the work or in the"
                        " future. Enter the day on which it was done.",
                        case=log.case_id.name,
                        date=fields.Date.to_string(log.told_date),
                    )
                )

    @api.constrains("hours", "date", "volunteer_id", "note")
    def _check_day(self):
        """A day has 24 hours; more than 8 of work, over all cases of the lawyer, are explained in the note (R15, C3)."""
        # His other cases count, whoever may read them; only their sum is told.
        groups = self.sudo()._read_group(
            [("volunteer_id", "in", self.volunteer_id.ids), ("date", "in", self.mapped("date"))],
            ["volunteer_id", "date:day"],
            ["hours:sum"],
        )
        totals = {(lawyer.id, fields.Date.to_date(day)): total for lawyer, day, total in groups}
        for log in self:
            total = totals.get((log.volunteer_id.id, log.date), 0.0)
            names = {
                "case": log.case_id.name,
                "date": fields.Date.to_string(log.date),
                "total": f"{total:g}",
                "lawyer": log.volunteer_id.sudo().display_name,
            }
            if float_compare(total, LONGEST_DAY, precision_digits=2) > 0:
                raise ValidationError(
                    self.env._(
                        "Case %(case)s: with this entry %(lawyer)s would have worked %(total)s hours on %(date)s, and a day has"
                        " 24. Correct the hours or the day.",
                        **names,
                    )
                )
            # Whether there is a note is no secret.
            if float_compare(total, DAY_HOURS, precision_digits=2) > 0 and not (log.sudo().note or "").strip():
                raise ValidationError(
                    self.env._(
                        "Case %(case)s: with this entry %(lawyer)s has worked %(total)s hours on %(date)s, over all cases. More"
                        " than 8 hours a day need a note: enter why.",
                        **names,
                    )
                )

    @api.constrains("date")
    def _check_date(self):
        today = legal_today(self)
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
        today = legal_today(self)
        logs = super().create([{**vals, "entered_date": today} for vals in vals_list])
        logs._check_work_allowed()
        logs._start_work()
        logs.filtered("is_reported")._notify_union()
        return logs

    def write(self, vals):
        self.check_access("write")
        if "entered_date" in vals:
            raise AccessError(self.env._("The day on which work was entered is noted by the system and stays."))
        self._check_work_allowed()
        self._keep_old_values(vals)
        newly_reported = self.filtered(lambda log: vals.get("is_reported") and not log.is_reported)
        result = super().write(vals)
        newly_reported._notify_union()
        if {"case_id", "volunteer_id"} & vals.keys():
            self._check_work_allowed()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_finished_case(self):
        self._check_work_allowed()

    # Actions

    def action_correct(self, **vals):
        """Correct one's own entry; the old values are kept (C3). For lawyers, who have no right to edit records.

        :param vals: any of date, hours, kind, note, told_method, told_date, is_reported
        """
        self.check_access("read")
        allowed = {"date", "hours", "kind", "note", "told_method", "told_date", "is_reported"}
        refused = vals.keys() - allowed
        if refused:
            raise AccessError(
                self.env._(
                    "These details cannot be corrected: %(fields)s.", fields=join_names(self.env, sorted(refused))
                )
            )
        foreign = self.filtered(lambda log: log.create_uid != self.env.user)
        if foreign:
            raise AccessError(
                self.env._(
                    "%(logs)s: an entry is corrected by who wrote it.",
                    logs=join_names(self.env, foreign.mapped("display_name")),
                )
            )
        # Checked above: it is the writer's own.
        self.sudo().write(vals)
        return True

    # Business

    def _keep_old_values(self, vals):
        """Keep what ``vals`` changes, so that a correction never hides what was first written."""
        kept = []
        for log_sudo in self.sudo():
            new = log_sudo.new({name: vals[name] for name in CORRECTED if name in vals})
            if any((new[name] or False) != (log_sudo[name] or False) for name in CORRECTED if name in vals):
                kept.append(log_sudo._prepare_correction())
        # Corrections are written by this step only.
        self.env["legal.aid.work.log.correction"].sudo().create(kept)

    def _prepare_correction(self):
        self.ensure_one()
        return {
            "log_id": self.id,
            "case_number": self.case_id.name,
            "volunteer_id": self.volunteer_id.id,
            "date": self.date,
            "hours": self.hours,
            "kind": self.kind,
            "note": self.note,
        }

    def _notify_union(self):
        """Tell the officers of the contact point and of the union in charge that there is progress, by number only (S0 §三(一)3)."""
        for case, logs in self.grouped("case_id").items():
            lawyer = logs[:1].volunteer_id.sudo().display_name
            case.sudo()._notify_offices(
                lambda env, case=case: env._("Progress in case %(case)s", case=case.name),
                lambda env, case=case, lawyer=lawyer: env._(
                    "%(lawyer)s reports progress in case %(case)s. The work log of the case says what was done.",
                    lawyer=lawyer,
                    case=case.name,
                ),
            )

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
        # What a closed gate lacks is told in words; the items themselves are the office's.
        return not case.is_urgent and (case.sudo()._explain_gate("work")[case.sudo()] or False)

    def _start_work(self):
        """A lawyer who reported the case himself accepts it with his first work (S0 §三(一))."""
        for case in self.case_id:
            if case.state == "assigned" and case._is_with_reporting_lawyer():
                # Also when an officer types the log for him, the acceptance is the lawyer's.
                case.sudo()._do_accept()
