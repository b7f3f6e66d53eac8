from lxml import html
from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .casework_common import TODAY
from .money_common import LegalAidMoneyCommon


@tagged("post_install", "-at_install")
class TestVoucherNumber(LegalAidMoneyCommon):
    """凭证字号 (M14, F§5): word and number, anew each month, without gaps, in Odoo's own number too."""

    def _get_journal(self, kind="general", books=None):
        return self.env["account.journal"].search(
            [("company_id", "=", (books or self.county_a_books).id), ("type", "=", kind)], limit=1
        )

    def _post(self, date, journal=None, user=None):
        journal = journal or self._get_journal()
        user = user or self.a_finance
        accounts = self.env["account.account"].with_company(journal.company_id)
        expense, bank = (
            accounts.search([("code", "=", code), ("company_ids", "in", journal.company_id.ids)])
            for code in ("50501", "102")
        )
        move = (
            self.env["account.move"]
            .with_user(user)
            .with_company(journal.company_id)
            .create(
                {
                    "journal_id": journal.id,
                    "date": date,
                    "line_ids": [
                        Command.create({"account_id": expense.id, "debit": 100}),
                        Command.create({"account_id": bank.id, "credit": 100}),
                    ],
                }
            )
        )
        move.action_post()
        return move

    def test_numbers_begin_anew_each_month(self):
        """M14: 记-0001, 记-0002, and in the next month 记-0001 again; the bank journal, too."""
        for kind, word in (("general", "记"), ("bank", "银"), ("cash", "现")):
            journal = self._get_journal(kind)
            moves = [self._post(date, journal) for date in ("2026-03-05", "2026-03-20", "2026-04-02", "2027-01-04")]
            self.assertEqual(
                [move.name for move in moves],
                [f"{word}/2026/03/0001", f"{word}/2026/03/0002", f"{word}/2026/04/0001", f"{word}/2027/01/0001"],
            )
            self.assertEqual(
                [move.voucher_number for move in moves],
                [f"{word}-0001", f"{word}-0002", f"{word}-0001", f"{word}-0001"],
            )
            self.assertFalse(any(move.made_sequence_gap for move in moves))

    def test_late_voucher_counts_on_in_its_month(self):
        moves = [self._post(date) for date in ("2026-03-05", "2026-04-02", "2026-03-31")]
        self.assertEqual([move.name for move in moves][-1], "记/2026/03/0002")

    def test_two_counties_have_series_of_their_own(self):
        """M14: separate books, separate numbers."""
        first = self._post("2026-03-05")
        second = self._post("2026-03-05", self._get_journal(books=self.city_books), self.city_finance)
        self.assertEqual((first.voucher_number, second.voucher_number), ("记-0001", "记-0001"))

    def test_new_word_from_the_next_month_on(self):
        """A number that was given stays as it is; the new word begins with a month of its own."""
        first = self._post("2026-03-05")
        self._get_journal().voucher_word = "转"
        self.assertEqual(first.voucher_number, "记-0001")
        self.assertEqual(self._post("2026-03-06").voucher_number, "记-0002")
        self.assertEqual(self._post("2026-04-06").name, "转/2026/04/0001")

    def test_old_numbers_keep_their_year(self):
        """Numbers of the time before the words: the bookkeeper's month goes on as it began, the next one has the word."""
        journal = self._get_journal()
        old = self._post("2026-03-05")
        old.button_draft()
        old.name = f"{journal.code}/2026/03/0007"
        old.action_post()
        self.assertEqual(old.voucher_number, "记-0007")
        self.assertEqual(self._post("2026-03-06").name, f"{journal.code}/2026/03/0008")
        self.assertEqual(self._post("2026-04-06").name, f"{journal.voucher_word}/2026/04/0001")

    def test_one_word_one_journal(self):
        journals = self.env["account.journal"].search([("company_id", "=", self.county_a_books.id)])
        words = journals.mapped("voucher_word")
        self.assertEqual(len(words), len(set(words)))
        self.assertEqual(self._get_journal().voucher_word, "记")
        second, third = self.env["account.journal"].create(
            [
                {"name": f"账户{number}", "code": f"BN{number}", "type": "bank", "company_id": self.county_a_books.id}
                for number in (2, 3)
            ]
        )
        self.assertEqual((second.voucher_word, third.voucher_word), ("银2", "银3"))
        self.assertEqual(self._post("2026-03-05", second).name, "银2/2026/03/0001")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            second.voucher_word = "记"
            self.env.flush_all()

    def test_words_are_words(self):
        journal = self._get_journal()
        for word in ("记/", "2026", "记账凭证的字号", "记12", "记 1"):
            with self.assertRefused(ValidationError, "voucher word"):
                journal.voucher_word = word

    def test_found_by_its_number(self):
        march, april = self._post("2026-03-05"), self._post("2026-04-02")
        other = self._post("2026-04-03")

        def find(operator, text):
            moves = self.env["account.move"].with_user(self.a_finance)
            return moves.search([("company_id", "=", self.county_a_books.id), ("voucher_number", operator, text)])

        for text in ("记-0001", "记-1", "记1号"):
            self.assertEqual(find("ilike", text), march | april, text)
        self.assertEqual(find("=", "记-0002"), other)
        self.assertFalse(find("ilike", "银-1") | find("ilike", "什么"))

    def test_payments_are_vouchers_as_all_others(self):
        """One series in each journal, also for a payment that finance registers by hand."""
        bank = self._get_journal("bank")
        self._post("2026-03-05", bank)
        payment = (
            self.env["account.payment"]
            .with_company(self.county_a_books)
            .create(
                {
                    "payment_type": "outbound",
                    "partner_id": self.lawyer1.partner_id.id,
                    "amount": 100,
                    "date": "2026-03-06",
                    "journal_id": bank.id,
                }
            )
        )
        payment.action_post()
        self.assertEqual(payment.move_id.voucher_number, "银-0002")

    def test_other_charts_number_as_ever(self):
        company = self.env["res.company"].create({"name": "示例企业", "country_id": self.env.ref("base.us").id})
        self.env.user.company_ids |= company
        self.env["account.chart.template"].try_loading("generic_coa", company=company, install_demo=False)
        journal = self._get_journal(books=company)
        self.assertFalse(journal._numbers_vouchers())
        self.assertTrue(self._get_journal("bank", company).payment_sequence)
        move = self.env["account.move"].with_company(company).new({"journal_id": journal.id, "date": "2026-03-05"})
        self.assertEqual(move._get_starting_sequence(), f"{journal.code}/2026/03/0000")


