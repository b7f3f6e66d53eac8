from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import ids
from ..organization.personal_fields import MaskedChar, MaskedText


class LegalAidComplaintPrivate(models.Model):
    """Who complained and what the investigation found, apart from the complaint: for the city's legal department and for
    whoever took the complaint down.

    Read and written through the fields of the same name on ``legal.aid.complaint``.
    """

    _name = "legal.aid.complaint.private"
    _description = "Complainant"
    _inherit = ["legal.aid.private.twin.mixin"]
    _rec_name = "complaint_id"

    complaint_id = fields.Many2one(comodel_name="legal.aid.complaint", required=True, ondelete="cascade", index=True)
    organization_id = fields.Many2one(related="complaint_id.organization_id", store=True, index=True)
    city_id = fields.Many2one(related="complaint_id.city_id", store=True, index=True)
    complainant_name = MaskedChar(mask="name")
    complainant_phone = MaskedChar(mask="phone")
    representative_name = MaskedChar(mask="name")
    findings = MaskedText()
    letter_text = MaskedText()

    _complaint_unique = models.Constraint(
        "UNIQUE(complaint_id)", "The complainant of this complaint is on record already."
    )

    # Constraints

    @api.constrains("complaint_id", "complainant_name", "complainant_phone", "representative_name")
    def _check_anonymous(self):
        for private in self.filtered(lambda private: private.complaint_id.complainant_kind == "anonymous"):
            if private.complainant_name or private.complainant_phone or private.representative_name:
                raise ValidationError(
                    self.env._(
                        "%(complaint)s is anonymous: leave name and phone empty, or choose who complains.",
                        complaint=private.complaint_id.display_name,
                    )
                )

    @api.constrains("complainant_phone")
    def _check_phone(self):
        for private in self.filtered("complainant_phone"):
            ok, message = ids.check_phone(private.complainant_phone)
            if not ok:
                raise ValidationError(self.env._(message))
