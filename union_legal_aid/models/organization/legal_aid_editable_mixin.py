from odoo import api, fields, models


class LegalAidEditableMixin(models.AbstractModel):
    """Tells the page whether this user may edit the record: it is his to write, and in a state in which it is edited.

    ``_editable_states`` names these states; without it the model is edited in every state. The server asks neither this field nor the
    page: rights, rules and the workflow decide.
    """

    _name = "legal.aid.editable.mixin"
    _description = "Record that Its Page Lets Edit"

    _editable_states = ()

    is_editable = fields.Boolean(compute="_compute_is_editable")

    # Compute

    @api.depends(lambda self: ("state",) if self._editable_states else ())
    @api.depends_context("uid")
    def _compute_is_editable(self):
        writable = self._origin._filtered_access("write")
        for record in self:
            is_open = not self._editable_states or record.state in self._editable_states
            record.is_editable = is_open and (not record._origin or record._origin in writable)
