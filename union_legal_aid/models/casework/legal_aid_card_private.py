from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import ids
from ..organization.personal_fields import MaskedChar


class LegalAidCardPrivate(models.Model):
    """Who holds an aid card, apart from the card: for the union that issued it and those above (F§11).

    Read and written through the fields of the same name on ``legal.aid.card``.
    """

    _name = "legal.aid.card.private"
    _description = "Holder of an Aid Card"
    _inherit = ["legal.aid.private.twin.mixin"]
    _rec_name = "card_id"

    card_id = fields.Many2one(comodel_name="legal.aid.card", required=True, ondelete="cascade", index=True)
    organization_id = fields.Many2one(related="card_id.organization_id", store=True, index=True)
    holder_name = MaskedChar(mask="name", index="trigram")
    holder_id_number = MaskedChar(string="Identity Number", mask="resident_id")
    holder_phone = MaskedChar(string="Phone", mask="phone")

    _card_unique = models.Constraint("UNIQUE(card_id)", "The holder of this card is on record already.")

    # Constraints

    @api.constrains("holder_id_number")
    def _check_holder_id_number(self):
        for private in self.filtered("holder_id_number"):
            valid, message = ids.check_resident_id(private.holder_id_number)
            if not valid:
                # The message names the card, never the number.
                raise ValidationError(
                    self.env._(
                        "Aid card %(card)s: %(problem)s",
                        card=private.card_id.display_name,
                        problem=self.env._(message),
                    )
                )
