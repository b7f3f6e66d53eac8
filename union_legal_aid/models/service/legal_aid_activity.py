from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..organization.legal_day import legal_today
from ..organization.personal_fields import AUDITOR, FINANCE, OFFICER
from ..organization.wording import join_clauses, join_names

# The enterprise in which it takes place sees the activity, not who of the team came.
LIST_READERS = f"{OFFICER},{FINANCE},{AUDITOR},union_legal_aid.group_justice,union_legal_aid.group_volunteer"
OPEN_STATES = ("planned", "reported")
AUDIENCE = ("worker_count", "union_officer_count", "employer_count", "other_count")
FACTS = (
    "name",
    "kind",
    "organization_id",
    "date",
    "hours",
    "place",
    "enterprise_id",
    "enterprise_name",
    "matter_id",
    *AUDIENCE,
    "attendee_count",
    "media_outlet",
    "media_title",
    "media_url",
    "minutes",
    "line_ids",
    "volunteer_ids",
)


class LegalAidActivity(models.Model):
    """What was done besides cases (T12, V3): publicity, media, training, exchange, joint meetings.

    The union that holds it answers for it: it plans, notes who came, confirms that it was held. From then on its facts stand, and
    ledger, certificate and assessment count them. A lawyer reports one that he held with his contact-point union, which confirms it.

    ==================  ==============================================  ==============================
    Step                Who                                             From → to
    ==================  ==============================================  ==============================
    report              the lawyer who took part, on his page           → reported
    confirm as held     officer of the union that holds it, or above    planned, reported → held
    cancel              the same, with a note                           planned, reported → cancelled
    correct             the same, with a note; what stood is kept       held → planned
    ==================  ==============================================  ==============================
    """

    _name = "legal.aid.activity"
    _description = "Activity"
    _inherit = ["legal.aid.activity.report.mixin", "legal.aid.workflow.mixin", "mail.thread"]
    _order = "date desc, id desc"
    _rec_names_search = ["name"]

    _workflow_transitions = {
        "planned": ("held", "cancelled"),
        "reported": ("held", "cancelled"),
        "held": ("planned",),
    }
    _workflow_fields = frozenset(
        {"state", "reporter_id", "reported_date", "confirmed_date", "confirmed_by_id", "cancel_note", "correction_note"}
    )
    _workflow_initial = {"state": "planned"}
    _workflow_facts = dict.fromkeys(FACTS, OPEN_STATES)

    name = fields.Char(string="Subject", required=True, tracking=True)
    kind = fields.Selection(
        selection=[
            ("publicity", "Publicity of the law"),
            ("media", "Media"),
            ("lawyer_training", "Training of lawyers"),
            ("staff_training", "Training of institution staff"),
            ("exchange", "Exchange of experience"),
            ("joint_meeting", "Joint meeting"),
            ("other", "Other"),
        ],
        required=True,
        default="publicity",
        index=True,
        tracking=True,
        help="Joint meeting: of unions and justice bureau (联席会议).",
    )
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.user.union_organization_ids[:1],
        help="The union that holds the activity.",
    )
    date = fields.Date(required=True, default=legal_today, index=True, tracking=True)
    hours = fields.Float(
        string="Duration (Hours)", digits=(5, 2), default=2.0, tracking=True, help="How long it lasts."
    )
    place = fields.Char()
    enterprise_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union of the Enterprise",
        ondelete="restrict",
        index="btree_not_null",
        domain=[("tier", "in", ("enterprise", "institution", "grassroots", "township"))],
        help="The enterprise in which it takes place, where it has a union here.",
    )
    enterprise_name = fields.Char(
        string="Enterprise",
        compute="_compute_enterprise_name",
        store=True,
        readonly=False,
        precompute=True,
    )
    matter_id = fields.Many2one(comodel_name="legal.aid.matter", ondelete="restrict", index="btree_not_null")
    worker_count = fields.Integer(string="Workers", tracking=True)
    union_officer_count = fields.Integer(string="Union Officers", tracking=True)
    employer_count = fields.Integer(string="Employers", help="Managers and owners of enterprises.", tracking=True)
    other_count = fields.Integer(string="Staff and Others", tracking=True)
    attendee_count = fields.Integer(
        string="Attendance",
        compute="_compute_attendee_count",
        store=True,
        readonly=False,
        precompute=True,
        help="Everybody whom it reached, without the lawyers.",
    )
    media_outlet = fields.Char(string="Medium", help="Newspaper, station, site or account that published it.")
    media_title = fields.Char(string="Title of the Piece")
    media_url = fields.Char(string="Address")
    minutes = fields.Text(help="Course and result. No names of workers.")
    line_ids = fields.One2many(
        comodel_name="legal.aid.activity.attendance",
        inverse_name="activity_id",
        string="Attendance List",
        copy=True,
        groups=LIST_READERS,
    )
    volunteer_ids = fields.Many2many(
        comodel_name="legal.aid.volunteer",
        string="Lawyers",
        groups=LIST_READERS,
        compute="_compute_volunteer_ids",
        inverse="_inverse_volunteer_ids",
        search="_search_volunteer_ids",
    )
    volunteer_hours = fields.Float(
        string="Hours of Lawyers", compute="_compute_volunteer_hours", store=True, digits=(7, 2)
    )
    state = fields.Selection(
        selection=[
            ("planned", "Planned"),
            ("reported", "Reported by the lawyer"),
            ("held", "Held"),
            ("cancelled", "Cancelled"),
        ],
        default="planned",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    confirmed_date = fields.Date(string="Confirmed On", readonly=True, copy=False)
    confirmed_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    cancel_note = fields.Text(string="Cancelled Because", readonly=True, copy=False)
    correction_note = fields.Text(string="Corrected Because", readonly=True, copy=False)
    is_own = fields.Boolean(compute="_compute_is_editable", help="Whether this user's union answers for it.")
    is_editable = fields.Boolean(compute="_compute_is_editable")

    _counts_not_negative = models.Constraint(
        "CHECK(COALESCE(worker_count, 0) >= 0 AND COALESCE(union_officer_count, 0) >= 0"
        " AND COALESCE(employer_count, 0) >= 0 AND COALESCE(other_count, 0) >= 0 AND COALESCE(attendee_count, 0) >= 0)",
        "The number of people is zero or more. Correct it.",
    )
    _hours_in_a_day = models.Constraint(
        "CHECK(hours >= 0 AND hours <= 24)", "An activity lasts at most 24 hours. Enter one for each day."
    )

    # Compute

    @api.depends("name", "date")
    def _compute_display_name(self):
        for activity in self:
            activity.display_name = f"{fields.Date.to_string(activity.date) or ''} {activity.name or ''}".strip()

    @api.depends("enterprise_id")
    def _compute_enterprise_name(self):
        for activity in self:
            # The name of a union is no secret.
            activity.enterprise_name = activity.enterprise_id.sudo().name or activity.enterprise_name

    @api.depends(*AUDIENCE)
    def _compute_attendee_count(self):
        for activity in self:
            # Who knows the number only, and not who they were, enters the number.
            activity.attendee_count = sum(activity[name] for name in AUDIENCE) or activity.attendee_count

    @api.depends("line_ids.volunteer_id")
    @api.depends_context("uid")
    def _compute_volunteer_ids(self):
        """Those whom the reader may open; of an activity of a union above he finds the other names on the lines."""
        lawyers = self.line_ids.volunteer_id._filtered_access("read")
        for activity in self:
            activity.volunteer_ids = activity.line_ids.volunteer_id & lawyers

    def _inverse_volunteer_ids(self):
        for activity in self:
            # Whom one does not see, one does not take off the list.
            seen = activity.line_ids.volunteer_id._filtered_access("read")
            dropped = seen - activity.volunteer_ids
            gone = activity.line_ids.filtered(lambda line, dropped=dropped: line.volunteer_id in dropped)
            new = activity.volunteer_ids - activity.line_ids.volunteer_id
            activity.line_ids = [
                *(Command.delete(line.id) for line in gone),
                *(Command.create({"volunteer_id": volunteer.id}) for volunteer in new),
            ]

    def _search_volunteer_ids(self, operator, value):
        return Domain("line_ids.volunteer_id", operator, value)

    @api.depends("line_ids.hours", "line_ids.attended")
    def _compute_volunteer_hours(self):
        for activity in self:
            activity.volunteer_hours = sum(activity.line_ids.filtered("attended").mapped("hours"))

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_is_editable(self):
        writable = self._origin._filtered_access("write")
        for activity in self:
            activity.is_own = not activity._origin or activity._origin in writable
            activity.is_editable = activity.is_own and activity.state in OPEN_STATES

    # Constraints

    @api.constrains("media_url")
    def _check_media_url(self):
        for activity in self.filtered("media_url"):
            if not activity.media_url.startswith(("https://", "http://")):
                raise ValidationError(
                    self.env._(
                        "%(activity)s: “%(address)s” is no address of a page. Copy the address with its https://.",
                        activity=activity.display_name,
                        address=activity.media_url,
                    )
                )

    # Actions

    def action_hold(self):
        """Confirm that the activity was held as it stands here; from now on it counts.

        :raises UserError: with every reason why one of them cannot be confirmed
        """
        self.check_access("write")
        self._check_transition("held")
        self._raise_reasons(self._get_cannot_hold_reason())
        self._transition("held", {"confirmed_date": legal_today(self), "confirmed_by_id": self.env.uid})
        return True

    def action_cancel(self, note=""):
        """It does not take place, or was not as the lawyer reported; opens a dialog when called without a note."""
        self.check_access("write")
        self._check_transition("cancelled")
        if not note.strip():
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_cancel", False, self.env._("Cancel the Activity")
            )
        self._transition("cancelled", {"cancel_note": note})
        return True

    def action_correct(self, note=""):
        """Open a confirmed activity again, with the reason; what stood there is kept in its history (V3)."""
        self.check_access("write")
        self._check_state("held")
        if not note.strip():
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_correct", False, self.env._("Correct the Activity")
            )
        for activity in self:
            activity.message_post(
                body=self.env._(
                    "Opened for correction: %(note)s\nIt stood there: %(facts)s",
                    note=note,
                    facts=activity._describe_facts(),
                )
            )
        self._transition("planned", {"correction_note": note, "confirmed_date": False, "confirmed_by_id": False})
        return True

    # Business

    @api.model
    def _get_coming_at(self, unions, limit=3):
        """``[{name, kind, date, place}]`` of what is planned at enterprises of ``unions`` from today on, the next one first."""
        # Plain values for the enterprise in which it takes place; not who of the team comes.
        activities_sudo = self.sudo().search(
            Domain("enterprise_id", "in", unions.ids)
            & Domain("state", "=", "planned")
            & Domain("date", ">=", legal_today(self)),
            order="date, id",
            limit=limit,
        )
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return [
            {"name": one.name, "kind": kinds[one.kind], "date": one.date, "place": one.place} for one in activities_sudo
        ]

    def _get_cannot_hold_reason(self):
        """Why an activity cannot be confirmed as held: ``{activity: reason or False}``."""
        today = legal_today(self)
        reasons = {}
        for activity in self:
            names = {"activity": activity.display_name}
            reason = False
            if activity.date > today:
                reason = self.env._("%(activity)s is still to come. Confirm it on its day or later.", **names)
            elif activity.kind == "publicity" and not activity.attendee_count:
                reason = self.env._("%(activity)s: enter how many people it reached, then confirm it.", **names)
            elif activity.kind == "media" and not activity.media_outlet:
                reason = self.env._("%(activity)s: enter which medium published it, then confirm it.", **names)
            elif activity.kind == "joint_meeting" and not (activity.minutes or "").strip():
                reason = self.env._("%(activity)s: enter the minutes of the meeting, then confirm it.", **names)
            reasons[activity] = reason
        return reasons

    def _describe_facts(self):
        """The confirmed facts in one line, for the history of a correction."""
        self.ensure_one()
        lawyers = [
            f"{line.volunteer_id.sudo().name} {line.hours:g}" for line in self.line_ids.filtered("attended").sudo()
        ]
        return join_clauses(
            self.env,
            [
                self.display_name,
                self.env._("%(hours)s hours", hours=f"{self.hours:g}"),
                self.env._("attendance %(count)s", count=self.attendee_count),
                self.env._("lawyers %(names)s", names=join_names(self.env, lawyers) or "—"),
            ],
        )
