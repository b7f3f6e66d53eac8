from odoo import api, fields, models

from ...tools import ids, masking
from .legal_aid_case import RUNNING
from .legal_aid_case_intake_mixin import OFFICER


class LegalAidCaseParty(models.Model):
    """A person or an organization that stands in a case, in whatever role (I11)."""

    _name = "legal.aid.case.party"
    _description = "Party of a Case"
    _inherit = "legal.aid.workflow.line.mixin"
    _order = "case_id, role, is_main desc, id"

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
    name = fields.Char(groups=OFFICER)
    name_key = fields.Char(compute="_compute_name_key", store=True, compute_sudo=True, index=True, groups=OFFICER)
    id_number = fields.Char(string="Identity Number or Credit Code", groups=OFFICER)
    phone = fields.Char(groups=OFFICER)
    name_masked = fields.Char(string="Name (Masked)", compute="_compute_name_masked", compute_sudo=True)
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        ondelete="restrict",
        index="btree_not_null",
        help="The union this party belongs to; for one of several applicants, the union that bears the share.",
    )
    headcount = fields.Integer(string="Workers", default=1)

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

    @api.depends("name", "kind")
    def _compute_name_masked(self):
        for party in self:
            party.name_masked = party.name if party.kind == "organization" else masking.mask("name", party.name)
