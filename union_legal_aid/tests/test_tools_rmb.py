"""Amounts and dates in Chinese capitals."""

import random
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests.common import BaseCase, tagged

from ..tools import money, rmb

# The same cases on each run, as many as a second or two allow, and no folder of examples left behind.
PROPERTY = settings(max_examples=3000, deadline=None, derandomize=True, database=None)
FEN = st.integers(0, 10**18 - 1)

VALUES = {char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def read_integer(text):
    """Read capitals back as a reader does: an independent check of what was written."""
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        if unit in text:
            high, low = text.rsplit(unit, 1) if unit == "亿" else text.split(unit, 1)
            return read_integer(high) * size + read_integer(low)
    total = digit = 0
    for char in text:
        if char in UNITS:
            total, digit = total + digit * UNITS[char], 0
        else:
            digit = VALUES[char]
    return total + digit


def read_capitals(text):
    """Return the amount in 分."""
    yuan, _sign, rest = text.removeprefix("人民币").rpartition("元")
    fen = 100 * read_integer(yuan)
    digit = 0
    for char in rest:
        if char in VALUES:
            digit = VALUES[char]
        else:
            fen += digit * {"角": 10, "分": 1, "整": 0}[char]
    return fen


@tagged("post_install", "-at_install", "union_tools")
class TestToolsRmb(BaseCase):
    def test_canonical_vectors(self):
        """M8: the amounts that the payment rules print as examples, and those that other libraries get wrong."""
        for amount, expected in [
            ("0", "零元整"),
            ("0.05", "伍分"),
            ("10", "壹拾元整"),
            ("960", "玖佰陆拾元整"),
            ("1000", "壹仟元整"),
            ("1409.50", "壹仟肆佰零玖元伍角"),
            ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
            ("6007.14", "陆仟零柒元壹角肆分"),
            ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
            ("107000.53", "壹拾万柒仟元零伍角叁分"),
            ("325.04", "叁佰贰拾伍元零肆分"),
            ("10010", "壹万零壹拾元整"),
            ("10000000.00", "壹仟万元整"),
            ("100000000", "壹亿元整"),
            ("100002000", "壹亿零贰仟元整"),
            # Beyond the table of canonical forms
            ("0.50", "伍角"),
            ("0.55", "伍角伍分"),
            ("10.50", "壹拾元零伍角"),
            ("15", "壹拾伍元整"),
            ("10950", "壹万零玖佰伍拾元整"),
            ("109500000", "壹亿零玖佰伍拾万元整"),
            ("11.01", "壹拾壹元零壹分"),
            ("1010010.01", "壹佰零壹万零壹拾元零壹分"),
            ("40.00", "肆拾元整"),
            ("1000000.10", "壹佰万元零壹角"),
            ("100050000", "壹亿零伍万元整"),
            ("1000000000000", "壹万亿元整"),
            ("1000010000000", "壹万亿壹仟万元整"),
            ("9999999999999999.99", "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        ]:
            with self.subTest(amount=amount):
                self.assertEqual(rmb.to_capitals(Decimal(amount)), "人民币" + expected)

    def test_rounds_like_the_stored_amount(self):
        """M8: half a cent goes up, for a Decimal, a text and the float of a Monetary field alike."""
        for amount, expected in [
            ("1.005", "壹元零壹分"),
            ("2.675", "贰元陆角捌分"),
            ("1234.999", "壹仟贰佰叁拾伍元整"),
        ]:
            for value in (Decimal(amount), amount, float(amount)):
                with self.subTest(amount=value):
                    self.assertEqual(rmb.to_capitals(value), "人民币" + expected)

    def test_refuses(self):
        """A voucher has no negative amount, and 10¹⁶ has no place."""
        for amount in [
            Decimal("-1409.50"),
            Decimal("-0.01"),
            Decimal("NaN"),
            Decimal("Infinity"),
            Decimal(10**16),
            None,
            "",
        ]:
            with self.subTest(amount=amount), self.assertRaises(ValueError):
                rmb.to_capitals(amount)

    def test_can_be_read_back(self):
        """M8: what is written reads as the amount it came from; never two 零 together, none before 元."""
        chance = random.Random(20160520)
        amounts = {chance.randrange(10 ** chance.randrange(1, 18)) for _case in range(3000)}
        amounts |= {digit * 10**place + rest for digit in (1, 9) for place in range(17) for rest in (0, 1, 10, 5000)}
        for fen in amounts:
            text = rmb.to_capitals(Decimal(fen) / 100)
            with self.subTest(fen=fen, text=text):
                self.assertEqual(read_capitals(text), fen)
                self.assertNotIn("零零", text)
                self.assertTrue("零元" not in text or not fen)
                self.assertEqual(text.endswith("整"), fen % 100 == 0)
                self.assertEqual(text.endswith("分"), fen % 10 != 0)

    def test_property_figures_and_capitals_agree(self):
        """M8: from zero to the limit, the words read as the figures, use no other characters, and differ for other amounts."""

        @PROPERTY
        @given(FEN, FEN)
        def check(fen, other):
            text = rmb.to_capitals(Decimal(fen) / 100)
            self.assertEqual(read_capitals(text), fen)
            self.assertLessEqual(set(text), set("人民币零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整"))
            self.assertEqual(text == rmb.to_capitals(Decimal(other) / 100), fen == other)

        check()

    def test_property_capitals_of_shares_add_up(self):
        """M3, M8: read back from paper, the shares of a fee add up to the fee."""

        @PROPERTY
        @given(st.integers(0, 10**11), st.lists(st.integers(1, 500), min_size=1, max_size=8))
        def check(fen, heads):
            shares = money.split(Decimal(fen) / 100, heads)
            self.assertEqual(sum(read_capitals(rmb.to_capitals(share)) for share in shares), fen)

        check()

    def test_property_float_of_a_stored_amount(self):
        """M8: a Monetary field gives floats; the same words come out, whatever way the amount comes."""

        @PROPERTY
        @given(st.integers(0, 10**13))
        def check(fen):
            amount = Decimal(fen) / 100
            self.assertEqual(rmb.to_capitals(float(amount)), rmb.to_capitals(amount))

        check()

    def test_bill_date(self):
        """Rule 7 of the payment rules: 零 before months 1, 2, 10 and days 1-9, 10, 20, 30."""
        for day, expected in [
            (date(2026, 1, 15), "贰零贰陆年零壹月壹拾伍日"),
            (date(2026, 10, 20), "贰零贰陆年零壹拾月零贰拾日"),
            (date(2026, 2, 10), "贰零贰陆年零贰月零壹拾日"),
            (date(2026, 3, 9), "贰零贰陆年叁月零玖日"),
            (date(2016, 5, 20), "贰零壹陆年伍月零贰拾日"),
            (date(2025, 11, 30), "贰零贰伍年壹拾壹月零叁拾日"),
            (date(2025, 12, 31), "贰零贰伍年壹拾贰月叁拾壹日"),
            (date(2024, 12, 21), "贰零贰肆年壹拾贰月贰拾壹日"),
        ]:
            with self.subTest(day=day):
                self.assertEqual(rmb.bill_date(day), expected)
