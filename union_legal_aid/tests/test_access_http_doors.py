import base64
import json
import xmlrpc.client
from datetime import datetime

from odoo import http
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .casework_common import TODAY
from .test_access_doors import LegalAidDoorsCommon

EVIDENCE = "矩阵证据正文"
# One of each role to whom case and consultation of county a are closed.
STRANGERS = (
    ("officer", "county_b"),
    ("manager", "county_b"),
    ("officer", "enterprise_a"),
    ("finance", "county_a"),
    ("finance", "county_b"),
    ("justice", "county_a"),
    ("auditor", "county_b"),
    ("liaison", "enterprise_a"),
    ("enterprise_portal", "enterprise_a"),
    ("volunteer", "lawyer2"),
)


@tagged("post_install", "-at_install")
class TestHttpDoors(LegalAidDoorsCommon, HttpCase):
    """O2: no door of the server shows what is closed: RPC in its three dialects, files, pictures, reports, exports, pages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Whoever may export at all gets no more by it.
        cls.env.ref("base.group_user").implied_ids += cls.env.ref("base.group_allow_export")
        cls.document = cls.env["legal.aid.case.document"].create(
            {
                "case_id": cls.case_a.id,
                "kind": "evidence",
                "confidentiality": "sensitive",
                "file": base64.b64encode(EVIDENCE.encode()),
                "file_name": "证据.txt",
            }
        )
        cls.consultation = next(
            specimen.record
            for specimen in cls.specimens["legal.aid.consultation"]
            if specimen.record.organization_id == cls.county_a
        )
        lawyer2 = next(person for person in cls.people if person.user == cls.lawyer2_user)
        cls.strangers = [
            lawyer2 if role == "volunteer" else cls._get_person(role, unions) for role, unions in STRANGERS
        ]

    def _is_closed(self, person, record):
        return not record.with_user(person.user).has_access("read")

    def _each_closed_target(self):
        """``(person, record)``: what of county a's case a stranger must not open; the login is changed on the way."""
        for person in self.strangers:
            closed = [
                record
                for record in (self.case_a, self.document, self.consultation, self.case_a.party_ids[:1])
                if self._is_closed(person, record)
            ]
            self.assertTrue(closed, person.user.login)
            self.authenticate(person.user.login, person.user.login)
            for record in closed:
                yield person, record

    def _assert_silent(self, text, person):
        """An answer tells nothing of the case."""
        self.assertNotIn(EVIDENCE, text, person.user.login)
        self.assertFalse(self._find_shown(text, person), person.user.login)

    @mute_logger("odoo.http")
    def test_json_rpc(self):
        for person, record in self._each_closed_target():
            for method, arguments in (
                ("read", [record.ids, ["id"]]),
                ("web_read", [record.ids, {"display_name": {}}]),
                ("export_data", [record.ids, ["display_name"]]),
                ("write", [record.ids, {}]),
                ("copy", [record.ids]),
                ("unlink", [record.ids]),
            ):
                if method == "write" and not record._fields.get("state"):
                    continue
                with self.assertRaises(JsonRpcException, msg=f"{person.user.login} {record._name}.{method}"):
                    self.make_jsonrpc_request(
                        f"/web/dataset/call_kw/{record._name}/{method}",
                        {"model": record._name, "method": method, "args": arguments, "kwargs": {}},
                    )

    @mute_logger("odoo.http")
    def test_json_2(self):
        for person in self.strangers:
            key = (
                self.env["res.users.apikeys"]
                .with_user(person.user)
                .sudo()
                ._generate("rpc", "door", datetime(2099, 1, 1))  # the database does not stand still with the test
            )
            for record in (self.case_a, self.document, self.consultation):
                if not self._is_closed(person, record):
                    continue
                answer = self.url_open(
                    f"/json/2/{record._name}/read",
                    data=json.dumps({"ids": record.ids, "fields": ["id"]}),
                    headers={"Authorization": f"bearer {key}", "Content-Type": "application/json"},
                )
                self.assertEqual(answer.status_code, 403, f"{person.user.login} {record._name}: {answer.text[:200]}")
                self._assert_silent(answer.text, person)

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.xmlrpc")
    def test_xml_rpc(self):
        for person in self.strangers:
            for record in (self.case_a, self.document, self.consultation):
                if not self._is_closed(person, record):
                    continue
                with self.assertRaises(xmlrpc.client.Fault, msg=f"{person.user.login} {record._name}"):
                    self.xmlrpc_object.execute_kw(
                        self.env.cr.dbname,
                        person.user.id,
                        person.user.login,
                        record._name,
                        "read",
                        [record.ids, ["id"]],
                    )

    @mute_logger("odoo.http")
    def test_files_and_pictures(self):
        attachment = self.document.attachment_id
        for person in self.strangers:
            if not self._is_closed(person, self.document):
                continue
            self.authenticate(person.user.login, person.user.login)
            for url in (
                f"/web/content/{attachment.id}",
                f"/web/content/{attachment.id}?download=true",
                f"/web/content/legal.aid.case.document/{self.document.id}/file",
                f"/web/image/{attachment.id}",
                f"/web/image/legal.aid.case.document/{self.document.id}/file",
                f"/web/content/ir.attachment/{attachment.id}/datas",
                f"/web/content/ir.attachment/{attachment.id}/raw",
            ):
                answer = self.url_open(url)
                self.assertNotIn(EVIDENCE, answer.text, f"{person.user.login} {url}")
            with self.assertRaises(JsonRpcException):
                self.make_jsonrpc_request(
                    "/web/dataset/call_kw/ir.attachment/read",
                    {"model": "ir.attachment", "method": "read", "args": [attachment.ids, ["name"]], "kwargs": {}},
                )

    @mute_logger("odoo.http")
    def test_reports(self):
        """Each printed document of a record that is closed stays closed, as page and as PDF."""
        reports = self.env["ir.actions.report"].search([("model", "in", list(self.specimens))])
        self.assertTrue(reports)
        for person in self.strangers:
            self.authenticate(person.user.login, person.user.login)
            for report in reports:
                for specimen in self.specimens[report.model][:2]:
                    if not self._is_closed(person, specimen.record):
                        continue
                    answer = self.url_open(
                        f"/report/html/{report.report_name}/{specimen.record.id}", allow_redirects=False
                    )
                    self.assertNotEqual(answer.status_code, 200, f"{person.user.login} {report.report_name}")
                    self._assert_silent(answer.text, person)

    @mute_logger("odoo.http", "odoo.addons.web.controllers.export")
    def test_export(self):
        for person, record in self._each_closed_target():
            answer = self.url_open(
                "/web/export/csv",
                data={
                    "csrf_token": http.Request.csrf_token(self),
                    "data": json.dumps(
                        {
                            "model": record._name,
                            "fields": [{"name": "display_name", "label": "name", "type": "char"}],
                            "ids": record.ids,
                            "domain": [],
                            "import_compat": False,
                            "groupby": [],
                            "context": {},
                        }
                    ),
                },
            )
            self.assertNotEqual(answer.status_code, 200, f"{person.user.login} {record._name}")
            self._assert_silent(answer.text, person)

    @mute_logger("odoo.http")
    def test_chatter(self):
        self.case_a.sudo().message_post(body="某条进展", message_type="comment")
        for person in self.strangers:
            if not self._is_closed(person, self.case_a):
                continue
            self.authenticate(person.user.login, person.user.login)
            try:
                answer = json.dumps(
                    self.make_jsonrpc_request(
                        "/mail/thread/messages", {"thread_model": "legal.aid.case", "thread_id": self.case_a.id}
                    ),
                    ensure_ascii=False,
                )
            except JsonRpcException as refused:
                answer = str(refused)
            self.assertNotIn("某条进展", answer, person.user.login)
            with self.assertRaises(JsonRpcException, msg=person.user.login):
                self.make_jsonrpc_request(
                    "/mail/message/post",
                    {
                        "thread_model": "legal.aid.case",
                        "thread_id": self.case_a.id,
                        "post_data": {"body": "x", "message_type": "comment"},
                    },
                )

    @mute_logger("odoo.http")
    def test_portal_pages(self):
        """Guessed numbers in the address bar lead home, for other lawyers, portal users and officials alike."""
        document = self.document.id
        for person in self.strangers:
            self.authenticate(person.user.login, person.user.login)
            for url in (
                f"/my/cases/{self.case_a.id}",
                f"/my/cases/{self.case_a.id}/documents/{document}",
                f"/my/cases/{self.case_a.id}/mandate",
                f"/my/consultations/{self.consultation.id}",
                f"/my/cases/{self.case_a.id}?access_token=1",
            ):
                answer = self.url_open(url, allow_redirects=False)
                self.assertIn(answer.status_code, (303, 403, 404), f"{person.user.login} {url}")
                self._assert_silent(answer.text, person)

    @mute_logger("odoo.http")
    def test_visitors(self):
        """Without login every door leads to the login page."""
        self.authenticate(None, None)
        for url in (
            f"/my/cases/{self.case_a.id}",
            f"/web/content/{self.document.attachment_id.id}",
            f"/web/image/legal.aid.case.document/{self.document.id}/file",
            f"/report/html/union_legal_aid.report_case_grant/{self.case_a.id}",
        ):
            answer = self.url_open(url)
            self.assertNotIn(EVIDENCE, answer.text)
            self.assertFalse(
                [secret.text for secret in self.secrets if secret.text in answer.text], f"{TODAY} visitor {url}"
            )
