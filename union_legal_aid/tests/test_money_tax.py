import base64
import io

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import tagged

from ..tools import tax
from .casework_common import TODAY
from .test_money_subsidy import LegalAidSubsidyCommon

ID_NUMBERS = ("410402198501010125", "410404199003072830", "410411200012314482")


def read_sheet(content):
    sheet = openpyxl.load_workbook(io.BytesIO(base64.b64decode(content))).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


class LegalAidTaxCommon(LegalAidSubsidyCommon):
    def setUp(self):
        super().setUp()
        self.lawyers = self._create_more_lawyers(3)
        for lawyer, number in zip(self.lawyers, ID_NUMBERS, strict=True):
            lawyer.resident_id_number = number

    def _pay_subsidy(self, date=TODAY):
        payout = self._compute(date=date)
        self._pay(payout, date)
        return payout

    def _pay_fee(self, lawyer, date=TODAY, union=None):
        case = self._create_archived()
        case.sudo()._workflow_write({"volunteer_id": lawyer.id})
        self.approve(self._create_expense(case), self.a_officer, self.a_manager)
        payout = self._create_approved_payout(date=date)
        payout.with_user(self.a_finance).action_post(date=date)
        return payout

    def _get_list(self, kind, union=None, month=3):
        return self.env["legal.aid.tax.list"].search(
            [
                ("kind", "=", kind),
                ("organization_id", "=", (union or self.city).id),
                ("year", "=", 2026),
                ("month", "=", 0 if kind == "justice" else month),
            ]
        )


