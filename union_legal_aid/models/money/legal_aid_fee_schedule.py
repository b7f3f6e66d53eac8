from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import fees

GROUP_FACTS = ("batch_rule", "batch_value", "batch_cap", "fee_cap")
FACTS = ("organization_id", "date_from", "source_document", "currency_id", *GROUP_FACTS)


class LegalAidFeeSchedule(models.Model):
    """The dated standard of case fees (案件补贴标准, M2), with the document it rests on.

    It holds for its union and those below it, unless one of them has its own. A schedule that a fee rests on is frozen: new
    rates are a new schedule.

    ============  ============  =====================================================
    State         becomes       by
    ============  ============  =====================================================
    draft         active        ``action_activate``: administrator of the union
    active        ended         ``action_end`` with the last day: administrator
    ============  ============  =====================================================
    """

    _name = "legal.aid.fee.schedule"
    _description = "Fee Schedule"
    _inherit = ["legal.aid.dated.mixin", "legal.aid.workflow.mixin"]
    _order = "date_from desc, id desc"

    _workflow_transitions = {"draft": ("active",), "active": ("ended",)}

    name = fields.Char(required=True)
    organization_id = fields.Many2one(default=lambda self: self.env.user.union_organization_ids[:1])
    source_document = fields.Char(required=True, help="The document that sets these rates, with its number and date.")
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.ref("base.CNY"),
        ondelete="restrict",
    )
    state = fields.Selection(
        selection=[("draft", "Draft"), ("active", "In Force"), ("ended", "Ended")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    rate_ids = fields.One2many(comodel_name="legal.aid.fee.rate", inverse_name="schedule_id", string="Rates", copy=True)
    modifier_ids = fields.One2many(
        comodel_name="legal.aid.fee.modifier", inverse_name="schedule_id", string="Additions", copy=True
    )
    batch_rule = fields.Selection(
        selection=[
            ("none", "One rate for the case"),
            ("add", "Yuan for each further item"),
            ("percent", "Per cent of the rate for each further item"),
        ],
        string="Group Cases",
        default="none",
        required=True,
        help="How several items of one case (同案多件) are paid: the first in full, each further one by this rule.",
    )
    batch_value = fields.Float(string="Each Further Item", digits=(12, 2), help="Yuan or per cent, as the rule says.")
    batch_cap = fields.Monetary(
        string="Cap of a Group", help="The most that rate and further items come to, before additions. Empty: no cap."
    )
    fee_cap = fields.Monetary(
        string="Cap of a Fee", help="The most that one fee comes to, additions included. Empty: no cap."
    )
    is_editable = fields.Boolean(compute="_compute_is_editable")

    _dates_ordered = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)",
        "A fee schedule cannot end before it begins. Correct its dates.",
    )
    _figures_not_negative = models.Constraint(
        "CHECK(COALESCE(batch_value, 0) >= 0 AND COALESCE(batch_cap, 0) >= 0 AND COALESCE(fee_cap, 0) >= 0)",
        "A further item or a cap is not negative. Correct the figures.",
    )
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(organization_id, organization_id, '[]') WITH &&,"
        " daterange(date_from, GREATEST(date_from, date_to), '[]') WITH &&) WHERE (state <> 'draft')",
        "Another fee schedule of this union is in force in the same period. End that one first.",
    )

    # Compute

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_is_editable(self):
        writable = self._origin._filtered_access("write")
        used_ids = self._get_used_ids()
        for schedule in self:
            schedule.is_editable = not schedule._origin or (
                schedule._origin in writable and schedule.state != "ended" and schedule._origin.id not in used_ids
            )

    # CRUD

    def write(self, vals):
        if vals.keys() & {*FACTS, "rate_ids", "modifier_ids"}:
            self._check_not_used()
        if "date_to" in vals and not self._in_workflow():
            self._check_state("draft")
        return super().write(vals)

    # Actions

    def action_activate(self):
        """Put the schedule in force.

        :raises UserError: when it has no rate
        """
        self.check_access("write")
        self._check_state("draft")
        for schedule in self.filtered(lambda schedule: not schedule.rate_ids):
            raise UserError(
                self.env._("Fee schedule %(schedule)s has no rate. Enter its rates first.", schedule=schedule.name)
            )
        self._transition("active")
        return True

    def action_end(self, date=None):
        """End the schedule with its last day, today by default. Fees of cases granted until then still rest on it."""
        self.check_access("write")
        self._check_state("active")
        self._transition("ended", {"date_to": fields.Date.to_date(date) or fields.Date.context_today(self)})
        return True

    # Business

    def _find_rate(self, service_form, keys):
        return self.rate_ids._match(service_form, keys)

    def _quote(self, rate, conditions=(), quantity=1, items=1, chosen=0):
        """The ``fees.Quote`` of this schedule for one service.

        :param rate: the rate that fits, see ``_find_rate``
        :param conditions: kinds of additions that apply to case and lawyer
        :param quantity: days or pieces
        :param items: items of a group case
        :param chosen: yuan within the range of the rate; its lower end when not given
        """
        self.ensure_one()
        is_case = rate.unit == "case"
        # A rate for a distance contains it already.
        conditions = [kind for kind in conditions if kind != rate.region_class]
        return fees.quote(
            chosen or rate.amount,
            quantity=1 if is_case else quantity,
            items=items if is_case else 1,
            batch=fees.Batch(self.batch_rule, self.batch_value, self.batch_cap),
            modifiers=self.modifier_ids._pick(conditions, rate.service_form)._to_tool(),
            cap=self.fee_cap,
        )

    def _check_not_used(self):
        used_ids = self._get_used_ids()
        for schedule in self.filtered(lambda schedule: schedule.id in used_ids):
            raise UserError(
                self.env._(
                    "Fees rest on fee schedule %(schedule)s (%(document)s), so it cannot be changed. End it and enter a new one.",
                    schedule=schedule.name,
                    document=schedule.source_document,
                )
            )

    @api.model
    def _get_dependent_fields(self):
        return [*super()._get_dependent_fields(), ("legal.aid.expense", "schedule_id")]

    @api.model
    def _get_in_force_domain(self):
        return Domain("state", "!=", "draft")

    @api.model
    def _raise_none_in_force(self, organization, date):
        raise UserError(
            self.env._(
                "No fee schedule is in force for %(organization)s on %(date)s. Enter the standard of that period, with the"
                " document it rests on, under Configuration > Fee Schedules.",
                organization=organization.name,
                date=fields.Date.to_string(date),
            )
        )
