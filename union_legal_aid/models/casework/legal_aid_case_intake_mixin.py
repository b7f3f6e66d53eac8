from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...tools import ids
from ..organization.personal_fields import OFFICER, Mask, PrivateChar, PrivateMonetary, PrivateText

# While aid is not decided, a second application for the same matter is worth a warning.
INTAKE = ("draft", "submitted", "supplement", "granted")
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

    application_date = fields.Date(required=True, default=fields.Date.context_today, index=True)
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
    duplicate_warning = fields.Text(compute="_compute_duplicate_warning", groups=OFFICER)

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

    @api.depends("matter_id", "headcount", "policy_id")
    def _compute_is_green_suggested(self):
        for case in self:
            matter = case.matter_id
            case.is_green_suggested = (
                matter.is_wage or matter.is_injury or matter.priority == "green" or case._is_group_case()
            )

    @api.depends("state", "applicant_id_number", "applicant_id_hash", "employer_key")
    @api.depends_context("uid")
    def _compute_duplicate_warning(self):
        # While it is typed, the number stands on no twin yet.
        early = self.filtered(lambda case: case.state in INTAKE)
        hashes = {case: self._hash_identity(case.applicant_id_number) or case.applicant_id_hash for case in early}
        keys = [key for key in hashes.values() if key]
        employers = [case.employer_key for case in early if case.employer_key]
        # Under the reader's own rights: a warning never tells of a case that he may not open.
        known = (
            self.search([("state", "!=", "withdrawn"), ("applicant_id_hash", "in", keys)]) if keys else self.browse()
        )
        counts = (
            dict(self._read_group([("employer_key", "in", employers)], ["employer_key"], ["__count"]))
            if employers
            else {}
        )
        # Later the check for conflicts says it, and says more.
        (self - early).duplicate_warning = False
        for case in early:
            itself = case._origin
            same = known.filtered(lambda other, key=hashes[case]: other.applicant_id_hash == key) - itself
            others = counts.get(case.employer_key, 0) - (1 if itself.employer_key == case.employer_key else 0)
            case.duplicate_warning = case._describe_duplicates(same, others if case.employer_key else 0)

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
        return number and ids.hash_identity(number, self._get_hash_secret()) or False

    @api.model
    def _get_hash_secret(self):
        return self.env["ir.config_parameter"].sudo().get_param("database.secret")

    def _describe_duplicates(self, same, other_count):
        self.ensure_one()
        sentences = []
        if same:
            sentences.append(
                self.env._(
                    "The same identity number stands in: %(cases)s.", cases=", ".join(same.mapped("display_name"))
                )
            )
        if other_count > 0:
            sentences.append(
                self.env._("The same employer stands in %(count)s other cases that you may open.", count=other_count)
            )
        return " ".join(sentences) or False

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
