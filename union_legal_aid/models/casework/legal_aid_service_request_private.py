import base64

from odoo import fields, models

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
    applicant_id_number = MaskedChar(string="Identity Number", mask="resident_id")
    applicant_phone = MaskedChar(mask="phone")
    applicant_kind = fields.Selection(selection=APPLICANT_KINDS, string="Recipient")
    is_union_member = fields.Boolean(string="Union Member")
    matter_id = fields.Many2one(comodel_name="legal.aid.matter", ondelete="restrict")
    description = MaskedText(string="Facts and Request")
    answer = MaskedText()
    page = fields.Binary(string="Stamped Page")
    page_name = fields.Char()

    _request_unique = models.Constraint("UNIQUE(request_id)", "The content of this request is on record already.")

    # Business

    def _get_page_content(self):
        """The bytes of the stamped page."""
        self.ensure_one()
        return base64.b64decode(self.with_context(bin_size=False).page or b"")
