from odoo.tests import tagged

from .portal_common import CLIENT, EMPLOYER, PHONE, TODAY, LegalAidPortalCommon


@tagged("post_install", "-at_install")
class TestPortalLawyerFirst(LegalAidPortalCommon):
    """I2: the lawyer takes the call, reports it, and works on it as soon as the union has granted aid."""

    def _report(self):
        """The submitted case of a call that the lawyer took and reported."""
        self.login(self.lawyer1_user)
        call = {
            "matter_id": str(self.matter.id),
            "question": "老板拖欠三个月工资怎么办",
            "caller_name": CLIENT,
            "caller_phone": PHONE,
            "caller_kind": "migrant_worker",
            "employer_name": EMPLOYER,
            "employer_place_id": str(self.county_a.id),
        }
        self.post("/my/consultations/new", call, status=303)
        consultation = self.env["legal.aid.consultation"].search([("volunteer_id", "=", self.lawyer1.id)])
        self.post(f"/my/consultations/{consultation.id}/report", status=303)

        consultation.with_user(self.a_officer).action_create_case()
        case = consultation.case_id
        case.with_user(self.a_officer).write(
            {"applicant_id_number": "410421199001010018", "service_form": "arbitration", "application_date": TODAY}
        )
        case.with_user(self.a_officer).action_submit()
        return case

    def test_refused(self):
        """I2, I7: the lawyer reads when the matter that he reported was refused and on which ground, not what was written to it."""
        case = self._report()
        case.with_user(self.a_manager).action_refuse(reason_code="not_in_scope", note="不属于劳动争议")
        page = self.get(f"/my/cases/{case.id}")
        ground = self.env["legal.aid.reason"]._get_coded("refuse", "not_in_scope")
        self.assertIn(TODAY, page.partition("o_legal_aid_ended")[2][:100])
        self.assertIn(ground.with_context(lang=self.lawyer1_user.lang).name, page)
        self.assertNotIn("不属于劳动争议", page)

    def test_from_the_call_to_the_work(self):
        """I1–I3, C1: call, report, case, grant with mandate in one signature, first work log takes the case."""
        case = self._report()
        case.with_user(self.a_manager).action_grant()
        self.assertRecordValues(case, [{"state": "assigned", "volunteer_id": self.lawyer1.id, "is_mandated": True}])

        page = self.get(f"/my/cases/{case.id}")
        self.assertIn("o_legal_aid_log_form", page)
        self.assertNotIn(PHONE, page)
        self.post(f"/my/cases/{case.id}/log", {"hours_quick": "1", "kind": "meeting"}, status=303)
        self.assertEqual(case.state, "in_progress")
        self.assertIn(f'href="tel:{PHONE}"', self.get(f"/my/cases/{case.id}"))
