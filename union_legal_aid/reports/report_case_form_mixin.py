from odoo import api, models
from odoo.exceptions import UserError


class ReportCaseFormMixin(models.AbstractModel):
    """A form of the case in the Print menu; ``_form`` is its code."""

    _name = "report.case.form.mixin"
    _description = "Form in the Print Menu"
    _inherit = "legal.aid.form"

    _form = None

    # Business

    @api.model
    def _get_report_values(self, docids, data=None):
        cases = self.env["legal.aid.case"].browse(docids)
        form = self._get_form(self._form)
        others = cases.filtered(lambda case: not form.applies(case))
        if others:
            raise UserError(self._get_refusal(", ".join(others.mapped("name"))))
        return {"docs": cases, "pages": [(case, [self._get_paper(self._form, case)]) for case in cases]}

    def _get_refusal(self, cases):
        raise NotImplementedError
