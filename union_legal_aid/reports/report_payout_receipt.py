from decimal import Decimal

from odoo import models

from ..tools import money


class ReportPayoutReceipt(models.AbstractModel):
    """领款单: one for each payee of a list, with the amount in figures and capitals from the same stored sum, to be signed (M8)."""

    _name = "report.union_legal_aid.report_payout_receipt"
    _description = "Receipt of a Payment"
    _inherit = "legal.aid.money.print.mixin"
    _printed_model = "legal.aid.payout"

    # Business

    def _is_printable(self, payout):
        return payout.state in ("approved", "posted", "paid")

    def _get_refusal(self, names):
        return self.env._("%(payouts)s is not approved, so nobody receives anything yet.", payouts=names)

    def _prepare_sheet(self, payout):
        """The receipts of one list: the first, and the others after it."""
        first, *more = [
            self._prepare_receipt(payout, number, lines) for number, lines in enumerate(self._group(payout), start=1)
        ]
        return {**first, "more": more}

    def _group(self, payout):
        """One group for each payee: what one payment pays. Officers print receipts without reading accounts."""
        return list(payout.line_ids.filtered("included").grouped("volunteer_id").values())

    def _prepare_receipt(self, payout, number, lines):
        env = payout.env
        gross, withheld, net = (
            sum((money.cents(line[name]) for line in lines), Decimal(0))
            for name in ("amount", "tax_amount", "amount_net")
        )
        first = lines[0]
        return {
            "doc": payout,
            "title": env._("Receipt of a Payment"),
            "meta": [
                (env._("Payer"), payout.organization_id.name),
                (env._("Number"), f"{payout.name}-{number:03}"),
                (env._("Payee"), first.lawyer_name),
                (env._("Law Firm"), first.law_firm_name or self._or_blank("")),
                (env._("Account Number"), first.bank_account_number_masked or ""),
                (env._("Payment date"), self._format_date(first.paid_date or payout.date)),
            ],
            "columns": [
                (env._("For"), "ula_wide"),
                (env._("Amount"), "ula_amount"),
                (env._("Tax"), "ula_amount"),
                (env._("Paid out"), "ula_amount"),
            ],
            "rows": [self._get_row(line) for line in lines],
            "total": [env._("Total"), *(self._format_amount(amount) for amount in (gross, withheld, net))],
            "words": [(env._("Paid out in words"), self._get_capitals(payout, float(net)))],
            "signers": [
                (env._("Received (signature)"), ""),
                (env._("Date"), self._or_blank("")),
                (env._("Cashier"), payout.sudo().paid_by_id.name or ""),
            ],
        }

    def _get_row(self, line):
        amounts = (line.amount, line.tax_amount, line.amount_net)
        return [line._get_purpose(), *(self._format_amount(amount) for amount in amounts)]
