from odoo import models


class UnionOrganization(models.Model):
    _inherit = "union.organization"

    # Business

    def _get_jurisdiction_analytic(self):
        """The analytic account of this jurisdiction (区属), opened when its first fee is booked."""
        self.ensure_one()
        # Finance books for every jurisdiction it pays; only administrators may change unions and analytic accounts.
        union_sudo = self.sudo()
        if not union_sudo.analytic_account_id:
            union_sudo.lock_for_update(allow_referencing=True)
            union_sudo.analytic_account_id = union_sudo.env["account.analytic.account"].create(
                {
                    "name": union_sudo.name,
                    "code": union_sudo.code,
                    "plan_id": self.env.ref("l10n_cn_union.plan_jurisdiction").id,
                    "company_id": False,
                }
            )
        return union_sudo.analytic_account_id.sudo(False)
