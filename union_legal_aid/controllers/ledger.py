from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from .record_id import parse_ids

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class LegalAidLedgerExport(http.Controller):
    """The figures of many ledgers as one workbook (V1): a single one goes by ``/web/content``."""

    @http.route("/legal-aid/ledgers.xlsx", type="http", auth="user", methods=["GET"])
    def legal_aid_ledgers_xlsx(self, ids="", **kw):
        # What the user may not read is not found.
        ledgers = request.env["legal.aid.ledger"].search([("id", "in", parse_ids(ids))])
        if not ledgers:
            raise UserError(request.env._("There are no such ledgers. Choose them in the list again."))
        content = ledgers._build_workbook()
        name = request.env._("Yearly Ledgers")
        headers = [
            ("Content-Type", XLSX),
            ("Content-Disposition", content_disposition(f"{name}.xlsx")),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
        ]
        return request.make_response(content, headers=headers)
