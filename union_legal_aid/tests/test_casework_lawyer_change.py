from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .casework_common import LegalAidCaseworkCommon


@tagged("post_install", "-at_install")
class TestLawyerChange(LegalAidCaseworkCommon):
    """C6: request, decision within five working days, hand-over."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lawyer2.contact_point_ids |= cls.county_a

    def _add_evidence(self, case):
        return case.action_add_document(kind="evidence", filename="聊天记录.png", content=b"x")

    def _change(self, case):
        """The record of a change from lawyer1 to lawyer2, who took the case."""
        case.action_change_lawyer(volunteer_id=self.lawyer2, reason_code="unable")
        case.with_user(self.lawyer2_user).action_accept()
        return case.sudo().lawyer_change_ids[:1]

    def _request(self, case, user=None, **vals):
        return case.with_user(user or self.a_officer).action_request_lawyer_change(
            **{"reason_code": "recipient", "note": "三周不接电话", "requester": "recipient", **vals}
        )

    def test_recipient_needs_evidence(self):
        """C6, 法律援助法 §55: the recipient's request rests on evidence, of this case and with its file."""
        case = self._create_in_progress()
        with self.assertRaises(UserError):
            self._request(case)
        other = self._add_evidence(self._create_in_progress(applicant_name="钱五"))
        with self.assertRaises(UserError):
            self._request(case, document_id=other)
        change = self._request(case, document_id=self._add_evidence(case))
        self.assertRecordValues(change, [{"state": "requested", "volunteer_id": self.lawyer1.id}])
        self.assertEqual(self._get_due(case, "replace_decide"), "2026-03-09")  # Monday to Monday

    def test_five_working_days_over_may_holiday(self):
        """C6: five working days; the holiday does not count, the make-up Saturday does."""
        with freeze_time("2026-04-28 02:00:00"):
            case = self._create_in_progress(application_date="2026-04-28")
            self._request(case, requester="union")
            # 29, 30 April; rest 1 to 5 May; 6, 7, 8 May; Saturday 9 May would be the next working day.
            self.assertEqual(self._get_due(case, "replace_decide"), "2026-05-08")
        with freeze_time("2026-04-29 02:00:00"):
            case = self._create_in_progress(application_date="2026-04-29", applicant_name="钱五")
            self._request(case, requester="union")
            self.assertEqual(self._get_due(case, "replace_decide"), "2026-05-09")  # a make-up Saturday

    def test_old_lawyer_loses_access_at_once(self):
        """C6, O2: with the change the former lawyer reads nothing of the case; power of attorney is due anew."""
        case = self._create_in_progress()
        case.action_sign_agency(date="2026-03-02")
        change = self._request(case, requester="union")
        self.assertTrue(case.with_user(self.lawyer1_user).has_access("read"))
        change.with_user(self.a_manager).action_change(volunteer_id=self.lawyer2, note="同意")
        with self.assertRaises(AccessError):
            case.with_user(self.lawyer1_user).read(["employer_name"])
        self.assertTrue(case.with_user(self.lawyer2_user).has_access("read"))
        self.assertRecordValues(change, [{"state": "changed", "new_volunteer_id": self.lawyer2.id}])
        self.assertFalse(case.agency_signed_date)
        self.assertEqual(self._get_due(case, "agency"), "2026-03-09")
        self.assertFalse(self._get_due(case, "replace_decide"))
        self.assertEqual(len(case.assignment_ids), 2)

    def test_four_eyes(self):
        """C6: an officer does not decide; a leader does not decide on his own request."""
        case = self._create_in_progress()
        change = self._request(case, user=self.a_manager, requester="union")
        for user in (self.a_officer, self.a_manager, self.b_manager, self.lawyer1_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                change.with_user(user).action_change()
        change.with_user(self.city_manager).action_change()
        self.assertEqual(case.state, "granted")

    def test_leader_is_told(self):
        """C6, V6: the leaders who decide are told by number only."""
        case = self._create_in_progress()
        before = self.env["mail.message"].search([])
        self._request(case, requester="union")
        notices = self.env["mail.message"].search([("partner_ids", "in", self.a_manager.partner_id.ids)]) - before
        self.assertEqual(len(notices), 1)
        self.assertIn(case.name, notices.subject)
        self.assertNotIn("王小明", notices.subject + notices.body)

    def test_refuse(self):
        """C6: refused with a coded reason; the lawyer goes on, and another request is possible."""
        case = self._create_in_progress()
        change = self._request(case, requester="union")
        with self.assertRaises(UserError):
            change.with_user(self.a_manager).action_refuse(reason_code="nonsense")
        change.with_user(self.a_manager).action_refuse(reason_code="no_evidence")
        self.assertEqual((change.state, case.state, case.volunteer_id), ("refused", "in_progress", self.lawyer1))
        self.assertFalse(self._get_due(case, "replace_decide"))
        self.assertEqual(self._request(case, requester="union").state, "requested")

    @mute_logger("odoo.sql_db")
    def test_one_request_at_a_time(self):
        """C6: a second request while one is open is refused; so is a change behind its back."""
        case = self._create_in_progress()
        self._request(case, requester="union")
        with self.assertRaises(Exception), self.env.cr.savepoint():  # noqa: B017 - the database's own error
            self._request(case, requester="union")
        with self.assertRaisesRegex(AccessError, "asked for"):
            case.action_change_lawyer(reason_code="unable")

    def test_lawyer_asks_for_himself_only(self):
        """C6: the assigned lawyer asks without evidence, for himself; nobody else's case."""
        case = self._create_in_progress()
        with self.assertRaises(AccessError):
            self._request(case, user=self.lawyer2_user)
        change = self._request(case, user=self.lawyer1_user, reason_code="unable")
        self.assertEqual(change.sudo().requester, "lawyer")
        self.assertFalse(change.with_user(self.lawyer1_user).can_decide)

    def test_back_doors(self):
        """C6: neither created as decided nor written."""
        case = self._create_in_progress()
        changes = self.env["legal.aid.lawyer.change"].with_user(self.a_officer)
        reason = self.env.ref("union_legal_aid.reason_change_lawyer_unable")
        vals = {"case_id": case.id, "requester": "union", "reason_id": reason.id}
        with self.assertRaises(AccessError):
            changes.create({**vals, "state": "changed"})
        change = changes.create(vals)
        self.assertEqual(self._get_due(case, "replace_decide"), "2026-03-09")
        for user in (self.a_officer, self.a_manager, self.lawyer1_user):
            for forged in ({"state": "changed"}, {"request_date": "2026-03-01"}, {"taken_over_date": "2026-03-02"}):
                with self.assertRaises(UserError):
                    change.with_user(user).with_context(legal_aid_workflow=True).write(forged)

    def test_hand_over(self):
        """C6: signed off by the former lawyer, confirmed by the next one, in this order; nothing of the worker in it."""
        case = self._create_in_progress()
        self._add_evidence(case)
        case.action_change_lawyer(volunteer_id=self.lawyer2, reason_code="unable")
        change = case.lawyer_change_ids
        self.assertIn("1", change.handover_list)
        # The clock of the decision ended with the change.
        self.assertEqual(change.handover_list.count("2026-03-"), 1)
        self.assertNotIn("王小明", change.handover_list)
        old, new = change.with_user(self.lawyer1_user), change.with_user(self.lawyer2_user)
        # Before he took the case, the next lawyer knows the parties' names and nothing else.
        with self.assertRaises(AccessError):
            new.read(["handover_list"])
        case.with_user(self.lawyer2_user).action_accept()
        with self.assertRaises(UserError):
            new.action_take_over()
        with self.assertRaises(AccessError):
            new.action_hand_over(originals="无")
        with self.assertRaises(AccessError):
            change.with_user(self.b_officer).action_hand_over(originals="无")
        self.assertEqual(old.action_hand_over()["res_model"], "legal.aid.reason.dialog")
        self.assertFalse(change.handed_over_date)
        old.action_hand_over(originals="劳动合同原件一份", next_hearing="2026-03-20", note="证据已交换")
        with self.assertRaises(UserError):
            old.action_hand_over(originals="无")
        with self.assertRaises(AccessError):
            old.action_take_over()
        new.action_take_over()
        self.assertRecordValues(
            change,
            [
                {
                    "handed_over_date": change.decided_date,
                    "handover_recorded_by_id": self.lawyer1_user.id,
                    "taken_over_date": change.decided_date,
                    "receipt_recorded_by_id": self.lawyer2_user.id,
                }
            ],
        )

    def test_hand_over_on_paper(self):
        """C6: an officer records what both lawyers signed, with its days, and stands as who recorded it."""
        change = self._change(self._create_in_progress()).with_user(self.a_officer)
        with freeze_time("2026-03-12 02:00:00"):
            change.action_hand_over(note="劳动合同原件一份", date="2026-03-04")
            change.action_take_over(date="2026-03-05")
        officer = self.a_officer.id
        self.assertRecordValues(change, [{"handover_recorded_by_id": officer, "receipt_recorded_by_id": officer}])
        self.assertEqual((str(change.handed_over_date), str(change.taken_over_date)), ("2026-03-04", "2026-03-05"))

    def test_days_of_hand_over(self):
        """C6: neither in the future, nor before the change; received not before handed over; hearing not before the change."""
        change = self._change(self._create_in_progress())
        old, new = change.with_user(self.lawyer1_user), change.with_user(self.lawyer2_user)
        for given in ({"date": "2026-03-03"}, {"date": "2026-03-01"}, {"next_hearing": "2026-03-01"}):
            with self.subTest(given), self.assertRaises(UserError):
                old.action_hand_over(originals="无", **given)
        old.action_hand_over(originals="无", next_hearing="2026-03-02")
        for date in ("2026-03-01", "2026-03-03"):
            with self.subTest(date), self.assertRaises(UserError):
                new.action_take_over(date=date)
        new.action_take_over(date="2026-03-02")

    def test_former_lawyer_is_told_without_the_case(self):
        """C6, O2: what refuses the former lawyer a step names the change by the number of a case that he reads no longer."""
        case = self._create_in_progress()
        old = self._change(case).with_user(self.lawyer1_user)
        self.assertIn(case.name, old.display_name)
        old.action_hand_over(originals="无")
        with self.assertRaisesRegex(UserError, case.name):
            old.action_hand_over(originals="无")
        self.assertFalse(case.with_user(self.lawyer1_user).has_access("read"))

    def test_next_lawyer_declines(self):
        """C6: who declines, or leaves before he received anything, reads nothing of the hand-over; it goes to who comes next."""
        case = self._create_in_progress()
        case.action_change_lawyer(volunteer_id=self.lawyer2, reason_code="unable")
        change = case.lawyer_change_ids
        change.with_user(self.lawyer1_user).action_hand_over(originals="无", note="证据已交换")
        case.with_user(self.lawyer2_user).action_decline(reason_code="capacity")
        self.assertFalse(change.new_volunteer_id)
        case.action_assign(volunteer_id=self.lawyer2)
        case.with_user(self.lawyer2_user).action_accept()
        self.assertTrue(change.with_user(self.lawyer2_user).has_access("read"))
        case.action_change_lawyer(volunteer_id=self.lawyer1, reason_code="unable")
        self.assertEqual(change.new_volunteer_id, self.lawyer1)
        self.assertFalse(change.next_accepted_date)
        self.assertFalse(change.with_user(self.lawyer2_user).has_access("read"))

    def test_paper_request_of_the_lawyer(self):
        """C6: who records a lawyer's signed request is not who asked, and decides; without the paper it is no such request."""
        case = self._create_in_progress()
        asked = {"user": self.a_manager, "requester": "lawyer", "reason_code": "unable"}
        with self.assertRaises(UserError) as refused:
            self._request(case, **asked)
        self.assertIn("signed", str(refused.exception))
        change = self._request(case, document_id=self._add_evidence(case), **asked)
        self.assertRecordValues(change.sudo(), [{"requester": "lawyer", "requested_by_id": self.a_manager.id}])
        self.assertTrue(change.with_user(self.a_manager).can_decide)
        change.with_user(self.a_manager).action_change()
        self.assertEqual(change.state, "changed")

    def test_lawyer_who_leads_does_not_decide(self):
        """C6: a handler of the office who is a leader, too, does not decide on the change that he asks for himself."""
        case = self._create_in_progress()
        # As the record of a handler with an account of the office.
        self.lawyer1.write({"partner_id": self.a_manager.partner_id.id, "user_id": self.a_manager.id})
        for user in (self.a_officer, self.a_manager):
            change = self._request(
                case, user=user, requester="lawyer", reason_code="unable", document_id=self._add_evidence(case)
            )
            self.assertFalse(change.with_user(self.a_manager).can_decide)
            with self.assertRaises(AccessError):
                change.with_user(self.a_manager).action_change()
            change.with_user(self.a_officer).action_withdraw()

    def test_next_lawyer_assigned_later(self):
        """C6: where the case goes back into assignment, the next lawyer is noted when there is one."""
        case = self._create_in_progress()
        case.action_change_lawyer(reason_code="unable")
        self.assertFalse(case.lawyer_change_ids.new_volunteer_id)
        case.action_assign(volunteer_id=self.lawyer2)
        self.assertEqual(case.lawyer_change_ids.new_volunteer_id, self.lawyer2)

    def test_end_of_case_ends_request(self):
        """C6: a case that is terminated keeps no open request."""
        case = self._create_in_progress()
        change = self._request(case, requester="union")
        case.with_user(self.a_manager).action_terminate(reason_code="fraud")
        self.assertEqual(change.state, "withdrawn")


@tagged("post_install", "-at_install")
class TestSubstituteLeave(LegalAidCaseworkCommon):
    """办法 §5(2): nobody sends another lawyer to a hearing without leave."""

    def _ask(self, case, **vals):
        return case.with_user(self.lawyer1_user).action_request_substitute(
            **{"substitute_id": self.lawyer2, "hearing_date": "2026-03-10", "note": "同日另有开庭", **vals}
        )

    def test_allowed(self):
        """C6: asked by the lawyer, allowed by the union; the substitute gets no access to the file."""
        case = self._create_in_progress()
        leave = self._ask(case)
        with self.assertRaises(AccessError):
            leave.with_user(self.lawyer1_user).action_allow()
        leave.with_user(self.a_officer).action_allow()
        self.assertRecordValues(leave.sudo(), [{"state": "allowed", "decided_by_id": self.a_officer.id}])
        self.assertFalse(case.with_user(self.lawyer2_user).has_access("read"))

    def test_refused(self):
        """C6: refused with a coded reason, once."""
        leave = self._ask(self._create_in_progress()).with_user(self.a_officer)
        leave.action_refuse(reason_code="needs_lawyer", note="受援人只认得你")
        self.assertEqual(leave.state, "refused")
        told = leave.with_user(self.lawyer1_user)
        self.assertEqual((told.decision_reason_id.code, told.decision_note), ("needs_lawyer", "受援人只认得你"))
        with self.assertRaises(UserError):
            leave.action_allow()

    def test_who_may_stand_in(self):
        """C6: a member in service who is not on the other side, for a hearing to come."""
        case = self._create_in_progress()
        for vals in ({"substitute_id": self.lawyer1}, {"hearing_date": "2026-03-01"}):
            with self.assertRaises(UserError):
                self._ask(case, **vals)
        self.env["legal.aid.firm.client"].create({"volunteer_id": self.lawyer2.id, "name": "某建筑劳务公司"})
        with self.assertRaises(UserError) as refused:
            self._ask(case)
        # Whom a colleague advises is no business of the one who asks.
        self.assertNotIn("client", str(refused.exception))
        self.assertNotIn(self.lawyer2.name, str(refused.exception))

    def test_union_is_told(self):
        """C6, V6: an officer is told by number only, and the next step of the case says what is to do."""
        case = self._create_in_progress()
        before = self.env["mail.message"].search([])
        self._ask(case)
        self.assertIn("2026-03-10", case.next_step)
        notices = self.env["mail.message"].search([("partner_ids", "in", self.a_officer.partner_id.ids)]) - before
        self.assertEqual(len(notices), 1)
        self.assertIn(case.name, notices.subject)
        self.assertNotIn("王小明", notices.subject + notices.body)

    def test_several_days(self):
        """C6: a hearing of several days has its last day, and that is not before the first."""
        case = self._create_in_progress()
        with self.assertRaises(UserError):
            self._ask(case, date_end="2026-03-09")
        leave = self._ask(case, date_end="2026-03-11")
        self.assertEqual(str(leave.date_end), "2026-03-11")

    def test_asked_once(self):
        """C6: a second request for the same hearing waits for the answer to the first; then another one may be asked for."""
        case = self._create_in_progress()
        leave = self._ask(case)
        with self.assertRaisesRegex(UserError, "already"):
            self._ask(case)
        leave.with_user(self.a_officer).action_refuse(reason_code="other")
        self.assertEqual(self._ask(case).state, "requested")

    def test_after_change_of_lawyer(self):
        """C6: leave that the former lawyer asked for is not granted any more."""
        case = self._create_in_progress()
        leave = self._ask(case).with_user(self.a_officer)
        case.action_change_lawyer(reason_code="unable")
        with self.assertRaisesRegex(UserError, "no longer"):
            leave.action_allow()
        leave.action_refuse(reason_code="other")
        self.assertIn(case.name, leave.with_user(self.lawyer1_user).display_name)

    def test_back_doors(self):
        """C6: neither lawyer nor officer writes, creates or forges a leave."""
        case = self._create_in_progress()
        leave = self._ask(case)
        for user in (self.lawyer1_user, self.lawyer2_user, self.a_officer):
            for forged in ({"state": "allowed"}, {"hearing_date": "2026-03-20"}, {"date_end": "2026-03-20"}):
                with self.assertRaises(UserError):
                    leave.with_user(user).with_context(legal_aid_workflow=True).write(forged)
            with self.assertRaises(AccessError):
                leave.with_user(user).create(
                    {"case_id": case.id, "substitute_id": self.lawyer2.id, "hearing_date": "2026-03-12"}
                )
        with self.assertRaises(AccessError):
            leave.with_user(self.lawyer2_user).action_allow()
