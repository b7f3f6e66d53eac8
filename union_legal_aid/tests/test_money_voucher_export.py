import base64
import csv
import hashlib
import io
from decimal import Decimal

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .casework_common import TODAY
from .money_common import LegalAidMoneyCommon
from .test_money_documents import read_xlsx


@tagged("post_install", "-at_install")
class TestVoucherExport(LegalAidMoneyCommon, HttpCase):
    """M14: posted vouchers go to another ledger by mapping, with the figures of the books, and what left is kept."""

    def _export(self, user=None, union=None, date_from=TODAY, date_to=TODAY, **vals):
        user = user or self.a_finance
        exports = self.env["legal.aid.voucher.export"].with_user(user)
        dialog = (
            self.env["legal.aid.voucher.export.dialog"]
            .with_user(user)
            .create(
                {
                    "organization_id": (union or self.county_a).id,
                    "date_from": date_from,
                    "date_to": date_to,
                    "format_id": False,
                    **vals,
                }
            )
        )
        before = exports.search([])
        action = dialog.action_export()
        return exports.search([]) - before, action

    def _create_format(self, *columns, **vals):
        commands = [
            Command.create({"sequence": number, "header": source, "source": source, **more})
            for number, (source, more) in enumerate(columns, start=1)
        ]
        formats = self.env["legal.aid.voucher.format"].with_user(self.a_finance)
        return formats.create({"name": "测试账套", "file_type": "csv", "column_ids": commands, **vals})

    def _read(self, export, encoding="gb18030"):
        text = base64.b64decode(export.with_user(self.a_finance).content).decode(encoding)
        self.assertTrue(text.endswith("\r\n"))
        return list(csv.reader(io.StringIO(text)))

    def test_default_workbook(self):
        """Date, word, number, summary, code *and* name of the account, debit, credit, papers: as in the books."""
        payout = self._create_paid_payout()
        export, _action = self._export()
        cells = read_xlsx(base64.b64decode(export.content))
        headers = [cells[f"{column}1"][1] for column in "ABCDEFGHIJ"]
        self.assertEqual(
            headers,
            ["日期", "凭证字", "凭证号", "分录号", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额", "附单据数"],
        )
        self.assertEqual(cells["A2"], ("s", "2026-03-02"))
        rows = [[cells.get(f"{column}{row}", ("", ""))[1] for column in "BCDFGHIJ"] for row in range(2, 6)]
        self.assertEqual(
            rows,
            [
                ["记", "1", "1", "50403", rows[0][4], "1600", "", "2"],
                ["记", "1", "2", "215", rows[1][4], "", "1600", "2"],
                ["银", "1", "1", "215", rows[1][4], "1600", "", "1"],
                ["银", "1", "2", "102", rows[3][4], "", "1600", "1"],
            ],
        )
        self.assertEqual(cells["F2"][0], "s", "A code is text.")
        self.assertIn("——", rows[0][4])
        self.assertNotIn("A6", cells)
        self.assertEqual((export.voucher_count, export.debit, export.credit), (2, 3200, 3200))
        self.assertEqual(export.move_ids, payout.move_id | payout.bank_move_id)

    def test_mapping(self):
        """Another programme's columns, order, dates, encoding and fixed texts, by data alone."""
        self._create_paid_payout()
        voucher_format = self._create_format(
            ("constant", {"header": "账套", "value": "001"}),
            ("date", {}),
            ("voucher", {}),
            ("summary", {"max_length": 4}),
            ("account_name", {}),
            ("side", {}),
            ("amount", {}),
            ("jurisdiction", {}),
            ("partner", {}),
            ("prepared_by", {}),
            date_pattern="plain",
            delimiter=",",
        )
        export, _action = self._export(format_id=voucher_format.id)
        header, first, second, *_rest = self._read(export)
        self.assertEqual(header[:3], ["账套", "date", "voucher"])
        self.assertEqual(first[:3] + first[5:8], ["001", "20260302", "记-0001", "借", "1600.00", self.county_a.name])
        self.assertLessEqual(len(first[3]), 4)
        self.assertEqual(second[5:7] + second[8:], ["贷", "1600.00", "t_lawyer1", "t_a_finance"])
        self.assertEqual(export.format_name, "测试账套")
        self.assertTrue(export.name.endswith(".csv"))
        voucher_format.encoding = "utf-8-sig"
        again, _action = self._export(format_id=voucher_format.id)
        self.assertEqual(self._read(again, "utf-8-sig"), [header, first, second, *_rest])

    def test_same_figures_as_the_books(self):
        """Debit and credit of the file are those of the ledger, voucher by voucher, also with a reversal in red."""
        payout = self._create_paid_payout()
        payout.with_user(self.a_finance).action_reverse(reason_code="other", note="重复", date=TODAY)
        voucher_format = self._create_format(("voucher", {}), ("account_name", {}), ("debit", {}), ("credit", {}))
        export, _action = self._export(format_id=voucher_format.id)
        sums = {}
        for voucher, _account, debit, credit in self._read(export)[1:]:
            pair = sums.setdefault(voucher, [Decimal(0), Decimal(0)])
            pair[0] += Decimal(debit or 0)
            pair[1] += Decimal(credit or 0)
        self.assertEqual(len(sums), 4)
        self.assertTrue(all(debit == credit for debit, credit in sums.values()))
        ledger = self.env["account.move"].search([("company_id", "=", self.county_a_books.id)])
        self.assertEqual(
            sum(debit for debit, _credit in sums.values()), Decimal(str(sum(ledger.line_ids.mapped("debit"))))
        )
        self.assertLess(min(debit for debit, _credit in sums.values()), 0, "The reversal is in red.")
        self.assertEqual((export.debit, export.credit), (0, 0))

    def test_only_posted_of_the_days_and_of_legal_aid(self):
        self._create_paid_payout()
        journal = self.env["account.journal"].search(
            [("company_id", "=", self.county_a_books.id), ("type", "=", "general")], limit=1
        )
        accounts = self.env["account.account"].with_company(self.county_a_books)
        expense, bank = (
            accounts.search([("code", "=", code), ("company_ids", "in", self.county_a_books.ids)])
            for code in ("50501", "102")
        )
        posted, draft = (
            self.env["account.move"]
            .with_company(self.county_a_books)
            .create(
                [
                    {
                        "journal_id": journal.id,
                        "date": TODAY,
                        "line_ids": [
                            Command.create({"account_id": expense.id, "name": "培训", "debit": 10}),
                            Command.create({"account_id": bank.id, "name": "培训", "credit": 10}),
                        ],
                    }
                    for _number in range(2)
                ]
            )
        )
        posted.action_post()
        export, _action = self._export()
        self.assertNotIn(posted, export.move_ids)
        export, _action = self._export(legal_aid_only=False)
        self.assertIn(posted, export.move_ids)
        self.assertNotIn(draft, export.move_ids)
        with self.assertRefused(UserError, "no posted voucher"):
            self._export(date_from="2026-02-01", date_to="2026-03-01")
        with self.assertRefused(UserError, "after the last day"):
            self._export(date_from="2026-03-03", date_to=TODAY)

    def test_nothing_is_a_formula(self):
        """X1: a summary that looks like a formula stays text, in workbook and text."""
        payout = self._create_paid_payout()
        payout.move_id.sudo().line_ids[0].name = "=HYPERLINK(1)"
        export, _action = self._export()
        self.assertEqual(read_xlsx(base64.b64decode(export.content))["E2"], ("s", "=HYPERLINK(1)"))
        export, _action = self._export(
            format_id=self._create_format(("summary", {}), ("account_name", {}), ("side", {}), ("amount", {})).id
        )
        self.assertEqual(self._read(export)[1][0], "'=HYPERLINK(1)")

    def test_kept_with_checksum(self):
        """The record holds the file as it left; nobody changes or deletes it."""
        self._create_paid_payout()
        export, action = self._export()
        self.assertEqual(export.digest, hashlib.sha256(base64.b64decode(export.content)).hexdigest())
        self.assertEqual((export.create_uid, export.company_id), (self.a_finance, self.county_a_books))
        for step in (lambda: export.write({"debit": 1}), export.unlink, export.copy):
            with self.assertRefused(AccessError):
                step()
        with self.assertRefused(AccessError):
            export.create(
                {
                    "name": "x",
                    "organization_id": self.county_a.id,
                    "company_id": self.county_a_books.id,
                    "date_from": TODAY,
                    "date_to": TODAY,
                    "digest": "0",
                }
            )
        self.env.flush_all()
        for login, status in (("t_a_finance", 200), ("t_b_finance", 404), ("t_a_officer", 404)):
            self.authenticate(login, login)
            self.assertEqual(self.url_open(action["url"]).status_code, status, login)

    def test_who_exports(self):
        """Finance of these books only: not officers, not another county, not the auditor, who reads what left."""
        self._create_paid_payout()
        for user in (self.a_officer, self.a_manager, self.auditor):
            with self.assertRefused(AccessError):
                self._export(user)
        for user in (self.b_finance, self.city_finance):
            with self.assertRefused(AccessError):
                self._export(user)
        with self.assertRefused(UserError, "keeps no books"):
            self._export(self.b_finance, self.county_b)
        export, _action = self._export()
        self.auditor.company_ids |= self.county_a_books
        self.assertTrue(export.with_user(self.auditor).content)
        for user in (self.b_finance, self.city_finance):
            self.assertNotIn(export, self.env["legal.aid.voucher.export"].with_user(user).search([]))

    def test_two_counties_apart(self):
        """Separate books: each export holds the vouchers of its own county."""
        county_b_books = self._give_books(self.county_b)
        self._create_paid_payout()
        payout = self._create_payout_of_b()
        self.approve(payout, self.b_officer, self.b_manager)
        payout.with_user(self.b_finance).action_post(date=TODAY)
        first, _action = self._export()
        second, _action = self._export(self.b_finance, self.county_b)
        self.assertEqual(first.move_ids.sudo().company_id, self.county_a_books)
        self.assertEqual(second.sudo().move_ids.company_id, county_b_books)
        self.assertEqual((first.voucher_count, second.sudo().voucher_count), (2, 2))

    def test_a_format_names_accounts_and_sides(self):
        """F§5: a code without its name is no voucher."""
        for columns in (
            [("account_code", {}), ("debit", {}), ("credit", {})],
            [("account_name", {}), ("debit", {})],
            [("account_name", {}), ("amount", {})],
        ):
            with self.assertRefused(ValidationError, "name of the account"):
                self._create_format(*columns)
        self.assertTrue(self.env.ref("union_legal_aid.voucher_format_text")._get_layout().columns)
