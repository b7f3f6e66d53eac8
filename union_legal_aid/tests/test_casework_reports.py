from odoo.exceptions import UserError
from odoo.tests import tagged

from .casework_common import LegalAidCaseworkCommon


@tagged("post_install", "-at_install")
class TestCaseworkReports(LegalAidCaseworkCommon):
    def _render(self, report, record, user):
        reports = self.env["ir.actions.report"].with_user(user)
        return reports._render_qweb_html(f"union_legal_aid.{report}", record.ids)[0].decode()

    def test_grant(self):
        """C9: the decision to grant names applicant, matter, form, waiver and the number."""
        case = self._create_granted()
        html = self._render("report_case_grant", case, self.a_officer)
        for text in (case.name, "王小明", "某建筑劳务公司", self.county_a.name, "2026年3月2日", "§42(三)"):
            self.assertIn(text, html)
        with self.assertRaises(UserError):
            self._render("report_case_grant", self._create_submitted(), self.a_officer)

    def test_refusal(self):
        """C9, I7: the refusal gives its reason, the basis and the way to object."""
        self.county_a.justice_bureau_id = self.env["res.partner"].create({"name": "测甲县司法局", "is_company": True})
        case = self._create_submitted()
        case.with_user(self.a_manager).action_refuse(reason_code="no_facts", note="证据不足")
        html = self._render("report_case_refusal", case, self.a_officer)
        for text in (case.name, "证据不足", "《中华人民共和国法律援助法》第四十三条", "测甲县司法局"):
            self.assertIn(text, html)

    def test_mandate(self):
        """C1, DESIGN rule 7: the officer's letter names the worker, the liaison's only the number."""
        self.lawyer1.contact_point_ids += self.enterprise_a
        case = self._create_granted(contact_point_id=self.enterprise_a.id)
        case.action_assign(volunteer_id=self.lawyer1)
        with self.assertRaises(UserError):
            self._render("report_mandate", case.mandate_id, self.liaison)
        case.mandate_id.with_user(self.liaison).action_issue()
        for user, named in ((self.liaison, False), (self.a_officer, True)):
            with self.subTest(user.login):
                html = self._render("report_mandate", case.mandate_id, user)
                self.assertIn(case.name, html)
                self.assertIn(self.lawyer1.license_number, html)
                self.assertEqual("王小明" in html, named)

    def test_closing(self):
        """C9: the closing report has the fields of form 21; what only people can write is blank and marked."""
        case = self._create_closed()
        html = self._render("report_case_closing", case, self.a_officer)
        for text in (case.name, "王小明", "9,000.00", "2026年3月2日", self.lawyer1.license_number, "＿＿"):
            self.assertIn(text, html)
        with self.assertRaises(UserError):
            self._render("report_case_closing", self._create_in_progress(), self.a_officer)
