"""The bank's batch file and what the bank sends back, as files: nothing here needs a database."""

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl

from odoo.tests.common import BaseCase, tagged

from ..tools import bank_file, bank_return, column_file, table_file

PAYMENT = {
    "holder": "张三",
    "account": "6222020000000000001",
    "bank": "示例银行",
    "bank_code": "102495000018",
    "amount": Decimal("1066.66"),
    "purpose": "案件费用",
    "remark": "发放〔2026〕0001号-1",
    "phone": "13803750009",
    "payer": "测试县总工会",
    "payer_account": "1707020000000000001",
}
TITLES = ("收款账号", "收款人户名", "金额", "处理结果", "失败原因", "交易日期")
GOOD = ["6222020000000000001", "张三", "1066.66", "成功", "", "2026-03-05"]


def read_text(content, encoding):
    return list(csv.reader(io.StringIO(content.decode(encoding), newline="")))


def build_workbook(*rows, titles=TITLES, before=()):
    book = openpyxl.Workbook()
    for row in (*before, titles, *rows):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@tagged("post_install", "-at_install", "union_tools")
class TestToolsBankFile(BaseCase):
    def test_workbook_opened_again(self):
        """M7: opened with openpyxl the accounts are text with all digits, the amounts numbers to the cent."""
        sheet = openpyxl.load_workbook(io.BytesIO(bank_file.build([PAYMENT, {**PAYMENT, "amount": 0.1 + 0.2}]))).active
        account, amount = sheet["C2"], sheet["F2"]
        self.assertEqual((account.data_type, account.value, account.number_format), ("s", PAYMENT["account"], "@"))
        self.assertEqual((amount.data_type, amount.value, amount.number_format), ("n", 1066.66, "0.00"))
        self.assertEqual((sheet["F3"].value, sheet["F5"].value, sheet["B5"].value), (0.3, 1066.96, "合计"))

    def test_text_in_both_encodings(self):
        """M7, F§10: GB18030 without a mark and UTF-8 with one read back to the same lines, ended as old clients want them."""
        for encoding, sign in (("gb18030", b""), ("utf-8-sig", b"\xef\xbb\xbf")):
            with self.subTest(encoding):
                layout = replace(bank_file.DEFAULT, file_type="csv", encoding=encoding)
                content = bank_file.build([{**PAYMENT, "holder": "张䶮"}], layout)
                self.assertTrue(content.startswith(sign))
                self.assertTrue(content.endswith(b"\r\n"))
                header, row = read_text(content, encoding)
                self.assertEqual(header[:3], ["序号", "收款人户名", "收款账号"])
                self.assertEqual(row[1:3] + [row[5]], ["张䶮", PAYMENT["account"], "1066.66"])

    def test_no_formula_in_any_cell(self):
        """X1, M7: = + - @, tab and return at the beginning of any text never reach a spreadsheet as a formula."""
        layout = replace(bank_file.DEFAULT, file_type="csv", encoding="utf-8-sig")
        for sign in ("=", "+", "-", "@", "\t=", "\r=", "\n+", " =", "＝"):
            with self.subTest(sign=sign):
                payment = {**PAYMENT, **dict.fromkeys(("holder", "bank", "purpose", "remark"), f"{sign}HYPERLINK(1)")}
                cells = [cell for row in read_text(bank_file.build([payment], layout), "utf-8-sig") for cell in row]
                self.assertFalse([cell for cell in cells if cell.startswith(column_file.FORMULA_SIGNS)])
                sheet = openpyxl.load_workbook(io.BytesIO(bank_file.build([payment]))).active
                self.assertFalse([cell for row in sheet for cell in row if cell.data_type == "f"])

    def test_columns_of_a_bank(self):
        """M7: order, titles, fixed texts and lengths are the bank's own; without titles the payments begin at once."""
        columns = (
            bank_file.Column("付款账号", "payer_account"),
            bank_file.Column("收款账号", "account"),
            bank_file.Column("收款账号名称", "holder"),
            bank_file.Column("币种", "constant", "人民币"),
            bank_file.Column("金额", "amount"),
            bank_file.Column("用途", "purpose", max_length=2),
        )
        layout = bank_file.Layout(columns, file_type="csv", encoding="gb18030", delimiter="|", has_header=False)
        text = bank_file.build([PAYMENT], layout).decode("gb18030")
        self.assertEqual(text, "1707020000000000001|6222020000000000001|张三|人民币|1066.66|案件\r\n")
        sheet = openpyxl.load_workbook(
            io.BytesIO(bank_file.build([PAYMENT], replace(layout, file_type="xlsx", has_total=False)))
        ).active
        self.assertEqual((sheet.max_row, sheet["B1"].value), (1, PAYMENT["account"]))


