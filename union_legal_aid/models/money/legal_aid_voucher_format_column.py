from odoo import fields, models


class LegalAidVoucherFormatColumn(models.Model):
    """One column of a file of vouchers for another ledger: its title and what stands in it (M14)."""

    _name = "legal.aid.voucher.format.column"
    _description = "Column of a Voucher Format"
    _inherit = ["legal.aid.file.format.column.mixin"]

    format_id = fields.Many2one(comodel_name="legal.aid.voucher.format", required=True, ondelete="cascade", index=True)
    source = fields.Selection(
        selection=[
            ("date", "Date"),
            ("period", "Month"),
            ("word", "Voucher word"),
            ("number", "Number in the month"),
            ("voucher", "Voucher word and number"),
            ("line", "Line in the voucher"),
            ("summary", "Summary"),
            ("account_code", "Account code"),
            ("account_name", "Account name"),
            ("account_full_name", "Account name under its first-level account"),
            ("debit", "Debit"),
            ("credit", "Credit"),
            ("amount", "Amount"),
            ("side", "Side (借 or 贷)"),
            ("papers", "Number of attached documents"),
            ("partner", "Payee"),
            ("jurisdiction", "Jurisdiction"),
            ("project", "Project"),
            ("economic_class", "Economic class"),
            ("fund_source", "Source of funds"),
            ("reference", "Reference (payout)"),
            ("prepared_by", "Prepared by"),
            ("constant", "Always the same"),
        ],
        string="Content",
        required=True,
        default="constant",
    )
