"""Months as money is reckoned by (requirement M12), where one payment stands in them, and the periods of statistics (V4)."""

import calendar
from datetime import date, timedelta


def month_of(day):
    """Return `(first day, last day)` of the month of `day`."""
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def month_before(day):
    """Return the first day of the month before that of `day`."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def standing(first, last, due, paid):
    """Say how what is owed since `due` and was paid on `paid` (or None) stands in the month from `first` to `last`.

    Returns the set of what it counts in: "opening" (owed before the month), "new" (owed since a day in it), "paid" (paid in it) and
    "closing" (owed at its end). So opening + new − paid = closing, always: what was paid before it was owed counts as paid on the day
    from which it is owed.
    """
    settled = max(due, paid) if paid else date.max
    counts = set()
    if due < first and settled >= first:
        counts.add("opening")
    if first <= due <= last:
        counts.add("new")
    if first <= settled <= last:
        counts.add("paid")
    if due <= last and settled > last:
        counts.add("closing")
    return counts


# Where the year of each kind of statistics begins, where its second half begins, and in which year it begins: 1 for the year before.
# The justice bureau counts from December to November (F§8); unions report twice a year, on 20 May and 20 December (V2).
STATISTICAL_YEARS = {
    "calendar": ((1, 1), (7, 1), 0),
    "justice": ((12, 1), (6, 1), 1),
    "union": ((5, 20), (12, 20), 0),
}


def statistical_period(kind, year, part="year"):
    """Return `(first day, last day)` of a statistical `year` or of its `part`: "first_half" or "second_half".

    `kind` is "calendar" (January to December), "justice" (December of the year before to November) or "union" (20 May to 19 May of the
    year after). Raises `KeyError` for another kind and `ValueError` for another part.
    """
    (month, day), (half_month, half_day), before = STATISTICAL_YEARS[kind]
    first = date(year - before, month, day)
    next_first = first.replace(year=first.year + 1)
    half = date(first.year, half_month, half_day)
    if half <= first:
        half = half.replace(year=half.year + 1)
    if part == "year":
        return first, next_first - timedelta(days=1)
    if part == "first_half":
        return first, half - timedelta(days=1)
    if part == "second_half":
        return half, next_first - timedelta(days=1)
    raise ValueError(f"“{part}” is no part of a statistical year.")
