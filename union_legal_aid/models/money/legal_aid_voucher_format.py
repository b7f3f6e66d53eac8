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
    _order = "sequence, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.user.union_organization_ids[:1],
    )
    file_type = fields.Selection(
        selection=[("xlsx", "Workbook (.xlsx)"), ("csv", "Text (.csv)")], required=True, default="xlsx"
    )
    encoding = fields.Selection(
        selection=[("gb18030", "GB18030 (older programmes)"), ("utf-8-sig", "UTF-8 with mark")],
        required=True,
        default="gb18030",
        help="How text files are written.",
    )
    delimiter = fields.Selection(
        selection=[(",", "Comma"), (";", "Semicolon"), ("|", "Vertical bar"), ("\t", "Tab")],
        required=True,
        default=",",
    )
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
    has_header = fields.Boolean(string="Line of Titles", default=True)
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

    @api.model
    def _get_default_columns(self):
        return [
            fields.Command.create({"sequence": index, "header": column.header, "source": column.source})
            for index, column in enumerate(voucher_file.DEFAULT.columns, start=1)
        ]

    def _get_layout(self):
        """How the other ledger wants its file; without a format the widely used columns."""
        if not self:
            return voucher_file.DEFAULT
        return voucher_file.Layout(
            columns=tuple(
                voucher_file.Column(column.header, column.source, column.value or "", column.max_length)
                for column in self.column_ids
            ),
            file_type=self.file_type,
            encoding=self.encoding,
            delimiter=self.delimiter,
            has_header=self.has_header,
            date_pattern=self.date_pattern,
        )
