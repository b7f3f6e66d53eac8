from odoo import fields, models


class LegalAidReason(models.Model):
    _inherit = "legal.aid.reason"

    usage = fields.Selection(
        selection_add=[
            ("share", "Dispute of a share"),
            ("statement", "Objection to a statement"),
            ("budget", "Override of a budget"),
        ],
        ondelete={"share": "cascade", "statement": "cascade", "budget": "cascade"},
    )
