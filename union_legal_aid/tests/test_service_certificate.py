from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .casework_common import TODAY, LegalAidCaseworkCommon


@tagged("post_install", "-at_install")
class TestServiceCertificate(LegalAidCaseworkCommon):
    """T14: what a lawyer served, certified by the city, numbered and frozen."""

    def _draft(self, user=None, **vals):
        return (
            self.env["legal.aid.service.certificate"]
            .with_user(user or self.city_officer)
            .create({"volunteer_id": self.lawyer1.id, "date_from": "2026-01-01", "date_to": TODAY, **vals})
        )

    def _print(self, certificate):
        report = self.env["ir.actions.report"].with_user(self.city_officer).with_context(force_report_rendering=True)
        html, _kind = report._render_qweb_html("union_legal_aid.report_service_certificate", certificate.ids)
        return html.decode()

    def test_issue_and_reprint(self):
        """T14: cases, hours, consultations and period; a reprint is the same whatever changed since."""
        self._create_consultation()
        self._create_closed()
        certificate = self._draft()
        self.assertEqual((certificate.case_count, certificate.consultation_count), (1, 1))
        certificate.action_issue()
        self.assertRecordValues(
            certificate,
            [
                {
                    "state": "issued",
                    "issued_by_id": self.city_officer.id,
                    "case_count": 1,
                    "consultation_count": 1,
                    "service_hours": 1.0,
                }
            ],
        )
        self.assertRegex(certificate.name, r"^志愿服务证明〔2026〕\d{4}号$")
        first = self._print(certificate)
        for text in (certificate.name, "t_lawyer1", "11410201510123456", "测试市总工会", "2026年1月1日", "9,000"):
            self.assertIn(text, first)
        self._create_consultation()
        self.lawyer1.partner_id.name = "改名"
        self.assertEqual(self._print(certificate), first)
        self.assertEqual(certificate.consultation_count, 1)

    def test_numbers_are_never_used_twice(self):
        """T14: a void certificate keeps its number and prints no more."""
        self._create_consultation()
        first, second = self._draft(), self._draft()
        first.action_issue()
        self.assertEqual(first.action_void()["res_model"], "legal.aid.reason.dialog")
        first.action_void(note="期间有误")
        second.action_issue()
        self.assertNotEqual(first.name, second.name)
        self.assertEqual((first.state, first.void_note), ("void", "期间有误"))
        with self.assertRaises(UserError):
            self._print(first)
        with self.assertRaises(UserError):
            self._print(self._draft())

    def test_nothing_to_certify(self):
        """T14: no certificate of no service, and none of days to come."""
        with self.assertRaises(UserError):
            self._draft().action_issue()
        with self.assertRaises(ValidationError):
            self._draft(date_to="2026-03-03")

    def test_who_may(self):
        """O3, O2: the city issues; the county of the contact point reads; the lawyer reads his own once it is issued."""
        self._create_consultation()
        certificate = self._draft()
        self.assertFalse(certificate.with_user(self.lawyer1_user).has_access("read"))
        for user in (self.a_officer, self.auditor, self.justice, self.lawyer1_user):
            with self.assertRaises(AccessError):
                self._draft(user)
            with self.assertRaises(AccessError):
                certificate.with_user(user).action_issue()
        certificate.action_issue()
        for user in (self.a_officer, self.auditor, self.justice, self.lawyer1_user):
            self.assertTrue(certificate.with_user(user).has_access("read"), user.login)
        for user in (self.b_officer, self.liaison, self.lawyer2_user):
            self.assertFalse(certificate.with_user(user).has_access("read"), user.login)

    def test_doors(self):
        """T14: number, facts and state come from issuing only; what is certified is not rewritten or copied."""
        self._create_consultation()
        certificate = self._draft()
        for vals in (
            {"state": "issued"},
            {"name": "伪造〔2026〕1号"},
            {"facts": {"lawyer": "x"}},
            {"issued_date": TODAY},
        ):
            for door in (certificate, certificate.with_context(legal_aid_workflow=True)):
                with self.assertRaises(AccessError):
                    door.write(vals)
            with self.assertRaises(AccessError):
                self._draft(**vals)
        certificate.action_issue()
        with self.assertRaises(UserError):
            certificate.date_from = "2025-01-01"
        with self.assertRaises(UserError):
            certificate.unlink()
        copy = certificate.copy()
        self.assertEqual((copy.name, copy.state, copy.facts), ("/", "draft", False))
