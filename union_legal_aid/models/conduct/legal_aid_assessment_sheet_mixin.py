from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import workbook

# The list of a year leaves the house in Chinese, as the other lists do; its columns are those of the form.
LIST_TITLE = "职工法律服务志愿团队考核汇总表"
COLUMNS = [
    ("序号", "number", 6),
    ("服务年度", "number", 10),
    ("律师", "text", 12),
    ("执业机构", "text", 28),
    ("考核期起", "text", 12),
    ("考核期止", "text", 12),
    ("咨询（件次）", "number", 12),
    ("承办案件", "number", 10),
    ("办结案件", "number", 10),
    ("受援职工", "number", 10),
    ("挽回金额（元）", "amount", 14),
    ("普法宣传（场）", "number", 14),
    ("受众（人）", "number", 10),
    ("培训（小时）", "amount", 12),
    ("年度台账", "text", 14),
    ("查实投诉", "number", 10),
    ("未完成的职责", "text", 30),
    ("得分", "amount", 8),
    ("建议", "text", 12),
    ("考核结果", "text", 12),
    ("改进意见", "text", 30),
    ("缺少的意见", "text", 24),
    ("市总签署", "text", 12),
    ("司法局签署", "text", 12),
    ("状态", "text", 14),
]


class LegalAidAssessmentSheetMixin(models.AbstractModel):
    """The assessments of a year as a list for others (XLSX), and what the printed form (考核表) says."""

    _name = "legal.aid.assessment.sheet.mixin"
    _description = "List of Assessments"

    # Actions

    def action_export(self):
        """The chosen assessments as a workbook, with the reader's own rights."""
        self.check_access("read")
        if not self:
            raise UserError(self.env._("Choose the assessments that the list is to hold."))
        ids = ",".join(str(record_id) for record_id in self.ids)
        return {
            "type": "ir.actions.act_url",
            "url": f"/legal-aid/assessments.xlsx?ids={ids}",
            "target": "self",
        }

    # Business

    def _build_list(self):
        """``(file name, content)`` of the workbook."""
        records = (
            self.env["legal.aid.print.mixin"]
            ._in_chinese(self)
            .sorted(lambda record: (record.organization_id.id, record.year, record.id))
        )
        rows = [record._get_list_row(number) for number, record in enumerate(records, start=1)]
        years = sorted(set(records.mapped("year")))
        period = f"{years[0]}-{years[-1]}" if len(years) > 1 else str(years[0]) if years else ""
        return f"{LIST_TITLE} {period}.xlsx", workbook.build(LIST_TITLE, COLUMNS, rows)

    def _get_list_row(self, number):
        self.ensure_one()
        missed = self.line_ids.filtered(lambda line: line.standing == "missed")
        return [
            number,
            self.year,
            self.volunteer_id.name,
            self.sudo().contract_id.law_firm_id.name,
            fields.Date.to_string(self.period_start),
            fields.Date.to_string(self.period_end),
            self.consultation_count,
            self.case_count,
            self.closed_count,
            self.recipient_count,
            self.amount_recovered,
            self.publicity_count,
            self.audience_count,
            self.training_hours,
            self._get_text("ledger_status"),
            self.complaint_count,
            "；".join(f"{self._get_selection_text(line, 'kind')} {line.done}/{line.target}" for line in missed),
            self.score,
            self._get_text("proposed_outcome"),
            self._get_text("outcome"),
            self.improve_note if self.outcome == "improve" else "",
            self.missing_voices,
            fields.Date.to_string(self.city_signed_date),
            fields.Date.to_string(self.justice_signed_date),
            self._get_text("state"),
        ]

    @api.model
    def _get_selection_text(self, record, name):
        return dict(record._fields[name]._description_selection(record.env)).get(record[name], "")

    def _get_text(self, name):
        """The label of a selection."""
        self.ensure_one()
        return self._get_selection_text(self, name)

    def _get_document_name(self):
        """File name of the printed form."""
        self.ensure_one()
        return f"考核表 {self.year} {self.sudo().volunteer_id.name}"
