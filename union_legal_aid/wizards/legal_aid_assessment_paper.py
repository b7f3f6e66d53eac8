from odoo import fields, models

from ..models.organization.legal_day import legal_today


class LegalAidAssessmentPaper(models.TransientModel):
    """Asks for the page that the justice bureau signed, and records its signature (T10)."""

    _name = "legal.aid.assessment.paper"
    _description = "Signature on Paper"
    _inherit = ["legal.aid.link.mixin"]

    _checked_links = ("assessment_id",)

    assessment_id = fields.Many2one(
        comodel_name="legal.aid.assessment", required=True, readonly=True, ondelete="cascade"
    )
    signer = fields.Char(string="Signed on Paper By", required=True)
    date = fields.Date(string="Signed by the Bureau On", required=True, default=legal_today)
    note = fields.Text(string="Words of the Justice Bureau")
    file = fields.Binary(string="Signed Page", required=True)
    file_name = fields.Char()

    # Actions

    def action_confirm(self):
        self.ensure_one()
        self.assessment_id.action_record_cosign(
            signer=self.signer,
            date=self.date,
            evidence=self.file,
            evidence_name=self.file_name or "",
            note=self.note or "",
        )
        return {"type": "ir.actions.act_window_close"}
