"""The tables that offices bring along (X1): lawyers, contracts, past cases and consultations, as a workbook or a text file.

Each kind has its columns; the template carries their titles and, below, one line that says what belongs in. Nothing in a file is evaluated.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from . import table_file, workbook
from .i18n import Sentence, _lt
from .table_file import FORMULA, WRONG_HEADER, BadWorkbook, show

REASON = "未导入原因"
MAX_ROWS = 10000

TOO_MANY = _lt("The file has more than 10,000 rows. Bring it in parts.")
NO_ROWS = _lt("The file has no rows below its titles.")
MISSING = _lt("“%(title)s” is missing.")
NO_DATE = _lt("“%(title)s” is no day. Write it as 2026-05-20.")
NO_NUMBER = _lt("“%(title)s” is no number.")
LOST_DIGITS = _lt("“%(title)s” is stored as a number and lost its last digits. Enter it as text.")


@dataclass(frozen=True)
class Column:
    """A column: `kind` is "text", "date", "amount", "count" or "choice" (one of the labels of a field, looked up by who imports)."""

    name: str
    title: str
    kind: str = "text"
    is_required: bool = False
    hint: str = ""
    width: int = 16


@dataclass
class Row:
    """One line; `values` holds what stands in it, by column name; `problems` are sentences that do not repeat it."""

    number: int
    values: dict = field(default_factory=dict)
    raw: tuple = ()
    problems: list = field(default_factory=list)


DAY = "例：2026-05-20"
TABLES = {
    "lawyer": (
        "律师名单",
        (
            Column("name", "姓名", is_required=True),
            Column("kind", "类别", "choice", hint="团队律师、签约律所律师、工作人员"),
            Column("license_number", "执业证号", hint="17位", width=22),
            Column("license_valid_until", "执业证有效期至", "date", hint=DAY),
            Column("law_firm", "律师事务所", width=26),
            Column("contact_points", "联系点工会", hint="多个用顿号分开", width=30),
            Column("specialties", "专长", hint="多个用顿号分开", width=24),
            Column("mobile", "手机"),
            Column("resident_id_number", "身份证号", width=24),
            Column("bank_name", "开户行", width=24),
            Column("bank_account_number", "银行账号", width=26),
            Column("bank_account_holder", "户名"),
            Column("application_date", "申请日期", "date", hint=DAY),
            Column("consent_date", "同意公开日期", "date", hint=DAY),
        ),
    ),
    "contract": (
        "聘任合同",
        (
            Column("lawyer", "律师姓名", is_required=True),
            Column("license_number", "执业证号", width=22),
            Column("date_start", "起始日期", "date", is_required=True, hint=DAY),
            Column("date_end", "截止日期", "date", hint="不填为一年"),
            Column("number", "聘书编号", width=22),
            Column("annual_subsidy", "年度补贴（元）", "amount"),
        ),
    ),
    "case": (
        "历史案件",
        (
            Column("old_number", "原案号", width=22),
            Column("application_date", "申请日期", "date", is_required=True, hint=DAY),
            Column("applicant_name", "受援人姓名", is_required=True),
            Column("applicant_kind", "受援人类别", "choice", is_required=True, hint="农民工、困难职工等"),
            Column("applicant_id_number", "身份证号", width=24),
            Column("applicant_phone", "联系电话"),
            Column("headcount", "受援人数", "count"),
            Column("employer_name", "用人单位", width=26),
            Column("employer_place", "用人单位所在地工会", width=24),
            Column("matter", "案由", is_required=True, width=20),
            Column("service_form", "援助方式", "choice", is_required=True),
            Column("amount_claimed", "请求金额（元）", "amount"),
            Column("lawyer", "承办律师"),
            Column("granted_date", "批准日期", "date", is_required=True, hint=DAY),
            Column("closed_date", "结案日期", "date", is_required=True, hint=DAY),
            Column("outcome", "结果", "choice", is_required=True),
            Column("amount_recovered", "挽回金额（元）", "amount"),
            Column("archived_date", "归档日期", "date", hint=DAY),
        ),
    ),
    "consultation": (
        "咨询登记",
        (
            Column("date", "日期", "date", is_required=True, hint=DAY),
            Column("channel", "咨询方式", "choice", hint="来电、来访等"),
            Column("caller_name", "姓名", hint="可匿名"),
            Column("caller_phone", "联系电话"),
            Column("caller_kind", "人员类别", "choice"),
            Column("employer_name", "用人单位", width=26),
            Column("matter", "案由", is_required=True, width=20),
            Column("question", "问题", is_required=True, width=40),
            Column("answer", "答复", width=40),
            Column("lawyer", "解答律师"),
        ),
    ),
}


def template(kind):
    """Return the bytes of an empty table with its titles and a second sheet that explains the columns."""
    title, columns = TABLES[kind]
    explained = [[column.title, "必填" if column.is_required else "", column.hint] for column in columns]
    return workbook.build_sheets(
        [
            (title, [(column.title, "text", column.width) for column in columns], [], None),
            ("填写说明", [("栏目", "text", 20), ("必填", "text", 8), ("说明", "text", 40)], explained, None),
        ]
    )


def rejected(kind, rows):
    """Return the bytes of a table with the rows that were not taken, `(row, reason)` for each, as they stood in the file."""
    title, columns = TABLES[kind]
    heads = [(column.title, "text", column.width) for column in columns] + [(REASON, "text", 60)]
    return workbook.build(title, heads, [[*row.raw, reason] for row, reason in rows])


def read(kind, content):
    """Return the rows of a filled table, each with its problems. Raise BadWorkbook if it is no such table."""
    _title, columns = TABLES[kind]
    lines = table_file.read(content)
    titles = tuple(column.title for column in columns)
    if not lines or tuple(show(value) for _kind, value in lines[0][1][: len(columns)]) != titles:
        raise BadWorkbook(WRONG_HEADER, titles="、".join(titles))
    if len(lines) == 1:
        raise BadWorkbook(NO_ROWS)
    if len(lines) - 1 > MAX_ROWS:
        raise BadWorkbook(TOO_MANY)
    return [_read_row(columns, number, cells) for number, cells in lines[1:]]


def _read_row(columns, number, cells):
    cells = [*cells[: len(columns)], *[("n", None)] * (len(columns) - len(cells))]
    row = Row(number, raw=tuple(show(value) for _kind, value in cells))
    if any(kind == "f" for kind, _value in cells):
        row.problems.append(Sentence(FORMULA, {}))
        return row
    for column, (_kind, value) in zip(columns, cells, strict=True):
        found = _convert(column, value, row.problems)
        if found in (None, ""):
            if column.is_required:
                row.problems.append(Sentence(MISSING, {"title": column.title}))
        else:
            row.values[column.name] = found
    return row


def _convert(column, value, problems):
    text = show(value)
    if not text:
        return None
    if column.kind == "date":
        return _date(column, value, text, problems)
    if column.kind in ("amount", "count"):
        return _number(column, text, problems)
    if isinstance(value, (int, float)) and abs(value) >= 10**15:
        problems.append(Sentence(LOST_DIGITS, {"title": column.title}))
    return text


def _date(column, value, text, problems):
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text.split(" ")[0])
    try:
        if found:
            return date(*(int(part) for part in found.groups()))
    except ValueError:
        found = None
    problems.append(Sentence(NO_DATE, {"title": column.title}))
    return None


def _number(column, text, problems):
    try:
        number = Decimal(text.replace(",", "").replace("，", "").replace("元", ""))
    except InvalidOperation:
        number = None
    whole = column.kind == "count"
    if (
        number is None
        or not number.is_finite()
        or not 0 <= number < 10**12
        or (whole and number != number.to_integral_value())
    ):
        problems.append(Sentence(NO_NUMBER, {"title": column.title}))
        return None
    return int(number) if whole else number.quantize(Decimal("0.01"))
