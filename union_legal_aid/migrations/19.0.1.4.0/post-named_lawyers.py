"""The lawyers in service for a contracted firm are named under the agreement that is in force (T5)."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    agreements = env["legal.aid.contract"].search([("kind", "=", "firm"), ("state", "=", "active")], order="date_start")
    agreements._name_lawyers_in_service()
