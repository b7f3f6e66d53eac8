from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

# 基层工会 keep the shorter chart of 《工会会计制度》附录1.
GRASSROOTS_TIERS = ("township", "enterprise", "institution", "grassroots")
# Who has to do with payouts, which stand in the union's books; posting stays finance's.
GROUPS_IN_BOOKS = ("group_officer", "group_finance", "group_auditor")


class UnionSetUpBooks(models.TransientModel):
    """Give a union books of its own in the ERP: a company with the union chart of accounts, for the union's own people.

    Only a system administrator may do it: Odoo asks for one to open a company and to load a chart.
    """

    _name = "union.set.up.books"
    _description = "Books of a Union"

    organization_id = fields.Many2one(
        comodel_name="union.organization", string="Union", required=True, readonly=True, ondelete="cascade"
    )
    name = fields.Char(string="Name of the Books", compute="_compute_name", store=True, readonly=False)
    chart = fields.Selection(
        selection=[("cn_union", "County level and above"), ("cn_union_grassroots", "Grassroots union")],
        string="Chart of Accounts",
        compute="_compute_chart",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="Union accounting system of 2021: the list of accounts for this kind of union.",
    )
    user_ids = fields.Many2many(
        comodel_name="res.users",
        string="Who Works in Them",
        compute="_compute_user_ids",
        help="Officers, managers, finance and auditors of this union. Their present company is left when it keeps no books.",
    )

    # Compute

    @api.depends("organization_id")
    def _compute_name(self):
        for dialog in self:
            dialog.name = dialog.organization_id.name

    @api.depends("organization_id")
    def _compute_chart(self):
        for dialog in self:
            grassroots = dialog.organization_id.tier in GRASSROOTS_TIERS
            dialog.chart = "cn_union_grassroots" if grassroots else "cn_union"

    @api.depends("organization_id")
    def _compute_user_ids(self):
        for dialog in self:
            dialog.user_ids = dialog._get_users()

    # Actions

    def action_set_up(self):
        """Open the company, load the chart, link it with the union, and let the union's people work in it.

        :raises AccessError: unless a system administrator does it
        """
        self.ensure_one()
        self._check_system_administrator()
        self.organization_id.lock_for_update(allow_referencing=True)  # a double click opens one company
        self._check_can_set_up()
        company = self._create_company()
        self.organization_id.company_id = company
        self._move_users(company)
        return self.env["union.readiness"]._open(self.organization_id)

    # Business

    def _check_system_administrator(self):
        self.check_access("write")
        if not self.env.is_system():
            raise AccessError(self.env._("Only a system administrator sets up books. Ask the one of the ERP."))

    def _check_can_set_up(self):
        union = self.organization_id
        if union.company_id:
            raise UserError(
                self.env._("%(union)s has books already: %(company)s.", union=union.name, company=union.company_id.name)
            )
        name = (self.name or "").strip()
        if not name:
            raise UserError(self.env._("Enter the name of the books of %(union)s.", union=union.name))
        if self.env["res.company"].with_context(active_test=False).search_count([("name", "=", name)], limit=1):
            raise UserError(self.env._("There is a company %(name)s already. Enter another name.", name=name))

    def _create_company(self):
        # The key says that the union chart comes in a moment: without it Odoo would install the chart of China's enterprises.
        companies = self.env(context={"lang": self.env.lang, "chart_template_load": True})["res.company"]
        company = companies.create(
            {
                "name": self.name.strip(),
                "currency_id": self.env.ref("base.CNY").id,
                "country_id": self.env.ref("base.cn").id,
            }
        ).with_env(self.env)
        self.env["account.chart.template"].try_loading(self.chart, company=company, install_demo=False)
        return company

    def _get_users(self):
        groups = self.env["res.groups"].union(*(self.env.ref(f"union_legal_aid.{name}") for name in GROUPS_IN_BOOKS))
        return self.env["res.users"].search(
            [
                ("union_organization_ids", "in", self.organization_id.ids),
                ("all_group_ids", "in", groups.ids),
                ("share", "=", False),
            ]
        )

    def _move_users(self, company):
        """The union's people work in its books from now on, and no longer in the company that keeps none."""
        neutral = self.env["res.company"].search([("is_without_books", "=", True)], limit=1)
        for user in self._get_users():
            vals = {"company_ids": [Command.link(company.id)]}
            if user.company_id == neutral:
                vals["company_id"] = company.id
                vals["company_ids"].append(Command.unlink(neutral.id))
            user.write(vals)
