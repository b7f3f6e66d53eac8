"""What a fee schedule gives for one service."""

from decimal import Decimal
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests.common import BaseCase, tagged

from ..tools import fees, money

# The same cases on each run, as many as a second or two allow, and no folder of examples left behind.
PROPERTY = settings(max_examples=2000, deadline=None, derandomize=True, database=None)
YUAN = st.integers(0, 10**7).map(lambda cents: Decimal(cents) / 100)
FACTORS = st.integers(0, 20000).map(lambda cents: Decimal(cents) / 100)
ITEMS = st.integers(min_value=1, max_value=60)
BATCHES = st.builds(fees.Batch, st.sampled_from(fees.BATCH_RULES), FACTORS, YUAN)
CASE_MODIFIERS = st.one_of(
    st.builds(
        fees.Modifier,
        st.sampled_from(("cross_city", "complex")),
        st.just("add"),
        YUAN,
        st.sampled_from(("", "far or difficult")),
    ),
    st.builds(fees.Modifier, st.sampled_from(("quality_good", "quality_poor")), st.just("percent"), FACTORS),
)
PERSONAL = st.builds(
    lambda kind, operation, value: fees.Modifier(kind, operation, value, is_personal=True),
    st.sampled_from(("public_servant", "staff")),
    st.sampled_from(("percent", "fixed")),
    FACTORS,
)
MODIFIERS = st.lists(st.one_of(CASE_MODIFIERS, PERSONAL), max_size=4)


