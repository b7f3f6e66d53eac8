from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..organization.legal_day import legal_today
from ..organization.personal_fields import AUDITOR, OFFICER
from .legal_aid_case_leaving_mixin import LEAVING_ACTIVITY

RUNNING = ("requested", "running")
VOLUNTEER = "union_legal_aid.group_volunteer"


class LegalAidLeaving(models.Model):
    """How a member goes: his request, the hand-over of each case, the exit itself, and the letters about it (T9, C6).

    ==============  =======================  ==========================================================================
    State           becomes                  by
    ==============  =======================  ==========================================================================
    requested       running                  ``action_acknowledge`` (officer of the city)
    requested       withdrawn                ``action_withdraw`` (the lawyer himself, officer of the city)
    running         done                     ``action_finish`` (officer of the city): every case has somebody; also the
                                             exit itself, taken by another way
    running         withdrawn                ``action_withdraw``
    ==============  =======================  ==========================================================================

    The request alone changes nothing: membership, contract and roster follow the exit.
    """

    _name = "legal.aid.leaving"
    _description = "Leaving Procedure"
    _inherit = [
        "legal.aid.editable.mixin",
        "legal.aid.city.mixin",
        "legal.aid.workflow.mixin",
        "mail.thread",
        "legal.aid.todo.mixin",
    ]
    _order = "id desc"
    _rec_names_search = ["volunteer_id"]
    _editable_states = RUNNING

    _workflow_transitions = {"requested": ("running", "done", "withdrawn"), "running": ("done", "withdrawn")}
    _workflow_initial = {"state": "running"}
    _workflow_fields = frozenset(
        {
            "state",
            "requested_by_id",
            "requested_date",
            "acknowledged_date",
            "acknowledged_by_id",
            "done_date",
            "done_by_id",
            "withdrawn_date",
        }
    )
    _workflow_facts = {
        "volunteer_id": (),
        "kind": (),
        **dict.fromkeys(("reason_id", "last_day", "note", "contract_id"), RUNNING),
    }

    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer", string="Lawyer", required=True, ondelete="restrict", index=True
    )
    organization_id = fields.Many2one(related="volunteer_id.organization_id", store=True, index=True)
    kind = fields.Selection(
        selection=[
            ("leave", "Leaves the team"),
            ("end", "Contract ends early"),
            ("expire", "Contract expires"),
            ("suspend", "Suspended"),
            ("removal", "Removed"),
        ],
        default="leave",
        required=True,
    )
    contract_id = fields.Many2one(
        comodel_name="legal.aid.contract", ondelete="restrict", index="btree_not_null", groups=f"{OFFICER},{AUDITOR}"
    )
    reason_id = fields.Many2one(
        comodel_name="legal.aid.reason",
        ondelete="restrict",
        domain="[('usage', '=', 'suspend' if kind == 'suspend' else 'contract_end')]",
        groups=f"{OFFICER},{AUDITOR}",
    )
    note = fields.Text(string="Explanation", groups=f"{OFFICER},{VOLUNTEER}")
    last_day = fields.Date(
        string="Last Day of Service", help="The day wished, or the day on which it is to take effect."
    )
    requested_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    requested_date = fields.Date(string="Requested On", readonly=True, copy=False)
    acknowledged_date = fields.Date(string="Acknowledged On", readonly=True, copy=False)
    acknowledged_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    done_date = fields.Date(string="Completed On", readonly=True, copy=False)
    done_by_id = fields.Many2one(
        comodel_name="res.users", string="Completed By", readonly=True, copy=False, ondelete="restrict"
    )
    withdrawn_date = fields.Date(readonly=True, copy=False)
    state = fields.Selection(
        selection=[
            ("requested", "Requested"),
            ("running", "Handing Over"),
            ("done", "Completed"),
            ("withdrawn", "Withdrawn"),
        ],
        default="running",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    line_ids = fields.One2many(
        comodel_name="legal.aid.leaving.line",
        inverse_name="leaving_id",
        string="Cases",
        copy=False,
        groups=f"{OFFICER},{AUDITOR}",
    )
    line_count = fields.Integer(string="Cases in All", compute="_compute_progress", groups=f"{OFFICER},{AUDITOR}")
    open_count = fields.Integer(string="Still Open", compute="_compute_progress", groups=f"{OFFICER},{AUDITOR}")
    obstacle = fields.Text(compute="_compute_obstacle", groups=OFFICER, help="What still stands against the last step.")
    issued_document_ids = fields.One2many(
        comodel_name="legal.aid.issued.document",
        inverse_name="leaving_id",
        string="Letters",
        readonly=True,
        copy=False,
        groups=f"{OFFICER},{AUDITOR}",
    )

    _one_open = models.UniqueIndex(
        "(volunteer_id) WHERE state IN ('requested', 'running')",
        "A leaving procedure of this lawyer is open already. Go on with that one.",
    )

    # Compute

    @api.depends("volunteer_id.name", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for leaving in self:
            leaving.display_name = f"{leaving.sudo().volunteer_id.name or ''} · {kinds.get(leaving.kind, '')}"

    @api.depends("line_ids.state")
    @api.depends_context("uid")
    def _compute_progress(self):
        lines = self.env["legal.aid.leaving.line"].search([("leaving_id", "in", self.ids)]).grouped("leaving_id")
        for leaving in self:
            own = lines.get(leaving._origin, self.env["legal.aid.leaving.line"])
            leaving.line_count = len(own)
            leaving.open_count = len(own.filtered(lambda line: line.state == "open"))

    @api.depends("state", "kind", "last_day", "reason_id", "line_ids.state")
    @api.depends_context("uid", "lang")
    def _compute_obstacle(self):
        reasons = self._get_cannot_finish_reasons()
        for leaving in self:
            leaving.obstacle = leaving.state == "running" and reasons[leaving]

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        leavings = super().create(vals_list)
        leavings.filtered(lambda leaving: leaving.state == "running")._sync_lines()
        return leavings

    # Actions

    def action_acknowledge(self):
        """The city knows of the request; the hand-over of the cases begins. The lawyer is told."""
        self.check_access("write")
        self._check_state("requested")
        self._transition("running", {"acknowledged_date": legal_today(self), "acknowledged_by_id": self.env.uid})
        self._sync_lines()
        self._find_activities().action_feedback()
        for leaving in self:
            leaving._tell_lawyer(
                lambda env: env._("Your request to leave the team"),
                lambda env: env._(
                    "The city union has your request to leave the team and arranges for your cases. Please work on until the"
                    " hand-over is done."
                ),
            )
        return True

    def action_withdraw(self):
        """The lawyer stays: he takes his request back himself, or the city gives the procedure up. What was handed over stays so."""
        self.check_access("read")
        self._check_state(*RUNNING)
        for leaving in self:
            own = leaving.requested_by_id == self.env.user
            if not own:
                leaving.check_access("write")
            leaving.sudo()._do_withdraw()
        return True

    def action_update_lines(self):
        """Look again which cases he has now."""
        self.check_access("write")
        self._check_state("running")
        self._sync_lines()
        return True

    def action_hand_over(self):
        """Hand over every case as planned, in one go: all of them, or none and every reason why."""
        self.check_access("write")
        self._check_state("running")
        lines = self.env["legal.aid.leaving.line"].search([("leaving_id", "in", self.ids), ("state", "=", "open")])
        if not lines:
            raise UserError(self.env._("Every case on the list has somebody already."))
        return lines.action_hand_over()

    def action_finish(self):
        """Take the step itself: exit, early end or suspension, on its last day. Refused while a case is with nobody."""
        self.check_access("write")
        self._check_state("running")
        self._raise_reasons(self._get_cannot_finish_reasons())
        for leaving in self:
            getattr(leaving, f"_finish_{leaving.kind}")()
            if leaving.state == "running":
                leaving._do_finish()
        return True

    def action_issue_letters(self):
        """Enter the letters to the lawyer and to his contact points in the register, and show them (C9)."""
        self.ensure_one()
        self.check_access("write")
        self._check_state("running", "done")
        forms = self.env["legal.aid.form"]
        for form in forms._find_forms(self):
            kept = self.issued_document_ids.filtered(
                lambda letter, code=form.code: letter.form_code == code and letter.state != "void"
            )
            if form.word and not kept:
                self._issue_letter(form)
        return self._open()

    # Business

    @api.model
    def _open_for(self, member, kind):
        """The open procedure of ``member``, brought up to date, or a new one."""
        leaving = self.search([("volunteer_id", "=", member.id), ("state", "in", RUNNING)])
        if leaving and kind in ("leave", "end", "suspend") and leaving.kind == "expire":
            leaving._do_withdraw()
            leaving = self.browse()
        if not leaving:
            leaving = self.create(self._prepare_for(member, kind))
        leaving.filtered(lambda one: one.state == "running")._sync_lines()
        return leaving

    @api.model
    def _prepare_for(self, member, kind):
        contract = member.sudo()._get_contracts_in_force()[member.sudo()]
        own = contract if contract and contract.kind == "individual" else self.env["legal.aid.contract"]
        return {
            "volunteer_id": member.id,
            "kind": kind,
            "contract_id": own.id,
            "last_day": own.date_end if kind == "expire" else legal_today(self),
        }

    @api.model
    def _request(self, member, note, last_day):
        """The lawyer's own request; the officers of the city get one to-do each (T11)."""
        if self.search_count([("volunteer_id", "=", member.id), ("state", "=", "requested")]):
            raise UserError(self.env._("Your request is with the city union already. To change it, withdraw it first."))
        running = self.search([("volunteer_id", "=", member.id), ("state", "=", "running")])
        if running.filtered(lambda leaving: leaving.kind != "expire"):
            raise UserError(self.env._("Your exit is being arranged already. Ask the city union how it stands."))
        running._do_withdraw()
        leaving = self._workflow_env().create(
            {
                **self._prepare_for(member, "leave"),
                "state": "requested",
                "reason_id": self.env["legal.aid.reason"]._get_coded("contract_end", "request").id,
                "note": note,
                "last_day": last_day,
                "requested_by_id": self.env.uid,
                "requested_date": legal_today(self),
            }
        )
        leaving = leaving.with_env(self.env)
        leaving._ask_city()
        return leaving

    def _ask_city(self):
        self.ensure_one()
        union = self.organization_id
        quiet = self.with_context(mail_activity_quick_update=True)
        for officer in self.env["legal.aid.deadline"]._get_office_users(union)[union]:
            quiet.activity_schedule(
                LEAVING_ACTIVITY,
                user_id=officer.id,
                summary=self.with_context(lang=officer.lang).env._("Acknowledge the request and arrange the hand-over"),
            )

    def _find_activities(self):
        # To-dos belong to people whom the acting user may not know.
        return self.sudo().activity_ids.filtered(
            lambda activity: activity.activity_type_id == self.env.ref(LEAVING_ACTIVITY, raise_if_not_found=False)
        )

    @api.model
    def _record(self, member, kind, reason, note, date, cases=None):
        """The exit was taken: its procedure is done, or put on record now. ``cases`` passed to their unions with it."""
        leaving = self.search([("volunteer_id", "=", member.id), ("state", "in", RUNNING)])
        if leaving and leaving.kind != kind and (kind, leaving.kind) != ("leave", "end"):
            leaving._do_withdraw()
            leaving = self.browse()
        if not leaving:
            leaving = self.create(self._prepare_for(member, kind))
        leaving._workflow_write({"reason_id": reason.id, "last_day": date})
        leaving._add_passed_lines(cases)
        leaving._do_finish()
        return leaving

    def _add_passed_lines(self, cases):
        """Cases that passed to their unions with the exit stand on the list as done."""
        self.ensure_one()
        for case in cases or ():
            known = self.line_ids.filtered(lambda line, case=case: line.case_id == case)
            line = known or self.line_ids.create({"leaving_id": self.id, "case_id": case.id})
            line._workflow_write({"plan": "union"})
            line.filtered(lambda one: one.state == "open")._do_settle()

    def _sync_lines(self):
        """One line for each case he has, planned by the suggestion; lines of cases that went another way are settled."""
        lines = self.env["legal.aid.leaving.line"].sudo()
        for leaving in self:
            held_sudo = leaving.volunteer_id._get_held_cases().sudo()
            known_sudo = lines.search([("leaving_id", "=", leaving.id)])
            gone = known_sudo.filtered(lambda line, held=held_sudo: line.state == "open" and line.case_id not in held)
            for line in gone:
                line._do_settle()
            kept = known_sudo.filtered(lambda line: line.state == "open" or line.plan == "finish")
            new_sudo = held_sudo - kept.case_id
            lines.create([leaving._prepare_line(case_sudo) for case_sudo in new_sudo])
            new_sudo._ask_offices_to_plan()

    def _prepare_line(self, case):
        self.ensure_one()
        vals = {"leaving_id": self.id, "case_id": case.id}
        if self.kind == "suspend":
            return {**vals, "plan": "finish", "officer_id": case._get_default_officer().id}
        best = [lawyer for lawyer, _why in case._rank_volunteers(limit=2) if lawyer != self.volunteer_id.sudo()][:1]
        if best:
            return {**vals, "plan": "successor", "successor_id": best[0].id}
        return {**vals, "plan": "union", "officer_id": case._get_default_officer().id}

    def _get_cannot_finish_reasons(self):
        """``{procedure: reason or False}``."""
        reasons = {}
        today = legal_today(self)
        for leaving in self:
            reasons[leaving] = False
            if leaving.kind in ("leave", "end"):
                reasons[leaving] = leaving.volunteer_id._get_cannot_leave_reasons()[leaving.volunteer_id]
            if not reasons[leaving] and leaving.kind != "expire" and not leaving.sudo().reason_id:
                reasons[leaving] = self.env._("%(leaving)s: choose the reason.", leaving=leaving.display_name)
            if not reasons[leaving] and leaving.last_day and leaving.last_day > today and leaving.kind != "expire":
                reasons[leaving] = self.env._(
                    "%(leaving)s: the last day is %(date)s. Complete it on that day, or enter an earlier day.",
                    leaving=leaving.display_name,
                    date=fields.Date.to_string(leaving.last_day),
                )
        return reasons

    def _finish_leave(self):
        self.volunteer_id.action_leave(reason_code=self.reason_id.code, note=self.note or "", date=self.last_day)

    def _finish_end(self):
        contract = self.contract_id or self.volunteer_id.contract_ids.filtered(lambda one: one.state == "active")[:1]
        if not contract:
            raise UserError(self.env._("%(leaving)s: no contract is in force.", leaving=self.display_name))
        contract.action_terminate(reason_code=self.reason_id.code, note=self.note or "", date=self.last_day)

    def _finish_suspend(self):
        self._hand_over_rest()
        if self.volunteer_id.state == "active":
            self.volunteer_id.action_suspend(reason_code=self.reason_id.code, note=self.note or "", date=self.last_day)

    def _finish_expire(self):
        self._hand_over_rest()

    def _finish_removal(self):
        raise UserError(self.env._("A removal is decided on its own page, by the city's leaders."))

    def _hand_over_rest(self):
        """Whatever is planned on the list happens with the step."""
        lines = self.env["legal.aid.leaving.line"].search([("leaving_id", "in", self.ids), ("state", "=", "open")])
        if lines:
            lines.action_hand_over()

    def _do_finish(self):
        self._sync_lines()
        self._transition("done", {"done_date": legal_today(self), "done_by_id": self.env.uid})
        self._find_activities().unlink()

    def _do_withdraw(self):
        self._transition("withdrawn", {"withdrawn_date": legal_today(self)})
        self._find_activities().unlink()
        # What nobody did of the plan is no plan any more.
        planned_sudo = self.sudo().line_ids.filtered(lambda line: line.state == "open")
        cases_sudo = planned_sudo.case_id
        planned_sudo.unlink()
        cases_sudo._settle_leaving_activities()

    def _tell_lawyer(self, subject, body):
        """One notice to the lawyer himself, in his language."""
        self.ensure_one()
        self.env["legal.aid.notification"]._tell(self.sudo().volunteer_id.partner_id, subject, body, self)

    def _issue_letter(self, form):
        """One numbered letter of the city, kept as it is."""
        self.ensure_one()
        documents = self.env["legal.aid.issued.document"]
        return documents._enter(form, self, self.organization_id, {"leaving_id": self.id}, form.get_addressee(self))

    def _check_may_open(self):
        if not self.has_access("read"):
            raise AccessError(self.env._("The city union keeps the leaving procedures of its team."))

    def _open(self):
        self.ensure_one()
        self._check_may_open()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hand-over before Leaving"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }
