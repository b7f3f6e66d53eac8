import ast
import base64
from pathlib import Path
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.modules import get_module_path
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from .casework_common import LegalAidCaseworkCommon
from .common import LegalAidCommon
from .portal_common import CLIENT, TODAY, LegalAidPortalCommon

MODEL = "legal.aid.notification"
ADDON = Path(get_module_path("union_legal_aid"))
HOOK = "legal_aid_notification_hook_mixin.py"
CHANNELS = "odoo.addons.union_legal_aid.models.organization.legal_aid_notification_channel_mixin"


@tagged("post_install", "-at_install")
class TestNotifications(LegalAidCaseworkCommon):
    """V6: one door for all notices; what it promises to the reader, to the office and to whoever calls it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.lawyer1_user | cls.lawyer2_user | cls.a_officer).write({"lang": "en_US"})
        cls.startClassPatcher(patch.object(cls.env.registry["ir.cron"], "_commit_progress", return_value=60.0))
        # What waits in the database already would leave, too.
        cls.env[MODEL].search([("state", "=", "waiting")])._transition("told")
        cls.lawyer = cls.lawyer1_user
        cls.partner = cls.lawyer.partner_id

    def _tell(self, people=None, subject="Case 1", body="Read it.", **options):
        return self.env[MODEL]._tell(people or self.lawyer, lambda env: subject, lambda env: body, **options)

    def _run(self, when):
        """Run the job at ``when``; returns the mails it wrote."""
        before = self.env["mail.mail"].search([]).ids
        with freeze_time(when):
            self.env[MODEL].with_user(self.env.ref("base.user_root")).sudo()._cron_leave()
        return self.env["mail.mail"].search([("id", "not in", before)], order="id")

    # Some years later

    def _date_back(self, rows, when):
        """As if they had been written then."""
        self.env.flush_all()
        query = "UPDATE legal_aid_notification SET create_date = %s WHERE id IN %s"
        self.env.cr.execute(query, [when, tuple(rows.ids)])
        self.env.invalidate_all()

    def _read_all(self, rows):
        rows.message_id.notification_ids.write({"is_read": True})

    def _clean_up(self):
        self.env[MODEL].sudo()._gc_told()

    def test_what_was_told_goes_after_its_term(self):
        """X2, PIPL §47: settled and read notices go when the three years of the policy are over, not on the day; all others stay."""
        old, young, unread, failed, told, once, waiting = (
            self._tell(office=self.county_a, key=key) for key in ("", "", "", "", "", "x", "")
        )
        (old | young | unread | once)._transition("sent", {"channels": "email"})
        failed._transition("failed", {"reason": "mail_failed"})
        told.with_user(self.a_officer).action_tell("phone")
        self._read_all(old | young | failed | told | once | waiting)
        rows = old | young | unread | failed | told | once | waiting
        self._date_back(rows - young, "2023-03-02 01:59:59")
        self._date_back(young, "2023-03-02 02:00:00")
        self._clean_up()
        self.assertEqual(rows.exists(), rows - old)
        self._read_all(unread)
        self._clean_up()
        self.assertEqual(rows.exists(), rows - old - unread)

    def test_policy_decides_what_stays(self):
        """O6: the policy in force for the union decides; with 0 years no notice goes."""
        row = self._tell(office=self.county_a)
        row._transition("sent")
        self._read_all(row)
        self._date_back(row, "1996-03-02 01:59:59")
        policy = self.policy.copy(
            {"organization_id": self.county_a.id, "date_from": self.policy.date_from, "notice_years": 0}
        )
        self._clean_up()
        self.assertTrue(row.exists())
        policy.notice_years = 29
        self._clean_up()
        self.assertFalse(row.exists())

    def test_nobody_takes_a_notice_away(self):
        """X2: by no other door, whoever asks."""
        row = self.env[MODEL].browse(self._tell(office=self.county_a).ids)
        row._transition("sent")
        for user in (self.a_officer, self.city_administrator, self.lawyer):
            with self.assertRaises(AccessError):
                row.with_user(user).unlink()
        with self.assertRaises(UserError):
            row.unlink()

    # At once, and after the delay

    def test_stands_in_inbox_at_once_and_leaves_later(self):
        """V6: the notice is there with the step; no mail leaves before the delay is over (minute 9 / minute 10)."""
        with freeze_time("2026-03-10 02:00:00"):
            row = self._tell(self.lawyer | self.a_officer).filtered(lambda one: one.user_id == self.lawyer)
        self.assertIn(self.partner, row.message_id.notification_ids.res_partner_id)
        officer = self.env["mail.message"].with_user(self.a_officer).search([("needaction", "=", True)])
        self.assertIn("Case 1", officer.mapped("subject"))
        self.assertFalse(self._run("2026-03-10 02:09:59"))
        self.assertEqual(row.state, "waiting")
        mail = self._run("2026-03-10 02:10:00")
        self.assertEqual(mail.recipient_ids, self.partner)
        self.assertRecordValues(row, [{"state": "sent", "channels": "email", "mail_id": mail.id}])

    def test_delay_is_a_parameter(self):
        self.env["ir.config_parameter"].set_param("union_legal_aid.notice_delay_minutes", "30")
        with freeze_time("2026-03-10 02:00:00"):
            row = self._tell()
            at_once = self._tell(minutes=0)
        self.assertEqual(str(row.leaves_at), "2026-03-10 02:30:00")
        self.assertEqual(str(at_once.leaves_at), "2026-03-10 02:00:00")

    def test_several_are_one_mail(self):
        """T9, T11: what one person is told within the delay is one mail; another person's is another mail."""
        with freeze_time("2026-03-10 02:00:00"):
            self._tell(subject="Case 1")
            self._tell(self.lawyer2_user, subject="Case 3")
        with freeze_time("2026-03-10 02:08:00"):
            self._tell(subject="Case 2")
        mails = self._run("2026-03-10 02:11:00")
        self.assertEqual(len(mails), 2)
        bundle = mails.filtered(lambda mail: mail.recipient_ids == self.partner)
        self.assertEqual(bundle.subject, "Legal aid: 2 notifications")
        self.assertIn("Case 1", bundle.body_html)
        self.assertIn("Case 2", bundle.body_html)
        self.assertNotIn("Case 3", bundle.body_html)

    def test_missed_run_and_second_run(self):
        """T9: a day without the job loses nothing, and a second run sends nothing twice."""
        with freeze_time("2026-03-10 02:00:00"):
            self._tell()
        self.assertEqual(len(self._run("2026-03-12 02:00:00")), 1)
        self.assertFalse(self._run("2026-03-12 02:00:01"))
        self.assertFalse(self._run("2026-03-13 02:00:00"))

    def test_same_key_is_said_once(self):
        """V6: the same key to the same person once, also within one call, whatever became of the first."""
        first = self._tell(self.lawyer | self.a_officer, key="ledger 2026")
        self.assertEqual(len(first), 2)
        first._transition("told")
        again = self._tell(self.lawyer | self.lawyer2_user, key="ledger 2026")
        self.assertEqual(again.user_id, self.lawyer2_user)
        self.assertTrue(self._tell(key="ledger 2027"))

    def test_reader_of_the_inbox_gets_no_mail(self):
        """V6: Odoo's own choice “handle in Odoo” holds for our notices, too."""
        row = self._tell(self.a_officer)
        self.assertFalse(self._run("2050-01-01 00:00:00"))
        self.assertEqual(row.state, "shown")

    def test_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.lawyer.lang = "zh_CN"
        rows = self.env[MODEL]._tell(
            self.lawyer | self.lawyer2_user, lambda env: env.lang, lambda env: ["one", "two"], minutes=0
        )
        self.assertEqual(dict((row.user_id, row.subject) for row in rows)[self.lawyer], "zh_CN")
        self.assertEqual(dict((row.user_id, row.subject) for row in rows)[self.lawyer2_user], "en_US")
        self.assertEqual(rows[0].body, "one\ntwo")

    def test_one_bad_notice_does_not_stop_the_others(self):
        self._tell(minutes=0)
        other = self._tell(self.lawyer2_user, minutes=0)
        prepare = type(other)._prepare_mail

        def fail_once(rows):
            if rows.partner_id == self.partner:
                raise ValueError("broken")
            return prepare(rows)

        with patch.object(type(other), "_prepare_mail", fail_once), mute_logger(CHANNELS):
            mails = self._run("2050-01-01 00:00:00")
        self.assertEqual(mails.recipient_ids, self.lawyer2_user.partner_id)
        self.assertEqual(self._run("2050-01-01 00:05:00").recipient_ids, self.partner)

    # What has lost its object

    def test_record_that_is_gone(self):
        union = self._create_union("测试临时工会", "T99", "county", self.city)
        row = self._tell(record=union)
        row.organization_id = False
        union.unlink()
        self.assertFalse(self._run("2050-01-01 00:00:00"))
        self.assertRecordValues(row, [{"state": "dropped", "reason": "gone"}])

    def test_reader_who_left(self):
        row = self._tell(self.lawyer2_user)
        self.lawyer2_user.active = False
        self.assertFalse(self._run("2050-01-01 00:00:00"))
        self.assertRecordValues(row, [{"state": "dropped", "reason": "archived"}])

    def test_reader_who_may_not_read_it(self):
        """O2, T11: access is asked as the reader himself when the notice leaves; who just lost it can be told so."""
        case = self._create_in_progress()
        mine = self._tell(record=case)
        foreign = self._tell(self.lawyer2_user, record=case)
        farewell = self._tell(self.lawyer2_user, subject="Farewell", record=case, needs_access=False)
        mails = self._run("2050-01-01 00:00:00")
        self.assertEqual(mine.state, "sent")
        self.assertRecordValues(foreign, [{"state": "dropped", "reason": "no_access"}])
        self.assertEqual(farewell.state, "sent")
        self.assertEqual(
            mails.filtered(lambda mail: mail.recipient_ids == self.lawyer2_user.partner_id).subject, "Farewell"
        )

    # Who could not be reached

    def test_without_address_the_office_tells_him(self):
        """V6, A6: the officer sees whom he has to ring, copies the text, and it stands who told him, how and when."""
        self.partner.email = False
        row = self._tell(office=self.county_a)
        self.assertFalse(self._run("2050-01-01 00:00:00"))
        self.assertRecordValues(row, [{"state": "failed", "reason": "no_address"}])
        listed = self.env[MODEL].with_user(self.a_officer).search([("state", "=", "failed")])
        self.assertEqual(listed, row)
        self.assertTrue(listed.can_tell)
        self.assertEqual(listed.copy_text, f"[{self.county_a.name}] Case 1. Read on: {row.get_base_url()}{row.page}")
        listed.action_tell_by_wechat()
        self.assertRecordValues(row, [{"state": "told", "told_by": "wechat", "told_user_id": self.a_officer.id}])
        self.assertTrue(row.told_at)
        self.assertFalse(listed.can_tell)

    def test_told_before_it_leaves_sends_no_mail(self):
        row = self._tell(office=self.county_a)
        row.with_user(self.a_officer).action_tell_by_phone()
        self.assertFalse(self._run("2050-01-01 00:00:00"))

    def test_failed_mail_is_seen_and_sent_again(self):
        row = self._tell(office=self.county_a)
        mail = self._run("2050-01-01 00:00:00")
        mail._postprocess_sent_message([], [], failure_type="mail_smtp")
        self.assertRecordValues(row, [{"state": "failed", "reason": "mail_failed"}])
        row.with_user(self.a_officer).action_send_again()
        self.assertEqual(len(self._run("2050-01-01 00:05:00")), 1)
        self.assertEqual(row.state, "sent")

    def test_person_without_account(self):
        """V6: a lawyer who has no account yet is told by mail, and looked after by the office all the same."""
        partner = self.env["res.partner"].create({"name": "测试律师丙", "email": "bing@example.com"})
        row = self._tell(partner)
        self.assertFalse(row.user_id)
        self.assertEqual(self._run("2050-01-01 00:00:00").recipient_ids, partner)

    # Ways out

    def test_another_channel(self):
        """V6: an addon adds a way out by name; who has no mail is reached by it, with the short text."""
        texts = []

        def leave_by(rows, channel):
            if channel != "test":
                return origin(rows, channel)
            texts.append(rows._get_short_text())
            return True

        origin = self.env.registry[MODEL]._leave_by
        self.partner.email = False
        with freeze_time("2026-03-10 02:00:00"):
            rows = self._tell(office=self.county_a) | self._tell(subject="Case 2", office=self.county_a)
        with (
            patch.object(self.env.registry[MODEL], "_get_channels", lambda self: ["email", "test"]),
            patch.object(self.env.registry[MODEL], "_leave_by", leave_by),
        ):
            self.assertFalse(self._run("2026-03-10 02:10:00"))
        self.assertEqual(rows.mapped("channels"), ["test", "test"])
        self.assertEqual(len(texts), 1)
        self.assertIn("Legal aid: 2 notifications", texts[0])

    def test_sms_is_switched_on(self):
        """V6: SMS cost money: a way out only where Odoo's addon is installed and somebody switched it on."""
        self.assertEqual(self.env[MODEL]._get_channels(), ["email"])
        self.env["ir.config_parameter"].set_param("union_legal_aid.notice_sms", "1")
        self.assertEqual("sms" in self.env[MODEL]._get_channels(), "sms.sms" in self.env)

    # Doors

    def test_who_reads_what(self):
        """O2: everybody reads what he was told himself; officers what their union looks after; nobody else's."""
        row = self._tell(office=self.county_a)
        for user, reads in (
            (self.lawyer1_user, True),
            (self.a_officer, True),
            (self.city_officer, True),
            (self.auditor, True),
            (self.lawyer2_user, False),
            (self.b_officer, False),
            (self.liaison, False),
            (self.justice, False),
            (self.a_finance, False),
        ):
            with self.subTest(user.login):
                self.assertEqual(bool(self.env[MODEL].with_user(user).search([("id", "=", row.id)])), reads)

    def test_rows_without_the_token(self):
        """V6: whoever tells somebody something gets rows that he may write no more than before."""
        row = self.env[MODEL].with_user(self.a_officer)._tell(self.lawyer, lambda env: "x", lambda env: "y")
        self.assertTrue(row.env.su)
        self.assertNotIn("legal_aid_workflow", row.env.context)
        with self.assertRaises(AccessError):
            row.write({"state": "told"})

    def test_back_doors(self):
        """V6: nobody forges a notice, marks it as told without being an officer, or changes what was said."""
        row = self._tell(office=self.county_a)
        values = {"partner_id": self.partner.id, "subject": "x", "page": "/", "leaves_at": fields.Datetime.now()}
        for user in (self.lawyer1_user, self.a_officer, self.city_administrator):
            rows = self.env[MODEL].with_user(user).with_context(legal_aid_workflow=True, default_state="told")
            with self.subTest(user.login):
                for attempt in (
                    lambda rows=rows: rows.create(values),
                    lambda rows=rows: rows.browse(row.id).write({"subject": "y"}),
                    lambda rows=rows: rows.browse(row.id).write({"state": "told"}),
                    lambda rows=rows: rows.browse(row.id).copy(),
                    lambda rows=rows: rows.browse(row.id).unlink(),
                ):
                    with self.assertRaises(AccessError):
                        attempt()
                self.assertFalse(rows.load(["subject", "page"], [["x", "/"]])["ids"])
        for user in (self.lawyer1_user, self.auditor, self.b_officer):
            for action in ("action_tell_by_phone", "action_send_again"):
                with self.subTest(f"{user.login} {action}"), self.assertRaises(AccessError):
                    getattr(row.with_user(user), action)()
        with self.assertRaises(AccessError):
            self.env[MODEL].sudo().create(values)
        row.with_user(self.a_officer).action_tell_in_person()
        with self.assertRaises(UserError):
            row.with_user(self.a_officer).action_send_again()

    # Cost

    def test_many_people_in_few_statements(self):
        """V6: telling twenty times as many people of one thing takes hardly more statements."""
        people = self.env["res.users"].with_context(no_reset_password=True).create(
            [
                {"name": f"测试{n}", "login": f"t_many_{n}", "email": f"m{n}@example.com", "lang": "en_US",
                 "group_ids": [(6, 0, self.env.ref("union_legal_aid.group_volunteer").ids)]}
                for n in range(63)
            ]
        )  # fmt: skip

        def count(users):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._tell(users, office=self.city)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(people[:1])
        few, many = count(people[1:4]), count(people[3:63])
        self.assertLess(many, few + 20)


