import logging

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Date
from odoo.tests import Form, freeze_time, tagged

from .team_common import TeamCommon

_logger = logging.getLogger(__name__)

NEXT_YEAR = "2027-05-20"


class BatchCommon(TeamCommon):
    """Two lawyers in office until 2027-05-19, and the city's officer who appoints the team anew."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._appoint(cls.lawyer1)
        cls.second = cls._appoint(cls.lawyer2)
        cls.batches = cls.env["legal.aid.appointment.batch"].with_user(cls.city_officer)

    @classmethod
    def _create_batch(cls, **values):
        return cls.batches.create({"organization_id": cls.city.id, "date_start": NEXT_YEAR, **values})

    @classmethod
    def _create_renewals(cls, **values):
        batch = cls._create_batch(**values)
        batch.action_add_renewals()
        return batch


@tagged("post_install", "-at_install")
@freeze_time("2027-04-01")
class TestAppointmentBatch(BatchCommon):
    def test_renewal_of_a_team(self):
        """T2: the officer collects the team's renewals, the leader signs once: contracts, numbers in order, one letter date."""
        batch = self._create_renewals(letter_date="2027-05-18")
        self.assertEqual(len(batch.contract_ids), 2)
        self.assertEqual(batch.contract_ids.renewal_of_id, self.first + self.second)
        batch.action_request_approval()
        self.assertEqual(batch.contract_ids.mapped("state"), ["draft"] * 2)
        batch.with_user(self.city_manager).action_approve()
        contracts = batch.contract_ids.sorted("id")
        self.assertRecordValues(
            contracts,
            [
                {
                    "number": f"测市聘〔2027〕00{place}号",
                    "state": "active",
                    "approval_state": "approved",
                    "date_start": Date.to_date(NEXT_YEAR),
                    "date_end": Date.to_date("2028-05-19"),
                    "letter_date": Date.to_date("2027-05-18"),
                    "approved_date": Date.to_date("2027-04-01"),
                }
                for place in (1, 2)
            ],
        )
        self.assertRecordValues(batch, [{"state": "approved", "contract_count": 2, "subsidy_total": 2000}])
        self.assertEqual(self.env["legal.aid.ledger"].search_count([("year", "=", 2027)]) >= 2, True)
        # A member's second year is no second joining.
        self.assertEqual(self.lawyer1.notice_ids.mapped("kind"), ["join"])

    def test_next_number_follows_the_batch(self):
        """F§10: the contract after the batch gets the next number; none is left out and none given twice."""
        batch = self._create_renewals()
        self.approve(batch, self.city_officer, self.city_manager)
        third = self._appoint(self._create_lawyer(), "2027-06-01")
        self.assertEqual(third.number, "测市聘〔2027〕003号")

    def test_default_first_day(self):
        """T2: the batch begins the day after the team's contracts end."""
        with Form(self.batches) as form:
            form.letter_date = "2027-05-01"
        self.assertEqual(str(form.record.date_start), NEXT_YEAR)
        self.assertTrue(form.record.name)

    def test_nothing_renews_itself(self):
        """T2: without a batch and a signature the contract ends with its day; a draft alone keeps nobody in office."""
        self._create_renewals()
        with freeze_time(NEXT_YEAR):
            self._run_cron("union_legal_aid.ir_cron_contract_expire")
            self.assertEqual((self.first + self.second).mapped("state"), ["expired"] * 2)
            self.assertFalse(self.lawyer1.assignable)
            self.assertEqual(self.lawyer1.contract_ids.mapped("state"), ["draft", "expired"])

    def test_collected_once(self):
        """T2: who has a draft or a contract already is not collected again; an empty search says so."""
        self._create_renewals()
        with self.assertRefused(UserError, "no contract .* can be renewed"):
            self._create_batch().action_add_renewals()

    def test_contract_that_runs_on_is_not_collected(self):
        """T2: the day before the first day still belongs to the contract; one that runs on the first day is left alone."""
        batch = self._create_batch(date_start="2027-05-19")
        with self.assertRefused(UserError, "can be renewed"):
            batch.action_add_renewals()
        batch.date_start = NEXT_YEAR
        batch.action_add_renewals()
        self.assertEqual(batch.contract_count, 2)

    def test_leap_year(self):
        """T2: a year from 29 February 2028 ends on 28 February 2029, a year from 1 March 2027 on 29 February 2028."""
        self.policy.date_to = "2030-12-31"
        lawyers = [self._create_lawyer(), self._create_lawyer()]
        leap = self._create_batch(
            date_start="2028-02-29", contract_ids=[Command.create({"volunteer_id": lawyers[0].id})]
        )
        before = self._create_batch(
            date_start="2027-03-01", contract_ids=[Command.create({"volunteer_id": lawyers[1].id})]
        )
        self.assertEqual(str(leap.contract_ids.date_end), "2029-02-28")
        self.assertEqual(str(before.contract_ids.date_end), "2028-02-29")
        with self.assertRaises(ValidationError):
            leap.contract_ids.date_end = "2029-03-01"

    def test_one_year_and_one_day(self):
        """T2, 办法 §4: also in a batch no contract is longer than a year, whichever door is taken."""
        batch = self._create_renewals()
        contract = batch.contract_ids[0]
        with self.assertRaises(ValidationError):
            contract.date_end = "2028-05-20"
        with self.assertRaises(ValidationError):
            batch.write({"contract_ids": [Command.update(contract.id, {"date_end": "2028-05-20"})]})
        self.assertEqual(str(contract.date_end), "2028-05-19")

    def test_obstacles_are_listed_before_asking(self):
        """T2, T4: a licence that ends before the first day is told in the list and stops the request; it is left out by choice."""
        batch = self._create_renewals()
        self.lawyer1.license_valid_until = "2027-05-19"
        blocked = batch.contract_ids.filtered(lambda contract: contract.volunteer_id == self.lawyer1)
        self.assertIn("valid until 2027-05-19 only", blocked.batch_obstacle)
        self.assertEqual(batch.obstacle_count, 1)
        with self.assertRefused(UserError, "1 contracts cannot be approved.*\n.*valid until 2027-05-19 only"):
            batch.action_request_approval()
        batch.action_leave_out()
        self.assertEqual((batch.obstacle_count, batch.contract_count, blocked.batch_id.id), (0, 1, False))
        self.approve(batch, self.city_officer, self.city_manager)
        self.assertEqual((blocked.state, batch.contract_ids.mapped("state")), ("draft", ["active"]))

    def test_licence_of_the_first_day_is_enough(self):
        """T4: valid on the first day is valid."""
        batch = self._create_renewals()
        self.lawyer1.license_valid_until = NEXT_YEAR
        self.assertFalse(batch.obstacle_count)

    def test_suspended_and_removed(self):
        """T2, T6, T9: who is suspended is named and not collected; who was removed has no contract to renew."""
        self.lawyer1.with_user(self.city_officer).action_suspend(reason_code="request")
        self.lawyer2.sudo()._end_membership(
            "removed", self.env["legal.aid.reason"].search([("usage", "=", "contract_end")], limit=1), "", Date.today()
        )
        batch = self._create_batch()
        self.assertIn("decide on this lawyer alone", batch.not_included)
        with self.assertRefused(UserError, "decide on this lawyer alone"):
            batch.action_add_renewals()
        draft = self._draft(self.lawyer2, NEXT_YEAR).with_user(self.city_officer)
        draft.batch_id = batch
        with self.assertRefused(UserError, "1 contracts cannot be approved"):
            batch.action_request_approval()

    def test_all_or_none(self):
        """T14 of the anchors: what comes between request and signature stops the whole batch; nothing is half approved."""
        batch = self._create_renewals()
        batch.action_request_approval()
        self.lawyer2.license_valid_until = "2027-05-01"
        with self.assertRefused(UserError, "valid until 2027-05-01 only"):
            batch.with_user(self.city_manager).action_approve()
        self.assertEqual(batch.contract_ids.mapped("state"), ["draft"] * 2)
        self.assertEqual(batch.contract_ids.mapped("number"), [False] * 2)
        self.assertRecordValues(batch, [{"state": "draft", "approval_state": "pending"}])

    def test_suspended_after_the_request(self):
        """T9: a lawyer who was suspended after the request is not appointed by it."""
        batch = self._create_renewals()
        batch.action_request_approval()
        self.lawyer1.with_user(self.city_officer).action_suspend(reason_code="request")
        with self.assertRefused(UserError, "decide on this lawyer alone"):
            batch.with_user(self.city_manager).action_approve()
        self.assertEqual(batch.contract_ids.mapped("state"), ["draft"] * 2)

    def test_changed_contract_voids_the_request(self):
        """M5: amount, dates, duties, one contract more or less: the request of the batch is void, or its signature refused."""
        extra = self._draft(self._create_lawyer(), NEXT_YEAR).with_user(self.city_officer)
        batch = self._create_renewals()
        contract = batch.contract_ids[0]
        for change in (
            lambda: contract.write({"annual_subsidy": 900}),
            lambda: contract.write({"duty_ids": [Command.create({"kind": "other", "target": 3})]}),
            lambda: extra.write({"batch_id": batch.id}),
            lambda: batch.contract_ids[-1:].action_leave_batch(),
            lambda: batch.contract_ids[-1:].action_cancel(),
            lambda: batch.write({"letter_date": "2027-05-01"}),
        ):
            batch.action_request_approval()
            self.assertEqual(batch.approval_state, "pending")
            change()
            self.assertEqual(batch.approval_state, "none")
        batch = self._create_renewals(date_start="2027-05-21")
        batch.action_request_approval()
        batch.contract_ids[0].duty_ids[0].target = 99
        with self.assertRefused(UserError, "Ask for approval again"):
            batch.with_user(self.city_manager).action_approve()

    def test_not_asked_for_beside_the_batch(self):
        """T2: a draft in a batch is approved with it; taken out, it can be asked for alone."""
        batch = self._create_renewals()
        contract = batch.contract_ids[0]
        with self.assertRefused(UserError, "is in batch .* and is approved with it"):
            contract.action_request_approval()
        contract.action_leave_batch()
        self.approve(contract, self.city_officer, self.city_manager)
        self.assertEqual(contract.state, "active")
        self.assertTrue(contract.approval_timeline)

    def test_history_of_a_contract(self):
        """M5: who signed the batch stands on the page of each contract."""
        batch = self._create_renewals()
        self.approve(batch, self.city_officer, self.city_manager)
        contract = batch.contract_ids[0].with_user(self.city_officer)
        self.assertEqual(contract.approval_request_id, batch.approval_request_id)
        self.assertIn(self.city_manager.name, str(contract.approval_timeline))

    def test_first_day_and_duties_are_those_of_all(self):
        """T2: first day, duties and targets are entered once; without any, each renewal keeps those it had."""
        self.assertEqual(len(self._create_renewals().contract_ids[0].duty_ids), 4)

        batch = self.batches.search([], limit=1)
        batch.write(
            {
                "date_start": "2027-06-01",
                "duty_ids": [Command.create({"kind": "publicity", "name": "进企业", "target": 6})],
            }
        )
        for contract in batch.contract_ids:
            self.assertEqual((str(contract.date_start), str(contract.date_end)), ("2027-06-01", "2028-05-31"))
            self.assertRecordValues(contract.duty_ids, [{"kind": "publicity", "name": "进企业", "target": 6}])
        late = self.env["legal.aid.contract"].with_user(self.city_officer)
        contract = late.create({"volunteer_id": self._create_lawyer().id, "batch_id": batch.id})
        self.assertEqual((str(contract.date_start), contract.duty_ids.target), ("2027-06-01", 6))

    def test_from_the_list_of_contracts(self):
        """T2: chosen contracts are renewed together, chosen drafts are collected, each from the list."""
        action = (self.first + self.second).with_user(self.city_officer).action_renew_in_batch()
        batch = self.batches.browse(action["res_id"])
        self.assertEqual((str(batch.date_start), batch.contract_count), (NEXT_YEAR, 2))
        with self.assertRefused(UserError, "was renewed already"):
            (self.first + self.second).with_user(self.city_officer).action_renew_in_batch()
        drafts = self._draft(self._create_lawyer(), NEXT_YEAR) + self._draft(self._create_lawyer(), NEXT_YEAR)
        collected = self.batches.browse(drafts.with_user(self.city_officer).action_put_in_batch()["res_id"])
        self.assertEqual(collected.contract_ids, drafts)
        with self.assertRefused(UserError, "in batch .* already"):
            drafts.with_user(self.city_officer).action_put_in_batch()

    def test_cancelled_batch(self):
        """T2: a batch that is given up sets its drafts free."""
        batch = self._create_renewals()
        contracts = batch.contract_ids
        batch.action_request_approval()
        batch.action_cancel()
        self.assertEqual((batch.state, batch.approval_state, contracts.batch_id.ids), ("cancelled", "none", []))
        with self.assertRefused(ValidationError, "choose a batch of the same union that is a draft"):
            contracts.batch_id = batch

    def test_every_back_door(self):
        """DESIGN §3.1: no door but the signature approves a batch or a contract in it."""
        batch = self._create_renewals()
        contract = batch.contract_ids[0]
        for vals in ({"state": "approved"}, {"approval_state": "approved"}, {"approved_date": NEXT_YEAR}):
            for door in (batch, batch.with_context(legal_aid_workflow=True)):
                with self.assertRaises(AccessError):
                    door.write(vals)
            with self.assertRaises(AccessError):
                self._create_batch(**vals)
        for vals in ({"letter_date": NEXT_YEAR}, {"state": "active"}):
            with self.assertRaises(AccessError):
                batch.write({"contract_ids": [Command.update(contract.id, vals)]})
        self.approve(batch, self.city_officer, self.city_manager)
        for write in (
            lambda: contract.write({"batch_id": False}),
            lambda: contract.action_leave_batch(),
            lambda: batch.write({"date_start": "2027-06-01"}),
            lambda: batch.write({"duty_ids": [Command.create({"kind": "other"})]}),
            lambda: batch.unlink(),
            lambda: batch.action_add_renewals(),
            lambda: batch.action_cancel(),
        ):
            with self.assertRaises(UserError):
                write()
        copied = batch.copy({"date_start": "2028-05-20"})
        self.assertRecordValues(copied, [{"state": "draft", "approval_state": "none", "contract_ids": []}])

    def test_batch_is_the_citys(self):
        """O3, M5: a county has no batch and sees none; requester and leader are two people."""
        batch = self._create_renewals()
        county = self.env["legal.aid.appointment.batch"].with_user(self.a_officer)
        with self.assertRaises(AccessError):
            county.create({"organization_id": self.city.id, "date_start": NEXT_YEAR})
        self.assertFalse(batch.with_user(self.a_officer).has_access("read"))
        with self.assertRaises(ValidationError):
            self._create_batch(organization_id=self.county_a.id)
        batch.action_request_approval()
        for user in (self.city_officer, self.a_manager, self.city_administrator):
            with self.assertRaises(AccessError):
                batch.with_user(user).action_approve()
        self.assertEqual(batch.state, "draft")

    def test_nobody_may_approve(self):
        """M5: without a leader the request is refused (fail closed)."""
        batch = self._create_renewals()
        self.city.manager_user_ids = False
        with self.assertRefused(UserError, "Nobody may approve"):
            batch.action_request_approval()
        self.assertEqual(batch.approval_state, "none")


