from odoo import models


class AccountAccount(models.Model):
    _inherit = "account.account"

    # Business

    def _get_union_full_name(self):
        """维权支出——法律援助支出: a sub-account under the name of its first-level account, as vouchers and books show it.

        Codes and groups are those of the company in the environment.
        """
        self.ensure_one()
        # Whoever reads an account may know what it is called.
        group = self.group_id.sudo()
        if len(self.code or "") > len(group.code_prefix_start or "") > 1 and group.name != self.name:
            return f"{group.name}——{self.name}"
        return self.name
