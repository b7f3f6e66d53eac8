from odoo.http import Controller, content_disposition, request, route

from ..tools import import_table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class LegalAidImportTable(Controller):
    """The empty tables to fill in (X1). They hold nothing but titles and explanations."""

    @route("/legal_aid/import/template/<string:kind>", type="http", auth="user", methods=["GET"])
    def legal_aid_import_template(self, kind, **kw):
        if kind not in import_table.TABLES:
            return request.not_found()
        content = import_table.template(kind)
        return request.make_response(
            content,
            headers=[
                ("Content-Type", XLSX),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(f"{import_table.TABLES[kind][0]}.xlsx")),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
