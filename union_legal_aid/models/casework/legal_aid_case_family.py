from odoo import api, fields, models

from ..organization.personal_fields import OFFICER, MaskedChar, MaskedMonetary
from .legal_aid_case import DRAFT


class LegalAidCaseFamily(models.Model):
    """One member of the applicant's family with an income (经济困难状况说明表, I6).

    As private as ``legal.aid.case.private``: record rules give it to the union in charge and those above it only.
    """

    _name = "legal.aid.case.family"
    _description = "Member of an Applicant's Family"
    _inherit = [
        "legal.aid.case.leaf.mixin",
        "legal.aid.link.mixin",
        "legal.aid.workflow.line.mixin",
        "legal.aid.masked.mixin",
        "legal.aid.logged.mixin",
    ]
    _order = "case_id, sequence, id"
    # Found by the case; a name is no name for everybody.
    _rec_names_search = ["case_id"]
    _checked_links = ("case_id",)

    _workflow_document = "case_id"
    _workflow_document_states = DRAFT

    case_id = fields.Many2one(comodel_name="legal.aid.case", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    relation = fields.Selection(
        selection=[
            ("self", "Applicant"),
            ("spouse", "Spouse"),
            ("child", "Child"),
            ("parent", "Parent"),
            ("other", "Other member"),
        ],
        required=True,
        default="self",
    )
    name = MaskedChar(mask="name", groups=OFFICER)
    age = fields.Integer(groups=OFFICER)
    currency_id = fields.Many2one(related="case_id.currency_id")
    monthly_income = MaskedMonetary(groups=OFFICER, help="Yuan per month from wages, business, pension and support.")

    _income_positive = models.Constraint(
        "CHECK(monthly_income >= 0)", "The income of a family member cannot be negative. Enter yuan per month."
    )
    _age_possible = models.Constraint(
        "CHECK(age >= 0 AND age < 150)", "This age is not possible. Enter the age in years."
    )
    _one_applicant = models.UniqueIndex(
        "(case_id) WHERE relation = 'self'", "The applicant stands among the family already. Choose another relation."
    )

    # Compute

    @api.depends("relation", "case_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        relations = dict(self._fields["relation"]._description_selection(self.env))
        for member in self:
            member.display_name = f"{member.case_id.name} {relations.get(member.relation, '')}".strip()

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members.case_id._take_family_income()
        return members

    def write(self, vals):
        cases = self.case_id
        result = super().write(vals)
        (cases | self.case_id)._take_family_income()
        return result

    def unlink(self):
        cases = self.case_id
        result = super().unlink()
        cases.exists()._take_family_income()
        return result

    # Business

    def _is_on_record(self):
        """Whoever reads the family on the form of its case is on record there."""
        return self.case_id._is_on_record() or super()._is_on_record()

    def _note_access(self, kind, field_names=(), reason=None):
        """Whoever sees a member of the family opens the file of its case."""
        return self.case_id._note_access(kind, field_names, reason)

    def _get_access_log_union(self):
        return self.case_id.organization_id
