from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LegalAidReasonDialog(models.TransientModel):
    """Asks for the coded reason and the note of a step, then takes the step under the user's own rights."""

    _name = "legal.aid.reason.dialog"
    _description = "Reason of a Step"

    res_model = fields.Char(required=True)
    res_ids = fields.Json(required=True)
    method = fields.Char(required=True)
    usage = fields.Char()
    reason_id = fields.Many2one(comodel_name="legal.aid.reason", domain="[('usage', '=', usage)]")
    note = fields.Text()

    # Constraints

    @api.constrains("method")
    def _check_method(self):
        # Only what the user could call himself anyway.
        if any(not dialog.method.startswith("action_") for dialog in self):
            raise ValidationError(self.env._("This dialog takes only the steps that have a button."))

    # Actions

    def action_confirm(self):
        self.ensure_one()
        if self.usage and not self.reason_id:
            raise ValidationError(self.env._("Choose a reason."))
        given = {"reason_code": self.reason_id.code} if self.usage else {}
        records = self.env[self.res_model].browse(self.res_ids)
        getattr(records, self.method)(**given, note=self.note or "")
        return {"type": "ir.actions.act_window_close"}

    # Business

    @api.model
    def _open(self, records, method, usage, title):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_res_model": records._name,
                "default_res_ids": records.ids,
                "default_method": method,
                "default_usage": usage,
            },
        }
