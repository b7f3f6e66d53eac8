from unittest.mock import patch

from lxml import html as lxml_html

from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import config

from ..controllers.public import STYLE, get_style_url
from .casework_common import TODAY
from .common import LegalAidCommon

PAGES = (
    "",
    "/nothing/here",
    "/scope",
    "/stations",
    "/roster",
    "/complaint",
    "/complaint/status",
    f"/card/{'x' * 32}",
    "/roster/none",
)
FORMS = ("/nothing/here", "/complaint", "/complaint/status", f"/card/{'x' * 32}", "/roster/none")
# White on the dark red of the head, grey on white and so on: at least 4.5 to 1 (WCAG 2.1 AA).
PAIRS = (("#fff", "#a61c1c"), ("#5a5a5a", "#fff"), ("#5a5a5a", "#f6f6f4"), ("#555", "#f6f6f4"), ("#a61c1c", "#f6f6f4"))
PAIRS += (("#842029", "#f8d7da"), ("#0f5132", "#d1e7dd"), ("#212529", "#f6f6f4"))


class PublicCommon(LegalAidCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lawyer1 = cls._create_lawyer(cls.lawyer1_user.partner_id)

    @classmethod
    def _create_lawyer(cls, partner):
        lawyer = cls.env["legal.aid.volunteer"].create(
            {
                "partner_id": partner.id,
                "organization_id": cls.city.id,
                "consent_date": TODAY,
                "publish_contact_points": True,
                "contact_point_ids": cls.county_a.ids,
            }
        )
        lawyer._workflow_write({"state": "active", "member_since": "2026-01-01"})
        return lawyer

    def _open(self, path="", **kwargs):
        return self.url_open(f"/legal-aid{path}", **kwargs)

    def _get_token(self, path):
        return self._open(path).text.split('name="csrf_token" value="')[1].split('"')[0]

    def _complain(self, headers=None, **values):
        data = {
            "csrf_token": self._get_token("/complaint"),
            "complainant_kind": "worker",
            "lawyer_name": self.lawyer1.name,
            "category": "neglect",
            "text": "两个月没有进展",
            **values,
        }
        return self._open("/complaint", data=data, headers=headers)

    def _count(self):
        return self.env["legal.aid.complaint"].search_count([("volunteer_id", "=", self.lawyer1.id)])


@tagged("post_install", "-at_install")
class TestPublicFrame(PublicCommon):
    """P3, P4: what all public pages share: readable for everybody, kept by nobody who should not, without other hosts."""

    def _each_page(self):
        for path in PAGES:
            answer = self._open(path)
            yield path, answer, lxml_html.fromstring(answer.content)

    def test_readable_for_everybody(self):
        """P3: language, title, description, one heading, a way to the content, a label for each field; no script, no other host."""
        for path, answer, page in self._each_page():
            with self.subTest(path):
                self.assertTrue(page.xpath("/html/@lang")[0])
                self.assertTrue(page.findtext(".//title").strip())
                self.assertTrue(page.xpath("//meta[@name='description']/@content")[0].strip())
                self.assertEqual(len(page.xpath("//h1")), 1)
                self.assertEqual(page.xpath("//body/a[1]/@href"), ["#main"])
                self.assertTrue(page.xpath("//main[@id='main']"))
                self.assertFalse(page.xpath("//script | //*[@style] | //@onclick | //iframe | //img"))
                labels = set(page.xpath("//label/@for"))
                fields = page.xpath("//input[not(@type='hidden')]/@id | //select/@id | //textarea/@id")
                self.assertEqual(set(fields) - labels, set())
                self.assertEqual(
                    len(page.xpath("//input[not(@type='hidden')] | //select | //textarea")), len(fields), "no id"
                )
                self.assertNotRegex(answer.text, r"(src|href|action)=\"(https?:)?//")

    def test_ways_between_the_pages(self):
        """P3: each page leads to all others, and each way leads somewhere."""
        links = set()
        for path, _answer, page in self._each_page():
            ways = page.xpath("//nav//a/@href")
            self.assertEqual(len(ways), 6, path)
            links.update(ways)
        for link in links:
            self.assertEqual(self.url_open(link).status_code, 200, link)

    def test_what_may_be_kept(self):
        """P3, F§11: what is the same for everybody is asked for again each time; forms, cards and receipts are never kept."""
        for path, answer, _page in self._each_page():
            with self.subTest(path):
                is_form = path in FORMS
                self.assertEqual(answer.headers["Cache-Control"], "no-store" if is_form else "public, no-cache")
                self.assertEqual("ETag" in answer.headers, not is_form)
                self.assertEqual("noindex" in answer.text, is_form)
                self.assertIn("default-src 'self'", answer.headers["Content-Security-Policy"])
                self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
                if not is_form:
                    again = self._open(path, headers={"If-None-Match": answer.headers["ETag"]})
                    self.assertEqual((again.status_code, again.content), (304, b""))

    def test_style_follows_its_content(self):
        """P3: the address of the style sheet changes with its content, so that nobody has to think of it."""
        url = get_style_url()
        self.assertRegex(url, rf"^/{STYLE}\?v=[0-9a-f]{{12}}$")
        self.assertIn(f'href="{url}"', self._open().text)
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200)
        self.assertNotIn(b"url(", answer.content)

    def test_contrast(self):
        """P3: text stands out from its ground, at least 4.5 to 1."""
        css = self.url_open(get_style_url()).text
        for pair in PAIRS:
            for colour in pair:
                self.assertIn(colour, css)
            self.assertGreaterEqual(self._get_contrast(*pair), 4.5, pair)

    def _get_contrast(self, *colours):
        light, dark = sorted(map(self._get_luminance, colours), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    def _get_luminance(self, colour):
        digits = colour.lstrip("#")
        if len(digits) == 3:
            digits = "".join(digit * 2 for digit in digits)
        parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@tagged("post_install", "-at_install")
class TestPublicLoad(PublicCommon):
    """P3: the pages do not grow slower with the team."""

    def _count_statements(self):
        counts = {}
        for path in ("", "/scope", "/stations", "/roster/T01", "/complaint"):
            self._open(path)  # what is read once and kept is not counted
            before = self.env.cr.sql_log_count
            self.assertEqual(self._open(path).status_code, 200)
            counts[path] = self.env.cr.sql_log_count - before
        return counts

    def _fill(self, first, last):
        for number in range(first, last):
            lawyer = self._create_lawyer(self.env["res.partner"].create({"name": f"律师{number}"}))
            self.env["legal.aid.notice"].create({"volunteer_id": lawyer.id, "kind": "join", "date": TODAY})
            self.env["union.institution"].create(
                {
                    "organization_id": self.county_a.id,
                    "kind": "station",
                    "name": f"工作站{number}",
                    "phone": "0375-1234567",
                }
            )
        self.env.flush_all()
        self.env.invalidate_all()

    @freeze_time(f"{TODAY} 02:00:00")
    def test_statements_do_not_grow(self):
        """P3: with 60 lawyers, notices and stations a page takes as many statements as with 3."""
        self._fill(1, 3)
        few = self._count_statements()
        self._fill(3, 60)
        many = self._count_statements()
        self.assertIn("律师59", self._open("/roster/T01").text)
        self.assertEqual(many, few)


@tagged("post_install", "-at_install")
class TestPublicAbuse(PublicCommon):
    """P3: whoever means no good gets no further than the form."""

    def _complain_as(self, *addresses):
        """The answers to one complaint each with these addresses in the header."""
        headers = [{"X-Forwarded-For": address, "X-Forwarded-Host": "127.0.0.1"} for address in addresses]
        return [self._complain(headers=one).status_code for one in headers]

    def test_a_header_changes_nothing_without_a_proxy(self):
        """P3: whoever writes another address into a header is still counted as the one who connects."""
        with patch.dict(config.options, proxy_mode=False):
            answers = self._complain_as(*(f"203.0.113.{number}" for number in range(6)))
        self.assertEqual(answers, [200] * 5 + [422])

    def test_visitors_behind_our_own_proxy(self):
        """P3: behind the configured proxy each visitor is counted by himself; only the last hop is believed."""
        with patch.dict(config.options, proxy_mode=True):
            answers = self._complain_as(*(f"203.0.113.{number}" for number in range(6)))
            self.assertEqual(answers, [200] * 6)
            # What a visitor wrote there himself stands before what the proxy added.
            answers = self._complain_as(*(f"198.51.100.{number}, 203.0.113.77" for number in range(6)))
        self.assertEqual(answers, [200] * 5 + [422])

    def test_what_is_typed_stays_text(self):
        """P3: markup, a zero byte and an upload instead of a text are no error of the server and no part of the page."""
        answer = self._complain(text="<script>alert(1)</script>", lawyer_name="<b>x</b>")
        self.assertEqual(answer.status_code, 422)
        self.assertNotIn("<script>alert", answer.text)
        self.assertNotIn("<b>x</b>", answer.text)
        self.assertEqual(self._complain(text="a\x00b").status_code, 200)
        for field in ("number", "code"):
            data = {"csrf_token": self._get_token("/complaint/status"), "number": "1", "code": "2", field: "\x00" * 9}
            self.assertEqual(self._open("/complaint/status", data=data).status_code, 200)
        for path in ("/roster?q=%00%27", "/roster?county[]=x&county[]=y", "/roster/%2e%2e%2fweb", "/card/%00"):
            self.assertIn(self._open(path).status_code, (200, 404), path)
        answer = self._open(
            "/complaint/status",
            data={"csrf_token": self._get_token("/complaint/status"), "code": "x"},
            files={"number": ("x.txt", b"x")},
        )
        self.assertEqual(answer.status_code, 200)

    def test_too_long(self):
        """P3: more than the form holds is refused with the text kept, not cut and not stored."""
        for field, length in (("text", 4001), ("complainant_name", 5000), ("complainant_phone", 400)):
            answer = self._complain(**{field: "长" * length})
            self.assertEqual(answer.status_code, 422, field)
            self.assertIn("ula_error", answer.text)
        self.assertEqual(self._count(), 0)

    def test_unknown_numbers_tell_nothing(self):
        """P3: a number that does not exist and one whose code is wrong get the same answer."""
        self._complain()
        number = self.env["legal.aid.complaint"].search([("volunteer_id", "=", self.lawyer1.id)]).name
        pages = []
        for asked in (number, f"{number}9", "", "无此编号"):
            data = {"csrf_token": self._get_token("/complaint/status"), "number": asked, "code": "AAAAAAAAAA"}
            page = lxml_html.fromstring(self._open("/complaint/status", data=data).content)
            pages.append(page.xpath("string(//*[@class='ula_error'])"))
        self.assertEqual(len(set(pages)), 1)
        self.assertTrue(pages[0])
