"""What statistics of a year and the home pages cost with 100,000 cases and 150,000 work logs (V4, V5).

The peer of each figure is the same count over the stored columns of one table, without record rules: what Odoo itself costs. Query plans of
the slowest statement are printed with ``BENCH_EXPLAIN=1``.
"""

import os
from statistics import median
from time import perf_counter

import many_cases

from odoo import api

CASES = int(os.environ.get("BENCH_CASES", 100_000))
LOGS = int(os.environ.get("BENCH_LOGS", 150_000))
TURNS = 7
# Cases and logs of the generator all carry the days of their pattern; here they are spread over five years.
DAYS = 1826
DATES = {
    "legal_aid_case": (
        "application_date",
        "submitted_date",
        "granted_date",
        "decision_date",
        "assigned_date",
        "closed_date",
        "archived_date",
    ),
    "legal_aid_work_log": ("date",),
    "legal_aid_deadline": ("date_trigger", "date_due", "date_done"),
}


def spread(cr):
    """Move each copied case back by a number of days of its own, with all that hangs on it; once."""
    cr.execute("SELECT count(*) FROM legal_aid_case WHERE name LIKE '测速%' AND application_date < CURRENT_DATE - 400")
    if cr.fetchone()[0]:
        return
    for table, columns in DATES.items():
        case = {"legal_aid_case": "id", "legal_aid_work_log": "case_id", "legal_aid_deadline": "res_id"}[table]
        moves = ", ".join(f"{column} = {column} - ({case} * 7919 %% {DAYS})" for column in columns)
        copied = f"{case} IN (SELECT id FROM legal_aid_case WHERE name LIKE '测速%%')"
        more = " AND res_model = 'legal.aid.case'" if table == "legal_aid_deadline" else ""
        cr.execute(f"UPDATE {table} SET {moves} WHERE {copied}{more}", ())
    for table in DATES:
        cr.execute(f"ANALYZE {table}")
    cr.commit()


def add_logs(cr, count):
    """Bring the number of work logs to ``count`` by further entries in the copied cases."""
    cr.execute("SELECT count(*) FROM legal_aid_work_log")
    missing = count - cr.fetchone()[0]
    if missing <= 0:
        return
    names, values = many_cases.columns(cr, "legal_aid_work_log", {"case_id": "chosen.id"})
    cr.execute(
        f"INSERT INTO legal_aid_work_log ({names}) SELECT {values} FROM"
        " (SELECT * FROM legal_aid_work_log ORDER BY id LIMIT 1) AS legal_aid_work_log,"
        " (SELECT id FROM legal_aid_case WHERE name LIKE '测速%%' ORDER BY id LIMIT %s) AS chosen",
        (missing,),
    )
    cr.commit()


def measure(env, user, call):
    """``(milliseconds, queries)`` of one request, the median of several, each in a transaction of its own."""
    results = []
    for _turn in range(TURNS):
        with env.registry.cursor() as cr:
            own = api.Environment(cr, user.id, {"lang": "zh_CN"})
            before, started = cr.sql_log_count, perf_counter()
            call(own)
            results.append(((perf_counter() - started) * 1000, cr.sql_log_count - before))
            cr.rollback()
    results = results[2:]
    return median(ms for ms, _count in results), median(count for _ms, count in results)


def pages():
    year = [("date", ">=", "2026-01-01"), ("date", "<=", "2026-12-31")]
    statistic, case = "legal.aid.statistic", "legal.aid.case"

    def count_return(own):
        values = {"organization_id": own.user.union_organization_ids[:1].id, "year": 2026}
        own["legal.aid.statistical.return"].create(values).action_compute()

    return {
        "home page": lambda own: own["legal.aid.home"].get_page(),
        "statistics of a year, pivot": lambda own: own[statistic]._read_group(
            year, ["reporting_union_id", "kind"], ["records:sum", "persons:sum", "amount:sum"]
        ),
        "trend of a year, chart": lambda own: own[statistic]._read_group(year, ["date:month", "kind"], ["records:sum"]),
        "return of a year": count_return,
        "rows behind a figure, list": lambda own: own[statistic].web_search_read(
            [*year, ("kind", "=", "granted")],
            {"date": {}, "kind": {}, "case_id": {"fields": {"display_name": {}}}},
            limit=80,
        ),
        "missing for statistics": lambda own: own["legal.aid.statistic.gap"]._read_group([], ["missing"], ["__count"]),
        "list of cases": lambda own: own[case].web_search_read(
            [], {"name": {}, "state": {}, "organization_id": {"fields": {"display_name": {}}}}, limit=80
        ),
    }


def peer(own):
    own["legal.aid.case"]._read_group(
        [("granted_date", ">=", "2026-01-01")], ["organization_id", "state"], ["__count", "amount_recovered:sum"]
    )


def explain(env):
    statistic = env["legal.aid.statistic"].with_user(env.ref("base.user_root"))
    query = statistic._search([("date", ">=", "2026-01-01"), ("date", "<=", "2026-12-31")])
    sql = query.select("count(*)")
    env.cr.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql.code}", sql.params)
    print("\n".join(line for (line,) in env.cr.fetchall()))


def main(env):
    many_cases.fill(env, CASES)
    add_logs(env.cr, LOGS)
    spread(env.cr)
    for table in DATES:
        env.cr.execute(f"SELECT count(*) FROM {table}")
        print(f"{table}: {env.cr.fetchone()[0]} rows")
    users = env["res.users"].search([("login", "in", ("city_officer", "a_officer"))], order="login")
    system = env["res.users"].browse(api.SUPERUSER_ID)
    bare, queries = measure(env, system, peer)
    print(f"{'peer: one table, no rules':34} {bare:8.0f} ms {queries:5g} queries")
    for user in users:
        for title, page in pages().items():
            milliseconds, queries = measure(env, user, page)
            print(
                f"{user.login:14} {title:34} {milliseconds:8.0f} ms {queries:5g} queries  x {milliseconds / bare:.1f}"
            )
    if os.environ.get("BENCH_EXPLAIN"):
        explain(env)


main(env)  # noqa: F821 - Odoo's shell gives it
