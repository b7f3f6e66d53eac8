from psycopg2 import Error
from psycopg2.errors import RaiseException

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.union_legal_aid.models.organization.legal_aid_workflow_mixin import WORKFLOW_TOKEN

from .approval_common import FORGED, LegalAidApprovalCommon

DOCUMENTS = {
    "legal.aid.contract": "active",
    "legal.aid.case": "granted",
    "legal.aid.expense": "approved",
    "legal.aid.payout": "approved",
    "legal.aid.removal": "decided",
}


@tagged("post_install", "-at_install")
class TestApprovalForgery(LegalAidApprovalCommon):
    """T6, M5: requests and decisions cannot be made, changed or taken away, through no door and by nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.everybody = (
            cls.city_officer
            | cls.city_manager
            | cls.city_administrator
            | cls.city_finance
            | cls.auditor
            | cls.lawyer1_user
        )

    def _assert_database_refuses(self, statement, *values):
        self.env.flush_all()
        with self.assertRaises(Error), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.cr.execute(statement, values)

    def test_nobody_makes_a_decision_or_a_request(self):
        """Create by RPC, as every role, with every context; and as the system itself without the workflow."""
        contract, request = self._request()
        line = {"request_id": request.id, "step": 0, "decision": "approve", "user_id": self.city_manager.id}
        asked = {
            "name": "伪造",
            "res_model": contract._name,
            "res_id": contract.id,
            "organization_id": self.city.id,
            "steps": [{"name": "无"}],
        }
        contexts = ({}, {"legal_aid_workflow": True}, {"legal_aid_workflow": "token"}, {"legal_aid_workflow": FORGED})
        for user in (*self.everybody, self.env.user):
            for context in contexts:
                for model, values in (("legal.aid.approval.line", line), ("legal.aid.approval.request", asked)):
                    with self.assertRaises(AccessError, msg=f"{user.login} {model} {context}"):
                        self._rpc(user, model, "create", [values], context=context)
        self.assertFalse(request.line_ids)

    def test_nobody_changes_or_deletes_them(self):
        contract, request = self._request()
        contract.with_user(self.city_manager).action_approve()
        line = request.line_ids
        for user in (*self.everybody, self.env.user):
            for context in ({}, {"legal_aid_workflow": True}):
                with self.assertRaises(AccessError):
                    self._rpc(user, line._name, "write", line.ids, {"user_id": self.city_officer.id}, context=context)
                with self.assertRaises(AccessError):
                    self._rpc(user, line._name, "unlink", line.ids, context=context)
                with self.assertRaises(AccessError):
                    self._rpc(user, request._name, "write", request.ids, {"state": "pending"}, context=context)
                with self.assertRaises(AccessError):
                    self._rpc(user, request._name, "unlink", request.ids, context=context)

    def test_defaults_in_the_context_change_nothing(self):
        """A client's default values reach neither the request nor the decision nor what follows from it."""
        contract = self._create_contract()
        context = {
            "default_requested_at": "2020-01-01 00:00:00",
            "default_requested_by_id": self.city_finance.id,
            "default_state": "approved",
            "default_current_step": 1,
            "default_decided_at": "2020-01-01 00:00:00",
            "default_on_behalf_of_id": self.city_officer.id,
            "default_waiting_since": "2099-01-01 00:00:00",
            "default_reminded_on": "2099-01-01",
            "default_date": "2020-01-01",
        }
        self._rpc(self.city_officer, contract._name, "action_request_approval", contract.ids, context=context)
        request = contract.approval_request_id
        self.assertEqual((request.state, request.current_step, request.reminded_on), ("pending", 0, False))
        self.assertEqual(request.requested_by_id, self.city_officer)
        self.assertGreater(request.requested_at.year, 2020)
        self.assertLess(request.waiting_since.year, 2099)
        self._rpc(self.city_manager, contract._name, "action_approve", contract.ids, context=context)
        line = request.line_ids
        self.assertEqual((line.user_id, line.on_behalf_of_id.id), (self.city_manager, False))
        self.assertGreater(line.decided_at.year, 2020)
        self.assertEqual(contract.state, "active")

    def test_private_steps_are_not_called_remotely(self):
        contract, request = self._request()
        for model, method, ids in (
            ("legal.aid.contract", "_on_approved", contract.ids),
            ("legal.aid.contract", "_decide_approval", contract.ids),
            ("legal.aid.contract", "_workflow_write", contract.ids),
            ("legal.aid.approval.request", "_record_decision", request.ids),
            ("legal.aid.approval.request", "_workflow_write", request.ids),
            ("legal.aid.approval.request", "_void", request.ids),
        ):
            with self.assertRaises(AccessError):
                self._rpc(self.city_manager, model, method, ids)

    def test_decisions_are_append_only_in_the_database(self):
        contract, request = self._request()
        contract.with_user(self.city_manager).action_approve()
        line_id = request.line_ids.id
        self._assert_database_refuses("UPDATE legal_aid_approval_line SET decision = 'reject' WHERE id = %s", line_id)
        self._assert_database_refuses("UPDATE legal_aid_approval_line SET note = '后来' WHERE id = %s", line_id)
        self._assert_database_refuses("DELETE FROM legal_aid_approval_line WHERE id = %s", line_id)
        self._assert_database_refuses("TRUNCATE legal_aid_approval_line")

    def test_what_was_asked_is_frozen_in_the_database(self):
        """Also for code of this addon that holds the token, and for SQL."""
        contract, request = self._request()
        other = {
            "facts": {"annual_subsidy": 9},
            "steps": [{"name": "无", "approver": "user", "user_id": self.city_officer.id, "organization_id": False}],
            "requested_by_id": self.city_finance.id,
            "requested_at": "2020-01-01 00:00:00",
            "res_model": "legal.aid.case",
            "res_id": contract.id + 1,
            "name": "别的",
            "organization_id": self.county_a.id,
        }
        for name, value in other.items():
            with self.assertRaises(RaiseException, msg=name), mute_logger("odoo.sql_db"), self.cr.savepoint():
                request.sudo().with_context(legal_aid_workflow=WORKFLOW_TOKEN).write({name: value})
                request.flush_recordset()
            request.invalidate_recordset()
        self.assertEqual(request.facts["annual_subsidy"], 1000)

    def test_request_ends_only_by_its_decisions(self):
        _contract, request = self._request()
        change = "UPDATE legal_aid_approval_request SET %s WHERE id = %%s"
        for values in (
            "state = 'approved', current_step = 1",
            "state = 'approved'",
            "state = 'rejected'",
            "current_step = 1",
            "void_reason = '没有作废'",
        ):
            self._assert_database_refuses(change % values, request.id)
        self._assert_database_refuses("DELETE FROM legal_aid_approval_request WHERE id = %s", request.id)
        self._assert_database_refuses("TRUNCATE legal_aid_approval_request CASCADE")

    def test_decided_request_never_waits_again(self):
        contract, request = self._request()
        contract.with_user(self.city_manager).action_reject(note="不同意")
        for state in ("pending", "approved", "void"):
            self._assert_database_refuses(
                "UPDATE legal_aid_approval_request SET state = %s WHERE id = %s", state, request.id
            )

    def test_request_is_not_born_approved(self):
        contract = self._create_contract()
        for values in ({"state": "approved"}, {"current_step": 1}):
            with self.assertRaises(RaiseException), mute_logger("odoo.sql_db"), self.cr.savepoint():
                self.env["legal.aid.approval.request"].with_context(legal_aid_workflow=WORKFLOW_TOKEN).create(
                    {
                        "name": "生来已批准",
                        "res_model": contract._name,
                        "res_id": contract.id,
                        "organization_id": self.city.id,
                        "facts": {},
                        "steps": [{"name": "无"}, {"name": "无"}],
                        **values,
                    }
                )

    def test_database_wants_four_eyes_and_the_order(self):
        """A decision that the workflow itself would write wrongly: by the requester, for him, out of turn, twice by one person."""
        self.city.manager_user_ids |= self.second_manager
        self._create_rule(approver="city_manager")
        _contract, request = self._request()
        insert = SQL(
            "INSERT INTO legal_aid_approval_line (request_id, step, decision, user_id, on_behalf_of_id, decided_at)"
        )

        def decide(step, user, absent=None):
            values = SQL("VALUES (%s, %s, 'approve', %s, %s, now())", request.id, step, user.id, absent and absent.id)
            self.env.execute_query(SQL("%s %s RETURNING id", insert, values))

        for wrong in (
            (0, self.city_officer),
            (0, self.second_manager, self.city_officer),
            (1, self.second_manager),
        ):
            with self.assertRaises(RaiseException), mute_logger("odoo.sql_db"), self.cr.savepoint():
                decide(*wrong)
        request._get_record().with_user(self.city_manager).action_approve()
        self.env.flush_all()
        for wrong in ((1, self.city_manager), (1, self.second_manager, self.city_manager)):
            with self.assertRaises(RaiseException), mute_logger("odoo.sql_db"), self.cr.savepoint():
                decide(*wrong)
        decide(1, self.second_manager)


