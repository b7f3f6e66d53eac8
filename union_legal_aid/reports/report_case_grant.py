from odoo import models


class ReportCaseGrant(models.AbstractModel):
    """给予法律援助决定书 (form 9 of the Ministry's 2023 set)."""

    _name = "report.union_legal_aid.report_case_grant"
    _description = "Decision to Grant Legal Aid"
    _inherit = "report.case.form.mixin"

    _form = "grant"

    # Business

    def _get_refusal(self, cases):
        return self.env._("Aid is not granted in: %(cases)s. Print the decision after the grant.", cases=cases)
