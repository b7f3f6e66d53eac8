from decimal import Decimal

from odoo import fields, models

from ...tools import money, periods, rmb, workbook

AMOUNTS = ("amount_opening", "amount_new", "amount_paid", "amount_owed", "amount_disputed", "amount_paid_for")


class LegalAidStatementFiguresMixin(models.AbstractModel):
    """Where the figures of a monthly statement come from, and the workbook that is made of them (M8, M12)."""

    _name = "legal.aid.statement.figures.mixin"
    _description = "Figures of a Monthly Statement"

    # Business

    def _take_figures(self):
        self.ensure_one()
        shares = self._prepare_own_lines()
        paid_for = self._prepare_paid_for_lines()
        totals = dict.fromkeys(AMOUNTS, Decimal(0))
        lines = [*paid_for]
        for counts, vals in shares:
            amount = money.cents(vals["amount"])
            for part, name in (("opening", "amount_opening"), ("new", "amount_new"), ("paid", "amount_paid")):
                totals[name] += amount if part in counts else 0
            if "closing" in counts:
                totals["amount_owed"] += amount
                totals["amount_disputed"] += amount if vals["is_disputed"] else 0
            lines += [
                {**vals, "kind": kind} for part, kind in (("paid", "paid"), ("closing", "owed")) if part in counts
            ]
        totals["amount_paid_for"] = sum((money.cents(vals["amount"]) for vals in paid_for), Decimal(0))
        self.line_ids._row_env().unlink()
        self.env["legal.aid.statement.line"]._row_env().create([{**vals, "statement_id": self.id} for vals in lines])
        self._workflow_write({**totals, "computed_date": fields.Datetime.now()})

    def _prepare_own_lines(self):
        """``[(where the share counts, values)]`` of the shares that the county pays itself."""
        first, last = periods.month_of(self.month)
        # The city draws up the statement of a county whose shares it need not all be able to open.
        shares_sudo = (
            self.env["legal.aid.expense.allocation"]
            .sudo()
            .search(
                [
                    ("organization_id", "child_of", self.organization_id.ids),
                    ("fee_state", "in", ("approved", "in_payout", "paid")),
                    ("approved_date", "<=", last),
                    ("amount", ">", 0),
                ],
                order="approved_date, id",
            )
        )
        prepared = []
        for share in shares_sudo:
            line = share.payout_line_id
            paid = line.paid_date if line.state == "paid" else None
            counts = periods.standing(first, last, share.approved_date, paid or None)
            if counts:
                prepared.append((counts, self._prepare_line(share, share.headcount, share.amount)))
        return prepared

    def _prepare_paid_for_lines(self):
        """Values of what the city paid in the month for workers of this jurisdiction (区属), by the parts that were frozen."""
        first, last = periods.month_of(self.month)
        lines_sudo = (
            self.env["legal.aid.payout.line"]
            .sudo()
            .search(
                [
                    ("organization_id", "=", self.issuer_id.id),
                    ("allocation_id", "!=", False),
                    ("state", "=", "paid"),
                    ("paid_date", ">=", first),
                    ("paid_date", "<=", last),
                ],
                order="paid_date, id",
            )
        )
        own = set(self.env["union.organization"].sudo().search([("id", "child_of", self.organization_id.ids)]).ids)
        prepared = []
        for share in lines_sudo.allocation_id:
            parts = [part for part in share.jurisdiction_shares or [] if part[0] in own]
            amount = sum((money.cents(part[2]) for part in parts), Decimal(0))
            if amount:
                heads = sum(part[1] for part in parts)
                prepared.append({**self._prepare_line(share, heads, amount), "kind": "paid_for"})
        return prepared

    def _prepare_line(self, share, heads, amount):
        line = share.payout_line_id
        return {
            "fee_number": share.name,
            "case_number": share.case_number,
            "lawyer_name": share.lawyer_name,
            "headcount": heads,
            "amount": amount,
            "approved_date": share.approved_date,
            "paid_date": line.paid_date if line.state == "paid" else False,
            "payout_number": line.payout_id.name if line else False,
            "is_disputed": share.state == "disputed",
        }

    def _build_workbook(self):
        self.ensure_one()
        env = self.env
        labels = dict(self.env["legal.aid.statement.line"]._fields["kind"]._description_selection(env))
        columns = [
            (env._("Kind"), "text", 18),
            (env._("Fee"), "text", 18),
            (env._("Case"), "text", 22),
            (env._("Lawyer"), "text", 12),
            (env._("Workers"), "number", 8),
            (env._("Approved On"), "text", 12),
            (env._("Paid On"), "text", 12),
            (env._("Payout"), "text", 20),
            (env._("Amount"), "amount", 14),
            (env._("Note"), "text", 40),
        ]
        rows = [
            [
                labels[line.kind],
                line.fee_number,
                line.case_number,
                line.lawyer_name,
                line.headcount,
                fields.Date.to_string(line.approved_date) or "",
                fields.Date.to_string(line.paid_date) or "",
                line.payout_number,
                line.amount,
                line.note,
            ]
            for line in self.line_ids
        ]
        figures = [
            [label, "", "", "", "", "", "", "", amount, capitals] for label, amount, capitals in self._get_figures()
        ]
        return workbook.build(self.display_name, columns, [*rows, *figures])

    def _get_figures(self):
        """``[(label, amount, capitals)]``: the figures of the statement, and the same stored amounts in words (M8)."""
        self.ensure_one()
        return [
            (self._fields[name]._description_string(self.env), self[name], rmb.to_capitals(self[name]))
            for name in AMOUNTS
        ]
