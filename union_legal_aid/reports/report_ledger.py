from odoo import models

from ..models.service.legal_aid_ledger_line import SECTIONS

NUMERALS = "一二三四"


class ReportLedger(models.AbstractModel):
    """年度工作台账: the four services of 管理办法 §3 with their figures, the lawyer's text, and the rows behind them (V1)."""

    _name = "report.union_legal_aid.report_ledger"
    _description = "Yearly Ledger"
    _inherit = "legal.aid.print.mixin"
    _printed_model = "legal.aid.ledger"

    # Business

    def _prepare_sheet(self, ledger):
        env = ledger.env
        lawyer_sudo = ledger.sudo().volunteer_id  # whose ledger it is stands on it, whoever prints it
        return {
            "doc": ledger,
            "lang": env.lang or "en_US",
            "title": env._("Yearly Ledger of a Volunteer of the Legal Service for Workers"),
            "mark": self._get_mark(ledger),
            "meta": [
                (env._("Full Name"), lawyer_sudo.name),
                (env._("Service Year"), str(ledger.year)),
                (env._("Law Firm"), self._or_blank(lawyer_sudo.law_firm_id.name)),
                (env._("Licence Number"), self._or_blank(lawyer_sudo.license_number)),
                (env._("From"), self._format_date(ledger.date_from)),
                (env._("Until"), self._format_date(ledger.date_to)),
                (env._("Due On"), self._format_date(ledger.date_due)),
                (env._("Handed In On"), self._format_date(ledger.submitted_date)),
            ],
            "sections": self._prepare_sections(ledger),
            "idle": env._("No service on record in this year.") if ledger.is_idle else "",
            "texts": [
                (ledger._fields[name]._description_string(env), ledger[name])
                for name in ("summary", "difficulties", "suggestions")
                if ledger[name]
            ],
            "details": self._prepare_details(ledger),
            "union": ledger.sudo().organization_id.name,
            "accepted": self._format_date(ledger.accepted_date),
        }

    def _get_mark(self, ledger):
        if ledger.state == "draft":
            return ledger.env._("Not handed in yet")
        return ledger.env._("Handed in late") if ledger.is_late else ""

    def _prepare_sections(self, ledger):
        """``[(title, rows)]``; a row is ``[figure, on record, by the lawyer, in the ledger, reason]``."""
        labels = dict(ledger.line_ids._fields["section"]._description_selection(ledger.env))
        lines = ledger.env["legal.aid.ledger.line"].search([("ledger_id", "=", ledger.id)])
        by_section = lines.grouped("section")
        return [
            (
                f"（{NUMERALS[position]}）{labels[section]}",
                [self._prepare_row(line) for line in by_section.get(section, lines.browse())],
            )
            for position, (section, _label) in enumerate(SECTIONS)
        ]

    def _prepare_row(self, line):
        if line.code == "added":
            day = f"{self._format_date(line.date)} " if line.date else ""
            hours = line.env._("%(hours)s hours", hours=f"{line.own_value:g}") if line.own_value else ""
            return [f"{day}{line.name}", "", hours, hours, line.env._("Added by the lawyer")]
        own = self._format_figure(line.own_value) if line.is_corrected else ""
        return [
            line.display_name,
            self._format_figure(line.system_value),
            own,
            self._format_figure(line.value),
            line.reason or "",
        ]

    def _format_day_of(self, day):
        return self._format_date(day) if day else ""

    def _format_figure(self, value):
        return f"{value:,.2f}".rstrip("0").rstrip(".")

    def _prepare_details(self, ledger):
        """The rows that the reader's own rights show him."""
        if not ledger._has_field_access(ledger._fields["detail_ids"], "read"):
            return []
        return [
            [
                detail._get_label("kind"),
                self._format_day_of(detail.date or detail.closed_date),
                detail.reference or "",
                detail.name or detail.matter_id.name or "",
                detail.people or "",
                self._format_figure(detail.hours) if detail.hours else "",
                self._format_day_of(detail.closed_date),
                self._format_figure(detail.amount) if detail.amount else "",
            ]
            for detail in ledger._find_readable_details()
        ]
