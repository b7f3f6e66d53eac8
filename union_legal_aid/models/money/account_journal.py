import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

WORDS = {"bank": "银", "cash": "现", "credit": "卡", "sale": "销", "purchase": "购"}
GENERAL_WORD = "记"
# Odoo reads year and month out of a number, so a word may not look like one of them.
WORD = re.compile(r"[^\W\d_]+\d?")


class AccountJournal(models.Model):
    _inherit = "account.journal"

    voucher_word = fields.Char(
        compute="_compute_voucher_word",
        store=True,
        readonly=False,
        copy=False,
        help="凭证字: stands before the number of a voucher, as in 记-0001. In union books each journal has its own, and its vouchers are"
        " numbered by month.",
    )

    _voucher_word_once = models.UniqueIndex(
        "(company_id, voucher_word) WHERE voucher_word IS NOT NULL",
        "Another journal of these books has this voucher word. Choose one of its own, so that no number occurs twice.",
    )

    # Compute

    @api.depends("type")
    def _compute_voucher_word(self):
        """The usual word of the type; further journals of the type count on: 记, 记2, 记3."""
        taken = self._get_voucher_words_taken()
        for journal in self.sorted("sequence"):
            words = taken.setdefault(journal.company_id, set())
            usual = WORDS.get(journal.type, GENERAL_WORD)
            word, number = usual, 1
            while word in words:
                number += 1
                word = f"{usual}{number}"
            words.add(word)
            journal.voucher_word = word

    # Constraints

    @api.constrains("voucher_word")
    def _check_voucher_word(self):
        for journal in self.filtered("voucher_word"):
            if len(journal.voucher_word) > 6 or not WORD.fullmatch(journal.voucher_word):
                raise ValidationError(
                    self.env._(
                        "“%(word)s” is no voucher word for journal %(journal)s. Use one to six letters, as in 记, with one digit at"
                        " most behind them.",
                        word=journal.voucher_word,
                        journal=journal.name,
                    )
                )

    # Business

    def _get_voucher_words_taken(self):
        """``{company: words}`` of the other journals of the same books."""
        # The words of all journals count, also of those that this user does not see.
        groups = (
            self.sudo()
            .with_context(active_test=False)
            ._read_group(
                [
                    ("company_id", "in", self.company_id.ids),
                    ("id", "not in", self._origin.ids),
                    ("voucher_word", "!=", False),
                ],
                ["company_id"],
                ["voucher_word:array_agg"],
            )
        )
        return {company: set(words) for company, words in groups}

    def _numbers_vouchers(self):
        """Whether the entries of this journal are vouchers of union books, numbered by word and month."""
        self.ensure_one()
        return bool(
            self.voucher_word
            and self.type in ("general", "bank", "cash", "credit")
            and self.company_id._has_union_chart()
            and not self.sequence_override_regex
        )
