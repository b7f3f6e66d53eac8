from odoo import api, fields, models

from ..organization.personal_fields import OFFICER

# {count on the case: (field of a party, its value)}: what the justice bureau's layout asks of recipients (F§8), and nothing more.
PERSON_COUNTS = {
    "women_count": ("sex", "female"),
    "minor_count": ("age_band", "minor"),
    "senior_count": ("age_band", "senior"),
    "disabled_count": ("is_disabled", True),
    "minority_count": ("is_minority", True),
    "military_count": ("is_military", True),
    "foreign_count": ("is_foreign", True),
}
# What is told of a worker for these counts alone.
PERSON_FACTS = ("sex", "age_band", "is_disabled", "is_minority", "is_military", "is_foreign")


class LegalAidCasePersonsMixin(models.AbstractModel):
    """How many of the workers whom a case helps are women, old, disabled …: numbers for statistics (V4, F§8).

    They are counted from the list of the workers and kept as numbers, so that statistics need to read no person.
    """

    _name = "legal.aid.case.persons.mixin"
    _description = "Workers of a Case by Kind"

    women_count = fields.Integer(string="Women", compute="_compute_person_counts", store=True, groups=OFFICER)
    minor_count = fields.Integer(string="Minors", compute="_compute_person_counts", store=True, groups=OFFICER)
    senior_count = fields.Integer(string="Old People", compute="_compute_person_counts", store=True, groups=OFFICER)
    disabled_count = fields.Integer(
        string="Disabled People", compute="_compute_person_counts", store=True, groups=OFFICER
    )
    minority_count = fields.Integer(
        string="Of Ethnic Minorities", compute="_compute_person_counts", store=True, groups=OFFICER
    )
    military_count = fields.Integer(
        string="Soldiers and Their Families", compute="_compute_person_counts", store=True, groups=OFFICER
    )
    foreign_count = fields.Integer(string="Foreigners", compute="_compute_person_counts", store=True, groups=OFFICER)
    unknown_sex_count = fields.Integer(
        string="Sex Not on Record",
        compute="_compute_person_counts",
        store=True,
        groups=OFFICER,
        help="Workers whom the case helps without listing them, and listed ones whose sex nobody entered.",
    )

    # Compute

    @api.depends(
        "headcount", "applicant_kind", "party_ids.role", "party_ids.kind", *(f"party_ids.{n}" for n in PERSON_FACTS)
    )
    def _compute_person_counts(self):
        for case in self:
            # Numbers of the list, whoever changes the case.
            persons = case.sudo().party_ids.filtered(lambda party: party._is_recipient())
            for count, (name, value) in PERSON_COUNTS.items():
                case[count] = len(persons.filtered(lambda party, name=name, value=value: party[name] == value))
            known = len(persons.filtered("sex"))
            is_organization = case.applicant_kind == "union_organization"
            case.unknown_sex_count = 0 if is_organization else max(case.headcount - known, 0)
