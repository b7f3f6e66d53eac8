import base64

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .casework_common import TODAY
from .money_common import LegalAidMoneyCommon


@tagged("post_install", "-at_install")
class TestFeeSchedule(LegalAidMoneyCommon):
    def _create_schedule(self, **vals):
        return self.env["legal.aid.fee.schedule"].create(
            {
                "name": "另一标准",
                "organization_id": self.city.id,
                "date_from": "2026-01-01",
                "source_document": "测司〔2026〕1号",
                "rate_ids": [Command.create({"service_form": "arbitration", "amount": 1800})],
                **vals,
            }
        )

    def test_nearest_superior(self):
        """M2: a county without its own standard uses the city's; its own goes first; drafts and other days do not count."""
        schedules = self.env["legal.aid.fee.schedule"]
        self.assertEqual(schedules._get(self.enterprise_a, TODAY), self.schedule)
        own = self._create_schedule(organization_id=self.county_a.id)
        self.assertEqual(schedules._get(self.county_a, TODAY), self.schedule)
        own.action_activate()
        self.assertEqual(schedules._get(self.enterprise_a, TODAY), own)
        self.assertEqual(schedules._get(self.county_b, TODAY), self.schedule)
        with self.assertRefused(UserError, "测试甲县总工会.*2024-12-31"):
            schedules._get(self.county_a, "2024-12-31")

    def test_one_in_force_at_a_time(self):
        """M2: the database refuses two standards of one union for one day; the day after the end is free."""
        self.schedule.action_end(date="2026-01-31")
        overlapping = self._create_schedule(date_from="2026-01-31")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            overlapping.action_activate()
            overlapping.flush_recordset()
        self._create_schedule(date_from="2026-02-01").action_activate()
        self.env.flush_all()

    def test_schedule_needs_rates_and_source(self):
        empty = self._create_schedule(rate_ids=False)
        with self.assertRefused(UserError, "no rate"):
            empty.action_activate()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._create_schedule(source_document=False)

    def test_frozen_once_used(self):
        """M2: what a fee rests on cannot be changed by any door; ending it is possible."""
        self.schedule.rate_ids[0].amount = 501
        self._create_expense()
        rate = self.schedule.rate_ids[0]
        for step in (
            lambda: rate.write({"amount": 1}),
            lambda: rate.unlink(),
            lambda: rate.create({"schedule_id": self.schedule.id, "service_form": "advice", "amount": 1}),
            lambda: self.schedule.write({"source_document": "别的文件"}),
            lambda: self.schedule.write({"date_from": "2026-01-01"}),
            lambda: self.schedule.write({"rate_ids": [Command.clear()]}),
        ):
            with self.assertRefused(UserError, "测司"):
                step()
        self.assertTrue(self.schedule.is_used)
        self.schedule.action_end(date="2026-12-31")
        self.assertEqual(self.schedule.state, "ended")

    def test_state_only_by_buttons(self):
        for step in (
            lambda: self.schedule.write({"state": "draft"}),
            lambda: self._create_schedule(state="active"),
            lambda: self.schedule.with_context(default_state="active").create(
                {"name": "x", "organization_id": self.city.id, "date_from": TODAY, "source_document": "x"}
            ),
        ):
            with self.assertRefused(AccessError):
                step()
        self.assertEqual(self.schedule.copy().state, "draft")
        with self.assertRefused(UserError):
            self.schedule.date_to = "2026-12-31"

    def test_only_administrators_keep_it(self):
        with self.assertRefused(AccessError):
            self.schedule.with_user(self.city_manager).action_end()
        self.schedule.with_user(self.city_administrator).action_end()

    def test_most_specific_rate(self):
        """M2: the rate that asks for most, and all of it fits."""
        rates = self.schedule.rate_ids
        keys = {"stage": False, "category": False, "region_class": False}
        self.assertEqual(rates._match("litigation", keys).amount, 2000)
        self.assertEqual(rates._match("litigation", {**keys, "stage": "enforcement"}).amount, 1300)
        self.assertEqual(rates._match("litigation", {**keys, "stage": "retrial"}).amount, 2000)
        self.assertFalse(rates._match("advice", keys))
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            rates.create({"schedule_id": self.schedule.id, "service_form": "litigation", "amount": 1})


