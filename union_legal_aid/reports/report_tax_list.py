from odoo import models

from ..models.money.legal_aid_tax_list_content_mixin import COLUMNS, TITLES
from ..tools import money

# Their words may take several lines.
LONG_COLUMNS = ("证件类型", "所得项目", "免税依据", "律师事务所")


class ReportTaxList(models.AbstractModel):
    """The list for the tax bureau or the justice bureau on paper, as the workbook has it (M9). Printed by finance of the payer only."""

    _name = "report.union_legal_aid.report_tax_list"
    _description = "Printed Tax List"
    _inherit = "legal.aid.money.print.mixin"
    _printed_model = "legal.aid.tax.list"

    # Business

    def _prepare_sheet(self, record):
        env = record.env
        table = record._get_table()
        kinds = [kind for _title, kind, _width in COLUMNS[record.kind]]
        return {
            "doc": record,
            "title": TITLES[record.kind],
            "meta": [
                (env._("Payer"), record.organization_id.name),
                (env._("Period"), f"{self._format_date(record.date_from)}—{self._format_date(record.date_to)}"),
            ],
            "columns": [(title, self._get_class(title, kind)) for title, kind, _width in COLUMNS[record.kind]],
            "rows": [self._format_row(row, kinds) for row in table],
            "total": self._format_row(record._get_total(table), kinds),
            "words": [(env._("Total in words"), self._get_capitals(record, record.amount_total))],
            "signers": [(env._("Finance"), ""), (env._("Checked by"), ""), (env._("Date"), self._or_blank(""))],
        }

    def _get_class(self, title, kind):
        if kind == "number":
            return "ula_narrow"
        if kind == "amount":
            return "ula_amount"
        return "" if title in LONG_COLUMNS else "ula_short"

    def _format_row(self, row, kinds):
        return [self._format_cell(value, kind) for value, kind in zip(row, kinds, strict=True)]

    def _format_cell(self, value, kind):
        if kind == "amount" and value != "":
            return f"{money.cents(value):,.2f}"
        return self._format_days_in(value) if kind == "text" else value
