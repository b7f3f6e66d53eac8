"""The list of the workers of a group case, as a workbook: the template, and what stands in a filled one (requirement C4).

Nothing in the file is evaluated: a cell with a formula is refused, whatever value a program left beside it. A file that unpacks to
more than it should is not opened.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from . import ids, workbook
from .i18n import Sentence, _lt
from .table_file import FORMULA, TOO_LARGE, WRONG_HEADER, BadWorkbook, read_sheet, show

COLUMNS = (
    ("name", "姓名", "text", 14),
    ("id_number", "身份证号", "text", 24),
    ("phone", "联系电话", "text", 16),
    ("union", "所属工会或地区", "text", 26),
    ("amount", "请求金额（元）", "amount", 16),
)
REASON = "未导入原因"
TITLE = "受援职工名单"
MAX_ROWS = 5000
PHONE = re.compile(r"[0-9+()（） -]{5,20}")

NO_ROWS = _lt("The list is empty.")
NO_NAME = _lt("The name is missing.")
BAD_PHONE = _lt("The phone number is wrong.")
BAD_AMOUNT = _lt("The amount is no number of yuan.")
TWICE = _lt("The same worker stands in row %(row)s of the list.")
NUMBER_AS_NUMBER = _lt("The identity number is stored as a number and lost its last digits. Enter it as text.")


@dataclass
class Row:
    """One line of the list; `problems` are sentences, none of which repeats what stands in the line."""

    number: int
    name: str = ""
    id_number: str = ""
    phone: str = ""
    union: str = ""
    amount: Decimal = Decimal(0)
    raw: tuple = ()
    problems: list = field(default_factory=list)

    @property
    def key(self):
        """What tells one worker from another: his identity number, else his name."""
        return self.id_number or ids.normalise_name(self.name)


def template():
    """Return the bytes of an empty list to fill in."""
    return workbook.build(TITLE, [(title, kind, width) for _name, title, kind, width in COLUMNS], [])


def rejected(rows):
    """Return the bytes of a workbook with the `rows` that were not taken: `(row, reason)` for each."""
    columns = [(title, "text", width) for _name, title, _kind, width in COLUMNS] + [(REASON, "text", 50)]
    lines = [[*(str(value or "") for value in row.raw), reason] for row, reason in rows]
    return workbook.build(TITLE, columns, lines)


def read(content):
    """Return the rows of a filled list, each with its problems. Raise BadWorkbook if it is no such list."""
    lines = _find_lines(read_sheet(content, MAX_ROWS + 2, len(COLUMNS)))
    if not lines:
        raise BadWorkbook(NO_ROWS)
    rows = [_read_row(number, cells) for number, cells in lines]
    _find_twins(rows)
    return rows


def _find_lines(rows):
    """`[(row number, cells)]` below the header, without empty lines."""
    width = len(COLUMNS)
    lines = []
    for number, cells in rows:
        values = (*cells, *[("n", None)] * (width - len(cells)))
        if number == 1:
            titles = tuple(str(value or "").strip() for _kind, value in values)
            if titles != tuple(title for _name, title, _kind, _width in COLUMNS):
                raise BadWorkbook(WRONG_HEADER, titles="、".join(title for _n, title, _k, _w in COLUMNS))
        elif any(value not in (None, "") for _kind, value in values):
            if number > MAX_ROWS + 1:
                raise BadWorkbook(TOO_LARGE)
            lines.append((number, values))
    return lines


def _read_row(number, cells):
    row = Row(number, raw=tuple(show(value) for _kind, value in cells))
    if any(kind == "f" for kind, _value in cells):
        row.problems.append(Sentence(FORMULA, {}))
        return row
    name, id_number, phone, union, amount = (value for _kind, value in cells)
    row.name, row.phone, row.union = show(name), show(phone), show(union)
    row.id_number = ids.normalise_id(show(id_number)) or ""
    if not row.name:
        row.problems.append(Sentence(NO_NAME, {}))
    if isinstance(id_number, (int, float)) and abs(id_number) >= 10**15:
        row.problems.append(Sentence(NUMBER_AS_NUMBER, {}))
    elif row.id_number:
        valid, message = ids.check_resident_id(row.id_number)
        if not valid:
            row.problems.append(Sentence(message, {}))
    if row.phone and not PHONE.fullmatch(row.phone):
        row.problems.append(Sentence(BAD_PHONE, {}))
    row.amount = _amount(amount, row.problems)
    return row


def _amount(value, problems):
    text = show(value).replace(",", "").replace("，", "")
    if not text:
        return Decimal(0)
    try:
        amount = Decimal(text).quantize(Decimal("0.01"))
    except InvalidOperation:
        amount = None
    if amount is None or not 0 <= amount < 10**12:
        problems.append(Sentence(BAD_AMOUNT, {}))
        return Decimal(0)
    return amount


def _find_twins(rows):
    """Refuse the second of two lines for one worker."""
    seen = {}
    for row in rows:
        if row.key:
            first = seen.setdefault(row.key, row)
            if first is not row:
                row.problems.append(Sentence(TWICE, {"row": first.number}))
