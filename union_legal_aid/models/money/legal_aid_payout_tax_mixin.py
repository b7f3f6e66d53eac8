from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import money, tax
from ..organization.wording import join_names

TREATMENTS = [
    ("unset", "Not chosen yet"),
    ("exempt", "Exempt legal-aid subsidy"),
    ("taxable", "Taxable remuneration for labour"),
]


class LegalAidPayoutTaxMixin(models.AbstractModel):
    """How a payout is taxed (M9): fees of cases are exempt (公告2022年第25号); for the flat yearly subsidy finance chooses.

    Withheld tax stays on the payable account, as an open credit to the tax bureau, until finance remits it (215 / 102).
    """

    _name = "legal.aid.payout.tax.mixin"
    _description = "Tax on a Payout"

    tax_treatment = fields.Selection(
        selection=TREATMENTS, default="unset", required=True, readonly=True, copy=False, tracking=True
    )

    # Actions

    def action_choose_tax_treatment(self, treatment):
        """Finance chooses ``exempt`` or ``taxable``; for subsidies once for the whole term of the policy they rest on."""
        self._check_finance()
        self._check_state("computed", "approved")
        if treatment not in ("exempt", "taxable"):
            raise UserError(
                self.env._("“%(treatment)s” is no tax treatment. Use exempt or taxable.", treatment=treatment)
            )
        for payout in self:
            if payout.kind == "subsidy":
                policies = payout.line_ids.filtered("included").contract_id.sudo().policy_id.sudo(False)
                # A later term of the same programme may have been decided before.
                open_policies = policies.filtered(lambda policy: not policy.sudo().subsidy_tax_treatment)
                open_policies.action_choose_tax_treatment(treatment)
            else:
                payout._workflow_write({"tax_treatment": treatment})
            payout._settle_tax(payout.date)
        return True

    def action_choose_exempt(self):
        return self.action_choose_tax_treatment("exempt")

    def action_choose_taxable(self):
        return self.action_choose_tax_treatment("taxable")

    # Business

    def _raise_not_finance(self):
        raise AccessError(
            self.env._(
                "Only finance of the paying union may do this with %(payouts)s. Ask the finance office of %(payers)s.",
                payouts=join_names(self.env, self.mapped("name")),
                payers=join_names(self.env, self.sudo().organization_id.mapped("name")),
            )
        )

    def _get_tax_treatment(self):
        self.ensure_one()
        if self.kind == "expense":
            return "exempt" if self.tax_treatment == "unset" else self.tax_treatment
        # The choice stands on the policies; whoever computes may not read all of them.
        policies_sudo = self.line_ids.filtered("included").contract_id.sudo().policy_id
        chosen = {policy.subsidy_tax_treatment or "unset" for policy in policies_sudo}
        if len(chosen - {"unset"}) > 1:
            raise UserError(
                self.env._(
                    "%(payout)s mixes contracts whose policies are taxed differently: %(policies)s. Ask finance which one applies.",
                    payout=self.name,
                    policies=join_names(self.env, policies_sudo.mapped("name")),
                )
            )
        return chosen.pop() if len(chosen) == 1 else "unset"

    def _settle_tax(self, date):
        """Work out what is withheld from each line when paid on ``date``; returns whether anything changed."""
        self.ensure_one()
        treatment = self._get_tax_treatment()
        lines = self.line_ids.filtered("included")
        taxes = self._get_taxes(lines, date) if treatment == "taxable" else {}
        changed = lines.filtered(lambda line: money.cents(line.tax_amount) != taxes.get(line, Decimal(0)))
        for line in changed._row_env():
            line.tax_amount = taxes.get(line, Decimal(0))
        if changed:
            # What is paid out is another sum now: a batch that was made before is void.
            self._get_open_lines().filtered("bank_batch")._row_env().write({"bank_batch": 0})
        if self.tax_treatment != treatment:
            self._workflow_write({"tax_treatment": treatment})
        return bool(changed)

    def _stand_in_line_for_tax(self):
        """Of two payments to the same person in the same month the second one has to see what the first one withheld."""
        if self._get_tax_treatment() == "taxable":
            # A row that two transactions write makes the later one start again; nothing of it changes.
            self.env.cr.execute(
                SQL(
                    "UPDATE legal_aid_volunteer SET write_date = write_date WHERE id = ANY(%s)",
                    sorted(self.line_ids.filtered("included").volunteer_id.ids),
                )
            )

    def _get_taxes(self, lines, date):
        """``{line: yuan}``: what one payer pays one person in a month is added up, what was withheld before is taken off."""
        sums = self._get_paid_in_month(lines.volunteer_id, date)
        taxes = {}
        for line in lines:
            gross, withheld = sums.get(line.volunteer_id, (Decimal(0), Decimal(0)))
            gross += money.cents(line.labour_amount)
            taxes[line] = max(tax.withholding_on_labour(gross) - withheld, Decimal(0))
            sums[line.volunteer_id] = (gross, withheld + taxes[line])
        return taxes

    def _get_paid_in_month(self, volunteers, date):
        """``{volunteer: (gross, withheld)}`` that this payer paid as taxable pay in the month of ``date``."""
        groups = self.env["legal.aid.payout.line"]._read_group(
            Domain("volunteer_id", "in", volunteers.ids)
            & Domain("organization_id", "=", self.organization_id.id)
            & Domain("state", "=", "paid")
            & Domain("payout_id", "!=", self.id)
            & Domain("payout_id", "any", Domain("tax_treatment", "=", "taxable") & self._domain_of_month(date)),
            ["volunteer_id"],
            ["labour_amount:sum", "tax_amount:sum"],
        )
        return {volunteer: (money.cents(gross), money.cents(withheld)) for volunteer, gross, withheld in groups}
