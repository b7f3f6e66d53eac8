from odoo import api, fields, models

from ...tools import ids
from ..organization.personal_fields import MaskedChar


class LegalAidConsultationPrivate(models.Model):
    """Who called, apart from the consultation: for the union in charge and those above it, for whoever took the call, and for the
    lawyer who took it (F§11).

    Read and written through the fields of the same name on ``legal.aid.consultation``.
    """

    _name = "legal.aid.consultation.private"
    _description = "Caller"
    _inherit = ["legal.aid.private.twin.mixin"]
    _rec_name = "consultation_id"

    consultation_id = fields.Many2one(
        comodel_name="legal.aid.consultation", required=True, ondelete="cascade", index=True
    )
    organization_id = fields.Many2one(related="consultation_id.organization_id", store=True, index=True)
    caller_name = MaskedChar(mask="name")
    caller_key = fields.Char(compute="_compute_caller_key", store=True, index="btree_not_null")
    caller_phone = MaskedChar(mask="phone")
    agent_name = MaskedChar(mask="name")
    agent_key = fields.Char(compute="_compute_agent_key", store=True, index="btree_not_null")

    _consultation_unique = models.Constraint(
        "UNIQUE(consultation_id)", "The caller of this consultation is on record already."
    )

    # Compute

    @api.depends("caller_name")
    def _compute_caller_key(self):
        for private in self:
            private.caller_key = ids.normalise_name(private.caller_name) or False

    @api.depends("agent_name")
    def _compute_agent_key(self):
        for private in self:
            private.agent_key = ids.normalise_name(private.agent_name) or False
