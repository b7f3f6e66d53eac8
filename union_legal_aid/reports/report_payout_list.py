from odoo import models


class ReportPayoutList(models.AbstractModel):
    """发放表: the approved list with amounts, capitals, room for the lawyers' signatures, and who approved it."""

    _name = "report.union_legal_aid.report_payout_list"
    _description = "Payout List"
    _inherit = "legal.aid.money.print.mixin"
    _printed_model = "legal.aid.payout"

    # Business

    def _is_printable(self, payout):
        return payout.state not in ("draft", "cancelled")

    def _get_refusal(self, names):
        return self.env._("%(payouts)s has no list to print. Compute the payout first.", payouts=names)

    def _prepare_sheet(self, payout):
        env = payout.env
        lines = payout.line_ids.filtered("included")
        return {
            "doc": payout,
            "rows_apart": self._keep_rows_apart(),
            "title": env._("Payout List"),
            "watermark": "" if payout.state != "computed" else env._("Not approved yet"),
            "meta": self._get_meta(payout),
            "columns": self._get_columns(payout),
            "rows": [self._get_row(number, line) for number, line in enumerate(lines, start=1)],
            "total": [
                "",
                env._("Total"),
                env._("%(count)s payments", count=payout.line_count),
                "",
                self._format_amount(payout.amount_total),
                self._format_amount(payout.amount_tax),
                self._format_amount(payout.amount_net),
                "",
                "",
            ],
            "words": self._get_words(payout),
            "signers": [*self._get_approval_signers(payout), (env._("Finance"), payout.sudo().paid_by_id.name or "")],
        }

    def _get_columns(self, payout):
        env = payout.env
        return [
            (env._("No."), "ula_narrow"),
            (env._("Payee"), "ula_nowrap"),
            (env._("Law Firm"), ""),
            (env._("Service year"), "ula_narrow") if payout.kind == "subsidy" else (env._("Case"), "ula_case"),
            (env._("Amount"), "ula_amount"),
            (env._("Tax"), "ula_amount"),
            (env._("Paid out"), "ula_amount"),
            (env._("Account Number"), "ula_account"),
            (env._("Received (signature)"), "ula_sign"),
        ]

    def _get_words(self, payout):
        env = payout.env
        return [
            (env._("Total in words"), self._get_capitals(payout, payout.amount_total)),
            *(
                [(env._("Paid out in words"), self._get_capitals(payout, payout.amount_net))]
                if payout.amount_tax
                else []
            ),
        ]

    def _get_meta(self, payout):
        env = payout.env
        return [
            (env._("Payer"), payout.organization_id.name),
            (env._("Number"), payout.name),
            (env._("Kind"), self._get_label(payout, "kind")),
            (env._("Payment date"), self._format_date(payout.date)),
        ]

    def _get_row(self, number, line):
        # Name and firm of the payee stand on every money document, as they were when the list was made.
        lawyer_sudo = line.volunteer_id.sudo()
        return [
            number,
            line.lawyer_name or lawyer_sudo.name,
            (line.law_firm_name if line.lawyer_name else lawyer_sudo.law_firm_id.name) or "",
            str(line.service_year) if line.kind == "subsidy" else line.case_number,
            self._format_amount(line.amount),
            self._format_amount(line.tax_amount),
            self._format_amount(line.amount_net),
            line.bank_account_number_masked,
            "",
        ]
