from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .casework_common import TODAY, LegalAidCaseworkCommon


@tagged("post_install", "-at_install")
class TestTwoWaysIn(LegalAidCaseworkCommon):
    def test_lawyer_first(self):
        """I2, C1: call, report, case; grant and mandate in one signature; first work starts it; closed, archived."""
        consultation = self._create_consultation()
        consultation.action_report_to_contact_point()
        consultation.with_user(self.a_officer).action_create_case()
        case = consultation.with_user(self.a_officer).case_id
        case.write({"applicant_id_number": "410402198501010125", "service_form": "arbitration", "amount_claimed": 9000})
        case.action_submit()
        self.assertEqual(case.state, "submitted")
        case.with_user(self.a_manager).action_grant(note="同意")
        self.assertEqual(case.state, "assigned")
        self.assertEqual(case.granted_by_id, self.a_manager)
        self.assertEqual(case.mandate_id.state, "issued")
        self.assertEqual(case.mandate_id.organization_id, self.county_a)
        self.assertEqual(case.mandate_id.issued_by_id, self.a_manager)
        self.assertIsNone(self._get_due(case, "assign"))
        self.assertEqual(self._get_due(case, "agency"), "2026-03-09")  # 7 March is a Saturday
        lawyer_case = case.with_user(self.lawyer1_user)
        lawyer_case.action_log_work(hours=2.5, kind="meeting")
        self.assertEqual(case.state, "in_progress")
        self.assertEqual(case.assignment_ids.state, "accepted")
        self.assertTrue(case.assignment_ids.declaration)
        lawyer_case.action_sign_agency()
        lawyer_case.action_add_document(kind="agency", filename="授权委托书.jpg", content=b"jpg")
        self.assertIsNone(self._get_due(case, "agency"))
        lawyer_case.action_close(outcome="mediated", amount_recovered=8500, note="调解结案")
        self.assertEqual(case.amount_recovered, 8500)
        case.action_archive(file_received_date=TODAY)
        self.assertEqual(case.state, "archived")
        running = case.sudo().deadline_ids.filtered(lambda deadline: deadline.state == "open")
        self.assertEqual(running.mapped("kind"), ["pay"])

    def test_union_first(self):
        """C2: the officer takes the application and commissions a lawyer of the contact point, who accepts."""
        case = self._create_granted()
        self.assertEqual(case.state, "granted")
        self.assertEqual(self._get_due(case, "assign"), "2026-03-05")
        self.assertIn(self.lawyer1, case.suggested_volunteer_ids)
        self.assertNotIn(self.lawyer2, case.suggested_volunteer_ids)
        self.assertIn(self.lawyer1.name, case.suggestion)
        case.action_assign(volunteer_id=self.lawyer1.id)
        self.assertEqual(case.state, "assigned")
        self.assertEqual(case.mandate_id.state, "issued")
        self.assertEqual(self._get_due(case, "assign", "done"), "2026-03-05")
        case.with_user(self.lawyer1_user).action_accept()
        self.assertEqual(case.state, "in_progress")
        self.assertEqual(case.accepted_date.isoformat(), TODAY)

    def test_lawyer_is_told_once_with_the_number_only(self):
        """C2, V6: one notice, nothing personal in it."""
        case = self._create_granted()
        before = self.env["mail.message"].search([])
        case.action_assign(volunteer_id=self.lawyer1)
        messages = self.env["mail.message"].search([]) - before
        told = messages.filtered(lambda message: self.lawyer1_user.partner_id in message.notified_partner_ids)
        self.assertEqual(len(told), 1)
        self.assertIn(case.name, told.body)
        for message in messages:
            self.assertNotIn("王小明", f"{message.subject} {message.body} {message.record_name}")

    def test_mandate_of_another_union(self):
        """C1: where the contact point is another union, that union issues; only then the lawyer has the case."""
        consultation = self._create_consultation(
            employer_place_id=False, employer_organization_id=self.enterprise_city.id
        )
        self.assertEqual(consultation.organization_id, self.city)
        self.assertEqual(consultation.contact_point_id, self.county_a)
        consultation.action_report_to_contact_point()
        consultation.with_user(self.city_officer).action_create_case()
        case = consultation.with_user(self.city_officer).case_id
        case.write({"applicant_id_number": "410402198501010125", "service_form": "arbitration"})
        case.action_submit()
        case.with_user(self.city_manager).action_grant()
        self.assertEqual(case.state, "granted")
        self.assertEqual(case.mandate_id.state, "draft")
        self.assertEqual(case.mandate_id.organization_id, self.county_a)
        self.assertEqual(self._get_due(case, "assign"), "2026-03-05")
        with self.assertRaisesRegex(UserError, "no mandate|is in state"):
            case.with_user(self.lawyer1_user).action_log_work(hours=1)
        with self.assertRaises(AccessError):
            case.mandate_id.with_user(self.b_officer).action_issue()
        case.mandate_id.with_user(self.a_officer).action_issue()
        self.assertEqual(case.state, "assigned")
        self.assertIsNone(self._get_due(case, "assign"))
        case.with_user(self.lawyer1_user).action_log_work(hours=1)
        self.assertEqual(case.state, "in_progress")

    def test_liaison_issues_for_his_union(self):
        """C1, DESIGN rule 7: a liaison issues his union's mandate, but never against his own enterprise."""
        self.lawyer1.contact_point_ids += self.enterprise_a
        case = self._create_granted(contact_point_id=self.enterprise_a.id)
        case.action_assign(volunteer_id=self.lawyer1)
        mandate = case.mandate_id
        self.assertEqual((mandate.organization_id, mandate.state), (self.enterprise_a, "draft"))
        case.with_user(self.lawyer1_user).action_accept()
        with self.assertRaisesRegex(UserError, "no mandate yet"):
            case.with_user(self.lawyer1_user).action_log_work(hours=1)
        mandate.with_user(self.liaison).action_issue()
        self.assertEqual(mandate.issued_by_id, self.liaison)
        self.assertEqual(case.with_user(self.lawyer1_user).action_log_work(hours=1).hours, 1)
        against = self._create_granted(
            employer_place_id=False,
            employer_organization_id=self.enterprise_a.id,
            contact_point_id=self.enterprise_a.id,
        )
        against.action_assign(volunteer_id=self.lawyer1)
        self.assertEqual(against.mandate_id.organization_id, self.county_a)
        self.assertEqual(against.mandate_id.state, "issued")
        self.assertFalse(self.env["legal.aid.mandate"].with_user(self.liaison).search([("case_id", "=", against.id)]))

    def test_reporting_lawyer_suspended_meanwhile(self):
        """C1: the worker keeps the grant when the reporting lawyer can no longer be mandated."""
        consultation = self._create_consultation()
        consultation.action_report_to_contact_point()
        consultation.with_user(self.a_officer).action_create_case()
        case = consultation.with_user(self.a_officer).case_id
        case.write({"applicant_id_number": "410402198501010125", "service_form": "arbitration"})
        case.action_submit()
        self.lawyer1.with_user(self.city_officer).action_suspend(reason_code="request")
        case.with_user(self.a_manager).action_grant()
        self.assertEqual(case.state, "granted")
        self.assertFalse(case.volunteer_id)
        self.assertEqual(self._get_due(case, "assign"), "2026-03-05")


