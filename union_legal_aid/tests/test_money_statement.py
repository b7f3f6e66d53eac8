import base64
import io
from datetime import timedelta

import openpyxl
from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools import rmb
from .casework_common import TODAY
from .money_common import LegalAidMoneyCommon

NEXT_MONTH = "2026-04-01 02:00:00"
MARCH = "2026-03-01"
SECRETS = ("王小明", "李四", "某建筑劳务公司", "13803750001", "6222020000000000001")


@tagged("post_install", "-at_install")
class TestStatement(LegalAidMoneyCommon):
    """M12: the monthly statement of a county, from the city's figures to the confirmation by its own finance."""

    def _create_statement(self, union=None, user=None, month=MARCH):
        statement = (
            self.env["legal.aid.statement"]
            .with_user(user or self.city_finance)
            .create({"organization_id": (union or self.county_a).id, "month": month})
        )
        with freeze_time(NEXT_MONTH):
            statement.action_compute()
        return statement

    def _issue(self, statement):
        with freeze_time(NEXT_MONTH):
            statement.action_issue()
        return statement

    def _create_zone_fee(self):
        """The fee of a zone's case: the zone does not bear its fees, so the city pays for it."""
        zone = self._create_union("测试新区工会", "T01Z", "zone", self.city, bears_case_expense=False, prefix="测新援")
        officer = self._create_user("t_z_officer", zone, "officer")
        case = self._create_case(officer, employer_place_id=zone.id)
        case.sudo()._workflow_write(
            {"state": "archived", "granted_date": TODAY, "archived_date": TODAY, "volunteer_id": self.lawyer1.id}
        )
        expense = self._create_expense(case, officer)
        expense.action_request_approval()
        expense.with_user(self.city_manager).action_approve()
        payout = self._create_payout(payer=self.city, user=self.city_officer)
        payout.action_compute()
        self.approve(payout, self.city_officer, self.city_manager)
        payout.with_user(self.city_finance).action_post(date=TODAY)
        return zone, payout

    def test_what_the_county_paid_and_owes(self):
        """M12: opening, approved, paid, owed; each fee with case number, lawyer, days and payout."""
        paid = self._create_paid_payout()
        owed = self._create_approved_expense()
        self._create_expense()  # a draft is owed to nobody
        statement = self._create_statement()
        self.assertRecordValues(
            statement,
            [
                {
                    "issuer_id": self.city.id,
                    "amount_opening": 0,
                    "amount_new": 3200,
                    "amount_paid": 1600,
                    "amount_owed": 1600,
                    "amount_disputed": 0,
                    "amount_paid_for": 0,
                    "state": "draft",
                }
            ],
        )
        self.assertRecordValues(
            statement.line_ids.sorted("kind"),
            [
                {"kind": "owed", "case_number": owed.case_number, "amount": 1600, "payout_number": False},
                {"kind": "paid", "case_number": paid.line_ids.case_number, "amount": 1600, "payout_number": paid.name},
            ],
        )
        self.assertEqual(statement.line_ids.mapped("lawyer_name"), [self.lawyer1.name] * 2)

    def test_next_month_goes_on(self):
        """M12: what was owed at the end of March is owed before April, and paid in April it is owed no more."""
        self._create_approved_expense()
        march = self._create_statement()
        with freeze_time("2026-04-10 02:00:00"):
            payout = self._create_payout(date="2026-04-10")
            payout.action_compute()
            self.approve(payout, self.a_officer, self.a_manager)
            payout.with_user(self.a_finance).action_post(date="2026-04-10")
        with freeze_time("2026-05-01 02:00:00"):
            april = self._create_statement(month="2026-04-01")
            april.action_compute()
            march.action_compute()
        self.assertEqual((march.amount_owed, march.amount_paid), (1600, 0))
        self.assertRecordValues(
            april, [{"amount_opening": 1600, "amount_new": 0, "amount_paid": 1600, "amount_owed": 0}]
        )

    def test_what_the_city_paid_for_it(self):
        """M12, M3: a zone that bears no fees sees what the city paid for its workers, and owes nothing."""
        zone, payout = self._create_zone_fee()
        statement = self._create_statement(zone)
        self.assertEqual((statement.amount_paid_for, statement.amount_owed), (1600, 0))
        self.assertRecordValues(
            statement.line_ids, [{"kind": "paid_for", "amount": 1600, "payout_number": payout.name}]
        )

    def test_share_of_another_countys_case(self):
        """M12, M3: each of two counties owes its own share, and a disputed one is shown as such."""
        expense = self._create_expense(self._create_shared_case(heads_b=1))
        self.approve(expense, self.a_officer, self.a_manager)
        share_b = expense.allocation_ids.filtered(lambda share: share.organization_id == self.county_b)
        share_b.with_user(self.b_officer).action_dispute(reason_code="not_ours")
        of_a, of_b = self._create_statement(), self._create_statement(self.county_b)
        self.assertEqual((of_a.amount_owed, of_a.amount_disputed), (800, 0))
        self.assertEqual((of_b.amount_owed, of_b.amount_disputed, of_b.line_ids.note), (800, 800, "Disputed"))

    def test_two_counties_with_separate_books(self):
        """M12, M3: each county pays its share from its own books, and finance of each confirms its own payment only."""
        self._give_books(self.county_b)
        expense = self._create_expense(self._create_shared_case(heads_b=2))
        self.approve(expense, self.a_officer, self.a_manager)
        people = {
            self.county_a: (self.a_officer, self.a_manager, self.a_finance, 533.33),
            self.county_b: (self.b_officer, self.b_manager, self.b_finance, 1066.67),
        }
        for union, (officer, manager, finance, amount) in people.items():
            payout = self._create_payout(payer=union, user=officer)
            payout.action_compute()
            self.approve(payout, officer, manager)
            payout.with_user(finance).action_post(date=TODAY)
            statement = self._issue(self._create_statement(union))
            self.assertRecordValues(statement, [{"amount_new": amount, "amount_paid": amount, "amount_owed": 0}])
            self.assertEqual(statement.line_ids.payout_number, payout.name)
            statement.with_user(finance).action_confirm()
        self.assertEqual(expense.state, "paid")

    def test_payer_outside_the_erp(self):
        """M12, M7: a county whose books are elsewhere confirms its payment with the bank's receipt, and the statement says so."""
        expense = self._create_expense(self._create_shared_case(heads_b=1))
        self.approve(expense, self.a_officer, self.a_manager)
        payout = self._create_payout(payer=self.county_b, user=self.b_officer)
        payout.action_compute()
        self.approve(payout, self.b_officer, self.b_manager)
        receipt = self.env["ir.attachment"].with_user(self.b_officer).create({"name": "回单.pdf", "raw": b"receipt"})
        payout.action_confirm_paid(date="2026-03-05", evidence=receipt)
        statement = self._issue(self._create_statement(self.county_b))
        self.assertRecordValues(statement, [{"amount_new": 800, "amount_paid": 800, "amount_owed": 0}])
        self.assertEqual(str(statement.line_ids.paid_date), "2026-03-05")
        statement.with_user(self.b_finance).action_confirm()
        self.assertEqual(statement.state, "confirmed")

    def test_confirmed_by_finance_of_the_county(self):
        """M12: issued by the city, confirmed by finance of that county and of no other, and then it stands."""
        self._create_paid_payout()
        statement = self._create_statement()
        with self.assertRefused(AccessError):
            statement.with_user(self.a_finance).read(["amount_owed"])
        self._issue(statement)
        mine = statement.with_user(self.a_finance)
        self.assertTrue(mine.can_answer)
        todo = self.env["mail.activity"].search(
            [("res_model", "=", "legal.aid.statement"), ("res_id", "=", statement.id)]
        )
        self.assertEqual(todo.user_id, self.a_finance)
        for user in (self.a_officer, self.a_manager, self.b_finance, self.city_finance, self.auditor):
            for step in ("action_confirm", "action_object"):
                with self.assertRefused(AccessError):
                    getattr(statement.with_user(user), step)()
        mine.action_confirm()
        self.assertRecordValues(
            statement,
            [{"state": "confirmed", "confirmed_by_id": self.a_finance.id, "issued_by_id": self.city_finance.id}],
        )
        self.assertFalse(todo.exists())
        for step in (statement.action_compute, statement.action_issue, mine.action_confirm):
            with self.assertRefused(UserError):
                step()

    def test_objection(self):
        """M12: with a coded reason; the city computes again, and the county is asked again."""
        statement = self._issue(self._create_statement())
        mine = statement.with_user(self.a_finance)
        self.assertEqual(mine.action_object()["context"]["default_usage"], "statement")
        with self.assertRefused(UserError, "missing"):
            mine.action_object(reason_code="unknown")
        mine.action_object(reason_code="missing", note="缺一笔三月的费用")
        self.assertRecordValues(
            statement,
            [{"state": "objected", "objected_by_id": self.a_finance.id, "objection_note": "缺一笔三月的费用"}],
        )
        self._create_approved_expense()
        with freeze_time(NEXT_MONTH):
            statement.action_compute()
        self.assertRecordValues(
            statement, [{"state": "draft", "objection_note": False, "issued_by_id": False, "amount_owed": 1600}]
        )
        self._issue(statement)
        mine.action_confirm()

    def test_not_before_the_month_is_over(self):
        """M12: not issued on the last day of the month, but on the day after."""
        statement = (
            self.env["legal.aid.statement"]
            .with_user(self.city_finance)
            .create({"organization_id": self.county_a.id, "month": "2026-03-17"})
        )
        self.assertEqual(str(statement.month), MARCH)
        with self.assertRefused(UserError, "not computed"):
            statement.action_issue()
        with freeze_time("2026-03-31 02:00:00"):
            statement.action_compute()
            with self.assertRefused(UserError, "2026-03-31"):
                statement.action_issue()
        self._issue(self._compute_again(statement))
        later = self.env["legal.aid.statement"].with_user(self.city_finance)
        with self.assertRefused(UserError, "not begun"):
            later.create({"organization_id": self.county_a.id, "month": "2026-09-01"}).action_compute()

    def _compute_again(self, statement):
        with freeze_time(NEXT_MONTH):
            statement.action_compute()
        return statement

    def test_other_month_has_other_figures(self):
        """M12: figures of one month never stand under the name of another."""
        self._create_approved_expense()
        statement = self._create_statement()
        self.assertEqual(statement.amount_owed, 1600)
        statement.month = "2026-02-01"
        self.assertRecordValues(statement, [{"amount_owed": 0, "computed_date": False, "line_ids": []}])

    def test_only_for_counties_once_a_month(self):
        statement = self._create_statement()
        with self.assertRefused(ValidationError, "no county or zone"):
            self._create_statement(self.enterprise_a)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._create_statement(statement.organization_id)

    def test_who_makes_it(self):
        """M12, O3: the city's officers and finance; a county makes none, neither for itself nor for another."""
        for user in (self.a_officer, self.a_finance, self.a_manager, self.auditor, self.b_finance):
            with self.assertRefused(AccessError):
                self.env["legal.aid.statement"].with_user(user).create(
                    {"organization_id": self.county_a.id, "month": MARCH}
                )
        statement = self._issue(self._create_statement(user=self.city_officer))
        for user in (self.b_officer, self.b_finance):
            self.assertFalse(self.env["legal.aid.statement"].with_user(user).search([("id", "=", statement.id)]))
        for user in (self.a_officer, self.a_finance, self.auditor):
            self.assertTrue(statement.with_user(user).read(["amount_owed"]))
        for user in (self.liaison, self.justice, self.lawyer1_user):
            with self.assertRefused(AccessError):
                statement.with_user(user).read(["amount_owed"])

    def test_doors(self):
        """Rule 1: figures, items and answers are written by the steps only."""
        self._create_approved_expense()
        statement = self._create_statement()
        statements = self.env["legal.aid.statement"].with_user(self.city_finance)
        for vals in (
            {"amount_owed": 1},
            {"state": "confirmed"},
            {"confirmed_by_id": self.a_finance.id},
            {"computed_date": "2026-04-02 00:00:00"},
            {"line_ids": [Command.create({"kind": "owed", "amount": 1})]},
        ):
            for step in (
                lambda vals=vals: statement.write(vals),
                lambda vals=vals: statements.create({"organization_id": self.county_b.id, "month": MARCH, **vals}),
            ):
                with self.assertRefused(AccessError):
                    step()
        for step in (
            lambda: statement.line_ids.write({"amount": 1}),
            lambda: statement.line_ids.unlink(),
            lambda: statement.line_ids.copy(),
        ):
            with self.assertRefused(AccessError):
                step()
        self._issue(statement)
        for step in (
            lambda: statement.write({"month": "2026-02-01"}),
            lambda: statement.write({"organization_id": self.county_b.id}),
            lambda: statement.unlink(),
        ):
            with self.assertRefused(UserError):
                step()

    def test_workbook_and_paper(self):
        """M8, M12: XLSX reopened and sheet: the stored figures to the cent, the capitals of the same amounts, no private name.

        Both are in Chinese, also for a reader who works in English.
        """
        self.env["res.lang"]._activate_and_install_lang("zh_CN")
        self._create_paid_payout()
        expense = self._create_expense()
        expense.line_ids = [Command.create(self._prepare_cost(86.37))]
        self.approve(expense, self.a_officer, self.a_manager)
        statement = self._issue(self._create_statement())
        action = statement.with_user(self.a_finance).action_export_xlsx()
        self.assertIn("/xlsx_file/", action["url"])
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(statement.with_user(self.a_finance).xlsx_file)))
        rows = [[cell.value for cell in row] for row in book.active.rows]
        self.assertEqual(rows[0][8], "金额")
        amounts = {row[0]: (row[8], row[9]) for row in rows[-6:]}
        self.assertEqual(amounts["期末应付"], (1686.37, rmb.to_capitals("1686.37")))
        self.assertEqual(amounts["本级已付"], (1600, rmb.to_capitals(1600)))
        self.assertEqual({row[2] for row in rows[1:3]}, set(statement.line_ids.mapped("case_number")))
        report = self.env["report.union_legal_aid.report_statement"].with_user(self.a_finance)
        sheet = report._get_report_values(statement.ids)["sheets"][0]
        figures = [row[1:] for row in sheet["tables"][0]["rows"]]
        self.assertIn(["¥1,686.37", rmb.to_capitals("1686.37")], figures)
        html = self.env["ir.actions.report"]._render_qweb_html("union_legal_aid.report_statement", statement.ids)[0]
        for text in (str(rows), html.decode()):
            self.assertIn(expense.case_number, text)
            for secret in SECRETS:
                self.assertNotIn(secret, text)

    def test_paper_needs_figures(self):
        statement = self.env["legal.aid.statement"].create({"organization_id": self.county_a.id, "month": MARCH})
        with self.assertRefused(UserError, "not computed"):
            self.env["report.union_legal_aid.report_statement"]._get_report_values(statement.ids)

    def test_drafted_each_month(self):
        """M12: drafts of last month, computed, for each county in which something moved or is owed; the same once only."""
        self._create_approved_expense()
        statements = self.env["legal.aid.statement"]
        with freeze_time(NEXT_MONTH), self.enter_registry_test_mode():
            for _run in range(2):
                self.env.ref("union_legal_aid.ir_cron_statements").method_direct_trigger()
        found = statements.search([("month", "=", MARCH)])
        self.assertRecordValues(found, [{"organization_id": self.county_a.id, "state": "draft", "amount_owed": 1600}])

    def test_statement_stands(self):
        """M12: once issued, its figures do not follow what becomes of the fees."""
        expense = self._create_approved_expense()
        statement = self._issue(self._create_statement())
        expense.action_cancel(note="案件要补正")
        self.assertEqual((statement.amount_owed, statement.line_ids.amount), (1600, 1600))
        self.assertEqual(statement.issued_date, fields.Date.to_date("2026-04-01"))
        self.assertLess(expense.approved_date, statement.month + timedelta(days=31))
