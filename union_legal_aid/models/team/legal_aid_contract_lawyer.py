from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..organization.legal_day import legal_today
from ..organization.personal_fields import AUDITOR, FINANCE, OFFICER
from ..organization.wording import join_names

NAMING_READERS = f"{OFFICER},{AUDITOR},{FINANCE},union_legal_aid.group_justice"


class LegalAidContractLawyer(models.Model):
    """A lawyer whom a law firm names under its service agreement, from one day to another (T5; 意见 §五).

    He gets cases only while he is named and the agreement is in force. He stands on no roster and gets no yearly subsidy.
    """

    _name = "legal.aid.contract.lawyer"
    _description = "Lawyer Named by a Law Firm"
    _inherit = ["legal.aid.city.mixin", "legal.aid.workflow.line.mixin"]
    _order = "contract_id, date_from, id"
    _rec_name = "volunteer_id"

    _workflow_document = "contract_id"
    _workflow_document_states = ("draft", "active")

    contract_id = fields.Many2one(comodel_name="legal.aid.contract", required=True, ondelete="cascade", index=True)
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Lawyer",
        required=True,
        ondelete="restrict",
        index=True,
        domain="[('kind', '=', 'firm_lawyer'), ('law_firm_id', '=', parent.law_firm_id)]",
    )
    date_from = fields.Date(
        string="From", compute="_compute_dates", store=True, precompute=True, readonly=False, required=True
    )
    date_to = fields.Date(
        string="Until", compute="_compute_dates", store=True, precompute=True, readonly=False, required=True
    )
    document = fields.Binary(
        string="Letter of the Firm", attachment=True, copy=False, help="The stamped letter by which the firm names him."
    )
    document_name = fields.Char(copy=False)

    _dates_ordered = models.Constraint(
        "CHECK(date_to >= date_from)", "A lawyer cannot be named until a day before the first one. Correct the dates."
    )

    # Compute

    @api.depends("contract_id")
    def _compute_dates(self):
        for naming in self:
            naming.date_from = naming.date_from or naming.contract_id.date_start
            naming.date_to = naming.date_to or naming.contract_id.date_end

    # Constraints

    @api.constrains("contract_id", "volunteer_id", "date_from", "date_to")
    def _check_naming(self):
        for naming in self:
            problem = naming._get_problem() or naming._get_overlap()
            if problem:
                raise ValidationError(problem)

    # CRUD

    def write(self, vals):
        if vals.keys() & {"contract_id", "volunteer_id", "date_from"}:
            self._check_not_begun()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        self._check_not_begun()

    # Business

    def _check_not_begun(self):
        today = legal_today(self)
        begun = self.filtered(lambda naming: naming.contract_id.state != "draft" and naming.date_from <= today)
        if begun:
            raise UserError(
                self.env._(
                    "%(names)s served under this agreement already. Enter the last day instead.",
                    names=join_names(self.env, begun.volunteer_id.mapped("name")),
                )
            )

    def _get_problem(self):
        self.ensure_one()
        contract, lawyer = self.contract_id, self.volunteer_id
        if contract.kind != "firm":
            return self.env._(
                "%(contract)s is no service agreement with a law firm: it names nobody.", contract=contract.display_name
            )
        if lawyer.kind != "firm_lawyer" or lawyer.law_firm_id != contract.law_firm_id:
            return self.env._(
                "%(name)s is no lawyer of the contracted firm %(firm)s. Enter kind and firm on the lawyer's file first.",
                name=lawyer.name,
                firm=contract.law_firm_id.name,
            )
        if self.date_from < contract.date_start or self.date_to > contract.date_end:
            return self.env._(
                "%(name)s can be named from %(start)s to %(end)s only, while %(contract)s runs.",
                name=lawyer.name,
                start=fields.Date.to_string(contract.date_start),
                end=fields.Date.to_string(contract.date_end),
                contract=contract.display_name,
            )
        return False

    def _get_overlap(self):
        self.ensure_one()
        namings = self.contract_id._find_namings(self.volunteer_id, self.date_from, self.date_to) - self
        return namings and self.env._(
            "%(name)s is named already from %(start)s to %(end)s, under %(contract)s. Choose other days.",
            name=self.volunteer_id.name,
            start=fields.Date.to_string(namings[0].date_from),
            end=fields.Date.to_string(namings[0].date_to),
            contract=namings[0].contract_id.display_name,
        )
