from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools.mail import generate_tracking_message_id

DELAY = "union_legal_aid.notice_delay_minutes"
DEFAULT_MINUTES = 10


class Notice(NamedTuple):
    """What is to be said, and to whom; subject and body are written by functions of an environment in the reader's language.

    They name things by number only and nobody who seeks help (DESIGN.md section 3, rule 5): a notice leaves the house.
    """

    people: Any  # users, or partners where somebody may have no account
    subject: Callable
    body: Callable  # a text, or a list of lines
    record: Any = None
    page: str = ""  # where to read on; by default the page of the record
    link: Callable | None = None  # what the link to that page says
    key: str = ""  # the same key is said to the same person once, whatever happens
    needs_access: bool = True  # False where the reader has just lost the record, and is told so
    office: Any = None  # the union that looks after the reader; by default that of the record
    minutes: int | None = None


class Draft(NamedTuple):
    """A notice as its readers read it: one language, one door."""

    notice: Notice
    partners: Any
    is_portal: bool
    subject: str
    body: str
    page: str
    link: str


class LegalAidNotificationHookMixin(models.AbstractModel):
    """The one door through which the product tells people something (V6); nothing else calls ``message_notify``.

    The notice stands in the reader's inbox, or on his portal, with the step that caused it. Mail and other ways out follow after
    a short while, together with whatever else he is told meanwhile (T9, T11).
    """

    _name = "legal.aid.notification.hook.mixin"
    _description = "Door of All Notifications"

    # Business

    @api.model
    def _tell(self, people, subject, body, record=None, **options):
        """Tell ``people`` once; see ``Notice`` for the arguments.

        :return: the rows, one for each person, with the rights of the system
        """
        return self._tell_all([Notice(people, subject, body, record, **options)])

    @api.model
    def _tell_all(self, notices):
        """Many notices in a handful of statements."""
        # Whom a notice reaches was decided by the step that sends it; it reads his address and language, whoever acts.
        hook_sudo = self.sudo()
        drafts = [draft for notice in notices for draft in hook_sudo._prepare_drafts(notice)]
        drafts = hook_sudo._leave_out_told(drafts)
        messages = self.env["mail.message"].sudo().create([hook_sudo._prepare_message(draft) for draft in drafts])
        hook_sudo._show_in_inboxes(drafts, messages)
        now = fields.Datetime.now()
        rows = hook_sudo._workflow_env().create(
            [
                vals
                for draft, message in zip(drafts, messages, strict=True)
                for vals in hook_sudo._prepare_rows(draft, message, now)
            ]
        )
        return rows.with_env(hook_sudo.env)

    def _prepare_drafts(self, notice):
        """The text for each language, apart for those who read it on the portal and in the back office."""
        # A lawyer may work in the books of another union; who acts need not be able to read his account.
        people_sudo = notice.people.sudo()
        partners_sudo = people_sudo if people_sudo._name == "res.partner" else people_sudo.partner_id
        readers = partners_sudo.filtered("active")
        for (lang, is_portal), some in readers.grouped(lambda one: (one.lang, one.partner_share)).items():
            env = self.with_context(lang=lang or self.env.lang).env
            body = notice.body(env)
            yield Draft(
                notice,
                some,
                is_portal,
                notice.subject(env),
                body if isinstance(body, str) else "\n".join(body),
                notice.page or self._get_page(notice, is_portal),
                notice.link(env) if notice.link else env._("Open the page"),
            )

    @api.model
    def _get_page(self, notice, is_portal):
        record = notice.record
        if record is None or not notice.needs_access:
            return "/my" if is_portal else "/odoo"
        if is_portal:
            return self._get_portal_pages().get(record._name, "/my").format(id=record.id)
        return f"/mail/view?model={record._name}&res_id={record.id}"

    @api.model
    def _get_portal_pages(self):
        """``{model: address}`` with ``{id}``; each room adds its own."""
        return {}

    def _leave_out_told(self, drafts):
        """Nobody is told twice under one key, neither later nor within ``drafts``."""
        keys = [draft.notice.key for draft in drafts if draft.notice.key]
        told = {(row.key, row.partner_id.id) for row in self.search([("key", "in", keys)])} if keys else set()
        left = []
        for draft in drafts:
            key = draft.notice.key
            new = draft.partners.filtered(lambda one, key=key: not key or (key, one.id) not in told)
            told.update((key, one.id) for one in new if key)
            if new:
                left.append(draft._replace(partners=new))
        return left

    def _prepare_message(self, draft):
        record = draft.notice.record
        author = self.env.user.partner_id
        return {
            "message_type": "user_notification",
            "subtype_id": self.env.ref("mail.mt_note").id,
            "message_id": generate_tracking_message_id("message-notify"),
            "is_internal": True,
            "author_id": author.id,
            "email_from": author.email_formatted,
            "reply_to": author.email_formatted,
            "model": record._name if record is not None else False,
            "res_id": record.id if record is not None else False,
            "subject": draft.subject,
            "body": self._make_body(draft.body, draft.page, draft.link),
            "partner_ids": draft.partners.ids,
        }

    @api.model
    def _make_body(self, body, page, link):
        lines = Markup("").join(Markup("<p>%s</p>") % line for line in body.splitlines())
        return lines + Markup('<p><a href="%s">%s</a></p>') % (page, link)

    def _show_in_inboxes(self, drafts, messages):
        """Odoo's own inbox at once for whoever has one, also for those who asked for mail, which follows."""
        on_portal = []
        for draft, message in zip(drafts, messages, strict=True):
            if draft.is_portal:
                on_portal += [self._prepare_portal_notification(message, partner) for partner in draft.partners]
            else:
                self.env["mail.thread"]._notify_thread_by_inbox(
                    message, [{"id": one.id, "uid": one.user_ids[:1].id, "notif": "inbox"} for one in draft.partners]
                )
        self.env["mail.notification"].create(on_portal)

    @api.model
    def _prepare_portal_notification(self, message, partner):
        return {
            "author_id": message.author_id.id,
            "mail_message_id": message.id,
            "notification_status": "sent",
            "notification_type": "inbox",
            "res_partner_id": partner.id,
        }

    def _prepare_rows(self, draft, message, now):
        notice = draft.notice
        minutes = self._get_delay() if notice.minutes is None else notice.minutes
        # As in _prepare_drafts: the accounts of those who are told, whoever acts.
        users = notice.people.sudo() if notice.people._name == "res.users" else self.env["res.users"]
        for partner in draft.partners:
            user = users.filtered(lambda one, partner=partner: one.partner_id == partner)[:1] or self._find_user(
                partner
            )
            yield {
                "partner_id": partner.id,
                "user_id": user.id,
                "organization_id": self._find_office(notice, partner, user).id,
                "message_id": message.id,
                "res_model": message.model,
                "res_id": message.res_id,
                "needs_access": bool(message.model) and notice.needs_access,
                "subject": draft.subject,
                "body": draft.body,
                "page": draft.page,
                "link": draft.link,
                "key": notice.key or False,
                "leaves_at": now + timedelta(minutes=minutes),
            }

    @api.model
    def _get_delay(self):
        return int(self.env["ir.config_parameter"].sudo().get_param(DELAY) or DEFAULT_MINUTES)

    @api.model
    def _find_user(self, partner):
        """His account, also one that was closed: then nothing leaves any more."""
        return partner.with_context(active_test=False).user_ids.sorted("active", reverse=True)[:1]

    @api.model
    def _find_office(self, notice, partner, user):
        """The union whose officers ring or write when the notice does not reach him."""
        if notice.office:
            return notice.office
        field = notice.record._fields.get("organization_id") if notice.record is not None else None
        if field and field.comodel_name == "union.organization" and notice.record.sudo().organization_id:
            return notice.record.sudo().organization_id
        return user.union_organization_ids[:1]