@tagged("post_install", "-at_install")
class TestVoucherPrint(LegalAidMoneyCommon):
    def _print(self, move):
        report = self.env["ir.actions.report"].with_user(self.a_finance)
        content, _kind = report._render_qweb_html("union_legal_aid.report_voucher", move.ids)
        return " ".join(html.fromstring(content).text_content().split())

    def test_name_of_the_first_level_account(self):
        """F§5: 维权支出——法律援助支出, not the code alone; in Chinese whoever prints it."""
        self.a_finance.lang = "en_US"
        payout = self._create_paid_payout()
        account = payout.move_id.line_ids.filtered("debit").account_id.with_company(self.county_a_books)
        text = self._print(payout.move_id)
        printed_account = self.env["legal.aid.print.mixin"]._in_chinese(account)
        self.assertIn(printed_account._get_union_full_name(), text)
        self.assertIn("——", text)

    def test_reversal_names_what_it_takes_back(self):
        """M6: both vouchers stay and name each other; the red one has a paper of its own, the decision."""
        payout = self._create_paid_payout()
        voucher = payout.move_id.with_user(self.env.user)
        payout.with_user(self.a_finance).action_reverse(reason_code="other", note="重复", date=TODAY)
        reversal = voucher.reversal_move_ids
        self.assertEqual((voucher.state, reversal.state, reversal.paper_count), ("posted", "posted", 1))
        self.assertRegex(self._print(voucher), f"(Taken back by|已由).*{reversal.voucher_number}")
        self.assertRegex(self._print(reversal), f"(Takes back|冲销).*{voucher.voucher_number}")
        self.assertIn("-1,600.00", self._print(reversal))
        self.assertIn("（红字）人民币壹仟陆佰元整", self._print(reversal))

    def test_papers_are_counted(self):
        """F§5 附单据数: the approved list and each fee sheet on the voucher, the bank's receipt on the bank entry."""
        self._create_approved_expense()
        self._create_approved_expense()
        payout = self._create_approved_payout()
        payout.with_user(self.a_finance).action_post(date=TODAY)
        self.assertEqual((payout.move_id.paper_count, payout.bank_move_id.paper_count), (3, 1))