@tagged("post_install", "-at_install")
class TestClocks(LegalAidCaseworkCommon):
    def test_decide_within_seven_days(self):
        """I7: seven days from the application; on the last day in time."""
        case = self._create_submitted()
        self.assertEqual(self._get_due(case, "decide"), "2026-03-09")
        for day, light in (("2026-03-06", "green"), ("2026-03-09", "amber"), ("2026-03-10", "red")):
            with self.subTest(day), freeze_time(f"{day} 02:00:00"):
                self.env.invalidate_all()
                self.assertEqual(case.deadline_light, light)
        with freeze_time("2026-03-09 02:00:00"):
            case.with_user(self.a_manager).action_grant()
        clock = case.sudo().deadline_ids.filtered(lambda deadline: deadline.kind == "decide")
        self.assertEqual((clock.state, clock.light), ("done", "done"))

    def test_over_spring_festival(self):
        """F§12: application 2026-02-10, seven days, due on 24 February, the first day after the festival."""
        with freeze_time("2026-02-10 02:00:00"):
            case = self._create_submitted(application_date="2026-02-10")
        self.assertEqual(self._get_due(case, "decide"), "2026-02-24")

    def test_green_channel_is_shorter(self):
        """I8: the green channel has the policy's shorter limit."""
        case = self._create_submitted(priority="green")
        self.assertEqual(self._get_due(case, "decide"), "2026-03-05")

    def test_assign_over_may_day(self):
        """F§12: granted 2026-04-30, three days, due on 6 May."""
        with freeze_time("2026-04-30 02:00:00"):
            case = self._create_granted(application_date="2026-04-29")
        self.assertEqual(self._get_due(case, "assign"), "2026-05-06")

    def test_file_over_national_day(self):
        """F§12: closed 2026-09-01, 30 days, due on 8 October."""
        with freeze_time("2026-09-10 02:00:00"):
            case = self._create_in_progress()
            case.with_user(self.lawyer1_user).action_log_work(hours=1)
            case.with_user(self.lawyer1_user).action_close(outcome="won", amount_recovered=1, closed_date="2026-09-01")
        self.assertEqual(self._get_due(case, "file_submit"), "2026-10-08")
        self.assertEqual(case.closed_date.isoformat(), "2026-09-01")

    def test_agency_clock_ends_when_signed(self):
        """C1: five days from the assignment; the day of signing ends it, also when the officer types it, once the pages are there."""
        case = self._create_in_progress(service_form="advice")
        self.assertEqual(self._get_due(case, "agency"), "2026-03-09")
        case.agency_signed_date = "2026-03-04"
        clock = case.sudo().deadline_ids.filtered(lambda deadline: deadline.kind == "agency")
        self.assertEqual((clock.state, clock.date_done.isoformat()), ("done", "2026-03-04"))

    def test_silence(self):
        """C3: silent after more than 14 days without work, the same in list and search; a log ends it."""
        case = self._create_in_progress()
        cases = self.env["legal.aid.case"].with_user(self.a_officer)
        for day, silent in (("2026-03-16", False), ("2026-03-17", True)):
            with self.subTest(day), freeze_time(f"{day} 02:00:00"):
                case.invalidate_recordset()
                self.assertEqual(case.is_silent, silent)
                self.assertEqual(case in cases.search([("is_silent", "=", True)]), silent)
                self.assertEqual(case in cases.search([("is_silent", "=", False)]), not silent)
        with freeze_time("2026-03-17 02:00:00"):
            case.with_user(self.lawyer1_user).action_log_work(hours=1)
            self.assertFalse(case.is_silent)

    def test_policy_is_kept(self):
        """O6: the case keeps the policy in force on the day of its application, which is then frozen."""
        case = self._create_submitted()
        self.assertEqual(case.policy_id, self.policy)
        self.assertTrue(self.policy.is_used)
        with self.assertRaises(UserError):
            self.policy.decide_days = 9


