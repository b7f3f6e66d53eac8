from odoo import fields, models


class LegalAidApprovalReject(models.TransientModel):
    """Asks for the reason of a rejection, from a form or a list."""

    _name = "legal.aid.approval.reject"
    _description = "Reject"

    res_model = fields.Char(required=True)
    res_ids = fields.Json(required=True)
    note = fields.Text(string="Reason", required=True)

    def action_reject(self):
        self.ensure_one()
        self.env[self.res_model].browse(self.res_ids).action_reject(note=self.note)
        return {"type": "ir.actions.act_window_close"}
