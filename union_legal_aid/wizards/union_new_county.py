import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..models.organization.union_organization import CASE_TIERS

# Who is asked for at first, by the tier of the union.
USUAL_ROLES = {"township": ("is_officer",), "enterprise": ("is_liaison",), "institution": ("is_liaison",)}
USUAL_ROLES_OF_CASE_TIERS = ("is_officer", "is_manager", "is_finance")
# The letters of codes that no administrative division gives.
CODE_LETTERS = {
    "zone": "Z",
    "industry": "I",
    "township": "T",
    "enterprise": "E",
    "institution": "N",
    "grassroots": "G",
}
TIERS_WITH_A_BUREAU = ("province", "city", "county")
# Their bureau is that of the union above.
TIERS_UNDER_A_BUREAU = ("zone", "industry")
UNION_WORDS = re.compile(r"(总工会|工会联合会|工会委员会|工会).*$")


class UnionNewCounty(models.TransientModel):
    """One dialog sets up a union: the union, its justice bureau, its people with their roles, and who pays.

    For administrators, below their own unions; a system administrator may found a tree of its own (a second city, X4). What
    does not fit is said all at once, before anything is created. Accounts get roles of this addon and nothing else. First
    passwords are shown once, on the page that follows, and kept nowhere. Books are another matter: ``union.set.up.books``.
    """

    _name = "union.new.county"
    _description = "New Union"
    _inherit = ["union.new.county.check.mixin"]

    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union That Is Here",
        readonly=True,
        ondelete="cascade",
        help="A union without people that is completed; empty for a new one.",
    )
    is_done = fields.Boolean(readonly=True)
    name = fields.Char(string="Union")
    gb_code = fields.Char(
        string="Division Code",
        help="GB/T 2260 code of the county or district, six digits; the union's code is proposed from it.",
    )
    tier = fields.Selection(
        selection="_selection_tier",
        default="county",
        required=True,
    )
    parent_id = fields.Many2one(
        comodel_name="union.organization",
        string="Superior Union",
        default=lambda self: self.env.user.union_organization_ids[:1],
        ondelete="cascade",
        domain=lambda self: [("id", "child_of", self.env.user.union_organization_ids.ids)],
    )
    code = fields.Char(compute="_compute_code", store=True, readonly=False)
    document_prefix = fields.Char(
        compute="_compute_document_prefix",
        store=True,
        readonly=False,
        help="The letters that start this union's document numbers, for example 平工援 in 平工援〔2026〕0001号.",
    )
    handles_cases = fields.Boolean(compute="_compute_handles_cases")
    justice_bureau_id = fields.Many2one(
        comodel_name="res.partner",
        compute="_compute_justice_bureau_id",
        store=True,
        readonly=False,
        ondelete="cascade",
        domain=[("is_company", "=", True)],
    )
    justice_bureau_name = fields.Char(
        string="New Justice Bureau",
        compute="_compute_justice_bureau_name",
        store=True,
        readonly=False,
        help="Entered as a new address card, where no bureau is chosen.",
    )
    bears_case_expense = fields.Boolean(
        string="Bears Its Case Fees Itself", compute="_compute_bears_case_expense", store=True, readonly=False
    )
    payer_organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Case Fees Paid By",
        compute="_compute_payer_organization_id",
        store=True,
        readonly=False,
        ondelete="cascade",
        domain="[('id', 'parent_of', parent_id), ('bears_case_expense', '=', True)]",
        help="Empty: the city.",
    )
    user_ids = fields.One2many(
        comodel_name="union.new.county.user",
        inverse_name="new_county_id",
        string="People",
        default=lambda self: self._propose_people("county"),
    )
    readiness_ids = fields.One2many(
        comodel_name="union.readiness", inverse_name="new_county_id", string="What Is Ready", readonly=True
    )

    # Defaults

    @api.model
    def _selection_tier(self):
        return self.env["union.organization"].fields_get(["tier"], ["selection"])["tier"]["selection"]

    # Compute

    @api.depends("tier", "gb_code", "parent_id", "organization_id")
    def _compute_code(self):
        for dialog in self:
            if dialog.organization_id:
                dialog.code = dialog.organization_id.code
            elif dialog.tier in CODE_LETTERS and not dialog.gb_code:
                dialog.code = dialog._propose_code()
            else:
                dialog.code = dialog.gb_code

    @api.depends("tier", "name", "parent_id", "organization_id")
    def _compute_document_prefix(self):
        for dialog in self:
            own = dialog.organization_id.document_prefix
            dialog.document_prefix = own or (dialog.tier in CASE_TIERS and dialog._propose_document_prefix())

    @api.depends("tier")
    def _compute_handles_cases(self):
        for dialog in self:
            dialog.handles_cases = dialog.tier in CASE_TIERS

    @api.depends("tier", "name", "parent_id", "organization_id")
    def _compute_justice_bureau_id(self):
        for dialog in self:
            bureau = dialog.organization_id.justice_bureau_id
            if not bureau and dialog.tier in TIERS_UNDER_A_BUREAU:
                bureau = dialog.parent_id.justice_bureau_id
            elif not bureau and dialog.tier in TIERS_WITH_A_BUREAU:
                name = dialog._propose_bureau_name()
                bureau = name and bureau.search([("name", "=", name), ("is_company", "=", True)], limit=1)
            dialog.justice_bureau_id = bureau

    @api.depends("tier", "name", "justice_bureau_id")
    def _compute_justice_bureau_name(self):
        for dialog in self:
            is_new = dialog.tier in TIERS_WITH_A_BUREAU and not dialog.justice_bureau_id
            dialog.justice_bureau_name = is_new and dialog._propose_bureau_name()

    @api.depends("organization_id")
    def _compute_bears_case_expense(self):
        for dialog in self:
            dialog.bears_case_expense = not dialog.organization_id or dialog.organization_id.bears_case_expense

    @api.depends("organization_id")
    def _compute_payer_organization_id(self):
        for dialog in self:
            dialog.payer_organization_id = dialog.organization_id.payer_organization_id

    @api.onchange("tier")
    def _onchange_tier(self):
        if not any(user.name for user in self.user_ids):
            self.user_ids = [Command.clear(), *self._propose_people(self.tier)]

    # Actions

    def action_set_up(self):
        """Create the union, its bureau and its accounts, or refuse with all that does not fit.

        :raises AccessError: unless an administrator does it, for a union at or below his own
        """
        self.ensure_one()
        self._check_administrator()
        self.lock_for_update()  # a double click creates one union
        problems = self._find_problems()
        if problems:
            raise UserError(
                self.env._(
                    "Nothing was created yet, because:\n%(problems)s",
                    problems="\n".join(f"• {problem}" for problem in problems),
                )
            )
        # What stands in the dialog and nothing else: the defaults of the caller's context are left behind.
        return self.with_env(self.env(context={"lang": self.env.lang}))._do_set_up()

    def _do_set_up(self):
        organization = self._set_up_union()
        # Handed to the page that follows and to nothing else: told in person, kept nowhere.
        first_passwords = {line: self.env["res.users"]._generate_first_password() for line in self._get_people()}
        users = {line: line._create_user(organization, password) for line, password in first_passwords.items()}
        self._name_managers(organization, users)
        (self.user_ids - self._get_people()).unlink()
        self.write({"organization_id": organization.id, "is_done": True})
        self.env["union.readiness"]._create_for(organization, new_county_id=self.id)
        return self._open_result(first_passwords)

    def action_open_union(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "union.organization",
            "res_id": self.organization_id.id,
            "views": [(False, "form")],
        }

    # Business

    def _check_administrator(self):
        self.check_access("write")
        if not self.env.user.has_group("union_legal_aid.group_administrator"):
            raise AccessError(self.env._("Only administrators set up unions. Ask the administrator of your union."))

    @api.model
    def _propose_people(self, tier):
        """Lines with their roles ticked, so that only names are left to be typed."""
        roles = USUAL_ROLES_OF_CASE_TIERS if tier in CASE_TIERS else USUAL_ROLES.get(tier, ("is_liaison",))
        # The name said to be empty, since the context of the dialog has the union's as the default.
        return [Command.create({role: True, "name": False}) for role in roles]

    def _get_people(self):
        """The lines that were filled in; proposed ones without a name are left out."""
        return self.user_ids.filtered(lambda line: (line.name or "").strip())

    def _get_place(self):
        """宝丰县 of 宝丰县总工会."""
        return UNION_WORDS.sub("", (self.name or "").strip())

    def _propose_bureau_name(self):
        place = self._get_place()
        return place and self.env._("%(place)s Justice Bureau", place=place)

    def _propose_code(self):
        """The superior's code with the tier's letter and the next free number, 410400-I3."""
        if not self.parent_id:
            return False
        start = f"{self.parent_id.code}-{CODE_LETTERS[self.tier]}"
        # Codes are unique in the whole federation, archived unions included.
        unions_sudo = self.env["union.organization"].sudo().with_context(active_test=False)
        taken = set(unions_sudo.search([("code", "=like", f"{start}%")]).mapped("code"))
        return next(code for code in (f"{start}{number}" for number in range(1, 10_000)) if code not in taken)

    def _propose_document_prefix(self):
        """As the federation does: 宝工援 for a county, 平新援 with the city's character for a district or zone."""
        head = (self.parent_id.document_prefix or "")[:1]
        place = self._get_place()
        own = [character for character in place if character not in f"市县区{self.parent_id.name or ''}"]
        of_county = [f"{character}工援" for character in own]
        of_district = [f"{head}{character}援" for character in own if head]
        is_county = self.tier in ("province", "city", "county") and not place.endswith("区")
        # Numbers of two unions with one prefix could not be told apart, whoever may see them.
        taken = set(self.env["union.organization"].sudo().search([]).mapped("document_prefix"))
        proposals = of_county + of_district if is_county else of_district + of_county
        return next((prefix for prefix in proposals if prefix not in taken), False)

    # Creation

    def _set_up_union(self):
        """Create the union under the administrator's own rights, or complete the one that stands here."""
        vals = {
            "justice_bureau_id": self._get_justice_bureau().id,
            "document_prefix": self.document_prefix,
            "bears_case_expense": self.bears_case_expense,
            "payer_organization_id": not self.bears_case_expense and self.payer_organization_id.id,
        }
        if self.organization_id:
            self.organization_id.write(vals)
            return self.organization_id
        name = self.name.strip()
        card = self.env["res.partner"].create(
            {"name": name, "is_company": True, "country_id": self.env.ref("base.cn").id}
        )
        vals |= {
            "name": name,
            "code": self.code.strip(),
            "gb_code": self.gb_code,
            "tier": self.tier,
            "parent_id": self.parent_id.id,
            "partner_id": card.id,
        }
        unions = self.env["union.organization"]
        if self.parent_id:
            return unions.create(vals)
        # A tree of its own lies in nobody's reach yet; the system administrator who founds it keeps it.
        founder = Command.link(self.env.uid)
        return unions.sudo().create({**vals, "user_ids": [founder]}).sudo(False)

    def _get_justice_bureau(self):
        name = (self.justice_bureau_name or "").strip()
        if self.justice_bureau_id or not name:
            return self.justice_bureau_id
        country = self.env.ref("base.cn")
        return self.env["res.partner"].create({"name": name, "is_company": True, "country_id": country.id})

    def _name_managers(self, organization, users):
        managers = [user for line, user in users.items() if line.is_manager]
        if managers:
            organization.manager_user_ids = [Command.link(user.id) for user in managers]

    def _open_result(self, first_passwords):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("%(union)s Is Set Up", union=self.organization_id.name),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(self.env.ref("union_legal_aid.union_new_county_view_form_result").id, "form")],
            "target": "new",
            "context": {"union_first_passwords": [f"{line.id}={told}" for line, told in first_passwords.items()]},
        }
