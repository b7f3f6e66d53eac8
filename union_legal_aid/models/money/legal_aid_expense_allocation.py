from odoo import api, fields, models


class LegalAidExpenseAllocation(models.Model):
    """One payer's share of a case fee, with the sentence that tells why (M3). Written by computing the fee only.

    For a payer that is not in charge of the case the share is all there is: a frozen summary that names no worker and no
    employer. It reads neither the fee nor its items and receipts, nor the case.

    Another union than the one that approves the fee agrees, also by approving its own payout, or disputes the share; nothing of
    the fee is paid until the payer takes the dispute back or the common superior settles it.
    """

    _name = "legal.aid.expense.allocation"
    _description = "Share of a Case Fee"
    _inherit = ["legal.aid.computed.row.mixin", "legal.aid.share.dispute.mixin"]
    _order = "expense_id, id"
    _rec_names_search = ["name", "case_number"]

    _row_document = "expense_id"

    expense_id = fields.Many2one(
        comodel_name="legal.aid.expense", string="Case Fee", required=True, ondelete="cascade", index=True
    )
    organization_id = fields.Many2one(
        comodel_name="union.organization", string="Payer", required=True, ondelete="restrict", index=True
    )
    name = fields.Char(string="Fee", help="The number of the fee.")
    # Whether it may be disputed or paid; nothing else of the fee is read through this link.
    fee_state = fields.Selection(related="expense_id.state", string="State of the Fee", store=True, index=True)
    case_number = fields.Char(index="trigram")
    matter_id = fields.Many2one(comodel_name="legal.aid.matter", ondelete="restrict")
    service_form = fields.Selection(selection="_get_service_forms")
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer", string="Lawyer", ondelete="restrict", index="btree_not_null"
    )
    lawyer_name = fields.Char(string="Lawyer's Name")
    archived_date = fields.Date(string="Case Archived On")
    submitted_date = fields.Date(string="Fee Handed In On")
    approved_date = fields.Date(string="Fee Approved On")
    union_in_charge_id = fields.Many2one(
        comodel_name="union.organization", string="Union in Charge", ondelete="restrict"
    )
    headcount = fields.Integer(string="Workers")
    currency_id = fields.Many2one(comodel_name="res.currency", ondelete="restrict")
    amount = fields.Monetary()
    explanation = fields.Text()
    jurisdiction_shares = fields.Json(help="[union, workers, yuan] of each jurisdiction that this payer pays for.")
    payout_line_ids = fields.One2many(
        comodel_name="legal.aid.payout.line", inverse_name="allocation_id", string="Payout Lines"
    )
    payout_line_id = fields.Many2one(
        comodel_name="legal.aid.payout.line",
        compute="_compute_payout_line_id",
        store=True,
        index="btree_not_null",
        help="The line on which this share is paid; empty while it stands on none.",
    )
    state = fields.Selection(
        selection=[("proposed", "Proposed"), ("disputed", "Disputed"), ("paid", "Paid")],
        compute="_compute_state",
        store=True,
        index=True,
    )
    pay_by_date = fields.Date(
        string="Pay By", compute="_compute_pay_by_date", help="The last day of the clock of payment."
    )
    can_open_expense = fields.Boolean(compute="_compute_can_open")
    can_open_payout = fields.Boolean(compute="_compute_can_open")

    _payer_unique = models.Constraint("UNIQUE(expense_id, organization_id)", "A payer has one share of a fee.")
    _amount_not_negative = models.Constraint("CHECK(amount >= 0)", "A share cannot be negative.")

    # Compute

    @api.model
    def _get_service_forms(self):
        return self.env["legal.aid.case"]._fields["service_form"]._description_selection(self.env)

    @api.depends("payout_line_ids.is_live")
    def _compute_payout_line_id(self):
        for share in self:
            share.payout_line_id = share.payout_line_ids.filtered("is_live")[:1]

    @api.depends("payout_line_ids.is_live", "payout_line_ids.state", "disputed_date", "settled_date")
    def _compute_state(self):
        for share in self:
            if any(line.is_live and line.state == "paid" for line in share.payout_line_ids):
                share.state = "paid"
            else:
                share.state = "disputed" if share.disputed_date and not share.settled_date else "proposed"

    @api.depends("expense_id", "payout_line_id")
    @api.depends_context("uid")
    def _compute_can_open(self):
        expenses = self.env["legal.aid.expense"].search([("id", "in", self.expense_id.ids)])
        lines = self.env["legal.aid.payout.line"].search([("id", "in", self.payout_line_id.ids)])
        for share in self:
            share.can_open_expense = share.expense_id in expenses
            share.can_open_payout = bool(share.payout_line_id) and share.payout_line_id in lines

    @api.depends("name", "organization_id.name")
    def _compute_display_name(self):
        for share in self:
            share.display_name = f"{share.name or ''} {share.organization_id.name}".strip()

    @api.depends("expense_id")
    def _compute_pay_by_date(self):
        for share in self:
            share.pay_by_date = share.sudo().expense_id.pay_by_date  # who pays has to know until when

    # Actions

    def action_open_expense(self):
        """Open the whole fee, for the union in charge and the union that decides on it."""
        self.ensure_one()
        self.expense_id.check_access("read")
        return self.expense_id._get_form_action()

    def action_open_payout(self):
        self.ensure_one()
        payout = self.payout_line_id.payout_id
        payout.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": payout.display_name,
            "res_model": payout._name,
            "res_id": payout.id,
            "views": [(False, "form")],
        }

    # Business

    def _get_no_payment_reason(self):
        """Why the union pays nothing for the case of this share, or False (I9, I10); nor while another payer disputes (M3)."""
        self.ensure_one()
        if any(share.state == "disputed" for share in self.sudo().expense_id.allocation_ids):
            return self.env._(
                "Case %(case)s: a payer disputes its share. Nothing of this fee is paid until that is settled.",
                case=self.case_number,
            )
        # The reason names the case by its number only, and the payer has to know it.
        case_sudo = self.sudo().expense_id.case_id
        return case_sudo._get_no_payment_reason()[case_sudo]

    def _freeze_date(self, name):
        """Note the day on which the fee was handed in or approved; the summary stands from then on."""
        self._row_env().write({name: fields.Date.context_today(self)})
