"""Course and end of the work: forms 14, 21, 22, 30, 31, 32."""

from ...tools.paper import BLANK, SHORT_BLANK, Paragraph, choose, grid, pairs
from . import form
from .form import Form, blank, day, get, label


class Progress(Form):
    code = "progress"
    number = 14
    title = "案件承办情况通报、报告记录"
    is_lawyers = True
    shelf = "report"

    def applies(self, record):
        return bool(record.accepted_date)

    def is_filed(self, case):
        return bool(case.work_log_ids)

    def get_blocks(self, record, date):
        yield pairs(
            ("受援人", record.applicant_name),
            ("案由", record.matter_id.name),
            ("承办单位", form.lawyer(record.volunteer_id)["firm"]),
            ("承办人", form.lawyer(record.volunteer_id)["name"]),
        )
        logs = record.work_log_ids.sorted(lambda log: (log.date, log.id))
        rows = [
            (str(index), day(log.date), self._get_way(log), log.note, form.lawyer(log.volunteer_id)["name"])
            for index, log in enumerate(logs, start=1)
        ]
        yield grid(("序号", "时间", "方式", "主要内容", "记录人"), rows, (8, 20, 16, 42, 14), least=6)
        yield from form.sign(f"受援人（签名）：{BLANK}", f"承办人（签名）：{BLANK}")

    def _get_way(self, log):
        """What was done, and who was told of it, how."""
        lines = [label(log, "kind")]
        if log.told_method:
            told = f"（{day(log.told_date)}）" if log.told_date != log.date else ""
            lines.append(f"通报受援人：{label(log, 'told_method')}{told}")
        if log.is_reported:
            lines.append("报告工会")
        return "\n".join(lines)


class Closing(Form):
    code = "closing"
    number = 21
    title = "结案报告表"
    is_lawyers = True
    shelf = "closing"

    def applies(self, record):
        return bool(record.closed_date)

    def get_blocks(self, record, date):
        lawyer = form.lawyer(record.volunteer_id)
        yield pairs(
            ("受援人", record.applicant_name),
            ("人员类别", label(record, "applicant_kind")),
            ("案由", record.matter_id.name),
            ("援助方式", label(record, "service_form")),
            ("对方当事人", record.employer_name),
            ("受援人数", f"{record.headcount}人"),
            ("承办单位", lawyer["firm"]),
            ("承办人", f"{lawyer['name']}（执业证号{lawyer['licence']}）"),
            ("委托授权书", record.mandate_id.sudo().number),
            ("指派日期", day(record.assigned_date)),
            ("结案日期", day(record.closed_date)),
            ("办案机关", record.tribunal_name),
            ("办案机关案号", record.tribunal_case_number),
            ("工作时数", f"{record.hours_total:g}小时"),
            ("处理结果", label(record, "outcome")),
            ("挽回损失或取得利益", f"{record.amount_recovered:,.2f}元"),
            ("承办过程小结", record.closing_summary, 8),
            ("提交材料清单", self._get_papers(record), 4),
            ("工会审核意见", self._get_review(record), 4),
            ("补贴金额", "", 1),
        )
        yield from form.sign(f"承办人（签名）：{BLANK}", day(record.closed_date))

    def _get_review(self, record):
        review = form.last(record, "file_review_ids").sudo()
        reviewer = get(review, "reviewer_id")
        lines = [
            label(review, "state") if get(review, "state") else "",
            get(review, "note") or "",
            f"审核人（签名）：{blank(reviewer and reviewer.name)}　　{day(get(review, 'reviewed_date'))}",
        ]
        return "\n".join(line for line in lines if line)

    def _get_papers(self, record):
        # A lawyer prints the list of the papers that he may see.
        papers = record.with_user(record.env.user).document_ids if record.env.user.share else record.document_ids
        papers = papers.filtered(lambda paper: paper.kind != "archive")
        return "\n".join(
            f"{index}. {label(paper, 'kind')}：{blank(paper.name)}，{paper.page_count or '＿＿'}页"
            for index, paper in enumerate(papers.sudo(), start=1)
        )


