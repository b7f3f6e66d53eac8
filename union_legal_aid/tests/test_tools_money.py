"""Amounts to the cent and their division."""

import random
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from odoo.tests.common import BaseCase, tagged

from ..tools import money

# The same cases on each run, as many as a second or two allow, and no folder of examples left behind.
PROPERTY = settings(max_examples=3000, deadline=None, derandomize=True, database=None)
TOTALS = st.integers(0, 10**11).map(lambda cents: Decimal(cents) / 100)
HEADS = st.lists(st.integers(min_value=0, max_value=500), min_size=1, max_size=12)


def decimals(*texts):
    return [Decimal(text) for text in texts]


@tagged("post_install", "-at_install", "union_tools")
class TestToolsMoney(BaseCase):
    def test_cents_rounds_half_up(self):
        """A half cent goes up, however the amount is given; a float counts as it prints."""
        for amount, expected in [
            (0, "0.00"),
            (1000, "1000.00"),
            ("1409.5", "1409.50"),
            (Decimal("2.674"), "2.67"),
            (Decimal("2.675"), "2.68"),
            (2.675, "2.68"),
            (1.005, "1.01"),
            ("1.005", "1.01"),
            (0.1 + 0.2, "0.30"),
            (Decimal("-2.675"), "-2.68"),
        ]:
            with self.subTest(amount=amount):
                self.assertEqual(str(money.cents(amount)), expected)

    def test_cents_refuses_what_is_not_a_number(self):
        for amount in [
            None,
            True,
            False,
            "",
            "1,000.00",
            "a",
            "NaN",
            float("nan"),
            float("inf"),
            Decimal("-Infinity"),
            [],
        ]:
            with self.subTest(amount=amount), self.assertRaises(ValueError):
                money.cents(amount)

    def test_cents_refuses_too_many_digits(self):
        with self.assertRaises(ValueError):
            money.cents(Decimal("1e30"))

    def test_split_that_divides(self):
        """M3: split by headcount."""
        self.assertEqual(money.split(Decimal("1600.00"), [3, 1]), decimals("1200.00", "400.00"))

    def test_split_that_does_not_divide(self):
        """M3: the cent left over goes to the share that lost most, between equal losses to the earlier one."""
        self.assertEqual(money.split(Decimal(100), [1, 1, 1]), decimals("33.34", "33.33", "33.33"))
        self.assertEqual(money.split(Decimal(200), [1, 1, 1]), decimals("66.67", "66.67", "66.66"))
        self.assertEqual(money.split(Decimal(1000), [2, 3, 2]), decimals("285.71", "428.57", "285.72")[::-1])
        self.assertEqual(money.split(Decimal("0.01"), [1, 1, 2]), decimals("0.00", "0.00", "0.01"))
        self.assertEqual(money.split(Decimal("0.02"), [1, 1, 1]), decimals("0.01", "0.01", "0.00"))
        self.assertEqual(money.split(600000, [1, 1, 1]), decimals("200000.00", "200000.00", "200000.00"))

    def test_split_equal_losses(self):
        """M3: half a cent lost on both sides: it goes to the greater weight, wherever that stands."""
        self.assertEqual(money.split(Decimal("0.02"), [1, 3]), decimals("0.00", "0.02"))
        self.assertEqual(money.split(Decimal("0.02"), [3, 1]), decimals("0.02", "0.00"))

    def test_split_weights(self):
        """Weights may be decimals; a weight of zero gets nothing, even when cents are left over."""
        self.assertEqual(money.split(Decimal("0.05"), [0, 1, 0, 1]), decimals("0.00", "0.03", "0.00", "0.02"))
        self.assertEqual(money.split(Decimal(100), decimals("0.335", "0.665")), decimals("33.50", "66.50"))
        self.assertEqual(money.split(0, [1, 2]), decimals("0.00", "0.00"))
        self.assertEqual(money.split(Decimal("12.34"), [7]), decimals("12.34"))

    def test_split_takes_the_float_of_a_monetary_field(self):
        self.assertEqual(money.split(0.1 + 0.2, [1, 1]), decimals("0.15", "0.15"))

    def test_split_refuses(self):
        for total, weights in [
            (Decimal("-0.01"), [1]),
            (Decimal("0.005"), [1]),
            (Decimal("NaN"), [1]),
            (Decimal(1), []),
            (Decimal(1), [0, 0]),
            (Decimal(1), [1, -1]),
            (Decimal(1), [Decimal("NaN")]),
            (Decimal(1), [Decimal("Infinity")]),
            (Decimal(1), [None]),
        ]:
            with self.subTest(total=total, weights=weights), self.assertRaises(ValueError):
                money.split(total, weights)

    def test_split_properties(self):
        """M3: on many cases the shares add up to the total, are right to the cent, and are the same each time."""
        chance = random.Random(20160520)
        for _case in range(2000):
            total = Decimal(chance.randrange(10 ** chance.randrange(1, 12))) / 100
            weights = [chance.randrange(50) for _weight in range(chance.randrange(1, 12))]
            weights[chance.randrange(len(weights))] += 1
            shares = money.split(total, weights)
            with self.subTest(total=total, weights=weights):
                self.assertEqual(sum(shares), total)
                self.assertEqual(shares, money.split(total, weights))
                for share, weight in zip(shares, weights, strict=True):
                    exact = Fraction(total) * weight / sum(weights)
                    self.assertLess(abs(Fraction(share) - exact), Fraction(1, 100))
                    self.assertEqual(share, share.quantize(Decimal("0.01")))

    def test_property_sum_and_fairness(self):
        """M3: the shares add up to the total to the cent, and each is within a cent of its exact value."""

        @PROPERTY
        @given(TOTALS, HEADS)
        def check(total, heads):
            assume(any(heads))
            shares = money.split(total, heads)
            self.assertEqual(sum(shares), total)
            for share, weight in zip(shares, heads, strict=True):
                self.assertLess(abs(Fraction(share) - Fraction(total) * weight / sum(heads)), Fraction(1, 100))

        check()

    def test_property_order_independent(self):
        """M3: in whatever order the jurisdictions stand, the same shares come out; different heads keep their own."""

        @PROPERTY
        @given(TOTALS, HEADS, st.randoms(use_true_random=False))
        def check(total, heads, chance):
            assume(any(heads))
            order = list(range(len(heads)))
            chance.shuffle(order)
            shares = money.split(total, heads)
            shuffled = money.split(total, [heads[index] for index in order])
            self.assertEqual(sorted(shares), sorted(shuffled))
            for weight in {weight for weight in heads if heads.count(weight) == 1}:
                self.assertEqual(shares[heads.index(weight)], shuffled[order.index(heads.index(weight))])

        check()

    def test_property_monotone(self):
        """M3: more workers never pay less, and for two payers a higher fee never lowers a share."""

        @PROPERTY
        @given(TOTALS, HEADS, TOTALS, st.integers(0, 500))
        def check(total, heads, more, second):
            assume(any(heads))
            pairs = sorted(zip(heads, money.split(total, heads), strict=True))
            self.assertEqual([share for _heads, share in pairs], sorted(share for _heads, share in pairs))
            two = [max(heads), second]
            for before, after in zip(money.split(total, two), money.split(total + more, two), strict=True):
                self.assertLessEqual(before, after)

        check()
