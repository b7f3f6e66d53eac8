from odoo.http import Controller, content_disposition, request, route

from ..tools import import_table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class LegalAidImportTable(Controller):
    """The empty tables to fill in (X1), for who may bring them in. They hold nothing but titles and explanations."""

    @route("/legal_aid/import/template/<string:kind>", type="http", auth="user", methods=["GET"])
    def legal_aid_import_template(self, kind, **kw):
        tables = request.env["legal.aid.import"]
        if kind not in import_table.TABLES or not tables.has_access("create"):
            return request.not_found()
        content = import_table.template(kind, tables._get_template_choices(kind))
        return request.make_response(
            content,
            headers=[
                ("Content-Type", XLSX),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(f"{import_table.TABLES[kind][0]}.xlsx")),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
