"""A whole team assessed and weighed for an honour (T10, T11): opened and computed, computed again, nominations with evidence.

Each lawyer has 20 consultations in the year. The peer is the bare minimum of the ORM in the same run: the same rows by `create`,
their figures by one `write` a record, without a contract's duties measured, voices heard or points weighed. Nothing is committed.
"""

import os

import many_lawyers
from watch import Watch

from odoo import Command, fields

from odoo.addons.union_legal_aid.models.organization.legal_aid_workflow_mixin import WORKFLOW_TOKEN

LAWYERS = int(os.environ.get("BENCH_LAWYERS", "600"))
CALLS = 20


def get_users(env):
    return [env["res.users"].search([("login", "=", login)]) for login in ("city_officer", "city_manager")]


def prepare(env, count):
    """``count`` more lawyers with a year's calls; returns their contracts of this service year."""
    year = env["legal.aid.contract"].search([("state", "=", "active")], limit=1).service_year
    lawyers = many_lawyers.fill(env, count, year)
    many_lawyers.add_consultations(env, lawyers, CALLS)
    return env["legal.aid.contract"].search([("volunteer_id", "in", lawyers), ("service_year", "=", year)])


def assess(env, contracts):
    """Ours: opened and computed together, computed again, and one signed."""
    officer, _manager = get_users(env)
    watch = Watch(env)
    records = watch.run(
        "opened and computed",
        lambda: env["legal.aid.assessment"].with_user(officer)._create_for_contracts(contracts.with_user(officer)),
    )
    watch.run("computed again", records.action_compute)
    if len(records) != len(contracts) or not all(records.mapped("computed_date")):
        raise ValueError("Not all lawyers are assessed.")
    return watch


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


def assess_bare(env, contracts):
    """The same rows by the shortest code there is: the assessment, its duties, its voices, and one write of the figures each."""
    officer, _manager = get_users(env)
    model = env["legal.aid.assessment"].sudo().with_context(legal_aid_workflow=WORKFLOW_TOKEN, tracking_disable=True)
    kinds = [kind for kind, _label in env["legal.aid.assessment.voice"]._fields["kind"].selection]
    values = [
        {
            "volunteer_id": contract.volunteer_id.id,
            "contract_id": contract.id,
            "period_start": contract.date_start,
            "period_end": contract.date_last,
            "line_ids": [Command.create({"kind": duty.kind, "target": duty.target}) for duty in contract.duty_ids],
            "voice_ids": [Command.create({"kind": kind}) for kind in kinds],
        }
        for contract in contracts
    ]
    watch = Watch(env)
    # Past our own `create`, which opens voices and looks contracts up.
    records = watch.run("rows", lambda: super(type(model), model).create(values))
    watch.run("figures", lambda: [record.write({"consultation_count": CALLS, "score": 80}) for record in records])
    return watch


def main(env):
    ours = assess(env, prepare(env, LAWYERS))
    ours.print(f"{LAWYERS} assessments", LAWYERS)
    nominations, count = nominate(env)
    nominations.print(f"{count} candidates of a nomination", count)
    env.cr.rollback()
    env.invalidate_all()
    bare = assess_bare(env, prepare(env, LAWYERS))
    bare.print(f"{LAWYERS} assessments, bare ORM", LAWYERS)
    first = next(iter(ours.steps.values()))[1]
    print(f"Ratio of Odoo's own time, opened and computed to bare rows and figures: {first / bare.cpu:.2f}")
    env.cr.rollback()
    env.invalidate_all()


main(env)  # noqa: F821 - Odoo's shell gives it
