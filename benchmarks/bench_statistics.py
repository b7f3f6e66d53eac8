"""What statistics of a year and the home pages cost with 100,000 cases and 150,000 work logs (V4, V5).

The peer of each figure is the same count over the stored columns of one table, without record rules: what Odoo itself costs. Query plans of
the statements behind a return are printed with ``BENCH_EXPLAIN=1``. What is printed is the best of several turns, so that other work of
the machine says nothing about a page.
"""

import os
from time import perf_counter

import many_cases

from odoo import api
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.union_legal_aid.tools import indicators

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
    cr.commit()


def vacuum(cr):
    """As the server does by itself a while after so many changes: clear the tables and know their values."""
    cr.commit()
    cr._cnx.autocommit = True
    for table in DATES:
        cr.execute(f"VACUUM ANALYZE {table}")
    cr._cnx.autocommit = False


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
    """``(milliseconds, queries)`` of one request, the best of several, each in a transaction of its own."""
    results = []
    for _turn in range(TURNS):
        with env.registry.cursor() as cr:
            own = api.Environment(cr, user.id, {"lang": "zh_CN"})
            before, started = cr.sql_log_count, perf_counter()
            call(own)
            results.append(((perf_counter() - started) * 1000, cr.sql_log_count - before))
            cr.rollback()
    return min(results)


def pages():
    year = [("date", ">=", "2026-01-01"), ("date", "<=", "2026-12-31")]
    statistic, case = "legal.aid.statistic", "legal.aid.case"

    def count_return(layout):
        def count(own):
            values = {"organization_id": own.user.union_organization_ids[:1].id, "year": 2026, "layout": layout}
            own["legal.aid.statistical.return"].create(values).action_compute()

        return count

    def chart(*groups, kinds):
        return lambda own: own[statistic]._read_group(
            [*year, ("kind", "in", kinds)], groups, ["records:sum", "amount:sum"]
        )

    return {
        "home page": lambda own: own["legal.aid.home"].get_page(),
        "statistics of a year, pivot": lambda own: own[statistic]._read_group(
            year, ["reporting_union_id", "kind"], ["records:sum", "persons:sum", "amount:sum"]
        ),
        "pivot by matter, form, recipient": lambda own: own[statistic]._read_group(
            year, ["matter_id", "service_form", "applicant_kind", "kind"], ["records:sum", "persons:sum", "amount:sum"]
        ),
        "trend, chart": chart("date:month", "kind", kinds=["application", "granted", "closed"]),
        "counties, chart": chart("reporting_union_id", "kind", kinds=["application", "granted", "closed"]),
        "matters, chart": chart("matter_id", kinds=["granted"]),
        "recovered and spent, chart": chart("date:month", "kind", kinds=["closed", "fee", "subsidy"]),
        "clocks kept, chart": chart("date:month", "is_on_time", kinds=["clock"]),
        "return of a year, unions' layout": count_return("union"),
        "return of a year, bureau's layout": count_return("justice"),
        "rows behind a figure, list": lambda own: own[statistic].web_search_read(
            [*year, ("kind", "=", "granted")],
            {"date": {}, "kind": {}, "case_id": {"fields": {"display_name": {}}}},
            limit=80,
        ),
        "missing for statistics, groups": lambda own: own["legal.aid.statistic.gap"]._read_group(
            [], ["missing"], ["__count"]
        ),
        "missing for statistics, list": lambda own: own["legal.aid.statistic.gap"].web_search_read(
            [], {"date": {}, "missing": {}, "case_id": {"fields": {"display_name": {}}}}, limit=80
        ),
        "list of cases": lambda own: own[case].web_search_read(
            [], {"name": {}, "state": {}, "organization_id": {"fields": {"display_name": {}}}}, limit=80
        ),
    }


# Whose home page is measured besides the officers'.
OTHERS = ("city_manager", "a_manager", "city_finance", "justice", "auditor")


def peer(own):
    own["legal.aid.case"]._read_group(
        [("granted_date", ">=", "2026-01-01")], ["organization_id", "state"], ["__count", "amount_recovered:sum"]
    )


def explain(env):
    """The plan of each statement of a year's return of the whole city."""
    statistic = env["legal.aid.statistic"].with_user(env.ref("base.user_root"))
    year = Domain("date", "<=", "2026-12-31") & Domain("date", ">=", "2026-01-01")
    for stands in (False, True):
        for kinds, dimensions, measures in indicators.plan(indicators.LAYOUTS["union"], stands):
            domain = (Domain("date", "<=", "2026-12-31") if stands else year) & Domain("kind", "in", kinds)
            query = statistic._search(domain)
            columns = [statistic._field_to_sql(statistic._table, name, query) for name in ("kind", *dimensions)]
            sums = [statistic._field_to_sql(statistic._table, name, query) for name in measures]
            sql = query.select(*columns, *(SQL("sum(%s)", column) for column in sums))
            groups = SQL(", ").join(columns)
            print(f"-- {', '.join(kinds)} by {', '.join(dimensions) or 'kind'}")
            env.cr.execute(SQL("EXPLAIN (ANALYZE, BUFFERS) %s GROUP BY %s", sql, groups))
            print("\n".join(line for (line,) in env.cr.fetchall()))


def main(env):
    many_cases.fill(env, CASES)
    add_logs(env.cr, LOGS)
    spread(env.cr)
    vacuum(env.cr)
    for table in DATES:
        env.cr.execute(f"SELECT count(*) FROM {table}")
        print(f"{table}: {env.cr.fetchone()[0]} rows")
    system = env["res.users"].browse(api.SUPERUSER_ID)
    bare, queries = measure(env, system, peer)
    print(f"{'peer: one table, no rules':50} {bare:6.0f} ms {queries:4g} queries")
    for login in ("a_officer", "city_officer", *OTHERS):
        user = env["res.users"].search([("login", "=", login)])
        own_pages = pages() if login.endswith("officer") else {"home page": pages()["home page"]}
        for title, page in own_pages.items():
            milliseconds, queries = measure(env, user, page)
            print(
                f"{login:14} {title:35} {milliseconds:6.0f} ms {queries:4g} queries  x {milliseconds / bare:.1f}",
                flush=True,
            )
    bare, _queries = measure(env, system, peer)
    print(f"{'peer again':50} {bare:6.0f} ms")
    if os.environ.get("BENCH_EXPLAIN"):
        explain(env)


main(env)  # noqa: F821 - Odoo's shell gives it
