from odoo import models


class LegalAidPointerMixin(models.AbstractModel):
    """A row about a record of any model, which it names by ``res_model`` and ``res_id``."""

    _name = "legal.aid.pointer.mixin"
    _description = "Row about Another Record"

    # Actions

    def action_open_record(self):
        """Open the record that this row is about, under the user's own rights."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
