from odoo import api, fields, models

from ...tools import workbook
from ...tools.service_facts import FIGURES
from ..organization.wording import join_clauses


class LegalAidLedgerWorkbookMixin(models.AbstractModel):
    """The ledger, or many of them, as a workbook, made from what stands in it (V1)."""

    _name = "legal.aid.ledger.workbook.mixin"
    _description = "Workbook of a Ledger"
    _inherit = ["legal.aid.workbook.mixin"]

    # Actions

    def action_export_xlsx(self):
        """Download one ledger with its rows, or the figures of many, one line for each lawyer."""
        if len(self) == 1:
            return super().action_export_xlsx()
        self.check_access("read")
        ids = ",".join(str(ledger.id) for ledger in self)
        return {"type": "ir.actions.act_url", "url": f"/legal-aid/ledgers.xlsx?ids={ids}", "target": "self"}

    # Business

    def _build_workbook(self):
        """The bytes of a workbook under the rights of whoever asks: figures, and the rows that he may read."""
        ledgers = self._in_print()
        sheets = [ledgers._prepare_figure_sheet()] if len(ledgers) == 1 else [ledgers._prepare_overview_sheet()]
        if len(ledgers) == 1 and ledgers._has_field_access(ledgers._fields["detail_ids"], "read"):
            sheets.append(ledgers._prepare_detail_sheet())
        return workbook.build_sheets(sheets)

    def _prepare_figure_sheet(self):
        env = self.env
        columns = [
            (env._("Kind of Service"), "text", 34),
            (env._("Item"), "text", 34),
            (env._("Date"), "text", 12),
            (env._("Recorded Figure"), "amount", 12),
            (env._("By the Lawyer"), "amount", 12),
            (env._("In the Ledger"), "amount", 12),
            (env._("Reason"), "text", 40),
        ]
        rows = [
            [
                line._get_label("section"),
                line.display_name,
                fields.Date.to_string(line.date),
                None if line.code == "added" else line.system_value,
                line.own_value if line.is_corrected or line.code == "added" else None,
                line.value,
                line.reason,
            ]
            for line in self.env["legal.aid.ledger.line"].search([("ledger_id", "in", self.ids)])
        ]
        return (self.display_name, columns, rows, None)

    def _prepare_detail_sheet(self):
        env = self.env
        columns = [
            (env._("Kind"), "text", 10),
            (env._("Date"), "text", 12),
            (env._("Number"), "text", 24),
            (env._("Subject"), "text", 40),
            (env._("Union"), "text", 24),
            (env._("People"), "number", 8),
            (env._("Hours"), "amount", 8),
            (env._("Closed On"), "text", 12),
            (env._("Recovered (Yuan)"), "amount", 14),
        ]
        rows = [
            [
                detail._get_label("kind"),
                fields.Date.to_string(detail.date),
                detail.reference,
                detail.name or detail.matter_id.name,
                detail.organization_id.name,
                detail.people,
                detail.hours,
                fields.Date.to_string(detail.closed_date),
                detail.amount,
            ]
            for detail in self._find_readable_details()
        ]
        return (env._("Behind the Figures"), columns, rows, None)

    def _prepare_overview_sheet(self):
        env = self.env
        line_model = env["legal.aid.ledger.line"]
        labels = dict(line_model._fields["code"]._description_selection(env))
        columns = [
            (env._("Service Year"), "number", 10),
            (env._("Lawyer"), "text", 12),
            (env._("State"), "text", 12),
            (env._("Handed In On"), "text", 12),
            (env._("Late"), "text", 6),
            *((labels[code], "amount", 14) for code in FIGURES),
            (env._("Added"), "text", 50),
        ]
        lines = line_model.search([("ledger_id", "in", self.ids)]).grouped("ledger_id")
        states = dict(self._fields["state"]._description_selection(env))
        rows = []
        for ledger in self:
            own = lines.get(ledger, line_model)
            values = {line.code: line.value for line in own}
            rows.append(
                [
                    ledger.year,
                    ledger.sudo().volunteer_id.name,
                    states[ledger.state],
                    fields.Date.to_string(ledger.submitted_date),
                    env._("Yes") if ledger.is_late else "",
                    *(values.get(code, 0.0) for code in FIGURES),
                    join_clauses(self.env, own.filtered(lambda line: line.code == "added").mapped("display_name")),
                ]
            )
        return (env._("Yearly Ledgers"), columns, rows, None)

    @api.model
    def _find_readable_details(self):
        """The rows that the reader's own rights show him: a county's officer those of his county."""
        return self.env["legal.aid.ledger.detail"].search([("ledger_id", "in", self.ids)])
