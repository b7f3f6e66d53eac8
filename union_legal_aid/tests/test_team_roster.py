import importlib.util
import io
from pathlib import Path

from lxml import html as lxml_html
from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.modules import get_module_path
from odoo.tests import HttpCase, freeze_time, tagged

from .team_common import TeamCommon

TODAY = "2026-06-15"
SITE = "测试工会网站"


@tagged("post_install", "-at_install")
class TestPublicLayout(TeamCommon):
    def test_layout_stands_alone(self):
        """T13: a page for everybody needs no script, no session and no website app."""
        html = str(self.env["ir.qweb"]._render("union_legal_aid.public_not_found", {"page_lang": "zh-CN"}))
        self.assertTrue(html.strip().startswith("<!DOCTYPE html>"))
        self.assertIn('lang="zh-CN"', html)
        for word in ("<script", "csrf", "session"):
            self.assertNotIn(word, html)


class RosterCommon(TeamCommon):
    """Two lawyers in service, of whom the first agreed to be published; a website on which the city publishes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.city.supervision_phone = "0375-1110001"
        cls.city.justice_bureau_id = cls.env["res.partner"].create(
            {"name": "测试市司法局", "is_company": True, "phone": "0375-1110002"}
        )
        cls.site = (
            cls.env["legal.aid.publication.site"]
            .with_user(cls.city_officer)
            .create({"name": SITE, "organization_id": cls.city.id})
        )
        cls.lawyer1.write(
            {
                "consent_date": "2026-05-01",
                "office_phone": "0375-1110003",
                "specialty_ids": cls.env.ref("union_legal_aid.specialty_wages").ids,
                "mobile": "13803750101",
                "resident_id_number": "410421199001010018",
            }
        )
        cls.lawyer1.partner_id.name = "甲律师"
        cls.lawyer2.partner_id.name = "乙律师"
        cls._appoint(cls.lawyer1)
        cls._appoint(cls.lawyer2)
        cls.union = cls.city.with_user(cls.city_officer)
        cls.officer_site = cls.site.with_user(cls.city_officer)

    def _read_workbook(self):
        sheet = load_workbook(io.BytesIO(self.union._build_roster_workbook())).active
        return [[cell.value for cell in row] for row in sheet.iter_rows()]

    def _print(self):
        html = self.env["ir.actions.report"]._render_qweb_html("union_legal_aid.report_roster", self.site.ids)[0]
        return html.decode()

    def _get_everywhere(self):
        """All that leaves the house about the roster."""
        page = str(self.env["ir.qweb"]._render("union_legal_aid.public_roster", self.union._get_roster_page_values()))
        workbook = str(self._read_workbook())
        return {
            "page": page,
            "workbook": workbook,
            "print": self._print(),
            "text": self.union._get_roster_text(),
            "html": self.union._get_roster_html(),
        }

    def _publish(self, **values):
        dialog = (
            self.env["legal.aid.publication.dialog"]
            .with_user(self.city_officer)
            .create({"site_id": self.site.id, "with_roster": True, "url": "https://example.com/1", **values})
        )
        dialog.action_confirm()
        return dialog


@tagged("post_install", "-at_install")
@freeze_time(f"{TODAY} 02:00:00")
class TestRoster(RosterCommon):
    def test_one_view_feeds_all(self):
        """T13: page, workbook, print and both texts show the consenting lawyer, by the same view, and both supervision phones."""
        for name, content in self._get_everywhere().items():
            with self.subTest(name):
                self.assertIn("甲律师", content)
                self.assertIn("测试律师事务所", content)
                self.assertNotIn("乙律师", content)
        for name in ("page", "print", "text", "html"):
            self.assertIn("0375-1110001", self._get_everywhere()[name])
            self.assertIn("0375-1110002", self._get_everywhere()[name])

    def test_never_published(self):
        """F§11: mobile, identity number and what he did not tick are in none of them."""
        self.lawyer1.write({"publish_license_number": False, "publish_contact_points": False})
        for name, content in self._get_everywhere().items():
            with self.subTest(name):
                for secret in ("13803750101", "410421199001010018", "0375-1110003", self.lawyer1.license_number):
                    self.assertNotIn(secret, content)
        self.lawyer1.write({"publish_license_number": True, "publish_office_phone": True})
        for name, content in self._get_everywhere().items():
            with self.subTest(name):
                self.assertIn(self.lawyer1.license_number, content)
                self.assertIn("0375-1110003", content)

    def test_suspended_and_gone_are_not_on_it(self):
        """T9, T13: a suspended lawyer is off the roster until he resumes; who left is off it."""
        lawyer = self.lawyer1.with_user(self.city_officer)
        lawyer.action_suspend(reason_code="request")
        self.assertFalse(self.union._get_roster_lines())
        lawyer.action_resume()
        self.assertEqual([line["name"] for line in self.union._get_roster_lines()], ["甲律师"])
        lawyer.action_leave(reason_code="request")
        self.assertFalse(self.union._get_roster_lines())

    def test_only_team_lawyers(self):
        """T5, T13: neither a firm's lawyer nor a staff handler is on the roster, whatever date stands on him."""
        for kind in ("firm_lawyer", "staff"):
            member = self._create_lawyer(kind=kind, consent_date="2026-05-01", license_number=False)
            member.with_user(self.city_officer).action_admit()
        self.assertEqual(len(self.union._get_roster_lines()), 1)

    def test_workbook_takes_nothing_for_a_formula(self):
        """T13: a name that looks like a formula stays text."""
        self.lawyer1.partner_id.name = '=HYPERLINK("http://x","y")'
        rows = self._read_workbook()
        self.assertEqual(rows[1][1], '=HYPERLINK("http://x","y")')
        sheet = load_workbook(io.BytesIO(self.union._build_roster_workbook())).active
        self.assertEqual(sheet["B2"].data_type, "s")
        self.assertIn("&lt;b&gt;", self._set_name("<b>").with_user(self.city_officer)._get_roster_html())

    def _set_name(self, name):
        self.lawyer1.partner_id.name = name
        return self.city

    # Consent

    def test_withdrawn_is_gone_at_once(self):
        """T13: withdrawn on the portal by the lawyer, he is in none of them in the same moment, and it is on record."""
        self._publish()
        self.lawyer1.with_user(self.lawyer1_user).action_withdraw_consent()
        for name, content in self._get_everywhere().items():
            with self.subTest(name):
                self.assertNotIn("甲律师", content)
        self.assertEqual(str(self.lawyer1.consent_withdrawn_date), TODAY)
        last = self.lawyer1.consent_ids[:1]
        self.assertEqual((last.kind, last.channel, last.user_id), ("withdrawn", "portal", self.lawyer1_user))

    def test_withdrawal_through_a_plain_write(self):
        """T13: the officer who merely empties the date does the same as the button."""
        self._publish()
        self.lawyer1.with_user(self.city_officer).consent_date = False
        self.assertEqual(self.lawyer1.consent_ids[:1].kind, "withdrawn")
        self.assertEqual(self.lawyer1.takedown_ids.site_id, self.site)

    def test_takedown_is_a_task_with_record(self):
        """T13: each website that had him gets a task with a clock; done by the officer, on a day, and only once."""
        self._publish()
        self.lawyer1.with_user(self.city_officer).action_withdraw_consent(note="书面")
        takedown = self.lawyer1.takedown_ids.with_user(self.city_officer)
        self.assertEqual(takedown.urls, "https://example.com/1")
        clock = takedown.sudo().deadline_ids
        self.assertEqual((clock.kind, str(clock.date_due)), ("take_down", "2026-06-16"))
        self.assertNotIn("甲律师", clock.record_name)
        self.assertIn("Take out 甲律师", self.officer_site.differences)
        with self.assertRaises(AccessError):
            takedown.write({"state": "done"})
        for name, value in (("volunteer_id", self.lawyer2.id), ("date", "2020-01-01"), ("urls", False)):
            with self.subTest(name), self.assertRaisesRegex(UserError, "can no longer be changed"):
                takedown.write({name: value})
        takedown.note = "电话告知网站管理员"
        takedown.action_done()
        self.assertEqual((takedown.state, str(takedown.date_done), clock.state), ("done", TODAY, "done"))
        self.officer_site.invalidate_recordset()
        self.assertFalse(self.officer_site.differences)
        with self.assertRaises(UserError):
            takedown.action_done()

    def test_no_takedown_where_he_never_was(self):
        """T13: a site on which nothing of him is on record gets no task."""
        self.lawyer1.with_user(self.city_officer).action_withdraw_consent()
        self.assertFalse(self.lawyer1.takedown_ids)

    def test_consent_on_the_portal(self):
        """T13, F§11: the lawyer agrees with what he chose; the text he agreed to is kept and never changed."""
        lawyer = self.lawyer2.with_user(self.lawyer2_user)
        lawyer.action_give_consent(publish_license_number=False, publish_office_phone=True)
        values = self.lawyer2._get_roster_values()[self.lawyer2]
        self.assertFalse(values["license_number"])
        self.assertFalse(values["specialties"])
        self.assertTrue(self.lawyer2.publish_office_phone)
        consent = lawyer.consent_ids
        self.assertEqual((consent.kind, consent.channel), ("given", "portal"))
        self.assertIn(SITE, consent.text)
        for user in (self.lawyer2_user, self.city_officer, self.city_administrator):
            with self.assertRaises(AccessError):
                consent.with_user(user).write({"text": "x"})
            with self.assertRaises(AccessError):
                consent.with_user(user).unlink()
            with self.assertRaises(AccessError):
                consent.with_user(user).create({"volunteer_id": self.lawyer2.id, "kind": "given", "date": TODAY})

    def test_nobody_consents_for_another(self):
        """T13: neither a colleague nor a county decides on the publication of a lawyer."""
        for user in (self.lawyer2_user, self.a_officer, self.b_officer, self.auditor, self.justice):
            lawyer = self.lawyer1.with_user(user)
            with self.assertRaises(AccessError):
                lawyer.action_withdraw_consent()
            with self.assertRaises(AccessError):
                lawyer.action_give_consent(publish_office_phone=True)
        self.assertTrue(self.lawyer1.consent_date)

    def test_consent_of_staff_is_refused(self):
        """T5: who stands on no roster has nothing to agree to."""
        staff = self._create_lawyer(kind="staff", license_number=False)
        with self.assertRaises(UserError):
            staff.with_user(self.city_officer).action_give_consent()

    # Notices

    def test_clock_of_a_notice(self):
        """T13: a join of who agreed has so many days by the policy; day 7 is in time, day 8 is late; without consent no clock."""
        clock = self.lawyer1.notice_ids.deadline_ids
        self.assertEqual(
            (clock.kind, str(clock.date_trigger), str(clock.date_due)), ("publish", "2026-05-20", "2026-05-27")
        )
        self.assertFalse(clock.volunteer_id)
        self.assertNotIn("甲律师", clock.record_name)
        self.assertFalse(self.lawyer2.notice_ids.deadline_ids)
        with freeze_time("2026-05-27 02:00:00"):
            self.assertEqual(clock.light, "amber")
        with freeze_time("2026-05-28 02:00:00"):
            clock.invalidate_recordset()
            self.assertEqual(clock.light, "red")

    def test_consent_given_later_starts_the_clock(self):
        """T13: a notice that waited for the consent is due from the consent on."""
        self.lawyer2.with_user(self.lawyer2_user).action_give_consent()
        clock = self.lawyer2.notice_ids.deadline_ids
        self.assertEqual((str(clock.date_trigger), str(clock.date_due)), (TODAY, "2026-06-22"))

    def test_list_to_be_published(self):
        """T13: the list holds what is not on every site of the city, with its age; recorded once for each site."""
        other = self.env["legal.aid.publication.site"].create({"name": "测试二站", "organization_id": self.city.id})
        notices = self.env["legal.aid.notice"].with_user(self.city_officer)
        own = [("organization_id", "=", self.city.id)]
        waiting = notices.search([*own, ("to_publish", "=", True)])
        self.assertEqual(waiting.volunteer_id, self.lawyer1)
        self.assertEqual(waiting.age_days, 26)
        self._publish(with_roster=False)
        self.assertEqual(waiting.missing_site_ids, other)
        self.assertTrue(waiting.to_publish)
        self.assertEqual(waiting.sudo().deadline_ids.state, "open")
        waiting.publication_ids = [(0, 0, {"site": "测试二站", "date": TODAY})]
        self.assertFalse(notices.search([*own, ("to_publish", "=", True)]))
        self.assertEqual(waiting.sudo().deadline_ids.mapped("state"), ["done"])
        waiting.publication_ids.filtered(lambda one: one.site_id == other).unlink()
        self.assertTrue(waiting.to_publish)
        self.assertEqual(sorted(waiting.sudo().deadline_ids.mapped("state")), ["done", "open"])

    def test_site_of_another_city_is_refused(self):
        """O3: a notice is published on the sites of its own city."""
        city_2 = self._create_union("测试邻市总工会", "T09", "city")
        foreign = self.env["legal.aid.publication.site"].create({"name": "邻市网站", "organization_id": city_2.id})
        with self.assertRefused(ValidationError, "another city"):
            self.lawyer1.notice_ids.publication_ids = [(0, 0, {"site_id": foreign.id, "date": TODAY})]

    def test_update_ties_old_publications(self):
        """T13: after the update from 19.0.1.3.0 what was published on a site by name is tied to the city's site of that name."""
        publication = self.env["legal.aid.notice.publication"].create(
            {"notice_id": self.lawyer1.notice_ids.id, "site": "测试旧站", "date": TODAY}
        )
        self.assertFalse(publication.site_id)
        site = self.env["legal.aid.publication.site"].create({"name": "测试旧站", "organization_id": self.city.id})
        path = Path(get_module_path("union_legal_aid")) / "migrations/19.0.1.4.0/post-publication_sites.py"
        specification = importlib.util.spec_from_file_location("publication_sites", path)
        script = importlib.util.module_from_spec(specification)
        specification.loader.exec_module(script)
        self.env.flush_all()
        script.migrate(self.env.cr, "19.0.1.3.0")
        self.env.invalidate_all()
        self.assertEqual(publication.site_id, site)

    def test_reason_stays_private(self):
        """T13: the notice of a leave names no reason, nowhere."""
        self.lawyer1.with_user(self.city_officer).action_leave(reason_code="request", note="身体原因")
        for content in self._get_everywhere().values():
            self.assertNotIn("身体原因", content)
        self.assertIn("甲律师", self.union._get_roster_page_values()["notices"][0]["text"])

    # Published = database

    def test_published_equals_database(self):
        """T13: nothing on record, published, firm changed, joined, left: told in words, with a clock until it is put right."""
        site = self.officer_site
        self.assertIn("No publication", site.differences)
        self._publish()
        site.invalidate_recordset()
        self.assertFalse(site.differences)
        publication = site.publication_ids
        self.assertEqual((publication.member_count, len(publication.checksum)), (1, 64))
        firm = self.env["res.partner"].create({"name": "新事务所", "is_company": True})
        self.lawyer1.law_firm_id = firm
        self.lawyer2.with_user(self.lawyer2_user).action_give_consent()
        site.invalidate_recordset()
        self.assertIn("“测试律师事务所” becomes “新事务所”", site.differences)
        self.assertIn("Add 乙律师", site.differences)
        site.action_check()
        clock = site.sudo()._get_running_deadlines("roster_update")
        self.assertEqual(str(clock.date_due), "2026-06-22")
        self._publish()
        self.assertEqual(clock.state, "done")
        self.assertEqual(len(site.publication_ids), 2)
        self.assertEqual(len(site.sudo().publication_ids.filtered("content")), 1)

    def test_missed_nights(self):
        """T13: a check that did not run for days finds the same; a second one on a day starts no second clock."""
        self._publish()
        self.lawyer1.with_user(self.city_officer).action_suspend(reason_code="request")
        with freeze_time("2026-06-20 17:10:00"):
            sites = self.env["legal.aid.publication.site"]
            self._run_cron("union_legal_aid.ir_cron_roster_check")
            self.assertEqual(str(self.site.checked_on), "2026-06-21")
            self.site.sudo()._check_published(self.site.checked_on)
            clocks = self.env["legal.aid.deadline"].search(
                [("res_model", "=", sites._name), ("res_id", "=", self.site.id), ("kind", "=", "roster_update")]
            )
            self.assertEqual(len(clocks.filtered(lambda clock: clock.state == "open")), 1)

    def test_page_shows_exactly_the_view(self):
        """T13: the check reads the page itself; a page that loses a line or shows another is told of."""
        self.assertFalse(self.city._get_page_problems())
        view = self.env.ref("union_legal_aid.public_roster")
        view.arch_db = view.arch_db.replace("t-out=\"line['law_firm']\"", "t-out=\"'x'\"")
        problems = self.city._get_page_problems()
        self.assertEqual(len(problems), 2)
        self.officer_site.action_check()
        self.assertIn("甲律师", self.site.page_problem)

    def test_only_the_city_publishes(self):
        """O3: a county neither reads nor makes sites, publications and tasks; nobody forges one."""
        self._publish()
        for user in (self.a_officer, self.b_officer, self.lawyer1_user, self.justice):
            self.assertFalse(self.site.with_user(user).has_access("read"))
        with self.assertRaises(AccessError):
            self.env["legal.aid.publication.site"].with_user(self.a_officer).create(
                {"name": "x", "organization_id": self.city.id}
            )
        publications = self.env["legal.aid.roster.publication"].with_user(self.city_officer)
        with self.assertRaises(AccessError):
            publications.create({"site_id": self.site.id, "date": TODAY, "recorded_by_id": self.city_officer.id})
        with self.assertRaises(AccessError):
            self.site.publication_ids.with_user(self.city_officer).write({"date": "2026-01-01"})
        with self.assertRaises(AccessError):
            self.site.publication_ids.with_user(self.city_officer).read(["content"])
        with self.assertRaises(UserError):
            self.officer_site.write({"checked_on": "2026-06-30"})
        with self.assertRaises(UserError):
            self._publish(date="2026-06-16")


