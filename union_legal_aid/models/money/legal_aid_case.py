from odoo import api, fields, models


class LegalAidCase(models.Model):
    _inherit = "legal.aid.case"

    expense_ids = fields.One2many(comodel_name="legal.aid.expense", inverse_name="case_id", string="Fees", copy=False)
    expense_count = fields.Integer(string="Number of Fees", compute="_compute_expense_count")
    can_create_expense = fields.Boolean(compute="_compute_expense_count")

    # Compute

    @api.depends("expense_ids.state", "is_imported", "state")
    def _compute_expense_count(self):
        may_create = self.env["legal.aid.expense"].has_access("create")
        for case in self:
            # Anybody who sees the case may know that it has a fee; the fee itself stays behind its rules.
            expenses_sudo = case.sudo().expense_ids
            live = expenses_sudo.filtered(lambda expense: expense.state != "cancelled")
            case.expense_count = len(expenses_sudo)
            case.can_create_expense = (
                may_create and case.state == "archived" and not case.sudo().is_imported and not live
            )

    # Actions

    def action_create_expense(self):
        """Draft and compute the fee of an archived case (M2)."""
        self.ensure_one()
        expense = self.env["legal.aid.expense"].create({"case_id": self.id})
        expense.action_compute()
        return expense._get_form_action()

    def action_open_expenses(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("union_legal_aid.legal_aid_expense_action")
        return {**action, "domain": [("case_id", "=", self.id)], "context": {}}

    # Business

    def _do_review_file(self, state, vals):
        result = super()._do_review_file(state, vals)
        if state == "accepted" and self._is_fee_due():
            self._open_deadline("pay", self._get_review_date())
        return result

    def _sync_pay_clock(self):
        """The clock of payment (F§1.3, 法律援助法 §52): from the day the review was passed until the fee is paid.

        It runs where a fee is due: for a fee on its way, else for a lawyer who is paid for labour. Giving up the fee ends it.
        """
        for case in self:
            # Fees belong to the money of the union; the clock to the case.
            fees = case.sudo().expense_ids
            fee = fees.filtered(lambda expense: expense.state != "cancelled")[:1]
            running = bool(case._get_running_deadlines("pay"))
            if fee.state == "paid":
                case._close_deadline("pay", fee._get_paid_date())
            elif not (fee or (not fees and case._is_fee_due())):
                case._void_deadlines("pay")
            elif not running:
                case._open_deadline("pay", case._get_review_date())

    @api.model
    def _get_pay_days(self):
        """``{case id: day by which its fee has to be paid}`` for the reader's own cases; the clock itself is the office's (P1)."""
        cases = self.search([("state", "=", "archived")])
        return {clock.res_id: clock.date_due for clock in cases._get_running_deadlines("pay") if clock.date_due}

    def _is_fee_due(self):
        self.ensure_one()
        lawyer_sudo = self.sudo().volunteer_id
        paid = lawyer_sudo and lawyer_sudo.kind != "staff" and not lawyer_sudo.is_public_servant
        return bool(paid) and not self._get_no_payment_reason()[self]

    def _get_review_date(self):
        """The day on which the file passed its review; cases archived by earlier versions know only the day of the archive."""
        self.ensure_one()
        review_sudo = self.sudo()._get_current_review()
        return review_sudo.reviewed_date or self.archived_date or fields.Date.context_today(self)

    def _get_quality_grade(self):
        """The conclusion of the latest quality check that was recorded, or False (C10)."""
        self.ensure_one()
        checks = self.quality_check_ids.filtered(lambda check: check.state != "draft" and check.conclusion)
        return checks.sorted(lambda check: (check.date, check.id))[-1:].conclusion

    def _get_cannot_reopen_reason(self):
        reasons = super()._get_cannot_reopen_reason()
        # A fee that the reader may not see stands in the way all the same.
        live = self.env["legal.aid.expense"].sudo().search([("case_id", "in", self.ids), ("state", "!=", "cancelled")])
        fees = live.grouped("case_id")
        for case in self:
            fee = fees.get(case.sudo())
            if fee and not reasons[case]:
                reasons[case] = self.env._(
                    "Case %(case)s has fee %(fee)s in state “%(state)s”. Cancel the fee first; what was paid has to be reversed on its"
                    " payout.",
                    case=case.name,
                    fee=fee.name,
                    state=fee._get_state_label(fee.state),
                )
        return reasons
