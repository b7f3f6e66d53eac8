from odoo import api, models
from odoo.exceptions import UserError

from ..models.organization.ir_actions_report import PRINTING
from ..tools import docx, paper, pdf_file
from .forms import FORMS

MIMETYPES = {"pdf": "application/pdf", "docx": docx.MIMETYPE}


class LegalAidForm(models.AbstractModel):
    """The official forms (C9): each is described once (``reports/forms``), and printed as PDF or as a file for Word and WPS.

    They are printed under the rights of whoever asks: what he may not read stays blank. Every print is on record (X2).
    """

    _name = "legal.aid.form"
    _description = "Official Form"
    _inherit = ["legal.aid.print.mixin"]

    # Business

    @api.model
    def _get_form(self, code):
        form = FORMS.get(code)
        if not form:
            raise UserError(
                self.env._(
                    "“%(code)s” is no form. Choose one from the list of forms of the case: %(known)s.",
                    code=code,
                    known=", ".join(FORMS),
                )
            )
        return form

    @api.model
    def _find_forms(self, record, only_lawyers=False):
        """The forms that are of use for ``record`` at its present stage, in the order of the Ministry's set."""
        return [
            form
            for form in FORMS.values()
            if form.model == record._name and (form.is_lawyers or not only_lawyers) and form.applies(record)
        ]

    @api.model
    def _get_paper(self, code, record, number=None, date=None):
        """The form ``code`` filled in from ``record``; refused where the case has not come so far."""
        form = self._get_form(code)
        if record._name != form.model or not form.applies(record):
            raise UserError(
                self.env._(
                    "“%(form)s” is not printed for %(record)s at this stage. The list of its forms shows what can be printed now.",
                    form=form.title,
                    record=record.display_name,
                )
            )
        return form.get_paper(self._in_chinese(record), number, date)

    @api.model
    def _print(self, papers, extension, records, names=()):
        """Print ``papers`` and note who did it: ``(content, type of the content)``.

        :param extension: "pdf" or "docx"
        :param records: whose print goes on record
        :param names: what the log says was printed
        """
        if extension == "docx":
            content = docx.build(*papers)
        else:
            content = self._print_pdf(papers)
            if len(papers) == 1:
                content = pdf_file.number_pages(content)
        self.env["legal.aid.access.log"]._log(records, "print", [f"{name}.{extension}" for name in names])
        return content, MIMETYPES[extension]

    @api.model
    def _print_pdf(self, papers):
        """The bytes of one PDF with ``papers``, each on pages of its own."""
        reports = self.env["ir.actions.report"].with_context(legal_aid_printing=PRINTING)
        html = self.env["ir.qweb"]._render("union_legal_aid.official_page", {"papers": papers})
        # Settings of the printer are no record of anybody.
        content = reports.sudo()._run_wkhtmltopdf([str(html)], report_ref="union_legal_aid.action_report_case_grant")
        if not content:
            raise UserError(
                self.env._("No PDF could be made. Print the file for Word instead, and tell your administrator.")
            )
        return content

    @api.model
    def _get_file_name(self, title, record, extension):
        number = record.display_name or ""
        return f"{title} {number}.{extension}".replace("/", "-")

    @api.model
    def _keep(self, one):
        """``one`` paper as plain data, for the register."""
        return paper.dump(one)

    @api.model
    def _load(self, content):
        """The paper that was kept as ``content`` when it was issued."""
        return paper.load(content)
