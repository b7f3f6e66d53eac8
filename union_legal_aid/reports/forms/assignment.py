"""The lawyer of the case: forms 3, 11, 12, 13, 15, 16, 17."""

from ...tools.paper import BLANK, Paragraph, choose, pairs, tick
from . import form
from .form import Form, blank, day, get, label


class Attorney(Form):
    code = "attorney"
    number = 3
    title = "授权委托书"
    is_lawyers = True
    shelf = "agency"
    signed_kind = "attorney"

    def applies(self, record):
        return bool(record.volunteer_id) and record.state in ("assigned", "in_progress", "closed", "archived")

    def get_blocks(self, record, date):
        lawyer = form.lawyer(record.volunteer_id)
        yield pairs(
            ("委托人", record.applicant_name),
            ("证件号码", record.applicant_id_number),
            ("联系电话", record.applicant_phone),
            ("住址", record.applicant_address),
            ("受委托人", lawyer["name"]),
            ("执业证号", lawyer["licence"]),
            ("工作单位", lawyer["firm"]),
            ("联系电话", lawyer["phone"]),
        )
        yield Paragraph(
            f"委托人因与{blank(record.employer_name)}{blank(record.matter_id.name)}一案，委托上列受委托人作为委托人的"
            f"{label(record, 'service_form')}承办人员。该案由{blank(record.tribunal_name)}办理。"
        )
        yield Paragraph("委托事项和权限如下：")
        yield Paragraph("□一般代理：代为陈述事实，提供证据，参加调解、庭审，发表代理意见，代收法律文书。", "flush")
        yield Paragraph(
            "□特别授权：除上述权限外，代为承认、放弃、变更请求，进行和解、调解，提起反请求、反诉或者上诉，申请执行。",
            "flush",
        )
        yield Paragraph("委托期限自签字之日起至本案结案之日止。")
        yield from form.sign(f"委托人（签名）：{BLANK}", f"受委托人（签名）：{BLANK}", day(record.agency_signed_date))


class AssignmentNotice(Form):
    code = "assignment"
    number = 11
    title = "指派通知书"
    word = "指"
    shelf = "decision"

    def applies(self, record):
        return bool(record.volunteer_id and record.assigned_date)

    def get_blocks(self, record, date):
        lawyer = form.lawyer(record.volunteer_id)
        policy = record.policy_id.sudo()
        yield Paragraph(f"{lawyer['firm']}：", "flush")
        yield Paragraph(
            f"{blank(record.applicant_name)}与{blank(record.employer_name)}{blank(record.matter_id.name)}一案（案号：{record.name}），"
            f"我会已于{day(record.granted_date)}决定给予法律援助。现指派你单位{lawyer['name']}（执业证号{lawyer['licence']}）承办，"
            f"援助方式：{label(record, 'service_form')}，办案阶段：{blank(record.tribunal_name)}。"
        )
        yield Paragraph(
            f"请自接到指派之日起{policy.agency_days or BLANK}日内与受援人签订委托代理协议和授权委托书，因受援人的原因或者其他客观原因"
            f"无法按时签订的除外；依法履行职责，及时向受援人和我会通报案件进展，并自结案之日起{policy.file_submit_days or BLANK}日内"
            "提交立卷材料。"
        )
        yield Paragraph("承办人员不得向受援人收取任何财物。")
        yield pairs(
            ("受援人", record.applicant_name),
            ("联系电话", record.applicant_phone),
            ("附件", "1. 法律援助申请表复印件　2. 给予法律援助决定书　3. 有关案件材料", 1),
        )
        yield from form.seal(record.organization_id, date or record.assigned_date)


