from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Running clocks of a yearly date remind weeks before it, as new ones do; until now they reminded the day before only (V1)."""
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    running = env["legal.aid.deadline"].search([("state", "=", "open"), ("kind", "in", ("ledger", "county_report"))])
    running._plan_reminders()
