from odoo import models
from odoo.exceptions import UserError


class ResPartner(models.Model):
    """Under which name a lawyer of the team, and his firm, stand on roster, card and papers: the union vouches for it, so he does not
    change it himself (T13, P4).
    """

    _inherit = "res.partner"

    # CRUD

    def write(self, vals):
        self._check_own_name(vals)
        return super().write(vals)

    # Business

    def _check_own_name(self, vals):
        """Odoo lets everybody correct his own name, on the portal and in his preferences.

        :raises UserError: for a lawyer of the team
        """
        if "name" not in vals:
            return
        own = self.env.user.partner_id
        named = self & (own | own.commercial_partner_id)
        if set(named.mapped("name")) <= {vals["name"]}:
            return
        # Whether he is one, whatever he may read of the team.
        if self.env["legal.aid.volunteer"].sudo().search_count([("partner_id", "=", own.id)], limit=1):
            raise UserError(
                self.env._(
                    "“%(name)s” is the name on your card and on the public roster. Ask the city union to correct it.",
                    name=named[0].name,
                )
            )
