from odoo import api, fields, models

from ..casework.legal_aid_issued_document import LegalAidIssuedDocument as CaseworkDocument


class LegalAidIssuedDocument(models.Model):
    """Letters to complainants (T7) and decisions on removals (T6) stand in the same register as those of cases."""

    _inherit = "legal.aid.issued.document"

    _checked_links = (*CaseworkDocument._checked_links, "complaint_id", "removal_id")
    _workflow_fields = CaseworkDocument._workflow_fields | {"complaint_id", "removal_id"}

    complaint_id = fields.Many2one(
        comodel_name="legal.aid.complaint", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    removal_id = fields.Many2one(
        comodel_name="legal.aid.removal", readonly=True, ondelete="restrict", index="btree_not_null"
    )

    # Compute

    @api.depends("complaint_id.city_id", "removal_id.organization_id")
    def _compute_organization_id(self):
        """The city answers complaints and decides removals, whoever took a complaint down."""
        result = super()._compute_organization_id()
        for document in self.filtered(lambda document: document.complaint_id or document.removal_id):
            document.organization_id = document.complaint_id.city_id or document.removal_id.organization_id
        return result

    # Actions

    def action_void(self, note=""):
        result = super().action_void(note)
        void = self.filtered(lambda document: document.state == "void")
        void.removal_id._workflow_write({"decision_number": False})
        return result

    # Business

    def _on_delivered(self):
        result = super()._on_delivered()
        self.complaint_id._follow_letter(self)
        return result
