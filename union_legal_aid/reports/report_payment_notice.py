from odoo import models


class ReportPaymentNotice(models.AbstractModel):
    """付款通知: what a payer whose books are elsewhere has to pay, to whom. Accounts in full only for who may read them."""

    _name = "report.union_legal_aid.report_payment_notice"
    _description = "Payment Notice"
    _inherit = "legal.aid.money.print.mixin"
    _printed_model = "legal.aid.payout"

    # Business

    def _is_printable(self, payout):
        return payout.state in ("approved", "posted", "paid")

    def _get_refusal(self, names):
        return self.env._("%(payouts)s is not approved, so nothing may be paid yet.", payouts=names)

    def _prepare_sheet(self, payout):
        env = payout.env
        lines = payout.line_ids.filtered("included")
        return {
            "doc": payout,
            "rows_apart": self._keep_rows_apart(),
            "title": env._("Payment Notice"),
            "meta": [
                (env._("Payer"), payout.organization_id.name),
                (env._("Number"), payout.name),
                (env._("Kind"), self._get_label(payout, "kind")),
                (env._("Approved on"), self._format_date(payout.approved_date)),
            ],
            "text": env._(
                "By the approved list the following is to be paid from your own account. Keep the bank's receipts: the payment is"
                " confirmed with them."
            ),
            "columns": [
                (env._("No."), "ula_narrow"),
                (env._("Account Holder"), "ula_nowrap"),
                (env._("Account Number"), "ula_account"),
                (env._("Bank"), ""),
                (env._("Case"), "ula_case"),
                (env._("Amount"), "ula_amount"),
            ],
            "rows": [self._get_row(number, line) for number, line in enumerate(lines, start=1)],
            "total": [
                "",
                env._("Total"),
                env._("%(count)s payments", count=len(lines)),
                "",
                "",
                self._format_amount(payout.amount_net),
            ],
            "words": [(env._("Total in words"), self._get_capitals(payout, payout.amount_net))],
            "notes": [self._format_days_in(share.explanation) for share in lines.allocation_id if share.explanation],
            "signers": [*self._get_approval_signers(payout), (env._("Cashier"), "")],
        }

    def _get_row(self, number, line):
        bank = line._get_account_to_print()
        return [
            number,
            bank["holder"],
            bank["number"],
            bank["bank"],
            line.case_number or str(line.service_year),
            self._format_amount(line.amount_net),
        ]
