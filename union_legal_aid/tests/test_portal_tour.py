from odoo.tests import tagged

from ..models.organization.legal_day import legal_today
from .common import LegalAidCommon
from .tour_common import LegalAidTourCase


@tagged("post_install", "-at_install")
class TestLawyerTour(LegalAidCommon, LegalAidTourCase):
    """P1, V5, A3: the lawyer on his phone, by touch, in zh_CN. His call and its report are part of the main job's tour."""

    browser_size = "390,844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_and_install_lang("zh_CN")
        cls.policy.write({"date_to": False})
        cls.today = legal_today(cls.policy)
        cls.lawyer1_user.write({"name": "巡览律师", "lang": "zh_CN"})
        cls.lawyer = cls._create_appointed(cls.lawyer1_user, cls.county_a, "14104201510998866")
        cls.case = cls._create_assigned()

    @classmethod
    def _create_assigned(cls):
        matter = cls.env["legal.aid.matter"].create(
            {"name": "巡览欠薪", "code": "tour_wage", "is_wage": True, "priority": "green"}
        )
        case = (
            cls.env["legal.aid.case"]
            .with_user(cls.a_officer)
            .create(
                {
                    "application_date": cls.today,
                    "applicant_name": "赵铁柱",
                    "applicant_phone": "13837500001",
                    "applicant_kind": "migrant_worker",
                    "applicant_id_number": "410421199001010018",
                    "employer_name": "巡览酿造有限公司",
                    "employer_place_id": cls.county_a.id,
                    "matter_id": matter.id,
                    "service_form": "arbitration",
                }
            )
        )
        case.action_submit()
        case.with_user(cls.a_manager).action_grant()
        case.action_assign(volunteer_id=cls.lawyer.id)
        return case.sudo()

    def _walk(self, tour):
        self.start_tour("/my", tour, login=self.lawyer1_user.login)
        self.env.invalidate_all()

    def test_lawyer_on_his_phone(self):
        """P1, A3, V1, T14: accept, log work with a photograph in three taps, hand in a paper; ledger, certificate, money, export."""
        self._walk("legal_aid_lawyer_works")
        self.assertRecordValues(self.case.work_log_ids, [{"hours": 1, "kind": "meeting", "date": self.today}])
        self.assertEqual(set(self.case.document_ids.mapped("kind")), {"work", "evidence"})
        certificate = (
            self.env["legal.aid.service.certificate"]
            .with_user(self.city_officer)
            .create({"volunteer_id": self.lawyer.id, "date_from": self.today, "date_to": self.today})
        )
        certificate.action_issue()
        self._walk("legal_aid_lawyer_accounts")
        ledger = self.env["legal.aid.ledger"].search([("volunteer_id", "=", self.lawyer.id)])
        self.assertRecordValues(ledger, [{"state": "submitted", "summary": "全年解答咨询、办理案件"}])
