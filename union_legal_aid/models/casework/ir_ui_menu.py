from odoo import models


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """Who handles cases has no use for the page of the house unions, though his role contains theirs."""
        hidden = super()._load_menus_blacklist()
        if self.env.user.has_group("union_legal_aid.group_officer"):
            hidden.append(self.env.ref("union_legal_aid.menu_our_cases").id)
        return hidden
