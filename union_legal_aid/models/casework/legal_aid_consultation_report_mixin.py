from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..organization.legal_day import legal_today
from .legal_aid_consultation_answer_mixin import HANDLERS


class LegalAidConsultationReportMixin(models.AbstractModel):
    """The report of a call to the contact-point union, and what becomes of it (I2).

    Whoever reported is told: that the union registered the application, or that it did not take it up and why. A report that
    waits longer than the policy allows is shown as such, and its leaders are told once.
    """

    _name = "legal.aid.consultation.report.mixin"
    _description = "Report of a Call"

    reported_date = fields.Date(readonly=True, copy=False, index="btree_not_null")
    reported_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    waiting_days = fields.Integer(string="Days Waiting", compute="_compute_waiting")
    is_waiting_long = fields.Boolean(
        string="Waiting Too Long", compute="_compute_waiting", search="_search_is_waiting_long"
    )
    reminded_date = fields.Date(string="Leaders Told On", readonly=True, copy=False)
    decline_date = fields.Date(string="Not Taken Up On", readonly=True, copy=False)
    decline_by_id = fields.Many2one(
        comodel_name="res.users", string="Not Taken Up By", readonly=True, copy=False, ondelete="restrict"
    )
    decline_reason_id = fields.Many2one(
        comodel_name="legal.aid.reason",
        string="Why Not Taken Up",
        readonly=True,
        copy=False,
        ondelete="restrict",
        tracking=True,
    )
    decline_note = fields.Text(string="Explanation", readonly=True, copy=False, groups=HANDLERS)
    case_state = fields.Selection(
        selection=lambda self: self.env["legal.aid.case"]._fields["state"]._description_selection(self.env),
        string="Stage of the Case",
        compute="_compute_case_state",
        compute_sudo=True,
        help="For whoever took the call, also when another lawyer has the case.",
    )

    # Compute

    @api.depends("state", "reported_date", "organization_id")
    def _compute_waiting(self):
        today = legal_today(self)
        for consultation in self:
            waits = consultation.state == "reported" and consultation.reported_date
            consultation.waiting_days = (today - consultation.reported_date).days if waits else 0
            limit = consultation._get_report_limit(today) if waits else 0
            consultation.is_waiting_long = bool(limit) and consultation.waiting_days > limit

    def _search_is_waiting_long(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = legal_today(self)
        waiting = Domain("state", "=", "reported") & Domain("reported_date", "<", today)
        # Each union has its own limit; there are as many conditions as unions that wait, not as reports.
        unions = [union for (union,) in self.sudo()._read_group(waiting, ["organization_id"])]
        limits = {union: self._find_report_limit(union, today) for union in unions}
        long = Domain.OR(
            Domain("organization_id", "=", union.id) & Domain("reported_date", "<", today - timedelta(days=limit))
            for union, limit in limits.items()
            if limit
        )
        long &= waiting
        if set(value) == {True}:
            return long
        return ~long if set(value) == {False} else Domain.TRUE

    @api.depends("case_id.state")
    def _compute_case_state(self):
        for consultation in self:
            consultation.case_state = consultation.case_id.state

    # Actions

    def action_report_to_contact_point(self):
        """Report calls that may become cases to the contact-point union and to the union in charge (I2)."""
        self.check_access("read")
        self._check_may_report()
        self._check_state("open", "declined")
        self._raise_reasons(self._get_cannot_report_reason())
        # A lawyer reports his own calls without any right to edit records of the unions.
        for consultation_sudo in self.sudo():
            consultation_sudo._transition(
                "reported",
                {
                    "reported_date": legal_today(self),
                    "reported_by_id": self.env.user.id,
                    "reminded_date": False,
                    "decline_date": False,
                    "decline_by_id": False,
                    "decline_reason_id": False,
                    "decline_note": False,
                },
            )
            consultation_sudo._notify_offices()
        return True

    def action_decline_report(self, reason_code=None, note=""):
        """The union does not take the report up; whoever reported is told why. Opens a dialog when called without a reason."""
        if not reason_code:
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_decline_report", "decline_report", self.env._("Not Taken Up")
            )
        reason = self.env["legal.aid.reason"]._get_coded("decline_report", reason_code)
        self.check_access("write")
        self._check_state("reported")
        for consultation in self:
            consultation._transition(
                "declined",
                {
                    "decline_date": legal_today(self),
                    "decline_by_id": self.env.user.id,
                    "decline_reason_id": reason.id,
                    "decline_note": note,
                },
            )
            consultation._notify_reporter(
                lambda env, number=consultation.name: env._(
                    "Consultation %(number)s was not taken up. The reason stands on its page.", number=number
                )
            )
        return True

    # Business

    def _check_may_report(self):
        foreign = self.filtered(lambda consultation: consultation.sudo().volunteer_id.user_id != self.env.user)
        if foreign:
            foreign.check_access("write")

    def _get_cannot_report_reason(self):
        reasons = {}
        for consultation in self:
            reasons[consultation] = False
            if not consultation.contact_point_id:
                reasons[consultation] = self.env._(
                    "Consultation %(number)s has no contact-point union. Choose the union that you serve first.",
                    number=consultation.name,
                )
            elif not consultation.employer_name:
                reasons[consultation] = self.env._(
                    "Consultation %(number)s names no employer, so nobody can tell which union is in charge. Enter"
                    " the employer"
                    " with its union or place first.",
                    number=consultation.name,
                )
        return reasons

    def _get_offices(self):
        """The unions whose officers handle the report: above a house union its county."""
        self.ensure_one()
        return self.contact_point_id._get_superior("county", "zone", "city", "province") | self.organization_id

    def _notify_offices(self):
        """Tell the officers of the unions concerned, once, by number only."""
        self.ensure_one()
        officers = self._get_offices().user_ids.filtered(
            lambda user: user.active and user != self.env.user and user.has_group("union_legal_aid.group_officer")
        )
        self._tell(
            officers,
            lambda env: env._("Consultation %(number)s was reported", number=self.name),
            lambda env: env._(
                "Consultation %(number)s was reported to %(union)s. Open it to register the application.",
                number=self.name,
                union=self.contact_point_id.name,
            ),
        )

    def _notify_reporter(self, body):
        """Tell whoever reported, and the lawyer who took the call, by number only."""
        self.ensure_one()
        # The lawyer's record is not open to every officer; the notice goes there all the same.
        people = (self.reported_by_id | self.sudo().volunteer_id.user_id) - self.env.user
        self._tell(people, lambda env: env._("Your report %(number)s", number=self.name), body)

    def _tell(self, users, subject, body):
        """One notice to each of ``users`` in his language."""
        self.ensure_one()
        self.env["legal.aid.notification"]._tell(users, subject, body, self)

    def _get_report_limit(self, date):
        self.ensure_one()
        return self._find_report_limit(self.organization_id, date)

    @api.model
    def _find_report_limit(self, union, date):
        """Days after which a report to ``union`` waits too long; none while no policy says so."""
        try:
            return self.env["legal.aid.policy"]._get(union, date).report_wait_days
        except UserError:
            return 0  # the lack of a policy is told where a case is handed in

    @api.model
    def _cron_remind_of_reports(self):
        """Tell the leaders, once for each report, that it waits longer than the policy allows."""
        late = self.search([("is_waiting_long", "=", True), ("reminded_date", "=", False)])
        for consultation in late:
            leaders = consultation.organization_id.manager_user_ids
            consultation._tell(
                leaders.filtered("active"),
                lambda env, report=consultation: env._("Report %(number)s is waiting", number=report.name),
                lambda env, report=consultation: env._(
                    "Consultation %(number)s was reported %(days)s days ago and nobody answered the lawyer yet. Have it registered"
                    " or answered.",
                    number=report.name,
                    days=report.waiting_days,
                ),
            )
            consultation._workflow_write({"reminded_date": legal_today(self)})
            self.env["ir.cron"]._commit_progress(1)