@tagged("post_install", "-at_install")
class TestApprovalBackDoors(LegalAidApprovalCommon):
    """DESIGN.md section 3, rule 1: no document becomes approved through write, create, import, copy or context."""

    def test_no_document_is_created_approved(self):
        for model, target in DOCUMENTS.items():
            for values in ({"state": target}, {"approval_state": "approved"}, {"approval_request_id": 1}):
                for context in ({}, {"legal_aid_workflow": True}, {"legal_aid_workflow": FORGED}):
                    with self.assertRaises(AccessError, msg=f"{model} {values}"):
                        self._rpc(self.city_officer, model, "create", [values], context=context)
                defaults = {f"default_{name}": value for name, value in values.items()}
                with self.assertRaises(AccessError, msg=f"{model} {defaults}"):
                    self._rpc(self.city_officer, model, "create", [{}], context=defaults)

    def test_no_document_is_imported_approved(self):
        for model, target in DOCUMENTS.items():
            for name, value in (("state", target), ("approval_state", "approved")):
                result = self._rpc(self.city_officer, model, "load", [name], [[value]])
                self.assertFalse(result["ids"], f"{model} {name}")
                self.assertTrue(result["messages"], f"{model} {name}")

    def test_state_is_not_written(self):
        contract, request = self._request()
        values = ({"state": "active"}, {"approval_state": "approved"}, {"approval_request_id": False})
        contexts = ({}, {"legal_aid_workflow": True}, {"legal_aid_workflow": "x"}, {"legal_aid_workflow": FORGED})
        for user in (self.city_officer, self.city_manager, self.city_administrator, self.env.user):
            for context in contexts:
                for vals in values:
                    with self.assertRaises(AccessError):
                        self._rpc(user, contract._name, "write", contract.ids, vals, context=context)
        self.assertEqual((contract.state, contract.approval_state, request.state), ("draft", "pending", "pending"))

    def test_copy_of_an_approved_record_is_a_draft(self):
        contract, _request = self._request()
        contract.with_user(self.city_manager).action_approve()
        dates = {"date_start": "2027-05-20", "date_end": "2028-05-19"}
        copy = contract.with_user(self.city_officer).copy(dates)
        self.assertEqual((copy.state, copy.approval_state, copy.approval_request_id.id), ("draft", "none", False))
        self.assertFalse(copy.approval_timeline)
        for values in ({"state": "active"}, {"approval_state": "approved"}, {"approval_request_id": 1}):
            with self.assertRaises(AccessError):
                contract.with_user(self.city_officer).copy({**dates, **values})

    # Frozen facts

    def _assert_void(self, contract, request, word):
        self.assertEqual((contract.approval_state, request.state), ("none", "void"))
        self.assertIn(word, request.void_reason)
        self.assertTrue(request.voided_at)
        self.assertFalse(self._get_todos(contract))
        with self.assertRaises(UserError):
            contract.with_user(self.city_manager).action_approve()
        self.assertEqual(contract.state, "draft")

    def test_fact_changed_by_a_direct_write(self):
        contract, request = self._request()
        contract.with_user(self.city_officer).annual_subsidy = 5000
        self._assert_void(contract, request, "Yearly Subsidy")
        self.assertEqual(request.voided_by_id, self.city_officer)

    def test_fact_changed_by_a_command_on_its_lines(self):
        contract, request = self._request()
        duty = contract.duty_ids[:1]
        contract.with_user(self.city_officer).write({"duty_ids": [Command.update(duty.id, {"target": 99})]})
        self._assert_void(contract, request, "its lines")

    def test_fact_changed_through_a_related_record(self):
        for change in (
            lambda duty: duty.write({"target": 99}),
            lambda duty: duty.unlink(),
            lambda duty: duty.create({"contract_id": duty.contract_id.id, "kind": "other"}),
        ):
            with self.subTest(change=change):
                contract, request = self._request()
                change(contract.duty_ids[:1].with_user(self.city_officer))
                self._assert_void(contract, request, "its lines")
                contract.action_cancel()

    def test_fact_changed_and_changed_back(self):
        """The request stays void: what was looked at in between, nobody knows."""
        contract, request = self._request()
        contract.write({"annual_subsidy": 5000})
        contract.write({"annual_subsidy": 1000})
        self._assert_void(contract, request, "Yearly Subsidy")

    def test_what_is_no_fact_may_change(self):
        contract, request = self._request()
        contract.message_post(body="备注")
        contract.duty_ids[:1].write({"name": "细节"})
        self.assertEqual((contract.approval_state, request.state), ("pending", "pending"))

    def test_fact_changed_below_the_orm(self):
        contract, request = self._request()
        self.cr.execute("UPDATE legal_aid_contract SET annual_subsidy = 9999 WHERE id = %s", (contract.id,))
        contract.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "Ask for approval again"):
            contract.with_user(self.city_manager).action_approve()
        self.assertFalse(request.line_ids)

    def test_deleted_draft_leaves_its_request_void(self):
        contract, request = self._request()
        contract.unlink()
        self.assertEqual((request.state, request.voided_by_id), ("void", self.city_officer))
        self.assertIn("deleted", request.void_reason)


