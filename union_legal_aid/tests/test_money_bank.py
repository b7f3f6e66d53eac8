import base64
import csv
import io

import openpyxl
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Date
from odoo.tests import tagged
from odoo.tools import mute_logger

from .casework_common import TODAY
from .money_common import LegalAidMoneyCommon

TITLES = ("收款账号", "收款人户名", "金额", "处理结果", "失败原因", "备注")


def build_text(*rows, encoding="gb18030", titles=TITLES):
    buffer = io.StringIO()
    csv.writer(buffer).writerows([titles, *rows])
    return buffer.getvalue().encode(encoding)


def build_workbook(*rows, titles=TITLES):
    book = openpyxl.Workbook()
    for row in (titles, *rows):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@tagged("post_install", "-at_install")
class TestBankFormat(LegalAidMoneyCommon):
    def _create_format(self, union=None, user=None, **vals):
        formats = self.env["legal.aid.bank.format"].with_user(user or self.a_finance)
        return formats.create({"name": "测试银行", "organization_id": (union or self.county_a).id, **vals})

    def test_finance_describes_its_bank(self):
        """M7: finance of the payer enters its bank's format; it reads the city's and changes none of another union's."""
        city_format = self._create_format(self.city, self.city_finance)
        own = self._create_format()
        self.assertEqual(own.column_ids.mapped("source")[:3], ["number", "holder", "account"])
        formats = self.env["legal.aid.bank.format"]
        self.assertEqual(
            formats.with_user(self.a_finance).search([("id", "in", (city_format | own).ids)]), city_format | own
        )
        for step in (
            lambda: city_format.with_user(self.a_finance).write({"name": "x"}),
            lambda: self._create_format(self.county_b),
            lambda: own.with_user(self.a_officer).write({"name": "x"}),
            lambda: own.with_user(self.b_finance).read(["name"]),
        ):
            with self.assertRefused(AccessError):
                step()

    def test_nearest_format_is_offered(self):
        """M7: that of the payer itself, else that of the union above it, else the widely used columns."""
        self._create_approved_expense()
        payout = self._create_payout()
        self.assertFalse(payout.bank_format_id)
        city_format = self._create_format(self.city, self.city_finance)
        self.assertEqual(self._create_payout().bank_format_id, city_format)
        own = self._create_format()
        self.assertEqual(self._create_payout().bank_format_id, own)

    def test_format_that_pays_nobody(self):
        with self.assertRefused(ValidationError, "Amount"):
            self._create_format(
                column_ids=[
                    Command.create({"header": "户名", "source": "holder"}),
                    Command.create({"header": "账号", "source": "account"}),
                ]
            )
        with self.assertRefused(ValidationError, "成功"):
            self._create_format(failed_words="成功、失败")

    def test_text_of_the_banks_columns(self):
        """M7: the county's bank takes GB18030 text with its own columns; it is read back with every digit and both cents."""
        journal = self.county_a_books._get_legal_aid_journal("legal_aid_bank_journal_id")
        journal.bank_account_id = self.env["res.partner.bank"].create(
            {"acc_number": "1707020000000000001", "partner_id": self.county_a_books.partner_id.id}
        )
        own = self._create_format(
            file_type="csv",
            encoding="gb18030",
            column_ids=[
                Command.create({"sequence": 1, "header": "付款账号", "source": "payer_account"}),
                Command.create({"sequence": 2, "header": "收款账号", "source": "account"}),
                Command.create({"sequence": 3, "header": "收款户名", "source": "holder"}),
                Command.create({"sequence": 4, "header": "金额", "source": "amount"}),
                Command.create({"sequence": 5, "header": "币种", "source": "constant", "value": "CNY"}),
                Command.create({"sequence": 6, "header": "用途", "source": "purpose", "max_length": 4}),
            ],
        )
        self._create_approved_expense()
        payout = self._create_approved_payout().with_user(self.a_finance)
        self.assertEqual(payout.bank_format_id, own)
        payout.action_export_bank_file()
        self.assertEqual(payout.bank_file_name, f"{payout.name}-1.csv")
        text = base64.b64decode(payout.bank_file).decode("gb18030")
        header, row = list(csv.reader(io.StringIO(text, newline="")))
        self.assertEqual(header, ["付款账号", "收款账号", "收款户名", "金额", "币种", "用途"])
        self.assertEqual(row[:5], ["1707020000000000001", "6222020000000000001", "t_lawyer1", "1600.00", "CNY"])
        self.assertEqual(len(row[5]), 4)

    def test_same_batch_again(self):
        """Exactly once: a second export is a copy under the same number; only what was issued again makes a new batch."""
        self._create_approved_expense()
        payout = self._create_approved_payout().with_user(self.a_finance)
        names = []
        for _number in range(2):
            payout.action_export_bank_file()
            names.append(payout.bank_file_name)
        payout.action_post(date=TODAY)
        payout.action_export_bank_file()
        names.append(payout.bank_file_name)
        payout.line_ids.action_return(reason_code="account_closed")
        payout.line_ids.action_reissue()
        payout.action_export_bank_file()
        names.append(payout.bank_file_name)
        self.assertEqual(names, [f"{payout.name}-{number}.xlsx" for number in (1, 1, 1, 2)])
        sheet = openpyxl.load_workbook(io.BytesIO(base64.b64decode(payout.bank_file))).active
        self.assertEqual((sheet["C2"].value, sheet["H2"].value), ("6222020000000000001", f"{payout.name}-2"))


