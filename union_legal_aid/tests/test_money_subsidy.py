from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import freeze_time, tagged

from ..tools import subsidy
from .casework_common import TODAY
from .money_common import LegalAidMoneyCommon


class LegalAidSubsidyCommon(LegalAidMoneyCommon):
    def _set_policy(self, assignment):
        # A used policy is frozen; here the city's policy is another one from the start.
        self.env.cr.execute(f"UPDATE legal_aid_policy SET {assignment} WHERE id = %s", [self.policy.id])
        self.policy.invalidate_recordset()

    def _compute(self, **vals):
        payout = self._create_payout("subsidy", **vals)
        payout.action_compute()
        return payout

    def _get_line(self, payout, lawyer):
        return payout.line_ids.filtered(lambda line: line.volunteer_id == lawyer)

    def _pay(self, payout, date=TODAY):
        self.approve(payout, self.city_officer, self.city_manager)
        payout.with_user(self.city_finance).action_post(date=date)


@tagged("post_install", "-at_install")
class TestSubsidyByPolicy(LegalAidSubsidyCommon):
    def test_suspended(self):
        """M1: whether a suspended lawyer waits is policy; the reason stands in the rehearsal."""
        lawyer = self._create_more_lawyers(1)
        lawyer.with_user(self.city_officer).action_suspend(reason_code="request")
        payout = self._compute()
        self.assertRegex(self._get_line(payout, lawyer).exclusion_reason, "suspended")
        self._set_policy("subsidy_on_suspension = 'pay'")
        payout.action_compute()
        self.assertEqual(self._get_line(payout, lawyer).amount, 1000)

    def test_expired_licence(self):
        """M1, T4: the same for a licence that ran out on the day before the payment."""
        lawyer = self._create_more_lawyers(1)
        lawyer.license_valid_until = "2026-03-01"
        payout = self._compute()
        self.assertRegex(self._get_line(payout, lawyer).exclusion_reason, "valid until 2026-03-01")
        self._set_policy("subsidy_on_expired_license = 'pay'")
        payout.action_compute()
        self.assertTrue(self._get_line(payout, lawyer).included)

    def test_due_time(self):
        """M1: the due time is policy: after two full months of a contract of 1 January it is 1 March, not 28 February."""
        lawyer = self._create_more_lawyers(1)
        self._set_policy("subsidy_due_months = 2")
        early = self._compute(date="2026-02-28")
        self.assertRegex(self._get_line(early, lawyer).exclusion_reason, "may be paid from 2026-03-01 on")
        early.action_cancel()
        self.assertTrue(self._get_line(self._compute(date="2026-03-01"), lawyer).included)

    def test_contract_without_policy(self):
        """O6: a contract that began when no policy was in force gives nothing, and the list says so."""
        lawyer = self._create_more_lawyers(1)
        self.env.flush_all()
        self.env.cr.execute("UPDATE legal_aid_contract SET policy_id = NULL WHERE volunteer_id = %s", [lawyer.id])
        self.env.invalidate_all()
        line = self._get_line(self._compute(), lawyer)
        self.assertEqual((line.included, line.amount), (False, 0))
        self.assertRegex(line.exclusion_reason, "No policy was in force when .* began on 2026-01-01")


