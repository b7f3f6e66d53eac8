from collections import defaultdict
from datetime import date, timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import clocks, deadlines
from ...tools.clock import FACTS
from ...tools.i18n import Sentence
from .legal_day import legal_today

LIGHTS = [
    ("red", "Overdue"),
    ("amber", "Due soon"),
    ("green", "In time"),
    ("done", "Met in time"),
    ("late_done", "Met late"),
]


class LegalAidDeadline(models.Model):
    """One running clock of one record (F§1.3, §1.4): from when, until when, met when, and how that was counted.

    A running clock without a last day stands still, or no limit runs for now; the explanation says why.
    """

    _name = "legal.aid.deadline"
    _description = "Deadline"
    _inherit = ["legal.aid.pointer.mixin", "legal.aid.deadline.reminder.mixin"]
    _order = "date_due, id"
    _rec_name = "kind"

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, readonly=True, index=True
    )
    record_name = fields.Char(string="Document", readonly=True, help="Number of the record; never a person's name.")
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    kind = fields.Selection(
        selection="_get_kinds",
        required=True,
        readonly=True,
    )
    date_trigger = fields.Date(string="Runs From", required=True, readonly=True)
    date_due = fields.Date(readonly=True, index=True, help="Acting on that day is in time.")
    date_bare = fields.Date(
        string="Before Rest Days",
        readonly=True,
        help="The last day before it moved off a day of rest: the safer day to act by.",
    )
    date_done = fields.Date(string="Met On", readonly=True)
    state = fields.Selection(
        selection=[("open", "Running"), ("done", "Met"), ("void", "Void")],
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    steps = fields.Json(readonly=True, help="The sentences of the explanation, not translated yet.")
    explanation = fields.Text(compute="_compute_explanation", help="How the due date was counted, step by step.")
    rule = fields.Char(compute="_compute_rule", help="The articles that the clock rests on.")
    consequence = fields.Char(compute="_compute_rule", help="What follows when the last day is over.")
    opens = fields.Char(string="Opens Next", compute="_compute_light", help="The way that is open, and from which day.")
    light = fields.Selection(
        selection=LIGHTS, compute="_compute_light", search="_search_light", group_expand="_expand_lights"
    )
    days_left = fields.Integer(compute="_compute_light", help="Days to the last day; negative when it is over.")

    is_mine = fields.Boolean(
        compute="_compute_is_mine",
        search="_search_is_mine",
        help="Of the very unions that you act for, not of those below.",
    )

    _one_running_clock = models.UniqueIndex("(res_model, res_id, kind) WHERE state = 'open'")

    # Compute

    @api.model
    def _get_kinds(self):
        return [(kind, self.env._(clock.name)) for kind, clock in clocks.CLOCKS.items()]

    @api.model
    def _get_legal_day(self):
        """Today in China, where the law counts, whoever looks and wherever the server stands."""
        return legal_today(self)

    @api.depends("date_due", "date_done", "state", "kind")
    @api.depends_context("lang")
    def _compute_light(self):
        today = self._get_legal_day()
        labels = dict(self._get_kinds())
        for deadline in self:
            clock = clocks.get(deadline.kind)
            deadline.light = deadline.state in ("open", "done") and deadlines.light(
                today, deadline.date_due, deadline.date_done, clock.amber_days
            )
            counts = deadline.state == "open" and deadline.date_due
            deadline.days_left = (deadline.date_due - today).days if counts else 0
            deadline.opens = (
                counts
                and clock.opens
                and self.env._(
                    "%(way)s: from %(date)s",
                    way=labels[clock.opens],
                    date=fields.Date.to_string(deadline.date_due + timedelta(days=1)),
                )
            )

    @api.depends_context("uid")
    @api.depends("organization_id")
    def _compute_is_mine(self):
        mine = self.filtered_domain(self._get_own_domain())
        for deadline in self:
            deadline.is_mine = deadline in mine

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        own = self._get_own_domain()
        return own if set(value) == {True} else ~own if set(value) == {False} else Domain.TRUE

    @api.model
    def _get_own_domain(self):
        return Domain("organization_id", "in", self.env.user.access_organization_ids.ids)

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_rule(self):
        for deadline in self:
            clock = clocks.get(deadline.kind)
            deadline.rule = clock.source
            deadline.consequence = self.env._(clock.consequence)

    @api.depends("steps", "kind", "date_trigger", "date_due")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for deadline in self:
            sentences = deadline._get_sentences()
            deadline.explanation = "\n".join(sentence.text(self.env._, fields.Date.to_string) for sentence in sentences)

    def _get_sentences(self):
        self.ensure_one()
        if self.steps:
            return [load_step(step) for step in self.steps]
        # Clocks of earlier versions kept no steps.
        trigger = Sentence(FACTS[clocks.get(self.kind).trigger], {"date": self.date_trigger})
        return [trigger, Sentence(clocks.FIXED, {"date": self.date_due})] if self.date_due else [trigger]

    def _search_light(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._get_light_domain(light) for light in value)

    @api.model
    def _get_light_domain(self, light):
        """The clocks that show ``light`` today; amber begins earlier for long clocks."""
        today = self._get_legal_day()
        running = Domain("state", "=", "open")
        if light == "red":
            return running & Domain("date_due", "<", today)
        if light in ("amber", "green"):
            soon = Domain.OR(
                Domain("kind", "in", kinds)
                & Domain("date_due", ">=", today)
                & Domain("date_due", "<=", today + timedelta(days=days))
                for days, kinds in self._get_kinds_by_amber().items()
            )
            not_over = Domain("date_due", "=", False) | Domain("date_due", ">=", today)
            return running & (soon if light == "amber" else not_over & ~soon)
        if light in ("done", "late_done"):
            # A day compared with another of the same record is beyond a domain.
            in_time = SQL("date_done <= COALESCE(date_due, date_done)")
            where = in_time if light == "done" else SQL("NOT (%s)", in_time)
            return Domain("id", "in", SQL("(SELECT id FROM legal_aid_deadline WHERE state = 'done' AND %s)", where))
        return Domain("state", "not in", ("open", "done"))

    @api.model
    def _get_kinds_by_amber(self):
        kinds = defaultdict(list)
        for kind, clock in clocks.CLOCKS.items():
            kinds[clock.amber_days].append(kind)
        return dict(kinds)

    @api.model
    def _expand_lights(self, lights, domain):
        """The columns of the board in the order of urgency."""
        return [light for light, _label in LIGHTS if light in lights or light in ("red", "amber", "green")]

    def _field_to_sql(self, alias, field_expr, query=None):
        """The light follows the day, so it is not stored; it is grouped and ordered by all the same."""
        if field_expr == "light":
            return self._get_light_sql(alias)
        return super()._field_to_sql(alias, field_expr, query)

    @api.model
    def _get_light_sql(self, alias):
        def column(name):
            return SQL.identifier(alias, name)

        today = self._get_legal_day()
        soon = [
            SQL("WHEN %s IN %s THEN %s", column("kind"), tuple(kinds), days)
            for days, kinds in self._get_kinds_by_amber().items()
        ]
        amber_days = SQL("CASE %s ELSE 0 END", SQL(" ").join(soon))
        return SQL(
            """CASE WHEN %(state)s NOT IN ('open', 'done') THEN NULL
                    WHEN %(state)s = 'done' AND %(done)s > %(due)s THEN 'late_done'
                    WHEN %(state)s = 'done' THEN 'done'
                    WHEN %(due)s < %(today)s THEN 'red'
                    WHEN %(due)s - %(today)s <= %(amber)s THEN 'amber'
                    ELSE 'green' END""",
            state=column("state"),
            done=column("date_done"),
            due=column("date_due"),
            today=SQL("%s::date", today),
            amber=amber_days,
        )


def dump_step(sentence):
    """A sentence as it is stored: its source and its values, dates in ISO form."""
    values = {
        name: {"date": fields.Date.to_string(value)} if isinstance(value, date) else value
        for name, value in sentence.values.items()
    }
    return {"message": sentence.message, "values": values}


def load_step(step):
    values = {
        name: fields.Date.to_date(value["date"]) if isinstance(value, dict) else value
        for name, value in step["values"].items()
    }
    return Sentence(step["message"], values)
