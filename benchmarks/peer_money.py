"""The usual way to pay the same lawyers (peer of ``bench_money.py``): a bill each, posted; a payment each, in one batch; reconciled.

Bills come from OCA's `contract` where it is installed, one contract a lawyer; else they are made by hand-written code.
Everything is rolled back; what was measured is printed and written to BENCH_RESULT as JSON.
"""

import json
import os
from pathlib import Path

from watch import Watch

from odoo import Command, fields

NUMBERS = [int(number) for number in os.environ.get("BENCH_LAWYERS", "1000,10000").split(",")]


def open_books(env):
    company = (
        env["res.company"]
        .with_context(chart_template_load=True)
        .create(
            {
                "name": "测速工会",
                "country_id": env.ref("base.cn").id,
                "currency_id": env.ref("base.CNY").id,
            }
        )
    )
    env.user.company_ids |= company
    env["account.chart.template"].try_loading("cn_union", company=company, install_demo=False)
    env = env(context={"allowed_company_ids": company.ids})
    journals = env["account.journal"].search([("company_id", "=", company.id)]).grouped("type")
    account = env["account.account"].search([("code", "=", "50403"), ("company_ids", "in", company.ids)])
    journals["purchase"].default_account_id = account
    return env, journals


def prepare(env, count):
    return env["res.partner"].create(
        [
            {
                "name": f"测速律师{number}",
                "bank_ids": [Command.create({"acc_number": f"6222029{number:012}", "allow_out_payment": True})],
            }
            for number in range(count)
        ]
    )


def make_contracts(env, partners, journals, today):
    return env["contract.contract"].create(
        [
            {
                "name": f"测速聘书{partner.id}",
                "partner_id": partner.id,
                "contract_type": "purchase",
                "journal_id": journals["purchase"].id,
                "contract_line_fixed_ids": [
                    Command.create(
                        {
                            "name": "年度工作补贴",
                            "quantity": 1,
                            "price_unit": 1000,
                            "recurring_rule_type": "yearly",
                            "recurring_interval": 1,
                            "date_start": today,
                            "recurring_next_date": today,
                        }
                    )
                ],
            }
            for partner in partners
        ]
    )


def make_bills(env, partners, journals, today):
    return env["account.move"].create(
        [
            {
                "move_type": "in_invoice",
                "partner_id": partner.id,
                "journal_id": journals["purchase"].id,
                "invoice_date": today,
                "invoice_line_ids": [Command.create({"name": "年度工作补贴", "quantity": 1, "price_unit": 1000})],
            }
            for partner in partners
        ]
    )


def run(env, count):
    env, journals = open_books(env)
    partners = prepare(env, count)
    today = fields.Date.context_today(env.user)
    watch = Watch(env)
    if "contract.contract" in env:
        contracts = make_contracts(env, partners, journals, today)
        bills = watch.run("bills of the contracts", contracts._recurring_create_invoice)
        bills.invoice_date = today
    else:
        bills = watch.run("bills", lambda: make_bills(env, partners, journals, today))
    if len(bills) != count:
        raise ValueError(f"{len(bills)} bills instead of {count}.")
    watch.run("posted", bills.action_post)
    owed = bills.line_ids.filtered(lambda line: line.account_id.account_type == "liability_payable").sorted("id")
    payments = watch.run(
        "payments",
        lambda: env["account.payment"].create(
            [
                {
                    "payment_type": "outbound",
                    "partner_type": "supplier",
                    "partner_id": line.partner_id.id,
                    "amount": -line.balance,
                    "date": today,
                    "journal_id": journals["bank"].id,
                }
                for line in owed
            ]
        ),
    )
    watch.run("payments posted", payments.action_post)

    def reconcile():
        paid = payments.move_id.line_ids.filtered(lambda line: line.account_id in owed.account_id).sorted("id")
        env["account.move.line"]._reconcile_plan([first | second for first, second in zip(owed, paid, strict=True)])

    watch.run("reconciled", reconcile)
    if set(owed.mapped("reconciled")) != {True}:
        raise ValueError("Not every bill is paid.")
    return watch


def main(env):
    title = (
        "OCA contract and payments" if "contract.contract" in env else "bills by hand and payments (no OCA contract)"
    )
    results = {}
    for count in NUMBERS:
        watch = run(env, count)
        watch.print(f"{count} lawyers, {title}", count)
        results[str(count)] = {
            "title": title,
            "milliseconds": watch.seconds / count * 1000,
            "own": watch.cpu / count * 1000,
        }
        env.cr.rollback()
        env.invalidate_all()
    if os.environ.get("BENCH_RESULT"):
        Path(os.environ["BENCH_RESULT"]).write_text(json.dumps(results))


main(env)  # noqa: F821 - Odoo's shell gives it
