from odoo import fields, models


class LegalAidReason(models.Model):
    _inherit = "legal.aid.reason"

    usage = fields.Selection(
        selection_add=[("major", "Major case"), ("drop_right", "A right is not pursued")],
        ondelete={"major": "cascade", "drop_right": "cascade"},
    )
