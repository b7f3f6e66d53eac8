from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LegalAidQualityCheckLine(models.Model):
    """The points of one criterion in one quality check."""

    _name = "legal.aid.quality.check.line"
    _description = "Line of a Quality Check"
    _inherit = ["legal.aid.workflow.line.mixin"]
    _order = "check_id, sequence, id"
    _rec_names_search = ["check_id", "criterion_id"]

    _workflow_document = "check_id"

    check_id = fields.Many2one(comodel_name="legal.aid.quality.check", required=True, ondelete="cascade", index=True)
    criterion_id = fields.Many2one(
        comodel_name="legal.aid.quality.criterion", required=True, ondelete="restrict", index=True
    )
    sequence = fields.Integer(related="criterion_id.sequence", store=True)
    points_max = fields.Integer(
        string="At Most", compute="_compute_points_max", store=True, precompute=True, help="As it was when checked."
    )
    points = fields.Integer()
    note = fields.Char()

    _once = models.Constraint("UNIQUE(check_id, criterion_id)", "This criterion stands in the check already.")

    # Compute

    @api.depends("check_id", "criterion_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.check_id.display_name} {line.criterion_id.name}"

    @api.depends("criterion_id")
    def _compute_points_max(self):
        for line in self:
            line.points_max = line.criterion_id.points

    # Constraints

    @api.constrains("points", "points_max")
    def _check_points(self):
        for line in self:
            if not 0 <= line.points <= line.points_max:
                raise ValidationError(
                    self.env._(
                        "%(criterion)s: give 0 to %(most)s points.",
                        criterion=line.criterion_id.name,
                        most=line.points_max,
                    )
                )