@tagged("post_install", "-at_install")
class TestDecision(LegalAidCaseworkCommon):
    def test_submitter_never_grants(self):
        """DESIGN section 2: 经办 + 审批: an officer cannot grant, a leader who submitted cannot grant his own."""
        case = self._create_submitted()
        with self.assertRaises(AccessError):
            case.action_grant()
        own = self._create_case(self.a_manager)
        own.action_submit()
        with self.assertRaises(AccessError):
            own.with_user(self.a_manager).action_grant()
        own.with_user(self.city_manager).action_grant()
        self.assertEqual(own.granted_by_id, self.city_manager)

    def test_another_countys_leader_does_not_grant(self):
        case = self._create_submitted()
        with self.assertRaises(AccessError):
            case.with_user(self.b_manager).action_grant()

    def test_supplement_once(self):
        """I7: missing papers are asked for once; the clock of the decision runs anew from the complete application."""
        case = self._create_submitted()
        case.action_request_supplement(note="身份证复印件")
        self.assertEqual(case.state, "supplement")
        self.assertEqual(case.approval_state, "none")
        self.assertEqual(self._get_due(case, "supplement"), "2026-03-09")
        self.assertIsNone(self._get_due(case, "decide"))
        with freeze_time("2026-03-04 02:00:00"):
            case.write({"applicant_address": "宝丰县"})
            case.action_submit()
            self.assertEqual(case.state, "submitted")
            self.assertEqual(self._get_due(case, "decide"), "2026-03-11")
            self.assertEqual(self._get_due(case, "supplement", "done"), "2026-03-09")
            with self.assertRaisesRegex(UserError, "allows that once"):
                case.action_request_supplement(note="工资条")
            case.with_user(self.a_manager).action_grant()
        self.assertEqual(case.state, "granted")

    def test_refuse_with_reason(self):
        """I7: refusal is the leader's, with a coded reason; nothing runs any more."""
        case = self._create_submitted()
        self.assertEqual(case.with_user(self.a_manager).action_refuse()["res_model"], "legal.aid.reason.dialog")
        with self.assertRaisesRegex(UserError, "no_such"):
            case.with_user(self.a_manager).action_refuse(reason_code="no_such")
        with self.assertRaises(AccessError):
            case.action_refuse(reason_code="not_in_scope")
        case.with_user(self.a_manager).action_refuse(reason_code="not_in_scope", note="超出范围")
        self.assertRecordValues(case, [{"state": "refused", "approval_state": "rejected"}])
        self.assertEqual(case.decision_reason_id.code, "not_in_scope")
        self.assertEqual(self._get_due(case, "decide", "done"), "2026-03-09")
        self.assertEqual(case.approval_line_ids.decision, "reject")

    def test_reject_needs_the_code_too(self):
        """I7: no way of rejecting goes without a coded reason."""
        case = self._create_submitted()
        result = case.with_user(self.a_manager).action_reject(note="不同意")
        self.assertEqual(result["res_model"], "legal.aid.reason.dialog")
        self.assertEqual(case.state, "submitted")

    def test_withdraw(self):
        """I7: the applicant withdraws, or missing papers never came; the running request becomes void."""
        case = self._create_submitted()
        request = case.sudo().approval_request_id
        case.action_withdraw(reason_code="applicant")
        self.assertEqual(case.state, "withdrawn")
        self.assertEqual(request.state, "void")
        self.assertIsNone(self._get_due(case, "decide"))
        deemed = self._create_submitted()
        deemed.action_request_supplement(note="身份证")
        deemed.action_withdraw(reason_code="no_supplement")
        self.assertEqual(deemed.decision_reason_id.code, "no_supplement")

    def test_facts_are_locked_after_submission(self):
        """DESIGN rule 4: what the leader decides on does not change under his pen."""
        case = self._create_submitted()
        for vals in ({"applicant_kind": "worker"}, {"amount_claimed": 1}, {"employer_place_id": self.county_b.id}):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "can no longer be changed"):
                case.write(vals)
        case.write({"applicant_phone": "13803750002"})


