from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .portal_common import CLIENT, EMPLOYER, PHONE, TODAY, LegalAidPortalCommon


@tagged("post_install", "-at_install")
class TestPortalCase(LegalAidPortalCommon):
    """P1, C1–C3, C8, C11: what a lawyer does with a case on his phone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._assign(cls._create_case(), cls.lawyer1)
        cls.url = f"/my/cases/{cls.case.id}"

    def setUp(self):
        super().setUp()
        self.login(self.lawyer1_user)

    def _accept(self):
        self.post(f"{self.url}/accept", {"no_conflict": "1", "free_of_charge": "1"}, status=303)

    def test_home_counts_what_waits(self):
        """P1: the home page of a lawyer says how many cases wait for him."""
        page = self.get("/my")
        self.assertIn("o_legal_aid_home", page)
        self.assertIn("o_legal_aid_waiting", page)
        self._accept()
        self.assertNotIn("o_legal_aid_waiting", self.get("/my"))

    def test_list_shows_own_case_with_clock(self):
        """P1: the list shows number, employer and the running clock, never the client."""
        page = self.get("/my/cases")
        self.assertIn(self.case.name, page)
        self.assertIn(EMPLOYER, page)
        self.assertIn("o_legal_aid_clock", page)
        self.assertNotIn(CLIENT, page)
        self.assertNotIn(PHONE, page)

    def test_list_filters(self):
        """P1: a case stands under what has to be done with it."""
        self.assertIn(self.case.name, self.get("/my/cases?filterby=waiting"))
        self.assertNotIn(self.case.name, self.get("/my/cases?filterby=running"))
        self.assertNotIn(self.case.name, self.get("/my/cases?filterby=finished"))
        self.assertIn(self.case.name, self.get("/my/cases?filterby=all"))
        self.assertIn(self.case.name, self.get("/my/cases?filterby=nonsense"))

    def test_before_acceptance_only_the_parties(self):
        """C2: for the conflict check he sees who is party; phone, facts and amount only after he accepted."""
        page = self.get(self.url)
        self.assertIn(CLIENT, page)
        self.assertIn(EMPLOYER, page)
        self.assertIn(self.matter.name, page)
        self.assertIn(self.county_a.name, page)
        for hidden in (PHONE, "工头失联", "12,345", "o_legal_aid_mandate", "o_legal_aid_log_form"):
            self.assertNotIn(hidden, page)

    def test_accept_shows_the_client(self):
        """C2, C11: acceptance with both declarations shows the phone as a link to dial and starts the case."""
        self._accept()
        self.assertEqual(self.case.state, "in_progress")
        self.assertTrue(self.case.sudo().assignment_ids.declaration)
        page = self.get(self.url)
        self.assertIn(f'href="tel:{PHONE}"', page)
        self.assertIn("工头失联", page)
        self.assertIn("12,345", page)

    def test_accept_needs_both_declarations(self):
        """C11: without the declaration that it is free of charge he does not get the case."""
        page = self.post(f"{self.url}/accept", {"no_conflict": "1"})
        self.assertIn("o_legal_aid_error", page)
        self.assertNotIn(PHONE, page)
        self.assertEqual(self.case.state, "assigned")

    def test_decline_with_reason(self):
        """C2: a declined case goes back to the union with reason and note, and leaves the lawyer's list."""
        self.post(f"{self.url}/decline", {"reason_code": "conflict", "note": "曾代理该公司"}, status=303)
        self.assertEqual(self.case.state, "granted")
        attempt = self.case.sudo().assignment_ids
        self.assertEqual(
            (attempt.state, attempt.reason_id.code, attempt.note), ("declined", "conflict", "曾代理该公司")
        )
        self.get(self.url, status=404)
        self.assertNotIn(self.case.name, self.get("/my/cases?filterby=all"))

    def test_decline_without_reason_keeps_the_note(self):
        """P1: a refused form comes back with what was typed."""
        page = self.post(f"{self.url}/decline", {"reason_code": "", "note": "曾代理该公司"})
        self.assertIn("o_legal_aid_error", page)
        self.assertIn("曾代理该公司", page)
        self.assertEqual(self.case.state, "assigned")

    def test_decline_with_unknown_reason(self):
        """C2: only coded reasons count."""
        self.assertIn("o_legal_aid_error", self.post(f"{self.url}/decline", {"reason_code": "bored"}))
        self.assertEqual(self.case.state, "assigned")

    def test_log_work_in_three_taps(self):
        """A3, C3: hours, kind, save; the day is today."""
        self._accept()
        self.post(f"{self.url}/log", {"hours_quick": "0.5", "kind": "meeting"}, status=303)
        log = self.case.sudo().work_log_ids
        self.assertRecordValues(log, [{"hours": 0.5, "kind": "meeting", "volunteer_id": self.lawyer1.id}])
        self.assertEqual(str(log.date), TODAY)
        page = self.get(self.url)
        self.assertEqual(page.count("o_legal_aid_log_line"), 1)

    def test_log_work_with_photo(self):
        """A3, C3, P1: hours and save are enough, since the kind of the last work stands there; the photograph goes into the file."""
        self._accept()
        self.assertIn('id="kind_meeting" value="meeting" checked', self.get(self.url))
        self.post(f"{self.url}/log", {"hours_quick": "1", "kind": "hearing"}, status=303)
        self.assertIn('id="kind_hearing" value="hearing" checked', self.get(self.url))
        photo = ("photos", ("庭审现场.jpg", b"\xff\xd8\xff0000", "image/jpeg"))
        self.post(f"{self.url}/log", {"hours_quick": "0.5", "kind": "hearing"}, files=[photo], status=303)
        document = self.case.sudo().document_ids
        log = self.case.sudo().work_log_ids[:1]
        self.assertRecordValues(
            document, [{"kind": "work", "name": "庭审现场.jpg", "case_id": self.case.id, "work_log_id": log.id}]
        )
        self.assertIn("o_legal_aid_photo", self.get(self.url))
        self.login(self.lawyer2_user)
        self.get(f"{self.url}/documents/{document.id}", status=404)

    def test_photo_that_nobody_can_open(self):
        """P1: an iPhone's HEIC picture, an empty or a too large file is refused with the way out, and what was typed stays."""
        self._accept()
        typed = {"hours": "2.5", "kind": "hearing", "note": "质证意见已提交"}
        with patch("odoo.addons.union_legal_aid.controllers.portal.MAX_UPLOAD_MEGABYTES", 1):
            for name, content, told in (
                ("IMG_1.HEIC", b"\0\0\0\x18ftypheic0000", "HEIC"),
                ("large.jpg", b"\xff\xd8\xff" + b"0" * 2**20, "1 MB"),
                ("empty.jpg", b"", "empty.jpg"),
            ):
                page = self.post(f"{self.url}/log", typed, files=[("photos", (name, content, "image/jpeg"))])
                with self.subTest(name=name):
                    self.assertIn(told, self._get_error(page))
                    self.assertIn("质证意见已提交", page)
                    self.assertIn('value="2.5"', page)
                    self.assertIn('id="kind_hearing" value="hearing" checked', page)
        self.assertFalse(self.case.sudo().work_log_ids)
        self.assertFalse(self.case.sudo().document_ids)

    def test_refused_correction_keeps_what_was_typed(self):
        """P1, C3: a correction that is refused comes back open, with the new values and not the old ones."""
        self._accept()
        self.post(f"{self.url}/log", {"hours_quick": "1", "kind": "meeting", "note": "旧的说明"}, status=303)
        log = self.case.sudo().work_log_ids
        page = self.post(f"{self.url}/correct", {"log_id": str(log.id), "hours": "30", "note": "新的说明"})
        self.assertIn("o_legal_aid_error", page)
        correction = page.partition("o_legal_aid_correct")[2].partition("</details>")[0]
        self.assertIn('value="30"', correction)
        self.assertIn("新的说明", correction)
        self.assertEqual((log.hours, log.note), (1, "旧的说明"))

    def test_photo_of_another_case(self):
        """C3: a photograph shows the work of its own case."""
        self._accept()
        other = self._assign(self._create_case(), self.lawyer1).with_user(self.lawyer1_user)
        other.action_accept()
        log = other.action_log_work(hours=1, kind="meeting")
        document = self.case.with_user(self.lawyer1_user).action_add_document(filename="a.png", content=b"a")
        with self.assertRaises(ValidationError):
            document.sudo().work_log_id = log.sudo()

    def test_fact_of_the_dispute(self):
        """I12, C3: the lawyer enters the award, and the time to sue stands on his page; a wrong entry keeps what was typed."""
        self._accept()
        self.post(f"{self.url}/fact", {"kind": "award_received", "date": TODAY, "note": "当庭送达"}, status=303)
        fact = self.case.sudo().fact_ids
        self.assertRecordValues(fact, [{"kind": "award_received", "is_final": False, "note": "当庭送达"}])
        page = self.get(self.url)
        self.assertIn("o_legal_aid_fact_form", page)
        self.assertIn("2026-03-25", page)
        for bad in ({"kind": ""}, {"kind": "gossip"}, {"kind": "approved"}, {"date": ""}, {"date": "2026-03-11"}):
            with self.subTest(bad=bad):
                page = self.post(f"{self.url}/fact", {"kind": "sued", "date": TODAY, "note": "递交起诉状", **bad})
                self.assertIn("o_legal_aid_error", page)
                self.assertIn("递交起诉状", page)
        self.assertEqual(self.case.sudo().fact_ids, fact)
        self.login(self.lawyer2_user)
        self.post(f"{self.url}/fact", {"kind": "sued", "date": TODAY}, status=404)

    def test_log_work_other_hours_and_day(self):
        """A3: a number of hours that has no button counts before the buttons."""
        self._accept()
        values = {"hours_quick": "1", "hours": "2.5", "kind": "hearing", "date": "2026-03-10", "note": "开庭"}
        self.post(f"{self.url}/log", values, status=303)
        self.assertRecordValues(self.case.sudo().work_log_ids, [{"hours": 2.5, "kind": "hearing", "note": "开庭"}])

    def test_log_work_bad_input_keeps_the_rest(self):
        """P1: hours, kind and day are checked one by one, and nothing that was typed is lost."""
        self._accept()
        good = {"hours_quick": "2", "kind": "drafting", "date": TODAY, "note": "起草仲裁申请书"}
        for bad in (
            {"hours_quick": ""},
            {"hours": "25"},
            {"hours": "-1"},
            {"hours": "abc"},
            {"hours": "nan"},
            {"kind": ""},
            {"kind": "gossip"},
            {"date": "yesterday"},
            {"date": "2026-03-11"},
        ):
            with self.subTest(bad=bad):
                page = self.post(f"{self.url}/log", {**good, **bad})
                self.assertIn("o_legal_aid_error", page)
                self.assertIn("起草仲裁申请书", page)
        self.assertFalse(self.case.sudo().work_log_ids)

    def test_log_work_before_acceptance(self):
        """C1: a case that the union assigned is accepted before any work on it."""
        page = self.post(f"{self.url}/log", {"hours_quick": "1", "kind": "meeting"})
        self.assertIn("o_legal_aid_error", page)
        self.assertFalse(self.case.sudo().work_log_ids)

    def test_sign_agency(self):
        """C1, C12: the lawyer photographs both pages; one alone, or the day alone, leaves the five days running."""
        self._accept()
        self.assertIn("o_legal_aid_sign_form", self.get(self.url))
        self.post(f"{self.url}/sign", {"date": TODAY}, status=303)
        self.assertEqual(str(self.case.agency_signed_date), TODAY)
        page = ("page.jpg", b"jpg", "image/jpeg")
        self.post(f"{self.url}/sign", {"date": TODAY}, status=303, files=[("attorney", page)])
        shown = self.get(self.url)
        self.assertIn("o_legal_aid_page_done", shown)
        self.assertNotIn('name="attorney"', shown)
        clock = self.case.sudo().deadline_ids.filtered(lambda clock: clock.kind == "agency")
        self.assertEqual(clock.state, "open")
        empty = [("agreement", ("page.jpg", b"", "image/jpeg"))]
        self.assertIn("o_legal_aid_error", self.post(f"{self.url}/sign", {"date": TODAY}, files=empty))
        self.post(f"{self.url}/sign", {"date": TODAY}, status=303, files=[("agreement", page)])
        self.assertEqual((clock.state, str(clock.date_done)), ("done", TODAY))
        self.assertNotIn("o_legal_aid_sign_form", self.get(self.url))

    def test_right_not_pursued(self):
        """I12: the lawyer says on his page that a right is not pursued, and why; duties and unknown clocks are refused."""
        self._accept()
        self.case.with_user(self.a_officer).action_add_fact(kind="award_received", date=TODAY)
        self.assertIn("o_legal_aid_drop_form", self.get(self.url))
        for values in (
            {"kind": "", "reason_code": "accepted"},
            {"kind": "agency", "reason_code": "accepted"},
            {"kind": "sue_award", "reason_code": ""},
        ):
            with self.subTest(values=values):
                self.assertIn("o_legal_aid_error", self.post(f"{self.url}/drop", values))
        self.post(f"{self.url}/drop", {"kind": "sue_award", "reason_code": "accepted"}, status=303)
        clock = self.case.sudo().deadline_ids.filtered(lambda clock: clock.kind == "sue_award")
        self.assertRecordValues(clock, [{"state": "dropped", "dropped_by_id": self.lawyer1_user.id}])
        self.assertNotIn("o_legal_aid_drop_form", self.get(self.url))

    def test_close(self):
        """C8: outcome, amount recovered and day close the case; its file is due."""
        self._accept()
        self.post(f"{self.url}/log", {"hours_quick": "4", "kind": "negotiation"}, status=303)
        values = {"outcome": "mediated", "amount_recovered": "12,000.50", "closed_date": TODAY, "note": "双方达成调解"}
        self.post(f"{self.url}/close", values, status=303)
        self.assertRecordValues(
            self.case.sudo(),
            [
                {
                    "state": "closed",
                    "outcome": "mediated",
                    "amount_recovered": 12000.5,
                    "closing_summary": "双方达成调解",
                }
            ],
        )
        page = self.get(self.url)
        self.assertIn("12,000.50", page)
        self.assertNotIn("o_legal_aid_close_form", page)
        self.assertNotIn("o_legal_aid_log_form", page)

    def test_close_refused_keeps_the_input(self):
        """C8: no outcome, no number, no work: each is said, and the summary stays."""
        self._accept()
        good = {"outcome": "won", "amount_recovered": "100", "closed_date": TODAY, "note": "全部支持"}
        for bad in (
            {},
            {"outcome": ""},
            {"amount_recovered": "many"},
            {"amount_recovered": "-1"},
            {"closed_date": "?"},
        ):
            with self.subTest(bad=bad):
                page = self.post(f"{self.url}/close", {**good, **bad})
                self.assertIn("o_legal_aid_error", page)
                self.assertIn("全部支持", page)
        self.assertEqual(self.case.state, "in_progress")

    def test_client_is_hidden_again_after_archive(self):
        """X3: with the file archived the client's phone leaves the page."""
        self._accept()
        self.post(f"{self.url}/log", {"hours_quick": "4", "kind": "hearing"}, status=303)
        self.post(f"{self.url}/close", {"outcome": "won", "amount_recovered": "1"}, status=303)
        self.assertIn(PHONE, self.get(self.url))
        self.case.with_user(self.a_officer).action_archive(file_received_date=TODAY)
        page = self.get(self.url)
        self.assertIn(self.case.name, page)
        self.assertNotIn(PHONE, page)

    def test_terminated_case_says_when_and_why(self):
        """C7: the lawyer reads the day and the ground of the end, not what the leader wrote to it."""
        self._accept()
        self.assertNotIn("o_legal_aid_ended", self.get(self.url))
        note = "王小明另行委托了律师"
        self.case.with_user(self.a_manager).action_terminate(reason_code="own_lawyer", note=note)
        ground = self.env["legal.aid.reason"]._get_coded("terminate", "own_lawyer")
        page = self.get(self.url)
        self.assertIn(TODAY, page.partition("o_legal_aid_ended")[2][:100])
        self.assertIn(ground.with_context(lang=self.lawyer1_user.lang).name, page)
        self.assertNotIn(note, page)

    def test_upload_and_download(self):
        """P1, C8: photos go into the file and come back as downloads."""
        self._accept()
        files = [
            ("files", ("证据1.txt", b"<script>1</script>", "text/html")),
            ("files", ("证据2.txt", b"two", "text/plain")),
        ]
        self.post(f"{self.url}/upload", {"kind": "evidence"}, status=303, files=files)
        documents = self.case.sudo().document_ids
        self.assertEqual(sorted(documents.mapped("attachment_id.name")), ["证据1.txt", "证据2.txt"])
        self.assertEqual(documents.mapped("kind"), ["evidence", "evidence"])
        first = documents.filtered(lambda document: document.attachment_id.name == "证据1.txt")
        response = self.url_open(f"{self.url}/documents/{first.id}")
        self.assertEqual(response.content, b"<script>1</script>")
        self.assertIn("attachment", response.headers["Content-Disposition"])

    def test_upload_refused(self):
        """P1: no kind, no file, an empty file: nothing enters the file."""
        self._accept()
        one = [("files", ("a.txt", b"a", "text/plain"))]
        for values, files in (
            ({"kind": ""}, one),
            ({"kind": "identity"}, one),
            ({"kind": "evidence"}, None),
            ({"kind": "evidence"}, [*one, ("files", ("b.txt", b"", "text/plain"))]),
        ):
            with self.subTest(values=values, files=files):
                self.assertIn("o_legal_aid_error", self.post(f"{self.url}/upload", values, files=files))
        self.assertFalse(self.case.sudo().document_ids)

    def test_mandate_letter(self):
        """C1: once accepted, the lawyer downloads the letter of mandate."""
        self.get(f"{self.url}/mandate", status=404)
        self._accept()
        response = self.url_open(f"{self.url}/mandate")
        self.assertEqual(response.status_code, 200)
        self.assertIn("attachment", response.headers["Content-Disposition"])
        self.assertIn(self.case.sudo().mandate_id.number, self.get(self.url))
