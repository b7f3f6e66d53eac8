from decimal import Decimal

from odoo import api, fields, models

from ...tools import assessment
from ..organization.legal_day import legal_today

# What of the service of the lawyer (``_get_service_facts``) is copied into the assessment, by the name of its column.
SERVICE_FACTS = {
    "consultation_count": "consultations",
    "case_count": "cases_assigned",
    "closed_count": "cases_closed",
    "recipient_count": "recipients",
    "amount_recovered": "amount_recovered",
    "log_hours": "log_hours",
    "activity_count": "activities",
    "activity_hours": "activity_hours",
    "publicity_count": "publicity",
    "audience_count": "audience",
    "training_hours": "training_hours",
    "last_service_date": "last_service_date",
    "is_idle": "is_idle",
}
RECORD_FACTS = (
    "ledger_status",
    "complaint_count",
    "returned_file_count",
    "silent_case_count",
    "call_back_count",
    "satisfaction",
)
FACT_FIELDS = frozenset({*SERVICE_FACTS, *RECORD_FACTS, "facts_until", "computed_date"})


class LegalAidAssessmentFactsMixin(models.AbstractModel):
    """What the system knows of the year, copied when the assessment is computed and kept as it was then (T10).

    The service is counted by the one definition that ledger, certificate and awards use, too.
    """

    _name = "legal.aid.assessment.facts.mixin"
    _description = "Facts of an Assessment"

    facts_until = fields.Date(
        readonly=True, copy=False, help="The last day of the period, or the day of the computation."
    )
    computed_date = fields.Date(string="Computed On", readonly=True, copy=False)
    consultation_count = fields.Integer(string="Consultations", readonly=True, copy=False)
    case_count = fields.Integer(string="Cases Taken", readonly=True, copy=False)
    closed_count = fields.Integer(string="Cases Closed", readonly=True, copy=False)
    recipient_count = fields.Integer(string="Workers Helped", readonly=True, copy=False)
    amount_recovered = fields.Monetary(string="Recovered", readonly=True, copy=False)
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.ref("base.CNY"),
        ondelete="restrict",
    )
    log_hours = fields.Float(string="Hours on Cases", readonly=True, copy=False)
    activity_count = fields.Integer(string="Activities Attended", readonly=True, copy=False)
    activity_hours = fields.Float(string="Hours of Activities", readonly=True, copy=False)
    publicity_count = fields.Integer(string="Publicity", readonly=True, copy=False)
    audience_count = fields.Integer(string="Audience", readonly=True, copy=False)
    training_hours = fields.Float(string="Hours of Training", readonly=True, copy=False)
    last_service_date = fields.Date(string="Last Service On", readonly=True, copy=False)
    is_idle = fields.Boolean(string="No Service", readonly=True, copy=False)
    ledger_status = fields.Selection(
        selection=[
            ("in_time", "Handed in on time"),
            ("late", "Handed in late"),
            ("missing", "Missing"),
            ("open", "Not due yet"),
        ],
        string="Yearly Ledger",
        readonly=True,
        copy=False,
    )
    complaint_count = fields.Integer(string="Complaints Verified", readonly=True, copy=False)
    returned_file_count = fields.Integer(string="Files Returned", readonly=True, copy=False)
    silent_case_count = fields.Integer(
        string="Silent Cases", readonly=True, copy=False, help="Running cases without a sign of work on that day."
    )
    call_back_count = fields.Integer(string="Workers Asked", readonly=True, copy=False)
    satisfaction = fields.Float(
        string="Content Workers",
        digits=(5, 1),
        readonly=True,
        copy=False,
        help="Points of the call-backs, 100 at most.",
    )

    # Business

    def _collect_facts(self):
        """``{assessment: values}`` of the facts up to today; one search for each kind of fact and period, for any number."""
        today = legal_today(self)
        values = {}
        periods = self.grouped(lambda record: (record.period_start, min(record.period_end, today)))
        for (start, until), some in periods.items():
            values |= some._collect_facts_of(start, until, today)
        return values

    def _collect_facts_of(self, start, until, today):
        # The figures are the same for whoever computes them; the records behind them are read under their own rules.
        lawyers_sudo = self.sudo().volunteer_id
        service = lawyers_sudo._get_service_facts(start, until)
        ledgers = self._find_ledgers()
        complaints = self._count_complaints(lawyers_sudo, start, until)
        returned = self._count_returned_files(lawyers_sudo, start, until)
        silent = self._count_silent_cases(lawyers_sudo)
        asked = self._count_call_backs(lawyers_sudo, start, until)
        values = {}
        for record in self:
            lawyer = record.volunteer_id
            marks = asked.get(lawyer, {})
            values[record] = {
                **self._copy_service(service[lawyer]),
                "facts_until": until,
                "computed_date": today,
                "ledger_status": self._get_ledger_status(ledgers.get((lawyer, record.year)), today),
                "complaint_count": complaints.get(lawyer, 0),
                "returned_file_count": returned.get(lawyer, 0),
                "silent_case_count": silent.get(lawyer, 0),
                "call_back_count": sum(marks.values()),
                "satisfaction": float(assessment.get_satisfaction(marks) or 0),
            }
        return values

    @api.model
    def _copy_service(self, facts):
        copied = {name: getattr(facts, source) for name, source in SERVICE_FACTS.items()}
        # The column keeps a float; the definition counts in Decimal.
        return {name: float(value) if isinstance(value, Decimal) else value for name, value in copied.items()}

    def _find_ledgers(self):
        """``{(lawyer, year): ledger}``."""
        self_sudo = self.sudo()
        ledgers_sudo = self_sudo.env["legal.aid.ledger"].search(
            [("volunteer_id", "in", self_sudo.volunteer_id.ids), ("year", "in", list(set(self_sudo.mapped("year"))))]
        )
        return {(ledger.volunteer_id, ledger.year): ledger for ledger in ledgers_sudo}

    @api.model
    def _get_ledger_status(self, ledger, today):
        if ledger and ledger.submitted_date and ledger.state != "draft":
            return "late" if ledger.is_late else "in_time"
        if ledger and ledger.date_due >= today:
            return "open"
        return "missing"

    @api.model
    def _count_complaints(self, lawyers, start, until):
        """Workers' complaints that were verified in the period and count (T7)."""
        return self._count(
            "legal.aid.complaint",
            [
                ("volunteer_id", "in", lawyers.ids),
                ("counts", "=", True),
                ("decided_date", ">=", start),
                ("decided_date", "<=", until),
            ],
            lawyers,
        )

    @api.model
    def _count_returned_files(self, lawyers, start, until):
        return self._count(
            "legal.aid.file.review",
            [
                ("volunteer_id", "in", lawyers.ids),
                ("state", "=", "returned"),
                ("reviewed_date", ">=", start),
                ("reviewed_date", "<=", until),
            ],
            lawyers,
        )

    @api.model
    def _count_silent_cases(self, lawyers):
        return self._count("legal.aid.case", [("volunteer_id", "in", lawyers.ids), ("is_silent", "=", True)], lawyers)

    @api.model
    def _count(self, model, domain, lawyers):
        return dict(lawyers.env[model]._read_group(domain, ["volunteer_id"], ["__count"]))

    @api.model
    def _count_call_backs(self, lawyers, start, until):
        """``{lawyer: {mark: how many recipients gave it}}`` (C10)."""
        groups = lawyers.env["legal.aid.call.back"]._read_group(
            [
                ("volunteer_id", "in", lawyers.ids),
                ("state", "=", "done"),
                ("satisfaction", "!=", False),
                ("date", ">=", start),
                ("date", "<=", until),
            ],
            ["volunteer_id", "satisfaction"],
            ["__count"],
        )
        found = {}
        for lawyer, mark, count in groups:
            found.setdefault(lawyer, {})[mark] = count
        return found
