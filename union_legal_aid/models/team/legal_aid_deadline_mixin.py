from odoo import models


class LegalAidDeadlineMixin(models.AbstractModel):
    _inherit = "legal.aid.deadline.mixin"

    def _prepare_deadline(self, kind, date_trigger, date_due, days, unit):
        vals = super()._prepare_deadline(kind, date_trigger, date_due, days, unit)
        if "volunteer_id" in self._fields:
            vals["volunteer_id"] = self.volunteer_id.id
        return vals
