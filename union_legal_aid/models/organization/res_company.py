from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """Every user works in a company of the ERP. Who works for a union without books works in one that keeps none."""

    _inherit = "res.company"

    is_without_books = fields.Boolean(
        string="For Unions without Books",
        copy=False,
        help="The users of unions that keep no books here work in this company, so that they need no access to the books of"
        " another union. No books are kept in it.",
    )

    _one_without_books = models.UniqueIndex(
        "(is_without_books) WHERE is_without_books",
        "There is a company for unions without books already. One is enough for all of them.",
    )

    # Constraints

    @api.constrains("is_without_books")
    def _check_without_books(self):
        # Books of a union that this user may not see count all the same.
        unions_sudo = self.env["union.organization"].sudo().with_context(active_test=False)
        for company in self.filtered("is_without_books"):
            union = unions_sudo.search([("company_id", "=", company.id)], limit=1)
            if union:
                raise ValidationError(
                    self.env._(
                        "%(company)s holds the books of %(union)s, so it cannot be the company for unions without books.",
                        company=company.name,
                        union=union.name,
                    )
                )

    # Business

    @api.model
    def _get_without_books(self):
        """The company of users whose union keeps no books here; opened when the first of them needs it.

        It has no country, so no chart of accounts comes with it.
        """
        companies_sudo = self.sudo()
        company_sudo = companies_sudo.search([("is_without_books", "=", True)], limit=1)
        if not company_sudo:
            # Nobody who asks for it becomes a user of it by that; the superuser opens it, with nothing from the caller's context.
            system = self.env(user=SUPERUSER_ID, context={"lang": self.env.lang})
            company_sudo = system["res.company"].create(
                {
                    "name": self.env._("Unions without Books"),
                    "currency_id": self.env.ref("base.CNY").id,
                    "is_without_books": True,
                }
            )
        return self.browse(company_sudo.id)
