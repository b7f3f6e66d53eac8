from odoo import fields, models

from ..models.casework.legal_aid_case_work_mixin import OUTCOMES


class LegalAidCaseClose(models.TransientModel):
    """Asks for the outcome of a case (C8)."""

    _name = "legal.aid.case.close"
    _description = "Close a Case"
    _inherit = ["legal.aid.link.mixin"]

    _checked_links = ("case_id",)

    case_id = fields.Many2one(comodel_name="legal.aid.case", required=True, readonly=True, ondelete="cascade")
    outcome = fields.Selection(selection=OUTCOMES, required=True)
    currency_id = fields.Many2one(related="case_id.currency_id")
    amount_recovered = fields.Monetary()
    closed_date = fields.Date(
        required=True,
        default=fields.Date.context_today,
        help="The day the judgment, award or settlement was received; the file is due from this day.",
    )
    note = fields.Text(string="Summary of the Work")

    # Actions

    def action_confirm(self):
        self.ensure_one()
        self.case_id.action_close(
            outcome=self.outcome,
            amount_recovered=self.amount_recovered,
            closed_date=self.closed_date,
            note=self.note or "",
        )
        return {"type": "ir.actions.act_window_close"}
