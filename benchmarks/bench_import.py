"""What it costs to bring in long tables of each kind (X1): reading, the dry run and the taking, in the steps of the job.

The peer is Odoo's own ``load()`` of the same rows into the same model, as its import screen calls it: drafts without a past, without
looking for what is on record already. Nothing is kept: the commits between the steps are left out, and all is rolled back in the end.
``BENCH_PROFILE=1`` prints where the time of the first kind goes.
"""

import base64
import cProfile
import os
import pstats
import resource
from time import perf_counter

from odoo.addons.union_legal_aid.tools import import_table, workbook

ROWS = int(os.environ.get("BENCH_ROWS", 10_000))
KINDS = os.environ.get("BENCH_KINDS", "lawyer,contract,case,consultation").split(",")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def make_identity(number):
    """A made-up identity number whose check character is right."""
    first = f"410402{1950 + number % 50}0101{number // 50 % 1000:03}"
    return first + "10X98765432"[sum(w * int(d) for w, d in zip(WEIGHTS, first, strict=True)) % 11]


def make_lawyer(number):
    return {
        "name": f"测速导入{number}",
        "license_number": f"1410420151{number:07}",
        "law_firm": f"测速律师事务所{number % 50}",
        "mobile": f"138{number:08}",
        "resident_id_number": make_identity(number),
        "consent_date": "2026.3.5",
    }


def make_contract(number):
    return {"lawyer": f"测速导入{number}", "license_number": f"1410420151{number:07}", "date_start": "2016-06-01"}


def make_case(number):
    return {
        "old_number": f"测速〔2016〕{number}号",
        "application_date": "2016年7月1日",
        "applicant_name": f"测速受援人{number}",
        "applicant_kind": "农民工",
        "applicant_id_number": make_identity(number),
        "headcount": "1",
        "employer_name": f"测速用人单位{number % 500}",
        "matter": "unpaid_wages",
        "service_form": "仲裁",
        "amount_claimed": "12,000元",
        "granted_date": "2016-07-02",
        "closed_date": "2016-09-01",
        "outcome": "胜诉",
        "amount_recovered": "8000",
        "archived_date": "2016-09-20",
    }


def make_consultation(number):
    return {
        "date": "2016/7/1",
        "channel": "来电",
        "caller_name": f"测速咨询人{number}",
        "caller_phone": f"138{number:08}",
        "employer_name": f"测速用人单位{number % 500}",
        "matter": "unpaid_wages",
        "question": f"测速问题{number}",
        "answer": "先申请劳动仲裁",
    }


MAKE = {"lawyer": make_lawyer, "contract": make_contract, "case": make_case, "consultation": make_consultation}


def make_file(kind):
    columns = import_table.TABLES[kind][1]
    heads = [(column.title, "text", column.width) for column in columns]
    rows = [MAKE[kind](number) for number in range(ROWS)]
    return workbook.build(import_table.TABLES[kind][0], heads, [[row.get(c.name, "") for c in columns] for row in rows])


def timed(call):
    before = perf_counter()
    result = call()
    return perf_counter() - before, result


def run_job(table):
    """As the job does it, one step after the other."""
    table.env["legal.aid.import"]._cron_import()
    table.env.flush_all()
    table.env.invalidate_all()


def bring_in(env, kind, union, user):
    table = (
        env["legal.aid.import"]
        .with_user(user)
        .create(
            {
                "kind": kind,
                "organization_id": union.id,
                "file": base64.b64encode(make_file(kind)),
                "file_name": f"{kind}.xlsx",
                "mode": "good",
            }
        )
    )
    reading, _table = timed(table._read_table)
    table.action_check()
    checking, _none = timed(lambda: run_job(table.sudo()))
    if table.state == "checked":
        table.action_import()
        taking, _none = timed(lambda: run_job(table.sudo()))
    if table.imported_count != ROWS:
        raise ValueError(f"{table.imported_count} of {ROWS} rows were taken: {table.report[:500]}")
    return reading, checking, taking


def load_plainly(env, kind, union, user):
    """The same rows by Odoo's ``load()``; names are ids already, which its screen would have to find first."""
    env = env(user=user.id)
    matter = env["legal.aid.matter"].search([], limit=1)
    rows = [MAKE[kind](ROWS + number) for number in range(ROWS)]
    if kind == "lawyer":
        # A lawyer's card comes first; making it is part of the way.
        before = perf_counter()
        cards = env["res.partner"].sudo().load(["name"], [[row["name"]] for row in rows])["ids"]
        names = ("license_number", "mobile", "resident_id_number")
        head = ["partner_id/.id", "organization_id/.id", *names]
        lines = [[card, union.id, *(row[n] for n in names)] for card, row in zip(cards, rows, strict=True)]
        return perf_counter() - before + timed(lambda: check(env["legal.aid.volunteer"].load(head, lines)))[0]
    if kind == "contract":
        lawyers = env["legal.aid.volunteer"].search([("name", "like", "测速导入")], limit=ROWS)
        head = ["volunteer_id/.id", "organization_id/.id", "date_start"]
        lines = [[lawyer.id, union.id, "2018-06-01"] for lawyer in lawyers]
        return timed(lambda: check(env["legal.aid.contract"].load(head, lines)))[0]
    if kind == "case":
        names = ("applicant_name", "applicant_id_number", "headcount", "employer_name")
        head = [
            "organization_id/.id",
            "jurisdiction_override_reason",
            "matter_id/.id",
            "applicant_kind",
            "service_form",
        ]
        head += ["application_date", *names]
        first = [union.id, "测速", matter.id, "migrant_worker", "arbitration", "2016-07-01"]
        return timed(lambda: check(env["legal.aid.case"].load(head, [[*first, *(r[n] for n in names)] for r in rows])))[
            0
        ]
    names = ("caller_name", "caller_phone", "employer_name", "question", "answer")
    head = ["organization_id/.id", "matter_id/.id", "date", *names]
    lines = [[union.id, matter.id, "2016-07-01", *(row[n] for n in names)] for row in rows]
    return timed(lambda: check(env["legal.aid.consultation"].load(head, lines)))[0]


def check(result):
    if not result["ids"]:
        raise ValueError(result["messages"][:3])


def main(env):
    # Nothing of it stays in the database of the benchmarks.
    env.cr.commit = env.cr.flush
    print(f"{ROWS} rows of each kind; seconds")
    print(
        f"{'kind':14} {'read':>7} {'dry run':>8} {'take':>7} {'peer: load()':>13} {'take/peer':>10} {'memory MiB':>11}"
    )
    for kind in KINDS:
        login = "city_manager" if kind in ("lawyer", "contract") else "a_manager"
        user = env["res.users"].search([("login", "=", login)])
        union = user.union_organization_ids[:1]
        profile = cProfile.Profile()
        if os.environ.get("BENCH_PROFILE"):
            profile.enable()
        reading, checking, taking = bring_in(env, kind, union, user)
        profile.disable()
        env.invalidate_all()
        peer = load_plainly(env, kind, union, user)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{kind:14} {reading:7.1f} {checking:8.1f} {taking:7.1f} {peer:13.1f} {taking / peer:10.2f} {memory:11}",
            flush=True,
        )
        if os.environ.get("BENCH_PROFILE"):
            pstats.Stats(profile).sort_stats("cumulative").print_stats(70)
    env.cr.rollback()


main(env)  # noqa: F821 - Odoo's shell gives it
