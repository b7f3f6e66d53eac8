from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal_common import CLIENT, EMPLOYER, PHONE, LegalAidPortalCommon

LISTS = ("/my/cases", "/my/consultations", "/my/consultations/new", "/my/ledger", "/my/legal-aid/payments")
STEPS = {
    "accept": {"no_conflict": "1", "free_of_charge": "1"},
    "decline": {"reason_code": "conflict"},
    "log": {"hours_quick": "1", "kind": "meeting"},
    "sign": {},
    "upload": {"kind": "evidence"},
    "close": {"outcome": "won", "amount_recovered": "1"},
}


@tagged("post_install", "-at_install")
class TestPortalDoors(LegalAidPortalCommon):
    """T3, T4, T5, O2: a lawyer reaches his own work and nothing else, by whatever door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._assign(cls._create_case(), cls.lawyer1)
        cls.case.with_user(cls.lawyer1_user).action_accept()
        cls.document = cls.case.with_user(cls.lawyer1_user).action_add_document(
            kind="evidence", filename="证据.txt", content=b"secret"
        )
        cls.consultation = (
            cls.env["legal.aid.consultation"]
            .with_user(cls.lawyer1_user)
            ._create_from_portal(
                cls.lawyer1,
                {
                    "matter_id": cls.matter.id,
                    "question": "老板拖欠工资怎么办",
                    "caller_phone": "13837500002",
                    "employer_name": EMPLOYER,
                    "employer_place_id": cls.county_a.id,
                },
            )
        )
        cls.ledger = cls.env["legal.aid.ledger"].search([("volunteer_id", "=", cls.lawyer1.id)])
        cls.pages = (
            f"/my/cases/{cls.case.id}",
            f"/my/cases/{cls.case.id}/mandate",
            f"/my/cases/{cls.case.id}/documents/{cls.document.id}",
            f"/my/consultations/{cls.consultation.id}",
        )
        cls.posts = {
            **{f"/my/cases/{cls.case.id}/{step}": values for step, values in STEPS.items()},
            f"/my/consultations/{cls.consultation.id}/report": {},
            f"/my/ledger/{cls.ledger.id}/submit": {"summary": "x"},
        }

    def _assert_untouched(self):
        self.assertEqual(self.case.state, "in_progress")
        self.assertFalse(self.case.sudo().work_log_ids)
        self.assertEqual(len(self.case.sudo().document_ids), 1)
        self.assertEqual(self.consultation.sudo().state, "open")
        self.assertEqual(self.ledger.state, "draft")

    def test_lawyer_opens_all_his_pages(self):
        """P1: the pages that others do not get are there for the lawyer himself."""
        self.login(self.lawyer1_user)
        for url in (*LISTS, *self.pages):
            with self.subTest(url=url):
                self.get(url)
        self.assertIn(PHONE, self.get(self.pages[0]))

    def test_other_lawyer_finds_nothing(self):
        """T3, O2: lists are empty, and a page answers the same as one of a record that never existed."""
        self.login(self.lawyer2_user)
        for url in LISTS:
            page = self.get(url)
            self.assertNotIn(self.case.name, page)
            self.assertNotIn(self.consultation.name, page)
        nowhere = self.get("/my/cases/2147483647", status=404)
        self.assertIn("o_legal_aid_not_found", self._comparable(nowhere))
        for url in self.pages:
            with self.subTest(url=url):
                page = self.get(url, status=404)
                self.assertEqual(self._comparable(page), self._comparable(nowhere))
                for secret in (PHONE, CLIENT, EMPLOYER, self.case.name):
                    self.assertNotIn(secret, page)

    def _comparable(self, page):
        """The part of the page between header and footer, where nothing depends on the session or the address."""
        return page.partition("o_legal_aid_portal")[2].partition("<footer")[0]

    def test_other_lawyer_cannot_act(self):
        """T4: every form of another lawyer's record answers “not found” and changes nothing."""
        self.login(self.lawyer2_user)
        for url, values in self.posts.items():
            with self.subTest(url=url):
                self.post(url, values, status=404)
        self._assert_untouched()

    def test_document_of_another_case(self):
        """T5: a document is found below its own case only."""
        other = self._assign(self._create_case(applicant_name="钱多多"), self.lawyer1)
        self.login(self.lawyer1_user)
        self.get(f"/my/cases/{other.id}/documents/{self.document.id}", status=404)

    def test_attachment_of_another_lawyer(self):
        """T5: the file has no door of its own."""
        attachment = self.document.sudo().attachment_id
        self.login(self.lawyer1_user)
        self.assertEqual(
            self.url_open(f"/web/content/legal.aid.case.document/{self.document.id}/file").content, b"secret"
        )
        for user in (self.lawyer2_user, self.portal_user):
            self.login(user)
            with self.subTest(user=user.login), mute_logger("odoo.addons.base.models.ir_binary"):
                for url in (
                    f"/web/content/{attachment.id}",
                    f"/web/content/{attachment.id}?download=true",
                    f"/web/content/legal.aid.case.document/{self.document.id}/file",
                ):
                    self.assertEqual(self.url_open(url).status_code, 404)

    def test_internal_document_is_hidden(self):
        """O2: what officers keep to themselves is not on the lawyer's page."""
        internal = self.env["legal.aid.case.document"].create(
            {"case_id": self.case.id, "kind": "other", "name": "内部意见", "confidentiality": "internal"}
        )
        internal._attach("内部.txt", b"internal")
        self.login(self.lawyer1_user)
        self.assertNotIn("内部意见", self.get(self.pages[0]))
        self.get(f"/my/cases/{self.case.id}/documents/{internal.id}", status=404)

    def test_ordinary_portal_user_gets_nothing(self):
        """P1: who is in the portal for something else sees neither cards nor pages."""
        self.login(self.portal_user)
        self.assertNotIn("o_legal_aid_home", self.get("/my"))
        for url in (*LISTS, *self.pages):
            with self.subTest(url=url):
                self.get(url, status=404)
        for url, values in self.posts.items():
            with self.subTest(url=url):
                self.post(url, values, status=404)
        self._assert_untouched()

    def test_officer_gets_no_lawyer_pages(self):
        """O2: an officer works in the back office; the lawyer's pages are not his."""
        self.login(self.a_officer)
        for url in (*LISTS, *self.pages):
            with self.subTest(url=url):
                self.get(url, status=404)

    def test_lawyer_without_team_record(self):
        """O2: the role alone shows nothing."""
        nobody = self._create_user("t_lawyer3", self.env["union.organization"], "volunteer")
        self.login(nobody)
        self.assertNotIn("o_legal_aid_home", self.get("/my"))
        for url in LISTS:
            with self.subTest(url=url):
                self.get(url, status=404)

    def test_visitor_is_sent_to_login(self):
        """T3: nothing is public."""
        self.authenticate(None, None)
        for url in (*LISTS, *self.pages):
            with self.subTest(url=url):
                # By way of the address in the visitor's language.
                self.assertIn("/web/login", self.url_open(url).url)
        for url, values in self.posts.items():
            with self.subTest(url=url):
                response = self.url_open(url, data=values, allow_redirects=False, method="POST")
                self.assertEqual(response.status_code, 303)
                self.assertIn("/web/login", response.headers["Location"])
        self._assert_untouched()

    @mute_logger("odoo.http")
    def test_forms_need_their_token(self):
        """P1: a form that another site sends is refused."""
        self.login(self.lawyer1_user)
        for url, values in {**self.posts, "/my/consultations/new": {"question": "x"}}.items():
            with self.subTest(url=url):
                self.assertEqual(self.url_open(url, data=values or {"x": "1"}).status_code, 400)
        self._assert_untouched()

    def test_steps_are_no_links(self):
        """P1: the address of a form that is opened as a link leads back to its page and changes nothing."""
        self.login(self.lawyer1_user)
        for url in self.posts:
            with self.subTest(url=url):
                page = self.url_open(url)
                self.assertEqual(page.status_code, 200)
                self.assertIn("o_legal_aid_portal", page.text)
        self._assert_untouched()

    def test_ids_beyond_the_database(self):
        """T3: an id that no database can hold is simply not found."""
        self.login(self.lawyer1_user)
        for record_id in (0, 2**31, 10**30):
            with self.subTest(id=record_id):
                self.get(f"/my/cases/{record_id}", status=404)

    def test_moved_case_is_gone_at_once(self):
        """O2: with the case the page leaves the lawyer."""
        self.login(self.lawyer1_user)
        self.get(self.pages[0])
        self.case.with_user(self.a_officer).action_change_lawyer(reason_code="recipient")
        for url in self.pages[:3]:
            with self.subTest(url=url):
                self.get(url, status=404)
