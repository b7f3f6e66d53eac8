from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import money
from ..organization.legal_aid_workflow_mixin import WORKFLOW_TOKEN


class AccountMove(models.Model):
    _inherit = "account.move"

    legal_aid_payout_id = fields.Many2one(
        comodel_name="legal.aid.payout",
        string="Legal-Aid Payout",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    voucher_number = fields.Char(compute="_compute_voucher_number", help="凭证字号, for example 记-0001.")
    paper_count = fields.Integer(
        string="Number of Attached Documents", copy=False, help="附单据数: how many documents hang on the voucher."
    )

    # Compute

    @api.depends("journal_id.voucher_word", "sequence_number", "state")
    def _compute_voucher_number(self):
        for move in self:
            posted = move.state == "posted" and move.sequence_number
            move.voucher_number = posted and f"{move.journal_id.voucher_word}-{move.sequence_number:04}"

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("legal_aid_payout_id") for vals in vals_list) or self.env.context.get(
            "default_legal_aid_payout_id"
        ):
            self._check_payout_door()
        return super().create(vals_list)

    def write(self, vals):
        if "legal_aid_payout_id" in vals:
            self._check_payout_door()
        return super().write(vals)

    # Actions

    def button_draft(self):
        self._check_not_of_payout("posted", "paid", "reversed")
        return super().button_draft()

    def button_cancel(self):
        self._check_not_of_payout("posted", "paid", "reversed")
        return super().button_cancel()

    # Business

    def _reverse_moves(self, default_values_list=None, cancel=False):
        self._check_not_of_payout("posted", "paid")
        return super()._reverse_moves(default_values_list, cancel=cancel)

    def _link_legal_aid_payout(self, payout):
        self.with_context(legal_aid_workflow=WORKFLOW_TOKEN).write({"legal_aid_payout_id": payout.id})

    def _check_payout_door(self):
        if self.env.context.get("legal_aid_workflow") is not WORKFLOW_TOKEN:
            raise AccessError(self.env._("A voucher gets its payout only from posting the payout."))

    def _check_not_of_payout(self, *states):
        """What a payout wrote, only the payout takes back: its lines and fees have to follow."""
        for move in self:
            # The bookkeeper may see the voucher without seeing the payout.
            payout_sudo = move.sudo().legal_aid_payout_id
            if payout_sudo.state in states:
                raise UserError(
                    self.env._(
                        "%(move)s belongs to payout %(payout)s. Reverse the payout there, so that its lines and fees follow.",
                        move=move.name,
                        payout=payout_sudo.name,
                    )
                )

    def _get_voucher_total(self):
        """The debit total of a printed voucher, in yuan."""
        self.ensure_one()
        return float(sum((money.cents(line.debit) for line in self.line_ids), Decimal(0)))
