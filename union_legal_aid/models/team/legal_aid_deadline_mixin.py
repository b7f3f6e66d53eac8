from odoo import models


class LegalAidDeadlineMixin(models.AbstractModel):
    _inherit = "legal.aid.deadline.mixin"

    def _prepare_deadline(self, kind, trigger, limit):
        vals = super()._prepare_deadline(kind, trigger, limit)
        if "volunteer_id" in self._fields:
            vals["volunteer_id"] = self.volunteer_id.id
        return vals
