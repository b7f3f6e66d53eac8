from odoo.tests import TransactionCase, tagged

from ..models.organization.wording import join_clauses, join_names, join_sentences


@tagged("post_install", "-at_install")
class TestWording(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")

    def test_lists_in_the_language_of_the_sentence(self):
        """V6: a Chinese sentence parts names with 、 and clauses with ；, an English one with commas and semicolons."""
        chinese, english = (self.env(context={"lang": lang}) for lang in ("zh_CN", "en_US"))
        self.assertEqual(join_names(chinese, ["宝丰县总工会", "叶县总工会"]), "宝丰县总工会、叶县总工会")
        self.assertEqual(join_clauses(chinese, iter(["缺身份证", "缺证据"])), "缺身份证；缺证据")
        self.assertEqual(join_names(english, ["Baofeng", "Ye"]), "Baofeng, Ye")
        self.assertEqual(join_clauses(english, ["one", "two"]), "one; two")
        self.assertEqual(join_names(chinese, []), "")
        self.assertEqual(join_sentences(chinese, ["缺身份证。", "请补交。"]), "缺身份证。请补交。")
        self.assertEqual(join_sentences(english, ["One.", "Two."]), "One. Two.")

    def test_message_to_a_chinese_user(self):
        """V6: the messages of the house are joined that way too."""
        notices = self.env["legal.aid.notification"].with_context(lang="zh_CN")
        labels = [notices._fields[name]._description_string(notices.env) for name in ("state", "user_id")]
        self.assertEqual(notices._get_field_labels(["state", "user_id"]), "、".join(labels))
