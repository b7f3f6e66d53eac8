"""Withholding on pay for labour, for subsidies that finance has set to "taxable" (requirement M9).

A legal-aid subsidy under the Legal Aid Law is exempt (财政部 税务总局公告2022年第25号); whether the flat yearly
subsidy is one is for finance to decide, and no function here decides it.
"""

from dataclasses import dataclass
from decimal import Decimal

from .money import cents

# 国家税务总局公告2018年第61号, 劳务报酬 table: taxable income up to, rate, quick deduction (yuan).
_BRACKETS = (
    (Decimal(20000), Decimal("0.20"), Decimal(0)),
    (Decimal(50000), Decimal("0.30"), Decimal(2000)),
    (Decimal("Infinity"), Decimal("0.40"), Decimal(7000)),
)
_FLAT_DEDUCTION_UP_TO = Decimal(4000)
_FLAT_DEDUCTION = Decimal(800)
_DEDUCTION_RATE = Decimal("0.20")


def withholding_on_labour(gross):
    """Return the individual income tax to withhold from `gross` yuan of pay for labour (劳务报酬), to the cent.

    `gross` is everything one payer pays one person for the same work in one month: add up first, then withhold, and
    take off what was withheld earlier in the month. Deduction: 800 yuan up to 4000 yuan, 20 % above; then 20/30/40 %
    of the rest. 1000 → 40.00.
    Raise ValueError for a negative amount or for what is not a number.
    """
    return steps_on_labour(gross).tax


@dataclass(frozen=True)
class Steps:
    """How a withholding comes about, as the return asks for it: in yuan, the rate as a fraction."""

    gross: Decimal
    deduction: Decimal
    taxable: Decimal
    rate: Decimal
    quick_deduction: Decimal
    tax: Decimal


def steps_on_labour(gross):
    """Return the `Steps` of `withholding_on_labour`. Raise ValueError as there."""
    amount = cents(gross)
    if amount < 0:
        raise ValueError(f"Tax cannot be withheld from a negative amount: {gross!r}.")
    deduction = _FLAT_DEDUCTION if amount <= _FLAT_DEDUCTION_UP_TO else amount * _DEDUCTION_RATE
    taxable = max(amount - deduction, Decimal(0))
    rate, quick_deduction = next((rate, quick) for limit, rate, quick in _BRACKETS if taxable <= limit)
    tax = cents(taxable * rate - quick_deduction)
    return Steps(amount, cents(min(deduction, amount)), cents(taxable), rate, quick_deduction, tax)
