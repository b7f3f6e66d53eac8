from odoo.tests import tagged

from .portal_common import LegalAidPortalCommon


@tagged("post_install", "-at_install")
class TestPortalComplaint(LegalAidPortalCommon):
    """T7, P1: the lawyer reads what is said, never by whom, replies on his page, and reads the verdict there."""

    def setUp(self):
        super().setUp()
        self.complaint = (
            self.env["legal.aid.complaint"]
            .with_user(self.city_officer)
            .create(
                {
                    "volunteer_id": self.lawyer1.id,
                    "complainant_kind": "worker",
                    "complainant_name": "孙二宝",
                    "complainant_phone": "13987654321",
                    "text": "孙二宝说一个月未联系",
                }
            )
        )
        self.complaint.action_ask_reply(note="有职工反映一个月未联系")
        self.extract = self.complaint.extract_ids
        self.url = f"/my/complaints/{self.extract.id}"

    def test_reply_on_the_page(self):
        """T7: card on the home page, facts without names, reply, and change of it until the verdict."""
        self.login(self.lawyer1_user)
        self.assertIn("o_legal_aid_complaints", self.get("/my"))
        self.assertIn(self.complaint.name, self.get("/my/complaints"))
        page = self.get(self.url)
        self.assertIn("有职工反映一个月未联系", page)
        self.assertIn("2026-03-17", page)
        for secret in ("孙二宝", "13987654321", "孙**"):
            self.assertNotIn(secret, page)
        self.assertIn("o_legal_aid_error", self.post(f"{self.url}/reply", {"reply": " "}))
        self.post(f"{self.url}/reply", {"reply": "已通过工会转告进展"}, status=303)
        self.assertEqual(self.complaint.reply, "已通过工会转告进展")
        self.assertIn("o_legal_aid_message", self.get(f"{self.url}?done=replied"))
        self.assertNotIn("o_legal_aid_complaints", self.get("/my"))
        self.complaint.with_user(self.city_manager).action_dismiss(reason_code="unfounded")
        page = self.get(self.url)
        self.assertNotIn("o_legal_aid_reply_form", page)
        self.assertIn('data-oe-expression="complaint.verdict"' if "data-oe" in page else "alert-success", page)
        self.assertIn("o_legal_aid_error", self.post(f"{self.url}/reply", {"reply": "迟到"}))
        self.assertEqual(self.complaint.reply, "已通过工会转告进展")

    def test_strangers(self):
        """O2: another lawyer, and whoever guesses a number, find no such page; nor does the bureau's extract open."""
        self.complaint.action_refer_to_justice(note="移送")
        justice = self.complaint.extract_ids - self.extract
        for user, numbers in (
            (self.lawyer2_user, (self.extract.id, justice.id, 2**31 - 1, 2**40, 0)),
            (self.lawyer1_user, (justice.id,)),
        ):
            self.login(user)
            for number in numbers:
                self.get(f"/my/complaints/{number}", status=404)
                self.post(f"/my/complaints/{number}/reply", {"reply": "x"}, status=404)
            self.assertNotIn(str(justice.id), self.get("/my/complaints").split("/my/complaints/")[-1][:8])
        self.assertFalse(self.complaint.reply)
