import io

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .enterprise_common import FACTS, REQUESTS, SECRETS, LegalAidEnterpriseCommon
from .portal_common import CLIENT, EMPLOYER, PHONE, TODAY


@tagged("post_install", "-at_install")
@freeze_time(f"{TODAY} 02:00:00")
class TestPortalRequest(LegalAidEnterpriseCommon):
    """P2, I4: the enterprise union applies for a worker, reports needs, and follows both, on its own pages."""

    def _file(self, name="申请.png", content=b"stamped"):
        return (name, io.BytesIO(content), "image/png")

    # Home

    def test_home(self):
        """P2: what was reported and where it stands, who the lawyer is and his office phone, what comes next, the hotlines."""
        self.lawyer1.write({"contact_point_ids": [Command.link(self.enterprise_a.id)], "office_phone": "0375-6000123"})
        self.lawyer1.sudo().mobile = "13803750077"
        self.env["legal.aid.activity"].create(
            {
                "name": "普法进车间",
                "date": "2026-03-20",
                "place": "二楼会议室",
                "organization_id": self.county_a.id,
                "enterprise_id": self.enterprise_a.id,
            }
        )
        request = self._write_request()
        request.with_user(self.user_a)._submit_from_portal()
        self.login(self.user_a)
        home = self.get("/my")
        for text in (request.name, self.lawyer1.name, "tel:0375-6000123", "普法进车间", "二楼会议室", "12351", "12348"):
            self.assertIn(text, home)
        self.assertIn(f"{REQUESTS}/{request.id}", home)
        for secret in (*SECRETS, "13803750077"):
            self.assertNotIn(secret, home)
        self.login(self.user_b)
        for text in (request.name, "tel:0375-6000123", "普法进车间"):
            self.assertNotIn(text, self.get("/my"))

    def test_lawyer_of_the_county(self):
        """T3, F§11: where nobody serves the enterprise itself, the county's lawyer by his consent, and his phone by the same."""
        self.lawyer1.write({"office_phone": "0375-6000123"})
        self.assertEqual(self.enterprise_a.with_user(self.user_a)._get_serving_lawyers(), [])
        self.lawyer1.consent_date = TODAY
        (line,) = self.enterprise_a.with_user(self.user_a)._get_serving_lawyers()
        self.assertEqual((line["name"], line["phone"], line["union"]), (self.lawyer1.name, False, self.county_a.name))
        self.lawyer1.publish_office_phone = True
        (line,) = self.enterprise_a.with_user(self.user_a)._get_serving_lawyers()
        self.assertEqual(line["phone"], "0375-6000123")

    # Apply

    def test_apply(self):
        """P2, I4: the form with its papers is handed in; the page is the receipt; the county's officers are told by number only."""
        self.login(self.user_a)
        self.get(f"{REQUESTS}/new/application")
        self.post(
            f"{REQUESTS}/new/application",
            self._form(),
            status=303,
            files=[
                ("page", self._file()),
                ("paper_identity", self._file("证件.png")),
                ("paper_evidence", self._file("工资条.pdf")),
            ],
        )
        request = self._find_requests()
        self.assertRecordValues(
            request,
            [
                {
                    "state": "submitted",
                    "kind": "application",
                    "applicant_name": CLIENT,
                    "employer_name": EMPLOYER,
                    "worker_agrees": True,
                    "submitted_by_id": self.user_a.id,
                    "receiver_id": self.county_a.id,
                    "page_name": "申请.png",
                }
            ],
        )
        self.assertEqual(set(request.paper_ids.mapped("kind")), {"identity", "evidence"})
        page = self.get(f"{REQUESTS}/{request.id}?done=submitted")
        for text in ("o_legal_aid_receipt", request.name, TODAY, self.county_a.name, CLIENT):
            self.assertIn(text, page)
        notices = self.env["mail.message"].search([("model", "=", request._name), ("res_id", "=", request.id)])
        self.assertTrue(notices.filtered(lambda notice: self.a_officer.partner_id in notice.partner_ids))
        for secret in SECRETS:
            self.assertNotIn(secret, "".join(str(notice.body) for notice in notices))

    def test_incomplete_is_kept(self):
        """P2: nothing that was typed or sent is lost: it is kept as a draft, whose page says what is missing."""
        self.login(self.user_a)
        form = self._form(worker_agrees="", applicant_kind="")
        page = self.post(f"{REQUESTS}/new/application", form, files=[("paper_identity", self._file("证件.png"))])
        request = self._find_requests()
        self.assertEqual((request.state, request.paper_ids.name), ("draft", "证件.png"))
        self.assertIn("o_legal_aid_error", page)
        missing = request.with_user(self.user_a).with_context(lang=self.user_a.lang)._get_missing_details()
        self.assertEqual(len(missing), 3)
        for label in missing:
            self.assertIn(label, page)
        self.assertIn("o_legal_aid_missing", self.get(f"{REQUESTS}/{request.id}"))
        edit = self.get(f"{REQUESTS}/{request.id}/edit")
        self.assertIn(FACTS, edit)
        self.assertIn(PHONE, edit)
        self.post(f"{REQUESTS}/{request.id}/edit", self._form(), status=303, files=[("page", self._file())])
        self.assertEqual(request.state, "submitted")

    def test_wrong_input_keeps_what_was_typed(self):
        """P2: a form that cannot be read comes back as it was typed, with the reason; nothing is kept."""
        self.login(self.user_a)
        for wrong in (
            {"headcount": "viele"},
            {"matter_id": "99999999"},
            {"applicant_kind": "king"},
            {"description": "  "},
            {"employer_place_id": "abc"},
            # The check character would be 8.
            {"applicant_id_number": "410421199001010017"},
        ):
            page = self.post(f"{REQUESTS}/new/application", self._form(**wrong))
            self.assertIn("o_legal_aid_error", page, wrong)
            self.assertIn(CLIENT, page)
        self.assertFalse(self._find_requests())

    def test_files_that_are_no_papers(self):
        """P2: a page for the browser, a program or an empty file is refused by name."""
        self.login(self.user_a)
        for name, content in (
            ("x.html", b"<script>"),
            ("x.svg", b"<svg/>"),
            ("x.exe", b"MZ"),
            ("ohne", b"x"),
            ("x.png", b""),
        ):
            page = self.post(f"{REQUESTS}/new/application", self._form(), files=[("page", self._file(name, content))])
            self.assertIn("o_legal_aid_error", page, name)
        self.assertFalse(self._find_requests())

    def test_hardship_is_said(self):
        """I6: what waives the proof of hardship is said with its rule; where nothing does, the paper is asked for."""
        request = self._write_request()
        self.assertIn("§42", request._explain_hardship())
        papers = {line["kind"]: line for line in request._get_paper_list()}
        self.assertTrue(papers["hardship"]["waived"])
        self.assertTrue(papers["page"]["there"])
        self.assertFalse(papers["identity"]["there"])
        request.applicant_kind = "hardship_worker"
        self.assertFalse(request._explain_hardship())
        self.assertFalse({line["kind"]: line for line in request._get_paper_list()}["hardship"]["waived"])
        self.login(self.user_a)
        self.assertIn('data-paper="hardship" data-there="0"', self.get(f"{REQUESTS}/{request.id}"))

    # Needs

    def test_need(self):
        """P2, S0§四(四): what is needed, when and where; the answer is read on the same page."""
        self.login(self.user_a)
        form = {
            "need_kind": "contract_review",
            "description": "请审查新版劳动合同文本",
            "headcount": "200",
            "wished_date": "2026-03-25",
            "place": "工会办公室",
            "step": "submit",
        }
        self.assertIn("o_legal_aid_error", self.post(f"{REQUESTS}/new/need", {**form, "need_kind": ""}))
        self.post(f"{REQUESTS}/new/need", form, status=303)
        request = self._find_requests()
        self.assertRecordValues(
            request, [{"state": "submitted", "need_kind": "contract_review", "headcount": 200, "place": "工会办公室"}]
        )
        request.with_user(self.a_officer).action_accept(note="律师三月二十五日上午到场")
        page = self.get(f"{REQUESTS}/{request.id}")
        self.assertIn("律师三月二十五日上午到场", page)
        self.assertIn('data-state="accepted"', page)

    # Follow

    def test_follow(self):
        """P2: each stage of the case in plain words, and its number; nothing else of the case."""
        request = self._write_request()
        request.with_user(self.user_a)._submit_from_portal()
        request.with_user(self.a_officer).action_accept()
        case = request.case_id
        seen = request.with_user(self.user_a)
        texts = set()
        for state, _label in case._fields["state"].selection:
            case._workflow_write({"state": state})
            texts.add(seen._explain_stage())
        self.assertEqual(len(texts), len(case._fields["state"].selection))
        case._workflow_write({"state": "in_progress"})
        self.login(self.user_a)
        page = self.get(f"{REQUESTS}/{request.id}")
        self.assertIn(case.name, page)
        self.assertIn(seen.with_context(lang=self.user_a.lang)._explain_stage(), page)
        self.assertNotIn("o_legal_aid_paper_form", page)
        with self.assertRaises(AccessError):
            seen.case_id.read(["state"])

    def test_returned_and_answered(self):
        """P2, I4: it comes back with the reason; corrected on the page and handed in again under the same number."""
        request = self._write_request()
        request.with_user(self.user_a)._submit_from_portal()
        number = request.name
        request.with_user(self.a_officer).action_return(reason_code="incomplete", note="请补充工资条")
        self.login(self.user_a)
        self.assertIn("o_legal_aid_returned", self.get("/my"))
        page = self.get(f"{REQUESTS}/{request.id}")
        self.assertIn("请补充工资条", page)
        self.post(
            f"{REQUESTS}/{request.id}/paper",
            {"kind": "evidence"},
            status=303,
            files=[("files", self._file("工资条.jpg"))],
        )
        self.post(f"{REQUESTS}/{request.id}/edit", self._form(description="已补充工资条", step="keep"), status=303)
        self.assertEqual((request.state, request.page_name), ("returned", "申请.png"))
        self.post(f"{REQUESTS}/{request.id}/submit", status=303)
        self.assertRecordValues(request, [{"state": "submitted", "name": number, "description": "已补充工资条"}])

    def test_papers_afterwards(self):
        """P2, I7: while the case is examined a paper goes to its papers at once; later it takes none, and none is taken out."""
        request = self._write_request()
        request.with_user(self.user_a)._add_papers_from_portal("identity", [("证件.png", b"eA==")])
        request.with_user(self.user_a)._submit_from_portal()
        self.login(self.user_a)
        files = {"files": [("files", self._file("工资条.jpg"))]}
        self.assertIn(
            "o_legal_aid_error", self.post(f"{REQUESTS}/{request.id}/paper", {"kind": "evidence"}, files=files["files"])
        )
        request.with_user(self.a_officer).action_accept()
        case = request.case_id
        self.assertEqual(set(case.document_ids.mapped("kind")), {"application", "identity"})
        self.post(
            f"{REQUESTS}/{request.id}/paper",
            {"kind": "evidence"},
            status=303,
            files=[("files", self._file("工资条.jpg"))],
        )
        self.assertRecordValues(
            case.document_ids.filtered(lambda document: document.kind == "evidence"),
            [{"name": "工资条.jpg", "confidentiality": "sensitive"}],
        )
        page = self.get(f"{REQUESTS}/{request.id}")
        self.assertNotIn(f"{REQUESTS}/{request.id}/drop", page)
        self.assertIn(
            "o_legal_aid_error", self.post(f"{REQUESTS}/{request.id}/drop", {"paper_id": str(request.paper_ids[:1].id)})
        )
        self.assertEqual(len(request.paper_ids), 2)
        case._workflow_write({"state": "granted"})
        self.assertIn(
            "o_legal_aid_error",
            self.post(f"{REQUESTS}/{request.id}/paper", {"kind": "other"}, files=[("files", self._file("x.jpg"))]),
        )

    def test_paper_is_read_and_taken_out(self):
        """P2: a paper comes back as a file, never as a page; a mistake is taken out again."""
        request = self._write_request()
        request.with_user(self.user_a)._add_papers_from_portal("identity", [("证件.png", b"eA==")])
        paper = request.paper_ids
        self.login(self.user_a)
        answer = self.url_open(f"{REQUESTS}/{request.id}/papers/{paper.id}")
        self.assertEqual((answer.status_code, answer.content), (200, b"x"))
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.post(f"{REQUESTS}/{request.id}/drop", {"paper_id": str(paper.id)}, status=303)
        self.assertFalse(request.paper_ids)

    # What stays closed

    def test_against_ones_own_enterprise(self):
        """DESIGN 3.7: a draft is only for who writes it; handed in, the house follows number and stage only."""
        colleague = self._create_user("t_enterprise_a2", self.enterprise_a, "enterprise_portal")
        request = self._write_request(employer_is_ours=True)
        self.assertTrue(request.is_against_own_house)
        self.login(colleague)
        page = self.get(f"{REQUESTS}/{request.id}")
        self.assertIn("o_legal_aid_closed", page)
        for secret in SECRETS:
            self.assertNotIn(secret, page)
        self.get(f"{REQUESTS}/{request.id}/edit", status=303)
        self.assertIn("o_legal_aid_error", self.post(f"{REQUESTS}/{request.id}/submit"))
        self.login(self.user_a)
        self.assertIn(CLIENT, self.get(f"{REQUESTS}/{request.id}"))
        self.post(f"{REQUESTS}/{request.id}/submit", status=303)
        request.with_user(self.a_officer).action_accept()
        page = self.get(f"{REQUESTS}/{request.id}")
        self.assertIn(request.case_id.name, page)
        for secret in SECRETS:
            self.assertNotIn(secret, page)
        self.get(f"{REQUESTS}/{request.id}/edit", status=303)
        self.assertIn(
            "o_legal_aid_error",
            self.post(f"{REQUESTS}/{request.id}/paper", {"kind": "other"}, files=[("files", self._file("x.jpg"))]),
        )

    def test_rights_behind_the_pages(self):
        """O2: the user reads requests of his union; he writes, creates and deletes none but by the steps of the pages."""
        request = self._write_request()
        request.with_user(self.user_a)._add_papers_from_portal("identity", [("证件.png", b"eA==")])
        env = self.env(user=self.user_a)
        for model in (request._name, "legal.aid.service.request.private", "legal.aid.service.request.paper"):
            self.assertTrue(env[model].search_count([]))
            self.assertFalse(self.env(user=self.user_b)[model].search_count([]), model)
            for operation in ("write", "create", "unlink"):
                self.assertFalse(env[model].has_access(operation), f"{model} {operation}")
        foreign = request.with_user(self.user_b)
        for step in (
            foreign._submit_from_portal,
            lambda: foreign._write_from_portal({"description": "x"}),
            lambda: foreign._add_papers_from_portal("other", [("x.png", b"eA==")]),
            lambda: foreign._drop_paper_from_portal(request.paper_ids.with_user(self.user_b)),
            lambda: request.with_user(self.user_a)._write_from_portal({"state": "accepted"}),
            lambda: request.with_user(self.user_a)._write_from_portal({"organization_id": self.enterprise_b.id}),
            lambda: request.with_user(self.lawyer1_user)._submit_from_portal(),
        ):
            with self.assertRaises(AccessError):
                step()

    def test_notice_leads_to_his_page(self):
        """V6: the answer's notice names the number only, and its link comes out on his own page."""
        request = self._write_request()
        request.with_user(self.user_a)._submit_from_portal()
        request.with_user(self.a_officer).action_return(reason_code="incomplete", note="请补充")
        self.assertEqual(request._get_access_action(access_uid=self.user_a.id)["url"], f"{REQUESTS}/{request.id}")
        self.assertEqual(request._get_access_action(access_uid=self.a_officer.id)["res_model"], request._name)

    def test_html_stays_text(self):
        """P2: what was typed is shown as text, whatever it is."""
        request = self._write_request(description="<script>alert(1)</script>", applicant_name="<b>王</b>")
        self.login(self.user_a)
        page = self.get(f"{REQUESTS}/{request.id}")
        self.assertNotIn("<script>alert(1)", page)
        self.assertNotIn("<b>王</b>", page)
        self.assertIn("&lt;script&gt;alert(1)", page)


