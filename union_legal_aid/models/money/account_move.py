import re
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools import money
from ..organization.legal_aid_workflow_mixin import WORKFLOW_TOKEN

# 记/2026/11/0012: the word, and a number that starts anew each month.
VOUCHER_NAME = re.compile(r"(?P<word>[^/]+)/\d{4}/\d{2}/(?P<number>\d+)")
# 记-0012, 记-12, 记12: how people write it.
VOUCHER_NUMBER = re.compile(r"(?P<word>[^\W\d_]+\d?)-?0*(?P<number>\d+)号?")


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
    voucher_number = fields.Char(
        compute="_compute_voucher_number", search="_search_voucher_number", help="凭证字号, for example 记-0001."
    )
    paper_count = fields.Integer(
        string="Number of Attached Documents", copy=False, help="附单据数: how many documents hang on the voucher."
    )

    # Compute

    @api.depends("journal_id.voucher_word", "name", "sequence_number", "state")
    def _compute_voucher_number(self):
        """Word and number as they stand in the entry's own number; its journal's word where that was given before the words were."""
        for move in self:
            move.voucher_number = False
            if move.state == "posted" and move.sequence_number:
                named = VOUCHER_NAME.fullmatch(move.name or "")
                is_word = named and named["word"] != move.journal_id.code
                word = named["word"] if is_word else move.journal_id.voucher_word
                move.voucher_number = f"{word}-{move.sequence_number:04}"

    @api.model
    def _search_voucher_number(self, operator, value):
        """By word and number, whatever the month."""
        if operator not in ("in", "ilike", "=ilike"):
            return NotImplemented
        domains = []
        for text in [value] if isinstance(value, str) else value:
            found = VOUCHER_NUMBER.fullmatch((text or "").strip())
            if found:
                named = Domain("name", "=like", f"{found['word']}/%")
                by_journal = Domain("journal_id.voucher_word", "=", found["word"])
                number = Domain("sequence_number", "=", int(found["number"]))
                domains.append(Domain("state", "=", "posted") & number & (named | by_journal))
        return Domain.OR(domains)

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
        # The decision to take it back hangs on the voucher that does.
        defaults = default_values_list or [{} for _move in self]
        return super()._reverse_moves([{"paper_count": 1, **values} for values in defaults], cancel=cancel)

    def _get_starting_sequence(self):
        """Union books number their vouchers by word and month: 记/2026/11/0001."""
        if self.journal_id._numbers_vouchers():
            date = self.date or fields.Date.context_today(self)
            return f"{self.journal_id.voucher_word}/{date:%Y}/{date:%m}/0000"
        return super()._get_starting_sequence()

    def _get_last_sequence(self, relaxed=False, with_prefix=None):
        """A new month takes the word that its journal has now, not the shape of the months before."""
        if relaxed and with_prefix is None and self.journal_id._numbers_vouchers():
            return None
        return super()._get_last_sequence(relaxed=relaxed, with_prefix=with_prefix)

    @api.model
    def _create_for_payout(self, payout, vals):
        """A voucher of ``payout``, linked from the first on: written afterwards, all its lines would be written once more."""
        allowed = self.with_context(legal_aid_workflow=WORKFLOW_TOKEN)
        return allowed.create({**vals, "legal_aid_payout_id": payout.id}).with_env(self.env)

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

    def _get_voucher_title(self):
        """记-0012 of its day: numbers begin anew each month."""
        self.ensure_one()
        return self.env._(
            "%(number)s of %(date)s", number=self.voucher_number or self.name, date=fields.Date.to_string(self.date)
        )

    def _get_voucher_total(self):
        """The debit total of a printed voucher, in yuan."""
        self.ensure_one()
        return float(sum((money.cents(line.debit) for line in self.line_ids), Decimal(0)))
