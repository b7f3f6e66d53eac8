from datetime import date

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import deadlines
from ..organization.legal_aid_notification_hook_mixin import Notice
from ..organization.legal_day import legal_today

BATCH = 1000


class LegalAidAppointmentExpiryMixin(models.AbstractModel):
    """Reminders before a contract ends, each once, on the days that its policy names (T2). There is no automatic renewal.

    What is due is everything planned up to today and not sent yet, so a missed run loses nothing and a second run on the same
    day finds nothing.
    """

    _name = "legal.aid.appointment.expiry.mixin"
    _description = "Contract That Is About to End"

    expiry_remind_on = fields.Date(
        string="Next Reminder of the End",
        compute="_compute_expiry_remind_on",
        store=True,
        index="btree_not_null",
        help="Empty when no reminder is planned any more.",
    )
    expiry_reminded_on = fields.Date(
        string="Last Reminder of the End", readonly=True, copy=False, help="Last day up to which reminders were sent."
    )

    # Compute

    @api.depends("state", "date_end", "policy_id", "expiry_reminded_on")
    def _compute_expiry_remind_on(self):
        for contract in self:
            planned = contract._get_planned_reminders(contract.expiry_reminded_on, date.max)
            contract.expiry_remind_on = min((reminder.day for reminder in planned), default=False)

    # Business

    def _get_planned_reminders(self, since, until):
        self.ensure_one()
        # Policy holds downwards, also where the reader is bound elsewhere.
        days = self.policy_id.sudo()._get_expiry_reminder_days() if self.state == "active" else ()
        return deadlines.reminders(self.date_end, [-number for number in days], since, until)

    def _get_followed(self):
        """Those whose next contract is approved: nobody has to be reminded of them."""
        later = self.search(
            [
                ("state", "=", "active"),
                "|",
                ("renewal_of_id", "in", self.ids),
                "&",
                ("volunteer_id", "in", self.volunteer_id.ids),
                ("date_start", ">", min(self.mapped("date_end"))),
            ]
        )
        lawyers = later.filtered(lambda contract: contract.kind == "individual").volunteer_id
        return self.filtered(lambda one: one in later.renewal_of_id or one.volunteer_id in lawyers)

    # Mail & cron

    @api.model
    def _cron_remind_expiry(self):
        """Once a day: one message to each lawyer whose contract is about to end, and one to the officers of the city."""
        today = legal_today(self)
        domain = Domain("expiry_remind_on", "<=", today) & Domain("state", "=", "active")
        while found := self.search(domain, limit=BATCH).try_lock_for_update():
            found._remind_expiry(today)
            if not self.env["ir.cron"]._commit_progress(len(found), remaining=self.search_count(domain)):
                return

    def _remind_expiry(self, today):
        ending = (self - self._get_followed()).filtered(lambda contract: contract.date_end >= today)
        self._workflow_write({"expiry_reminded_on": today})
        self.env["legal.aid.notification"]._tell_all([contract._prepare_lawyer_reminder(today) for contract in ending])
        officers = self.env["legal.aid.deadline"]._get_office_users(ending.organization_id)
        for union, contracts in ending.grouped("organization_id").items():
            for user in officers[union].filtered("active"):
                contracts._remind_officer(user)

    def _prepare_lawyer_reminder(self, today):
        self.ensure_one()
        return Notice(
            self.volunteer_id.user_id.filtered("active"),
            lambda env: env._("Your contract ends on %(date)s", date=fields.Date.to_string(self.date_end)),
            lambda env: env._(
                "%(contract)s ends on %(date)s, in %(days)s days. It is not renewed automatically: the city union decides on"
                " the assessment of the year.",
                contract=self.with_env(env).display_name,
                date=fields.Date.to_string(self.date_end),
                days=(self.date_end - today).days,
            ),
            self,
            page="/my/membership",
        )

    def _remind_officer(self, user):
        self.env["legal.aid.notification"]._tell(
            user,
            lambda env: env._("Contracts that end soon: %(count)s", count=len(self)),
            lambda env: env._(
                "%(count)s contracts end between %(first)s and %(last)s and are not renewed. Propose the renewals, or let the"
                " lawyers know that there will be none.",
                count=len(self),
                first=fields.Date.to_string(min(self.mapped("date_end"))),
                last=fields.Date.to_string(max(self.mapped("date_end"))),
            ),
        )
