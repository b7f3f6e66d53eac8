from collections import defaultdict
from datetime import date

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import clocks, deadlines
from .legal_aid_notification_hook_mixin import Notice

BATCH = 100
# Whom a clock binds, where the lawyer of the record has no part in it.
OFFICE_ONLY = ("union", "finance", "justice")


class LegalAidDeadlineReminderMixin(models.AbstractModel):
    """Reminders before, on and after the last day, each once, by the plan of the clock (I7, C2, C8, T9).

    What is due is everything planned up to today and not sent yet, so a missed run loses nothing and a second run on the same
    day finds nothing. When the last day of a clock changes, its reminders begin anew.
    """

    _name = "legal.aid.deadline.reminder.mixin"
    _description = "Reminded Deadline"

    remind_on = fields.Date(
        string="Next Reminder",
        readonly=True,
        index="btree_not_null",
        help="Empty when no reminder is planned any more.",
    )
    reminded_on = fields.Date(string="Last Reminder", readonly=True, help="Last day up to which reminders were sent.")

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        found = super().create(vals_list)
        found._plan_reminders()
        return found

    def write(self, vals):
        moved = self.browse()
        if "date_due" in vals:
            day = fields.Date.to_date(vals["date_due"]) or False
            moved = self.filtered(lambda deadline: deadline.date_due != day)
        result = super().write(vals)
        if moved:
            moved.write({"reminded_on": False})
            moved._plan_reminders()
        return result

    # Business

    def _plan_reminders(self):
        for deadline in self:
            planned = deadline._get_planned_reminders(deadline.reminded_on, date.max)
            deadline.remind_on = min((reminder.day for reminder in planned), default=False)

    def _get_planned_reminders(self, since, until):
        """The reminders planned after ``since`` and not after ``until``."""
        self.ensure_one()
        calendar = self.env["legal.aid.calendar.day"]._get_calendar()
        return deadlines.reminders(self.date_due, clocks.get(self.kind).plan, since, until, calendar)

    # Mail & cron

    @api.model
    def _cron_remind(self):
        """Once a day: one message to each person who is bound by clocks that are due, or over."""
        today = self._get_legal_day()
        # Clocks of earlier versions have no plan yet.
        waiting = Domain("remind_on", "<=", today) | (
            Domain("remind_on", "=", False) & Domain("reminded_on", "=", False) & Domain("date_due", "!=", False)
        )
        domain = Domain("state", "=", "open") & waiting
        while found := self.search(domain, limit=BATCH).try_lock_for_update():
            found._remind(today)
            if not self.env["ir.cron"]._commit_progress(len(found), remaining=self.search_count(domain)):
                return

    def _remind(self, today):
        due = self.browse()
        for deadline in self:
            if deadline._get_planned_reminders(deadline.reminded_on, today):
                due |= deadline
            deadline.reminded_on = today
        self._plan_reminders()
        notices = []
        for user, found in due._get_deadlines_by_user(today).items():
            # V6: nobody is told of what he may not read.
            readable = found.with_user(user)._filtered_access("read").sudo()
            if readable:
                notices.append(readable._prepare_reminder(user, today))
        self.env["legal.aid.notification"]._tell_all(notices)

    def _get_deadlines_by_user(self, today):
        by_user = defaultdict(self.browse)
        officers = self._get_office_users(self.organization_id)
        for deadline in self:
            union = deadline.organization_id
            users = officers[union] | deadline._get_bound_users()
            if deadline.date_due < today:
                # Overdue: the leaders of the union, and the level above.
                users |= union.manager_user_ids | (
                    union.parent_id.manager_user_ids or officers.get(union.parent_id, union.manager_user_ids)
                )
            for user in users.filtered("active"):
                by_user[user] |= deadline
        return by_user

    @api.model
    def _get_office_users(self, unions):
        """``{union: users}``: the officers of each union, or of the nearest one above that has any.

        A leader is an officer only where the office has no other.
        """
        handlers = self.env.ref("union_legal_aid.group_officer").all_user_ids.filtered(
            lambda user: user.active and not user.share
        )
        by_union = defaultdict(self.env["res.users"].browse)
        for user in handlers:
            for union in user.union_organization_ids:
                by_union[union] |= user
        leaders = self.env.ref("union_legal_aid.group_manager").all_user_ids
        found = {}
        for union in unions | unions.parent_id:
            nearest = union
            while nearest and nearest not in by_union:
                nearest = nearest.parent_id
            users = by_union.get(nearest, self.env["res.users"])
            found[union] = users - leaders or users
        return found

    def _get_bound_users(self):
        """Who is bound beside the office; later rooms add the lawyer."""
        return self.env["res.users"]

    def _prepare_reminder(self, user, today):
        """One notice for all of ``self``: kinds, numbers and days, nothing personal."""
        return Notice(
            user,
            lambda env: env._("Deadlines: %(count)s", count=len(self)),
            lambda env: self.with_env(env)._list_reminders(today),
            page="/my/cases" if user.share else "/odoo/legal-aid-deadlines",
            link=lambda env: env._("Open the list"),
        )

    def _list_reminders(self, today):
        told = self.sorted("date_due")
        labels = dict(told._get_kinds())
        return [
            told.env._(
                "%(date)s %(clock)s, %(record)s: %(left)s",
                date=fields.Date.to_string(deadline.date_due),
                clock=labels[deadline.kind],
                record=deadline.record_name,
                left=deadline._get_left_text(today),
            )
            for deadline in told
        ]

    def _get_left_text(self, today):
        self.ensure_one()
        days = (self.date_due - today).days
        if days > 0:
            return self.env._("%(days)s days left", days=days)
        return self.env._("today is the last day") if not days else self.env._("overdue by %(days)s days", days=-days)
