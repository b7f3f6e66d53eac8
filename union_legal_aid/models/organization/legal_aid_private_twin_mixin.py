import logging

from odoo import api, models
from odoo.exceptions import AccessError

from ...tools.quiet_log import QuietFilter

# See WORKFLOW_TOKEN: a key in the context proves nothing, this object does.
PRIVATE_TOKEN = object()

# Odoo writes a query that failed to the log as it stands, with the values in it.
logging.getLogger("odoo.sql_db").addFilter(QuietFilter(r'"?legal_aid_(\w+_private|case_party|access_log)\b'))


class LegalAidPrivateTwinMixin(models.AbstractModel):
    """The private data of one record, beside it (``legal.aid.private.mixin``).

    They are entered on the record, whose own gates (state, rights, checks) would else be walked around here.
    """

    _name = "legal.aid.private.twin.mixin"
    _description = "Private Data"
    _inherit = ["legal.aid.logged.mixin", "legal.aid.ungrouped.mixin"]

    # Compute

    @api.depends_context("lang")
    def _compute_display_name(self):
        """The name of its record, which may be of the reader's language."""
        return super()._compute_display_name()

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        self._check_private_door()
        return super().create(vals_list)

    def write(self, vals):
        self._check_private_door()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_record(self):
        self._check_private_door()

    # Business

    def _note_access(self, kind, field_names=(), reason=None):
        """Whoever reads the twin by itself opened the file of its record."""
        return self[self._rec_name]._note_access(kind, field_names, reason)

    def _private_env(self):
        """This recordset, open for the record it belongs to."""
        return self.with_context(legal_aid_private=PRIVATE_TOKEN)

    @api.model
    def _check_private_door(self):
        if self.env.context.get("legal_aid_private") is not PRIVATE_TOKEN:
            raise AccessError(
                self.env._(
                    "Private data are entered on the record they belong to. Open that record and change it there."
                )
            )
