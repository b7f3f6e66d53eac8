from odoo import api, fields, models


class LegalAidPayoutPost(models.TransientModel):
    """Asks for the day and the bank journal of a payment (M6)."""

    _name = "legal.aid.payout.post"
    _description = "Post a Payment"
    _inherit = ["legal.aid.link.mixin"]

    _checked_links = ("payout_id",)

    payout_id = fields.Many2one(comodel_name="legal.aid.payout", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="payout_id.company_id")
    currency_id = fields.Many2one(related="payout_id.currency_id")
    amount_net = fields.Monetary(related="payout_id.amount_net")
    date = fields.Date(
        required=True,
        compute="_compute_defaults",
        store=True,
        precompute=True,
        readonly=False,
        help="The day the bank paid.",
    )
    journal_id = fields.Many2one(
        comodel_name="account.journal",
        string="Bank",
        required=True,
        compute="_compute_defaults",
        store=True,
        precompute=True,
        readonly=False,
        domain="[('type', 'in', ('bank', 'cash')), ('company_id', '=', company_id)]",
    )

    # Compute

    @api.depends("payout_id")
    def _compute_defaults(self):
        for dialog in self:
            dialog.date = dialog.payout_id.date
            company = dialog.company_id
            dialog.journal_id = company._get_legal_aid_journal("legal_aid_bank_journal_id") if company else False

    # Actions

    def action_confirm(self):
        self.ensure_one()
        self.payout_id.action_post(date=self.date, journal_id=self.journal_id)
        return {"type": "ir.actions.act_window_close"}
