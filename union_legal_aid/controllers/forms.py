from odoo.exceptions import AccessError
from odoo.http import Controller, content_disposition, request, route

EXTENSIONS = ("pdf", "docx")


class LegalAidForms(Controller):
    """Official forms as PDF or for Word, for officers (C9); a lawyer has his own page (``portal_case_steps``).

    A form is filled in under the rights of whoever prints it, so what he may not read stays blank.
    """

    @route(
        "/legal_aid/forms/<string:code>/<int:record_id>/<string:extension>", type="http", auth="user", methods=["GET"]
    )
    def legal_aid_form(self, code, record_id, extension, **kw):
        self._check_officer()
        forms = request.env["legal.aid.form"]
        form = forms._get_form(code)
        record = self._find(form.model, record_id, extension)
        paper = forms._get_paper(code, record)
        return make_response(forms, [paper], extension, record, form.code, form.title)

    @route("/legal_aid/issued/<int:document_id>/<string:extension>", type="http", auth="user", methods=["GET"])
    def legal_aid_issued_document(self, document_id, extension, **kw):
        self._check_officer()
        issued = self._find("legal.aid.issued.document", document_id, extension)
        forms = request.env["legal.aid.form"]
        return make_response(forms, [forms._load(issued.content)], extension, issued, issued.form_code, issued.name)

    def _check_officer(self):
        if not request.env.user.has_group("union_legal_aid.group_officer"):
            raise AccessError(request.env._("Forms are printed by officers. Ask the union in charge."))

    def _find(self, model, record_id, extension):
        """The record of this id under the user's rights, or the page “not found”."""
        record = request.env[model]
        if extension in EXTENSIONS and 0 < record_id < 2**31:
            record = record.search([("id", "=", record_id)], limit=1)
        if not record:
            raise request.not_found()
        return record


def make_response(forms, papers, extension, record, code, title):
    """The answer to a print of ``papers``, which goes on record with ``record``."""
    content, mimetype = forms._print(papers, extension, record, [code])
    return request.make_response(
        content,
        headers=[
            ("Content-Type", mimetype),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(forms._get_file_name(title, record, extension))),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
        ],
    )
