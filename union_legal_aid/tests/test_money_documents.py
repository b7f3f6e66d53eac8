import base64
import io
import zipfile
from xml.etree import ElementTree

from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .casework_common import TODAY
from .money_common import LegalAidMoneyCommon

NAMESPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def read_xlsx(content):
    """``{cell: (type, text)}`` of the first sheet, without any library: what stands in the file, not what a program makes of it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        strings = [
            "".join(part.text or "" for part in item.iter(f"{{{NAMESPACE['m']}}}t"))
            for item in ElementTree.fromstring(archive.read("xl/sharedStrings.xml")).findall("m:si", NAMESPACE)
        ]
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    cells = {}
    for cell in sheet.iter(f"{{{NAMESPACE['m']}}}c"):
        value = cell.find("m:v", NAMESPACE)
        text = value.text if value is not None else None
        kind = cell.get("t", "n")
        cells[cell.get("r")] = (kind, strings[int(text)] if kind == "s" else text)
        if cell.find("m:f", NAMESPACE) is not None:
            raise AssertionError(f"{cell.get('r')} holds a formula")
    return cells


@tagged("post_install", "-at_install")
class TestBankFile(LegalAidMoneyCommon, HttpCase):
    def _export(self, payout=None):
        payout = (payout or self._create_approved_payout()).with_user(self.a_finance)
        action = payout.action_export_bank_file()
        return payout, action, read_xlsx(base64.b64decode(payout.bank_file))

    def test_default_columns(self):
        """M7, F§10: accounts as text, amounts exact, the total apart from the payments."""
        self._create_approved_expense()
        _payout, _action, cells = self._export()
        headers = [cells[f"{column}1"][1] for column in "ABCDEFGHI"]
        self.assertEqual(
            headers, ["序号", "收款人户名", "收款账号", "开户行", "联行号", "金额", "用途", "备注", "手机号"]
        )
        self.assertEqual(cells["A2"], ("n", "1"))
        self.assertEqual(cells["B2"], ("s", "t_lawyer1"))
        self.assertEqual(cells["C2"], ("s", "6222020000000000001"))
        self.assertEqual(cells["E2"], ("s", "102495000018"))
        self.assertEqual(cells["F2"], ("n", "1600"))
        self.assertEqual(cells["I2"], ("s", "13803750009"))
        self.assertNotIn("A3", cells)
        self.assertEqual((cells["A4"], cells["B4"], cells["F4"]), (("n", "1"), ("s", "合计"), ("n", "1600")))

    def test_cents_and_one_payment_per_lawyer(self):
        for _number in range(2):
            expense = self._create_expense()
            expense.line_ids.write({"amount_allowed": 533.33, "reason_code": "quality"})
            self.approve(expense, self.a_officer, self.a_manager)
        _payout, _action, cells = self._export()
        self.assertEqual((cells["F2"], cells["F4"]), (("n", "1066.66"), ("n", "1066.66")))

    def test_nothing_is_a_formula(self):
        """X1: a name that looks like a formula stays text."""
        self.lawyer1.bank_account_holder = "=HYPERLINK(1)"
        self._create_approved_expense()
        _payout, _action, cells = self._export()
        self.assertEqual(cells["B2"], ("s", "=HYPERLINK(1)"))

    def test_finance_only_and_on_record(self):
        """M7: by finance of the payer, after the approval; the chatter names count, sum and digest, nobody and no account."""
        self._create_approved_expense()
        payout = self._create_payout()
        payout.action_compute()
        with self.assertRefused(UserError):
            payout.with_user(self.a_finance).action_export_bank_file()
        self.approve(payout, self.a_officer, self.a_manager)
        for user in (self.a_officer, self.a_manager, self.b_finance, self.auditor):
            with self.assertRefused(AccessError):
                payout.with_user(user).action_export_bank_file()
        payout.with_user(self.a_finance).action_export_bank_file()
        log = payout.message_ids[0].body
        self.assertRegex(log, "1 payments.*SHA-256")
        for private in ("6222020000000000001", "t_lawyer1", "13803750009"):
            self.assertNotIn(private, log)
        self.assertEqual(payout.bank_file_user_id, self.a_finance)

    def test_file_follows_the_rights(self):
        """O2: the file is a field of the payout; its address serves finance of the payer and nobody else."""
        self._create_approved_expense()
        payout, action, _cells = self._export()
        self.env.flush_all()
        with self.assertRefused(AccessError):
            payout.with_user(self.a_officer).read(["bank_file"])
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", payout._name), ("res_id", "=", payout.id), ("res_field", "=", "bank_file")]
        )
        self.assertTrue(attachment)
        with self.assertRefused(AccessError):
            attachment.with_user(self.a_officer).read(["raw"])
        for login, status in (("t_a_finance", 200), ("t_b_finance", 404), ("t_a_officer", 404), ("t_lawyer1", 404)):
            self.authenticate(login, login)
            response = self.url_open(action["url"])
            self.assertEqual(response.status_code, status, login)
        self.assertFalse(response.content.startswith(b"PK"))

    def test_nothing_left_to_pay(self):
        """After paying, a copy of the file; after a reversal none."""
        self._create_approved_expense()
        payout, _action, before = self._export()
        payout.action_post(date=TODAY)
        _payout, _action, after = self._export(payout)
        self.assertEqual(before["F4"], after["F4"])
        payout.action_reverse(reason_code="other")
        with self.assertRefused(UserError):
            payout.action_export_bank_file()


@tagged("post_install", "-at_install")
class TestPrints(LegalAidMoneyCommon):
    def _print(self, name, records, user):
        """The text of a document as ``user`` prints it, in Chinese where that language is installed."""
        report = self.env["ir.actions.report"].with_user(user)
        content, _kind = report._render_qweb_html(f"union_legal_aid.report_{name}", records.ids)
        return " ".join(html.fromstring(content).text_content().split())

    def test_payout_list(self):
        """M8: figures and capitals from one stored amount, accounts masked, who asked and who approved."""
        self._create_approved_expense()
        payout = self._create_payout()
        with self.assertRefused(UserError):
            self._print("payout_list", payout, self.a_officer)
        payout.action_compute()
        self.approve(payout, self.a_officer, self.a_manager)
        text = self._print("payout_list", payout, self.a_officer)
        for part in (
            payout.name,
            "测试甲县总工会",
            "t_lawyer1",
            "¥1,600.00",
            "6222 **** **** 0001",
            "t_a_officer",
            "t_a_manager",
        ):
            self.assertIn(part, text)
        self.assertIn(payout.currency_id.with_context(lang="zh_CN").amount_to_text(1600), text)
        self.assertIn("人民币壹仟陆佰元整", text)
        self.assertNotIn("6222020000000000001", text)
        self.assertNotIn("王小明", text)

    def test_voucher(self):
        """F§5, M14: word and number, code *and* name of the account, capitals, attached papers."""
        payout = self._create_paid_payout()
        text = self._print("voucher", payout.move_id, self.a_finance)
        for part in ("记-0001", "50403", "215", "人民币壹仟陆佰元整", "¥1,600.00", payout.name, "2026年3月2日"):
            self.assertIn(part, text)
        account = payout.move_id.line_ids.filtered("debit").account_id.with_context(lang="zh_CN")
        self.assertIn(account.name, text)
        self.assertEqual(payout.move_id.paper_count, 2)
        self.assertIn("银-0001", self._print("voucher", payout.bank_move_id, self.a_finance))

    def test_expense_sheet(self):
        expense = self._create_expense()
        expense.line_ids.write({"amount_allowed": 1409.5, "reason_code": "quality"})
        self.approve(expense, self.a_officer, self.a_manager)
        text = self._print("expense_sheet", expense, self.a_officer)
        for part in (
            expense.name,
            expense.case_number,
            "¥1,600.00",
            "¥1,409.50",
            "人民币壹仟肆佰零玖元伍角",
            "t_a_manager",
        ):
            self.assertIn(part, text)
        self.assertNotIn("王小明", text)
        self.assertIn(expense.allocation_ids.explanation, text)

    def test_payment_notice(self):
        """A payer without books gets a notice; accounts in full only for who may read them."""
        payout = self._create_payout_of_b()
        with self.assertRefused(UserError):
            self._print("payment_notice", payout, self.b_officer)
        self.approve(payout, self.b_officer, self.b_manager)
        officer, finance = (self._print("payment_notice", payout, user) for user in (self.b_officer, self.b_finance))
        for text in (officer, finance):
            self.assertIn("人民币壹仟陆佰元整", text)
            self.assertIn("测试乙县总工会", text)
        self.assertIn("6222020000000000002", finance)
        self.assertNotIn("6222020000000000002", officer)

    def test_capitals_on_the_record(self):
        """M8: the same stored amount in Chinese capitals, also for the vector with 零."""
        expense = self._create_expense()
        expense.line_ids.write({"amount_allowed": 325.04, "reason_code": "quality"})
        self.assertEqual(expense.with_context(lang="zh_CN").amount_capitals, "人民币叁佰贰拾伍元零肆分")