@tagged("post_install", "-at_install")
class TestAssignment(LegalAidCaseworkCommon):
    def test_lawyer_of_the_contact_point_only(self):
        """C2, T3: a lawyer of another contact point is refused, with the way out; who serves a superior union may."""
        case = self._create_granted()
        with self.assertRaisesRegex(UserError, "does not serve"):
            case.action_assign(volunteer_id=self.lawyer2)
        self.lawyer2.contact_point_ids = self.city
        case.action_assign(volunteer_id=self.lawyer2)
        self.assertEqual(case.volunteer_id, self.lawyer2)

    def test_lawyer_of_the_unit(self):
        """C2, T3: a lawyer who serves the employer's unit takes its workers' cases, also those of the city."""
        case = self._create_case(
            self.city_officer, employer_place_id=False, employer_organization_id=self.enterprise_city.id
        )
        case.action_submit()
        case.with_user(self.city_manager).action_grant()
        with self.assertRaisesRegex(UserError, "does not serve"):
            case.action_assign(volunteer_id=self.lawyer1)
        self.lawyer1.contact_point_ids += self.enterprise_city
        case.action_assign(volunteer_id=self.lawyer1)
        self.assertEqual(case.mandate_id.organization_id, self.city)
        self.assertEqual(case.mandate_id.state, "issued")

    def test_not_assignable(self):
        """T9: a suspended lawyer gets no case."""
        case = self._create_granted()
        self.lawyer1.with_user(self.city_officer).action_suspend(reason_code="request")
        with self.assertRaisesRegex(UserError, "only active members"):
            case.action_assign(volunteer_id=self.lawyer1)
        self.assertFalse(case.suggested_volunteer_ids)

    def test_uses_the_lawyer_on_the_case_or_asks(self):
        """DESIGN rule 2: a dialog only when called without a lawyer."""
        case = self._create_granted()
        self.assertEqual(case.action_assign()["res_model"], "legal.aid.case.assign")
        dialog = self.env["legal.aid.case.assign"].with_user(self.a_officer).create({"case_id": case.id})
        self.assertEqual(dialog.volunteer_id, self.lawyer1)
        case.volunteer_id = self.lawyer1
        case.action_assign()
        self.assertEqual(case.state, "assigned")

    def test_finished_case_is_not_assigned_again(self):
        """Issue A: an error that a county officer understands, and nothing is lost."""
        case = self._create_closed()
        for _step in range(2):
            with self.assertRaises(UserError) as caught:
                case.action_assign(volunteer_id=self.lawyer1)
            self.assertIn("is finished", str(caught.exception))
            self.assertIn(case.name, str(caught.exception))
            if case.state == "closed":
                case.action_archive(file_received_date=TODAY)
        self.assertEqual(case.volunteer_id, self.lawyer1)
        running = self._create_in_progress()
        with self.assertRaisesRegex(UserError, "Change Lawyer"):
            running.action_assign(volunteer_id=self.lawyer1)
        with self.assertRaisesRegex(UserError, "as soon as aid is granted"):
            self._create_submitted().action_assign(volunteer_id=self.lawyer1)

    def test_decline(self):
        """C2: the attempt is kept with its reason, the clock of the assignment runs again, the mandate is gone."""
        case = self._create_assigned()
        mandate = case.mandate_id
        with self.assertRaises(AccessError):
            case.with_user(self.a_officer).action_decline(reason_code="conflict")
        case.with_user(self.lawyer1_user).action_decline(reason_code="conflict", note="曾代理该公司")
        self.assertRecordValues(case, [{"state": "granted", "volunteer_id": False, "mandate_id": False}])
        self.assertEqual(mandate.state, "cancelled")
        self.assertRecordValues(case.assignment_ids, [{"state": "declined", "volunteer_id": self.lawyer1.id}])
        self.assertEqual(case.assignment_ids.reason_id.code, "conflict")
        self.assertEqual(self._get_due(case, "assign"), "2026-03-05")
        self.assertIsNone(self._get_due(case, "agency"))
        case.action_assign(volunteer_id=self.lawyer1)
        self.assertEqual(len(case.assignment_ids), 2)
        self.assertEqual(case.mandate_id.state, "issued")

    def test_only_the_assigned_lawyer_accepts(self):
        case = self._create_assigned()
        for user in (self.lawyer2_user, self.a_officer, self.a_manager):
            with self.subTest(user.login), self.assertRaises(AccessError):
                case.with_user(user).action_accept()
        self.assertEqual(case.state, "assigned")

    def test_officer_records_the_answer_of_a_lawyer_without_login(self):
        """T5: staff handlers and firm lawyers may have no account."""
        case = self._create_assigned()
        self.lawyer1.user_id = False
        case.action_accept()
        self.assertEqual(case.state, "in_progress")

    def test_change_lawyer(self):
        """C6: from lawyer to lawyer with a coded reason; attempts, mandates and work stay on record."""
        self.lawyer2.contact_point_ids += self.county_a
        case = self._create_in_progress()
        case.with_user(self.lawyer1_user).action_log_work(hours=1)
        case.action_change_lawyer(volunteer_id=self.lawyer2.id, reason_code="recipient")
        self.assertRecordValues(case, [{"state": "assigned", "volunteer_id": self.lawyer2.id}])
        self.assertEqual(sorted(case.assignment_ids.mapped("state")), ["ended", "proposed"])
        self.assertEqual(sorted(case.mandate_ids.mapped("state")), ["cancelled", "issued"])
        self.assertEqual(case.hours_total, 1)
        with self.assertRaises(AccessError):
            case.with_user(self.lawyer1_user).read(["name"])
        case.with_user(self.lawyer2_user).action_accept()
        case.action_change_lawyer(reason_code="unable")
        self.assertRecordValues(case, [{"state": "granted", "volunteer_id": False}])
        self.assertEqual(self._get_due(case, "assign"), "2026-03-05")

    def test_lawyer_leaves_the_team(self):
        """T9: no case is left without a lawyer: his running cases go back into assignment, finished ones stay."""
        running, finished = self._create_in_progress(), self._create_closed()
        with self.assertRaisesRegex(UserError, running.name):
            self.lawyer1.with_user(self.city_officer).action_leave(reason_code="request")
        running.action_change_lawyer(reason_code="left_team")
        self.lawyer1.with_user(self.city_officer).action_leave(reason_code="request")
        self.assertRecordValues(running, [{"state": "granted", "volunteer_id": False}])
        self.assertEqual(running.assignment_ids.reason_id.code, "left_team")
        self.assertEqual(self._get_due(running, "assign"), "2026-03-05")
        self.assertRecordValues(finished, [{"state": "closed", "volunteer_id": self.lawyer1.id}])

    def test_successor_of_a_reporting_lawyer_is_asked(self):
        """C2: only the lawyer who reported a case accepts it by his first work; his successor answers for himself."""
        self.lawyer2.contact_point_ids += self.county_a
        case = self._create_granted(source="lawyer", volunteer_id=self.lawyer1.id)
        self.assertEqual(case.state, "assigned")
        case.action_change_lawyer(volunteer_id=self.lawyer2, reason_code="unable")
        with self.assertRaisesRegex(UserError, "not accepted"):
            case.with_user(self.lawyer2_user).action_log_work(hours=1)

    def test_another_lawyer_while_the_mandate_is_awaited(self):
        """C1: the mandate asked for the reporting lawyer gives way to that of the lawyer who is assigned."""
        self.lawyer2.contact_point_ids += self.county_a
        self.lawyer1.contact_point_ids += self.enterprise_a
        case = self._create_granted(
            source="lawyer", volunteer_id=self.lawyer1.id, contact_point_id=self.enterprise_a.id
        )
        self.assertEqual((case.state, case.mandate_id.state), ("granted", "draft"))
        first = case.mandate_id
        case.action_assign(volunteer_id=self.lawyer2)
        self.assertEqual(first.state, "cancelled")
        self.assertEqual((case.mandate_id.volunteer_id, case.mandate_id.state), (self.lawyer2, "draft"))

    def test_suggestion_ranks_by_field_and_load(self):
        """C2: lawyers in the field first, then those with fewer open cases; the sentence explains it."""
        self.lawyer2.contact_point_ids += self.county_a
        self._create_in_progress()
        case = self._create_granted()
        self.assertEqual(case.suggested_volunteer_ids[0], self.lawyer2)
        self.lawyer1.specialty_ids = self.matter_wages.specialty_ids[:1]
        case.invalidate_recordset()
        self.assertEqual(case.suggestion.splitlines()[0].split(":")[0], self.lawyer1.name)
        self.assertIn("works in this field, open cases: 1", case.suggestion)


