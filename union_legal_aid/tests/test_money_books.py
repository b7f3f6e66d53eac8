from decimal import Decimal

from odoo.exceptions import UserError
from odoo.fields import Date
from odoo.tests import tagged

from .casework_common import TODAY
from .money_common import LegalAidMoneyCommon


@tagged("post_install", "-at_install")
class TestBooksAreRight(LegalAidMoneyCommon):
    """M6, M14: whatever payouts wrote, account's own checks pass: balance, settlement, numbers, locks, the chain of hashes."""

    def _play(self):
        """Paid; reversed; paid anew, sent back by the bank, issued again, paid: as in docs/trial_balance.zh_CN.md."""
        first = self._create_paid_payout()
        finance = self.a_finance
        first.with_user(finance).action_reverse(reason_code="other", note="重复", date=TODAY)
        second = self._create_approved_payout()
        second.with_user(finance).action_post(date=TODAY)
        line = second.line_ids.filtered("included")
        line.with_user(finance).action_return(reason_code="account_wrong", note="不符", date=TODAY)
        line.with_user(finance).action_reissue()
        second.with_user(finance).action_post(date=TODAY)
        return first, second

    def _get_moves(self, books=None):
        return self.env["account.move"].search([("company_id", "=", (books or self.county_a_books).id)])

    def _sum(self, code, field="balance"):
        accounts = self.env["account.account"].with_company(self.county_a_books)
        account = accounts.search([("code", "=", code), ("company_ids", "in", self.county_a_books.ids)])
        lines = self._get_moves().line_ids.filtered(lambda line: line.account_id == account)
        return sum((Decimal(str(amount)) for amount in lines.mapped(field)), Decimal(0))

    def test_paid_returned_reversed(self):
        """The fee is spent once and left the bank once, whatever came between; nothing stays open."""
        first, second = self._play()
        self.assertEqual((first.state, second.state), ("reversed", "paid"))
        self.assertEqual((self._sum("50403"), self._sum("102"), self._sum("215")), (1600, -1600, 0))
        moves = self._get_moves()
        self.assertEqual(len(moves), 8)
        self.assertEqual(set(moves.mapped("state")), {"posted"})
        for move in moves:
            self.assertEqual(move.currency_id.round(sum(move.line_ids.mapped("balance"))), 0, move.name)
        owed = moves.line_ids.filtered(lambda line: line.account_id.reconcile)
        self.assertEqual(set(owed.mapped("reconciled")), {True})
        self.assertEqual(sum(owed.mapped("amount_residual")), 0)

    def test_numbers_without_gap(self):
        self._play()
        moves = self._get_moves()
        for journal, its in moves.grouped("journal_id").items():
            self.assertEqual(sorted(its.mapped("sequence_number")), list(range(1, len(its) + 1)), journal.name)
        self.assertFalse(any(moves.mapped("made_sequence_gap")))

    def test_chain_of_hashes(self):
        """Core's own proof that nothing was changed afterwards holds over payouts, returns and reversals."""
        journals = self.env["account.journal"].search([("company_id", "=", self.county_a_books.id)])
        journals.filtered(lambda journal: journal.type in ("bank", "general")).restrict_mode_hash_table = True
        first, second = self._play()
        moves = self._get_moves()
        moves.filtered(lambda move: not move.inalterable_hash)._hash_moves(force_hash=True)
        self.assertTrue(all(moves.mapped("inalterable_hash")))
        self.env.user.group_ids |= self.env.ref("account.group_account_user")
        results = self.county_a_books._check_hash_integrity()["results"]
        states = {result["status"] for result in results}
        self.assertLessEqual(states, {"verified", "no_data"}, results)
        self.assertIn("verified", states)
        self.assertEqual((first.state, second.state), ("reversed", "paid"))
        with self.assertRefused(UserError):
            moves[0].with_user(self.a_finance).write({"date": "2026-03-03"})

    def test_closed_year(self):
        """Nothing enters a closed period: payment, return and reversal come after it."""
        self._create_approved_expense()
        payout = self._create_approved_payout()
        payout.with_user(self.a_finance).action_post(date="2026-02-27")
        self.county_a_books.fiscalyear_lock_date = "2026-02-28"
        before = self._get_moves()
        payout.with_user(self.a_finance).action_reverse(reason_code="other", note="重复", date="2026-02-28")
        added = self._get_moves() - before
        self.assertEqual(len(added), 2)
        self.assertGreater(min(added.mapped("date")), Date.to_date("2026-02-28"))

    def test_two_counties(self):
        """Separate books: what one county pays is nowhere in the other's."""
        county_b_books = self._give_books(self.county_b)
        self._play()
        self.assertFalse(self._get_moves(county_b_books) | self._get_moves(self.city_books))
