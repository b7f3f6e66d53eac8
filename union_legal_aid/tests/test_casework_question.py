from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .casework_common import LegalAidCaseworkCommon

TEXT = "劳动者在试用期内受伤，用人单位未参加工伤保险，能否同时主张双倍工资？"


@tagged("post_install", "-at_install")
class TestQuestion(LegalAidCaseworkCommon):
    """C5, 工作方案 §四(二): difficult questions go to the justice bureau without names, and come back answered."""

    def setUp(self):
        super().setUp()
        self.case = self._create_in_progress()

    def _ask(self, text=TEXT, **vals):
        return (
            self.env["legal.aid.question"]
            .with_user(self.a_officer)
            .create({"case_id": self.case.id, "text": text, "is_name_free": True, **vals})
        )

    def _refer(self):
        question = self._ask()
        question.action_refer()
        return question

    def test_way_of_a_question(self):
        """C5: asked by the lawyer, referred by the officer, answered by the bureau; officer and lawyer are told."""
        question = self.case.with_user(self.lawyer1_user).action_ask_question(text=TEXT, is_name_free=True)
        self.assertEqual((question.state, question.volunteer_id), ("draft", self.lawyer1))
        question.with_user(self.a_officer).action_refer()
        question.with_user(self.justice).action_answer(note="可以。")
        for user in (self.a_officer, self.lawyer1_user):
            seen = question.with_user(user)
            self.assertEqual((seen.state, seen.answer, seen.answered_by_id), ("answered", "可以。", self.justice))
        told = self.env["mail.message"].search([("model", "=", question._name), ("res_id", "=", question.id)])
        self.assertLessEqual(
            self.a_officer.partner_id | self.lawyer1_user.partner_id, told.mapped("notified_partner_ids")
        )

    def test_from_a_consultation(self):
        """C5: a call is enough to ask; union and matter come with it."""
        call = self._create_consultation()
        question = (
            self.env["legal.aid.question"]
            .with_user(self.a_officer)
            .create({"consultation_id": call.id, "text": TEXT, "is_name_free": True})
        )
        self.assertEqual((question.organization_id, question.matter_id), (self.county_a, self.matter_wages))

    def test_no_personal_data(self):
        """C5, F§11: names that the case knows, and numbers of people, are refused; referring needs the reader's word."""
        for text in (
            "王小明被辞退",
            "某建筑劳务公司未缴社保",
            "证号410402198501010125的劳动者",
            "电话13803750001",
        ):
            with self.subTest(text), self.assertRaisesRegex(UserError, "names somebody"), self.cr.savepoint():
                self._ask(text)
        self.assertTrue(self._ask("请求金额为12000元，涉及2026年3月1日的裁决，是否受理？"))
        question = self._ask(is_name_free=False)
        with self.assertRaisesRegex(UserError, "nothing personal"):
            question.action_refer()
        with self.assertRaisesRegex(UserError, "names somebody"), self.cr.savepoint():
            question.text = "王小明"

    def test_bureau_writes_nothing_else(self):
        """DESIGN section 4: the bureau answers, and writes nothing else; it does not learn where a question comes from."""
        question = self._refer().with_user(self.justice)
        self.assertEqual(question.text, TEXT)
        for vals in ({"answer": "x"}, {"text": "x"}, {"state": "answered"}, {"is_name_free": False}):
            with self.assertRaises(UserError):  # closed by its state, or by right
                question.write(vals)
        for step in (question.action_refer, question.action_publish, question.action_withdraw):
            with self.assertRaises(AccessError):
                step()
        with self.assertRaises(AccessError):
            self.env["legal.aid.question"].with_user(self.justice).create({"text": TEXT})
        for name in ("case_id", "consultation_id", "volunteer_id", "asked_by_id"):
            with self.subTest(name), self.assertRaises(AccessError):
                question.read([name])
        self.assertNotIn(self.case.name, question.display_name)

    def test_who_answers(self):
        """C5: only the bureau answers, and only what was put to it."""
        question = self._ask()
        with self.assertRaises(AccessError):
            question.with_user(self.justice).action_answer(note="x")
        question.action_refer()
        for user in (self.a_officer, self.a_manager, self.lawyer1_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                question.with_user(user).action_answer(note="x")
        self.assertEqual(question.with_user(self.justice).action_answer()["res_model"], "legal.aid.reason.dialog")
        question.with_user(self.justice).action_answer(note="可以。")
        with self.assertRaises(UserError):
            question.with_user(self.justice).action_answer(note="又答")

    def test_dialog_of_the_bureau(self):
        """C5: the dialog takes the answer under the bureau's own rights."""
        question = self._refer()
        dialog = (
            self.env["legal.aid.reason.dialog"]
            .with_user(self.justice)
            .create({"res_model": question._name, "res_ids": question.ids, "method": "action_answer", "note": "可以。"})
        )
        dialog.action_confirm()
        self.assertEqual(question.answer, "可以。")

    def test_bureau_nearest(self):
        """C5: the county's bureau where it has a user, else the city's; with neither, nobody can refer."""
        self.assertEqual(self._ask()._find_bureau(), self.justice)
        county = self._create_user("t_justice_county", self.county_a, "justice")
        question = self._refer()
        self.assertEqual(question._find_bureau(), county)
        (county | self.justice).active = False
        with self.assertRaisesRegex(UserError, "no user of the justice bureau"):
            self._ask().action_refer()

    def test_published_without_the_case(self):
        """C5: what is published is read by all who help, and leads to no case."""
        question = self._refer()
        question.with_user(self.justice).action_answer(note="可以。")
        question.action_publish()
        for user in (self.b_officer, self.justice, self.auditor, self.liaison, self.lawyer2_user):
            found = self.env["legal.aid.knowledge"].with_user(user).search([("answer", "=", "可以。")])
            self.assertEqual(found.question, TEXT, user.login)
            with self.assertRaises(AccessError):
                found.write({"answer": "x"})
        self.assertFalse({"case_id", "question_id", "organization_id"} & self.env["legal.aid.knowledge"]._fields.keys())
        self.assertFalse(self.env["legal.aid.question"].with_user(self.b_officer).search([("id", "=", question.id)]))

    def test_doors(self):
        """C5: states and answers come by their steps only; another union's questions are closed."""
        question = self._ask()
        with self.assertRaises(AccessError):
            question.write({"state": "answered"})
        with self.assertRaises(AccessError):
            self._ask(answer="x")
        question.action_refer()
        with self.assertRaises(UserError):
            question.text = "另一个问题"
        for user in (self.b_officer, self.lawyer2_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                question.with_user(user).read(["text"])
        with self.assertRaises(AccessError):
            self.case.with_user(self.lawyer2_user).action_ask_question(text=TEXT)
