from odoo.tests import tagged

from .portal_common import LegalAidPortalCommon


@tagged("post_install", "-at_install")
class TestPortalLawyerChange(LegalAidPortalCommon):
    """C6, P1: the lawyer asks for a change of lawyer on the page of his case."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._assign(cls._create_case(), cls.lawyer1)
        cls.url = f"/my/cases/{cls.case.id}"
        cls.reason = cls.env["legal.aid.reason"].search([("usage", "=", "change_lawyer")], limit=1)

    def setUp(self):
        super().setUp()
        self.login(self.lawyer1_user)

    def _accept(self):
        self.post(f"{self.url}/accept", {"no_conflict": "1", "free_of_charge": "1"}, status=303)

    def _get_changes(self):
        return self.env["legal.aid.lawyer.change"].search([("case_id", "=", self.case.id)])

    def test_ask(self):
        """C6: his request is on record as the lawyer's, and a second one is refused while it is open."""
        self._accept()
        self.assertIn("o_legal_aid_change_form", self.get(self.url))
        self.post(f"{self.url}/change", {"reason_code": self.reason.code, "note": "长期住院"}, status=303)
        self.assertRecordValues(
            self._get_changes(),
            [
                {
                    "state": "requested",
                    "requester": "lawyer",
                    "reason_id": self.reason.id,
                    "note": "长期住院",
                    "requested_by_id": self.lawyer1_user.id,
                }
            ],
        )
        page = self.get(self.url)
        self.assertIn("o_legal_aid_change_asked", page)
        self.assertNotIn("o_legal_aid_change_form", page)
        self.assertIn("o_legal_aid_error", self.post(f"{self.url}/change", {"reason_code": self.reason.code}))
        self.assertEqual(len(self._get_changes()), 1)

    def test_reason_is_coded(self):
        """C6: without a coded reason nothing is asked for, and what was typed stays."""
        self._accept()
        for code in ("", "bored"):
            page = self.post(f"{self.url}/change", {"reason_code": code, "note": "长期住院"})
            self.assertIn("o_legal_aid_error", page)
            self.assertIn("长期住院", page)
        self.assertFalse(self._get_changes())

    def test_other_lawyer(self):
        """P1: another lawyer's case does not exist for him."""
        self._accept()
        self.login(self.lawyer2_user)
        self.post(f"{self.url}/change", {"reason_code": self.reason.code}, status=404)
        self.assertFalse(self._get_changes())

    def test_back_to_the_case(self):
        """P1: after a new sign-in in the middle of the form the browser comes back to the case."""
        self.assertTrue(self.url_open(f"{self.url}/change").url.endswith(f"{self.url}?done=unsent"))
