"""Time limits of a labour dispute."""

from datetime import date, timedelta

from odoo.tests.common import BaseCase, tagged

from ..tools import limitation
from ..tools.limitation import ArbitrationFacts


def day(text):
    return date.fromisoformat(text)


def last_day(date_known=None, ended=None, wages=False, interruptions=(), suspensions=(), calendar=None):
    """Compute from texts; return a text or None."""
    facts = ArbitrationFacts(
        date_known=date_known and day(date_known),
        is_wage_arrears=wages,
        employment_ended=ended and day(ended),
        interruptions=tuple(day(text) for text in interruptions),
        suspensions=tuple((day(begin), end and day(end)) for begin, end in suspensions),
    )
    result = limitation.arbitration(facts, calendar)
    return result and result.isoformat()


@tagged("post_install", "-at_install", "union_tools")
class TestToolsLimitation(BaseCase):
    # One year (劳动争议调解仲裁法 Art. 27)

    def test_one_year_from_knowing(self):
        """I12: the day of knowing is not counted; the end of the employment plays no part."""
        self.assertEqual(last_day("2025-03-10"), "2026-03-10")
        self.assertEqual(last_day("2025-03-10", ended="2025-06-30"), "2026-03-10")
        self.assertEqual(last_day("2024-02-29"), "2025-02-28")

    def test_day_of_knowing_is_needed(self):
        with self.assertRaisesRegex(ValueError, "known"):
            last_day()

    def test_wage_arrears(self):
        """I12: no limit during the employment, one year from its end, however old the arrears are."""
        self.assertIsNone(last_day("2019-01-01", wages=True))
        self.assertIsNone(last_day(wages=True))
        self.assertIsNone(last_day(wages=True, ended=False))
        self.assertEqual(last_day("2019-01-01", ended="2025-06-30", wages=True), "2026-06-30")
        self.assertEqual(last_day(ended="2025-06-30", wages=True), "2026-06-30")

    def test_rest_day_moves_only_with_a_calendar(self):
        """The bare date is a Sunday; with a calendar it moves, over a holiday too."""
        self.assertEqual(last_day("2025-03-08"), "2026-03-08")
        self.assertEqual(last_day("2025-03-08", calendar={}), "2026-03-09")
        holiday = {date(2026, 2, 15) + timedelta(days=step): "rest" for step in range(9)}
        self.assertEqual(last_day("2025-02-17", calendar=holiday), "2026-02-24")

    # Interruption (中断)

    def test_interruption_starts_a_new_year(self):
        self.assertEqual(last_day("2025-03-10", interruptions=["2025-12-01"]), "2026-12-01")
        self.assertEqual(last_day("2025-03-10", interruptions=["2026-11-30", "2025-12-01"]), "2027-11-30")

    def test_interruption_on_the_last_day_counts(self):
        self.assertEqual(last_day("2025-03-10", interruptions=["2026-03-10"]), "2027-03-10")

    def test_interruption_after_the_end_revives_nothing(self):
        self.assertEqual(last_day("2025-03-10", interruptions=["2026-03-11"]), "2026-03-10")
        chain = ["2024-06-01", "2025-06-02", "2025-07-01"]  # the second comes one day too late
        self.assertEqual(last_day("2024-01-10", interruptions=chain), "2025-06-01")

    def test_interruption_before_the_start_changes_nothing(self):
        self.assertEqual(last_day("2025-03-10", interruptions=["2025-01-01", "2025-03-10"]), "2026-03-10")
        self.assertEqual(last_day(ended="2025-06-30", wages=True, interruptions=["2025-05-01"]), "2026-06-30")
        self.assertEqual(last_day(ended="2025-06-30", wages=True, interruptions=["2025-08-01"]), "2026-08-01")

    # Suspension (中止)

    def test_suspension_lengthens_by_its_days(self):
        """The clock stands still from the first day of the obstacle to the day it is removed: here 30 days."""
        self.assertEqual(last_day("2025-03-10", suspensions=[("2025-06-01", "2025-07-01")]), "2026-04-09")

    def test_suspension_before_or_after_the_time(self):
        self.assertEqual(last_day("2025-03-10", suspensions=[("2025-01-01", "2025-02-01")]), "2026-03-10")
        self.assertEqual(last_day("2025-03-10", suspensions=[("2026-03-11", "2026-05-01")]), "2026-03-10")
        self.assertEqual(last_day("2025-03-10", suspensions=[("2026-03-11", None)]), "2026-03-10")

    def test_suspension_over_the_start_counts_from_the_start(self):
        self.assertEqual(last_day("2025-03-10", suspensions=[("2025-03-01", "2025-03-20")]), "2026-03-20")

    def test_suspension_at_the_edges(self):
        """One that begins on the last day still lengthens; one removed on its first day takes no day."""
        self.assertEqual(last_day("2025-03-10", suspensions=[("2026-03-10", "2026-03-15")]), "2026-03-15")
        self.assertEqual(last_day("2025-03-10", suspensions=[("2025-06-01", "2025-06-01")]), "2026-03-10")

    def test_suspension_that_begins_in_the_lengthened_time(self):
        """The first one moves the end behind the second one's beginning: 30 and 10 days."""
        pauses = [("2026-03-20", "2026-03-30"), ("2025-06-01", "2025-07-01")]
        self.assertEqual(last_day("2025-03-10", suspensions=pauses), "2026-04-19")

    def test_overlapping_suspensions_count_once(self):
        pauses = [("2025-06-01", "2025-06-20"), ("2025-06-10", "2025-07-01"), ("2025-06-12", "2025-06-13")]
        self.assertEqual(last_day("2025-03-10", suspensions=pauses), "2026-04-09")

    def test_suspension_that_lasts(self):
        """While the obstacle lasts there is no last day."""
        self.assertIsNone(last_day("2025-03-10", suspensions=[("2025-06-01", None)]))
        self.assertIsNone(last_day("2025-03-10", suspensions=[("2025-06-01", False)]))
        self.assertIsNone(last_day("2025-03-10", suspensions=[("2025-06-01", None), ("2025-06-01", "2025-07-01")]))
        self.assertIsNone(last_day("2025-03-10", suspensions=[("2026-03-10", None)], interruptions=["2025-04-01"]))

    def test_suspension_and_interruption(self):
        """Only the part of the suspension after the interruption lengthens the new year: 11 of 30 days."""
        self.assertEqual(
            last_day("2025-03-10", suspensions=[("2025-06-01", "2025-07-01")], interruptions=["2025-06-20"]),
            "2026-07-01",
        )
        self.assertEqual(
            last_day("2025-03-10", suspensions=[("2025-06-01", "2025-07-01")], interruptions=["2026-04-09"]),
            "2027-04-09",
        )

    def test_suspension_that_ends_before_it_begins(self):
        with self.assertRaises(ValueError):
            last_day("2025-03-10", suspensions=[("2025-06-02", "2025-06-01")])

    # Limits of the procedure

    def test_procedure_limits(self):
        """I12: the days of each article; the day of receipt is not counted."""
        received = day("2026-03-02")
        for function, days in [
            (limitation.lawsuit_after_award, 15),
            (limitation.annulment_by_employer, 30),
            (limitation.lawsuit_after_annulment, 15),
            (limitation.arbitration_acceptance, 5),
            (limitation.answer_of_respondent, 10),
            (limitation.arbitration_award, 45),
            (limitation.mediation, 15),
        ]:
            with self.subTest(function=function.__name__):
                self.assertEqual(function(received), received + timedelta(days=days))
        self.assertEqual(limitation.arbitration_award(received, extended=True), received + timedelta(days=60))

    def test_procedure_limits_move_off_rest_days(self):
        """15 days from September 20, 2026 end inside the National Day holiday."""
        holiday = {date(2026, 10, number): "rest" for number in range(1, 8)}
        self.assertEqual(limitation.lawsuit_after_award(day("2026-09-20")), day("2026-10-05"))
        self.assertEqual(limitation.lawsuit_after_award(day("2026-09-20"), holiday), day("2026-10-08"))
        self.assertEqual(limitation.lawsuit_after_award(day("2026-03-06"), {}), day("2026-03-23"))

    # Aid first (法律援助法 Art. 44)

    def test_allows_aid_first(self):
        """I9: fewer than seven days left, the last day included, not after it."""
        limit = day("2026-03-10")
        for today, expected in [
            ("2026-03-02", False),
            ("2026-03-03", False),
            ("2026-03-04", True),
            ("2026-03-10", True),
            ("2026-03-11", False),
        ]:
            with self.subTest(today=today):
                self.assertIs(limitation.allows_aid_first(day(today), limit), expected)
        self.assertIs(limitation.allows_aid_first(day("2026-03-10"), None), False)
        self.assertIs(limitation.allows_aid_first(day("2026-03-01"), limit, days=10), True)
