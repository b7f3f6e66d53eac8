"""What the pages of casework cost a county officer among many cases: list, kanban, board of due dates, form (C2, C3).

The peer of each page is the same page without what this addon adds: read by the system, so without record rules, and with
stored fields only.
"""

import os
from statistics import median
from time import perf_counter

import many_cases
from lxml import etree

from odoo import api

CASES = int(os.environ.get("BENCH_CASES", 20_000))
TURNS = 15
PAGE = 80


def specification(env, model, view_type):
    """What the web client asks for, and of this the stored fields alone."""
    arch = env[model].get_views([(False, view_type)])["views"][view_type]["arch"]
    fields = env[model]._fields
    names = {node.get("name") for node in etree.fromstring(arch).iter("field")} & fields.keys()
    whole = {name: {"fields": {"display_name": {}}} if fields[name].relational else {} for name in names}
    return whole, {name: whole[name] for name in whole if fields[name].store and fields[name].column_type}


def measure(env, user, call):
    """``(milliseconds, queries)`` of one request, the median of several, each in a transaction of its own."""
    results = []
    for _turn in range(TURNS):
        with env.registry.cursor() as cr:
            own = api.Environment(cr, user.id, {"lang": "zh_CN"})
            before, started = cr.sql_log_count, perf_counter()
            call(own)
            results.append(((perf_counter() - started) * 1000, cr.sql_log_count - before))
    results = results[2:]  # whatever stays in memory from one request to the next
    return median(ms for ms, _count in results), median(count for _ms, count in results)


def pages(env, user):
    """``{page: (call as the officer, call of the peer)}``."""
    officer = env(user=user.id)
    cases, clocks = "legal.aid.case", "legal.aid.deadline"
    listed, stored = specification(officer, cases, "list")
    carded, stored_cards = specification(officer, cases, "kanban")
    due, stored_due = specification(officer, clocks, "list")
    running = [("state", "not in", ("archived", "refused", "withdrawn", "terminated"))]
    waiting = [("state", "=", "open")]

    def read_cards(own, spec):
        own[cases].web_read_group(
            running, ["state"], auto_unfold=True, unfold_read_specification=spec, unfold_read_default_limit=40
        )

    return {
        "list of cases": (
            lambda own: own[cases].web_search_read(running, listed, limit=PAGE),
            lambda own: own[cases].web_search_read(running, stored, limit=PAGE),
        ),
        "overdue cases": (
            lambda own: own[cases].web_search_read([("deadline_light", "=", "red")], listed, limit=PAGE),
            lambda own: own[cases].web_search_read(running, stored, limit=PAGE),
        ),
        "kanban of cases": (lambda own: read_cards(own, carded), lambda own: read_cards(own, stored_cards)),
        "board of due dates": (
            lambda own: own[clocks].web_search_read(waiting, due, limit=PAGE),
            lambda own: own[clocks].web_search_read(waiting, stored_due, limit=PAGE),
        ),
    }


def main(env):
    user = env["res.users"].search([("login", "=", "a_officer")])
    many_cases.fill(env, CASES)
    print(f"{CASES} cases; medians of {TURNS - 2} requests as a county officer / as the system, stored fields only")
    for title, (page, peer) in pages(env, user).items():
        milliseconds, queries = measure(env, user, page)
        bare, bare_queries = measure(env, env["res.users"].browse(api.SUPERUSER_ID), peer)
        print(
            f"{title:24} {milliseconds:8.1f} ms {bare:8.1f} ms  x {milliseconds / bare:.2f}"
            f"   {queries:g} / {bare_queries:g} queries"
        )


main(env)  # noqa: F821 - Odoo's shell gives it
