import io

import openpyxl

from odoo.tests import tagged

from odoo.addons.union_legal_aid.tools import party_list

from ..models.organization.legal_day import legal_today
from .casework_common import LegalAidCaseworkCommon
from .common import LegalAidCommon
from .tour_common import LegalAidTourCase

LICENCE = "14104201510998877"
CHANGES = "/odoo/legal-aid-lawyer-changes"


@tagged("post_install", "-at_install")
class TestCaseworkTour(LegalAidCommon, LegalAidTourCase):
    """Casework in the browser, in zh_CN, each part by the role that takes it, on the day the test runs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_and_install_lang("zh_CN")
        cls.policy.write({"date_to": False})
        cls.today = legal_today(cls.policy)
        cls.matter_wages = cls.env.ref("union_legal_aid.matter_unpaid_wages")
        cls.county_a.name = "巡览县总工会"
        cls.lawyer1_user.name = "巡览律师"
        for user in cls.city_officer | cls.city_manager | cls.a_officer | cls.a_manager | cls.lawyer1_user:
            user.lang = "zh_CN"
        cls.lawyer = cls._create_appointed(cls.lawyer1_user, cls.county_a, LICENCE)

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
        """I7, LAA 49: the leader refuses with a coded reason; the justice bureau sets it aside on the applicant's objection."""
        self.county_a.justice_bureau_id = self.env["res.partner"].create({"name": "巡览县司法局", "is_company": True})
        case = self._create_case()
        case.action_submit()
        self._walk("legal_aid_refuse_application", self.a_manager, "/odoo/legal-aid-inbox")
        self.assertEqual((case.state, case.decision_reason_id.code), ("refused", "not_in_scope"))
        self._walk("legal_aid_take_objection", self.a_officer, f"/odoo/legal-aid-cases/{case.id}")
        case.action_add_document(kind="objection", filename="异议审查决定书.pdf", content=b"%PDF")
        self._walk("legal_aid_set_aside", self.a_officer, "/odoo/legal-aid-objections")
        self.assertEqual((case.state, case.objection_ids.state), ("submitted", "set_aside"))

    def test_urgent_path(self):
        """I9: a lawyer is mandated before anything is decided; what was left out is made good, and the grant completes it.

        I13: the employer, whom the union knows, is taken from the names that are offered.
        """
        self.env["legal.aid.key.employer"].create(
            {"name": "巡览服装有限公司", "organization_id": self.county_a.id, "reason": "一年内三次欠薪"}
        )
        self._walk("legal_aid_take_urgent_application", self.a_officer, "/odoo/legal-aid-cases/new")
        case = self.env["legal.aid.case"].search([("employer_name", "=", "巡览服装有限公司")])
        self.assertEqual((case.state, case.mandate_id.state, case.volunteer_id), ("draft", "issued", self.lawyer))
        case.with_user(self.lawyer1_user).action_log_work(hours=1, kind="evidence")
        self._walk("legal_aid_make_good", self.a_officer, "/odoo/legal-aid-cases")
        self._walk("legal_aid_grant_first", self.a_manager, "/odoo/legal-aid-inbox")
        self.assertEqual((case.state, case.formalities_date), ("assigned", self.today))

    def test_group_of_twelve(self):
        """C4: twelve workers are taken from a workbook; the group case is a major one when it is handed in."""
        case = self._create_case()
        workers = [(f"巡览职工{number}", f"1380375{number:04d}") for number in range(11)]
        self.env["ir.attachment"].with_user(self.a_officer).create(
            {"name": "巡览名单.xlsx", "raw": self._write_list(workers)}
        )
        self._walk("legal_aid_import_group", self.a_officer, "/odoo/legal-aid-cases")
        self.assertEqual((case.headcount, case.is_group), (12, True))
        case.action_submit()
        self.assertTrue(case.is_major)

    def _write_list(self, workers):
        """The workbook that the dialog offers, filled in."""
        book = openpyxl.load_workbook(io.BytesIO(party_list.template()))
        for row, (name, phone) in enumerate(workers, start=2):
            book.active.cell(row, 1, name)
            book.active.cell(row, 3, phone)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    def test_another_lawyer(self):
        """C6: the union asks for another lawyer, its leader grants it, and the hand-over is signed off."""
        case = self._create_case()
        case.action_submit()
        case.with_user(self.a_manager).action_grant()
        case.action_assign(volunteer_id=self.lawyer)
        case.with_user(self.lawyer1_user).action_accept()
        self._walk("legal_aid_ask_for_another_lawyer", self.a_officer, "/odoo/legal-aid-cases")
        self._walk("legal_aid_grant_another_lawyer", self.a_manager, CHANGES)
        self.assertEqual((case.state, case.lawyer_change_ids.state), ("granted", "changed"))
        self._walk("legal_aid_hand_over", self.a_officer, CHANGES)
        self.assertEqual(case.lawyer_change_ids.handed_over_date, self.today)
