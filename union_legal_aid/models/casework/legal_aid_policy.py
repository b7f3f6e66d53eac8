from odoo import api, fields, models


class LegalAidPolicy(models.Model):
    _inherit = "legal.aid.policy"

    lawyer_capacity = fields.Integer(
        string="Open Cases of a Lawyer",
        default=10,
        help="From so many open cases on, a lawyer is not suggested any more, unless his own record says otherwise; 0: no limit.",
    )

    # Business

    @api.model
    def _get_dependent_fields(self):
        return [*super()._get_dependent_fields(), ("legal.aid.case", "policy_id")]
