from odoo import fields, models


class LegalAidDeadline(models.Model):
    _inherit = "legal.aid.deadline"

    kind = fields.Selection(selection_add=[("reply", "The lawyer's reply")], ondelete={"reply": "cascade"})
