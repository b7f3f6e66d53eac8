from odoo import api, fields, models


class LegalAidStatementLine(models.Model):
    """An item of a monthly statement: copies, so that it stands whatever becomes of the fee. Written by computing only (M12)."""

    _name = "legal.aid.statement.line"
    _description = "Item of a Monthly Statement"
    _inherit = ["legal.aid.computed.row.mixin"]
    _order = "statement_id, kind, id"
    _rec_names_search = ["case_number", "fee_number"]
    _rec_name = "fee_number"

    _row_document = "statement_id"

    statement_id = fields.Many2one(comodel_name="legal.aid.statement", required=True, ondelete="cascade", index=True)
    kind = fields.Selection(
        selection=[
            ("owed", "Owed by the county"),
            ("paid", "Paid by the county"),
            ("paid_for", "Paid by the city for it"),
        ],
        required=True,
    )
    fee_number = fields.Char(string="Fee")
    case_number = fields.Char()
    lawyer_name = fields.Char(string="Lawyer")
    headcount = fields.Integer(string="Workers")
    currency_id = fields.Many2one(related="statement_id.currency_id")
    amount = fields.Monetary()
    approved_date = fields.Date(string="Approved On")
    paid_date = fields.Date(string="Paid On")
    payout_number = fields.Char(string="Payout")
    is_disputed = fields.Boolean(string="Disputed")
    note = fields.Char(compute="_compute_note")

    # Compute

    @api.depends("is_disputed")
    @api.depends_context("lang")
    def _compute_note(self):
        for line in self:
            line.note = line.is_disputed and self.env._("Disputed")
