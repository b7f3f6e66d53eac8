from odoo import api, models

from ..models.organization.legal_day import legal_today


class ReportRoster(models.AbstractModel):
    """志愿团队成员名单: the roster on paper, from the same view as the public page (T13)."""

    _name = "report.union_legal_aid.report_roster"
    _description = "Roster"
    _inherit = "legal.aid.print.mixin"

    # Business

    @api.model
    def _get_report_values(self, docids, data=None):
        sites = self._in_chinese(self.env["legal.aid.publication.site"].browse(docids))
        sites.check_access("read")
        unions = sites.organization_id
        return {"docs": sites, "sheets": [self._prepare_sheet(union) for union in unions]}

    def _prepare_sheet(self, union):
        columns, rows = union._get_roster_table()
        return {
            "union": union.name,
            "title": union._get_roster_title(),
            "date": self._format_date(legal_today(union)),
            "columns": columns,
            "rows": rows,
            "notices": [self._format_days_in(notice["text"]) for notice in union._get_public_notices()[:20]],
            "phones": union._get_supervision_phones(),
        }
