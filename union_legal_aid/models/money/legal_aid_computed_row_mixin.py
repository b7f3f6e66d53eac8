from odoo import api, models
from odoo.exceptions import AccessError

from ..organization.wording import join_names


class LegalAidComputedRowMixin(models.AbstractModel):
    """A row that only the steps of its document write: whatever a person sends to it is refused, by every door."""

    _name = "legal.aid.computed.row.mixin"
    _description = "Row Written by Its Document"
    _inherit = ["legal.aid.step.mixin"]

    _row_document = None

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        self._check_row_door()
        return super().create(vals_list)

    def write(self, vals):
        self._check_row_door()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_document(self):
        self._check_row_door()

    def copy_data(self, default=None):
        self._check_row_door()
        return super().copy_data(default)

    # Business

    def _check_row_door(self):
        if not self._in_workflow():
            raise AccessError(
                self.env._(
                    "%(model)s: these rows are written by the buttons of their document only. Open %(document)s and compute it"
                    " again.",
                    model=self.env["ir.model"]._get(self._name).name,
                    document=join_names(self.env, self.sudo().mapped(f"{self._row_document}.display_name"))
                    or self._fields[self._row_document]._description_string(self.env),
                )
            )

    def _row_env(self):
        """These rows, allowed to be written by a step that was checked already. Nobody has a right to write them himself."""
        return self.sudo()._workflow_env()
