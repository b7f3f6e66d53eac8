from odoo import api, fields, models

WRITERS = "union_legal_aid.group_officer,union_legal_aid.group_volunteer"


class LegalAidWorkLogCorrection(models.Model):
    """What stood in a work log before its writer corrected it (C3). Written by the correction itself, and kept for good."""

    _name = "legal.aid.work.log.correction"
    _description = "Corrected Work Log"
    _inherit = ["legal.aid.append.only.mixin"]
    _order = "id desc"
    _rec_names_search = ["case_number"]

    log_id = fields.Many2one(
        comodel_name="legal.aid.work.log",
        string="Work Log",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    case_number = fields.Char(required=True, readonly=True)
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer", string="Lawyer", required=True, readonly=True, ondelete="restrict"
    )
    date = fields.Date(string="Old Date", required=True, readonly=True)
    hours = fields.Float(string="Old Hours", required=True, readonly=True, digits=(5, 2), aggregator=None)
    kind = fields.Selection(selection="_get_kinds", string="Old Kind", required=True, readonly=True)
    note = fields.Text(string="Old Note", readonly=True, groups=WRITERS)

    # Compute

    @api.model
    def _get_kinds(self):
        return self.env["legal.aid.work.log"]._fields["kind"]._description_selection(self.env)

    @api.depends("case_number", "date")
    def _compute_display_name(self):
        for correction in self:
            correction.display_name = f"{correction.case_number} {fields.Date.to_string(correction.date)}"
