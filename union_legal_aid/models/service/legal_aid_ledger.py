from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from ...tools import deadlines
from ..organization.legal_aid_handed_in_mixin import HANDED_IN_FIELDS
from ..organization.legal_day import legal_today

DUE_MONTH, DUE_DAY = 5, 20


class LegalAidLedger(models.Model):
    """A lawyer's yearly account of the work (年度工作台账, V1): when it came, whether that was late, who checked it.

    What it says is written by the system and corrected by the lawyer: ``legal.aid.ledger.content.mixin``.

    The ledger of service year Y is due on 20 May of Y + 1; the 20th is on time (工作方案 §四(五)), and a 20th that is
    a day of rest gives way to the next working day (F§12). Opened with the contract.

    ============  ==============  ====================================================
    State         becomes         by
    ============  ==============  ====================================================
    draft         submitted       ``action_submit``: the lawyer himself, or an officer of the city who got it on paper
    submitted     accepted        ``action_accept``: officer of the city
    submitted     draft           ``action_return`` with a note: officer of the city
    ============  ==============  ====================================================
    """

    _name = "legal.aid.ledger"
    _description = "Yearly Ledger"
    _inherit = [
        "legal.aid.ledger.content.mixin",
        "legal.aid.ledger.workbook.mixin",
        "legal.aid.city.mixin",
        "legal.aid.handed.in.mixin",
        "mail.thread",
        "legal.aid.todo.mixin",
    ]
    _order = "year desc, volunteer_id"
    _rec_names_search = ["volunteer_id"]

    _hand_in_clock = "ledger"
    _workflow_fields = HANDED_IN_FIELDS | {"date_from", "date_to", "refreshed_at"}
    _workflow_facts = {
        "volunteer_id": (),
        "year": (),
        "summary": ("draft",),
        "difficulties": ("draft",),
        "suggestions": ("draft",),
    }

    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Lawyer",
        required=True,
        ondelete="restrict",
        index=True,
        domain="[('kind', '=', 'lawyer')]",
    )
    organization_id = fields.Many2one(related="volunteer_id.organization_id", store=True, index=True)
    year = fields.Integer(
        required=True,
        aggregator=False,
        help="The service year: the year in which the contract began.",
    )
    summary = fields.Text(
        string="Work of the Year", help="Advice given, cases, publicity and training, other activities."
    )
    difficulties = fields.Text()
    suggestions = fields.Text()
    date_due = fields.Date(string="Due On", compute="_compute_date_due", store=True)
    state = fields.Selection(
        selection=[("draft", "Not Handed In"), ("submitted", "Handed In"), ("accepted", "Checked")]
    )
    accepted_date = fields.Date(string="Checked On")
    accepted_by_id = fields.Many2one(string="Checked By")
    is_overdue = fields.Boolean(compute="_compute_is_overdue", search="_search_is_overdue")
    is_editable = fields.Boolean(compute="_compute_is_editable")
    is_own = fields.Boolean(compute="_compute_is_editable", help="Whether this user's union keeps this ledger.")

    _one_per_year = models.Constraint(
        "UNIQUE(volunteer_id, year)", "The ledger of this lawyer for this year exists already. Open that one."
    )

    # Compute

    @api.depends("volunteer_id.name", "year")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for ledger in self:
            ledger.display_name = self.env._(
                "Ledger %(year)s %(name)s", year=ledger.year or "", name=ledger.sudo().volunteer_id.name or ""
            )

    @api.depends("year", "volunteer_id")
    def _compute_date_due(self):
        """By the policy of the contract of that year; the day of the founding measures where there is none."""
        calendar = self.env["legal.aid.calendar.day"]._get_calendar()
        # Policy holds for the lawyer, whoever opens the ledger.
        contracts_sudo = (
            self.env["legal.aid.contract"]
            .sudo()
            .search(
                [
                    ("volunteer_id", "in", self.volunteer_id.ids),
                    ("service_year", "in", self.mapped("year")),
                    ("kind", "=", "individual"),
                    ("state", "!=", "cancelled"),
                ],
                order="date_start",
            )
        )
        policies = {(one.volunteer_id, one.service_year): one.policy_id for one in contracts_sudo}
        for ledger in self:
            policy = policies.get((ledger.volunteer_id._origin, ledger.year))
            day = ledger.year and (
                policy._get_ledger_due(ledger.year) if policy else date(ledger.year + 1, DUE_MONTH, DUE_DAY)
            )
            ledger.date_due = day and deadlines.roll(day, calendar)

    @api.depends("state", "date_due")
    def _compute_is_overdue(self):
        today = legal_today(self)
        for ledger in self:
            ledger.is_overdue = ledger.state == "draft" and bool(ledger.date_due) and ledger.date_due < today

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = Domain("state", "=", "draft") & Domain("date_due", "<", "today")
        if set(value) == {True, False}:
            return Domain.TRUE
        return overdue if True in value else ~overdue

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_is_editable(self):
        writable = self._origin._filtered_access("write")
        for ledger in self:
            ledger.is_own = not ledger._origin or ledger._origin in writable
            ledger.is_editable = ledger.is_own and ledger.state == "draft"

    # Constraints

    @api.constrains("year")
    def _check_year(self):
        for ledger in self:
            if not 2000 <= ledger.year <= 2100:
                raise ValidationError(
                    self.env._("%(year)s is not a service year. Enter the year with four digits.", year=ledger.year)
                )

    # Actions

    def action_submit(self, summary=None, date=None, difficulties=None, suggestions=None):
        """Hand in the ledger: the figures of today are confirmed and stand from now on. The lawyer his own, today; an officer
        of the city also one that came on paper on ``date``.

        :raises UserError: when it was handed in already, or the date is still to come
        """
        self._check_state("draft")
        own = self.filtered(lambda ledger: ledger.sudo().volunteer_id.user_id == self.env.user)
        others = self - own
        if others:
            others.check_access("write")
        if own and date:
            raise AccessError(self.env._("The day on which you hand in your ledger is today. Leave the date out."))
        today = legal_today(self)
        # A lawyer has no right to write; this step writes only his own ledger.
        texts = {"summary": summary, "difficulties": difficulties, "suggestions": suggestions}
        own.sudo()._do_submit(today, texts)
        others._do_submit(self.env["legal.aid.volunteer"]._get_past_date(date), texts)
        return True

    # Business

    def _do_submit(self, day, texts):
        self._refresh(details=True)
        for ledger in self:
            ledger.write({name: text for name, text in texts.items() if text is not None})
        self._hand_in(day)

    def _get_last_day(self):
        return self.date_due

    def _restart_clock(self):
        self._open_clock(legal_today(self))

    def _open_clock(self, date_trigger):
        """The clocks of all of them at once; those of a year end on one day."""
        for date_due, ledgers in self.grouped("date_due").items():
            ledgers._open_deadline("ledger", date_trigger, max((date_due - date_trigger).days, 0))

    def _prepare_deadline(self, kind, trigger, limit):
        # The lawyer stands in a field of the deadline, under its rules; its text names nobody.
        vals = super()._prepare_deadline(kind, trigger, limit)
        return {**vals, "record_name": self.env._("Yearly ledger %(year)s", year=self.year)}
