from odoo import api, models
from odoo.exceptions import UserError


class ReportCaseGrant(models.AbstractModel):
    """给予法律援助决定书 (form 9 of the Ministry's 2023 set)."""

    _name = "report.union_legal_aid.report_case_grant"
    _description = "Decision to Grant Legal Aid"
    _inherit = "legal.aid.print.mixin"

    # Business

    @api.model
    def _get_report_values(self, docids, data=None):
        cases = self._in_chinese(self.env["legal.aid.case"].browse(docids))
        missing = cases.filtered(lambda case: not case.granted_date)
        if missing:
            raise UserError(
                self.env._(
                    "Aid is not granted in: %(cases)s. Print the decision after the grant.",
                    cases=", ".join(missing.mapped("name")),
                )
            )
        return {"docs": cases, "letters": [self._prepare_letter(case) for case in cases]}

    def _prepare_letter(self, case):
        env = case.env
        return {
            "doc": case,
            "title": env._("Decision to Grant Legal Aid"),
            "number": case.name,
            "salutation": self._or_blank(case.applicant_name),
            "paragraphs": [paragraph for paragraph in self._get_paragraphs(case, env) if paragraph],
            "issuer": case.organization_id.name,
            "date": self._format_date(case.granted_date),
        }

    def _get_paragraphs(self, case, env):
        union = case.organization_id
        return [
            env._(
                "On %(date)s you applied to us for legal aid against %(employer)s, in the matter: %(matter)s.",
                date=self._format_date(case.application_date),
                employer=self._or_blank(case.employer_name),
                matter=self._or_blank(case.matter_id.name),
            ),
            case.hardship_note if case.hardship_basis == "exempt" else "",
            env._(
                "On examination the conditions of union legal aid are met. Under Articles 43 and 68 of the Legal"
                " Aid Law and the"
                " Measures on Trade-union Legal Aid we decide to grant you legal aid, in this form: %(form)s.",
                form=self._get_label(case, "service_form"),
            ),
            env._("Your case is handled by %(lawyer)s.", lawyer=self._describe_lawyer(case.volunteer_id))
            if case.volunteer_id
            else env._("We will assign a lawyer within %(days)s days.", days=case.policy_id.assign_days),
            env._(
                "Legal aid is free of charge: nobody who handles the case may take money or goods from you."
                " Supervision phone:"
                " %(phone)s.",
                phone=self._or_blank(union.supervision_phone or union._get_city().supervision_phone),
            ),
        ]
