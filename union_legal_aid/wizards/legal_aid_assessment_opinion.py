from odoo import api, fields, models


class LegalAidAssessmentOpinion(models.TransientModel):
    """Asks for points and words of one of the four voices; gives them under the user's own rights (T10)."""

    _name = "legal.aid.assessment.opinion"
    _description = "Give an Opinion"
    _inherit = ["legal.aid.link.mixin"]

    _checked_links = ("voice_id",)

    voice_id = fields.Many2one(
        comodel_name="legal.aid.assessment.voice", required=True, readonly=True, ondelete="cascade"
    )
    lawyer_name = fields.Char(related="voice_id.lawyer_name")
    kind = fields.Selection(related="voice_id.kind", string="Opinion Of")
    organization_id = fields.Many2one(related="voice_id.organization_id")
    period_start = fields.Date(related="voice_id.period_start")
    period_end = fields.Date(related="voice_id.period_end")
    needs_evidence = fields.Boolean(related="voice_id.needs_evidence")
    score = fields.Float(string="Points", digits=(5, 1), required=True, help="From 0 to 100; 60 is a pass.")
    note = fields.Text(string="Words", required=True, help="No names of workers: the lawyer's work only.")
    enterprise_name = fields.Char(string="Enterprise")
    file = fields.Binary(string="Evidence")
    file_name = fields.Char()

    # Defaults

    @api.model
    def default_get(self, fields):
        """What was said before, when an opinion is given again."""
        values = super().default_get(fields)
        voice = self.env["legal.aid.assessment.voice"].browse(values.get("voice_id") or [])
        if voice.state == "given" and not voice.is_computed:
            values.update(score=voice.score, note=voice.note, enterprise_name=voice.enterprise_name)
        return values

    # Actions

    def action_confirm(self):
        self.ensure_one()
        self.voice_id.action_give(
            score=self.score,
            note=self.note or "",
            evidence=self.file or None,
            evidence_name=self.file_name or "",
            enterprise_name=self.enterprise_name or "",
        )
        return {"type": "ir.actions.act_window_close"}
