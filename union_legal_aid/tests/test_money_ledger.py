from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date
from odoo.tests import tagged

from .casework_common import TODAY
from .money_common import LegalAidMoneyCommon


@tagged("post_install", "-at_install")
class TestPosting(LegalAidMoneyCommon):
    def _search_rows(self, code, books=None):
        """Ledger rows on the account with ``code``; codes are each company's own."""
        books = books or self.county_a_books
        rows = self.env["account.move.line"].with_company(books).search([("company_id", "=", books.id)])
        found = rows.filtered(lambda row: row.account_id.code == code)
        self.assertTrue(found)
        return found

    def _get_rows(self, move):
        return move.with_company(move.company_id).line_ids.mapped(
            lambda row: (row.account_id.code, row.partner_id, row.debit, row.credit)
        )

    def test_two_entries_of_one_day(self):
        """M6: one voucher and one bank entry of the same date in the county's books, all reconciled; line, fee, payout paid."""
        expense = self._create_approved_expense()
        payout = self._create_approved_payout()
        payout.with_user(self.a_finance).action_post(date="2026-03-05")
        self.assertEqual(payout.company_id, self.county_a_books)
        voucher, bank = payout.move_id, payout.bank_move_id
        books = self.env["account.move"].search([("company_id", "=", self.county_a_books.id)])
        self.assertEqual(books, voucher | bank)
        self.assertFalse(self.env["account.move"].search([("company_id", "=", self.city_books.id)]))
        self.assertEqual({*books.mapped("date"), payout.date}, {Date.to_date("2026-03-05")})
        self.assertEqual(set(books.mapped("state")), {"posted"})
        self.assertEqual(set(books.mapped("ref")), {payout.name})
        lawyer, nobody = self.lawyer1.partner_id, self.env["res.partner"]
        self.assertCountEqual(self._get_rows(voucher), [("50403", nobody, 1600, 0), ("215", lawyer, 0, 1600)])
        self.assertCountEqual(self._get_rows(bank), [("215", lawyer, 1600, 0), ("102", nobody, 0, 1600)])
        owed = self._search_rows("215")
        self.assertEqual(owed.mapped("reconciled"), [True, True])
        self.assertEqual(len(owed.full_reconcile_id), 1)
        self.assertEqual((payout.state, expense.state, payout.paid_by_id), ("paid", "paid", self.a_finance))
        line = payout.line_ids
        self.assertEqual((line.state, line.sudo().move_line_id), ("paid", owed.filtered("credit")))
        self.assertEqual(expense.allocation_ids.state, "paid")
        self.assertEqual(voucher.create_uid, self.a_finance)

    def test_analytic_by_jurisdiction(self):
        """M6: one debit line for each jurisdiction, at 100 %, with jurisdiction, project and economic class in one key."""
        self._give_books(self.county_b)
        zone = self._create_union(
            "测试新区工会", "T01Z", "zone", self.city, bears_case_expense=False, payer_organization_id=self.county_a.id
        )
        case = self._create_case(headcount=3)
        self.env["legal.aid.case.party"].create(
            {"case_id": case.id, "name": "甲", "organization_id": zone.id, "headcount": 1}
        )
        case.sudo()._workflow_write({"state": "archived", "granted_date": TODAY, "volunteer_id": self.lawyer1.id})
        self.approve(self._create_expense(case), self.a_officer, self.a_manager)
        payout = self._create_approved_payout()
        payout.with_user(self.a_finance).action_post(date=TODAY)
        debits = payout.move_id.line_ids.filtered("debit")
        self.assertEqual(sorted(debits.mapped("debit")), [533.33, 1066.67])
        for row in debits:
            self.assertEqual(list(row.analytic_distribution.values()), [100])
            accounts = row.distribution_analytic_account_ids
            self.assertEqual(
                accounts.plan_id,
                self.env.ref("l10n_cn_union.plan_jurisdiction")
                | self.env.ref("l10n_cn_union.plan_project")
                | self.env.ref("l10n_cn_union.plan_economic_class"),
            )
        names = debits.distribution_analytic_account_ids.mapped("name")
        self.assertLessEqual({self.county_a.name, zone.name}, set(names))
        self.assertEqual(self.county_a.analytic_account_id.name, self.county_a.name)
        self.assertEqual(debits.analytic_line_ids.mapped("amount"), [-row.debit for row in debits])

    def test_subsidy_in_the_citys_books(self):
        lawyers = self._create_more_lawyers(3)
        payout = self._create_approved_payout("subsidy")
        payout.with_user(self.city_finance).action_post(date=TODAY)
        voucher = payout.move_id
        self.assertEqual(voucher.company_id, self.city_books)
        self.assertEqual(voucher.line_ids.filtered("debit").mapped("debit"), [3000])
        credits = voucher.line_ids.filtered("credit")
        self.assertEqual(credits.partner_id, lawyers.partner_id)
        self.assertEqual(credits.mapped("reconciled"), [True] * 3)
        self.assertEqual(len(payout.bank_move_id.line_ids.filtered("credit")), 1)

    def test_who_may_not_post(self):
        """M6: finance of the payer only, and only an approved list."""
        self._create_approved_expense()
        payout = self._create_payout()
        payout.action_compute()
        with self.assertRefused(UserError, "Computed"):
            payout.with_user(self.a_finance).action_post(date=TODAY)
        self.approve(payout, self.a_officer, self.a_manager)
        for user in (
            self.a_officer,
            self.a_manager,
            self.b_finance,
            self.auditor,
            self.city_manager,
            self.lawyer1_user,
        ):
            with self.assertRefused(AccessError):
                payout.with_user(user).action_post(date=TODAY)
        with self.assertRefused(AccessError):
            payout.with_user(self.city_finance).action_post(date=TODAY)
        self.assertEqual((payout.state, payout.move_id.id), ("approved", False))
        dialog = payout.with_user(self.a_finance).action_post()
        self.assertEqual(dialog["res_model"], "legal.aid.payout.post")
        payout.with_user(self.a_finance).action_post(date=TODAY)
        with self.assertRefused(UserError, "Paid"):
            payout.with_user(self.a_finance).action_post(date=TODAY)

    def test_dialog(self):
        self._create_approved_expense()
        payout = self._create_approved_payout()
        dialog = self.env["legal.aid.payout.post"].with_user(self.a_finance).create({"payout_id": payout.id})
        self.assertEqual((dialog.date, dialog.journal_id.type), (payout.date, "bank"))
        dialog.action_confirm()
        self.assertEqual(payout.state, "paid")

    def test_bank_journal(self):
        """The journal may be chosen among the bank journals of the payer's books."""
        self._create_approved_expense()
        payout = self._create_approved_payout()
        foreign = self.env["account.journal"].search([("company_id", "=", self.city_books.id), ("type", "=", "bank")])
        general = self.env["account.journal"].search(
            [("company_id", "=", self.county_a_books.id), ("type", "=", "general")], limit=1
        )
        finance = payout.with_user(self.a_finance)
        for journal in (foreign, general):
            with self.assertRefused(UserError, "no bank journal"):
                finance.action_post(date=TODAY, journal_id=journal.sudo(False).with_env(self.env))
        second = self.env["account.journal"].create(
            {"name": "第二账户", "code": "BNK9", "type": "bank", "company_id": self.county_a_books.id}
        )
        finance.action_post(date=TODAY, journal_id=second.id)
        self.assertEqual(payout.bank_move_id.journal_id, second)
        self.assertEqual(payout.bank_move_id.line_ids.filtered("credit").account_id, second.default_account_id)

    def test_missing_account(self):
        """A chart without the account gives a clear error; an account chosen on the company is used instead."""
        self._create_approved_expense()
        payout = self._create_approved_payout()
        accounts = self.env["account.account"].with_company(self.county_a_books)
        account = accounts.search([("code", "=", "50403"), ("company_ids", "in", self.county_a_books.ids)])
        account.code = "50499"
        with self.assertRefused(UserError, "50403"):
            payout.with_user(self.a_finance).action_post(date=TODAY)
        self.assertFalse(self.env["account.move"].search([("company_id", "=", self.county_a_books.id)]))
        self.county_a_books.legal_aid_expense_account_id = account
        payout.with_user(self.a_finance).action_post(date=TODAY)
        self.assertEqual(payout.state, "paid")

    def test_locked_period(self):
        """The ERP's own lock dates hold for both entries: a closed month stays as it is."""
        self._create_approved_expense()
        payout = self._create_approved_payout()
        self.county_a_books.fiscalyear_lock_date = "2026-02-28"
        payout.with_user(self.a_finance).action_post(date="2026-02-27")
        dates = (payout.move_id | payout.bank_move_id).mapped("date")
        self.assertGreater(min(dates), Date.to_date("2026-02-28"))

    def test_other_payer_pays_its_share(self):
        """M3: each payer pays its own share from its own list; the fee is paid when all shares are."""
        expense = self._create_expense(self._create_shared_case(heads_b=1))
        self.approve(expense, self.a_officer, self.a_manager)
        payout = self._create_approved_payout()
        payout.with_user(self.a_finance).action_post(date=TODAY)
        self.assertEqual((payout.amount_total, expense.state), (800, "in_payout"))
        other = self._create_payout(payer=self.county_b, user=self.b_officer)
        other.action_compute()
        self.approve(other, self.b_officer, self.b_manager)
        self._confirm(other, self.b_officer)
        self.assertEqual((other.state, expense.state), ("paid", "paid"))

    def _confirm(self, payout, user, **vals):
        receipt = self.env["ir.attachment"].with_user(user).create({"name": "回单.pdf", "raw": b"%PDF-1.4", **vals})
        payout.with_user(user).action_confirm_paid(date=TODAY, evidence=receipt)
        return receipt

    # Payer without books

    def _create_payout_of_b(self):
        case = self._create_case(self.b_officer, employer_place_id=self.county_b.id)
        case.sudo()._workflow_write({"state": "archived", "granted_date": TODAY, "volunteer_id": self.lawyer2.id})
        expense = self._create_expense(case, self.b_officer)
        self.approve(expense, self.b_officer, self.b_manager)
        payout = self._create_payout(payer=self.county_b, user=self.b_officer)
        payout.action_compute()
        self.approve(payout, self.b_officer, self.b_manager)
        return payout, expense

    def test_payer_without_books(self):
        """Done when: confirmed paid with evidence, and no voucher anywhere."""
        payout, expense = self._create_payout_of_b()
        moves = self.env["account.move"].search_count([])
        self.assertFalse(payout.company_id)
        with self.assertRefused(UserError, "payment notice"):
            payout.with_user(self.b_finance).action_post(date=TODAY)
        self.assertEqual(payout.action_confirm_paid(date=TODAY)["res_model"], "legal.aid.payout.confirm")
        self.assertEqual(payout.action_confirm_paid(date=TODAY, evidence=[])["res_model"], "legal.aid.payout.confirm")
        for user in (self.a_finance, self.a_officer, self.auditor):
            with self.assertRefused(AccessError):
                payout.with_user(user).action_confirm_paid(date=TODAY, evidence=[1])
        receipt = self._confirm(payout, self.b_finance)
        self.assertEqual((payout.state, expense.state, payout.line_ids.state), ("paid", "paid", "paid"))
        self.assertEqual((payout.evidence_ids, receipt.res_model, receipt.res_id), (receipt, payout._name, payout.id))
        self.assertEqual((payout.paid_by_id, payout.line_ids.paid_date), (self.b_finance, Date.to_date(TODAY)))
        self.assertEqual(self.env["account.move"].search_count([]), moves)
        with self.assertRefused(UserError):
            self._confirm(payout, self.b_finance)

    def test_confirmation_dialog(self):
        payout, _expense = self._create_payout_of_b()
        dialog = self.env["legal.aid.payout.confirm"].with_user(self.b_officer).create({"payout_id": payout.id})
        with self.assertRefused(UserError, "evidence"):
            dialog.action_confirm()
        dialog.evidence_ids = [Command.create({"name": "回单.pdf", "raw": b"%PDF-1.4", "res_model": dialog._name})]
        dialog.action_confirm()
        self.assertEqual((payout.state, len(payout.evidence_ids)), ("paid", 1))

    def test_evidence_of_another_record_is_copied(self):
        """Evidence never drags another record's paper under the rights of this payout."""
        payout, expense = self._create_payout_of_b()
        receipt = self._confirm(payout, self.b_officer, res_model=expense._name, res_id=expense.id)
        self.assertNotEqual(payout.evidence_ids, receipt)
        self.assertEqual((receipt.res_model, payout.evidence_ids.res_model), (expense._name, payout._name))
        foreign = self.env["ir.attachment"].create({"name": "别人的", "raw": b"x"})
        other, _expense = self._create_payout_of_b()
        with self.assertRefused(AccessError):
            other.action_confirm_paid(date=TODAY, evidence=foreign.id)

    def test_payer_with_books_posts(self):
        self._create_approved_expense()
        payout = self._create_approved_payout()
        with self.assertRefused(UserError, "has its books here"):
            self._confirm(payout, self.a_officer)

    def test_reversed_without_books(self):
        payout, expense = self._create_payout_of_b()
        self._confirm(payout, self.b_officer)
        payout.with_user(self.b_finance).action_reverse(reason_code="other", note="未实际支付")
        self.assertEqual((payout.state, payout.line_ids.state, expense.state), ("reversed", "reversed", "approved"))

    # What the ledger says

    def test_reverse(self):
        """DESIGN money/: both entries are taken back, the line is reversed (not paid), the fee waits and can be paid again."""
        payout = self._create_paid_payout()
        expense = payout.line_ids.allocation_id.expense_id
        finance = payout.with_user(self.a_finance)
        for user in (self.a_manager, self.b_finance):
            with self.assertRefused(AccessError):
                payout.with_user(user).action_reverse(reason_code="other")
        self.assertEqual(finance.action_reverse()["res_model"], "legal.aid.reason.dialog")
        finance.action_reverse(reason_code="other", note="重复支付", date="2026-03-06")
        self.assertEqual(
            (payout.state, payout.line_ids.state, payout.line_ids.is_live), ("reversed", "reversed", False)
        )
        self.assertEqual((expense.state, expense.allocation_ids.payout_line_id.id), ("approved", False))
        moves = self.env["account.move"].search([("company_id", "=", self.county_a_books.id)])
        self.assertEqual((len(moves), moves.legal_aid_payout_id), (4, payout))
        for code in ("50403", "215", "102"):
            self.assertEqual(sum(self._search_rows(code).mapped("balance")), 0)
        owed = self._search_rows("215")
        self.assertEqual(owed.mapped("reconciled"), [True] * 4)
        again = self._create_approved_payout()
        again.with_user(self.a_finance).action_post(date="2026-03-06")
        self.assertEqual((again.state, expense.state), ("paid", "paid"))

    def test_reversed_reconciliation_is_not_paid(self):
        """[SRC] A reversal reconciles too: reconciled alone is not paid."""
        payout = self._create_paid_payout()
        line = payout.line_ids
        owed = line.sudo().move_line_id
        owed.remove_move_reconcile()
        opposite = self._post(
            self.env["account.journal"].search(
                [("company_id", "=", self.county_a_books.id), ("type", "=", "general")], limit=1
            ),
            [(owed.account_id, 1600, 0), (payout.move_id.line_ids.filtered("debit").account_id, 0, 1600)],
        )
        (owed | opposite.line_ids.filtered("debit")).reconcile()
        self.assertEqual((owed.reconciled, line.state, payout.state), (True, "pending", "posted"))

    def _post(self, journal, rows):
        move = (
            self.env["account.move"]
            .with_company(journal.company_id)
            .create(
                {
                    "move_type": "entry",
                    "journal_id": journal.id,
                    "date": TODAY,
                    "line_ids": [
                        Command.create(
                            {
                                "account_id": account.id,
                                "debit": debit,
                                "credit": credit,
                                "partner_id": self.lawyer1.partner_id.id,
                            }
                        )
                        for account, debit, credit in rows
                    ],
                }
            )
        )
        move.action_post()
        return move

    def test_reconciliation_taken_back(self):
        """M7: the state comes from the ledger: undone there, the line is open again; it is not paid a second time by posting."""
        payout = self._create_paid_payout()
        expense = payout.line_ids.allocation_id.expense_id
        bank_row = payout.bank_move_id.line_ids.filtered("debit")
        payout.line_ids.sudo().move_line_id.remove_move_reconcile()
        self.assertEqual((payout.line_ids.state, payout.state, expense.state), ("pending", "posted", "in_payout"))
        with self.assertRefused(UserError, "reconciled in the accounts"):
            payout.with_user(self.a_finance).action_post(date=TODAY)
        (payout.line_ids.sudo().move_line_id | bank_row).reconcile()
        self.assertEqual((payout.line_ids.state, payout.state, expense.state), ("paid", "paid", "paid"))

    def test_vouchers_are_taken_back_by_the_payout_only(self):
        payout = self._create_paid_payout()
        move = payout.move_id.with_user(self.a_finance)
        for step in (move.button_draft, lambda: move._reverse_moves(cancel=True), move.button_cancel):
            with self.assertRefused(UserError, payout.name):
                step()
        with self.assertRefused(AccessError):
            move.write({"legal_aid_payout_id": False})
        with self.assertRefused(AccessError):
            move.create({"legal_aid_payout_id": payout.id})
        self.assertFalse(move.copy().legal_aid_payout_id)

    def test_returned_and_issued_again(self):
        """M7: the bank sends the money back: Dr bank / Cr 215; issued again with the account on record, then paid."""
        payout = self._create_paid_payout()
        line = payout.line_ids.with_user(self.a_finance)
        expense = payout.line_ids.allocation_id.expense_id
        for user in (self.a_officer, self.a_manager, self.b_finance):
            with self.assertRefused(AccessError):
                payout.line_ids.with_user(user).action_return(reason_code="closed")
        self.assertEqual(line.action_return()["res_model"], "legal.aid.reason.dialog")
        with self.assertRefused(UserError):
            line.action_reissue()
        code = self.env["legal.aid.reason"].search([("usage", "=", "payment")], limit=1).code
        line.action_return(reason_code=code, note="账号有误", date="2026-03-04")
        self.assertEqual((line.state, payout.state, expense.state), ("failed", "posted", "in_payout"))
        owed = line.move_line_id
        self.assertIn(owed, self._search_rows("215"))
        self.assertEqual((owed.credit, owed.reconciled), (1600, False))
        self.assertEqual(owed.move_id.date, Date.to_date("2026-03-04"))
        self.lawyer1.bank_account_number = "6222020000000077777"
        line.action_reissue()
        self.assertEqual((line.state, line.bank_account_number), ("pending", "6222020000000077777"))
        payout.with_user(self.a_finance).action_export_bank_file()
        payout.with_user(self.a_finance).action_post(date="2026-03-06")
        self.assertEqual((line.state, payout.state, expense.state), ("paid", "paid", "paid"))
        self.assertTrue(owed.reconciled)
        bank = self._search_rows("102")
        self.assertEqual((sum(bank.mapped("balance")), len(bank)), (-1600, 3))
        payout.with_user(self.a_finance).action_reverse(reason_code=code, date="2026-03-06")
        self.assertEqual(sum(self._search_rows("102").mapped("balance")), 0)
        self.assertEqual((payout.state, expense.state), ("reversed", "approved"))

    def test_returned_without_books(self):
        payout, expense = self._create_payout_of_b()
        self._confirm(payout, self.b_officer)
        line = payout.line_ids.with_user(self.b_finance)
        line.action_return(reason_code="other")
        self.assertEqual((line.state, payout.state, expense.state), ("failed", "posted", "in_payout"))
        line.action_reissue()
        self._confirm(payout, self.b_officer)
        self.assertEqual((line.state, payout.state, expense.state), ("paid", "paid", "paid"))

    def test_queries_do_not_grow(self):
        """Rule 8: posting ten lawyers costs what three cost, beyond the ledger's own rows."""
        counts = []
        for number in (3, 10):
            with self.subTest(number=number):
                self._create_more_lawyers_of_year(number)
                payout = self._create_approved_payout("subsidy")
                self.assertEqual(payout.line_count, number)
                counts.append(
                    self._count_queries(
                        lambda payout=payout: payout.with_user(self.city_finance).action_post(date=TODAY)
                    )
                )
                self.assertEqual(payout.state, "paid")
        self.assertLessEqual(counts[1] - counts[0], 7 * 6, counts)

    def _create_more_lawyers_of_year(self, number):
        known = getattr(self, "_lawyers_so_far", 0)
        lawyers = self.env["legal.aid.volunteer"]
        for index in range(known, known + number):
            partner = self.env["res.partner"].create({"name": f"律师{index}"})
            lawyers |= self.env["legal.aid.volunteer"].create(
                {
                    "partner_id": partner.id,
                    "organization_id": self.city.id,
                    "license_number": f"114102018104{index:05d}",
                }
            )
            self._give_account(lawyers[-1], 500 + index)
            contract = (
                self.env["legal.aid.contract"]
                .with_user(self.city_officer)
                .create({"volunteer_id": lawyers[-1].id, "organization_id": self.city.id, "date_start": "2026-01-01"})
            )
            self.approve(contract, self.city_officer, self.city_manager)
        self._hand_in_ledgers(lawyers)
        self._lawyers_so_far = known + number
