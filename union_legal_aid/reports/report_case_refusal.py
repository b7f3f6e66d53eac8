from odoo import api, models
from odoo.exceptions import UserError


class ReportCaseRefusal(models.AbstractModel):
    """不予法律援助决定书 (form 10 of the Ministry's 2023 set), with the way to object (法律援助法 §49)."""

    _name = "report.union_legal_aid.report_case_refusal"
    _description = "Decision to Refuse Legal Aid"
    _inherit = "legal.aid.print.mixin"

    # Business

    @api.model
    def _get_report_values(self, docids, data=None):
        cases = self._in_chinese(self.env["legal.aid.case"].browse(docids))
        others = cases.filtered(lambda case: case.state != "refused")
        if others:
            raise UserError(
                self.env._(
                    "Aid is not refused in: %(cases)s. Only a refusal prints this decision.",
                    cases=", ".join(others.mapped("name")),
                )
            )
        return {"docs": cases, "letters": [self._prepare_letter(case) for case in cases]}

    def _prepare_letter(self, case):
        env = case.env
        reason = case.decision_reason_id
        return {
            "doc": case,
            "title": env._("Decision to Refuse Legal Aid"),
            "number": case.name,
            "salutation": self._or_blank(case.applicant_name),
            "paragraphs": [
                env._(
                    "On %(date)s you applied to us for legal aid against %(employer)s, in the matter: %(matter)s.",
                    date=self._format_date(case.application_date),
                    employer=self._or_blank(case.employer_name),
                    matter=self._or_blank(case.matter_id.name),
                ),
                env._(
                    "On examination: %(reason)s (%(basis)s). %(note)s",
                    reason=self._or_blank(reason.name),
                    note=case.decision_note or "",
                    basis=self._or_blank(reason.legal_basis),
                ),
                env._("Under Article 43 of the Legal Aid Law we decide not to grant legal aid."),
                env._(
                    "If you disagree with this decision, you may raise an objection with %(bureau)s (Article 49 of"
                    " the Legal Aid"
                    " Law).",
                    bureau=self._or_blank(case.organization_id.sudo().justice_bureau_id.name),
                ),
            ],
            "issuer": case.organization_id.name,
            "date": self._format_date(case.decision_date),
        }
