from odoo import fields, models


class LegalAidExpenseApprovalMixin(models.AbstractModel):
    """How a case fee is approved (M5): by the leader of the payer, above a limit also by its finance, as the rules say."""

    _name = "legal.aid.expense.approval.mixin"
    _description = "Approval of a Case Fee"
    _inherit = ["legal.aid.approval.mixin"]

    _approval_facts = (
        "case_id",
        "volunteer_id",
        "organization_id",
        "payer_organization_id",
        "schedule_id",
        "amount_claimed",
        "amount_allowed",
    )

    approved_date = fields.Date(string="Approved On", readonly=True, copy=False)
    is_reexamined = fields.Boolean(string="Re-examined", readonly=True, copy=False)
    reexamine_note = fields.Text(string="Re-examined Because", readonly=True, copy=False)
    return_note = fields.Text(
        string="To Be Corrected Because",
        readonly=True,
        copy=False,
        help="The decision of the common superior on the dispute of a share.",
    )

    # Business

    def _get_approval_organization(self, approver):
        organization = super()._get_approval_organization(approver)
        if approver in ("payer_manager", "payer_finance"):
            return self.sudo().payer_organization_id
        return organization

    def _get_approval_facts(self):
        record = self.sudo()
        return {
            **super()._get_approval_facts(),
            "lines": [
                [
                    line.kind,
                    line.rate_id.id,
                    line.receipt_number or "",
                    *([line.receipt_checksum] if line.receipt_checksum else []),
                    line.amount_claimed,
                    line.amount_allowed,
                    line.reason_code or "",
                ]
                for line in record.line_ids
            ],
            "shares": [
                [share.organization_id.id, share.headcount, share.amount]
                for share in record.allocation_ids.sorted(lambda share: share.organization_id.id)
            ],
        }

    def _get_cannot_request_approval_reason(self):
        reasons = super()._get_cannot_request_approval_reason()
        cases = self._get_case_reasons()
        writable = self._filtered_access("write")
        return {
            expense: reasons[expense]
            or cases[expense]
            or (expense not in writable and expense._get_foreign_reason())
            or expense._get_incomplete_reason()
            for expense in self
        }

    def _get_foreign_reason(self):
        return self.env._(
            "%(expense)s belongs to %(union)s: its officers hand it in.",
            expense=self.display_name,
            union=self.organization_id.name,
        )

    def _get_incomplete_reason(self):
        self.ensure_one()
        if not self.schedule_id:
            return self.env._("%(expense)s is not computed yet. Compute it first.", expense=self.display_name)
        if self._is_out_of_date():
            return self.env._(
                "%(expense)s no longer fits its case, its stage or its place. Compute it again, then hand it in.",
                expense=self.display_name,
            )
        if not self.amount_allowed:
            return self.env._(
                "%(expense)s allows nothing, so there is nothing to approve. Enter the direct costs with their receipts, or"
                " cancel the fee.",
                expense=self.display_name,
            )
        for line in self.line_ids:
            gap = line._get_receipt_gap()
            if gap:
                return self.env._(
                    "%(expense)s has a direct cost without receipt: “%(line)s” lacks %(gap)s. Enter it or take the item out.",
                    expense=self.display_name,
                    line=line.name,
                    gap=gap,
                )
        return False

    def _on_approval_requested(self):
        self._transition("submitted", {"return_note": False})
        self.allocation_ids._freeze_date("submitted_date")

    def _on_approval_void(self):
        self.filtered(lambda expense: expense.state == "submitted")._transition("draft")

    def _on_rejected(self, note):
        self._transition("draft")

    def _on_approved(self):
        self._transition("approved", {"approved_date": fields.Date.context_today(self)})
        self.allocation_ids._freeze_date("approved_date")
