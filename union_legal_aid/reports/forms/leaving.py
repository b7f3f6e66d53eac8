"""Papers of a member who goes (T9, C6): the hand-over list to sign, and the letters to the worker, the lawyer and the contact points."""

from ...tools.paper import BLANK, Paragraph, grid, pairs
from . import form
from .assignment import form_attempts
from .form import Form, blank, day

# 移交清单 of the union: what is to be given back besides the files.
RETURNED = "聘书、工作证件，工会案件材料原件，未使用的介绍信、公函"


class HandOverList(Form):
    code = "hand_over_list"
    title = "志愿律师交接清单"
    model = "legal.aid.volunteer"
    shelf = "other"

    def applies(self, record):
        return record.state != "candidate"

    def get_number(self, record, number):
        return record.name

    def get_blocks(self, record, date):
        lawyer = form.lawyer(record)
        leaving = record.leaving_id
        contract = record.sudo().contract_ids.filtered("number")[:1]
        yield pairs(
            ("姓名", lawyer["name"]),
            ("执业机构", lawyer["firm"]),
            ("执业证号", lawyer["licence"]),
            ("聘书编号", blank(contract.number)),
            ("交接事由", form.label(leaving, "kind") if leaving else BLANK),
            ("最后服务日", day(leaving.last_day if leaving else record.member_until)),
        )
        kinds = record._get_obligation_kinds()
        obligations = record._get_open_obligations()[record]
        rows = [
            (
                str(number),
                kinds[one.kind],
                one.reference,
                form.days_in(one.detail),
                day(one.date_due) if one.date_due else "—",
                one.union,
                "",
            )
            for number, one in enumerate(obligations, start=1)
        ]
        rows.append(
            (
                str(len(rows) + 1),
                kinds["card"],
                blank(contract.number),
                RETURNED,
                "—",
                record.organization_id.sudo().name,
                "",
            )
        )
        yield Paragraph("一、待交接事项", "heading")
        yield grid(("序号", "类别", "编号", "内容", "期限", "所属工会", "签收"), rows, (5, 12, 19, 27, 15, 13, 9))
        if leaving and leaving.line_ids:
            yield Paragraph("二、承接安排", "heading")
            yield self._get_successors(leaving)
        yield from form.sign(
            f"其他说明：{BLANK * 5}",
            f"移交人（签名）：{BLANK}　　{day(False)}",
            f"接收人（签名）：{BLANK}　　{day(False)}",
            f"监交人（签名）：{BLANK}　　{day(False)}",
        )

    def _get_successors(self, leaving):
        rows = [
            (
                line.sudo().case_id.name,
                form.label(line, "plan"),
                line.successor_id.sudo().name or line.officer_id.sudo().name or "",
                form.label(line, "state"),
            )
            for line in leaving.line_ids
        ]
        return grid(("案号", "安排", "承接人", "状态"), rows, (32, 26, 24, 18))


class ChangeTold(Form):
    code = "change_told"
    title = "更换承办律师告知书"
    word = "更告"
    is_repeated = True
    is_for_recipient = True
    shelf = "decision"

    def applies(self, record):
        return bool(form_attempts(record)) or bool(record.union_handled_since)

    def get_blocks(self, record, date):
        ended = form_attempts(record)[-1:]
        former = form.lawyer(ended.volunteer_id)
        yield Paragraph(f"{blank(record.applicant_name)}：", "flush")
        yield Paragraph(
            f"你与{blank(record.employer_name)}{blank(record.matter_id.name)}一案（案号：{record.name}）原由{former['firm']}"
            f"{former['name']}承办。因{blank(ended.reason_id.name)}，{day(ended.date_decided)}起，该律师不再承办你的案件。"
        )
        yield Paragraph(self._get_arrangement(record))
        yield Paragraph(
            "你的法律援助不受影响，仍然是无偿的，任何人不得向你收取财物。请与新的承办人重新签订授权委托书和委托代理协议；原承办人保管的"
            "你的证据原件将移交给新的承办人或者我会，你也可以要求当面退还。"
        )
        yield Paragraph(f"如有疑问，请致电我会：{form.union_phone(record.organization_id)}。")
        yield from form.seal(record.organization_id, date or ended.date_decided)

    def _get_arrangement(self, record):
        lawyer = record.volunteer_id
        if lawyer:
            return f"我会已为你另行指派{form.describe_lawyer(lawyer)}承办，联系电话{form.lawyer(lawyer)['phone']}。"
        officer = record.union_handler_id.sudo().name
        return (
            f"在指派新的承办律师之前，你的案件由{record.organization_id.sudo().name}{officer or ''}直接负责，案件的各项期限由我会掌握；"
            "新的承办律师确定后，我会将另行书面告知。"
        )


