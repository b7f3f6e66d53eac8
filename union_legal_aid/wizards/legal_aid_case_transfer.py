from odoo import fields, models

from ..models.casework.legal_aid_jurisdiction_mixin import JURISDICTION_TIERS


class LegalAidCaseTransfer(models.TransientModel):
    """Asks to which union cases are offered, and why (I3)."""

    _name = "legal.aid.case.transfer"
    _description = "Transfer a Case"

    case_ids = fields.Many2many(comodel_name="legal.aid.case", required=True, readonly=True)
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        required=True,
        domain=[("tier", "in", JURISDICTION_TIERS)],
        ondelete="cascade",
    )
    reason_id = fields.Many2one(
        comodel_name="legal.aid.reason", required=True, domain=[("usage", "=", "transfer")], ondelete="cascade"
    )
    note = fields.Text()

    # Actions

    def action_confirm(self):
        self.ensure_one()
        self.case_ids.action_transfer(
            organization_id=self.organization_id, reason_code=self.reason_id.code, note=self.note or ""
        )
        return {"type": "ir.actions.act_window_close"}
