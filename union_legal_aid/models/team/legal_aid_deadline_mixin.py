from odoo import models


class LegalAidDeadlineMixin(models.AbstractModel):
    """A clock belongs to the lawyer of its record, and goes with the record to the next one (C6, V6)."""

    _inherit = "legal.aid.deadline.mixin"

    # CRUD

    def write(self, vals):
        result = super().write(vals)
        if "volunteer_id" in vals and "volunteer_id" in self._fields:
            for record in self:
                # The former lawyer is reminded no longer, and reads no longer what runs.
                record._get_running_deadlines().write({"volunteer_id": record.volunteer_id.id})
        return result

    # Business

    def _prepare_deadline(self, kind, trigger, limit):
        vals = super()._prepare_deadline(kind, trigger, limit)
        if "volunteer_id" in self._fields:
            vals["volunteer_id"] = self.volunteer_id.id
        return vals
