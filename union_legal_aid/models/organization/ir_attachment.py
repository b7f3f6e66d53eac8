from odoo import models

CONTENT = {"raw", "datas", "db_datas", "index_content"}


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _read_format(self, fnames, load="_classic_read"):
        values = super()._read_format(fnames, load)
        # Only the size is asked for where the context says so; that is a list of files.
        if CONTENT & set(fnames) and not self.env.su and not self.env.context.get("bin_size"):
            self._log_download()
        return values

    def _log_download(self):
        """Note who got the content of papers that belong to a record with an access log (X2)."""
        for attachment_sudo in self.sudo():  # whose paper it is decides whether the download goes on record
            model = self.env.get(attachment_sudo.res_model)
            if attachment_sudo.res_id and isinstance(model, self.env.registry["legal.aid.logged.mixin"]):
                record = model.browse(attachment_sudo.res_id)
                record._note_access("download", [f"{attachment_sudo._name}:{attachment_sudo.id}"])
