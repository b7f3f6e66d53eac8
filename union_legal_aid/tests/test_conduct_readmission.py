from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .conduct_common import ConductCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestReadmission(ConductCommon):
    """T6, T7: what a removal means afterwards."""

    def setUp(self):
        super().setUp()
        self.reason = self.env.ref("union_legal_aid.reason_readmission_need")

    def _remove(self, ground="complaints"):
        if ground == "complaints":
            self._verify(self._complain())
            self._verify(self._complain())
            removal = self._get_removal()
        else:
            removal = self._open_removal(ground)
        removal.with_user(self.city_officer).action_record_reply(note="申辩")
        self.approve(removal, self.city_officer, self.city_manager)
        return removal

    def test_consequences(self):
        """T6: membership and contract end on the day of the decision, the notice tells no reason, no subsidy is due."""
        self.lawyer1.consent_date = "2026-05-20"
        self._remove("failure")
        self.assertEqual((self.lawyer1.state, self.contract.state), ("removed", "terminated"))
        self.assertEqual(self.contract.termination_reason_id.code, "removal")
        self.assertEqual(self.policy.subsidy_on_removal, "none")
        notice = self.lawyer1.notice_ids[0]
        self.assertEqual((notice.kind, str(notice.date)), ("leave", "2026-06-15"))
        for word in ("§5", "removal", "Removal", "evidence"):
            self.assertNotIn(word, notice.text)

    def test_needs_a_reason(self):
        """T6: a removed lawyer is appointed again with a coded reason only, which the approval freezes."""
        self._remove()
        with freeze_time("2026-07-01"):
            with self.assertRefused(UserError, "was removed from the team"):
                self._appoint(self.lawyer1, "2026-07-01")
            contract = self._appoint(
                self.lawyer1, "2026-07-02", readmission_reason_id=self.reason.id, readmission_note="领导决定"
            )
            self.assertEqual((contract.state, self.lawyer1.state), ("active", "active"))
            with self.assertRefused(UserError, "decided with the contract"):
                contract.with_user(self.city_officer).write({"readmission_note": "另一说法"})

    def test_reason_is_approved(self):
        """M5: another reason asks for another approval."""
        self._remove()
        with freeze_time("2026-07-01"):
            contract = self._draft(self.lawyer1, "2026-07-01", readmission_reason_id=self.reason.id)
            officer = contract.with_user(self.city_officer)
            officer.action_request_approval()
            officer.readmission_note = "后加"
            with self.assertRaises(UserError):
                contract.with_user(self.city_manager).action_approve()

    def test_barred_years(self):
        """T6: where the policy bars him, not a day earlier."""
        self.env.cr.execute("UPDATE legal_aid_policy SET barred_years = 1 WHERE id = %s", (self.policy.id,))
        self.env.invalidate_all()
        self._remove()
        with freeze_time("2026-07-01"):
            for day, refused in (("2027-06-14", True), ("2027-06-15", False)):
                contract = self._draft(self.lawyer1, day, readmission_reason_id=self.reason.id)
                self.assertEqual(bool(contract._get_removal_reason()), refused, day)
                contract.with_user(self.city_officer).action_cancel()

    def test_old_complaints_do_not_count(self):
        """T7: a new membership begins anew: one more complaint is the first."""
        self._remove()
        with freeze_time("2026-07-01"):
            self._appoint(self.lawyer1, "2026-07-01", readmission_reason_id=self.reason.id)
            self._verify(self._complain(date="2026-07-01"))
            self.lawyer1.invalidate_recordset()
            self.assertEqual(self.lawyer1.verified_complaint_count, 1)
            self.assertFalse(self.lawyer1._get_open_removals())
            self._verify(self._complain(date="2026-07-01"))
            self.assertTrue(self.lawyer1._get_open_removals())

    def test_no_way_around(self):
        """T6: while a removal is open, leaving, ending the contract or a new contract is no way out."""
        self._open_removal()
        lawyer = self.lawyer1.with_user(self.city_officer)
        with self.assertRefused(UserError, "The removal of"):
            lawyer.action_leave(reason_code="request")
        with self.assertRefused(UserError, "The removal of"):
            self.contract.with_user(self.city_officer).action_terminate(reason_code="request")
        with self.assertRefused(UserError, "is open"):
            self._draft(self.lawyer1, "2027-05-20").with_user(self.city_officer).action_request_approval()
        self.assertEqual((self.lawyer1.state, self.contract.state), ("active", "active"))

    def test_death_waits_for_nothing(self):
        """T6, T9: a death ends the membership also while a removal is open, which is then withdrawn with its reason."""
        self._verify(self._complain())
        self._verify(self._complain())
        removal = self._get_removal()
        self.lawyer1.with_user(self.city_officer).action_leave(reason_code="death")
        self.assertEqual(self.lawyer1.state, "left")
        removal.with_user(self.city_officer).action_withdraw(reason_code="gone", note="律师去世")
        removal.with_user(self.city_manager).action_approve()
        self.assertEqual(removal.state, "withdrawn")
