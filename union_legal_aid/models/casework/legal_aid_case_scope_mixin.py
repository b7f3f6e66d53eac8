from odoo import api, fields, models


class LegalAidCaseScopeMixin(models.AbstractModel):
    """Which scope of the union's aid a case falls into (工会法律援助办法, I5), from its recipient and its matter."""

    _name = "legal.aid.case.scope.mixin"
    _description = "Scope of a Case"

    scope_id = fields.Many2one(
        comodel_name="legal.aid.scope",
        compute="_compute_scope_id",
        store=True,
        precompute=True,
        readonly=False,
        ondelete="restrict",
        index="btree_not_null",
        help="The scope of 工会法律援助办法; suggested from recipient and matter, the officer decides.",
    )

    # Compute

    @api.depends("applicant_kind", "matter_id")
    def _compute_scope_id(self):
        # Scopes are the same for everybody who enters a case.
        scopes = self.env["legal.aid.scope"].sudo().search([("recipient_kinds", "!=", False)])
        by_kind = {kind: scope for scope in scopes for kind in scope.recipient_kinds.split()}
        for case in self:
            case.scope_id = by_kind.get(case.applicant_kind) or case.matter_id.scope_id or case.scope_id
