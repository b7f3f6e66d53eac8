from odoo import api, fields, models
from odoo.exceptions import AccessError


class LegalAidAssessmentLine(models.Model):
    """A duty of the contract beside what was done of it in the period (T10, 办法 §3).

    Measured by the computation; the officer of the city writes the comment only.
    """

    _name = "legal.aid.assessment.line"
    _description = "Duty in an Assessment"
    _inherit = ["legal.aid.workflow.line.mixin"]
    _order = "assessment_id, sequence, id"
    _rec_name = "kind"

    _workflow_document = "assessment_id"

    assessment_id = fields.Many2one(comodel_name="legal.aid.assessment", required=True, ondelete="cascade", index=True)
    duty_id = fields.Many2one(
        comodel_name="legal.aid.contract.duty", string="Duty of the Contract", readonly=True, ondelete="set null"
    )
    sequence = fields.Integer(default=10, readonly=True)
    kind = fields.Selection(selection="_select_kind", string="Duty", required=True, readonly=True)
    name = fields.Char(string="Details", readonly=True)
    target = fields.Integer(readonly=True, help="0 means none is set.")
    done = fields.Integer(readonly=True)
    standing = fields.Selection(
        selection=[("met", "Met"), ("missed", "Not met"), ("none", "No target")], compute="_compute_standing"
    )
    comment = fields.Char()

    # Compute

    @api.model
    def _select_kind(self):
        return self.env["legal.aid.contract.duty"]._fields["kind"]._description_selection(self.env)

    @api.depends("target", "done")
    def _compute_standing(self):
        for line in self:
            line.standing = "none" if not line.target else "met" if line.done >= line.target else "missed"

    # CRUD

    def write(self, vals):
        measured = sorted(vals.keys() - {"comment"})
        if measured and not self._in_workflow():
            raise AccessError(
                self.env._(
                    "What was done is measured by the system. Correct the records of the service, then compute the"
                    " assessment again; a comment can be written beside each duty."
                )
            )
        return super().write(vals)
