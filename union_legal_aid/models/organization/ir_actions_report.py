from odoo import models

# See IN_LIST: an object that no client can hold.
PRINTING = object()


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_html(self, report_ref, docids, data=None):
        result = super()._render_qweb_html(report_ref, docids, data)
        self._log_print(report_ref, docids)
        return result

    def _render_qweb_text(self, report_ref, docids, data=None):
        result = super()._render_qweb_text(report_ref, docids, data)
        self._log_print(report_ref, docids)
        return result

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        # The page behind the PDF is rendered on the way, which is no second print.
        printing = self.with_context(legal_aid_printing=PRINTING)
        result = super(IrActionsReport, printing)._render_qweb_pdf(report_ref, res_ids, data)
        self._log_print(report_ref, res_ids)
        return result

    def _log_print(self, report_ref, record_ids):
        """Note who printed which records of a union (X2)."""
        model = self._get_report(report_ref).model
        if not record_ids or model not in self.env or self.env.context.get("legal_aid_printing") is PRINTING:
            return
        records = self.env[model].browse([record_ids] if isinstance(record_ids, int) else record_ids)
        union = records._fields.get("organization_id")
        if union and union.comodel_name == "union.organization":
            self.env["legal.aid.access.log"]._log(records, "print", [self._get_report(report_ref).report_name])
