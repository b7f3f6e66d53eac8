import re

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Date
from odoo.tests import freeze_time, tagged

from ..tools import yearly_round
from .test_team_batch import NEXT_YEAR, BatchCommon


class RoundCommon(BatchCommon):
    def _get_row(self, contract, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["legal.aid.yearly.round"].with_user(user or self.city_officer).browse(contract.id)

    def _get_step(self, contract):
        row = self._get_row(contract)
        return row.step, row.actor, row.block_codes


@tagged("post_install", "-at_install")
@freeze_time("2027-03-01")
class TestYearlyRound(RoundCommon):
    """T2, T8, V1, M1: the year of each lawyer on one screen, from the records themselves."""

    def _get_ledger(self, lawyer):
        return self.env["legal.aid.ledger"].search([("volunteer_id", "=", lawyer.id), ("year", "=", 2026)])

    def test_renewal_is_proposed_by_policy(self):
        """T2: 60 days before the last day, and not a day earlier, the renewal is the next step."""
        with freeze_time("2027-03-19"):
            self.assertEqual(self._get_step(self.first), ("in_office", "nobody", ""))
        with freeze_time("2027-03-20"):
            self.assertEqual(self._get_step(self.first), ("renew", "city", ""))
            self.assertIn("2027-05-19", self._get_row(self.first).next_step)
        self.env.cr.execute("UPDATE legal_aid_policy SET renewal_days = 90 WHERE id = %s", (self.policy.id,))
        with freeze_time("2027-02-18"):
            self.assertEqual(self._get_step(self.first)[0], "renew")

    def test_from_proposal_to_signature(self):
        """T2: proposed in a batch, asked for, signed: each time the row says what comes next and whose turn it is."""
        with freeze_time("2027-04-01"):
            rows = self._get_row(self.first) + self._get_row(self.second)
            batch = self.batches.browse(rows.action_propose_renewals()["res_id"])
            self.assertEqual((str(batch.date_start), batch.contract_count), (NEXT_YEAR, 2))
            self.assertEqual(self._get_step(self.first), ("renewal_ask", "city", ""))
            self.assertEqual(self._get_row(self.first).action_next()["res_id"], batch.id)
            batch.action_request_approval()
            self.assertEqual(self._get_step(self.first), ("renewal_sign", "leader", ""))
            batch.with_user(self.city_manager).action_approve()
            row = self._get_row(self.first)
            self.assertEqual(
                (row.step, row.renewal_state, row.renewal_id),
                ("in_office", "approved", batch.contract_ids.sorted("id")[0]),
            )

    def test_ledger(self):
        """V1: after the last day the ledger is due, on the 20th it is on time, on the 21st late; handed in it is checked."""
        self.approve_renewals()
        for day, step in (("2027-05-19", "in_office"), (NEXT_YEAR, "ledger"), ("2027-05-21", "ledger_late")):
            with freeze_time(day):
                self.assertEqual(self._get_step(self.first)[0], step, day)
        with freeze_time("2027-05-21"):
            self.assertEqual(self._get_step(self.first)[1:], ("lawyer", "ledger"))
            self._get_ledger(self.lawyer1).with_user(self.lawyer1_user).action_submit()
            self.assertEqual(self._get_step(self.first), ("ledger_check", "city", ""))
            self.assertTrue(self._get_row(self.first).ledger_late)
            self._get_ledger(self.lawyer1).with_user(self.city_officer).action_accept()
            self.assertEqual(self._get_step(self.first)[0], "subsidy")

    def approve_renewals(self):
        with freeze_time("2027-04-01"):
            self.approve(self._create_renewals(), self.city_officer, self.city_manager)

    def test_ledger_due_by_policy(self):
        """V1: the day is the policy's; a day that no year has is refused."""
        self.policy.copy(
            {"date_from": "2028-01-01", "date_to": "2028-12-31", "ledger_due_month": 3, "ledger_due_day": 30}
        )
        lawyer = self._create_lawyer()
        self._appoint(lawyer, "2028-01-03")
        ledger = self.env["legal.aid.ledger"].search([("volunteer_id", "=", lawyer.id)])
        self.assertEqual(str(ledger.date_due), "2029-03-30")
        with self.assertRefused(ValidationError, "no day of every year"):
            self.policy.copy(
                {"date_from": "2029-01-01", "date_to": "2029-12-31", "ledger_due_month": 2, "ledger_due_day": 30}
            )

    def test_assessment_before_the_renewal(self):
        """T2, T10: 90 days before the last day the year is assessed; the renewal follows from what both bodies signed."""
        self.city.assessed_since = False
        with freeze_time("2027-02-17"):
            self.assertEqual(self._get_step(self.first), ("in_office", "nobody", ""))
        with freeze_time("2027-02-18"):
            self.assertEqual(self._get_step(self.first), ("assess", "city", ""))
        with freeze_time("2027-03-20"):
            self.assertEqual(self._get_step(self.first), ("assess", "city", "assessment"))
            with self.assertRefused(UserError, "not assessed yet"):
                self._get_row(self.first).action_propose_renewals()
            self._get_row(self.first).action_start_assessments()
            row = self._get_row(self.first)
            self.assertEqual(
                (row.step, row.assessment_state, row.assessment_id.contract_id), ("assess_decide", "draft", self.first)
            )
            assessment = row.assessment_id
            assessment._workflow_write({"state": "cosign", "outcome": "renew"})
            self.assertEqual(self._get_step(self.first), ("assess_cosign", "justice", "assessment"))
            assessment._workflow_write({"state": "signed"})
            self.assertEqual(self._get_step(self.first), ("renew", "city", ""))
            assessment._workflow_write({"outcome": "end"})
            self.assertEqual(self._get_step(self.first), ("assess_end", "city", "assessment_end"))

    def test_batch_without_assessment(self):
        """T2, T10: of a team one lacks the assessment: he is named and not collected, and his own draft stops the batch."""
        self.city.assessed_since = False
        self.env["legal.aid.assessment"].with_user(self.city_officer)._create_for_contracts(self.first)._workflow_write(
            {"state": "signed", "outcome": "improve"}
        )
        batch = self._create_batch()
        self.assertIn("not assessed yet", batch.not_included)
        batch.action_add_renewals()
        self.assertEqual(batch.contract_ids.volunteer_id, self.lawyer1)
        draft = self._draft(self.lawyer2, NEXT_YEAR).with_user(self.city_officer)
        draft.batch_id = batch
        with self.assertRefused(UserError, "1 contracts cannot be approved.*\n.*not assessed yet"):
            batch.action_request_approval()
        batch.action_leave_out()
        self.approve(batch, self.city_officer, self.city_manager)
        self.assertEqual((batch.contract_ids.mapped("state"), draft.state), (["active"], "draft"))

    def test_no_contract_any_more(self):
        """T2: who was not renewed stands there with the first step and with what it means: no new cases."""
        with freeze_time(NEXT_YEAR):
            self.assertEqual(self._get_step(self.first), ("renew", "city", "no_contract"))
            self.assertIn("no new cases", self._get_row(self.first).blocks)

    def test_licence_in_the_way(self):
        """T4: a licence that does not reach the next first day stands in the way as soon as the renewal is near."""
        self.lawyer1.license_valid_until = "2027-05-19"
        self.assertEqual(self._get_step(self.first)[2], "")
        with freeze_time("2027-04-01"):
            self.assertEqual(self._get_step(self.first)[2], "licence")
            self.assertIn("2027-05-19", self._get_row(self.first).blocks)
            self.lawyer1.license_valid_until = NEXT_YEAR
            self.assertEqual(self._get_step(self.first)[2], "")

    def test_suspended_and_left(self):
        """T9: a suspended lawyer is blocked; who left needs no renewal, but his ledger stays due."""
        self.lawyer1.with_user(self.city_officer).action_suspend(reason_code="request")
        self.assertEqual(self._get_step(self.first)[2], "suspended")
        self.assertIn(self.first.id, self.env["legal.aid.yearly.round"].search([("is_blocked", "=", True)]).ids)
        self.lawyer2.with_user(self.city_officer).action_leave(reason_code="request")
        self.assertEqual(self._get_step(self.second)[0], "left")
        with freeze_time("2027-03-02"):
            self.assertEqual(self._get_step(self.second)[0], "ledger")

    def test_no_service(self):
        """T8: nothing at all in the term of the contract; one piece of advice is service."""
        rows = self.env["legal.aid.yearly.round"].with_user(self.city_officer)
        both = (self.first + self.second).ids
        self.assertEqual(rows.search([("is_idle", "=", True), ("id", "in", both)]).ids, both)
        self.env["legal.aid.consultation"].create(
            {
                "date": "2027-02-01",
                "organization_id": self.county_a.id,
                "volunteer_id": self.lawyer1.id,
                "question": "工资",
                "matter_id": self.env["legal.aid.matter"].search([], limit=1).id,
                "channel": "phone",
            }
        )
        self.assertEqual(rows.search([("is_idle", "=", True), ("id", "in", both)]).ids, self.second.ids)
        self.assertFalse(self._get_row(self.first).is_idle)

    def test_reminder_of_the_ledger(self):
        """V1, V6: one message to the lawyer in his inbox, the day stands on the ledger; who has no account is named."""
        without = self._appoint(self._create_lawyer())
        with freeze_time("2027-06-01"):
            rows = self._get_row(self.first) + self._get_row(without)
            answer = rows.action_remind()["params"]
            self.assertIn("Reminded: 1.", answer["message"])
            self.assertIn(without.volunteer_id.name, answer["message"])
            ledger = self._get_ledger(self.lawyer1)
            self.assertTrue(ledger.message_ids.filtered(lambda message: "was reminded" in (message.body or "")))
            notice = self.env["mail.message"].search([("partner_ids", "in", self.lawyer1_user.partner_id.ids)], limit=1)
            self.assertIn("2027-05-20", notice.body)
            (self._get_ledger(self.lawyer1)).with_user(self.lawyer1_user).action_submit()
            with self.assertRefused(UserError, "owes a ledger"):
                self._get_row(self.first).action_remind()

    def test_counties_look_on(self):
        """O2, O3: a county sees the round of those who serve it and takes no step; others see nothing of it."""
        rows = self.env["legal.aid.yearly.round"].with_user(self.a_officer)
        self.assertEqual(rows.search([("id", "in", (self.first + self.second).ids)]).ids, self.first.ids)
        row = self._get_row(self.first, self.a_officer)
        self.assertFalse(row.can_act)
        for step in (row.action_remind, row.action_propose_renewals, row.action_open_payout, row.action_next):
            with self.assertRefused(AccessError, "yearly round is the city's"):
                step()
        for user in (self.city_finance, self.liaison, self.lawyer1_user):
            self.assertFalse(self.env["legal.aid.yearly.round"].with_user(user).has_access("read"), user.login)
        with self.assertRaises(AccessError):
            self._get_row(self.first).write({"step": "done"})

    def test_subsidy(self):
        """M1: the ledger is in: the subsidy is run; the button opens the payout of the year."""
        self.approve_renewals()
        with freeze_time("2027-05-19"):
            self._get_ledger(self.lawyer1).with_user(self.lawyer1_user).action_submit()
            self._get_ledger(self.lawyer1).with_user(self.city_officer).action_accept()
            self.assertEqual(self._get_step(self.first), ("subsidy", "city", ""))
            context = self._get_row(self.first).action_open_payout()["context"]
            self.assertEqual((context["default_kind"], context["default_service_year"]), ("subsidy", 2026))
            payout = self.env["legal.aid.payout"].with_user(self.city_officer).with_context(**context).create({})
            self.assertEqual(self._get_row(self.first).action_open_payout()["res_id"], payout.id)

    def test_every_stage_is_explained(self):
        """V5: each stage and each obstacle that the database names has its words and its actor."""
        rows = self.env["legal.aid.yearly.round"]
        for sql, known in ((rows._get_step_sql(), yearly_round.STEPS), (rows._get_blocks_sql(), yearly_round.BLOCKS)):
            self.assertEqual(set(re.findall(r"(?:THEN|ELSE) '(\w+)'", sql.code)), set(known))
        self.assertLessEqual({step.actor for step in yearly_round.STEPS.values()}, set(yearly_round.ACTORS))

    def test_figures_by_stage(self):
        """V5: the numbers of the side panel are those of the list."""
        with freeze_time("2027-04-01"):
            self.env.flush_all()
            rows = self.env["legal.aid.yearly.round"].with_user(self.city_officer)
            groups = dict(rows._read_group([("organization_id", "=", self.city.id)], ["step"], ["__count"]))
            self.assertEqual(groups, {"renew": 2})

    def test_statements_do_not_grow(self):
        """DESIGN §3.8: the list reads 32 lawyers with as many statements as 2."""
        rows = self.env["legal.aid.yearly.round"].with_user(self.city_officer)
        names = {
            "volunteer_id": {"fields": {"display_name": {}}},
            "next_step": {},
            "blocks": {},
            "is_idle": {},
            "can_act": {},
        }

        def measure():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = rows.search([("organization_id", "=", self.city.id)]).web_read(names)
            return len(found), self.env.cr.sql_log_count - before

        measure()
        few = measure()
        contracts = self.env["legal.aid.contract"]
        contracts = contracts.union(*(self._draft(self._create_lawyer(), "2026-06-01") for _number in range(30)))
        contracts._workflow_write({"state": "active"})
        many = measure()
        self.assertEqual((few[0], many[0]), (2, 32))
        # One more term of contract, counted once.
        self.assertLessEqual(many[1] - few[1], 10)


@tagged("post_install", "-at_install")
class TestContractExpiryReminder(BatchCommon):
    """T2: reminders before a contract ends, by policy, each once, whatever days the job missed."""

    @classmethod
    def setUpClass(cls):
        with freeze_time("2026-06-15"):
            super().setUpClass()

    def _run(self, day):
        """The messages that the job sends on ``day``: ``(to the first lawyer, to the city's officer)``."""
        messages = self.env["mail.message"]
        with freeze_time(day):
            last = messages.search([], order="id desc", limit=1).id
            domain = [("expiry_remind_on", "<=", day), ("id", "in", (self.first + self.second).ids)]
            due = self.env["legal.aid.contract"].search(domain)
            if due:
                due._remind_expiry(Date.to_date(day))
            self.env.flush_all()
            sent = messages.search([("id", ">", last), ("message_type", "=", "user_notification")])
        return tuple(
            len(sent.filtered(lambda message, user=user: user.partner_id in message.partner_ids))
            for user in (self.lawyer1_user, self.city_officer)
        )

    def test_each_once(self):
        """T2: 60, 30 and 7 days before; the day before nothing, a second run nothing."""
        for day, sent in (
            ("2027-03-19", (0, 0)),
            ("2027-03-20", (1, 1)),
            ("2027-03-21", (0, 0)),
            ("2027-04-19", (1, 1)),
            ("2027-05-12", (1, 1)),
            ("2027-05-13", (0, 0)),
            ("2027-05-19", (0, 0)),
        ):
            self.assertEqual(self._run(day), sent, day)
        self.assertFalse(self.first.expiry_remind_on)

    def test_missed_days(self):
        """T2: a job that stood still sends one message, and the later ones on their days."""
        self.assertEqual(self._run("2027-04-25"), (1, 1))
        self.assertEqual(str(self.first.expiry_remind_on), "2027-05-12")
        self.assertEqual(self._run("2027-05-15"), (1, 1))

    def test_renewed_contract_is_quiet(self):
        """T2: whose next contract is approved is not reminded; a draft is no contract."""
        with freeze_time("2027-03-01"):
            batch = self._create_renewals()
            batch.contract_ids.filtered(lambda contract: contract.volunteer_id == self.lawyer2).action_leave_batch()
            self.approve(batch, self.city_officer, self.city_manager)
        self.assertEqual(self._run("2027-03-20"), (0, 1))

    def test_job(self):
        """T2: the scheduled job takes what is due and leaves the rest."""
        with freeze_time("2027-03-20"):
            self._run_cron("union_legal_aid.ir_cron_contract_remind_expiry")
            self.assertEqual(str(self.first.expiry_reminded_on), "2027-03-20")
            self.assertEqual(str(self.first.expiry_remind_on), "2027-04-19")

    def test_days_of_the_policy(self):
        """T2: the days are the policy's; what is no number of days is refused, and empty means never."""
        for text in ("x", "0", "30, 400", "7;30"):
            with self.assertRefused(ValidationError, "days before the end of a contract"):
                self.policy.copy({"date_from": "2028-01-01", "date_to": "2028-12-31", "expiry_reminder_days": text})
        policy = self.policy.copy(
            {"date_from": "2028-01-01", "date_to": "2028-12-31", "expiry_reminder_days": "90，15"}
        )
        self.assertEqual(policy._get_expiry_reminder_days(), (90, 15))
        self.assertEqual(
            self.env["legal.aid.policy"].new({"expiry_reminder_days": False})._get_expiry_reminder_days(), ()
        )

    def test_door(self):
        """DESIGN §3.1: nobody switches a reminder off by writing the day."""
        with self.assertRaises(AccessError):
            self.first.with_user(self.city_officer).expiry_reminded_on = "2027-12-31"
