from odoo import api, fields, models

from ...tools import areas, ids
from ..organization.personal_fields import OFFICER


class LegalAidEmployerSuggestionMixin(models.AbstractModel):
    """An employer's name is typed; whose union or place it is, is suggested and shown (I1, I3).

    By a union of that name on record, else by an earlier case against the same employer, else by the county that stands in the
    name. Whoever types sees the suggestion with the rule of jurisdiction at once, and corrects it where it is wrong.
    """

    _name = "legal.aid.employer.suggestion.mixin"
    _description = "Employer with a Suggestion"

    employer_suggestion = fields.Char(compute="_compute_employer_suggestion", groups=OFFICER)

    # Compute

    @api.depends("employer_name", "employer_organization_id", "employer_place_id")
    @api.depends_context("lang")
    def _compute_employer_suggestion(self):
        for record in self:
            record.employer_suggestion = False
            if record.employer_name and not record._origin:
                union, place = self._suggest_employer(record.employer_name)
                taken = record.employer_organization_id, record.employer_place_id
                if (union or place) and taken == (union, place):
                    record.employer_suggestion = self.env._(
                        "%(union)s was suggested by the employer's name. Correct it if that is wrong.",
                        union=(union or place).name,
                    )

    # CRUD

    @api.onchange("employer_name")
    def _onchange_employer_name(self):
        if not self.employer_organization_id and not self.employer_place_id:
            self.employer_organization_id, self.employer_place_id = self._suggest_employer(self.employer_name)

    # Business

    @api.model
    def _suggest_employer(self, name):
        """``(union at the employer or none, county or zone of the employer or none)``, one of them at most."""
        unions = self.env["union.organization"]
        key = ids.normalise_name(name)
        if not key:
            return unions, unions
        houses = unions._find_houses({key}, set())
        if len(houses) == 1:
            return houses, unions
        earlier = self._find_earlier_case(key)
        if earlier:
            return earlier.employer_organization_id, (
                unions if earlier.employer_organization_id else earlier.employer_place_id
            )
        names = {union.id: union.name for union in unions.search([("tier", "in", ("county", "zone"))])}
        return unions, unions.browse(areas.find_area(name, names))

    @api.model
    def _find_earlier_case(self, key):
        """The latest case against this employer that the user may open, and whose union or place is known."""
        cases = self.env["legal.aid.case"]
        if not self.env.user.has_group(OFFICER):
            return cases
        return cases.search(
            [
                ("employer_key", "=", key),
                "|",
                ("employer_organization_id", "!=", False),
                ("employer_place_id", "!=", False),
            ],
            limit=1,
        )
