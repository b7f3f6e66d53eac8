from odoo.tests import tagged

from .portal_common import EMPLOYER, TODAY, LegalAidPortalCommon

NEW = "/my/consultations/new"


@tagged("post_install", "-at_install")
class TestPortalConsultation(LegalAidPortalCommon):
    """I1–I3, P1: the lawyer logs a call, sees whose matter it is and reports it to the contact-point union."""

    def setUp(self):
        super().setUp()
        self.login(self.lawyer1_user)

    def _call(self, **values):
        return {
            "date": TODAY,
            "channel": "phone",
            "matter_id": str(self.matter.id),
            "question": "老板拖欠三个月工资怎么办",
            "answer": "可以申请劳动仲裁",
            "employer_name": EMPLOYER,
            "employer_place_id": str(self.county_a.id),
            **values,
        }

    def _log(self, **values):
        self.post(NEW, self._call(**values), status=303)
        return self.env["legal.aid.consultation"].search([("volunteer_id", "=", self.lawyer1.id)], limit=1)

    def test_form_offers_counties_and_unions(self):
        """I3: the employer's place is a county or zone, its union any union at an enterprise."""
        page = self.get(NEW)
        self.assertIn(f'value="{self.county_a.id}"', page)
        self.assertIn(f'value="{self.enterprise_a.id}" data-place="{self.county_a.id}"', page)
        self.assertIn(f'value="{TODAY}"', page)
        self.assertNotIn(self.industry.name, page)

    def test_union_directly_under_city_has_no_place(self):
        """I3: the house of a union directly under the city may be in any district."""
        page = self.get(NEW)
        option = page.partition(f'<option value="{self.enterprise_city.id}"')[2].partition("</option>")[0]
        self.assertIn(self.enterprise_city.name, option)
        self.assertNotIn("data-place", option)

    def test_anonymous_call(self):
        """I1: every worker may ask without giving a name, also before anybody knows the employer."""
        consultation = self._log(employer_name="", employer_place_id="")
        self.assertRecordValues(consultation, [{"caller_name": False, "state": "open", "channel": "phone"}])
        page = self.get(f"/my/consultations/{consultation.id}?done=logged")
        self.assertIn(consultation.name, page)
        self.assertIn("o_legal_aid_message", page)

    def test_jurisdiction_is_shown_with_its_rule(self):
        """I3: after saving, the page names the union in charge and says why."""
        consultation = self._log(employer_place_id="", employer_organization_id=str(self.enterprise_city.id))
        self.assertEqual(consultation.organization_id, self.city)
        page = self.get(f"/my/consultations/{consultation.id}")
        self.assertIn("o_legal_aid_rule", page)
        self.assertIn(self.city.name, page)
        self.assertIn(self.enterprise_city.name, page)

    def test_report_to_the_contact_point(self):
        """I2: one button reports; a second report is refused in words."""
        consultation = self._log(caller_name="赵铁柱", caller_phone="13837500001")
        url = f"/my/consultations/{consultation.id}"
        self.assertIn("o_legal_aid_report", self.get(url))
        self.post(f"{url}/report", status=303)
        self.assertEqual(consultation.state, "reported")
        self.assertEqual(consultation.contact_point_id, self.county_a)
        page = self.get(url)
        self.assertNotIn("o_legal_aid_report", page)
        self.assertIn('href="tel:13837500001"', page)
        self.assertIn("o_legal_aid_error", self.post(f"{url}/report"))

    def test_report_needs_the_employer(self):
        """I2: without employer nobody can tell whose matter it is; the page says so, and the call stays."""
        consultation = self._log(employer_name="", employer_place_id="")
        page = self.post(f"/my/consultations/{consultation.id}/report")
        self.assertIn("o_legal_aid_error", page)
        self.assertEqual(consultation.state, "open")

    def test_case_of_the_report_is_linked(self):
        """I1, I2: the case that grew out of the call is one tap away, from draft on."""
        consultation = self._log(caller_name="赵铁柱", caller_phone="13837500001")
        self.post(f"/my/consultations/{consultation.id}/report", status=303)
        consultation.with_user(self.a_officer).action_create_case()
        case = consultation.case_id
        self.assertIn(f"/my/cases/{case.id}", self.get(f"/my/consultations/{consultation.id}"))
        page = self.get(f"/my/cases/{case.id}")
        self.assertIn('data-state="draft"', page)
        self.assertNotIn("o_legal_aid_answer", page)
        self.assertIn(case.name, self.get("/my/cases?filterby=deciding"))

    def test_bad_input_keeps_what_was_typed(self):
        """P1: each mistake is said on the page, which keeps the texts and the choices."""
        for bad in (
            {"matter_id": ""},
            {"matter_id": "x"},
            {"matter_id": "999999999"},
            {"question": " "},
            {"date": "gestern"},
            {"channel": "smoke"},
            {"contact_point_id": str(self.county_b.id)},
            {"employer_organization_id": "999999999"},
        ):
            with self.subTest(bad=bad):
                page = self.post(NEW, self._call(**bad))
                self.assertIn("o_legal_aid_error", page)
                self.assertIn("可以申请劳动仲裁", page)
                self.assertRegex(page, rf'<option value="{self.county_a.id}"[^>]*selected="[^"]*"')
        self.assertFalse(self.env["legal.aid.consultation"].search([("volunteer_id", "=", self.lawyer1.id)]))

    def test_unknown_fields_are_ignored(self):
        """T4: what the form does not offer cannot be set by adding it to the request."""
        consultation = self._log(state="case", volunteer_id=str(self.lawyer2.id), organization_id=str(self.county_b.id))
        self.assertEqual(consultation.state, "open")
        self.assertEqual(consultation.volunteer_id, self.lawyer1)
        self.assertEqual(consultation.organization_id, self.county_a)

    def test_suspended_lawyer_logs_no_calls(self):
        """T9: who is suspended takes no new calls in the name of the team; what he typed is not lost."""
        self.lawyer1.with_user(self.city_officer).action_suspend(reason_code="request")
        self.assertNotIn("o_legal_aid_consultation_form", self.get(NEW))
        self.assertIn("o_legal_aid_error", self.post(NEW, self._call()))

    def test_typed_text_is_escaped(self):
        """P1: what a caller dictates is text, never part of the page."""
        consultation = self._log(question="<script>alert(1)</script>")
        page = self.get(f"/my/consultations/{consultation.id}")
        self.assertNotIn("<script>alert(1)", page)
        self.assertIn("&lt;script&gt;alert(1)", page)
        self.assertNotIn("<b>x</b>", self.post(NEW, self._call(question="", answer="<b>x</b>")))

    def test_pages_of_the_list(self):
        """P1: a long list comes in pages; a page beyond the last one shows the last."""
        for number in range(21):
            self._log(question=f"问题{number}")
        self.assertEqual(self.get("/my/consultations").count("o_legal_aid_item"), 20)
        self.assertEqual(self.get("/my/consultations/page/2").count("o_legal_aid_item"), 1)
        self.assertEqual(self.get("/my/consultations/page/9").count("o_legal_aid_item"), 1)

    def test_not_taken_up(self):
        """I2: the lawyer reads why the union did not take his report up, and may report it again."""
        consultation = self._log(caller_name="赵铁柱", caller_phone="13837500001")
        url = f"/my/consultations/{consultation.id}"
        self.post(f"{url}/report", status=303)
        consultation.with_user(self.a_officer).action_decline_report(reason_code="known", note="去年已立案")
        page = self.get(url)
        self.assertIn("o_legal_aid_declined", page)
        self.assertIn('data-reason="known"', page)
        self.assertIn("去年已立案", page)
        self.assertIn('data-state="declined"', self.get("/my/consultations"))
        self.post(f"{url}/report", status=303)
        self.assertEqual(consultation.state, "reported")

    def test_stage_of_a_case_that_another_lawyer_has(self):
        """I2: whoever reported follows the stage, also where somebody else has the case; nothing else of it is shown."""
        consultation = self._log(caller_name="赵铁柱", caller_phone="13837500001")
        self.post(f"/my/consultations/{consultation.id}/report", status=303)
        consultation.with_user(self.a_officer).action_create_case()
        case = consultation.case_id.sudo()
        case.volunteer_id = False
        page = self.get(f"/my/consultations/{consultation.id}")
        self.assertIn("o_legal_aid_stage", page)
        self.assertNotIn(f"/my/cases/{case.id}", page)

    def test_station_and_call_back(self):
        """I1: at which station he sat, and when he calls back; both stand on the page."""
        station = self.env["union.institution"].create(
            {"organization_id": self.county_a.id, "kind": "station", "name": "测试工作站"}
        )
        self.assertIn("测试工作站", self.get(NEW))
        consultation = self._log(channel="station", institution_id=str(station.id), follow_up_date="2026-03-12")
        page = self.get(f"/my/consultations/{consultation.id}")
        self.assertIn("测试工作站", page)
        self.assertIn("2026-03-12", page)
        self.assertIn("o_legal_aid_error", self.post(NEW, self._call(follow_up_date="morgen")))
