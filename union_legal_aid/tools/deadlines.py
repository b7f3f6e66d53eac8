"""Due dates in 日 and in 工作日, on a calendar of public holidays and make-up work days.

Requirements I7, C6, V1; counting of days by 民法典 Art. 201-203.

A calendar is a mapping from date to "rest" or "work" that holds the exceptions only: a date that is not in it is a
rest day on Saturday and Sunday and a work day otherwise. So a year whose calendar has not been announced yet never
fails; `covered_years` lets the caller say that its holidays are missing. All dates are local dates: a datetime is
refused, because its date depends on the time zone.
"""

import calendar as month_calendar
from datetime import date, datetime, timedelta

REST = "rest"
WORK = "work"
ONE_DAY = timedelta(days=1)


def due(trigger, n, unit, calendar):
    """Return the last day of a period of `n` units that `trigger` sets off; acting on that day is still in time.

    - unit "day" (日): the day of the trigger is not counted; a last day that is a rest day moves to the next day that
      is not one (民法典 Art. 201, 203). A make-up work day at the weekend is no rest day.
    - unit "workday" (工作日): the day of the trigger is not counted, rest days are not counted.

    2026-02-10 and 7 days give 2026-02-24, the first day after the Spring Festival.
    Raise ValueError for another unit, for an `n` that is not a whole number of zero or more, and for what is not a
    date.
    """
    _check_date(trigger)
    if isinstance(n, bool) or not isinstance(n, int) or n < 0:
        raise ValueError(f"The length of a period is a whole number of zero or more, not {n!r}.")
    if unit == "day":
        return roll(trigger + n * ONE_DAY, calendar)
    if unit == "workday":
        day = trigger
        for _step in range(n):
            day = roll(day + ONE_DAY, calendar)
        return roll(day, calendar)
    raise ValueError(f"Unknown unit {unit!r}: a period is counted in 'day' or 'workday'.")


def roll(day, calendar):
    """Return `day`, or the first day after it that is not a rest day (民法典 Art. 203)."""
    while is_rest(day, calendar):
        day += ONE_DAY
    return day


def is_rest(day, calendar):
    """Tell whether `day` is a rest day: as the calendar says, else on Saturday and Sunday.

    Raise ValueError if the calendar holds another kind than "rest" and "work".
    """
    _check_date(day)
    kind = calendar.get(day)
    if kind is None:
        return day.weekday() >= 5
    if kind not in (REST, WORK):
        raise ValueError(f"The calendar has {kind!r} on {day}: a day is 'rest' or 'work'.")
    return kind == REST


def covered_years(calendar):
    """Return the years for which the calendar has any day, as a set of int.

    For a year outside it, due dates know only weekends: warn that the calendar of that year is missing.
    """
    return {day.year for day in calendar}


def add_months(start, months):
    """Return the day of the same number `months` later (earlier if negative), else the last day of that month.

    This is how a period of months is counted (民法典 Art. 202): one month from January 31 ends on February 28 or 29.
    """
    _check_date(start)
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
    _check_date(start)
    if (start.month, start.day) == (2, 29):
        return date(start.year + 1, 2, 28)
    return add_years(start, 1) - ONE_DAY


def next_fixed_date(today, month_days):
    """Return the next of the dates that come every year, e.g. [(5, 20), (12, 20)]; one that is today is still on time.

    February 29 stands for the last day of February. Raise ValueError if there is no date or one that no year has.
    """
    _check_date(today)
    if not month_days:
        raise ValueError("Give at least one (month, day) that comes every year.")
    for month, day in month_days:
        date(2024, month, day)  # a leap year has every day there is; date() says what is wrong with others
    dates = (_clamped(year, month, day) for year in (today.year, today.year + 1) for month, day in month_days)
    return min(day for day in dates if day >= today)


def light(today, date_due, date_done=None, amber_days=2):
    """Return the traffic light of a running clock.

    "done" and "late_done" when `date_done` is set: on the last day is in time. Otherwise "red" after the last day,
    "amber" when it is at most `amber_days` days away (0 on the day itself), else "green". No due date (None or False):
    nothing can be late.
    """
    if not date_due:
        return "done" if date_done else "green"
    if date_done:
        return "done" if date_done <= date_due else "late_done"
    if today > date_due:
        return "red"
    return "amber" if (date_due - today).days <= amber_days else "green"


def _clamped(year, month, day):
    return date(year, month, min(day, month_calendar.monthrange(year, month)[1]))


def _check_date(value):
    if isinstance(value, datetime) or not isinstance(value, date):
        raise ValueError(f"A date without time of day is needed, not {value!r}.")
