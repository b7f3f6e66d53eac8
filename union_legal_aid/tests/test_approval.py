from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .approval_common import LegalAidApprovalCommon


@tagged("post_install", "-at_install")
class TestApproval(LegalAidApprovalCommon):
    """M5: approval that cannot be forged, with the contract as its document."""

    # Asking and deciding

    def test_approval_performs_the_transition(self):
        contract, request = self._request()
        self.assertEqual((contract.state, contract.approval_state), ("draft", "pending"))
        self.assertEqual(request.requested_by_id, self.city_officer)
        self.assertEqual(request.approver_ids, self.city_manager)
        contract.with_user(self.city_manager).action_approve(note="同意")
        self.assertEqual((contract.state, contract.approval_state, request.state), ("active", "approved", "approved"))
        line = request.line_ids
        self.assertEqual((line.user_id, line.decision, line.note), (self.city_manager, "approve", "同意"))
        self.assertFalse(line.on_behalf_of_id)

    def test_requester_never_approves(self):
        """M5, T6: not even a manager who is named in the union."""
        self.city.manager_user_ids |= self.second_manager
        contract = self._create_contract()
        contract.with_user(self.city_manager).action_request_approval()
        with self.assertRaises(AccessError):
            contract.with_user(self.city_manager).action_approve()
        contract.with_user(self.second_manager).action_approve()
        self.assertEqual(contract.state, "active")

    def test_officer_and_other_union_cannot_approve(self):
        contract, _request = self._request()
        for user in (self.a_manager, self.city_finance, self.city_administrator, self.second_manager):
            with self.assertRaises(AccessError):
                contract.with_user(user).action_approve()
        self.assertEqual(contract.state, "draft")

    def test_named_leader_without_the_role_cannot_approve(self):
        """DESIGN.md section 2: an approver is named in the union and holds the manager role."""
        officer = self._create_user("t_city_officer2", self.city, "officer")
        self.city.manager_user_ids |= officer
        contract, request = self._request()
        self.assertNotIn(officer, request.approver_ids)
        with self.assertRaises(AccessError):
            contract.with_user(officer).action_approve()

    def test_nobody_may_approve_is_refused(self):
        """M5: fail closed; the error names the office to ask."""
        self.city.manager_user_ids = False
        contract = self._create_contract()
        with self.assertRaisesRegex(UserError, self.city.name):
            contract.action_request_approval()
        self.assertEqual(contract.approval_state, "none")

    def test_no_rule_is_refused(self):
        self.env["legal.aid.approval.rule"].search([("model_id.model", "=", "legal.aid.contract")]).action_archive()
        with self.assertRaises(UserError):
            self._create_contract().action_request_approval()

    def test_alone_in_a_small_office(self):
        """Default of REQUIREMENTS.md: a leader who registered it himself is replaced by the level above."""
        rules = self.env["legal.aid.approval.rule"]
        step = {"approver": "record_manager", "organization_id": self.county_a.id, "group_id": False, "user_id": False}
        self.assertEqual(rules._get_principals(step, self.a_officer), self.a_manager)
        self.assertEqual(rules._get_principals(step, self.a_manager), self.city_manager)
        self.county_a.manager_user_ids = False
        self.assertFalse(rules._get_principals(step, self.a_manager))

    def test_rejection_needs_a_reason(self):
        contract, request = self._request()
        action = contract.with_user(self.city_manager).action_reject()
        self.assertEqual(action["res_model"], "legal.aid.approval.reject")
        contract.with_user(self.city_manager).action_reject(note="期限不符")
        self.assertEqual((contract.state, contract.approval_state, request.state), ("draft", "rejected", "rejected"))
        contract.with_user(self.city_officer).action_request_approval()
        self.assertNotEqual(contract.approval_request_id, request)
        self.assertEqual(request.line_ids.note, "期限不符", "the rejection stays on record")

    def test_decided_request_cannot_be_decided_again(self):
        contract, _request = self._request()
        contract.with_user(self.city_manager).action_approve()
        with self.assertRaises(UserError):
            contract.with_user(self.city_manager).action_approve()
        with self.assertRaises(UserError):
            contract.with_user(self.city_manager).action_reject(note="改变主意")

    # Frozen facts

    def test_changed_fact_voids_the_request(self):
        contract, request = self._request()
        contract.with_user(self.city_officer).annual_subsidy = 5000
        self.assertEqual((contract.approval_state, request.state), ("none", "void"))
        with self.assertRaises(UserError):
            contract.with_user(self.city_manager).action_approve()

    def test_fact_changed_behind_the_form_is_noticed(self):
        """A fact that changed without the form (here in the database) is compared again when the signature is given."""
        contract, _request = self._request()
        self.env.cr.execute("UPDATE legal_aid_contract SET annual_subsidy = 9999 WHERE id = %s", (contract.id,))
        contract.invalidate_recordset()
        with self.assertRaises(UserError):
            contract.with_user(self.city_manager).action_approve()

    # Steps

    def test_two_steps_in_order_by_two_people(self):
        self.city.manager_user_ids |= self.second_manager
        model = self.env["ir.model"]._get("legal.aid.contract")
        self.env["legal.aid.approval.rule"].create(
            {
                "name": "第二级",
                "model_id": model.id,
                "sequence": 90,
                "approver": "user",
                "user_id": self.city_finance.id,
            }
        )
        contract, request = self._request()
        with self.assertRaises(AccessError):
            contract.with_user(self.city_finance).action_approve()
        contract.with_user(self.city_manager).action_approve()
        self.assertEqual((contract.state, request.current_step), ("draft", 1))
        with self.assertRaises(AccessError):
            contract.with_user(self.city_manager).action_approve()
        contract.with_user(self.city_finance).action_approve()
        self.assertEqual(contract.state, "active")

    def test_step_by_condition(self):
        """M5: a step for some documents only, set by data."""
        model = self.env["ir.model"]._get("legal.aid.contract")
        self.env["legal.aid.approval.rule"].create(
            {
                "name": "大额",
                "model_id": model.id,
                "sequence": 90,
                "approver": "user",
                "user_id": self.city_finance.id,
                "domain": "[('annual_subsidy', '>', 1000)]",
            }
        )
        _contract, request = self._request()
        self.assertEqual(len(request.steps), 1)
        dearer = self._create_contract(date_start="2027-05-20", annual_subsidy=1000.01)
        dearer.action_request_approval()
        self.assertEqual(len(dearer.approval_request_id.steps), 2)

    def test_condition_that_cannot_be_understood(self):
        model = self.env["ir.model"]._get("legal.aid.contract")
        for domain in ("[('no_such_field', '=', 1)]", "import os", "[('id', '=', user.id)]"):
            with self.assertRaises(ValidationError):
                self.env["legal.aid.approval.rule"].create({"name": "坏条件", "model_id": model.id, "domain": domain})

    # Inbox

    def test_inbox_follows_the_step(self):
        """V5: approvers find the document in their inbox and by an activity; both end with the decision."""
        contract, request = self._request()
        inbox = self.env["legal.aid.approval.request"].with_user(self.city_manager)
        domain = [("approver_ids", "in", self.city_manager.ids)]
        self.assertEqual(inbox.search(domain), request)
        activity = self.env.ref("union_legal_aid.mail_activity_type_approval")
        to_do = contract.activity_ids.filtered(lambda act: act.activity_type_id == activity)
        self.assertEqual(to_do.user_id, self.city_manager)
        request.with_user(self.city_manager).action_approve()
        self.assertFalse(inbox.search(domain))
        self.assertFalse(contract.activity_ids.filtered(lambda act: act.activity_type_id == activity))
        self.assertEqual(contract.state, "active")

    def test_other_county_sees_no_request(self):
        """O2: requests stay within the union."""
        _contract, request = self._request()
        for user in (self.a_officer, self.b_manager):
            self.assertFalse(self.env["legal.aid.approval.request"].with_user(user).search([("id", "=", request.id)]))
            with self.assertRaises(AccessError):
                request.with_user(user).read(["name"])

    def test_several_documents_at_once(self):
        """T15: an action on many records reaches the last one."""
        contracts = self._create_contract() | self._create_contract(date_start="2027-05-20")
        contracts.with_user(self.city_officer).action_request_approval()
        contracts.with_user(self.city_manager).action_approve()
        self.assertEqual(contracts.mapped("approval_state"), ["approved", "approved"])

    def test_facts_are_frozen_in_the_request(self):
        contract, request = self._request()
        self.assertEqual(request.facts["annual_subsidy"], 1000)
        self.assertEqual(request.facts["date_start"], "2026-05-20")
        self.assertEqual(contract.date_end, date(2027, 5, 19))
