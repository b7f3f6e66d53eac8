"""Labour-law supervision letters of the union (一函两书, C14): not of the Ministry's set, but printed as its forms are."""

from ...tools.paper import Paper, Paragraph
from . import form
from .form import Form, blank, day


class SupervisionLetter(Form):
    """What the three letters share; each is printed from the draft on, with a blank for the number."""

    model = "legal.aid.supervision.letter"
    kind = ""
    opening = ""
    closing = ""

    def applies(self, record):
        return record.kind == self.kind and record.state != "cancelled"

    def is_filed(self, record):
        # A draft is no letter yet.
        return self.applies(record) and record.state in ("sent", "replied")

    def get_paper(self, record, number=None, date=None):
        number = record.name or f"{self._get_blank(record)}（草稿）"
        return Paper(self.title, number, tuple(self.get_blocks(record, record.date)))

    def _get_blank(self, record):
        return f"{record._get_number_start('＿＿＿＿')}＿＿＿号"

    def get_blocks(self, record, date):
        yield Paragraph(f"{blank(record.addressee)}：", "flush")
        yield Paragraph(self.opening)
        for text in (record.facts or blank(False)).splitlines():
            yield Paragraph(text)
        yield Paragraph(f"上述情况涉及的法律规定：{blank(record.legal_ground)}")
        yield Paragraph(f"{self.demand}{blank(record.demands)}")
        yield Paragraph(self._get_closing(record))
        yield Paragraph(f"联系电话：{form.union_phone(record.organization_id)}", "flush")
        yield from form.seal(record.organization_id, date)

    def _get_closing(self, record):
        until = f"请于{day(record.rectify_until)}前改正，" if record.rectify_until else "请"
        return f"{until}自收到本件之日起{record._get_reply_days()}个工作日内将办理情况书面答复我会。"


class SupervisionNotice(SupervisionLetter):
    code = "supervision_notice"
    kind = "notice"
    title = "工会劳动法律监督提示函"
    opening = "依据《中华人民共和国工会法》和《工会劳动法律监督办法》，我会在开展劳动法律监督中了解到以下情况："
    demand = "现提示你单位："


class SupervisionOpinion(SupervisionLetter):
    code = "supervision_opinion"
    kind = "opinion"
    title = "工会劳动法律监督意见书"
    opening = "依据《中华人民共和国工会法》和《工会劳动法律监督办法》，我会对你单位遵守劳动法律法规的情况进行监督，查明以下事实："
    demand = "现要求你单位："


class SupervisionProposal(SupervisionLetter):
    code = "supervision_proposal"
    kind = "proposal"
    title = "工会劳动法律监督建议书"
    opening = (
        "依据《中华人民共和国工会法》和《工会劳动法律监督办法》，我会对有关用人单位遵守劳动法律法规的情况进行监督，"
        "现将以下事实向你单位反映："
    )
    demand = "现建议你单位依法处理："

    def _get_closing(self, record):
        return "请将处理情况书面告知我会。"
