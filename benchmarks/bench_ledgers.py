"""The ledgers of a whole team: written for the first time, refreshed after a day's work, and one handed in (V1).

The lawyers are copies of one of the demo, each with work of his own. Nothing is committed.
"""

import os
from time import perf_counter

import many_lawyers

LAWYERS = int(os.environ.get("BENCH_LAWYERS", 600))
CALLS = 20  # consultations of each lawyer in the year


def measure(env, label, step):
    env.flush_all()
    env.invalidate_all()
    before, started = env.cr.sql_log_count, perf_counter()
    step()
    env.flush_all()
    seconds = perf_counter() - started
    print(f"| {label} | {seconds:.2f} s | {env.cr.sql_log_count - before} |", flush=True)


def run(env, count, year):
    """One team of ``count`` lawyers; what it wrote is rolled back."""
    lawyers = many_lawyers.fill(env, count, year)
    many_lawyers.add_consultations(env, lawyers, CALLS)
    ledgers = env["legal.aid.ledger"].search([("volunteer_id", "in", list(lawyers))])
    ledgers._workflow_write({"state": "draft"})
    print(f"\n{count} lawyers, {count * CALLS} consultations\n\n| Step | Time | Queries |\n| --- | ---: | ---: |")
    team = ledgers.volunteer_id
    measure(env, "figures of all, counted only", lambda: team._get_service_facts(f"{year}-01-01", f"{year + 1}-12-31"))
    measure(env, "ledgers written for the first time", ledgers._refresh)
    many_lawyers.add_consultations(env, lawyers, 1)
    measure(env, "refreshed, every lawyer with a new call", ledgers._refresh)
    measure(env, "refreshed, nothing new", ledgers._refresh)
    measure(env, "figures and rows", lambda: ledgers._refresh(details=True))
    measure(env, "one handed in", lambda: ledgers[:1].action_submit(summary="全年工作"))
    measure(env, "workbook of all", ledgers._build_workbook)
    env.cr.rollback()
    env.invalidate_all()


def main(env):
    year = env["legal.aid.contract"].search([("state", "=", "active")], limit=1).service_year
    for count in (LAWYERS // 10, LAWYERS):
        run(env, count, year)


main(env)  # noqa: F821 - Odoo's shell gives it
