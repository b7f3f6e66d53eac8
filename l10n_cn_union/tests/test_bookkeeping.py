from odoo.tests import tagged

from .common import UnionBooksCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestBookkeeping(UnionBooksCommon):
    def test_voucher_and_bank_entry_of_one_day_reconcile(self):
        voucher = self._post_entry(
            self._journal("general"),
            ("50403", 1000.0, 0.0),
            ("215", 0.0, 1000.0, self.partner_lawyer),
        )
        payment = self._post_entry(
            self._journal("bank"),
            ("215", 1000.0, 0.0, self.partner_lawyer),
            ("102", 0.0, 1000.0),
        )
        payable = (voucher + payment).line_ids.filtered(lambda line: line.account_id == self._account("215"))
        payable.reconcile()

        self.assertEqual(voucher.date, payment.date)
        self.assertRecordValues(
            payable,
            [
                {"reconciled": True, "amount_residual": 0.0},
                {"reconciled": True, "amount_residual": 0.0},
            ],
        )

    def test_balance_sheet_equation(self):
        """资产 = 负债 + 净资产, with revenue less expenditure in the net assets."""
        bank, general = self._journal("bank"), self._journal("general")
        self._post_entry(bank, ("102", 5000.0, 0.0), ("40302", 0.0, 5000.0), date="2026-01-15")
        self._post_entry(bank, ("135", 300.0, 0.0, self.partner_lawyer), ("102", 0.0, 300.0), date="2026-02-10")
        self._post_entry(general, ("50403", 1200.0, 0.0), ("215", 0.0, 1200.0, self.partner_lawyer))

        balances = dict.fromkeys(("asset", "liability", "equity", "income", "expense"), 0.0)
        for account, balance in (
            self.env["account.move.line"]
            .with_company(self.union)
            ._read_group(
                [("company_id", "=", self.union.id), ("parent_state", "=", "posted")],
                groupby=["account_id"],
                aggregates=["balance:sum"],
            )
        ):
            balances[account.internal_group] += balance
        self.assertEqual(
            balances,
            {
                "asset": 5000.0,
                "liability": -1200.0,
                "equity": 0.0,
                "income": -5000.0,
                "expense": 1200.0,
            },
        )
        net_assets = -(balances["equity"] + balances["income"] + balances["expense"])
        self.assertEqual(balances["asset"], -balances["liability"] + net_assets)

    def test_period_end_transfer(self):
        """Earmarked union money: 借 32103 贷 50403; what it leaves behind is on 32103."""
        general = self._journal("general")
        self._post_entry(general, ("50403", 800.0, 0.0), ("215", 0.0, 800.0, self.partner_lawyer), date="2026-11-30")
        closing = self._post_entry(general, ("32103", 800.0, 0.0), ("50403", 0.0, 800.0), date="2026-12-31")
        self.assertEqual(closing.state, "posted")
        self.assertEqual(self._account("50403").with_company(self.union).current_balance, 0.0)
        self.assertEqual(self._account("32103").with_company(self.union).current_balance, 800.0)

    def test_payment_leaves_the_money_account_at_once(self):
        for journal, code in ((self._journal("bank"), "102"), (self._journal("cash"), "101")):
            payment = (
                self.env["account.payment"]
                .with_company(self.union)
                .create(
                    {
                        "payment_type": "outbound",
                        "partner_type": "supplier",
                        "partner_id": self.partner_lawyer.id,
                        "amount": 100.0,
                        "date": "2026-03-31",
                        "journal_id": journal.id,
                    }
                )
            )
            payment.action_post()
            self.assertEqual(payment.state, "paid")
            self.assertEqual(payment.move_id.line_ids.account_id, self._account(code) + self._account("215"))

    def test_payment_of_a_later_journal_uses_its_own_account(self):
        journal = (
            self.env["account.journal"]
            .with_company(self.union)
            .create(
                {
                    "name": "Zero-Balance Account",
                    "type": "bank",
                    "code": "ZERO",
                    "default_account_id": self._account("111").id,
                }
            )
        )
        payment = (
            self.env["account.payment"]
            .with_company(self.union)
            .create(
                {
                    "payment_type": "outbound",
                    "partner_type": "supplier",
                    "partner_id": self.partner_lawyer.id,
                    "amount": 100.0,
                    "journal_id": journal.id,
                }
            )
        )
        payment.action_post()
        self.assertEqual(payment.outstanding_account_id, self._account("111"))
        self.assertEqual(payment.state, "paid")

    def test_unmatched_bank_line_waits_on_182(self):
        line = (
            self.env["account.bank.statement.line"]
            .with_company(self.union)
            .create(
                {
                    "journal_id": self._journal("bank").id,
                    "date": "2026-03-31",
                    "payment_ref": "Unknown sender",
                    "amount": 50.0,
                }
            )
        )
        self.assertEqual(line.move_id.line_ids.account_id, self._account("102") + self._account("182"))
