"""A whole team assessed and weighed for an honour (T10, T11): opened and computed, computed again, nominations with evidence.

Each lawyer has 20 consultations in the year. The peer is the floor under any such code, in the same run and without ours: the very rows
that ours wrote (assessments, their duties and voices), inserted again a hundred a statement as Odoo's ORM inserts, and the calls of
all lawyers counted by one `_read_group`. It measures no duty, hears no voice and weighs no point. Nothing is committed.
"""

import os

import many_lawyers
from psycopg2.extras import Json
from watch import Watch

from odoo import fields

LAWYERS = int(os.environ.get("BENCH_LAWYERS", "600"))
CALLS = 20
# The first hangs on nothing of the others, so it is written first.
TABLES = ("legal_aid_assessment", "legal_aid_assessment_line", "legal_aid_assessment_voice")


def get_users(env):
    return [env["res.users"].search([("login", "=", login)]) for login in ("city_officer", "city_manager")]


def prepare(env, count):
    """``count`` more lawyers with a year's calls; returns their contracts of this service year."""
    year = env["legal.aid.contract"].search([("state", "=", "active")], limit=1).service_year
    lawyers = many_lawyers.fill(env, count, year)
    many_lawyers.add_consultations(env, lawyers, CALLS)
    return env["legal.aid.contract"].search([("volunteer_id", "in", lawyers), ("service_year", "=", year)])


def assess(env, contracts):
    """Ours: opened and computed together, and computed again; returns the watch and the assessments."""
    officer, _manager = get_users(env)
    watch = Watch(env)
    records = watch.run(
        "opened and computed",
        lambda: env["legal.aid.assessment"].with_user(officer)._create_for_contracts(contracts.with_user(officer)),
    )
    watch.run("computed again", records.action_compute)
    if len(records) != len(contracts) or not all(records.mapped("computed_date")):
        raise ValueError("Not all lawyers are assessed.")
    return watch, records


def nominate(env):
    """The nominations of an honour: the figures of all members taken with their evidence."""
    officer, _manager = get_users(env)
    kind = env["legal.aid.award.kind"].search([("by_nomination", "=", True), ("for_lawyers", "=", True)], limit=1)
    env["legal.aid.award.round"].search([("kind_id", "=", kind.id)])._workflow_write({"state": "cancelled"})
    rounds = env["legal.aid.award.round"].with_user(officer)
    award_round = rounds.create(
        {"kind_id": kind.id, "organization_id": officer.union_organization_ids[:1].id, "date": fields.Date.today()}
    )
    watch = Watch(env)
    watch.run("nominations with evidence", award_round.action_compute)
    return watch, len(award_round.candidate_ids)


def assess_bare(env, records):
    """The rows of ``records`` inserted again, and one question for a figure of all."""
    lawyers, start = records.volunteer_id.ids, min(records.mapped("period_start"))
    rows = take_rows(env.cr, records.ids)
    watch = Watch(env)
    watch.run(
        "figures",
        lambda: env["legal.aid.consultation"]._read_group(
            [("volunteer_id", "in", lawyers), ("date", ">=", start)], ["volunteer_id"], ["__count"]
        ),
    )
    watch.run(f"rows ({sum(len(values) for _names, values in rows.values())})", lambda: insert(env.cr, rows))
    return watch


def take_rows(cr, ids):
    """``{table: (columns, rows)}`` of the assessments ``ids``, which are deleted."""
    rows = {}
    for table in TABLES:
        owner = "id" if table == TABLES[0] else "assessment_id"
        cr.execute(f"SELECT * FROM {table} WHERE {owner} IN %s ORDER BY id", [tuple(ids)])
        names = [column.name for column in cr.description]
        rows[table] = (
            names,
            [
                tuple(Json(value) if isinstance(value, (dict, list)) else value for value in row)
                for row in cr.fetchall()
            ],
        )
    for table in reversed(TABLES):
        cr.execute(f"DELETE FROM {table} WHERE {'id' if table == TABLES[0] else 'assessment_id'} IN %s", [tuple(ids)])
    return rows


def insert(cr, rows):
    for table, (names, values) in rows.items():
        columns = ", ".join(f'"{name}"' for name in names)
        cr.execute_values(f"INSERT INTO {table} ({columns}) VALUES %s", values, page_size=100)


def main(env):
    ours, records = assess(env, prepare(env, LAWYERS))
    ours.print(f"{LAWYERS} assessments", LAWYERS)
    nominations, count = nominate(env)
    nominations.print(f"{count} candidates of a nomination", count)
    bare = assess_bare(env, records.sudo())
    bare.print(f"{LAWYERS} assessments, bare rows", LAWYERS)
    seconds, cpu, _queries = next(iter(ours.steps.values()))
    print(f"Ratio, opened and computed to bare rows: {seconds / bare.seconds:.1f}, Odoo's own {cpu / bare.cpu:.1f}")
    env.cr.rollback()
    env.invalidate_all()


main(env)  # noqa: F821 - Odoo's shell gives it
