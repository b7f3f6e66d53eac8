from odoo import models
from odoo.exceptions import AccessError


class LegalAidCityMixin(models.AbstractModel):
    """A record that only the city makes and changes (O3).

    Record rules see to each record. This sees to the model as a whole, so that the counties, whose officers have the same role,
    are not offered buttons that could only end in a refusal.
    """

    _name = "legal.aid.city.mixin"
    _description = "Record of the City"

    def _check_access(self, operation):
        refused = super()._check_access(operation)
        if refused or operation == "read" or any(self._ids) or self.env.su or self.env.user._keeps_team():
            return refused
        return self, self._make_city_error

    def _make_city_error(self):
        return AccessError(
            self.env._(
                "%(model)s: only the city union makes and changes these records. Ask its legal department.",
                model=self.env["ir.model"]._get(self._name).name,
            )
        )
