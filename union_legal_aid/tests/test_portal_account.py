from odoo.tests import tagged

from .portal_common import LegalAidPortalCommon


@tagged("post_install", "-at_install")
class TestPortalAccount(LegalAidPortalCommon):
    """V1, P1: the yearly ledger and the lawyer's own payments."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ledger = cls.env["legal.aid.ledger"].search([("volunteer_id", "=", cls.lawyer1.id)])

    def setUp(self):
        super().setUp()
        self.login(self.lawyer1_user)

    def test_ledger_opens_with_the_contract(self):
        """V1: the page shows the ledger of the service year and the day it is due."""
        page = self.get("/my/ledger")
        self.assertIn('data-year="2026"', page)
        self.assertIn("2027-05-20", page)
        self.assertIn("2027-05-20", self.get("/my"))

    def test_submit(self):
        """V1: handed in once, with its text; then it can be read and no longer changed."""
        self.post(f"/my/ledger/{self.ledger.id}/submit", {"summary": "解答咨询12次，办理案件2件"}, status=303)
        self.assertRecordValues(
            self.ledger, [{"state": "submitted", "summary": "解答咨询12次，办理案件2件", "is_late": False}]
        )
        page = self.get("/my/ledger")
        self.assertIn("解答咨询12次", page)
        self.assertNotIn("o_legal_aid_ledger_form", page)

    def test_second_submit_is_refused(self):
        """V1: what was handed in is not overwritten by an old page."""
        self.post(f"/my/ledger/{self.ledger.id}/submit", {"summary": "第一稿"}, status=303)
        self.assertIn("o_legal_aid_error", self.post(f"/my/ledger/{self.ledger.id}/submit", {"summary": "第二稿"}))
        self.assertEqual(self.ledger.summary, "第一稿")

    def test_empty_ledger_is_refused(self):
        """V1: a ledger says something."""
        self.assertIn("o_legal_aid_error", self.post(f"/my/ledger/{self.ledger.id}/submit", {"summary": "  "}))
        self.assertEqual(self.ledger.state, "draft")

    def test_returned_ledger_shows_why(self):
        """V1: the lawyer reads what is missing and finds his text again."""
        self.post(f"/my/ledger/{self.ledger.id}/submit", {"summary": "第一稿"}, status=303)
        self.ledger.with_user(self.city_officer).action_return(note="请补充宣传活动")
        page = self.get("/my/ledger")
        self.assertIn("请补充宣传活动", page)
        self.assertIn("第一稿", page)
        self.assertIn("o_legal_aid_ledger_form", page)
