"""Identifiers, telephone and account numbers."""

import ast
import random
from datetime import date
from pathlib import Path

from odoo.tests.common import BaseCase, tagged

from ..tools import ids

# All numbers are synthetic, except the first social credit code, which is a university's.
RESIDENT_IDS = ["410402198501010125", "410404199003072830", "410411200012314482", "810000199901010014"]
USCCS = [
    "91110000600037341L",
    "81410400MC12345677",
    "31410000MD01234568",
    "N2410421MF12345679",
    "12410400MB0000001L",
]
TODAY = date(2026, 11, 23)


@tagged("post_install", "-at_install", "union_tools")
class TestToolsIds(BaseCase):
    def assertFine(self, result):
        self.assertEqual(result, (True, ""))

    def assertWarned(self, result, word):
        self.assertTrue(result[0], result)
        self.assertIn(word, result[1])

    def assertRefused(self, result, word):
        self.assertFalse(result[0], result)
        self.assertIn(word, result[1])

    # Resident identity number

    def test_resident_id_vectors(self):
        """I11: valid numbers, among them a residence permit of Hong Kong (81)."""
        for number in RESIDENT_IDS:
            with self.subTest(number=number):
                self.assertFine(ids.check_resident_id(number, TODAY))

    def test_resident_id_impossible_date(self):
        """A right check character does not save a date that does not exist."""
        self.assertRefused(ids.check_resident_id("410482197802290017", TODAY), "date of birth")

    def test_resident_id_as_typed(self):
        """Spaces, full-width digits, a small x, and the invisible characters of copied text."""
        for typed in [
            "410402 19850101 0125",
            "４１０４０２１９８５０１０１０１２５",
            "\u200e410402198501010125\ufeff\n",
        ]:
            with self.subTest(typed=typed):
                self.assertEqual(ids.normalise_resident_id(typed), RESIDENT_IDS[0])
                self.assertFine(ids.check_resident_id(typed, TODAY))
        self.assertEqual(ids.normalise_resident_id("41040219850101099x"), "41040219850101099X")

    def test_resident_id_check_character(self):
        """Every single mistyped digit and every swap of neighbours is found, as are all ten wrong check characters."""
        for number in RESIDENT_IDS:
            for place in range(18):
                for digit in set("0123456789X" if place == 17 else "0123456789") - {number[place]}:
                    wrong = number[:place] + digit + number[place + 1 :]
                    self.assertFalse(ids.check_resident_id(wrong, TODAY)[0], wrong)
            for place in range(17):
                swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
                self.assertEqual(ids.check_resident_id(swapped, TODAY)[0], swapped == number, swapped)

    def test_resident_id_with_x(self):
        numbers = (f"4104021985010101{sequence:02}" for sequence in range(100))
        with_x = [number[:17] for number in numbers if ids._resident_check(number) == "X"]
        self.assertTrue(with_x)
        for number in with_x:
            self.assertFine(ids.check_resident_id(number + "x", TODAY))

    def test_resident_id_birth_not_after_today(self):
        self.assertFine(ids.check_resident_id("410411200012314482", date(2000, 12, 31)))
        self.assertRefused(ids.check_resident_id("410411200012314482", date(2000, 12, 30)), "date of birth")

    def test_resident_id_form(self):
        for text, word in [
            ("", "missing"),
            (None, "missing"),
            (False, "missing"),
            ("   ", "missing"),
            ("41040219850101012", "17 digits"),
            ("4104021985010101255", "17 digits"),
            ("4104O2198501010125", "17 digits"),
            ("X10402198501010125", "17 digits"),
            ("٤١٠٤٠٢١٩٨٥٠١٠١٠١٢٥", "17 digits"),
        ]:
            with self.subTest(text=text):
                self.assertRefused(ids.check_resident_id(text, TODAY), word)

    def test_resident_id_unknown_place_warns(self):
        """Divisions come and go: an old county passes in silence, a province that never was passes with a warning."""
        for place, known in [
            ("412702", True),
            ("410426", True),
            ("310119", True),
            ("990000", False),
            ("010101", False),
        ]:
            body = place + "19900101001"
            number = body + ids._resident_check(body + "0")
            with self.subTest(place=place):
                if known:
                    self.assertFine(ids.check_resident_id(number, TODAY))
                else:
                    self.assertWarned(ids.check_resident_id(number, TODAY), "unknown place")

    def test_resident_id_permanent_residence(self):
        """The card of a foreign permanent resident begins with 9 and the province."""
        body = "94115619900101001"
        self.assertFine(ids.check_resident_id(body + ids._resident_check(body + "0"), TODAY))

    def test_resident_id_of_15_digits(self):
        """Only the import of old files takes them."""
        self.assertRefused(ids.check_resident_id("410402850101012", TODAY), "15 digits")
        self.assertWarned(ids.check_resident_id("410402850101012", TODAY, legacy=True), "15 digits")
        self.assertRefused(ids.check_resident_id("410402851301012", TODAY, legacy=True), "date of birth")

    def test_resident_id_facts(self):
        self.assertEqual(ids.resident_id_facts("410402198501010125"), (date(1985, 1, 1), "female"))
        self.assertEqual(ids.resident_id_facts("410404199003072830"), (date(1990, 3, 7), "male"))
        self.assertEqual(ids.resident_id_facts("410411200012314482"), (date(2000, 12, 31), "female"))
        self.assertEqual(ids.resident_id_facts("810000199901010014"), (date(1999, 1, 1), "male"))
        self.assertEqual(ids.resident_id_facts("410402850101011"), (date(1985, 1, 1), "male"))
        for text in ["", None, "410482197802290017", "12345"]:
            with self.subTest(text=text), self.assertRaises(ValueError):
                ids.resident_id_facts(text)

    # Organizations

    def test_uscc_vectors(self):
        """Also those whose first eight places hold a letter."""
        for code in USCCS:
            with self.subTest(code=code):
                self.assertFine(ids.check_uscc(code))
                self.assertFine(ids.check_uscc(f" {code.lower()} "))

    def test_uscc_check_character(self):
        """Every single mistyped character is found."""
        for code in USCCS:
            for place in range(18):
                for char in set(ids._USCC_ALPHABET) - {code[place]}:
                    wrong = code[:place] + char + code[place + 1 :]
                    self.assertRefused(ids.check_uscc(wrong), "does not fit")

    def test_weights_follow_the_standards(self):
        """GB 32100: powers of 3 modulo 31; GB 11643: powers of 2 modulo 11, counted from the end."""
        self.assertEqual(ids._USCC_WEIGHTS, tuple(pow(3, place, 31) for place in range(17)))
        self.assertEqual(ids._RESIDENT_WEIGHTS, tuple(pow(2, 17 - place, 11) for place in range(17)))

    def test_uscc_form(self):
        for text, word in [
            ("", "missing"),
            (None, "missing"),
            ("91110000600037341", "18 characters"),
            ("91110000600037341LL", "18 characters"),
            ("9111000O600037341L", "no I, O"),
            ("9111000-600037341L", "no I, O"),
        ]:
            with self.subTest(text=text):
                self.assertRefused(ids.check_uscc(text), word)

    # Lawyers

    def test_license(self):
        """T4: 17 digits; another city and old certificates are soft."""
        self.assertFine(ids.check_license("14104201510123456"))
        self.assertFine(ids.check_license("14104201510123456", "14104"))
        self.assertFine(ids.check_license(" １4104 2015 1 0 123456", "14104"))
        self.assertWarned(ids.check_license("14101201510123456", "14104"), "another city")
        self.assertFine(ids.check_license("14101201510123456"))
        self.assertWarned(ids.check_license("160410112345"), "12 digits")
        self.assertWarned(ids.check_license("24104201510123456", "14104"), "begin with 1")

    def test_license_refused(self):
        for text in ["1410420151012345", "141042015101234567", "1410420151012345X", "1"]:
            with self.subTest(text=text):
                self.assertRefused(ids.check_license(text), "17 digits")
        self.assertRefused(ids.check_license(""), "missing")

    # Telephone and bank

    def test_mobile(self):
        for text in [
            "13812348000",
            "+86 138 1234 8000",
            "86-13812348000",
            "0086 19912348000",
            "１３８１２３４８０００",
        ]:
            with self.subTest(text=text):
                self.assertFine(ids.check_mobile(text))
        for text in ["12812348000", "1381234800", "138123480000", "0375-3799618", "1381234800a"]:
            with self.subTest(text=text):
                self.assertRefused(ids.check_mobile(text), "11 digits")
        self.assertRefused(ids.check_mobile(None), "missing")

    def test_phone(self):
        for text in ["13812348000", "0375-3799618", "（0375）7058726", "010-12345678"]:
            with self.subTest(text=text):
                self.assertFine(ids.check_phone(text))
        self.assertWarned(ids.check_phone("3799618"), "area code")
        self.assertRefused(ids.check_phone("12345"), "neither")
        self.assertRefused(ids.check_phone("0375"), "neither")
        self.assertRefused(ids.check_phone(""), "missing")

    def test_bank_account(self):
        """The Luhn check warns only: accounts of companies and passbooks do not follow it."""
        self.assertFine(ids.check_bank_account("6222 0212 3456 1236"))
        self.assertFine(ids.check_bank_account("6222-0212-3456-7890-128"))
        self.assertWarned(ids.check_bank_account("6222021234561234"), "fails the check")
        self.assertWarned(ids.check_bank_account("41001500000000000001"), "16 to 19")
        self.assertWarned(ids.check_bank_account("170212345678"), "16 to 19")
        self.assertRefused(ids.check_bank_account("6.22202E+15"), "digits only")
        self.assertWarned(ids.check_bank_account("12345678"), "16 to 19")
        self.assertWarned(ids.check_bank_account("1" * 30), "16 to 19")
        self.assertRefused(ids.check_bank_account("1234567"), "length")
        self.assertRefused(ids.check_bank_account("1" * 31), "length")
        self.assertRefused(ids.check_bank_account(""), "missing")

    # Comparing

    def test_normalise_name(self):
        """I11: what a duplicate check must see as one name, and what it must not."""
        same = ["（Ａ）建 筑公司", "(a)建筑公司", "(Ａ)建筑 公司\u3000", "\u200b（a）建筑公司"]
        self.assertEqual({ids.normalise_name(name) for name in same}, {"(a)建筑公司"})
        self.assertEqual(ids.normalise_name("阿卜杜•热合曼"), ids.normalise_name("阿卜杜·热合曼"))
        self.assertNotEqual(ids.normalise_name("某某有限公司"), ids.normalise_name("某某有限责任公司"))
        self.assertEqual(ids.normalise_name(None), "")
        self.assertEqual(ids.normalise_name(False), "")

    def test_hash_identity(self):
        """One person typed in two ways has one hash; another secret gives another hash."""
        plain = ids.hash_identity("41040219850101099X", "secret")
        self.assertRegex(plain, r"^[0-9a-f]{64}$")
        self.assertEqual(plain, ids.hash_identity(" ４１0402 19850101099x", b"secret"))
        self.assertNotEqual(plain, ids.hash_identity("41040219850101099X", "other"))
        self.assertNotEqual(plain, ids.hash_identity("410402198501010125", "secret"))
        # This value was computed with another tool (openssl).
        self.assertEqual(
            ids.hash_identity("410402198501010125", "key"),
            "cd6adfff3a90b7eb902582e0169677d03ed9768f680b1fccee972232ccf2f186",
        )
        for number, secret in [
            ("", "secret"),
            (None, "secret"),
            ("410402198501010125", ""),
            ("410402198501010125", None),
        ]:
            with self.subTest(number=number, secret=secret), self.assertRaises(ValueError):
                ids.hash_identity(number, secret)

    # Messages

    def test_every_message_is_marked(self):
        """Odoo exports a term only where the call `_lt` holds a literal: each result has one, or no message at all."""
        results = [
            node.value.elts[1]
            for node in ast.walk(ast.parse(Path(ids.__file__).read_text(encoding="utf-8")))
            if isinstance(node, ast.Return)
            and isinstance(node.value, ast.Tuple)
            and getattr(node.value.elts[0], "value", None) in (True, False)
        ]
        self.assertGreater(len(results), 20)
        for message in results:
            with self.subTest(message=ast.unparse(message)):
                if isinstance(message, ast.Constant):
                    self.assertEqual(message.value, "")
                else:
                    self.assertEqual(message.func.id, "_lt")
                    self.assertIsInstance(message.args[0].value, str)

    def test_messages_carry_no_values(self):
        """Whatever is typed, a message carries none of it, so that it can be translated and logged."""
        chance = random.Random(20160520)
        checks = [
            ids.check_resident_id,
            ids.check_uscc,
            ids.check_license,
            ids.check_mobile,
            ids.check_phone,
            ids.check_bank_account,
        ]
        for _case in range(3000):
            text = "".join(chance.choices("0123456789X", k=chance.randrange(20, 30)))
            for check in checks:
                ok, message = check(text)
                self.assertIsInstance(ok, bool)
                self.assertNotIn(text, message)
                self.assertTrue(ok or message.endswith("."), message)
