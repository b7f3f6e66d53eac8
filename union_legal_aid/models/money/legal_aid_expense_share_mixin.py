from odoo import fields, models

from ...tools import money
from ..organization.wording import join_sentences
from .legal_aid_share_dispute_mixin import NO_DISPUTE


class LegalAidExpenseShareMixin(models.AbstractModel):
    """Who pays which share of a case fee, and why (区属原则, M3)."""

    _name = "legal.aid.expense.share.mixin"
    _description = "Shares of a Case Fee"

    allocation_ids = fields.One2many(
        comodel_name="legal.aid.expense.allocation",
        inverse_name="expense_id",
        string="Shares",
        readonly=True,
        copy=False,
        groups="union_legal_aid.group_officer,union_legal_aid.group_finance,union_legal_aid.group_auditor",
    )

    # Business

    def _allocate_if_computed(self):
        """Keep the shares in step with the items while the fee is being written."""
        for expense in self.filtered(lambda expense: expense.state == "draft" and expense.schedule_id):
            expense._allocate()

    def _allocate(self):
        """Divide what is allowed by heads, to the cent: first among the payers, then among each payer's jurisdictions."""
        self.ensure_one()
        # A share belongs to its payer, maybe another county; it is written here and nowhere else.
        shares_sudo = self.sudo().allocation_ids._row_env()
        wanted = self._prepare_shares()
        known = {share.organization_id.id: share for share in shares_sudo}
        for payer_id, vals in wanted.items():
            if payer_id in known:
                known[payer_id].write(vals)
        shares_sudo.create(
            [
                {"expense_id": self.id, "organization_id": payer_id, **vals}
                for payer_id, vals in wanted.items()
                if payer_id not in known
            ]
        )
        gone = shares_sudo.filtered(lambda share: share.organization_id.id not in wanted)
        # A share that stood on a payout keeps its row for the history, without an amount.
        kept = gone.filtered("payout_line_ids")
        kept.write({"headcount": 0, "amount": 0, "jurisdiction_shares": []})
        (gone - kept).unlink()

    def _prepare_shares(self):
        """``{payer id: values of its share}``; the union in charge comes first, so of equal shares it has the odd cent."""
        self.ensure_one()
        jurisdictions = {}
        for union, heads in self._get_headcounts():
            jurisdictions.setdefault(union._get_case_payer(), []).append((union, heads))
        heads_by_payer = {payer: sum(heads for _union, heads in parts) for payer, parts in jurisdictions.items()}
        if not self.amount_allowed:
            return {}
        amounts = money.split(money.cents(self.amount_allowed), heads_by_payer.values())
        total = sum(heads_by_payer.values())
        return {
            payer.id: self._prepare_share(payer, jurisdictions[payer], amount, heads_by_payer[payer], total)
            for payer, amount in zip(heads_by_payer, amounts, strict=True)
        }

    def _get_headcounts(self):
        """``[(jurisdiction, workers)]`` of the case, the union in charge first, then by code."""
        # How many workers of which county a case helps is the same for every reader.
        heads = self.case_id.sudo()._get_headcount_by_organization()
        return sorted(
            ((union.sudo(), count) for union, count in heads.items()),
            key=lambda item: (item[0] != self.organization_id, item[0].code or "", item[0].id),
        )

    def _prepare_share(self, payer, parts, amount, heads, total):
        amounts = money.split(amount, [count for _union, count in parts])
        return {
            **self._prepare_share_summary(),
            "headcount": heads,
            "amount": amount,
            "jurisdiction_shares": [
                [union.id, count, str(part)] for (union, count), part in zip(parts, amounts, strict=True)
            ],
            "explanation": join_sentences(
                self.env, (self._explain_payer(payer, union, count, total) for union, count in parts)
            ),
            # A share that is divided anew is a new proposal.
            **NO_DISPUTE,
        }

    def _prepare_share_summary(self):
        """What every payer may know of the fee and its case, as it is now: numbers, matter, lawyer, dates; no other person."""
        return {
            "name": self.name,
            "case_number": self.case_number,
            "matter_id": self.matter_id.id,
            "service_form": self.service_form,
            "volunteer_id": self.volunteer_id.id,
            # The payer may not open the record of a lawyer who serves another county.
            "lawyer_name": self.volunteer_id.sudo().name,
            "archived_date": self.archived_date,
            "union_in_charge_id": self.organization_id.id,
            "currency_id": self.currency_id.id,
            "submitted_date": False,
            "approved_date": False,
        }

    def _explain_payer(self, payer, union, heads, total):
        """The sentence that tells why ``payer`` pays for ``union``: flag or rule, never a worker or an employer."""
        values = {"payer": payer.name, "union": union.name, "heads": heads, "total": total}
        if union == payer and union.tier in ("city", "province"):
            return self.env._(
                "%(heads)s of %(total)s workers belong to the jurisdiction of %(union)s itself (enterprises directly under it and"
                " its industrial unions), and it bears its case fees: %(payer)s pays.",
                **values,
            )
        if union == payer:
            return self.env._(
                "%(heads)s of %(total)s workers belong to the jurisdiction of %(union)s, which bears its own case fees:"
                " %(payer)s pays.",
                **values,
            )
        if union.payer_organization_id:
            return self.env._(
                "%(heads)s of %(total)s workers belong to the jurisdiction of %(union)s, which does not bear its case fees and"
                " names a payer: %(payer)s pays.",
                **values,
            )
        return self.env._(
            "%(heads)s of %(total)s workers belong to the jurisdiction of %(union)s, which does not bear its case fees and names"
            " no payer, so they fall to the city: %(payer)s pays.",
            **values,
        )
