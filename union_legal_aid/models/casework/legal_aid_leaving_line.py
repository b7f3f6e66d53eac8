from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..organization.legal_day import legal_today
from ..organization.personal_fields import AUDITOR, OFFICER
from ..organization.wording import join_names

PLAN_FIELDS = ("plan", "successor_id", "officer_id", "reason_id", "note")


class LegalAidLeavingLine(models.Model):
    """One case of a member who goes, and who has it after him (T9, C6). Each county does its own cases, the city all.

    ==========  ==================================================  =============
    Step        Who                                                 From → to
    ==========  ==================================================  =============
    hand over   officers of the union in charge of the case, city   open → done
    ==========  ==================================================  =============
    """

    _name = "legal.aid.leaving.line"
    _description = "Case to Hand Over"
    _inherit = ["legal.aid.link.mixin", "legal.aid.workflow.mixin"]
    _order = "id"
    _rec_names_search = ["case_id", "volunteer_id"]
    _checked_links = ("case_id",)

    _workflow_transitions = {"open": ("done",)}
    _workflow_initial = {"state": "open"}
    _workflow_fields = frozenset({"state", "done_date", "done_by_id"})
    _workflow_facts = {**dict.fromkeys(("leaving_id", "case_id"), ()), **dict.fromkeys(PLAN_FIELDS, ("open",))}

    leaving_id = fields.Many2one(
        comodel_name="legal.aid.leaving", string="Procedure", required=True, ondelete="cascade", index=True
    )
    case_id = fields.Many2one(comodel_name="legal.aid.case", required=True, ondelete="restrict", index=True)
    organization_id = fields.Many2one(related="case_id.organization_id", store=True, index=True)
    volunteer_id = fields.Many2one(
        related="leaving_id.volunteer_id", string="Lawyer Who Leaves", store=True, index=True
    )
    last_day = fields.Date(related="leaving_id.last_day")
    case_next_step = fields.Char(related="case_id.next_step_due", string="Running Clocks", related_sudo=False)
    plan = fields.Selection(
        selection=[
            ("successor", "Another lawyer"),
            ("union", "The union handles it"),
            ("finish", "He finishes it, supervised"),
        ],
        default="union",
        required=True,
    )
    successor_id = fields.Many2one(
        comodel_name="legal.aid.volunteer", string="Next Lawyer", ondelete="restrict", index="btree_not_null"
    )
    officer_id = fields.Many2one(
        comodel_name="res.users",
        ondelete="restrict",
        index="btree_not_null",
        domain=[("share", "=", False)],
        help="Who handles the case for the union, or supervises the lawyer who finishes it.",
    )
    reason_id = fields.Many2one(
        comodel_name="legal.aid.reason",
        string="Reason of the Change",
        required=True,
        ondelete="restrict",
        domain=[("usage", "=", "change_lawyer")],
        default=lambda self: self.env["legal.aid.reason"]._get_coded("change_lawyer", "left_team"),
    )
    note = fields.Text(groups=f"{OFFICER},{AUDITOR}")
    suggestion = fields.Text(compute="_compute_suggestion", groups=OFFICER)
    not_suggested = fields.Text(compute="_compute_suggestion", groups=OFFICER)
    obstacle = fields.Text(compute="_compute_obstacle", groups=OFFICER)
    state = fields.Selection(
        selection=[("open", "To Hand Over"), ("done", "Settled")],
        default="open",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    done_date = fields.Date(string="Settled On", readonly=True, copy=False)
    done_by_id = fields.Many2one(
        comodel_name="res.users", string="Settled By", readonly=True, copy=False, ondelete="restrict"
    )
    is_editable = fields.Boolean(compute="_compute_is_editable")

    _one_open = models.UniqueIndex(
        "(leaving_id, case_id) WHERE state = 'open'", "This case is on the list already. Go on with that line."
    )

    # Compute

    @api.depends("case_id", "volunteer_id")
    def _compute_display_name(self):
        for line in self:
            # A case's number and the name of a colleague on the roster are no secret to who reads the line.
            line.display_name = f"{line.sudo().case_id.name} {line.sudo().volunteer_id.name or ''}"

    @api.depends("case_id", "state", "volunteer_id")
    @api.depends_context("uid", "lang")
    def _compute_suggestion(self):
        for line in self:
            ranking, others = line._judge() if line.state == "open" and line.case_id.has_access("write") else ([], [])
            line.not_suggested = "\n".join(why for _lawyer, why in others)
            line.suggestion = "\n".join(why for _lawyer, why in ranking) or (
                line.state == "open"
                and self.env._("Nobody who serves the contact point can be suggested: let the union handle it.")
            )

    @api.depends("plan", "successor_id", "officer_id", "state")
    @api.depends_context("uid", "lang")
    def _compute_obstacle(self):
        reasons = self._get_cannot_hand_over_reasons()
        for line in self:
            line.obstacle = line.state == "open" and reasons[line]

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_is_editable(self):
        writable = self.case_id._filtered_access("write")
        for line in self:
            line.is_editable = line.state == "open" and line.case_id in writable

    # CRUD

    def write(self, vals):
        if not self._in_workflow() and vals.keys() & set(PLAN_FIELDS):
            self._check_may_plan()
        return super().write(vals)

    # Actions

    def action_hand_over(self):
        """Do what is planned, all of it or nothing; per case the reason is kept, and the worker's letter is issued."""
        self.check_access("write")
        self._check_state("open")
        self._check_may_plan()
        self._raise_reasons(self._get_cannot_hand_over_reasons())
        for line in self:
            line._do_hand_over()
        return True

    # Business

    def _check_may_plan(self):
        """Whose case it is decides who has it next: the union in charge, and those above it."""
        foreign = self.filtered(lambda line: not line.case_id.has_access("write"))
        if foreign and not self.env.su:
            raise AccessError(
                self.env._(
                    "%(cases)s: only officers of the union in charge hand this case over.",
                    cases=join_names(self.env, foreign.sudo().case_id.mapped("name")),
                )
            )

    def _judge(self):
        """Who is suggested for the case and who is not, each with one sentence, without the one who leaves."""
        self.ensure_one()
        leaver = self.sudo().volunteer_id
        return [
            [(lawyer, why) for lawyer, why in judged if lawyer.id != leaver.id]
            for judged in self.case_id._judge_volunteers(limit=4)
        ]

    def _get_cannot_hand_over_reasons(self):
        """``{line: reason or False}``."""
        return {line: line.sudo(self.env.su)._get_obstacle() for line in self}

    def _get_obstacle(self):
        self.ensure_one()
        case_sudo = self.case_id.sudo()
        names = {"case": case_sudo.name, "lawyer": self.sudo().volunteer_id.name}
        if case_sudo.volunteer_id != self.sudo().volunteer_id:
            return False  # it went another way; the line is merely settled
        if case_sudo._get_open_lawyer_change():
            return self.env._(
                "Case %(case)s: a change of lawyer is asked for. A leader decides on that first, on the page of the case.",
                **names,
            )
        if self.plan == "successor":
            return self._get_successor_obstacle(names)
        if self.plan == "finish" and self.sudo().leaving_id.kind not in ("suspend", "expire"):
            return self.env._(
                "Case %(case)s: who leaves the team does not finish cases. Choose another lawyer, or let the union handle it.",
                **names,
            )
        return self._get_officer_obstacle(names)

    def _get_successor_obstacle(self, names):
        if not self.successor_id:
            return self.env._("Case %(case)s: choose the next lawyer.", **names)
        if self.successor_id == self.sudo().volunteer_id:
            return self.env._("Case %(case)s: %(lawyer)s is the one who leaves. Choose somebody else.", **names)
        return self.case_id._get_successor_reason(self.successor_id)

    def _get_officer_obstacle(self, names):
        officer_sudo = self.officer_id.sudo()
        if not officer_sudo:
            return self.env._("Case %(case)s: name the officer of the union who is in charge of it.", **names)
        union = self.sudo().case_id.organization_id
        in_charge = any(union._is_at_or_below(own) for own in officer_sudo.union_organization_ids)
        if not (officer_sudo.active and in_charge and officer_sudo.has_group(OFFICER)):
            return self.env._(
                "Case %(case)s: %(officer)s is no officer of %(union)s or of a union above it. Choose one who is.",
                officer=officer_sudo.name,
                union=union.name,
                **names,
            )
        return False

    def _do_hand_over(self):
        self.ensure_one()
        case = self.case_id
        if case.sudo().volunteer_id == self.sudo().volunteer_id:
            if self.plan == "successor":
                case._give_to_successor(self.successor_id, self.reason_id, self.note or "")
            elif self.plan == "union":
                case._pass_to_union(self.reason_id, self.note or "", officer=self.officer_id)
            else:
                case._supervise(self.officer_id)
        self._do_settle()
        if self.plan != "finish" and case.state in ("granted", "assigned", "in_progress"):
            # The worker is told in writing who has his case now (法律援助法 §46).
            case.action_issue_document("change_told")

    def _do_settle(self):
        # What became of the case was decided by the step that settles the line.
        self.sudo()._transition("done", {"done_date": legal_today(self), "done_by_id": self.env.uid})
        self.sudo().case_id._settle_leaving_activities()
