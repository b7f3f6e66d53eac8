import json

from odoo.http import request

from odoo.addons.web.controllers.export import CSVExport, ExcelExport, ExportXlsxWriter, GroupExportXlsxWriter

from ..tools.column_file import defuse


def choose_records(data):
    """``data`` of an export with the ids of its records in place of the search that found them.

    Odoo writes the search to the server log, and a search for a worker tells his name (O2).
    """
    params = json.loads(data)
    if not params["ids"] and params["model"].startswith(("legal.aid.", "union.")):
        model = request.env[params["model"]].with_context(**params.get("context", {}))
        params["ids"] = model.search(params["domain"]).ids
        if not params["ids"]:
            params["domain"] = [("id", "=", False)]
    return json.dumps(params)


class TextCells:
    """What somebody typed stays text in a workbook; Odoo's writer makes a formula of what begins like one, and a link of an address."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.worksheet.strings_to_formulas = False
        self.worksheet.strings_to_urls = False


class TextExportXlsxWriter(TextCells, ExportXlsxWriter):
    pass


class TextGroupExportXlsxWriter(TextCells, GroupExportXlsxWriter):
    pass


class LegalAidCSVExport(CSVExport):
    def base(self, data):
        return super().base(choose_records(data))

    def from_data(self, fields, columns_headers, rows):
        # Odoo knows fewer of the signs.
        rows = [[defuse(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
        return super().from_data(fields, [defuse(header) for header in columns_headers], rows)


class LegalAidExcelExport(ExcelExport):
    def base(self, data):
        return super().base(choose_records(data))

    def from_data(self, fields, columns_headers, rows):
        with TextExportXlsxWriter(fields, columns_headers, len(rows)) as writer:
            for line, row in enumerate(rows, start=1):
                for column, cell in enumerate(row):
                    writer.write_cell(line, column, cell)
        return writer.value

    def from_group_data(self, fields, columns_headers, groups):
        with TextGroupExportXlsxWriter(fields, columns_headers, groups.count) as writer:
            line, column = 1, 0
            for name, group in groups.children.items():
                line, column = writer.write_group(line, column, name, group)
        return writer.value
