from odoo import api, models

from ...tools.obligations import Obligation


class LegalAidMembershipMixin(models.AbstractModel):
    """What is still owed to a member belongs to his hand-over list (T9, M7)."""

    _inherit = "legal.aid.membership.mixin"

    # Business

    @api.model
    def _get_obligation_sources(self):
        return [*super()._get_obligation_sources(), "_list_fees", "_list_subsidies"]

    def _list_fees(self):
        """Fees on their way; what an expense amounts to stands on its own page."""
        expenses = self.env["legal.aid.expense"].search(
            [("volunteer_id", "in", self.ids), ("state", "not in", ("paid", "cancelled"))], order="id"
        )
        found = {}
        for expense in expenses:
            found.setdefault(expense.volunteer_id.id, []).append(
                Obligation(
                    "fee",
                    expense.name if expense.name != "/" else expense.case_number,
                    self.env._(
                        "Case %(case)s, %(state)s",
                        case=expense.case_number,
                        state=expense._get_state_label(expense.state),
                    ),
                    expense.organization_id.name,
                )
            )
        return found

    def _list_subsidies(self):
        """Subsidies that are on a payout and not paid."""
        lines = self.env["legal.aid.payout.line"].search(
            [
                ("volunteer_id", "in", self.ids),
                ("kind", "=", "subsidy"),
                ("included", "=", True),
                ("state", "=", "pending"),
                ("payout_state", "in", ("computed", "approved", "posted")),
            ],
            order="id",
        )
        found = {}
        for line in lines:
            found.setdefault(line.volunteer_id.id, []).append(
                Obligation(
                    "fee",
                    str(line.service_year),
                    self.env._("Yearly subsidy, on a list and not paid yet"),
                    line.organization_id.name,
                )
            )
        return found
