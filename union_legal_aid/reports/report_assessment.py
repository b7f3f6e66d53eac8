from odoo import api, models

from ..tools import paper

TITLE = "职工法律服务志愿团队律师考核表"
VOICE_LINES = 2


class ReportAssessment(models.AbstractModel):
    """考核表: facts, duties, four voices and both signatures (T10). What is not signed yet stays blank, to be signed on paper."""

    _name = "report.union_legal_aid.report_assessment"
    _description = "Printed Assessment"
    _inherit = "legal.aid.print.mixin"

    # Business

    @api.model
    def _get_report_values(self, docids, data=None):
        records = self._in_chinese(self.env["legal.aid.assessment"].browse(docids))
        records.check_access("read")
        return {"docs": records, "pages": [(record, [self._get_paper(record)]) for record in records]}

    def _get_paper(self, record):
        return paper.Paper(
            TITLE,
            f"（{record.year}年度）",
            (
                self._get_head(record),
                paper.Paragraph("一、履行职责情况", "heading"),
                self._get_duties(record),
                self._get_facts(record),
                paper.Paragraph("二、各方意见", "heading"),
                self._get_voices(record),
                paper.Paragraph("三、考核结果", "heading"),
                self._get_result(record),
            ),
        )

    def _get_head(self, record):
        # Whoever may read the assessment may read whose it is.
        lawyer_sudo, contract_sudo = record.sudo().volunteer_id, record.sudo().contract_id
        return paper.pairs(
            ("律师姓名", lawyer_sudo.name),
            ("执业证号", lawyer_sudo.license_number),
            ("执业机构", contract_sudo.law_firm_id.name),
            ("聘书编号", contract_sudo.number),
            ("联系点", "、".join(lawyer_sudo.contact_point_ids.mapped("name")), 1),
            ("考核期间", f"{self._format_date(record.period_start)}至{self._format_date(record.period_end)}", 1),
        )

    def _get_duties(self, record):
        rows = [
            (
                self._get_label(line, "kind") + (f"：{line.name}" if line.name else ""),
                str(line.target) if line.target else "未定",
                str(line.done),
                self._get_label(line, "standing"),
                line.comment or "　",
            )
            for line in record.line_ids
        ]
        return paper.grid(("工作职责", "目标", "完成", "是否完成", "说明"), rows, (42, 9, 9, 13, 27))

    def _get_facts(self, record):
        return paper.pairs(
            ("解答咨询", f"{record.consultation_count} 件次"),
            ("承办案件", f"{record.case_count} 件，办结 {record.closed_count} 件"),
            ("受援职工", f"{record.recipient_count} 人"),
            ("挽回金额", f"{record.amount_recovered:,.2f} 元"),
            ("普法宣传", f"{record.publicity_count} 场，受众 {record.audience_count} 人"),
            ("参加培训", f"{record.training_hours:g} 小时"),
            ("年度台账", self._get_label(record, "ledger_status")),
            ("查实投诉", f"{record.complaint_count} 件，退卷 {record.returned_file_count} 件"),
        )

    def _get_voices(self, record):
        cells = []
        for voice in record.voice_ids:
            text = f"{voice.score:.1f} 分　{voice.note or ''}" if voice.state == "given" else "未提交意见"
            if voice.is_computed:
                text = f"{voice.score:.1f} 分（回访 {record.call_back_count} 人）"
            elif voice.is_on_behalf:
                text += "（代为录入，附依据）"
            cells.append((voice.display_name, text, VOICE_LINES))
        return paper.pairs(*cells)

    def _get_result(self, record):
        outcomes = record._select_outcome()
        missing = f"缺少的意见：{record.missing_voices}" if record.missing_voices else ""
        rows = [
            ("得分", f"{record.score:.1f}"),
            ("系统建议", dict(outcomes).get(record.proposed_outcome)),
            ("考核结果", paper.choose(outcomes, record.outcome), 1),
        ]
        if record.outcome_reason:
            rows.append(("另作决定的理由", record.outcome_reason, 2))
        if record.outcome == "improve":
            until = self._format_date(record.improve_until)
            rows.append(("改进意见", f"{record.improve_note or paper.BLANK}（{until}前）", 2))
        if record.outcome == "end":
            rows.append(("提前解聘事由", record.end_reason_id.name, 1))
        if missing:
            rows.append(("备注", missing, 1))
        rows += [
            ("市总工会意见", self._get_signature(record.summary, record.city_signed_by_id, record.city_signed_date), 4),
            (
                "市司法局意见",
                self._get_signature(
                    record.justice_note,
                    record.justice_signed_by_id,
                    record.justice_signed_date,
                    record.justice_signer_name,
                ),
                4,
            ),
            (
                "律师本人意见",
                self._get_signature(
                    record.answer, record.sudo().volunteer_id if record.answer_date else None, record.answer_date
                ),
                3,
            ),
        ]
        return paper.pairs(*rows, is_whole=True)

    def _get_signature(self, words, signer, day, name_on_paper=False):
        """Words, name and day; blank, with room for seal and signature, where nobody signed yet."""
        name = signer.sudo().name if signer else name_on_paper or paper.BLANK
        return f"{words or ''}\n\n（签章）{name}　　{self._format_date(day)}"
