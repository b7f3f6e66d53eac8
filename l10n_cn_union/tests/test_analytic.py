from odoo.fields import Command
from odoo.tests import tagged

from .common import UnionBooksCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestAnalytic(UnionBooksCommon):
    def test_plans_and_accounts_in_chinese(self):
        names = {
            "plan_jurisdiction": "区属",
            "plan_project": "基本支出和项目支出",
            "plan_economic_class": "部门预算支出经济分类",
            "plan_fund_source": "资金来源",
            "analytic_account_basic_expenditure": "基本支出",
            "analytic_account_project_expenditure": "项目支出",
            "analytic_account_30226": "劳务费",
            "analytic_account_30227": "委托业务费",
            "analytic_account_fiscal_appropriation": "财政拨款",
            "analytic_account_union_funds": "工会资金",
        }
        self.env["ir.module.module"]._load_module_terms(["l10n_cn_union"], ["zh_CN"])
        for xmlid, name in names.items():
            record = self.env.ref(f"l10n_cn_union.{xmlid}").with_context(lang="zh_CN")
            self.assertEqual(record.name, name)
            self.assertIn(name, record.display_name)

    def test_accounts_are_shared_and_coded(self):
        for code in ("30226", "30227"):
            account = self.env.ref(f"l10n_cn_union.analytic_account_{code}")
            self.assertRecordValues(
                account,
                [
                    {
                        "code": code,
                        "company_id": False,
                        "plan_id": self.env.ref("l10n_cn_union.plan_economic_class").id,
                    }
                ],
            )

    def test_one_line_carries_all_plans(self):
        """One line at 100 % over several plans becomes one analytic line with a column each."""
        jurisdiction = self.env["account.analytic.account"].create(
            {
                "name": "County A",
                "plan_id": self.env.ref("l10n_cn_union.plan_jurisdiction").id,
                "company_id": False,
            }
        )
        accounts = (
            jurisdiction
            + self.env.ref("l10n_cn_union.analytic_account_project_expenditure")
            + self.env.ref("l10n_cn_union.analytic_account_30226")
            + self.env.ref("l10n_cn_union.analytic_account_union_funds")
        )
        move = (
            self.env["account.move"]
            .with_company(self.union)
            .create(
                {
                    "move_type": "entry",
                    "journal_id": self._journal("general").id,
                    "date": "2026-03-31",
                    "line_ids": [
                        Command.create(
                            {
                                "account_id": self._account("50403").id,
                                "debit": 600.0,
                                "analytic_distribution": {",".join(map(str, accounts.ids)): 100},
                            }
                        ),
                        Command.create(
                            {
                                "account_id": self._account("215").id,
                                "credit": 600.0,
                                "partner_id": self.partner_lawyer.id,
                            }
                        ),
                    ],
                }
            )
        )
        move.action_post()
        analytic_line = move.line_ids.analytic_line_ids
        self.assertEqual(len(analytic_line), 1)
        self.assertEqual(analytic_line.amount, -600.0)
        for account in accounts:
            self.assertEqual(analytic_line[account.plan_id._column_name()], account)
