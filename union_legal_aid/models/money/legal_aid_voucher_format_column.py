from odoo import fields, models


class LegalAidVoucherFormatColumn(models.Model):
    """One column of a file of vouchers for another ledger: its title and what stands in it (M14)."""

    _name = "legal.aid.voucher.format.column"
    _description = "Column of a Voucher Format"
    _order = "format_id, sequence, id"
    _rec_name = "header"

    format_id = fields.Many2one(comodel_name="legal.aid.voucher.format", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    header = fields.Char(string="Title", required=True)
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
    value = fields.Char(string="Fixed Text", help="What a column holds that is always the same; may be empty.")
    max_length = fields.Integer(string="Characters at Most", help="0: as many as there are.")

    _max_length_positive = models.Constraint(
        "CHECK(max_length >= 0)", "A column holds some characters, or with 0 any number."
    )
