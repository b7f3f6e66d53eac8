import threading
from contextlib import contextmanager, nullcontext
from functools import partial
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import call_kw, retrying
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import SQL, mute_logger

from odoo.addons.mail.tests.common import mail_new_test_user

GROUP = "union_legal_aid.group_%s"
GUARDED_TABLES = ("legal_aid_approval_line", "legal_aid_approval_request")


@tagged("post_install", "-at_install")
class TestApprovalAtTheSameMoment(BaseCase):
    """M5, T6: two people at the same moment, in transactions of their own against PostgreSQL: one does, the other is told.

    What these tests write is committed, and taken away again afterwards; a second step keeps the document a draft.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.records = []
        self.addCleanup(self._clean_up)
        with self._transaction() as env:
            self._create_records(env)

    @contextmanager
    def _transaction(self, user_id=SUPERUSER_ID):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, user_id, {"mail_create_nosubscribe": True, "tracking_disable": True})

    def _keep(self, record):
        self.records.append((record._name, record.ids))
        return record

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

    def _call(self, env, method, **kwargs):
        """One call of a client in ``env``'s transaction, without committing."""
        result = call_kw(env["legal.aid.contract"], method, [[self.contract_id]], kwargs)
        env.flush_all()
        return result

    def _call_as_server(self, env, method, **kwargs):
        """The same as the server runs it: again after a conflict, committed in the end."""
        return retrying(partial(self._call, env, method, **kwargs), env)

    def _ask(self):
        with self._transaction(self.officer) as env:
            self._call(env, "action_request_approval")

    def _look(self, env):
        """Begin the transaction, as anybody does who reads the page first."""
        return env["legal.aid.contract"].browse(self.contract_id).approval_state

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
        self._assert_one_done(outcomes)
        with self._transaction() as env:
            request = self._get_requests(env)
            self.assertEqual(len(request.line_ids), 1)
            expected = {"approve": ("pending", 1), "reject": ("rejected", 0)}[request.line_ids.decision]
            self.assertEqual((request.state, request.current_step), expected)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_leaders_in_two_threads(self):
        self._ask()
        outcomes = self._race((self.manager1, "action_approve", {}), (self.manager2, "action_approve", {}))
        self._assert_one_done(outcomes)
        done = next(user_id for user_id, outcome in outcomes.items() if outcome is True)
        self._assert_one_decision(done)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_one_person_presses_twice(self):
        self._ask()
        outcomes = self._race(
            (self.manager1, "action_approve", {}), (self.manager1, "action_approve", {}), by_place=True
        )
        self._assert_one_done(outcomes)
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
            (self.officer, "action_request_approval", {}), (self.officer, "action_request_approval", {}), by_place=True
        )
        self._assert_one_done(outcomes)
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

    # Threads

    def _race(self, *calls, by_place=False):
        """``{user: True or the error}`` of calls that begin at the same moment, each in its own transaction."""
        start = threading.Barrier(len(calls))
        outcomes = {}

        def run(place, user_id, method, kwargs):
            threading.current_thread().dbname = get_db_name()
            with self._transaction(user_id) as env:
                self._look(env)
                start.wait(10)
                key = place if by_place else user_id
                try:
                    self._call_as_server(env, method, **kwargs)
                    outcomes[key] = True
                except UserError as error:
                    outcomes[key] = error

        threads = [threading.Thread(target=run, args=(place, *call)) for place, call in enumerate(calls)]
        # The thread that runs the tests holds this lock all the time; a server's threads take it for a moment each.
        with patch.object(Registry, "_lock", nullcontext()):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        return outcomes

    def _assert_one_done(self, outcomes):
        self.assertEqual(len(outcomes), 2, "both came to an end")
        errors = [outcome for outcome in outcomes.values() if outcome is not True]
        self.assertEqual(len(errors), 1, outcomes)
        self.assertRegex(
            str(errors[0]), "Somebody else is working|may not decide|waiting for approval already|decided already"
        )
