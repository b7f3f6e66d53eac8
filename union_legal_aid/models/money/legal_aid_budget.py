from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools import money
from ..organization.legal_day import legal_today
from ..organization.wording import join_names

SPENT = ("posted", "paid")


class LegalAidBudget(models.Model):
    """What one payer may spend on legal-aid lawyers in a year, and how far it is used (M11).

    Spent is what stands on lists that were paid, reserved what was approved and waits for its payment. A payer without a budget
    on record is not held up; its lists say so.
    """

    _name = "legal.aid.budget"
    _description = "Budget"
    _inherit = ["legal.aid.noted.mixin", "mail.thread"]
    _order = "year desc, organization_id"
    _rec_names_search = ["organization_id", "document_number"]
    _noted_fields = frozenset({"last_checked"})

    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Payer",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.user.union_organization_ids[:1],
    )
    year = fields.Integer(required=True, aggregator=False, default=lambda self: legal_today(self).year)
    currency_id = fields.Many2one(
        comodel_name="res.currency", required=True, default=lambda self: self.env.ref("base.CNY"), ondelete="restrict"
    )
    amount = fields.Monetary(required=True, tracking=True)
    document_number = fields.Char(
        required=True, tracking=True, help="The decision that the budget rests on, for example 平工预〔2026〕3号."
    )
    note = fields.Text()
    last_checked = fields.Datetime(string="Last Drawn On", readonly=True, copy=False)
    amount_spent = fields.Monetary(string="Spent", compute="_compute_use")
    amount_reserved = fields.Monetary(string="Approved, Not Paid", compute="_compute_use")
    amount_left = fields.Monetary(string="Budget Left", compute="_compute_use")
    percent_used = fields.Float(string="Used (%)", compute="_compute_use")

    _once = models.UniqueIndex(
        "(organization_id, year)", "This payer has a budget of this year already. Change its amount, with the decision."
    )
    _amount_positive = models.Constraint("CHECK(amount >= 0)", "A budget cannot be negative. Enter the amount in yuan.")

    # Compute

    @api.depends("organization_id", "year", "amount")
    def _compute_use(self):
        for budget in self:
            spent, reserved = budget._get_use()
            budget.amount_spent = spent
            budget.amount_reserved = reserved
            budget.amount_left = money.cents(budget.amount) - spent - reserved
            used = spent + reserved
            budget.percent_used = (
                float(100 * used / money.cents(budget.amount)) if budget.amount else 100.0 * bool(used)
            )

    @api.depends("organization_id.name", "year")
    def _compute_display_name(self):
        for budget in self:
            budget.display_name = f"{budget.organization_id.sudo().name or ''} {budget.year or ''}".strip()

    # Constraints

    @api.constrains("year")
    def _check_year(self):
        for budget in self:
            if not 2000 <= budget.year <= 2100:
                raise ValidationError(
                    self.env._("A budget is for one year. Enter it with four digits, not %(year)s.", year=budget.year)
                )

    # CRUD

    def write(self, vals):
        if {"organization_id", "year"} & vals.keys() and any(budget._get_use() != (0, 0) for budget in self):
            raise ValidationError(
                self.env._(
                    "%(budgets)s is drawn on already: payer and year stay. Enter another budget instead.",
                    budgets=join_names(self.env, self.mapped("display_name")),
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = self.filtered(lambda budget: budget._get_use() != (0, 0))
        if used:
            raise ValidationError(
                self.env._(
                    "%(budgets)s is drawn on already and stays on record.",
                    budgets=join_names(self.env, used.mapped("display_name")),
                )
            )

    # Business

    def _get_use(self, leave_out=None):
        """``(spent, reserved)`` in yuan, without the payout ``leave_out``."""
        self.ensure_one()
        # What is left is the payer's, in whatever books its payouts stand.
        groups = (
            self.env["legal.aid.payout"]
            .sudo()
            ._read_group(
                Domain("organization_id", "=", self.organization_id.id)
                & Domain("state", "in", ("approved", *SPENT))
                & Domain("date", ">=", f"{self.year:04}-01-01")
                & Domain("date", "<=", f"{self.year:04}-12-31")
                & Domain("id", "not in", leave_out.ids if leave_out else []),
                ["state"],
                ["amount_total:sum"],
            )
            if self.year
            else []
        )
        sums = {"spent": Decimal(0), "reserved": Decimal(0)}
        for state, amount in groups:
            sums["spent" if state in SPENT else "reserved"] += money.cents(amount)
        return sums["spent"], sums["reserved"]

    @api.model
    def _get_of(self, organization, date):
        """The budget from which ``organization`` pays on ``date``; empty when there is none."""
        return self.sudo().search(
            [("organization_id", "=", organization.id), ("year", "=", fields.Date.to_date(date).year)], limit=1
        )

    def _draw(self):
        """Stand in line: of two lists that draw on a budget at the same moment the second one sees what the first one took."""
        if self:
            # A row that two transactions write makes the later one start again.
            self.sudo().write({"last_checked": fields.Datetime.now()})
