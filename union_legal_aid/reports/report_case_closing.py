from odoo import models


class ReportCaseClosing(models.AbstractModel):
    """结案报告表 (form 21 of the Ministry's 2023 set). What only people can write stays blank and is marked."""

    _name = "report.union_legal_aid.report_case_closing"
    _description = "Closing Report"
    _inherit = "report.case.form.mixin"

    _form = "closing"

    # Business

    def _get_refusal(self, cases):
        return self.env._("Not closed yet: %(cases)s. Close the case, then print the report.", cases=cases)
