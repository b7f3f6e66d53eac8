from odoo.tests import tagged

from .common import LegalAidCommon
from .tour_common import LegalAidTourCase


@tagged("post_install", "-at_install")
class TestJoiningTour(LegalAidCommon, LegalAidTourCase):
    """T1, T2, P4 in the browser, in zh_CN: recommended, selected, appointed, the card printed and asked for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_and_install_lang("zh_CN")
        cls.policy.write({"date_to": False})
        cls.county_a.name = "巡览县总工会"
        cls.env["res.partner"].create({"name": "巡览律师事务所", "is_company": True})
        for user in cls.city_officer | cls.city_manager | cls.a_officer | cls.justice:
            user.lang = "zh_CN"

    def _walk(self, tour, user, url):
        self.start_tour(url, tour, login=user.login)
        self.env.invalidate_all()

    def test_recommend_appoint_card(self):
        self._walk("legal_aid_propose_lawyer", self.a_officer, "/odoo/legal-aid-recommendations/new")
        proposal = self.env["legal.aid.recommendation"].search([("organization_id", "=", self.county_a.id)])
        self.assertEqual((proposal.state, len(proposal.step_ids)), ("submitted", 1))
        self._walk("legal_aid_bureau_recommends", self.justice, "/odoo/legal-aid-recommendations")
        self.assertEqual(proposal.step_ids[-1].user_id, self.justice)
        self._walk("legal_aid_select_and_appoint", self.city_officer, "/odoo/legal-aid-recommendations")
        lawyer = proposal.volunteer_id
        self.assertEqual((lawyer.name, bool(lawyer.application_date)), ("巡览新律师", True))
        self._walk("legal_aid_approve_first", self.city_manager, "/odoo/legal-aid-inbox")
        contract = lawyer.contract_ids
        self.assertEqual((contract.state, lawyer.state), ("active", "active"))
        self._walk("legal_aid_print_card", self.city_officer, f"/odoo/legal-aid-contracts/{contract.id}")
        card = contract.card_ids
        self.assertEqual((len(card), card.is_in_force), (1, True))
        answer = self.url_open(f"/legal-aid/card/{card.token}")
        self.assertIn("巡览新律师", answer.text)
        self.assertIn("今日有效", answer.text)