class Agreement(Form):
    code = "agreement"
    number = 12
    title = "法律援助委托代理协议"
    is_lawyers = True
    shelf = "agency"
    signed_kind = "agreement"

    def applies(self, record):
        return bool(record.volunteer_id) and record.state in ("assigned", "in_progress", "closed", "archived")

    def get_blocks(self, record, date):
        lawyer = form.lawyer(record.volunteer_id)
        yield Paragraph(
            f"甲方（受援人）：{blank(record.applicant_name)}　证件号码：{blank(record.applicant_id_number)}", "flush"
        )
        yield Paragraph(f"乙方（承办单位）：{lawyer['firm']}　承办人：{lawyer['name']}", "flush")
        yield Paragraph(
            f"甲方因与{blank(record.employer_name)}{blank(record.matter_id.name)}一案获得{record.organization_id.sudo().name}法律援助，"
            "双方协议如下："
        )
        for number, text in enumerate(self._get_clauses(record, lawyer), start=1):
            yield Paragraph(f"第{'一二三四五六七八九十'[number - 1]}条　{text}")
        yield from form.sign(
            f"甲方（签名）：{BLANK}", f"乙方（盖章、承办人签名）：{BLANK}", day(record.agency_signed_date)
        )

    def _get_clauses(self, record, lawyer):
        return [
            f"乙方接受{record.organization_id.sudo().name}指派，由{lawyer['name']}（执业证号{lawyer['licence']}）担任甲方的"
            f"{label(record, 'service_form')}承办人员，办案机关：{blank(record.tribunal_name)}。",
            "代理权限以甲方签署的授权委托书为准。",
            "乙方提供的法律援助是无偿的，乙方及承办人不得以任何名义向甲方收取财物。",
            "乙方应当依法履行职责，维护甲方合法权益，及时向甲方通报案件进展，对在办案中知悉的国家秘密、商业秘密和个人隐私予以保密。",
            "乙方应当告知甲方主要诉讼风险、申请司法救助的途径以及甲方在案件中的权利和义务。",
            "甲方应当如实陈述案件事实，及时提供证据材料，协助、配合乙方办理案件；经济困难状况发生变化的，应当及时告知。",
            "甲方有权了解案件办理情况；乙方不依法履行职责的，甲方可以请求更换承办人。",
            "出现《中华人民共和国法律援助法》第四十八条规定情形的，法律援助依法终止，本协议同时终止。",
            "本协议自双方签字（盖章）之日起生效，至本案结案之日止。一式三份，甲方、乙方各执一份，报指派工会一份。",
        ]


class OfficialLetter(Form):
    code = "letter"
    number = 13
    title = "法律援助公函"
    word = "函"
    is_repeated = True
    shelf = "procedure"

    def applies(self, record):
        return bool(record.volunteer_id) and record.state in ("assigned", "in_progress", "closed", "archived")

    def is_filed(self, case):
        return self.applies(case) and bool(case.tribunal_name)

    def get_blocks(self, record, date):
        lawyer = form.lawyer(record.volunteer_id)
        yield Paragraph(f"{blank(record.tribunal_name)}：", "flush")
        yield Paragraph(
            f"你单位办理的{blank(record.applicant_name)}与{blank(record.employer_name)}{blank(record.matter_id.name)}一案"
            f"（{blank(record.tribunal_case_number)}），我会已决定给予{blank(record.applicant_name)}法律援助，并指派{lawyer['firm']}"
            f"{lawyer['name']}（执业证号{lawyer['licence']}，联系电话{lawyer['phone']}）担任其代理人。请依法保障其执业权利，并将开庭时间、"
            "法律文书及时通知承办人员。"
        )
        yield Paragraph("特此函告。")
        yield Paragraph("附：1. 授权委托书　2. 给予法律援助决定书", "flush")
        yield from form.seal(record.organization_id, date or record.assigned_date)


class Introduction(Form):
    code = "introduction"
    number = 15
    title = "法律援助介绍信"
    word = "介"
    is_repeated = True

    def applies(self, record):
        return bool(record.volunteer_id) and record.state in ("assigned", "in_progress")

    def is_filed(self, case):
        return False

    def get_blocks(self, record, date):
        lawyer = form.lawyer(record.volunteer_id)
        yield Paragraph(f"{BLANK}：", "flush")
        yield Paragraph(
            f"兹介绍{lawyer['firm']}{lawyer['name']}（执业证号{lawyer['licence']}）前往你处，就{blank(record.applicant_name)}与"
            f"{blank(record.employer_name)}{blank(record.matter_id.name)}法律援助案件（案号：{record.name}）"
            "□会见当事人　□调查取证　□查阅、复制案卷材料　□其他，请予协助。"
        )
        yield Paragraph("（有效期：＿＿＿＿年＿＿月＿＿日至＿＿＿＿年＿＿月＿＿日）", "flush")
        yield from form.seal(record.organization_id, date)


