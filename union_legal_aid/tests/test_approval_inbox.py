from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tests.common import warmup

from .approval_common import LegalAidApprovalCommon
from .casework_common import LegalAidCaseworkCommon


@tagged("post_install", "-at_install")
class TestApprovalInbox(LegalAidApprovalCommon):
    """V5, M5: “Waiting for Me”: what one may decide, and deciding it there."""

    def _get_inbox(self, user):
        requests = self.env["legal.aid.approval.request"].with_user(user)
        return requests.search([("approver_ids", "in", user.ids)])

    def _request_many(self, count):
        """So many pending requests of so many lawyers."""
        first = self.env["legal.aid.volunteer"].search_count([])
        lawyers = self.env["legal.aid.volunteer"].create(
            [
                {
                    "partner_id": self.env["res.partner"].create({"name": f"律师{number}"}).id,
                    "organization_id": self.city.id,
                    "license_number": f"142{number:014d}",
                }
                for number in range(first, first + count)
            ]
        )
        contracts = (
            self.env["legal.aid.contract"]
            .with_user(self.city_officer)
            .create([{"volunteer_id": lawyer.id, "date_start": "2026-05-20"} for lawyer in lawyers])
        )
        contracts.action_request_approval()
        return contracts

    def test_menu_filters_on_what_i_may_decide(self):
        action = self.env.ref("union_legal_aid.legal_aid_approval_request_action_inbox")
        self.assertEqual(action.context, "{'search_default_mine': 1}")
        self.assertEqual(action.domain, "[]")
        self.assertIn(
            self.env.ref("union_legal_aid.group_officer"), self.env.ref("union_legal_aid.menu_inbox").group_ids
        )

    def test_inbox_is_live(self):
        """Whoever may decide finds it, from the moment on: leader, stand-in, leader named later; nobody else."""
        contract, request = self._request()
        self.assertEqual(self._get_inbox(self.city_manager), request)
        for user in (
            self.city_officer,
            self.second_manager,
            self.a_manager,
            self.city_finance,
            self.city_administrator,
        ):
            self.assertFalse(self._get_inbox(user))
        helper = self._create_user("t_city_helper", self.city, "officer")
        self._name_stand_in(self.city_manager, helper)
        self.assertEqual(self._get_inbox(helper), request)
        self.city.manager_user_ids |= self.second_manager
        self.assertEqual(self._get_inbox(self.second_manager), request)
        everybody = self.env["legal.aid.approval.request"].search([("approver_ids", "not in", helper.ids)])
        self.assertNotIn(request, everybody)
        contract.with_user(helper).action_approve()
        for user in (self.city_manager, helper, self.second_manager):
            self.assertFalse(self._get_inbox(user))

    def test_leader_above_a_leader_who_is_alone(self):
        """A leader of a county who asks himself is decided by the city, which finds it in its inbox."""
        self._create_rule(approver="record_manager", sequence=1)
        self.city.manager_user_ids = self.second_manager
        top = self._create_union("测试省总工会", "T00", "province")
        self.city.parent_id = top
        province_manager = self._create_user("t_p_manager", top, "manager")
        top.manager_user_ids = province_manager
        self.env["legal.aid.approval.rule"].search(
            [("model_id", "=", self.contract_model.id), ("approver", "=", "city_manager")]
        ).action_archive()
        contract = self._create_contract().with_user(self.second_manager)
        contract.action_request_approval()
        self.assertEqual(self._get_inbox(province_manager), contract.approval_request_id)
        self.assertFalse(self._get_inbox(self.second_manager))

    def test_role_and_person(self):
        role = self.env["res.groups"].create({"name": "法律部", "user_ids": [Command.link(self.city_finance.id)]})
        self._create_rule(approver="group", group_id=role.id, sequence=1)
        self._create_rule(approver="user", user_id=self.second_manager.id, sequence=2)
        contract, request = self._request()
        self.assertEqual(self._get_inbox(self.city_finance), request)
        contract.with_user(self.city_finance).action_approve()
        self.assertEqual(self._get_inbox(self.second_manager), request)

    def test_several_are_approved_or_none(self):
        contracts = self._request_many(3)
        requests = contracts.approval_request_id.with_user(self.city_manager)
        contracts[1].volunteer_id.license_number = False
        contracts[2].volunteer_id.license_number = False
        with self.assertRaises(UserError) as refused, self.cr.savepoint():
            requests.action_approve()
        for contract in contracts[1:]:
            self.assertIn(contract.volunteer_id.name, str(refused.exception))
        self.env.invalidate_all()
        self.assertEqual(contracts.mapped("state"), ["draft"] * 3)
        self.assertFalse(requests.line_ids)
        requests[0].action_approve()
        self.assertEqual(contracts.mapped("state"), ["active", "draft", "draft"])
        with self.assertRaisesRegex(UserError, "decided already"):
            requests.action_approve()

    def test_several_are_rejected_with_one_reason(self):
        requests = self._request_many(2).approval_request_id.with_user(self.city_manager)
        action = requests.action_reject()
        self.assertEqual(action["res_model"], "legal.aid.approval.reject")
        dialog = self.env["legal.aid.approval.reject"].with_user(self.city_manager).with_context(**action["context"])
        dialog.create({"note": "材料不齐"}).action_reject()
        self.assertEqual(requests.mapped("state"), ["rejected", "rejected"])
        self.assertEqual(requests.line_ids.mapped("note"), ["材料不齐", "材料不齐"])

    def test_reject_dialog_takes_documents_only(self):
        dialog = self.env["legal.aid.approval.reject"].with_user(self.city_manager)
        for model in ("res.users", "legal.aid.policy", "no.such.model"):
            with self.assertRaises(UserError):
                dialog.create({"res_model": model, "res_ids": [1], "note": "无"}).action_reject()

    def test_void_request_says_why(self):
        contract, request = self._request()
        contract.annual_subsidy = 7
        with self.assertRaisesRegex(UserError, "Yearly Subsidy"):
            request.with_user(self.city_manager).action_approve()

    @warmup
    def test_search_costs_the_same_for_10_and_100(self):
        """The inbox is found in a number of queries that does not grow with what waits."""

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = self._get_inbox(self.city_manager)
            found.mapped("approver_ids.login")
            return len(found), self.env.cr.sql_log_count - before

        self._request_many(10)
        self._get_inbox(self.city_manager)
        ten, queries_of_ten = count()
        self._request_many(90)
        hundred, queries_of_hundred = count()
        self.assertEqual((ten, hundred), (10, 100))
        self.assertLessEqual(queries_of_hundred, queries_of_ten)
        self.assertLess(queries_of_ten, 35)

    # To-dos

    def test_todos_follow_people(self):
        """They begin and end with leader, role, stand-in and step, without anybody opening the document."""
        helper = self._create_user("t_city_helper", self.city, "officer")
        self._create_rule(approver="payer_finance")
        contract, _request = self._request()
        self.assertEqual(self._get_todos(contract), self.city_manager)
        stand_in = self._name_stand_in(self.city_manager, helper)
        self.assertEqual(self._get_todos(contract), self.city_manager | helper)
        self.city.manager_user_ids |= self.second_manager
        self.assertEqual(self._get_todos(contract), self.city_manager | helper | self.second_manager)
        helper.active = False
        self.assertEqual(self._get_todos(contract), self.city_manager | self.second_manager)
        helper.active = True
        self.assertEqual(self._get_todos(contract), self.city_manager | self.second_manager | helper)
        stand_in.action_archive()
        self.assertEqual(self._get_todos(contract), self.city_manager | self.second_manager)
        contract.with_user(self.city_manager).action_approve()
        self.assertEqual(self._get_todos(contract), self.city_finance)
        cashier = self._create_user("t_city_cashier", self.county_a, "finance")
        cashier.union_organization_ids = self.city
        self.assertEqual(self._get_todos(contract), self.city_finance | cashier)
        new = self.env["res.users"].create(
            {
                "name": "新财务",
                "login": "t_city_new_finance",
                "group_ids": self.env.ref("union_legal_aid.group_finance").ids,
                "union_organization_ids": self.city.ids,
            }
        )
        self.assertEqual(self._get_todos(contract), self.city_finance | cashier | new)
        new.active = False
        self.assertEqual(self._get_todos(contract), self.city_finance | cashier)
        self.city.user_ids -= cashier
        self.assertEqual(self._get_todos(contract), self.city_finance)
        contract.with_user(self.city_finance).action_approve()
        self.assertFalse(self._get_todos(contract))

    def test_todo_makes_no_follower_and_sends_no_mail(self):
        """V6: whoever has to decide today does not get the document's later messages; the to-do is no mail."""
        helper = self._create_user("t_city_helper", self.city, "officer")
        helper.notification_type = "email"
        self._name_stand_in(self.city_manager, helper)
        before = self.env["mail.mail"].search_count([]), self.env["mail.notification"].search_count([])
        contract, _request = self._request()
        self.assertIn(helper, self._get_todos(contract))
        self.assertFalse(contract.message_partner_ids & (helper | self.city_manager).partner_id)
        self.assertEqual(
            before, (self.env["mail.mail"].search_count([]), self.env["mail.notification"].search_count([]))
        )

    def test_todos_that_stay_are_not_made_anew(self):
        contract, request = self._request()
        todo = self.env["mail.activity"].search([("res_model", "=", contract._name), ("res_id", "=", contract.id)])
        request._sync_activities()
        self.city.manager_user_ids |= self.second_manager
        self.assertTrue(todo.exists())


