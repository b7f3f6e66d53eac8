from odoo import api, models

# What each reader marks for himself.
MARKS = {"starred_partner_ids"}


class MailMessage(models.Model):
    """What people write under an archived file, they write into a closed file (X3); the system goes on with its history."""

    _inherit = "mail.message"

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        messages._check_file_unlocked()
        return messages

    def write(self, vals):
        if vals.keys() - MARKS:
            self._check_file_unlocked()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_file_locked(self):
        self._check_file_unlocked()

    # Business

    def _check_file_unlocked(self):
        if self.env.su:
            return
        # A notice to somebody is no part of the file.
        filed = self.sudo().filtered(lambda message: message.res_id and message.message_type != "user_notification")
        for model, messages in filed.grouped("model").items():
            self.env["legal.aid.case"]._check_files_unlocked(model, messages.mapped("res_id"))
