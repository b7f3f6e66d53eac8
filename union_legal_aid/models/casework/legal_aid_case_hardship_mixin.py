from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools import money
from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER, Mask, PrivateText
from ..organization.wording import join_clauses

# 法律援助法 §42 and, for compensation, 意见 §四.
WAIVER_GROUNDS = [
    ("no_income", "No steady income: minor, elderly or disabled (§42(一))"),
    ("assistance", "Receives social or judicial assistance or special care (§42(二))"),
    ("migrant", "Migrant worker's wages or work injury (§42(三))"),
    ("opinion", "Migrant worker's compensation (意见 §四)"),
    ("other", "Other person named by law or regulation (§42(四))"),
]
# Told by recipient and matter; the other grounds are chosen, and proved by a paper.
TOLD_BY_FACTS = ("migrant", "opinion")
# What is compared with the standard.
BY_INCOME = ("shared_data", "self_commitment")
# The kind of paper that proves a basis.
PROOF_KINDS = {
    "exempt": ("hardship",),
    "shared_data": ("hardship",),
    "self_commitment": ("hardship",),
    "severe_infringement": ("evidence",),
}


class LegalAidCaseHardshipMixin(models.AbstractModel):
    """In what need the applicant is, and under which rule that counts (I6). Kept apart, each with its own ground:

    * no limit: the matter (法律援助法 §32) or the scope (union officers and organizations) asks for no hardship;
    * verification waived: §42, and 意见 §四 for migrant workers' compensation;
    * declared in good faith, or verified from shared data: §41, compared with the standard of the day of the application;
    * severe infringement: 工会法律援助办法 §10(二), on evidence, whatever the income.

    What the worker told stands on ``legal.aid.case.private`` and ``legal.aid.case.family``.
    """

    _name = "legal.aid.case.hardship.mixin"
    _description = "Hardship of an Applicant"
    _inherit = ["legal.aid.private.mixin"]

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
    hardship_waiver_ground = fields.Selection(
        selection=WAIVER_GROUNDS,
        string="Ground of the Waiver",
        compute="_compute_hardship_waiver_ground",
        store=True,
        precompute=True,
        readonly=False,
    )
    hardship_waiver = fields.Text(
        compute="_compute_hardship_waiver",
        store=True,
        precompute=True,
        help="The rule by which hardship is not verified; it says nothing of the worker.",
    )
    hardship_ground = fields.Text(
        string="Legal Ground",
        compute="_compute_hardship_ground",
        compute_sudo=True,
        help="The rule under which this recipient is helped; it says nothing of the worker.",
    )
    hardship_checked_date = fields.Date(
        string="Declared or Verified On",
        groups=OFFICER,
        help="The day the applicant signed the declaration of good faith, or the day the data were looked up.",
    )
    hardship_source = fields.Char(
        string="Source of the Data", groups=OFFICER, help="The system or office from which the data were shared."
    )
    hardship_proof_id = fields.Many2one(
        comodel_name="legal.aid.case.document",
        string="Proof",
        compute="_compute_hardship_proof_id",
        store=True,
        readonly=False,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        domain="[('case_id', '=', id)]",
        groups=OFFICER,
        help="The signed declaration, the certificate, or the evidence of the infringement.",
    )
    hardship_note = PrivateText(compute="_compute_hardship_note", groups=OFFICER)
    hardship_note_masked = Mask(string="Hardship Note (Masked)", of="hardship_note")
    family_ids = fields.One2many(
        comodel_name="legal.aid.case.family", inverse_name="case_id", groups=OFFICER, copy=False
    )
    hardship_standard_id = fields.Many2one(
        comodel_name="legal.aid.hardship.standard",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups=OFFICER,
        help="The standard in force on the day of the application, with which the income was compared.",
    )
    hardship_conclusion = fields.Text(
        string="Income and Standard", compute="_compute_hardship_conclusion", groups=OFFICER
    )
    hardship_missing = fields.Text(
        string="Still Missing for the Grant", compute="_compute_hardship_missing", groups=OFFICER
    )

    # Compute

    @api.depends("applicant_kind", "matter_id", "scope_id")
    def _compute_hardship_basis(self):
        for case in self:
            chosen = case.hardship_basis
            if chosen == "no_limit" or chosen == "exempt" and case.hardship_waiver_ground in (*TOLD_BY_FACTS, False):
                chosen = False  # it followed from facts that changed
            if case._get_no_limit_reason():
                case.hardship_basis = "no_limit"
            else:
                case.hardship_basis = "exempt" if case._find_waiver_ground() else chosen

    @api.depends("applicant_kind", "matter_id", "hardship_basis")
    def _compute_hardship_waiver_ground(self):
        for case in self:
            chosen = case.hardship_waiver_ground
            if case.hardship_basis != "exempt":
                case.hardship_waiver_ground = False
            elif chosen in (*TOLD_BY_FACTS, False):
                case.hardship_waiver_ground = case._find_waiver_ground()
            else:
                case.hardship_waiver_ground = chosen

    @api.depends("applicant_kind", "matter_id", "hardship_basis", "hardship_waiver_ground")
    def _compute_hardship_waiver(self):
        for case in self:
            case.hardship_waiver = case.hardship_basis == "exempt" and case._explain_waiver()

    @api.depends("hardship_basis", "hardship_waiver", "hardship_waiver_ground", "matter_id", "scope_id")
    @api.depends_context("lang")
    def _compute_hardship_ground(self):
        for case in self:
            case.hardship_ground = case._explain_ground()

    @api.depends("hardship_basis", "document_ids.kind", "document_ids.attachment_id")
    def _compute_hardship_proof_id(self):
        for case in self:
            kinds = PROOF_KINDS.get(case.hardship_basis, ())
            fitting = case.document_ids.filtered(lambda paper, kinds=kinds: paper.kind in kinds and paper.attachment_id)
            if case.hardship_proof_id not in fitting:
                case.hardship_proof_id = fitting.sorted("id")[:1]

    @api.depends("private_ids.hardship_note", "hardship_waiver")
    @api.depends_context("uid")
    def _compute_hardship_note(self):
        """What the officer wrote, for whom it is; else the rule that waives the check."""
        twins = self._get_private()
        for case in self:
            twin = twins.get(case._origin.id)
            case.hardship_note = (twin and twin.hardship_note) or case.hardship_waiver

    @api.depends(
        "family_income", "family_ids", "hardship_standard_id", "hardship_basis", "application_date", "organization_id"
    )
    @api.depends_context("uid", "lang")
    def _compute_hardship_conclusion(self):
        for case in self:
            case.hardship_conclusion = case._explain_income() if case.hardship_basis in BY_INCOME else False

    @api.depends(
        "hardship_basis",
        "hardship_waiver_ground",
        "hardship_checked_date",
        "hardship_source",
        "hardship_proof_id",
        "service_form",
    )
    @api.depends_context("lang")
    def _compute_hardship_missing(self):
        for case in self:
            case.hardship_missing = join_clauses(self.env, case._get_missing_proofs()) or False

    # Constraints

    @api.constrains("hardship_proof_id")
    def _check_hardship_proof(self):
        for case in self.filtered("hardship_proof_id"):
            if case.hardship_proof_id.case_id != case:
                raise ValidationError(
                    self.env._(
                        "The proof of hardship in case %(case)s belongs to another case. Choose a paper of this case.",
                        case=case.name,
                    )
                )

    @api.constrains("hardship_checked_date")
    def _check_hardship_checked_date(self):
        today = legal_today(self)
        for case in self.filtered("hardship_checked_date"):
            if case.hardship_checked_date > today:
                raise ValidationError(
                    self.env._(
                        "Case %(case)s: hardship cannot have been declared or verified on %(date)s, which lies in the future.",
                        case=case.name,
                        date=fields.Date.to_string(case.hardship_checked_date),
                    )
                )

    # Business

    def _get_no_limit_reason(self):
        """The sentence by which nobody asks for hardship in this case, or False: the matter's or the scope's rule."""
        self.ensure_one()
        if self.matter_id.no_limit_ground:
            grounds = dict(self.matter_id._fields["no_limit_ground"]._description_selection(self.env))
            return self.env._(
                "Hardship is not asked for in the matter “%(matter)s”: %(ground)s.",
                matter=self.matter_id.name,
                ground=grounds[self.matter_id.no_limit_ground],
            )
        if self.scope_id and not self.scope_id.needs_hardship:
            return self.env._(
                "Hardship is not asked for in the scope “%(scope)s” (%(basis)s).",
                scope=self.scope_id.name,
                basis=self.scope_id.legal_basis,
            )
        return False

    def _find_waiver_ground(self):
        """The ground of a waiver that recipient and matter tell, or False."""
        self.ensure_one()
        matter = self.matter_id
        if self.applicant_kind != "migrant_worker":
            return False
        if matter.is_wage or matter.is_injury:
            return "migrant"
        return matter.is_compensation and "opinion"

    def _explain_waiver(self):
        """The sentence that waives the check of hardship, or False (I6).

        Migrant workers' wages and work injuries by law; their compensation by the provincial opinion.
        """
        self.ensure_one()
        sentences = {
            "migrant": self.env._(
                "A migrant worker claims wages or damages from a work injury: hardship is not verified (法律援助法"
                " §42(三);"
                " 关于进一步加强职工法律援助工作的意见 §四)."
            ),
            "opinion": self.env._(
                "A migrant worker claims severance pay or compensation: hardship is not verified"
                " (关于进一步加强职工法律援助工作的意见 §四)."
            ),
            "no_income": self.env._(
                "The recipient belongs to the minors, elderly or disabled people without a steady income: hardship is not verified"
                " (法律援助法 §42(一))."
            ),
            "assistance": self.env._(
                "The recipient receives social or judicial assistance or special care: hardship is not verified"
                " (法律援助法 §42(二))."
            ),
            "other": self.env._(
                "A law or regulation names the recipient: hardship is not verified (法律援助法 §42(四))."
            ),
        }
        return sentences.get(self.hardship_waiver_ground, False)

    def _explain_ground(self):
        """The rule of the chosen basis in a sentence."""
        self.ensure_one()
        if self.hardship_basis == "exempt":
            return self.hardship_waiver
        sentences = {
            "no_limit": self._get_no_limit_reason(),
            "shared_data": self.env._(
                "The economic situation is verified from data that offices share (法律援助法 §41(2))."
            ),
            "self_commitment": self.env._(
                "The applicant declares the economic situation in good faith and signs for it (法律援助法 §41(2))."
            ),
            "severe_infringement": self.env._(
                "The family's income is above the standard, but there is evidence that the worker's rights were severely"
                " infringed (工会法律援助办法 §10(二))."
            ),
        }
        return sentences.get(self.hardship_basis, False)

    def _needs_hardship(self):
        """Whether the form of aid asks for hardship at all; advice is open to every worker."""
        self.ensure_one()
        return self.service_form not in ("advice", False)

    def _get_missing_proofs(self):
        """What the papers still lack before aid can be granted on the chosen basis; a list of phrases."""
        self.ensure_one()
        case = self.sudo()  # the same for whoever grants
        missing = []
        if not case._needs_hardship():
            return missing
        basis, proof = case.hardship_basis, case.hardship_proof_id.attachment_id
        if basis == "exempt" and case.hardship_waiver_ground not in TOLD_BY_FACTS and not proof:
            missing.append(
                self.env._("the paper that proves the ground of the waiver, as a document “Proof of hardship”")
            )
        if basis == "self_commitment":
            if not case.hardship_checked_date:
                missing.append(self.env._("the day on which the applicant signed the declaration"))
            if not proof:
                missing.append(self.env._("the signed declaration, as a document “Proof of hardship”"))
        if basis == "shared_data":
            if not case.hardship_checked_date:
                missing.append(self.env._("the day on which the data were looked up"))
            if not case.hardship_source:
                missing.append(self.env._("the source of the data"))
        if basis == "severe_infringement" and not proof:
            missing.append(self.env._("the evidence of the severe infringement, as a document “Evidence”"))
        return missing

    def _has_income(self):
        """Whether an income is on record; no line and no figure is not an income of zero."""
        self.ensure_one()
        case = self.sudo()
        return bool(case.family_ids or case.family_income)

    def _get_income_per_head(self):
        """The income per head and month to the cent: from the members of the family where they are listed."""
        self.ensure_one()
        members = self.sudo().family_ids
        if not members:
            return money.cents(self.sudo().family_income)
        return money.cents(sum(money.cents(member.monthly_income) for member in members) / len(members))

    def _take_family_income(self):
        """Keep the income per head that follows from the family; it stands with the private data of the case."""
        for case in self:
            case.family_income = float(case._get_income_per_head()) if case.family_ids else False

    def _find_hardship_standard(self):
        """The standard kept with the case, or the one of the day of its application.

        :raises UserError: when none was in force on that day
        """
        self.ensure_one()
        kept = self.sudo().hardship_standard_id
        return kept or self.env["legal.aid.hardship.standard"]._get(self.organization_id, self.application_date)

    def _is_above_standard(self):
        """:raises UserError: when no standard was in force on the day of the application"""
        self.ensure_one()
        standard = self._find_hardship_standard().sudo()
        return self._get_income_per_head() > money.cents(standard.amount)

    def _explain_income(self):
        """Income and standard in a sentence, with the conclusion; what is missing where something is."""
        self.ensure_one()
        if not self.family_income and not self.family_ids:
            return self.env._("No income is on record yet. Enter the members of the family, or the income per head.")
        try:
            # Standards hold downwards and may be a superior's.
            standard = self._find_hardship_standard().sudo()
        except UserError as none_in_force:
            return str(none_in_force)
        income = self._get_income_per_head()
        figures = {
            "income": money.show(income),
            "standard": money.show(standard.amount),
            "union": standard.organization_id.name,
            "document": standard.source_document,
        }
        if income > money.cents(standard.amount):
            return self.env._(
                "Income per head and month %(income)s, standard %(standard)s (%(union)s, %(document)s): above the standard.",
                **figures,
            )
        return self.env._(
            "Income per head and month %(income)s, standard %(standard)s (%(union)s, %(document)s): within the standard.",
            **figures,
        )

    def _mask(self, name, value):
        # The rule that waives the check is no secret of the worker.
        is_rule = name == "hardship_note" and value == self.hardship_waiver
        return value if is_rule else super()._mask(name, value)

    def _prepare_private(self, twin):
        vals = super()._prepare_private(twin)
        if vals.get("hardship_note") and vals["hardship_note"] == self.hardship_waiver:
            # The form sends back the rule as it stood there; it is kept with the case and follows its facts.
            vals["hardship_note"] = False
            if not twin or not twin.hardship_note:
                del vals["hardship_note"]
        return vals

    def _get_missing_details(self):
        missing = super()._get_missing_details()
        if self.hardship_basis == "exempt" and not self.hardship_waiver_ground:
            missing.append(self._fields["hardship_waiver_ground"]._description_string(self.env))
        return missing

    def _get_cannot_submit_reason(self):
        reasons = super()._get_cannot_submit_reason()
        for case in self:
            if reasons[case] or not case._needs_hardship():
                continue
            if case.hardship_basis == "no_limit" and not case._get_no_limit_reason():
                reasons[case] = self.env._(
                    "Case %(case)s: neither its matter nor its scope is free of the limit of hardship (法律援助法 §32). Choose the"
                    " basis that applies.",
                    case=case.name,
                )
            elif (
                case.hardship_waiver_ground in TOLD_BY_FACTS
                and case.hardship_waiver_ground != case._find_waiver_ground()
            ):
                reasons[case] = self.env._(
                    "Case %(case)s: hardship is waived for migrant workers' wages, work injuries and compensation only. Choose the"
                    " ground that applies.",
                    case=case.name,
                )
        return reasons

    def _do_submit(self):
        if self.hardship_basis in BY_INCOME and self._needs_hardship() and self._has_income():
            standard = self.env["legal.aid.hardship.standard"]._get(self.organization_id, self.application_date)
            self._workflow_write({"hardship_standard_id": standard.id})
        return super()._do_submit()

    def _get_cannot_grant_reason(self):
        reasons = super()._get_cannot_grant_reason()
        for case in self.filtered(lambda case: not reasons[case]):
            missing = case._get_missing_proofs()
            if missing:
                reasons[case] = self.env._(
                    "Case %(case)s cannot be granted on the basis “%(basis)s” yet. Missing: %(missing)s.",
                    case=case.name,
                    basis=dict(case._fields["hardship_basis"]._description_selection(self.env))[case.hardship_basis],
                    missing=join_clauses(self.env, missing),
                )
            elif (
                case._needs_hardship()
                and case.hardship_basis in BY_INCOME
                and case._has_income()
                and case._is_above_standard()
            ):
                # The figures stay with the file; this sentence may be read by more people.
                reasons[case] = self.env._(
                    "The income in case %(case)s is above the hardship standard of the day of the application. Refuse it, or ask"
                    " the officer to prove a severe infringement (工会法律援助办法 §10(二)).",
                    case=case.name,
                )
        return reasons

    def _get_next_step_submitted(self):
        missing = self._get_missing_proofs()
        if missing:
            return self.env._(
                "Before the grant is still missing: %(missing)s.", missing=join_clauses(self.env, missing)
            )
        return super()._get_next_step_submitted()

    def _prepare_reopen(self, target):
        vals = super()._prepare_reopen(target)
        return {**vals, "hardship_standard_id": False} if target == "draft" else vals
