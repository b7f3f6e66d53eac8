from odoo import models

from ..tools import periods


class ReportStatement(models.AbstractModel):
    """月度对账单: figures and capitals from the stored amounts, the items behind them, and who confirmed (M8, M12)."""

    _name = "report.union_legal_aid.report_statement"
    _description = "Monthly Statement"
    _inherit = "legal.aid.money.print.mixin"
    _printed_model = "legal.aid.statement"

    # Business

    def _is_printable(self, statement):
        return bool(statement.computed_date)

    def _get_refusal(self, names):
        return self.env._("%(statements)s is not computed yet. Compute it first.", statements=names)

    def _prepare_sheet(self, statement):
        env = statement.env
        first, last = periods.month_of(statement.month)
        marks = {"draft": env._("Draft"), "objected": env._("Objected To")}
        return {
            "doc": statement,
            "title": env._("Monthly Statement of Case Fees"),
            "watermark": marks.get(statement.state, ""),
            "meta": [
                (env._("County"), statement.organization_id.name),
                (env._("Issued by"), statement.issuer_id.name),
                (env._("Period"), f"{self._format_date(first)}—{self._format_date(last)}"),
                (env._("Issued on"), self._format_date(statement.issued_date)),
            ],
            "tables": [self._prepare_figures(statement), *self._prepare_details(statement)],
            "notes": [self._describe_objection(statement)] if statement.state == "objected" else [],
            "signers": [
                (env._("City Finance"), self._sign_on(statement.issued_by_id, statement.issued_date)),
                (
                    env._("Confirmed by County Finance"),
                    self._sign_on(statement.confirmed_by_id, statement.confirmed_date),
                ),
                (env._("Seal of the County Union"), ""),
            ],
        }

    def _prepare_figures(self, statement):
        env = statement.env
        return {
            "columns": [(env._("Item"), "ula_wide"), (env._("Amount"), "ula_amount"), (env._("In words"), "")],
            "rows": [
                [label, self._format_amount(amount), capitals] for label, amount, capitals in statement._get_figures()
            ],
        }

    def _prepare_details(self, statement):
        """One table for each kind of item that occurs, with its sum."""
        env = statement.env
        labels = dict(statement.line_ids._fields["kind"]._description_selection(env))
        sums = {"owed": statement.amount_owed, "paid": statement.amount_paid, "paid_for": statement.amount_paid_for}
        return [
            {
                "caption": labels[kind],
                "columns": [
                    (env._("Case"), "ula_nowrap"),
                    (env._("Lawyer"), "ula_nowrap"),
                    (env._("Workers"), "ula_narrow"),
                    (env._("Approved On"), "ula_nowrap"),
                    (env._("Paid On"), "ula_nowrap"),
                    (env._("Payout"), "ula_nowrap"),
                    (env._("Amount"), "ula_amount"),
                    (env._("Note"), ""),
                ],
                "rows": [self._get_row(line) for line in lines],
                "total": [env._("Total"), "", "", "", "", "", self._format_amount(sums[kind]), ""],
            }
            for kind, lines in statement.line_ids.grouped("kind").items()
        ]

    def _get_row(self, line):
        return [
            line.case_number or "",
            line.lawyer_name or "",
            line.headcount,
            self._format_date(line.approved_date) if line.approved_date else "",
            self._format_date(line.paid_date) if line.paid_date else "",
            line.payout_number or "",
            self._format_amount(line.amount),
            self._format_days_in(line.note),
        ]

    def _describe_objection(self, statement):
        reason = statement.objection_reason_id.name or ""
        return statement.env._(
            "Objection: %(reason)s %(note)s", reason=reason, note=statement.objection_note or ""
        ).strip()

    def _sign_on(self, user, day):
        return f"{user.sudo().name} {self._format_date(day)}" if user and day else ""
