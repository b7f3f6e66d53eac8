from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .casework_common import TODAY
from .money_common import LegalAidMoneyCommon


@tagged("post_install", "-at_install")
class TestFeePayout(LegalAidMoneyCommon):
    def test_approved_fees_of_this_payer(self):
        """M2, M4: what is approved for this payer and stands on no list; nothing else."""
        approved = self._create_approved_expense()
        submitted = self._create_expense()
        submitted.action_request_approval()
        payout = self._create_payout()
        payout.action_compute()
        self.assertRecordValues(
            payout.line_ids,
            [
                {
                    "allocation_id": approved.allocation_ids.id,
                    "volunteer_id": self.lawyer1.id,
                    "case_number": approved.case_number,
                    "amount": 1600,
                    "tax_amount": 0,
                    "amount_net": 1600,
                    "included": True,
                    "state": "pending",
                    "is_live": True,
                }
            ],
        )
        self.assertRecordValues(
            payout,
            [
                {
                    "state": "computed",
                    "amount_total": 1600,
                    "line_count": 1,
                    "excluded_count": 0,
                    "tax_treatment": "exempt",
                }
            ],
        )
        self.assertEqual(payout.amount_total_capitals, payout.currency_id.amount_to_text(1600))
        self.assertEqual((approved.state, submitted.state), ("in_payout", "submitted"))

    def test_nothing_to_pay(self):
        payout = self._create_payout()
        with self.assertRefused(UserError, "No approved fee waits for a payment by 测试甲县总工会"):
            payout.action_compute()
        self.assertEqual(payout.state, "draft")

    def test_second_list_finds_nothing(self):
        """M4: what stands on one list stands on no other; giving the list up frees it."""
        self._create_approved_expense()
        first = self._create_payout()
        first.action_compute()
        second = self._create_payout()
        with self.assertRefused(UserError, "No approved fee"):
            second.action_compute()
        first.action_cancel()
        second.action_compute()
        self.assertEqual((second.amount_total, first.line_ids.is_live), (1600, False))

    def test_computed_again(self):
        """M4: the rehearsal may be repeated; what is new comes in, a running request is void, the difference is on record."""
        self._create_approved_expense()
        payout = self._create_payout()
        payout.action_compute()
        payout.action_request_approval()
        later = self._create_approved_expense()
        payout.action_compute()
        self.assertEqual((payout.line_count, payout.approval_state), (2, "none"))
        self.assertIn(later.allocation_ids, payout.line_ids.allocation_id)
        with self.assertRefused(UserError):
            payout.with_user(self.a_manager).action_approve()
        bodies = " ".join(payout.message_ids.mapped("body"))
        self.assertIn("Before", bodies)
        self.assertNotIn(self.lawyer1.name, bodies)

    def test_share_once_in_the_database(self):
        """Exactly once: the index refuses what two people did at the same moment."""
        self._create_approved_expense()
        line = self._create_approved_payout().line_ids
        twin = self._create_payout()
        with mute_logger("odoo.sql_db"), self.assertRaisesRegex(IntegrityError, "share_once"), self.env.cr.savepoint():
            line._row_env().create(
                {
                    "payout_id": twin.id,
                    "volunteer_id": line.volunteer_id.id,
                    "allocation_id": line.allocation_id.id,
                    "amount": 1600,
                }
            )

    def test_no_bank_account(self):
        """Done when: an error that names the lawyer and the way out, and nothing is lost; with others on the list he is out."""
        expense = self._create_approved_expense()
        self.lawyer1.bank_account_number = False
        payout = self._create_payout()
        with self.assertRefused(UserError, "t_lawyer1 has no bank account.*Team"):
            payout.action_compute()
        self.assertEqual((payout.state, expense.state), ("draft", "approved"))
        other = self._create_more_lawyers(1)
        case = self._create_archived()
        case.sudo()._workflow_write({"volunteer_id": other.id})
        self.approve(self._create_expense(case), self.a_officer, self.a_manager)
        payout.action_compute()
        self.assertEqual(payout.line_ids.filtered("included").volunteer_id, other)
        out = payout.line_ids.filtered(lambda line: not line.included)
        self.assertEqual((out.volunteer_id, out.state, out.is_live), (self.lawyer1, False, False))
        self.assertIn("bank account", out.exclusion_reason)
        self._give_account(self.lawyer1, 1)
        payout.action_compute()
        self.assertEqual((payout.line_count, payout.excluded_count, expense.state), (2, 0, "in_payout"))

    def test_account_lost_before_approval(self):
        """The account on the list is a frozen copy; a line that has none is not approved."""
        self._create_approved_expense()
        payout = self._create_payout()
        payout.action_compute()
        self.lawyer1.bank_account_number = "6222020000000099999"
        self.assertEqual(payout.line_ids.sudo().bank_account_number, "6222020000000000001")
        payout.line_ids._row_env().write({"bank_account_number": False})
        with self.assertRefused(UserError, "t_lawyer1 has no bank account"):
            payout.action_request_approval()

    def test_requester_never_approves(self):
        """M5, also when finance hands the list in."""
        self._create_approved_expense()
        payout = self._create_payout(user=self.a_finance)
        payout.action_compute()
        payout.action_request_approval()
        for user in (self.a_finance, self.a_officer, self.b_manager, self.auditor):
            with self.assertRefused(AccessError):
                payout.with_user(user).action_approve()
        payout.with_user(self.a_manager).action_approve()
        self.assertEqual(payout.state, "approved")

    def test_rejected_list_is_computed_again(self):
        self._create_approved_expense()
        payout = self._create_payout()
        payout.action_compute()
        payout.action_request_approval()
        payout.with_user(self.a_manager).action_reject(note="金额有疑问")
        self.assertEqual((payout.state, payout.approval_state), ("computed", "rejected"))
        payout.action_compute()
        self.approve(payout, self.a_officer, self.a_manager)
        self.assertEqual(payout.state, "approved")

    def test_cancel(self):
        """An approved list is given up with a note; a paid one only by reversal."""
        expense = self._create_approved_expense()
        payout = self._create_approved_payout()
        self.assertEqual(payout.action_cancel()["res_model"], "legal.aid.reason.dialog")
        payout.action_cancel(note="重复")
        self.assertEqual((payout.state, expense.state), ("cancelled", "approved"))
        paid = self._create_approved_payout()
        paid.with_user(self.a_finance).action_post(date=TODAY)
        with self.assertRefused(UserError, "Paid"):
            paid.action_cancel(note="x")

    def test_doors(self):
        """Rule 1: state, list, sums, tax and ledger change only by steps, whatever the door."""
        self._create_approved_expense()
        payout = self._create_payout()
        payout.action_compute()
        payouts = self.env["legal.aid.payout"].with_user(self.a_officer)
        base = {"kind": "expense", "organization_id": self.county_a.id, "date": TODAY}
        move = self.env["account.move"].search([], limit=1)
        for vals in (
            {"state": "approved"},
            {"state": "paid"},
            {"approval_state": "approved"},
            {"tax_treatment": "exempt"},
            {"company_id": self.city_books.id},
            {"amount_total": 1},
            {"line_count": 7},
            {"name": "发放〔2026〕9999号"},
            {"bank_file_name": "x"},
            {"paid_by_id": self.a_officer.id},
            {"evidence_ids": [Command.create({"name": "x"})]},
            {"line_ids": [Command.create({"volunteer_id": self.lawyer1.id, "amount": 1})]},
            {"move_id": move.id or 1},
        ):
            with self.subTest(vals=vals):
                for step in (
                    lambda vals=vals: payout.write(vals),
                    lambda vals=vals: payout.with_context(legal_aid_workflow=True).write(vals),
                    lambda vals=vals: payouts.create({**base, **vals}),
                    lambda vals=vals: payouts.with_context(**{f"default_{n}": v for n, v in vals.items()}).create(base),
                ):
                    with self.assertRefused(AccessError):
                        step()
        copy = payout.copy()
        self.assertEqual((copy.state, copy.line_ids.ids, copy.approval_state), ("draft", [], "none"))
        self.assertNotEqual(copy.name, payout.name)
        result = payouts.load(
            ["kind", "organization_id/.id", "state"], [["expense", str(self.county_a.id), "approved"]]
        )
        self.assertFalse(result["ids"])

    def test_line_doors(self):
        """Nobody writes a line: not the officer, not finance, not the system's own user."""
        self._create_approved_expense()
        payout = self._create_approved_payout()
        line = payout.line_ids
        for user in (self.a_officer, self.a_manager, self.a_finance, self.env.ref("base.user_root")):
            mine = line.with_user(user)
            for step in (
                lambda mine=mine: mine.write({"amount": 99999}),
                lambda mine=mine: mine.write({"state": "paid"}),
                lambda mine=mine: mine.write({"bank_account_number": "6222020000000088888"}),
                lambda mine=mine: mine.write({"included": False, "exclusion_reason": "x"}),
                lambda mine=mine: mine.with_context(legal_aid_workflow=True).write({"amount": 1}),
                lambda mine=mine: mine.create({"payout_id": payout.id, "volunteer_id": self.lawyer2.id, "amount": 1}),
                lambda mine=mine: mine.copy(),
                lambda mine=mine: mine.unlink(),
            ):
                with self.assertRefused(AccessError):
                    step()
        with self.assertRefused(UserError):
            payout.with_user(self.a_officer).unlink()

    def test_frozen_facts(self):
        self._create_approved_expense()
        payout = self._create_payout()
        payout.action_compute()
        for vals in ({"kind": "subsidy"}, {"organization_id": self.county_b.id}, {"service_year": 2026}):
            with self.assertRefused(UserError):
                payout.write(vals)

    def test_several_cases_of_one_lawyer(self):
        """DESIGN money/: one payment and one payable line for each lawyer, however many fees it holds."""
        expenses = self._create_approved_expense() | self._create_approved_expense()
        payout = self._create_approved_payout()
        self.assertEqual(payout.line_count, 2)
        payout.with_user(self.a_finance).action_post(date=TODAY)
        payable = payout.move_id.line_ids.filtered("credit")
        self.assertRecordValues(payable, [{"credit": 3200, "reconciled": True}])
        self.assertEqual(expenses.mapped("state"), ["paid", "paid"])

    def test_queries_do_not_grow(self):
        """Rule 8: three lines or ten, the list costs the same number of queries beyond what create and write cost."""
        lawyers = self._create_more_lawyers(10)
        counts = []
        for number in (3, 10):
            for lawyer in lawyers[:number]:
                case = self._create_archived()
                case.sudo()._workflow_write({"volunteer_id": lawyer.id})
                self.approve(self._create_expense(case), self.a_officer, self.a_manager)
            payout = self._create_payout()
            counts.append(self._count_queries(payout.action_compute))
            self.assertEqual(payout.line_count, number)
        self.assertLessEqual(counts[1] - counts[0], 2 * 7, counts)


