from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .approval_common import LegalAidApprovalCommon


@tagged("post_install", "-at_install")
class TestApprovalFailsClosed(LegalAidApprovalCommon):
    """M5: where nobody may approve, nothing is approved, and the refusal names the office to ask."""

    def _assert_closed(self, pattern):
        contract = self._create_contract()
        with self.assertRaisesRegex(UserError, pattern), self.cr.savepoint():
            contract.action_request_approval()
        self.env.invalidate_all()
        self.assertEqual((contract.state, contract.approval_state), ("draft", "none"))
        self.assertFalse(contract.approval_request_id)

    def test_no_rule(self):
        self.env["legal.aid.approval.rule"].search([("model_id", "=", self.contract_model.id)]).action_archive()
        self._assert_closed(self.city.name)

    def test_no_leader(self):
        self.city.manager_user_ids = False
        self._assert_closed(self.city.name)

    def test_requester_is_the_only_leader_at_the_top(self):
        contract = self._create_contract()
        with self.assertRaisesRegex(UserError, self.city.name):
            contract.with_user(self.city_manager).action_request_approval()

    def test_empty_role(self):
        role = self.env["res.groups"].create({"name": "空角色"})
        self._create_rule(approver="group", group_id=role.id)
        self._assert_closed(self.city.name)

    def test_role_held_in_another_union_only(self):
        role = self.env["res.groups"].create({"name": "外县角色", "user_ids": [Command.set(self.b_manager.ids)]})
        self._create_rule(approver="group", group_id=role.id)
        self._assert_closed(self.city.name)

    def test_archived_person(self):
        self._create_rule(approver="user", user_id=self.second_manager.id)
        self.second_manager.active = False
        self._assert_closed("加一级")

    def test_person_who_may_not_open_it(self):
        self._create_rule(approver="user", user_id=self.liaison.id)
        self._assert_closed("may not open")

    def test_one_person_for_two_steps(self):
        self._create_rule(approver="city_manager")
        self._assert_closed("one more person")

    def test_all_reasons_at_once(self):
        """T15, M5: several documents, several refusals: all are told, none is done."""
        good = self._create_contract()
        contracts = (
            good | self._create_contract(date_start="2027-05-20") | self._create_contract(date_start="2025-05-20")
        )
        self._create_rule(domain="[('service_year', '!=', 2026)]", approver="user", user_id=self.liaison.id)
        with self.assertRaises(UserError) as refused, self.cr.savepoint():
            contracts.action_request_approval()
        self.assertEqual(str(refused.exception).count("may not open"), 2)
        self.env.invalidate_all()
        self.assertEqual(good.approval_state, "none")

    def test_last_day_of_yesterday(self):
        """Dates count to the day: yesterday's stand-in is nobody, today's last day still counts."""
        today = fields.Date.today()
        term = self._name_stand_in(self.city_manager, self.second_manager, -5, -1)
        _contract, request = self._request()
        self.assertEqual(request.approver_ids, self.city_manager)
        term.date_to = today
        self.assertEqual(request.approver_ids, self.city_manager | self.second_manager)
        term.date_from = today + timedelta(days=0)
        self.assertEqual(request.approver_ids, self.city_manager | self.second_manager)
