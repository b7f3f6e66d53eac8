from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools import clocks
from ..casework.legal_aid_case_closing_mixin import OUTCOMES
from ..casework.legal_aid_case_intake_mixin import APPLICANT_KINDS
from ..casework.legal_aid_case_persons_mixin import PERSON_COUNTS
from ..organization.personal_fields import OFFICER

KINDS = [
    ("consultation", "Consultation"),
    ("application", "Application"),
    ("granted", "Granted"),
    ("refused", "Refused"),
    ("withdrawn", "Application Withdrawn"),
    ("closed", "Closed"),
    ("terminated", "Terminated"),
    ("work", "Work Logged"),
    ("activity", "Activity Held"),
    ("clock", "Clock Run Out or Met"),
    ("fee", "Case Fee Paid"),
    ("subsidy", "Yearly Subsidy Paid"),
    ("complaint", "Complaint"),
]
# A case closes with what it recovered for workers; lawyers are paid for cases and by the year.
AMOUNTS = [("recovered", "Recovered for Workers"), ("fee", "Case Fees Paid"), ("subsidy", "Yearly Subsidies Paid")]
VERDICTS = [("verified", "Verified"), ("unfounded", "Unfounded"), ("open", "Not Decided")]
# Whose clocks tell how the aid itself keeps time; those of courts, employers and workers tell nothing of it.
OUR_CLOCKS = tuple(kind for kind, clock in clocks.CLOCKS.items() if clock.binds in ("union", "finance", "lawyer"))
# Each source keeps its own range of ids, so that a row keeps its id whatever else is counted.
SOURCES = 16
PERSONS = (*PERSON_COUNTS, "unknown_sex_count")

CASE_FACTS = [
    "organization_id",
    "contact_point_id",
    "volunteer_id",
    "matter_id",
    "service_form",
    "applicant_kind",
    "is_union_member",
    "priority",
    "is_group",
    "headcount",
    "state",
    "application_date",
    "submitted_date",
    "granted_date",
    "decision_date",
    "decision_reason_id",
    "closed_date",
    "outcome",
    "amount_recovered",
    *PERSONS,
]