@tagged("post_install", "-at_install")
class TestOneDoor(BaseCase):
    """V6: no code of the product tells people anything but through the hook."""

    def test_nobody_else_notifies(self):
        found = []
        for path in sorted(ADDON.rglob("*.py")):
            if path.name == HOOK or "tests" in path.parts or "migrations" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute) and node.attr in (
                    "message_notify",
                    "_notify_thread",
                    "_notify_thread_by_inbox",
                    "send_mail",
                ):
                    found.append(f"{path.relative_to(ADDON)}:{node.lineno} {node.attr}")
        self.assertFalse(found, "\n".join(found))


@freeze_time(f"{TODAY} 02:00:00")
@tagged("post_install", "-at_install")
class TestNotificationPage(LegalAidPortalCommon):
    """V6: who reads no mail finds on his portal what he was told, and nothing of others."""

    def test_own_notifications_only(self):
        notifications = self.env[MODEL]
        case = self._assign(self._create_case(), self.lawyer1)
        notifications._tell(self.lawyer2_user, lambda env: "给乙的通知", lambda env: "")
        self.login(self.lawyer1_user)
        page = self.get("/my/notifications")
        self.assertIn(case.name, page)
        self.assertIn(f"/my/cases/{case.id}", page)
        self.assertNotIn("给乙的通知", page)
        self.assertNotIn(CLIENT, page)
        self.assertIn("/my/notifications", self.get("/my"))
        self.login(self.portal_user)
        self.get("/my/notifications", status=404)


