from odoo import fields, models

from ..models.organization.legal_day import legal_today


class LegalAidPayoutConfirm(models.TransientModel):
    """Asks for the day of a payment made elsewhere, and for the bank's receipts."""

    _name = "legal.aid.payout.confirm"
    _description = "Confirm a Payment"
    _inherit = ["legal.aid.link.mixin"]

    _checked_links = ("payout_id",)

    payout_id = fields.Many2one(comodel_name="legal.aid.payout", required=True, readonly=True, ondelete="cascade")
    currency_id = fields.Many2one(related="payout_id.currency_id")
    amount_net = fields.Monetary(related="payout_id.amount_net")
    date = fields.Date(required=True, default=legal_today)
    evidence_ids = fields.Many2many(
        comodel_name="ir.attachment",
        relation="legal_aid_payout_confirm_evidence_rel",
        column1="confirm_id",
        column2="attachment_id",
        help="Bank receipts or stamped pages that show the payment.",
    )

    # Actions

    def action_confirm(self):
        self.ensure_one()
        if not self.evidence_ids:
            return self.payout_id._raise_no_evidence()
        self.payout_id.action_confirm_paid(date=self.date, evidence=self.evidence_ids)
        return {"type": "ir.actions.act_window_close"}
