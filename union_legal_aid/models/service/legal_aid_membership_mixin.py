from odoo import api, models

from ...tools.obligations import Obligation


class LegalAidMembershipMixin(models.AbstractModel):
    """The yearly ledger belongs to what a member hands over before he goes (T9, V1)."""

    _inherit = "legal.aid.membership.mixin"

    # Business

    @api.model
    def _get_obligation_sources(self):
        return [*super()._get_obligation_sources(), "_list_ledgers"]

    def _list_ledgers(self):
        ledgers = self.env["legal.aid.ledger"].search(
            [("volunteer_id", "in", self.ids), ("state", "=", "draft")], order="year, id"
        )
        found = {}
        for ledger in ledgers:
            found.setdefault(ledger.volunteer_id.id, []).append(
                Obligation(
                    "ledger",
                    str(ledger.year),
                    ledger._get_state_label(ledger.state),
                    ledger.organization_id.name,
                    ledger.date_due or None,
                )
            )
        return found