@tagged("post_install", "-at_install")
class TestBankReturn(LegalAidMoneyCommon):
    """A payout of the city with three lawyers, paid; the bank's file comes back."""

    def setUp(self):
        super().setUp()
        self.lawyers = self._create_more_lawyers(3)
        self.payout = self._create_approved_payout("subsidy").with_user(self.city_finance)
        self.payout.action_export_bank_file()

    def _row(self, number, result="成功", reason="", amount="1000.00", batch=1, **vals):
        lawyer = self.lawyers[number].sudo()
        return [
            vals.get("account", lawyer.bank_account_number),
            vals.get("holder", lawyer.bank_account_holder),
            amount,
            result,
            reason,
            f"{self.payout.name}-{batch}",
        ]

    def _rows(self):
        return [self._row(0), self._row(1, "失败", "户名不符"), self._row(2)]

    def _get_line(self, number):
        return self.payout.line_ids.filtered(lambda line: line.volunteer_id == self.lawyers[number])

    def _get_states(self):
        return [self._get_line(number).state for number in range(3)]

    def _take(self, content, **vals):
        self.payout.action_import_bank_return(content=content, file_name="回盘.csv", **vals)

    def test_each_line_paid_or_failed(self):
        """M7: confirmed, or failed with the bank's reason: Dr bank / Cr 215; the file is kept as it came; then issued again."""
        self.payout.action_post(date=TODAY)
        content = build_workbook(*self._rows())
        self._take(content, date="2026-03-04")
        self.assertEqual(self._get_states(), ["paid", "failed", "paid"])
        failed = self._get_line(1)
        self.assertEqual((failed.bank_reason, failed.return_reason_id.code), ("户名不符", "account_wrong"))
        self.assertEqual(self._get_line(0).bank_confirmed_date, Date.to_date("2026-03-04"))
        self.assertEqual((self.payout.state, failed.move_line_id.move_id.date), ("posted", Date.to_date("2026-03-04")))
        kept = self.payout.bank_return_ids
        self.assertRecordValues(
            kept, [{"paid_count": 2, "failed_count": 1, "missing_count": 0, "failed_amount": 1000, "name": "回盘.csv"}]
        )
        self.assertEqual(base64.b64decode(kept.content), content)
        self.lawyers[1].bank_account_number = "6222020000000077777"
        failed.action_reissue()
        self.assertEqual((failed.account_changed, self.payout.changed_account_count), (True, 1))
        self.payout.action_export_bank_file()
        sheet = openpyxl.load_workbook(io.BytesIO(base64.b64decode(self.payout.bank_file))).active
        self.assertEqual((sheet["C2"].value, sheet["A3"].value, sheet["F4"].value), ("6222020000000077777", None, 1000))
        self.payout.action_post(date="2026-03-06")
        self._take(build_text(self._row(1, batch=2)))
        self.assertEqual((self._get_states(), self.payout.state), (["paid"] * 3, "paid"))
        bank = self.env["account.move.line"].search(
            [("company_id", "=", self.city_books.id), ("account_id.account_type", "=", "asset_cash")]
        )
        self.assertEqual(sorted(bank.mapped("balance")), [-3000, -1000, 1000])

    def test_text_in_gb18030(self):
        """M7: the older banks' text file, with the account as =\"…\" so that a spreadsheet keeps its digits."""
        self.payout.action_post(date=TODAY)
        row = self._row(1, "退票", "账户已销户")
        row[0] = f'="{row[0]}"'
        self._take(build_text(self._row(0), row))
        self.assertEqual(self._get_states(), ["paid", "failed", "paid"])
        self.assertEqual(self._get_line(1).return_reason_id.code, "account_closed")
        self.assertEqual(self.payout.bank_return_ids.missing_count, 1)

    def test_words_of_the_bank(self):
        """M7: another bank has other titles and other words; they are data."""
        self.payout.action_post(date=TODAY)
        content = build_text(
            [self.lawyers[0].sudo().bank_account_number, "1,000.00", "入账", ""],
            [self.lawyers[1].sudo().bank_account_number, "1,000.00", "挂账", "不明原因"],
            titles=["帐号", "发生额", "状态", "摘要"],
        )
        with self.assertRefused(UserError, "收款账号"):
            self._take(content)
        own = (
            self.env["legal.aid.bank.format"]
            .with_user(self.city_finance)
            .create(
                {
                    "name": "示例银行",
                    "organization_id": self.city.id,
                    "return_account": "帐号",
                    "return_amount": "发生额",
                    "return_status": "状态",
                    "return_reason": "摘要",
                    "return_holder": False,
                    "paid_words": "入账",
                    "failed_words": "冲账，挂账",
                }
            )
        )
        self._take(content, format_id=own.id)
        self.assertEqual(self._get_states(), ["paid", "failed", "paid"])
        self.assertEqual(self._get_line(1).return_reason_id.code, "other")

    def test_bad_file_takes_nothing(self):
        """M7: any row that cannot be told for certain stops the whole file, with a reason for each such row; nothing is lost."""
        self.payout.action_post(date=TODAY)
        moves = self.env["account.move"].search_count([])
        for row, reason in (
            (self._row(1, account="6222029999999999999"), "No payment of"),
            (self._row(1, amount="999.99"), "amount is not the one"),
            (self._row(1, holder="别人"), "holder is not the one"),
            (self._row(1, "处理中"), "处理中"),
            (self._row(0), "stands in row 2"),
            (self._row(1, batch=7), "earlier batch"),
            (self._row(1, account=""), "account number is missing"),
        ):
            with self.subTest(reason), self.assertRefused(UserError, f"(?s)1 of 2 rows.*Row 3: .*{reason}") as refused:
                self._take(build_text(self._row(0, "失败", "账号不符"), row))
            self.assertEqual(self._get_states(), ["paid"] * 3)
        self.assertFalse(refused)
        self.assertFalse(self.payout.bank_return_ids)
        self.assertEqual(self.env["account.move"].search_count([]), moves)

    def test_reasons_repeat_nobody(self):
        """Rule 5: a refusal names rows, no account and no holder; nor does the chatter."""
        self.payout.action_post(date=TODAY)
        with self.assertRaises(UserError) as refused:
            self._take(build_text(self._row(1, holder="别人")))
        self._take(build_text(*self._rows()))
        texts = str(refused.exception) + " ".join(self.payout.message_ids.mapped("body"))
        for lawyer in self.lawyers.sudo():
            self.assertNotIn(lawyer.bank_account_number, texts)
            self.assertNotIn(lawyer.name, texts)
        self.assertNotIn("别人", texts)

    def test_replay(self):
        """Exactly once: the same file again changes nothing, also saved in another form, also after the payment went out again."""
        self.payout.action_post(date=TODAY)
        self._take(build_text(*self._rows()))
        for content in (build_text(*self._rows()), build_workbook(*reversed(self._rows()))):
            with self.assertRefused(UserError, "taken on .* already"):
                self._take(content)
        self._get_line(1).action_reissue()
        self.payout.action_export_bank_file()
        self.payout.action_post(date=TODAY)
        with self.assertRefused(UserError, "taken on"):
            self._take(build_text(*self._rows()))
        with self.assertRefused(UserError, "earlier batch"):
            self._take(build_text(self._row(1, "失败", "户名不符")))
        self.assertEqual(self._get_states(), ["paid"] * 3)
        self.assertEqual(len(self.payout.bank_return_ids), 1)

    def test_replay_in_the_database(self):
        """Exactly once: the index refuses what two people did at the same moment."""
        self.payout.action_post(date=TODAY)
        self._take(build_text(*self._rows()))
        kept = self.payout.bank_return_ids
        with mute_logger("odoo.sql_db"), self.assertRaisesRegex(IntegrityError, "once"), self.env.cr.savepoint():
            kept._row_env().create({"payout_id": self.payout.id, "name": "x", "digest": kept.digest, "date": TODAY})

    def test_import_is_no_door(self):
        """Exactly once: an imported list makes no payment, no return and no computation, whoever imports it."""
        self.payout.action_post(date=TODAY)
        number = str(self.payout.id)
        for model, names, row in (
            (
                "legal.aid.payout.line",
                ["payout_id/.id", "volunteer_id/.id", "amount"],
                [number, str(self.lawyers[0].id), "1"],
            ),
            ("legal.aid.payout.line", [".id", "state"], [str(self._get_line(0).id), "pending"]),
            ("legal.aid.bank.return", ["payout_id/.id", "name", "digest", "date"], [number, "x", "x", TODAY]),
            ("legal.aid.payout.run", ["payout_id/.id", "number", "date"], [number, "9", TODAY]),
            ("legal.aid.payout", [".id", "state"], [number, "approved"]),
            ("legal.aid.payout", [".id", "bank_batch_count"], [number, "0"]),
        ):
            with self.subTest(model=model, names=names):
                result = self.env[model].with_user(self.city_finance).load(names, [row])
                self.assertFalse(result["ids"])
                self.assertTrue(result["messages"])
        self.assertEqual((self._get_states(), self.payout.state), (["paid"] * 3, "paid"))

    def test_before_the_payment_is_booked(self):
        with self.assertRefused(UserError, "not booked yet"):
            self._take(build_text(*self._rows()))
        self.assertEqual(self.payout.state, "approved")

    def test_who_may(self):
        """M7: finance of the payer; the kept file is read by finance, its figures by officers and auditors, written by nobody."""
        self.payout.action_post(date=TODAY)
        content = build_text(*self._rows())
        for user in (self.city_officer, self.city_manager, self.a_finance, self.auditor):
            with self.assertRefused(AccessError):
                self.payout.with_user(user).action_import_bank_return(content=content)
        self._take(content)
        kept = self.payout.bank_return_ids
        self.assertEqual(kept.with_user(self.city_officer).failed_count, 1)
        for step in (
            lambda: kept.with_user(self.city_officer).read(["content"]),
            lambda: kept.with_user(self.auditor).read(["content"]),
            lambda: kept.with_user(self.a_finance).read(["name"]),
            lambda: kept.with_user(self.city_finance).write({"failed_count": 0}),
            lambda: kept.with_user(self.city_finance).unlink(),
            lambda: kept.with_user(self.city_finance).copy(),
            lambda: kept.with_user(self.city_finance).create({"payout_id": self.payout.id, "name": "x", "digest": "x"}),
        ):
            with self.assertRefused(AccessError):
                step()

    def test_dialog(self):
        """M7: looked through first, row by row, then taken."""
        self.payout.action_post(date=TODAY)
        self.assertEqual(self.payout.action_import_bank_return()["res_model"], "legal.aid.bank.return.dialog")
        dialogs = self.env["legal.aid.bank.return.dialog"].with_user(self.city_finance)
        dialog = dialogs.create({"payout_id": self.payout.id})
        with self.assertRefused(UserError, "Choose the file"):
            dialog.action_check()
        self.assertEqual(dialog.journal_id, self.payout.bank_move_id.journal_id)
        dialog.file = base64.b64encode(build_text(self._row(0), self._row(1, amount="1")))
        dialog.action_check()
        self.assertEqual((dialog.row_count, dialog.paid_count), (2, 1))
        self.assertRegex(dialog.report, "Row 3: ")
        dialog.file = base64.b64encode(build_text(*self._rows()))
        dialog.action_check()
        self.assertEqual((dialog.paid_count, dialog.failed_count, dialog.report), (2, 1, ""))
        self.assertEqual(self._get_states(), ["paid"] * 3)
        dialog.action_import()
        self.assertEqual(self._get_states(), ["paid", "failed", "paid"])
        with self.assertRefused(AccessError):
            dialogs.with_user(self.a_finance).create({"payout_id": self.payout.id})

    def test_payer_without_books(self):
        """M7: an office without accounting confirms with the receipt, then takes the bank's file: failed, issued again, paid."""
        case = self._create_case(self.b_officer, employer_place_id=self.county_b.id)
        case.sudo()._workflow_write({"state": "archived", "granted_date": TODAY, "volunteer_id": self.lawyer2.id})
        expense = self._create_expense(case, self.b_officer)
        self.approve(expense, self.b_officer, self.b_manager)
        payout = self._create_payout(payer=self.county_b, user=self.b_officer)
        payout.action_compute()
        self.approve(payout, self.b_officer, self.b_manager)
        payout = payout.with_user(self.b_finance)
        payout.action_export_bank_file()
        self._confirm(payout)
        row = ["6222020000000000002", "t_lawyer2", "1600", "失败", "账号不存在", ""]
        moves = self.env["account.move"].search_count([])
        payout.action_import_bank_return(content=build_text(row), date="2026-03-03")
        self.assertEqual((payout.line_ids.state, payout.state, expense.state), ("failed", "posted", "in_payout"))
        payout.line_ids.action_reissue()
        self._confirm(payout)
        self.assertEqual((payout.line_ids.state, payout.state, expense.state), ("paid", "paid", "paid"))
        self.assertEqual(self.env["account.move"].search_count([]), moves)

    def _confirm(self, payout):
        receipt = self.env["ir.attachment"].with_user(self.b_finance).create({"name": "回单.pdf", "raw": b"%PDF-1.4"})
        payout.action_confirm_paid(date=TODAY, evidence=receipt)


