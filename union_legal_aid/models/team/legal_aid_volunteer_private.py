from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import ids
from ..organization.personal_fields import MaskedChar


class LegalAidVolunteerPrivate(models.Model):
    """Personal data of a team member, apart from the member himself, because counties and the justice bureau may read
    the member but not these (F§11). Read and written through the fields of the same name on ``legal.aid.volunteer``.
    """

    _name = "legal.aid.volunteer.private"
    _description = "Private Data of a Team Member"
    _inherit = ["legal.aid.normalised.mixin", "legal.aid.private.twin.mixin"]
    _rec_name = "volunteer_id"

    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Lawyer",
        required=True,
        ondelete="cascade",
        index=True,
    )
    organization_id = fields.Many2one(related="volunteer_id.organization_id", store=True, index=True)
    resident_id_number = MaskedChar(mask="resident_id")
    mobile = MaskedChar(mask="phone")
    bank_account_number = MaskedChar(mask="bank_account")
    bank_account_holder = MaskedChar(mask="name")
    bank_name = MaskedChar()
    bank_code = MaskedChar()

    _volunteer_unique = models.Constraint("UNIQUE(volunteer_id)", "The private data of this team member exist already.")

    # Constraints

    @api.constrains("resident_id_number", "mobile", "bank_account_number")
    def _check_numbers(self):
        checks = {
            "resident_id_number": ids.check_resident_id,
            "mobile": ids.check_mobile,
            "bank_account_number": ids.check_bank_account,
        }
        for private in self:
            for name, check in checks.items():
                ok, message = check(private[name]) if private[name] else (True, "")
                if not ok:
                    # The message names the member, never the number.
                    member = private.volunteer_id.sudo().name
                    raise ValidationError(self.env._("%(name)s: %(problem)s", name=member, problem=self.env._(message)))

    @api.constrains("bank_code")
    def _check_bank_code(self):
        for private in self.filtered("bank_code"):
            if not (private.bank_code.isascii() and private.bank_code.isdigit() and len(private.bank_code) == 12):
                raise ValidationError(
                    self.env._(
                        "%(member)s: the interbank number has 12 digits. Compare it with the bank's notice.",
                        member=private.volunteer_id.sudo().display_name,
                    )
                )

    # Business

    @api.model
    def _normalise(self, vals):
        """Numbers as they stand on card and passbook, however they were typed."""
        normalisers = {
            "resident_id_number": ids.normalise_resident_id,
            "mobile": ids.normalise_phone,
            "bank_account_number": ids.normalise_bank_account,
            "bank_code": ids.normalise_id,
        }
        return {
            name: normalisers[name](value) or False if value and name in normalisers else value
            for name, value in super()._normalise(vals).items()
        }
