import base64
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import formatLang

from ...tools import money
from ..organization.download import download
from ..organization.legal_day import legal_today
from ..organization.personal_fields import FINANCE
from ..organization.wording import join_names

TREATMENT_OF = {"exempt": "exempt", "justice": "exempt", "withholding": "taxable"}


class LegalAidTaxList(models.Model):
    """What a payer reports about the money that lawyers got (M9): exempt returns and withholding by month, to the justice bureau by year.

    A list is what the payments of its period say; it appears when the first of them is made. Once reported, its figures are kept, and
    it shows when payments changed afterwards.

    ========  ========  ====================================================================
    State     becomes   by
    ========  ========  ====================================================================
    draft     filed     ``action_file``: finance of the payer, with the day and the receipt
    filed     draft     ``action_correct``: finance, with a note: the period is reported anew
    ========  ========  ====================================================================
    """

    _name = "legal.aid.tax.list"
    _description = "Tax List"
    _inherit = ["legal.aid.tax.list.content.mixin", "legal.aid.workflow.mixin", "mail.thread"]
    _order = "date_from desc, organization_id, kind"
    _rec_names_search = ["organization_id", "reference"]

    _workflow_transitions = {"draft": ("filed",), "filed": ("draft",)}
    _workflow_fields = frozenset(
        {
            "state",
            "list_file",
            "list_file_name",
            "filed_date",
            "filed_by_id",
            "filed_file",
            "filed_name",
            "filed_count",
            "filed_amount",
            "filed_tax",
        }
    )
    _workflow_facts = {
        **dict.fromkeys(("kind", "organization_id", "year", "month"), ("draft",)),
        "reference": ("draft",),
    }

    kind = fields.Selection(
        selection=[
            ("exempt", "Exempt returns of a month"),
            ("withholding", "Withholding of a month"),
            ("justice", "Yearly list for the justice bureau"),
        ],
        required=True,
        default="exempt",
    )
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Payer",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.user.union_organization_ids[:1],
    )
    company_id = fields.Many2one(
        related="organization_id.company_id", string="Books", store=True, precompute=True, index="btree_not_null"
    )
    year = fields.Integer(required=True, aggregator=False, default=lambda self: legal_today(self).year)
    month = fields.Integer(
        aggregator=False,
        default=lambda self: legal_today(self).month,
        help="1 to 12; of no meaning for a year.",
    )
    date_from = fields.Date(string="From", compute="_compute_period", store=True, precompute=True)
    date_to = fields.Date(string="To", compute="_compute_period", store=True, precompute=True)
    date_due = fields.Date(string="Report Until", compute="_compute_date_due")
    currency_id = fields.Many2one(
        comodel_name="res.currency", required=True, default=lambda self: self.env.ref("base.CNY"), ondelete="restrict"
    )
    person_count = fields.Integer(string="Number of People", compute="_compute_figures")
    amount_total = fields.Monetary(string="Income", compute="_compute_figures")
    amount_tax = fields.Monetary(string="Tax Withheld", compute="_compute_figures")
    reference = fields.Char(string="Acceptance Number", help="The number under which the bureau accepted the list.")
    filed_date = fields.Date(string="Filed On", readonly=True, copy=False)
    filed_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    list_file = fields.Binary(attachment=True, readonly=True, copy=False, groups=FINANCE)
    list_file_name = fields.Char(readonly=True, copy=False)
    filed_file = fields.Binary(string="List as Reported", attachment=True, readonly=True, copy=False, groups=FINANCE)
    filed_name = fields.Char(readonly=True, copy=False)
    filed_count = fields.Integer(string="People Reported", readonly=True, copy=False)
    filed_amount = fields.Monetary(string="Income Reported", readonly=True, copy=False)
    filed_tax = fields.Monetary(string="Tax Reported", readonly=True, copy=False)
    is_outdated = fields.Boolean(
        string="Changed Since", compute="_compute_figures", help="Payments of the period changed after the report."
    )
    state = fields.Selection(
        selection=[("draft", "To Be Reported"), ("filed", "Filed With the Bureau")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    is_finance = fields.Boolean(compute="_compute_is_finance")

    _once = models.UniqueIndex(
        "(organization_id, kind, year, month)", "This payer has the list of this period already. Open that one."
    )
    _period = models.Constraint(
        "CHECK(year BETWEEN 2000 AND 2100 AND ((kind = 'justice' AND month = 0) OR month BETWEEN 1 AND 12))",
        "A list is for a month (1 to 12) of a year, the one for the justice bureau for a whole year.",
    )

    # Compute

    @api.depends("kind", "year", "month")
    def _compute_period(self):
        for record in self:
            valid = 2000 <= record.year <= 2100 and (record.kind == "justice" or 1 <= record.month <= 12)
            month = 1 if record.kind == "justice" else record.month
            record.date_from = fields.Date.to_date(f"{record.year:04}-{month:02}-01") if valid else False
            length = relativedelta(years=1) if record.kind == "justice" else relativedelta(months=1)
            record.date_to = record.date_from + length - relativedelta(days=1) if valid else False

    @api.depends("date_to", "organization_id")
    def _compute_date_due(self):
        for record in self:
            record.date_due = record._get_date_due() if record.date_to and record.organization_id else False

    @api.depends("date_from", "date_to", "organization_id", "kind", "state")
    def _compute_figures(self):
        for record in self:
            rows = record._get_rows() if record.date_from else []
            record.person_count = len(rows)
            record.amount_total = float(sum((row["gross"] for row in rows), Decimal(0)))
            record.amount_tax = float(sum((row["withheld"] for row in rows), Decimal(0)))
            record.is_outdated = record.state == "filed" and (
                record.person_count,
                money.cents(record.amount_total),
                money.cents(record.amount_tax),
            ) != (record.filed_count, money.cents(record.filed_amount), money.cents(record.filed_tax))

    @api.depends_context("uid")
    def _compute_is_finance(self):
        writable = self._origin._filtered_access("write")
        for record in self:
            record.is_finance = not record._origin or record._origin in writable

    @api.depends("kind", "organization_id.name", "year", "month")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for record in self:
            period = f"{record.year}" if record.kind == "justice" else f"{record.year}-{record.month:02}"
            record.display_name = (
                f"{kinds.get(record.kind, '')} {period} {record.organization_id.sudo().name or ''}".strip()
            )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("kind") == "justice":
                vals["month"] = 0
        return super().create(vals_list)

    # Actions

    def action_export(self):
        """The list as a workbook, with the full numbers; each export is on record."""
        self.ensure_one()
        self._check_finance()
        content = self._build_workbook()
        self._message_log(body=self.env._("List exported: %(figures)s", figures=self._describe()))
        name = self._get_file_name()
        self._workflow_write({"list_file": base64.b64encode(content), "list_file_name": name})
        return download(self, "list_file", name)

    def action_file(self, date=None, reference=""):
        """Note that the list was reported on ``date`` under the bureau's ``reference``; its figures are kept from then on."""
        self._check_finance()
        self._check_state("draft")
        for record in self:
            record.lock_for_update(allow_referencing=True)
            content = record._build_workbook()
            vals = {
                "filed_date": fields.Date.to_date(date) or legal_today(record),
                "filed_by_id": self.env.uid,
                # The export is a draft; what was reported is kept apart from it.
                "list_file": False,
                "list_file_name": False,
                "filed_file": base64.b64encode(content),
                "filed_name": record._get_file_name(),
                "filed_count": record.person_count,
                "filed_amount": record.amount_total,
                "filed_tax": record.amount_tax,
            }
            if reference:
                vals["reference"] = reference
            record._transition("filed", vals)
        return True

    def action_correct(self, note=""):
        """Take a report back, because payments changed: the period is reported anew. What was reported stays in the history."""
        self._check_finance()
        self._check_state("filed")
        if not note.strip():
            return self.env["legal.aid.reason.dialog"]._open(self, "action_correct", False, self.env._("Report Anew"))
        for record in self:
            record._message_log(
                body=self.env._(
                    "Reported on %(date)s: %(figures)s. To be reported anew: %(note)s",
                    date=fields.Date.to_string(record.filed_date),
                    figures=record._describe(),
                    note=note,
                )
            )
        self._transition("draft")
        return True

    def action_open_payments(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("union_legal_aid.legal_aid_payout_line_action")
        return {**action, "domain": list(self._get_payments_domain()), "context": {"search_default_group_volunteer": 1}}

    # Business

    def _check_finance(self):
        if not (self.env.su or self.env.user.has_group(FINANCE)):
            raise AccessError(
                self.env._(
                    "Only finance of the paying union reports %(lists)s, for the list holds everybody's number.",
                    lists=join_names(self.env, self.mapped("display_name")),
                )
            )
        self.check_access("write")

    def _get_date_due(self):
        """By the policy in force at the end of the period; without one there is no last day."""
        policy_sudo = self.env["legal.aid.policy"]._find(self.organization_id, self.date_to).sudo()
        if not policy_sudo:
            return False
        if self.kind == "justice":
            return self.date_to + relativedelta(months=policy_sudo.justice_list_months, day=31)
        return self.date_to + relativedelta(months=1, day=policy_sudo.tax_return_day)

    def _get_payments_domain(self):
        """The payments of the period: made, and neither returned nor reversed."""
        self.ensure_one()
        return (
            Domain("organization_id", "=", self.organization_id.id)
            & Domain("included", "=", True)
            & Domain("state", "=", "paid")
            & Domain("paid_date", ">=", self.date_from)
            & Domain("paid_date", "<=", self.date_to)
            & Domain("payout_id.tax_treatment", "=", TREATMENT_OF[self.kind])
        )

    def _describe(self):
        return self.env._(
            "%(people)s people, income %(amount)s, tax %(tax)s",
            people=self.person_count,
            amount=formatLang(self.env, self.amount_total, currency_obj=self.currency_id),
            tax=formatLang(self.env, self.amount_tax, currency_obj=self.currency_id),
        )

    # Mail & cron

    @api.model
    def _open_for(self, payout, date):
        """The lists that have to report the payments of ``payout`` appear when the first payment of their period is made."""
        kinds = ("withholding",) if payout.tax_treatment == "taxable" else ("exempt", "justice")
        for kind in kinds:
            month = 0 if kind == "justice" else date.month
            period = {"organization_id": payout.organization_id.id, "kind": kind, "year": date.year, "month": month}
            lists_sudo = self.sudo()  # whoever pays need not be the one who reports
            if not lists_sudo.search_count([(name, "=", value) for name, value in period.items()], limit=1):
                lists_sudo.create(period)
