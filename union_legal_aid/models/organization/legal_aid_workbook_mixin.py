import base64

from odoo import api, fields, models

from .download import download
from .ir_actions_report import CHINESE


class LegalAidWorkbookMixin(models.AbstractModel):
    """A record that can be downloaded as a workbook, made when it is asked for, under the rights of whoever asks.

    The model has a ``_build_workbook`` that returns its bytes and a ``_get_workbook_name``; what the workbook shows stands in
    ``_workbook_facts``.
    """

    _name = "legal.aid.workbook.mixin"
    _description = "Record with a Workbook"

    _workbook_facts = ()

    xlsx_file = fields.Binary(string="Workbook", compute="_compute_xlsx_file")

    # Compute

    @api.depends(lambda self: self._workbook_facts)
    @api.depends_context("lang")
    def _compute_xlsx_file(self):
        for record in self:
            record.xlsx_file = base64.b64encode(record._in_print()._build_workbook())

    # Actions

    def action_export_xlsx(self):
        """Download the record as a workbook."""
        self.ensure_one()
        self.check_access("read")
        return download(self, "xlsx_file", f"{self._get_workbook_name()}.xlsx")

    # Business

    def _build_workbook(self):
        raise NotImplementedError

    def _get_workbook_name(self):
        """The name of the file, without its ending."""
        return self._in_print().display_name

    def _in_print(self):
        """The records in Chinese, as documents of the union are, whoever prints them, where that language is installed."""
        return self.with_context(lang=CHINESE) if self.env["res.lang"]._get_data(code=CHINESE) else self
