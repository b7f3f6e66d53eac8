from odoo import api, fields, models

from ..models.casework.legal_aid_case_closing_mixin import BASES, OUTCOMES
from ..models.organization.legal_day import legal_today
from ..tools import closing


class LegalAidCaseClose(models.TransientModel):
    """Asks for the outcome of a case and the document it closes by; the closing date follows from it (C8)."""

    _name = "legal.aid.case.close"
    _description = "Close a Case"
    _inherit = ["legal.aid.link.mixin"]

    _checked_links = ("case_id",)

    case_id = fields.Many2one(comodel_name="legal.aid.case", required=True, readonly=True, ondelete="cascade")
    service_form = fields.Selection(related="case_id.service_form")
    fitting_outcomes = fields.Json(compute="_compute_fitting")
    fitting_bases = fields.Json(compute="_compute_fitting")
    outcome = fields.Selection(selection=OUTCOMES, required=True)
    currency_id = fields.Many2one(related="case_id.currency_id")
    amount_recovered = fields.Monetary()
    closing_basis = fields.Selection(
        selection=BASES,
        string="Closed By",
        compute="_compute_closing_basis",
        store=True,
        readonly=False,
        precompute=True,
    )
    rule = fields.Char(compute="_compute_rule")
    basis_date = fields.Date(string="Its Day", required=True, default=legal_today)
    closed_date = fields.Date(
        string="Closing Date",
        compute="_compute_closed_date",
        store=True,
        readonly=False,
        precompute=True,
        help="Follows from the rule; the file is due from this day.",
    )
    date_reason = fields.Char(string="Why Another Day")
    note = fields.Text(string="Summary of the Work")
    check_list = fields.Text(related="case_id.closing_check", related_sudo=False)

    # Compute

    @api.depends("case_id")
    def _compute_fitting(self):
        for dialog in self:
            form = dialog.case_id.service_form
            dialog.fitting_outcomes = list(closing.outcomes_of(form))
            dialog.fitting_bases = list(closing.bases_of(form))

    @api.depends("case_id", "outcome")
    def _compute_closing_basis(self):
        for dialog in self:
            dialog.closing_basis = closing.proposed_basis(dialog.case_id.service_form, dialog.outcome)

    @api.depends("closing_basis")
    @api.depends_context("lang")
    def _compute_rule(self):
        for dialog in self:
            dialog.rule = dialog.case_id._get_closing_rule(dialog.closing_basis)

    @api.depends("basis_date")
    def _compute_closed_date(self):
        for dialog in self:
            dialog.closed_date = dialog.basis_date

    # Actions

    def action_confirm(self):
        self.ensure_one()
        self.case_id.action_close(
            outcome=self.outcome,
            amount_recovered=self.amount_recovered,
            closed_date=self.closed_date,
            note=self.note or "",
            closing_basis=self.closing_basis,
            basis_date=self.basis_date,
            date_reason=self.date_reason or "",
        )
        return {"type": "ir.actions.act_window_close"}
