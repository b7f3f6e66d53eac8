from odoo import api, fields, models
from odoo.exceptions import UserError

from ..organization.legal_day import legal_today
from .legal_aid_verdict_mixin import DECIDED_STATES, OPEN_STATES

# The clock of each thing that a complaint waits for.
CLOCK_OF_POINT = {
    "acknowledge": "complaint_acknowledge",
    "hear": "complaint_decide",
    "reply": "complaint_reply",
    "verdict": "complaint_decide",
    "inform": "complaint_inform",
}
CLOSING_FIELDS = frozenset({"informed_date", "inform_note", "closed_date", "lawyer_change_id"})


class LegalAidComplaintClosingMixin(models.AbstractModel):
    """A complaint is at its end when everybody was told and the bureau's result is in (T7, C11); until then it says what it
    waits for. And it may end in another lawyer for the case (C6).
    """

    _name = "legal.aid.complaint.closing.mixin"
    _description = "Closing of a Complaint"

    informed_date = fields.Date(string="Complainant Informed On", readonly=True, copy=False)
    inform_note = fields.Text(string="Told the Complainant", readonly=True, copy=False)
    closed_date = fields.Date(string="Closed On", readonly=True, copy=False)
    open_point = fields.Selection(
        selection=[
            ("acknowledge", "Accept it and tell the complainant"),
            ("hear", "Ask the lawyer for a reply"),
            ("reply", "The lawyer's reply is awaited"),
            ("verdict", "Decide"),
            ("refer", "Refer it to the justice bureau"),
            ("justice", "The justice bureau's result is awaited"),
            ("inform", "Tell the complainant the result"),
            ("inform_lawyer", "Tell the lawyer the result"),
            ("close", "Close"),
        ],
        string="Next Step",
        compute="_compute_open_point",
    )
    open_point_due = fields.Date(string="Due", compute="_compute_open_point_due", help="Last day of the next step.")
    lawyer_change_id = fields.Many2one(
        comodel_name="legal.aid.lawyer.change",
        string="Change of Lawyer",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="union_legal_aid.group_officer,union_legal_aid.group_auditor",
    )
    can_ask_lawyer_change = fields.Boolean(compute="_compute_can_ask_lawyer_change")

    # Compute

    @api.depends(
        "state",
        "acknowledged_date",
        "told_lawyer_date",
        "reply_date",
        "reply_due",
        "category",
        "referred_date",
        "justice_result_id",
        "justice_waiver_id",
        "informed_date",
        "lawyer_informed_date",
        "closed_date",
        "complainant_kind",
    )
    def _compute_open_point(self):
        for complaint in self:
            points = complaint._get_open_points()
            complaint.open_point = not complaint.closed_date and (points[0] if points else "close")

    @api.depends("open_point", "deadline_ids.state", "deadline_ids.date_due")
    def _compute_open_point_due(self):
        for complaint in self:
            kind = CLOCK_OF_POINT.get(complaint.open_point)
            running = complaint.deadline_ids.filtered(lambda clock: clock.state == "open").grouped("kind")
            clock = running.get(kind, self.env["legal.aid.deadline"])
            complaint.open_point_due = clock[:1].date_due

    @api.depends("state", "case_id", "lawyer_change_id")
    @api.depends_context("uid")
    def _compute_can_ask_lawyer_change(self):
        for complaint in self:
            case = complaint.case_id
            complaint.can_ask_lawyer_change = bool(
                complaint.state in (*OPEN_STATES, "verified")
                and not complaint.lawyer_change_id
                and case
                and case.has_access("write")
                and case.state in ("assigned", "in_progress")
                and case.volunteer_id == complaint.volunteer_id
                and not case._get_open_lawyer_change()
            )

    # Actions

    def action_inform(self, note="", date=None):
        """Record that the complainant was told the outcome."""
        self._check_state(*DECIDED_STATES)
        day = self._get_day(date)
        self._workflow_write({"informed_date": day, "inform_note": note})
        self._close_deadline("complaint_inform", day)
        self._close_if_done()
        return True

    def action_close(self, reason_code=None, note=""):
        """Close by hand what is told; without the bureau's result only with a reason.

        :raises UserError: naming what every one of them still waits for
        """
        self._check_city()
        waiting = self.browse()
        reasons = {}
        for complaint in self:
            points = complaint._get_open_points()
            rest = [point for point in points if point not in ("refer", "justice")]
            reasons[complaint] = rest and self.env._(
                "%(complaint)s cannot be closed yet. Next: %(step)s.",
                complaint=complaint.display_name,
                step=complaint._get_point_label(rest[0]),
            )
            if "refer" in points:
                reasons[complaint] = self.env._(
                    "%(complaint)s is about money or property: refer it to the justice bureau first.",
                    complaint=complaint.display_name,
                )
            if points:
                waiting |= complaint
        self._raise_reasons(reasons)
        if waiting and not reason_code:
            return self._open_dialog(
                "action_close", "justice_waiver", self.env._("Close Without the Justice Bureau's Result")
            )
        if waiting:
            reason = self.env["legal.aid.reason"]._get_coded("justice_waiver", reason_code)
            waiting._workflow_write({"justice_waiver_id": reason.id, "justice_waiver_note": note})
        self._close_if_done()
        return True

    def action_request_lawyer_change(self):
        """Ask for another lawyer in the case that the complaint is about; a leader of its union decides (C6)."""
        self.ensure_one()
        if not self.can_ask_lawyer_change:
            raise UserError(
                self.env._(
                    "%(complaint)s: another lawyer can be asked for by the office of its case, while this lawyer handles it.",
                    complaint=self.display_name,
                )
            )
        change = self.case_id.action_request_lawyer_change(
            reason_code="recipient",
            requester="union",
            note=self.env._("Complaint %(number)s", number=self.name),
        )
        # County officers, who may ask in their case, do not handle the complaint.
        self.sudo()._workflow_write({"lawyer_change_id": change.id})
        return {
            "type": "ir.actions.act_window",
            "res_model": change._name,
            "res_id": change.id,
            "views": [(False, "form")],
        }

    # Business

    def _get_open_points(self):
        """What the complaint waits for, first things first; empty when it is at its end."""
        self.ensure_one()
        if self.state in OPEN_STATES:
            return self._get_points_before_verdict()
        points = []
        if self.category == "property" and self.state != "void" and not self.justice_waiver_id:
            if not self.referred_date:
                points.append("refer")
        if self.referred_date and self.state != "void" and not self.justice_result_id and not self.justice_waiver_id:
            points.append("justice")
        if self.state != "void" and self.complainant_kind != "anonymous" and not self.informed_date:
            points.append("inform")
        if (self.told_lawyer_date or self.state == "verified") and not self.lawyer_informed_date:
            points.append("inform_lawyer")
        # What the office can do itself comes before what it waits for.
        return sorted(points, key=lambda point: point == "justice")

    def _get_points_before_verdict(self):
        self.ensure_one()
        points = []
        if not self.acknowledged_date:
            points.append("acknowledge")
        if self.must_refer:
            points.append("refer")
        if not self.told_lawyer_date and not self.reply_date:
            points.append("hear")
        elif self.is_hearing:
            points.append("reply")
        return [*points, "verdict"]

    def _get_point_label(self, point):
        return dict(self._fields["open_point"]._description_selection(self.env))[point]

    def _close_if_done(self):
        today = legal_today(self)
        for complaint in self:
            if complaint.state in DECIDED_STATES and not complaint.closed_date and not complaint._get_open_points():
                complaint._workflow_write({"closed_date": today})

    def _notify_city_office(self, step):
        """Tell the office of the city, by number only, that something came in that it did not do itself."""
        self.ensure_one()
        city_sudo = self.sudo().city_id
        users_sudo = self.env["legal.aid.deadline"].sudo()._get_office_users(city_sudo)[city_sudo]
        self.env["legal.aid.notification"]._tell(
            users_sudo - self.env.user,
            lambda env: {
                "received": env._("Complaint %(number)s came in", number=self.name),
                "replied": env._("Complaint %(number)s: the lawyer replied", number=self.name),
                "justice": env._("Complaint %(number)s: the justice bureau's result is in", number=self.name),
            }[step],
            lambda env: "",
            self,
            page=f"/odoo/legal-aid-complaints/{self.id}",
            link=lambda env: env._("Open the complaint"),
            office=city_sudo,
        )
