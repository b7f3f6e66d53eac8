"""Amounts and dates in the capitals of Chinese bills (requirement M8).

Source: 《支付结算办法》附一《正确填写票据和结算凭证的基本规定》. Where the rules leave a choice, one canonical form is
written: 元 and 整, the prefix 人民币, and 零 after 元 when the unit digit is 0 and the 角 digit is not.
"""

from .money import CENT, cents

PREFIX = "人民币"
LIMIT = 10**16
DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")


def to_capitals(amount):
    """Return `amount` (yuan, rounded half up to the cent) in capitals, e.g. 1409.50 → 人民币壹仟肆佰零玖元伍角.

    Takes what `money.cents` takes. Pass the stored amount that is printed in figures: a document whose figures and
    capitals differ is void (rule 6).
    Raise ValueError for a negative amount (it has no form on a voucher), for what is not a number, and from 10¹⁶ yuan
    up.
    """
    value = cents(amount)
    if value < 0:
        raise ValueError(f"A negative amount cannot be written in capitals: {amount!r}.")
    if value >= LIMIT:
        raise ValueError(f"The amount is too large to be written in capitals: {amount!r}.")
    yuan, rest = divmod(int(value / CENT), 100)
    return PREFIX + _yuan_part(yuan, rest) + _fraction_part(yuan, *divmod(rest, 10))


def bill_date(day):
    """Return a date as bills write it (rule 7), e.g. 2026-01-15 → 贰零贰陆年零壹月壹拾伍日.

    The months 1, 2 and 10 and the days 1-9, 10, 20 and 30 get a leading 零, so that nothing can be written in front of
    them.
    """
    year = "".join(DIGITS[int(digit)] for digit in f"{day.year:04}")
    month = ("零" if day.month in (1, 2, 10) else "") + _integer(day.month)
    day_of_month = ("零" if day.day < 10 or day.day % 10 == 0 else "") + _integer(day.day)
    return f"{year}年{month}月{day_of_month}日"


def _yuan_part(yuan, rest):
    """The part up to 元; empty below one yuan, except that zero is 零元."""
    if not yuan and rest:
        return ""
    return _integer(yuan) + "元"


def _fraction_part(yuan, jiao, fen):
    """The part after 元: 整, or 角 and 分 with the 零 that rules 4(c) and 4(d) ask for."""
    if not jiao and not fen:
        return "整"
    gap = yuan and (not jiao or yuan % 10 == 0)
    return ("零" if gap else "") + (DIGITS[jiao] + "角" if jiao else "") + (DIGITS[fen] + "分" if fen else "")


def _integer(number):
    """Return a whole number below `LIMIT` in capitals: 10010 → 壹万零壹拾, 100002000 → 壹亿零贰仟."""
    if not number:
        return DIGITS[0]
    for size, unit in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            high, low = divmod(number, size)
            # A group that does not reach its own thousands place leaves a gap, and the gap is read as one 零.
            gap = DIGITS[0] if low < size // 10 else ""
            return _integer(high) + unit + (gap + _integer(low) if low else "")
    return _group(number)


def _group(number):
    """Return 1-9999 in capitals; a run of inner zeros is one 零, the zeros at the end are silent (rules 4(a), 4(b))."""
    text = ""
    for digit, place in zip(f"{number:04}", _PLACES, strict=True):
        if digit != "0":
            text += DIGITS[int(digit)] + place
        elif text and not text.endswith(DIGITS[0]):
            text += DIGITS[0]
    return text.rstrip(DIGITS[0])
