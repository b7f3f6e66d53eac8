from odoo import models

from ..tools import indicators

# So many unions have a column of their own on a page; the workbook has them all.
COLUMNS_ON_PAPER = 8
COLUMNS_NOTE = "单位较多，各单位的分列数据见同一报表的电子表格。"


class ReportStatisticalReturn(models.AbstractModel):
    """统计报表: the stored figures of a return, with a column for each union while a page has room for them (V4)."""

    _name = "report.union_legal_aid.report_statistical_return"
    _description = "Statistical Return"
    _inherit = "legal.aid.print.mixin"
    _printed_model = "legal.aid.statistical.return"

    # Business

    def _is_printable(self, statistics):
        return bool(statistics.computed_date)

    def _get_refusal(self, names):
        return self.env._("%(returns)s: count the figures first.", returns=names)

    def _prepare_sheet(self, statistics):
        unions, figures = statistics._get_matrix()
        has_room = len(unions) <= COLUMNS_ON_PAPER
        unions = unions if has_room else unions[:0]
        return {
            "doc": statistics,
            "title": statistics._get_title(),
            "is_close": True,
            "watermark": "草稿（未报送）" if statistics.state == "draft" else "",
            "meta": [
                ("填报单位", statistics.organization_id.name),
                ("统计期间", f"{self._format_date(statistics.date_from)}—{self._format_date(statistics.date_to)}"),
                (
                    "报送",
                    f"{statistics.sent_to or ''} {self._format_date(statistics.sent_date) if statistics.sent_date else ''}",
                ),
                ("接收", self._format_date(statistics.received_date) if statistics.received_date else ""),
            ],
            "tables": [
                {
                    "caption": section,
                    "columns": [
                        ("项目", "ula_wide"),
                        ("单位", "ula_narrow"),
                        ("合计", "ula_amount"),
                        *((union.name, "ula_amount") for union in unions),
                    ],
                    "rows": [self._get_row(line, by_union, unions) for line, by_union in lines],
                }
                for section, lines in self._group_by_section(figures)
            ],
            "notes": [indicators.NOTES[statistics.layout], *([] if has_room else [COLUMNS_NOTE])],
            "signers": [
                ("单位负责人", ""),
                ("填表人", statistics.sent_by_id.sudo().name or ""),
                ("填报单位（章）", ""),
            ],
        }

    def _group_by_section(self, figures):
        sections = {}
        for line, by_union in figures:
            sections.setdefault(line.section, []).append((line, by_union))
        return sections.items()

    def _get_row(self, line, by_union, unions):
        values = [by_union.get(union.id) for union in unions]
        return [
            line.name,
            line.unit,
            line.shown,
            *("" if value is None else indicators.show(value, line.unit) for value in values),
        ]