class ChangeRequest(Form):
    code = "change_request"
    number = 16
    title = "更换法律援助人员申请（审批）表"
    shelf = "decision"

    def applies(self, record):
        return bool(record.volunteer_id or form_attempts(record)) and record.state in (
            "granted",
            "assigned",
            "in_progress",
            "closed",
            "archived",
        )

    def is_filed(self, case):
        return bool(form_attempts(case) or get(case, "lawyer_change_ids"))

    def get_blocks(self, record, date):
        ended, request = form_attempts(record)[-1:], form.last(record, "lawyer_change_ids")
        lawyer = form.lawyer(get(request, "volunteer_id") or ended.volunteer_id or record.volunteer_id)
        asked = get(request, "request_date") or ended.date_decided
        reason = get(request, "reason_id").name if get(request, "reason_id") else ended.reason_id.name
        requesters = (("recipient", "受援人"), ("lawyer", "承办人"), ("union", "工会"))
        state = get(request, "state")
        yield pairs(
            ("受援人", record.applicant_name),
            ("联系电话", record.applicant_phone),
            ("案由", record.matter_id.name),
            ("案号", record.name),
            ("承办单位", lawyer["firm"]),
            ("承办人", lawyer["name"]),
            ("指派日期", day(ended.date or record.assigned_date)),
            ("申请日期", day(asked)),
            ("申请人", choose(requesters, get(request, "requester")), 1),
            ("申请理由", "\n".join(filter(None, (reason, get(request, "note")))), 6),
            (
                "工作人员审核意见",
                f"□情况属实，建议更换　□情况不属实，建议不予更换\n\n审核人（签名）：{BLANK}　　{day(False)}",
                5,
            ),
            (
                "负责人审批意见",
                f"{choose((('changed', '同意更换'), ('refused', '不予更换')), state)}　{get(request, 'decision_note') or ''}\n\n"
                f"负责人（签名）：{self._get_decider(request)}　　{day(get(request, 'decided_date'))}",
                5,
            ),
        )
        yield Paragraph(
            "说明：受援人有证据证明承办人员不依法履行职责的，可以请求更换；自收到申请之日起五个工作日内决定并告知申请人。"
            "承办人员申请更换的，参照使用本表。",
            "flush",
        )

    def _get_decider(self, request):
        # Who decided is printed, whoever prints it.
        return blank(get(request, "decided_by_id") and request.decided_by_id.sudo().name)


class ChangeNotice(Form):
    code = "change_notice"
    number = 17
    title = "更换法律援助人员通知书"
    word = "更"
    is_repeated = True
    shelf = "decision"

    def applies(self, record):
        return bool(form_attempts(record))

    def get_blocks(self, record, date):
        ended = form_attempts(record)[-1:]
        former, current = form.lawyer(ended.volunteer_id), record.volunteer_id
        same_office = bool(current) and current.sudo().law_firm_id == ended.volunteer_id.sudo().law_firm_id
        successor = form.describe_lawyer(current) if current and current != ended.volunteer_id else BLANK
        yield Paragraph(f"{former['firm']}：", "flush")
        yield Paragraph(
            f"你单位{former['name']}承办的{blank(record.applicant_name)}与{blank(record.employer_name)}{blank(record.matter_id.name)}一案"
            f"（案号：{record.name}），因{blank(ended.reason_id.name)}，经审查，现通知如下："
        )
        yield Paragraph(
            f"{tick(same_office, '')}一、更换承办人为{successor}。请在＿＿日内告知受援人和办案机关，变更委托代理协议和授权委托书，"
            "并安排案件材料的移交。"
        )
        yield Paragraph(
            f"{tick(bool(current) and not same_office, '')}二、你单位不再承办本案。请在＿＿日内告知受援人和办案机关，解除委托代理协议，"
            "并将案件材料移交我会。"
        )
        yield from form.seal(record.organization_id, date or ended.date_decided)


def form_attempts(record):
    """The lawyers who had the case and gave it up, the last one last."""
    # Why a case went from one lawyer to another is known to the office that prints this.
    attempts = record.sudo().assignment_ids.filtered(lambda attempt: attempt.state in ("declined", "ended"))
    return attempts.sorted("id")
