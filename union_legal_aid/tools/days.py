"""Days on the calendar: rest days, months and years, and the last day of a plain period (民法典 Art. 201-203).

A calendar is a mapping from date to "rest" or "work" that holds the exceptions only: a date that is not in it is a
rest day on Saturday and Sunday and a work day otherwise. So a year whose calendar has not been announced yet never
fails; `covered_years` lets the caller say that its holidays are missing. All dates are local dates: a datetime is
refused, because its date depends on the time zone.

`deadlines` is the door to all of this for models; only files of `tools/` import this one.
"""

import calendar as month_calendar
from datetime import date, datetime, timedelta

REST = "rest"
WORK = "work"
ONE_DAY = timedelta(days=1)
UNITS = ("day", "workday", "month", "year")
FOREVER = date.max

# Where the last day goes when it is a rest day.
NEXT = "next"  # to the next day that is none (民法典 Art. 203, 民事诉讼法 Art. 85)
PREVIOUS = "previous"  # to the last one before that is none: for what has to be done some days before an event
STAY = "stay"  # nowhere: no period of the Civil Code, or the bare date is the safer one to act by


def is_rest(day, calendar):
    """Tell whether `day` is a rest day: as the calendar says, else on Saturday and Sunday.

    Raise ValueError if the calendar holds another kind than "rest" and "work".
    """
    check_date(day)
    kind = calendar.get(day)
    if kind is None:
        return day.weekday() >= 5
    if kind not in (REST, WORK):
        raise ValueError(f"The calendar has {kind!r} on {day}: a day is 'rest' or 'work'.")
    return kind == REST


def roll(day, calendar):
    """Return `day`, or the first day after it that is not a rest day (民法典 Art. 203)."""
    while is_rest(day, calendar):
        day += ONE_DAY
    return day


def roll_back(day, calendar):
    """Return `day`, or the last day before it that is not a rest day."""
    while is_rest(day, calendar):
        day -= ONE_DAY
    return day


def moved(day, calendar, rest_day):
    """Return where a last day goes: `day` itself, or the work day next to it; it stays without a calendar (None).

    Raise ValueError if `rest_day` is none of "next", "previous" and "stay".
    """
    if rest_day not in (NEXT, PREVIOUS, STAY):
        raise ValueError(f"A last day goes 'next', 'previous' or 'stay', not {rest_day!r}.")
    if calendar is None or rest_day == STAY:
        return day
    return roll(day, calendar) if rest_day == NEXT else roll_back(day, calendar)


def covered_years(calendar):
    """Return the years for which the calendar has any day, as a set of int.

    For a year outside it, due dates know only weekends: warn that the calendar of that year is missing.
    """
    return {day.year for day in calendar}


def bare_last_day(trigger, n, unit, calendar):
    """Return the last day of the period before it moves off a rest day; of 工作日, the last one that is counted."""
    check_date(trigger)
    check_length(n)
    if unit == "day":
        return trigger + n * ONE_DAY
    if unit == "month":
        return add_months(trigger, n)
    if unit == "year":
        return add_years(trigger, n)
    if unit == "workday":
        return count_workdays(trigger, n, calendar, ())
    raise ValueError(f"Unknown unit {unit!r}: a period is counted in {', '.join(UNITS)}.")


def count_workdays(trigger, n, calendar, pauses):
    """Return the `n`th work day after `trigger` that lies in no pause; None when a pause without end stops the count.

    `pauses` as `deadlines.merged` gives them.
    """
    if calendar is None:
        raise ValueError("Working days cannot be counted without a calendar; an empty one knows the weekends.")
    day = next((end for begin, end in pauses if begin <= trigger < end), trigger)
    if day == FOREVER:
        return None
    while n:
        day += ONE_DAY
        for begin, end in pauses:
            if begin <= day < end:
                if end == FOREVER:
                    return None
                day = end
        n -= not is_rest(day, calendar)
    return day


def add_months(start, months):
    """Return the day of the same number `months` later (earlier if negative), else the last day of that month.

    This is how a period of months is counted (民法典 Art. 202): one month from January 31 ends on February 28 or 29.
    """
    check_date(start)
    year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    return _clamped(year, month0 + 1, start.day)


def add_years(start, years):
    """Return the same day `years` later, February 28 for February 29 where there is none (民法典 Art. 202)."""
    return add_months(start, 12 * years)


def anniversary_end(start):
    """Return the last day of the year that begins with `start`: one year later, less one day.

    It is the latest end of an appointment of one year (requirement T2). A year that begins on February 29 ends on
    February 28, as the one that begins on March 1 does; so the next year never begins before the same day has come
    round.
    """
    check_date(start)
    if (start.month, start.day) == (2, 29):
        return date(start.year + 1, 2, 28)
    return add_years(start, 1) - ONE_DAY


def next_fixed_date(today, month_days):
    """Return the next of the dates that come every year, e.g. [(5, 20), (12, 20)]; one that is today is still on time.

    February 29 stands for the last day of February. Raise ValueError if there is no date or one that no year has.
    """
    check_date(today)
    if not month_days:
        raise ValueError("Give at least one (month, day) that comes every year.")
    for month, day in month_days:
        date(2024, month, day)  # a leap year has every day there is; date() says what is wrong with others
    dates = (_clamped(year, month, day) for year in (today.year, today.year + 1) for month, day in month_days)
    return min(day for day in dates if day >= today)


def check_date(value):
    if isinstance(value, datetime) or not isinstance(value, date):
        raise ValueError(f"A date without time of day is needed, not {value!r}.")


def check_length(n):
    if isinstance(n, bool) or not isinstance(n, int) or n < 0:
        raise ValueError(f"The length of a period is a whole number of zero or more, not {n!r}.")


def _clamped(year, month, day):
    return date(year, month, min(day, month_calendar.monthrange(year, month)[1]))
