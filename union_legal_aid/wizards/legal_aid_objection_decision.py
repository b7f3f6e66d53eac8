import base64

from odoo import fields, models
from odoo.exceptions import UserError

from ..models.organization.legal_day import legal_today


class LegalAidObjectionDecision(models.TransientModel):
    """Asks for the justice bureau's decision on an objection: day, number, and the document itself."""

    _name = "legal.aid.objection.decision"
    _description = "Record the Bureau's Decision"
    _inherit = ["legal.aid.link.mixin"]
    _checked_links = ("objection_id",)

    objection_id = fields.Many2one(comodel_name="legal.aid.objection", required=True, readonly=True, ondelete="cascade")
    case_id = fields.Many2one(related="objection_id.case_id")
    result = fields.Selection(
        selection=[("upheld", "Decision upheld"), ("set_aside", "Decision set aside")], required=True
    )
    date = fields.Date(string="Decided On", required=True, default=legal_today)
    number = fields.Char(string="Number of the Decision")
    document_id = fields.Many2one(
        comodel_name="legal.aid.case.document",
        string="Paper of the Case",
        domain="[('case_id', '=', case_id), ('kind', '=', 'objection')]",
        ondelete="cascade",
    )
    file = fields.Binary(string="Photograph or Scan")
    file_name = fields.Char()

    # Actions

    def action_confirm(self):
        self.ensure_one()
        document = self.document_id
        if self.file:
            document = self.case_id.action_add_document(
                kind="objection", filename=self.file_name or "", content=base64.b64decode(self.file)
            )
        if not document:
            raise UserError(
                self.env._(
                    "The bureau's decision in case %(case)s is recorded with its document. Choose it, or add its photograph.",
                    case=self.case_id.name,
                )
            )
        method = "action_uphold" if self.result == "upheld" else "action_set_aside"
        getattr(self.objection_id, method)(date=self.date, number=self.number or "", document_id=document)
        return {"type": "ir.actions.act_window_close"}
