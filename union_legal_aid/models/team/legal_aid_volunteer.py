from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..organization.personal_fields import AUDITOR, FINANCE, OFFICER, Mask, PrivateChar
from .legal_aid_contract_lawyer import NAMING_READERS

# Who may work with a member's private data at all; which members, the rules of legal.aid.volunteer.private decide.
PRIVATE_GROUPS = f"{OFFICER},{FINANCE}"


class LegalAidVolunteer(models.Model):
    """A member of the team (T1–T5, T9): team lawyer, lawyer named by a contracted firm, or the institution's own staff
    handler.

    Only a team lawyer (``kind`` lawyer) stands on the roster and gets the subsidy. The record belongs to the city
    union: what changes it is the city's act (O3), and counties read those who serve their contact points.
    """

    _name = "legal.aid.volunteer"
    _description = "Team Lawyer"
    _inherit = [
        "legal.aid.editable.mixin",
        "legal.aid.city.mixin",
        "legal.aid.licensed.mixin",
        "legal.aid.roster.mixin",
        "legal.aid.membership.mixin",
        "legal.aid.joining.mixin",
        "legal.aid.portal.access.mixin",
        "legal.aid.private.mixin",
        "legal.aid.logged.mixin",
        "mail.thread",
        "legal.aid.todo.mixin",
    ]
    _order = "name, id"
    _rec_names_search = ["name", "license_number"]
    _city_field = "organization_id"

    _private_model = "legal.aid.volunteer.private"
    _private_parent = "volunteer_id"
    _unmask_groups = (OFFICER, AUDITOR, FINANCE)

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Full Name",
        required=True,
        ondelete="restrict",
        index=True,
        domain=[("is_company", "=", False), ("parent_id", "=", False)],
        help="The lawyer's own address card. It must not hang below the law firm's.",
    )
    name = fields.Char(related="partner_id.name", store=True, index="trigram")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Portal User",
        ondelete="restrict",
        index="btree_not_null",
        help="The account with which this person works in the system; its person must be the same.",
    )
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self._default_organization_id(),
        help="The city union that keeps the team.",
    )
    kind = fields.Selection(
        selection=[
            ("lawyer", "Team lawyer"),
            ("firm_lawyer", "Lawyer of a contracted firm"),
            ("staff", "Staff handler"),
        ],
        default="lawyer",
        required=True,
        tracking=True,
    )
    license_number = fields.Char(copy=False, tracking=True)
    license_valid_until = fields.Date(tracking=True)
    practises_in_city = fields.Boolean(tracking=True)
    law_firm_id = fields.Many2one(
        comodel_name="res.partner",
        ondelete="restrict",
        index="btree_not_null",
        domain=[("is_company", "=", True)],
        tracking=True,
    )
    contact_point_ids = fields.Many2many(
        comodel_name="union.organization",
        relation="legal_aid_volunteer_contact_point_rel",
        column1="volunteer_id",
        column2="organization_id",
        string="Contact Points",
        tracking=True,
        help="The unions this lawyer serves, set by the city (管理办法 §3). Each one stands also for the unions below"
        " it.",
    )
    is_public_servant = fields.Boolean(
        string="Public Servant",
        tracking=True,
        help="Gets no remuneration for labour, only actual costs.",
    )
    application_date = fields.Date(string="Applied On")
    recommended_by = fields.Selection(
        selection=[
            ("firm", "Law firm"),
            ("bureau", "Justice bureau"),
            ("bar", "Bar association"),
            ("union", "County union"),
        ]
    )
    recommender_id = fields.Many2one(
        comodel_name="res.partner",
        string="Recommended by (Name)",
        ondelete="restrict",
        domain=[("is_company", "=", True)],
    )
    recommended_date = fields.Date(string="Recommended On")
    consent_date = fields.Date(
        string="Consent to Publication",
        tracking=True,
        help="Day of the written consent to be published on the roster. Without it nothing of this person is"
        " published.",
    )
    publish_license_number = fields.Boolean(string="Publish Licence Number", default=True)
    publish_contact_points = fields.Boolean(default=True)
    publish_specialties = fields.Boolean(default=True)
    publish_office_phone = fields.Boolean(default=False)

    contract_ids = fields.One2many(comodel_name="legal.aid.contract", inverse_name="volunteer_id", string="Contracts")
    contract_count = fields.Integer(compute="_compute_contract_count")
    naming_ids = fields.One2many(
        comodel_name="legal.aid.contract.lawyer",
        inverse_name="volunteer_id",
        string="Named Under Agreements",
        groups=NAMING_READERS,
    )
    notice_ids = fields.One2many(comodel_name="legal.aid.notice", inverse_name="volunteer_id", string="Notices")

    private_ids = fields.One2many(
        comodel_name="legal.aid.volunteer.private",
        inverse_name="volunteer_id",
        groups=PRIVATE_GROUPS,
        copy=False,
    )
    resident_id_number = PrivateChar(mask="resident_id", groups=PRIVATE_GROUPS)
    mobile = PrivateChar(mask="phone", groups=PRIVATE_GROUPS)
    bank_account_number = PrivateChar(string="Account Number", mask="bank_account", groups=PRIVATE_GROUPS)
    bank_account_holder = PrivateChar(
        string="Account Holder", mask="name", groups=PRIVATE_GROUPS, help="The name on the card; the bank compares it."
    )
    bank_name = PrivateChar(string="Bank", groups=PRIVATE_GROUPS, help="Bank and branch (开户行).")
    bank_code = PrivateChar(string="Interbank Number", groups=PRIVATE_GROUPS, help="12 digits (联行号).")
    resident_id_number_masked = Mask(string="Resident ID (Masked)", of="resident_id_number")
    mobile_masked = Mask(string="Mobile (Masked)", of="mobile")
    bank_account_number_masked = Mask(string="Account Number (Masked)", of="bank_account_number")

    _person_unique = models.Constraint(
        "UNIQUE(partner_id, organization_id)",
        "This person is in the team of this union already. Open the existing record instead.",
    )
    _license_unique = models.UniqueIndex(
        "(license_number, organization_id) WHERE license_number IS NOT NULL",
        "A member of this team has this licence number already. Compare it with the licence.",
    )

    # Defaults

    @api.model
    def _default_organization_id(self):
        union = self.env.user.union_organization_ids[:1]
        return union and union._get_city()

    # Compute

    @api.depends("contract_ids")
    def _compute_contract_count(self):
        counts = dict(
            self.env["legal.aid.contract"]._read_group(
                [("volunteer_id", "in", self.ids)], ["volunteer_id"], ["__count"]
            )
        )
        for volunteer in self:
            volunteer.contract_count = counts.get(volunteer._origin, 0)

    # Constraints

    @api.constrains("partner_id", "law_firm_id")
    def _check_partner(self):
        for volunteer in self:
            partner = volunteer.partner_id.sudo()
            if partner.is_company or partner.parent_id:
                raise ValidationError(
                    self.env._(
                        "%(name)s: a lawyer needs an address card of his own, which is neither a company nor belongs"
                        " to one; else lawyers of one firm could read each other's work. Enter the firm under Law"
                        " Firm.",
                        name=partner.name,
                    )
                )

    @api.constrains("user_id", "partner_id")
    def _check_user(self):
        for volunteer in self.filtered("user_id"):
            if volunteer.user_id.sudo().partner_id != volunteer.partner_id:
                raise ValidationError(
                    self.env._(
                        "The user of %(name)s belongs to another person. Choose the user of this person.",
                        name=volunteer.name,
                    )
                )

    @api.constrains("organization_id")
    def _check_organization(self):
        for volunteer in self:
            if volunteer.organization_id != volunteer.organization_id._get_city():
                raise ValidationError(
                    self.env._(
                        "%(name)s: the team belongs to the city union, not to %(organization)s. Counties are entered"
                        " as contact points.",
                        name=volunteer.name,
                        organization=volunteer.organization_id.name,
                    )
                )

    # Actions

    def action_open_contracts(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Contracts"),
            "res_model": "legal.aid.contract",
            "views": [(False, "list"), (False, "form")],
            "domain": [("volunteer_id", "=", self.id)],
            "context": {"default_volunteer_id": self.id},
        }
