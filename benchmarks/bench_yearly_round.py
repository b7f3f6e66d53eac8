"""What the yearly round costs (issue 6): a whole team renewed in one batch, and the screen of the round.

Peers, side by side on the same machine and database server:

* one by one: the same renewals, each asked for and approved alone, through the same code (some of them, for it is slow);
* the bare minimum: the same contracts by a bare `create` and one `write` of the ORM, without number, request, history or ledger.

BENCH_LAWYERS chooses the numbers of lawyers of the screen, BENCH_BATCH the size of the batch. Everything is rolled back.
"""

import os

import many_lawyers
from watch import Watch

from odoo import Command, fields

from odoo.addons.union_legal_aid.models.organization.legal_aid_workflow_mixin import WORKFLOW_TOKEN

NUMBERS = [int(number) for number in os.environ.get("BENCH_LAWYERS", "600,10000").split(",")]
BATCH = int(os.environ.get("BENCH_BATCH", "600"))
ALONE = 50
COLUMNS = {
    "volunteer_id": {"fields": {"display_name": {}}},
    **{
        name: {}
        for name in ("service_year", "step", "next_step", "actor", "blocks", "ledger_state", "date_last", "can_act")
    },
}


def get_users(env):
    return [env["res.users"].search([("login", "=", login)]) for login in ("city_officer", "city_manager")]


def prepare(env, count):
    """``count`` more lawyers whose contracts are renewed; returns these contracts."""
    year = fields.Date.context_today(env.user).year
    lawyers = many_lawyers.fill(env, count, year)
    contracts = env["legal.aid.contract"].search([("volunteer_id", "in", lawyers), ("service_year", "=", year)])
    contracts.volunteer_id.license_valid_until = fields.Date.add(max(contracts.mapped("date_last")), years=1)
    if "assessed_since" in env["union.organization"]._fields:
        # Their year is one of paper: what is measured is the renewal, not the assessment before it.
        contracts.organization_id.assessed_since = fields.Date.add(max(contracts.mapped("date_last")), days=1)
    return contracts


def renew_together(env, contracts):
    officer, manager = get_users(env)
    watch = Watch(env)
    action = watch.run("draft", contracts.with_user(officer).action_renew_in_batch)
    batch = env["legal.aid.appointment.batch"].browse(action["res_id"])
    watch.run("what stands against", lambda: batch.with_user(officer).obstacle_count)
    watch.run("request approval", batch.with_user(officer).action_request_approval)
    watch.run("approve", batch.with_user(manager).action_approve)
    if batch.state != "approved" or len(batch.contract_ids) != len(contracts):
        raise ValueError(f"The batch is {batch.state} with {len(batch.contract_ids)} contracts.")
    return watch


def renew_one_by_one(env, contracts):
    officer, manager = get_users(env)
    watch = Watch(env)

    def each(step):
        for contract in renewals:
            step(contract)

    watch.run("draft", contracts.with_user(officer).action_renew)
    renewals = env["legal.aid.contract"].search([("renewal_of_id", "in", contracts.ids)])
    watch.run("request approval", lambda: each(lambda contract: contract.with_user(officer).action_request_approval()))
    watch.run("approve", lambda: each(lambda contract: contract.with_user(manager).action_approve()))
    if set(renewals.mapped("state")) != {"active"}:
        raise ValueError("Not all contracts are approved.")
    return watch


def renew_bare(env, contracts):
    """The same rows by the shortest code there is."""
    officer = get_users(env)[0]
    values = [
        {
            "volunteer_id": contract.volunteer_id.id,
            "organization_id": contract.organization_id.id,
            "date_start": fields.Date.add(contract.date_end, days=1),
            "renewal_of_id": contract.id,
            "duty_ids": [Command.create({"kind": duty.kind, "target": duty.target}) for duty in contract.duty_ids],
        }
        for contract in contracts
    ]
    watch = Watch(env)
    made = watch.run("create", lambda: env["legal.aid.contract"].with_user(officer).create(values))
    made = made.sudo().with_context(legal_aid_workflow=WORKFLOW_TOKEN)
    watch.run("write", lambda: made.write({"state": "active", "approved_date": fields.Date.today()}))
    return watch


def look(env, count):
    """The screen as the city's officer opens it: a page of 80, the figures of each stage, what is blocked, no service."""
    officer = get_users(env)[0]
    rows = env["legal.aid.yearly.round"].with_user(officer)
    watch = Watch(env)
    watch.run("page of 80", lambda: rows.web_search_read([], COLUMNS, limit=80, count_limit=10001))
    watch.run("figures by stage", lambda: rows._read_group([], ["step"], ["__count"]))
    watch.run("blocked", lambda: rows.search_count([("is_blocked", "=", True)]))
    watch.run("no service", lambda: rows.search([("is_idle", "=", True)], limit=80))
    print(f"The screen with {count} lawyers more:")
    for name, (seconds, cpu, queries) in watch.steps.items():
        print(f"    {name:24} {seconds:7.2f} s {cpu:7.2f} own {queries:5} queries", flush=True)


def main(env):
    for title, count, way in (
        ("together", BATCH, renew_together),
        ("one by one", ALONE, renew_one_by_one),
        ("bare minimum", BATCH, renew_bare),
    ):
        watch = way(env, prepare(env, count))
        watch.print(f"{count} lawyers, {title}", count)
        print(f"    in all {watch.seconds:.1f} s", flush=True)
        env.cr.rollback()
        env.invalidate_all()
    for count in NUMBERS:
        prepare(env, count)
        look(env, count)
        env.cr.rollback()
        env.invalidate_all()


main(env)  # noqa: F821 - Odoo's shell gives it
