from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .approval_common import LegalAidApprovalCommon


@tagged("post_install", "-at_install")
class TestApprovalFollowUp(LegalAidApprovalCommon):
    """O4, T9: what the daily job does, on the day or later."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The job meets only what the tests make; anything else in the database is looked after already.
        cls.env["legal.aid.approval.request"].search([("state", "=", "pending")])._workflow_write(
            {"followed_up_on": "2099-12-31"}
        )

    def _run(self, moment):
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref("union_legal_aid.ir_cron_approval_follow_up").method_direct_trigger()
        self.env.invalidate_all()

    def _request_on(self, moment, **values):
        with freeze_time(moment):
            return self._request(**values)

    def _get_reminders(self, user):
        return self.env["mail.message"].search(
            [("message_type", "=", "user_notification"), ("partner_ids", "in", user.partner_id.ids)]
        )

    def test_stand_in_begins_and_ends_by_date(self):
        contract, _request = self._request_on("2026-06-01 08:00:00")
        self.env["legal.aid.stand.in"].create(
            {
                "user_id": self.city_manager.id,
                "substitute_id": self.second_manager.id,
                "date_from": "2026-06-03",
                "date_to": "2026-06-04",
            }
        )
        for day, users in (
            ("2026-06-02", self.city_manager),
            ("2026-06-03", self.city_manager | self.second_manager),
            ("2026-06-04", self.city_manager | self.second_manager),
            ("2026-06-05", self.city_manager),
        ):
            self._run(f"{day} 00:10:00")
            self.assertEqual(self._get_todos(contract), users, day)

    def test_second_run_finds_nothing_to_do(self):
        contract, request = self._request_on("2026-06-01 08:00:00")
        self._run("2026-06-10 00:10:00")
        self.assertEqual(request.followed_up_on, fields.Date.to_date("2026-06-10"))
        todos = contract.activity_ids.ids
        reminders = self._get_reminders(self.city_manager)
        self._run("2026-06-10 12:00:00")
        self.assertEqual((contract.activity_ids.ids, self._get_reminders(self.city_manager)), (todos, reminders))

    def test_document_that_changed_or_is_gone(self):
        """A request without its object is void by the next day, with the reason; the other ones go on."""
        contract, request = self._request_on("2026-06-01 08:00:00")
        gone, request_of_gone = self._request_on("2026-06-01 08:00:00", date_start="2027-05-20")
        _kept, request_kept = self._request_on("2026-06-01 08:00:00", date_start="2025-05-20")
        self.env.flush_all()
        self.cr.execute("UPDATE legal_aid_contract SET annual_subsidy = 77 WHERE id = %s", (contract.id,))
        self.cr.execute("DELETE FROM legal_aid_contract_duty WHERE contract_id = %s", (gone.id,))
        self.cr.execute("DELETE FROM legal_aid_contract WHERE id = %s", (gone.id,))
        self._run("2026-06-02 00:10:00")
        self.assertEqual((request | request_of_gone | request_kept).mapped("state"), ["void", "void", "pending"])
        self.assertIn("Yearly Subsidy", request.void_reason)
        self.assertIn("deleted", request_of_gone.void_reason)
        self.assertFalse(self._get_todos(contract))

    # Reminders

    def test_reminded_on_the_day_and_not_before(self):
        """After N days, then again after N; the policy says how many."""
        self.policy.approval_reminder_days = 4
        self._request_on("2026-06-01 08:00:00")
        for day, count in (
            ("2026-06-02", 0),
            ("2026-06-04", 0),
            ("2026-06-05", 1),
            ("2026-06-06", 1),
            ("2026-06-08", 1),
            ("2026-06-09", 2),
            ("2026-06-10", 2),
        ):
            self._run(f"{day} 00:10:00")
            self.assertEqual(len(self._get_reminders(self.city_manager)), count, day)

    def test_days_that_the_job_missed(self):
        """T9: the next run makes up for them, once."""
        self._request_on("2026-06-01 08:00:00")
        self._run("2026-06-03 00:10:00")
        self.assertFalse(self._get_reminders(self.city_manager))
        for day, count in (("2026-06-20", 1), ("2026-06-21", 1), ("2026-06-22", 1), ("2026-06-23", 2)):
            self._run(f"{day} 00:10:00")
            self.assertEqual(len(self._get_reminders(self.city_manager)), count, day)

    def test_default_is_three_days(self):
        self.assertEqual(self.policy.approval_reminder_days, 3)
        self._request_on("2026-06-01 23:00:00")
        self._run("2026-06-03 00:10:00")
        self.assertFalse(self._get_reminders(self.city_manager))
        self._run("2026-06-04 00:10:00")
        self.assertEqual(len(self._get_reminders(self.city_manager)), 1)

    def test_next_step_waits_anew(self):
        self._create_rule(approver="user", user_id=self.city_finance.id)
        contract, _request = self._request_on("2026-06-01 08:00:00")
        with freeze_time("2026-06-03 08:00:00"):
            contract.with_user(self.city_manager).action_approve()
        self._run("2026-06-05 00:10:00")
        self.assertFalse(self._get_reminders(self.city_finance))
        self._run("2026-06-06 00:10:00")
        self.assertEqual(len(self._get_reminders(self.city_finance)), 1)
        self.assertFalse(self._get_reminders(self.city_manager))

    def test_those_who_may_decide_now(self):
        """V6: the stand-in of the day too, the requester and former leaders never; one message for several documents."""
        helper = self._create_user("t_city_helper", self.city, "officer")
        self._request_on("2026-06-01 08:00:00")
        self._request_on("2026-06-01 09:00:00", date_start="2027-05-20")
        self.env["legal.aid.stand.in"].create(
            {
                "user_id": self.city_manager.id,
                "substitute_id": helper.id,
                "date_from": "2026-06-04",
                "date_to": "2026-06-04",
            }
        )
        self._run("2026-06-04 00:10:00")
        for user, count in (
            (self.city_manager, 1),
            (helper, 1),
            (self.city_officer, 0),
            (self.second_manager, 0),
            (self.a_manager, 0),
        ):
            self.assertEqual(len(self._get_reminders(user)), count, user.login)
        self.assertIn("2", self._get_reminders(helper).subject)

    def test_own_language_and_nothing_personal(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.city_manager.lang = "zh_CN"
        contract, _request = self._request_on("2026-06-01 08:00:00")
        self._run("2026-06-04 00:10:00")
        message = self._get_reminders(self.city_manager)
        kind = self.env["ir.model"].with_context(lang="zh_CN")._get("legal.aid.contract").name
        self.assertIn(kind, message.body)
        self.assertIn("/odoo/legal-aid-inbox", message.body)
        for word in (self.volunteer.name, contract.display_name, self.city_officer.name):
            self.assertNotIn(word, f"{message.body} {message.subject}")
        self.assertFalse(message.model and message.res_id, "it hangs on no document")

    def test_no_policy_no_figure(self):
        """O6: where no policy is in force nobody invents one; the other work of the day is done."""
        contract, _request = self._request_on("2026-06-01 08:00:00")
        with self.assertLogs("odoo.addons.union_legal_aid", "WARNING"):
            self._run("2028-06-04 00:10:00")
        self.assertFalse(self._get_reminders(self.city_manager))
        self.assertEqual(self._get_todos(contract), self.city_manager)

    def test_at_least_one_day(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.policy.approval_reminder_days = 0
            self.policy.flush_recordset()
