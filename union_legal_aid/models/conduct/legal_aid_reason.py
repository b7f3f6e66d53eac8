from odoo import fields, models


class LegalAidReason(models.Model):
    _inherit = "legal.aid.reason"

    usage = fields.Selection(
        selection_add=[
            ("rejudge", "New verdict on a complaint"),
            ("justice_result", "Result of the justice bureau"),
            ("justice_waiver", "Complaint closed without the justice bureau's result"),
            ("removal_withdraw", "Withdrawal of a removal"),
            ("sanction_revoke", "End of a sanction"),
            ("no_service", "Excuse for a year without service"),
            ("readmission", "New appointment after a removal"),
        ],
        ondelete={
            "rejudge": "cascade",
            "justice_result": "cascade",
            "justice_waiver": "cascade",
            "removal_withdraw": "cascade",
            "sanction_revoke": "cascade",
            "no_service": "cascade",
            "readmission": "cascade",
        },
    )
