import base64

from odoo import api, fields, models
from odoo.exceptions import UserError


class LegalAidHouseConsent(models.TransientModel):
    """Asks for the page on which the worker agreed that the house union reads the file: a paper of the case, or a new photograph."""

    _name = "legal.aid.house.consent"
    _description = "Record the Worker's Consent"
    _inherit = ["legal.aid.link.mixin"]

    _checked_links = ("case_id",)

    case_id = fields.Many2one(comodel_name="legal.aid.case", required=True, readonly=True, ondelete="cascade")
    organization_id = fields.Many2one(related="case_id.contact_point_id", string="House Union")
    document_id = fields.Many2one(
        comodel_name="legal.aid.case.document",
        string="Paper of the Case",
        domain="[('case_id', '=', case_id), ('kind', '=', 'consent')]",
        compute="_compute_document_id",
        store=True,
        readonly=False,
        ondelete="cascade",
    )
    file = fields.Binary(string="Photograph or Scan")
    file_name = fields.Char()

    # Compute

    @api.depends("case_id")
    def _compute_document_id(self):
        for dialog in self:
            papers = dialog.case_id.document_ids.filtered(lambda paper: paper.kind == "consent" and paper.attachment_id)
            dialog.document_id = papers[:1]

    # Actions

    def action_confirm(self):
        self.ensure_one()
        document = self.document_id
        if self.file:
            document = self.case_id.action_add_document(
                kind="consent",
                filename=self.file_name or "",
                content=base64.b64decode(self.file),
                confidentiality="sensitive",
            )
        if not document:
            raise UserError(
                self.env._(
                    "The consent in case %(case)s needs the page that the worker signed. Choose it, or add its photograph.",
                    case=self.case_id.name,
                )
            )
        self.case_id.action_record_house_consent(document_id=document)
        return {"type": "ir.actions.act_window_close"}
