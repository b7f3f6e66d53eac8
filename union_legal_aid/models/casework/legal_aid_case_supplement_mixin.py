from odoo import api, fields, models

from ..organization.legal_day import legal_today
from ..organization.wording import join_clauses


class LegalAidCaseSupplementMixin(models.AbstractModel):
    """The papers that the applicant was asked for, once and all at once, and which of them came in (I7, 法律援助法 §43)."""

    _name = "legal.aid.case.supplement.mixin"
    _description = "Missing Papers of a Case"

    paper_ids = fields.One2many(
        comodel_name="legal.aid.case.paper", inverse_name="case_id", string="Papers Asked For", copy=False
    )
    papers_outstanding = fields.Integer(string="Papers Not In Yet", compute="_compute_papers_outstanding")

    # Compute

    @api.depends("paper_ids.received_date")
    def _compute_papers_outstanding(self):
        for case in self:
            case.papers_outstanding = len(case.paper_ids.filtered(lambda paper: not paper.received_date))

    # Actions

    def action_request_supplement(self, note=""):
        """Ask for everything at once: each line of ``note`` is one paper or explanation, and stays on record as such."""
        result = super().action_request_supplement(note=note)
        if result is True:
            self._list_papers(note)
        return result

    # Business

    def _list_papers(self, note):
        today = legal_today(self)
        names = [line.strip() for line in note.splitlines() if line.strip()]
        # Written by the request only, so that the list stays what the applicant was told.
        self.env["legal.aid.case.paper"].sudo().create(
            [
                {"case_id": case.id, "sequence": number, "name": name, "requested_date": today}
                for case in self
                for number, name in enumerate(names, start=1)
            ]
        )

    def _do_submit(self):
        outstanding = (
            self.paper_ids.filtered(lambda paper: not paper.received_date) if self.state == "supplement" else []
        )
        result = super()._do_submit()
        if outstanding:
            self._message_log(
                body=self.env._(
                    "Handed in without these papers: %(papers)s",
                    papers=join_clauses(self.env, outstanding.mapped("name")),
                )
            )
        return result