@tagged("post_install", "-at_install")
class TestApprovalFourEyes(LegalAidApprovalCommon):
    """M5, T6: who asks never decides, not even through somebody else; nobody decides out of turn or twice."""

    def _assert_refused(self, record, user, exception=AccessError):
        for method in ("action_approve", "action_reject"):
            with self.assertRaises(exception, msg=f"{user.login} {method}"):
                self._rpc(user, record._name, method, record.ids, note="越权")

    def test_self_approval(self):
        self.city.manager_user_ids |= self.second_manager
        contract = self._create_contract()
        contract.with_user(self.city_manager).action_request_approval()
        self._assert_refused(contract, self.city_manager)
        self.assertEqual(contract.approval_request_id.approver_ids, self.second_manager)

    def test_own_stand_in_does_not_decide_for_the_requester(self):
        """The requester's stand-in signs for him, and he has no signature here."""
        helper = self._create_user("t_city_helper", self.city, "officer")
        self._name_stand_in(self.city_manager, helper)
        self.city.manager_user_ids |= self.second_manager
        contract = self._create_contract()
        contract.with_user(self.city_manager).action_request_approval()
        self._assert_refused(contract, helper)

    def test_requester_is_not_his_leaders_stand_in(self):
        self._name_stand_in(self.city_manager, self.city_officer)
        contract, request = self._request()
        self.assertEqual(request.approver_ids, self.city_manager)
        self._assert_refused(contract, self.city_officer)

    def test_two_leaders_who_stand_in_for_each_other(self):
        """The loop A ↔ B closes nowhere: A asks, so only B decides, and only once."""
        self.city.manager_user_ids |= self.second_manager
        self._name_stand_in(self.city_manager, self.second_manager)
        self._name_stand_in(self.second_manager, self.city_manager)
        contract = self._create_contract()
        contract.with_user(self.city_manager).action_request_approval()
        self._assert_refused(contract, self.city_manager)
        contract.with_user(self.second_manager).action_approve()
        self.assertFalse(contract.approval_request_id.line_ids.on_behalf_of_id, "he signs in his own right")

    def test_loop_in_two_steps(self):
        """Neither signs both steps, once for himself and once for the other."""
        self._create_rule(approver="user", user_id=self.second_manager.id)
        self._name_stand_in(self.city_manager, self.second_manager)
        self._name_stand_in(self.second_manager, self.city_manager)
        contract, request = self._request()
        contract.with_user(self.second_manager).action_approve()
        self.assertEqual(request.line_ids.on_behalf_of_id, self.city_manager)
        self.assertFalse(request.approver_ids)
        self._assert_refused(contract, self.second_manager)
        self._assert_refused(contract, self.city_manager)
        self.assertEqual(contract.state, "draft")

    def test_out_of_order(self):
        self._create_rule(approver="user", user_id=self.city_finance.id)
        contract, request = self._request()
        self._assert_refused(contract, self.city_finance)
        contract.with_user(self.city_manager).action_approve()
        self._assert_refused(contract, self.city_manager)
        contract.with_user(self.city_finance).action_approve()
        self.assertEqual(request.line_ids.mapped("step"), [0, 1])
        self.assertEqual(contract.state, "active")

    def test_former_leader(self):
        """At once and in the same process, whatever was looked at before: removed, without the role, archived, moved away."""
        self.city.manager_user_ids |= self.second_manager
        officer_role = self.env.ref("union_legal_aid.group_officer")
        manager_role = self.env.ref("union_legal_aid.group_manager")
        for leave in (
            lambda: self.city.write({"manager_user_ids": [Command.unlink(self.second_manager.id)]}),
            lambda: self.second_manager.write(
                {"group_ids": [Command.unlink(manager_role.id), Command.link(officer_role.id)]}
            ),
            lambda: manager_role.write({"user_ids": [Command.unlink(self.second_manager.id)]}),
            lambda: self.second_manager.write({"active": False}),
            lambda: self.second_manager.write({"union_organization_ids": [Command.set(self.county_b.ids)]}),
        ):
            savepoint = self.cr.savepoint()
            contract, request = self._request()
            self.assertTrue(contract.with_user(self.second_manager).can_approve)
            self.assertEqual(self._get_todos(contract), self.city_manager | self.second_manager)
            leave()
            self.assertEqual(request.approver_ids, self.city_manager)
            self.assertEqual(self._get_todos(contract), self.city_manager)
            self._assert_refused(contract, self.second_manager)
            savepoint.close(rollback=True)
            self.env.registry.clear_all_caches()
            self.env.invalidate_all()

    def test_stand_in_before_and_after_his_term(self):
        for first, last in ((-9, -1), (1, 9)):
            self._name_stand_in(self.city_manager, self.second_manager, first, last)
        contract, request = self._request()
        self.assertEqual(request.approver_ids, self.city_manager)
        self._assert_refused(contract, self.second_manager)

    def test_context_gives_no_signature(self):
        contract, _request = self._request()
        for context in (
            {"legal_aid_workflow": True},
            {"legal_aid_workflow": "token"},
            {"legal_aid_workflow": FORGED},
            {"uid": self.city_manager.id},
            {"tz": "Pacific/Kiritimati"},
        ):
            with self.assertRaises(AccessError):
                self._rpc(self.city_officer, contract._name, "action_approve", contract.ids, context=context)

    def test_time_zone_of_the_caller_moves_no_date(self):
        """A stand-in whose term ended, or is still to come, is not brought back by his own clock."""
        self._name_stand_in(self.city_manager, self.second_manager, -9, -1)
        self._name_stand_in(self.city_manager, self.second_manager, 1, 9)
        contract, _request = self._request()
        for timezone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
            self.second_manager.tz = timezone
            with self.assertRaises(AccessError):
                self._rpc(self.second_manager, contract._name, "action_approve", contract.ids, context={"tz": timezone})

    def test_record_that_he_may_not_read(self):
        """Being named by a rule opens no document."""
        self._create_rule(approver="user", user_id=self.city_finance.id, sequence=1)
        contract, request = self._request()
        self.city_finance.group_ids = self.env.ref("base.group_user")
        self.assertEqual(request.approver_ids, self.city_finance)
        self._assert_refused(contract, self.city_finance)
        self._assert_refused(request, self.city_finance)
