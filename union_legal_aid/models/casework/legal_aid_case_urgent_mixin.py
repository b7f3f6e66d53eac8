from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import clocks
from ..organization.legal_day import legal_today
from ..organization.wording import join_clauses

EARLY = ("draft", "submitted", "supplement")


class LegalAidCaseUrgentMixin(models.AbstractModel):
    """先行援助: help first, formalities later (I9, 法律援助法 §44).

    On the urgent path work is logged, and a lawyer mandated, before aid is granted. From the first help a clock runs for the
    formalities; until they are complete the case is not closed and nothing is paid for it.
    """

    _name = "legal.aid.case.urgent.mixin"
    _description = "Urgent Aid"

    is_urgent = fields.Boolean(string="Urgent", help="Help first, formalities later (法律援助法 §44).")
    urgent_ground = fields.Selection(
        selection=[
            ("limitation", "A time limit ends within seven days (§44(一))"),
            ("preservation", "Preservation or advance enforcement (§44(二))"),
            ("other", "Other case named by law or regulation (§44(三))"),
        ],
        string="Ground of Urgency",
        compute="_compute_urgent_ground",
        store=True,
        precompute=True,
        readonly=False,
    )
    urgent_reason = fields.Text()
    urgent_limit_date = fields.Date(
        string="Last Day of the Limit",
        help="The last day to sue, to apply for arbitration or for reconsideration; the clocks of the case tell it as well.",
    )
    urgent_since = fields.Date(
        string="Urgent Aid Since",
        compute="_compute_urgent_since",
        store=True,
        precompute=True,
        readonly=False,
        help="The day from which aid was given before the formalities.",
    )
    formalities_date = fields.Date(string="Formalities Complete On", readonly=True, copy=False)
    formalities_missing = fields.Text(string="Formalities Still Missing", compute="_compute_formalities_missing")
    urgent_hint = fields.Text(compute="_compute_urgent_hint")
    can_mandate_first = fields.Boolean(compute="_compute_can_mandate_first", groups="union_legal_aid.group_officer")

    # Compute

    @api.depends("is_urgent")
    def _compute_urgent_ground(self):
        for case in self:
            case.urgent_ground = case.is_urgent and (case.urgent_ground or "other")

    @api.depends("is_urgent")
    def _compute_urgent_since(self):
        today = legal_today(self)
        for case in self:
            case.urgent_since = case.is_urgent and (case.urgent_since or today)

    @api.depends("is_urgent", "formalities_date", "state", "mandate_id.state", "applicant_kind", "hardship_basis")
    @api.depends_context("lang")
    def _compute_formalities_missing(self):
        for case in self:
            waiting = case.is_urgent and not case.formalities_date
            case.formalities_missing = (
                join_clauses(self.env, case._get_missing_formalities()) or False if waiting else False
            )

    @api.depends("is_urgent", "urgent_limit_date", "deadline_ids.date_due", "deadline_ids.state", "urgent_since")
    @api.depends_context("lang")
    def _compute_urgent_hint(self):
        for case in self:
            case.urgent_hint = case._explain_limit()

    @api.depends("is_urgent", "state", "mandate_id")
    @api.depends_context("uid")
    def _compute_can_mandate_first(self):
        writable = self._origin._filtered_access("write")
        for case in self:
            early = case.is_urgent and case.state in EARLY and not case.mandate_id
            case.can_mandate_first = early and case._origin in writable

    # Constraints

    @api.constrains("is_urgent", "urgent_reason")
    def _check_urgent_reason(self):
        for case in self:
            if case.is_urgent and not (case.urgent_reason or "").strip():
                raise ValidationError(
                    self.env._("Case %(case)s is marked as urgent. Enter why it cannot wait.", case=case.display_name)
                )

    @api.constrains("is_urgent", "urgent_ground", "urgent_limit_date", "urgent_since")
    def _check_urgent_ground(self):
        """The ground of the time limit holds with fewer than seven days left, on the day the urgent aid began."""
        today = legal_today(self)
        for case in self.filtered(lambda case: case.is_urgent and case.urgent_ground == "limitation"):
            _kind, last_day = case._find_urgent_limit()
            since = case.urgent_since or today
            if not last_day:
                raise ValidationError(
                    self.env._(
                        "Case %(case)s: no clock of this case tells a time limit. Enter the last day of the limit, or choose another"
                        " ground of urgency.",
                        case=case.display_name,
                    )
                )
            if not clocks.allows_aid_first(since, last_day):
                raise ValidationError(
                    self.env._(
                        "Case %(case)s: the limit ends on %(date)s, %(days)s days after %(since)s. Aid comes before the formalities"
                        " only with fewer than seven days left (法律援助法 §44(一)).",
                        case=case.display_name,
                        date=fields.Date.to_string(last_day),
                        days=(last_day - since).days,
                        since=fields.Date.to_string(since),
                    )
                )

    @api.constrains("urgent_since")
    def _check_urgent_since(self):
        today = legal_today(self)
        for case in self.filtered("urgent_since"):
            if case.urgent_since > today:
                raise ValidationError(
                    self.env._(
                        "Case %(case)s: urgent aid cannot have begun on %(date)s, which lies in the future.",
                        case=case.display_name,
                        date=fields.Date.to_string(case.urgent_since),
                    )
                )

    # CRUD

    def write(self, vals):
        if "is_urgent" in vals and not vals["is_urgent"]:
            self._raise_reasons(self._get_still_urgent_reason())
        before = {case: (case.is_urgent, case.urgent_since) for case in self} if self._touches_urgency(vals) else {}
        result = super().write(vals)
        for case, (was_urgent, since) in before.items():
            if was_urgent and not case.is_urgent:
                case._void_deadlines("formalities")
            elif case.is_urgent and (not was_urgent or since != case.urgent_since):
                case._run_formalities()
        return result

    # Actions

    def action_mandate_first(self, volunteer_id=None):
        """Mandate a lawyer of the contact point before aid is granted (法律援助法 §44); the one on the case, if none is given.

        :param volunteer_id: record or id of ``legal.aid.volunteer``
        """
        self.check_access("write")
        self._raise_reasons(self._get_cannot_mandate_first_reason())
        return self._take_lawyer(volunteer_id, lambda case, lawyer: case._do_mandate_first(lawyer))

    def action_complete_formalities(self):
        """Record that application, decision and mandate were made good; until then nothing is closed and nothing paid.

        :raises UserError: naming everything that is still missing
        """
        self.check_access("write")
        self._raise_reasons(self._get_cannot_complete_formalities_reason())
        self._complete_formalities()
        return True

    # Business

    @api.model
    def _touches_urgency(self, vals):
        return {"is_urgent", "urgent_since"} & vals.keys()

    def _find_urgent_limit(self):
        """``(kind of clock or False, last day or False)`` of the limit that ends first: to sue, arbitrate, or ask for reconsideration."""
        self.ensure_one()
        limits = [
            (clock.date_due, clock.kind)
            for clock in self.sudo().deadline_ids  # clocks are closed to those who may be told of the limit
            if clock.state == "open" and clock.date_due and clocks.get(clock.kind).is_filing
        ]
        if self.urgent_limit_date:
            limits.append((self.urgent_limit_date, ""))
        last_day, kind = min(limits, default=(False, False))
        return kind, last_day

    def _explain_limit(self):
        """Whether the nearest time limit lets aid come first today, in a sentence; False without a limit."""
        self.ensure_one()
        _kind, last_day = self._find_urgent_limit()
        today = legal_today(self)
        if not last_day or last_day < today:
            return False
        names = {"date": fields.Date.to_string(last_day), "days": (last_day - today).days}
        if clocks.allows_aid_first(today, last_day):
            return self.env._(
                "A time limit ends on %(date)s, in %(days)s days: aid may come before the formalities (法律援助法 §44(一)).",
                **names,
            )
        return self.env._(
            "The next time limit ends on %(date)s, in %(days)s days: aid waits for the formalities, unless another ground applies.",
            **names,
        )

    def _run_formalities(self):
        """Start the countdown from the first help; nothing is left to be made good where aid was granted and mandated before."""
        for case in self.filtered(lambda case: not case.formalities_date):
            if case._get_missing_formalities():
                case._open_deadline("formalities", case.urgent_since)
            else:
                case._complete_formalities()

    def _get_missing_formalities(self):
        """What has to be made good, as a list of phrases; empty when everything is there."""
        self.ensure_one()
        case = self.sudo()  # the same for the lawyer, the officer and who pays
        missing = []
        if case.state in ("draft", "supplement"):
            details = case._get_missing_details()
            missing.append(
                self.env._("the complete application (%(details)s)", details=join_clauses(self.env, details))
                if details
                else self.env._("the complete application, submitted")
            )
        if case.state in EARLY:
            missing.append(self.env._("the decision to grant aid"))
        if not case.is_mandated:
            missing.append(
                self.env._("the mandate of %(union)s", union=case.contact_point_id.name or case.organization_id.name)
            )
        return missing

    def _has_missing_formalities(self):
        self.ensure_one()
        return self.is_urgent and not self.formalities_date and bool(self._get_missing_formalities())

    def _explain_missing_formalities(self):
        self.ensure_one()
        return self.env._(
            "Urgent aid was given in case %(case)s, and its formalities are not complete. Missing: %(missing)s.",
            case=self.name,
            missing=join_clauses(self.env, self._get_missing_formalities()),
        )

    def _complete_formalities(self):
        today = legal_today(self)
        for case in self:
            case._workflow_write({"formalities_date": today})
            case._close_deadline("formalities", today)

    def _settle_formalities(self):
        """After a step that made something good: with nothing missing any more, the formalities are complete."""
        for case in self.filtered(lambda case: case.is_urgent and not case.formalities_date):
            if not case._get_missing_formalities():
                case._complete_formalities()

    def _get_next_step(self):
        step = super()._get_next_step()
        if self.state not in ("assigned", "in_progress", "closed", *EARLY) or not self._has_missing_formalities():
            return step
        missing = self.env._(
            "Make good the formalities: %(missing)s.", missing=join_clauses(self.env, self._get_missing_formalities())
        )
        return f"{missing} {step or ''}".strip() if self.state in EARLY else missing

    def _get_still_urgent_reason(self):
        """Why the mark cannot be taken away: help was given on the strength of it."""
        return {
            case: case._has_missing_formalities()
            and bool(case.mandate_id or case.sudo().work_log_ids)
            and self.env._(
                "Urgent aid was given in case %(case)s already, so the mark stays. Complete the formalities.",
                case=case.name,
            )
            for case in self.filtered("is_urgent")
        }

    def _get_cannot_mandate_first_reason(self):
        reasons = {}
        for case in self:
            reasons[case] = False
            if not case.is_urgent:
                reasons[case] = self.env._(
                    "Case %(case)s is not urgent. Mark it as urgent with its ground, or have the aid granted first.",
                    case=case.name,
                )
            elif case.state not in EARLY:
                reasons[case] = self.env._(
                    "Case %(case)s is in state “%(state)s”. Before the grant a lawyer is mandated this way, afterwards by “Assign"
                    " Lawyer”.",
                    case=case.name,
                    state=case._get_state_label(case.state),
                )
            elif case.mandate_id:
                reasons[case] = self.env._("A lawyer is mandated in case %(case)s already.", case=case.name)
        return reasons

    def _get_cannot_complete_formalities_reason(self):
        reasons = {}
        for case in self:
            reasons[case] = False
            if not case.is_urgent:
                reasons[case] = self.env._(
                    "Case %(case)s is not on the urgent path, so no formalities are to be made good.", case=case.name
                )
            elif case.formalities_date:
                reasons[case] = self.env._(
                    "The formalities of case %(case)s are complete since %(date)s.",
                    case=case.name,
                    date=fields.Date.to_string(case.formalities_date),
                )
            elif case._has_missing_formalities():
                reasons[case] = case._explain_missing_formalities()
        return reasons

    def _do_mandate_first(self, volunteer):
        self.ensure_one()
        self._workflow_write({"volunteer_id": volunteer.id})
        mandate_sudo = self._ensure_mandate(volunteer)
        self._workflow_write({"mandate_id": mandate_sudo.id})
        self._notify_lawyer(
            lambda env: env._("Urgent case %(case)s", case=self.name),
            lambda env: env._(
                "You are mandated in urgent case %(case)s: help first, the formalities follow. Open it on your page.",
                case=self.name,
            ),
        )

    def _do_grant(self):
        result = super()._do_grant()
        if (
            self.state == "granted"
            and self.is_urgent
            and self.volunteer_id
            and self.mandate_id.sudo().state == "issued"
        ):
            # The lawyer who was mandated first goes on without a second assignment.
            self._do_assign(self.volunteer_id, is_reported=True)
        self._settle_formalities()
        return result

    def _do_end(self, state, reason, note):
        result = super()._do_end(state, reason, note)
        if state in ("refused", "withdrawn") and self.mandate_id.sudo().state in ("draft", "issued"):
            self.mandate_id.sudo()._do_cancel()
            self._notify_lawyer(
                lambda env: env._("No aid in case %(case)s", case=self.name),
                lambda env: env._("No aid is granted in case %(case)s. Stop the work.", case=self.name),
            )
        return result

    def _do_assign(self, volunteer, is_reported=False):
        result = super()._do_assign(volunteer, is_reported=is_reported)
        self._settle_formalities()
        return result

    def _on_mandate_issued(self, mandate):
        result = super()._on_mandate_issued(mandate)
        if self.state == "granted" and self.is_urgent and self.volunteer_id == mandate.volunteer_id:
            self._do_assign(self.volunteer_id, is_reported=True)
        self._settle_formalities()
        return result

    def _get_cannot_close_reason(self, *args, **kwargs):
        reasons = super()._get_cannot_close_reason(*args, **kwargs)
        for case in self.filtered(lambda case: not reasons[case] and case._has_missing_formalities()):
            reasons[case] = case._explain_missing_formalities()
        return reasons

    def _get_no_payment_reason(self):
        reasons = super()._get_no_payment_reason()
        for case in self.filtered(lambda case: not reasons[case] and case._has_missing_formalities()):
            reasons[case] = case._explain_missing_formalities()
        return reasons