class FileReceipt(Form):
    """The union's own: who handed in the file, what was in it, who took it in (C8)."""

    code = "file_receipt"
    title = "案卷移交回执"
    is_lawyers = True
    shelf = "closing"

    def applies(self, record):
        return bool(self._get_review(record))

    def _get_review(self, record):
        # The receipt of an attempt that a reopening made void is no receipt of the file.
        reviews = record.sudo().file_review_ids.filtered(lambda review: review.state != "void")
        return reviews.sorted("id")[-1:]

    def get_blocks(self, record, date):
        review = self._get_review(record)
        lawyer = form.lawyer(record.volunteer_id)
        yield Paragraph(f"{lawyer['firm']}　{lawyer['name']}律师：", "flush")
        yield Paragraph(f"你移交的下列法律援助案件案卷已于{day(review.received_date)}收到：")
        yield pairs(
            ("案件编号", record.name),
            ("委托授权书", record.mandate_id.sudo().number),
            ("受援人", record.applicant_name),
            ("案由", record.matter_id.name),
            ("结案日期", day(record.closed_date)),
            ("移交日期", day(review.received_date)),
            ("移交方式", "纸质案卷" if review.is_on_paper else "电子材料"),
            ("移交次数", f"第{review.attempt}次"),
        )
        papers = self._get_documents(record)
        rows = [
            (
                str(index),
                paper.name or label(paper, "kind"),
                label(paper, "kind"),
                f"{paper.page_count}页" if paper.page_count else SHORT_BLANK,
            )
            for index, paper in enumerate(papers, start=1)
        ]
        yield grid(("序号", "材料名称", "材料类别", "页数"), rows, (10, 46, 30, 14), least=6)
        # How long a review takes is no secret of the policy.
        days = record.policy_id.sudo().file_review_days or 30
        yield Paragraph(f"工会自收到案卷之日起{days}日内审查；材料不齐全的，退回并说明理由。", "flush")
        taker = "" if review.received_by_id.share else review.received_by_id.name
        yield from form.sign(f"移交人（签名）：{BLANK}", f"接收人（签名）：{taker or BLANK}")
        yield from form.seal(record.organization_id, review.received_date)

    def _get_documents(self, record):
        # A lawyer gets the receipt of the papers that he may see.
        papers = record.with_user(record.env.user).document_ids if record.env.user.share else record.document_ids
        return papers.filtered(lambda paper: paper.kind != "archive").sudo()


class Delivery(Form):
    code = "delivery"
    number = 22
    title = "法律援助文书送达回证"
    shelf = "delivery"

    def applies(self, record):
        return record.state not in ("draft", "withdrawn")

    def is_filed(self, case):
        return bool(get(case, "issued_document_ids"))

    def get_blocks(self, record, date):
        yield pairs(
            ("受送达人", record.applicant_name),
            ("送达地址", record.applicant_address),
        )
        rows = [
            (
                f"{issued.name}\n{issued.number or ''}".strip(),
                issued.delivered_to,
                label(issued, "delivery_method") if issued.delivery_method else "",
                day(issued.delivered_date) if issued.delivered_date else "",
                issued.received_by,
                issued.delivery_note,
            )
            for issued in (get(record, "issued_document_ids") or [])
        ]
        headers = ("送达文书名称及文号", "受送达人", "送达方式", "送达时间", "受送达人签名", "备注")
        yield grid(headers, rows, (28, 13, 13, 18, 14, 14), least=4)
        yield Paragraph("注：受送达人拒绝签收的，送达人应当在备注中说明拒收事由、日期，由见证人签名。", "flush")
        yield from form.sign(f"送达人（签名）：{BLANK}", day(False))


def find_check(record, kind):
    """The last quality check of this kind, as far as it is recorded."""
    checks = get(record, "quality_check_ids") or record.browse()
    return checks.filtered(lambda check: check.kind == kind).sorted("id")[-1:]