@tagged("post_install", "-at_install")
class TestSeparateBooks(LegalAidMoneyCommon):
    def test_two_counties_and_the_city(self):
        """M3, M6, M7: city and two counties pay from books of their own; each finance sees, exports and posts its own alone."""
        self._give_books(self.county_b)
        expense = self._create_expense(self._create_shared_case(heads_b=1))
        self.approve(expense, self.a_officer, self.a_manager)
        city = self._create_subsidy()
        payouts = {}
        for union, officer, manager, finance in (
            (self.county_a, self.a_officer, self.a_manager, self.a_finance),
            (self.county_b, self.b_officer, self.b_manager, self.b_finance),
        ):
            payout = self._create_payout(payer=union, user=officer)
            payout.action_compute()
            self.approve(payout, officer, manager)
            payouts[finance] = payout
        payouts[self.city_finance] = city
        for finance, payout in payouts.items():
            for other in payouts.keys() - {finance}:
                with self.assertRefused(AccessError):
                    payout.with_user(other).action_export_bank_file()
                with self.assertRefused(AccessError):
                    payout.with_user(other).action_post(date=TODAY)
            payout.with_user(finance).action_export_bank_file()
            payout.with_user(finance).action_post(date=TODAY)
        for payout in payouts.values():
            payout = payout.sudo()
            moves = payout.move_id | payout.bank_move_id
            self.assertEqual((payout.state, moves.company_id), ("paid", payout.organization_id.company_id))
            booked = self.env["account.move"].search([("company_id", "=", payout.company_id.id)])
            self.assertEqual(booked, moves)
        self.assertEqual([payout.amount_total for payout in payouts.values()], [800, 800, 1000])
        self.assertEqual(expense.state, "paid")

    def _create_subsidy(self):
        self._create_more_lawyers(1)
        return self._create_approved_payout("subsidy")