@tagged("post_install", "-at_install")
class TestSubsidyRuns(LegalAidSubsidyCommon):
    def test_difference_from_last_computation(self):
        """M4: who came in, went out or gets another amount is told, in numbers; each computation stays on record."""
        first, second, third = self._create_more_lawyers(3)
        third.bank_account_number = False
        payout = self._compute()
        self.assertFalse(payout.changes)
        first.contract_ids.with_user(self.city_officer).action_terminate(reason_code="request", date="2026-02-28")
        second.is_public_servant = True
        self._give_account(third, 300)
        payout.action_compute()
        self.assertEqual(
            payout.changes, "1 came in, 1 went out, 1 with another amount, 0 unchanged; total -833.33 yuan."
        )
        self.assertIn(payout.changes, payout.message_ids[0].body)
        runs = payout.run_ids.sorted("number")
        self.assertEqual((runs.mapped("number"), runs.mapped("amount_total")), ([1, 2], [2000, 1166.67]))
        self.assertEqual(runs.mapped("is_reproduced"), [True, True])

    def test_runs_are_never_changed(self):
        """M4: written by computing only, by nobody else and never again."""
        self._create_more_lawyers(1)
        run = self._compute().run_ids
        for user in (self.city_officer, self.city_finance, self.auditor, self.env.ref("base.user_root")):
            mine = run.with_user(user)
            for step in (
                lambda mine=mine: mine.write({"amount_total": 0}),
                lambda mine=mine: mine.unlink(),
                lambda mine=mine: mine.create({"payout_id": run.payout_id.id, "number": 9, "result": []}),
                lambda mine=mine: mine.with_context(legal_aid_workflow=True).create(
                    {"payout_id": run.payout_id.id, "number": 9, "result": []}
                ),
            ):
                with self.assertRefused(AccessError):
                    step()
        with self.assertRefused(AccessError):
            run.with_user(self.a_officer).read(["facts"])

    def test_three_years(self):
        """M1, M4: the lists of three years stay as they were, and come out of their kept facts to the cent, whatever changed since."""
        stays, leaves, late = self._create_more_lawyers(3)
        payouts = self.env["legal.aid.payout"]
        payouts |= self._compute_year(2026, TODAY)
        leaves.contract_ids.with_user(self.city_officer).action_terminate(reason_code="request", date="2026-02-28")
        with freeze_time("2027-03-02 02:00:00"):
            self._appoint(stays | late, "2027-01-01")
            payouts |= self._compute_year(2027, "2027-03-02")
        before = [self._describe(payout) for payout in payouts]
        with freeze_time("2028-03-02 02:00:00"):
            self._create_next_policy()
            self._appoint(stays, "2028-01-01")
            payouts |= self._compute_year(2028, "2028-03-02")
        # Everything that the decisions rested on is another one now.
        self._set_policy("annual_subsidy = 1, subsidy_on_early_exit = 'none', subsidy_requires_ledger = false")
        stays.partner_id.name = "改名律师"
        stays.is_public_servant = True
        late.license_valid_until = "2020-01-01"
        self.env["legal.aid.ledger"].search([("volunteer_id", "in", (stays | late).ids)])._workflow_write(
            {"state": "draft"}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual([self._describe(payout) for payout in payouts[:2]], before)
        self.assertEqual([payout.amount_total for payout in payouts], [3000, 2000, 1200])
        for payout in payouts:
            self.assertEqual(payout.run_ids.mapped("is_reproduced"), [True], payout.service_year)
        lines = [self._get_line(payout, stays) for payout in payouts]
        self.assertEqual([line.change for line in lines], ["new", "same", "more"])
        self.assertEqual([line.previous_amount for line in lines], [0, 1000, 1000])
        self.assertEqual({line.lawyer_name for line in lines}, {"测试律师000"})
        self.assertEqual(self._get_line(payouts[1], leaves).change, "gone")
        self.assertEqual(lines[2].contract_id.policy_id.document_number, "测工文〔2028〕1号")

    def _create_next_policy(self):
        self.env["legal.aid.policy"].create(
            {
                "name": "下期政策",
                "organization_id": self.city.id,
                "document_number": "测工文〔2028〕1号",
                "date_from": "2028-01-01",
                "date_to": "2030-12-31",
                "annual_subsidy": 1200,
                "subsidy_tax_treatment": "exempt",
            }
        )

    def _appoint(self, lawyers, start):
        for lawyer in lawyers:
            contract = (
                self.env["legal.aid.contract"]
                .with_user(self.city_officer)
                .create({"volunteer_id": lawyer.id, "organization_id": self.city.id, "date_start": start})
            )
            contract._workflow_write({"state": "active"})
            self.env["legal.aid.ledger"].create({"volunteer_id": lawyer.id, "year": int(start[:4])})._workflow_write(
                {"state": "submitted"}
            )

    def _compute_year(self, year, date):
        payout = self._compute(service_year=year, date=date)
        self._pay(payout, date)
        self.assertEqual(payout.state, "paid")
        return payout

    def _describe(self, payout):
        return [
            (line.lawyer_name, line.included, line.amount, line.exclusion_reason, line.contract_id.id)
            for line in payout.line_ids.sorted("id")
        ]


@tagged("post_install", "-at_install")
class TestChangedAccount(LegalAidSubsidyCommon):
    def test_flagged(self):
        """M4: an account that is another one than at the last payment is flagged, for subsidies and fees, by whichever payer."""
        lawyers = self._create_more_lawyers(2)
        self._pay(self._compute())
        changed, same = lawyers
        changed.bank_account_number = "6222020000000066666"
        for lawyer in lawyers:
            case = self._create_archived()
            case.sudo()._workflow_write({"volunteer_id": lawyer.id})
            self.approve(self._create_expense(case), self.a_officer, self.a_manager)
        payout = self._create_payout()
        payout.action_compute()
        self.assertEqual(
            [(self._get_line(payout, lawyer).account_changed) for lawyer in (changed, same)], [True, False]
        )
        self.assertEqual(payout.changed_account_count, 1)
        self.approve(payout, self.a_officer, self.a_manager)
        payout.with_user(self.a_finance).action_post(date=TODAY)
        changed.bank_account_number = "6222020000000000100"
        self._create_approved_expense()
        # Paid to the new account in the meantime, so the old one is the change now.
        case = self._create_archived()
        case.sudo()._workflow_write({"volunteer_id": changed.id})
        self.approve(self._create_expense(case), self.a_officer, self.a_manager)
        again = self._create_payout()
        again.action_compute()
        self.assertTrue(self._get_line(again, changed).account_changed)
        self.assertFalse(self._get_line(again, self.lawyer1).account_changed)


@tagged("post_install", "-at_install")
class TestBudget(LegalAidSubsidyCommon):
    def _create_budget(self, amount, union=None, user=None, **vals):
        budgets = self.env["legal.aid.budget"].with_user(user or self.a_finance)
        return budgets.create(
            {
                "organization_id": (union or self.county_a).id,
                "year": 2026,
                "amount": amount,
                "document_number": "测甲工预〔2026〕1号",
                **vals,
            }
        )

    def _prepare(self):
        self._create_approved_expense()
        payout = self._create_payout()
        payout.action_compute()
        return payout

    def test_no_budget(self):
        """M11: a payer without a budget on record is not held up; the list says so."""
        payout = self._prepare()
        self.assertEqual(payout.budget_level, "none")
        self.approve(payout, self.a_officer, self.a_manager)
        self.assertEqual(payout.state, "approved")

    def test_warned_at_the_boundary(self):
        """M11: from ninety percent on; 1600 of 1777.77 is over, of 1777.78 is not."""
        budget = self._create_budget(1777.78)
        payout = self._prepare()
        self.assertEqual(payout.budget_level, "fits")
        budget.amount = 1777.77
        payout.invalidate_recordset(["budget_level"])
        self.assertEqual(payout.budget_level, "near")
        self.approve(payout, self.a_officer, self.a_manager)
        self.assertEqual(payout.state, "approved")

    def test_stopped_beyond(self):
        """M11: exactly the budget passes, a cent more is stopped, with who may override."""
        budget = self._create_budget(1599.99)
        payout = self._prepare()
        self.assertEqual(payout.budget_level, "over")
        with self.assertRefused(UserError, "beyond the budget.*t_a_manager may override"):
            payout.action_request_approval()
        budget.amount = 1600
        payout.invalidate_recordset(["budget_level"])
        self.assertEqual(payout.budget_level, "near")
        payout.action_request_approval()
        budget.amount = 1599.99
        with self.assertRefused(UserError, "beyond the budget"):
            payout.with_user(self.a_manager).action_approve()
        self.assertEqual(payout.state, "computed")

    def test_used_by_what_was_approved_before(self):
        """M11: approved lists count as well as paid ones, other years and other payers do not."""
        budget = self._create_budget(3200)
        self._create_budget(1, self.county_b, self.b_finance)
        self._create_budget(1, year=2027)
        first = self._prepare()
        self.approve(first, self.a_officer, self.a_manager)
        self.assertEqual((budget.amount_spent, budget.amount_reserved, budget.amount_left), (0, 1600, 1600))
        first.with_user(self.a_finance).action_post(date=TODAY)
        budget.invalidate_recordset()
        self.assertEqual((budget.amount_spent, budget.amount_reserved, budget.amount_left), (1600, 0, 1600))
        second = self._prepare()
        self.approve(second, self.a_officer, self.a_manager)
        third = self._prepare()
        with self.assertRefused(UserError, "beyond the budget"):
            third.action_request_approval()
        second.with_user(self.a_finance).action_post(date=TODAY)
        second.with_user(self.a_finance).action_reverse(reason_code="other")
        third.action_compute()
        self.assertEqual(third.amount_total, 3200)

    def test_override(self):
        """M11: a leader of the payer lets it pass, with a coded reason; a list computed again needs a new look."""
        self._create_budget(1000)
        payout = self._prepare()
        for user in (self.a_officer, self.a_finance, self.b_manager, self.city_manager, self.auditor):
            with self.assertRefused(AccessError):
                payout.with_user(user).action_override_budget(reason_code="urgent")
        manager = payout.with_user(self.a_manager)
        self.assertEqual(
            (manager.can_override_budget, payout.with_user(self.a_officer).can_override_budget), (True, False)
        )
        self.assertEqual(manager.action_override_budget()["res_model"], "legal.aid.reason.dialog")
        with self.assertRefused(UserError):
            manager.action_override_budget(reason_code="whatever")
        manager.action_override_budget(reason_code="urgent", note="农民工工资")
        self.assertRecordValues(
            payout,
            [
                {
                    "budget_override_by_id": self.a_manager.id,
                    "budget_override_amount": 1600,
                    "budget_override_note": "农民工工资",
                    "budget_override_date": Date.to_date(TODAY),
                }
            ],
        )
        payout.action_compute()
        with self.assertRefused(UserError, "beyond the budget"):
            payout.action_request_approval()
        manager.action_override_budget(reason_code="urgent")
        self.approve(payout, self.a_officer, self.a_manager)
        payout.with_user(self.a_finance).action_post(date=TODAY)
        self.assertEqual(payout.state, "paid")
        with self.assertRefused(UserError):
            manager.action_override_budget(reason_code="urgent")

    def test_who_overrides_is_policy(self):
        """M11: the policy may leave it to the city's leaders, to nobody, or only warn."""
        self._create_budget(1000)
        self.city_manager.company_ids |= self.county_a_books
        payout = self._prepare()
        self._set_policy("budget_override_by = 'nobody'")
        with self.assertRefused(UserError, "Nobody may override"):
            payout.action_request_approval()
        with self.assertRefused(AccessError):
            payout.with_user(self.a_manager).action_override_budget(reason_code="urgent")
        self._set_policy("budget_override_by = 'city_manager'")
        with self.assertRefused(AccessError):
            payout.with_user(self.a_manager).action_override_budget(reason_code="urgent")
        payout.with_user(self.city_manager).action_override_budget(reason_code="urgent")
        payout.action_request_approval()
        payout.action_compute()
        self._set_policy("budget_excess = 'warn'")
        self.assertEqual(payout.budget_level, "over")
        self.approve(payout, self.a_officer, self.a_manager)
        self.assertEqual(payout.state, "approved")

    def test_paid_in_another_year(self):
        """M11: a list approved in one year draws on the budget of the year in which it is paid."""
        self._create_budget(5000)
        self._create_budget(100, year=2027)
        payout = self._prepare()
        self.approve(payout, self.a_officer, self.a_manager)
        with self.assertRefused(UserError, "Budget 2027"):
            payout.with_user(self.a_finance).action_post(date="2027-01-04")
        self.assertFalse(payout.move_id)

    def test_doors(self):
        """M11: an override is written by its button only; a budget by finance of the payer; one that is drawn on stays."""
        budget = self._create_budget(1000)
        payout = self._prepare()
        for vals in (
            {"budget_override_amount": 9999},
            {"budget_override_by_id": self.a_manager.id},
            {"budget_override_reason_id": self.env.ref("union_legal_aid.reason_budget_other").id},
        ):
            with self.assertRefused(AccessError):
                payout.write(vals)
        for user in (self.a_officer, self.a_manager, self.b_finance, self.auditor):
            with self.assertRefused(AccessError):
                budget.with_user(user).write({"amount": 9999})
        budget.amount = 1600
        self.approve(payout, self.a_officer, self.a_manager)
        for step in (budget.unlink, lambda: budget.write({"year": 2027})):
            with self.assertRefused(Exception, "drawn on already"):
                step()

    def test_payer_without_books(self):
        """M11: also an office without accounting has its budget, checked when it confirms in another year."""
        case = self._create_case(self.b_officer, employer_place_id=self.county_b.id)
        case.sudo()._workflow_write({"state": "archived", "granted_date": TODAY, "volunteer_id": self.lawyer2.id})
        self.approve(self._create_expense(case, self.b_officer), self.b_officer, self.b_manager)
        self._create_budget(2000, self.county_b, self.b_finance)
        self._create_budget(10, self.county_b, self.b_finance, year=2027)
        payout = self._create_payout(payer=self.county_b, user=self.b_officer)
        payout.action_compute()
        self.approve(payout, self.b_officer, self.b_manager)
        receipt = self.env["ir.attachment"].with_user(self.b_finance).create({"name": "回单.pdf", "raw": b"%PDF-1.4"})
        with self.assertRefused(UserError, "Budget 2027"):
            payout.with_user(self.b_finance).action_confirm_paid(date="2027-01-04", evidence=receipt)
        payout.with_user(self.b_finance).action_confirm_paid(date=TODAY, evidence=receipt)
        self.assertEqual(payout.state, "paid")


@tagged("post_install", "-at_install")
class TestSubsidyAfterAssessment(LegalAidSubsidyCommon):
    """M1, T10: the subsidy follows the assessment that both bodies signed, as the policy says."""

    def setUp(self):
        super().setUp()
        self.lawyer = self._create_more_lawyers(1)

    def _assess(self, outcome, state="signed"):
        record = (
            self.env["legal.aid.assessment"]
            .with_user(self.city_officer)
            .create({"volunteer_id": self.lawyer.id})
            .sudo()
        )
        record.write({"outcome": outcome})
        record._workflow_write({"state": state})
        return record

    def _get(self, **vals):
        return self._get_line(self._compute(**vals), self.lawyer)

    def test_end(self):
        """M1: an early end by assessment leaves the lawyer out, with the reason."""
        self._assess("end")
        line = self._get()
        self.assertFalse(line.included)
        self.assertRegex(line.exclusion_reason, "ended with “end early”")

    def test_kept(self):
        """M1: kept on, or asked to improve, or not assessed yet: paid, once the ledger is in."""
        self.assertEqual(self._get().amount, 1000)
        self.env["legal.aid.payout"].search([]).filtered(lambda payout: payout.state == "computed").action_cancel()
        self._assess("improve")
        self.assertEqual(self._get().amount, 1000)

    def test_one_signature_is_none(self):
        """M1, T10: what only the city signed stops nothing."""
        self._assess("end", state="cosign")
        self.assertTrue(self._get().included)

    def test_policy(self):
        """M1: a policy may wait for the assessment, or not ask for it at all."""
        self._set_policy("subsidy_assessment = 'signed'")
        payout = self._compute()
        self.assertRegex(self._get_line(payout, self.lawyer).exclusion_reason, "not signed by both bodies yet")
        self._assess("renew")
        payout.action_compute()
        self.assertTrue(self._get_line(payout, self.lawyer).included)

    def test_policy_that_does_not_ask(self):
        """M1: by another policy the assessment does not touch the subsidy."""
        self._set_policy("subsidy_assessment = 'ignored'")
        self._assess("end")
        self.assertTrue(self._get().included)

    def test_facts_of_earlier_runs(self):
        """M1: runs that were kept before assessments existed give the same list again."""
        payout = self._compute()
        run = self.env["legal.aid.payout.run"].search([("payout_id", "=", payout.id)], limit=1)
        facts = run.facts
        for lawyer in facts["lawyers"]:
            for contract in lawyer["contracts"]:
                contract.pop("assessment")
                contract["policy"].pop("assessment")
        old = {lawyer["id"]: subsidy.decide(lawyer, 2026, payout.date) for lawyer in facts["lawyers"]}
        self.assertEqual(float(old[self.lawyer.id].amount), 1000)
