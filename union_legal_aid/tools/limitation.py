"""Time limits of a labour dispute, computed from facts (requirement I12).

Source: 劳动争议调解仲裁法 (2007), its articles named in each function; counting of days by 民法典 Art. 201-203. The
law counts 日, never 工作日. Every function takes a `calendar` (see `deadlines`): with it, a last day that is a rest
day moves to the next day that is not one; without it (None), the bare date comes back, which is the safer one to act
by.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from .deadlines import add_years, roll


@dataclass(frozen=True)
class ArbitrationFacts:
    """What the limitation of a claim in arbitration depends on (Art. 27)."""

    # The day the worker knew, or should have known, that the right was infringed. Not needed for wage arrears.
    date_known: date | None = None
    # The claim is for pay (劳动报酬) withheld during the employment.
    is_wage_arrears: bool = False
    # The day the employment ended; None (or False, as Odoo writes an empty date) while it lasts.
    employment_ended: date | None = None
    # Days of a claim to the other party, a request for relief to an authority, or the other party's promise to perform.
    interruptions: tuple[date, ...] = ()
    # Force majeure or another just cause: (first day, day it was removed); the second is empty while it lasts.
    suspensions: tuple[tuple[date, date | None], ...] = ()


def arbitration(facts, calendar=None):
    """Return the last day to apply for arbitration, or None when no limit is running (Art. 27).

    - One year from the day the infringement was known or should have been.
    - Wage arrears: no limit during the employment (None), then one year from its end, whenever the arrears were known.
    - An interruption within the time starts a new year. One outside it changes nothing: what has expired is not
      revived.
    - A suspension stops the clock from its first day; the rest of the time runs on from the day the obstacle is
      removed. While it lasts, there is no last day (None).

    Raise ValueError if the day the claim was known is missing, or a suspension ends before it begins.
    """
    start = _limitation_start(facts)
    if start is None:
        return None
    pauses = _merged(facts.suspensions)
    last_day = _last_day(start, pauses, calendar)
    for interruption in sorted(facts.interruptions):
        if last_day is None or interruption > last_day:
            break
        if interruption > start:
            last_day = _last_day(interruption, pauses, calendar)
    return last_day


def lawsuit_after_award(received, calendar=None):
    """Return the last day to sue after the award was received: 15 days (Art. 48 for the worker, Art. 50)."""
    return _days(received, 15, calendar)


def annulment_by_employer(received, calendar=None):
    """Return the last day for the employer to ask that a final award be set aside: 30 days from receipt (Art. 49)."""
    return _days(received, 30, calendar)


def lawsuit_after_annulment(received, calendar=None):
    """Return the last day to sue after the ruling that sets a final award aside: 15 days from receipt (Art. 49)."""
    return _days(received, 15, calendar)


def arbitration_acceptance(applied, calendar=None):
    """Return the last day for the commission to accept or refuse: 5 days; after it the applicant may sue (Art. 29)."""
    return _days(applied, 5, calendar)


def answer_of_respondent(served, calendar=None):
    """Return the last day for the respondent's written answer: 10 days from the copy of the application (Art. 30)."""
    return _days(served, 10, calendar)


def arbitration_award(accepted, extended=False, calendar=None):
    """Return the last day for the award: 45 days from acceptance, 60 if extended; after it one may sue (Art. 43)."""
    return _days(accepted, 60 if extended else 45, calendar)


def mediation(received, calendar=None):
    """Return the last day for a mediated agreement: 15 days from the request; then arbitration is open (Art. 14)."""
    return _days(received, 15, calendar)


def allows_aid_first(today, last_day, days=7):
    """Tell whether aid may come before the formalities: fewer than `days` days left (法律援助法 Art. 44(1)).

    Today is not counted: seven days before the last day it is not yet so, on the last day it is. A limit that is over
    (or None, when none runs) is no ground.
    """
    return bool(last_day) and 0 <= (last_day - today).days < days


def _limitation_start(facts):
    """Return the day the clock starts, or None when no limit runs."""
    if facts.is_wage_arrears:
        return facts.employment_ended or None
    if not facts.date_known:
        raise ValueError("The limitation needs the day on which the infringement was known or should have been known.")
    return facts.date_known


def _last_day(start, pauses, calendar):
    """Return the last day of one year from `start`, lengthened by the days of `pauses` (in order) that fall into it."""
    last_day = add_years(start, 1)
    for begin, end in pauses:
        if begin > last_day:
            break
        if end == date.max:
            return None
        last_day += max(end - max(begin, start), timedelta())
    return _rolled(last_day, calendar)


def _merged(suspensions):
    """Return the suspensions in order, those that overlap or touch made one; one that lasts ends on `date.max`."""
    merged = []
    for begin, end in sorted((begin, end or date.max) for begin, end in suspensions):
        if end < begin:
            raise ValueError(f"A suspension ends ({end}) before it begins ({begin}).")
        if merged and begin <= merged[-1][1]:
            previous_begin, previous_end = merged.pop()
            begin, end = previous_begin, max(previous_end, end)
        merged.append((begin, end))
    return merged


def _days(start, days, calendar):
    return _rolled(start + timedelta(days=days), calendar)


def _rolled(day, calendar):
    return day if calendar is None else roll(day, calendar)
