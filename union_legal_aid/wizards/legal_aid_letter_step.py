from odoo import fields, models

from ..models.organization.legal_day import legal_today


class LegalAidLetterStep(models.TransientModel):
    """Asks for the day of delivery of a supervision letter, or for the reply to it, and takes the step."""

    _name = "legal.aid.letter.step"
    _description = "Delivery or Reply of a Letter"

    letter_id = fields.Many2one(
        comodel_name="legal.aid.supervision.letter", required=True, readonly=True, ondelete="cascade"
    )
    step = fields.Selection(selection=[("send", "Delivery"), ("reply", "Reply")], required=True, readonly=True)
    date = fields.Date(required=True, default=legal_today)
    method = fields.Selection(
        selection=[("direct", "Handed over"), ("post", "By post"), ("electronic", "Electronically")],
        string="Delivered How",
        default="direct",
    )
    result = fields.Selection(
        selection=[("done", "Put right"), ("partly", "Partly put right"), ("refused", "Not put right")],
        string="What the Reply Says",
    )
    reply = fields.Text()

    # Actions

    def action_confirm(self):
        self.ensure_one()
        if self.step == "send":
            self.letter_id.action_send(date=self.date, method=self.method)
        else:
            self.letter_id.action_record_reply(date=self.date, result=self.result, reply=self.reply or "")
        return {"type": "ir.actions.act_window_close"}
