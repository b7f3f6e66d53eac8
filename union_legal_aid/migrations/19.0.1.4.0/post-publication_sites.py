"""Publications that named a website are tied to the city's site of that name, so that no notice waits which was published (T13)."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["legal.aid.notice.publication"].search([("site_id", "=", False)])._find_sites()