@tagged("post_install", "-at_install")
class TestWork(LegalAidCaseworkCommon):
    def test_hours_and_dates(self):
        """C3: more than 0 and at most 24 hours, never in the future."""
        case = self._create_in_progress().with_user(self.lawyer1_user)
        for hours in (0, -1, 24.5):
            with (
                self.subTest(hours),
                mute_logger("odoo.sql_db"),
                self.assertRaises(Exception) as caught,
                self.cr.savepoint(),
            ):
                case.action_log_work(hours=hours)
            self.assertIn("legal_aid_work_log_hours_in_a_day", str(caught.exception))
        with self.assertRaisesRegex(ValidationError, "future"):
            case.action_log_work(hours=1, date="2026-03-03")
        self.assertEqual(case.action_log_work(hours=24, date="2026-03-01", note="连夜整理证据").hours, 24)

    def test_no_work_before_acceptance_and_mandate(self):
        """C1: no work without mandate, none before the acceptance of a case that the union assigned."""
        case = self._create_assigned()
        with self.assertRaisesRegex(UserError, "not accepted"):
            case.with_user(self.lawyer1_user).action_log_work(hours=1)
        with self.assertRaisesRegex(UserError, "not accepted"):
            self.env["legal.aid.work.log"].with_user(self.a_officer).create({"case_id": case.id, "hours": 1})

    def test_urgent_work_comes_first(self):
        """I9: on the urgent path work is logged before the formalities, but the case closes only after them."""
        case = self._create_case(
            volunteer_id=self.lawyer1.id, is_urgent=True, urgent_reason="仲裁时效三日后届满", source="lawyer"
        )
        log = case.with_user(self.lawyer1_user).action_log_work(hours=2, kind="drafting")
        self.assertEqual(log.case_id, case)
        with self.assertRaises(UserError):
            case.with_user(self.lawyer1_user).action_close(outcome="won")
        case.action_submit()
        case.with_user(self.a_manager).action_grant()
        case.with_user(self.lawyer1_user).action_accept()
        case.with_user(self.lawyer1_user).action_close(outcome="won")
        self.assertEqual(case.state, "closed")

    def test_urgency_needs_its_reason(self):
        """I9: the urgent path opens work without a mandate, so it is never taken without saying why."""
        case = self._create_case()
        with self.assertRaisesRegex(ValidationError, "cannot wait"):
            case.is_urgent = True

    def test_logs_are_corrected_by_their_author_only(self):
        """C3: the work log counts for the assessment: an officer corrects what he typed, not what the lawyer logged."""
        case = self._create_in_progress()
        log = case.with_user(self.lawyer1_user).action_log_work(hours=3)
        typed = self.env["legal.aid.work.log"].with_user(self.a_officer).create({"case_id": case.id, "hours": 2})
        typed.hours = 1
        with self.assertRaises(AccessError):
            log.with_user(self.a_officer).hours = 9
        with self.assertRaises(AccessError):
            typed.unlink()
        self.assertEqual(case.hours_total, 4)

    def test_not_another_lawyers_case(self):
        case = self._create_in_progress()
        with self.assertRaises(AccessError):
            case.with_user(self.lawyer2_user).action_log_work(hours=1)
        with self.assertRaisesRegex(UserError, "not the lawyer of case"):
            self.env["legal.aid.work.log"].with_user(self.a_officer).create(
                {"case_id": case.id, "hours": 1, "volunteer_id": self.lawyer2.id}
            )

    def test_close_needs_work(self):
        """C8: no closing without a work log, with an unknown outcome, or on an impossible day."""
        case = self._create_in_progress().with_user(self.lawyer1_user)
        with self.assertRaisesRegex(UserError, "no work log"):
            case.action_close(outcome="won")
        case.action_log_work(hours=1)
        with self.assertRaisesRegex(UserError, "not an outcome"):
            case.action_close(outcome="victory")
        for day in ("2026-03-03", "2026-03-01"):
            with self.subTest(day), self.assertRaisesRegex(UserError, "cannot be closed on"):
                case.action_close(outcome="won", closed_date=day)
        case.action_close(outcome="won", amount_recovered=100.5)
        self.assertEqual(case.amount_recovered, 100.5)
        with self.assertRaisesRegex(UserError, "is in state"):
            case.action_log_work(hours=1)

    def test_archive_needs_the_file(self):
        """C8: the file as a document or received on paper; the clock is met on that day."""
        case = self._create_closed()
        with self.assertRaisesRegex(UserError, "is not in"):
            case.action_archive()
        with freeze_time("2026-03-20 02:00:00"):
            case.with_user(self.lawyer1_user).action_add_document(kind="file", filename="卷宗.pdf", content=b"%PDF")
            case.with_user(self.lawyer1_user).action_hand_in_file()
        with freeze_time("2026-04-20 02:00:00"):
            case.action_accept_file(seen_item_ids=case._get_missing_items("file").ids)
            case.action_archive()
        clock = case.sudo().deadline_ids.filtered(lambda deadline: deadline.kind == "file_submit")
        self.assertEqual((clock.light, clock.date_done.isoformat()), ("done", "2026-03-20"))
        self.assertEqual(case.archived_date.isoformat(), "2026-04-20")

    def test_lawyer_does_not_archive(self):
        case = self._create_closed()
        with self.assertRaises(AccessError):
            case.with_user(self.lawyer1_user).action_archive(file_received_date=TODAY)

    def test_terminate(self):
        """C7: the leader ends the aid on a legal ground; mandate and clocks end, the lawyer is told."""
        case = self._create_in_progress()
        with self.assertRaises(AccessError):
            case.action_terminate(reason_code="fraud")
        case.with_user(self.a_manager).action_terminate(reason_code="own_lawyer")
        self.assertEqual(case.state, "terminated")
        self.assertEqual(case.mandate_id.state, "cancelled")
        running = case.sudo().deadline_ids.filtered(lambda deadline: deadline.state == "open")
        self.assertEqual(running.mapped("kind"), ["terminate_notify"])

    def test_reopen(self):
        """C13: the leader takes a finished case up again, with a reason on record; the lawyer goes on."""
        case = self._create_archived()
        case.with_user(self.a_manager).action_reopen(reason_code="new_stage", note="进入二审")
        self.assertRecordValues(case, [{"state": "in_progress", "archived_date": False, "closed_date": False}])
        case.with_user(self.lawyer1_user).action_log_work(hours=1)
        case.with_user(self.lawyer1_user).action_close(outcome="won")
        self.assertEqual(case.state, "closed")
        refused = self._create_submitted()
        refused.with_user(self.a_manager).action_refuse(reason_code="other")
        refused.with_user(self.a_manager).action_reopen(reason_code="correction")
        refused.action_submit()
        refused.with_user(self.a_manager).action_grant()
        self.assertEqual(refused.state, "granted")
        terminated = self._create_in_progress()
        terminated.with_user(self.a_manager).action_terminate(reason_code="other")
        terminated.with_user(self.a_manager).action_reopen(reason_code="correction")
        self.assertRecordValues(terminated, [{"state": "granted", "volunteer_id": False, "mandate_id": False}])
        terminated.action_assign(volunteer_id=self.lawyer1)


