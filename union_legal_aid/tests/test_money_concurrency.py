import csv
import io
from functools import partial

from psycopg2.errors import SerializationFailure

from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.mail.tests.common import mail_new_test_user

from .concurrency_common import LegalAidConcurrencyCase

DATE = "2026-03-02"
ACCOUNTS = (("50403", "expense"), ("215", "liability_current"), ("102", "asset_cash"))


@tagged("post_install", "-at_install")
class TestPayoutAtTheSameMoment(LegalAidConcurrencyCase):
    """Exactly once (M6, M7, M11): two finance users at the same moment."""

    model = "legal.aid.payout"

    def _create_records(self, env):
        company = self._keep(
            env["res.company"].create({"name": "同时市总工会账套", "currency_id": env.ref("base.CNY").id})
        )
        self.company_id = company.id
        self._create_books(env, company)
        city = self._keep(
            env["union.organization"].create(
                {"name": "同时市总工会", "code": "MONEYATONCE", "tier": "city", "company_id": company.id}
            )
        )
        self.city_id = city.id
        for login in ("finance1", "finance2"):
            user = mail_new_test_user(env, login=f"atonce_{login}", groups="union_legal_aid.group_finance")
            user.union_organization_ids = city
            user.write({"company_ids": [(4, company.id)], "company_id": company.id})
            self._keep(user.partner_id)
            self._keep(user)
            setattr(self, login, user.id)
        partner = self._keep(env["res.partner"].create({"name": "同时律师"}))
        self.lawyer_id = self._keep(
            env["legal.aid.volunteer"].create({"partner_id": partner.id, "organization_id": city.id})
        ).id
        self.payout_id = self._create_payout(env, "approved").id

    def _create_books(self, env, company):
        accounts = env["account.account"].with_company(company)
        for code, kind in ACCOUNTS:
            account = accounts.create(
                {
                    "name": code,
                    "code": code,
                    "account_type": kind,
                    "reconcile": code == "215",
                    "company_ids": [(6, 0, company.ids)],
                }
            )
            self._keep(account)
        journals = env["account.journal"].with_company(company)
        self._keep(journals.create({"name": "记账", "code": "JZ", "type": "general", "company_id": company.id}))
        bank = journals.create(
            {
                "name": "银行",
                "code": "YH",
                "type": "bank",
                "company_id": company.id,
                "default_account_id": account.id,
            }
        )
        self._keep(bank)

    def _create_payout(self, env, state, amount=1000):
        payout = (
            env["legal.aid.payout"]
            ._workflow_env()
            .create(
                {
                    "kind": "expense",
                    "organization_id": self.city_id,
                    "date": DATE,
                    "tax_treatment": "exempt",
                    "state": state,
                }
            )
        )
        lines = env["legal.aid.payout.line"]._row_env()
        lines.create(
            {
                "payout_id": payout.id,
                "volunteer_id": self.lawyer_id,
                "amount": amount,
                "labour_amount": amount,
                "bank_account_number": "6222020000000000001",
                "bank_account_holder": "同时律师",
            }
        )
        self._keep(payout)
        return payout

    def _clean_up(self):
        """Take the committed records away, posted entries included, which nothing but a test ever does."""
        with self._transaction() as env:
            company = self.company_id
            moves = SQL("SELECT id FROM account_move WHERE company_id = %s", company)
            payouts = SQL("SELECT id FROM legal_aid_payout WHERE organization_id = %s", self.city_id)
            for statement in (
                SQL("UPDATE legal_aid_payout_line SET move_line_id = NULL WHERE payout_id IN (%s)", payouts),
                SQL("UPDATE legal_aid_payout SET move_id = NULL, bank_move_id = NULL WHERE id IN (%s)", payouts),
                SQL("DELETE FROM account_partial_reconcile WHERE company_id = %s", company),
                SQL("DELETE FROM account_analytic_line WHERE company_id = %s", company),
                SQL("DELETE FROM account_move_line WHERE move_id IN (%s)", moves),
                SQL("DELETE FROM account_move WHERE company_id = %s", company),
                SQL("DELETE FROM legal_aid_bank_return WHERE payout_id IN (%s)", payouts),
                SQL("DELETE FROM legal_aid_payout_line WHERE payout_id IN (%s)", payouts),
                SQL("DELETE FROM legal_aid_payout WHERE organization_id = %s", self.city_id),
                SQL("DELETE FROM legal_aid_tax_list WHERE organization_id = %s", self.city_id),
            ):
                env.cr.execute(statement)
        for model, ids in reversed(self.records):
            with self._transaction() as env:
                records = env[model].with_context(active_test=False).browse(ids).exists()
                if model == "res.users":
                    records.write({"company_ids": [(6, 0, env.ref("base.main_company").ids)], "company_id": 1})
                records.unlink()

    # What people do

    def _get_called_id(self):
        return self.payout_id

    def _assert_booked_once(self):
        with self._transaction() as env:
            payout = env["legal.aid.payout"].browse(self.payout_id)
            moves = env["account.move"].search([("company_id", "=", self.company_id)])
            self.assertEqual(moves, payout.move_id | payout.bank_move_id)
            self.assertEqual((len(moves), payout.state, payout.line_ids.state), (2, "paid", "paid"))
            sums = {
                account.with_company(self.company_id).code: (sum(rows.mapped("debit")), sum(rows.mapped("credit")))
                for account, rows in moves.line_ids.grouped("account_id").items()
            }
            self.assertEqual(sums, {"50403": (1000, 0), "215": (1000, 1000), "102": (0, 1000)})

    # Posting

    def test_while_the_other_posts(self):
        """M6: the second one is told at once, and nothing of his is written."""
        with self._transaction(self.finance1) as first, self._transaction(self.finance2) as second:
            self._look(first), self._look(second)
            self._call(first, "action_post", date=DATE)
            with self.assertRaisesRegex(UserError, "Somebody else is working on"):
                self._call(second, "action_post", date=DATE)
            second.cr.rollback()
        self._assert_booked_once()

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_just_after_the_other_posted(self):
        """M6: the page was read before the other posted and the button pressed after it."""
        with self._transaction(self.finance2) as second:
            self._look(second)
            with self._transaction(self.finance1) as first:
                self._call(first, "action_post", date=DATE)
            with self.assertRaises(SerializationFailure):
                self._call(second, "action_post", date=DATE)
            second.cr.rollback()
            with self.assertRaisesRegex(UserError, "is in state “Paid”"):
                self._call_as_server(second, "action_post", date=DATE)
        self._assert_booked_once()

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_finance_users_in_two_threads(self):
        """M6: both press Post at once: one does, the other is told, the books hold each line once."""
        calls = [(user_id, "action_post", {"date": DATE}) for user_id in (self.finance1, self.finance2)]
        self._assert_one_done(self._race(*calls), "is in state “Paid”")
        self._assert_booked_once()

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_double_click(self):
        """M6: one person presses twice."""
        self._assert_one_done(self._race(*[(self.finance1, "action_post", {"date": DATE})] * 2), "is in state “Paid”")
        self._assert_booked_once()

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_bank_files_at_once(self):
        """M7: two export at once: one batch, never two payments."""
        self._race((self.finance1, "action_export_bank_file", {}), (self.finance2, "action_export_bank_file", {}))
        with self._transaction() as env:
            payout = env["legal.aid.payout"].browse(self.payout_id)
            self.assertEqual((payout.bank_batch_count, payout.line_ids.bank_batch), (1, 1))

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_take_the_return_file(self):
        """M7: two take the same file at once: taken once, the money booked back once."""
        with self._transaction(self.finance1) as env:
            self._call(env, "action_post", date=DATE)
        buffer = io.StringIO()
        csv.writer(buffer).writerows(
            [["收款账号", "金额", "处理结果", "失败原因"], ["6222020000000000001", "1000.00", "失败", "户名不符"]]
        )
        given = {"content": buffer.getvalue().encode("gb18030"), "file_name": "回盘.csv", "date": DATE}
        outcomes = self._race(
            *[(user_id, "action_import_bank_return", given) for user_id in (self.finance1, self.finance2)]
        )
        self._assert_one_done(outcomes, "already")
        with self._transaction() as env:
            payout = env["legal.aid.payout"].browse(self.payout_id)
            self.assertEqual((len(payout.bank_return_ids), payout.line_ids.state), (1, "failed"))
            self.assertEqual(env["account.move"].search_count([("company_id", "=", self.company_id)]), 3)

    # Budget

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_lists_draw_on_one_budget(self):
        """M11: two lists that each fit but not together: the one that comes second is stopped."""
        with self._transaction() as env:
            self._keep(
                env["legal.aid.budget"].create(
                    {"organization_id": self.city_id, "year": 2026, "amount": 2500, "document_number": "同"}
                )
            )
            lists = [self._create_payout(env, "computed").id for _number in range(2)]

        def approve(env, payout_id):
            payout = env["legal.aid.payout"].browse(payout_id)
            payout._draw_on_budget(payout.date)
            payout._transition("approved")
            env.flush_all()

        with self._transaction() as second:
            self._look(second)
            with self._transaction() as first:
                approve(first, lists[0])
            with self.assertRaises(SerializationFailure):
                approve(second, lists[1])
            second.cr.rollback()
            with self.assertRaisesRegex(UserError, "beyond the budget"):
                retrying(partial(approve, second, lists[1]), second)
