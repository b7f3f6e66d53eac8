from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import ids
from ..organization.legal_aid_workflow_mixin import WORKFLOW_TOKEN
from ..organization.personal_fields import OFFICER, Mask, MaskedChar
from .legal_aid_case import RUNNING
from .legal_aid_case_persons_mixin import PERSON_FACTS


class LegalAidCaseParty(models.Model):
    """A person or an organization that stands in a case, in whatever role (I11).

    Record rules give parties to the union in charge and those above it only, so their data need no twin.
    """

    _name = "legal.aid.case.party"
    _description = "Party of a Case"
    _inherit = [
        "legal.aid.case.leaf.mixin",
        "legal.aid.noted.mixin",
        "legal.aid.workflow.line.mixin",
        "legal.aid.masked.mixin",
        "legal.aid.logged.mixin",
    ]
    _order = "case_id, role, is_main desc, id"
    # A party is found by its case; its name is no name for everybody.
    _rec_names_search = ["case_id"]

    _noted_fields = frozenset({"is_main"})
    _workflow_document = "case_id"
    _workflow_document_states = RUNNING

    case_id = fields.Many2one(comodel_name="legal.aid.case", required=True, ondelete="cascade", index=True)
    role = fields.Selection(
        selection=[
            ("applicant", "Applicant"),
            ("respondent", "Respondent"),
            ("representative", "Representative"),
            ("third", "Third party"),
        ],
        required=True,
        default="applicant",
    )
    kind = fields.Selection(
        selection=[("person", "Person"), ("organization", "Organization")], required=True, default="person"
    )
    is_main = fields.Boolean(readonly=True, copy=False, help="Kept from the application; change it there.")
    name = MaskedChar(mask="name", groups=OFFICER)
    name_key = fields.Char(compute="_compute_name_key", store=True, compute_sudo=True, index=True, groups=OFFICER)
    id_number = MaskedChar(string="Identity Number or Credit Code", mask="resident_id", groups=OFFICER)
    id_hash = fields.Char(
        compute="_compute_id_hash", store=True, compute_sudo=True, index="btree_not_null", groups=OFFICER
    )
    side = fields.Selection(
        selection=[("applicant", "Applicant's side"), ("respondent", "Respondent's side")],
        help="For whom a representative or a third party stands.",
    )
    phone = MaskedChar(mask="phone", groups=OFFICER)
    name_masked = Mask(string="Name (Masked)", of="name")
    phone_masked = Mask(string="Phone (Masked)", of="phone")
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        ondelete="restrict",
        index="btree_not_null",
        help="The union this party belongs to; for one of several applicants, the union that bears the share.",
    )
    headcount = fields.Integer(string="Workers", default=1)
    currency_id = fields.Many2one(related="case_id.currency_id")
    amount_claimed = fields.Monetary(help="What this worker claims of the amount of the case.")
    is_elected = fields.Boolean(
        string="Elected Representative",
        help="Ten and more workers with one common claim may elect representatives (劳动争议调解仲裁法 §7).",
    )
    # What statistics ask of recipients (F§8): no day of birth, no nation, no kind of disability.
    sex = fields.Selection(
        selection=[("female", "Female"), ("male", "Male")],
        compute="_compute_person_facts",
        store=True,
        readonly=False,
        groups=OFFICER,
        help="Taken from the identity number; to be entered where there is none. For statistics.",
    )
    age_band = fields.Selection(
        selection=[("minor", "Under 18"), ("adult", "18 to 59"), ("senior", "60 and older")],
        string="Age",
        compute="_compute_person_facts",
        store=True,
        readonly=False,
        groups=OFFICER,
        help="On the day of the application, from the identity number; to be entered where there is none. For statistics.",
    )
    is_foreign = fields.Boolean(
        string="Foreigner",
        compute="_compute_person_facts",
        store=True,
        readonly=False,
        groups=OFFICER,
        help="Numbers of permanent residence permits begin with 9. For statistics.",
    )
    is_disabled = fields.Boolean(
        string="Disabled", groups=OFFICER, help="As the worker says or his certificate shows. For statistics."
    )
    is_minority = fields.Boolean(
        string="Of an Ethnic Minority", groups=OFFICER, help="As the worker says. For statistics."
    )
    is_military = fields.Boolean(
        string="Soldier or Soldier's Family", groups=OFFICER, help="As the worker says. For statistics."
    )

    _amount_claimed_positive = models.Constraint(
        "CHECK(amount_claimed >= 0)", "The amount claimed cannot be negative. Enter it in yuan."
    )
    _headcount_positive = models.Constraint(
        "CHECK(headcount >= 1)", "A party stands for at least one person. Enter how many."
    )

    # Compute

    @api.depends("role", "case_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        roles = dict(self._fields["role"]._description_selection(self.env))
        for party in self:
            party.display_name = f"{party.case_id.name} {roles.get(party.role, '')}".strip()

    @api.depends("name")
    def _compute_name_key(self):
        for party in self:
            party.name_key = ids.normalise_name(party.name) or False

    @api.depends("id_number")
    def _compute_id_hash(self):
        """The key by which the same person or organization is found in any role, without reading the number (I11)."""
        cases = self.env["legal.aid.case"]
        for party in self:
            party.id_hash = cases._hash_identity(party.id_number)

    @api.depends("id_number", "role", "kind", "case_id.application_date")
    def _compute_person_facts(self):
        """What the number says of a recipient; what was entered stays where there is none (V4)."""
        for party in self:
            facts = party._get_number_facts() or {}
            for name in ("sex", "age_band", "is_foreign"):
                party[name] = facts.get(name, party[name])

    # Constraints

    @api.constrains("sex", "age_band", "is_foreign")
    def _check_person_facts(self):
        for party in self.sudo():  # the number decides, whoever keeps the list
            facts = party._get_number_facts()
            if facts and any(party[name] != value for name, value in facts.items()):
                raise ValidationError(
                    self.env._(
                        "Case %(case)s: sex and age of a worker follow from the identity number. Correct the number.",
                        case=party.case_id.display_name,
                    )
                )

    @api.constrains("is_elected", "role", "kind")
    def _check_elected(self):
        """The law gives no number of representatives; it says who elects, and that they are of the workers (C4)."""
        for party in self.filtered("is_elected"):
            case = party.case_id
            if party.role != "applicant" or party.kind != "person":
                raise ValidationError(
                    self.env._(
                        "Case %(case)s: only workers of the list are elected as representatives.",
                        case=case.display_name,
                    )
                )
            if not case.sudo()._is_group_case():
                raise ValidationError(
                    self.env._(
                        "Case %(case)s has too few workers for elected representatives (劳动争议调解仲裁法 §7). Complete the list"
                        " first.",
                        case=case.display_name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        before = self.env["legal.aid.case"].browse({vals.get("case_id") for vals in vals_list} - {None})._count_listed()
        parties = super().create(vals_list)
        parties.case_id._keep_mandates_neutral()
        parties.case_id._follow_list(before)
        return parties

    def write(self, vals):
        before = self.case_id._count_listed() if {"headcount", "role", "case_id"} & vals.keys() else None
        parties = self
        if vals.keys() <= set(PERSON_FACTS):
            # What statistics alone ask for may be completed after the case has ended, too, but not in an archived file.
            self._check_file_unlocked()
            parties = self.with_context(legal_aid_workflow=WORKFLOW_TOKEN)
        result = super(LegalAidCaseParty, parties).write(vals)
        if before is not None:
            self.case_id._follow_list(before)
        # A new respondent, or one that turns out to be somebody else, may be the house of the union that gave the mandate.
        self.case_id._keep_mandates_neutral()
        return result

    def unlink(self):
        cases = self.case_id
        before = cases._count_listed()
        result = super().unlink()
        cases.exists()._settle_respondents()
        cases.exists()._follow_list(before)
        return result

    # Business

    def _is_recipient(self):
        """Whether this party is a person whom the case helps."""
        self.ensure_one()
        return self.role == "applicant" and self.kind == "person"

    def _get_number_facts(self):
        """``{name: value}`` of what the identity number of a recipient says for statistics; None without one."""
        self.ensure_one()
        day = self.case_id.application_date
        return ids.statistical_facts(self.id_number, day) if self._is_recipient() and day else None

    def _mask(self, name, value):
        """Name and number of an organization are no personal data."""
        return value if self.kind == "organization" else super()._mask(name, value)

    def _is_on_record(self):
        """Whoever reads the parties on the form of their case is on record there."""
        return self.case_id._is_on_record() or super()._is_on_record()

    def _note_access(self, kind, field_names=(), reason=None):
        """Whoever sees a party opens the file of its case."""
        return self.case_id._note_access(kind, field_names, reason)

    def _get_access_log_union(self):
        return self.case_id.organization_id  # its own union may be another one
