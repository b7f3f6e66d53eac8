"""Due dates in 日 and in 工作日, and the calendar that the module ships."""

import random
from datetime import date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

from odoo.tests.common import BaseCase, tagged

from ..tools import deadlines

DATA_FILE = Path(__file__).parent.parent / "data" / "legal_aid_calendar_day_data.xml"
# First and last day off, as the State Council announced them.
DAYS_OFF = [
    ("2025-01-01", "2025-01-01"),
    ("2025-01-28", "2025-02-04"),
    ("2025-04-04", "2025-04-06"),
    ("2025-05-01", "2025-05-05"),
    ("2025-05-31", "2025-06-02"),
    ("2025-10-01", "2025-10-08"),
    ("2026-01-01", "2026-01-03"),
    ("2026-02-15", "2026-02-23"),
    ("2026-04-04", "2026-04-06"),
    ("2026-05-01", "2026-05-05"),
    ("2026-06-19", "2026-06-21"),
    ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
]
MAKE_UP_DAYS = (
    "2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11 "
    "2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10"
).split()


def announced_calendar():
    calendar = {date.fromisoformat(day): "work" for day in MAKE_UP_DAYS}
    for first, last in DAYS_OFF:
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last):
            calendar[day] = "rest"
            day += timedelta(days=1)
    return calendar


def shipped_records():
    """Return `(xml id, date, kind, source)` of each record of the data file."""
    for record in ElementTree.parse(DATA_FILE).getroot().iter("record"):
        values = {field.get("name"): field.text for field in record.iter("field")}
        yield record.get("id"), date.fromisoformat(values["date"]), values["kind"], values["source"]


