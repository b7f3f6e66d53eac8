"""Masked display of personal data."""

from odoo.tests.common import BaseCase, tagged

from ..tools.masking import mask


@tagged("post_install", "-at_install", "union_tools")
class TestToolsMasking(BaseCase):
    def test_masks(self):
        """O2: the forms that the rules on personal data ask for."""
        for kind, text, expected in [
            ("resident_id", "410402198501010125", "410402********0125"),
            ("resident_id", " 41040419900307283x ", "410404********283X"),
            ("resident_id", "410402850101012", "410402*****1012"),
            ("phone", "13812348000", "138****8000"),
            ("phone", "+86 138-1234-8000", "138****8000"),
            ("phone", "0375-3799618", "037****9618"),
            ("bank_account", "6222021234561234", "6222 **** **** 1234"),
            ("bank_account", "6222 0212 3456 7891 234", "6222 **** **** 1234"),
            ("bank_account", "170212345678", "**** **** **** 5678"),
            ("bank_account", "123456789", "**** **** **** 6789"),
            ("name", "张三", "张*"),
            ("name", "张三丰", "张**"),
            ("name", " 张 三 丰 ", "张**"),
            ("name", "阿卜杜·热合曼", "阿******"),
            ("text", "左手粉碎性骨折", "***"),
        ]:
            with self.subTest(kind=kind, text=text):
                self.assertEqual(mask(kind, text), expected)

    def test_short_text_is_never_shown(self):
        """O2: a number that is too short or mistyped gives nothing away."""
        for kind, text, expected in [
            ("resident_id", "4104021234567", "*************"),
            ("phone", "3799618", "*******"),
            ("phone", "110", "***"),
            ("bank_account", "12345678", "**** **** **** ****"),
            ("name", "张", "*"),
            ("text", "a", "***"),
        ]:
            with self.subTest(kind=kind, text=text):
                self.assertEqual(mask(kind, text), expected)

    def test_empty(self):
        for kind in ("resident_id", "phone", "bank_account", "name", "text"):
            for text in ("", " ", None, False):
                with self.subTest(kind=kind, text=text):
                    self.assertEqual(mask(kind, text), "")

    def test_unknown_kind(self):
        with self.assertRaisesRegex(ValueError, "passport"):
            mask("passport", "E12345678")
        with self.assertRaises(ValueError):
            mask("passport", "")
