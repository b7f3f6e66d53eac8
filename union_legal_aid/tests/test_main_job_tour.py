from odoo.tests import tagged

from ..models.organization.legal_day import legal_today
from .common import LegalAidCommon
from .tour_common import LegalAidTourCase

PHONE = "390x844"


@tagged("post_install", "-at_install")
class TestMainJobTour(LegalAidCommon, LegalAidTourCase):
    """The main job in the browser, in zh_CN, from the recommended lawyer to the paid fee and the paid yearly subsidy."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_and_install_lang("zh_CN")
        cls.policy.write({"date_to": False})
        today = legal_today(cls.policy)
        cls.service_year = today.year
        cls.county_a.name = "巡览县总工会"
        for user in (
            cls.city_officer | cls.city_manager | cls.city_finance | cls.a_officer | cls.a_manager | cls.a_finance
        ):
            user.lang = "zh_CN"
        cls.lawyer1_user.write({"name": "巡览律师", "lang": "zh_CN"})
        cls._give_books(cls.city)
        cls._give_books(cls.county_a)
        # A portal user belongs to the company of the office that invited him.
        cls.lawyer1_user.write({"company_ids": [(4, cls.city.company_id.id)], "company_id": cls.city.company_id.id})
        schedule = cls.env["legal.aid.fee.schedule"].create(
            {
                "name": "巡览费用标准",
                "organization_id": cls.city.id,
                "date_from": "2025-01-01",
                "source_document": "巡司〔2025〕3号",
                "rate_ids": [(0, 0, {"service_form": "arbitration", "amount": 1600})],
            }
        )
        schedule.action_activate()

    def _walk(self, tour, user, url):
        self.start_tour(url, tour, login=user.login)
        self.env.invalidate_all()

    def test_main_job(self):
        """Steps 2 to 6 of the main job (T1–T3, I1–I3, C1–C3, C8, M1–M8, P1)."""
        self._appoint()
        case = self._take_case()
        expense = self._work_and_claim(case)
        self._pay_fee(expense)
        self._pay_subsidy()

    def _appoint(self):
        self._walk("legal_aid_record_lawyer", self.city_officer, "/odoo/legal-aid-lawyers/new")
        self._walk("legal_aid_approve_first", self.city_manager, "/odoo/legal-aid-inbox")
        self.lawyer = self.env["legal.aid.volunteer"].search([("user_id", "=", self.lawyer1_user.id)])
        self.assertEqual((self.lawyer.state, self.lawyer.contract_ids.state), ("active", "active"))

    def _take_case(self):
        self._walk("legal_aid_portal_log_call", self.lawyer1_user, "/my")
        self._walk("legal_aid_register_application", self.a_officer, "/odoo/legal-aid-consultations")
        case = self.env["legal.aid.case"].search([("volunteer_id", "=", self.lawyer.id)])
        self.assertEqual(
            (case.state, case.organization_id, case.hardship_basis), ("submitted", self.county_a, "exempt")
        )
        self._walk("legal_aid_grant_first", self.a_manager, "/odoo/legal-aid-inbox")
        self.assertEqual((case.state, case.mandate_id.state), ("assigned", "issued"))
        return case

    def _work_and_claim(self, case):
        with self.subTest("portal at phone width"):
            self.browser_size = PHONE.replace("x", ",")
            self._walk("legal_aid_portal_accept_and_work", self.lawyer1_user, "/my")
            del self.browser_size
        self.assertEqual((case.state, case.outcome, case.amount_recovered), ("closed", "won", 12000))
        self._walk("legal_aid_archive_and_claim", self.a_officer, "/odoo/legal-aid-cases")
        expense = case.expense_ids
        self.assertEqual((case.state, expense.state, expense.amount_allowed), ("archived", "submitted", 1600))
        self._walk("legal_aid_approve_first", self.a_manager, "/odoo/legal-aid-inbox")
        self.assertEqual(expense.state, "approved")
        return expense

    def _pay_fee(self, expense):
        self._walk("legal_aid_draft_fee_payout", self.a_officer, "/odoo/legal-aid-payouts/new")
        payout = self.env["legal.aid.payout"].search([("organization_id", "=", self.county_a.id)])
        self._walk("legal_aid_approve_first", self.a_manager, "/odoo/legal-aid-inbox")
        payout.with_user(self.a_finance).action_export_bank_file()
        self._walk("legal_aid_pay", self.a_finance, "/odoo/legal-aid-payouts")
        self.assertEqual((payout.state, expense.state, payout.company_id), ("paid", "paid", self.county_a.company_id))
        self.assertEqual(payout.move_id.date, payout.bank_move_id.date)

    def _pay_subsidy(self):
        ledger = self.env["legal.aid.ledger"].search([("volunteer_id", "=", self.lawyer.id)])
        ledger.with_user(self.lawyer1_user).action_submit(summary="全年工作")
        payout = (
            self.env["legal.aid.payout"]
            .with_user(self.city_officer)
            .create({"kind": "subsidy", "organization_id": self.city.id, "service_year": self.service_year})
        )
        self._walk("legal_aid_rehearse_subsidy", self.city_officer, f"/odoo/legal-aid-payouts/{payout.id}")
        self._walk("legal_aid_approve_first", self.city_manager, "/odoo/legal-aid-inbox")
        self._walk("legal_aid_pay", self.city_finance, "/odoo/legal-aid-payouts")
        self.assertEqual((payout.state, payout.amount_total), ("paid", 1000))
