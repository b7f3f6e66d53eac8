from odoo import api, fields, models


class LegalAidPolicy(models.Model):
    _inherit = "legal.aid.policy"

    retention_years = fields.Integer(
        default=30, help="Years for which a case file is kept, from its archiving (C8); 0 means permanently."
    )

    _retention_positive = models.Constraint(
        "CHECK(retention_years >= 0)", "A file is kept for some years, or with 0 permanently. Correct the years."
    )

    # Business

    @api.model
    def _get_dependent_fields(self):
        return [*super()._get_dependent_fields(), ("legal.aid.case", "policy_id")]