@tagged("post_install", "-at_install")
class TestInboxOfCases(LegalAidCaseworkCommon):
    """I7: refusing an application from the inbox needs a coded reason too."""

    def test_refusal_needs_its_code(self):
        case = self._create_submitted()
        request = case.approval_request_id.with_user(self.a_manager)
        with self.assertRaisesRegex(UserError, "coded reason"), self.cr.savepoint():
            request.action_reject(note="不符合条件")
        action = request.action_reject()
        dialogs = self.env["legal.aid.approval.reject"].with_user(self.a_manager).with_context(**action["context"])
        reason = self.env["legal.aid.reason"].search([("usage", "=", "refuse")], limit=1)
        dialog = dialogs.create({"note": "不符合条件"})
        self.assertEqual(dialog.reason_usage, "refuse")
        with self.assertRaises(UserError), self.cr.savepoint():
            dialog.action_reject()
        dialog.reason_id = reason
        dialog.action_reject()
        self.assertEqual((case.state, case.decision_reason_id), ("refused", reason))

    def test_two_kinds_of_reason_are_not_mixed(self):
        case = self._create_submitted()
        lawyer = self.env["legal.aid.volunteer"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "新律师"}).id,
                "organization_id": self.city.id,
                "license_number": "14104201510999999",
            }
        )
        contract = (
            self.env["legal.aid.contract"]
            .with_user(self.city_officer)
            .create({"volunteer_id": lawyer.id, "date_start": "2026-05-20"})
        )
        contract.action_request_approval()
        requests = case.approval_request_id | contract.approval_request_id
        dialog = self.env["legal.aid.approval.reject"].new({"res_model": requests._name, "res_ids": requests.ids})
        with self.assertRaisesRegex(UserError, "one kind"):
            dialog._compute_reason_usage()

    def test_nobody_else_refuses_from_the_inbox(self):
        case = self._create_submitted()
        for user in (self.a_officer, self.b_manager, self.city_manager):
            request = case.approval_request_id.with_user(user)
            with self.assertRaises(AccessError):
                request.action_approve()
        self.assertEqual(case.state, "submitted")
