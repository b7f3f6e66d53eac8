import logging

from odoo import api, fields, models
from odoo.fields import Domain

from ..organization.legal_day import legal_today

_logger = logging.getLogger(__name__)

BATCH = 50


class LegalAidCaseCronMixin(models.AbstractModel):
    """What time alone does to a case: missing papers that never came, and silence (I7, C3, T9)."""

    _name = "legal.aid.case.cron.mixin"
    _description = "Case Followed by Time"

    # Mail & cron

    @api.model
    def _cron_withdraw_without_papers(self):
        """An application whose papers did not come by the last day counts as withdrawn from the next day on (法律援助法 §43).

        One case that cannot be ended does not keep the others waiting; the job tries it again the next day.
        """
        reason = self.env["legal.aid.reason"]._get_coded("withdraw", "no_supplement")
        today = legal_today(self)
        over = Domain("state", "=", "open") & Domain("kind", "=", "supplement") & Domain("date_due", "<", today)
        domain = Domain("state", "=", "supplement") & Domain("deadline_ids", "any", over)
        failed = self.browse()
        while cases := self.search(domain & Domain("id", "not in", failed.ids), limit=BATCH).try_lock_for_update():
            for case in cases:
                try:
                    with self.env.cr.savepoint():
                        case._do_withdraw_without_papers(reason)
                except Exception:
                    _logger.exception("Case %s could not be taken as withdrawn", case.id)
                    failed |= case
            left = self.search_count(domain & Domain("id", "not in", failed.ids))
            if not self.env["ir.cron"]._commit_progress(len(cases), remaining=left):
                return

    def _do_withdraw_without_papers(self, reason):
        self.ensure_one()
        last_day = self._get_running_deadlines("supplement").date_due
        self._do_end("withdrawn", reason, "")
        self._message_log(
            body=self.env._(
                "The missing papers did not come by %(date)s: the application counts as withdrawn (法律援助法 §43).",
                date=fields.Date.to_string(last_day),
            )
        )
        self._notify_office(
            lambda env: env._("Case %(case)s counts as withdrawn", case=self.name),
            lambda env: env._(
                "The missing papers of case %(case)s did not come by %(date)s, so the application counts as withdrawn."
                " Tell the applicant in writing; he may apply again.",
                case=self.name,
                date=fields.Date.to_string(last_day),
            ),
        )

    @api.model
    def _cron_remind_silent(self):
        """Tell lawyer and office once of each silence, by the one rule of ``is_silent`` (C3)."""
        today = legal_today(self)
        domain = Domain("is_silent", "=", True) & Domain("silence_told_on", "=", False)
        while cases := self.search(domain, limit=BATCH).try_lock_for_update():
            for case in cases:
                case._tell_silence()
            cases._workflow_write({"silence_told_on": today})
            if not self.env["ir.cron"]._commit_progress(len(cases), remaining=self.search_count(domain)):
                return

    def _tell_silence(self):
        self.ensure_one()

        def subject(env):
            return env._("No work on case %(case)s for %(days)s days", case=self.name, days=self.silence_days)

        def body(env):
            return env._(
                "The last sign of work on case %(case)s is of %(date)s. Log the work done since, or report how it stands.",
                case=self.name,
                date=fields.Date.to_string(self.silent_since),
            )

        self._notify_lawyer(subject, body)
        self._notify_office(subject, body)

    def _notify_office(self, subject, body):
        """One notice to each officer of the union in charge, in his language, with nothing but the case number (V6)."""
        self.ensure_one()
        officers = self.env["legal.aid.deadline"]._get_office_users(self.organization_id)[self.organization_id]
        self.env["legal.aid.notification"]._tell(officers, subject, body, self)
