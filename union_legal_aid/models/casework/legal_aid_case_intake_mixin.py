from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...tools import ids, masking

OFFICER = "union_legal_aid.group_officer"
APPLICANT_KINDS = [
    ("hardship_worker", "Worker in hardship"),
    ("migrant_worker", "Migrant worker"),
    ("model_worker", "Model worker"),
    ("worker", "Other worker"),
    ("union_officer", "Union officer"),
    ("union_organization", "Union organization"),
]


class LegalAidCaseIntakeMixin(models.AbstractModel):
    """The application: who asks, against whom, about what, and in what need (I5, I6, I8, I10, I11)."""

    _name = "legal.aid.case.intake.mixin"
    _description = "Application for Legal Aid"

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
    applicant_name = fields.Char(groups=OFFICER)
    applicant_id_number = fields.Char(
        string="Identity Number", groups=OFFICER, help="For an organization: its credit code."
    )
    applicant_phone = fields.Char(groups=OFFICER)
    applicant_address = fields.Char(groups=OFFICER)
    applicant_id_hash = fields.Char(
        compute="_compute_applicant_id_hash", store=True, compute_sudo=True, index=True, groups=OFFICER
    )
    applicant_name_masked = fields.Char(string="Applicant", compute="_compute_masked", compute_sudo=True)
    applicant_id_number_masked = fields.Char(
        string="Identity Number (Masked)", compute="_compute_masked", compute_sudo=True
    )
    applicant_phone_masked = fields.Char(string="Phone (Masked)", compute="_compute_masked", compute_sudo=True)
    applicant_kind = fields.Selection(selection=APPLICANT_KINDS, string="Recipient", index=True)
    is_union_member = fields.Boolean(string="Union Member")
    headcount = fields.Integer(string="Workers", default=1, help="How many workers this case helps.")
    employer_uscc = fields.Char(string="Employer's Credit Code")
    employer_key = fields.Char(compute="_compute_employer_key", store=True, index=True)
    description = fields.Text(string="Facts", groups=OFFICER)
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
    hardship_basis = fields.Selection(
        selection=[
            ("no_limit", "No limit of hardship for this matter"),
            ("exempt", "Verification waived"),
            ("shared_data", "Verified from shared data"),
            ("self_commitment", "Declared in good faith"),
            ("severe_infringement", "Severe infringement"),
        ],
        string="Hardship",
        compute="_compute_hardship_basis",
        store=True,
        precompute=True,
        readonly=False,
        help="Kept apart by law: no limit (法律援助法 §32), waived (§42), declared or verified (§41), severe"
        " infringement (工会法律援助办法 §10).",
    )
    hardship_note = fields.Text(compute="_compute_hardship_note", store=True, precompute=True, readonly=False)
    is_urgent = fields.Boolean(string="Urgent", help="Help first, formalities later (法律援助法 §44).")
    urgent_reason = fields.Text()
    priority = fields.Selection(
        selection=[("normal", "Ordinary"), ("green", "Green channel")], default="normal", required=True
    )
    is_green_suggested = fields.Boolean(compute="_compute_is_green_suggested")
    first_receiver = fields.Selection(
        selection=[("union", "Union"), ("government", "Government legal aid")],
        string="First Received By",
        default="union",
        required=True,
        help="Where both may help, the body that received the application first handles the case and pays (意见 §五).",
    )
    first_received_date = fields.Date(string="First Received On")
    duplicate_warning = fields.Text(compute="_compute_duplicate_warning", groups=OFFICER)

    _headcount_positive = models.Constraint(
        "CHECK(headcount >= 1)", "A case helps at least one worker. Enter how many."
    )
    _amount_claimed_positive = models.Constraint(
        "CHECK(amount_claimed >= 0)", "The amount claimed cannot be negative. Enter it in yuan."
    )

    # Compute

    @api.depends("applicant_id_number")
    def _compute_applicant_id_hash(self):
        # The key stays on the server; whoever reads a hash cannot try out numbers without it.
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        for case in self:
            number = ids.normalise_id(case.applicant_id_number)
            case.applicant_id_hash = ids.hash_identity(number, secret) if number else False

    @api.depends("applicant_name", "applicant_id_number", "applicant_phone")
    def _compute_masked(self):
        for case in self:
            case.applicant_name_masked = masking.mask("name", case.applicant_name)
            case.applicant_id_number_masked = masking.mask("resident_id", case.applicant_id_number)
            case.applicant_phone_masked = masking.mask("phone", case.applicant_phone)

    @api.depends("employer_name")
    def _compute_employer_key(self):
        for case in self:
            case.employer_key = ids.normalise_name(case.employer_name) or False

    @api.depends("applicant_kind", "matter_id")
    def _compute_hardship_basis(self):
        for case in self:
            if case._get_waiver_reason():
                case.hardship_basis = "exempt"
            else:
                case.hardship_basis = case.hardship_basis if case.hardship_basis != "exempt" else False

    @api.depends("applicant_kind", "matter_id", "hardship_basis")
    def _compute_hardship_note(self):
        for case in self:
            reason = case._get_waiver_reason()
            case.hardship_note = reason if reason and case.hardship_basis == "exempt" else case.hardship_note

    @api.depends("matter_id", "headcount", "policy_id")
    def _compute_is_green_suggested(self):
        for case in self:
            matter = case.matter_id
            case.is_green_suggested = (
                matter.is_wage or matter.is_injury or matter.priority == "green" or case._is_group_case()
            )

    @api.depends("applicant_id_hash", "employer_key")
    @api.depends_context("uid")
    def _compute_duplicate_warning(self):
        keys = [case.applicant_id_hash for case in self if case.applicant_id_hash]
        employers = [case.employer_key for case in self if case.employer_key]
        # Under the reader's own rights: a warning never tells of a case that he may not open.
        known = (
            self.search([("state", "!=", "withdrawn"), ("applicant_id_hash", "in", keys)]) if keys else self.browse()
        )
        counts = dict(self._read_group([("employer_key", "in", employers)], ["employer_key"], ["__count"]))
        for case in self:
            itself = case._origin
            same = known.filtered(lambda other, case=case: other.applicant_id_hash == case.applicant_id_hash) - itself
            others = counts.get(case.employer_key, 0) - (1 if itself.employer_key == case.employer_key else 0)
            case.duplicate_warning = case._describe_duplicates(same, others if case.employer_key else 0)

    # Constraints

    @api.constrains("applicant_id_number", "applicant_kind", "employer_uscc")
    def _check_numbers(self):
        for case in self:
            checks = [(case.employer_uscc, ids.check_uscc)]
            is_organization = case.applicant_kind == "union_organization"
            checks.append((case.applicant_id_number, ids.check_uscc if is_organization else ids.check_resident_id))
            for number, check in checks:
                valid, message = check(number) if number else (True, "")
                if not valid:
                    raise ValidationError(
                        self.env._("Case %(case)s: %(problem)s", case=case.display_name, problem=self.env._(message))
                    )

    @api.constrains("is_urgent", "urgent_reason")
    def _check_urgent_reason(self):
        for case in self:
            if case.is_urgent and not (case.urgent_reason or "").strip():
                raise ValidationError(
                    self.env._("Case %(case)s is marked as urgent. Enter why it cannot wait.", case=case.display_name)
                )

    # Business

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

    def _get_waiver_reason(self):
        """The sentence that waives the check of hardship for this applicant and matter, or False (I6).

        Migrant workers' wages and work injuries by law; their compensation by the provincial opinion.
        """
        self.ensure_one()
        matter = self.matter_id
        if self.applicant_kind != "migrant_worker":
            return False
        if matter.is_wage or matter.is_injury:
            return self.env._(
                "A migrant worker claims wages or damages from a work injury: hardship is not verified (法律援助法"
                " §42(三);"
                " 关于进一步加强职工法律援助工作的意见 §四)."
            )
        if matter.is_compensation:
            return self.env._(
                "A migrant worker claims severance pay or compensation: hardship is not verified"
                " (关于进一步加强职工法律援助工作的意见 §四)."
            )
        return False

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
