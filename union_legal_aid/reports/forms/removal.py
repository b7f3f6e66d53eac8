"""Papers of a removal from the team (T6): the notice that asks the lawyer for his reply, and the decision.

Not of the Ministry's set. Both quote 管理办法 as it was issued; neither names a worker: complaints stand by their number.
"""

from ...models.conduct.legal_aid_removal_opening_mixin import OPEN_STATES
from ...tools import paper
from ...tools.paper import Paragraph
from ...tools.removal_grounds import BY_CODE
from . import form
from .form import Form, blank, day

MEASURES = "《职工法律服务志愿团队管理办法（试行）》"
# Each element as a decision names it.
ELEMENTS = {
    "sanction_decision": "行业行政处分或者行业纪律惩戒处分决定",
    "sanction_final": "处分决定已经生效",
    "substitute": "由他人代为提供法律服务",
    "not_member": "代为提供服务的人员不是志愿团队成员",
    "no_leave": "未经允许",
    "act": "行为事实",
    "in_service": "行为发生在法律服务工作中",
    "damage": "损害市总工会形象或者声誉",
    "error": "工作失误",
    "right_lost": "职工合法权益未能得到维护",
    "cause": "失误与权益受损之间的因果关系",
    "major": "属于重大、群体性案件",
    "not_reported": "未按规定汇报",
    "mishandled": "处理不当",
    "consequence": "造成严重后果",
    "complaints": "经核实属实的职工投诉",
    "year_over": "聘用年度已经届满",
    "no_record": "年度内没有任何职工法律志愿服务记录",
    "could_serve": "并非全年暂停服务",
}


class RemovalPaper(Form):
    """What both papers share."""

    model = "legal.aid.removal"

    def get_number(self, record, number):
        return ""

    def get_addressee(self, record):
        return record.volunteer_id.sudo().name

    def _get_lawyer_block(self, record):
        facts = form.lawyer(record.volunteer_id)
        contract = record.volunteer_id.sudo().contract_ids.filtered("number")[:1]
        return paper.pairs(
            ("姓名", facts["name"]),
            ("执业机构", facts["firm"]),
            ("执业证号", facts["licence"]),
            ("聘书编号", blank(contract.number)),
        )

    def _get_ground(self, record):
        return BY_CODE[record.ground]

    def _quote(self, record):
        ground = self._get_ground(record)
        words = (
            f"“{ground.law}”"
            if ground.code != "no_service"
            else "“对没有开展职工法律志愿服务的成员取消志愿团队成员资格”"
        )
        return f"{MEASURES}{ground.article}{words}"


class RemovalNotice(RemovalPaper):
    code = "removal_notice"
    title = "取消志愿团队成员资格事先告知书"

    def applies(self, record):
        return record.state in OPEN_STATES

    def get_blocks(self, record, date):
        union = record.organization_id
        yield Paragraph(f"{form.lawyer(record.volunteer_id)['name']}律师：", "flush")
        yield Paragraph(f"本会于{day(record.date_opened)}对你的志愿团队成员资格问题立案审查。现将有关事项告知如下：")
        yield Paragraph("一、拟认定的事实", "heading")
        for text in (record.charge or blank(False)).splitlines():
            yield Paragraph(text)
        yield Paragraph("二、拟作决定的依据", "heading")
        yield Paragraph(f"{self._quote(record)}。需要查明的事项：")
        codes = self._get_ground(record).codes
        for number, code in enumerate(codes, 1):
            yield Paragraph(f"{number}. {ELEMENTS[code]}{'。' if number == len(codes) else '；'}")
        yield Paragraph("三、你的权利", "heading")
        yield Paragraph(
            f"你可以在{day(record.reply_due)}（含当日）前向本会提出书面申辩并提交证据，也可以登录志愿律师个人页面直接提交。"
            "逾期未提出的，不影响本会作出决定。审查期间暂停向你指派新的案件，已承办的案件请继续妥善办理。"
        )
        yield Paragraph(f"联系电话：{form.union_phone(union)}", "flush")
        yield from form.seal(union, record.date_opened)


class RemovalDecision(RemovalPaper):
    code = "removal_decision"
    title = "取消志愿团队成员资格决定书"
    word = "团决"

    def applies(self, record):
        return record.state != "withdrawn"

    def get_number(self, record, number):
        known = number or record.decision_number or self.get_blank_number(record)
        return known if record.date_decided else f"{known}（草稿）"

    def get_blocks(self, record, date):
        union = record.organization_id
        yield self._get_lawyer_block(record)
        yield Paragraph("一、事实", "heading")
        for text in (record.evidence or record.charge or blank(False)).splitlines():
            yield Paragraph(text)
        yield Paragraph("二、证据", "heading")
        yield self._get_evidence(record)
        yield Paragraph("三、申辩", "heading")
        yield from self._get_reply(record)
        yield Paragraph("四、决定", "heading")
        yield Paragraph(
            f"本会认为，上述事实有证据证明，符合{self._quote(record)}规定的情形。经研究，决定自{day(record.date_decided)}起"
            f"取消{form.lawyer(record.volunteer_id)['name']}律师的职工法律服务志愿团队成员资格，聘用合同同时终止。"
        )
        yield Paragraph("尚未办结的法律援助案件及案卷材料、聘书、工作证件，按照本会的交接清单移交。")
        days = record.sudo().policy_id.removal_objection_days
        yield Paragraph("五、异议", "heading")
        yield Paragraph(
            f"如对本决定有异议，可以自收到本决定书之日起{days}日内向{union.sudo().name}书面提出，本会将指定未参与本决定的人员复核。"
            "异议期间不停止本决定的执行。"
        )
        yield Paragraph(f"监督电话：{form.union_phone(union)}", "flush")
        yield from form.seal(union, record.date_decided)

    def _get_evidence(self, record):
        """Each element with what shows it; the complaints by number and day."""
        proofs = {}
        lines = record.element_ids.filtered(lambda line: line.ground == record.ground).sorted("id")
        for code in self._get_ground(record).codes:
            for line in lines.filtered(lambda line, code=code: line.element == code):
                # One decision of the bar may show several elements: it is written down once.
                proofs.setdefault((line._get_text(), line.document_name or ""), []).append(ELEMENTS[code])
        rows = [
            (str(number), "；".join(elements), *proof) for number, (proof, elements) in enumerate(proofs.items(), 1)
        ]
        if record.ground == "complaints":
            for complaint in record.complaint_ids.sorted("date"):
                text = f"{complaint.name}，{day(complaint.date)}收到，{day(complaint.decided_date)}核实属实"
                rows.append((str(len(rows) + 1), ELEMENTS["complaints"], text, ""))
        # Room for more by hand while it is a draft; a decision that was taken shows what it rests on, and no empty lines.
        least = 1 if record.date_decided else 3
        return paper.grid(("序号", "证明事项", "证据内容", "附件"), rows, (8, 27, 45, 20), least=least)

    def _get_reply(self, record):
        if not record.reply_date:
            yield Paragraph(
                f"已告知申辩权利，期限至{day(record.reply_due)}。"
                + ("当事人逾期未申辩。" if record.date_decided else "")
            )
            return
        yield Paragraph(f"当事人于{day(record.reply_date)}提出如下申辩：")
        for text in (record.reply or blank(False)).splitlines():
            yield Paragraph(text)
        yield Paragraph("本会对上述申辩进行了审查。审查意见：" + blank(record.reply_answer))