@tagged("post_install", "-at_install")
class TestTaxList(LegalAidTaxCommon):
    def test_appears_with_the_first_payment(self):
        """M9, F§2: exempt payments open the month's return and the year's list of their payer, once each; due by the policy."""
        self.assertFalse(self._get_list("exempt"))
        self._pay_subsidy()
        self._pay_fee(self.lawyers[0])
        self._pay_fee(self.lawyers[1])
        for union in (self.city, self.county_a):
            month, year = self._get_list("exempt", union), self._get_list("justice", union)
            self.assertEqual((len(month), len(year)), (1, 1))
            self.assertEqual((month.date_due, year.date_due), (Date.to_date("2026-04-15"), Date.to_date("2027-02-28")))
        self.assertFalse(self._get_list("withholding"))
        self.assertFalse(self._get_list("exempt", self.county_b))

    def test_exempt_month(self):
        """M9: one line for each person and month with income and exempt income; other months and other payers are not in it."""
        self._pay_fee(self.lawyers[0])
        self._pay_fee(self.lawyers[0])
        self._pay_fee(self.lawyers[1], "2026-04-02")
        record = self._get_list("exempt", self.county_a).with_user(self.a_finance)
        self.assertEqual((record.person_count, record.amount_total), (1, 3200))
        action = record.action_export()
        self.assertIn("list_file", action["url"])
        header, row, _empty, total = read_sheet(record.list_file)
        self.assertEqual(header[1:4] + header[8:10], ["姓名", "证件类型", "证件号码", "收入", "免税收入"])
        self.assertEqual(
            row[1:10],
            ["测试律师000", "居民身份证", ID_NUMBERS[0], "劳务报酬所得", "2026-03-01", "2026-03-31", 2, 3200, 3200],
        )
        self.assertEqual((total[0], total[1], total[8]), (1, "合计", 3200))
        self.assertNotIn(ID_NUMBERS[0], record.message_ids[0].body)
        payments = self.env["legal.aid.payout.line"].with_user(self.a_finance)
        self.assertEqual(len(payments.search(record.action_open_payments()["domain"])), 2)

    def test_justice_year(self):
        """M9, F§2 §3: the year's list of the payer: person, firm, licence, cases, amount, from the first payment to the last."""
        self.lawyers[0].law_firm_id = self.env["res.partner"].create({"name": "示例律师事务所", "is_company": True})
        self._pay_fee(self.lawyers[0], "2026-02-27")
        self._pay_fee(self.lawyers[0])
        record = self._get_list("justice", self.county_a).with_user(self.a_finance)
        record.action_export()
        row = read_sheet(record.list_file)[1]
        self.assertEqual(
            row[3:],
            [
                ID_NUMBERS[0],
                "示例律师事务所",
                self.lawyers[0].license_number,
                2,
                "2026-02-27",
                "2026-03-02",
                3200,
            ],
        )

    def test_reported_and_changed_afterwards(self):
        """M9: the day and the receipt are on record with the file; a payment that comes back afterwards shows; then reported anew."""
        payout = self._pay_subsidy()
        record = self._get_list("exempt").with_user(self.city_finance)
        record.action_file(date="2026-04-10", reference="税受2026-1")
        self.assertRecordValues(
            record,
            [
                {
                    "state": "filed",
                    "filed_date": Date.to_date("2026-04-10"),
                    "filed_by_id": self.city_finance.id,
                    "filed_count": 3,
                    "filed_amount": 3000,
                    "reference": "税受2026-1",
                    "is_outdated": False,
                }
            ],
        )
        self.assertEqual(len(read_sheet(record.filed_file)), 6)
        payout.line_ids.filtered("included")[0].with_user(self.city_finance).action_return(reason_code="other")
        record.invalidate_recordset()
        self.assertEqual((record.is_outdated, record.amount_total, record.filed_amount), (True, 2000, 3000))
        self.assertEqual(record.action_correct()["res_model"], "legal.aid.reason.dialog")
        record.action_correct(note="一笔退回")
        record.action_file(date="2026-04-12")
        self.assertEqual((record.filed_amount, record.is_outdated), (2000, False))
        with self.assertRefused(UserError, "Filed With the Bureau"):
            record.action_file()

    def test_number_missing(self):
        """M9: without an identity number no list; the sentence names the lawyer and where to enter it."""
        self.lawyers[1].resident_id_number = False
        self._pay_subsidy()
        record = self._get_list("exempt").with_user(self.city_finance)
        for step in (record.action_export, record.action_file):
            with self.assertRefused(UserError, "测试律师001.*Team > Lawyers"):
                step()

    def test_who_may(self):
        """O2, M9: finance of the payer; the auditor reads the figures, nobody else reads anything."""
        self._pay_subsidy()
        record = self._get_list("exempt")
        self.assertEqual(record.with_user(self.auditor).person_count, 3)
        for user in (self.auditor, self.a_finance, self.city_officer, self.city_manager):
            for step in (
                lambda user=user: record.with_user(user).action_export(),
                lambda user=user: record.with_user(user).action_file(),
                lambda user=user: record.with_user(user).write({"reference": "x"}),
            ):
                with self.assertRefused(AccessError):
                    step()
        finance = record.with_user(self.city_finance)
        finance.action_file()
        with self.assertRefused(AccessError):
            record.with_user(self.auditor).read(["filed_file"])
        for vals in ({"state": "draft"}, {"filed_amount": 1}, {"filed_date": TODAY}):
            with self.assertRefused(AccessError):
                finance.write(vals)
        with self.assertRefused(AccessError):
            finance.create({"organization_id": self.city.id, "year": 2030, "month": 1, "state": "filed"})
        with self.assertRefused(UserError):
            finance.write({"year": 2025})

    def test_print(self):
        """M8, M9: on paper as in the workbook, with capitals."""
        self._pay_subsidy()
        record = self._get_list("exempt").with_user(self.city_finance)
        report = self.env["ir.actions.report"].with_user(self.city_finance)
        content, _kind = report._render_qweb_html("union_legal_aid.report_tax_list", record.ids)
        for part in (ID_NUMBERS[0], "法律援助补贴免税申报表", "3,000.00", "人民币叁仟元整", "公告2022年第25号"):
            self.assertIn(part, content.decode())
        with self.assertRefused(AccessError):
            self.env["report.union_legal_aid.report_tax_list"].with_user(self.auditor)._get_report_values(record.ids)


