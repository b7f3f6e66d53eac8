from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools import periods, rmb
from .legal_aid_statement_figures_mixin import AMOUNTS

FINANCE = "union_legal_aid.group_finance"
ACTIVITY = "union_legal_aid.mail_activity_type_statement"
# Unions that answer for a jurisdiction of their own below the city.
TIERS = ("county", "zone")
DECIDED = (
    "issued_by_id",
    "issued_date",
    "confirmed_by_id",
    "confirmed_date",
    "objection_reason_id",
    "objection_note",
    "objected_by_id",
    "objected_date",
)


class LegalAidStatement(models.Model):
    """The monthly statement of a county (月度对账单, M12): what the city paid for it, what it paid itself and what it still owes.

    ============  ====================  =============================================================
    State         becomes               by
    ============  ====================  =============================================================
    draft         issued                ``action_issue``: officer or finance of the city
    issued        confirmed, objected   ``action_confirm``, ``action_object``: finance of the county
    objected      draft                 ``action_compute``: officer or finance of the city
    ============  ====================  =============================================================

    Its figures are stored when it is computed and stand from the day it is issued; paper and file are made from them. It names no worker.
    """

    _name = "legal.aid.statement"
    _description = "Monthly Statement"
    _inherit = [
        "legal.aid.statement.figures.mixin",
        "legal.aid.workbook.mixin",
        "legal.aid.workflow.mixin",
        "mail.thread",
        "legal.aid.todo.mixin",
    ]
    _order = "month desc, organization_id"
    _rec_names_search = ["organization_id"]

    _workflow_transitions = {"draft": ("issued",), "issued": ("confirmed", "objected"), "objected": ("draft",)}
    _workflow_fields = frozenset({"state", "line_ids", "computed_date", "issuer_id", *AMOUNTS, *DECIDED})
    _workbook_facts = ("line_ids", *AMOUNTS)
    _workflow_facts = {"organization_id": ("draft",), "month": ("draft",)}

    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="County",
        required=True,
        ondelete="restrict",
        index=True,
        domain=[("tier", "in", TIERS)],
    )
    issuer_id = fields.Many2one(
        comodel_name="union.organization",
        string="City",
        compute="_compute_issuer_id",
        store=True,
        precompute=True,
        ondelete="restrict",
        index=True,
    )
    month = fields.Date(
        required=True,
        default=lambda self: periods.month_before(fields.Date.context_today(self)),
        help="Any day of the month.",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.ref("base.CNY"),
        ondelete="restrict",
    )
    line_ids = fields.One2many(
        comodel_name="legal.aid.statement.line",
        inverse_name="statement_id",
        string="Items",
        readonly=True,
        copy=False,
    )
    amount_opening = fields.Monetary(string="Owed Before the Month", readonly=True, copy=False)
    amount_new = fields.Monetary(string="Approved in the Month", readonly=True, copy=False)
    amount_paid = fields.Monetary(string="Paid by the County", readonly=True, copy=False)
    amount_owed = fields.Monetary(string="Owed at the End", readonly=True, copy=False)
    amount_disputed = fields.Monetary(string="Of It Disputed", readonly=True, copy=False)
    amount_paid_for = fields.Monetary(
        string="Paid by the City for It",
        readonly=True,
        copy=False,
        help="Case fees of the workers of this jurisdiction that the city paid in the month.",
    )
    owed_capitals = fields.Char(string="Owed in Words", compute="_compute_capitals")
    paid_for_capitals = fields.Char(string="Paid by the City in Words", compute="_compute_capitals")
    computed_date = fields.Datetime(string="Computed At", readonly=True, copy=False)
    issued_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    issued_date = fields.Date(string="Issued On", readonly=True, copy=False)
    confirmed_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    confirmed_date = fields.Date(string="Confirmed On", readonly=True, copy=False)
    objection_reason_id = fields.Many2one(
        comodel_name="legal.aid.reason", string="Objection", readonly=True, copy=False, ondelete="restrict"
    )
    objection_note = fields.Text(readonly=True, copy=False)
    objected_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    objected_date = fields.Date(string="Objected On", readonly=True, copy=False)
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("issued", "Issued"),
            ("objected", "Objected To"),
            ("confirmed", "Confirmed"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    can_issue = fields.Boolean(compute="_compute_can")
    can_compute = fields.Boolean(compute="_compute_can")
    can_answer = fields.Boolean(compute="_compute_can")

    _once_a_month = models.Constraint(
        "UNIQUE(organization_id, month)", "This county has a statement of this month already. Open that one."
    )
    _whole_month = models.Constraint("CHECK(EXTRACT(DAY FROM month) = 1)", "A statement is of a whole month.")

    # Compute

    @api.depends("organization_id")
    def _compute_issuer_id(self):
        for statement in self:
            statement.issuer_id = statement.organization_id and statement.organization_id._get_city()

    @api.depends("amount_owed", "amount_paid_for")
    def _compute_capitals(self):
        for statement in self:
            statement.owed_capitals = rmb.to_capitals(statement.amount_owed)
            statement.paid_for_capitals = rmb.to_capitals(statement.amount_paid_for)

    @api.depends("organization_id.name", "month")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for statement in self:
            name = statement.organization_id.name or self.env._("New statement")
            statement.display_name = f"{name} {statement.month:%Y-%m}" if statement.month else name

    @api.depends("state", "computed_date", "organization_id")
    @api.depends_context("uid")
    def _compute_can(self):
        writable = self._origin._filtered_access("write")
        for statement in self:
            mine = statement._origin in writable
            statement.can_compute = mine and statement.state in ("draft", "objected")
            statement.can_issue = mine and statement.state == "draft" and bool(statement.computed_date)
            statement.can_answer = statement.state == "issued" and not statement._get_cannot_answer_reason()

    # Constraints

    @api.constrains("organization_id")
    def _check_organization(self):
        for statement in self:
            if statement.organization_id.tier not in TIERS:
                raise ValidationError(
                    self.env._(
                        "%(union)s is no county or zone, so it gets no monthly statement.",
                        union=statement.organization_id.name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._to_first_day(vals) for vals in vals_list])

    def write(self, vals):
        result = super().write(self._to_first_day(vals))
        if {"organization_id", "month"} & vals.keys() and not self._in_workflow():
            # Figures of another month or county are no figures of this one.
            self.line_ids._row_env().unlink()
            self._workflow_write({"computed_date": False, **dict.fromkeys(AMOUNTS, 0)})
        return result

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self.env.user._keeps_team())

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """The city draws statements up: a county, which receives them, is not offered what would be refused."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if not self.env.user._keeps_team():
            arch.set("create", "0")
        return arch, view

    # Actions

    def action_compute(self):
        """Take the figures of the month anew; after an objection the statement is a draft again.

        :raises UserError: when the month has not begun
        """
        self.check_access("write")
        self._check_state("draft", "objected")
        for statement in self:
            if statement.month > fields.Date.context_today(self):
                raise UserError(
                    self.env._("The month of %(statement)s has not begun yet.", statement=statement.display_name)
                )
            if statement.state == "objected":
                statement._transition("draft", dict.fromkeys(DECIDED, False))
            statement._take_figures()
        return True

    def action_issue(self):
        """Send the statement to the county, whose finance confirms it or objects.

        :raises UserError: when it is not computed, or was computed before the month was over
        """
        self.check_access("write")
        self._check_state("draft")
        self._raise_reasons(self._get_cannot_issue_reason())
        self._transition("issued", {"issued_by_id": self.env.uid, "issued_date": fields.Date.context_today(self)})
        for statement in self:
            for person in statement._get_county_finance():
                statement.sudo().activity_schedule(ACTIVITY, user_id=person.id)
        return True

    def action_confirm(self):
        """Finance of the county confirms that the figures are right; from then on they stand."""
        self._check_answer()
        # The county decides on a document of the city, which it cannot write.
        self.sudo()._transition(
            "confirmed", {"confirmed_by_id": self.env.uid, "confirmed_date": fields.Date.context_today(self)}
        )
        self.sudo().activity_unlink([ACTIVITY])
        return True

    def action_object(self, reason_code=None, note=""):
        """Finance of the county says what is wrong, with a coded reason; opens a dialog when called without one."""
        self._check_answer()
        if not reason_code:
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_object", "statement", self.env._("Object to the Statement")
            )
        reason = self.env["legal.aid.reason"]._get_coded("statement", reason_code)
        self.sudo()._transition(  # see action_confirm
            "objected",
            {
                "objection_reason_id": reason.id,
                "objection_note": (note or "").strip() or False,
                "objected_by_id": self.env.uid,
                "objected_date": fields.Date.context_today(self),
            },
        )
        self.sudo().activity_unlink([ACTIVITY])
        for statement in self.sudo():
            statement._message_log(
                body=self.env._("Objection: %(reason)s %(note)s", reason=reason.name, note=note or "")
            )
        return True

    # Business

    def _get_workbook_name(self):
        return f"月度对账单 {self.display_name}"

    @api.model
    def _to_first_day(self, vals):
        month = fields.Date.to_date(vals.get("month"))
        return {**vals, "month": month.replace(day=1)} if month else vals

    def _get_county_finance(self):
        """The people who keep the books of the county itself."""
        self.ensure_one()
        group_sudo = self.env.ref(FINANCE).sudo()
        return group_sudo.all_user_ids.filtered(
            lambda user: user.active and self.organization_id in user.union_organization_ids
        )

    def _get_cannot_issue_reason(self):
        reasons = {}
        for statement in self:
            last = periods.month_of(statement.month)[1]
            computed = statement.computed_date and fields.Datetime.context_timestamp(statement, statement.computed_date)
            reasons[statement] = False
            if not computed:
                reasons[statement] = self.env._(
                    "%(statement)s is not computed yet. Compute it first.", statement=statement.display_name
                )
            elif computed.date() <= last:
                reasons[statement] = self.env._(
                    "%(statement)s was computed before its month was over. Compute it again after %(date)s.",
                    statement=statement.display_name,
                    date=fields.Date.to_string(last),
                )
        return reasons

    def _get_cannot_answer_reason(self):
        """Why the user may not confirm or object, or False: only finance of the county itself, and never who issued it."""
        self.ensure_one()
        user = self.env.user
        if not user.has_group(FINANCE) or self.organization_id not in user.access_organization_ids:
            return self.env._(
                "%(statement)s is confirmed by finance of %(county)s.",
                statement=self.display_name,
                county=self.organization_id.name,
            )
        if user == self.issued_by_id:
            return self.env._(
                "You issued %(statement)s yourself, so somebody else confirms it.", statement=self.display_name
            )
        return False

    def _check_answer(self):
        self.check_access("read")
        self._check_state("issued")
        reasons = [statement._get_cannot_answer_reason() for statement in self]
        if any(reasons):
            raise AccessError("\n".join(reason for reason in reasons if reason))

    # Mail & cron

    @api.model
    def _cron_draft_statements(self):
        """Draft and compute the statements of last month for every county and zone in which anything moved or is owed."""
        month = periods.month_before(fields.Date.context_today(self))
        known = self.search([("month", "=", month)]).organization_id
        unions = self.env["union.organization"].search([("tier", "in", TIERS), ("id", "not in", known.ids)])
        for union in unions:
            statement = self.create({"organization_id": union.id, "month": month})
            statement.action_compute()
            if not any(statement[name] for name in AMOUNTS):
                statement.unlink()
            if not self.env["ir.cron"]._commit_progress(1):
                return
