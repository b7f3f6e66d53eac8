from odoo import fields, models


class LegalAidReason(models.Model):
    _inherit = "legal.aid.reason"

    usage = fields.Selection(
        selection_add=[
            ("rejudge", "New verdict on a complaint"),
            ("justice_result", "Result of the justice bureau"),
            ("justice_waiver", "Complaint closed without the justice bureau's result"),
        ],
        ondelete={"rejudge": "cascade", "justice_result": "cascade", "justice_waiver": "cascade"},
    )
