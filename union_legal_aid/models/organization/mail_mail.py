from odoo import models


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _postprocess_sent_message(self, success_pids, success_emails, failure_reason=False, failure_type=None):
        if failure_type:
            # Before Odoo deletes mails that can never be sent.
            found_sudo = self.env["legal.aid.notification"].sudo().search([("mail_id", "in", self.ids)])
            found_sudo._note_failed_mail()
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason=failure_reason, failure_type=failure_type
        )