@tagged("post_install", "-at_install", "union_tools")
class TestToolsFees(BaseCase):
    def test_rate_alone(self):
        quote = fees.quote(1600)
        self.assertEqual(str(quote.amount), "1600.00")
        self.assertEqual(quote.steps, (("rate", Decimal("1600.00"), Decimal("1600.00")),))

    def test_days_and_pieces(self):
        self.assertEqual(fees.quote(100, quantity=3).amount, 300)
        self.assertEqual(fees.quote(200, quantity=0.5).amount, 100)

    def test_group_rule(self):
        """M2: the first item in full, each further one added, up to the cap (F§4, 莆田涵江 2016)."""
        batch = fees.Batch("add", Decimal(200), Decimal(5000))
        for items, amount in ((1, 1200), (2, 1400), (20, 5000), (21, 5000), (100, 5000)):
            with self.subTest(items=items):
                self.assertEqual(fees.quote(1200, items=items, batch=batch).amount, amount)
        self.assertEqual(fees.quote(1200, items=19, batch=batch).amount, 4800)
        self.assertEqual(fees.quote(1000, items=3, batch=fees.Batch("percent", Decimal(50))).amount, 2000)

    def test_first_item_is_never_capped(self):
        batch = fees.Batch("add", Decimal(200), Decimal(1000))
        self.assertEqual(fees.quote(1200, items=1, batch=batch).amount, 1200)
        self.assertEqual(fees.quote(1200, items=9, batch=batch).amount, 1200)

    def test_order_of_the_parts(self):
        """Rate and items, then quality, then additions, then the person, then the cap."""
        quote = fees.quote(
            1000,
            items=2,
            batch=fees.Batch("add", Decimal(200)),
            modifiers=[fees.Modifier("cross_city", "add", Decimal(500)), fees.Modifier("quality_poor", "percent", 50)],
            cap=1000,
        )
        self.assertEqual(
            [(what, amount) for what, _figure, amount in quote.steps],
            [("rate", 1000), ("batch", 1200), ("quality_poor", 600), ("cross_city", 1100), ("cap", 1000)],
        )

    def test_counts_once(self):
        """F§4: 跨省或重大疑难复杂 +1000: one of them, however many apply."""
        far = fees.Modifier("cross_province", "add", Decimal(1000), "far or difficult")
        hard = fees.Modifier("complex", "add", Decimal(800), "far or difficult")
        self.assertEqual(fees.quote(1200, modifiers=[far, hard]).amount, 2200)
        self.assertEqual(fees.quote(1200, modifiers=[hard]).amount, 2000)

    def test_person(self):
        """F§4: staff at 300 instead of the whole; a public servant at nothing; both: the lesser."""
        staff = fees.Modifier("staff", "fixed", Decimal(300), is_personal=True)
        servant = fees.Modifier("public_servant", "percent", Decimal(0), is_personal=True)
        far = fees.Modifier("cross_city", "add", Decimal(500))
        self.assertEqual(fees.quote(1200, modifiers=[staff, far]).amount, 300)
        self.assertEqual(fees.quote(1200, modifiers=[servant, far, staff]).amount, 0)

    def test_rounded_once(self):
        """Half a cent goes up, and only the end is rounded: a third and a third of a cent are not lost on the way."""
        halves = [fees.Modifier("quality_good", "percent", Decimal("50")), fees.Modifier("x", "percent", Decimal("50"))]
        self.assertEqual(fees.quote(Decimal("0.02"), modifiers=halves[:1]).amount, Decimal("0.01"))
        self.assertEqual(fees.quote(Decimal("0.02"), modifiers=halves).amount, Decimal("0.01"))
        self.assertEqual(fees.quote(Decimal("0.01"), modifiers=halves).amount, 0)

    def test_refuses(self):
        for step in (
            lambda: fees.quote(-1),
            lambda: fees.quote(1, items=0),
            lambda: fees.quote(1, batch=fees.Batch("some")),
            lambda: fees.quote(1, cap=-1),
            lambda: fees.quote(1, modifiers=[fees.Modifier("x", "add", -1)]),
            lambda: fees.quote(1, modifiers=[fees.Modifier("x", "fixed", 1)]),
            lambda: fees.quote(1, modifiers=[fees.Modifier("x", "odd", 1, is_personal=True)]),
        ):
            with self.assertRaises(ValueError):
                step()

    def test_property_cents_and_cap(self):
        """M2: on thousands of cases the fee is exact to the cent, never negative, never above the cap, and is its last step."""

        @PROPERTY
        @given(YUAN, ITEMS, BATCHES, MODIFIERS, YUAN)
        def check(rate, items, batch, modifiers, cap):
            quote = fees.quote(rate, items=items, batch=batch, modifiers=modifiers, cap=cap)
            self.assertEqual(quote.amount, money.cents(quote.amount))
            self.assertGreaterEqual(quote.amount, 0)
            self.assertEqual(quote.steps[-1][2], quote.amount)
            if cap:
                self.assertLessEqual(quote.amount, cap)

        check()

    def test_property_order_independent(self):
        """M2: in whatever order the additions of a schedule are entered, the fee is the same."""

        @PROPERTY
        @given(YUAN, ITEMS, BATCHES, st.lists(st.one_of(CASE_MODIFIERS, PERSONAL), max_size=3))
        def check(rate, items, batch, modifiers):
            amounts = {
                fees.quote(rate, items=items, batch=batch, modifiers=order).amount for order in permutations(modifiers)
            }
            self.assertEqual(len(amounts), 1)

        check()

    def test_property_monotone(self):
        """M2: a higher rate, one more item or one more addition never gives less."""

        @PROPERTY
        @given(YUAN, YUAN, ITEMS, BATCHES, st.lists(CASE_MODIFIERS, max_size=4), YUAN, YUAN)
        def check(rate, more, items, batch, modifiers, cap, addition):
            def amount(rate=rate, items=items, modifiers=modifiers):
                return fees.quote(rate, items=items, batch=batch, modifiers=modifiers, cap=cap).amount

            self.assertGreaterEqual(amount(rate=rate + more), amount())
            self.assertGreaterEqual(amount(items=items + 1), amount())
            self.assertGreaterEqual(amount(modifiers=[*modifiers, fees.Modifier("other", "add", addition)]), amount())

        check()
