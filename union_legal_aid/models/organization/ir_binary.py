from odoo import models


class IrBinary(models.AbstractModel):
    _inherit = "ir.binary"

    def _get_stream_from(
        self,
        record,
        field_name="raw",
        filename=None,
        filename_field="name",
        mimetype=None,
        default_mimetype="application/octet-stream",
    ):
        """Note who downloads or looks at a paper of a record with an access log (X2), whichever address leads to it."""
        stream = super()._get_stream_from(record, field_name, filename, filename_field, mimetype, default_mimetype)
        if record._name == "ir.attachment":
            record._log_download()
        elif isinstance(record, self.env.registry["legal.aid.logged.mixin"]):
            record._note_access("download", [field_name])
        return stream
