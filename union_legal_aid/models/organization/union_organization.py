from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

# Tiers at which a union handles cases under its own number.
CASE_TIERS = ("province", "city", "county", "zone", "industry")


class UnionOrganization(models.Model):
    """A trade union of the federation's tree (O1).

    Whether a county pays its case fees and whether it reports to the city are flags, never derived from its code: some
    places are administered apart from the city that surrounds them (F§9).
    """

    _name = "union.organization"
    _description = "Union"
    _inherit = ["legal.aid.noted.mixin"]
    _parent_name = "parent_id"
    _parent_store = True
    _order = "sequence, code, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=False, index="trigram")
    code = fields.Char(required=True, help="The federation's own code of this union; unique.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    gb_code = fields.Char(
        string="Division Code",
        help="GB/T 2260 code of the administrative division; empty for functional zones, industries and enterprises.",
    )
    tier = fields.Selection(
        selection=[
            ("province", "Province"),
            ("city", "City"),
            ("county", "County or District"),
            ("zone", "Functional Zone"),
            ("industry", "Industrial Union"),
            ("township", "Township, Street or Park"),
            ("enterprise", "Enterprise"),
            ("institution", "Institution"),
            ("grassroots", "Grassroots"),
        ],
        required=True,
    )
    parent_id = fields.Many2one(
        comodel_name="union.organization",
        string="Superior Union",
        ondelete="restrict",
        index=True,
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many(
        comodel_name="union.organization", inverse_name="parent_id", string="Subordinate Unions"
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        string="Books",
        ondelete="restrict",
        help="The company that holds this union's books in the ERP. Empty: payments are made outside and confirmed here with"
        " evidence.",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Address Card",
        ondelete="restrict",
        index="btree_not_null",
    )
    justice_bureau_id = fields.Many2one(
        comodel_name="res.partner",
        ondelete="restrict",
        domain=[("is_company", "=", True)],
        help="The justice bureau of the same level, partner body in the programme.",
    )
    manager_user_ids = fields.Many2many(
        comodel_name="res.users",
        relation="union_organization_manager_rel",
        string="Managers",
        help="The leaders in charge (分管领导). An approver stands here and holds the manager role.",
    )
    user_ids = fields.Many2many(
        comodel_name="res.users",
        relation="union_organization_user_rel",
        column1="organization_id",
        column2="user_id",
        string="Users",
    )
    bears_case_expense = fields.Boolean(
        default=True,
        help="This union pays the case fees of its own jurisdiction (区属). If not, the union named as payer does.",
    )
    payer_organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Case Fees Paid By",
        ondelete="restrict",
        index="btree_not_null",
        help="The union that pays this union's case fees when it does not bear them. Empty: the city.",
    )
    reports_to_city = fields.Boolean(default=True, help="Hands in the work summary on 20 May and 20 December.")
    analytic_account_id = fields.Many2one(
        comodel_name="account.analytic.account",
        string="Jurisdiction (Analytic)",
        ondelete="restrict",
        help="Analytic account of this jurisdiction, used on every voucher line of its case fees.",
    )
    supervision_phone = fields.Char(help="Supervision phone that is published with the roster.")
    phone = fields.Char(string="Service Phone")
    address = fields.Char()
    office_hours = fields.Char()
    document_prefix = fields.Char(
        help="The letters that start this union's document numbers, for example 平工援 in 平工援〔2026〕0001号."
    )
    institution_ids = fields.One2many(
        comodel_name="union.institution", inverse_name="organization_id", string="Institutions"
    )
    institution_count = fields.Integer(compute="_compute_institution_count")
    case_sequence_id = fields.Many2one(
        comodel_name="ir.sequence",
        string="Case Numbers",
        copy=False,
        ondelete="restrict",
    )

    _code_unique = models.Constraint("UNIQUE(code)", "Another union has this code already. Each union needs its own.")

    # Compute

    @api.depends("institution_ids")
    def _compute_institution_count(self):
        groups = self.env["union.institution"]._read_group(
            [("organization_id", "in", self.ids)], ["organization_id"], ["__count"]
        )
        counts = dict(groups)
        for organization in self:
            organization.institution_count = counts.get(organization._origin, 0)

    # Constraints

    @api.constrains("tier")
    def _check_tier_of_institutions(self):
        self.institution_ids._check_committee()

    @api.constrains("company_id")
    def _check_books(self):
        for organization in self.filtered("company_id.is_without_books"):
            raise ValidationError(
                self.env._(
                    "%(company)s keeps no books, so it cannot hold those of %(organization)s. Leave Books empty, or set up books.",
                    company=organization.company_id.name,
                    organization=organization.name,
                )
            )

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A union cannot be its own superior. Choose another superior union."))

    @api.constrains("bears_case_expense", "payer_organization_id")
    def _check_payer(self):
        for organization in self.filtered("payer_organization_id"):
            payer = organization.payer_organization_id
            if not organization.bears_case_expense and (payer == organization or not payer.bears_case_expense):
                raise ValidationError(
                    self.env._(
                        "%(payer)s cannot pay the case fees of %(organization)s, because it does not bear case fees itself.",
                        payer=payer.name,
                        organization=organization.name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        organizations = super().create(vals_list)
        organizations.filtered("company_id")._check_may_change_books()
        organizations._ensure_case_sequence()
        self._clear_access_cache(vals_list)
        return organizations

    def write(self, vals):
        if "company_id" in vals:
            self.filtered(lambda union: union.company_id.id != vals["company_id"])._check_may_change_books()
        result = super().write(vals)
        if "document_prefix" in vals or "tier" in vals:
            self._ensure_case_sequence()
        self._clear_access_cache([vals])
        return result

    def _check_may_change_books(self):
        # Whoever chose the books of a union could let its finance into anybody's.
        if self and not self.env.is_system():
            raise AccessError(
                self.env._(
                    "The books of %(organization)s are set up by a system administrator. Ask the one of the ERP.",
                    organization=self[0].name,
                )
            )

    @api.model
    def _clear_access_cache(self, vals_list):
        # Record rules hold the user's own unions in a cache; a membership given from this side must be seen at once (O2).
        if any({"user_ids", "manager_user_ids"} & vals.keys() for vals in vals_list):
            self.env["res.users"].invalidate_model(["union_organization_ids"])
            self.env.registry.clear_cache()

    def _ensure_case_sequence(self):
        """Give each union that handles cases its own yearly numbering, 平工援〔2026〕0001号 (F§10)."""
        # A union's administrator may set up unions without having rights on the ERP's numbering.
        sequences_sudo = self.env["ir.sequence"].sudo()
        for organization in self.filtered(lambda union: union.tier in CASE_TIERS and union.document_prefix):
            prefix = f"{organization.document_prefix}〔%(range_year)s〕"
            if organization.case_sequence_id:
                organization.case_sequence_id.sudo().prefix = prefix
                continue
            organization.sudo().case_sequence_id = sequences_sudo.create(
                {
                    "name": f"{organization.name} {organization.document_prefix}",
                    "prefix": prefix,
                    "suffix": "号",
                    "padding": 4,
                    "use_date_range": True,
                    "company_id": False,
                }
            )

    # Actions

    def action_set_up_people(self):
        """Open the dialog for new unions on this one, which is here already, to give it people."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Set Up %(union)s", union=self.name),
            "res_model": "union.new.county",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_organization_id": self.id,
                "default_name": self.name,
                "default_gb_code": self.gb_code,
                "default_tier": self.tier,
                "default_parent_id": self.parent_id.id,
            },
        }

    def action_check_readiness(self):
        self.ensure_one()
        return self.env["union.readiness"]._open(self)

    def action_open_institutions(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("union_legal_aid.union_institution_action")
        return {
            **action,
            "domain": [("organization_id", "=", self.id)],
            "context": {"default_organization_id": self.id},
        }

    # Business

    def _next_case_number(self, date):
        """The next case number of this union in the year of ``date``.

        :raises UserError: when the union has no document prefix and so no numbering
        """
        self.ensure_one()
        # Officers draw numbers; only administrators may look after the numbering itself.
        sequence_sudo = self.sudo().case_sequence_id
        if not sequence_sudo:
            raise UserError(
                self.env._(
                    "%(organization)s has no case numbering. Ask an administrator to enter its document prefix.",
                    organization=self.name,
                )
            )
        return sequence_sudo.next_by_id(sequence_date=date)

    def _get_superior(self, *tiers):
        """The nearest union of one of ``tiers``, this one included; empty if there is none."""
        self.ensure_one()
        organization = self
        while organization and organization.tier not in tiers:
            organization = organization.parent_id
        return organization

    def _get_city(self):
        """The city union (or, in a tree without one, the topmost union) that answers for this union's team."""
        self.ensure_one()
        city = self._get_superior("city")
        return city or self.browse(int(self.parent_path.split("/")[0]))

    def _get_case_payer(self):
        """The union that bears the case fees of this jurisdiction (M3): itself by flag, else the named payer, else the city."""
        self.ensure_one()
        if self.bears_case_expense:
            return self
        return self.payer_organization_id or self._get_city()

    def _is_at_or_below(self, other):
        self.ensure_one()
        return bool(other) and self.parent_path.startswith(other.parent_path)
