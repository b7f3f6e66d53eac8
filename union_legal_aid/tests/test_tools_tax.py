"""Withholding on pay for labour."""

from decimal import Decimal

from odoo.tests.common import BaseCase, tagged

from ..tools import tax


@tagged("post_install", "-at_install", "union_tools")
class TestToolsTax(BaseCase):
    def test_brackets(self):
        """M9: the flat yearly subsidy gives 40.00; both sides of each boundary."""
        for gross, expected in [
            ("0", "0.00"),
            ("800", "0.00"),
            ("800.01", "0.00"),
            ("800.03", "0.01"),
            ("1000", "40.00"),
            ("4000", "640.00"),
            ("4000.01", "640.00"),
            ("4000.50", "640.08"),
            ("5000", "800.00"),
            ("25000", "4000.00"),
            ("25000.01", "4000.00"),
            ("25001", "4000.24"),
            ("30000", "5200.00"),
            ("62500", "13000.00"),
            ("62500.01", "13000.00"),
            ("62501", "13000.32"),
            ("100000", "25000.00"),
        ]:
            with self.subTest(gross=gross):
                self.assertEqual(str(tax.withholding_on_labour(Decimal(gross))), expected)

    def test_takes_the_float_of_a_monetary_field(self):
        self.assertEqual(tax.withholding_on_labour(1000.0), Decimal("40.00"))

    def test_grows_with_the_amount(self):
        """No step at a boundary: a yuan more never costs more than 40 cents of tax."""
        previous = Decimal(0)
        for gross in range(0, 70000, 7):
            current = tax.withholding_on_labour(Decimal(gross))
            self.assertTrue(Decimal(0) <= current - previous <= Decimal("2.81"), gross)
            previous = current

    def test_refuses(self):
        for gross in [Decimal("-1"), Decimal("NaN"), None]:
            with self.subTest(gross=gross), self.assertRaises(ValueError):
                tax.withholding_on_labour(gross)
