from decimal import Decimal

from odoo import models

from ..tools import money


class ReportPayoutApproval(models.AbstractModel):
    """发放审批表: what the leaders sign before money goes out: how much, on what grounds, who is left out and why (M4, M8)."""

    _name = "report.union_legal_aid.report_payout_approval"
    _description = "Approval Form of a Payout"
    _inherit = "legal.aid.money.print.mixin"
    _printed_model = "legal.aid.payout"

    # Business

    def _is_printable(self, payout):
        return payout.state not in ("draft", "cancelled")

    def _get_refusal(self, names):
        return self.env._("%(payouts)s has no list to approve. Compute the payout first.", payouts=names)

    def _prepare_sheet(self, payout):
        env = payout.env
        return {
            "doc": payout,
            "title": env._("Approval Form of a Payout"),
            "watermark": "" if payout.state != "computed" else env._("Not approved yet"),
            "meta": self._get_meta(payout),
            "columns": [
                (env._("Jurisdiction"), "ula_wide"),
                (env._("Number of payments"), "ula_nowrap"),
                (env._("Amount"), "ula_amount"),
            ],
            "rows": self._get_rows(payout),
            "total": [
                env._("Total"),
                str(payout.line_count),
                self._format_amount(payout.amount_total),
            ],
            "words": self._get_words(payout),
            "notes": self._get_notes(payout),
            "signers": [*self._get_approval_signers(payout), (env._("Finance"), payout.sudo().paid_by_id.name or "")],
        }

    def _get_meta(self, payout):
        env = payout.env
        year = str(payout.service_year) if payout.kind == "subsidy" else ""
        return [
            (env._("Payer"), payout.organization_id.name),
            (env._("Number"), payout.name),
            (env._("Kind"), f"{self._get_label(payout, 'kind')} {year}".strip()),
            (env._("Planned payment"), self._format_date(payout.date)),
            (payout._fields["tax_treatment"]._description_string(env), self._get_label(payout, "tax_treatment")),
            (env._("Documents it rests on"), self._get_grounds(payout)),
        ]

    def _get_grounds(self, payout):
        """The documents that the amounts rest on."""
        lines_sudo = payout.sudo().line_ids.filtered(
            "included"
        )  # a superior's policy or schedule may be unreadable here
        if payout.kind == "subsidy":
            numbers = lines_sudo.contract_id.policy_id.mapped("document_number")
        else:
            numbers = lines_sudo.allocation_id.expense_id.schedule_id.mapped("source_document")
        return "、".join(sorted(set(filter(None, numbers)))) or self._or_blank("")

    def _get_rows(self, payout):
        sums = {}
        for line in payout.line_ids.filtered("included"):
            shares = line.allocation_id.jurisdiction_shares or [[payout.organization_id.id, 0, line.amount]]
            for union_id, _heads, amount in shares:
                count, total = sums.get(union_id, (0, Decimal(0)))
                sums[union_id] = (count + 1, total + money.cents(amount))
        # The jurisdictions of a payer stand on its own list.
        unions_sudo = self.env["union.organization"].sudo()
        return [
            [unions_sudo.browse(union_id).name, str(count), self._format_amount(amount)]
            for union_id, (count, amount) in sums.items()
        ]

    def _get_words(self, payout):
        env = payout.env
        words = [(env._("Total in words"), self._get_capitals(payout, payout.amount_total))]
        if payout.amount_tax:
            words.append((env._("Tax withheld"), self._format_amount(payout.amount_tax)))
            words.append((env._("Paid out in words"), self._get_capitals(payout, payout.amount_net)))
        return words

    def _get_notes(self, payout):
        env = payout.env
        notes = [payout.budget_note]
        if payout.budget_override_by_id:
            notes.append(
                env._(
                    "Budget overridden by %(name)s on %(date)s: %(reason)s %(note)s",
                    name=payout.sudo().budget_override_by_id.name,
                    date=self._format_date(payout.budget_override_date),
                    reason=payout.budget_override_reason_id.name,
                    note=payout.budget_override_note or "",
                )
            )
        changed = payout.line_ids.filtered(lambda line: line.included and line.account_changed)
        if changed:
            notes.append(
                env._(
                    "Other account than at the last payment: %(names)s.",
                    names="、".join(sorted({line.lawyer_name for line in changed})),
                )
            )
        left_out = payout.line_ids.filtered(lambda line: not line.included)
        if left_out:
            notes.append(env._("Left out: %(count)s.", count=len(left_out)))
            notes += [f"· {line.exclusion_reason}" for line in left_out]
        return [self._format_days_in(note) for note in notes if note]
