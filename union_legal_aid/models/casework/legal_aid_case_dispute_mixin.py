from odoo import api, fields, models

from ...tools import clocks, dispute
from ..organization.legal_day import legal_today

ENDED = ("archived", "refused", "withdrawn", "terminated")
READERS = "union_legal_aid.group_officer,union_legal_aid.group_auditor"


class LegalAidCaseDisputeMixin(models.AbstractModel):
    """The time limits of the labour dispute itself, reckoned from the dated facts of the case (I12, I9; F§1.4).

    Whenever a fact changes, all of its clocks are reckoned anew: set off, stopped, interrupted, extended, met.
    """

    _name = "legal.aid.case.dispute.mixin"
    _description = "Time Limits of a Dispute"

    fact_ids = fields.One2many(
        comodel_name="legal.aid.case.fact", inverse_name="case_id", string="Facts of the Dispute", copy=False
    )
    allows_aid_first = fields.Boolean(
        string="Aid May Come First",
        compute="_compute_aid_first",
        help="Fewer than seven days are left to sue, arbitrate or ask for reconsideration (法律援助法 §44).",
    )
    aid_first_note = fields.Text(
        string="Limitation",
        compute="_compute_aid_first",
        help="What the time limits say about aid before the formalities.",
    )

    # Compute

    @api.depends("deadline_ids.state", "deadline_ids.date_due")
    @api.depends_context("lang")
    def _compute_aid_first(self):
        today = legal_today(self)
        labels = dict(self.env["legal.aid.deadline"]._get_kinds())
        for case in self:
            filing = case.deadline_ids.filtered(
                lambda clock: clock.state == "open" and clock.date_due and clocks.get(clock.kind).is_filing
            ).sorted("date_due")
            pressing = filing.filtered(lambda clock: clocks.allows_aid_first(today, clock.date_due))
            case.allows_aid_first = bool(pressing)
            case.aid_first_note = "\n".join(
                case._get_aid_first_note(clock, labels, today) for clock in pressing or filing
            )

    def _get_aid_first_note(self, clock, labels, today):
        values = {
            "clock": labels[clock.kind],
            "date": fields.Date.to_string(clock.date_due),
            "days": (clock.date_due - today).days,
        }
        if clocks.allows_aid_first(today, clock.date_due):
            return self.env._(
                "%(clock)s ends on %(date)s, in %(days)s days: aid may come first, the formalities follow (法律援助法 §44).",
                **values,
            )
        if values["days"] < 0:
            return self.env._("%(clock)s ended on %(date)s.", **values)
        return self.env._(
            "%(clock)s ends on %(date)s, in %(days)s days: seven or more are left, so the formalities come first.",
            **values,
        )

    # CRUD

    def write(self, vals):
        result = super().write(vals)
        if {"matter_id", "policy_id", "volunteer_id", "organization_id"} & vals.keys():
            self.filtered("fact_ids")._reckon_dispute()
        return result

    # Actions

    def action_add_fact(self, kind=None, date=None, note="", *, date_end=None, way="claim", is_final=False):
        """Enter a fact of the dispute, as officer or as the assigned lawyer; returns it.

        :param kind: one of ``tools.dispute.ENTERED``
        """
        self.ensure_one()
        self._check_handler()
        # Lawyers have no right to create records; they enter facts of their own cases through this method.
        fact_sudo = (
            self.env["legal.aid.case.fact"]
            .sudo()
            .create(
                {
                    "case_id": self.id,
                    "kind": kind,
                    "date": date,
                    "date_end": date_end,
                    "way": way,
                    "is_final": is_final,
                    "note": note,
                }
            )
        )
        return fact_sudo.sudo(False)

    # Business

    def _transition(self, target, vals=None):
        result = super()._transition(target, vals)
        if target in ENDED:
            self._void_deadlines(*dispute.CLOCKS)
        elif self.fact_ids:
            self._reckon_dispute()
        return result

    def _reckon_dispute(self):
        """Bring the clocks of the dispute to what the facts say now; what was reckoned and still holds stays as it is."""
        # Clocks are written by the steps of their record, never by people (see legal.aid.deadline.mixin).
        for case_sudo in self.sudo():
            if case_sudo.state not in ENDED:
                case_sudo._sync_dispute_deadlines(case_sudo._reckon_facts())

    def _reckon_facts(self):
        self.ensure_one()
        facts = [fact._get_fact() for fact in self.fact_ids]
        if not facts:
            return ()
        calendar = self.env["legal.aid.calendar.day"]._get_calendar()
        return dispute.reckon(facts, calendar, figures=self._get_clock_figures(), is_wage=self.matter_id.is_wage)

    def _sync_dispute_deadlines(self, reckoned):
        self.ensure_one()
        found = self.env["legal.aid.deadline"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("kind", "in", list(dispute.CLOCKS)),
                ("state", "!=", "void"),
            ]
        )
        known = {(clock.kind, clock.date_trigger): clock for clock in found}
        wanted = {(row.kind, row.trigger): row for row in reckoned}
        for key in known.keys() - wanted.keys():
            known[key].state = "void"
        # One clock of a kind runs at a time: those that are met make room first.
        for key in sorted(wanted, key=lambda key: not wanted[key].date_done):
            self._sync_dispute_deadline(known.get(key), wanted[key])
        self.invalidate_recordset(["deadline_ids"])

    def _sync_dispute_deadline(self, clock, row):
        vals = {
            **self._prepare_deadline(row.kind, row.trigger, row.limit),
            "state": "done" if row.date_done else "open",
            "date_done": row.date_done or False,
        }
        self.env["legal.aid.deadline"].flush_model(["state"])
        if clock and clock.state == "dropped" and not row.date_done:
            # What the worker does not pursue stays so, wherever its last day moves; an act of his own counts.
            clock.write({**vals, "state": "dropped"})
        elif clock:
            clock.write(vals)
        else:
            self.env["legal.aid.deadline"].create(vals)
