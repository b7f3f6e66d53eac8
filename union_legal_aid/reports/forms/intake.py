"""Consultation, application and its examination: forms 1, 2, 4 to 8."""

from ...tools.paper import BLANK, SHORT_BLANK, Cell, Paragraph, Table, choose, grid, pairs, tick
from . import form
from .form import Form, blank, day, get, label

SCOPE_VERDICTS = (("in_scope", "属于法律援助事项范围"), ("not_in_scope", "不属于法律援助事项范围"))


class Consultation(Form):
    code = "consultation"
    number = 1
    title = "法律援助咨询登记表"
    model = "legal.aid.consultation"
    shelf = "application"

    def get_blocks(self, record, date):
        lawyer = record.volunteer_id.sudo().name
        yield pairs(
            ("咨询日期", day(record.date)),
            ("咨询方式", label(record, "channel")),
            ("咨询人姓名", record.caller_name),
            ("联系电话", record.caller_phone),
            ("人员类别", label(record, "caller_kind")),
            ("用人单位", record.employer_name),
            ("咨询事项", record.matter_id.name),
            ("区属工会", record.organization_id.name),
            ("咨询内容", record.question, 8),
            ("解答意见", record.answer, 8),
            ("后续处理", f"{label(record, 'state')}　{record.case_id.sudo().name or ''}".strip(), 2),
            ("备注", "", 2),
        )
        yield from form.sign(f"接待人员（签名）：{lawyer or BLANK}", day(record.date))


class Application(Form):
    code = "application"
    number = 2
    title = "法律援助申请表"
    shelf = "application"

    def get_blocks(self, record, date):
        birth, sex = form.person(record.applicant_id_number)
        agent = record.party_ids.filtered(lambda party: party.role == "representative")[:1]
        yield pairs(
            ("姓名", record.applicant_name),
            ("性别", sex),
            ("出生日期", birth),
            ("民族", get(record, "applicant_ethnicity")),
            ("身份证号", record.applicant_id_number),
            ("联系电话", record.applicant_phone),
            ("户籍地（经常居住地）", record.applicant_address, 1),
            ("工作单位", record.employer_name),
            ("职业", get(record, "applicant_occupation")),
            ("文化程度", get(record, "applicant_education")),
            ("工会会员", choose(((True, "是"), (False, "否")), bool(record.is_union_member))),
            ("人群类别", self._get_groups(record), 2),
            ("是否曾申请法律援助", "□是　□否", 1),
            ("代理申请人姓名", record.agent_name or agent.name),
            ("代理人证件号码", agent.id_number),
            ("与申请人关系", self._get_relation(record), 1),
            ("法律地位", "□申请人　□被申请人　□原告　□被告　□第三人", 1),
            ("援助方式", choose(form.options(record, "service_form"), record.service_form), 2),
            ("案由", record.matter_id.name),
            ("对方当事人", record.employer_name),
            ("事项所处阶段", blank(record.tribunal_name)),
            ("请求金额", form.amount(record.amount_claimed)),
            ("案情概述及申请理由", record.description, 8),
        )
        yield Paragraph("本人承诺：以上所填内容和提交的材料真实、合法、有效，如有不实，愿承担相应的法律责任。")
        yield Paragraph("本人知悉：法律援助是无偿的，承办人员不得收取任何财物。")
        yield from form.sign(f"申请人（签名）：{BLANK}", day(record.application_date))

    def _get_relation(self, record):
        """How the one who applies for the worker stands to him; boxes to tick where nobody is on record."""
        named = record.agent_name and record.agent_relation
        return label(record, "agent_relation") if named else "□法定代理人　□委托代理人　□其他＿＿＿＿"

    def _get_groups(self, record):
        kind = record.applicant_kind
        return "　".join(
            [
                tick(kind == "migrant_worker", "农民工"),
                tick(kind == "hardship_worker", "困难职工"),
                tick(kind == "model_worker", "劳动模范"),
                tick(kind == "union_officer", "工会干部"),
                tick(kind == "union_organization", "工会组织"),
                "□残疾人　□老年人　□未成年人　□妇女　□军人军属　□其他",
            ]
        )


