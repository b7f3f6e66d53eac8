from odoo import fields, models


class LegalAidContractDuty(models.Model):
    """A duty of one contract, with its target of the year (T2)."""

    _name = "legal.aid.contract.duty"
    _description = "Duty of a Contract"
    _inherit = ["legal.aid.duty.mixin"]
    _order = "contract_id, sequence, id"

    _workflow_document = "contract_id"

    contract_id = fields.Many2one(comodel_name="legal.aid.contract", required=True, ondelete="cascade", index=True)
