from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import clocks, deadlines
from ...tools.clock import FACTS
from ...tools.i18n import Sentence
from .legal_aid_deadline import dump_step
from .legal_day import legal_today

# The worst light of its running clocks is the light of a record.
BY_URGENCY = ("red", "amber", "green")


class LegalAidDeadlineMixin(models.AbstractModel):
    """Clocks of a record. The model has an ``organization_id``; a clock is opened, met or voided by the model's own steps only."""

    _name = "legal.aid.deadline.mixin"
    _description = "Record with Deadlines"

    deadline_ids = fields.One2many(
        comodel_name="legal.aid.deadline",
        inverse_name="res_id",
        string="Deadlines",
        domain=lambda self: [("res_model", "=", self._name)],
        bypass_search_access=True,
        readonly=True,
        copy=False,
    )
    next_deadline = fields.Date(compute="_compute_next_deadline")
    deadline_light = fields.Selection(
        selection=[("green", "In time"), ("amber", "Due soon"), ("red", "Overdue")],
        string="Traffic Light",
        compute="_compute_next_deadline",
        search="_search_deadline_light",
    )

    # Compute

    @api.depends("deadline_ids.state", "deadline_ids.date_due")
    def _compute_next_deadline(self):
        for record in self:
            running = record.deadline_ids.filtered(lambda deadline: deadline.state == "open" and deadline.date_due)
            lights = set(running.mapped("light"))
            record.next_deadline = min(running.mapped("date_due"), default=False)
            record.deadline_light = next((light for light in BY_URGENCY if light in lights), False)

    def _search_deadline_light(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._get_deadline_light_domain(light) for light in value)

    @api.model
    def _get_deadline_light_domain(self, light):
        running = Domain("state", "=", "open") & Domain("date_due", "!=", False)
        has_running = Domain("deadline_ids", "any", running)
        if light not in BY_URGENCY:
            return ~has_running
        deadline = self.env["legal.aid.deadline"]
        worse = BY_URGENCY[: BY_URGENCY.index(light)]
        has_light = Domain("deadline_ids", "any", running & deadline._get_light_domain(light))
        return has_light & Domain.AND(
            Domain("deadline_ids", "not any", running & deadline._get_light_domain(other)) for other in worse
        )

    # CRUD

    @api.ondelete(at_uninstall=False)
    def _unlink_deadlines(self):
        self.deadline_ids.sudo().unlink()  # clocks have no delete right for anybody; they go with a deleted draft

    # Business

    def _open_deadline(self, kind, date_trigger, days=None, variant=None):
        """Start the clock ``kind`` of ``tools.clocks`` from ``date_trigger``; a running one is replaced.

        :param days: its length in 日 where the record's own facts set it; else the policy of the record says, or the clock itself
        :param variant: a shorter road of the clock, for example ``"green"``

        The trigger day is not counted and a last day on a day of rest moves to the next working day (F§12).
        """
        trigger = fields.Date.to_date(date_trigger)
        self._void_deadlines(kind)
        # One clock of a kind runs at a time; the database would see the new one first.
        self.env["legal.aid.deadline"].flush_model(["state"])
        vals_list = []
        for record in self:
            limit = record._reckon_deadline(kind, trigger, days, variant)
            vals_list.append(record._prepare_deadline(kind, trigger, limit))
        # Clocks are written by the steps of their record, never by people.
        self.env["legal.aid.deadline"].sudo().create(vals_list)
        self.invalidate_recordset(["deadline_ids"])

    def _reckon_deadline(self, kind, trigger, days, variant):
        """The ``Limit`` of ``tools.clocks``: a last day that explains itself."""
        self.ensure_one()
        calendar = self.env["legal.aid.calendar.day"]._get_calendar()
        if days is None:
            return clocks.reckon(kind, trigger, calendar, figures=self._get_clock_figures(), variant=variant)
        clock = clocks.get(kind)
        steps = [Sentence(FACTS[clock.trigger], {"date": trigger}), Sentence(clocks.NOT_COUNTED)]
        return clocks.limit_of(clock, deadlines.count(trigger, days, "day", calendar), steps)

    def _get_clock_figures(self):
        """The lengths of clocks that the policy of the record sets, else the policy in force today."""
        policy = self.policy_id if "policy_id" in self._fields else self.env["legal.aid.policy"]
        # Policy holds downwards, also where the reader is bound elsewhere.
        return (policy or policy._get(self.organization_id, False)).sudo()._get_clock_figures()

    def _prepare_deadline(self, kind, trigger, limit):
        self.ensure_one()
        return {
            "res_model": self._name,
            "res_id": self.id,
            "record_name": self.with_context(lang=self._get_clock_language()).display_name,
            "organization_id": self.organization_id.id,
            "kind": kind,
            "date_trigger": trigger,
            "date_due": limit.date,
            "date_bare": limit.bare_date,
            "steps": [dump_step(step) for step in limit.steps],
        }

    def _get_clock_language(self):
        """The language in which a clock names its record, once for all: that of whoever takes the step, or of the company at night."""
        return self.env.lang or self.env.company.sudo().partner_id.lang

    def _close_deadline(self, kind, date_done=None):
        """Mark the running clock of ``kind`` as met on ``date_done`` (today by default)."""
        self._get_running_deadlines(kind).write({"state": "done", "date_done": date_done or legal_today(self)})

    def _void_deadlines(self, *kinds):
        """Stop running clocks that lost their object; without ``kinds``, all of them."""
        running = self._get_running_deadlines(*kinds)
        running.write({"state": "void"})
        # The next clock of the kind is inserted at once, and the database allows one running clock only.
        running.flush_recordset(["state"])

    def _get_running_deadlines(self, *kinds):
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids), ("state", "=", "open")]
        if kinds:
            domain.append(("kind", "in", kinds))
        return self.env["legal.aid.deadline"].sudo().search(domain)  # see _open_deadline
