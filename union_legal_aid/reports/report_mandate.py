from odoo import api, models
from odoo.exceptions import UserError

from ..tools.paper import Paper, Paragraph


class ReportMandate(models.AbstractModel):
    """委托授权书 of the contact-point union. Without a right on the case it prints without worker and opponent."""

    _name = "report.union_legal_aid.report_mandate"
    _description = "Letter of Mandate"
    _inherit = "legal.aid.print.mixin"

    # Business

    @api.model
    def _get_report_values(self, docids, data=None):
        mandates = self.env["legal.aid.mandate"].browse(docids)
        unissued = mandates.filtered(lambda mandate: mandate.state != "issued")
        if unissued:
            raise UserError(
                self.env._(
                    "Not issued, so nothing to print: %(mandates)s.",
                    mandates=", ".join(unissued.mapped("display_name")),
                )
            )
        return {"docs": mandates, "pages": [(mandate, [self._get_mandate_paper(mandate)]) for mandate in mandates]}

    @api.model
    def _get_mandate_paper(self, mandate):
        mandate = self._in_chinese(mandate)
        return Paper(
            mandate.env._("Letter of Mandate"),
            mandate.number,
            (
                Paragraph(f"{self._describe_lawyer(mandate.volunteer_id)}：", "flush"),
                *(Paragraph(text) for text in self._get_paragraphs(mandate)),
                Paragraph(""),
                Paragraph(f"{mandate.organization_id.name}（盖章）", "right"),
                Paragraph(self._format_date(mandate.date), "right"),
            ),
        )

    def _get_paragraphs(self, mandate):
        env = mandate.env
        # Number, form and policy of the case stand on its mandate; more is printed only for readers of the case.
        case_sudo = mandate.sudo().case_id
        return [
            env._(
                "%(union)s commissions you to handle legal-aid case %(case)s%(details)s. Form of aid: %(form)s.",
                union=mandate.organization_id.name,
                case=case_sudo.name,
                details=self._get_details(mandate),
                form=self._get_label(case_sudo, "service_form"),
            ),
            env._(
                "The mandate holds for you alone until the case is closed. Report on its progress to our union,"
                " and hand in"
                " the file within %(days)s days of closing.",
                days=case_sudo.policy_id.file_submit_days,
            ),
            env._("Legal aid is free of charge: take no money or goods from the worker."),
        ]

    def _get_details(self, mandate):
        env = mandate.env
        if not env.user.has_group("union_legal_aid.group_officer") or not mandate.case_id.has_access("read"):
            return ""
        case = mandate.case_id
        return env._(
            " (recipient: %(applicant)s; against: %(employer)s; matter: %(matter)s)",
            # The contact point of another county gives the mandate without knowing who the worker is.
            applicant=self._or_blank(case.applicant_name or case.applicant_name_masked),
            employer=self._or_blank(case.employer_name),
            matter=self._or_blank(case.matter_id.name),
        )
