from odoo import fields, models

from ..organization.personal_fields import OFFICER

# What identifies an employer on its union's address card.
CARD_FIELDS = {"name", "vat", "company_registry"}


class ResPartner(models.Model):
    _inherit = "res.partner"

    legal_aid_member_ids = fields.One2many(
        comodel_name="legal.aid.volunteer",
        inverse_name="law_firm_id",
        string="Lawyers of the Team",
        readonly=True,
        groups=OFFICER,
    )

    # CRUD

    def write(self, vals):
        if not CARD_FIELDS & vals.keys():
            return super().write(vals)
        # Whose card it is does not depend on who corrects it.
        unions_sudo = self.env["union.organization"].sudo().search([("partner_id", "in", self.ids)])
        before = unions_sudo._get_employer_keys()
        result = super().write(vals)
        unions_sudo._refresh_respondents(before)
        return result
