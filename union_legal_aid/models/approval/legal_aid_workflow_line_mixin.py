from odoo import api, models


class LegalAidWorkflowLineMixin(models.AbstractModel):
    _inherit = "legal.aid.workflow.line.mixin"

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._get_approved_documents()._void_changed_requests()
        return lines

    def write(self, vals):
        documents = self._get_approved_documents()
        result = super().write(vals)
        (documents | self._get_approved_documents())._void_changed_requests()
        return result

    def unlink(self):
        documents = self._get_approved_documents()
        result = super().unlink()
        documents._void_changed_requests()
        return result

    # Business

    def _get_approved_documents(self):
        """The documents of these lines that take effect by approval.

        A line is a part of what was asked to be approved: whoever changes it changes the document (M5).
        """
        documents = self.mapped(self._workflow_document)
        return documents if "approval_request_id" in documents._fields else self.env["legal.aid.approval.mixin"]
