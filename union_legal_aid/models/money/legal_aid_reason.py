from odoo import fields, models


class LegalAidReason(models.Model):
    _inherit = "legal.aid.reason"

    usage = fields.Selection(selection_add=[("budget", "Override of a budget")], ondelete={"budget": "cascade"})
