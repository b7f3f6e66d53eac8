"""What a yearly subsidy run costs (issue 5, Speed): compute, approve, bank file, posted and reconciled, a lawyer's share of it.

Two peers, side by side on the same machine and database server:

* the bare minimum: one voucher with a line for each lawyer, one bank entry, one reconciliation, by hand-written ORM code;
* the usual way with OCA's `contract` (``peer_money.py``, run before this in a database of its own): a bill for each lawyer, posted, and
  a payment for each, in one batch, reconciled.

BENCH_LAWYERS chooses the numbers of lawyers. Everything is rolled back.
"""

import json
import os

import many_lawyers
from watch import Watch

from odoo import Command, fields

NUMBERS = [int(number) for number in os.environ.get("BENCH_LAWYERS", "1000,10000").split(",")]
LOGINS = ("city_officer", "city_manager", "city_finance")


def run_ours(env, year):
    """The subsidy of a year by the people who do it: officer, manager, finance of the city."""
    users = [env["res.users"].search([("login", "=", login)]) for login in LOGINS]
    officer, manager, finance = users
    today = fields.Date.context_today(env.user)
    city = officer.union_organization_ids[:1]
    watch = Watch(env)
    payouts = env["legal.aid.payout"].with_user(officer)
    payout = payouts.create({"kind": "subsidy", "organization_id": city.id, "service_year": year, "date": today})
    watch.run("compute", payout.action_compute)
    payout.with_user(finance).action_choose_tax_treatment("exempt")
    watch.run("request approval", payout.action_request_approval)
    watch.run("approve", payout.with_user(manager).action_approve)
    watch.run("bank file", payout.with_user(finance).action_export_bank_file)
    watch.run("post and reconcile", lambda: payout.with_user(finance).action_post(date=today))
    if payout.state != "paid":
        raise ValueError(f"{payout.name} is {payout.state}, not paid.")
    return watch, payout


def run_bare(env, payout):
    """The same ledger rows by the shortest code there is, as finance: no list, no approval, no file, no states."""
    finance = env["res.users"].search([("login", "=", LOGINS[-1])])
    payout = payout.with_user(finance)
    move_lines = payout.move_id.line_ids
    credits = move_lines.filtered("credit").sorted("id")
    rows = [(line.partner_id.id, line.credit, line.name) for line in credits]
    debits = [
        {"name": line.name, "account_id": line.account_id.id, "debit": line.debit}
        | {"analytic_distribution": line.analytic_distribution}
        for line in move_lines.filtered("debit")
    ]
    payable, bank = credits.account_id.id, payout.bank_move_id.journal_id
    moves = payout.env["account.move"].with_company(payout.company_id)
    general, total, date = payout.move_id.journal_id, payout.amount_net, payout.date
    watch = Watch(env)

    def post(journal, lines):
        move = moves.create(
            {"journal_id": journal.id, "date": date, "line_ids": [Command.create(vals) for vals in lines]}
        )
        move.action_post()
        return move

    def lines_of(side):
        return [
            {"name": name, "account_id": payable, "partner_id": partner, side: amount, "analytic_distribution": False}
            for partner, amount, name in rows
        ]

    voucher = watch.run("voucher", lambda: post(general, [*debits, *lines_of("credit")]))
    entry = watch.run(
        "bank entry",
        lambda: post(bank, [*lines_of("debit"), {"account_id": bank.default_account_id.id, "credit": total}]),
    )

    def reconcile():
        ours = [
            move.line_ids.filtered(lambda line: line.account_id.id == payable).sorted("id") for move in (voucher, entry)
        ]
        moves.env["account.move.line"]._reconcile_plan([first | second for first, second in zip(*ours, strict=True)])

    watch.run("reconcile", reconcile)
    return watch


def print_comparison(count, ours, bare, peer):
    per_lawyer = {"ours": ours.seconds / count * 1000, "bare": bare.seconds / count * 1000}
    line = f"{count} lawyers: ours {per_lawyer['ours']:.1f} ms, bare minimum {per_lawyer['bare']:.1f} ms"
    line += f" (ours x {per_lawyer['ours'] / per_lawyer['bare']:.2f}, own time x {ours.cpu / bare.cpu:.2f})"
    if peer:
        line += (
            f", {peer['title']} {peer['milliseconds']:.1f} ms (x {peer['milliseconds'] / per_lawyer['ours']:.1f} ours)"
        )
    print(line, flush=True)


def main(env):
    peers = json.loads(os.environ.get("BENCH_PEER") or "{}")
    year = fields.Date.context_today(env.user).year
    for count in NUMBERS:
        many_lawyers.fill(env, count, year)
        ours, payout = run_ours(env, year)
        bare = run_bare(env, payout)
        ours.print("ours", payout.line_count)
        bare.print("bare minimum", payout.line_count)
        print_comparison(payout.line_count, ours, bare, peers.get(str(count)))
        env.cr.rollback()
        env.invalidate_all()


main(env)  # noqa: F821 - Odoo's shell gives it
