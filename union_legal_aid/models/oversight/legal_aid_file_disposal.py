from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..organization.legal_day import legal_today
from ..organization.wording import join_names

ON_A_LIST = ("draft", "requested", "approved")


class LegalAidFileDisposal(models.Model):
    """The appraisal of files whose term is over, and the destruction of those that are not needed (鉴定、销毁清册, X3).

    ==========  ====================================================  =====================
    Step        Who                                                   From → to
    ==========  ====================================================  =====================
    collect     officer: the files of his union whose term is over    draft
    submit      officer, with a decision for each file, 2 supervisors draft → requested
    approve     leader by approval rule, never who submitted          requested → approved
    reject      leader by approval rule                               requested → draft
    supervise   each of the two supervisors (监销人), himself         approved
    anew        officer, when something came between                  approved → draft
    execute     officer, who is no supervisor                         approved → done
    ==========  ====================================================  =====================

    Nothing is destroyed by a job, or by one person. The list itself stays for good.
    """

    _name = "legal.aid.file.disposal"
    _description = "Appraisal and Destruction of Files"
    _inherit = ["legal.aid.approval.mixin"]
    _order = "date desc, id desc"
    _rec_names_search = ["organization_id"]

    _workflow_transitions = {
        "draft": ("requested",),
        "requested": ("approved", "draft"),
        "approved": ("done", "draft"),
    }
    _workflow_fields = frozenset(
        {
            "state",
            "approval_state",
            "approval_request_id",
            "first_signed_date",
            "second_signed_date",
            "executed_by_id",
            "executed_date",
        }
    )
    _workflow_facts = dict.fromkeys(
        ("organization_id", "date", "first_supervisor_id", "second_supervisor_id", "line_ids"), ("draft",)
    )
    _approval_from = ("requested",)
    _approval_facts = (
        "organization_id",
        "first_supervisor_id",
        "second_supervisor_id",
        "file_count",
        "destroyed_count",
    )

    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.user.union_organization_ids[:1],
    )
    date = fields.Date(string="Date of the Appraisal", required=True, default=legal_today)
    state = fields.Selection(
        selection=[
            ("draft", "Appraisal"),
            ("requested", "Waiting for approval"),
            ("approved", "Approved"),
            ("done", "Executed"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    line_ids = fields.One2many(comodel_name="legal.aid.file.disposal.line", inverse_name="disposal_id", copy=False)
    file_count = fields.Integer(string="Files", compute="_compute_counts")
    destroyed_count = fields.Integer(string="To Be Destroyed", compute="_compute_counts")
    first_supervisor_id = fields.Many2one(comodel_name="res.users", ondelete="restrict", domain=[("share", "=", False)])
    second_supervisor_id = fields.Many2one(
        comodel_name="res.users", ondelete="restrict", domain=[("share", "=", False)]
    )
    first_signed_date = fields.Date(string="First Signature", readonly=True, copy=False)
    second_signed_date = fields.Date(string="Second Signature", readonly=True, copy=False)
    executed_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    executed_date = fields.Date(readonly=True, copy=False)
    can_supervise = fields.Boolean(compute="_compute_can_supervise")

    # Compute

    @api.depends("organization_id", "date")
    def _compute_display_name(self):
        for disposal in self:
            day = fields.Date.to_string(disposal.date) or ""
            disposal.display_name = f"{disposal.organization_id.name or ''} {day}".strip()

    @api.depends("line_ids.decision")
    def _compute_counts(self):
        for disposal in self:
            disposal.file_count = len(disposal.line_ids)
            disposal.destroyed_count = len(disposal.line_ids.filtered(lambda line: line.decision == "destroy"))

    @api.depends("state", "first_supervisor_id", "second_supervisor_id", "first_signed_date", "second_signed_date")
    @api.depends_context("uid")
    def _compute_can_supervise(self):
        for disposal in self:
            disposal.can_supervise = disposal.state == "approved" and (
                (disposal.first_supervisor_id == self.env.user and not disposal.first_signed_date)
                or (disposal.second_supervisor_id == self.env.user and not disposal.second_signed_date)
            )

    # Actions

    def action_collect(self):
        """Put the files of the union on the list whose term is over and that stand on no other list."""
        self.check_access("write")
        self._check_state("draft")
        for disposal in self:
            cases = self.env["legal.aid.case"]
            # Most of them are sealed; their numbers and days stand in the register.
            listed = self.env["legal.aid.file.disposal.line"].sudo()._search([("disposal_id.state", "in", ON_A_LIST)])
            over_sudo = cases.sudo().search(
                cases._domain_term_over() & cases._domain_listed_for(disposal.organization_id, listed), order="name"
            )
            disposal.sudo()._workflow_env().line_ids = [
                Command.create(
                    {
                        "case_id": case.id,
                        "case_number": case.name,
                        "matter_id": case.matter_id.id,
                        "archived_date": case.archived_date,
                        "keep_until": case.keep_until,
                    }
                )
                for case in over_sudo
            ]
        return True

    def action_submit(self):
        """Ask the leader for the decision."""
        self.check_access("write")
        self._check_state("draft")
        self._raise_reasons({disposal: disposal._get_incomplete_reason() for disposal in self})
        for disposal in self:
            disposal._transition("requested")
            disposal.action_request_approval()
        return True

    def action_supervise(self):
        """One of the two supervisors signs that he attends the destruction."""
        self.check_access("read")
        self._check_state("approved")
        for disposal in self:
            if not disposal.can_supervise:
                raise AccessError(
                    self.env._(
                        "%(disposal)s is supervised by %(first)s and %(second)s, each with his own signature.",
                        disposal=disposal.display_name,
                        first=disposal.first_supervisor_id.sudo().name,
                        second=disposal.second_supervisor_id.sudo().name,
                    )
                )
            is_first = disposal.first_supervisor_id == self.env.user
            name = "first_signed_date" if is_first else "second_signed_date"
            # A supervisor need not be an officer; he was named with the decision.
            disposal.sudo()._workflow_write({name: legal_today(self)})
        return True

    def action_decide_anew(self):
        """Something came between the decision and its execution: the list goes back to the appraisal; all sign again."""
        self.check_access("write")
        self._check_state("approved")
        self._transition("draft", {"first_signed_date": False, "second_signed_date": False})
        return True

    def action_execute(self):
        """Carry out what was decided; what is destroyed is gone for good."""
        self.check_access("write")
        self._check_state("approved")
        for disposal in self:
            if not (disposal.first_signed_date and disposal.second_signed_date):
                raise UserError(
                    self.env._(
                        "%(disposal)s: both supervisors sign first, then the files are destroyed.",
                        disposal=disposal.display_name,
                    )
                )
            if self.env.user in disposal.first_supervisor_id | disposal.second_supervisor_id:
                raise AccessError(
                    self.env._(
                        "You supervise %(disposal)s. Somebody else carries it out.", disposal=disposal.display_name
                    )
                )
            disposal._lock_for_decision()
            # The files are sealed to whoever carries it out, too; he need not read them to destroy them.
            disposal.sudo().line_ids._execute()
            disposal._transition("done", {"executed_by_id": self.env.user.id, "executed_date": legal_today(self)})
        return True

    # Business

    def _get_incomplete_reason(self):
        """Why the list cannot be submitted, or False."""
        self.ensure_one()
        names = {"disposal": self.display_name}
        if not self.line_ids:
            return self.env._("%(disposal)s: there is no file on the list. Collect those whose term is over.", **names)
        open_lines = self.line_ids.filtered(lambda line: not line.decision)
        if open_lines:
            return self.env._(
                "%(disposal)s: decide on each file. Still open: %(files)s",
                files=join_names(self.env, open_lines.mapped("case_number")),
                **names,
            )
        supervisors = self.first_supervisor_id | self.second_supervisor_id
        if len(supervisors) < 2 or self.env.user in supervisors:
            return self.env._("%(disposal)s: name two supervisors, neither of whom is you.", **names)
        strangers = supervisors.filtered(lambda user: not self.with_user(user).has_access("read"))
        if strangers:
            return self.env._(
                "%(disposal)s: %(names)s cannot open this list and so could not sign. Name an officer, a leader or somebody of finance of"
                " this union or of one above it, or an auditor.",
                names=join_names(self.env, strangers.sudo().mapped("name")),
                **names,
            )
        return False

    def _on_approved(self):
        self._transition("approved")
        for disposal in self:
            disposal._tell_supervisors()

    def _tell_supervisors(self):
        self.env["legal.aid.notification"]._tell(
            (self.first_supervisor_id | self.second_supervisor_id).sudo(),
            lambda env: env._("Sign as supervisor: %(disposal)s", disposal=self.display_name),
            lambda env: env._(
                "You are named as a supervisor of the destruction of files. Open the list, attend the destruction and press"
                " “Sign as Supervisor”; then it is carried out."
            ),
            self,
        )

    def _on_rejected(self, note):
        self._transition("draft")

    def _on_approval_void(self):
        if self.state == "requested":
            self._transition("draft")
