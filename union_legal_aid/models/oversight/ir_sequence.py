import secrets

from odoo import models

# A context travels with the client's call, so a key in it proves nothing; only code of this addon can hold this object.
DRY_RUN = object()


class IrSequence(models.Model):
    _inherit = "ir.sequence"

    # Business

    def _next(self, sequence_date=None):
        """A dry run draws no numbers (X1): what a sequence of the database gave out does not come back with a rollback."""
        if self.env.context.get("legal_aid_dry_run") is DRY_RUN:
            # Unlike any other, also in a dry run at the same moment.
            return f"DRY-RUN-{secrets.token_hex(8)}"
        return super()._next(sequence_date)
