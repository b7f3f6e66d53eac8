"""Amounts to the cent and their division without loss (requirement M3; design rule "largest remainder, never floats").

Unit everywhere: yuan, as `Decimal` with exactly two digits after the point.
"""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

CENT = Decimal("0.01")


def cents(amount):
    """Return `amount` in yuan as a `Decimal` with two digits, rounded half up.

    `amount` is a `Decimal`, an `int`, a numeric `str` or a `float`. A float is read as it prints, since an Odoo
    Monetary field gives floats: 1.005 is 1.01, not the 1.00 that its binary value would give.
    Raise ValueError for anything that is not one finite number (also for booleans, NaN and infinity).
    """
    number = _decimal(amount)
    try:
        return number.quantize(CENT, rounding=ROUND_HALF_UP)
    except InvalidOperation:
        raise ValueError(f"The amount {amount!r} has too many digits to be kept to the cent.") from None


def show(amount):
    """¥1,600.00: the sign stands before the figures without a gap (支付结算办法, 附一)."""
    return f"¥{cents(amount):,.2f}"


def split(total, weights):
    """Divide `total` (yuan) in proportion to `weights`; return one `Decimal` per weight, in the same order.

    Largest remainder: each share is first cut down to the cent; the cents that are left go one each to the shares that
    lost most; of two that lost the same to the one with the greater weight, and only of two equal ones to the earlier. So
    the shares do not depend on the order of the weights, they add up to `total` exactly, none is further than a cent from
    its exact value, a greater weight never gets less, and a weight of zero gets zero.

    Raise ValueError if `total` is negative or is written with fractions of a cent (a float is rounded to the cent
    instead), and if the weights are empty, negative, not finite numbers, or all zero.
    """
    amount = cents(total)
    if amount < 0:
        raise ValueError(f"A negative amount cannot be divided: {total!r}.")
    if not isinstance(total, float) and amount != _decimal(total):
        raise ValueError(f"The amount {total!r} has fractions of a cent: round it before dividing it.")
    parts = [Fraction(_decimal(weight)) for weight in weights]
    if any(part < 0 for part in parts):
        raise ValueError("A weight is negative: an amount is divided by weights of zero or more.")
    whole = sum(parts)
    if not whole:
        raise ValueError("There is nothing to divide by: give at least one weight above zero.")
    units = int(amount / CENT)
    exact = [units * part / whole for part in parts]
    shares = [int(share) for share in exact]
    by_loss = sorted(range(len(parts)), key=lambda index: (shares[index] - exact[index], -parts[index], index))
    for index in by_loss[: units - sum(shares)]:
        shares[index] += 1
    return [share * CENT for share in shares]


def _decimal(value):
    """Return `value` as a finite `Decimal` with all its digits, or raise ValueError."""
    if isinstance(value, bool) or not isinstance(value, Decimal | int | float | str):
        raise ValueError(f"Not a number: {value!r}.")
    try:
        number = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    except InvalidOperation:
        raise ValueError(f"Not a number: {value!r}.") from None
    if not number.is_finite():
        raise ValueError(f"Not a finite number: {value!r}.")
    return number
