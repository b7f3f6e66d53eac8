from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.union_legal_aid.tools.obligations import Obligation, arrange
from odoo.addons.union_legal_aid.tools.removal_grounds import BY_CODE

from .casework_common import TODAY, LegalAidCaseworkCommon
from .money_common import LegalAidMoneyCommon


class LegalAidLeavingCommon(LegalAidCaseworkCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A colleague who may take cases of county a, too.
        cls.lawyer2.contact_point_ids += cls.county_a

    def _leave(self, member=None, **given):
        return (member or self.lawyer1).with_user(self.city_officer).action_leave(**{"reason_code": "request", **given})

    def _prepare(self, kind="leave", user=None):
        action = self.lawyer1.with_user(user or self.city_officer).action_prepare_leaving(kind)
        return self.env["legal.aid.leaving"].with_user(user or self.city_officer).browse(action["res_id"])

    def _find_activities(self, cases):
        return (
            self.env["mail.activity"]
            .search([("res_model", "=", "legal.aid.case"), ("res_id", "in", cases.ids)])
            .filtered(lambda one: one.activity_type_id == self.env.ref("union_legal_aid.mail_activity_type_leaving"))
        )


@tagged("post_install", "-at_install")
class TestLeaving(LegalAidLeavingCommon):
    def test_refused_with_the_case_named(self):
        """T9: with one open case and no successor the exit is refused, and the case is named; nothing has changed."""
        case = self._create_in_progress()
        with self.assertRaisesRegex(UserError, case.name):
            self._leave()
        self.assertRecordValues(self.lawyer1, [{"state": "active", "member_until": False}])
        self.assertEqual(self.lawyer1.contract_ids.state, "active")
        self.assertEqual(case.volunteer_id, self.lawyer1)
        self.assertFalse(self.lawyer1.notice_ids.filtered(lambda notice: notice.kind == "leave"))

    def test_button_opens_the_list(self):
        """T9: the button itself leads to the hand-over list while cases are open, else asks for the reason."""
        officer = self.lawyer1.with_user(self.city_officer)
        self.assertEqual(officer.action_leave()["res_model"], "legal.aid.reason.dialog")
        self._create_in_progress()
        self.assertEqual(officer.action_leave()["res_model"], "legal.aid.leaving")
        self.assertEqual(officer.action_suspend()["res_model"], "legal.aid.leaving")
        contract = self.lawyer1.contract_ids.with_user(self.city_officer)
        self.assertEqual(contract.action_terminate()["res_model"], "legal.aid.leaving")

    def test_free_to_go(self):
        """T9: who has nothing open leaves at once; finished cases stay his, and the exit is on record for its letters."""
        finished = self._create_closed()
        self._leave(date="2026-02-28")
        self.assertRecordValues(self.lawyer1, [{"state": "left", "member_until": date(2026, 2, 28)}])
        self.assertRecordValues(finished, [{"state": "closed", "volunteer_id": self.lawyer1.id}])
        self.assertRecordValues(self.lawyer1.leaving_ids, [{"state": "done", "kind": "leave", "note": False}])

    def test_successor_is_suggested_and_gets_it(self):
        """T9, C6: the list plans the colleague whom the case suggests, says why, and hands over; then the exit is free."""
        case = self._create_in_progress()
        leaving = self._prepare()
        line = leaving.line_ids
        self.assertRecordValues(
            line, [{"case_id": case.id, "plan": "successor", "successor_id": self.lawyer2.id, "state": "open"}]
        )
        self.assertIn(self.lawyer2.name, line.suggestion)
        self.assertNotIn(self.lawyer1.name, line.suggestion)
        self.assertIn(case.name, leaving.obstacle)
        line.note = "已征求受援人意见"
        leaving.action_hand_over()
        self.assertRecordValues(case, [{"state": "assigned", "volunteer_id": self.lawyer2.id}])
        self.assertRecordValues(line, [{"state": "done", "done_by_id": self.city_officer.id}])
        ended = case.assignment_ids.filtered(lambda attempt: attempt.state == "ended")
        self.assertRecordValues(ended, [{"volunteer_id": self.lawyer1.id, "note": "已征求受援人意见"}])
        self.assertEqual(ended.reason_id.code, "left_team")
        leaving.reason_id = self.env.ref("union_legal_aid.reason_contract_end_request")
        leaving.action_finish()
        self.assertEqual(leaving.state, "done")
        self.assertRecordValues(self.lawyer1, [{"state": "left"}])
        self.assertEqual(self.lawyer1.contract_ids.state, "terminated")

    def test_taken_over_by_the_union(self):
        """T9: with nobody to suggest the union handles the case by a named officer, says so, and the clock runs."""
        self.lawyer2.contact_point_ids = self.county_b
        case = self._create_in_progress()
        leaving = self._prepare()
        self.assertRecordValues(leaving.line_ids, [{"plan": "union", "officer_id": self.a_officer.id}])
        leaving.action_hand_over()
        self.assertRecordValues(
            case,
            [
                {
                    "state": "granted",
                    "volunteer_id": False,
                    "union_handler_id": self.a_officer.id,
                    "union_handled_since": date(2026, 3, 2),
                }
            ],
        )
        self.assertEqual(self._get_due(case, "assign"), "2026-03-05")
        self.assertIn("Handled by the union itself (t_a_officer)", case.with_user(self.a_officer).lawyer_status)
        self._leave()
        self.lawyer2.contact_point_ids += self.county_a
        case.with_user(self.a_officer).action_assign(volunteer_id=self.lawyer2)
        self.assertRecordValues(case, [{"union_handler_id": False, "union_handled_since": False}])
        self.assertFalse(case.with_user(self.a_officer).lawyer_status)

    def test_office_is_asked(self):
        """T9, T11: the officer of the county has one to-do while his cases are on the list, and none after it."""
        case = self._create_in_progress()
        leaving = self._prepare()
        activity = self._find_activities(case)
        self.assertEqual(activity.user_id, self.a_officer)
        self.assertIn(case.name, activity.summary)
        leaving.action_hand_over()
        self.assertFalse(self._find_activities(case))

    def test_all_or_nothing(self):
        """T9: one case that cannot be handed over stops all of them, and every reason is told at once."""
        first = self._create_in_progress()
        second = self._create_in_progress(applicant_name="李二", applicant_id_number="410404199003072830")
        leaving = self._prepare()
        for line in leaving.line_ids:
            line.successor_id = False
        with self.assertRaisesRegex(UserError, f"(?s){first.name}.*{second.name}"):
            leaving.action_hand_over()
        leaving.line_ids[0].successor_id = self.lawyer2
        with self.assertRaisesRegex(UserError, second.name):
            leaving.action_hand_over()
        self.assertEqual((first | second).volunteer_id, self.lawyer1)

    def test_successor_must_fit(self):
        """T9, C6: the one who goes, a lawyer of another contact point, an officer of another county: each refused."""
        case = self._create_in_progress()
        line = self._prepare().line_ids
        line.successor_id = self.lawyer1
        with self.assertRaisesRegex(UserError, "is the one who leaves"):
            line.action_hand_over()
        self.lawyer2.contact_point_ids = self.county_b
        line.successor_id = self.lawyer2
        with self.assertRaisesRegex(UserError, "does not serve"):
            line.action_hand_over()
        line.write({"plan": "union", "officer_id": self.b_officer.id})
        with self.assertRaisesRegex(UserError, "is no officer of"):
            line.action_hand_over()
        line.plan = "finish"
        with self.assertRaisesRegex(UserError, "does not finish cases"):
            line.action_hand_over()
        self.assertEqual(case.volunteer_id, self.lawyer1)

    def test_pending_request_comes_first(self):
        """C6: where a change of lawyer is asked for, a leader decides on that before the list may hand over."""
        case = self._create_in_progress()
        case.with_user(self.lawyer1_user).action_request_lawyer_change(reason_code="unable")
        with self.assertRaisesRegex(UserError, "A leader decides on that first"):
            self._prepare().action_hand_over()

    def test_case_that_went_another_way(self):
        """T9: a case given away or closed in the meantime is settled; a case given to him since comes on the list."""
        case = self._create_in_progress()
        leaving = self._prepare()
        case.with_user(self.a_officer).action_change_lawyer(volunteer_id=self.lawyer2, reason_code="recipient")
        other = self._create_assigned(applicant_name="李二", applicant_id_number="410404199003072830")
        leaving.action_update_lines()
        self.assertEqual({line.case_id: line.state for line in leaving.line_ids}, {case: "done", other: "open"})

    def test_urgent_case_before_the_grant(self):
        """T9, I9: also a case in which he was mandated before the grant is with nobody when he goes."""
        case = self._create_case(is_urgent=True, urgent_ground="other", urgent_reason="时效将满")
        case.action_mandate_first(volunteer_id=self.lawyer1)
        with self.assertRaisesRegex(UserError, case.name):
            self._leave()
        self._prepare().action_hand_over()
        self.assertEqual(case.volunteer_id, self.lawyer2)
        self.assertEqual(case.mandate_id.volunteer_id, self.lawyer2)
        self.assertEqual(sorted(case.mandate_ids.mapped("state")), ["cancelled", "issued"])
        self._leave()

    def test_early_end_of_contract(self):
        """T9: the contract does not end early while a case is with nobody, unless another contract follows at once."""
        case = self._create_in_progress()
        contract = self.lawyer1.contract_ids.with_user(self.city_officer)
        with self.assertRaisesRegex(UserError, case.name):
            contract.action_terminate(reason_code="request")
        self.assertEqual(contract.state, "active")
        leaving = self._prepare("end")
        leaving.action_hand_over()
        leaving.reason_id = self.env.ref("union_legal_aid.reason_contract_end_assessment")
        leaving.action_finish()
        self.assertRecordValues(contract, [{"state": "terminated", "date_terminated": date(2026, 3, 2)}])
        self.assertRecordValues(leaving, [{"state": "done", "contract_id": contract.id}])
        self.assertEqual(self.lawyer1.state, "active")

    def test_contract_of_the_next_year(self):
        """T9: a contract that has not begun leaves nobody without one."""
        self._create_in_progress()
        renewal = self.env["legal.aid.contract"].create(
            {"volunteer_id": self.lawyer1.id, "organization_id": self.city.id, "date_start": "2027-01-01"}
        )
        self.approve(renewal, self.city_officer, self.city_manager)
        renewal.with_user(self.city_officer).action_terminate(reason_code="request")
        self.assertEqual(renewal.state, "cancelled")

    def test_last_day_to_come(self):
        """T9: the exit is completed on its last day, not before."""
        leaving = self._prepare()
        leaving.write(
            {"last_day": "2026-03-03", "reason_id": self.env.ref("union_legal_aid.reason_contract_end_request")}
        )
        with self.assertRaisesRegex(UserError, "2026-03-03"):
            leaving.action_finish()
        with freeze_time("2026-03-03 02:00:00"):
            leaving.action_finish()
        self.assertEqual(self.lawyer1.member_until, date(2026, 3, 3))

    def test_he_stays(self):
        """T9: the procedure is given up; what was handed over stays with the next lawyer."""
        case = self._create_in_progress()
        other = self._create_in_progress(applicant_name="李二", applicant_id_number="410404199003072830")
        leaving = self._prepare()
        leaving.line_ids.filtered(lambda line: line.case_id == case).action_hand_over()
        leaving.action_withdraw()
        self.assertEqual(leaving.state, "withdrawn")
        self.assertEqual(leaving.line_ids.case_id, case)
        self.assertEqual((case.volunteer_id, other.volunteer_id), (self.lawyer2, self.lawyer1))
        self.assertEqual(self._prepare().line_ids.case_id, other)


@tagged("post_install", "-at_install")
class TestLeavingUrgent(LegalAidLeavingCommon):
    def test_death(self):
        """T9: nothing is blocked by a death or a lost licence: cases pass to their unions with the short clock, and each officer
        has one to-do for all of them."""
        cases = self._create_in_progress() | self._create_in_progress(
            applicant_name="李二", applicant_id_number="410404199003072830"
        )
        self._leave(reason_code="death")
        self.assertEqual(self.lawyer1.state, "left")
        for case in cases:
            self.assertRecordValues(case, [{"state": "granted", "volunteer_id": False, "union_handler_id": False}])
            self.assertEqual(self._get_due(case, "assign"), "2026-03-03")
        activities = self._find_activities(cases)
        self.assertEqual(activities.user_id, self.a_officer)
        self.assertEqual(len(activities), 1)
        for case in cases:
            self.assertIn(case.name, activities.summary)
        leaving = self.lawyer1.leaving_ids
        self.assertEqual(leaving.line_ids.mapped("state"), ["done", "done"])
        self.assertEqual(leaving.line_ids.case_id, cases)
        # One of two assigned: the to-do stays; both: it is over.
        cases[0].with_user(self.a_officer).action_assign(volunteer_id=self.lawyer2)
        self.assertTrue(self._find_activities(cases))
        cases[1].with_user(self.a_officer).action_assign(volunteer_id=self.lawyer2)
        self.assertFalse(self._find_activities(cases))

    def test_days_by_policy(self):
        """T9: how many days the union has is policy."""
        self._create_policy(urgent_assign_days=2)
        case = self._create_in_progress()
        self._leave(reason_code="licence")
        self.assertEqual(self._get_due(case, "assign"), "2026-03-04")

    def test_removal_with_open_cases(self):
        """T6, T9: the decided removal waits for nothing; contract and membership end, cases pass to their unions."""
        case = self._create_in_progress()
        removal = (
            self.env["legal.aid.removal"]
            .with_user(self.city_officer)
            .create({"volunteer_id": self.lawyer1.id, "ground": "failure", "evidence": "测试证据"})
        )
        self.env["legal.aid.removal.element"].with_user(self.city_officer).create(
            [
                {"volunteer_id": self.lawyer1.id, "element": element, "text": "测试证据", "case_id": case.id}
                for element in BY_CODE["failure"].codes
            ]
        )
        removal.action_record_reply(note="无异议")
        self.approve(removal, self.city_officer, self.city_manager)
        self.assertEqual(self.lawyer1.state, "removed")
        self.assertEqual(self.lawyer1.contract_ids.state, "terminated")
        self.assertRecordValues(
            case, [{"state": "granted", "volunteer_id": False, "union_handled_since": date(2026, 3, 2)}]
        )
        self.assertEqual(self._get_due(case, "assign"), "2026-03-03")
        self.assertRecordValues(self.lawyer1.leaving_ids, [{"kind": "removal", "state": "done", "note": False}])

    def test_exit_under_way_is_overtaken(self):
        """T6: a removal decided while he hands over ends the other procedure, and is its own."""
        self._create_in_progress()
        leaving = self._prepare()
        self.lawyer1.with_user(self.city_manager)._end_membership(
            "removed", self.env.ref("union_legal_aid.reason_contract_end_removal"), "", date(2026, 3, 2)
        )
        self.assertEqual(leaving.state, "withdrawn")
        self.assertEqual(sorted(self.lawyer1.leaving_ids.mapped("kind")), ["leave", "removal"])

    def test_nobody_else_is_told(self):
        """T11: of a death hear the officers of the county of the case, and nobody of another county."""
        case = self._create_in_progress()
        self._leave(reason_code="death")
        self.assertEqual(self._find_activities(case).user_id, self.a_officer)
        told = self.env["mail.notification"].search(
            [("res_partner_id", "in", (self.b_officer | self.b_manager | self.lawyer2_user).partner_id.ids)]
        )
        self.assertFalse(told)


@tagged("post_install", "-at_install")
class TestSuspension(LegalAidLeavingCommon):
    def test_finishes_under_supervision(self):
        """T9, default: a suspended lawyer finishes his cases, a supervising officer is named, the case shows it."""
        case = self._create_in_progress()
        self.lawyer1.with_user(self.city_officer).action_suspend(reason_code="investigation")
        self.assertRecordValues(case, [{"state": "in_progress", "supervisor_id": self.a_officer.id}])
        self.assertIn("is suspended", case.with_user(self.a_officer).lawyer_status)
        case.with_user(self.lawyer1_user).action_log_work(hours=1)
        # Nothing is lost when it ends.
        self.lawyer1.with_user(self.city_officer).action_resume()
        self.assertRecordValues(case, [{"state": "in_progress", "supervisor_id": False, "hours_total": 1}])
        self.assertFalse(case.with_user(self.a_officer).lawyer_status)
        self.assertEqual(self.lawyer1.state, "active")

    def test_planned_one_by_one(self):
        """T9: by the list each case is finished under a named officer, or handed over, before the suspension."""
        kept = self._create_in_progress()
        given = self._create_in_progress(applicant_name="李二", applicant_id_number="410404199003072830")
        leaving = self._prepare("suspend")
        self.assertEqual(set(leaving.line_ids.mapped("plan")), {"finish"})
        leaving.line_ids.filtered(lambda line: line.case_id == kept).officer_id = self.a_manager
        leaving.line_ids.filtered(lambda line: line.case_id == given).write(
            {"plan": "successor", "successor_id": self.lawyer2.id}
        )
        leaving.reason_id = self.env.ref("union_legal_aid.reason_suspend_investigation")
        leaving.action_finish()
        self.assertEqual(self.lawyer1.state, "suspended")
        self.assertEqual(leaving.state, "done")
        self.assertRecordValues(kept, [{"volunteer_id": self.lawyer1.id, "supervisor_id": self.a_manager.id}])
        self.assertEqual(given.volunteer_id, self.lawyer2)

    def test_change_of_lawyer_ends_supervision(self):
        """T9: who has the case next is supervised by nobody."""
        case = self._create_in_progress()
        self.lawyer1.with_user(self.city_officer).action_suspend(reason_code="investigation")
        case.with_user(self.a_officer).action_change_lawyer(volunteer_id=self.lawyer2, reason_code="unable")
        self.assertFalse(case.supervisor_id)


@tagged("post_install", "-at_install")
class TestExpiry(LegalAidLeavingCommon):
    def _expire(self, finishes):
        self.env.cr.execute(
            "UPDATE legal_aid_policy SET finish_after_expiry = %s WHERE id = %s", [finishes, self.policy.id]
        )
        self.policy.invalidate_recordset()
        case = self._create_in_progress()
        with freeze_time("2027-01-01 02:00:00"):
            self.lawyer1.contract_ids._expire(date(2027, 1, 1))
        return case

    def test_finishes_by_policy(self):
        """T9: after expiry without renewal he finishes his case where the policy says so, watched by a named officer."""
        case = self._expire(True)
        self.assertEqual(self.lawyer1.contract_ids.state, "expired")
        self.assertRecordValues(case, [{"volunteer_id": self.lawyer1.id, "supervisor_id": self.a_officer.id}])
        with freeze_time("2027-01-01 02:00:00"):
            self.assertIn("no contract any more", case.with_user(self.a_officer).lawyer_status)

    def test_passes_to_the_union(self):
        """T9: else the case passes to its union on the day after, with the clock of the new assignment."""
        case = self._expire(False)
        self.assertRecordValues(
            case, [{"state": "granted", "volunteer_id": False, "union_handled_since": date(2027, 1, 1)}]
        )
        self.assertTrue(self._get_due(case, "assign"))

    def test_renewal_goes_on(self):
        """T9: with a contract for the next year nothing happens to his cases."""
        renewal = self.env["legal.aid.contract"].create(
            {"volunteer_id": self.lawyer1.id, "organization_id": self.city.id, "date_start": "2027-01-01"}
        )
        self.approve(renewal, self.city_officer, self.city_manager)
        case = self._create_in_progress()
        with freeze_time("2027-01-01 02:00:00"):
            (self.lawyer1.contract_ids - renewal)._expire(date(2027, 1, 1))
        self.assertRecordValues(case, [{"volunteer_id": self.lawyer1.id, "supervisor_id": False}])

    def test_listed_before(self):
        """T2, T9: thirty days before the last day its open cases are listed, once; thirty-one days before not yet."""
        self._create_in_progress()
        for day, count in (("2026-11-30", 0), ("2026-12-01", 1), ("2026-12-02", 1)):
            with freeze_time(f"{day} 02:00:00"), self.enter_registry_test_mode():
                self.env.flush_all()
                self.env.ref("union_legal_aid.ir_cron_contract_leaving").method_direct_trigger()
                self.env.invalidate_all()
            self.assertEqual(len(self.lawyer1.leaving_ids), count, day)
        leaving = self.lawyer1.leaving_ids
        self.assertRecordValues(leaving, [{"kind": "expire", "last_day": date(2026, 12, 31), "state": "running"}])
        self.assertEqual(leaving.activity_ids.user_id, self.city_officer)


@tagged("post_install", "-at_install")
class TestExitRequest(LegalAidLeavingCommon):
    def _ask(self, **given):
        return self.lawyer1.with_user(self.lawyer1_user).action_request_exit(
            **{"note": "工作调动", "last_day": "2026-03-31", **given}
        )

    def test_request_without_the_token(self):
        """T9: what the lawyer gets back opens no door: neither the request nor what hangs on it."""
        leaving = self._ask()
        self.assertNotIn("legal_aid_workflow", leaving.env.context)
        self.assertFalse(leaving.env.su)
        with self.assertRaises(AccessError):
            leaving.sudo().write({"state": "done"})

    def test_request_changes_nothing(self):
        """T9, T13: the request alone ends nothing: membership, contract and roster follow the exit."""
        leaving = self._ask()
        self.assertRecordValues(
            leaving.sudo(),
            [{"state": "requested", "kind": "leave", "requested_by_id": self.lawyer1_user.id, "note": "工作调动"}],
        )
        self.assertRecordValues(self.lawyer1, [{"state": "active"}])
        self.assertFalse(self.lawyer1.notice_ids.filtered(lambda notice: notice.kind == "leave"))
        self.assertEqual(leaving.sudo().activity_ids.user_id, self.city_officer)
        officer = leaving.with_user(self.city_officer)
        officer.action_acknowledge()
        self.assertRecordValues(officer, [{"state": "running", "acknowledged_by_id": self.city_officer.id}])
        self.assertFalse(leaving.sudo().activity_ids)
        with freeze_time("2026-03-31 02:00:00"):
            officer.action_finish()
        self.assertRecordValues(self.lawyer1, [{"state": "left", "member_until": date(2026, 3, 31)}])
        self.assertEqual(
            self.lawyer1.notice_ids.filtered(lambda notice: notice.kind == "leave").date, date(2026, 3, 31)
        )

    def test_withdrawn(self):
        """T9: he takes it back himself, and may ask again; another lawyer may neither see nor withdraw it."""
        leaving = self._ask()
        with self.assertRaises(AccessError):
            leaving.with_user(self.lawyer2_user).action_withdraw()
        with self.assertRaisesRegex(UserError, "is with the city union already"):
            self._ask()
        leaving.with_user(self.lawyer1_user).action_withdraw()
        self.assertEqual(leaving.sudo().state, "withdrawn")
        self.assertTrue(self._ask())

    def test_refused(self):
        """T9: only for himself, with a reason, for a day to come, and while he is in the team."""
        with self.assertRaisesRegex(AccessError, "Only the lawyer himself"):
            self.lawyer1.with_user(self.city_officer).action_request_exit(note="代写")
        with self.assertRaisesRegex(UserError, "why you want to leave"):
            self._ask(note=" ")
        with self.assertRaisesRegex(UserError, "is over"):
            self._ask(last_day="2026-03-01")
        self.assertTrue(self._ask(last_day=TODAY))
        self._leave()
        with self.assertRaisesRegex(UserError, "not in the team"):
            self._ask()


@tagged("post_install", "-at_install")
class TestLeavingDoors(LegalAidLeavingCommon):
    def test_doors(self):
        """T9: neither write, create, copy, import nor context ends a membership or settles a line past the gate."""
        case = self._create_in_progress()
        leaving = self._prepare()
        officer = self.lawyer1.with_user(self.city_officer)
        for vals in ({"state": "left"}, {"member_until": TODAY}, {"status_reason_id": 1}):
            with self.assertRaises(AccessError):
                officer.write(vals)
        for record, vals in (
            (leaving, {"state": "done"}),
            (leaving.line_ids, {"state": "done"}),
            (case.with_user(self.a_officer), {"union_handled_since": TODAY}),
            (case.with_user(self.a_officer), {"supervisor_id": self.a_officer.id}),
        ):
            with self.assertRaises(AccessError):
                record.write(vals)
            with self.assertRaises(AccessError):
                record.with_context(legal_aid_workflow=True, install_mode=True).write(vals)
        with self.assertRaises(AccessError):
            self.env["legal.aid.leaving"].with_user(self.city_officer).create(
                {"volunteer_id": self.lawyer2.id, "state": "done"}
            )
        with self.assertRaises(AccessError):
            self.env["legal.aid.leaving.line"].with_user(self.city_officer).create(
                {"leaving_id": leaving.id, "case_id": case.id}
            )
        with self.assertRaises(UserError):
            leaving.volunteer_id = self.lawyer2
        leaving.action_hand_over()
        with self.assertRaisesRegex(UserError, "can no longer be changed"):
            leaving.line_ids.plan = "union"
        copied = leaving.copy_data()[0]
        self.assertFalse({"state", "done_date", "requested_by_id"} & copied.keys())

    def test_import(self):
        """T9: the import is no way around."""
        result = (
            self.env["legal.aid.leaving"]
            .with_user(self.city_officer)
            .load(["volunteer_id/.id", "state"], [[str(self.lawyer1.id), "done"]])
        )
        self.assertFalse(result["ids"])

    def test_county_b(self):
        """T9, O2: county b neither sees nor hands over county a's cases, nor opens the city's procedures."""
        case = self._create_in_progress()
        leaving = self._prepare()
        line = leaving.line_ids
        lines = self.env["legal.aid.leaving.line"].with_user(self.b_officer)
        self.assertFalse(lines.search([("id", "=", line.id)]))
        for step in (
            lambda: line.with_user(self.b_officer).action_hand_over(),
            lambda: line.with_user(self.b_officer).write({"plan": "union"}),
            lambda: leaving.with_user(self.b_officer).action_hand_over(),
            lambda: leaving.with_user(self.b_officer).action_finish(),
            lambda: self.lawyer2.with_user(self.b_officer).action_prepare_leaving(),
        ):
            with self.assertRaises(AccessError):
                step()
        self.assertEqual(case.volunteer_id, self.lawyer1)

    def test_county_a_does_its_own(self):
        """T9, O3: the county hands over its own case, and reads no more of the procedure than its line."""
        case = self._create_in_progress()
        leaving = self._prepare()
        line = leaving.line_ids.with_user(self.a_officer)
        self.assertTrue(line.is_editable)
        line.write({"plan": "union", "officer_id": self.a_officer.id})
        line.action_hand_over()
        self.assertEqual(case.union_handler_id, self.a_officer)
        with self.assertRaises(AccessError):
            leaving.with_user(self.a_officer).read(["note"])
        self.assertEqual(leaving.open_count, 0)

    def test_others(self):
        """O2: the bureau, finance and the lawyer take no step; the auditor reads and writes nothing."""
        self._create_in_progress()
        leaving = self._prepare()
        for user in (self.justice, self.city_finance, self.liaison, self.lawyer1_user):
            with self.assertRaises(AccessError):
                leaving.with_user(user).action_hand_over()
        self.assertTrue(leaving.with_user(self.auditor).read(["state", "line_ids"]))
        with self.assertRaises(AccessError):
            leaving.with_user(self.auditor).action_finish()


@tagged("post_install", "-at_install")
class TestObligations(LegalAidLeavingCommon):
    def test_order(self):
        """T9: by kind, then by day, those without a day last."""
        late, early, none = (
            Obligation("case", "3", date_due=date(2026, 3, 3)),
            Obligation("case", "2", date_due=date(2026, 3, 2)),
            Obligation("case", "1"),
        )
        ledger = Obligation("ledger", "2026")
        self.assertEqual(arrange([ledger, none, late, early]), [early, late, none, ledger])
        self.assertTrue(early.is_blocking)
        self.assertFalse(ledger.is_blocking)

    def test_all_kinds(self):
        """T9: cases with clocks and last work, files due, hand-overs, substitutes, the ledger; as the reader may know."""
        running = self._create_in_progress()
        running.with_user(self.lawyer1_user).action_log_work(hours=1, kind="hearing", note="开庭")
        closed = self._create_closed(applicant_name="李二", applicant_id_number="410404199003072830")
        former = self._create_in_progress(applicant_name="赵六", applicant_id_number="410411200012314482")
        former.action_change_lawyer(volunteer_id=self.lawyer2, reason_code="unable")
        running.with_user(self.lawyer1_user).action_request_substitute(self.lawyer2, "2026-03-09", note="冲突")
        found = self.lawyer1.with_user(self.city_officer)._get_open_obligations()[self.lawyer1]
        by_kind = {one.kind: one for one in found}
        self.assertEqual(list(by_kind), ["case", "file", "hand_over", "substitute", "ledger"])
        self.assertEqual(by_kind["case"].reference, running.name)
        self.assertIn("last worked on 2026-03-02", by_kind["case"].detail)
        self.assertIn(running.mandate_id.number, by_kind["case"].detail)
        self.assertEqual(by_kind["file"].reference, closed.name)
        self.assertEqual(by_kind["hand_over"].reference, former.name)
        self.assertEqual(by_kind["ledger"].reference, "2026")
        html = self.lawyer1.with_user(self.city_officer).obligations_html
        self.assertIn(running.name, html)
        # County b reads the lawyer, as he serves it now, and of county a's cases nothing.
        self.lawyer1.contact_point_ids += self.county_b
        other = self.lawyer1.with_user(self.b_officer)
        self.assertNotIn(running.name, other.obligations_html)
        self.assertNotIn("王小明", html)

    def test_queries_do_not_grow(self):
        """T9: the list of many members takes as many queries as that of one."""
        self._create_in_progress()
        team = self.lawyer1 | self.lawyer2
        team._get_open_obligations()
        self.env.invalidate_all()
        with self.assertQueryCount(40):
            team._get_open_obligations()


@tagged("post_install", "-at_install")
class TestLeavingLetters(LegalAidLeavingCommon):
    def _finish(self):
        case = self._create_in_progress()
        leaving = self._prepare()
        leaving.action_hand_over()
        leaving.reason_id = self.env.ref("union_legal_aid.reason_contract_end_request")
        leaving.note = "个人原因不公开"
        leaving.action_finish()
        leaving.action_issue_letters()
        return case, leaving

    def test_letters(self):
        """C9, T9: to the lawyer, to his contact points, and to the worker; numbered, kept, and issued once."""
        case, leaving = self._finish()
        letters = leaving.issued_document_ids
        self.assertEqual(set(letters.mapped("form_code")), {"leaving_lawyer", "leaving_unions"})
        self.assertEqual(letters.organization_id, self.city)
        leaving.action_issue_letters()
        self.assertEqual(leaving.issued_document_ids, letters)
        told = case.with_user(self.a_officer).issued_document_ids
        self.assertRecordValues(told, [{"form_code": "change_told", "delivered_to": "王小明"}])
        forms = self.env["legal.aid.form"].with_user(self.city_officer)
        texts = {one.form_code: forms._load(one.content).get_text() for one in letters | told}
        self.assertIn("终止", texts["leaving_lawyer"])
        self.assertIn("聘书", texts["leaving_lawyer"])
        self.assertIn("测试甲县总工会", texts["leaving_unions"])
        self.assertIn(case.name, texts["leaving_unions"])
        self.assertIn(self.lawyer2.name, texts["change_told"])
        for text in (texts["leaving_unions"], texts["leaving_lawyer"]):
            self.assertNotIn("个人原因不公开", text)
            self.assertNotIn("王小明", text)

    def test_number_and_delivery(self):
        """C9: the letter of the team is delivered and declared void as every other document."""
        _case, leaving = self._finish()
        letter = leaving.issued_document_ids.filtered(lambda one: one.form_code == "leaving_lawyer")
        self.assertEqual(letter.number, "测市援终聘〔2026〕0001号")
        letter.with_user(self.city_officer).action_deliver(date=TODAY, method="direct", received_by="t_lawyer1")
        self.assertEqual(letter.state, "delivered")
        with self.assertRaises(AccessError):
            letter.with_user(self.b_officer).read(["number"])

    def test_hand_over_list(self):
        """T9: the list prints with what is open and who has it next, and blanks to sign."""
        case = self._create_in_progress()
        self._prepare()
        forms = self.env["legal.aid.form"].with_user(self.city_officer)
        text = forms._get_paper("hand_over_list", self.lawyer1.with_user(self.city_officer)).get_text()
        for piece in (case.name, self.lawyer2.name, "移交人", "监交人", "聘书"):
            self.assertIn(piece, text)
        self.assertNotIn("王小明", text)

    def test_suspension_notice(self):
        """T9: the notice of a suspension names who supervises."""
        self._create_in_progress()
        leaving = self._prepare("suspend")
        leaving.reason_id = self.env.ref("union_legal_aid.reason_suspend_investigation")
        leaving.action_finish()
        leaving.action_issue_letters()
        letter = leaving.issued_document_ids.filtered(lambda one: one.form_code == "suspension_lawyer")
        self.assertIn("t_a_officer", self.env["legal.aid.form"]._load(letter.content).get_text())


@tagged("post_install", "-at_install")
class TestLeavingSubsidy(LegalAidMoneyCommon):
    def _compute(self):
        payout = self._create_payout("subsidy")
        payout.action_compute()
        return payout

    def test_full_months(self):
        """T9, M1: by request through the list: full months served; removed: nothing."""
        leaver, removed = self._create_more_lawyers(2)
        officer = leaver.with_user(self.city_officer)
        leaving = (
            self.env["legal.aid.leaving"]
            .with_user(self.city_officer)
            .browse(officer.action_prepare_leaving()["res_id"])
        )
        leaving.write(
            {"reason_id": self.env.ref("union_legal_aid.reason_contract_end_request").id, "last_day": "2026-02-28"}
        )
        leaving.action_finish()
        removed._end_membership(
            "removed", self.env.ref("union_legal_aid.reason_contract_end_removal"), "", date(2026, 2, 28)
        )
        lines = self._compute().line_ids.grouped("volunteer_id")
        self.assertAlmostEqual(lines[leaver].amount, 166.67)
        self.assertFalse(lines[removed].included)