@tagged("post_install", "-at_install")
class TestWithholding(LegalAidTaxCommon):
    def test_month(self):
        """M9: the withholding of a person and month, step by step: 1000 − 800 = 200 at 20 % = 40; what was withheld agrees."""
        self._set_policy("subsidy_tax_treatment = 'taxable'")
        self._pay_subsidy()
        self.assertFalse(self._get_list("exempt"))
        record = self._get_list("withholding").with_user(self.city_finance)
        self.assertEqual((record.person_count, record.amount_total, record.amount_tax), (3, 3000, 120))
        record.action_export()
        row = read_sheet(record.list_file)[1]
        self.assertEqual(row[5:], [1, 1000, 800, 200, "20%", None if row[10] is None else 0, 40, 40])

    def test_payable_account(self):
        """M9: withheld tax stands on the account chosen for it, open to the bureau; remitted by finance from the bank, it is gone."""
        self._set_policy("subsidy_tax_treatment = 'taxable'")
        account = self.env["account.account"].create(
            {
                "name": "其他应付款—代扣个税",
                "code": "21599",
                "account_type": "liability_current",
                "reconcile": True,
                "company_ids": [(6, 0, self.city_books.ids)],
            }
        )
        self.city_books.legal_aid_tax_account_id = account
        payout = self._pay_subsidy()
        row = payout.move_id.line_ids.filtered(lambda line: line.account_id == account)
        self.assertEqual((row.credit, row.reconciled, payout.state), (120, False, "paid"))
        self.assertEqual(row.partner_id, self.env.ref("union_legal_aid.partner_tax_bureau"))
        payable = payout.move_id.line_ids.filtered(lambda line: line.credit == 960)
        self.assertEqual((len(payable), payable.mapped("reconciled")), (3, [True] * 3))

    def test_steps(self):
        """M9: deduction, taxable income, rate and quick deduction of a return, at both sides of a boundary."""
        steps = tax.steps_on_labour(30000)
        self.assertEqual(
            [str(value) for value in (steps.deduction, steps.taxable, steps.rate, steps.quick_deduction, steps.tax)],
            ["6000.00", "24000.00", "0.30", "2000", "5200.00"],
        )
        self.assertEqual(str(tax.steps_on_labour(500).deduction), "500.00")


@tagged("post_install", "-at_install")
class TestPayoutForms(LegalAidTaxCommon):
    def _print(self, name, payout, user):
        report = self.env["ir.actions.report"].with_user(user)
        content, _kind = report._render_qweb_html(f"union_legal_aid.report_{name}", payout.ids)
        return content.decode()

    def test_approval_form(self):
        """M4, M8: what the leaders sign: total in figures and capitals, grounds, budget, changed accounts, who is left out and why."""
        self.env["legal.aid.budget"].create(
            {"organization_id": self.city.id, "year": 2026, "amount": 10000, "document_number": "测"}
        )
        payout = self._create_payout("subsidy")
        with self.assertRefused(UserError, "Compute the payout first"):
            self._print("payout_approval", payout, self.city_officer)
        payout.action_compute()
        text = self._print("payout_approval", payout, self.city_officer)
        for part in ("¥3,000.00", "人民币叁仟元整", "测工文〔2025〕1号", "t_lawyer1", payout.name):
            self.assertIn(part, text)
        self.approve(payout, self.city_officer, self.city_manager)
        self.assertIn("t_city_manager", self._print("payout_approval", payout, self.city_finance))

    def test_receipts(self):
        """M8: one receipt for each payee, its figures and capitals from the same stored sum, the account masked."""
        self._set_policy("subsidy_tax_treatment = 'taxable'")
        payout = self._compute()
        with self.assertRefused(UserError, "not approved"):
            self._print("payout_receipt", payout, self.city_officer)
        self.approve(payout, self.city_officer, self.city_manager)
        text = self._print("payout_receipt", payout, self.city_officer)
        self.assertEqual((text.count("人民币玖佰陆拾元整"), text.count("¥960.00")), (3, 6))
        for lawyer in self.lawyers:
            self.assertIn(lawyer.name, text)
            self.assertNotIn(lawyer.sudo().bank_account_number, text)
