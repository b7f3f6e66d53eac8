from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import money
from ..organization.legal_day import legal_today
from ..organization.wording import join_names


class LegalAidPayoutBudgetMixin(models.AbstractModel):
    """How a list stands to its payer's budget of the year (M11): warned before, stopped beyond, unless a leader overrides it.

    The policy says from when on is warned, whether the excess is stopped, and whose leader may override.
    """

    _name = "legal.aid.payout.budget.mixin"
    _description = "Budget of a Payout"

    budget_level = fields.Selection(
        selection=[
            ("none", "No budget on record"),
            ("fits", "Within the budget"),
            ("near", "Nearly used up"),
            ("over", "Beyond the budget"),
        ],
        string="Budget",
        compute="_compute_budget",
    )
    budget_note = fields.Char(string="Use of the Budget", compute="_compute_budget")
    can_override_budget = fields.Boolean(compute="_compute_can_override_budget")
    budget_override_by_id = fields.Many2one(
        comodel_name="res.users", string="Budget Overridden By", readonly=True, copy=False, ondelete="restrict"
    )
    budget_override_date = fields.Date(string="Budget Overridden On", readonly=True, copy=False)
    budget_override_reason_id = fields.Many2one(
        comodel_name="legal.aid.reason", string="Reason of the Override", readonly=True, copy=False, ondelete="restrict"
    )
    budget_override_note = fields.Text(string="Note on the Override", readonly=True, copy=False)

    # Compute

    @api.depends("organization_id", "date", "amount_total", "state")
    @api.depends_context("lang")
    def _compute_budget(self):
        for payout in self:
            payout.budget_level, payout.budget_note = payout._judge_budget(payout.date)

    @api.depends("organization_id", "date", "amount_total", "state", "budget_override_amount")
    @api.depends_context("uid")
    def _compute_can_override_budget(self):
        for payout in self:
            payout.can_override_budget = (
                payout.state in ("computed", "approved")
                and bool(payout._get_budget_reason(payout.date))
                and self.env.user in payout._get_budget_overriders()
            )

    # Actions

    def action_override_budget(self, reason_code=None, note=""):
        """Let a list pass that goes beyond the budget; opens a dialog when called without a reason.

        :raises AccessError: for anybody whom the policy does not name
        """
        self.check_access("write")
        self._check_state("computed", "approved")
        for payout in self:
            payout._check_may_override_budget()
        if not reason_code:
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_override_budget", "budget", self.env._("Override the Budget")
            )
        reason = self.env["legal.aid.reason"]._get_coded("budget", reason_code)
        for payout in self:
            payout._workflow_write(
                {
                    "budget_override_by_id": self.env.uid,
                    "budget_override_date": legal_today(payout),
                    "budget_override_amount": payout.amount_total,
                    "budget_override_reason_id": reason.id,
                    "budget_override_note": note,
                }
            )
            payout._message_log(
                body=self.env._("Budget overridden: %(reason)s. %(note)s", reason=reason.name, note=payout.budget_note)
            )
        return True

    # Business

    def _get_budget_policy(self, date):
        """The policy in force for the payer, or an empty record: then the defaults hold."""
        policies = self.env["legal.aid.policy"]
        return policies._find(self.organization_id, date).sudo() or policies.sudo().new({})

    def _judge_budget(self, date):
        """``(level, sentence)`` for this list, were it paid on ``date``."""
        self.ensure_one()
        if not self.organization_id or not date:
            return "none", ""
        budget_sudo = self.env["legal.aid.budget"]._get_of(self.organization_id, date)
        if not budget_sudo:
            return "none", self.env._(
                "%(payer)s has no budget of %(year)s on record.", payer=self.organization_id.name, year=date.year
            )
        spent, reserved = budget_sudo._get_use(leave_out=self._origin)
        whole = money.cents(budget_sudo.amount)
        used = spent + reserved + money.cents(self.amount_total)
        warning = self._get_budget_policy(date).budget_warning_percent or 90
        level = "over" if used > whole else "near" if used * 100 >= whole * warning else "fits"
        note = self.env._(
            "Budget %(year)s %(amount)s: %(spent)s spent, %(reserved)s approved, with this list %(left)s left.",
            year=budget_sudo.year,
            amount=money.show(whole),
            spent=money.show(spent),
            reserved=money.show(reserved),
            left=money.show(whole - used),
        )
        return level, note

    def _get_budget_reason(self, date):
        """Why this list goes too far beyond the budget to be paid on ``date``, or False."""
        self.ensure_one()
        level, note = self._judge_budget(date)
        if level != "over" or self._get_budget_policy(date).budget_excess == "warn":
            return False
        if money.cents(self.budget_override_amount) >= money.cents(self.amount_total) > 0:
            return False
        return self.env._(
            "%(payout)s goes beyond the budget. %(note)s %(who)s may override it, with a reason; else shorten the list or have the"
            " budget raised.",
            payout=self.name,
            note=note,
            who=join_names(self.env, self._get_budget_overriders().mapped("name")) or self.env._("Nobody"),
        )

    def _get_budget_overriders(self):
        """Whom the policy names: the leaders of the payer or of the city, or nobody."""
        self.ensure_one()
        by = self._get_budget_policy(self.date).budget_override_by or "payer_manager"
        if by == "nobody" or not self.organization_id:
            return self.env["res.users"]
        union = self.organization_id if by == "payer_manager" else self.organization_id._get_city()
        return self.env["legal.aid.approval.rule"]._get_managers(union)

    def _check_may_override_budget(self):
        reason = self._get_budget_reason(self.date)
        if not reason:
            raise UserError(self.env._("%(payout)s needs no override: it may be paid as it is.", payout=self.name))
        if self.env.user not in self._get_budget_overriders():
            raise AccessError(reason)

    def _draw_on_budget(self, date):
        """Take what this list needs from the budget of the year of ``date``; refused when there is not enough."""
        self.ensure_one()
        self.env["legal.aid.budget"]._get_of(self.organization_id, date)._draw()
        self._raise_reasons({self: self._get_budget_reason(date)})

    def _forget_budget_override(self):
        """An override is for the list that was looked at."""
        self._workflow_write(
            dict.fromkeys(
                (
                    "budget_override_by_id",
                    "budget_override_date",
                    "budget_override_amount",
                    "budget_override_reason_id",
                    "budget_override_note",
                ),
                False,
            )
        )
