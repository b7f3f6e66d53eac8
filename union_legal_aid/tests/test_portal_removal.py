import base64

from freezegun import freeze_time

from odoo.tests import tagged

from .portal_common import TODAY, LegalAidPortalCommon


@tagged("post_install", "-at_install")
@freeze_time(f"{TODAY} 02:00:00")
class TestPortalRemoval(LegalAidPortalCommon):
    """T6, P1: the lawyer reads on his page what is held against him, and replies there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.removal = (
            cls.env["legal.aid.removal"]
            .with_user(cls.city_officer)
            .create(
                {
                    "volunteer_id": cls.lawyer1.id,
                    "ground": "failure",
                    "evidence": "王小明的证词",
                    "charge": "错过申请仲裁的期限。",
                }
            )
            .sudo()
        )
        cls.env["legal.aid.removal.element"].with_user(cls.city_officer).create(
            {
                "volunteer_id": cls.lawyer1.id,
                "element": "error",
                "text": "王小明的询问笔录",
                "document": base64.b64encode(b"%PDF-1.4"),
            }
        )
        cls.url = f"/my/removals/{cls.removal.id}"

    def setUp(self):
        super().setUp()
        self.login(self.lawyer1_user)

    def test_told_once(self):
        """T6, V6: told once, with the last day of the reply and without what it is about."""
        self.assertEqual(str(self.removal.told_date), TODAY)
        notices = self.env["mail.message"].search(
            [("model", "=", "legal.aid.removal"), ("res_id", "=", self.removal.id)]
        )
        told = notices.filtered(lambda notice: self.lawyer1_user.partner_id in notice.partner_ids)
        self.assertEqual(len(told), 1)
        self.assertIn("2026-03-17", told.body)
        for word in ("§5", "错过", "王小明"):
            self.assertNotIn(word, told.subject + told.body)

    def test_page(self):
        """T6: ground, what has to be shown, the words put to him, the last day; no evidence, nobody's name."""
        self.assertIn("o_legal_aid_removal_waits", self.get("/my"))
        self.assertIn(self.url, self.get("/my/removals"))
        page = self.get(self.url)
        for text in ('data-ground="failure"', "错过申请仲裁的期限", "2026-03-17", "o_legal_aid_reply_form"):
            self.assertIn(text, page)
        self.assertNotIn("王小明", page)

    def test_complaints_without_complainant(self):
        """T7, F§11: complaints by number, day and category; who complained is not told."""
        complaints = self.env["legal.aid.complaint"].with_user(self.city_officer)
        for number in (1, 2):
            complaint = complaints.create(
                {
                    "volunteer_id": self.lawyer2.id,
                    "complainant_kind": "worker",
                    "complainant_name": f"孙大山{number}",
                    "category": "neglect",
                    "text": f"测试事实{number}",
                    "organization_id": self.city.id,
                }
            )
            complaint.with_user(self.city_manager).action_verify()
        removal = self.env["legal.aid.removal"].search([("volunteer_id", "=", self.lawyer2.id)])
        self.assertEqual(removal.state, "open")
        self.login(self.lawyer2_user)
        page = self.get(f"/my/removals/{removal.id}")
        self.assertIn(complaint.name, page)
        self.assertNotIn("孙大山", page)

    def test_reply(self):
        """T6: his reply is on record as his own, meets the clock, and may be added to until the last day."""
        self.post(f"{self.url}/reply", {"text": "当时在外地开庭。"}, status=303)
        self.assertRecordValues(
            self.removal,
            [
                {
                    "state": "replied",
                    "reply": "当时在外地开庭。",
                    "reply_by_lawyer": True,
                    "reply_date": self.removal.told_date,
                }
            ],
        )
        self.assertEqual(self.removal.deadline_ids.state, "done")
        self.post(f"{self.url}/reply", {"text": "补交出庭通知。"}, status=303)
        self.assertEqual(self.removal.reply, "当时在外地开庭。\n\n补交出庭通知。")
        self.assertIn("补交出庭通知", self.get(self.url))

    def test_empty_reply(self):
        """T6: an empty form is answered, nothing is recorded."""
        self.assertIn("o_legal_aid_error", self.post(f"{self.url}/reply", {"text": "  "}))
        self.assertEqual(self.removal.state, "open")

    def test_last_day(self):
        """T6: the last day is his; the day after, a reply on record is not added to."""
        lawyer = self.removal.with_user(self.lawyer1_user)
        with freeze_time("2026-03-17 02:00:00"):
            self.assertTrue(lawyer.can_reply)
            lawyer.action_record_reply(note="申辩")
        self.env.invalidate_all()
        with freeze_time("2026-03-18 02:00:00"):
            self.assertFalse(lawyer.can_reply)

    def test_other_lawyer(self):
        """O2: another lawyer's removal does not exist for him, by page and by post."""
        self.login(self.lawyer2_user)
        self.assertIn("o_legal_aid_not_found", self.get(self.url, status=404))
        self.post(f"{self.url}/reply", {"text": "冒名"}, status=404)
        self.assertFalse(self.removal.reply)

    def test_withdrawn(self):
        """T6: he is told that the matter is closed."""
        self.removal.with_user(self.city_officer).action_withdraw(reason_code="no_evidence", note="不足")
        page = self.get(self.url)
        self.assertNotIn("o_legal_aid_reply_form", page)
        self.assertNotIn("不足", page)
        self.assertNotIn("o_legal_aid_removal_waits", self.get("/my"))
