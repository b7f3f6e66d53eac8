"""What the access log costs (X2): a case form opened 500 times with the log and without it, in turns, each in a transaction of its own.

First visits write a row each; second visits within a quarter of an hour find it and write none. Where the reading goes to a
replica, the cursor is read-only and the row is written by a cursor of its own after the commit.
"""

import gc
from statistics import median
from time import perf_counter
from unittest.mock import patch

from odoo import api
from odoo.tests.form import Form

OPENINGS = 500
# As many rows as a city's offices write in a year or two.
ROWS = 200_000
LOG = "legal.aid.access.log"


def prepare(env):
    """``(user, cases, form)``: an officer, his cases, and what their form asks for."""
    user = env.ref("union_legal_aid.user_demo_a_officer", raise_if_not_found=False) or env["res.users"].search(
        [("login", "=", "a_officer")]
    )
    cases = env["legal.aid.case"].with_user(user)
    own = cases.search([("organization_id", "in", user.union_organization_ids.ids)])
    pattern = own[:1]
    if len(own) < OPENINGS:
        own |= cases.create(
            [
                {
                    "applicant_name": f"测速工人{number}",
                    "applicant_phone": f"138{number:08d}",
                    "employer_name": "测速公司",
                    "employer_place_id": user.union_organization_ids[:1].id,
                    "matter_id": pattern.matter_id.id,
                }
                for number in range(OPENINGS - len(own))
            ]
        )
    fill_log(env, user, own)
    env.cr.commit()
    form = Form(pattern)._view["fields_spec"]
    return user, own[:OPENINGS], form


def fill_log(env, user, cases):
    env.cr.execute("SELECT count(*) FROM legal_aid_access_log")
    missing = ROWS - env.cr.fetchone()[0]
    env.cr.execute(
        """
        INSERT INTO legal_aid_access_log (
            user_id, accessed_at, kind, res_model, res_id, record_name, organization_id, record_count, channel
        )
        SELECT %s, now() AT TIME ZONE 'UTC' - (number + 60) * INTERVAL '1 minute', 'open', 'legal.aid.case',
               (%s)[1 + number %% %s], 'old', %s, 1, 'backend'
          FROM generate_series(1, %s) AS number
        """,
        (user.id, cases.ids, len(cases), user.union_organization_ids[:1].id, max(missing, 0)),
    )
    env.cr.commit()
    env.cr.execute("ANALYZE legal_aid_access_log")


def open_form(registry, user, case, form, readonly):
    """Open one form as a request does; ``(seconds, queries)``."""
    gc.disable()
    started = perf_counter()
    with registry.cursor() as cr:
        cr.connection.set_session(readonly=readonly)
        before = cr.sql_log_count
        api.Environment(cr, user.id, {"bin_size": True})["legal.aid.case"].browse(case).web_read(form)
        queries = cr.sql_log_count - before
        cr.commit()
        cr.connection.set_session(readonly=False)
    seconds = perf_counter() - started
    gc.enable()
    return seconds, queries


def measure(env, user, cases, form, readonly=False):
    """``(with the log, without it)``, each a list of ``(seconds, queries)``."""
    with_log, without_log = [], []
    no_log = patch.object(env.registry[LOG], "_log", return_value=None)
    for number, case in enumerate(cases.ids):
        turns = [with_log, without_log] if number % 2 else [without_log, with_log]
        for results in turns:
            if results is without_log:
                with no_log:
                    results.append(open_form(env.registry, user, case, form, readonly))
            else:
                results.append(open_form(env.registry, user, case, form, readonly))
    return with_log, without_log


def measure_log(env, user, cases):
    """Seconds of the log's own statement for each case, without its commit."""
    results = []
    with env.registry.cursor() as cr:
        records = api.Environment(cr, user.id, {})["legal.aid.case"].browse(cases.ids)
        records.sudo().mapped("organization_id.display_name")  # the form has read number and union already
        for case in records:
            started = perf_counter()
            case._note_access("open")
            results.append(perf_counter() - started)
    return results


def count_rows(env):
    env.cr.commit()
    env.cr.execute("SELECT count(*) FROM legal_aid_access_log")
    return env.cr.fetchone()[0]


def report(title, with_log, without_log, rows):
    milliseconds = [median(seconds for seconds, _queries in results) * 1000 for results in (with_log, without_log)]
    queries = [median(count for _seconds, count in results) for results in (with_log, without_log)]
    print(
        f"{title:44} {milliseconds[0]:7.2f} ms {milliseconds[1]:7.2f} ms {milliseconds[0] - milliseconds[1]:+6.2f} ms"
        f"  x {milliseconds[0] / milliseconds[1]:.3f}   {queries[0]:g} / {queries[1]:g} queries   {rows} rows"
    )


def main(env):
    user, cases, form = prepare(env)
    for case in cases.ids[:20]:  # whatever stays in memory from one request to the next
        with patch.object(env.registry[LOG], "_log", return_value=None):
            open_form(env.registry, user, case, form, False)
    print(f"{len(cases)} openings each, {count_rows(env)} rows in the log; medians of with the log / without it")
    print(f"{'the log alone':44} {median(measure_log(env, user, cases)) * 1000:7.2f} ms")
    # With a visit of no minutes, every one is the first.
    for title, readonly, minutes in (
        ("first visit", False, 0),
        ("second visit", False, 15),
        ("first visit, read-only cursor (replica)", True, 0),
    ):
        before = count_rows(env)
        with patch("odoo.addons.union_legal_aid.models.organization.legal_aid_access_log.SAME_VISIT_MINUTES", minutes):
            with_log, without_log = measure(env, user, cases, form, readonly)
        report(title, with_log, without_log, count_rows(env) - before)


main(env)  # noqa: F821 - Odoo's shell gives it
