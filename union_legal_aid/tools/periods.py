"""Months as money is reckoned by (requirement M12), and where one payment stands in them."""

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
