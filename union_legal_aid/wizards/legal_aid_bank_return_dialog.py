import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.organization.legal_day import legal_today


class LegalAidBankReturnDialog(models.TransientModel):
    """Takes the file that the bank sent back for a payout (M7): looked through first, then taken whole or not at all."""

    _name = "legal.aid.bank.return.dialog"
    _description = "Import a Bank Return File"
    _inherit = ["legal.aid.link.mixin"]
    # It holds accounts, so it does not wait for the usual clearing of dialogs.
    _transient_max_hours = 1

    _checked_links = ("payout_id",)

    payout_id = fields.Many2one(comodel_name="legal.aid.payout", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="payout_id.company_id")
    organization_id = fields.Many2one(related="payout_id.organization_id", string="Payer")
    format_id = fields.Many2one(
        comodel_name="legal.aid.bank.format",
        string="Bank Format",
        compute="_compute_defaults",
        store=True,
        precompute=True,
        readonly=False,
        domain="[('organization_id', 'parent_of', organization_id)]",
        help="Empty: the widely used titles and words.",
    )
    # Not as an attachment: what is not taken is gone with the dialog.
    file = fields.Binary(string="Bank's File", attachment=False)
    file_name = fields.Char()
    date = fields.Date(
        string="Money Came Back On",
        required=True,
        default=legal_today,
        help="Returned payments are booked on this day.",
    )
    journal_id = fields.Many2one(
        comodel_name="account.journal",
        string="Bank",
        compute="_compute_defaults",
        store=True,
        precompute=True,
        readonly=False,
        domain="[('type', 'in', ('bank', 'cash')), ('company_id', '=', company_id)]",
    )
    is_checked = fields.Boolean(readonly=True)
    row_count = fields.Integer(string="Rows", readonly=True)
    paid_count = fields.Integer(string="Paid", readonly=True)
    failed_count = fields.Integer(string="Failed", readonly=True)
    report = fields.Text(string="Rows That Cannot Be Taken", readonly=True)

    # Compute

    @api.depends("payout_id")
    def _compute_defaults(self):
        for dialog in self:
            payout, company = dialog.payout_id, dialog.company_id
            dialog.format_id = payout._get_bank_format() if payout else False
            # Returned money comes back to the account that it left.
            journal = payout.sudo().bank_move_id.journal_id.sudo(False)
            dialog.journal_id = journal or (
                company._get_legal_aid_journal("legal_aid_bank_journal_id") if company else False
            )

    # Actions

    def action_check(self):
        """Say what would be taken, row by row what would not; nothing is written to the payout."""
        self.ensure_one()
        payout = self.payout_id
        payout._check_finance()
        payout._check_bank_return()
        rows = payout._read_bank_return(self._get_content(), self.format_id)
        _matches, problems = payout._match_bank_return(rows)
        good = [row for row in rows if row.number not in problems]
        self.write(
            {
                "is_checked": True,
                "row_count": len(rows),
                "paid_count": sum(row.is_paid for row in good),
                "failed_count": sum(not row.is_paid for row in good),
                "report": payout._explain_bank_return(problems),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import the Bank's Return File"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_import(self):
        self.ensure_one()
        self.payout_id.action_import_bank_return(
            content=self._get_content(),
            file_name=self.file_name,
            date=self.date,
            format_id=self.format_id,
            journal_id=self.journal_id,
        )
        return {"type": "ir.actions.act_window_close"}

    # Business

    def _get_content(self):
        if not self.file:
            raise UserError(
                self.env._("Choose the file that the bank sent back for %(payout)s.", payout=self.payout_id.name)
            )
        return base64.b64decode(self.file)
