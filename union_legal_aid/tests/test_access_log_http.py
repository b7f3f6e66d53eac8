import json
from datetime import datetime
from unittest.mock import patch

from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tests.test_cursor import TestCursor
from odoo.tools import mute_logger

from .portal_common import LegalAidPortalCommon
from .private_common import LegalAidPrivateCommon


def commit_with_hooks(commit):
    """What a real cursor does at the end of a request, and the one of the tests leaves out: run what waits for the commit."""

    def run(self):
        waiting, data = list(self.postcommit._funcs), dict(self.postcommit.data)
        commit(self)
        self.postcommit._funcs.extend(waiting)
        self.postcommit.data.update(data)
        self.postcommit.run()

    return run


@tagged("post_install", "-at_install")
class TestRequests(LegalAidPrivateCommon, HttpCase):
    """X2: each door of the server leaves its row, with the channel it is."""

    def setUp(self):
        super().setUp()
        hooks = patch.object(TestCursor, "commit", commit_with_hooks(TestCursor.commit))
        hooks.start()
        self.addCleanup(hooks.stop)

    def _call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}", {"model": model, "method": method, "args": args, "kwargs": kwargs}
        )

    def test_form_and_list_on_a_read_only_cursor(self):
        """ODOO_NOTES: web_read stays read-only: no retry with another cursor, and the row is there when the answer is."""
        self.authenticate(self.a_officer.login, self.a_officer.login)
        with self.assertNoLogs("odoo.http", level="WARNING"):
            self._call("legal.aid.case", "web_search_read", [["id", "=", self.case.id]], {"name": {}, "state": {}})
            self.assertFalse(self._get_rows())
            self._call("legal.aid.case", "web_read", self.case.ids, {"name": {}, "applicant_name": {}})
        self.assertEqual(self._get_rows().mapped("channel"), ["backend"])
        self.assertEqual(self._get_rows().user_id, self.a_officer)

    def test_line_in_another_form(self):
        """X2: a case that stands as a line in another record's form is not opened by it."""
        self.authenticate(self.a_officer.login, self.a_officer.login)
        document = self.case.with_user(self.a_officer).action_add_document(filename="a.txt", content=b"x")
        self._call(
            "legal.aid.case.document", "web_read", document.ids, {"case_id": {"fields": {"name": {}, "state": {}}}}
        )
        self.assertFalse(self._get_rows())
        self.assertTrue(self._get_rows(document))

    @mute_logger("odoo.http")
    def test_json_2_and_the_log_itself(self):
        """X2: a program is on record as such; it can neither write nor delete the log, with the administrator's key neither."""
        admin = self.env.ref("base.user_admin")
        admin.union_organization_ids = self.city
        for user in (self.city_manager, admin):
            key = self.env["res.users.apikeys"].with_user(user).sudo()._generate("rpc", "log", datetime(2099, 1, 1))
            headers = {"Authorization": f"bearer {key}", "Content-Type": "application/json"}

            def post(path, headers=headers, **values):  # pylint: disable=dangerous-default-value
                return self.url_open(f"/json/2/{path}", data=json.dumps(values), headers=headers)

            self.assertEqual(post("legal.aid.case/read", ids=self.case.ids, fields=["applicant_name"]).status_code, 200)
            row = self._get_rows(user_id=user.id)
            self.assertEqual((row.channel, row.field_names), ("rpc", "applicant_name"))
            for path, values in (
                ("legal.aid.access.log/write", {"ids": row.ids, "vals": {"record_name": "x"}}),
                ("legal.aid.access.log/unlink", {"ids": row.ids}),
                ("legal.aid.access.log/create", {"vals_list": [{"kind": "open", "res_model": "x", "res_id": 1}]}),
                ("legal.aid.access.log/_insert", {"rows": []}),
                ("legal.aid.access.log/_log", {"kind": "open"}),
            ):
                answer = post(path, **values)
                self.assertIn(answer.status_code, (403, 404), f"{user.login} {path} {answer.text[:200]}")
        self.assertEqual(len(self._get_rows()), 2)

    def test_downloads(self):
        """X2: a paper looked at or downloaded, by each address that leads to it; as often as it is in one visit, once."""
        document = self.case.with_user(self.a_officer).action_add_document(filename="a.txt", content=b"paper")
        attachment = document.sudo().attachment_id
        self.authenticate(self.a_officer.login, self.a_officer.login)
        with self.assertNoLogs("odoo.http", level="WARNING"):
            for url in (
                f"/web/content/{attachment.id}",
                f"/web/content/{attachment.id}?download=true",
                f"/web/content/legal.aid.case.document/{document.id}/file",
            ):
                self.assertEqual(self.url_open(url).text, "paper", url)
        rows = self._get_rows(document, kind="download")
        self.assertEqual(rows.mapped("field_names"), [f"ir.attachment:{attachment.id}", "file"])
        self.authenticate(self.lawyer2_user.login, self.lawyer2_user.login)
        self.assertNotEqual(self.url_open(f"/web/content/{attachment.id}").text, "paper")
        self.assertEqual(self._get_rows(document, kind="download"), rows)

    def test_print_by_address(self):
        """X2: the page of a report is printed on a read-only cursor, and on record."""
        case = self._create_granted()
        self.authenticate(self.a_officer.login, self.a_officer.login)
        with self.assertNoLogs("odoo.http", level="WARNING"):
            answer = self.url_open(f"/report/html/union_legal_aid.report_case_grant/{case.id}")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(self._get_rows(case, kind="print").mapped("channel"), ["backend"])

    @mute_logger("odoo.http", "odoo.sql_db")
    def test_no_answer_without_a_row(self):
        """X2: when the row cannot be written after the commit, the answer is an error and not the file."""
        self.authenticate(self.a_officer.login, self.a_officer.login)
        log = self.env.registry["legal.aid.access.log"]
        with patch.object(log, "_insert", side_effect=RuntimeError("broken")), self.assertRaises(JsonRpcException):
            self._call("legal.aid.case", "web_read", self.case.ids, {"applicant_name": {}, "state": {}})


