from odoo import fields, models


class LegalAidReason(models.Model):
    _inherit = "legal.aid.reason"

    usage = fields.Selection(
        selection_add=[("file_reading", "Reading of a sealed file"), ("retention_hold", "Keeping a file on")],
        ondelete={"file_reading": "cascade", "retention_hold": "cascade"},
    )
