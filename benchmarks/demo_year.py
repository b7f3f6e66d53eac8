"""A year in the books of the demo unions, for ``script/trial-balance``: paid, returned and issued again, reversed. Prints a Markdown page.

Everything is done by the people who do it, through the steps they use; nothing is committed.
"""

from collections import defaultdict
from decimal import Decimal

from odoo import Command, api, fields

HEAD = """# 演示年度试算平衡表

> 由 `script/trial-balance` 生成：在临时数据库中，由演示账号按实际步骤办理一年的款项，然后从账簿取数。改动程序后可重新生成，不要手改。

科目为《工会会计制度》（财会〔2021〕7号）科目，收付实现制。红字冲销以负数列示，借贷方向不变。
"""


class Year:
    def __init__(self, env):
        self.env = env(context={"lang": "zh_CN"})
        self.today = fields.Date.context_today(env.user)
        self.story = defaultdict(list)

    def user(self, login):
        return self.env["res.users"].search([("login", "=", login)])

    def tell(self, company, what, moves):
        numbers = "、".join(f"{move.voucher_number}（{move.date}）" for move in moves.sudo())
        self.story[company].append(f"{what}：{numbers}")

    def entry(self, login, what, *lines):
        """A bank entry that finance writes by hand: ``(account code, debit, credit)``."""
        finance = self.user(login)
        company = finance.company_id
        env = self.env(user=finance.id)
        accounts = env["account.account"].with_company(company)
        journal = env["account.journal"].search([("company_id", "=", company.id), ("type", "=", "bank")], limit=1)
        ids = {
            code: accounts.search([("code", "=", code), ("company_ids", "in", company.ids)]).id
            for code, *_rest in lines
        }
        move = (
            env["account.move"]
            .with_company(company)
            .create(
                {
                    "journal_id": journal.id,
                    "date": self.today,
                    "ref": what,
                    "paper_count": 1,
                    "line_ids": [
                        Command.create({"name": what, "account_id": ids[code], "debit": debit, "credit": credit})
                        for code, debit, credit in lines
                    ],
                }
            )
        )
        move.action_post()
        self.tell(company, what, move)

    def subsidy(self):
        """The yearly subsidy of the city: every lawyer whose ledger of the year is in."""
        officer, manager, finance = (self.user(f"city_{role}") for role in ("officer", "manager", "finance"))
        ledgers = self.env["legal.aid.ledger"].search([("year", "=", self.today.year), ("state", "=", "draft")])
        ledgers.with_user(officer).action_submit(summary="全年工作", date=self.today)
        payout = self.create_payout(officer, "subsidy", service_year=self.today.year)
        payout.with_user(finance).action_choose_tax_treatment("exempt")
        self.approve(payout, officer, manager)
        payout.with_user(finance).action_export_bank_file()
        payout.with_user(finance).action_post(date=self.today)
        self.tell(
            payout.company_id.sudo(), f"发放年度工作补贴 {payout.line_count} 人", payout.sudo().move_ids.sorted("id")
        )

    def fees(self):
        """A fee of a county: paid, reversed, paid anew, sent back by the bank, issued and paid again."""
        officer, manager, finance = (self.user(f"a_{role}") for role in ("officer", "manager", "finance"))
        first = self.pay_fees(officer, manager, finance)
        company = first.company_id.sudo()
        self.tell(company, "支付案件补贴", first.sudo().move_ids.sorted("id"))
        before = first.sudo().move_ids
        first.with_user(finance).action_reverse(reason_code="other", note="重复编制，冲销后重新发放", date=self.today)
        self.tell(company, "整单冲销（红字）", (first.sudo().move_ids - before).sorted("id"))
        second = self.pay_fees(officer, manager, finance)
        self.tell(company, "重新编制发放单并支付", second.sudo().move_ids.sorted("id"))
        before = second.sudo().move_ids
        line = second.line_ids.filtered("included")[:1]
        line.with_user(finance).action_return(reason_code="account_wrong", note="户名与账号不符", date=self.today)
        self.tell(company, "银行退回一笔", second.sudo().move_ids - before)
        before = second.sudo().move_ids
        line.with_user(finance).action_reissue()
        second.with_user(finance).action_post(date=self.today)
        self.tell(company, "更正账号后补发", second.sudo().move_ids - before)
        if second.state != "paid" or first.state != "reversed":
            raise ValueError(f"{first.state}, {second.state} instead of reversed and paid.")

    def pay_fees(self, officer, manager, finance):
        payout = self.create_payout(officer, "expense")
        self.approve(payout, officer, manager)
        payout.with_user(finance).action_export_bank_file()
        payout.with_user(finance).action_post(date=self.today)
        return payout

    def create_payout(self, officer, kind, **vals):
        union = officer.union_organization_ids[:1]
        payouts = self.env["legal.aid.payout"].with_user(officer)
        payout = payouts.create({"kind": kind, "organization_id": union.id, "date": self.today, **vals})
        payout.action_compute()
        return payout

    def approve(self, record, officer, manager):
        record.with_user(officer).action_request_approval()
        record.with_user(manager).action_approve()

    # The page

    def print(self):
        parts = [HEAD]
        for company in self.env["res.company"].search([("chart_template", "=like", "cn_union%")], order="id"):
            if self.story[company]:
                parts.append(self.describe(company))
        parts.append(self.explain())
        print("\n".join(parts).rstrip())

    def describe(self, company):
        rows, sums = self.balance(company)
        lines = [f"## {company.name}", "", "发生的业务（凭证字号）：", ""]
        lines += [f"{number}. {what}" for number, what in enumerate(self.story[company], start=1)]
        lines += [
            "",
            "| 科目编码 | 科目名称 | 借方发生额 | 贷方发生额 | 期末余额 | 方向 |",
            "| --- | --- | ---: | ---: | ---: | --- |",
        ]
        lines += [
            f"| {code} | {name} | {debit:,.2f} | {credit:,.2f} | {abs(end):,.2f} | {side} |"
            for code, name, debit, credit, end, side in rows
        ]
        lines += [
            f"| | **合计** | **{sums[0]:,.2f}** | **{sums[1]:,.2f}** | | |",
            "",
            *self.check(company, rows, sums),
            "",
        ]
        return "\n".join(lines)

    def balance(self, company):
        env = api.Environment(self.env.cr, api.SUPERUSER_ID, {"lang": "zh_CN", "allowed_company_ids": company.ids})
        groups = env["account.move.line"]._read_group(
            [("company_id", "=", company.id), ("parent_state", "=", "posted")],
            ["account_id"],
            ["debit:sum", "credit:sum"],
        )
        rows = []
        for account, debit, credit in groups:
            account = account.with_company(company)
            debit, credit = (Decimal(str(amount)).quantize(Decimal("0.01")) for amount in (debit, credit))
            end = debit - credit
            side = "平" if not end else "借" if end > 0 else "贷"
            rows.append((account.code, account._get_union_full_name(), debit, credit, end, side))
        rows.sort()
        return rows, (sum(row[2] for row in rows), sum(row[3] for row in rows))

    def check(self, company, rows, sums):
        """What has to hold; a page that does not balance is not written."""
        moves = self.env["account.move"].search([("company_id", "=", company.id), ("state", "=", "posted")])
        by_element = {digit: sum(row[4] for row in rows if row[0].startswith(digit)) for digit in "12345"}
        owed = sum(row[4] for row in rows if row[0] == "215")
        open_lines = moves.line_ids.filtered(lambda line: line.account_id.reconcile and not line.reconciled)
        facts = {
            "借方合计 = 贷方合计": sums[0] == sums[1],
            "每张凭证借贷相等": all(not move.currency_id.round(sum(move.line_ids.mapped("balance"))) for move in moves),
            "资产 = 负债 + 净资产 + 收入 − 支出": not sum(by_element.values()),
            "215 其他应付款已结清，没有未核销的行": not owed and not open_lines,
            "凭证号按月连续，没有断号": not any(moves.mapped("made_sequence_gap")),
        }
        wrong = [fact for fact, holds in facts.items() if not holds]
        if wrong:
            raise ValueError(f"{company.name}: {wrong}")
        return ["核对：" + "；".join(facts) + "。"]

    def explain(self):
        return """## 怎样读这张表

- **50403 维权支出——法律援助支出**：按实际支付的日期和金额列支（收付实现制）。一张发放单一张记账凭证：借 50403，按区属、项目、
  部门预算支出经济分类各一行；贷 215 其他应付款，每位律师一行。同日一张银行凭证：借 215 每位律师一行，贷 102 银行存款一行。
  两张凭证逐行核销。
- **215 余额为零**：应付给律师的都已付出。退回后、补发前，215 有该律师的贷方余额，等于尚未付出的钱。
- **退回**：借 102、贷 215；支出不变，因为款项仍应付给该律师。补发：借 215、贷 102。
- **冲销**：红字凭证，金额为负，借贷方向与原凭证相同，所以发生额不虚增；原凭证和红字凭证都保留，打印件互相注明凭证字号。
- **508 补助下级支出——专项转移支付补助** 与县级 **403 上级补助收入——专项转移支付补助**：市总工会拨付专项资金，两套账各记各的。
- 年末结转（专项工会资金 借 321-32103 贷 504，非专项 借 322-32203 贷 504；收入反向）由财务在年末办理，本表是结转前的余额。
"""


def main(env):
    year = Year(env)
    year.entry("city_finance", "收到拨缴经费", ("102", 200000, 0), ("402", 0, 200000))
    year.entry("city_finance", "拨付县级工会法律援助专项补助", ("50802", 20000, 0), ("102", 0, 20000))
    year.entry("a_finance", "收到上级专项补助", ("102", 20000, 0), ("40302", 0, 20000))
    year.subsidy()
    year.fees()
    year.print()
    env.cr.rollback()


main(env)  # noqa: F821 - Odoo's shell gives it
