"""What stands in a cell of a table from outside (X1): days, amounts and numbers as people and spreadsheets write them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from . import ids
from .i18n import Sentence, _lt
from .import_columns import CHOICE_WORDS
from .table_file import show

MISSING = _lt("“%(title)s” is missing.")
NO_DATE = _lt("“%(title)s” is no day. Write it as 2026-05-20.")
STILL_TO_COME = _lt("“%(title)s” is a day still to come. Compare it with the paper.")
NO_NUMBER = _lt("“%(title)s” is no number.")
LOST_DIGITS = _lt("“%(title)s” is stored as a number and lost its last digits. Enter it as text.")
FORMULA = _lt("“%(title)s” holds a formula. Enter the value itself.")
BROKEN = _lt("“%(title)s” shows an error of the spreadsheet, such as #N/A or ####. Enter the value itself.")
MERGED = _lt("“%(title)s” is merged over several rows. Enter in each row what belongs to it.")
BAD_VALUE = _lt("“%(title)s”: %(problem)s")

# What people write into a cell that has nothing to say.
NOTHING = re.compile(r"[-—–_/\\]*|暂?无|空|n/?a|null", re.IGNORECASE)
# Excel counts days from here; a bare number within these years is a day whose format was lost.
FIRST_DAY = date(1899, 12, 30)
SERIALS = range(20000, 73051)
# Beyond fifteen digits a spreadsheet keeps noughts.
MOST_DIGITS = 10**15
SHOWN_ERROR = re.compile(r"#+|#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)", re.IGNORECASE)
# How programs make a spreadsheet keep the digits of a number in a text file.
AS_TEXT = re.compile(r"=\"([^\"]*)\"|['‘’`]([^'‘’`]+)")
AS_POWER = re.compile(r"\d(\.\d+)?[eE]\+\d{1,2}")
DAYS = (
    re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号.]?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
UNITS = {"万": 10000, "万元": 10000, "千元": 1000, "元": 1, "元整": 1, "": 1}
CHECKS = {
    "license": (ids.normalise_id, ids.check_license),
    "resident": (ids.normalise_resident_id, ids.check_resident_id),
    "phone": (ids.normalise_phone, ids.check_phone),
    "mobile": (ids.normalise_phone, ids.check_mobile),
    "account": (ids.normalise_bank_account, ids.check_bank_account),
}


@dataclass(frozen=True)
class Flaw(Sentence):
    """A sentence that ends in another one, which is translated for itself."""

    cause: str = ""

    def text(self, translate=str, show_date=date.isoformat):
        return Sentence(self.message, {**self.values, "problem": translate(self.cause)}).text(translate, show_date)


class _Wrong(ValueError):
    def __init__(self, message, cause=""):
        self.message, self.cause = message, cause
        super().__init__(message)

    def tell(self, title):
        values = {"title": title}
        return Flaw(self.message, values, self.cause) if self.cause else Sentence(self.message, values)


def convert(column, value, problems, today, unit=1):
    """Return what a cell of `column` says, None for nothing; what is wrong with it is added to `problems`.

    `unit` is how many yuan one of the column is, for titles like 金额（万元）.
    """
    text = _unwrap(show(value))
    plain = _squeeze(text)
    if NOTHING.fullmatch(plain):
        return None
    try:
        if SHOWN_ERROR.fullmatch(plain):
            raise _Wrong(BROKEN)
        if column.kind == "date":
            return _date(column, value, text, today)
        if column.kind in ("amount", "count"):
            return _number(column, plain, unit)
        if column.kind == "choice":
            return CHOICE_WORDS.get(column.name, {}).get(plain, plain)
        if _lost_digits(value, plain):
            raise _Wrong(LOST_DIGITS)
        if column.kind == "person":
            return _join_name(text)
        return _checked(column, plain) if column.kind != "text" else text
    except _Wrong as wrong:
        problems.append(wrong.tell(column.title))
        return None


def _unwrap(text):
    """What was meant: no invisible characters; ="4104…" and '4104… are a number that was to stay as it is."""
    seen = "".join(char for char in text if unicodedata.category(char) != "Cf")
    found = AS_TEXT.fullmatch(seen)
    return (found[1] or found[2] or "") if found else seen


def _squeeze(text):
    """Half-width and without spaces, as 2026 年 ３ 月 or 138 0375 0066 are meant."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _join_name(text):
    """张 三, spread for the look of a table, is 张三; a name in other letters keeps its spaces."""
    joined = "".join(text.split())
    return joined if re.fullmatch(r"[\u3400-\u9fff·•]+", joined) else text


def _date(column, value, text, today):
    day = value.date() if isinstance(value, datetime) else value if isinstance(value, date) else _parse_date(text)
    if not day:
        raise _Wrong(NO_DATE)
    if column.is_past and day > today:
        raise _Wrong(STILL_TO_COME)
    return day


def _parse_date(text):
    plain = _squeeze(re.sub(r"[ T]\d{1,2}[:：]\d{2}.*$", "", text))
    if re.fullmatch(r"\d{5}(\.\d+)?", plain) and int(plain[:5]) in SERIALS:
        return FIRST_DAY + timedelta(days=int(plain[:5]))
    for pattern in DAYS:
        found = pattern.fullmatch(plain)
        if found:
            try:
                return date(*(int(part) for part in found.groups()))
            except ValueError:
                return None
    return None


def _number(column, plain, unit):
    is_count = column.kind == "count"
    pattern = r"([\d,.]+)[人名位]?()" if is_count else r"(?:RMB|CNY|[¥￥])?([\d,.]+)(万元|千元|万|元整|元|)"
    found = re.fullmatch(pattern, plain, re.IGNORECASE)
    try:
        number = Decimal(found[1].replace(",", "")) * (UNITS[found[2]] if found[2] else unit) if found else None
    except InvalidOperation:
        number = None
    if number is None or number >= 10**12 or (is_count and number != number.to_integral_value()):
        raise _Wrong(NO_NUMBER)
    return int(number) if is_count else number.quantize(Decimal("0.01"))


def _lost_digits(value, plain):
    return bool(AS_POWER.fullmatch(plain)) or (isinstance(value, (int, float)) and abs(value) >= MOST_DIGITS)


def _checked(column, plain):
    """A number as printed on its paper. An identity number is a person's, else an organization's; one of 15 places gets its 18."""
    if column.kind in ("identity", "resident"):
        plain = ids.lengthen_resident_id(plain)
    if column.kind == "identity":
        number = ids.normalise_id(plain)
        ok, message = ids.check_resident_id(number)
        if not ok and ids.check_uscc(number)[0]:
            ok = True
    else:
        normalise, check = CHECKS[column.kind]
        number = normalise(plain)
        ok, message = check(number)
    if not ok:
        raise _Wrong(BAD_VALUE, message)
    return number