class Hardship(Form):
    code = "hardship"
    number = 4
    title = "经济困难状况说明表"
    shelf = "hardship"

    def applies(self, record):
        return record.hardship_basis not in ("no_limit", "exempt") and record.applicant_kind != "union_organization"

    def is_filed(self, case):
        return self.applies(case) and bool(case.hardship_basis)

    def get_blocks(self, record, date):
        yield pairs(
            ("姓名", record.applicant_name),
            ("证件号码", record.applicant_id_number),
            ("住址", record.applicant_address, 1),
            ("联系电话", record.applicant_phone),
            ("月人均收入", form.amount(record.family_income)),
            ("劳动能力", "□有　□部分丧失　□全部丧失", 1),
            ("家庭人口", self._get_household_size(record), 1),
        )
        yield Paragraph("家庭成员", "heading")
        yield grid(
            ("姓名", "与申请人关系", "年龄", "工作单位", "月收入（元）"),
            self._get_members(record),
            (20, 22, 12, 26, 20),
            least=3,
        )
        yield Paragraph("家庭资产及其他", "heading")
        yield pairs(
            ("房产", "", 1),
            ("车辆", "", 1),
            ("存款、证券", "", 1),
            ("社会救助", "□最低生活保障　□特困供养　□临时救助　□工会困难职工档案　□无", 1),
            ("困难情况说明", record.hardship_note, 5),
        )
        yield Paragraph("个人诚信承诺", "heading")
        yield Paragraph(
            "本人承诺：以上家庭经济困难状况真实，同意核查。如以欺骗或者其他不正当手段获得法律援助，愿支付已实施法律援助的费用，"
            "并承担相应的法律责任。"
        )
        yield from form.sign(f"承诺人（签名）：{BLANK}", day(False))

    def _get_members(self, record):
        members = get(record, "family_ids") or []
        return [
            (
                get(member, "name"),
                form.label(member, "relation") if "relation" in member._fields else "",
                str(get(member, "age") or ""),
                get(member, "employer_name"),
                f"{member.monthly_income:,.2f}" if get(member, "monthly_income") else "",
            )
            for member in members
        ]

    def _get_household_size(self, record):
        members = get(record, "family_ids")
        return f"{len(members) + 1}人" if members else BLANK


class Receipt(Form):
    code = "receipt"
    number = 5
    title = "法律援助申请材料接收凭证"
    shelf = "receipt"

    def is_filed(self, case):
        return bool(self._get_documents(case))

    def _get_documents(self, record):
        kinds = ("application", "identity", "hardship", "evidence", "other")
        decided = record.granted_date or record.decision_date
        return record.document_ids.filtered(
            lambda document: document.kind in kinds and (not decided or document.received_date <= decided)
        )

    def get_blocks(self, record, date):
        papers = self._get_documents(record)
        yield Paragraph(f"{blank(record.applicant_name)}：", "flush")
        yield Paragraph(
            f"你于{day(record.application_date)}就{blank(record.matter_id.name)}事项申请法律援助，提交的下列材料已收到："
        )
        rows = [
            (
                str(index),
                paper.name or label(paper, "kind"),
                f"{paper.page_count}页" if paper.page_count else SHORT_BLANK,
                "1",
                day(paper.received_date),
            )
            for index, paper in enumerate(papers, start=1)
        ]
        yield grid(("序号", "材料名称", "页数", "份数", "接收日期"), rows, (10, 42, 14, 12, 22), least=5)
        yield Paragraph(f"联系电话：{form.union_phone(record.organization_id)}", "flush")
        yield from form.sign(f"申请人（签名）：{BLANK}", f"接收人（签名）：{BLANK}", day(record.application_date))


