from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import ids
from ..organization.personal_fields import MaskedChar, MaskedMonetary, MaskedText


class LegalAidCasePrivate(models.Model):
    """Who the worker of a case is and what he told, apart from the case: for the union in charge and those above it (F§11).

    Read and written through the fields of the same name on ``legal.aid.case``.
    """

    _name = "legal.aid.case.private"
    _description = "Applicant of a Case"
    _inherit = ["legal.aid.link.mixin", "legal.aid.private.twin.mixin"]
    _rec_name = "case_id"

    _checked_links = ("case_id",)

    case_id = fields.Many2one(comodel_name="legal.aid.case", required=True, ondelete="cascade", index=True)
    organization_id = fields.Many2one(related="case_id.organization_id", store=True, index=True)
    currency_id = fields.Many2one(related="case_id.currency_id")
    applicant_name = MaskedChar(mask="name", index="trigram")
    applicant_id_number = MaskedChar(string="Identity Number", mask="resident_id")
    applicant_phone = MaskedChar(mask="phone")
    applicant_address = MaskedChar()
    agent_name = MaskedChar(mask="name")
    agent_key = fields.Char(compute="_compute_agent_key", store=True, index="btree_not_null")
    agent_phone = MaskedChar(mask="phone")
    visit_place = MaskedChar()
    description = MaskedText(string="Facts")
    family_income = MaskedMonetary()
    medical_note = MaskedText(string="Medical Facts")
    hardship_note = MaskedText()
    decision_note = MaskedText(string="Explanation")
    closing_summary = MaskedText()
    major_note = MaskedText(string="Why It Is a Major Case")
    reopen_note = MaskedText(string="Reopened Because")
    termination_report_note = MaskedText(string="What the Lawyer Reports")

    _case_unique = models.Constraint("UNIQUE(case_id)", "The applicant of this case is on record already.")
    _family_income_positive = models.Constraint(
        "CHECK(family_income >= 0)", "The income of a family cannot be negative. Enter yuan per head and month."
    )

    # Compute

    @api.depends("agent_name")
    def _compute_agent_key(self):
        for private in self:
            private.agent_key = ids.normalise_name(private.agent_name) or False

    # Constraints

    @api.constrains("applicant_id_number")
    def _check_applicant_id_number(self):
        for private in self.filtered("applicant_id_number"):
            is_organization = private.case_id.applicant_kind == "union_organization"
            check = ids.check_uscc if is_organization else ids.check_resident_id
            valid, message = check(private.applicant_id_number)
            if not valid:
                # The message names the case, never the number.
                raise ValidationError(
                    self.env._(
                        "Case %(case)s: %(problem)s", case=private.case_id.display_name, problem=self.env._(message)
                    )
                )
