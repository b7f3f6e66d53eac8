from odoo import models

from .legal_aid_print_mixin import BLANK


class ReportExpenseSheet(models.AbstractModel):
    """补贴审批表: one case fee, from the standard to the signatures (F§7; a local form, the Ministry has none)."""

    _name = "report.union_legal_aid.report_expense_sheet"
    _description = "Approval Sheet of a Case Fee"
    _inherit = "legal.aid.money.print.mixin"
    _printed_model = "legal.aid.expense"

    # Business

    def _prepare_sheet(self, expense):
        env = expense.env
        return {
            "doc": expense,
            "title": env._("Approval Sheet of a Case Fee"),
            "watermark": self._get_watermark(expense),
            "meta": self._get_meta(expense),
            "columns": [
                (env._("Item"), "ula_wide"),
                (env._("Receipt Number"), "ula_nowrap"),
                (env._("Claimed"), "ula_amount"),
                (env._("Allowed"), "ula_amount"),
                (env._("Reason of the cut"), ""),
            ],
            "rows": [self._get_row(line) for line in expense.line_ids],
            "total": [
                env._("Total"),
                "",
                self._format_amount(expense.amount_claimed),
                self._format_amount(expense.amount_allowed),
                "",
            ],
            "words": [(env._("Allowed in words"), self._get_capitals(expense, expense.amount_allowed))],
            "notes": [
                self._format_days_in(expense.compute_note),
                *(
                    f"{share.organization_id.name} {self._format_amount(share.amount)}："
                    f"{self._format_days_in(share.explanation)}"
                    for share in expense.allocation_ids
                ),
            ],
            "signers": [*self._get_approval_signers(expense), (env._("Finance"), "")],
        }

    def _get_watermark(self, expense):
        marks = {
            "draft": expense.env._("Not approved yet"),
            "submitted": expense.env._("Not approved yet"),
            "cancelled": expense.env._("Cancelled"),
        }
        return marks.get(expense.state, "")

    def _get_meta(self, expense):
        env = expense.env
        lawyer_sudo = expense.volunteer_id.sudo()  # name and firm of the payee stand on every money document
        return [
            (env._("Number"), expense.name),
            (env._("Case"), expense.case_number),
            (env._("Handled by lawyer"), lawyer_sudo.name),
            (env._("Law Firm"), lawyer_sudo.law_firm_id.name or BLANK),
            (env._("Matter"), expense.matter_id.name or BLANK),
            (env._("Form of aid"), self._get_label(expense, "service_form")),
            (env._("Union in charge"), expense.organization_id.name),
            (env._("Payer"), expense.payer_organization_id.name),
            (env._("Aid granted on"), self._format_date(expense.granted_date)),
            (env._("File archived on"), self._format_date(expense.archived_date)),
        ]

    def _get_row(self, line):
        name = line.name
        if line.kind == "lump":
            name = line.rate_id.sudo().display_name  # a superior's schedule may be unreadable here
        kind = self._get_label(line, "cost_kind" if line.cost_kind else "kind")
        return [
            f"{kind}：{name}",
            " ".join(filter(None, (line.receipt_code, line.receipt_number))),
            self._format_amount(line.amount_claimed),
            self._format_amount(line.amount_allowed),
            line.reason_id.name or "",
        ]
