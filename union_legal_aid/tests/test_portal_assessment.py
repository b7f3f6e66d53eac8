from odoo.tests import freeze_time, tagged

from .portal_common import LegalAidPortalCommon

SIGNED = "2026-03-10"


@tagged("post_install", "-at_install")
class TestPortalAssessment(LegalAidPortalCommon):
    """T10, P1: the lawyer reads his assessment once both bodies signed, and answers it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.record = (
            cls.env["legal.aid.assessment"].with_user(cls.city_officer).create({"volunteer_id": cls.lawyer1.id})
        )
        cls.record.action_compute()
        cls.record = cls.record.sudo()
        cls.record.write({"outcome": "improve", "improve_note": "多参加进企业宣传", "improve_until": "2026-09-30"})

    def setUp(self):
        super().setUp()
        self.login(self.lawyer1_user)

    def _sign(self):
        self.record._workflow_write(
            {"state": "signed", "signed_date": SIGNED, "answer_due": "2026-03-17", "follow_up": "open"}
        )

    def test_not_before_both_signed(self):
        """T10: a draft, and what only the city signed, shows nothing."""
        for state in ("draft", "cosign"):
            self.record._workflow_write({"state": state})
            self.assertNotIn("多参加进企业宣传", self.get("/my/assessments"))
        self.post(f"/my/assessments/{self.record.id}/answer", {"answer": "x"}, status=404)
        self.assertFalse(self.record.answer)

    def test_read_and_answer(self):
        """T10: outcome, duties and what to improve stand on the page; the answer is sent once."""
        self._sign()
        page = self.get("/my/assessments")
        self.assertIn("多参加进企业宣传", page)
        self.assertIn("o_legal_aid_answer_form", page)
        self.assertIn("/my/assessments", self.get("/my"))
        self.post(f"/my/assessments/{self.record.id}/answer", {"answer": "下半年已安排三场"}, status=303)
        self.assertEqual(self.record.answer, "下半年已安排三场")
        page = self.get("/my/assessments")
        self.assertIn("下半年已安排三场", page)
        self.assertNotIn("o_legal_aid_answer_form", page)
        self.assertIn("o_legal_aid_error", self.post(f"/my/assessments/{self.record.id}/answer", {"answer": "再答"}))

    def test_another_lawyer(self):
        """T10, O2: lawyer 2 gets the page “not found”, as for one that does not exist."""
        self._sign()
        self.login(self.lawyer2_user)
        self.assertNotIn("多参加进企业宣传", self.get("/my/assessments"))
        for record_id in (self.record.id, 2**31 - 1, 2**40):
            self.post(f"/my/assessments/{record_id}/answer", {"answer": "x"}, status=404)
        self.assertFalse(self.record.answer)

    @freeze_time("2026-03-18 02:00:00")
    def test_too_late(self):
        """T10: after the last day the page offers no answer, and an old page is refused."""
        self._sign()
        self.assertNotIn("o_legal_aid_answer_form", self.get("/my/assessments"))
        self.assertIn("o_legal_aid_error", self.post(f"/my/assessments/{self.record.id}/answer", {"answer": "x"}))

    def test_list_for_the_office_only(self):
        """T10: the workbook holds what the reader may read; a lawyer who is not told gets an empty one."""
        self.login(self.city_officer)
        answer = self.url_open(f"/legal-aid/assessments.xlsx?ids={self.record.id},x,{'9' * 12}")
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.content.startswith(b"PK"))
        self.assertIn("spreadsheetml", answer.headers["Content-Type"])
