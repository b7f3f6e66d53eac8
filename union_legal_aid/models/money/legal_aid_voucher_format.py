from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import voucher_file

# A voucher without these says nothing: the account by its name, not by its code alone (F§5), and an amount on a side.
NAMES = {"account_name", "account_full_name"}
SIDES = ({"debit", "credit"}, {"amount", "side"})


class LegalAidVoucherFormat(models.Model):
    """How another ledger (用友, 金蝶, 财政一体化) takes vouchers (M14): columns and titles are data, for no standard exists.

    A format of a union serves the unions below it, too.
    """

    _name = "legal.aid.voucher.format"
    _description = "Format of Vouchers for Another Ledger"
    _inherit = ["legal.aid.file.format.mixin"]

    _file = voucher_file

    date_pattern = fields.Selection(
        selection=[
            ("dash", "2026-03-05"),
            ("slash", "2026/03/05"),
            ("plain", "20260305"),
            ("chinese", "2026年03月05日"),
        ],
        string="Dates",
        required=True,
        default="dash",
    )
    column_ids = fields.One2many(
        comodel_name="legal.aid.voucher.format.column",
        inverse_name="format_id",
        string="Columns",
        copy=True,
        default=lambda self: self._get_default_columns(),
    )

    # Constraints

    @api.constrains("column_ids")
    def _check_columns(self):
        for record in self:
            sources = set(record.column_ids.mapped("source"))
            if not sources & NAMES or not any(side <= sources for side in SIDES):
                raise ValidationError(
                    self.env._(
                        "Format %(format)s needs a column with the name of the account, and debit and credit, or amount and side.",
                        format=record.name,
                    )
                )

    # Business

    def _prepare_layout(self):
        return {**super()._prepare_layout(), "date_pattern": self.date_pattern}
