from odoo import api, fields, models

from ..organization.union_organization import CASE_TIERS


class UnionOrganization(models.Model):
    _inherit = "union.organization"

    reporting_union_id = fields.Many2one(
        comodel_name="union.organization",
        string="Counts Under",
        compute="_compute_reporting_union_id",
        store=True,
        recursive=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The county, zone, industrial or city union in whose column this union's figures stand in statistics.",
    )

    # Compute

    @api.depends("tier", "parent_id.reporting_union_id")
    def _compute_reporting_union_id(self):
        for union in self:
            union.reporting_union_id = union if union.tier in CASE_TIERS else union.parent_id.reporting_union_id
