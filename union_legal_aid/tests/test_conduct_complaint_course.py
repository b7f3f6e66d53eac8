import base64
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .casework_common import LegalAidCaseworkCommon
from .conduct_common import ConductCommon

PAPER = base64.b64encode(b"%PDF-1.4 test")


class ComplaintCourseCommon(ConductCommon):
    def _add_paper(self, complaint, kind, user=None):
        steps = self.env["legal.aid.complaint.step"].with_user(user or self.city_officer)
        return steps.create(
            {"complaint_id": complaint.id, "kind": kind, "paper": PAPER, "paper_name": "扫描件.pdf"}
        ).with_env(self.env)

    def _get_clock(self, complaint, kind):
        """``(state, last day, met on)`` of the newest clock of the kind."""
        clock = self.env["legal.aid.deadline"].search(
            [("res_model", "=", complaint._name), ("res_id", "=", complaint.id), ("kind", "=", kind)],
            order="id desc",
            limit=1,
        )
        return clock and (clock.state, str(clock.date_due), clock.date_done and str(clock.date_done))

    def _get_notices(self, user, since):
        return self.env["mail.message"].search([("id", ">", since), ("partner_ids", "in", user.partner_id.ids)])

    def _get_last_message(self):
        return self.env["mail.message"].search([], order="id desc", limit=1).id


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestComplaintIntake(ComplaintCourseCommon):
    """T7: any channel, any person, also for somebody else or from another body; accepted in time."""

    def test_handed_on(self):
        """T7: from another body with its number; without the body it is refused."""
        complaint = self._complain(channel="transfer", transfer_from="市信访局", transfer_number="平信〔2026〕88号")
        self.assertEqual(complaint.transfer_number, "平信〔2026〕88号")
        with self.assertRefused(ValidationError, "by which body"):
            self._complain(channel="transfer")
        found = self.env["legal.aid.complaint"].search([("transfer_number", "=", "平信〔2026〕88号")])
        self.assertEqual(found, complaint)

    def test_accepted_on_day_seven_and_eight(self):
        """T7: the acceptance is due seven days after the complaint: on the 7th in time, on the 8th late."""
        complaint = self._complain(user=self.a_officer)
        self.assertEqual(self._get_clock(complaint, "complaint_acknowledge"), ("open", "2026-06-22", False))
        for day, light in (("2026-06-22", "amber"), ("2026-06-23", "red")):
            with freeze_time(day):
                self.env.invalidate_all()
                self.assertEqual(complaint.deadline_light, light)
                overdue = self.env["legal.aid.complaint"].search([("deadline_light", "in", ("red",))])
                self.assertEqual(complaint in overdue, light == "red")
        complaint.with_user(self.a_officer).action_acknowledge(note="当面告知受理编号")
        self.assertEqual(self._get_clock(complaint, "complaint_acknowledge"), ("done", "2026-06-22", "2026-06-15"))
        with self.assertRefused(UserError, "Accepted already"):
            complaint.with_user(self.city_officer).action_acknowledge()
        for date, message in (("2026-06-16", "."), ("2026-06-14", "before the complaint")):
            with self.assertRefused(UserError, message):
                self._complain().with_user(self.city_officer).action_acknowledge(date=date)

    def test_clocks_are_the_citys(self):
        """T7, O2: acceptance and verdict stand on the city's board, also of what a county took down; the lawyer sees neither."""
        complaint = self._complain(user=self.a_officer)
        deadlines = self.env["legal.aid.deadline"].search(
            [("res_model", "=", complaint._name), ("res_id", "=", complaint.id)]
        )
        self.assertEqual(sorted(deadlines.mapped("kind")), ["complaint_acknowledge", "complaint_decide"])
        self.assertEqual(deadlines.organization_id, self.city)
        self.assertFalse(deadlines.volunteer_id)
        self.assertFalse(deadlines.with_user(self.lawyer1_user)._filtered_access("read"))
        self.assertEqual(set(deadlines.mapped("record_name")), {complaint.name})

    def test_policy_sets_the_days(self):
        """O6: the days are the policy's; where none is in force a complaint is taken down all the same."""
        self.env["legal.aid.policy"].create(
            {
                "name": "三天政策",
                "organization_id": self._create_union("测试二市", "T05", "city").id,
                "document_number": "x",
                "date_from": "2025-01-01",
                "complaint_acknowledge_days": 3,
            }
        )
        lawyer = self._create_lawyer().sudo()
        lawyer.organization_id = self.env["union.organization"].search([("code", "=", "T05")])
        complaint = self._complain(lawyer, user=self.env.user, organization_id=lawyer.organization_id.id)
        self.assertEqual(self._get_clock(complaint, "complaint_acknowledge")[1], "2026-06-18")
        with freeze_time("2030-06-03"):
            self.assertEqual(self._get_clock(self._complain(), "complaint_acknowledge")[1], "2030-06-10")

    def test_city_is_told_by_number(self):
        """T7, F§11: the city's office is told of what a county took down, by its number."""
        before = self._get_last_message()
        complaint = self._complain(user=self.a_officer, complainant_name="张小明", text="律师三次未到庭")
        notices = self._get_notices(self.city_officer, before)
        self.assertIn(complaint.name, str(notices.mapped("subject")))
        for secret in ("张小明", "三次未到庭"):
            self.assertNotIn(secret, str(notices.mapped("subject")) + str(notices.mapped("body")))

    def test_representative_needs_the_authority(self):
        """T7: for a worker counts as the worker's with the authority on file, and not without."""
        without = self._verify(
            self._complain(is_represented=True, representative_relation="family", representative_name="张大明")
        )
        self.assertFalse(without.counts)
        complaint = self._complain(is_represented=True, representative_relation="family", representative_name="张大明")
        self.assertFalse(complaint.has_authority)
        self._add_paper(complaint, "authority")
        self.assertTrue(complaint.has_authority)
        self.assertTrue(self._verify(complaint).counts)
        self.assertFalse(self._get_removal())
        self._add_paper(without, "authority")
        self.assertTrue(without.counts, "the authority came in after the verdict")
        self.assertEqual(self._get_removal().complaint_ids, without | complaint)

    def test_representative_of_others(self):
        """T7: an authority makes no worker of an employer; whoever gives no name has no representative."""
        complaint = self._complain(complainant_kind="employer", is_represented=True, representative_relation="lawyer")
        self._add_paper(complaint, "authority")
        self.assertFalse(self._verify(complaint).counts)
        with self.assertRefused(ValidationError, "is anonymous"):
            self._complain(complainant_kind="anonymous", is_represented=True, representative_relation="family")
        with self.assertRefused(ValidationError, "is anonymous"):
            self._complain(complainant_kind="anonymous", representative_name="张大明")
        with self.assertRefused(ValidationError, "is related"):
            self._complain(is_represented=True)

    def test_authority_is_a_paper(self):
        """T7: saying that there is an authority is not enough."""
        complaint = self._complain(is_represented=True, representative_relation="family")
        with self.assertRefused(ValidationError, "Attach it"):
            self.env["legal.aid.complaint.step"].with_user(self.city_officer).create(
                {"complaint_id": complaint.id, "kind": "authority"}
            )
        for vals in ({"has_authority": True}, {"counts": True}):
            complaint.with_user(self.city_officer).write(vals)
            self.env.flush_all()
            self._verify(self._complain())
            complaint.modified(["step_ids", "state"])
            self.assertFalse(complaint.counts and complaint.state == "received")

    def test_county_of_the_case_follows(self):
        """O2: the union in charge of the case reads the complaint about its lawyer, and handles nothing."""
        case = self._create_case()
        complaint = self._complain(case_id=case.id, complainant_name="张小明")
        as_county = complaint.with_user(self.a_officer)
        self.assertTrue(as_county.has_access("read"))
        self.assertFalse(as_county.has_access("write"))
        self.assertFalse(as_county.complainant_name)
        self.assertFalse(complaint.with_user(self.b_officer).has_access("read"))
        with self.assertRaises(AccessError):
            self._complain(self.lawyer2, user=self.b_officer, case_id=case.id)

    def _create_case(self):
        return (
            self.env["legal.aid.case"]
            .with_user(self.a_officer)
            .create(
                {
                    "application_date": "2026-06-15",
                    "applicant_name": "王小明",
                    "applicant_kind": "migrant_worker",
                    "employer_name": "某公司",
                    "employer_place_id": self.county_a.id,
                    "matter_id": self.env.ref("union_legal_aid.matter_unpaid_wages").id,
                    "service_form": "arbitration",
                }
            )
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestComplaintInquiry(ComplaintCourseCommon):
    """T7: investigated in steps, the lawyer is heard without learning who complained, everybody is told."""

    def test_steps(self):
        """T7: who was asked, when, what was found; the city's and whoever wrote it; closed by the verdict."""
        complaint = self._complain(user=self.a_officer)
        mine = self._add_paper(complaint, "papers", user=self.a_officer)
        citys = self.env["legal.aid.complaint.step"].with_user(self.city_officer)
        step = citys.create({"complaint_id": complaint.id, "kind": "worker", "asked": "李某", "found": "属实"})
        self.env.invalidate_all()
        self.assertEqual(complaint.with_user(self.a_officer).step_ids, mine)
        self.env.invalidate_all()
        self.assertEqual(complaint.with_user(self.city_officer).step_ids, mine | step)
        for user in (self.auditor, self.lawyer1_user, self.justice):
            with self.assertRaises(AccessError):
                step.with_user(user).read(["found"])
        self.assertFalse(self.env["legal.aid.complaint.step"].with_user(self.a_manager).search([]))
        with self.assertRefused(ValidationError, "still to come"):
            citys.create({"complaint_id": complaint.id, "date": "2026-06-16", "found": "x"})
        self._verify(complaint)
        for door in (
            lambda: step.with_user(self.city_officer).write({"found": "改写"}),
            lambda: step.with_user(self.city_officer).unlink(),
            lambda: citys.create({"complaint_id": complaint.id, "kind": "worker", "found": "补写"}),
        ):
            with self.assertRaises(UserError):
                door()
        verdicts = complaint.step_ids.filtered(lambda one: one.kind == "verdict")
        self.assertEqual(len(verdicts), 1)
        self.assertIn("属实", verdicts.found)

    def test_verdict_is_no_step_by_hand(self):
        """DESIGN §3.1: nobody writes a verdict into the inquiry."""
        complaint = self._complain()
        steps = self.env["legal.aid.complaint.step"].with_user(self.city_manager)
        with self.assertRaises(AccessError):
            steps.create({"complaint_id": complaint.id, "kind": "verdict", "found": "属实"})
        step = steps.create({"complaint_id": complaint.id, "found": "x"})
        with self.assertRaises(AccessError):
            step.kind = "verdict"
        with self.assertRaises(AccessError):
            steps.with_context(default_kind="verdict").create({"complaint_id": complaint.id})

    def test_lawyer_is_heard_before_the_verdict(self):
        """T7: told once, without names; no verdict against him until the reply is in or its last day is over."""
        complaint = self._complain(complainant_name="张小明", complainant_phone="13812345678")
        officer = complaint.with_user(self.city_officer)
        self.assertEqual(officer.action_ask_reply()["context"]["default_note"], "测试投诉事实")
        with self.assertRaises(AccessError):
            complaint.with_user(self.a_officer).action_ask_reply(note="x")
        for text in ("张小明说您没有到庭", "请回电13812345678"):
            with self.assertRefused(UserError, "tells who complained"):
                officer.action_ask_reply(note=text)
        before = self._get_last_message()
        officer.action_ask_reply(note="有职工反映开庭未到")
        self.assertEqual((complaint.state, str(complaint.reply_due)), ("investigating", "2026-06-22"))
        self.assertEqual(self._get_clock(complaint, "complaint_acknowledge")[0], "done")
        self.assertEqual(len(self._get_notices(self.lawyer1_user, before)), 1)
        with self.assertRefused(UserError, "told already"):
            officer.action_ask_reply(note="再问")
        manager = complaint.with_user(self.city_manager)
        for day in ("2026-06-15", "2026-06-22"):
            with freeze_time(day), self.assertRefused(UserError, "may reply until 2026-06-22"):
                manager.action_verify()
        with freeze_time("2026-06-23"):
            self.assertEqual(
                self.env["legal.aid.complaint"].search(
                    [("id", "=", complaint.id), ("reply_date", "=", False), ("reply_due", "<", "today")]
                ),
                complaint,
            )
            manager.action_verify()
        self.assertEqual(complaint.state, "verified")

    def test_dismissal_needs_not_wait(self):
        """T7: what is decided for the lawyer need not wait for his reply."""
        complaint = self._complain()
        complaint.with_user(self.city_officer).action_ask_reply(note="请说明")
        complaint.with_user(self.city_manager).action_dismiss(reason_code="unfounded")
        self.assertEqual(complaint.state, "unfounded")
        self.assertEqual(self._get_clock(complaint, "complaint_reply")[0], "void")

    def test_lawyer_replies_himself(self):
        """T7, O2: on his own extract, which tells neither who complained nor which case; another lawyer finds none."""
        complaint = self._complain(complainant_name="张小明")
        complaint.with_user(self.city_officer).action_ask_reply(note="开庭未到")
        extract = complaint.extract_ids
        mine = extract.with_user(self.lawyer1_user)
        values = mine.read()[0]
        self.assertFalse({"complaint_id", "answered_by_id", "result_id"} & values.keys())
        self.assertNotIn("张小明", str(values))
        self.assertFalse(extract.with_user(self.lawyer2_user).has_access("read"))
        with self.assertRaises(AccessError):
            extract.with_user(self.lawyer2_user).action_answer(note="x")
        with self.assertRaises(AccessError):
            extract.with_user(self.city_officer).action_answer(note="x")
        before = self._get_last_message()
        with self.assertRefused(UserError, "write your reply"):
            mine.action_answer(note=" ")
        mine.action_answer(note="当日在另案开庭")
        mine.action_answer(note="当日在另案开庭，已向工会请假")
        self.assertEqual((complaint.reply, str(complaint.reply_date)), ("当日在另案开庭，已向工会请假", "2026-06-15"))
        self.assertEqual(self._get_clock(complaint, "complaint_reply"), ("done", "2026-06-22", "2026-06-15"))
        self.assertIn(complaint.name, str(self._get_notices(self.city_officer, before).mapped("subject")))
        complaint.with_user(self.city_manager).action_verify()
        self.assertEqual(mine.verdict, "verified")
        self.assertEqual(str(complaint.lawyer_informed_date), "2026-06-15")
        with self.assertRaises(AccessError):
            mine.action_answer(note="迟到")

    def test_extracts_have_no_door(self):
        """DESIGN §3.1: nobody writes, makes or deletes an extract by hand."""
        complaint = self._complain()
        complaint.with_user(self.city_officer).action_ask_reply(note="开庭未到")
        extract = complaint.extract_ids
        for user in (self.lawyer1_user, self.city_officer, self.city_manager, self.justice, self.auditor):
            for door in (
                lambda user=user: extract.with_user(user).write({"text": "x"}),
                lambda user=user: extract.with_user(user).write({"answer": "x"}),
                lambda user=user: extract.with_user(user).unlink(),
                lambda user=user: extract.with_user(user).copy(),
            ):
                with self.assertRaises(AccessError):
                    door()

    def test_lawyer_of_the_same_name(self):
        """O2: a lawyer of the same name as the one complained about learns nothing."""
        self.lawyer2_user.name = self.lawyer1_user.name = "王伟"
        complaint = self._complain()
        complaint.with_user(self.city_officer).action_ask_reply(note="开庭未到")
        self.assertFalse(self.env["legal.aid.complaint.extract"].with_user(self.lawyer2_user).search([]))
        self.assertTrue(self.env["legal.aid.complaint.extract"].with_user(self.lawyer1_user).search([]))
        self.assertFalse(
            self.env["legal.aid.deadline"].with_user(self.lawyer2_user).search([("res_model", "=", complaint._name)])
        )

    def test_told_and_closed(self):
        """T7: the complainant within seven days of the verdict, and the lawyer; then it is closed by itself."""
        complaint = self._verify(self._complain(user=self.a_officer))
        self.assertEqual(self._get_clock(complaint, "complaint_inform"), ("open", "2026-06-22", False))
        self.assertEqual(complaint.open_point, "inform")
        complaint.with_user(self.a_officer).action_inform(note="电话告知", date="2026-06-15")
        self.assertEqual(complaint.open_point, "inform_lawyer")
        with self.assertRefused(UserError, "Tell the lawyer"):
            complaint.with_user(self.city_officer).action_close()
        with self.assertRaises(AccessError):
            complaint.with_user(self.a_officer).action_inform_lawyer()
        complaint.with_user(self.city_officer).action_inform_lawyer()
        self.assertEqual((str(complaint.closed_date), complaint.open_point), ("2026-06-15", False))

    def test_anonymous_needs_nobody_told(self):
        """T7: whoever gave no name is not told, and nothing waits for that."""
        complaint = self._complain(complainant_kind="anonymous")
        complaint.with_user(self.city_manager).action_dismiss(reason_code="unfounded")
        self.assertFalse(self._get_clock(complaint, "complaint_inform"))
        self.assertTrue(complaint.closed_date)

    def test_next_step(self):
        """T7: a complaint says what it waits for, from the first day to the last."""
        complaint = self._complain()
        officer = complaint.with_user(self.city_officer)
        self.assertEqual((complaint.open_point, str(complaint.open_point_due)), ("acknowledge", "2026-06-22"))
        officer.action_acknowledge()
        self.assertEqual((complaint.open_point, str(complaint.open_point_due)), ("hear", "2026-08-14"))
        officer.action_ask_reply(note="请说明")
        self.assertEqual(complaint.open_point, "reply")
        officer.action_record_reply(note="说明")
        self.assertEqual(complaint.open_point, "verdict")


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestComplaintRejudged(ComplaintCourseCommon):
    """T7: a verdict may be given anew, and the removal that rests on it follows."""

    def _rejudge(self, complaint, code="evidence"):
        complaint.with_user(self.city_manager).action_rejudge(reason_code=code, note="复核")

    def test_verified_becomes_unfounded_and_back(self):
        """T7: below the limit the open removal is withdrawn with a note; at the limit again it is opened anew."""
        complaints = self._verify(self._complain()) | self._verify(self._complain())
        first = self._get_removal()
        self._rejudge(complaints[0])
        self.assertEqual((complaints[0].state, complaints[0].counts), ("unfounded", False))
        self.assertEqual(first.state, "withdrawn")
        self.assertIn(complaints[0].name, first.withdraw_note)
        self.lawyer1.invalidate_recordset()
        self.assertTrue(self.lawyer1.assignable)
        self._rejudge(complaints[0], "error")
        self.assertTrue(complaints[0].counts)
        second = self._get_removal() - first
        self.assertEqual((second.state, second.complaint_ids), ("open", complaints))
        self.lawyer1.invalidate_recordset()
        self.assertFalse(self.lawyer1.assignable)

    def test_running_approval_is_void(self):
        """T7, M5: what is being approved falls when a complaint under it does, also where enough of them are left."""
        complaints = self.env["legal.aid.complaint"]
        for _time in range(3):
            complaints |= self._verify(self._complain())
        removal = self._get_removal()
        removal.with_user(self.city_officer).action_record_reply(note="申辩")
        removal.with_user(self.city_officer).action_request_approval()
        self.assertEqual(removal.approval_state, "pending")
        self._rejudge(complaints[2])
        self.assertEqual(removal.complaint_ids, complaints[:2])
        self.assertEqual(removal.state, "replied")
        self.assertNotEqual(removal.approval_state, "pending")
        removal.with_user(self.city_officer).action_request_approval()
        self._rejudge(complaints[1])
        self.assertEqual(removal.state, "withdrawn")
        self.assertNotEqual(removal.approval_state, "pending")

    def test_voided_third_leaves_two(self):
        """T7: void for wrongly opened: the removal stands on the two others, and shows these."""
        complaints = self.env["legal.aid.complaint"]
        for _time in range(3):
            complaints |= self._verify(self._complain())
        complaints[0].with_user(self.city_manager).action_void(reason_code="void")
        self.assertEqual((self._get_removal().state, self._get_removal().complaint_ids), ("open", complaints[1:]))

    def test_who_and_why(self):
        """O3, M5: a manager of the city who did not take it down, with a coded reason; each verdict stays on record."""
        complaint = self._verify(self._complain())
        for user in (self.city_officer, self.a_manager, self.city_administrator):
            with self.assertRaises(UserError):
                complaint.with_user(user).action_rejudge(reason_code="evidence")
        manager = complaint.with_user(self.city_manager)
        self.assertEqual(manager.action_rejudge()["res_model"], "legal.aid.reason.dialog")
        with self.assertRaises(UserError):
            manager.action_rejudge(reason_code="nonsense")
        with self.assertRaises(UserError):
            self._complain().with_user(self.city_manager).action_rejudge(reason_code="evidence")
        self._rejudge(complaint)
        verdicts = complaint.step_ids.filtered(lambda step: step.kind == "verdict")
        self.assertEqual(len(verdicts), 2)
        self.assertEqual(complaint.decision_reason_id.code, "evidence")

    def test_told_anew(self):
        """T7: after another verdict complainant and lawyer are told again, in time."""
        complaint = self._complain()
        complaint.with_user(self.city_officer).action_ask_reply(note="请说明")
        complaint.with_user(self.city_officer).action_record_reply(note="说明")
        complaint.with_user(self.city_manager).action_verify()
        complaint.with_user(self.city_officer).action_inform(note="已告知")
        self.assertTrue(complaint.closed_date)
        with freeze_time("2026-06-20"):
            self._rejudge(complaint)
            self.assertFalse(complaint.closed_date or complaint.informed_date)
            self.assertEqual(self._get_clock(complaint, "complaint_inform"), ("open", "2026-06-29", False))
            self.assertEqual(complaint.extract_ids.verdict, "unfounded")
            self.assertEqual(str(complaint.lawyer_informed_date), "2026-06-20")

    def test_by_the_employer_and_before_joining(self):
        """T7: re-judging makes no complaint count that could not: an employer's, or one of before the membership."""
        for values in ({"complainant_kind": "employer"}, {"date": "2026-05-19"}):
            complaint = self._complain(**values)
            complaint.with_user(self.city_manager).action_dismiss(reason_code="unfounded")
            self._rejudge(complaint)
            self.assertEqual((complaint.state, complaint.counts), ("verified", False))
        on_the_day = self._complain(date="2026-05-20")
        on_the_day.with_user(self.city_manager).action_dismiss(reason_code="unfounded")
        self._rejudge(on_the_day)
        self.assertTrue(on_the_day.counts, "the day of joining belongs to the membership")


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestComplaintJustice(ComplaintCourseCommon):
    """C11: who took money or property is referred to the justice bureau, and its result comes back."""

    def _refer(self, **values):
        complaint = self._complain(category="property", complainant_name="张小明", **values)
        complaint.with_user(self.city_officer).action_refer_to_justice(
            note="律师向职工收取两千元", paper=PAPER, paper_name="移送函.pdf"
        )
        return complaint

    def test_bureau_enters_its_result(self):
        """C11, O2: the city's bureau reads what it is told, not the complaint, and enters its result itself."""
        complaint = self._refer()
        self.assertIn("移送函.pdf", complaint.step_ids.mapped("paper_name"))
        extract = complaint.extract_ids.with_user(self.justice)
        self.assertEqual(extract.text, "律师向职工收取两千元")
        self.assertNotIn("张小明", str(extract.read([name for name in extract.fields_get() if name != "complaint_id"])))
        with self.assertRaises(AccessError):
            extract.read(["complaint_id"])
        self.assertFalse(complaint.with_user(self.justice).has_access("read"))
        justice_a = self._create_user("t_justice_a", self.county_a, "justice")
        self.assertFalse(extract.with_user(justice_a).has_access("read"))
        self.assertEqual(extract.action_answer()["res_model"], "legal.aid.reason.dialog")
        extract.action_answer(reason_code="sanction", note="平司罚决字〔2026〕3号")
        self.assertRecordValues(
            complaint,
            [
                {
                    "justice_result_id": self.env.ref("union_legal_aid.reason_justice_result_sanction").id,
                    "justice_result_note": "平司罚决字〔2026〕3号",
                    "justice_recorded_by_id": self.justice.id,
                }
            ],
        )
        with self.assertRaises(AccessError):
            extract.action_answer(reason_code="none")

    def test_officer_records_it_with_the_letter(self):
        """C11: an officer of the city records the result only when the bureau's letter is on file."""
        complaint = self._refer()
        officer = complaint.with_user(self.city_officer)
        with self.assertRefused(UserError, "letter is missing"):
            officer.action_record_justice_result(reason_code="none")
        self._add_paper(complaint, "justice")
        with self.assertRaises(AccessError):
            complaint.with_user(self.a_officer).action_record_justice_result(reason_code="none")
        self.assertEqual(officer.action_record_justice_result()["res_model"], "legal.aid.reason.dialog")
        officer.action_record_justice_result(reason_code="none", note="复函")
        self.assertEqual(complaint.extract_ids.state, "answered")
        with self.assertRefused(UserError, "on record"):
            officer.action_record_justice_result(reason_code="sanction")

    def test_sanction_opens_the_removal(self):
        """C11, T6: the bureau punished; the officer records its decision from the complaint, and ground 1 opens."""
        complaint = self._refer()
        self.assertFalse(complaint.is_sanctioned)
        complaint.extract_ids.with_user(self.justice).action_answer(
            reason_code="sanction", note="平司罚决字〔2026〕3号"
        )
        self.assertTrue(complaint.is_sanctioned)
        with self.assertRaises(AccessError):
            self._refer(user=self.a_officer).with_user(self.a_officer).action_record_sanction()
        action = complaint.with_user(self.city_officer).action_record_sanction()
        self.env[action["res_model"]].with_user(self.city_officer).with_context(**action["context"]).create(
            {"body": "平顶山市司法局", "number": "3", "date": "2026-06-15", "final_date": "2026-06-15"}
        ).action_confirm()
        self.assertRecordValues(self._get_removal(), [{"ground": "sanction", "state": "open"}])

    def test_removal_on_another_ground_lets_go(self):
        """T7: a removal that goes on on a sanction no longer names a complaint that fell."""
        complaints = self._verify(self._complain()) | self._verify(self._complain())
        self.env["legal.aid.sanction"].with_user(self.city_officer).create(
            {
                "volunteer_id": self.lawyer1.id,
                "body": "平顶山市司法局",
                "number": "4",
                "date": "2026-06-15",
                "final_date": "2026-06-15",
            }
        )
        for complaint in complaints:
            complaint.with_user(self.city_manager).action_rejudge(reason_code="evidence")
        removal = self._get_removal()
        self.assertRecordValues(removal, [{"ground": "sanction", "state": "open"}])
        self.assertFalse(removal.complaint_ids)

    def test_letter_after_the_verdict(self):
        """C11: the bureau answers late; its letter is added after the verdict, by the city only."""
        complaint = self._refer(user=self.a_officer)
        self._verify(complaint)
        with self.assertRaises(UserError):
            self._add_paper(complaint, "justice", user=self.a_officer)
        self._add_paper(complaint, "justice")
        complaint.with_user(self.city_officer).action_record_justice_result(reason_code="warned")
        self.assertEqual(complaint.justice_result_id.code, "warned")

    def test_not_closed_before_the_result(self):
        """C11: open until the result is in, or closed with a coded reason; and referred in any case."""
        complaint = self._verify(self._complain(category="property"))
        officer = complaint.with_user(self.city_officer)
        officer.action_inform()
        officer.action_inform_lawyer()
        self.assertEqual((complaint.closed_date, complaint.open_point), (False, "refer"))
        with self.assertRefused(UserError, "refer it to the justice bureau first"):
            officer.action_close(reason_code="no_answer")
        officer.action_refer_to_justice()
        self.assertEqual(complaint.open_point, "justice")
        self.assertEqual(officer.action_close()["res_model"], "legal.aid.reason.dialog")
        with self.assertRaises(AccessError):
            complaint.with_user(self.a_officer).action_close(reason_code="no_answer")
        officer.action_close(reason_code="no_answer", note="两次函询未复")
        self.assertTrue(complaint.closed_date)
        self._add_paper(complaint, "justice")
        officer.action_record_justice_result(reason_code="sanction")
        self.assertEqual(complaint.justice_result_id.code, "sanction", "the result is recorded when it comes")

    def test_referred_once(self):
        """C11: referred once; a text that names the complainant is refused."""
        complaint = self._refer()
        with self.assertRefused(UserError, "Referred already"):
            complaint.with_user(self.city_officer).action_refer_to_justice()
        other = self._complain(category="property", complainant_name="张小明", text="张小明被收取两千元")
        with self.assertRefused(UserError, "tells who complained"):
            other.with_user(self.city_officer).action_refer_to_justice()


@tagged("post_install", "-at_install")
class TestComplaintOfCase(LegalAidCaseworkCommon):
    """T7, C6: the complaint about the lawyer of a case, on the page of the case."""

    def _complain(self, case, user=None, **values):
        return (
            self.env["legal.aid.complaint"]
            .with_user(user or self.city_officer)
            .create(
                {
                    "volunteer_id": self.lawyer1.id,
                    "case_id": case.id,
                    "complainant_kind": "worker",
                    "text": "一个月未联系",
                    **values,
                }
            )
            .with_env(self.env)
        )

    def test_strip(self):
        """O2: the offices in charge of the case see how many and how they stand; lawyer, liaison, bureau, auditor see nothing."""
        case = self._create_in_progress()
        self.assertFalse(case.with_user(self.a_officer).complaint_note)
        complaint = self._complain(case)
        self._complain(case, user=self.a_officer)
        for user in (self.a_officer, self.a_manager, self.city_officer):
            self.env.invalidate_all()
            self.assertIn("2", case.with_user(user).complaint_note, user.login)
        complaint.with_user(self.city_manager).action_verify()
        self.env.invalidate_all()
        self.assertIn("verified", case.with_user(self.a_officer).complaint_note)
        for user in (self.lawyer1_user, self.justice, self.auditor):
            with self.assertRaises(AccessError):
                case.with_user(user).read(["complaint_note"])
        listed = self.env["legal.aid.complaint"].with_user(self.a_officer).search([("case_id", "=", case.id)])
        self.assertEqual(len(listed), 2, "the strip counts what the list shows")

    def test_taken_down_on_the_case(self):
        """T7: the county's officer takes it down on the page of the case; the lawyer of the case is meant."""
        case = self._create_in_progress()
        action = case.with_user(self.a_officer).action_take_complaint()
        complaint = (
            self.env["legal.aid.complaint"]
            .with_user(self.a_officer)
            .with_context(**action["context"])
            .create({"text": "x"})
        )
        self.assertEqual((complaint.case_id, complaint.volunteer_id), (case, self.lawyer1))

    def test_another_lawyer_in_one_click(self):
        """C6: the office of the case asks for another lawyer from the complaint, once; a leader decides."""
        case = self._create_in_progress()
        complaint = self._complain(case, complainant_name="张小明")
        with self.assertRefusedAs(complaint, self.b_officer):
            complaint.with_user(self.b_officer).action_request_lawyer_change()
        action = complaint.with_user(self.a_officer).action_request_lawyer_change()
        change = case.sudo().lawyer_change_ids
        self.assertEqual((action["res_id"], complaint.lawyer_change_id), (change.id, change))
        self.assertEqual((change.state, change.requester, change.reason_id.code), ("requested", "union", "recipient"))
        self.assertIn(complaint.name, change.note)
        self.assertNotIn("张小明", change.note)
        with self.assertRaises(UserError):
            complaint.with_user(self.a_officer).action_request_lawyer_change()
        change.with_user(self.a_manager).action_change(volunteer_id=False)
        self.assertEqual(case.state, "granted")

    def test_no_change_where_he_is_not_the_lawyer(self):
        """C6: without a case, for a former lawyer, or when it is unfounded, there is nobody to change."""
        case = self._create_in_progress()
        unfounded = self._complain(case)
        unfounded.with_user(self.city_manager).action_dismiss(reason_code="unfounded")
        for complaint in (
            self._complain(self.env["legal.aid.case"]),
            self._complain(case, volunteer_id=self.lawyer2.id),
            unfounded,
        ):
            with self.assertRaises(UserError):
                complaint.with_user(self.city_officer).action_request_lawyer_change()

    def assertRefusedAs(self, record, user):
        self.assertFalse(record.with_user(user).has_access("read"))
        return self.assertRaises(AccessError)


@tagged("post_install", "-at_install")
class TestComplaintReminders(LegalAidCaseworkCommon):
    """T7, T9: clocks of complaints are reminded as every clock is, to those who may read them."""

    def test_lawyer_is_reminded_of_his_reply_only(self):
        """T7: the lawyer is reminded of his reply; of the verdict, only the city is."""
        self.lawyer1_user.lang = "en_US"
        self.startPatcher(patch.object(self.env.registry["ir.cron"], "_commit_progress", return_value=60.0))
        complaint = (
            self.env["legal.aid.complaint"]
            .with_user(self.city_officer)
            .create({"volunteer_id": self.lawyer1.id, "text": "一个月未联系"})
        )
        complaint.action_ask_reply(note="请说明")
        before = self.env["mail.message"].search([], order="id desc", limit=1).id
        with freeze_time("2026-05-06 00:10:00"):
            self.env.invalidate_all()
            self.env["legal.aid.deadline"].with_user(self.env.ref("base.user_root")).sudo()._cron_remind()
        notices = self.env["mail.message"].search([("id", ">", before)])
        mine = notices.filtered(lambda notice: self.lawyer1_user.partner_id in notice.partner_ids)
        labels = dict(self.env["legal.aid.deadline"]._get_kinds())
        self.assertIn(labels["complaint_reply"], "".join(mine.mapped("body")))
        self.assertNotIn(labels["complaint_decide"], "".join(mine.mapped("body")))
