from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...tools import ids
from ..organization.fingerprint import fingerprint
from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER, Mask, PrivateChar, PrivateMonetary, PrivateText

APPLICANT_KINDS = [
    ("hardship_worker", "Worker in hardship"),
    ("migrant_worker", "Migrant worker"),
    ("model_worker", "Model worker"),
    ("worker", "Other worker"),
    ("union_officer", "Union officer"),
    ("union_organization", "Union organization"),
]


class LegalAidCaseIntakeMixin(models.AbstractModel):
    """The application: who asks, against whom, about what (I5, I8, I11).

    Who the worker is and what he told stands on ``legal.aid.case.private``.
    """

    _name = "legal.aid.case.intake.mixin"
    _description = "Application for Legal Aid"
    _inherit = ["legal.aid.private.mixin"]

    _private_model = "legal.aid.case.private"
    _private_parent = "case_id"

    application_date = fields.Date(required=True, default=legal_today, index=True)
    source = fields.Selection(
        selection=[
            ("officer", "Application taken by the union"),
            ("lawyer", "Reported by a lawyer"),
            ("union", "Enterprise union"),
        ],
        default="officer",
        required=True,
    )
    consultation_ids = fields.One2many(
        comodel_name="legal.aid.consultation", inverse_name="case_id", string="Consultations"
    )
    private_ids = fields.One2many(
        comodel_name="legal.aid.case.private", inverse_name="case_id", groups=OFFICER, copy=False
    )
    applicant_name = PrivateChar(mask="name", groups=OFFICER)
    applicant_id_number = PrivateChar(
        string="Identity Number",
        mask="resident_id",
        groups=OFFICER,
        help="For an organization: its credit code.",
    )
    applicant_phone = PrivateChar(mask="phone", groups=OFFICER)
    applicant_address = PrivateChar(groups=OFFICER)
    applicant_id_hash = fields.Char(
        compute="_compute_applicant_id_hash", store=True, compute_sudo=True, index=True, groups=OFFICER
    )
    # The house union reads the name as a mask by the worker's consent, his lawyer before he takes the case; numbers they do not.
    applicant_name_masked = Mask(string="Applicant", of="applicant_name", groups=None)
    applicant_id_number_masked = Mask(string="Identity Number (Masked)", of="applicant_id_number")
    applicant_phone_masked = Mask(string="Phone (Masked)", of="applicant_phone")
    applicant_address_masked = Mask(string="Address (Masked)", of="applicant_address")
    applicant_kind = fields.Selection(selection=APPLICANT_KINDS, string="Recipient", index=True)
    is_union_member = fields.Boolean(string="Union Member")
    headcount = fields.Integer(string="Workers", default=1, help="How many workers this case helps.")
    employer_uscc = fields.Char(string="Employer's Credit Code")
    employer_key = fields.Char(compute="_compute_employer_key", store=True, index=True)
    description = PrivateText(string="Facts", groups=OFFICER)
    description_masked = Mask(string="Facts (Masked)", of="description")
    matter_id = fields.Many2one(comodel_name="legal.aid.matter", ondelete="restrict", index=True)
    service_form = fields.Selection(
        selection=[
            ("advice", "Advice"),
            ("drafting", "Drafting of documents"),
            ("mediation", "Mediation out of court"),
            ("arbitration", "Representation in arbitration"),
            ("litigation", "Representation in court"),
        ],
        index=True,
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.ref("base.CNY"),
        ondelete="restrict",
    )
    amount_claimed = fields.Monetary()
    family_income = PrivateMonetary(groups=OFFICER, help="Yuan per head and month.")
    family_income_masked = Mask(string="Family Income (Masked)", of="family_income")
    medical_note = PrivateText(
        string="Medical Facts", groups=OFFICER, help="Injury, illness, disability, as far as the case needs them."
    )
    medical_note_masked = Mask(string="Medical Facts (Masked)", of="medical_note")
    priority = fields.Selection(
        selection=[("normal", "Ordinary"), ("green", "Green channel")], default="normal", required=True
    )
    is_green_suggested = fields.Boolean(compute="_compute_is_green_suggested")

    _headcount_positive = models.Constraint(
        "CHECK(headcount >= 1)", "A case helps at least one worker. Enter how many."
    )
    _amount_claimed_positive = models.Constraint(
        "CHECK(amount_claimed >= 0)", "The amount claimed cannot be negative. Enter it in yuan."
    )

    # Compute

    @api.depends("private_ids.applicant_id_number")
    def _compute_applicant_id_hash(self):
        twins = self._get_private()
        for case in self:
            twin = twins.get(case._origin.id)
            case.applicant_id_hash = twin and self._hash_identity(twin.applicant_id_number)

    @api.depends("employer_name")
    def _compute_employer_key(self):
        for case in self:
            case.employer_key = ids.normalise_name(case.employer_name) or False

    @api.depends("matter_id", "headcount", "policy_id", "is_major", "card_id", "suggested_card_id")
    @api.depends_context("uid")
    def _compute_is_green_suggested(self):
        # Cards are looked up for those who handle cases, under their own rights.
        handles = self.env.user.has_group(OFFICER)
        for case in self:
            matter = case.matter_id
            case.is_green_suggested = bool(
                matter.is_wage
                or matter.is_injury
                or matter.priority == "green"
                or case.is_major
                or case.card_id
                or (handles and case.suggested_card_id)
                or case._is_group_case()
            )

    # Constraints

    @api.constrains("employer_uscc")
    def _check_employer_uscc(self):
        for case in self.filtered("employer_uscc"):
            valid, message = ids.check_uscc(case.employer_uscc)
            if not valid:
                raise ValidationError(
                    self.env._("Case %(case)s: %(problem)s", case=case.display_name, problem=self.env._(message))
                )

    @api.constrains("applicant_kind")
    def _check_applicant_kind(self):
        # What number an applicant has depends on what he is, also where the editor may not read the number.
        for private_sudo in self.sudo()._get_private().values():
            private_sudo._check_applicant_id_number()

    # Business

    @api.model
    def _hash_identity(self, number):
        """The key by which the same person is found again, or False.

        The secret stays on the server; whoever reads a hash cannot try out numbers without it.
        """
        number = ids.normalise_id(number)
        return number and fingerprint(self.env, number) or False

    def _is_group_case(self):
        """Whether the case counts as a group case (C4): so many workers as the policy in force says."""
        self.ensure_one()
        if self.headcount < 2 or not self.organization_id:
            return False
        policy = self.policy_id
        if not policy:
            try:
                policy = self.env["legal.aid.policy"]._get(self.organization_id, self.application_date)
            except UserError:
                return False  # no policy, no suggestion; submitting the case then says so
        return self.headcount >= policy.group_case_size

    def _get_missing_details(self):
        """Labels of what a complete application still lacks."""
        self.ensure_one()
        required = [
            "applicant_name",
            "applicant_kind",
            "applicant_id_number",
            "employer_name",
            "matter_id",
            "service_form",
        ]
        if self.service_form not in ("advice", False):
            required.append("hardship_basis")
        if self.hardship_basis in ("exempt", "severe_infringement"):
            required.append("hardship_note")
        missing = [self._fields[name]._description_string(self.env) for name in required if not self[name]]
        if not self._is_jurisdiction_decided():
            missing.append(self.env._("the employer's union or place, which decides the union in charge"))
        return missing

    def _get_headcount_by_organization(self):
        """``{union in charge: workers}`` of a case that helps workers of several jurisdictions (M3).

        Applicants with a union of their own count there, all others for the union in charge of the case; so do workers whom
        the case helps without listing them.
        """
        self.ensure_one()
        heads = {}
        # Shares are worked out the same way for every reader.
        for party in self.sudo().party_ids.filtered(lambda party: party.role == "applicant"):
            union = (
                party.organization_id._get_superior("county", "zone", "city", "province")
                if party.organization_id
                else None
            )
            union = (union or self.organization_id).sudo(False)
            heads[union] = heads.get(union, 0) + party.headcount
        unlisted = self.headcount - sum(heads.values())
        if unlisted > 0:
            heads[self.organization_id] = heads.get(self.organization_id, 0) + unlisted
        return heads

    @api.model
    def _domain_open(self):
        """Cases that a lawyer is working on or is asked to take."""
        return Domain("state", "in", ("assigned", "in_progress"))
