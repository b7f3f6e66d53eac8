from odoo import models


class ReportVoucher(models.AbstractModel):
    """记账凭证 as the union accounting system asks for it: the account's name beside its code, capitals, attached papers (F§5)."""

    _name = "report.union_legal_aid.report_voucher"
    _description = "Accounting Voucher"
    _inherit = "legal.aid.money.print.mixin"
    _printed_model = "account.move"

    # Business

    def _is_printable(self, move):
        return move.state == "posted"

    def _get_refusal(self, names):
        return self.env._("Only posted entries are printed as vouchers. Not posted: %(moves)s.", moves=names)

    def _prepare_sheet(self, move):
        env = move.env
        total = move._get_voucher_total()
        return {
            "doc": move,
            "title": env._("Accounting Voucher"),
            "meta": [
                (env._("Books"), move.company_id.name),
                (env._("Voucher word and number"), move.voucher_number),
                (env._("Date"), self._format_date(move.date)),
                (env._("Number of Attached Documents"), str(move.paper_count)),
            ],
            "columns": [
                (env._("Summary"), ""),
                (env._("Account code and name"), "ula_wide"),
                (env._("Debit"), "ula_amount"),
                (env._("Credit"), "ula_amount"),
            ],
            "rows": [self._get_row(line) for line in move.line_ids],
            "total": [
                env._("Total"),
                self._get_capitals(move, total),
                self._format_amount(total),
                self._format_amount(total),
            ],
            "words": [],
            "notes": self._get_notes(move),
            "signers": [
                (env._("Chief accountant"), ""),
                (env._("Booked by"), ""),
                (env._("Cashier"), ""),
                (env._("Checked by"), ""),
                (env._("Prepared by"), move.create_uid.name),
            ],
        }

    def _get_notes(self, move):
        """What it belongs to, and what it takes back or was taken back by: a red-letter voucher names the other one."""
        env = move.env
        notes = [move.ref] if move.ref else []
        if move.reversed_entry_id:
            notes.append(env._("Takes back voucher %(voucher)s.", voucher=move.reversed_entry_id._get_voucher_title()))
        for reversal in move.reversal_move_ids.filtered(lambda reversal: reversal.state == "posted"):
            notes.append(env._("Taken back by voucher %(voucher)s.", voucher=reversal._get_voucher_title()))
        return [self._format_days_in(note) for note in notes]

    def _get_row(self, line):
        details = [line.partner_id.name, *line.distribution_analytic_account_ids.mapped("name")]
        ledger_account = line.account_id.with_company(line.company_id)  # each union has its own codes
        account = f"{ledger_account.code} {ledger_account._get_union_full_name()}"
        detail = " / ".join(detail for detail in details if detail)
        return [
            line.name or "",
            f"{account}（{detail}）" if detail else account,
            self._format_amount(line.debit) if line.debit else "",
            self._format_amount(line.credit) if line.credit else "",
        ]
