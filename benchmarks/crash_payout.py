"""Prepares the payout of ``script/crash``: many lawyers, computed, approved, its tax chosen. Tells how long posting takes here."""

import json
import os
from time import perf_counter

import many_lawyers

from odoo import fields


def main(env):
    today = fields.Date.context_today(env.user)
    many_lawyers.fill(env, int(os.environ["CRASH_LINES"]), today.year)
    officer, manager, finance = (
        env["res.users"].search([("login", "=", login)]) for login in ("city_officer", "city_manager", "city_finance")
    )
    payout = (
        env["legal.aid.payout"]
        .with_user(officer)
        .create(
            {
                "kind": "subsidy",
                "organization_id": officer.union_organization_ids[:1].id,
                "service_year": today.year,
                "date": today,
            }
        )
    )
    payout.action_compute()
    payout.with_user(finance).action_choose_tax_treatment("exempt")
    payout.action_request_approval()
    payout.with_user(manager).action_approve()
    env.cr.commit()
    prepared = {"payout": payout.id, "count": payout.line_count, "total": payout.amount_net}
    before = perf_counter()
    payout.with_user(finance).action_post(date=today)
    env.flush_all()
    prepared["seconds"] = perf_counter() - before
    env.cr.rollback()
    print(json.dumps(prepared))


main(env)  # noqa: F821 - Odoo's shell gives it
