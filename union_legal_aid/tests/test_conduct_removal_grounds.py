from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from ..tools.removal_grounds import BY_CODE, GROUNDS
from .conduct_common import PAPER, ConductCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestGroundPanel(ConductCommon):
    """T6: the seven grounds on the lawyer's page, and evidence of each element."""

    def _get_panel(self, user=None, lawyer=None):
        lawyer = (lawyer or self.lawyer1).with_user(user or self.city_officer)
        lawyer.invalidate_recordset()
        return {ground["ground"]: ground for ground in lawyer.ground_panel or []}

    def _get_shown(self, ground):
        return [element["is_shown"] for element in self._get_panel()[ground]["elements"]]

    def test_nothing_on_record(self):
        """T6: seven grounds, nothing shown, nothing to open."""
        panel = self._get_panel()
        self.assertEqual(list(panel), [ground.code for ground in GROUNDS])
        self.assertFalse(any(ground["can_open"] or ground["is_complete"] for ground in panel.values()))
        self.assertEqual(panel["no_service"]["hints"][0]["text"], "Nothing on record since 2026-05-20")

    def test_complaints_one_of_two(self):
        """T6, T7: “1 of 2”, with the complaint to open; the employer's does not count."""
        complaint = self._verify(self._complain())
        self._verify(self._complain(complainant_kind="employer"))
        element = self._get_panel()["complaints"]["elements"][0]
        self.assertIn("1 of 2", element["title"])
        self.assertEqual([item["id"] for item in element["items"]], complaint.ids)
        self.assertFalse(element["is_shown"])

    def test_evidence_ticks_element(self):
        """T6: words with a paper show an element, words alone do not, and the panel says what is missing."""
        self._show(self.lawyer1, "error", "right_lost")
        line = self._show(self.lawyer1, "cause", document=False)
        self.assertEqual(self._get_shown("failure"), [True, True, False])
        item = self._get_panel()["failure"]["elements"][2]["items"][0]
        self.assertIn("missing", item["note"])
        with self.assertRefused(UserError, "The right was lost through the error"):
            self.lawyer1.with_user(self.city_officer).action_open_removal("failure")
        line.with_user(self.city_officer).document = PAPER
        self.assertTrue(self._get_panel()["failure"]["can_open"])

    def test_open_with_evidence(self):
        """T6: the evidence goes with the removal; it is decided without anything more but the reply."""
        lines = self._show(self.lawyer1, *BY_CODE["failure"].codes)
        action = self.lawyer1.with_user(self.city_officer).action_open_removal("failure")
        removal = self._get_removal()
        self.assertEqual(action["res_id"], removal.id)
        self.assertEqual(lines.removal_id, removal)
        self.assertFalse(self._get_panel()["failure"]["can_open"], "one is open already")
        removal.with_user(self.city_officer).action_record_reply(note="申辩")
        self.approve(removal, self.city_officer, self.city_manager)
        self.assertEqual(self.lawyer1.state, "removed")

    def _make_member(self):
        self._appoint(self.lawyer2)
        return self.lawyer2

    def test_words_are_needed(self):
        """T6: a paper alone does not say what it proves."""
        with self.assertRefused(ValidationError, "write what shows it"):
            self._show(self.lawyer1, "act", text=" ")

    def test_evidence_of_another_lawyer(self):
        """T6: a complaint about another lawyer, or his removal, shows nothing here."""
        complaint = self._complain(lawyer=self._make_member())
        with self.assertRefused(ValidationError, "another lawyer"):
            self._show(self.lawyer1, "act", complaint_id=complaint.id)

    def test_hint_proves_nothing(self):
        """T6: a verified complaint “sent somebody else” points to §5(2) and ticks nothing."""
        self._verify(self._complain(category="delegation"))
        ground = self._get_panel()["delegation"]
        self.assertEqual(len(ground["hints"]), 1)
        self.assertEqual(self._get_shown("delegation"), [False] * 3)

    def test_former_membership(self):
        """T7: evidence of a former membership does not count in the present one."""
        self._show(self.lawyer1, "act")
        self.lawyer1._workflow_write({"member_since": "2026-06-16"})
        self.assertEqual(self._get_shown("reputation"), [False] * 3)

    def test_who_sees_it(self):
        """O2, O3: the city and its auditor; the bureau without the words; counties nothing."""
        self._show(self.lawyer1, "act")
        officer = self._get_panel()["reputation"]["elements"][0]
        self.assertIn("测试证据", officer["items"][0]["text"])
        for user in (self.auditor, self.justice):
            panel = self._get_panel(user)
            element = panel["reputation"]["elements"][0]
            self.assertTrue(element["is_shown"])
            self.assertNotIn("测试证据", str(panel))
            self.assertFalse(any(ground["can_open"] or ground["can_add"] for ground in panel.values()))
        self.assertFalse(self._get_panel(self.a_officer))
        for user in (self.liaison, self.lawyer1_user, self.city_finance):
            with self.assertRaises(AccessError):
                self.lawyer1.with_user(user).read(["ground_panel"])

    def test_doors_of_evidence(self):
        """DESIGN §3.1: facts are the system's; evidence of a decided removal stays; counties record none."""
        with self.assertRaises(AccessError):
            self._show(self.lawyer1, "act", user=self.a_officer)
        with self.assertRaises(AccessError):
            self._show(self.lawyer1, "act", is_fact=True)
        lines = self.env["legal.aid.removal.element"].with_user(self.city_officer)
        with self.assertRaises(AccessError):
            lines.with_context(default_is_fact=True).create(
                {"volunteer_id": self.lawyer1.id, "element": "act", "text": "x"}
            )
        self._sanction(final_date="2026-06-10")
        fact = self._get_removal().element_ids[:1].with_user(self.city_officer)
        for vals in ({"text": "x"}, {"is_fact": False}, {"removal_id": False}):
            with self.assertRaises(AccessError):
                fact.write(vals)
        with self.assertRaises(AccessError):
            fact.unlink()
        removal = self._get_removal()
        line = self._show(self.lawyer1, "act")
        self.assertEqual(line.removal_id, removal)
        removal.with_user(self.city_officer).action_record_reply(note="申辩")
        self.approve(removal, self.city_officer, self.city_manager)
        for vals in ({"text": "x"}, {"removal_id": False}):
            with self.assertRaises(UserError):
                line.with_user(self.city_officer).write(vals)
        with self.assertRaises(UserError):
            line.with_user(self.city_officer).unlink()

    def test_open_door(self):
        """O3: counties, auditor and bureau open nothing by the panel."""
        self._show(self.lawyer1, *BY_CODE["failure"].codes)
        for user in (self.a_officer, self.a_manager, self.auditor, self.justice, self.lawyer1_user):
            with self.assertRaises(AccessError):
                self.lawyer1.with_user(user).action_open_removal("failure")
        with self.assertRefused(UserError, "is no ground"):
            self.lawyer1.with_user(self.city_officer).action_open_removal("state")


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestWithdrawal(ConductCommon):
    """T6: a removal is not closed silently."""

    def test_facts_need_the_manager(self):
        """T6, M5: opened by facts that fell away, the withdrawal is asked for and approved by another."""
        self._verify(self._complain())
        complaint = self._verify(self._complain())
        removal = self._get_removal()
        complaint._workflow_write({"state": "unfounded"})
        officer = removal.with_user(self.city_officer)
        officer.action_withdraw(reason_code="set_aside", note="改判")
        self.assertRecordValues(removal, [{"state": "open", "approval_state": "pending", "proposal": "withdraw"}])
        with self.assertRaises(AccessError):
            officer.action_approve()
        removal.with_user(self.city_manager).action_approve()
        self.assertRecordValues(removal, [{"state": "withdrawn", "withdraw_note": "改判"}])
        self.assertEqual(removal.withdraw_reason_id.code, "set_aside")
        self.assertEqual(self.lawyer1.state, "active")

    def test_facts_back_again(self):
        """T7: verified again while the withdrawal waits, the facts stand, and it is not approved."""
        self._verify(self._complain())
        complaint = self._verify(self._complain())
        removal = self._get_removal()
        complaint._workflow_write({"state": "unfounded"})
        removal.with_user(self.city_officer).action_withdraw(reason_code="set_aside", note="改判")
        complaint._workflow_write({"state": "verified"})
        with self.assertRaises(UserError):
            removal.with_user(self.city_manager).action_approve()
        self.assertEqual(removal.state, "open")

    def test_rejected_withdrawal(self):
        """T6: refused, the removal goes on to its decision."""
        self._verify(self._complain())
        complaint = self._verify(self._complain())
        removal = self._get_removal()
        complaint._workflow_write({"state": "unfounded"})
        officer = removal.with_user(self.city_officer)
        officer.action_withdraw(reason_code="set_aside", note="改判")
        removal.with_user(self.city_manager).action_reject(note="不同意")
        self.assertRecordValues(removal, [{"state": "open", "proposal": "remove", "withdraw_note": False}])
        complaint._workflow_write({"state": "verified"})
        officer.action_record_reply(note="申辩")
        self.approve(removal, self.city_officer, self.city_manager)
        self.assertEqual(removal.state, "decided")
