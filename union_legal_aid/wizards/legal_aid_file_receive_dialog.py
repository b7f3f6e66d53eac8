from odoo import fields, models

from ..models.organization.legal_day import legal_today


class LegalAidFileReceiveDialog(models.TransientModel):
    """Asks for the day on which the lawyer's file came in on paper (C8)."""

    _name = "legal.aid.file.receive.dialog"
    _description = "Receive a File"
    _inherit = ["legal.aid.link.mixin"]
    _checked_links = ("case_id",)

    case_id = fields.Many2one(comodel_name="legal.aid.case", required=True, readonly=True, ondelete="cascade")
    date = fields.Date(string="Received On", required=True, default=legal_today)

    # Actions

    def action_confirm(self):
        self.ensure_one()
        self.case_id.action_receive_file(date=self.date)
        return {"type": "ir.actions.act_window_close"}
