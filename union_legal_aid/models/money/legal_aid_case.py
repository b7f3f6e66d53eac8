from odoo import api, fields, models


class LegalAidCase(models.Model):
    _inherit = "legal.aid.case"

    expense_ids = fields.One2many(comodel_name="legal.aid.expense", inverse_name="case_id", string="Fees", copy=False)
    expense_count = fields.Integer(string="Number of Fees", compute="_compute_expense_count")
    can_create_expense = fields.Boolean(compute="_compute_expense_count")

    # Compute

    @api.depends("expense_ids.state", "state")
    def _compute_expense_count(self):
        may_create = self.env["legal.aid.expense"].has_access("create")
        for case in self:
            # Anybody who sees the case may know that it has a fee; the fee itself stays behind its rules.
            expenses_sudo = case.sudo().expense_ids
            live = expenses_sudo.filtered(lambda expense: expense.state != "cancelled")
            case.expense_count = len(expenses_sudo)
            case.can_create_expense = may_create and case.state == "archived" and not live

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
