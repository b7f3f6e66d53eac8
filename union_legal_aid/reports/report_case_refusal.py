from odoo import models


class ReportCaseRefusal(models.AbstractModel):
    """不予法律援助决定书 (form 10 of the Ministry's 2023 set), with the way to object (法律援助法 §49)."""

    _name = "report.union_legal_aid.report_case_refusal"
    _description = "Decision to Refuse Legal Aid"
    _inherit = "report.case.form.mixin"

    _form = "refusal"

    # Business

    def _get_refusal(self, cases):
        return self.env._("Aid is not refused in: %(cases)s. Only a refusal prints this decision.", cases=cases)
