from odoo import api, fields, models

WORDS = {"bank": "银", "cash": "现"}
GENERAL_WORD = "记"


class AccountJournal(models.Model):
    _inherit = "account.journal"

    voucher_word = fields.Char(
        compute="_compute_voucher_word",
        store=True,
        readonly=False,
        help="凭证字: stands before the number of a voucher, as in 记-0001.",
    )

    # Compute

    @api.depends("type")
    def _compute_voucher_word(self):
        for journal in self:
            journal.voucher_word = WORDS.get(journal.type, GENERAL_WORD)
