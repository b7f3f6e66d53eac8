from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...tools import money, subsidy


class LegalAidPayoutRun(models.Model):
    """One computation of a list, kept with all it was decided from (M1, M4). Written once, never changed.

    The facts of a run of subsidies give the same list again, however lawyers, contracts and policies changed since.
    """

    _name = "legal.aid.payout.run"
    _description = "Computation of a Payout"
    _inherit = ["legal.aid.append.only.mixin", "legal.aid.step.mixin"]
    _order = "id desc"
    _rec_name = "number"

    # Plain copies, for a related field would have to be kept up to date.
    payout_id = fields.Many2one(comodel_name="legal.aid.payout", required=True, ondelete="restrict", index=True)
    organization_id = fields.Many2one(
        comodel_name="union.organization", string="Payer", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(
        comodel_name="res.company", string="Books", ondelete="restrict", index="btree_not_null"
    )
    number = fields.Integer(required=True, aggregator=False)
    date = fields.Date(
        string="Payment Date", required=True, help="The planned day of the payment, by which it was decided."
    )
    service_year = fields.Integer(aggregator=False)
    facts = fields.Json()
    result = fields.Json(required=True, help="[lawyer, contract, share, yuan, reason] of each line.")
    included_count = fields.Integer(string="Payments")
    excluded_count = fields.Integer(string="Left Out")
    currency_id = fields.Many2one(comodel_name="res.currency", required=True, ondelete="restrict")
    amount_total = fields.Monetary(string="Total")
    changes = fields.Text(string="Difference from the Last Computation")
    is_reproduced = fields.Boolean(
        string="Same Result From the Kept Facts",
        compute="_compute_is_reproduced",
        help="Worked out anew from the facts kept here, the list is the same to the cent.",
    )

    # Compute

    @api.depends("facts", "result")
    def _compute_is_reproduced(self):
        for run in self:
            run.is_reproduced = bool(run.facts) and run._decide_again() == run._get_decided()

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        if not self._in_workflow():
            raise AccessError(self.env._("A computation is put on record by computing its payout only."))
        return super().create(vals_list)

    # Business

    def _decide_again(self):
        """``{lawyer id: (yuan, contract id, included)}`` worked out from the kept facts, and from nothing else."""
        self.ensure_one()
        decisions = {
            lawyer["id"]: subsidy.decide(lawyer, self.service_year, self.date) for lawyer in self.facts["lawyers"]
        }
        return {
            number: (money.cents(decision.amount), decision.contract or False, not decision.reason)
            for number, decision in decisions.items()
        }

    def _get_decided(self):
        """The same as it was decided then."""
        return {row["lawyer"]: (money.cents(row["amount"]), row["contract"], row["included"]) for row in self.result}

    @api.model
    def _record(self, payout, facts):
        """Put the list that ``payout`` has now on record; returns the run. What changed is told by numbers, never by names."""
        previous = self.sudo().search([("payout_id", "=", payout.id)], limit=1)
        rows = [
            {
                "lawyer": line.volunteer_id.id,
                "contract": line.contract_id.id,
                "share": line.allocation_id.id,
                "amount": str(money.cents(line.amount)),
                "included": line.included,
                "reason": line.exclusion_reason,
            }
            for line in payout.sudo().line_ids.sorted("id")
        ]
        run_sudo = (
            self.sudo()
            ._workflow_env()
            .create(
                {
                    "payout_id": payout.id,
                    "organization_id": payout.organization_id.id,
                    "company_id": payout.company_id.id,
                    "number": previous.number + 1,
                    "date": payout.date,
                    "service_year": payout.service_year,
                    "facts": facts,
                    "result": rows,
                    "included_count": payout.line_count,
                    "excluded_count": payout.excluded_count,
                    "currency_id": payout.currency_id.id,
                    "amount_total": payout.amount_total,
                    "changes": self._describe_changes(previous.result, rows) if previous else False,
                }
            )
        )
        return run_sudo.with_env(self.sudo().env)

    @api.model
    def _describe_changes(self, before, after):
        """Who came in, went out or gets another amount, in numbers: names stand on the list itself."""
        old, new = self._get_paid(before), self._get_paid(after)
        both = old.keys() & new.keys()
        return self.env._(
            "%(new)s came in, %(gone)s went out, %(changed)s with another amount, %(same)s unchanged; total %(difference)s yuan.",
            new=len(new.keys() - old.keys()),
            gone=len(old.keys() - new.keys()),
            changed=sum(old[key] != new[key] for key in both),
            same=sum(old[key] == new[key] for key in both),
            difference=f"{sum(new.values(), Decimal(0)) - sum(old.values(), Decimal(0)):+.2f}",
        )

    @api.model
    def _get_paid(self, rows):
        """``{(lawyer, share): yuan}`` of those who are on the list."""
        return {(row["lawyer"], row["share"]): money.cents(row["amount"]) for row in rows if row["included"]}
