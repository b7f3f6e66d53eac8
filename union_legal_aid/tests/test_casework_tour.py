from odoo import fields
from odoo.tests import HttpCase, tagged

from .casework_common import LegalAidCaseworkCommon
from .common import LegalAidCommon

LICENCE = "14104201510998877"


@tagged("post_install", "-at_install")
class TestCaseworkTour(LegalAidCommon, HttpCase):
    """Casework in the browser, in zh_CN, each part by the role that takes it, on the day the test runs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_and_install_lang("zh_CN")
        cls.policy.write({"date_to": False})
        cls.today = fields.Date.context_today(cls.policy)
        cls.matter_wages = cls.env.ref("union_legal_aid.matter_unpaid_wages")
        cls.county_a.name = "巡览县总工会"
        cls.lawyer1_user.name = "巡览律师"
        for user in cls.city_officer | cls.city_manager | cls.a_officer | cls.a_manager | cls.lawyer1_user:
            user.lang = "zh_CN"
        cls.lawyer = cls._create_lawyer(cls.lawyer1_user, cls.county_a, LICENCE)

    @classmethod
    def _create_lawyer(cls, user, contact_points, licence):
        lawyer = cls.env["legal.aid.volunteer"].create(
            {
                "partner_id": user.partner_id.id,
                "user_id": user.id,
                "organization_id": cls.city.id,
                "license_number": licence,
                "contact_point_ids": [(6, 0, contact_points.ids)],
            }
        )
        contracts = cls.env["legal.aid.contract"].with_user(cls.city_officer)
        contract = contracts.create(
            {"volunteer_id": lawyer.id, "organization_id": cls.city.id, "date_start": cls.today}
        )
        contract.action_request_approval()
        contract.with_user(cls.city_manager).action_approve()
        return lawyer

    def _create_case(self, **vals):
        prepared = LegalAidCaseworkCommon._prepare_case.__func__(self, application_date=self.today, **vals)
        return self.env["legal.aid.case"].with_user(self.a_officer).create(prepared)

    def _walk(self, tour, user, url):
        self.start_tour(url, tour, login=user.login)
        self.env.invalidate_all()

    def test_application_granted_and_assigned(self):
        """I5, I7, C2: an officer registers an application, his leader grants, the officer assigns the suggested lawyer."""
        self._walk("legal_aid_take_application", self.a_officer, "/odoo/legal-aid-cases/new")
        case = self.env["legal.aid.case"].search([("employer_name", "=", "巡览服装有限公司")])
        self.assertEqual(
            (case.state, case.organization_id, case.hardship_basis), ("submitted", self.county_a, "exempt")
        )
        self._walk("legal_aid_grant_application", self.a_manager, "/odoo/legal-aid-inbox")
        self._walk("legal_aid_assign_application", self.a_officer, "/odoo/legal-aid-cases")
        self.assertEqual((case.state, case.volunteer_id, case.mandate_id.state), ("assigned", self.lawyer, "issued"))

    def test_refusal(self):
        """I7: the leader refuses with a coded reason and its explanation."""
        case = self._create_case()
        case.action_submit()
        self._walk("legal_aid_refuse_application", self.a_manager, "/odoo/legal-aid-inbox")
        self.assertEqual((case.state, case.decision_reason_id.code), ("refused", "not_in_scope"))
