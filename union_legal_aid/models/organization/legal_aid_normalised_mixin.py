from odoo import api, models


class LegalAidNormalisedMixin(models.AbstractModel):
    """A record whose numbers are stored in one spelling, however they were typed: ``_normalise`` brings them to it."""

    _name = "legal.aid.normalised.mixin"
    _description = "Numbers in One Spelling"

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._normalise(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._normalise(vals))

    # Business

    @api.model
    def _normalise(self, vals):
        return vals
