from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .casework_common import TODAY, LegalAidCaseworkCommon

QUICK = "union_legal_aid.legal_aid_consultation_view_form_quick"


@tagged("post_install", "-at_install")
class TestConsultationEntry(LegalAidCaseworkCommon):
    """I1: a call is on record in a minute, whoever took it and however it came in."""

    def _take(self, user=None, **vals):
        return (
            self.env["legal.aid.consultation"]
            .with_user(user or self.a_officer)
            .create({"matter_id": self.matter_wages.id, "question": "拖欠工资怎么办", **vals})
        )

    def test_quick_entry(self):
        """I1: the officer on the phone enters matter and question; all the rest is there or may stay empty."""
        form = Form(self.env["legal.aid.consultation"].with_user(self.a_officer), QUICK)
        form.matter_id = self.matter_wages
        form.question = "拖欠工资怎么办"
        consultation = form.save()
        self.assertRecordValues(
            consultation,
            [
                {
                    "state": "open",
                    "channel": "phone",
                    "organization_id": self.county_a.id,
                    "contact_point_id": self.county_a.id,
                    "caller_name": False,
                    "is_answered": False,
                    "answered_by_id": False,
                }
            ],
        )
        self.assertEqual(str(consultation.date), TODAY)
        self.assertIn(consultation.name, consultation.action_log()["params"]["message"])

    def test_quick_entry_needs_the_question(self):
        """I1: matter and question are all that is asked for."""
        form = Form(self.env["legal.aid.consultation"].with_user(self.a_officer), QUICK)
        form.matter_id = self.matter_wages
        with self.assertRaises(AssertionError):
            form.save()

    def test_employer_suggests_the_union_in_charge(self):
        """I1, I3: the name of the employer is enough where a union of that name, or a county, stands in it."""
        for name, union, place, charge in (
            ("测试甲县企业", self.enterprise_a, None, self.county_a),
            ("测试甲县某建筑劳务公司", None, self.county_a, self.county_a),
            ("无名公司", None, None, self.county_a),
        ):
            with self.subTest(name):
                form = Form(self.env["legal.aid.consultation"].with_user(self.a_officer))
                form.employer_name = name
                self.assertEqual(form.employer_organization_id, union or self.env["union.organization"])
                self.assertEqual(form.employer_place_id, place or self.env["union.organization"])
                self.assertEqual(form.organization_id, charge)
                self.assertEqual(bool(form.employer_suggestion), bool(union or place))

    def test_suggestion_from_an_earlier_case(self):
        """I3: an employer whose place was entered once need not be looked up again, within what one may open."""
        self._create_case()
        form = Form(self.env["legal.aid.consultation"].with_user(self.a_officer))
        form.employer_name = "某建筑 劳务公司"
        self.assertEqual(form.employer_place_id, self.county_a)
        form = Form(self.env["legal.aid.consultation"].with_user(self.b_officer))
        form.employer_name = "某建筑劳务公司"
        self.assertFalse(form.employer_place_id)

    def test_suggestion_overwrites_nothing(self):
        """I3: what was chosen stays, whatever the name says."""
        form = Form(self.env["legal.aid.consultation"].with_user(self.city_officer))
        form.employer_place_id = self.county_b
        form.employer_name = "测试甲县某建筑劳务公司"
        self.assertEqual(form.employer_place_id, self.county_b)

    def test_lawyers_call_without_place(self):
        """I2, I3: on the lawyer's page the name of the employer decides where he chose nothing."""
        consultation = self._create_consultation(employer_name="测试甲县某砖厂", employer_place_id=False)
        self.assertEqual(consultation.employer_place_id, self.county_a)
        self.assertIn(self.county_a.name, consultation.jurisdiction_rule)

    def test_answered_by_whom(self):
        """I1: the first answer is whose who wrote it; a question may be answered later."""
        consultation = self._take()
        self.assertFalse(consultation.is_answered)
        domain = [("id", "=", consultation.id), ("is_answered", "=", False)]
        self.assertTrue(self.env["legal.aid.consultation"].search(domain))
        with freeze_time("2026-03-04 02:00:00"):
            consultation.with_user(self.a_manager).answer = "可以申请劳动仲裁"
        self.assertRecordValues(consultation, [{"is_answered": True, "answered_by_id": self.a_manager.id}])
        self.assertEqual(str(consultation.answered_date), "2026-03-04")
        consultation.answer = "可以申请劳动仲裁，不收费"
        self.assertEqual(consultation.answered_by_id, self.a_manager)
        consultation.answer = " "
        self.assertFalse(consultation.answered_by_id)
        lawyers = self._create_consultation(answer="可以申请")
        self.assertEqual(lawyers.sudo().answered_by_id, self.lawyer1_user)
        noted = self._take(volunteer_id=self.lawyer1.id, answer="可以申请")
        self.assertEqual(noted.answered_by_id, self.lawyer1_user)

    def test_station(self):
        """I1, O5: at which station or window; only there people ask."""
        create = self.env["union.institution"].create
        station = create({"organization_id": self.county_a.id, "kind": "station", "name": "某工作站"})
        centre = create({"organization_id": self.county_a.id, "kind": "institution", "name": "某援助中心"})
        consultation = self._take(channel="station", institution_id=station.id)
        self.assertEqual(consultation.institution_id, station)
        consultation.channel = "phone"
        self.assertFalse(consultation.institution_id)
        with self.assertRaisesRegex(ValidationError, "nobody asks at"):
            self._take(channel="station", institution_id=centre.id)

    def test_follow_up(self):
        """I1: a day to come back to the caller is a to-do of that day, moved with it and done with it."""
        consultation = self._take(follow_up_date="2026-03-05")
        to_do = consultation.activity_ids
        self.assertRecordValues(to_do, [{"user_id": self.a_officer.id, "note": False}])
        self.assertEqual(str(to_do.date_deadline), "2026-03-05")
        consultation.write({"follow_up_date": "2026-03-06", "follow_up_user_id": self.a_manager.id})
        self.assertEqual(consultation.activity_ids, to_do)
        self.assertRecordValues(to_do, [{"user_id": self.a_manager.id}])
        self.assertEqual(str(to_do.date_deadline), "2026-03-06")
        consultation.action_follow_up_done(note="已答复")
        self.assertFalse(consultation.activity_ids)
        self.assertFalse(consultation.follow_up_date)
        self.assertEqual(consultation.answer, "已答复")
        with self.assertRaisesRegex(UserError, "waits for no follow-up"):
            consultation.action_follow_up_done()

    def test_follow_up_by_who_may_open_it(self):
        """I1, O2: nobody gets a to-do on what he may not open."""
        with self.assertRaisesRegex(UserError, "may not open"):
            self._take(follow_up_date="2026-03-05", follow_up_user_id=self.b_officer.id)

    def test_lawyers_follow_up(self):
        """I1: the lawyer's own day stands on his page; no to-do of the office comes from it."""
        consultation = self._create_consultation(follow_up_date="2026-03-05")
        self.assertEqual(str(consultation.follow_up_date), "2026-03-05")
        self.assertFalse(consultation.sudo().activity_ids)

    def test_nothing_is_typed_twice(self):
        """I1, I4: whatever was entered with the call stands in the case."""
        consultation = self._take(
            channel="door",
            visit_place_kind="hospital",
            caller_name="王小明",
            caller_phone="13803750001",
            caller_kind="migrant_worker",
            agent_name="王大明",
            agent_relation="family",
            employer_name="某建筑劳务公司",
            employer_place_id=self.county_b.id,
            organization_id=self.county_a.id,
            jurisdiction_override_reason="当事人住在本县",
        )
        consultation.action_create_case()
        self.assertRecordValues(
            consultation.case_id,
            [
                {
                    "source": "officer",
                    "application_manner": "door",
                    "visit_place_kind": "hospital",
                    "visit_date": consultation.date,
                    "applicant_name": "王小明",
                    "applicant_phone": "13803750001",
                    "applicant_kind": "migrant_worker",
                    "agent_name": "王大明",
                    "agent_relation": "family",
                    "employer_name": "某建筑劳务公司",
                    "employer_place_id": self.county_b.id,
                    "organization_id": self.county_a.id,
                    "jurisdiction_override_reason": "当事人住在本县",
                    "matter_id": self.matter_wages.id,
                    "description": "拖欠工资怎么办",
                    "consultation_ids": consultation.ids,
                }
            ],
        )
        for part in ("王小明", "王大明", "13803750001"):
            self.assertNotIn(part, str(consultation.case_id.message_ids.mapped("body")))

    def test_back_doors(self):
        """I1: who answered, who reported and what became of it is written by the steps only."""
        consultation = self._take()
        for vals in (
            {"state": "case"},
            {"answered_by_id": self.a_manager.id},
            {"answered_date": TODAY},
            {"reported_date": TODAY},
            {"decline_note": "x"},
        ):
            with self.subTest(vals):
                with self.assertRaises(AccessError):
                    consultation.write(vals)
                with self.assertRaises(AccessError):
                    self._take(**vals)
        copy = consultation.copy()
        self.assertRecordValues(copy, [{"state": "open", "case_id": False, "follow_up_date": False}])
        self.assertNotEqual(copy.name, consultation.name)


