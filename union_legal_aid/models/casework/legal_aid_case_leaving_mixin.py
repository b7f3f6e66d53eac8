from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.obligations import Obligation
from ..organization.legal_day import legal_today
from ..organization.wording import join_clauses, join_names

LEAVING_FIELDS = ("union_handled_since", "union_handler_id", "supervisor_id")
LEAVING_ACTIVITY = "union_legal_aid.mail_activity_type_leaving"


class LegalAidCaseLeavingMixin(models.AbstractModel):
    """A case whose lawyer leaves, is suspended, or has no contract any more (T9, C6): it is never with nobody.

    Either another lawyer has it, or the union handles it itself, by a named officer or by its office, until the clock of the new
    assignment has run; or its lawyer finishes it under the eyes of a named officer.
    """

    _name = "legal.aid.case.leaving.mixin"
    _description = "Case Whose Lawyer Leaves"

    union_handled_since = fields.Date(
        string="Handled by the Union Since",
        readonly=True,
        copy=False,
        help="Its lawyer left, and the union handles the case itself until another one has it.",
    )
    union_handler_id = fields.Many2one(
        comodel_name="res.users",
        string="Handled by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="The officer who handles the case until another lawyer has it; empty: the office.",
    )
    supervisor_id = fields.Many2one(
        comodel_name="res.users",
        string="Supervising Officer",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="Watches the lawyer who finishes this case while he is suspended or without a contract.",
    )
    lawyer_status = fields.Char(compute="_compute_lawyer_status")

    # Compute

    @api.depends("state", "volunteer_id.state", "union_handled_since", "union_handler_id", "supervisor_id")
    @api.depends_context("lang")
    def _compute_lawyer_status(self):
        for case in self:
            # That a lawyer is suspended stands on the roster; whoever may open his case may be told.
            case.lawyer_status = case.sudo()._describe_lawyer_status()

    # Business

    @api.model
    def _domain_held(self):
        """Cases that are in a lawyer's hands: running ones, and those in which he was mandated before the grant (I9)."""
        early = Domain("state", "in", ("draft", "submitted", "supplement", "granted"))
        return self._domain_open() | (early & Domain("mandate_id", "!=", False))

    def _describe_lawyer_status(self):
        self.ensure_one()
        names = {
            "officer": self.union_handler_id.name or self.organization_id.name,
            "supervisor": self.supervisor_id.name,
            "lawyer": self.volunteer_id.name,
            "date": fields.Date.to_string(self.union_handled_since),
        }
        if self.union_handled_since:
            return self.env._("Handled by the union itself (%(officer)s) since %(date)s.", **names)
        if not self.volunteer_id or self.state not in ("assigned", "in_progress"):
            return False
        if self.volunteer_id.state == "suspended":
            return self.env._("%(lawyer)s is suspended and finishes this case under supervision.", **names)
        return bool(self.supervisor_id) and self.env._(
            "%(lawyer)s has no contract any more and finishes this case; %(supervisor)s supervises.", **names
        )

    def _make_obligation(self, kind):
        """This case as a line of the hand-over list of its lawyer: number, days and clocks."""
        self.ensure_one()
        case_sudo = self.sudo()  # numbers and days only
        parts = [
            self._get_state_label(self.state),
            case_sudo.last_work_date
            and self.env._("last worked on %(date)s", date=fields.Date.to_string(case_sudo.last_work_date)),
            case_sudo.mandate_id.number and self.env._("mandate %(number)s", number=case_sudo.mandate_id.number),
            case_sudo._describe_running_clocks(),
        ]
        return Obligation(
            kind,
            self.name,
            join_clauses(self.env, filter(None, parts)),
            self.organization_id.name,
            case_sudo.next_deadline or None,
        )

    def _get_default_officer(self):
        """Who stands for the office of the case: whoever submitted it, else its first officer."""
        self.ensure_one()
        officers = self.env["legal.aid.deadline"].sudo()._get_office_users(self.organization_id)[self.organization_id]
        known = self.sudo().submitted_by_id & officers
        return (known or officers)[:1].sudo(False)

    def _pass_to_union(self, reason, note="", officer=None, is_urgent=False):
        """Take the cases from their lawyer; the union handles them itself until the clock of the new assignment has run."""
        today = legal_today(self)
        for case in self:
            case._release_from_member(reason, note)
            if is_urgent and case.state == "granted":
                case._open_deadline("assign", today, days=case._get_urgent_assign_days(today))
            case._workflow_write({"union_handled_since": today, "union_handler_id": officer.id if officer else False})
            case._message_log(body=case._describe_lawyer_status())

    def _release_from_member(self, reason, note):
        """Take the case from its lawyer, also where he was mandated before the grant (I9)."""
        self.ensure_one()
        if self.state in ("assigned", "in_progress"):
            self._do_release("ended", reason, note)
            return
        self.mandate_id.sudo()._do_cancel()
        self._workflow_write({"volunteer_id": False, "mandate_id": False})

    def _get_urgent_assign_days(self, date):
        policy = self.policy_id or self.env["legal.aid.policy"]._find(self.organization_id, date)
        return policy.sudo().urgent_assign_days or 1

    def _supervise(self, officer=None):
        """The lawyer goes on under the eyes of ``officer``, else of whoever stands for the office."""
        for case in self:
            case._workflow_write({"supervisor_id": (officer or case._get_default_officer()).id})
            case._message_log(body=case._describe_lawyer_status() or "")

    def _get_successor_reason(self, successor):
        """Why ``successor`` cannot take the case over, or False."""
        self.ensure_one()
        return self._get_cannot_assign_reason(successor)

    def _give_to_successor(self, successor, reason, note):
        """From lawyer to lawyer in one act; before the grant the next one is mandated first, too (I9)."""
        self.ensure_one()
        if self.state in ("assigned", "in_progress"):
            self.action_change_lawyer(volunteer_id=successor, reason_code=reason.code, note=note)
            return
        self._release_from_member(reason, note)
        if self.state == "granted":
            self.action_assign(volunteer_id=successor)
        else:
            self.action_mandate_first(volunteer_id=successor)

    def _do_assign(self, volunteer, is_reported=False):
        result = super()._do_assign(volunteer, is_reported=is_reported)
        self._end_leaving_marks()
        return result

    def _do_mandate_first(self, volunteer):
        result = super()._do_mandate_first(volunteer)
        self._end_leaving_marks()
        return result

    def _do_release(self, outcome, reason, note):
        result = super()._do_release(outcome, reason, note)
        self._workflow_write({"supervisor_id": False})
        return result

    def _end_leaving_marks(self):
        """Another lawyer has the case: the union's own handling and its to-do are over."""
        self._workflow_write(dict.fromkeys(LEAVING_FIELDS, False))
        self._settle_leaving_activities()

    def _settle_leaving_activities(self):
        """The to-do of an office ends when each of its cases has its next lawyer, or is planned for no more."""
        for union in self.organization_id:
            own = Domain("organization_id", "=", union.id)
            # The office's own count, whoever settled the last one.
            handled = self.sudo().search_count(own & self._domain_union_handled(), limit=1)
            planned = (
                self.env["legal.aid.leaving.line"].sudo().search_count(own & Domain("state", "=", "open"), limit=1)
            )
            if not handled and not planned:
                self._find_leaving_activities(union).action_feedback()

    @api.model
    def _domain_union_handled(self):
        return Domain("union_handled_since", "!=", False) & Domain(
            "state", "in", ("draft", "submitted", "supplement", "granted")
        )

    @api.model
    def _find_leaving_activities(self, union):
        kind = self.env["ir.model.data"]._xmlid_to_res_id(LEAVING_ACTIVITY, raise_if_not_found=False)
        activities_sudo = self.env["mail.activity"].sudo()
        found = activities_sudo.search([("activity_type_id", "=", kind), ("res_model", "=", self._name)])
        cases_sudo = self.sudo().browse(found.mapped("res_id")).filtered(lambda case: case.organization_id == union)
        return found.filtered(lambda activity: activity.res_id in cases_sudo.ids)

    def _ask_offices_to_plan(self):
        """One to-do for each officer of each union whose cases a lawyer is going to give up, but for who lists them (T11)."""
        self._ask_offices(
            lambda env, cases: env._("A lawyer leaves: hand over %(cases)s", cases=cases), skip=self.env.user
        )

    def _ask_offices_to_assign(self):
        """One to-do for each officer of each union whose cases are with no lawyer now (T11)."""
        self._ask_offices(lambda env, cases: env._("Assign a lawyer: %(cases)s", cases=cases))

    def _ask_offices(self, get_summary, skip=None):
        """One to-do for each officer of each union, with the numbers of its cases and nothing else."""
        # Cases of all counties, where the city that ends the membership may not write.
        for union, cases_sudo in self.sudo().grouped("organization_id").items():
            officers = self.env["legal.aid.deadline"].sudo()._get_office_users(union)[union]
            first = cases_sudo.sorted("id")[:1]
            quiet = first.with_context(mail_activity_quick_update=True, legal_aid_nobody_follows=True)
            for officer in officers - (skip or officers.browse()):
                env = self.with_context(lang=officer.lang).env
                quiet.activity_schedule(
                    LEAVING_ACTIVITY,
                    date_deadline=first.next_deadline or legal_today(self),
                    user_id=officer.id,
                    summary=get_summary(env, join_names(self.env, cases_sudo.mapped("name"))),
                )