@tagged("post_install", "-at_install")
class TestFirstAccess(LegalAidCommon):
    """V6: the first link is handed over in person by the union's administrator, on record, and never mailed."""

    def _open(self, user, administrator=None, union=None):
        return (
            self.env["union.first.access"]
            .with_user(administrator or self.city_administrator)
            .create({"organization_id": (union or self.county_a).id, "user_id": user.id})
        )

    def test_link_is_shown_once_asked_for_and_on_record(self):
        access = self._open(self.a_officer)
        self.assertFalse(access.link)
        access.action_make_link()
        self.assertIn("token=", access.link)
        self.assertTrue(base64.b64decode(access.qr_code).startswith(b"\x89PNG"))
        self.assertEqual(access.login, "t_a_officer")
        logged = self.a_officer.partner_id.message_ids[:1]
        self.assertEqual(logged.author_id, self.city_administrator.partner_id)
        self.assertNotIn("token=", logged.body)
        self.assertFalse(self.env["mail.mail"].search([("recipient_ids", "in", self.a_officer.partner_id.ids)]))

    def test_used_account_is_the_users_own(self):
        access = self._open(self.a_officer)
        access.action_make_link()
        self.a_officer.with_user(self.a_officer)._update_last_login()
        self.env.invalidate_all()
        self.assertFalse(access.link)
        with self.assertRaises(UserError):
            self._open(self.a_officer).action_make_link()

    def test_only_by_the_administrator_of_this_union(self):
        """O2: nobody else, no person of other unions, and nobody who keeps the accounts of others."""
        for user in (self.a_officer, self.a_manager, self.lawyer1_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._open(self.a_officer, user)
        a_administrator = self._create_user("t_a_administrator", self.county_a, "administrator")
        with self.assertRaises(AccessError):
            self._open(self.b_officer, a_administrator, self.county_b).action_make_link()
        self.b_officer.union_organization_ids |= self.county_a
        with self.assertRaises(AccessError):
            self._open(self.b_officer, a_administrator).action_make_link()
        with self.assertRaises(UserError):
            self._open(self.lawyer1_user).action_make_link()
        self.a_finance.group_ids |= self.env.ref("base.group_erp_manager")
        with self.assertRaises(UserError):
            self._open(self.a_finance).action_make_link()

    def test_shown_flag_from_outside_shows_no_foreign_link(self):
        """O2: the flag of the dialog proves nothing: whose link is shown is checked again."""
        a_administrator = self._create_user("t_a_administrator", self.county_a, "administrator")
        access = self._open(self.b_officer, a_administrator, self.county_b)
        access.is_shown = True
        with self.assertRaises(AccessError):
            access.read(["link"])