@tagged("post_install", "-at_install")
class TestLawyersReport(LegalAidCaseworkCommon):
    """I2: the lawyer reports, and hears what becomes of it."""

    def _create_reported(self, **vals):
        consultation = self._create_consultation(**vals)
        consultation.action_report_to_contact_point()
        return consultation

    def _get_notices(self, record, partner):
        domain = [("model", "=", record._name), ("res_id", "=", record.id), ("partner_ids", "in", partner.ids)]
        return self.env["mail.message"].sudo().search(domain)

    def _create_mandated(self):
        consultation = self._create_reported()
        consultation.with_user(self.a_officer).action_create_case()
        case = consultation.sudo().case_id.with_user(self.a_officer)
        case.write({"applicant_id_number": "410402198501010125", "service_form": "arbitration"})
        return consultation, case

    def test_from_the_call_to_the_mandate(self):
        """I2, C1: call, report, registration, grant: he is mandated with no second assignment, and follows each step."""
        consultation, case = self._create_mandated()
        self.assertEqual(case.source, "lawyer")
        self.assertTrue(self._get_notices(consultation, self.lawyer1.partner_id))
        self.assertEqual(consultation.case_state, "draft")
        case.action_submit()
        self.assertEqual(consultation.case_state, "submitted")
        case.with_user(self.a_manager).action_grant()
        self.assertRecordValues(case, [{"state": "assigned", "volunteer_id": self.lawyer1.id, "is_mandated": True}])
        self.assertEqual(len(case.assignment_ids), 1)
        self.assertTrue(case.assignment_ids.is_reported)
        self.assertEqual(consultation.case_state, "assigned")

    def test_not_taken_up(self):
        """I2: the union says with a coded reason why not; the lawyer is told by number only, and may report anew."""
        consultation = self._create_reported()
        office = consultation.with_user(self.a_officer)
        self.assertEqual(office.action_decline_report()["res_model"], "legal.aid.reason.dialog")
        office.action_decline_report(reason_code="advice_enough", note="王小明已领到工资")
        self.assertRecordValues(
            consultation.sudo(), [{"state": "declined", "decline_by_id": self.a_officer.id, "case_id": False}]
        )
        self.assertEqual(consultation.decline_reason_id.code, "advice_enough")
        self.assertEqual(consultation.decline_note, "王小明已领到工资")
        notice = self._get_notices(consultation, self.lawyer1.partner_id)
        self.assertIn(consultation.name, notice.body)
        self.assertNotIn("王小明", notice.body + str(consultation.sudo().message_ids.mapped("body")))
        consultation.action_report_to_contact_point()
        self.assertRecordValues(consultation.sudo(), [{"state": "reported", "decline_reason_id": False}])
        office.action_create_case()
        self.assertEqual(consultation.state, "case")

    def test_who_declines(self):
        """I2: neither the lawyer nor another county answers a report; only a reported call is answered."""
        consultation = self._create_reported()
        for user in (self.lawyer1_user, self.b_officer, self.liaison):
            with self.subTest(user.login), self.assertRaises(AccessError):
                consultation.with_user(user).action_decline_report(reason_code="other")
        with self.assertRaisesRegex(UserError, "no reason"):
            consultation.with_user(self.a_officer).action_decline_report(reason_code="capacity")
        unreported = self._create_consultation()
        with self.assertRaisesRegex(UserError, "only in state"):
            unreported.with_user(self.a_officer).action_decline_report(reason_code="other")

    def test_refused_application(self):
        """I2: he hears that the application he reported was refused or withdrawn, though he never had the case."""
        _consultation, case = self._create_mandated()
        case.action_withdraw(reason_code="applicant")
        notice = self._get_notices(case, self.lawyer1.partner_id)
        self.assertEqual(len(notice), 1)
        self.assertIn(case.name, notice.body)
        self.assertNotIn("王小明", notice.body)

    def test_granted_without_him(self):
        """I2: where he cannot be mandated any more, another lawyer is assigned and he is told."""
        consultation, case = self._create_mandated()
        case.action_submit()
        self.lawyer1.with_user(self.city_officer).action_suspend(reason_code="request")
        case.with_user(self.a_manager).action_grant()
        self.assertRecordValues(case, [{"state": "granted", "volunteer_id": False}])
        self.assertIn(case.name, self._get_notices(case, self.lawyer1.partner_id).body)
        self.assertEqual(consultation.case_state, "granted")

    def test_waiting_too_long(self):
        """I2: waiting on the last day of the policy is no delay; the day after it is, in list and count alike."""
        consultation = self._create_reported()
        found = self.env["legal.aid.consultation"].with_user(self.a_officer)
        for day, late in (("2026-03-05", False), ("2026-03-06", True)):
            with self.subTest(day), freeze_time(f"{day} 02:00:00"):
                consultation.invalidate_recordset(["is_waiting_long", "waiting_days"])
                self.assertEqual(consultation.sudo().is_waiting_long, late)
                for value in (True, False):
                    domain = [("is_waiting_long", "=", value), ("id", "=", consultation.id)]
                    self.assertEqual(found.search_count(domain), int(value == late))

    def test_leaders_are_told_once(self):
        """I2, V6: when the time is over the leaders of the union hear it once; an answered report is no matter of theirs."""
        consultation = self._create_reported()
        answered = self._create_reported(question="另一问题")
        answered.with_user(self.a_officer).action_decline_report(reason_code="other")
        before = {
            report: len(self._get_notices(report, self.a_manager.partner_id)) for report in (consultation, answered)
        }
        self.env.flush_all()
        self.env.invalidate_all()
        with freeze_time("2026-03-06 02:00:00"), self.enter_registry_test_mode():
            for _run in range(2):
                self.env.ref("union_legal_aid.ir_cron_consultation_reports").method_direct_trigger()
        self.env.invalidate_all()
        for report, more in ((consultation, 1), (answered, 0)):
            notices = self._get_notices(report, self.a_manager.partner_id)
            self.assertEqual(len(notices) - before[report], more)
        self.assertEqual(str(consultation.sudo().reminded_date), "2026-03-06")