@tagged("post_install", "-at_install", "union_tools")
class TestToolsBankReturn(BaseCase):
    def _read(self, *rows, **options):
        return bank_return.read(build_workbook(*rows, **options), bank_return.Mapping())

    def _problems(self, *rows):
        return [[problem.message for problem in row.problems] for row in self._read(*rows)]

    def test_workbook_and_text_say_the_same(self):
        """M7: headings above the table, sums below it, an account written as =\"…\" in text: the same payment."""
        above = (["示例银行批量结果"], [], ["批次", "1"])
        (row,) = self._read(GOOD, ["", "合计", "1066.66", "", "", ""], before=above)
        self.assertEqual(
            (row.number, row.account, row.amount, row.is_paid, row.date),
            (5, GOOD[0], Decimal("1066.66"), True, date(2026, 3, 5)),
        )
        lines = [TITLES, [f'="{GOOD[0]}"', "张三", "1,066.66", "成功", "", "20260305"]]
        for encoding in ("gb18030", "utf-8-sig", "utf-8"):
            buffer = io.StringIO()
            csv.writer(buffer).writerows(lines)
            (text_row,) = bank_return.read(buffer.getvalue().encode(encoding), bank_return.Mapping())
            self.assertEqual(bank_return.digest([text_row]), bank_return.digest([row]), encoding)

    def test_bad_rows_say_why(self):
        """M7: each bad row has its reason; none repeats account or name."""
        problems = self._problems(
            ["", "张三", "1", "成功", "", ""],
            [6222020000000000001, "张三", "1", "成功", "", ""],
            [GOOD[0], "张三", "1.005", "成功", "", ""],
            [GOOD[0], "张三", "-1", "成功", "", ""],
            [GOOD[0], "张三", "abc", "成功", "", ""],
            [GOOD[0], "张三", "1", "处理中", "", ""],
            [GOOD[0], "张三", "1", "成功", "", "某日"],
            ["=1+1", "张三", "1", "成功", "", ""],
        )
        self.assertEqual(
            problems,
            [
                [bank_return.NO_ACCOUNT],
                [bank_return.ACCOUNT_AS_NUMBER],
                [bank_return.BAD_AMOUNT],
                [bank_return.BAD_AMOUNT],
                [bank_return.BAD_AMOUNT],
                [bank_return.UNKNOWN_STATUS],
                [bank_return.BAD_DATE],
                [bank_return.FORMULA],
            ],
        )

    def test_bad_files(self):
        """M7: what is no such file is refused as a whole, with what to do."""
        for content, message in (
            (b"PK\x03\x04broken", table_file.NOT_A_WORKBOOK),
            (b"\x00\x01\x02", table_file.NOT_A_TABLE),
            (b"\xff\xff\xff", table_file.NOT_A_TABLE),
            (b"x" * (table_file.MAX_BYTES + 1), table_file.TOO_LARGE),
            ("姓名,电话\r\n张三,1".encode(), bank_return.WRONG_HEADER),
            (build_workbook(), bank_return.NO_ROWS),
        ):
            with self.subTest(message), self.assertRaises(table_file.BadWorkbook) as caught:
                bank_return.read(content, bank_return.Mapping())
            self.assertEqual(caught.exception.sentence.message, message)

    def test_digest(self):
        """Exactly once: the order of the rows does not matter, what they say does."""
        first, second = GOOD, ["6222020000000000002", "李四", "20", "失败", "户名不符", ""]
        self.assertEqual(bank_return.digest(self._read(first, second)), bank_return.digest(self._read(second, first)))
        self.assertNotEqual(bank_return.digest(self._read(first)), bank_return.digest(self._read(second)))
