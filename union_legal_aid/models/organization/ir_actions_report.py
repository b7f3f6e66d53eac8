from odoo import models

from ...tools import pdf_file

CHINESE = "zh_CN"
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
        content, kind = super(IrActionsReport, printing)._render_qweb_pdf(report_ref, res_ids, data)
        self._log_print(report_ref, res_ids)
        if kind == "pdf" and self._has_page_numbers(report_ref, res_ids):
            content = pdf_file.number_pages(content)
        return content, kind

    def _render_template(self, template, values=None):
        """Official documents are in Chinese, also what their templates say, whoever prints them (C9, X6)."""
        if template.startswith("union_legal_aid.") and self.env["res.lang"]._get_data(code=CHINESE):
            self = self.with_context(lang=CHINESE)
        return super()._render_template(template, values)

    def _has_page_numbers(self, report_ref, record_ids):
        """One document of ours that is no card; several that are printed together are not counted as one."""
        report = self._get_report(report_ref)
        is_ours = report.report_name.startswith("union_legal_aid.")
        return is_ours and len(record_ids or ()) == 1 and report.paperformat_id.format != "custom"

    def _log_print(self, report_ref, record_ids):
        """Note who printed which records of a union (X2)."""
        model = self._get_report(report_ref).model
        if not record_ids or model not in self.env or self.env.context.get("legal_aid_printing") is PRINTING:
            return
        records = self.env[model].browse([record_ids] if isinstance(record_ids, int) else record_ids)
        union = records._fields.get("organization_id")
        if union and union.comodel_name == "union.organization":
            self.env["legal.aid.access.log"]._log(records, "print", [self._get_report(report_ref).report_name])
