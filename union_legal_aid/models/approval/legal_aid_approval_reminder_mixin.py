import logging
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..organization.wording import join_names

_logger = logging.getLogger(__name__)

BATCH = 100


class LegalAidApprovalReminderMixin(models.AbstractModel):
    """What time does to waiting requests: stand-ins begin and end, and people are reminded (M5, O4)."""

    _name = "legal.aid.approval.reminder.mixin"
    _description = "Waiting Request"

    waiting_since = fields.Datetime(
        readonly=True, default=fields.Datetime.now, help="When the turn of the current step began."
    )
    reminded_on = fields.Date(readonly=True, help="Last day on which those who may decide were reminded of this step.")
    followed_up_on = fields.Date(readonly=True, help="Last day on which the daily job looked after this request.")

    # Mail & cron

    @api.model
    def _cron_follow_up(self):
        """Once a day: requests whose document changed or is gone become void, to-dos follow the day, people are reminded.

        A run that was missed is made up for by the next one, and a second run on the same day finds nothing to do.
        """
        today = fields.Date.context_today(self)
        left = Domain("followed_up_on", "=", False) | Domain("followed_up_on", "<", today)
        domain = Domain("state", "=", "pending") & left
        while requests := self.search(domain, limit=BATCH).try_lock_for_update():
            requests._workflow_write({"followed_up_on": today})
            requests._follow_up()
            if not self.env["ir.cron"]._commit_progress(len(requests), remaining=self.search_count(domain)):
                return

    def _follow_up(self):
        for request in self:
            try:
                with self.env.cr.savepoint():
                    request._void_without_object()
            except Exception:
                # One document that cannot be read must not keep the others waiting; the job tries again tomorrow.
                _logger.exception("Approval request %s of %s,%s", request.id, request.res_model, request.res_id)
        waiting = self.filtered(lambda request: request.state == "pending")
        waiting._sync_activities()
        waiting._remind()

    def _void_without_object(self):
        self.ensure_one()
        record = self._get_record().exists()
        if record:
            record._void_changed_requests()
        else:
            self._void(self.env._("The document was deleted."))

    def _remind(self):
        """Remind those who may decide, once for as many days as the policy says, in one message each."""
        due = self.filtered(lambda request: request._is_reminder_due())
        deciders = due._get_all_deciders()
        requests_by_user = defaultdict(self.browse)
        for request in due:
            for user in deciders.get(request, ()):
                requests_by_user[user] |= request
        for user, requests in requests_by_user.items():
            requests._send_reminder(user)
        for day, requests in due.grouped(lambda request: request._get_day()).items():
            requests._workflow_write({"reminded_on": day})

    def _is_reminder_due(self):
        self.ensure_one()
        days = self._get_reminder_days()
        timezone = self.requested_by_id.tz or "UTC"
        since = fields.Datetime.context_timestamp(self.with_context(tz=timezone), self.waiting_since).date()
        last = max(filter(None, (since, self.reminded_on)))
        return bool(days) and (self._get_day() - last).days >= days

    def _get_day(self):
        """Today, where the request was made."""
        self.ensure_one()
        return self.requested_by_id._get_own_day()

    def _get_reminder_days(self):
        """After how many days the policy in force reminds; 0 where no policy is in force: nobody invents a figure (O6)."""
        self.ensure_one()
        try:
            return (
                self.env["legal.aid.policy"]._get(self.organization_id, self._get_day()).sudo().approval_reminder_days
            )
        except UserError:
            _logger.warning("No policy is in force for approval request %s, so nobody is reminded of it", self.id)
            return 0

    def _send_reminder(self, user):
        """One message for all of ``self``, in the language of ``user``: kinds and numbers of documents, nothing personal."""

        def get_body(env):
            kinds = self.with_env(env).grouped("document_type")
            return env._(
                "Still waiting for your decision: %(kinds)s.",
                kinds=join_names(self.env, (f"{kind} {len(requests)}" for kind, requests in kinds.items())),
            )

        self.env["legal.aid.notification"]._tell(
            user,
            lambda env: env._("Waiting for your decision: %(count)s", count=len(self)),
            get_body,
            page="/odoo/legal-aid-inbox",
            link=lambda env: env._("Open “Waiting for Me”"),
        )
