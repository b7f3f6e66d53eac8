from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .conduct_common import ConductCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestComplaintCount(ConductCommon):
    """办法 §5(6): complained about by workers twice (2 included), verified as true."""

    def test_first_complaint_changes_nothing(self):
        """T7: one verified complaint of a worker opens no removal."""
        complaint = self._verify(self._complain())
        self.assertRecordValues(complaint, [{"state": "verified", "counts": True, "policy_id": self.policy.id}])
        self.assertEqual(self.lawyer1.verified_complaint_count, 1)
        self.assertFalse(self._get_removal())
        self.assertTrue(self.lawyer1.assignable)

    def test_second_complaint_opens_removal_and_stops_cases(self):
        """T7: the second one opens the removal, linked to both, and stops new cases at once."""
        complaints = self._verify(self._complain()) | self._verify(self._complain())
        removal = self._get_removal()
        self.assertRecordValues(removal, [{"ground": "complaints", "state": "open", "policy_id": self.policy.id}])
        self.assertEqual(removal.complaint_ids, complaints)
        self.lawyer1.invalidate_recordset()
        self.assertRecordValues(self.lawyer1, [{"assignable": False, "verified_complaint_count": 2, "state": "active"}])
        self.assertNotIn(
            self.lawyer1,
            self.env["legal.aid.volunteer"].search([("assignable", "=", True), ("id", "=", self.lawyer1.id)]),
        )
        self.assertTrue(self.lawyer1._get_not_assignable_reasons()[self.lawyer1])

    def test_third_complaint_joins_the_open_removal(self):
        """T7: a further one is added to the removal that is open."""
        for _time in range(3):
            self._verify(self._complain())
        self.assertEqual(len(self._get_removal()), 1)
        self.assertEqual(len(self._get_removal().complaint_ids), 3)

    def test_limit_is_the_policys(self):
        """O6: with a limit of three the second one does not open a removal."""
        policy = self.env["legal.aid.policy"].create(
            {
                "name": "测试县政策",
                "organization_id": self._create_union("测试三市", "T04", "city").id,
                "document_number": "x",
                "date_from": "2025-01-01",
                "complaint_limit": 3,
            }
        )
        lawyer = self._create_lawyer().sudo()
        lawyer.organization_id = policy.organization_id
        lawyer._join("2026-05-20")
        manager = self._create_user("t_manager3", policy.organization_id, "manager")
        policy.organization_id.manager_user_ids = manager
        for count in (1, 2, 3):
            self._complain(lawyer, user=self.env.user, organization_id=policy.organization_id.id).with_user(
                manager
            ).action_verify()
            self.assertEqual(len(self._get_removal(lawyer)), 1 if count == 3 else 0)

    def test_only_workers_count(self):
        """T7: union, employer, family, anonymous and other complainants never count, however true."""
        self._verify(self._complain())
        for kind in ("union", "employer", "family", "anonymous", "other"):
            complaint = self._verify(self._complain(complainant_kind=kind))
            self.assertFalse(complaint.counts, kind)
        self.assertEqual(self.lawyer1.verified_complaint_count, 1)
        self.assertFalse(self._get_removal())

    def test_unfounded_and_void_do_not_count(self):
        """T7: neither does a dismissed nor a void one."""
        self._verify(self._complain())
        unfounded = self._complain()
        unfounded.with_user(self.city_manager).action_dismiss(reason_code="unfounded")
        void = self._complain()
        void.with_user(self.city_manager).action_void(reason_code="void")
        self.assertEqual((unfounded.state, void.state), ("unfounded", "void"))
        self.assertEqual(self.lawyer1.verified_complaint_count, 1)
        self.assertFalse(self._get_removal())

    def test_former_membership_does_not_count(self):
        """T7: one complaint of a former membership and one of the present make one."""
        self._verify(self._complain())
        self.lawyer1.with_user(self.city_officer).action_leave(reason_code="request", date="2026-06-14")
        with freeze_time("2026-07-01"):
            self._appoint(self.lawyer1, "2026-07-01")
            self.assertEqual(self.lawyer1.verified_complaint_count, 0)
            self._verify(self._complain())
            self.assertEqual(self.lawyer1.verified_complaint_count, 1)
            self.assertFalse(self._get_removal())
            late = self._verify(self._complain(date="2026-06-30"))
            self.assertFalse(late.counts, "received before the first day")
            on_first_day = self._verify(self._complain(date="2026-07-01"))
            self.assertTrue(on_first_day.counts)
            self.assertTrue(self._get_removal())

    def test_same_facts_count_once(self):
        """T7: two workers about the same facts count as one; about other facts as two."""
        first = self._verify(self._complain())
        second = self._verify(self._complain(duplicate_of_id=first.id))
        self.assertEqual((first.counts, second.counts), (True, False))
        self.assertFalse(self._get_removal())
        self._verify(self._complain())
        self.assertTrue(self._get_removal())

    def test_worker_after_employer_about_the_same_facts(self):
        """T7: if the first to tell was no worker, the first worker counts, once."""
        first = self._verify(self._complain(complainant_kind="employer"))
        second = self._verify(self._complain(duplicate_of_id=first.id))
        third = self._verify(self._complain(duplicate_of_id=first.id))
        self.assertEqual([one.counts for one in (first, second, third)], [False, True, False])

    def test_void_original_lets_the_duplicate_count(self):
        """T7: when the first complaint of the same facts is void, the next one stands for them."""
        first = self._verify(self._complain())
        second = self._verify(self._complain(duplicate_of_id=first.id))
        first.with_user(self.city_manager).action_void(reason_code="void")
        self.assertEqual((first.counts, second.counts), (False, True))

    def test_duplicates_make_no_chains(self):
        """T7: “same facts” points at the first complaint about the same lawyer, not at a duplicate or another
        lawyer's.
        """
        first = self._complain()
        second = self._complain(duplicate_of_id=first.id)
        with self.assertRefused(ValidationError, "same facts"):
            self._complain(duplicate_of_id=second.id)
        with self.assertRefused(ValidationError, "same facts"):
            self._complain(self.lawyer2, duplicate_of_id=first.id)

    def test_voiding_withdraws_the_removal(self):
        """T7: a removal falls when a complaint it rests on is void; the lawyer gets cases again."""
        complaints = self._verify(self._complain()) | self._verify(self._complain())
        complaints[0].with_user(self.city_manager).action_void(reason_code="void", note="误登")
        self.assertEqual(self._get_removal().state, "withdrawn")
        self.lawyer1.invalidate_recordset()
        self.assertTrue(self.lawyer1.assignable)

    def test_candidate_is_not_removed(self):
        """T7: who is no member cannot be removed."""
        self._verify(self._complain(self.lawyer2))
        self._verify(self._complain(self.lawyer2))
        self.assertFalse(self._get_removal(self.lawyer2))

    def test_no_policy_no_verdict(self):
        """O6: where no policy is in force nothing is verified."""
        complaint = self._complain()
        with freeze_time("2028-01-01"), self.assertRefused(UserError, "No policy is in force"):
            complaint.with_user(self.city_manager).action_verify()
        self.assertEqual(complaint.state, "received")


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestComplaintHandling(ConductCommon):
    def test_verdict_is_the_city_managers(self):
        """O3: county officers and managers and the city's officer cannot decide; the city's manager can."""
        complaint = self._complain()
        for user in (self.city_officer, self.a_officer, self.a_manager, self.city_administrator):
            complaint_as = complaint.with_user(user)
            for step in (
                complaint_as.action_verify,
                lambda complaint_as=complaint_as: complaint_as.action_dismiss(reason_code="unfounded"),
                lambda complaint_as=complaint_as: complaint_as.action_void(reason_code="void"),
            ):
                with self.assertRaises(UserError):
                    step()
        self.assertEqual(complaint.state, "received")
        complaint.with_user(self.city_manager).action_verify(note="核实")
        self.assertRecordValues(
            complaint, [{"state": "verified", "decided_by_id": self.city_manager.id, "decision_note": "核实"}]
        )

    def test_who_took_it_down_does_not_decide(self):
        """M5: a manager who registered a complaint leaves the verdict to somebody else."""
        complaint = self._complain(user=self.city_manager)
        with self.assertRefused(UserError, "somebody else must decide"):
            complaint.with_user(self.city_manager).action_verify()
        other = self._create_user("t_city_manager2", self.city, "manager")
        self.city.manager_user_ids += other
        complaint.with_user(other).action_verify()
        self.assertEqual(complaint.state, "verified")

    def test_stand_in_decides(self):
        """O4: the manager's stand-in decides while he is away."""
        complaint = self._complain()
        stand_in = self._create_user("t_stand_in", self.city, "officer")
        self.env["legal.aid.stand.in"].create(
            {
                "user_id": self.city_manager.id,
                "substitute_id": stand_in.id,
                "date_from": "2026-06-15",
                "date_to": "2026-06-15",
            }
        )
        complaint.with_user(stand_in).action_verify()
        self.assertEqual(complaint.decided_by_id, stand_in)

    def test_dismissal_needs_a_reason(self):
        """DESIGN §3.4: without reason a dialog, with a coded one the decision."""
        complaint = self._complain().with_user(self.city_manager)
        self.assertEqual(complaint.action_dismiss()["res_model"], "legal.aid.reason.dialog")
        self.assertEqual(complaint.action_void()["res_model"], "legal.aid.reason.dialog")
        with self.assertRaises(UserError):
            complaint.action_dismiss(reason_code="nonsense")
        complaint.action_dismiss(reason_code="no_duty", note="不属于服务范围")
        self.assertEqual(complaint.decision_reason_id.code, "no_duty")

    def test_reply(self):
        """T7: the lawyer's reply is recorded by the city while the complaint is open."""
        complaint = self._complain()
        officer = complaint.with_user(self.city_officer)
        self.assertEqual(officer.action_record_reply()["res_model"], "legal.aid.reason.dialog")
        with self.assertRaises(AccessError):
            complaint.with_user(self.a_officer).action_record_reply(note="x")
        officer.action_record_reply(note="律师说明")
        self.assertEqual((complaint.reply, str(complaint.reply_date)), ("律师说明", "2026-06-15"))
        self._verify(complaint)
        with self.assertRaises(UserError):
            officer.action_record_reply(note="迟到的说明")

    def test_inform_and_refer(self):
        """C11: handed to the justice bureau by the city; the complainant is told after the verdict."""
        complaint = self._complain(category="property", user=self.a_officer)
        with self.assertRaises(UserError):
            complaint.with_user(self.a_officer).action_inform()
        with self.assertRaises(AccessError):
            complaint.with_user(self.a_officer).action_refer_to_justice()
        complaint.with_user(self.city_officer).action_refer_to_justice(note="移送")
        self._verify(complaint)
        complaint.with_user(self.a_officer).action_inform(note="电话告知")
        self.assertEqual(str(complaint.informed_date), "2026-06-15")
        self.assertEqual(str(complaint.referred_date), "2026-06-15")

    def test_county_takes_down_and_does_not_handle(self):
        """O3: a county takes down complaints about the lawyers who serve it, and reads its own."""
        complaint = self._complain(user=self.a_officer)
        self.assertRecordValues(complaint, [{"organization_id": self.county_a.id, "city_id": self.city.id}])
        self.assertTrue(complaint.with_user(self.a_officer).has_access("read"))
        for user in (self.b_officer, self.liaison, self.lawyer1_user, self.justice, self.city_finance):
            self.assertFalse(complaint.with_user(user).has_access("read"), user.login)
        for user in (self.city_officer, self.auditor):
            self.assertTrue(complaint.with_user(user).has_access("read"), user.login)
        with self.assertRaises(AccessError):
            complaint.with_user(self.a_officer).action_investigate()
        with self.assertRaises(AccessError):
            self._complain(user=self.b_officer)
        with self.assertRaises(AccessError):
            self._complain(user=self.a_officer, organization_id=self.county_b.id)
        self.assertFalse(self._complain(user=self.city_officer).with_user(self.a_officer).has_access("read"))

    def test_complainant_is_the_citys_secret(self):
        """F§11: name and phone are read by the city and by whoever took them down; colleague, auditor and lawyer see
        none.
        """
        complaint = self._complain(user=self.a_officer, complainant_name="张小明", complainant_phone="13812345678")
        for user in (self.city_officer, self.city_manager, self.a_officer):
            self.assertEqual(complaint.with_user(user).complainant_name, "张小明", user.login)
        other = complaint.with_user(self.a_manager)
        self.assertFalse(other.complainant_name or other.complainant_phone)
        self.assertEqual((other.complainant_name_masked, other.complainant_phone_masked), ("张**", "138****5678"))
        with self.assertRaises(AccessError):
            complaint.with_user(self.auditor).read(["complainant_name"])
        for user in (self.lawyer1_user, self.b_officer):
            with self.assertRaises(AccessError):
                complaint.with_user(user).read(["complainant_name_masked"])
        self.a_officer.union_organization_ids = self.county_b
        self.assertFalse(self.env["legal.aid.complaint.private"].with_user(self.a_officer).search([]))
        self.assertNotIn("张小明", complaint.display_name + str(complaint.message_ids.mapped("body")))

    def test_anonymous(self):
        """A11: anybody may complain without a name; name and “anonymous” exclude each other."""
        complaint = self._complain(complainant_kind="anonymous")
        self.assertFalse(complaint.complainant_name)
        with self.assertRefused(ValidationError, "is anonymous"):
            self._complain(complainant_kind="anonymous", complainant_name="张小明")

    def test_facts_are_closed_by_the_verdict(self):
        """DESIGN §3.1: neither who complained nor about what changes after the verdict."""
        complaint = self._verify(self._complain()).with_user(self.city_officer)
        for vals in (
            {"complainant_kind": "union"},
            {"volunteer_id": self.lawyer2.id},
            {"date": "2026-01-01"},
            {"text": "改写"},
            {"duplicate_of_id": complaint.id},
            {"complainant_name": "某某"},
        ):
            with self.assertRaises(UserError):
                complaint.write(vals)

    def test_date_of_tomorrow(self):
        """C13: what is still to come was not received."""
        with self.assertRefused(ValidationError, "2026-06-16"):
            self._complain(date="2026-06-16")

    def test_every_back_door(self):
        """DESIGN §3.1: state, verdict and registrar change by no other door, also not for the city's manager."""
        complaint = self._complain()
        for user in (self.city_officer, self.city_manager):
            complaints = self.env["legal.aid.complaint"].with_user(user)
            base = {"volunteer_id": self.lawyer1.id, "text": "后门", "organization_id": self.city.id}
            for vals in (
                {"state": "verified"},
                {"decided_by_id": self.city_manager.id},
                {"policy_id": self.policy.id},
                {"registered_by_id": self.a_officer.id},
                {"reply": "x"},
            ):
                for door in (
                    complaint.with_user(user),
                    complaint.with_user(user).with_context(legal_aid_workflow=True),
                ):
                    with self.assertRaises(AccessError):
                        door.write(vals)
                with self.assertRaises(AccessError):
                    complaints.create({**base, **vals})
            with self.assertRaises(AccessError):
                complaints.with_context(default_state="verified").create(base)
            loaded = complaints.load(
                ["volunteer_id/.id", "text", "complainant_kind", "state"],
                [[str(self.lawyer1.id), "后门", "worker", "verified"]],
            )
            self.assertFalse(loaded["ids"])
            with self.assertRaises(AccessError):
                complaint.with_user(user).unlink()
        verified = self._verify(self._complain())
        self.assertFalse({"state", "decided_by_id", "registered_by_id"} & verified.copy_data()[0].keys())
        with self.assertRaises(UserError):
            verified.with_user(self.city_manager).action_verify()
        with self.assertRaises(UserError):
            verified.with_user(self.city_manager).action_dismiss(reason_code="unfounded")
