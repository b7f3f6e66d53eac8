from odoo import api, fields, models


class LegalAidVolunteer(models.Model):
    _inherit = "legal.aid.volunteer"

    case_ids = fields.One2many(comodel_name="legal.aid.case", inverse_name="volunteer_id", string="Cases")
    open_case_count = fields.Integer(string="Open Cases", compute="_compute_open_case_count")

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
