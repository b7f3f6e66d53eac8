from freezegun import freeze_time

from odoo import http
from odoo.tests import HttpCase

from .common import LegalAidCommon

TODAY = "2026-03-10"
PHONE = "13837500001"
CLIENT = "赵铁柱"
EMPLOYER = "测试甲县酿造有限公司"


# Ten in the morning in China.
@freeze_time(f"{TODAY} 02:00:00")
class LegalAidPortalCommon(LegalAidCommon, HttpCase):
    """Two lawyers of the team, lawyer1 for county a and lawyer2 for county b, who work through the pages only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal_user = cls._create_portal_user("t_portal")
        cls.lawyer1 = cls._appoint(cls.lawyer1_user, cls.county_a)
        cls.lawyer2 = cls._appoint(cls.lawyer2_user, cls.county_b)
        cls.matter = cls.env["legal.aid.matter"].create(
            {"name": "测试欠薪", "code": "test_wage", "is_wage": True, "priority": "green"}
        )

    @classmethod
    def _create_portal_user(cls, login):
        user = cls._create_user(login, cls.env["union.organization"], "volunteer")
        user.group_ids = cls.env.ref("base.group_portal")
        return user

    @classmethod
    def _appoint(cls, user, contact_point):
        """The lawyer of ``user``, appointed for a year by officer and manager of the city."""
        firm = cls.env["res.partner"].create({"name": "测试律师事务所", "is_company": True})
        lawyer = (
            cls.env["legal.aid.volunteer"]
            .with_user(cls.city_officer)
            .create(
                {
                    "partner_id": user.partner_id.id,
                    "user_id": user.id,
                    "organization_id": cls.city.id,
                    "law_firm_id": firm.id,
                    "license_number": f"1410420201{1000000 + user.id:07d}",
                    "license_valid_until": "2030-12-31",
                    "contact_point_ids": contact_point.ids,
                }
            )
        )
        contract = (
            cls.env["legal.aid.contract"]
            .with_user(cls.city_officer)
            .create({"volunteer_id": lawyer.id, "date_start": "2026-01-01"})
        )
        contract.action_request_approval()
        contract.with_user(cls.city_manager).action_approve()
        return lawyer.sudo()

    @classmethod
    def _create_case(cls, **values):
        """A case of county a that a_manager granted; nobody has it yet."""
        case = (
            cls.env["legal.aid.case"]
            .with_user(cls.a_officer)
            .create(
                {
                    "application_date": TODAY,
                    "applicant_name": CLIENT,
                    "applicant_phone": PHONE,
                    "applicant_kind": "migrant_worker",
                    "applicant_id_number": "410421199001010018",
                    "employer_name": EMPLOYER,
                    "employer_place_id": cls.county_a.id,
                    "matter_id": cls.matter.id,
                    "service_form": "arbitration",
                    "amount_claimed": 12345,
                    "description": "三个月工资未发，工头失联。",
                    **values,
                }
            )
        )
        case.action_submit()
        case.with_user(cls.a_manager).action_grant()
        return case

    @classmethod
    def _assign(cls, case, lawyer):
        case.with_user(cls.a_officer).action_assign(volunteer_id=lawyer.id)
        return case

    # As a browser

    def login(self, user):
        self.authenticate(user.login, user.login)

    def get(self, url, status=200):
        response = self.url_open(url, allow_redirects=False)
        self.assertEqual(response.status_code, status, url)
        return response.text

    def post(self, url, values=None, status=200, **kwargs):
        """Send a form as the page would. A step that was taken answers 303, a refused one 200 with the page again."""
        data = {"csrf_token": http.Request.csrf_token(self), **(values or {})}
        response = self.url_open(url, data=data, allow_redirects=False, method="POST", **kwargs)
        self.assertEqual(response.status_code, status, self._get_error(response.text))
        return response.text

    def _get_error(self, page):
        """What a refused form says."""
        return page.partition("o_legal_aid_error")[2].partition("</div>")[0]
