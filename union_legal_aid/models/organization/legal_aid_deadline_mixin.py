from odoo import api, fields, models

from ...tools import clocks, deadlines


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
            running = record.deadline_ids.filtered(lambda deadline: deadline.state == "open")
            first = running.sorted("date_due")[:1]
            record.next_deadline = first.date_due
            record.deadline_light = first.light

    def _search_deadline_light(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        open_deadlines = self.env["legal.aid.deadline"].search([("res_model", "=", self._name), ("state", "=", "open")])
        matching = open_deadlines.filtered(lambda deadline: deadlines.light(today, deadline.date_due, None) in value)
        return [("id", "in", matching.mapped("res_id"))]

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
        calendar = self.env["legal.aid.calendar.day"]._get_calendar()
        trigger = fields.Date.to_date(date_trigger)
        unit = "day"
        if days is None:
            figures = self._get_clock_figures()
            days, unit = clocks.length(kind, figures, variant), clocks.get(kind).unit
            date_due = clocks.reckon(kind, trigger, calendar, figures=figures, variant=variant).date
        else:
            date_due = deadlines.due(trigger, days, unit, calendar)
        self._void_deadlines(kind)
        # The database allows one running clock of a kind, so it has to know that the former one is over.
        self.env["legal.aid.deadline"].flush_model(["state"])
        # Clocks are written by the steps of their record, never by people.
        self.env["legal.aid.deadline"].sudo().create(
            [record._prepare_deadline(kind, date_trigger, date_due, days, unit) for record in self]
        )
        self.invalidate_recordset(["deadline_ids"])

    def _get_clock_figures(self):
        """The lengths of clocks that the policy of the record sets, else the policy in force today."""
        policy = self.policy_id if "policy_id" in self._fields else self.env["legal.aid.policy"]
        # Policy holds downwards, also where the reader is bound elsewhere.
        return (policy or policy._get(self.organization_id, False)).sudo()._get_clock_figures()

    def _prepare_deadline(self, kind, date_trigger, date_due, days, unit):
        unit_label = self.env._("working days") if unit == "workday" else self.env._("days")
        return {
            "res_model": self._name,
            "res_id": self.id,
            "record_name": self.display_name,
            "organization_id": self.organization_id.id,
            "kind": kind,
            "date_trigger": date_trigger,
            "date_due": date_due,
            "explanation": self.env._(
                "%(days)s %(unit)s from %(trigger)s, that day not counted",
                days=days,
                unit=unit_label,
                trigger=fields.Date.to_string(fields.Date.to_date(date_trigger)),
            ),
        }

    def _close_deadline(self, kind, date_done=None):
        """Mark the running clock of ``kind`` as met on ``date_done`` (today by default)."""
        self._get_running_deadlines(kind).write(
            {"state": "done", "date_done": date_done or fields.Date.context_today(self)}
        )

    def _void_deadlines(self, *kinds):
        """Stop running clocks that lost their object; without ``kinds``, all of them."""
        self._get_running_deadlines(*kinds).write({"state": "void"})

    def _get_running_deadlines(self, *kinds):
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids), ("state", "=", "open")]
        if kinds:
            domain.append(("kind", "in", kinds))
        return self.env["legal.aid.deadline"].sudo().search(domain)  # see _open_deadline
