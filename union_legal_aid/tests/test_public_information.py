import time
from unittest.mock import patch

from odoo.exceptions import ConcurrencyError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .casework_common import TODAY
from .common import LegalAidCommon

PAGES = ("", "/scope", "/stations", "/roster", "/complaint", "/complaint/status")


@tagged("post_install", "-at_install")
class TestPublicPages(LegalAidCommon, HttpCase):
    """P3: what everybody may read and do without an account, on the phone, without scripts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lawyer1 = cls.env["legal.aid.volunteer"].create(
            {
                "partner_id": cls.lawyer1_user.partner_id.id,
                "organization_id": cls.city.id,
                "mobile": "13803750088",
                "consent_date": TODAY,
            }
        )
        cls.lawyer1._workflow_write({"state": "active", "member_since": "2026-01-01"})
        cls.station = cls.env["union.institution"].create(
            {
                "organization_id": cls.county_a.id,
                "kind": "station",
                "name": "测试甲县工作站",
                "phone": "0375-1234567",
                "address": "测试路1号",
            }
        )

    def _get_form_token(self, path):
        page = self.url_open(f"/legal-aid{path}").text
        return page.split('name="csrf_token" value="')[1].split('"')[0]

    def _complain(self, **values):
        return self.url_open(
            "/legal-aid/complaint",
            data={
                "csrf_token": self._get_form_token("/complaint"),
                "complainant_kind": "worker",
                "lawyer_name": self.lawyer1.name,
                "category": "neglect",
                "text": "两个月没有进展",
                **values,
            },
        )

    def _count(self):
        return self.env["legal.aid.complaint"].search_count([("volunteer_id", "=", self.lawyer1.id)])

    def test_pages_open_for_everybody(self):
        """P3: each page opens without an account, has a title, and shows nothing that nobody agreed to."""
        for page in PAGES:
            with self.subTest(page=page):
                answer = self.url_open(f"/legal-aid{page}")
                self.assertEqual(answer.status_code, 200)
                self.assertIn("<h1>", answer.text)
                self.assertNotIn("<script", answer.text)
                self.assertNotIn("13803750088", answer.text)

    def test_stations(self):
        """P3: hotlines and stations with phone and address; one that is over is gone."""
        page = self.url_open("/legal-aid/stations").text
        for text in ("12351", "12348", "测试甲县工作站", "tel:0375-1234567", "测试路1号"):
            self.assertIn(text, page)
        self.station.date_to = "2020-12-31"
        self.env.flush_all()
        self.assertNotIn("测试甲县工作站", self.url_open("/legal-aid/stations").text)

    def test_scope_and_standard(self):
        """P3: scope and the hardship standard in force, with the document it rests on."""
        self.env["legal.aid.hardship.standard"].create(
            {
                "name": "标准",
                "organization_id": self.county_b.id,
                "date_from": "2026-01-01",
                "amount": 987.5,
                "source_document": "测民〔2026〕9号",
            }
        )
        self.env.flush_all()
        page = self.url_open("/legal-aid/scope").text
        self.assertIn("987.50", page)
        self.assertIn("测民〔2026〕9号", page)

    def test_complaint_with_receipt(self):
        """P3: a receipt number to follow; its code alone opens the state."""
        answer = self._complain(complainant_name="王小明", complainant_phone="13803750001")
        self.assertEqual(answer.status_code, 200)
        complaint = self.env["legal.aid.complaint"].search([("volunteer_id", "=", self.lawyer1.id)])
        self.assertEqual((complaint.channel, complaint.organization_id), ("online", self.city))
        self.assertIn(complaint.name, answer.text)
        code = answer.text.split('data-field="code"><strong>')[1].split("<")[0]
        for given, shown in ((code, True), ("AAAAAAAAAA", False)):
            page = self.url_open(
                "/legal-aid/complaint/status",
                data={"csrf_token": self._get_form_token("/complaint/status"), "number": complaint.name, "code": given},
            ).text
            self.assertEqual("data-complaint-status" in page, shown)
            for secret in ("王小明", "13803750001", "两个月没有进展", self.lawyer1.name):
                self.assertNotIn(secret, page)

    def test_anonymous_complaint(self):
        """P3: without a name; what was typed as a name is not kept."""
        self._complain(complainant_kind="anonymous", complainant_name="王小明")
        complaint = self.env["legal.aid.complaint"].search([("volunteer_id", "=", self.lawyer1.id)])
        self.assertFalse(complaint.complainant_name)

    def test_bad_input_loses_nothing(self):
        """P3: what was typed stays in the form, with what is wrong; nothing is kept."""
        for values in ({"lawyer_name": "没有这个人"}, {"text": "  "}, {"complainant_kind": "king"}):
            answer = self._complain(**{"case_number": "测1号", **values})
            self.assertEqual(answer.status_code, 422, values)
            self.assertIn("ula_error", answer.text)
            self.assertIn("测1号", answer.text)
        self.assertEqual(self._count(), 0)

    def test_what_it_is_about_is_chosen_by_the_visitor(self):
        """P3: no kind of complaint stands in the empty form; what was chosen still does after an error."""
        self.assertNotIn('value="neglect" selected', self.url_open("/legal-aid/complaint").text)
        self.assertIn('<option value="">', self.url_open("/legal-aid/complaint").text)
        self.assertIn('value="neglect" selected', self._complain(text="  ").text)

    def test_five_a_day_from_one_origin(self):
        """P3: the fifth is taken, the sixth is sent to the telephone; after a day the form is open again."""
        for _number in range(5):
            self.assertEqual(self._complain().status_code, 200)
        self.assertEqual(self._complain().status_code, 422)
        self.assertEqual(self._count(), 5)
        self.env.cr.execute("UPDATE legal_aid_complaint SET create_date = create_date - interval '25 hours'")
        self.env.invalidate_all()
        self.assertEqual(self._complain().status_code, 200)

    def test_origins_are_forgotten(self):
        """F§11: the fingerprint of the origin goes after two days."""
        self._complain()
        complaint = self.env["legal.aid.complaint"].sudo().search([("volunteer_id", "=", self.lawyer1.id)])
        self.assertTrue(complaint.origin_hash)
        self.env["legal.aid.complaint"]._gc_origins()
        self.assertTrue(complaint.origin_hash)
        self.env.cr.execute("UPDATE legal_aid_complaint SET create_date = create_date - interval '49 hours'")
        self.env.invalidate_all()
        self.env["legal.aid.complaint"]._gc_origins()
        self.assertFalse(complaint.origin_hash)

    def test_a_foreign_page_cannot_complain(self):
        """P3: a form without the token of our own page is refused; whose browser merely forgot it loses nothing of what he typed."""
        for token in ({}, {"csrf_token": "x"}, {"csrf_token": f"{'0' * 40}o{int(time.time()) + 3600}"}):
            answer = self._complain(**{"csrf_token": "", **token}, text="两个月没有进展，电话也不接")
            self.assertEqual(answer.status_code, 422)
            self.assertIn("两个月没有进展，电话也不接", answer.text)
        self.assertEqual(self._count(), 0)
        answer = self.url_open("/legal-aid/complaint/status", data={"number": "x", "code": "y"})
        self.assertIn("ula_error", answer.text)

    def test_two_taps_one_complaint(self):
        """P3: the same form sent twice gives one complaint and the same receipt; changed, or opened anew, it is another one."""
        key = self.url_open("/legal-aid/complaint").text.split('name="form_key" value="')[1].split('"')[0]
        first = self._complain(form_key=key)
        again = self._complain(form_key=key)
        self.assertEqual((first.status_code, again.status_code), (200, 200))
        self.assertEqual(self._get_receipt(first), self._get_receipt(again))
        self.assertEqual(self._count(), 1)
        for other in ({"form_key": key, "text": "三个月没有进展"}, {"form_key": "another"}, {}):
            self.assertNotEqual(self._get_receipt(self._complain(**other)), self._get_receipt(first))
        self.assertEqual(self._count(), 4)

    def test_two_taps_at_once(self):
        """P3: where both taps are taken at the same time, the database lets one in; the other is taken again."""
        complaints = self.env["legal.aid.complaint"]
        vals = {"complainant_kind": "worker", "lawyer_name": self.lawyer1.name, "category": "neglect", "text": "无进展"}
        complaints._receive_from("203.0.113.1", vals, "key")
        # The second tap does not see what the first has not finished.
        unseen = patch.object(type(complaints), "_find_of_form", lambda complaints, form_hash: complaints.browse())
        with unseen, mute_logger("odoo.sql_db"), self.assertRaises(ConcurrencyError), self.env.cr.savepoint():
            complaints._receive_from("203.0.113.1", vals, "key")

    def _get_receipt(self, answer):
        return [answer.text.split(f'data-field="{name}"><strong>')[1].split("<")[0] for name in ("number", "code")]
