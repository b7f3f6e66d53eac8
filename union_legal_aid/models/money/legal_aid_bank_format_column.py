from odoo import fields, models


class LegalAidBankFormatColumn(models.Model):
    """One column of a bank's batch file: its title and what stands in it (M7)."""

    _name = "legal.aid.bank.format.column"
    _description = "Column of a Bank Format"
    _inherit = ["legal.aid.file.format.column.mixin"]

    format_id = fields.Many2one(comodel_name="legal.aid.bank.format", required=True, ondelete="cascade", index=True)
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
