from odoo import api, models
from odoo.exceptions import UserError

from .legal_aid_print_mixin import BLANK


class ReportCaseClosing(models.AbstractModel):
    """结案报告表 (form 21 of the Ministry's 2023 set). What only people can write stays blank and is marked."""

    _name = "report.union_legal_aid.report_case_closing"
    _description = "Closing Report"
    _inherit = "legal.aid.print.mixin"

    # Business

    @api.model
    def _get_report_values(self, docids, data=None):
        cases = self._in_chinese(self.env["legal.aid.case"].browse(docids))
        running = cases.filtered(lambda case: not case.closed_date)
        if running:
            raise UserError(
                self.env._(
                    "Not closed yet: %(cases)s. Close the case, then print the report.",
                    cases=", ".join(running.mapped("name")),
                )
            )
        return {"docs": cases, "tables": [self._prepare_table(case) for case in cases]}

    def _prepare_table(self, case):
        env = case.env
        return {
            "doc": case,
            "title": env._("Closing Report"),
            "number": case.name,
            "pairs": self._get_pairs(case, env),
            "texts": [
                (env._("Course of the work"), case.closing_summary or BLANK),
                (env._("Papers handed in"), self._get_papers(case)),
                (env._("Opinion of the union in charge"), BLANK),
            ],
            "issuer": case.organization_id.name,
            "date": self._format_date(case.closed_date),
        }

    def _get_pairs(self, case, env):
        """Rows of two labelled cells."""
        yuan = env._("yuan")
        cells = [
            (env._("Name of the recipient"), self._or_blank(case.applicant_name)),
            (env._("Kind of recipient"), self._get_label(case, "applicant_kind")),
            (env._("Matter"), self._or_blank(case.matter_id.name)),
            (env._("Form of aid"), self._get_label(case, "service_form")),
            (env._("Opponent"), self._or_blank(case.employer_name)),
            (env._("Workers helped"), str(case.headcount)),
            (env._("Handled by"), self._describe_lawyer(case.volunteer_id)),
            (env._("Mandate"), self._or_blank(case.mandate_id.number)),
            (env._("Assigned on"), self._format_date(case.assigned_date)),
            (env._("Closed on"), self._format_date(case.closed_date)),
            (env._("Court or commission"), self._or_blank(case.tribunal_name)),
            (env._("Its case number"), self._or_blank(case.tribunal_case_number)),
            (env._("Outcome"), self._get_label(case, "outcome")),
            (env._("Recovered for the worker"), f"{case.amount_recovered:,.2f} {yuan}"),
            (env._("Hours of work"), f"{case.hours_total:g}"),
            (env._("Subsidy"), BLANK),
        ]
        return [cells[index : index + 2] for index in range(0, len(cells), 2)]

    def _get_papers(self, case):
        env = case.env
        papers = [
            env._(
                "%(kind)s: %(name)s, pages: %(pages)s",
                kind=self._get_label(paper, "kind"),
                name=paper.name or BLANK,
                pages=paper.page_count or BLANK,
            )
            for paper in case.document_ids
        ]
        return "\n".join(papers) or BLANK
