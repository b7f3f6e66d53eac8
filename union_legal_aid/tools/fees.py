"""What a fee schedule gives for one service (requirement M2, facts F§4): rate, group case, additions, quality, person, cap.

Unit everywhere: yuan, as `Decimal` with exactly two digits after the point. The order of the additions does not matter: parts are
multiplied, then added, and the sum is rounded to the cent once, at the end.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .money import CENT, cents

# How a group case (同案多件) is paid beyond its first item.
BATCH_RULES = ("none", "add", "percent")
# A percentage of the whole (quality), yuan on top (distance, difficulty), yuan instead of everything (a person with a fixed fee).
OPERATIONS = ("percent", "add", "fixed")


@dataclass(frozen=True)
class Batch:
    """The first item in full, each further one by `value` yuan or per cent of the rate, all of them up to `cap` (0: no cap)."""

    rule: str = "none"
    value: Decimal = Decimal(0)
    cap: Decimal = Decimal(0)


@dataclass(frozen=True)
class Modifier:
    """One condition that applies. Of those that share a name in `once_with`, the one that gives most counts alone."""

    kind: str
    operation: str
    value: Decimal
    once_with: str = ""
    is_personal: bool = False


@dataclass(frozen=True)
class Quote:
    """What is due, and how it came about: `steps` are `(what, figure, yuan so far)`."""

    amount: Decimal
    steps: tuple


def quote(rate, quantity=1, items=1, batch=None, modifiers=(), cap=0):
    """Return the `Quote` for `quantity` days or pieces, or a case of `items`, at `rate` yuan.

    What concerns the person (a public servant, the institution's own staff) comes last, since it takes the place of the whole or
    cuts the whole. `cap` is the most that one fee can be (0: no cap).
    Raise ValueError for a negative figure, for fewer than one item, and for an unknown rule.
    """
    batch = batch or Batch()
    _check(rate, quantity, items, batch, modifiers, cap)
    base = _exact(rate) * _exact(quantity)
    steps = [("rate", cents(rate), _round(base))]
    if _exact(quantity) != 1:
        steps.append(("quantity", quantity, _round(base)))
    amount = _with_further_items(base, items, batch, steps)
    counted = _count_once(modifiers)
    for operation in ("percent", "add"):
        for modifier in counted:
            if modifier.operation == operation and not modifier.is_personal:
                amount = _apply(modifier, amount)
                steps.append((modifier.kind, _figure(modifier), _round(amount)))
    amount = _with_person(amount, [modifier for modifier in counted if modifier.is_personal], steps)
    if cap and amount > _exact(cap):
        amount = _exact(cap)
        steps.append(("cap", cents(cap), _round(amount)))
    return Quote(_round(amount), tuple(steps))


def _with_further_items(base, items, batch, steps):
    amount = base
    if items > 1 and batch.rule != "none":
        each = _exact(batch.value) if batch.rule == "add" else base * _exact(batch.value) / 100
        amount += (items - 1) * each
        steps.append(("batch", items - 1, _round(amount)))
        # The cap of a group limits what the further items add; the first one is paid in full whatever the cap.
        ceiling = max(_exact(batch.cap), base)
        if batch.cap and amount > ceiling:
            amount = ceiling
            steps.append(("batch_cap", cents(batch.cap), _round(amount)))
    return amount


def _with_person(amount, modifiers, steps):
    """The one that gives least counts: who is both a public servant and staff gets no more for being both."""
    outcomes = [(_apply(modifier, amount), modifier) for modifier in modifiers]
    if not outcomes:
        return amount
    least, modifier = min(outcomes, key=lambda outcome: (outcome[0], outcome[1].kind))
    steps.append((modifier.kind, _figure(modifier), _round(least)))
    return least


def _apply(modifier, amount):
    value = _exact(modifier.value)
    if modifier.operation == "percent":
        return amount * value / 100
    return amount + value if modifier.operation == "add" else value


def _figure(modifier):
    """+500.00, 90% or =300.00: the same in every language."""
    if modifier.operation == "percent":
        return f"{float(modifier.value):g}%"
    return f"{'+' if modifier.operation == 'add' else '='}{cents(modifier.value)}"


def _count_once(modifiers):
    """Those that count, in an order that does not depend on the one they were given in."""
    best = {}
    for number, modifier in enumerate(sorted(modifiers, key=lambda m: (m.kind, m.operation, m.value, m.once_with))):
        key = (modifier.operation, modifier.is_personal, modifier.once_with) if modifier.once_with else number
        if key not in best or _exact(modifier.value) > _exact(best[key].value):
            best[key] = modifier
    return list(best.values())


def _check(rate, quantity, items, batch, modifiers, cap):
    figures = [rate, quantity, batch.value, batch.cap, cap, *(modifier.value for modifier in modifiers)]
    if any(_exact(figure) < 0 for figure in figures):
        raise ValueError("A fee schedule has no negative figures.")
    if items < 1:
        raise ValueError(f"A case has at least one item, not {items!r}.")
    if batch.rule not in BATCH_RULES:
        raise ValueError(f"Unknown rule for group cases: {batch.rule!r}.")
    for modifier in modifiers:
        if modifier.operation not in OPERATIONS or (modifier.operation == "fixed" and not modifier.is_personal):
            raise ValueError(f"Unknown operation of {modifier.kind!r}: {modifier.operation!r}.")


def _exact(figure):
    """A float is read as it prints, as `money.cents` does."""
    return Fraction(Decimal(str(figure))) if isinstance(figure, float) else Fraction(Decimal(figure))


def _round(amount):
    """An exact amount to the cent, rounded half up."""
    units, rest = divmod(amount * 100, 1)
    return (int(units) + (rest >= Fraction(1, 2))) * CENT
