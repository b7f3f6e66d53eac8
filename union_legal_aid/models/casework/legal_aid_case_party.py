from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import ids
from ..organization.personal_fields import OFFICER, Mask, MaskedChar
from .legal_aid_case import RUNNING


class LegalAidCaseParty(models.Model):
    """A person or an organization that stands in a case, in whatever role (I11).

    Record rules give parties to the union in charge and those above it only, so their data need no twin.
    """

    _name = "legal.aid.case.party"
    _description = "Party of a Case"
    _inherit = [
        "legal.aid.case.leaf.mixin",
        "legal.aid.workflow.line.mixin",
        "legal.aid.masked.mixin",
        "legal.aid.logged.mixin",
    ]
    _order = "case_id, role, is_main desc, id"
    # A party is found by its case; its name is no name for everybody.
    _rec_names_search = ["case_id"]

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

    _amount_claimed_positive = models.Constraint(
        "CHECK(amount_claimed >= 0)", "The amount claimed cannot be negative. Enter it in yuan."
    )
    _headcount_positive = models.Constraint(
        "CHECK(headcount >= 1)", "A party stands for at least one person. Enter how many."
    )

    # Compute

    @api.depends("role", "case_id.name")
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

    # Constraints

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
        result = super().write(vals)
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