@tagged("post_install", "-at_install")
@freeze_time("2027-04-01")
class TestAppointmentBatchCost(BatchCommon):
    def _measure(self, count):
        """Statements of drafting, asking and approving a batch of ``count`` lawyers beside the two."""
        lawyers = [self._create_lawyer() for _number in range(count)]
        batch = self._create_batch()
        self.env.flush_all()
        self.env.invalidate_all()
        costs = []
        for step in (
            lambda: batch.write({"contract_ids": [Command.create({"volunteer_id": one.id}) for one in lawyers]}),
            batch.action_request_approval,
            batch.with_user(self.city_manager).action_approve,
        ):
            before = self.env.cr.sql_log_count
            step()
            self.env.flush_all()
            costs.append(self.env.cr.sql_log_count - before)
            self.env.invalidate_all()
        self.assertEqual(batch.state, "approved")
        return costs

    def test_statements_do_not_grow(self):
        """DESIGN §3.8: asking and approving take as many statements for 30 lawyers as for 3; drafting no more than Odoo's own."""
        self._measure(3)  # what is read once: sequence of the year, rules, views
        few, many = self._measure(3), self._measure(30)
        _logger.info("Statements of drafting, asking, approving: 3 lawyers %s, 30 lawyers %s", few, many)
        per_lawyer = [(more - less) / 27 for less, more in zip(few, many, strict=True)]
        self.assertLessEqual(per_lawyer[1], 0.2, (few, many))
        self.assertLessEqual(per_lawyer[2], 1, (few, many))
        self.assertLessEqual(per_lawyer[0], 3, (few, many))
