import logging

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Command, Domain

_logger = logging.getLogger(__name__)

BATCH = 100


class LegalAidNotificationChannelMixin(models.AbstractModel):
    """How notices leave the house: after their delay, one mail for all that one person is told (V6, T9, T11).

    An addon that knows another way out adds its name in ``_get_channels`` and what it does in ``_leave_by``.
    """

    _name = "legal.aid.notification.channel.mixin"
    _description = "Ways Out for Notifications"

    # Business

    @api.model
    def _get_channels(self):
        return ["email"]

    def _leave_by(self, channel):
        """Send all of ``self``, which are for one person, on one of the channels.

        :return: whether that person can be reached that way
        """
        return channel == "email" and self._leave_by_email()

    def _leave(self):
        """Let all notices of one person leave that still have an object."""
        left = self - self._drop()
        if not left:
            return
        user = left.user_id
        if user and not user.share and user.notification_type == "inbox":
            # Odoo's own setting: this person reads in Odoo and wants no mail of it.
            left._transition("shown")
            return
        channels = [channel for channel in self._get_channels() if left._leave_by(channel)]
        if channels:
            left._transition("sent", {"sent_at": fields.Datetime.now(), "channels": ", ".join(channels)})
        else:
            left._transition("failed", {"reason": "no_address"})

    def _drop(self):
        """Give up what has lost its object, and say why; returns those."""
        dropped = self.browse()
        for reason, found in self._find_obsolete():
            found._transition("dropped", {"reason": reason})
            dropped |= found
        return dropped

    def _find_obsolete(self):
        """``(reason, notices)``: of records that are gone, for people who left or may not read the record any more."""
        if not self.partner_id.active or (self.user_id and not self.user_id.active):
            yield "archived", self
            return
        about = self.filtered("res_model")
        for model, found in about.grouped("res_model").items():
            records = self.env[model].browse(found.mapped("res_id")).exists()
            gone = found.filtered(lambda row, records=records: row.res_id not in records._ids)
            if gone:
                yield "gone", gone
            closed = (found - gone).filtered("needs_access")._find_closed(model)
            if closed:
                yield "no_access", closed

    def _find_closed(self, model):
        """Those whose record their reader may not read, asked as himself."""
        user = self.user_id
        if not user:
            return self.browse()
        records = self.env[model].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        readable = records.browse(self.mapped("res_id"))._filtered_access("read")
        return self.filtered(lambda row: row.res_id not in readable._ids)

    def _leave_by_email(self):
        partner = self.partner_id
        if not partner.email_normalized:
            return False
        self.mail_id = self.env["mail.mail"].create(self._prepare_mail())
        return True

    def _prepare_mail(self):
        """One mail for all of ``self``, in the reader's language."""
        told = self.with_context(lang=self.partner_id.lang or self.env.lang).sorted("id")
        base = told[:1].get_base_url()
        parts = [
            Markup("<h3>%s</h3>%s") % (row.subject, row._make_body(row.body or "", base + row.page, row.link))
            for row in told
        ]
        return {
            "subject": told._get_bundle_subject(),
            "body_html": Markup('<div lang="%s">%s</div>') % (told.env.lang, Markup("<hr/>").join(parts)),
            "recipient_ids": [Command.link(self.partner_id.id)],
            "auto_delete": True,
        }

    def _get_bundle_subject(self):
        if len(self) == 1:
            return self.subject
        return self.env._("Legal aid: %(count)s notifications", count=len(self))

    # Mail & cron

    @api.model
    def _cron_leave(self):
        """Every few minutes: whoever is due gets all that waits for him, in one mail.

        What a missed run left behind is still due, and what has left is not waiting any more. One person whose mail cannot be
        written does not keep the others waiting; the next run tries it again.
        """
        waiting = Domain("state", "=", "waiting")
        failed = self.env["res.partner"]
        while True:
            due = (
                waiting & Domain("leaves_at", "<=", fields.Datetime.now()) & Domain("partner_id", "not in", failed.ids)
            )
            partners = [partner.id for (partner,) in self._read_group(due, ["partner_id"], limit=BATCH)]
            rows = self.search(waiting & Domain("partner_id", "in", partners)).try_lock_for_update()
            if not rows:
                return
            for partner, found in rows.grouped("partner_id").items():
                try:
                    with self.env.cr.savepoint():
                        found._leave()
                except Exception:
                    _logger.exception("Notifications %s could not leave", found.ids)
                    failed |= partner
            self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()
            if not self.env["ir.cron"]._commit_progress(len(rows), remaining=self.search_count(due)):
                return