@tagged("post_install", "-at_install")
@freeze_time(f"{TODAY} 02:00:00")
class TestRosterPage(RosterCommon, HttpCase):
    def _open(self, path="", **kw):
        return self.url_open(f"/legal-aid/roster{path}", **kw)

    def test_anonymous_sees_the_roster_only(self):
        """T13: the page of the city; no cookie, a copy is asked for again, and nothing of who did not agree."""
        response = self._open("/T01")
        self.assertEqual(response.status_code, 200)
        self.assertIn("甲律师", response.text)
        self.assertNotIn("乙律师", response.text)
        self.assertIn("0375-1110002", response.text)
        self.assertIn("no-cache", response.headers["Cache-Control"])
        self.assertNotIn("session_id", response.headers.get("Set-Cookie", ""))
        again = self._open("/T01", headers={"If-None-Match": response.headers["ETag"]})
        self.assertEqual(again.status_code, 304)
        self.lawyer1.with_user(self.lawyer1_user).action_withdraw_consent()
        gone = self._open("/T01", headers={"If-None-Match": response.headers["ETag"]})
        self.assertEqual(gone.status_code, 404)
        self.assertNotIn("甲律师", gone.text)

    def test_search(self):
        """T13: by name, firm, contact point and specialty."""
        found = {
            "?q=甲律师": True,
            "?q=测试律师事务所": True,
            "?q=王五": False,
            "?county=测试甲县总工会": True,
            "?county=测试乙县总工会": False,
            f"?specialty={self.union._get_roster_lines()[0]['specialties'][0]}": True,
            "?specialty=x": False,
        }
        for query, expected in found.items():
            with self.subTest(query):
                names = lxml_html.fromstring(self._open(f"/T01{query}").text).xpath("//*[@data-field='name']")
                self.assertEqual(bool(names), expected)

    def test_nothing_else_for_anybody(self):
        """T13: other unions, ids and the office's own addresses tell an anonymous visitor nothing."""
        for path in ("/T01A", "/1", f"/{self.city.id}", f"/{self.lawyer1.id}", "/../../web"):
            with self.subTest(path):
                self.assertNotIn("甲律师", self._open(path).text)
        for url in (
            f"/web/content/legal.aid.publication.site/{self.site.id}/xlsx_file",
            f"/report/html/union_legal_aid.report_roster/{self.site.id}",
        ):
            with self.subTest(url):
                response = self.url_open(url, allow_redirects=False)
                self.assertNotEqual(response.status_code, 200)

    def test_city_that_does_not_publish(self):
        """T13: a city may keep the page closed; then it looks as if it were not there."""
        self.city.publishes_roster = False
        self.assertEqual(self._open("/T01").status_code, 404)
