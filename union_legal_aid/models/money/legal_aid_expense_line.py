from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...tools import money

# What the schedule says is not a matter of typing.
LUMP_FIELDS = {"kind", "rate_id", "amount_claimed"}


class LegalAidExpenseLine(models.Model):
    """An item of a case fee: the rate of the schedule (lump), or a direct cost against its receipt (F§4)."""

    _name = "legal.aid.expense.line"
    _description = "Item of a Case Fee"
    _inherit = ["legal.aid.expense.receipt.mixin", "legal.aid.workflow.line.mixin"]
    _order = "expense_id, kind desc, id"

    _workflow_document = "expense_id"

    expense_id = fields.Many2one(comodel_name="legal.aid.expense", required=True, ondelete="cascade", index=True)
    kind = fields.Selection(
        selection=[("lump", "Rate of the schedule"), ("actual_cost", "Direct cost")],
        default="actual_cost",
        required=True,
    )
    rate_id = fields.Many2one(
        comodel_name="legal.aid.fee.rate", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    name = fields.Char(string="Description", required=True)
    currency_id = fields.Many2one(related="expense_id.currency_id")
    amount_claimed = fields.Monetary(string="Claimed", required=True)
    amount_allowed = fields.Monetary(
        string="Allowed",
        compute="_compute_amount_allowed",
        store=True,
        precompute=True,
        readonly=False,
        copy=False,
    )
    reason_code = fields.Char(copy=False, help="Code of the reason for a cut.")
    reason_id = fields.Many2one(
        comodel_name="legal.aid.reason",
        string="Reason of the Cut",
        compute="_compute_reason_id",
        inverse="_inverse_reason_id",
        domain=[("usage", "=", "cut")],
    )
    note = fields.Char()

    _amounts = models.Constraint(
        "CHECK(amount_claimed >= 0 AND amount_allowed >= 0 AND amount_allowed <= amount_claimed)",
        "What is allowed lies between nothing and what is claimed. Correct the amounts.",
    )
    _kind_rate = models.Constraint(
        "CHECK((kind = 'lump') = (rate_id IS NOT NULL))",
        "Only the rate of the schedule has a rate, and it always has one.",
    )
    _one_lump = models.UniqueIndex("(expense_id) WHERE kind = 'lump'", "This fee has its rate of the schedule already.")

    # Compute

    @api.depends("amount_claimed")
    def _compute_amount_allowed(self):
        for line in self:
            line.amount_allowed = line.amount_claimed

    @api.depends("reason_code")
    def _compute_reason_id(self):
        reasons = self.env["legal.aid.reason"].search([("usage", "=", "cut")]).grouped("code")
        for line in self:
            line.reason_id = reasons.get(line.reason_code)

    def _inverse_reason_id(self):
        for line in self:
            line.reason_code = line.reason_id.code

    # Constraints

    @api.constrains("amount_claimed", "amount_allowed", "reason_code")
    def _check_cut(self):
        for line in self:
            if line.reason_code and not line.reason_id:
                self.env["legal.aid.reason"]._get_coded("cut", line.reason_code)
            if money.cents(line.amount_allowed) < money.cents(line.amount_claimed) and not line.reason_code:
                raise ValidationError(
                    self.env._(
                        "%(expense)s: “%(line)s” allows less than claimed. Choose the reason of the cut.",
                        expense=line.expense_id.display_name,
                        line=line.name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        if not self._in_workflow():
            for vals in vals_list:
                if vals.get("kind", self.env.context.get("default_kind", "actual_cost")) != "actual_cost" or vals.get(
                    "rate_id"
                ):
                    self._raise_lump()
        lines = super().create(vals_list)
        lines.expense_id._allocate_if_computed()
        return lines

    def write(self, vals):
        if not self._in_workflow() and (
            vals.get("rate_id")
            or vals.get("kind", "actual_cost") != "actual_cost"
            or (LUMP_FIELDS & vals.keys() and "lump" in self.mapped("kind"))
        ):
            self._raise_lump()
        expenses = self.expense_id
        result = super().write(vals)
        if {"amount_claimed", "amount_allowed", "expense_id"} & vals.keys():
            (expenses | self.expense_id)._allocate_if_computed()
        return result

    def unlink(self):
        expenses = self.expense_id
        if not self._in_workflow() and "lump" in self.mapped("kind"):
            self._raise_lump()
        result = super().unlink()
        expenses._allocate_if_computed()
        return result

    # Business

    def _raise_lump(self):
        raise AccessError(
            self.env._(
                "The rate comes from the fee schedule. To pay less, lower what is allowed and choose the reason; to take the"
                " rate again, compute the fee again."
            )
        )
