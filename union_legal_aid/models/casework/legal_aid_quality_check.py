import random

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..organization.legal_day import legal_today
from .legal_aid_quality_criterion import QUALITY_KINDS


class LegalAidQualityCheck(models.Model):
    """The union looks at the quality of the aid (C10, 法律援助法 §59; S0 §四(一)): files, hearings, the tribunal, the counties.

    ========  ===================================================  ===================
    Step      Who                                                  From → to
    ========  ===================================================  ===================
    plan      officer of the checking union                        draft
    record    officer of the checking union, not the lawyer        draft → recorded
    settle    officer of the checked or the checking union, where  recorded → settled
              something was to be put right
    ========  ===================================================  ===================

    It speaks of the work, never of the worker.
    """

    _name = "legal.aid.quality.check"
    _description = "Quality Check"
    _inherit = ["legal.aid.link.mixin", "mail.thread", "legal.aid.workflow.mixin"]
    _order = "date desc, id desc"
    _rec_names_search = ["case_id", "organization_id"]
    _checked_links = ("case_id",)

    _workflow_transitions = {"draft": ("recorded", "settled"), "recorded": ("settled",)}
    _workflow_fields = frozenset({"state", "recorded_by_id", "settled_date", "settled_by_id", "settled_note"})
    _workflow_facts = dict.fromkeys(
        (
            "kind",
            "case_id",
            "organization_id",
            "checker_organization_id",
            "date",
            "place",
            "finding",
            "conclusion",
            "follow_up_date",
            "line_ids",
        ),
        ("draft",),
    )

    kind = fields.Selection(selection=QUALITY_KINDS, required=True, default="file_check", index=True)
    case_id = fields.Many2one(comodel_name="legal.aid.case", ondelete="restrict", index="btree_not_null")
    volunteer_id = fields.Many2one(related="case_id.volunteer_id", string="Lawyer", store=True, index="btree_not_null")
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Checked Union",
        compute="_compute_organization_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        ondelete="restrict",
        index=True,
    )
    checker_organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Checking Union",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.user.union_organization_ids[:1],
    )
    date = fields.Date(required=True, default=legal_today)
    place = fields.Char(string="Court, Commission or Place")
    line_ids = fields.One2many(
        comodel_name="legal.aid.quality.check.line", inverse_name="check_id", string="Criteria", copy=False
    )
    score = fields.Float(compute="_compute_score", store=True, digits=(5, 1), aggregator="avg", help="Of 100.")
    conclusion = fields.Selection(selection=[("good", "Good"), ("improve", "To improve"), ("poor", "Poor")])
    finding = fields.Text(help="What was seen of the work. Nothing that tells who the worker is.")
    follow_up_date = fields.Date(string="Put Right Until")
    state = fields.Selection(
        selection=[("draft", "Planned"), ("recorded", "To put right"), ("settled", "Done")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    recorded_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    settled_date = fields.Date(readonly=True, copy=False)
    settled_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    settled_note = fields.Text(string="What Was Put Right", readonly=True, copy=False)
    is_editable = fields.Boolean(compute="_compute_is_editable")
    can_settle = fields.Boolean(compute="_compute_is_editable")

    # Compute

    @api.depends("kind", "case_id", "organization_id", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for check in self:
            what = check.case_id.name or check.organization_id.name or ""
            check.display_name = f"{what} {kinds.get(check.kind, '')}".strip()

    @api.depends("case_id")
    def _compute_organization_id(self):
        for check in self:
            check.organization_id = check.case_id.organization_id or check.organization_id

    @api.depends("line_ids.points", "line_ids.points_max")
    def _compute_score(self):
        for check in self:
            most = sum(check.line_ids.mapped("points_max"))
            check.score = 100.0 * sum(check.line_ids.mapped("points")) / most if most else 0.0

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_is_editable(self):
        writable = self._origin._filtered_access("write")
        is_officer = self.env.user.has_group("union_legal_aid.group_officer")
        for check in self:
            check.is_editable = check.state == "draft" and (not check._origin or check._origin in writable)
            check.can_settle = check.state == "recorded" and is_officer

    # Constraints

    @api.constrains("kind", "case_id", "organization_id", "checker_organization_id")
    def _check_who_checks_whom(self):
        for check in self:
            checker, checked = check.checker_organization_id, check.organization_id
            if check.kind != "supervision_visit" and not check.case_id:
                raise ValidationError(
                    self.env._("%(check)s: choose the case that was looked at.", check=check.display_name)
                )
            if not checked._is_at_or_below(checker) or (check.kind == "supervision_visit" and checked == checker):
                raise ValidationError(
                    self.env._(
                        "%(checker)s does not check %(checked)s. A union checks its own cases and the unions below it; it"
                        " visits those below it.",
                        checker=checker.name,
                        checked=checked.name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        checks = super().create(vals_list)
        for check in checks.filtered(lambda check: not check.line_ids):
            check._take_criteria()
        return checks

    # Actions

    def action_record(self):
        """Record what was found; what is not good has a day until which it is put right."""
        self.check_access("write")
        self._check_state("draft")
        for check in self:
            check._check_complete()
            target = "settled" if check.conclusion == "good" else "recorded"
            check._transition(target, {"recorded_by_id": self.env.user.id})
        return True

    def action_settle(self, note=""):
        """Record what was put right; by the checked union or the checking one."""
        if not (note or "").strip():
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_settle", False, self.env._("What Was Put Right")
            )
        self.check_access("read")
        self._check_state("recorded")
        if not (self.env.su or self.env.user.has_group("union_legal_aid.group_officer")):
            self.check_access("write")  # refuses with Odoo's own words
        # The checked union has no right to edit the check of another one; this is the one thing it adds.
        self.sudo()._transition(
            "settled",
            {"settled_date": legal_today(self), "settled_by_id": self.env.user.id, "settled_note": note},
        )
        return True

    # Business

    def _check_complete(self):
        self.ensure_one()
        problem = False
        if self.date > legal_today(self):
            problem = self.env._("its day lies in the future")
        elif not self.conclusion:
            problem = self.env._("choose the conclusion")
        elif not (self.finding or "").strip():
            problem = self.env._("enter what was found")
        elif self.conclusion != "good" and not self.follow_up_date:
            problem = self.env._("enter until when it is put right")
        elif self.volunteer_id.sudo().user_id == self.env.user and not self.env.su:
            problem = self.env._("you are the lawyer of the case, so somebody else records it")
        if problem:
            raise UserError(
                self.env._("%(check)s cannot be recorded: %(problem)s.", check=self.display_name, problem=problem)
            )

    def _take_criteria(self):
        """The criteria of this kind, as lines to fill in."""
        self.ensure_one()
        # Everybody who checks uses the same criteria.
        criteria = self.env["legal.aid.quality.criterion"].sudo().search([("kind", "=", self.kind)])
        self.env["legal.aid.quality.check.line"].create(
            [{"check_id": self.id, "criterion_id": criterion.id} for criterion in criteria]
        )

    @api.model
    def _sample(self, checker, checked, date_from, date_to, count):
        """Plan checks of ``count`` files by chance: closed or archived in the period, not checked yet."""
        cases = self.env["legal.aid.case"].search(
            [
                ("organization_id", "child_of", checked.ids),
                ("state", "in", ("closed", "archived")),
                ("closed_date", ">=", date_from),
                ("closed_date", "<=", date_to),
                ("quality_check_ids", "not any", [("kind", "=", "file_check")]),
            ]
        )
        # A sample that nobody can foresee; nothing secret hangs on it.
        drawn = random.sample(cases.ids, min(count, len(cases)))  # noqa: S311
        return self.create(
            [
                {"kind": "file_check", "case_id": case_id, "checker_organization_id": checker.id}
                for case_id in sorted(drawn)
            ]
        )
