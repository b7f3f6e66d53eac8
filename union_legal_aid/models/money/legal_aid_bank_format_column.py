from odoo import fields, models


class LegalAidBankFormatColumn(models.Model):
    """One column of a bank's batch file: its title and what stands in it (M7)."""

    _name = "legal.aid.bank.format.column"
    _description = "Column of a Bank Format"
    _order = "format_id, sequence, id"
    _rec_name = "header"

    format_id = fields.Many2one(comodel_name="legal.aid.bank.format", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    header = fields.Char(string="Title", required=True)
    source = fields.Selection(
        selection=[
            ("number", "Running number"),
            ("holder", "Account holder"),
            ("account", "Account number"),
            ("bank", "Bank of the payee"),
            ("bank_code", "Interbank number"),
            ("amount", "Amount"),
            ("purpose", "Purpose"),
            ("remark", "Remark (payout and batch)"),
            ("phone", "Mobile of the payee"),
            ("payer", "Name of the payer"),
            ("payer_account", "Account of the payer"),
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
