"""Clocks that stand still, are extended or cut short; periods of months and years; reminders."""

import random
from datetime import date, timedelta
from functools import partial

from odoo.tests.common import BaseCase, tagged

from ..tools import deadlines
from .test_tools_deadlines import announced_calendar


def random_day(chance, first=date(2025, 1, 1), days=900):
    return first + timedelta(days=chance.randrange(days))


def random_pauses(chance, first=date(2025, 1, 1)):
    """Return up to three pauses, seldom one that lasts."""
    pauses = []
    for _pause in range(chance.randrange(4)):
        begin = random_day(chance, first)
        ends = chance.random() < 0.95
        pauses.append((begin, begin + timedelta(days=chance.randrange(60)) if ends else None))
    return pauses


def stands_still(day, pauses):
    """Tell whether the clock stands still on that day."""
    return any(begin <= day and (not end or day < end) for begin, end in pauses)


def going_on(day, pauses):
    """Return the first day from `day` on which the clock does not stand still, or a day far away."""
    while stands_still(day, pauses) and day.year < 2035:
        day += timedelta(days=1)
    return day


def latest_if_none(day):
    """Return the day; a clock that stands still ends later than every other."""
    return day or date.max


@tagged("post_install", "-at_install", "union_tools")
class TestToolsClockCount(BaseCase):
    UNITS = (("day", 30), ("workday", 20), ("month", 6), ("year", 1))

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = announced_calendar()

    # Plain periods

    def test_months_and_years(self):
        """I12: the day of the same number, or the last of its month, and off a rest day (民法典 Art. 202, 203)."""
        for trigger, n, unit, expected in [
            ("2025-08-31", 6, "month", "2026-02-28"),  # a Saturday that is worked
            ("2025-11-30", 3, "month", "2026-02-28"),
            ("2026-03-31", 1, "month", "2026-04-30"),
            ("2026-04-03", 1, "month", "2026-05-06"),
            ("2024-02-29", 1, "year", "2025-02-28"),
            ("2024-02-29", 2, "year", "2026-02-28"),
            ("2024-10-01", 2, "year", "2026-10-08"),
        ]:
            with self.subTest(trigger=trigger, n=n, unit=unit):
                result = deadlines.due(date.fromisoformat(trigger), n, unit, self.calendar)
                self.assertEqual(result.isoformat(), expected)

    def test_where_a_last_day_goes(self):
        """A rest day moves forward where the law says so, back before an event, and nowhere without a calendar."""
        sunday = date(2026, 3, 8)
        trigger = date(2026, 3, 1)
        self.assertEqual(deadlines.due(trigger, 7, "day", {}), date(2026, 3, 9))
        self.assertEqual(deadlines.due(trigger, 7, "day", {}, "previous"), date(2026, 3, 6))
        self.assertEqual(deadlines.due(trigger, 7, "day", {}, "stay"), sunday)
        self.assertEqual(deadlines.due(trigger, 7, "day", None), sunday)
        with self.assertRaisesRegex(ValueError, "calendar"):
            deadlines.due(trigger, 7, "workday", None)
        with self.assertRaisesRegex(ValueError, "'next', 'previous' or 'stay'"):
            deadlines.due(trigger, 7, "day", {}, "after")

    def test_before_an_event(self):
        """I12: five days before a hearing, and not on a rest day."""
        for event, n, expected in [
            ("2026-03-20", 5, "2026-03-13"),
            ("2026-03-16", 5, "2026-03-11"),
            ("2026-02-26", 3, "2026-02-14"),  # over the Spring Festival to the Saturday that is worked
            ("2026-03-16", 0, "2026-03-16"),
        ]:
            with self.subTest(event=event, n=n):
                result = deadlines.due_before(date.fromisoformat(event), n, self.calendar)
                self.assertEqual(result.isoformat(), expected)
        self.assertEqual(deadlines.due_before(date(2026, 3, 20), 5, self.calendar, "stay"), date(2026, 3, 15))
        with self.assertRaises(ValueError):
            deadlines.due_before(date(2026, 3, 20), -1, self.calendar)

    def test_roll_back(self):
        self.assertEqual(deadlines.roll_back(date(2026, 2, 23), self.calendar), date(2026, 2, 14))
        self.assertEqual(deadlines.roll_back(date(2026, 2, 13), self.calendar), date(2026, 2, 13))

    # Pauses, extensions, cuts

    def count(self, trigger, n, unit="day", calendar=None, **events):
        return deadlines.count(trigger, n, unit, calendar, **events)

    def test_work_days_stand_still(self):
        """A pause takes out the work days from its first day to the day before it ends."""
        trigger = date(2026, 3, 2)
        for begin, end, expected in [
            ("2026-03-04", "2026-03-10", "2026-03-13"),  # 3, then 10, 11, 12, 13
            ("2026-03-07", "2026-03-09", "2026-03-09"),  # a weekend only
            ("2026-03-09", "2026-03-11", "2026-03-11"),  # the last day itself
            ("2026-03-10", "2026-03-20", "2026-03-09"),  # over
            ("2026-03-01", "2026-03-04", "2026-03-11"),  # as if set off on the 4th
        ]:
            with self.subTest(begin=begin):
                pauses = [(date.fromisoformat(begin), date.fromisoformat(end))]
                result = self.count(trigger, 5, "workday", {}, pauses=pauses)
                self.assertEqual(result.last_day.isoformat(), expected)
        self.assertIsNone(self.count(trigger, 5, "workday", {}, pauses=[(date(2026, 3, 4), None)]).last_day)
        self.assertIsNone(self.count(trigger, 5, "workday", {}, pauses=[(date(2026, 3, 2), None)]).last_day)
        still = self.count(trigger, 5, "workday", {}, pauses=[(date(2026, 3, 10), None)])
        self.assertEqual(still.last_day, date(2026, 3, 9))

    def test_bare_day_is_the_safer_one(self):
        result = self.count(date(2026, 3, 1), 7, "day", {})
        self.assertEqual((result.bare_day, result.last_day), (date(2026, 3, 8), date(2026, 3, 9)))

    def test_restart(self):
        """Each pause starts the whole time anew, one before the trigger or after the end changes nothing."""
        day = date(2026, 3, 2)
        for pauses, expected in [
            ([(3, 5)], 12),
            ([(3, 5), (7, 9)], 16),
            ([(7, 9), (3, 5)], 16),
            ([(-5, -1)], 7),
            ([(8, 20)], 7),
            ([(3, 3)], 10),
        ]:
            with self.subTest(pauses=pauses):
                spans = [(day + timedelta(days=begin), day + timedelta(days=end)) for begin, end in pauses]
                result = self.count(day, 7, pauses=spans, after_pause="restart").last_day
                self.assertEqual((result - day).days, expected)

    def test_extensions_before_and_after_the_end(self):
        """C1: an extension counts only while the clock runs, whatever the order they are given in."""
        day = date(2026, 3, 2)
        for granted, expected in [
            ([(7, 3), (10, 2)], 12),
            ([(10, 2), (7, 3)], 12),
            ([(8, 3)], 7),
            ([(7, 3), (11, 2)], 10),
        ]:
            with self.subTest(granted=granted):
                extensions = [(day + timedelta(days=number), more) for number, more in granted]
                self.assertEqual((self.count(day, 7, extensions=extensions).last_day - day).days, expected)
        waiting = [(day + timedelta(days=2), None)]
        late = [(day + timedelta(days=60), 3)]
        self.assertIsNone(self.count(day, 7, pauses=waiting, extensions=late).last_day)

    def test_pause_that_ends_before_it_begins(self):
        with self.assertRaisesRegex(ValueError, "before it begins"):
            self.count(date(2026, 3, 2), 7, pauses=[(date(2026, 3, 5), date(2026, 3, 4))])

    def test_count_without_events_is_due(self):
        chance = random.Random(20260302)
        for _case in range(500):
            unit, longest = chance.choice(self.UNITS)
            trigger, n = random_day(chance), chance.randrange(longest + 1)
            result = deadlines.count(trigger, n, unit, self.calendar)
            self.assertEqual(result.last_day, deadlines.due(trigger, n, unit, self.calendar))

    def test_days_by_walking_the_calendar(self):
        """The arithmetic of pauses against a walk from day to day."""
        chance = random.Random(20260303)
        for _case in range(500):
            trigger, n = random_day(chance), chance.randrange(1, 90)
            pauses = random_pauses(chance)
            day, left = going_on(trigger, pauses), n
            while left and day.year < 2030:
                day += timedelta(days=1)
                left -= not stands_still(day, pauses)
            with self.subTest(trigger=trigger, n=n, pauses=pauses):
                expected = None if left else day
                self.assertEqual(self.count(trigger, n, pauses=pauses).last_day, expected)

    def test_count_properties(self):
        """A later trigger, one pause more, a longer extension never give an earlier last day; the order is free."""
        chance = random.Random(20260304)
        for _case in range(1500):
            unit, longest = chance.choice(self.UNITS)
            trigger, n = random_day(chance), chance.randrange(1, longest + 1)
            pauses = random_pauses(chance)
            more = (random_day(chance), chance.randrange(10))
            options = {
                "after_pause": chance.choice(["resume", "restart", "half_year_after"]),
                "rest_day": chance.choice(["next", "stay"]),
            }

            last = partial(self.last, n, unit, options)
            shuffled = chance.sample(pauses, len(pauses))
            with self.subTest(trigger=trigger, n=n, unit=unit, pauses=pauses, **options):
                plain = last(trigger, pauses)
                self.assertLessEqual(plain, last(trigger + timedelta(days=chance.randrange(1, 5)), pauses))
                self.assertLessEqual(plain, last(trigger, [*pauses, *random_pauses(chance)]))
                self.assertLessEqual(plain, last(trigger, pauses, [more]))
                self.assertEqual(plain, last(trigger, shuffled + pauses[:1]))

    def last(self, n, unit, options, trigger, pauses, extensions=()):
        events = {"pauses": pauses, "extensions": extensions, **options}
        return latest_if_none(deadlines.count(trigger, n, unit, self.calendar, **events).last_day)

    def test_last_half_year_is_monotone_but_for_the_length_of_months(self):
        """Six months back from March 1 are three days shorter than from February 28: no more than that is lost."""
        chance = random.Random(20260305)
        for _case in range(500):
            trigger, pauses = random_day(chance), random_pauses(chance, date(2026, 6, 1))
            options = {"pauses": pauses, "after_pause": "last_half_year"}
            first = latest_if_none(self.count(trigger, 2, "year", **options).last_day)
            second = latest_if_none(self.count(trigger + timedelta(days=1), 2, "year", **options).last_day)
            with self.subTest(trigger=trigger, pauses=pauses):
                self.assertLessEqual(first - timedelta(days=3), second)

    # Reminders (T9)

    def sent(self, due, plan, since, today, calendar=None):
        return [(item.kind, item.offset) for item in deadlines.reminders(due, plan, since, today, calendar)]

    def test_reminders(self):
        """T9: before, on and after the last day, once each."""
        due, plan = date(2026, 3, 9), (-7, -2, 0, 1)
        for since, today, expected in [
            (None, "2026-03-01", []),
            (None, "2026-03-02", [("before", -7)]),
            ("2026-03-01", "2026-03-02", [("before", -7)]),
            ("2026-03-02", "2026-03-02", []),
            ("2026-03-02", "2026-03-06", []),
            ("2026-03-06", "2026-03-07", [("before", -2)]),
            ("2026-03-08", "2026-03-09", [("on", 0)]),
            ("2026-03-09", "2026-03-10", [("after", 1)]),
            ("2026-03-10", "2026-04-10", []),
            ("2026-03-01", "2026-03-20", [("before", -7), ("before", -2), ("on", 0), ("after", 1)]),
            (None, "2026-03-08", [("before", -7), ("before", -2)]),
        ]:
            with self.subTest(since=since, today=today):
                last_run = date.fromisoformat(since) if since else False
                self.assertEqual(self.sent(due, plan, last_run, date.fromisoformat(today)), expected)
        self.assertEqual(self.sent(None, plan, None, due), [])
        self.assertEqual(self.sent(False, plan, None, due), [])

    def test_reminders_on_work_days(self):
        """One for a rest day comes before it; after the last day, the next work day."""
        due, plan = date(2026, 3, 9), (-2, 5)
        self.assertEqual(self.sent(due, plan, None, date(2026, 3, 6), {}), [("before", -2)])
        self.assertEqual(self.sent(due, plan, date(2026, 3, 6), date(2026, 3, 15), {}), [])
        self.assertEqual(self.sent(due, plan, date(2026, 3, 6), date(2026, 3, 16), {}), [("after", 5)])

    def test_reminders_survive_missed_runs(self):
        """T9: whatever days the job ran on, each reminder was sent once, on the first run not before its day."""
        chance = random.Random(20260306)
        for _case in range(500):
            due = random_day(chance)
            plan = [chance.randrange(-40, 20) for _number in range(chance.randrange(6))]
            calendar = chance.choice([None, self.calendar])
            runs = sorted({due + timedelta(days=chance.randrange(-60, 40)) for _run in range(chance.randrange(1, 15))})
            received, since = [], None
            for today in runs:
                items = deadlines.reminders(due, plan, since, today, calendar)
                for item in items:
                    self.assertEqual(today, min(run for run in runs if run >= item.day))
                received += items
                since = today
            expected = deadlines.reminders(due, plan, None, runs[-1], calendar)
            with self.subTest(due=due, plan=plan, runs=runs):
                self.assertEqual(sorted(item.offset for item in received), sorted(item.offset for item in expected))
