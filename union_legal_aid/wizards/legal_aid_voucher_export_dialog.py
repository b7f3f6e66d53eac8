from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class LegalAidVoucherExportDialog(models.TransientModel):
    """Asks whose vouchers of which days go to another ledger, and in which format (M14)."""

    _name = "legal.aid.voucher.export.dialog"
    _description = "Export Vouchers"

    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.user.union_organization_ids[:1],
    )
    date_from = fields.Date(string="From", required=True, default=lambda self: self._get_last_month()[0])
    date_to = fields.Date(string="To", required=True, default=lambda self: self._get_last_month()[1])
    format_id = fields.Many2one(
        comodel_name="legal.aid.voucher.format",
        ondelete="set null",
        default=lambda self: self.env["legal.aid.voucher.format"].search([], limit=1),
        help="Empty: a workbook with the widely used columns.",
    )
    legal_aid_only = fields.Boolean(
        default=True, help="Only vouchers that payouts of legal aid wrote; else all of these books."
    )

    # Defaults

    @api.model
    def _get_last_month(self):
        first = fields.Date.context_today(self).replace(day=1)
        return first - relativedelta(months=1), first - relativedelta(days=1)

    # Actions

    def action_export(self):
        """Write the file, keep it, and hand it over."""
        self.ensure_one()
        if self.date_from > self.date_to:
            raise UserError(self.env._("The first day is after the last day. Enter the days of the export again."))
        export = self.env["legal.aid.voucher.export"]._export(
            self.organization_id, self.date_from, self.date_to, self.format_id, self.legal_aid_only
        )
        return export._get_download()
