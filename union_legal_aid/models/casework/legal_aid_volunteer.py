from odoo import api, fields, models

# Everybody else may open a lawyer's record without being told about cases.
CASE_READERS = "union_legal_aid.group_officer,union_legal_aid.group_auditor"


class LegalAidVolunteer(models.Model):
    _inherit = "legal.aid.volunteer"

    case_ids = fields.One2many(
        comodel_name="legal.aid.case", inverse_name="volunteer_id", string="Cases", groups=CASE_READERS
    )
    open_case_count = fields.Integer(string="Open Cases", compute="_compute_open_case_count", groups=CASE_READERS)

    capacity = fields.Integer(
        string="Open Cases at Most",
        groups=CASE_READERS,
        help="From so many open cases on, the lawyer is not suggested any more; 0: as the policy says.",
    )

    _capacity_positive = models.Constraint("CHECK(capacity >= 0)", "The number of open cases cannot be negative.")

    # Compute

    @api.depends("case_ids.state")
    @api.depends_context("uid")
    def _compute_open_case_count(self):
        cases = self.env["legal.aid.case"]
        domain = cases._domain_open() & fields.Domain("volunteer_id", "in", self.ids)
        counts = dict(cases._read_group(domain, ["volunteer_id"], ["__count"]))
        for volunteer in self:
            volunteer.open_case_count = counts.get(volunteer._origin, 0)

    # Actions

    def action_open_cases(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("union_legal_aid.legal_aid_case_action")
        return {**action, "domain": [("volunteer_id", "=", self.id)], "context": {}}
