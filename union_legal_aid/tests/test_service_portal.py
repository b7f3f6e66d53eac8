from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal_common import TODAY, LegalAidPortalCommon


@tagged("post_install", "-at_install")
class TestPortalService(LegalAidPortalCommon):
    """V1, V3, T14 on the lawyer's pages: activities, figures of the ledger, certificates."""

    def setUp(self):
        super().setUp()
        self.ledger = self.env["legal.aid.ledger"].search([("volunteer_id", "=", self.lawyer1.id)])
        self.login(self.lawyer1_user)

    def test_report_an_activity(self):
        """V3: reported on the phone, listed with its state, confirmed by the union, counted in the ledger."""
        self.assertIn("o_legal_aid_activity_form", self.get("/my/activities/new"))
        values = {
            "name": "工地普法",
            "kind": "publicity",
            "date": TODAY,
            "hours": "１.5",
            "contact_point_id": str(self.county_a.id),
            "worker_count": "60",
            "enterprise_name": "测试劳务公司",
        }
        picture = ("files", ("现场.png", b"\x89PNG\r\n\x1a\n0000", "image/png"))
        self.post("/my/activities/new", values, status=303, files=[picture])
        activity = self.env["legal.aid.activity"].search([("reporter_id", "=", self.lawyer1.id)])
        self.assertRecordValues(
            activity,
            [{"state": "reported", "organization_id": self.county_a.id, "attendee_count": 60, "volunteer_hours": 1.5}],
        )
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", activity._name), ("res_id", "=", activity.id)]
        )
        self.assertEqual(attachment.name, "现场.png")
        self.assertTrue(attachment.with_user(self.a_officer).has_access("read"))
        self.assertFalse(attachment.with_user(self.b_officer).has_access("read"))
        page = self.get("/my/activities?done=reported")
        self.assertIn('data-state="reported"', page)
        self.assertIn("工地普法", page)
        activity.with_user(self.a_officer).action_hold()
        self.assertIn('data-code="publicity"', self.get("/my/ledger"))
        line = self.ledger.line_ids.filtered(lambda line: line.code == "audience")
        self.assertEqual(line.value, 60)
        for wrong in (
            {"contact_point_id": str(self.county_b.id)},
            {"name": " "},
            {"kind": "joint_meeting"},
            {"hours": "x"},
        ):
            self.assertIn("o_legal_aid_error", self.post("/my/activities/new", {**values, **wrong}))
        self.login(self.lawyer2_user)
        self.assertNotIn("工地普法", self.get("/my/activities"))
        self.login(self.portal_user)
        self.get("/my/activities", status=404)
        self.get("/my/activities/new", status=404)

    def test_correct_add_confirm(self):
        """V1: on the phone the lawyer corrects a figure with a reason, adds, and confirms by handing in."""
        self.get("/my/ledger")
        line = self.ledger.line_ids.filtered(lambda line: line.code == "consultations")
        base = f"/my/ledger/{self.ledger.id}"
        page = self.post(f"{base}/correct", {"line_id": str(line.id), "value": "3.75"})
        self.assertIn("o_legal_aid_error", page)
        # What was typed is still there.
        self.assertIn('value="3.75"', page)
        self.post(f"{base}/correct", {"line_id": str(line.id), "value": "3", "reason": "漏登"}, status=303)
        self.post(f"{base}/add", {"section": "other", "name": "参加听证", "hours": "2"}, status=303)
        self.assertIn("o_legal_aid_error", self.post(f"{base}/remove", {"line_id": "999999999"}))
        page = self.get("/my/ledger")
        self.assertIn("漏登", page)
        self.assertIn("参加听证", page)
        self.get(f"{base}/correct", status=303)
        self.login(self.lawyer2_user)
        self.post(f"{base}/correct", {"line_id": str(line.id), "value": "9", "reason": "x"}, status=404)
        self.get(f"{base}/print", status=404)
        self.login(self.lawyer1_user)
        self.post(f"{base}/submit", {"summary": "全年工作", "difficulties": "无"}, status=303)
        self.assertRecordValues(self.ledger, [{"state": "submitted", "difficulties": "无"}])
        self.assertEqual(line.value, 3)
        self.assertIn("o_legal_aid_error", self.post(f"{base}/add", {"section": "other", "name": "迟到的"}))
        self.get(f"{base}/print")

    def test_certificate(self):
        """T14: the lawyer downloads his own certificate, once it is issued."""
        self.ledger._refresh()
        certificate = (
            self.env["legal.aid.service.certificate"]
            .with_user(self.city_officer)
            .create({"volunteer_id": self.lawyer1.id, "date_from": "2026-01-01", "date_to": TODAY})
        )
        self.assertNotIn("o_legal_aid_certificates", self.get("/my/ledger"))
        self.get(f"/my/certificates/{certificate.id}/print", status=404)
        self._assign(self._create_case(), self.lawyer1).with_user(self.lawyer1_user).action_accept()
        certificate.action_issue()
        self.assertIn(certificate.name, self.get("/my/ledger"))
        self.get(f"/my/certificates/{certificate.id}/print")
        self.login(self.lawyer2_user)
        self.get(f"/my/certificates/{certificate.id}/print", status=404)
        self.login(self.lawyer1_user)
        certificate.action_void(note="有误")
        self.get(f"/my/certificates/{certificate.id}/print", status=404)

    def test_workbook_of_many(self):
        """O2: the workbook of many ledgers holds those that the asker may read."""
        ids = self.env["legal.aid.ledger"].search([("volunteer_id", "in", (self.lawyer1 + self.lawyer2).ids)]).ids
        url = f"/legal-aid/ledgers.xlsx?ids={','.join(map(str, ids))}"
        self.login(self.city_officer)
        self.assertEqual(self.url_open(url).content[:2], b"PK")
        self.login(self.portal_user)
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(url).status_code, 403)