class Supplement(Form):
    code = "supplement"
    number = 6
    title = "补充材料、说明通知书"
    word = "补"
    is_for_recipient = True
    shelf = "receipt"

    def applies(self, record):
        return bool(record.supplement_requested_date)

    def get_blocks(self, record, date):
        days = record.policy_id.sudo().supplement_days or BLANK
        yield Paragraph(f"{blank(record.applicant_name)}：", "flush")
        yield Paragraph(
            f"你于{day(record.application_date)}提出的法律援助申请收悉。经审查，你提交的申请材料不齐全或者需要说明，"
            "根据《中华人民共和国法律援助法》第四十三条的规定，现一次性告知你需要补充的材料或者作出的说明："
        )
        papers = get(record, "paper_ids")
        if papers:
            for number, paper in enumerate(papers, start=1):
                yield Paragraph(f"{number}. {paper.name}" if len(papers) > 1 else paper.name)
        else:
            yield Paragraph(blank(record.supplement_note))
        yield Paragraph(f"请自收到本通知之日起{days}日内补充提交。逾期未按要求补充材料或者作出说明的，视为撤回申请。")
        yield Paragraph(f"联系电话：{form.union_phone(record.organization_id)}")
        yield from form.seal(record.organization_id, date or record.supplement_requested_date)


class Cooperation(Form):
    code = "cooperation"
    number = 7
    title = "法律援助协作函"
    word = "协"
    is_repeated = True

    def applies(self, record):
        return record.state in ("submitted", "supplement", "granted", "assigned", "in_progress")

    def is_filed(self, case):
        return False

    def get_blocks(self, record, date):
        yield Paragraph(f"{blank(get(record, 'government_office'))}：", "flush")
        yield Paragraph(
            f"我会办理{blank(record.applicant_name)}（证件号码{blank(record.applicant_id_number)}）与"
            f"{blank(record.employer_name)}{blank(record.matter_id.name)}法律援助事项，因办理需要，请你单位协助下列事项："
        )
        first = choose(form.options(record, "first_receiver"), record.first_receiver)
        yield Table(
            (22, 78),
            (
                (Cell("协作事项", is_label=True), Cell("□核查经济困难状况　□调查取证　□送达文书　□移交申请　□其他")),
                (Cell("具体要求", is_label=True), Cell("", lines=6)),
                (
                    Cell("首次受理", is_label=True),
                    Cell(f"{first}　受理日期：{day(record.first_received_date or record.application_date)}"),
                ),
            ),
        )
        yield Paragraph("请将办理结果函复我会。")
        yield Paragraph(f"联系电话：{form.union_phone(record.organization_id)}")
        yield from form.seal(record.organization_id, date)


def get_scope_verdict(record):
    """Whether the matter is one that the union helps in, as the decision took it; nothing before there is one."""
    if record.granted_date:
        return "in_scope"
    is_out = record.state == "refused" and record.decision_reason_id.code == "not_in_scope"
    return "not_in_scope" if is_out else None


class Examination(Form):
    code = "examination"
    number = 8
    title = "法律援助审查表"
    shelf = "application"

    def applies(self, record):
        return record.state != "draft"

    def get_blocks(self, record, date):
        waived = record.hardship_basis in ("exempt", "no_limit")
        yield pairs(
            *form.applicant_cells(record),
            ("申请日期", day(record.application_date)),
            ("受理日期", day(record.submitted_date)),
            ("案由", record.matter_id.name),
            ("援助方式", label(record, "service_form")),
            ("案情简介", record.description, 6),
            ("经济状况核查方式与结果", label(record, "hardship_basis"), 2),
            (
                "免予核查及依据",
                f"{choose(((True, '是'), (False, '否')), waived)}　{record.hardship_waiver or ''}".strip(),
                2,
            ),
            ("困难情况", record.hardship_note, 3),
            ("事项范围意见", choose(SCOPE_VERDICTS, get_scope_verdict(record)), 1),
            ("区属认定", blank(record.jurisdiction_rule), 2),
            (
                "经办意见",
                f"经办人（签名）：{record.submitted_by_id.sudo().name or BLANK}　　{day(record.submitted_date)}",
                5,
            ),
            ("审批意见", self._get_decision(record), 5),
        )

    def _get_decision(self, record):
        date = record.granted_date or record.decision_date if record.state == "refused" else record.granted_date
        verdict = choose(
            (("granted", "同意给予法律援助"), ("refused", "不予法律援助")),
            "granted" if record.granted_date else "refused" if record.state == "refused" else None,
        )
        return f"{verdict}\n\n审批人（签名）：{record.granted_by_id.sudo().name or BLANK}　　{day(date)}"
