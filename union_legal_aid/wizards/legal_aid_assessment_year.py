from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.conduct.legal_aid_assessment import CONTRACT_STATES
from ..models.organization.legal_day import legal_today


class LegalAidAssessmentYear(models.TransientModel):
    """Opens the assessments of a whole team for one service year, computed at once (T10); those that exist stay as they are."""

    _name = "legal.aid.assessment.year"
    _description = "Assess a Year"

    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        required=True,
        default=lambda self: self.env["legal.aid.volunteer"]._default_organization_id(),
        domain=[("tier", "in", ("province", "city"))],
        ondelete="cascade",
    )
    service_year = fields.Integer(
        required=True,
        default=lambda self: legal_today(self).year,
        help="The year in which the contracts began.",
    )
    contract_count = fields.Integer(string="Contracts to Assess", compute="_compute_contract_count")
    assessed_count = fields.Integer(string="Assessed Already", compute="_compute_contract_count")

    # Compute

    @api.depends("organization_id", "service_year")
    def _compute_contract_count(self):
        for dialog in self:
            contracts = dialog._get_contracts()
            known = self.env["legal.aid.assessment"].search_count(
                [("contract_id", "in", contracts.ids), ("state", "!=", "void")]
            )
            dialog.assessed_count = known
            dialog.contract_count = len(contracts) - known

    # Actions

    def action_confirm(self):
        """Open what is missing, then show the list of the year.

        :raises UserError: when no contract of that year came into force
        """
        self.ensure_one()
        contracts = self._get_contracts()
        if not contracts:
            raise UserError(
                self.env._(
                    "%(union)s has no contract in force of service year %(year)s. Check the year.",
                    union=self.organization_id.name,
                    year=self.service_year,
                )
            )
        self.env["legal.aid.assessment"]._create_for_contracts(contracts)
        action = self.env["ir.actions.act_window"]._for_xml_id("union_legal_aid.legal_aid_assessment_action")
        action["domain"] = [("organization_id", "=", self.organization_id.id), ("year", "=", self.service_year)]
        action["context"] = {}
        action["target"] = "main"
        return action

    # Business

    def _get_contracts(self):
        """Contracts of lawyers that came into force in the year; one a lawyer ended himself early is assessed, too."""
        return self.env["legal.aid.contract"].search(
            [
                ("organization_id", "=", self.organization_id.id),
                ("service_year", "=", self.service_year),
                ("kind", "=", "individual"),
                ("state", "in", CONTRACT_STATES),
            ]
        )
