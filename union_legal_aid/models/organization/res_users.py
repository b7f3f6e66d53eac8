from odoo import api, fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    union_organization_ids = fields.Many2many(
        comodel_name="union.organization",
        relation="union_organization_user_rel",
        column1="user_id",
        column2="organization_id",
        string="Unions",
        help="The unions this user works for. Record rules give access to them and to the unions below them.",
    )
    access_organization_ids = fields.Many2many(
        comodel_name="union.organization",
        string="Acts For",
        compute="_compute_access_organization_ids",
        compute_sudo=True,
        help="The unions this user may act for today; the access table calls them “unions”.",
    )

    # Compute

    @api.depends("union_organization_ids")
    def _compute_access_organization_ids(self):
        for user in self:
            user.access_organization_ids = user.union_organization_ids

    # CRUD

    @api.model
    def _get_invalidation_fields(self):
        # Record rules hold these unions in a cache; a moved user must lose the old union at once (O2).
        return super()._get_invalidation_fields() | {"union_organization_ids"}
