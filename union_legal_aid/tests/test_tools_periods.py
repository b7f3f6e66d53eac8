"""Months as money is reckoned by."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests.common import BaseCase, tagged

from ..tools import periods

FIRST, LAST = date(2026, 2, 1), date(2026, 2, 28)
# The same cases on each run, as many as a second or two allow, and no folder of examples left behind.
PROPERTY = settings(max_examples=3000, deadline=None, derandomize=True, database=None)
DAYS = st.integers(-90, 90).map(lambda days: FIRST + timedelta(days=days))
SHARES = st.lists(st.tuples(DAYS, st.none() | DAYS, st.integers(1, 10**7)), max_size=20)


@tagged("post_install", "-at_install", "union_tools")
class TestToolsPeriods(BaseCase):
    def test_months(self):
        self.assertEqual(periods.month_of(date(2028, 2, 5)), (date(2028, 2, 1), date(2028, 2, 29)))
        self.assertEqual(periods.month_before(date(2026, 1, 31)), date(2025, 12, 1))

    def test_standing(self):
        """M12: at the boundaries: the first and the last day are days of the month."""
        before, after = FIRST - timedelta(days=1), LAST + timedelta(days=1)
        for due, paid, expected in (
            (before, None, {"opening", "closing"}),
            (before, before, set()),
            (before, FIRST, {"opening", "paid"}),
            (before, LAST, {"opening", "paid"}),
            (before, after, {"opening", "closing"}),
            (FIRST, None, {"new", "closing"}),
            (FIRST, FIRST, {"new", "paid"}),
            (LAST, after, {"new", "closing"}),
            (LAST, before, {"new", "paid"}),
            (after, None, set()),
            (after, LAST, set()),
        ):
            with self.subTest(due=due, paid=paid):
                self.assertEqual(periods.standing(FIRST, LAST, due, paid), expected)

    def test_property_balance(self):
        """M12: opening + new − paid = closing, for every month and whatever the days are; and one month goes on in the next."""

        @PROPERTY
        @given(SHARES)
        def check(shares):
            def total(part, first, last):
                return sum(
                    Decimal(fen) / 100 for due, paid, fen in shares if part in periods.standing(first, last, due, paid)
                )

            march = periods.month_of(date(2026, 3, 1))
            for month in ((FIRST, LAST), march):
                balance = total("opening", *month) + total("new", *month) - total("paid", *month)
                self.assertEqual(balance, total("closing", *month))
            self.assertEqual(total("closing", FIRST, LAST), total("opening", *march))

        check()
