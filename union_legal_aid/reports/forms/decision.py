"""Decisions on aid: forms 9, 10, 18, 19, 20."""

import re

from ...tools.paper import BLANK, Paragraph, choose
from . import form
from .form import Form, blank, day, get


class Grant(Form):
    code = "grant"
    number = 9
    title = "给予法律援助决定书"
    word = "给"
    is_for_recipient = True
    shelf = "decision"

    def applies(self, record):
        return bool(record.granted_date)

    def get_blocks(self, record, date):
        policy = record.policy_id.sudo()
        yield Paragraph(f"{blank(record.applicant_name)}：", "flush")
        yield Paragraph(
            f"你于{day(record.application_date)}就与{blank(record.employer_name)}{blank(record.matter_id.name)}一案向我会提出法律援助申请"
            f"（案号：{record.name}）。"
        )
        if record.hardship_basis == "exempt" and record.hardship_waiver:
            yield Paragraph(record.hardship_waiver)
        yield Paragraph(
            "经审查，你的申请符合工会法律援助条件。根据《中华人民共和国法律援助法》第四十三条、第六十八条和工会法律援助的有关规定，"
            f"决定给予你法律援助，援助方式：{form.label(record, 'service_form')}。"
        )
        if record.volunteer_id:
            yield Paragraph(f"承办人员：{form.describe_lawyer(record.volunteer_id)}。")
        else:
            yield Paragraph(f"我会将在{policy.assign_days or BLANK}日内指派承办人员。")
        yield Paragraph(
            "你应当如实陈述与案件有关的事实，及时提供证据材料，协助、配合承办人员办理案件。法律援助是无偿的，任何人不得向你收取财物；"
            f"如有收取，请向我会反映。监督电话：{form.union_phone(record.organization_id)}。"
        )
        yield from form.seal(record.organization_id, date or record.granted_date)


class Refusal(Form):
    code = "refusal"
    number = 10
    title = "不予法律援助决定书"
    word = "不"
    is_for_recipient = True
    shelf = "decision"

    def applies(self, record):
        return record.state == "refused"

    def get_blocks(self, record, date):
        reason = record.decision_reason_id
        yield Paragraph(f"{blank(record.applicant_name)}：", "flush")
        yield Paragraph(
            f"你于{day(record.application_date)}就与{blank(record.employer_name)}{blank(record.matter_id.name)}一案向我会提出法律援助申请"
            f"（案号：{record.name}）。"
        )
        yield Paragraph(
            f"经审查：{blank(reason.name)}{in_brackets(cite(reason.legal_basis))}。{sentence(record.decision_note)}"
        )
        yield Paragraph("根据《中华人民共和国法律援助法》第四十三条的规定，决定不予法律援助。")
        yield Paragraph(
            f"如对本决定有异议，可以向{form.bureau(record.organization_id)}提出（《中华人民共和国法律援助法》第四十九条）。"
        )
        yield from form.seal(record.organization_id, date or record.decision_date)


class Termination(Form):
    code = "termination"
    number = 18
    title = "终止法律援助决定书"
    word = "终"
    is_for_recipient = True
    shelf = "decision"

    def applies(self, record):
        return record.state == "terminated"

    def get_blocks(self, record, date):
        reason = record.decision_reason_id
        yield Paragraph(f"{blank(record.applicant_name)}：", "flush")
        yield Paragraph(
            f"我会于{day(record.granted_date)}决定就你与{blank(record.employer_name)}{blank(record.matter_id.name)}一案给予法律援助"
            f"（案号：{record.name}）。"
        )
        yield Paragraph(f"现查明：{blank(reason.name)}。{sentence(record.decision_note)}")
        yield Paragraph(
            f"根据{cite(reason.legal_basis) or '《中华人民共和国法律援助法》第四十八条'}的规定，决定终止法律援助。"
        )
        yield Paragraph(
            f"如对本决定有异议，可以向{form.bureau(record.organization_id)}提出（《中华人民共和国法律援助法》第四十九条）。"
        )
        yield from form.seal(record.organization_id, date or record.decision_date)


