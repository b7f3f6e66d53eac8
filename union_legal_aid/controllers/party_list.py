from odoo.http import Controller, content_disposition, request, route

from ..tools import party_list

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class LegalAidPartyList(Controller):
    """The empty list of workers to fill in (C4). It holds nothing but titles."""

    @route("/legal_aid/party_list/template", type="http", auth="user", methods=["GET"])
    def legal_aid_party_list_template(self, **kw):
        content = party_list.template()
        return request.make_response(
            content,
            headers=[
                ("Content-Type", XLSX),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(f"{party_list.TITLE}.xlsx")),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
