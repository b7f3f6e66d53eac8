from odoo import api, models


class LegalAidFeePartMixin(models.AbstractModel):
    """A line of a fee schedule: frozen with it, once a fee rests on it (M2)."""

    _name = "legal.aid.fee.part.mixin"
    _description = "Part of a Fee Schedule"

    # Compute

    @api.model
    def _get_service_forms(self):
        forms = self.env["legal.aid.case"]._fields["service_form"]._description_selection(self.env)
        # Standards name these too; they are no forms of a case.
        other = self.env._("Other matters out of court")
        duty = self.env._("Duty at a window")
        return [*forms, ("other", other), ("duty", duty)]

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts.schedule_id._check_not_used()
        return parts

    def write(self, vals):
        self.schedule_id._check_not_used()
        result = super().write(vals)
        if "schedule_id" in vals:
            self.schedule_id._check_not_used()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self.schedule_id._check_not_used()
