"""Letters to a complainant (T7): accepted, no matter of the team, and what became of it.

Not of the Ministry's set. They name the complainant and the lawyer whom he complained about, and nobody else: no other worker, no
witness, nothing of the lawyer's own reply.
"""

from ...models.conduct.legal_aid_verdict_mixin import OPEN_STATES
from ...tools.paper import Paragraph
from . import form
from .form import Form, blank, day

MEASURES = "《职工法律服务志愿团队管理办法（试行）》"


class ComplaintLetter(Form):
    """What all of them share."""

    model = "legal.aid.complaint"

    def get_blank_number(self, record):
        # The prefix of a union is no secret.
        prefix = record.city_id.sudo().document_prefix or ""
        return f"{prefix}{self.word}〔＿＿＿＿〕＿＿＿号"

    def get_addressee(self, record):
        return record.complainant_name

    def get_blocks(self, record, date):
        yield Paragraph(f"{blank(record.complainant_name)}：", "flush")
        yield Paragraph(
            f"你于{day(record.date)}反映本会职工法律服务志愿团队{form.lawyer(record.volunteer_id)['name']}律师的投诉收悉，"
            f"编号为{record.name}，投诉事项：{form.label(record, 'category')}。"
        )
        yield from self._get_answer(record)
        yield Paragraph(f"联系电话：{form.union_phone(record.city_id)}", "flush")
        yield from form.seal(record.city_id, date)

    def _get_answer(self, record):
        raise NotImplementedError

    def _explain(self, record):
        for text in (record.letter_text or "").splitlines():
            yield Paragraph(text)


class ComplaintAccepted(ComplaintLetter):
    code = "complaint_accepted"
    title = "投诉受理告知书"
    word = "诉受"

    def applies(self, record):
        return record.complainant_kind != "anonymous" and record.state in OPEN_STATES and bool(record.acknowledged_date)

    def _get_answer(self, record):
        clock = record.deadline_ids.filtered(lambda one: one.kind == "complaint_decide" and one.state == "open")
        until = f"，并在{day(clock[:1].date_due)}前作出处理决定" if clock else ""
        yield Paragraph(
            f"经审查，你反映的事项属于本会职工法律服务志愿团队的工作范围，本会已于{day(record.acknowledged_date)}予以受理。"
        )
        yield Paragraph(f"本会将依照{MEASURES}调查核实，听取被投诉律师的陈述和申辩{until}，处理结果将书面告知你。")
        yield Paragraph("如有新的证据或者情况，请及时向本会提供。你的姓名、联系方式等个人信息，本会予以保密。")


class ComplaintNotAccepted(ComplaintLetter):
    code = "complaint_not_accepted"
    title = "投诉不予受理告知书"
    word = "诉不受"

    def applies(self, record):
        return record.complainant_kind != "anonymous" and record._is_no_matter()

    def _get_answer(self, record):
        yield Paragraph("经审查，你反映的事项不属于本会职工法律服务志愿团队的工作范围，本会决定不予受理。")
        yield from self._explain(record)
        yield Paragraph("你可以向有权处理的机关反映。如对本告知有不同意见，可以向本会书面提出。")


class ComplaintResult(ComplaintLetter):
    code = "complaint_result"
    title = "投诉处理结果告知书"
    word = "诉复"

    def applies(self, record):
        return (
            record.complainant_kind != "anonymous"
            and record.state in ("verified", "unfounded")
            and not record._is_no_matter()
        )

    def _get_answer(self, record):
        if record.state == "verified":
            yield Paragraph("经调查核实，你反映的情况属实。")
            yield from self._explain(record)
            yield Paragraph(f"本会已将该投诉记入该律师的服务记录，并依照{MEASURES}处理。")
        else:
            yield Paragraph("经调查核实，现有证据不能证明你反映的情况。")
            yield from self._explain(record)
        if record.referred_date:
            yield Paragraph(
                f"涉及收取财物的问题，本会已于{day(record.referred_date)}移送{form.bureau(record.city_id)}，由其依法处理。"
            )
        yield Paragraph("如有新的证据，或者对处理结果有不同意见，可以向本会书面提出，本会将予以复核。")
