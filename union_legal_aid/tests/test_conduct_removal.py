from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Date
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .conduct_common import PAPER, ConductCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestRemoval(ConductCommon):
    def _open(self, user=None, **values):
        return self._open_removal(user=user, **{"ground": "failure", "evidence": "调查报告（测试）", **values})

    def test_removal_by_complaints(self):
        """T6, T7: opened by the second complaint, reply recorded, decided by approval: contract ended, member removed,
        notice.
        """
        self._verify(self._complain())
        self._verify(self._complain())
        removal = self._get_removal()
        removal.with_user(self.city_officer).action_record_reply(note="本人申辩")
        self.assertEqual(removal.state, "replied")
        self.approve(removal, self.city_officer, self.city_manager)
        today = Date.to_date("2026-06-15")
        self.assertRecordValues(
            removal, [{"state": "decided", "date_decided": today, "decided_by_id": self.city_manager.id}]
        )
        self.assertRecordValues(self.lawyer1, [{"state": "removed", "member_until": today, "assignable": False}])
        self.assertRecordValues(
            self.contract, [{"state": "terminated", "date_terminated": today, "terminated_by_id": self.city_manager.id}]
        )
        self.assertEqual(self.contract.termination_reason_id.code, "removal")
        notice = self.lawyer1.notice_ids[0]
        self.assertEqual(notice.kind, "leave")
        self.lawyer1.consent_date = "2026-05-01"
        self.assertNotIn("§5", notice.text)

    def test_right_of_reply(self):
        """T6: without a reply there is no decision before the period is over; its last day belongs to the lawyer."""
        removal = self._open()
        self.assertEqual(str(removal.reply_due), "2026-06-22")
        self.assertRecordValues(
            removal.deadline_ids, [{"kind": "reply", "state": "open", "volunteer_id": self.lawyer1.id}]
        )
        with freeze_time("2026-06-22"), self.assertRefused(UserError, "may reply until 2026-06-22"):
            removal.with_user(self.city_officer).action_request_approval()
        with freeze_time("2026-06-23"):
            self.approve(removal, self.city_officer, self.city_manager)
            self.assertEqual(removal.state, "decided")
            self.assertEqual(removal.deadline_ids.state, "void")

    def test_reply_closes_its_clock(self):
        """T6: a recorded reply stops the clock and voids a running request."""
        removal = self._open()
        officer = removal.with_user(self.city_officer)
        self.assertEqual(officer.action_record_reply()["res_model"], "legal.aid.reason.dialog")
        officer.action_record_reply(note="第一次", date="2026-06-15")
        self.assertEqual(removal.deadline_ids.state, "done")
        officer.action_request_approval()
        officer.action_record_reply(note="补充")
        self.assertEqual((removal.approval_state, removal.reply), ("none", "补充"))

    def test_open_removal_stops_cases(self):
        """T6: on every ground, new cases stop when the removal is opened and go on when it is given up."""
        removal = self._open()
        self.assertFalse(self.lawyer1.assignable)
        self.assertIn("being decided", self.lawyer1.not_assignable_reason)
        officer = removal.with_user(self.city_officer)
        self.assertEqual(officer.action_withdraw()["res_model"], "legal.aid.reason.dialog")
        with self.assertRefused(UserError, "Write in the note"):
            officer.action_withdraw(reason_code="no_evidence")
        officer.action_withdraw(reason_code="no_evidence", note="证据不足")
        self.lawyer1.invalidate_recordset()
        self.assertTrue(self.lawyer1.assignable)
        self.assertEqual((removal.state, removal.deadline_ids.state), ("withdrawn", "void"))

    def test_evidence_is_needed(self):
        """T6: no decision while an element lacks evidence; the sentence names it."""
        removal = self._open(ground="major_case", shown=False)
        self._show(self.lawyer1, "major", "mishandled", "consequence")
        officer = removal.with_user(self.city_officer)
        officer.action_record_reply(note="申辩")
        with self.assertRefused(UserError, "missing for “It was not reported as required”"):
            officer.action_request_approval()
        line = self._show(self.lawyer1, "not_reported", document=False)
        self.assertEqual(line.removal_id, removal)
        with self.assertRefused(UserError, "missing for “It was not reported as required”"):
            officer.action_request_approval()
        line.with_user(self.city_officer).document = PAPER
        officer.action_request_approval()
        self._show(self.lawyer1, "not_reported")
        self.assertEqual(removal.approval_state, "none", "other evidence asks for another decision")

    def test_seven_grounds(self):
        """T6: the six grounds of §5 and §4, each with what has to be shown."""
        grounds = [key for key, _label in self.env["legal.aid.removal"]._fields["ground"].selection]
        self.assertEqual(len(grounds), 7)
        for ground in grounds:
            self.assertTrue(self.env["legal.aid.removal"].new({"ground": ground}).elements, ground)

    def test_ground_complaints_needs_them(self):
        """T7: nobody opens “complaints” on one complaint."""
        self._verify(self._complain())
        removal = self._open(ground="complaints", shown=False)
        removal.with_user(self.city_officer).action_record_reply(note="申辩")
        with self.assertRefused(UserError, "fewer than 2"):
            removal.with_user(self.city_officer).action_request_approval()

    def test_complaints_that_stand_bind(self):
        """T7: while two verified complaints stand, the removal cannot be given up."""
        self._verify(self._complain())
        self._verify(self._complain())
        with self.assertRefused(UserError, "cannot be withdrawn"):
            self._get_removal().with_user(self.city_manager).action_withdraw(reason_code="mistake", note="算了")

    def test_four_eyes(self):
        """M5: who asks for the decision does not take it; counties have no part in it."""
        removal = self._open()
        removal.with_user(self.city_officer).action_record_reply(note="申辩")
        removal.with_user(self.city_officer).action_request_approval()
        for user in (self.city_officer, self.a_manager):
            with self.assertRaises(AccessError):
                removal.with_user(user).action_approve()
        self.assertEqual(self.lawyer1.state, "active")

    def test_rejected_removal_stays_open(self):
        """M5: a rejection is on record; the removal is withdrawn or asked for again."""
        removal = self._open()
        removal.with_user(self.city_officer).action_record_reply(note="申辩")
        removal.with_user(self.city_officer).action_request_approval()
        removal.with_user(self.city_manager).action_reject(note="证据不足")
        self.assertEqual((removal.state, removal.approval_state, self.lawyer1.state), ("replied", "rejected", "active"))

    def test_one_at_a_time(self):
        """T6: one open removal per lawyer; complaints join the one that is open."""
        removal = self._open()
        with self.assertRefused(ValidationError, "open already: Removal t_lawyer1"):
            self._open(ground="reputation", shown=False)
        removal.flush_recordset()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env.cr.execute(
                "INSERT INTO legal_aid_removal (volunteer_id, ground, state, approval_state, proposal, date_opened, opened_by_id)"
                " SELECT volunteer_id, ground, state, approval_state, proposal, date_opened, opened_by_id"
                " FROM legal_aid_removal"
                " WHERE id = %s",
                (removal.id,),
            )
        complaints = self._verify(self._complain()) | self._verify(self._complain())
        self.assertEqual(self._get_removal(), removal)
        self.assertEqual(removal.complaint_ids, complaints)

    def test_only_members(self):
        """T6: candidates and former members cannot be removed."""
        with self.assertRefused(ValidationError, "only members of the team"):
            self._open(lawyer=self.lawyer2, shown=False)

    def test_who_may_see_and_open(self):
        """O3: the city opens; auditor and justice bureau read, without the complaints; the lawyer his own; counties see
        nothing.
        """
        with self.assertRaises(AccessError):
            self._open(user=self.a_officer)
        removal = self._open()
        for user in (self.auditor, self.justice):
            self.assertTrue(removal.with_user(user).has_access("read"), user.login)
            self.assertFalse(removal.with_user(user).has_access("write"), user.login)
        with self.assertRaises(AccessError):
            removal.with_user(self.justice).read(["complaint_ids"])
        self.assertTrue(removal.with_user(self.lawyer1_user).has_access("read"))
        self.assertFalse(removal.with_user(self.lawyer1_user).has_access("write"))
        for user in (self.a_officer, self.a_manager, self.lawyer2_user, self.liaison, self.city_finance):
            self.assertFalse(removal.with_user(user).has_access("read"), user.login)

    def test_suspended_member_is_removed_too(self):
        """T6, T9: suspension is no shelter."""
        self.lawyer1.with_user(self.city_officer).action_suspend(reason_code="investigation")
        removal = self._open()
        removal.with_user(self.city_officer).action_record_reply(note="申辩")
        self.approve(removal, self.city_officer, self.city_manager)
        self.assertEqual(self.lawyer1.state, "removed")

    def test_removed_lawyer_may_be_appointed_anew(self):
        """T7: after a new appointment the old complaints do not count."""
        self.test_removal_by_complaints()
        with freeze_time("2026-07-01"):
            reason = self.env.ref("union_legal_aid.reason_readmission_rehabilitated")
            self._appoint(self.lawyer1, "2026-07-01", readmission_reason_id=reason.id)
            self.lawyer1.invalidate_recordset()
            self.assertRecordValues(
                self.lawyer1, [{"state": "active", "assignable": True, "verified_complaint_count": 0}]
            )

    def test_every_back_door(self):
        """DESIGN §3.1: no door but reply, withdrawal and approval; dates and the link to complaints are written by
        steps.
        """
        self._appoint(self.lawyer2)
        removal = self._open()
        complaint = self._complain()
        for user in (self.city_officer, self.city_manager):
            removals = self.env["legal.aid.removal"].with_user(user)
            base = {"volunteer_id": self.lawyer2.id, "ground": "failure"}
            for vals in (
                {"state": "decided"},
                {"approval_state": "approved"},
                {"reply": "x"},
                {"reply_due": "2026-01-01"},
                {"date_opened": "2026-01-01"},
                {"date_decided": "2026-06-15"},
                {"complaint_ids": [(4, complaint.id)]},
                {"proposal": "withdraw"},
                {"opened_by_facts": True},
                {"told_date": "2026-01-01"},
            ):
                for door in (removal.with_user(user), removal.with_user(user).with_context(legal_aid_workflow=True)):
                    with self.assertRaises(AccessError):
                        door.write(vals)
                with self.assertRaises(AccessError):
                    removals.create({**base, **vals})
            with self.assertRaises(AccessError):
                removals.with_context(default_state="decided").create(base)
            loaded = removals.load(
                ["volunteer_id/.id", "ground", "state"], [[str(self.lawyer2.id), "sanction", "decided"]]
            )
            self.assertFalse(loaded["ids"])
            with self.assertRaises(AccessError):
                removal.with_user(user).unlink()
        with self.assertRaises(UserError):
            removal.with_user(self.city_officer).write({"volunteer_id": self.lawyer2.id})
        self.assertFalse({"state", "reply", "date_opened", "complaint_ids"} & removal.copy_data()[0].keys())
        self.assertEqual(self.lawyer1.state, "active")