@tagged("post_install", "-at_install")
@freeze_time(f"{TODAY} 02:00:00")
class TestPortalOpinion(LegalAidEnterpriseCommon):
    """T10, P2: the enterprise union is heard on the lawyer who served it, on its own page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lawyer1.contact_point_ids |= cls.enterprise_a
        assessment = (
            cls.env["legal.aid.assessment"].with_user(cls.city_officer).create({"volunteer_id": cls.lawyer1.id}).sudo()
        )
        cls.opinion = assessment.voice_ids.filtered(
            lambda voice: voice.kind == "enterprise" and voice.organization_id == cls.enterprise_a
        )

    def test_opinion(self):
        """T10: asked for on the home page, given with points and words; another enterprise has no such page."""
        self.login(self.user_a)
        self.assertIn("o_legal_aid_opinions_waiting", self.get("/my"))
        self.assertIn(self.lawyer1.name, self.get("/my/opinions"))
        page = self.post(f"/my/opinions/{self.opinion.id}/give", {"score": "120", "note": "随叫随到"})
        self.assertIn("o_legal_aid_error", page)
        self.assertIn("随叫随到", page)
        self.post(f"/my/opinions/{self.opinion.id}/give", {"score": "92", "note": "随叫随到"}, status=303)
        self.assertRecordValues(
            self.opinion,
            [{"state": "given", "score": 92.0, "given_by_id": self.user_a.id, "is_on_behalf": False}],
        )
        self.assertNotIn("o_legal_aid_opinions_waiting", self.get("/my"))
        self.login(self.user_b)
        self.assertNotIn(self.lawyer1.name, self.get("/my/opinions"))
        self.post(f"/my/opinions/{self.opinion.id}/give", {"score": "1", "note": "x"}, status=404)
        self.assertEqual(self.opinion.score, 92.0)
