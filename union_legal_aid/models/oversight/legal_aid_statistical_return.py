from collections import defaultdict
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ...tools import indicators, periods, workbook
from ..organization.legal_day import legal_today
from ..organization.wording import join_names

LAYOUTS = [("justice", "Layout of the justice bureau"), ("union", "Layout of the unions")]
SENT = ("sent_date", "sent_by_id", "sent_to")
RECEIVED = ("received_date", "received_by_id", "received_note")


class LegalAidStatisticalReturn(models.Model):
    """Figures of a union and all below it in a period, in the layout of the justice bureau or of the unions (V4, 意见 §五, F§8).

    ============  ==========  ==================================================================
    State         becomes     by
    ============  ==========  ==================================================================
    draft         sent        ``action_send``: officer of the union; the figures stand from then on
    sent          received    ``action_receive``: the justice bureau, or an officer who got word of it
    sent          draft       ``action_recall`` with a note, to correct the figures
    ============  ==========  ==================================================================
    """

    _name = "legal.aid.statistical.return"
    _description = "Statistical Return"
    _inherit = ["legal.aid.workbook.mixin", "legal.aid.workflow.mixin", "mail.thread", "legal.aid.todo.mixin"]
    _order = "date_to desc, id desc"
    _rec_names_search = ["organization_id"]

    _workflow_transitions = {"draft": ("sent",), "sent": ("received", "draft")}
    _workflow_fields = frozenset({"state", "line_ids", "computed_date", "recall_note", *SENT, *RECEIVED})
    _workbook_facts = ("line_ids", "computed_date")
    _workflow_facts = dict.fromkeys(
        ("organization_id", "layout", "period_kind", "year", "part", "date_from", "date_to"), ("draft",)
    )

    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.user.union_organization_ids[:1],
        help="With all unions below it.",
    )
    layout = fields.Selection(selection=LAYOUTS, required=True, default="union")
    period_kind = fields.Selection(
        selection=[
            ("calendar", "Calendar year"),
            ("justice", "December to November"),
            ("union", "Year from 20 May"),
            ("free", "Other period"),
        ],
        string="Kind of Period",
        required=True,
        default="calendar",
    )
    year = fields.Integer(
        default=lambda self: legal_today(self).year,
        aggregator=False,
        help="The year from 20 May is called by the year in which it begins, December to November by the one in which it ends.",
    )
    part = fields.Selection(
        selection=[("year", "Whole year"), ("first_half", "First half"), ("second_half", "Second half")],
        required=True,
        default="year",
        help="Halves begin in January and July, December and June, or on 20 May and 20 December.",
    )
    date_from = fields.Date(
        string="First Day",
        compute="_compute_period",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    date_to = fields.Date(
        string="Last Day", compute="_compute_period", store=True, precompute=True, readonly=False, required=True
    )
    line_ids = fields.One2many(
        comodel_name="legal.aid.statistical.figure",
        inverse_name="return_id",
        string="Figures",
        readonly=True,
        copy=False,
    )
    computed_date = fields.Datetime(string="Computed At", readonly=True, copy=False)
    sent_date = fields.Date(string="Sent On", readonly=True, copy=False)
    sent_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    sent_to = fields.Char(readonly=True, copy=False)
    received_date = fields.Date(string="Received On", readonly=True, copy=False)
    received_by_id = fields.Many2one(
        comodel_name="res.users", string="Receipt Recorded By", readonly=True, copy=False, ondelete="restrict"
    )
    received_note = fields.Char(string="Note on the Receipt", readonly=True, copy=False)
    recall_note = fields.Text(string="Recalled Because", readonly=True, copy=False)
    state = fields.Selection(
        selection=[("draft", "Draft"), ("sent", "Sent"), ("received", "Receipt Recorded")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    is_editable = fields.Boolean(compute="_compute_is_editable")
    can_receive = fields.Boolean(compute="_compute_is_editable")

    _period_in_order = models.Constraint(
        "CHECK(date_from <= date_to)", "The period ends before it begins. Correct the days."
    )

    # Compute

    @api.depends("period_kind", "year", "part")
    def _compute_period(self):
        for statistics in self:
            if statistics.period_kind in periods.STATISTICAL_YEARS and 1900 < (statistics.year or 0) < 2200:
                statistics.date_from, statistics.date_to = periods.statistical_period(
                    statistics.period_kind, statistics.year, statistics.part or "year"
                )
            else:
                today = legal_today(self)
                statistics.date_from = statistics.date_from or today.replace(day=1)
                statistics.date_to = statistics.date_to or today

    @api.depends("organization_id.name", "date_from", "date_to", "layout")
    @api.depends_context("lang")
    def _compute_display_name(self):
        layouts = dict(self._fields["layout"]._description_selection(self.env))
        for statistics in self:
            statistics.display_name = " ".join(
                str(part)
                for part in (
                    statistics.organization_id.name or self.env._("New return"),
                    statistics.date_from or "",
                    "—",
                    statistics.date_to or "",
                    layouts.get(statistics.layout, ""),
                )
            )

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_is_editable(self):
        writable = self._origin._filtered_access("write")
        justice = self.env.user.has_group("union_legal_aid.group_justice")
        for statistics in self:
            mine = not statistics._origin or statistics._origin in writable
            statistics.is_editable = mine and statistics.state == "draft"
            statistics.can_receive = statistics.state == "sent" and (mine or justice)

    # Constraints

    @api.constrains("period_kind", "year")
    def _check_year(self):
        for statistics in self:
            if statistics.period_kind != "free" and not 2000 <= statistics.year <= 2100:
                raise ValidationError(
                    self.env._("%(year)s is no year of statistics. Enter it with four digits.", year=statistics.year)
                )

    # CRUD

    def write(self, vals):
        result = super().write(vals)
        if self._workflow_facts.keys() & vals.keys() and not self._in_workflow():
            # Figures of another period or union are no figures of this one.
            self.line_ids._row_env().unlink()
            self._workflow_write({"computed_date": False})
        return result

    # Actions

    def action_compute(self):
        """Count anew, under the rights of whoever asks.

        :raises UserError: when the union is none of his, so that part of the figures would be missing
        """
        self.check_access("write")
        self._check_state("draft")
        for statistics in self:
            statistics._take_figures()
        return True

    def action_send(self, sent_to="", date=None):
        """Record that the return left the house; from then on its figures stand."""
        self.check_access("write")
        self._check_state("draft")
        uncounted = self.filtered(lambda statistics: not statistics.computed_date)
        if uncounted:
            raise UserError(
                self.env._(
                    "%(returns)s: count the figures first.",
                    returns=join_names(self.env, uncounted.mapped("display_name")),
                )
            )
        for statistics in self:
            addressee = sent_to or statistics._get_addressee()
            statistics._transition(
                "sent",
                {
                    "sent_date": self.env["legal.aid.volunteer"]._get_past_date(date),
                    "sent_by_id": self.env.uid,
                    "sent_to": addressee,
                    "recall_note": False,
                },
            )
        return True

    def action_receive(self, note="", date=None):
        """Record the receipt: the justice bureau itself, or an officer of the union who got word of it."""
        self.check_access("read")
        self._check_state("sent")
        refused = self.filtered(lambda statistics: not statistics.can_receive)
        if refused:
            raise AccessError(
                self.env._(
                    "The receipt of %(returns)s is recorded by the justice bureau, or by an officer of the union.",
                    returns=join_names(self.env, refused.mapped("display_name")),
                )
            )
        day = self.env["legal.aid.volunteer"]._get_past_date(date)
        # The justice bureau has no right to write; this step writes its receipt only.
        self.sudo()._transition(
            "received", {"received_date": day, "received_by_id": self.env.uid, "received_note": note or False}
        )
        return True

    def action_recall(self, note=""):
        """Take a return back to correct it; opens a dialog when called without a note."""
        self.check_access("write")
        self._check_state("sent")
        if not note.strip():
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_recall", False, self.env._("Recall the Return")
            )
        self._transition("draft", {"recall_note": note, **dict.fromkeys(SENT, False)})
        return True

    # Business

    def _get_workbook_name(self):
        return f"统计报表 {self.organization_id.name} {self.date_from}—{self.date_to}"

    def _get_addressee(self):
        self.ensure_one()
        if self.layout == "justice":
            return self.organization_id.sudo().justice_bureau_id.name
        return self.organization_id.sudo().parent_id.name

    def _get_domain(self, date_from=None):
        """Rows of this union and those below it up to the last day, from ``date_from`` on if given.

        Without it, for what stands on the last day, only cases that were granted by then: urgent aid may end before it is granted.
        """
        self.ensure_one()
        domain = Domain("organization_id", "child_of", self.organization_id.ids) & Domain("date", "<=", self.date_to)
        return domain & (Domain("date", ">=", date_from) if date_from else Domain("granted_date", "<=", self.date_to))

    def _check_reach(self):
        """A figure is of all unions below; who may not read one of them would count too little."""
        self.ensure_one()
        unions = self.env.user.access_organization_ids
        if not self.env.su and not any(self.organization_id._is_at_or_below(union) for union in unions):
            raise AccessError(
                self.env._("The figures of %(union)s are counted by its own officers.", union=self.organization_id.name)
            )

    def _take_figures(self):
        self.ensure_one()
        self._check_reach()
        sections = indicators.LAYOUTS[self.layout]
        rows = self._count_rows(self._get_domain(self.date_from), indicators.plan(sections))
        standing = self._count_rows(self._get_domain(), indicators.plan(sections, stands=True))
        totals = indicators.count_all(sections, sum(rows.values(), []), sum(standing.values(), []))
        unions = self._get_columns(rows, standing)
        by_union = {
            union.id: indicators.count_all(sections, rows.get(union, []), standing.get(union, [])) for union in unions
        }
        figures = [
            {
                "return_id": self.id,
                "sequence": number,
                "section": section.label,
                "code": figure.code,
                "name": figure.label,
                "unit": figure.unit,
                "value": float(totals[figure.code] or 0),
                "is_empty": totals[figure.code] is None,
                "by_union": [
                    [
                        union.id,
                        None if by_union[union.id][figure.code] is None else float(by_union[union.id][figure.code]),
                    ]
                    for union in unions
                ],
            }
            for number, (section, figure) in enumerate(
                (section, figure) for section in sections for figure in section.figures
            )
        ]
        self.line_ids._row_env().unlink()
        self.env["legal.aid.statistical.figure"]._row_env().create(figures)
        self._workflow_write({"computed_date": fields.Datetime.now()})

    def _count_rows(self, domain, reads):
        """``{union of the column: [{dimension: value, measure: sum}]}`` of what the plan of the layout reads, one query each."""
        rows = defaultdict(list)
        for kinds, dimensions, measures in reads:
            groups = self.env["legal.aid.statistic"]._read_group(
                domain & Domain("kind", "in", kinds),
                ["reporting_union_id", "kind", *dimensions],
                [f"{measure}:sum" for measure in measures],
            )
            for union, kind, *values in groups:
                counted = zip(measures, values[len(dimensions) :], strict=True)
                rows[union].append(
                    {
                        "kind": kind,
                        **dict(zip(dimensions, map(self._to_dimension, values[: len(dimensions)]), strict=True)),
                        **{name: Decimal(str(value or 0)) for name, value in counted},
                    }
                )
        return rows

    @staticmethod
    def _to_dimension(value):
        """A ground is known to the figures by its code."""
        return value.code if isinstance(value, models.BaseModel) else value

    def _get_columns(self, *sources):
        """The unions with a column of their own: all that report below this one, in the order of the tree."""
        union = self.organization_id
        below = self.env["union.organization"].search([("id", "child_of", union.ids)])
        reporting = below.reporting_union_id & below
        counted = self.env["union.organization"].union(*(union for rows in sources for union in rows))
        return (reporting | counted).sorted(lambda column: (column != union, column.code or "", column.id))

    def _get_matrix(self):
        """``(unions, [(figure, {union id: value})])`` for the sheet with a column for each union."""
        self.ensure_one()
        values = defaultdict(dict)
        ids = []
        for line in self.line_ids:
            for union_id, value in line.by_union or []:
                values[line][union_id] = value
                if union_id not in ids:
                    ids.append(union_id)
        # Names of unions are no secret to whoever reads the return.
        unions = self.env["union.organization"].sudo().browse(ids)
        return unions, [(line, values[line]) for line in self.line_ids]

    def _get_title(self):
        return "法律援助统计报表" if self.layout == "justice" else "工会法律援助统计报表"

    def _build_workbook(self):
        self.ensure_one()
        unions, figures = self._get_matrix()
        columns = [("项目", "text", 34), ("单位", "text", 8), ("合计", "number", 14)]
        columns += [(union.name, "number", 14) for union in unions]
        rows, section = [], None
        for line, by_union in figures:
            if line.section != section:
                section = line.section
                rows.append([section, *[""] * (len(columns) - 1)])
            values = [None if line.is_empty else line.value, *(by_union.get(union.id) for union in unions)]
            rows.append([line.name, line.unit, *(self._to_cell(value, line.unit) for value in values)])
        rows.append([indicators.NOTES[self.layout], *[""] * (len(columns) - 1)])
        head = [
            self._get_title(),
            f"填报单位：{self.organization_id.name}",
            f"统计期间：{self.date_from}至{self.date_to}",
        ]
        return workbook.build(f"{self.date_from}至{self.date_to}", columns, rows, head=head)

    @staticmethod
    def _to_cell(value, unit):
        if value is None:
            return None
        return workbook.Number(float(indicators.in_unit(value, unit)), indicators.DECIMALS.get(unit, 0))
