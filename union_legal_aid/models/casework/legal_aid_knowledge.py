from odoo import api, fields, models

from ..organization.legal_day import legal_today


class LegalAidKnowledge(models.Model):
    """An answered question of law as all may read it (C5): question and answer, and nothing that leads to a case."""

    _name = "legal.aid.knowledge"
    _description = "Answered Question"
    _order = "date desc, id desc"
    _rec_names_search = ["question", "answer"]

    active = fields.Boolean(default=True)
    matter_id = fields.Many2one(comodel_name="legal.aid.matter", ondelete="restrict", index="btree_not_null")
    date = fields.Date(string="Answered On", required=True, default=legal_today)
    source = fields.Char(string="Answered By")
    question = fields.Text(required=True)
    answer = fields.Text(required=True)

    # Compute

    @api.depends("question")
    def _compute_display_name(self):
        for entry in self:
            text = " ".join((entry.question or "").split())
            entry.display_name = text if len(text) <= 40 else f"{text[:40]}…"
