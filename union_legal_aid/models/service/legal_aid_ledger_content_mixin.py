from collections import defaultdict
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.service_facts import FIGURES
from ..organization.legal_day import legal_today
from .legal_aid_ledger_line import SECTIONS

BATCH = 50
IN_OFFICE = ("active", "expired", "terminated")


class LegalAidLedgerContentMixin(models.AbstractModel):
    """What stands in a yearly ledger, and where it comes from (V1).

    Figures and rows are written from work logs, consultations, cases and activities until the ledger is handed in; the lawyer
    corrects a figure with a reason, the one on record stays beside it, and adds what the system does not know.
    """

    _name = "legal.aid.ledger.content.mixin"
    _description = "Content of a Ledger"

    date_from = fields.Date(string="From", readonly=True, copy=False)
    date_to = fields.Date(string="Until", readonly=True, copy=False)
    refreshed_at = fields.Datetime(string="Figures As Of", readonly=True, copy=False)
    line_ids = fields.One2many(
        comodel_name="legal.aid.ledger.line", inverse_name="ledger_id", string="Figures of the Year", copy=False
    )
    detail_ids = fields.One2many(
        comodel_name="legal.aid.ledger.detail",
        inverse_name="ledger_id",
        string="Behind the Figures",
        readonly=True,
        copy=False,
        groups="union_legal_aid.group_officer,union_legal_aid.group_auditor,union_legal_aid.group_volunteer",
    )
    is_idle = fields.Boolean(
        string="No Service",
        compute="_compute_is_idle",
        store=True,
        help="Neither the system nor the lawyer knows of any service in the year (管理办法 §4).",
    )

    # Compute

    @api.depends("line_ids.value")
    def _compute_is_idle(self):
        for ledger in self:
            ledger.is_idle = bool(ledger.line_ids) and not any(ledger.line_ids.mapped("value"))

    # Actions

    def action_refresh(self):
        """Bring figures and rows to what is on record now; not once the ledger is handed in."""
        self.check_access("write")
        self._check_state("draft")
        self._refresh(details=True)
        return True

    def action_correct_line(self, line, value, reason=""):
        """The lawyer's own figure beside the one on record, with his reason; without a value, the one on record again.

        :param line: a line of this ledger, its id, or the code of the figure
        """
        _ledger_sudo, line_sudo = self._get_own_line(line)
        if line_sudo.code == "added":
            raise UserError(
                self.env._("%(line)s was added by the lawyer. Remove it and add it anew.", line=line_sudo.display_name)
            )
        if value is None or value is False:
            line_sudo.write({"is_corrected": False, "own_value": 0.0, "reason": False})
        else:
            line_sudo.write({"is_corrected": True, "own_value": value, "reason": (reason or "").strip() or False})
        return True

    def action_add_line(self, section, name, date=None, hours=0.0):
        """Service of which the system has no record.

        :param section: one of the four services of 管理办法 §3
        """
        ledger_sudo = self._get_own_ledger()
        if section not in dict(SECTIONS):
            raise UserError(self.env._("Choose which kind of service it was."))
        day = fields.Date.to_date(date) or False
        if day and ledger_sudo.date_from and not ledger_sudo.date_from <= day <= ledger_sudo.date_to:
            raise UserError(
                self.env._(
                    "%(ledger)s: %(day)s lies outside its year, which runs from %(first)s to %(last)s. Correct the day.",
                    ledger=self.display_name,
                    day=fields.Date.to_string(day),
                    first=fields.Date.to_string(ledger_sudo.date_from),
                    last=fields.Date.to_string(ledger_sudo.date_to),
                )
            )
        self.env["legal.aid.ledger.line"].sudo().create(
            {"ledger_id": self.id, "section": section, "name": (name or "").strip(), "date": day, "own_value": hours}
        )
        return True

    def action_remove_line(self, line):
        """Take back a line that was added."""
        _ledger_sudo, line_sudo = self._get_own_line(line)
        line_sudo.unlink()
        return True

    # Business

    def _get_own_ledger(self):
        """The draft ledger as the system, for its lawyer or an officer of the city, who alone change it."""
        self.ensure_one()
        self.check_access("read")
        ledger_sudo = self.sudo()
        if ledger_sudo.volunteer_id.user_id != self.env.user:
            self.check_access("write")
        self._check_state("draft")
        return ledger_sudo

    def _get_own_line(self, line):
        ledger_sudo = self._get_own_ledger()
        if isinstance(line, str):
            line_sudo = ledger_sudo.line_ids.filtered(lambda one: one.code == line != "added")
        else:
            line_sudo = ledger_sudo.line_ids.filtered(
                lambda one: one.id == (line if isinstance(line, int) else line.id)
            )
        if not line_sudo:
            raise UserError(
                self.env._("%(ledger)s has no such line any more. Open it again.", ledger=self.display_name)
            )
        return ledger_sudo, line_sudo

    def _get_periods(self):
        """``{ledger: (first day, last day)}``: the days of office in its service year."""
        contracts_sudo = self.env["legal.aid.contract"].sudo()  # dates of office, whoever reads the ledger
        groups = contracts_sudo._read_group(
            [
                ("kind", "=", "individual"),
                ("state", "in", IN_OFFICE),
                ("volunteer_id", "in", self.sudo().volunteer_id.ids),
                ("service_year", "in", self.mapped("year")),
            ],
            ["volunteer_id", "service_year"],
            ["date_start:min", "date_end:max"],
        )
        offices = {(volunteer.id, year): (first, last) for volunteer, year, first, last in groups}
        return {
            ledger: offices.get(
                (ledger.sudo().volunteer_id.id, ledger.year), (date(ledger.year, 5, 20), date(ledger.year + 1, 5, 19))
            )
            for ledger in self
        }

    def _refresh(self, details=False):
        """Write the figures, and with ``details`` the rows, of ledgers that are not handed in. Queries do not grow with them.

        Each contract may begin on a day of its own: ledgers of one period are counted together.
        """
        drafts_sudo = self.sudo().filtered(lambda ledger: ledger.state == "draft")
        if not drafts_sudo:
            return
        by_period = defaultdict(drafts_sudo.browse)
        for ledger, period in drafts_sudo._get_periods().items():
            by_period[period] |= ledger
        lines_sudo = self.env["legal.aid.ledger.line"].sudo()
        known = {
            (line.ledger_id.id, line.code): line
            for line in lines_sudo.search([("ledger_id", "in", drafts_sudo.ids), ("code", "!=", "added")])
        }
        new = []
        for (first, last), ledgers in by_period.items():
            facts = ledgers.volunteer_id._get_service_facts(first, last)
            for ledger in ledgers:
                new += ledger._refresh_figures(facts[ledger.volunteer_id], known)
            ledgers._workflow_write({"date_from": first, "date_to": last, "refreshed_at": fields.Datetime.now()})
        drafts_sudo._workflow_env().env["legal.aid.ledger.line"].create(new)
        if details:
            drafts_sudo._write_details(by_period)

    def _refresh_figures(self, facts, known):
        """Bring the lines that exist to ``facts``; return the values of those that are missing."""
        self.ensure_one()
        missing = []
        for code in FIGURES:
            figure = float(getattr(facts, code))
            line = known.get((self.id, code))
            if not line:
                missing.append({"ledger_id": self.id, "code": code, "system_value": figure})
            elif line.system_value != figure:
                line.with_env(self._workflow_env().env).write({"system_value": figure})
        return missing

    def _write_details(self, by_period):
        self.detail_ids.unlink()
        rows = []
        for (first, last), ledgers in by_period.items():
            owners = {ledger.volunteer_id.id: ledger.id for ledger in ledgers}
            for source in ("_find_consultation_rows", "_find_case_rows", "_find_activity_rows"):
                for volunteer_id, row in getattr(self, source)(ledgers.volunteer_id, first, last):
                    rows.append({"ledger_id": owners[volunteer_id], **row})
        self.env["legal.aid.ledger.detail"].create(rows)

    def _find_consultation_rows(self, volunteers, first, last):
        for consultation in self.env["legal.aid.consultation"].search(volunteers._domain_period("date", first, last)):
            yield (
                consultation.volunteer_id.id,
                {
                    "kind": "consultation",
                    "date": consultation.date,
                    "reference": consultation.name,
                    "matter_id": consultation.matter_id.id,
                    "organization_id": consultation.organization_id.id,
                    "people": 1,
                },
            )

    def _find_case_rows(self, volunteers, first, last):
        """One row for each case that was taken on, worked on or closed in the period."""
        hours = {
            (volunteer.id, case): total
            for volunteer, case, total in self.env["legal.aid.work.log"]._read_group(
                volunteers._domain_period("date", first, last), ["volunteer_id", "case_id"], ["hours:sum"]
            )
        }
        taken = {
            (volunteer.id, case): day
            for volunteer, case, day in self.env["legal.aid.assignment"]._read_group(
                volunteers._domain_period("date", first, last) & volunteers._domain_taken_on(),
                ["volunteer_id", "case_id"],
                ["date:min"],
            )
        }
        closed = {
            (case.volunteer_id.id, case): case.closed_date
            for case in self.env["legal.aid.case"].search(volunteers._domain_closed(first, last))
        }
        for volunteer_id, case in sorted({*hours, *taken, *closed}, key=lambda key: (key[0], key[1].id)):
            key = volunteer_id, case
            yield (
                volunteer_id,
                {
                    "kind": "case",
                    "date": taken.get(key),
                    "reference": case.name,
                    "matter_id": case.matter_id.id,
                    "organization_id": case.organization_id.id,
                    "people": case.headcount,
                    "hours": hours.get(key, 0.0),
                    "closed_date": closed.get(key),
                    "amount": case.amount_recovered if key in closed else 0.0,
                },
            )

    def _find_activity_rows(self, volunteers, first, last):
        lines = self.env["legal.aid.activity.attendance"].search(
            volunteers._domain_period("date", first, last) & volunteers._domain_attended()
        )
        for line in lines:
            activity = line.activity_id
            yield (
                line.volunteer_id.id,
                {
                    "kind": "activity",
                    "date": line.date,
                    "name": activity.name,
                    "matter_id": activity.matter_id.id,
                    "organization_id": activity.organization_id.id,
                    "people": activity.attendee_count,
                    "hours": line.hours,
                },
            )

    # Mail & cron

    @api.model
    def _cron_refresh(self):
        """Once a day: the figures of all ledgers that are not handed in and whose year has begun."""
        began = fields.Datetime.now()
        stale = Domain("refreshed_at", "=", False) | Domain("refreshed_at", "<", began)
        domain = Domain("state", "=", "draft") & Domain("year", "<=", legal_today(self).year) & stale
        while found := self.search(domain, limit=BATCH).try_lock_for_update():
            found._refresh()
            if not self.env["ir.cron"]._commit_progress(len(found), remaining=self.search_count(domain)):
                return