@tagged("post_install", "-at_install")
class TestApplicationManner(LegalAidCaseworkCommon):
    """I4: spoken applications recorded on the spot, door-to-door service, somebody who applies for the worker."""

    def test_spoken_application_needs_the_signed_record(self):
        """I4, C12: recorded on the spot, read out, signed: without the page it is not handed in."""
        case = self._create_case(application_manner="oral")
        self.assertEqual(case.recorded_by_id, self.a_officer)
        with self.assertRaisesRegex(UserError, "record of the spoken application"):
            case.action_submit()
        self.env["legal.aid.case.document"].with_user(self.a_officer).create({"case_id": case.id, "kind": "record"})
        self.assertFalse(case.is_record_signed)
        case.action_add_document(kind="record", filename="record.jpg", content=b"page")
        self.assertTrue(case.is_record_signed)
        case.action_submit()
        self.assertEqual(case.state, "submitted")

    def test_written_application_needs_none(self):
        """I4: what came in writing is its own record."""
        case = self._create_case()
        self.assertFalse(case.recorded_by_id)
        case.action_submit()

    def test_urgent_application_goes_first(self):
        """I4, I9: where nothing can wait, help comes first and the signed page follows."""
        case = self._create_case(application_manner="oral", is_urgent=True, urgent_reason="仲裁时效明日届满")
        case.action_submit()
        self.assertEqual(case.state, "submitted")

    def test_door_to_door(self):
        """I4: a visit has a day and a place; who cannot walk is visited."""
        case = self._create_case(application_manner="door")
        with self.assertRaises(UserError) as caught:
            case.action_submit()
        self.assertIn("Visited On", str(caught.exception))
        self.assertIn("Visited At", str(caught.exception))
        case.write({"visit_date": TODAY, "visit_place_kind": "hospital", "visit_place": "某医院三病区"})
        case.action_add_document(kind="record", filename="record.jpg", content=b"page")
        case.action_submit()

    def test_agent(self):
        """I4: who applies for the worker says how he stands to him; his name is private."""
        case = self._create_case(agent_name="王大明", agent_phone="13803750009", visit_place="某医院三病区")
        with self.assertRaisesRegex(UserError, "Relation to the Worker"):
            case.action_submit()
        case.write({"agent_relation": "family", "contact_point_id": self.county_b.id})
        case.action_submit()
        self.assertEqual(case.agent_name, "王大明")
        foreign = case.with_user(self.b_officer)
        self.assertFalse(foreign.agent_name)
        self.assertFalse(foreign.visit_place)
        for user in (self.auditor, self.justice, self.lawyer1_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                case.with_user(user).read(["agent_name"])
