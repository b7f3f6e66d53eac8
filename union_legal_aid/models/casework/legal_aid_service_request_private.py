import base64

from odoo import api, fields, models

from ...tools import ids
from ..organization.personal_fields import MaskedChar, MaskedText
from .legal_aid_case_intake_mixin import APPLICANT_KINDS


class LegalAidServiceRequestPrivate(models.Model):
    """What a request of an enterprise union tells, and of whom, apart from the request (F§11; DESIGN.md section 3, rule 7).

    For the officers of the union to which it goes and those above; for the requesting union unless it is the house of the
    employer; what it wrote against its own house it reads no more once it is handed in.
    Read and written through the fields of the same name on ``legal.aid.service.request``.
    """

    _name = "legal.aid.service.request.private"
    _description = "Content of a Request"
    _inherit = ["legal.aid.private.twin.mixin"]
    _rec_name = "request_id"

    request_id = fields.Many2one(
        comodel_name="legal.aid.service.request", required=True, ondelete="cascade", index=True
    )
    organization_id = fields.Many2one(related="request_id.organization_id", store=True, index=True)
    applicant_name = MaskedChar(mask="name")
    # For the conflict check only, which finds a worker in any role (I11).
    applicant_key = fields.Char(
        compute="_compute_applicant_key", store=True, index="btree_not_null", groups=fields.NO_ACCESS
    )
    applicant_id_number = MaskedChar(string="Identity Number", mask="resident_id")
    applicant_id_hash = fields.Char(
        compute="_compute_applicant_id_hash", store=True, index="btree_not_null", groups=fields.NO_ACCESS
    )
    applicant_phone = MaskedChar(mask="phone")
    applicant_kind = fields.Selection(selection=APPLICANT_KINDS, string="Recipient")
    is_union_member = fields.Boolean(string="Union Member")
    matter_id = fields.Many2one(comodel_name="legal.aid.matter", ondelete="restrict")
    description = MaskedText(string="Facts and Request")
    answer = MaskedText()
    page = fields.Binary(string="Stamped Page")
    page_name = fields.Char()

    _request_unique = models.Constraint("UNIQUE(request_id)", "The content of this request is on record already.")

    # Compute

    @api.depends("applicant_name")
    def _compute_applicant_key(self):
        for private in self:
            private.applicant_key = ids.normalise_name(private.applicant_name) or False

    @api.depends("applicant_id_number")
    def _compute_applicant_id_hash(self):
        cases = self.env["legal.aid.case"]
        for private in self:
            private.applicant_id_hash = cases._hash_identity(private.applicant_id_number)

    # Business

    def _get_page_content(self):
        """The bytes of the stamped page."""
        self.ensure_one()
        return base64.b64decode(self.with_context(bin_size=False).page or b"")