@tagged("post_install", "-at_install")
class TestSubsidyPayout(LegalAidMoneyCommon):
    def _get_lines(self, payout):
        return {line.volunteer_id: line for line in payout.line_ids}

    def _compute(self, **vals):
        payout = self._create_payout("subsidy", **vals)
        payout.action_compute()
        return payout

    def test_every_lawyer_in_or_out(self):
        """M1, M4: everybody of the team is listed, with an amount or with the reason; nobody else is."""
        ready, servant, suspended, expired, poor, late = self._create_more_lawyers(6)
        servant.is_public_servant = True
        suspended.with_user(self.city_officer).action_suspend(reason_code="request")
        expired.license_valid_until = "2026-03-01"
        poor.bank_account_number = False
        self.env["legal.aid.ledger"].search([("volunteer_id", "=", late.id)])._workflow_write({"state": "draft"})
        candidate = self.env["legal.aid.volunteer"].create(
            {"partner_id": self.env["res.partner"].create({"name": "候选人"}).id, "organization_id": self.city.id}
        )
        firm = self.env["res.partner"].create({"name": "律所", "is_company": True})
        staff = self.env["legal.aid.volunteer"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "工作人员"}).id,
                "organization_id": self.city.id,
                "kind": "staff",
            }
        )
        lines = self._get_lines(self._compute())
        self.assertEqual({lawyer for lawyer, line in lines.items() if line.included}, {ready})
        self.assertEqual(lines[ready].amount, 1000)
        for lawyer, words in (
            (servant, "public servant"),
            (suspended, "suspended"),
            (expired, "licence"),
            (poor, "no bank account"),
            (late, "ledger"),
            (candidate, "no approved contract"),
            (self.lawyer1, "ledger"),
        ):
            self.assertRegex(lines[lawyer].exclusion_reason, words)
            self.assertIn(lawyer.name, lines[lawyer].exclusion_reason)
            self.assertFalse(lines[lawyer].amount)
        self.assertNotIn(staff, lines)
        self.assertTrue(firm)

    def test_licence_on_its_last_day(self):
        """T4: valid until the day of payment is valid."""
        lawyer = self._create_more_lawyers(1)
        lawyer.license_valid_until = TODAY
        self.assertTrue(self._get_lines(self._compute())[lawyer].included)

    def test_ledger_not_asked_for(self):
        self._set_policy("subsidy_requires_ledger = false")
        self.assertTrue(self._get_lines(self._compute())[self.lawyer1].included)

    def _set_policy(self, assignment):
        # A used policy is frozen; here the city's policy is another one from the start.
        self.env.cr.execute(f"UPDATE legal_aid_policy SET {assignment} WHERE id = %s", [self.policy.id])
        self.policy.invalidate_recordset()

    def test_once_a_year(self):
        """M1: running it again pays nobody twice, and says on which payout the lawyer is."""
        lawyer = self._create_more_lawyers(1)
        paid = self._create_approved_payout("subsidy")
        paid.with_user(self.city_finance).action_post(date=TODAY)
        again = self._compute()
        line = self._get_lines(again)[lawyer]
        self.assertFalse(line.included)
        self.assertIn(paid.name, line.exclusion_reason)
        with self.assertRefused(UserError, "Nobody is paid"):
            again.action_request_approval()
        other_year = self._compute(service_year=2027)
        self.assertFalse(self._get_lines(other_year)[lawyer].included)

    def test_once_a_year_in_the_database(self):
        """Exactly once: the index refuses a second live line of the same lawyer and year, and allows one after a reversal."""
        lawyer = self._create_more_lawyers(1)
        payout = self._create_approved_payout("subsidy")
        payout.with_user(self.city_finance).action_post(date=TODAY)
        twin = self._create_payout("subsidy")
        rows = self.env["legal.aid.payout.line"]._row_env()
        vals = {"payout_id": twin.id, "volunteer_id": lawyer.id, "amount": 1000}
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(IntegrityError, "subsidy_once"),
            self.env.cr.savepoint(),
        ):
            rows.create(vals)
        payout.with_user(self.city_finance).action_reverse(reason_code="other", note="误付")
        self.env.flush_all()
        rows.create(vals)
        self.assertEqual(payout.line_ids.filtered("included").mapped("state"), ["reversed"])

    def test_one_contract_or_two(self):
        """M1: once a year, whatever contracts the lawyer had in it."""
        lawyer = self._create_more_lawyers(1)
        first = lawyer.contract_ids
        first.with_user(self.city_officer).action_terminate(reason_code="request", date="2026-02-28")
        second = (
            self.env["legal.aid.contract"]
            .with_user(self.city_officer)
            .create({"volunteer_id": lawyer.id, "organization_id": self.city.id, "date_start": "2026-03-01"})
        )
        self.approve(second, self.city_officer, self.city_manager)
        line = self._get_lines(self._compute())[lawyer]
        self.assertEqual((line.included, line.amount, line.contract_id), (True, 1000, second))

    def test_early_exit_by_full_months(self):
        """Default of the documents' silence: two full months of twelve; a day less is one."""
        lawyers = self._create_more_lawyers(3)
        for lawyer, last_day in zip(lawyers, ("2026-02-28", "2026-02-27", "2026-01-30"), strict=True):
            lawyer.contract_ids.with_user(self.city_officer).action_terminate(reason_code="request", date=last_day)
        lines = self._get_lines(self._compute())
        self.assertEqual([lines[lawyer].amount for lawyer in lawyers], [166.67, 83.33, 0])
        self.assertRegex(lines[lawyers[2]].exclusion_reason, "0 full months")

    def test_removed(self):
        """Default: after a removal nothing, unless the policy gives the full months."""
        lawyer = self._create_more_lawyers(1)
        lawyer.contract_ids.with_user(self.city_officer).action_terminate(reason_code="removal", date="2026-02-28")
        payout = self._compute()
        self.assertRegex(self._get_lines(payout)[lawyer].exclusion_reason, "removed on 2026-02-28")
        self._set_policy("subsidy_on_removal = 'months'")
        payout.action_compute()
        self.assertEqual(self._get_lines(payout)[lawyer].amount, 166.67)

    def test_no_policy(self):
        """O6: no policy in the service year, no subsidy; never an old figure."""
        for year in (2024, 2028):
            payout = self._create_payout("subsidy", service_year=year)
            with self.assertRefused(UserError, f"No policy is in force for 测试市总工会 on {year}"):
                payout.action_compute()
            self.assertEqual(payout.state, "draft")

    def test_city_only(self):
        """O3: a county pays no subsidies, and its officers do not make the city's list."""
        with self.assertRefused(ValidationError, "测试市总工会"):
            self._create_payout("subsidy", payer=self.county_a, user=self.a_officer)
        with self.assertRefused(AccessError):
            self._create_payout("subsidy", user=self.a_officer)

    def test_service_year_needed(self):
        """Of this year when nothing is said; a year that cannot be is refused by the database."""
        payout = self.env["legal.aid.payout"].create({"kind": "subsidy", "organization_id": self.city.id})
        self.assertEqual(payout.service_year, 2026)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._create_payout("subsidy", service_year=26)

    def test_approved_by_the_city(self):
        self._create_more_lawyers(1)
        payout = self._compute()
        payout.action_request_approval()
        with self.assertRefused(AccessError):
            payout.with_user(self.city_finance).action_approve()
        payout.with_user(self.city_manager).action_approve()
        self.assertEqual(payout.state, "approved")

    # Tax

    def _unset_tax(self):
        self._set_policy("subsidy_tax_treatment = NULL")

    def test_posting_waits_for_the_treatment(self):
        """M9: neither bank file nor posting before finance chose; the choice stands on the policy."""
        self._unset_tax()
        self._create_more_lawyers(1)
        payout = self._create_approved_payout("subsidy")
        self.assertEqual(payout.tax_treatment, "unset")
        finance = payout.with_user(self.city_finance)
        for step in (finance.action_export_bank_file, lambda: finance.action_post(date=TODAY)):
            with self.assertRefused(UserError, "tax treatment"):
                step()
        for user in (self.city_officer, self.city_manager, self.a_finance):
            with self.assertRefused(AccessError):
                payout.with_user(user).action_choose_tax_treatment("exempt")
        finance.action_choose_tax_treatment("exempt")
        self.assertEqual(
            (self.policy.subsidy_tax_treatment, payout.tax_treatment, payout.amount_net), ("exempt", "exempt", 1000)
        )
        finance.action_post(date=TODAY)
        self.assertEqual(payout.state, "paid")

    def test_chosen_on_the_policy_meanwhile(self):
        self._unset_tax()
        self._create_more_lawyers(1)
        payout = self._create_approved_payout("subsidy")
        self.policy.with_user(self.city_finance).action_choose_taxable()
        payout.with_user(self.city_finance).action_post(date=TODAY)
        self.assertEqual((payout.tax_treatment, payout.amount_net), ("taxable", 960))

    def test_taxable(self):
        """M9, F§2: of 1000 yuan 40 are withheld and 960 paid; the 40 stay on 215 as an open credit to the tax bureau."""
        self._set_policy("subsidy_tax_treatment = 'taxable'")
        lawyer = self._create_more_lawyers(1)
        payout = self._create_approved_payout("subsidy")
        line = self._get_lines(payout)[lawyer]
        self.assertEqual((line.amount, line.tax_amount, line.amount_net), (1000, 40, 960))
        payout.with_user(self.city_finance).action_post(date=TODAY)
        rows = payout.move_id.line_ids.mapped(lambda row: (row.account_id.code, row.debit, row.credit, row.reconciled))
        self.assertCountEqual(rows, [("50403", 1000, 0, False), ("215", 0, 960, True), ("215", 0, 40, False)])
        tax = payout.move_id.line_ids.filtered(lambda row: row.credit == 40)
        self.assertEqual(tax.partner_id, self.env.ref("union_legal_aid.partner_tax_bureau"))
        self.assertEqual(payout.bank_move_id.line_ids.filtered("credit").credit, 960)
        self.assertEqual((payout.state, line.state), ("paid", "paid"))

    def test_taxed_per_person_and_month(self):
        """M9: what one payer pays one person in a month is added up: 800 and 800 are taxed as 1600, in the next month anew."""
        self._set_policy("subsidy_tax_treatment = 'taxable'")
        lawyer = self._create_more_lawyers(1)
        fee = self._pay_taxable_fee(lawyer, 2000)
        self.assertEqual((fee.amount_tax, fee.state), (240, "paid"))
        payout = self._create_approved_payout("subsidy")
        self.assertEqual(payout.line_ids.filtered("included").tax_amount, 200)
        payout.with_user(self.city_finance).action_export_bank_file()
        with self.assertRefused(UserError, "another tax"):
            payout.with_user(self.city_finance).action_post(date="2026-04-01")
        payout.with_user(self.city_finance).date = "2026-04-01"
        payout.with_user(self.city_finance).action_export_bank_file()
        payout.with_user(self.city_finance).action_post(date="2026-04-01")
        self.assertEqual((payout.amount_tax, payout.state), (40, "paid"))

    def _pay_taxable_fee(self, lawyer, amount):
        """A fee of the city itself that finance sets to taxable, with direct costs that are not."""
        case = self._create_case(
            self.city_officer,
            employer_place_id=False,
            employer_organization_id=self.enterprise_city.id,
            service_form="litigation",
        )
        case.sudo()._workflow_write({"state": "archived", "granted_date": TODAY, "volunteer_id": lawyer.id})
        expense = self._create_expense(case, self.city_officer)
        expense.line_ids = [Command.create(self._prepare_cost(100))]
        self.approve(expense, self.city_officer, self.city_manager)
        payout = self._create_payout(payer=self.city, user=self.city_officer)
        payout.action_compute()
        self.assertEqual((payout.tax_treatment, payout.line_ids.labour_amount), ("exempt", amount))
        self.approve(payout, self.city_officer, self.city_manager)
        payout.with_user(self.city_finance).action_choose_tax_treatment("taxable")
        payout.with_user(self.city_finance).action_post(date=TODAY)
        return payout

    def test_queries_do_not_grow(self):
        """Rule 8: three lawyers or ten."""
        self._create_more_lawyers(3)
        first = self._create_payout("subsidy")
        few = self._count_queries(first.action_compute)
        first.action_cancel()
        partner = self.env["res.partner"]
        for number in range(7):
            self.env["legal.aid.volunteer"].create(
                {"partner_id": partner.create({"name": f"甲{number}"}).id, "organization_id": self.city.id}
            )
        second = self._create_payout("subsidy")
        many = self._count_queries(second.action_compute)
        self.assertEqual(len(second.line_ids) - len(first.line_ids), 7)
        self.assertLessEqual(many - few, 7, (few, many))
