from odoo import fields, models


class UnionOrganization(models.Model):
    _inherit = "union.organization"

    assessed_since = fields.Date(
        string="Assessments Kept Here Since",
        help="Contracts that ended before this day were assessed on paper only, so their renewal asks for no assessment in"
        " the system. Empty: every renewal does.",
    )