class Hearing(Form):
    code = "hearing"
    number = 30
    title = "庭审旁听情况记录表"
    shelf = "quality"

    def applies(self, record):
        return record.service_form in ("arbitration", "litigation") and bool(record.accepted_date)

    def is_filed(self, case):
        return bool(get(find_check(case, "court_observation"), "finding"))

    def get_blocks(self, record, date):
        lawyer = form.lawyer(record.volunteer_id)
        check = find_check(record, "court_observation")
        yield pairs(
            ("受援人", record.applicant_name),
            ("案由", record.matter_id.name),
            ("承办人", lawyer["name"]),
            ("承办单位", lawyer["firm"]),
            ("办案机关", record.tribunal_name),
            ("办案机关案号", record.tribunal_case_number),
            ("开庭时间", day(get(check, "date"))),
            ("开庭地点", get(check, "place")),
            ("准时出庭", "□是　□否　□迟到", 1),
            ("庭前准备", "□充分　□一般　□不充分", 1),
            ("举证质证", "□好　□较好　□一般　□差", 1),
            ("辩论意见", "□好　□较好　□一般　□差", 1),
            ("庭审礼仪", "□好　□较好　□一般　□差", 1),
            ("旁听情况记录", get(check, "finding"), 10),
            ("综合评价", "□优秀　□良好　□合格　□不合格", 1),
        )
        yield from form.sign(f"旁听人（签名）：{BLANK}", day(get(check, "date")))


class Inquiry(Form):
    code = "inquiry"
    number = 31
    title = "征询办案机关意见函"
    word = "询"
    is_repeated = True
    shelf = "quality"

    def applies(self, record):
        return bool(record.accepted_date) and record.service_form in ("arbitration", "litigation")

    def is_filed(self, case):
        return bool(get(find_check(case, "tribunal_opinion"), "finding"))

    def get_blocks(self, record, date):
        lawyer = form.lawyer(record.volunteer_id)
        check = find_check(record, "tribunal_opinion")
        yield Paragraph(f"{blank(record.tribunal_name)}：", "flush")
        yield Paragraph(
            f"你单位办理的{blank(record.applicant_name)}与{blank(record.employer_name)}{blank(record.matter_id.name)}一案"
            f"（{blank(record.tribunal_case_number)}），由我会指派{lawyer['firm']}{lawyer['name']}提供法律援助。为加强法律援助质量监督，"
            "现征询你单位对承办人员履职情况的意见，请填写后函复我会。"
        )
        yield pairs(
            ("按时提交材料", "□是　□否", 1),
            ("按时参加庭审", "□是　□否", 1),
            ("履职态度", "□认真　□较认真　□一般　□不认真", 1),
            ("代理质量", "□好　□较好　□一般　□差", 1),
            ("意见建议", get(check, "finding"), 6),
            ("办案机关（盖章）", f"填表人（签名）：{BLANK}　　＿＿＿＿年＿＿月＿＿日", 3),
        )
        yield from form.seal(record.organization_id, date)


class CallBack(Form):
    code = "call_back"
    number = 32
    title = "受援人回访记录表"
    shelf = "quality"

    def applies(self, record):
        return bool(record.accepted_date)

    def is_filed(self, case):
        return bool(get(form.last(case, "call_back_ids"), "date"))

    def get_blocks(self, record, date):
        call = form.last(record, "call_back_ids")
        lawyer = form.lawyer(record.volunteer_id)
        satisfaction = (("5", "非常满意"), ("4", "满意"), ("3", "一般"), ("2", "不满意"), ("1", "很不满意"))
        channels = (("phone", "电话"), ("visit", "面谈"), ("letter", "信函"), ("online", "网络"))
        yield pairs(
            ("受援人", record.applicant_name),
            ("联系电话", record.applicant_phone),
            ("案由", record.matter_id.name),
            ("案号", record.name),
            ("承办人", lawyer["name"]),
            ("承办单位", lawyer["firm"]),
            ("办理结果", label(record, "outcome")),
            ("回访时间", day(get(call, "date"))),
            ("回访方式", choose(channels, get(call, "channel")), 1),
            ("是否通报案件进展", "□是　□否", 1),
            ("是否收取财物", choose((("yes", "是"), ("no", "否")), get(call, "took_money")), 1),
            ("满意度", choose(satisfaction, get(call, "satisfaction")), 1),
            ("意见和建议", get(call, "remarks"), 6),
        )
        yield from form.sign(f"回访人（签名）：{BLANK}", f"受援人（签名）：{BLANK}", day(get(call, "date")))