@tagged("post_install", "-at_install")
class TestExpense(LegalAidMoneyCommon):
    def test_from_archived_case(self):
        """M2, M3: copies of the case, the rate, one share for the county that bears its fees, with the sentence why."""
        expense = self._create_expense()
        case = expense.case_id
        self.assertRecordValues(
            expense,
            [
                {
                    "state": "draft",
                    "case_number": case.name,
                    "volunteer_id": self.lawyer1.id,
                    "organization_id": self.county_a.id,
                    "payer_organization_id": self.county_a.id,
                    "schedule_id": self.schedule.id,
                    "amount_claimed": 1600,
                    "amount_allowed": 1600,
                }
            ],
        )
        self.assertRecordValues(expense.line_ids, [{"kind": "lump", "amount_claimed": 1600, "amount_allowed": 1600}])
        share = expense.allocation_ids
        self.assertRecordValues(
            share, [{"organization_id": self.county_a.id, "headcount": 1, "amount": 1600, "state": "proposed"}]
        )
        self.assertIn("测试甲县总工会", share.explanation)
        for text in (share.explanation, expense.display_name, expense.compute_note):
            self.assertNotIn("王小明", text)
            self.assertNotIn("某建筑劳务公司", text)

    def test_no_payment_before_the_archive(self):
        case = self._create_closed()
        with self.assertRefused(ValidationError, "archive"):
            self.env["legal.aid.expense"].with_user(self.a_officer).create({"case_id": case.id})

    def test_reopened_case_is_not_paid(self):
        """Also when the state of the case changed by another way after the draft."""
        expense = self._create_expense()
        expense.case_id.sudo()._workflow_write({"state": "in_progress"})
        with self.assertRefused(UserError, expense.case_number):
            expense.action_request_approval()

    def test_one_live_fee_per_case(self):
        expense = self._create_expense()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._create_expense(expense.case_id)
        expense.action_request_approval()
        expense.action_cancel()
        self.assertEqual((expense.state, expense.approval_state), ("cancelled", "none"))
        self.assertEqual(self._create_expense(expense.case_id).state, "draft")

    def test_no_rate(self):
        """Done when: a fee with no rate names case, form and schedule, and leaves the draft as it was."""
        case = self._create_archived(service_form="drafting")
        expense = self.env["legal.aid.expense"].with_user(self.a_officer).create({"case_id": case.id})
        with self.assertRaises(UserError) as refused, self.env.cr.savepoint():
            expense.action_compute()
        for text in (case.name, "Drafting", self.schedule.name):
            self.assertIn(text, str(refused.exception))
        expense.invalidate_recordset()
        self.assertFalse(expense.line_ids)
        with self.assertRefused(UserError, "not computed"):
            expense.action_request_approval()

    def test_no_schedule_in_force(self):
        self.schedule.action_end(date="2026-03-01")
        with self.assertRefused(UserError, "No fee schedule is in force.*2026-03-02"):
            self._create_expense()

    def test_rate_of_the_day_of_the_grant(self):
        """M2: a schedule that ended since then still gives the rate of its time."""
        case = self._create_archived()
        self.schedule.action_end(date=TODAY)
        self.env["legal.aid.fee.schedule"].create(
            {
                "name": "新标准",
                "organization_id": self.city.id,
                "date_from": "2026-03-03",
                "source_document": "测司〔2026〕9号",
                "rate_ids": [Command.create({"service_form": "arbitration", "amount": 9999})],
            }
        ).action_activate()
        self.assertEqual(self._create_expense(case).amount_claimed, 1600)

    def test_case_is_fixed(self):
        """A fee stays with its case; another lawyer or count of workers since then asks for computing again."""
        expense = self._create_expense()
        other = self._create_archived()
        with self.assertRefused(UserError):
            expense.case_id = other
        expense.case_id.sudo()._workflow_write({"volunteer_id": self.lawyer2.id})
        with self.assertRefused(UserError, "Compute it again"):
            expense.action_request_approval()
        expense.action_compute()
        self.assertEqual(expense.volunteer_id, self.lawyer2)

    def test_stage_chooses_the_rate(self):
        case = self._create_archived(service_form="litigation")
        expense = self._create_expense(case)
        self.assertEqual(expense.amount_claimed, 2000)
        expense.stage = "enforcement"
        with self.assertRefused(UserError, "Compute it again"):
            expense.action_request_approval()
        expense.action_compute()
        self.assertEqual((expense.amount_claimed, expense.allocation_ids.amount), (1300, 1300))

    def test_cut_needs_a_coded_reason(self):
        """M10: less than claimed only with a reason of the list; more never; the shares follow."""
        expense = self._create_expense()
        line = expense.line_ids
        with self.assertRefused(ValidationError, "reason"):
            line.amount_allowed = 1000
        with self.assertRefused(UserError, "above_rate"):
            line.write({"amount_allowed": 1000, "reason_code": "nonsense"})
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            line.write({"amount_allowed": 1600.01})
            line.flush_recordset()
        line.invalidate_recordset()
        line.write({"amount_allowed": 1000, "reason_code": "quality"})
        self.assertEqual((expense.amount_allowed, expense.allocation_ids.amount), (1000, 1000))
        self.assertEqual(line.reason_id.code, "quality")

    def test_rate_is_not_typed(self):
        """M2: the lump comes from the schedule by every door."""
        expense = self._create_expense()
        line, rate = expense.line_ids, self.schedule.rate_ids[2]
        lines = self.env["legal.aid.expense.line"].with_user(self.a_officer)
        vals = {"expense_id": expense.id, "name": "x", "amount_claimed": 1}
        for step in (
            lambda: line.write({"amount_claimed": 5000}),
            lambda: line.write({"rate_id": rate.id}),
            lambda: line.write({"kind": "actual_cost"}),
            lambda: line.unlink(),
            lambda: lines.create({**vals, "kind": "lump", "rate_id": rate.id}),
            lambda: lines.with_context(default_kind="lump", default_rate_id=rate.id).create(vals),
            lambda: expense.write({"line_ids": [Command.update(line.id, {"amount_claimed": 5000})]}),
        ):
            with self.assertRefused(AccessError):
                step()

    def test_direct_cost_against_receipt(self):
        """F§4: a direct cost stands beside the rate, and is paid against its receipt only."""
        expense = self._create_expense()
        with Form(expense) as form:
            with form.line_ids.new() as line:
                line.name = "交通费"
                line.amount_claimed = 86.5
        self.assertEqual((expense.amount_allowed, expense.allocation_ids.amount), (1686.5, 1686.5))
        with self.assertRefused(UserError, "receipt"):
            expense.action_request_approval()
        cost = expense.line_ids.filtered(lambda line: line.kind == "actual_cost")
        cost.receipt_number = "3700192130 00017"
        for pattern, vals in (
            ("lacks the day", {"date": TODAY}),
            ("lacks the receipt itself", {"receipt_file": base64.b64encode(b"ticket")}),
        ):
            with self.assertRefused(UserError, pattern):
                expense.action_request_approval()
            cost.write(vals)
        expense.action_compute()
        self.assertEqual(expense.amount_allowed, 1686.5)
        expense.action_request_approval()
        self.assertEqual(expense.state, "submitted")

    def test_public_servant_gets_costs_only(self):
        """F§2: no pay for labour; with nothing else on it, the fee cannot be handed in."""
        self.lawyer1.is_public_servant = True
        expense = self._create_expense()
        self.assertFalse(expense.line_ids)
        self.assertIn("public servant", expense.compute_note)
        with self.assertRefused(UserError, "allows nothing"):
            expense.action_request_approval()
        expense.line_ids = [Command.create(self._prepare_cost(50))]
        expense.action_request_approval()
        self.assertEqual((expense.state, expense.allocation_ids.amount), ("submitted", 50))

    # Who pays

    def test_shares_sum_to_the_cent(self):
        """M3: 1600 yuan and three heads do not divide; nothing is lost, the union in charge gets the odd cent."""
        expense = self._create_expense(self._create_shared_case(heads_b=2))
        shares = {share.organization_id: share.amount for share in expense.allocation_ids}
        self.assertEqual(shares, {self.county_a: 533.33, self.county_b: 1066.67})
        expense = self._create_expense(self._create_shared_case(heads_b=1, heads_a=5))
        shares = {share.organization_id: share.amount for share in expense.allocation_ids}
        self.assertEqual(shares, {self.county_a: 1333.33, self.county_b: 266.67})

    def test_shares_are_merged_per_payer(self):
        """M3: a zone that does not bear its fees falls to the city or to the payer it names; one share for each payer."""
        zone = self._create_union("测试新区工会", "T01Z", "zone", self.city, bears_case_expense=False)
        named = self._create_union(
            "测试高新区工会",
            "T01Y",
            "zone",
            self.city,
            bears_case_expense=False,
            payer_organization_id=self.county_a.id,
        )
        case = self._create_case(headcount=7)
        self.env["legal.aid.case.party"].create(
            [
                {"case_id": case.id, "name": "甲", "organization_id": union.id, "headcount": heads}
                for union, heads in ((zone, 2), (named, 1), (self.city, 1))
            ]
        )
        case.sudo()._workflow_write({"state": "archived", "granted_date": TODAY, "volunteer_id": self.lawyer1.id})
        expense = self._create_expense(case)
        shares = {share.organization_id: share for share in expense.allocation_ids}
        self.assertEqual({union: share.headcount for union, share in shares.items()}, {self.county_a: 4, self.city: 3})
        self.assertEqual(
            {union: share.amount for union, share in shares.items()}, {self.county_a: 914.29, self.city: 685.71}
        )
        self.assertIn("names a payer", shares[self.county_a].explanation)
        self.assertIn("fall to the city", shares[self.city].explanation)
        parts = [float(part[2]) for share in shares.values() for part in share.jurisdiction_shares]
        self.assertEqual(round(sum(parts), 2), 1600)
        self.assertEqual(len(parts), 4)

    def test_city_pays_for_its_own_jurisdiction(self):
        """M3: an enterprise directly under the city is the city's, and the sentence says why without naming it."""
        case = self._create_case(
            self.city_officer, employer_place_id=False, employer_organization_id=self.enterprise_city.id
        )
        case.sudo()._workflow_write({"state": "archived", "granted_date": TODAY, "volunteer_id": self.lawyer1.id})
        expense = self._create_expense(case, self.city_officer)
        self.assertEqual(expense.allocation_ids.organization_id, self.city)
        self.assertIn("directly under it", expense.allocation_ids.explanation)
        self.assertNotIn("直属企业", expense.allocation_ids.explanation)

    def test_other_payer_disputes(self):
        """M3: the other county reads its share, disputes it, agrees; the union that approves rejects instead."""
        expense = self._create_expense(self._create_shared_case(heads_b=1))
        share_b = expense.allocation_ids.filtered(lambda share: share.organization_id == self.county_b)
        share_a = expense.allocation_ids - share_b
        with self.assertRefused(AccessError):
            share_b.with_user(self.b_officer).action_dispute(reason_code="not_ours", note="不是本县职工")
        self.approve(expense, self.a_officer, self.a_manager)
        with self.assertRefused(AccessError):
            share_b.with_user(self.a_officer).action_dispute(reason_code="not_ours")
        with self.assertRefused(UserError, "Reject"):
            share_a.with_user(self.a_manager).action_dispute(reason_code="not_ours")
        dialog = share_b.with_user(self.b_officer).action_dispute()
        self.assertEqual(dialog["res_model"], "legal.aid.reason.dialog")
        share_b.with_user(self.b_officer).action_dispute(reason_code="not_ours", note="不是本县职工")
        self.assertEqual((share_b.state, share_b.disputed_by_id), ("disputed", self.b_officer))
        payout = self._create_payout(payer=self.county_b, user=self.b_officer)
        with self.assertRefused(UserError, "不是本县职工"):
            payout.action_compute()
        share_b.with_user(self.b_officer).action_agree()
        payout.action_compute()
        self.assertEqual((payout.amount_total, share_b.payout_line_id), (800, payout.line_ids))
        with self.assertRefused(UserError, "payout"):
            share_b.with_user(self.b_officer).action_dispute(reason_code="not_ours")

    # Approval

    def test_requester_never_approves(self):
        """M5: also a leader who hands it in himself."""
        expense = self._create_expense(officer=self.a_manager)
        with self.assertRefused(UserError):  # the only leader: the level above decides
            expense.with_user(self.b_manager).action_approve()
        expense.action_request_approval()
        with self.assertRefused(AccessError, "yourself"):
            expense.action_approve()
        expense.with_user(self.city_manager).action_approve()
        self.assertEqual(expense.state, "approved")

    def test_who_may_not_approve(self):
        expense = self._create_expense()
        expense.action_request_approval()
        for user in (
            self.a_officer,
            self.b_manager,
            self.city_officer,
            self.a_finance,
            self.auditor,
            self.lawyer1_user,
        ):
            with self.assertRefused(AccessError):
                expense.with_user(user).action_approve()
        expense.with_user(self.a_manager).action_approve()
        self.assertEqual((expense.state, expense.approved_date.isoformat()), ("approved", TODAY))

    def test_finance_above_5000(self):
        """M5: exactly 5000 needs one signature; a cent more also finance of the payer."""
        for amount, states in (("5000", ["approved"]), ("5000.01", ["submitted", "approved"])):
            with self.subTest(amount=amount):
                expense = self._create_expense()
                cost = float(amount) - 1600
                expense.line_ids = [Command.create(self._prepare_cost(cost, "鉴定费"))]
                expense.action_request_approval()
                expense.with_user(self.a_manager).action_approve()
                self.assertEqual(expense.state, states[0])
                if len(states) > 1:
                    for user in (self.a_manager, self.b_finance, self.city_finance):
                        with self.assertRefused(AccessError):
                            expense.with_user(user).action_approve()
                    expense.with_user(self.a_finance).action_approve()
                    self.assertEqual(expense.state, states[1])

    def test_another_office_is_asked_by_configuration(self):
        """M5: the payer of a zone is the city, so its leader approves."""
        zone = self._create_union("测试新区工会", "T01Z", "zone", self.city, bears_case_expense=False, prefix="测新援")
        officer = self._create_user("t_z_officer", zone, "officer")
        case = self._create_case(officer, employer_place_id=zone.id)
        case.sudo()._workflow_write({"state": "archived", "granted_date": TODAY, "volunteer_id": self.lawyer1.id})
        expense = self._create_expense(case, officer)
        expense.action_request_approval()
        expense.with_user(self.city_manager).action_approve()
        self.assertEqual((expense.state, expense.allocation_ids.organization_id), ("approved", self.city))

    def test_frozen_when_handed_in(self):
        """M3, M5: no fact, item or share changes any more; a rejection opens the draft again."""
        expense = self._create_expense()
        expense.action_request_approval()
        self._assert_frozen(expense)
        expense.with_user(self.a_manager).action_reject(note="缺结案报告")
        self.assertEqual(expense.state, "draft")
        expense.line_ids.write({"amount_allowed": 1500, "reason_code": "quality"})
        self.approve(expense, self.a_officer, self.a_manager)
        self._assert_frozen(expense)

    def _assert_frozen(self, expense):
        share = expense.allocation_ids
        for step in (
            lambda: expense.write({"stage": "retrial"}),
            lambda: expense.write({"case_id": expense.case_id.id}),
            lambda: expense.with_user(self.a_manager).write({"region_class": "cross_province"}),
            lambda: expense.write({"line_ids": [Command.create({"name": "x", "amount_claimed": 1})]}),
            lambda: expense.line_ids.write({"amount_allowed": 1, "reason_code": "quality"}),
            lambda: expense.line_ids.unlink(),
            lambda: share.with_user(self.a_manager).write({"amount": 1}),
            lambda: share.with_user(self.a_manager).unlink(),
            lambda: share.sudo().write({"amount": 1}),
            lambda: share.sudo().create({"expense_id": expense.id, "organization_id": self.city.id}),
            lambda: share.sudo().copy(),
            lambda: expense.action_compute(),
            lambda: expense.unlink(),
        ):
            with self.assertRefused(UserError):
                step()

    def test_doors(self):
        """Rule 1: what only steps may write is refused by write, create, import, copy and context."""
        expense = self._create_expense()
        case = self._create_archived()
        expenses = self.env["legal.aid.expense"].with_user(self.a_officer)
        for vals in (
            {"state": "approved"},
            {"approval_state": "approved"},
            {"approved_date": TODAY},
            {"name": "费〔2026〕9999号"},
            {"schedule_id": self.schedule.id},
            {"organization_id": self.county_b.id},
            {"payer_organization_id": self.city.id},
            {"volunteer_id": self.lawyer2.id},
            {"headcount": 99},
            {"is_reexamined": True},
            {"allocation_ids": [Command.create({"organization_id": self.city.id, "amount": 1})]},
        ):
            with self.subTest(vals=vals):
                for step in (
                    lambda vals=vals: expense.write(vals),
                    lambda vals=vals: expense.with_context(legal_aid_workflow=True).write(vals),
                    lambda vals=vals: expenses.create({"case_id": case.id, **vals}),
                    lambda vals=vals: expenses.with_context(
                        **{f"default_{name}": value for name, value in vals.items()}
                    ).create({"case_id": case.id}),
                ):
                    with self.assertRefused(AccessError):
                        step()
        result = expenses.load(["case_id/.id", "state"], [[str(case.id), "approved"]])
        self.assertFalse(result["ids"])
        self.assertTrue(result["messages"])

    def test_amounts_cannot_be_written(self):
        """The sums follow from the items; writing them changes nothing that is paid."""
        expense = self._create_expense()
        self.approve(expense, self.a_officer, self.a_manager)
        with self.assertRefused(AccessError):
            expense.write({"amount_allowed": 99999})

    def test_reexamined_once(self):
        """M10: an approved fee goes back once, with a note; the second time the decision stands."""
        expense = self._create_approved_expense()
        self.assertEqual(expense.action_reexamine()["res_model"], "legal.aid.reason.dialog")
        expense.action_reexamine(note="律师补交了开庭笔录")
        self.assertEqual((expense.state, expense.approval_state), ("draft", "none"))
        self.approve(expense, self.a_officer, self.a_manager)
        with self.assertRefused(UserError, "once"):
            expense.action_reexamine(note="再次")
        self.assertEqual(len(expense.approval_line_ids), 2)

    def test_case_with_fee_is_not_reopened(self):
        expense = self._create_approved_expense()
        case = expense.case_id
        with self.assertRefused(UserError, expense.name):
            case.with_user(self.a_manager).action_reopen(reason_code="correction")
        expense.action_cancel(note="案件要补正")
        case.with_user(self.a_manager).action_reopen(reason_code="correction")
        self.assertEqual(case.state, "in_progress")

    def test_button_on_the_case(self):
        case = self._create_archived()
        self.assertTrue(case.can_create_expense)
        action = case.action_create_expense()
        expense = self.env["legal.aid.expense"].browse(action["res_id"])
        self.assertEqual((expense.case_id, expense.amount_allowed), (case, 1600))
        case.invalidate_recordset()
        self.assertEqual((case.expense_count, case.can_create_expense), (1, False))
