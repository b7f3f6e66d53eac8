"""What makes two receipts the same one."""

from datetime import date

from odoo.tests.common import BaseCase, tagged

from ..tools import receipts

DAY = date(2026, 3, 2)


@tagged("post_install", "-at_install", "union_tools")
class TestToolsReceipts(BaseCase):
    def test_same_number_however_typed(self):
        """M2: blanks, hyphens, full-width digits and small letters make no other receipt."""
        for text in (
            "3700192130 00017123",
            "3700192130-00017123",
            "３７００１９２１３０　０００１７１２３",
            "370019213000017123",
        ):
            with self.subTest(text=text):
                self.assertEqual(receipts.key("", text, None, 1), "370019213000017123")
        self.assertEqual(receipts.normal("z12 a-3"), "Z12A3")

    def test_code_and_number(self):
        """M2: an invoice is known by code and number, whatever sum or day is entered with it."""
        first = receipts.key("041002200111", "12345678", DAY, 100)
        self.assertEqual(first, receipts.key("", "04100220011112345678", None, 99))
        self.assertNotEqual(first, receipts.key("041002200111", "12345679", DAY, 100))

    def test_short_numbers(self):
        """M2: a slip is the same if number, day and sum are the same; without a day nobody can tell."""
        slip = receipts.key("", "17", DAY, 86.5)
        self.assertEqual(slip, receipts.key(False, " 17 ", DAY, "86.50"))
        for other in (
            receipts.key("", "18", DAY, 86.5),
            receipts.key("", "17", date(2026, 3, 3), 86.5),
            receipts.key("", "17", DAY, 86.51),
        ):
            self.assertNotEqual(slip, other)
        self.assertIsNone(receipts.key("", "17", None, 86.5))
        self.assertIsNone(receipts.key("", "", DAY, 86.5))

    def test_well_formed(self):
        """F§10: codes of 10 or 12 digits with numbers of 8 (tax), of 8 with 10 (fiscal); none for electronic ones."""
        for code, number, fine in (
            ("4100202130", "12345678", True),
            ("041002200111", "12345678", True),
            ("41060120", "1234567890", True),
            ("", "26412000000012345678", True),
            ("", "Z12A345", True),
            ("4100202130", "1234567", False),
            ("41002021", "123", False),
            ("41002021AB", "12345678", False),
            ("4100202130", "", False),
            ("", "", False),
        ):
            with self.subTest(code=code, number=number):
                self.assertEqual(receipts.is_well_formed(code, number), fine)

    def test_checksum(self):
        self.assertEqual(receipts.checksum(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
