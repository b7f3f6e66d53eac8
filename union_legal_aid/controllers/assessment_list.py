from odoo.http import Controller, content_disposition, request, route

from .party_list import XLSX
from .record_id import parse_ids


class LegalAidAssessmentList(Controller):
    """The chosen assessments as a workbook (T10), as far as the user may read them."""

    @route("/legal-aid/assessments.xlsx", type="http", auth="user", methods=["GET"], readonly=True)
    def legal_aid_assessment_list(self, ids="", **kw):
        # The search keeps what the user may read, and nothing tells him of the rest.
        name, content = request.env["legal.aid.assessment"].search([("id", "in", parse_ids(ids))])._build_list()
        return request.make_response(
            content,
            headers=[
                ("Content-Type", XLSX),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(name)),
                ("X-Content-Type-Options", "nosniff"),
                ("Cache-Control", "no-store"),
            ],
        )