@tagged("post_install", "-at_install", "union_tools")
class TestToolsDeadlines(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = announced_calendar()

    def assertDue(self, trigger, n, unit, expected, calendar=None):
        result = deadlines.due(date.fromisoformat(trigger), n, unit, self.calendar if calendar is None else calendar)
        self.assertEqual(result.isoformat(), expected, f"{trigger} + {n} {unit}")

    # The shipped calendar

    def test_shipped_calendar_is_the_announced_one(self):
        records = list(shipped_records())
        self.assertEqual({day: kind for _id, day, kind, _source in records}, self.calendar)
        self.assertEqual(len(records), len(self.calendar))
        for xml_id, day, _kind, source in records:
            self.assertEqual(xml_id, f"calendar_day_{day:%Y%m%d}")
            self.assertEqual(source, f"国务院办公厅关于{day.year}年部分节假日安排的通知")
        self.assertEqual(ElementTree.parse(DATA_FILE).getroot().get("noupdate"), "1")

    def test_make_up_days_are_weekends(self):
        for day, kind in self.calendar.items():
            if kind == "work":
                self.assertGreaterEqual(day.weekday(), 5, day)

    # 日

    def test_days_spring_festival(self):
        """I7: 7 days to decide, due inside the Spring Festival."""
        self.assertDue("2026-02-10", 7, "day", "2026-02-24")
        self.assertDue("2025-01-24", 7, "day", "2025-02-05")

    def test_days_labour_day(self):
        """C2: 3 days to assign, due inside the May holiday."""
        self.assertDue("2026-04-30", 3, "day", "2026-05-06")

    def test_days_national_day(self):
        """C8: 30 days to hand in the file, due on National Day."""
        self.assertDue("2026-09-01", 30, "day", "2026-10-08")
        self.assertDue("2025-09-01", 30, "day", "2025-10-09")

    def test_days_make_up_saturday_is_no_rest_day(self):
        """A last day on a make-up work day stays where it is."""
        self.assertDue("2026-02-07", 7, "day", "2026-02-14")
        self.assertDue("2026-02-21", 7, "day", "2026-02-28")
        self.assertDue("2025-10-04", 7, "day", "2025-10-11")
        self.assertDue("2026-09-17", 3, "day", "2026-09-20")
        self.assertDue("2026-09-16", 3, "day", "2026-09-20")  # Saturday 19 rolls to the make-up Sunday

    def test_days_weekend(self):
        """Saturday and Sunday roll to Monday, in a year with and in one without a calendar."""
        self.assertDue("2026-03-07", 7, "day", "2026-03-16")
        self.assertDue("2026-03-08", 7, "day", "2026-03-16")
        self.assertDue("2026-03-09", 7, "day", "2026-03-16")
        self.assertDue("2027-03-06", 7, "day", "2027-03-15")

    def test_days_start_day_is_not_counted(self):
        """I7: on the 7th day in time, on the 8th late."""
        self.assertDue("2026-03-02", 7, "day", "2026-03-09")
        due = deadlines.due(date(2026, 3, 2), 7, "day", self.calendar)
        self.assertEqual(deadlines.light(date(2026, 3, 9), due), "amber")
        self.assertEqual(deadlines.light(date(2026, 3, 10), due), "red")
        self.assertEqual(deadlines.light(date(2026, 3, 10), due, date(2026, 3, 9)), "done")
        self.assertEqual(deadlines.light(date(2026, 3, 10), due, date(2026, 3, 10)), "late_done")

    def test_days_over_leap_day_and_year_end(self):
        self.assertDue("2024-02-27", 2, "day", "2024-02-29", {})
        self.assertDue("2023-02-27", 2, "day", "2023-03-01", {})
        self.assertDue("2025-12-26", 7, "day", "2026-01-04")  # January 1-3 off, Sunday 4 made up

    def test_zero(self):
        """No days at all: the day of the trigger, or the next work day."""
        self.assertDue("2026-03-02", 0, "day", "2026-03-02")
        self.assertDue("2026-03-07", 0, "day", "2026-03-09")
        self.assertDue("2026-03-07", 0, "workday", "2026-03-09")

    # 工作日

    def test_workdays_make_up_sunday_counts(self):
        """C6: 5 work days to decide on a replacement; the make-up Sunday of September 20 is one of them."""
        self.assertDue("2026-09-17", 5, "workday", "2026-09-23")

    def test_workdays_holidays_do_not_count(self):
        self.assertDue("2026-09-24", 5, "workday", "2026-10-09")  # 28, 29, 30, 8, 9
        self.assertDue("2026-02-13", 2, "workday", "2026-02-24")  # 14 is made up, then the Spring Festival
        self.assertDue("2026-03-06", 5, "workday", "2026-03-13")
        self.assertDue("2026-03-07", 1, "workday", "2026-03-09")

    # Calendar

    def test_missing_year_never_fails(self):
        """A year that is not announced yet knows only weekends, and can be told."""
        self.assertEqual(deadlines.covered_years(self.calendar), {2025, 2026})
        self.assertEqual(deadlines.covered_years({}), set())
        self.assertDue("2027-09-28", 3, "day", "2027-10-01")
        self.assertDue("2026-12-25", 7, "day", "2027-01-01")
        self.assertDue("2026-09-01", 30, "day", "2026-10-01", {})

    def test_is_rest(self):
        self.assertFalse(deadlines.is_rest(date(2026, 3, 2), {}))
        self.assertTrue(deadlines.is_rest(date(2026, 3, 7), {}))
        self.assertTrue(deadlines.is_rest(date(2026, 2, 16), self.calendar))
        self.assertFalse(deadlines.is_rest(date(2026, 2, 14), self.calendar))
        with self.assertRaises(ValueError):
            deadlines.is_rest(date(2026, 2, 14), {date(2026, 2, 14): "off"})

    def test_due_refuses(self):
        today = date(2026, 3, 2)
        for trigger, n, unit in [
            (today, 7, "week"),
            (today, -1, "day"),
            (today, 1.5, "day"),
            (today, True, "day"),
            (datetime(2026, 3, 2, 10), 7, "day"),
            ("2026-03-02", 7, "day"),
            (None, 7, "day"),
            (False, 7, "workday"),
        ]:
            with self.subTest(trigger=trigger, n=n, unit=unit), self.assertRaises(ValueError):
                deadlines.due(trigger, n, unit, {})

    def test_due_properties(self):
        """A last day is a work day and not before its bare date; a longer period ends no earlier; work days count."""
        chance = random.Random(20160520)
        for _case in range(1000):
            trigger = date(2025, 1, 1) + timedelta(days=chance.randrange(800))
            n = chance.randrange(1, 61)
            by_day = deadlines.due(trigger, n, "day", self.calendar)
            by_workday = deadlines.due(trigger, n, "workday", self.calendar)
            span = [trigger + timedelta(days=step) for step in range(1, (by_workday - trigger).days + 1)]
            with self.subTest(trigger=trigger, n=n):
                self.assertGreaterEqual(by_day, trigger + timedelta(days=n))
                self.assertFalse(deadlines.is_rest(by_day, self.calendar))
                self.assertLessEqual(by_day, deadlines.due(trigger, n + 1, "day", self.calendar))
                self.assertEqual(sum(not deadlines.is_rest(day, self.calendar) for day in span), n)
                self.assertFalse(deadlines.is_rest(by_workday, self.calendar))

    # Months, years, fixed dates

    def test_add_months(self):
        for start, months, expected in [
            ("2026-01-31", 1, "2026-02-28"),
            ("2024-01-31", 1, "2024-02-29"),
            ("2026-11-30", 3, "2027-02-28"),
            ("2026-10-15", 3, "2027-01-15"),
            ("2026-03-31", -1, "2026-02-28"),
            ("2026-01-15", -1, "2025-12-15"),
            ("2026-05-20", 12, "2027-05-20"),
            ("2026-05-20", 0, "2026-05-20"),
        ]:
            with self.subTest(start=start, months=months):
                self.assertEqual(deadlines.add_months(date.fromisoformat(start), months).isoformat(), expected)
        self.assertEqual(deadlines.add_years(date(2024, 2, 29), 1), date(2025, 2, 28))
        self.assertEqual(deadlines.add_years(date(2024, 2, 29), 4), date(2028, 2, 29))

    def test_anniversary_end(self):
        """T2: a contract of one year ends the day before the same day of the next year."""
        for start, expected in [
            ("2016-05-20", "2017-05-19"),
            ("2026-01-01", "2026-12-31"),
            ("2026-03-01", "2027-02-28"),
            ("2023-03-01", "2024-02-29"),
            ("2024-02-28", "2025-02-27"),
            ("2024-02-29", "2025-02-28"),
        ]:
            with self.subTest(start=start):
                self.assertEqual(deadlines.anniversary_end(date.fromisoformat(start)).isoformat(), expected)

    def test_next_fixed_date(self):
        """V1, V2: May 20 and December 20; the 20th itself is on time."""
        for today, expected in [
            ("2026-01-01", "2026-05-20"),
            ("2026-05-20", "2026-05-20"),
            ("2026-05-21", "2026-12-20"),
            ("2026-12-20", "2026-12-20"),
            ("2026-12-21", "2027-05-20"),
        ]:
            for month_days in ([(5, 20), (12, 20)], [(12, 20), (5, 20)]):
                with self.subTest(today=today):
                    self.assertEqual(
                        deadlines.next_fixed_date(date.fromisoformat(today), month_days).isoformat(), expected
                    )
        self.assertEqual(deadlines.next_fixed_date(date(2026, 5, 21), [(5, 20)]), date(2027, 5, 20))
        self.assertEqual(deadlines.next_fixed_date(date(2026, 1, 1), [(2, 29)]), date(2026, 2, 28))
        self.assertEqual(deadlines.next_fixed_date(date(2027, 12, 1), [(2, 29)]), date(2028, 2, 29))
        for month_days in ([], [(2, 30)], [(13, 1)]):
            with self.subTest(month_days=month_days), self.assertRaises(ValueError):
                deadlines.next_fixed_date(date(2026, 1, 1), month_days)

    def test_light(self):
        due = date(2026, 3, 9)
        for today, done, expected in [
            ("2026-03-06", None, "green"),
            ("2026-03-07", None, "amber"),
            ("2026-03-09", None, "amber"),
            ("2026-03-10", None, "red"),
            ("2026-03-20", "2026-03-09", "done"),
            ("2026-03-20", "2026-03-10", "late_done"),
        ]:
            with self.subTest(today=today, done=done):
                date_done = date.fromisoformat(done) if done else False
                self.assertEqual(deadlines.light(date.fromisoformat(today), due, date_done), expected)
        self.assertEqual(deadlines.light(date(2026, 3, 4), due, None, amber_days=5), "amber")
        self.assertEqual(deadlines.light(date(2026, 3, 9), due, None, amber_days=0), "amber")
        self.assertEqual(deadlines.light(date(2026, 3, 8), due, None, amber_days=0), "green")

    def test_light_without_due_date(self):
        """A limit that does not run cannot be late."""
        self.assertEqual(deadlines.light(date(2026, 3, 9), None, None), "green")
        self.assertEqual(deadlines.light(date(2026, 3, 9), False, date(2026, 3, 9)), "done")
