"""What a bank sends back after a batch of payments: which were made, which failed and why (requirement M7, A8).

Each bank has titles and words of its own, so they are data (`Mapping`). Nothing is guessed: a row that cannot be told for certain
has a problem, in a sentence that repeats neither account nor name.
"""

import datetime
import hashlib
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from . import table_file
from .column_file import FORMULA_SIGNS
from .i18n import Sentence, _lt
from .table_file import BadWorkbook

# Banks print their own headings above the table.
HEADER_WITHIN = 30
PRECISE_DIGITS = 15
DATE_FORMATS = ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y年%m月%d日")

WRONG_HEADER = _lt("No line of the file carries these titles of the bank's format: %(titles)s. Choose another format.")
NO_ROWS = _lt("The file holds no payment.")
FORMULA = _lt("A cell holds a formula. Ask the bank for the file as it was made.")
NO_ACCOUNT = _lt("The account number is missing.")
ACCOUNT_AS_NUMBER = _lt("The account number is stored as a number and lost its last digits.")
BAD_AMOUNT = _lt("The amount is no number of yuan with at most two decimals.")
BAD_DATE = _lt("The date cannot be read.")
UNKNOWN_STATUS = _lt("The bank's word “%(word)s” is neither among the words for paid nor among those for failed.")


@dataclass(frozen=True)
class Mapping:
    """The titles and words of one bank; an empty title means the bank does not send that column."""

    account: str = "收款账号"
    amount: str = "金额"
    status: str = "处理结果"
    reason: str = "失败原因"
    holder: str = "收款人户名"
    remark: str = "备注"
    date: str = "交易日期"
    reference: str = "流水号"
    paid_words: tuple = ("成功", "交易成功", "处理成功", "已支付")
    failed_words: tuple = ("失败", "交易失败", "处理失败", "退票", "退汇")
    encoding: str = "gb18030"
    delimiter: str = ","

    @property
    def titles(self):
        """`{field: title}` of the columns that the bank sends."""
        names = ("account", "amount", "status", "reason", "holder", "remark", "date", "reference")
        return {name: getattr(self, name) for name in names if getattr(self, name)}


# Without these three nothing can be told.
NEEDED = ("account", "amount", "status")


@dataclass
class Row:
    """One payment in the bank's file; `problems` are sentences, none of which repeats account or name."""

    number: int
    account: str = ""
    amount: Decimal = Decimal(0)
    is_paid: bool = False
    reason: str = ""
    holder: str = ""
    remark: str = ""
    date: datetime.date | None = None
    reference: str = ""
    problems: list = field(default_factory=list)

    @property
    def key(self):
        """What the row says, whatever the file looks like that it stands in."""
        return (
            self.account,
            str(self.amount),
            str(self.is_paid),
            self.reason,
            self.remark,
            str(self.date),
            self.reference,
        )


def read(content, mapping):
    """Return the rows of a bank's file, each with its problems. Raise BadWorkbook if it is no such file."""
    lines = table_file.read(content, mapping.encoding, mapping.delimiter)
    columns, body = _find_table(lines, mapping)
    rows = [_read_row(number, cells, columns, mapping) for number, cells in body if _is_payment(cells, columns)]
    if not rows:
        raise BadWorkbook(NO_ROWS)
    return rows


def digest(rows):
    """Return what the rows say in one short text: the same whenever the bank says the same, however the file is saved."""
    return hashlib.sha256(repr(sorted(row.key for row in rows)).encode()).hexdigest()


def _find_table(lines, mapping):
    """`({field: column}, lines below the titles)`"""
    titles = mapping.titles
    for index, (_number, cells) in enumerate(lines[:HEADER_WITHIN]):
        texts = [_text(value) for _kind, value in cells]
        if all(titles.get(name) in texts for name in NEEDED):
            return {name: texts.index(title) for name, title in titles.items() if title in texts}, lines[index + 1 :]
    raise BadWorkbook(WRONG_HEADER, titles="、".join(titles.get(name, "") for name in NEEDED))


def _is_payment(cells, columns):
    """A line of sums below the table has neither account nor result."""
    return any(_cell(cells, columns, name)[1] not in (None, "") for name in ("account", "status"))


def _cell(cells, columns, name):
    index = columns.get(name, len(cells))
    return cells[index] if index < len(cells) else ("n", None)


def _read_row(number, cells, columns, mapping):
    row = Row(number)
    if any(kind == "f" for kind, _value in cells):
        row.problems.append(Sentence(FORMULA, {}))
        return row
    texts = {name: _text(_cell(cells, columns, name)[1]) for name in mapping.titles}
    row.account = "".join(char for char in texts.get("account", "") if char.isalnum())
    raw = _cell(cells, columns, "account")[1]
    if not row.account:
        row.problems.append(Sentence(NO_ACCOUNT, {}))
    elif isinstance(raw, (int, float)) and len(str(int(raw))) > PRECISE_DIGITS:
        row.problems.append(Sentence(ACCOUNT_AS_NUMBER, {}))
    row.amount = _read_amount(texts.get("amount", ""), row.problems)
    row.date = _read_date(_cell(cells, columns, "date")[1], row.problems)
    _read_status(row, texts.get("status", ""), mapping)
    for name in ("reason", "holder", "remark", "reference"):
        setattr(row, name, texts.get(name, ""))
    return row


def _read_status(row, word, mapping):
    row.is_paid = word in mapping.paid_words
    if not row.is_paid and word not in mapping.failed_words:
        row.problems.append(Sentence(UNKNOWN_STATUS, {"word": word[:20]}))


def _read_amount(text, problems):
    try:
        amount = Decimal(re.sub(r"[,，¥￥\s]", "", text))
        valid = amount == amount.quantize(Decimal("0.01")) and 0 < amount < 10**12
    except InvalidOperation:
        valid = False
    if valid:
        return amount.quantize(Decimal("0.01"))
    problems.append(Sentence(BAD_AMOUNT, {}))
    return Decimal(0)


def _read_date(value, problems):
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    # A moment is told by its day.
    text = _text(value).split(" ")[0]
    if not text:
        return None
    for pattern in DATE_FORMATS:
        try:
            return datetime.datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    problems.append(Sentence(BAD_DATE, {}))
    return None


def _text(value):
    """What a cell shows. In text files banks write =\"6222…\" or a tab in front, so that a spreadsheet keeps all digits."""
    text = table_file.show(value)
    quoted = re.fullmatch(r'="?([^"]*)"?', text)
    if quoted:
        text = quoted[1]
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_SIGNS) else text
