from itertools import pairwise

from lxml import html

from odoo import http
from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal_common import CLIENT, EMPLOYER, PHONE
from .portal_routes_common import LegalAidPortalRoutesCommon

# Everybody reads what he himself was told.
FOR_EVERYBODY = ("/my/notifications",)


@tagged("post_install", "-at_install")
class TestPortalRoutes(LegalAidPortalRoutesCommon):
    """P1, P2, O2: every address of the portal, tried by everybody to whom it does not belong, by link and by form."""

    def _get_secrets(self):
        return (
            PHONE,
            CLIENT,
            EMPLOYER,
            self.case.sudo().name,
            self.consultation.sudo().name,
            "核对工资条",
            "测试顾问单位",
        )

    def _assert_silent(self, page, where):
        for secret in self._get_secrets():
            self.assertNotIn(secret, page, where)

    def test_map_is_walked(self):
        """The walk finds the pages at all, and tells lawyers' from enterprises'."""
        mine = dict(self._each_route("GET", of_enterprise=False))
        theirs = dict(self._each_route("GET", of_enterprise=True))
        self.assertIn(f"/my/cases/{self.case.id}", mine)
        self.assertIn(f"/my/mandates/{self.mandate.id}", theirs)
        self.assertFalse(mine.keys() & theirs.keys())
        self.assertGreater(len(mine), 40)

    def test_each_opens_his_own(self):
        """P1, P2, O2: for lawyer and enterprise union themselves every page is there, directly or by way of its list; no copy of it
        stays in the browser, whoever sits down there next.
        """
        for user, of_enterprise in ((self.lawyer1_user, False), (self.enterprise_user, True)):
            self.login(user)
            for address, _names in self._each_route("GET", of_enterprise):
                with self.subTest(address=address):
                    response = self.url_open(address)
                    self.assertEqual(response.status_code, 200)
                    self.assertEqual(response.headers["Cache-Control"], "no-store")
            self.assertEqual(self.url_open("/my").headers["Cache-Control"], "no-store")

    def test_frame(self):
        """P1, P2: each page tells the browser its language and its own name, has one heading of the first level and the next levels in
        order, and a label for each field.
        """
        for user, of_enterprise in ((self.lawyer1_user, False), (self.enterprise_user, True)):
            self.login(user)
            addresses = [address for address, _names in self._each_route("GET", of_enterprise)]
            for address in [*addresses, "/my/cases/0"]:
                response = self.url_open(address)
                # A paper or a workbook is no page.
                if b"o_portal_wrap" not in response.content:
                    continue
                page = html.fromstring(response.content)
                with self.subTest(address=address):
                    self.assertEqual(page.get("lang"), user.lang.replace("_", "-"))
                    self._check_frame(page)

    def test_signed_out_in_the_middle(self):
        """P1, P2: who comes back to a form after a new sign-in is told that it was not sent."""
        for user, of_enterprise in ((self.lawyer1_user, False), (self.enterprise_user, True)):
            self.login(user)
            forms = {address for address, _names in self._each_route("POST", of_enterprise)}
            told = 0
            for address, _names in self._each_route("GET", of_enterprise):
                with self.subTest(address=address):
                    response = self.url_open(address)
                    if address in forms and response.history:
                        self.assertIn("o_legal_aid_error", response.text)
                        told += 1
            self.assertGreater(told, 0)

    def _check_frame(self, page):
        self.assertNotIn(page.findtext(".//title"), ("", "Odoo"))
        levels = [int(heading.tag[1]) for heading in page.xpath("//*[@id='wrap']//*[self::h1 or self::h2 or self::h3]")]
        self.assertEqual(levels[:1], [1])
        self.assertEqual(levels.count(1), 1)
        self.assertTrue(all(later - level < 2 for level, later in pairwise(levels)), levels)
        labelled = set(page.xpath("//label/@for"))
        for field in page.xpath(
            "//*[@id='wrap']//*[self::input[not(@type='hidden')] or self::select or self::textarea]"
        ):
            named = field.get("id") in labelled or field.get("aria-label") or field.xpath("ancestor::label")
            self.assertTrue(named, field.get("name"))
        ids = page.xpath("//*[@id='wrap']//@id")
        self.assertEqual(len(ids), len(set(ids)), ids)
        self.assertFalse(page.xpath("//*[@id='wrap']//img[not(@alt)]/@src"))

    def test_own_forms_are_answered(self):
        """The forms that the others send are no nonsense: their owner gets an answer to each, never “not found”."""
        for user, of_enterprise in ((self.lawyer1_user, False), (self.enterprise_user, True)):
            self.login(user)
            # Steps that give the record away come last.
            routes = sorted(self._each_route("POST", of_enterprise), key=lambda one: one[0].endswith("/close"))
            for address, _names in routes:
                if address.endswith("/decline"):
                    continue
                with self.subTest(address=address):
                    response = self._send(address)
                    self.assertIn(response.status_code, (200, 303))

    def test_zero_byte_is_dropped(self):
        """P1, P2: a zero byte in any field or in an address, which no text of the database holds, is dropped and no error."""
        for user, of_enterprise in ((self.lawyer1_user, False), (self.enterprise_user, True)):
            self.login(user)
            for address, _names in self._each_route("GET", of_enterprise):
                with self.subTest(address=address):
                    query = "search=%00x&search_in=%00&filterby=%00&sortby=%00&q=%00x&done=%00"
                    self.assertEqual(self.url_open(f"{address}?{query}").status_code, 200)
            routes = sorted(self._each_route("POST", of_enterprise), key=lambda one: one[0].endswith("/close"))
            for address, _names in routes:
                if address.endswith("/decline"):
                    continue
                with self.subTest(address=address):
                    self.assertIn(self._send(address, extra="\x00").status_code, (200, 303))

    def _send(self, address, extra=""):
        values = {name: f"{value}{extra}" for name, value in self._get_form(address).items()}
        data = {"csrf_token": http.Request.csrf_token(self), **values}
        return self.url_open(address, data=data, allow_redirects=False, method="POST")

    def test_another_lawyer(self):
        """T3, T4, O2: lawyer 2 finds none of lawyer 1's records, and no form of his moves them."""
        snapshot = self._take_snapshot()
        self.login(self.lawyer2_user)
        for address, names_record in self._each_route("GET"):
            with self.subTest(address=address):
                response = self.url_open(address)
                self._assert_silent(response.text, address)
                if names_record and not response.history:
                    self.assertEqual(response.status_code, 404)
        for address, names_record in self._each_route("POST"):
            if names_record:
                with self.subTest(address=address):
                    self.assertEqual(self._send(address).status_code, 404)
        self._assert_nothing_changed(snapshot)

    def _assert_closed(self, user, of_enterprise=None):
        """Neither link nor form leads anywhere but to “not found”."""
        snapshot = self._take_snapshot()
        self.login(user)
        for address, _names in self._each_route("GET", of_enterprise):
            with self.subTest(user=user.login, address=address):
                response = self.url_open(address)
                self._assert_silent(response.text, address)
                if address not in FOR_EVERYBODY:
                    self.assertEqual(response.status_code, 404)
        for address, _names in self._each_route("POST", of_enterprise):
            with self.subTest(user=user.login, address=address):
                self.assertEqual(self._send(address).status_code, 404)
        self._assert_nothing_changed(snapshot)

    def test_enterprise_user_on_lawyers_pages(self):
        """O2, P2: the enterprise union has its own pages, and none of the lawyer's."""
        self._assert_closed(self.enterprise_user, of_enterprise=False)

    def test_lawyer_on_enterprise_pages(self):
        """O2, P1: nor has the lawyer those of the enterprise union, also not of his own case."""
        self._assert_closed(self.lawyer1_user, of_enterprise=True)

    def test_other_portal_user(self):
        """P1, P2: who is in the portal for something else gets nothing."""
        self._assert_closed(self.portal_user)

    def test_officer(self):
        """O2: an officer works in the back office; the pages are not his."""
        self._assert_closed(self.a_officer)

    def test_visitor(self):
        """P1: without a login every address leads to the login page, and no form does anything."""
        snapshot = self._take_snapshot()
        self.authenticate(None, None)
        for address, _names in self._each_route("GET"):
            with self.subTest(address=address):
                self.assertIn("/web/login", self.url_open(address).url)
        for address, _names in self._each_route("POST"):
            with self.subTest(address=address):
                response = self._send(address)
                self.assertEqual(response.status_code, 303)
                self.assertIn("/web/login", response.headers["Location"])
        self._assert_nothing_changed(snapshot)

    @mute_logger("odoo.http")
    def test_forms_need_their_token(self):
        """P1, P2: a form that another site sends is refused, whoever is logged in."""
        snapshot = self._take_snapshot()
        for user, of_enterprise in ((self.lawyer1_user, False), (self.enterprise_user, True)):
            self.login(user)
            for address, _names in self._each_route("POST", of_enterprise):
                with self.subTest(address=address):
                    response = self.url_open(address, data=self._get_form(address), method="POST")
                    self.assertEqual(response.status_code, 400)
        self._assert_nothing_changed(snapshot)

    def test_archived_user(self):
        """O2: whose account was closed is out at once, also with an open session."""
        self.login(self.lawyer1_user)
        self.get(f"/my/cases/{self.case.id}")
        self.lawyer1_user.active = False
        self.env.flush_all()
        for address, _names in self._each_route("GET", of_enterprise=False):
            with self.subTest(address=address):
                response = self.url_open(address)
                self.assertIn("/web/login", response.url)
                self._assert_silent(response.text, address)

    def test_role_taken_away(self):
        """O2: without the role the team record alone opens nothing."""
        self.lawyer1_user.group_ids = self.env.ref("base.group_portal")
        self._assert_closed(self.lawyer1_user)

    def test_removed_lawyer(self):
        """T6, O2: whose place in the team ended keeps ledger, money and the decision, and does no service any more."""
        self.case.with_user(self.a_officer).action_change_lawyer(reason_code="recipient")
        self.lawyer1._workflow_write({"state": "removed"})
        self.login(self.lawyer1_user)
        for address in (f"/my/cases/{self.case.id}", f"/my/cases/{self.case.id}/documents/{self.document.id}"):
            self.get(address, status=404)
        self.post(f"/my/cases/{self.case.id}/log", self._get_form("/log"), status=404)
        for address in ("/my", "/my/ledger", "/my/legal-aid/payments", f"/my/removals/{self.removal.id}"):
            self.get(address)
        before = self._take_snapshot()
        for address in ("/my/consultations/new", "/my/activities/new"):
            self.assertNotIn("<textarea", self.get(address))
            self.assertIn("alert-warning", self.post(address, self._get_form(address)))
        self._assert_nothing_changed(before)

    def test_expired_contract(self):
        """T2, T9: whose year is over finishes the case that he has; the page says nothing else."""
        self.lawyer1.contract_ids._workflow_write({"state": "expired"})
        self.login(self.lawyer1_user)
        self.assertIn(PHONE, self.get(f"/my/cases/{self.case.id}"))
        self.post(f"/my/cases/{self.case.id}/log", {"hours_quick": "1", "kind": "hearing"}, status=303)
