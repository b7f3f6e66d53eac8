"""Due dates in 日, 工作日, months and years, on a calendar of public holidays and make-up work days.

Requirements I7, I9, C1, C2, C6, C8, V1; counting of days by 民法典 Art. 201-203.

The calendar is a mapping from date to "rest" or "work" that holds the exceptions only, see `days`.

`due` is the plain period. `count` is the period of a clock that may stand still, be extended or be cut short, and it
tells how it counted. `reminders` says which reminders of a clock have fallen due.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from .days import (
    FOREVER,
    NEXT,
    ONE_DAY,
    PREVIOUS,
    REST,
    STAY,
    UNITS,
    WORK,
    add_months,
    add_years,
    anniversary_end,
    bare_last_day,
    check_date,
    check_length,
    count_workdays,
    covered_years,
    is_rest,
    moved,
    next_fixed_date,
    roll,
    roll_back,
)
from .i18n import Sentence, _lt

__all__ = [
    "FOREVER",
    "HALF_YEAR_AFTER",
    "LAST_HALF_YEAR",
    "NEXT",
    "PREVIOUS",
    "REST",
    "RESTART",
    "RESUME",
    "STAY",
    "UNITS",
    "WORK",
    "Count",
    "Reminder",
    "add_months",
    "add_years",
    "anniversary_end",
    "count",
    "covered_years",
    "due",
    "due_before",
    "is_rest",
    "light",
    "merged",
    "next_fixed_date",
    "reminders",
    "roll",
    "roll_back",
]

# What happens to a clock that stood still.
RESUME = "resume"  # the rest of the time runs on (劳动争议调解仲裁法 Art. 27(3); papers being supplied, LAA Art. 43)
RESTART = "restart"  # the whole time runs anew
# Only an obstacle within the last six months counts; the rest runs on (最高法 执行程序解释 Art. 19).
LAST_HALF_YEAR = "last_half_year"
# Only an obstacle within the last six months counts; the time ends six months after its removal (民法典 Art. 194).
HALF_YEAR_AFTER = "half_year_after"

COUNTED = {
    "day": _lt("The %(n)s-day time ends on %(date)s."),
    "workday": _lt("The %(n)s-working-day time ends on %(date)s."),
    "month": _lt("The %(n)s-month time ends on %(date)s (民法典 §202)."),
    "year": _lt("The %(n)s-year time ends on %(date)s (民法典 §202)."),
}
EXTENDED = {
    "day": _lt("A %(n)s-day extension was granted on %(date)s."),
    "workday": _lt("A %(n)s-working-day extension was granted on %(date)s."),
    "month": _lt("A %(n)s-month extension was granted on %(date)s."),
    "year": _lt("A %(n)s-year extension was granted on %(date)s."),
}
EXTENDED_LATE = _lt("The extension granted on %(date)s came after the last day and changes nothing.")
STOOD_STILL = _lt(
    "The clock stood still from %(begin)s until %(end)s: the last day moves from %(before)s to %(after)s."
)
STANDS_STILL = _lt("The clock has stood still since %(begin)s: there is no last day until it goes on.")
STANDS_STILL_REST = _lt(
    "The clock has stood still since %(begin)s: the last day will be %(n)s days after the day on which it goes on."
)
MOVED = _lt("%(date)s is a rest day: the last day is the next working day, %(moved)s (民法典 §203).")
MOVED_BACK = _lt("%(date)s is a rest day: the last day is the working day before it, %(moved)s.")
CUT = _lt("It ends on %(date)s at the latest.")


def due(trigger, n, unit, calendar, rest_day=NEXT):
    """Return the last day of a period of `n` units that `trigger` sets off; acting on that day is still in time.

    - unit "day" (日): the day of the trigger is not counted; a last day that is a rest day moves to the next day that
      is not one (民法典 Art. 201, 203). A make-up work day at the weekend is no rest day.
    - unit "workday" (工作日): the day of the trigger is not counted, rest days are not counted.
    - units "month" and "year": the day of the same number, or the last one of its month (民法典 Art. 202); it moves
      as with "day".

    `rest_day` says where a last day on a rest day goes: "next", "previous" or "stay". Without a calendar (None) it
    stays where it is; 工作日 cannot be counted without one.
    2026-02-10 and 7 days give 2026-02-24, the first day after the Spring Festival.
    Raise ValueError for another unit, for an `n` that is not a whole number of zero or more, and for what is not a
    date.
    """
    return moved(bare_last_day(trigger, n, unit, calendar), calendar, rest_day)


def due_before(event, n, calendar, rest_day=PREVIOUS):
    """Return the last day for what has to be done `n` 日 before `event`, e.g. before a hearing.

    The day of the event is not counted; the `n`th day before it is still in time. No law moves such a day: it moves
    back to a work day, so that nothing has to be done on a rest day, unless `rest_day` is "stay".
    """
    check_date(event)
    check_length(n)
    return moved(event - n * ONE_DAY, calendar, rest_day)


@dataclass(frozen=True)
class Count:
    """How a clock was counted."""

    last_day: date | None  # acting on that day is in time; None while the clock stands still
    bare_day: date | None  # the same before it moved off a rest day: never the later one, so the safer one to act by
    sentences: tuple[Sentence, ...]  # what made the last day what it is, in order


def count(trigger, n, unit, calendar, *, pauses=(), extensions=(), cut=None, rest_day=NEXT, after_pause=RESUME):
    """Count a clock of `n` units from `trigger` that may stand still, be extended or be cut short.

    - `pauses`: (first day, day on which it goes on) of each time it stood still, in any order, overlapping or not; the
      second is empty while it lasts. The first day is not counted any more, the second is, unless the clock was set
      off in between: then it is as if it was set off on the second. One that begins after the last day changes
      nothing: what is over does not come back. `after_pause` says how the clock goes on.
    - `extensions`: (day granted, units more); one that is granted after the last day changes nothing.
    - `cut`: the clock ends on that day at the latest, also while it stands still and on a rest day: a later event,
      e.g. the end of a limitation, does not wait.

    Raise ValueError as `due` does, and if a pause ends before it begins.
    """
    period = _Period(trigger, unit, calendar, rest_day, after_pause)
    pauses = merged(pauses)
    sentences = []
    bare = period.last(n, pauses)
    for granted, more in sorted(extensions):
        check_length(more)
        if bare is not None and granted > period.moved(bare):
            sentences.append(Sentence(EXTENDED_LATE, {"date": granted}))
            break
        n += more
        bare = period.last(n, pauses)
        sentences.append(Sentence(EXTENDED[unit], {"date": granted, "n": more}))
    sentences += period.explained(n, pauses)
    last_day = period.moved(bare) if bare is not None else None
    if cut and (last_day is None or cut < last_day):
        bare = last_day = cut
        sentences.append(Sentence(CUT, {"date": cut}))
    return Count(last_day, bare, tuple(sentences))


def merged(pauses):
    """Return the pauses in order, those that overlap or touch made one; one that lasts ends on `FOREVER`.

    Raise ValueError if one ends before it begins.
    """
    result = []
    for begin, end in sorted((begin, end or FOREVER) for begin, end in pauses):
        if end < begin:
            raise ValueError(f"A pause ends ({end}) before it begins ({begin}).")
        if result and begin <= result[-1][1]:
            previous_begin, previous_end = result.pop()
            begin, end = previous_begin, max(previous_end, end)
        result.append((begin, end))
    return result


@dataclass(frozen=True)
class _Period:
    """What does not change while a clock is counted."""

    trigger: date
    unit: str
    calendar: dict | None
    rest_day: str
    after_pause: str

    def moved(self, day):
        return moved(day, self.calendar, self.rest_day)

    def last(self, n, pauses):
        """Return the last day before it moves off a rest day, or None while the clock stands still."""
        counts = {
            RESUME: self._resumed,
            RESTART: self._restarted,
            LAST_HALF_YEAR: self._last_half_year,
            HALF_YEAR_AFTER: self._half_year_after,
        }
        if self.after_pause not in counts:
            raise ValueError(f"A clock that stood still goes on by one of {', '.join(counts)}: {self.after_pause!r}.")
        bare = bare_last_day(self.trigger, n, self.unit, self.calendar)
        return counts[self.after_pause](bare, n, pauses) if pauses else bare

    def explained(self, n, pauses):
        """Tell the plain period, then each pause that changed it, then the move off a rest day."""
        bare = self.last(n, [])
        sentences = [Sentence(COUNTED[self.unit], {"n": n, "date": bare})]
        for number, (begin, end) in enumerate(pauses, start=1):
            before, bare = bare, self.last(n, pauses[:number])
            if bare is None:
                return [*sentences, self._standing(begin, before)]
            if bare != before:
                values = {"begin": begin, "end": end, "before": before, "after": bare}
                sentences.append(Sentence(STOOD_STILL, values))
        if self.moved(bare) != bare:
            message = MOVED_BACK if self.rest_day == PREVIOUS else MOVED
            sentences.append(Sentence(message, {"date": bare, "moved": self.moved(bare)}))
        return sentences

    def _standing(self, begin, before):
        if self.after_pause != RESUME or self.unit == "workday":
            return Sentence(STANDS_STILL, {"begin": begin})
        left = max(before - max(begin, self.trigger), timedelta())
        return Sentence(STANDS_STILL_REST, {"begin": begin, "n": left.days})

    def _resumed(self, last, n, pauses):
        if self.unit == "workday":
            return count_workdays(self.trigger, n, self.calendar, pauses)
        for begin, end in pauses:
            if begin > self.moved(last):
                break
            if end == FOREVER:
                return None
            if begin > last:  # not before the last day had moved off a rest day
                last = end
            else:
                last += max(end - max(begin, self.trigger), timedelta())
        return last

    def _restarted(self, last, n, pauses):
        for begin, end in pauses:
            if begin > self.moved(last):
                break
            if end == FOREVER:
                return None
            if end > self.trigger:
                last = bare_last_day(end, n, self.unit, self.calendar)
        return last

    def _last_half_year(self, last, _n, pauses):
        window = max(add_months(last, -6), self.trigger)
        for begin, end in pauses:
            if begin > self.moved(last):
                break
            if end == FOREVER:
                return None
            last = end if begin > last else last + max(end - max(begin, window), timedelta())
        return last

    def _half_year_after(self, last, _n, pauses):
        for begin, end in pauses:
            if begin > self.moved(last):
                break
            if end == FOREVER:
                return None
            last = max(last, add_months(end, 6))
        return last


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


@dataclass(frozen=True)
class Reminder:
    """A reminder of a clock that has fallen due."""

    day: date  # the day it was planned for
    offset: int  # days after the last day of the clock; negative before it
    kind: str  # "before", "on" or "after"


def reminders(due, plan, since, today, calendar=None):
    """Return the reminders of a clock that have fallen due and were not sent yet, the earliest first.

    `due` is the last day of the clock; `plan` holds the days of the reminders counted from it, e.g. (-7, -2, 0, 1);
    `since` is the day of the last run that asked for this last day, empty if none did. Each reminder comes once,
    however many days were missed between two runs: all that were planned after `since` and not after `today`. So a
    run that comes late sends at least one, and a clock that is opened late does not lose those planned before.

    When the last day of a clock changes, its reminders begin anew: ask with an empty `since`. With a `calendar`, one
    planned for a rest day comes on the working day before it, or after it once the last day is over.
    """
    if not due:
        return ()
    check_date(due)
    planned = []
    for offset in sorted(set(plan)):
        day = moved(due + offset * ONE_DAY, calendar, NEXT if offset > 0 else PREVIOUS)
        kind = "before" if offset < 0 else "after" if offset else "on"
        planned.append(Reminder(day, offset, kind))
    return tuple(reminder for reminder in planned if reminder.day <= today and not (since and reminder.day <= since))
