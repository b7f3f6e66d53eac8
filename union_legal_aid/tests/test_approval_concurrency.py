from psycopg2.errors import SerializationFailure

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.mail.tests.common import mail_new_test_user

from .concurrency_common import LegalAidConcurrencyCase

GROUP = "union_legal_aid.group_%s"
# What the other is told, unless his page is locked.
TOLD = "may not decide|waiting for approval already|decided already"
GUARDED_TABLES = ("legal_aid_approval_line", "legal_aid_approval_request")


@tagged("post_install", "-at_install")
class TestApprovalAtTheSameMoment(LegalAidConcurrencyCase):
    """M5, T6: two people at the same moment: one does, the other is told. A second step keeps the document a draft."""

    model = "legal.aid.contract"

    def _create_records(self, env):
        city = self._keep(
            env["union.organization"].create({"name": "同时市总工会", "code": "CONCURRENT", "tier": "city"})
        )
        self._keep(
            env["legal.aid.policy"].create(
                {
                    "name": "同时",
                    "organization_id": city.id,
                    "document_number": "同工文1号",
                    "date_from": "2025-01-01",
                    "date_to": "2027-12-31",
                    "annual_subsidy": 1000,
                }
            )
        )
        city.appointment_prefix = "同聘"
        for login, role in (
            ("officer", "officer"),
            ("manager1", "manager"),
            ("manager2", "manager"),
            ("finance", "finance"),
        ):
            user = mail_new_test_user(env, login=f"concurrent_{login}", groups=GROUP % role, notification_type="inbox")
            user.union_organization_ids = city
            self._keep(user.partner_id)
            self._keep(user)
            setattr(self, login, user.id)
        city.manager_user_ids = env["res.users"].browse([self.manager1, self.manager2])
        partner = self._keep(env["res.partner"].create({"name": "同时律师"}))
        lawyer = self._keep(
            env["legal.aid.volunteer"].create(
                {"partner_id": partner.id, "organization_id": city.id, "license_number": "14104201510777777"}
            )
        )
        self._keep(
            env["legal.aid.approval.rule"].create(
                {
                    "name": "第二级",
                    "model_id": env["ir.model"]._get_id("legal.aid.contract"),
                    "organization_id": city.id,
                    "sequence": 90,
                    "approver": "user",
                    "user_id": self.finance,
                }
            )
        )
        contract = env["legal.aid.contract"].with_user(self.officer)
        contract = self._keep(contract.create({"volunteer_id": lawyer.id, "date_start": "2026-05-20"}))
        self.contract_id = contract.id

    def _clean_up(self):
        """Take the committed records away, decisions and requests included, which nothing but a test ever does."""
        with self._transaction() as env:
            for table in GUARDED_TABLES:
                env.cr.execute(SQL("ALTER TABLE %s DISABLE TRIGGER USER", SQL.identifier(table)))
            ours = SQL("res_model = 'legal.aid.contract' AND res_id = %s", getattr(self, "contract_id", 0))
            requests = SQL("SELECT id FROM legal_aid_approval_request WHERE %s", ours)
            env.cr.execute(
                SQL(
                    "UPDATE legal_aid_contract SET approval_request_id = NULL, approval_state = 'none', state = 'draft'"
                    " WHERE approval_request_id IN (%s)",
                    requests,
                )
            )
            env.cr.execute(SQL("DELETE FROM legal_aid_approval_line WHERE request_id IN (%s)", requests))
            env.cr.execute(SQL("DELETE FROM legal_aid_approval_request WHERE %s", ours))
            for table in GUARDED_TABLES:
                env.cr.execute(SQL("ALTER TABLE %s ENABLE TRIGGER USER", SQL.identifier(table)))
        for model, ids in reversed(self.records):
            with self._transaction() as env:
                env[model].with_context(active_test=False).browse(ids).exists().unlink()

    # What people do

    def _get_called_id(self):
        return self.contract_id

    def _ask(self):
        with self._transaction(self.officer) as env:
            self._call(env, "action_request_approval")

    def _get_requests(self, env):
        return env["legal.aid.approval.request"].search(
            [("res_model", "=", "legal.aid.contract"), ("res_id", "=", self.contract_id)]
        )

    def _assert_one_decision(self, user_id):
        with self._transaction() as env:
            request = self._get_requests(env)
            self.assertEqual((len(request), len(request.line_ids), request.current_step), (1, 1, 1))
            self.assertEqual(request.line_ids.user_id.id, user_id)

    # Deciding

    def test_while_the_other_decides(self):
        self._ask()
        with self._transaction(self.manager1) as first, self._transaction(self.manager2) as second:
            self._look(first), self._look(second)
            self._call(first, "action_approve")
            with self.assertRaisesRegex(UserError, "Somebody else is working on"):
                self._call(second, "action_approve")
            second.cr.rollback()
        self._assert_one_decision(self.manager1)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_just_after_the_other_decided(self):
        """The page was read before the other's decision and the button pressed after it."""
        self._ask()
        with self._transaction(self.manager2) as second:
            self._look(second)
            with self._transaction(self.manager1) as first:
                self._call(first, "action_approve")
            with self.assertRaises(SerializationFailure):
                self._call(second, "action_approve")
            second.cr.rollback()
            self._look(second)
            with self.assertRaisesRegex(UserError, "You may not decide step"):
                self._call_as_server(second, "action_approve")
        self._assert_one_decision(self.manager1)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_approve_and_reject_in_two_threads(self):
        """Both buttons pressed by two leaders at once: one decision, one clear refusal, whoever comes first."""
        self._ask()
        outcomes = self._race(
            (self.manager1, "action_approve", {"note": "同意"}), (self.manager2, "action_reject", {"note": "不同意"})
        )
        self._assert_one_done(outcomes, TOLD)
        with self._transaction() as env:
            request = self._get_requests(env)
            self.assertEqual(len(request.line_ids), 1)
            expected = {"approve": ("pending", 1), "reject": ("rejected", 0)}[request.line_ids.decision]
            self.assertEqual((request.state, request.current_step), expected)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_leaders_in_two_threads(self):
        self._ask()
        outcomes = self._race((self.manager1, "action_approve", {}), (self.manager2, "action_approve", {}))
        self._assert_one_done(outcomes, TOLD)
        self._assert_one_decision((self.manager1, self.manager2)[outcomes.index(True)])

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_one_person_presses_twice(self):
        self._ask()
        outcomes = self._race((self.manager1, "action_approve", {}), (self.manager1, "action_approve", {}))
        self._assert_one_done(outcomes, TOLD)
        self._assert_one_decision(self.manager1)

    # Asking

    def test_ask_while_it_is_asked(self):
        with self._transaction(self.officer) as first, self._transaction(self.manager1) as second:
            self._look(first), self._look(second)
            self._call(first, "action_request_approval")
            with self.assertRaisesRegex(UserError, "Somebody else is working on"):
                self._call(second, "action_request_approval")
            second.cr.rollback()
        with self._transaction() as env:
            self.assertEqual(self._get_requests(env).requested_by_id.id, self.officer)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_ask_in_two_threads(self):
        outcomes = self._race(
            (self.officer, "action_request_approval", {}), (self.officer, "action_request_approval", {})
        )
        self._assert_one_done(outcomes, TOLD)
        with self._transaction() as env:
            self.assertEqual(self._get_requests(env).mapped("state"), ["pending"])

    # Changing

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_fact_is_changed_meanwhile(self):
        """Nobody signs what he did not see: the signature meets the changed fact, or waits for it."""
        self._ask()
        with self._transaction(self.manager1) as leader:
            self._look(leader)
            with self._transaction(self.officer) as officer:
                officer["legal.aid.contract"].browse(self.contract_id).annual_subsidy = 9000
                officer.flush_all()
                with self.assertRaisesRegex(UserError, "Somebody else is working on"):
                    self._call(leader, "action_approve")
            leader.cr.rollback()
            with self.assertRaisesRegex(UserError, "void"):
                self._call_as_server(leader, "action_approve")
        with self._transaction() as env:
            self.assertEqual((self._get_requests(env).state, self._get_requests(env).line_ids.ids), ("void", []))
