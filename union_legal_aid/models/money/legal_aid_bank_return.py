from odoo import fields, models

from ..organization.personal_fields import FINANCE


class LegalAidBankReturn(models.Model):
    """A file that the bank sent back for a payout: taken once, kept as it came (M7). Written by its payout only."""

    _name = "legal.aid.bank.return"
    _description = "Bank Return File"
    _inherit = ["legal.aid.computed.row.mixin"]
    _order = "id desc"

    _row_document = "payout_id"

    payout_id = fields.Many2one(comodel_name="legal.aid.payout", required=True, ondelete="restrict", index=True)
    organization_id = fields.Many2one(
        related="payout_id.organization_id", string="Payer", store=True, precompute=True, index=True
    )
    company_id = fields.Many2one(related="payout_id.company_id", store=True, precompute=True, index="btree_not_null")
    name = fields.Char(string="File", required=True)
    # The file holds every payee's account.
    content = fields.Binary(string="Bank's File", attachment=True, groups=FINANCE)
    digest = fields.Char(
        required=True, help="What the file says, in one short text: the same file is never taken twice."
    )
    date = fields.Date(required=True, help="The day on which returned money came back.")
    format_name = fields.Char(string="Format")
    paid_count = fields.Integer(string="Paid")
    failed_count = fields.Integer(string="Failed")
    missing_count = fields.Integer(
        string="Not in the File", help="Payments of the list of which the file says nothing."
    )
    failed_amount = fields.Monetary()
    currency_id = fields.Many2one(related="payout_id.currency_id")

    _once = models.UniqueIndex("(payout_id, digest)", "This bank file was taken already. Nothing was changed.")