class LeavingLawyer(Form):
    code = "leaving_lawyer"
    title = "终止聘用通知书"
    word = "终聘"
    model = "legal.aid.leaving"

    def applies(self, record):
        return record.kind in ("leave", "end", "removal") and record.state in ("running", "done")

    def get_addressee(self, record):
        return record.volunteer_id.sudo().name

    def get_blocks(self, record, date):
        lawyer = form.lawyer(record.volunteer_id)
        contract = record.contract_id.sudo() or record.volunteer_id.sudo().contract_ids.filtered("number")[:1]
        yield Paragraph(f"{lawyer['name']}律师（{lawyer['firm']}）：", "flush")
        yield Paragraph(
            f"因{blank(record.reason_id.name)}，你与我会订立的聘用合同（聘书编号：{blank(contract.number)}，"
            f"{day(contract.date_start)}至{day(contract.date_end)}）于{day(record.last_day)}终止，你自次日起不再担任职工法律服务"
            "志愿团队成员。"
        )
        yield Paragraph(
            f"请自收到本通知之日起五个工作日内，按照《志愿律师交接清单》移交在办案件材料，并向我会交回{RETURNED}。"
        )
        yield Paragraph(
            "已经结案尚未报送的案卷、本服务年度的工作台账，仍请按规定的期限报送。对办案中知悉的职工个人信息和案情，保密义务不因聘用终止而终止；"
            "不得再以本团队成员名义开展活动，不得就已承办的援助案件向受援人收取财物。"
        )
        if record.kind != "removal":
            yield Paragraph("感谢你为维护职工合法权益付出的劳动。")
        yield from form.seal(record.organization_id, date or record.done_date)


class SuspensionNotice(Form):
    code = "suspension_lawyer"
    title = "暂停服务通知书"
    word = "停"
    model = "legal.aid.leaving"

    def applies(self, record):
        return record.kind == "suspend" and record.state in ("running", "done")

    def get_addressee(self, record):
        return record.volunteer_id.sudo().name

    def get_blocks(self, record, date):
        lawyer = form.lawyer(record.volunteer_id)
        yield Paragraph(f"{lawyer['name']}律师（{lawyer['firm']}）：", "flush")
        yield Paragraph(
            f"因{blank(record.reason_id.name)}，自{day(record.last_day)}起暂停你作为职工法律服务志愿团队成员的服务，暂停期间不再向你指派新的案件。"
        )
        yield Paragraph("你在办的案件安排如下：", "flush")
        yield get_arrangements(record)
        yield Paragraph(
            "继续办理的案件，请每次工作后及时记录，并接受监督人的检查。暂停原因消除后，由我会决定恢复服务。"
        )
        yield from form.seal(record.organization_id, date or record.done_date)


class LeavingUnions(Form):
    code = "leaving_unions"
    title = "关于志愿律师变动及案件交接的函"
    word = "变函"
    model = "legal.aid.leaving"

    def applies(self, record):
        return record.kind in ("leave", "end", "removal", "suspend") and record.state in ("running", "done")

    def get_addressee(self, record):
        return "、".join(self._get_unions(record).mapped("name"))

    def _get_unions(self, record):
        # The unions he served, and those whose cases he had, each named on the letter to them.
        return record.volunteer_id.sudo().contact_point_ids | record.sudo().line_ids.case_id.contact_point_id

    def get_blocks(self, record, date):
        lawyer = form.lawyer(record.volunteer_id)
        yield Paragraph(f"{blank(self.get_addressee(record))}：", "flush")
        change = "暂停服务" if record.kind == "suspend" else "不再担任职工法律服务志愿团队成员"
        # Why a lawyer goes stays between him and the city (T13).
        yield Paragraph(
            f"联系你会的志愿律师{lawyer['name']}（{lawyer['firm']}，执业证号{lawyer['licence']}）自{day(record.last_day)}起{change}，"
            "请停止向其委托新的案件，并告知所属企业工会。"
        )
        if record.line_ids:
            yield Paragraph("其在办案件的交接安排如下，需重新出具委托授权的，请及时办理：", "flush")
            yield get_arrangements(record)
        yield Paragraph("你会所在地职工需要法律服务的，可以联系本团队其他律师或者我会。")
        yield from form.seal(record.organization_id, date or record.done_date)


def get_arrangements(record):
    """The cases of a procedure and who has them next: numbers and names of colleagues."""
    rows = [
        (
            line.sudo().case_id.name,
            form.label(line, "plan"),
            line.successor_id.sudo().name or line.officer_id.sudo().name or line.organization_id.sudo().name,
        )
        for line in record.line_ids
    ]
    return grid(("案号", "安排", "承接人或者监督人"), rows, (36, 32, 32), least=0 if rows else 1)