class TerminationLetter(Form):
    code = "termination_letter"
    number = 19
    title = "终止法律援助公函"
    word = "终函"
    shelf = "decision"

    def applies(self, record):
        return record.state == "terminated"

    def get_blocks(self, record, date):
        yield Paragraph(f"{blank(record.tribunal_name)}：", "flush")
        yield Paragraph(
            f"你单位办理的{blank(record.applicant_name)}与{blank(record.employer_name)}{blank(record.matter_id.name)}一案"
            f"（{blank(record.tribunal_case_number)}），我会已于{day(record.decision_date)}决定终止对{blank(record.applicant_name)}"
            "的法律援助，承办人员不再担任其代理人。"
        )
        yield Paragraph("特此函告。")
        yield from form.seal(record.organization_id, date or record.decision_date)


class Objection(Form):
    """Decided by the justice bureau; the union prepares the page with what stands in its record."""

    code = "objection"
    number = 20
    title = "法律援助异议审查决定书"
    shelf = "decision"

    def applies(self, record):
        return bool(get(record, "objection_ids"))

    def get_number(self, record, number):
        """The bureau's own number, once it decided."""
        return get(form.last(record, "objection_ids"), "decision_number") or BLANK

    def get_blocks(self, record, date):
        objection = form.last(record, "objection_ids")
        filed = get(objection, "received_date")
        decided = get(objection, "decision_date")
        contested = get(objection, "contested_date") or record.decision_date
        yield Paragraph(f"{blank(record.applicant_name)}：", "flush")
        kinds = {"refused": "refusal", "terminated": "termination"}
        against = choose(
            (("refusal", "不予法律援助决定"), ("termination", "终止法律援助决定")),
            get(objection, "kind") or kinds.get(record.state),
        )
        yield Paragraph(
            f"你对{record.organization_id.sudo().name}{day(contested)}作出的{against}有异议，于{day(filed)}"
            "提出审查申请。"
        )
        yield Paragraph("根据《中华人民共和国法律援助法》第四十九条的规定，经审查，决定：")
        verdicts = (("upheld", "维持原决定"), ("set_aside", "撤销原决定，责令改正"))
        yield Paragraph(choose(verdicts, get(objection, "state")))
        yield Paragraph("如不服本决定，可以依法申请行政复议或者提起行政诉讼。")
        yield Paragraph("")
        yield Paragraph(f"{form.bureau(record.organization_id)}（盖章）", "right")
        yield Paragraph(day(decided), "right")


def sentence(text):
    """What somebody wrote, with a full stop."""
    text = (text or "").strip()
    return text if not text or text[-1] in "。！？；.!?" else f"{text}。"


LAWS = {
    "法律援助法": "中华人民共和国法律援助法",
    "意见": "关于进一步加强职工法律援助工作的意见",
}
DIGITS = "零一二三四五六七八九"


def cite(basis):
    """The legal ground of a coded reason as a decision quotes it.

    法律援助法 §48(一) is 《中华人民共和国法律援助法》第四十八条第一款第（一）项.
    The items of article 48 stand in its first paragraph, the only one that decisions quote an item of.
    """
    law, mark, places = (basis or "").partition(" §")
    title = f"《{LAWS.get(law, law)}》" if law else ""
    return title + "、".join(_name_place(place.lstrip("§")) for place in places.split("、") if mark)


def _name_place(place):
    article, item = re.fullmatch(r"(\w+)(?:\((\w)\))?", place).groups()
    if not article.isdigit():
        return f"第{article}部分"
    return f"第{in_words(int(article))}条" + (f"第一款第（{item}）项" if item else "")


def in_words(number):
    """A number below 100 in Chinese: 48 is 四十八."""
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    return f"{DIGITS[tens] if tens > 1 else ''}十{DIGITS[ones] if ones else ''}"


def in_brackets(text):
    return f"（{text}）" if text else ""
