from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tools import format_list

# The roles that the dialog can give, and nothing else. Each contains what security/groups.xml says.
ROLES = {
    "is_officer": "union_legal_aid.group_officer",
    "is_manager": "union_legal_aid.group_manager",
    "is_finance": "union_legal_aid.group_finance",
    "is_liaison": "union_legal_aid.group_liaison",
    "is_justice": "union_legal_aid.group_justice",
    "is_auditor": "union_legal_aid.group_auditor",
}
# Who oversees takes no part in what he oversees.
LONELY_ROLES = ("is_justice", "is_auditor")
# Who has to do with the payouts, which stand in the union's books.
ROLES_IN_BOOKS = ("is_officer", "is_manager", "is_finance", "is_auditor")


class UnionNewCountyUser(models.TransientModel):
    """A person of the new union. No phone and no e-mail are asked for: the first password is handed over in person (V6)."""

    _name = "union.new.county.user"
    _description = "Person of a New Union"
    _order = "id"

    new_county_id = fields.Many2one(
        comodel_name="union.new.county", string="Dialog", required=True, ondelete="cascade", index=True
    )
    name = fields.Char(string="Full Name")
    login = fields.Char(string="Sign-in Name", compute="_compute_login", store=True, readonly=False)
    proposed_login = fields.Char(compute="_compute_login", store=True)
    is_officer = fields.Boolean(string="Officer")
    is_manager = fields.Boolean(string="Manager")
    is_finance = fields.Boolean(string="Finance")
    is_liaison = fields.Boolean(string="Liaison")
    is_justice = fields.Boolean(string="Justice Bureau")
    is_auditor = fields.Boolean(string="Auditor")
    roles = fields.Char(compute="_compute_roles")
    first_password = fields.Char(
        compute="_compute_first_password", help="Shown only now. It is asked to be replaced at the first sign-in."
    )

    # Compute

    @api.depends("new_county_id.code", *ROLES)
    def _compute_login(self):
        for line in self:
            code, role = line.new_county_id.code, next(iter(line._get_roles()), "")
            proposal = code and role and f"{code.strip().lower()}_{role.removeprefix('is_')}"
            # What was typed stays; what was proposed follows the code and the roles.
            if not line.login or line.login == line.proposed_login:
                line.login = proposal
            line.proposed_login = proposal

    @api.depends(*ROLES)
    @api.depends_context("lang")
    def _compute_roles(self):
        labels = {name: field["string"] for name, field in self.fields_get(list(ROLES), ["string"]).items()}
        for line in self:
            line.roles = format_list(self.env, [labels[role] for role in line._get_roles()])

    @api.depends_context("union_first_passwords")
    def _compute_first_password(self):
        # Nothing is stored: the page that was opened right after the accounts were made brings them along.
        told = dict(pair.split("=", 1) for pair in self.env.context.get("union_first_passwords") or ())
        for line in self:
            line.first_password = told.get(str(line.id))

    # Business

    def _get_roles(self):
        self.ensure_one()
        return [role for role in ROLES if self[role]]

    def _create_user(self, organization, first_password):
        """An account with the roles of this line and no other, bound to ``organization`` and to nothing else.

        Only system administrators have the right to create users. This is the one step that goes beyond the rights of the
        union's administrator, and it can give roles of this addon only: they are named in ``ROLES``, never by the caller. The
        caller's context is left behind, for its defaults would be taken for values.

        :raises AccessError: when ``organization`` is neither the administrator's own union nor one below it
        """
        self.ensure_one()
        self.new_county_id._check_administrator()
        own = self.env.user.sudo().union_organization_ids
        if not any(organization._is_at_or_below(union) for union in own):
            raise AccessError(
                self.env._(
                    "%(union)s is neither one of your unions nor below them. Ask its own administrator.",
                    union=organization.name,
                )
            )
        groups = self.env["res.groups"].union(*(self.env.ref(ROLES[role]) for role in self._get_roles()))
        company = self._get_company(organization)
        users_sudo = self.env(context={"lang": self.env.lang, "no_reset_password": True})["res.users"].sudo()
        user_sudo = users_sudo.create(
            {
                "name": self.name.strip(),
                "login": self.login.strip(),
                "password": first_password,
                "group_ids": [Command.set(groups.ids)],
                "union_organization_ids": [Command.set(organization.ids)],
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "notification_type": "inbox",
                "lang": self.env.user.lang,
                "tz": self.env.user.tz,
            }
        )
        user_sudo.has_first_password = True
        return self.env["res.users"].browse(user_sudo.id)

    def _get_company(self, organization):
        """The union's books for those who work with them, else the company that keeps none: never another union's books."""
        books = organization.sudo().company_id
        if books and any(self[role] for role in ROLES_IN_BOOKS):
            return books
        return self.env["res.company"]._get_without_books()
