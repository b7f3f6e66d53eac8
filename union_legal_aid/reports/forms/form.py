import re

from ...tools import ids, paper
from ...tools.paper import BLANK, Paper, Paragraph

SEXES = (("male", "男"), ("female", "女"))
# 法律援助案件材料立卷归档: 审批卷, then 承办卷. A form or a paper of the case has its place on one of these shelves.
SHELVES = (
    ("application", "申请、审批材料"),
    ("identity", "身份证明"),
    ("hardship", "经济困难证明"),
    ("receipt", "申请材料目录"),
    ("decision", "决定、指派材料"),
    ("delivery", "送达回证"),
    ("quality", "质量监督材料"),
    ("agency", "授权委托书、委托协议"),
    ("pleading", "法律文书"),
    ("evidence", "证据材料"),
    ("procedure", "受理、开庭通知"),
    ("report", "通报、报告记录"),
    ("judgment", "判决书、裁决书、调解书"),
    ("closing", "结案报告"),
    ("other", "其他材料"),
)


class Form:
    """One of the Ministry's forms (法律援助文书格式, 2023) as the union uses it.

    The wording is the Ministry's. These papers are Chinese in the original and are never translated, whoever prints them; what stands
    in the record is printed, what does not is a marked blank, and no missing detail stops the print.
    """

    code = ""
    # In the Ministry's set of 32; 0 for the union's own.
    number = 0
    title = ""
    model = "legal.aid.case"
    # The word in the number of those that are entered in the register of issued documents (平工援给〔2026〕0001号).
    word = ""
    # Several may be issued in one case: letters to different offices, for example.
    is_repeated = False
    # Its receipt is signed by the worker.
    is_for_recipient = False
    # The assigned lawyer prints it for the worker and the court.
    is_lawyers = False
    shelf = "other"
    # A signed page of this kind among the papers of the case takes the place of the form in the archive.
    signed_kind = None

    def applies(self, record):
        """Whether it is of use at this stage of the case."""
        return True

    def is_filed(self, record):
        """Whether it goes into the archive file; blank forms do not."""
        return self.applies(record)

    def get_paper(self, record, number=None, date=None):
        """:param number: the number in the register of issued documents, with its ``date``; blank before it is issued"""
        return Paper(self.title, self.get_number(record, number), tuple(self.get_blocks(record, date)))

    def get_number(self, record, number):
        """The number below the title: that of the register, or of the case."""
        if self.word:
            return number or self.get_blank_number(record)
        return record.name if record.name != "/" else BLANK

    def get_blank_number(self, record):
        # The prefix of a union is no secret.
        prefix = record.organization_id.sudo().document_prefix or ""
        return f"{prefix}{self.word}〔＿＿＿＿〕＿＿＿号"

    def get_addressee(self, record):
        """Whom a letter of the team is for; a paper of a case is for whom its case says."""
        return False

    def get_blocks(self, record, date):
        raise NotImplementedError


def blank(value):
    return str(value) if value or value == 0 and value is not False else BLANK


def day(value):
    return f"{value.year}年{value.month}月{value.day}日" if value else "＿＿＿＿年＿＿月＿＿日"


def days_in(text):
    """``text`` with its days as a paper writes them; sentences for the screen have them as 2026-03-02."""
    return re.sub(
        r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)",
        lambda found: "{}年{}月{}日".format(*map(int, found.groups())),
        text or "",
    )


def label(record, name):
    """The label of the value of the selection field ``name``; blank where the record has no such field or value."""
    if name not in record._fields:
        return BLANK
    return dict(record._fields[name]._description_selection(record.env)).get(record[name]) or BLANK


def options(record, name):
    return record._fields[name]._description_selection(record.env)


def get(record, name):
    """The value of a field that another room or topic may add; False without it."""
    return record[name] if name in record._fields else False


def last(record, name):
    """The last of the lines ``name`` of the record; nothing without such a field, or without lines."""
    lines = get(record, name) or record.browse()
    return lines.sorted("id")[-1:]


def amount(value):
    return f"{value:,.2f}元" if value else BLANK


def person(number):
    """``(birth, sex)`` from an identity number, both blank where it tells nothing."""
    try:
        birth, sex = ids.resident_id_facts(number or "")
    except ValueError:
        return BLANK, paper.choose(SEXES)
    return day(birth), paper.choose(SEXES, sex)


def lawyer(volunteer):
    """Name, office, licence and phone of the lawyer, as a dictionary; he is named on the papers of his case, whoever prints them."""
    lawyer_sudo = volunteer.sudo()
    return {
        "name": blank(lawyer_sudo.name),
        "firm": blank(lawyer_sudo.law_firm_id.name),
        "licence": blank(lawyer_sudo.license_number),
        "phone": blank(lawyer_sudo.partner_id.phone),
    }


def describe_lawyer(volunteer):
    facts = lawyer(volunteer)
    return f"{facts['name']}（{facts['firm']}，执业证号{facts['licence']}）"


def union_phone(union):
    union_sudo = union.sudo()
    return blank(union_sudo.supervision_phone or union_sudo._get_city().supervision_phone)


def bureau(union):
    return blank(union.sudo().justice_bureau_id.name)


def seal(union, date):
    """Who issues it, with the place of the seal, and when."""
    return [Paragraph(""), Paragraph(f"{union.sudo().name}（盖章）", "right"), Paragraph(day(date), "right")]


def sign(*lines):
    return [Paragraph("")] + [Paragraph(line, "right") for line in lines]


def applicant_cells(case):
    """The first rows of most forms."""
    birth, sex = person(case.applicant_id_number)
    return [
        ("姓名", case.applicant_name),
        ("性别", sex),
        ("出生日期", birth),
        ("证件号码", case.applicant_id_number),
        ("联系电话", case.applicant_phone),
        ("人员类别", label(case, "applicant_kind")),
    ]