class LegalAidStatistic(models.Model):
    """What happened, on which day, in whose jurisdiction: one row for each countable thing (V4).

    The only definition of every figure: screen, graph, workbook and print add up these rows, and the rows are the records behind a
    figure. A case is counted by matter and form at its granting and by outcome at its closing, each on its own day (F§8), so it has a
    row for each step. Nobody's name stands here. Amounts are yuan: what was recovered, or what was paid.
    """

    _name = "legal.aid.statistic"
    _description = "Statistics"
    _inherit = ["legal.aid.counted.row.mixin", "legal.aid.pointer.mixin"]
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "kind"
    # What has to be written to the database before these rows are read.
    _depends = {
        "union.organization": ["reporting_union_id"],
        "legal.aid.matter": ["is_wage", "is_injury"],
        "legal.aid.case": CASE_FACTS,
        "legal.aid.consultation": [
            "date",
            "organization_id",
            "contact_point_id",
            "volunteer_id",
            "case_id",
            "matter_id",
            "caller_kind",
            "channel",
        ],
        "legal.aid.work.log": ["case_id", "organization_id", "volunteer_id", "date", "hours"],
        "legal.aid.deadline": ["res_model", "res_id", "organization_id", "kind", "date_due", "date_done", "state"],
        "legal.aid.payout.line": [
            "organization_id",
            "allocation_id",
            "kind",
            "volunteer_id",
            "amount",
            "paid_date",
            "state",
        ],
        "legal.aid.expense.allocation": ["expense_id"],
        "legal.aid.expense": ["case_id"],
        "legal.aid.complaint": ["date", "organization_id", "category", "state"],
        "legal.aid.activity": ["date", "organization_id", "kind", "matter_id", "attendee_count", "hours", "state"],
    }

    kind = fields.Selection(selection=KINDS, string="What Happened", readonly=True)
    date = fields.Date(readonly=True)
    granted_date = fields.Date(
        string="Granted On", readonly=True, help="Of a case that was granted or has ended; it may have ended before."
    )
    organization_id = fields.Many2one(comodel_name="union.organization", string="Union", readonly=True)
    reporting_union_id = fields.Many2one(comodel_name="union.organization", string="County or Zone", readonly=True)
    contact_point_id = fields.Many2one(comodel_name="union.organization", string="Contact-point Union", readonly=True)
    volunteer_id = fields.Many2one(comodel_name="legal.aid.volunteer", string="Lawyer", readonly=True)
    case_id = fields.Many2one(comodel_name="legal.aid.case", readonly=True)
    matter_id = fields.Many2one(comodel_name="legal.aid.matter", readonly=True)
    is_wage = fields.Boolean(string="Wages", readonly=True)
    is_injury = fields.Boolean(string="Work Injury", readonly=True)
    service_form = fields.Selection(
        selection=lambda self: self._get_choices("legal.aid.case", "service_form"), readonly=True
    )
    applicant_kind = fields.Selection(selection=APPLICANT_KINDS, string="Recipient", readonly=True)
    is_union_member = fields.Boolean(string="Union Member", readonly=True)
    is_green = fields.Boolean(string="Green Channel", readonly=True)
    is_group = fields.Boolean(string="Group Case", readonly=True)
    outcome = fields.Selection(selection=OUTCOMES, readonly=True)
    reason_id = fields.Many2one(comodel_name="legal.aid.reason", readonly=True, help="Of a refusal or a withdrawal.")
    channel = fields.Selection(
        selection=lambda self: self._get_choices("legal.aid.consultation", "channel"), readonly=True
    )
    complaint_category = fields.Selection(
        selection=lambda self: self._get_choices("legal.aid.complaint", "category"),
        string="Complained Of",
        readonly=True,
    )
    verdict = fields.Selection(selection=VERDICTS, string="Verdict on the Complaint", readonly=True)
    activity_kind = fields.Selection(
        selection=lambda self: self._get_choices("legal.aid.activity", "kind"), string="Kind of Activity", readonly=True
    )
    clock_kind = fields.Selection(
        selection=lambda self: self._get_choices("legal.aid.deadline", "kind"), string="Clock", readonly=True
    )
    is_on_time = fields.Boolean(string="In Time", readonly=True, help="Of a clock: met on its last day or before.")
    # The same in words: a chart writes true and false for a Boolean, in every language.
    timeliness = fields.Selection(
        selection=[("in_time", "In Time"), ("overdue", "Overdue")], string="Clocks Kept", readonly=True
    )
    amount_kind = fields.Selection(selection=AMOUNTS, string="Kind of Amount", readonly=True)
    records = fields.Integer(string="Counted", readonly=True)
    persons = fields.Integer(string="Workers", readonly=True)
    women_count = fields.Integer(string="Women", readonly=True, groups=OFFICER)
    minor_count = fields.Integer(string="Minors", readonly=True, groups=OFFICER)
    senior_count = fields.Integer(string="Old People", readonly=True, groups=OFFICER)
    disabled_count = fields.Integer(string="Disabled People", readonly=True, groups=OFFICER)
    minority_count = fields.Integer(string="Of Ethnic Minorities", readonly=True, groups=OFFICER)
    military_count = fields.Integer(string="Soldiers and Their Families", readonly=True, groups=OFFICER)
    foreign_count = fields.Integer(string="Foreigners", readonly=True, groups=OFFICER)
    unknown_sex_count = fields.Integer(string="Sex Not on Record", readonly=True, groups=OFFICER)
    amount = fields.Float(
        string="Amount (Yuan)", digits=(16, 2), readonly=True, help="Recovered for workers, or paid to lawyers."
    )
    hours = fields.Float(readonly=True)
    res_model = fields.Char(string="Kind of Record", readonly=True)
    res_id = fields.Many2oneReference(string="Record", model_field="res_model", readonly=True)

    @property
    def _table_query(self):
        rows = [source(number) for number, source in enumerate(self._get_sources())]
        # The matter is looked up, not joined: a join would keep its column in use, and the case of a log or clock with it.
        of_matter = {
            name: SQL(
                "COALESCE(event.matter_id IN (SELECT matter.id FROM legal_aid_matter AS matter WHERE matter.%s), FALSE)",
                SQL.identifier(name),
            )
            for name in ("is_wage", "is_injury")
        }
        return SQL(
            """
            SELECT event.*, place.reporting_union_id, %s AS is_wage, %s AS is_injury
              FROM (%s) AS event
              JOIN union_organization AS place ON place.id = event.organization_id
            """,
            of_matter["is_wage"],
            of_matter["is_injury"],
            SQL(" UNION ALL ").join(rows),
        )

    # CRUD

    @api.model
    def _read_group_orderby(self, order, groupby_terms, query):
        """Choices stand in their own order, as cases go from application to closing, not in that of their codes."""
        choices = {name for name in groupby_terms if getattr(self._fields.get(name), "type", "") == "selection"}
        terms = dict(groupby_terms)
        for name in choices:
            values = self._fields[name].get_values(self.env)
            terms[name] = SQL("array_position(%s::varchar[], %s)", values, groupby_terms[name])
        result = super()._read_group_orderby(order, terms, query)
        # What is ordered by a column of another table is grouped by it, too.
        groupby_terms.update({name: term for name, term in terms.items() if name not in choices})
        return result

    # Actions

    def action_open_record(self):
        """Open the record behind this row, for whoever may read it.

        :raises UserError: for others, whose row it is, too: figures are read by more people than files
        """
        self.ensure_one()
        if not self.env[self.res_model].browse(self.res_id).has_access("read"):
            raise UserError(
                self.env._(
                    "Your role reads the figures, not the records behind them: this row shows all there is for it."
                )
            )
        return super().action_open_record()

    # Business

    @api.model
    def _get_choices(self, model, name):
        return self.env[model]._fields[name]._description_selection(self.env)

    def _get_sources(self):
        """One SELECT for each kind of row: the planner leaves out those whose kind is not asked for."""
        return [
            self._get_consultations,
            self._get_applications,
            self._get_granted,
            self._get_refused,
            self._get_withdrawn,
            self._get_closed,
            self._get_terminated,
            self._get_work,
            self._get_clocks,
            self._get_fees,
            self._get_subsidies,
            self._get_complaints,
            self._get_activities,
        ]

    def _get_row(self, number, source, kind, date, res_model="legal.aid.case", **columns):
        """One SELECT with the columns of a row in their order; what a source does not have is empty.

        Columns have the same type in every SELECT: then the planner takes them apart and reads no column, and joins no table, that nobody
        asks for.
        """
        values = {
            "granted_date": SQL("NULL::date"),
            "organization_id": SQL("source.organization_id"),
            **dict.fromkeys(("contact_point_id", "volunteer_id", "case_id", "matter_id"), SQL("NULL::int")),
            **dict.fromkeys(("service_form", "applicant_kind"), SQL("NULL::varchar")),
            **dict.fromkeys(("is_union_member", "is_green", "is_group"), SQL("FALSE")),
            "outcome": SQL("NULL::varchar"),
            "reason_id": SQL("NULL::int"),
            **dict.fromkeys(
                ("channel", "complaint_category", "verdict", "activity_kind", "clock_kind"), SQL("NULL::varchar")
            ),
            "is_on_time": SQL("NULL::boolean"),
            **dict.fromkeys(("timeliness", "amount_kind"), SQL("NULL::varchar")),
            **dict.fromkeys(("persons", *PERSONS), SQL("0")),
            "amount": SQL("0::numeric"),
            "hours": SQL("0::numeric"),
            "res_id": SQL("source.id"),
        }
        values.update(columns)
        return SQL(
            "SELECT source.id::bigint * %s + %s AS id, %s::varchar AS kind, %s AS date, 1 AS records,"
            " %s::varchar AS res_model, %s %s",
            SOURCES,
            number,
            kind,
            date,
            res_model,
            SQL(", ").join(SQL("%s AS %s", value, SQL.identifier(name)) for name, value in values.items()),
            source,
        )

    @staticmethod
    def _get_case_columns(alias="source"):
        case = SQL.identifier(alias)
        return {
            "contact_point_id": SQL("%s.contact_point_id", case),
            "volunteer_id": SQL("%s.volunteer_id", case),
            "case_id": SQL("%s.id", case),
            "matter_id": SQL("%s.matter_id", case),
            "service_form": SQL("%s.service_form", case),
            "applicant_kind": SQL("%s.applicant_kind", case),
            "is_union_member": SQL("COALESCE(%s.is_union_member, FALSE)", case),
            "is_green": SQL("COALESCE(%s.priority = 'green', FALSE)", case),
            "is_group": SQL("COALESCE(%s.is_group, FALSE)", case),
        }

    def _get_consultations(self, number):
        return self._get_row(
            number,
            SQL("FROM legal_aid_consultation AS source"),
            "consultation",
            SQL("source.date"),
            "legal.aid.consultation",
            contact_point_id=SQL("source.contact_point_id"),
            volunteer_id=SQL("source.volunteer_id"),
            case_id=SQL("source.case_id"),
            matter_id=SQL("source.matter_id"),
            applicant_kind=SQL("source.caller_kind"),
            channel=SQL("source.channel"),
            persons=SQL("1"),
        )

    def _get_case_rows(self, number, kind, date, condition, **columns):
        persons = {name: SQL("COALESCE(source.%s, 0)", SQL.identifier(name)) for name in PERSONS}
        return self._get_row(
            number,
            SQL("FROM legal_aid_case AS source WHERE %s", condition),
            kind,
            date,
            **{**self._get_case_columns(), "persons": SQL("source.headcount"), **persons, **columns},
        )

    def _get_applications(self, number):
        """What was handed in; a draft that nobody handed in is no application."""
        return self._get_case_rows(
            number,
            "application",
            SQL("source.application_date"),
            SQL("(source.submitted_date IS NOT NULL OR source.granted_date IS NOT NULL)"),
        )

    def _get_granted(self, number):
        return self._get_case_rows(
            number,
            "granted",
            SQL("source.granted_date"),
            SQL("source.granted_date IS NOT NULL"),
            granted_date=SQL("source.granted_date"),
        )

    def _get_declined(self, number, kind):
        return self._get_case_rows(
            number,
            kind,
            SQL("source.decision_date"),
            SQL("source.state = %s AND source.submitted_date IS NOT NULL", kind),
            reason_id=SQL("source.decision_reason_id"),
        )

    def _get_refused(self, number):
        return self._get_declined(number, "refused")

    def _get_withdrawn(self, number):
        """Withdrawn by the worker after it was handed in."""
        return self._get_declined(number, "withdrawn")

    def _get_ended(self, number, kind, condition, **columns):
        return self._get_case_rows(
            number,
            kind,
            SQL("source.closed_date"),
            SQL("source.closed_date IS NOT NULL AND %s", condition),
            granted_date=SQL("source.granted_date"),
            outcome=SQL("source.outcome"),
            amount=SQL("COALESCE(source.amount_recovered, 0)"),
            **columns,
        )

    def _get_closed(self, number):
        return self._get_ended(
            number,
            "closed",
            SQL("source.outcome IS DISTINCT FROM 'terminated'"),
            amount_kind=SQL("'recovered'::varchar"),
        )

    def _get_terminated(self, number):
        return self._get_ended(number, "terminated", SQL("source.outcome = 'terminated'"))

    def _get_work(self, number):
        # An outer join, so that it is left out where nothing of the case is asked for.
        return self._get_row(
            number,
            SQL("FROM legal_aid_work_log AS source LEFT JOIN legal_aid_case AS worked ON worked.id = source.case_id"),
            "work",
            SQL("source.date"),
            "legal.aid.work.log",
            **{
                **self._get_case_columns("worked"),
                "case_id": SQL("source.case_id"),
                "volunteer_id": SQL("source.volunteer_id"),
                "hours": SQL("source.hours"),
            },
        )

    def _get_clocks(self, number):
        """Clocks of cases by which the union, its finance or the lawyer must act, that were met or whose last day is over; counted on the
        last day.
        """
        return self._get_row(
            number,
            SQL(
                "FROM legal_aid_deadline AS source LEFT JOIN legal_aid_case AS timed ON timed.id = source.res_id"
                " WHERE source.res_model = 'legal.aid.case' AND source.date_due IS NOT NULL AND source.kind IN %s"
                " AND (source.state = 'done' OR (source.state = 'open' AND source.date_due < %s))",
                OUR_CLOCKS,
                self.env["legal.aid.deadline"]._get_legal_day(),
            ),
            "clock",
            SQL("source.date_due"),
            **{
                **self._get_case_columns("timed"),
                "case_id": SQL("source.res_id"),
                "is_on_time": SQL("(source.state = 'done' AND source.date_done <= source.date_due)"),
                "timeliness": SQL(
                    "CASE WHEN source.state = 'done' AND source.date_done <= source.date_due THEN 'in_time'"
                    " ELSE 'overdue' END::varchar"
                ),
                "clock_kind": SQL("source.kind"),
                "res_id": SQL("source.res_id"),
            },
        )

    def _get_payments(self, number, kind, condition):
        """What was paid to lawyers, by the union that paid, on the day of the payment."""
        return self._get_row(
            number,
            SQL(
                "FROM legal_aid_payout_line AS source"
                " LEFT JOIN legal_aid_expense_allocation AS share ON share.id = source.allocation_id"
                " LEFT JOIN legal_aid_expense AS fee ON fee.id = share.expense_id"
                " LEFT JOIN legal_aid_case AS paid ON paid.id = fee.case_id"
                " WHERE source.state = 'paid' AND source.paid_date IS NOT NULL AND %s",
                condition,
            ),
            kind,
            SQL("source.paid_date"),
            "legal.aid.payout",
            **{
                **self._get_case_columns("paid"),
                "volunteer_id": SQL("source.volunteer_id"),
                "amount": SQL("source.amount"),
                "amount_kind": SQL("%s::varchar", kind),
                "res_id": SQL("source.payout_id"),
            },
        )

    def _get_fees(self, number):
        return self._get_payments(number, "fee", SQL("source.kind IS DISTINCT FROM 'subsidy'"))

    def _get_subsidies(self, number):
        return self._get_payments(number, "subsidy", SQL("source.kind = 'subsidy'"))

    def _get_complaints(self, number):
        """Complaints by category and verdict, without the lawyer: who supervises counts them, the city decides on them."""
        return self._get_row(
            number,
            SQL("FROM legal_aid_complaint AS source WHERE source.state <> 'void'"),
            "complaint",
            SQL("source.date"),
            "legal.aid.complaint",
            complaint_category=SQL("source.category"),
            verdict=SQL(
                "CASE WHEN source.state IN ('verified', 'unfounded') THEN source.state ELSE 'open' END::varchar"
            ),
        )

    def _get_activities(self, number):
        """Publicity, training and meetings that were held, with the people they reached and the hours they lasted (V3)."""
        return self._get_row(
            number,
            SQL("FROM legal_aid_activity AS source WHERE source.state = 'held'"),
            "activity",
            SQL("source.date"),
            "legal.aid.activity",
            matter_id=SQL("source.matter_id"),
            activity_kind=SQL("source.kind"),
            persons=SQL("COALESCE(source.attendee_count, 0)"),
            hours=SQL("COALESCE(source.hours, 0)"),
        )