@tagged("post_install", "-at_install")
class TestPortalPages(LegalAidPortalCommon):
    def test_lawyers_page(self):
        """X2: the lawyer's page of a case or a call is a file that he opened, his download one that he took."""
        case = self._assign(self._create_case(), self.lawyer1)
        call = (
            self.env["legal.aid.consultation"]
            .with_user(self.lawyer1_user)
            ._create_from_portal(
                self.lawyer1, {"date": "2026-03-10", "channel": "phone", "matter_id": self.matter.id, "question": "问"}
            )
        )
        case.with_user(self.lawyer1_user).action_accept()
        document = case.with_user(self.lawyer1_user).action_add_document(filename="a.txt", content=b"paper")
        self.login(self.lawyer1_user)
        self.get("/my/cases")
        rows = self.env["legal.aid.access.log"].search([("user_id", "=", self.lawyer1_user.id)], order="id")
        self.assertFalse(rows, "his list opens nothing")
        self.get(f"/my/cases/{case.id}")
        self.get(f"/my/consultations/{call.id}")
        self.get(f"/my/cases/{case.id}/documents/{document.id}")
        self.get(f"/my/cases/{case.id}/mandate")
        rows = rows.search([("user_id", "=", self.lawyer1_user.id)], order="id")
        self.assertEqual(
            [(row.res_model, row.res_id, row.kind, row.channel) for row in rows],
            [
                ("legal.aid.case", case.id, "open", "portal"),
                ("legal.aid.consultation", call.id, "open", "portal"),
                ("legal.aid.case.document", document.id, "download", "portal"),
                ("legal.aid.mandate", case.mandate_id.id, "print", "portal"),
            ],
        )
        self.login(self.lawyer2_user)
        self.get(f"/my/cases/{case.id}", 404)
        self.assertFalse(rows.search([("user_id", "=", self.lawyer2_user.id)]))
