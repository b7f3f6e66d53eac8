from odoo.tests import tagged

from ..models.organization.legal_day import legal_today
from .common import LegalAidCommon
from .tour_common import LegalAidTourCase

LICENCE = "14104201510998866"
COMPLAINTS = "/odoo/legal-aid-complaints"


@tagged("post_install", "-at_install")
class TestConductTour(LegalAidCommon, LegalAidTourCase):
    """A lawyer is answerable, in the browser, in zh_CN, each part by the role that takes it, on the day the test runs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_and_install_lang("zh_CN")
        cls.policy.write({"date_to": False})
        cls.today = legal_today(cls.policy)
        cls.lawyer1_user.name = "巡览律师"
        for user in cls.city_officer | cls.city_manager | cls.lawyer1_user:
            user.lang = "zh_CN"
        cls.lawyer = cls._create_appointed(cls.lawyer1_user, cls.county_a, LICENCE)

    def _walk(self, tour, user, url):
        self.start_tour(url, tour, login=user.login)
        self.env.invalidate_all()

    def _complain(self):
        """Taken down and put to the lawyer by the officer, answered by the lawyer, verified by the manager."""
        self._walk("legal_aid_take_complaint", self.city_officer, f"{COMPLAINTS}/new")
        complaint = self.env["legal.aid.complaint"].search([("volunteer_id", "=", self.lawyer.id)], limit=1)
        complaint.extract_ids.with_user(self.lawyer1_user).action_answer(note="当日在另案开庭")
        self._walk("legal_aid_verify_complaint", self.city_manager, f"{COMPLAINTS}/{complaint.id}")
        return complaint

    def test_two_complaints_open_the_removal(self):
        """T7: the first verified complaint changes nothing, the second opens the removal, and no case comes to him any more."""
        first = self._complain()
        self.assertEqual((first.state, first.reply, self.lawyer.assignable), ("verified", "当日在另案开庭", True))
        second = self._complain()
        removal = self.env["legal.aid.removal"].search([("volunteer_id", "=", self.lawyer.id)])
        self.assertEqual((removal.state, removal.complaint_ids), ("open", first | second))
        self.assertFalse(self.lawyer.assignable)
        self._walk("legal_aid_see_opened_removal", self.city_officer, "/odoo/legal-aid-removals")
        self._go_on_to_the_decision(removal)

    def _go_on_to_the_decision(self, removal):
        """T6: the lawyer replies on his page, the officer asks for the decision, the manager decides, the list is there."""
        self._walk("legal_aid_reply_to_removal", self.lawyer1_user, f"/my/removals/{removal.id}")
        self.assertRecordValues(removal, [{"state": "replied", "reply_by_lawyer": True}])
        self._walk("legal_aid_ask_for_removal", self.city_officer, f"/odoo/legal-aid-removals/{removal.id}")
        self.assertEqual(removal.approval_state, "pending")
        self._walk("legal_aid_decide_removal", self.city_manager, f"/odoo/legal-aid-removals/{removal.id}")
        self.assertEqual((removal.state, self.lawyer.state), ("decided", "removed"))
        self._walk("legal_aid_see_removed_lawyer", self.city_officer, f"/odoo/legal-aid-lawyers/{self.lawyer.id}")