@tagged("post_install", "-at_install")
class TestTransfer(LegalAidCaseworkCommon):
    def test_offer_and_take_over(self):
        """I3: a county offers, the other takes over by its own act; its leaders then decide."""
        case = self._create_submitted()
        case.action_transfer(organization_id=self.county_b, reason_code="jurisdiction")
        self.assertEqual(case.organization_id, self.county_a)
        offered = case.with_user(self.b_officer)
        self.assertEqual(offered.name, case.name)
        with self.assertRaises(AccessError):
            offered.write({"headcount": 2})
        with self.assertRaises(AccessError):
            case.action_accept_transfer()
        offered.action_accept_transfer()
        self.assertEqual(offered.organization_id, self.county_b)
        self.assertEqual(offered.contact_point_id, self.county_b)
        self.assertIn(self.county_a.name, offered.jurisdiction_override_reason)
        self.assertEqual(
            offered.sudo().deadline_ids.filtered(lambda d: d.kind == "decide").organization_id, self.county_b
        )
        self.assertFalse(self.env["legal.aid.case"].with_user(self.a_officer).search([("id", "=", case.id)]))
        with self.assertRaises(AccessError):
            case.with_user(self.a_manager).action_grant()
        case.with_user(self.b_manager).action_grant()
        self.assertEqual(offered.state, "granted")

    def test_city_hands_over_at_once(self):
        case = self._create_case(self.city_officer)
        case.action_transfer(organization_id=self.county_b.id, reason_code="recipient", note="就近")
        self.assertRecordValues(case, [{"organization_id": self.county_b.id, "transfer_organization_id": False}])

    def test_refusals(self):
        """I3: not to itself, not to an enterprise, not when the work has begun; an offer can be sent back."""
        case = self._create_case()
        for union in (self.county_a, self.enterprise_a):
            with self.subTest(union.name), self.assertRaises(UserError):
                case.action_transfer(organization_id=union, reason_code="jurisdiction")
        case.action_transfer(organization_id=self.county_b, reason_code="jurisdiction")
        case.with_user(self.b_officer).action_cancel_transfer()
        self.assertFalse(case.transfer_organization_id)
        with self.assertRaises(AccessError):
            case.with_user(self.b_officer).read(["name"])
        with self.assertRaisesRegex(UserError, "only in state"):
            self._create_in_progress().action_transfer(organization_id=self.county_b, reason_code="jurisdiction")
