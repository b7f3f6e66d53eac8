from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .enterprise_common import SECRETS, LegalAidEnterpriseCommon
from .portal_common import TODAY

LIST = "/my/mandates"


@tagged("post_install", "-at_install")
@freeze_time(f"{TODAY} 02:00:00")
class TestPortalEnterprise(LegalAidEnterpriseCommon):
    """O2, P2: the enterprise union's pages: number, stage and the mandate it is asked for, under the user's own rights."""

    def test_home_list_and_page(self):
        """O2: card, list and page show number, stage and state; nothing of the worker, the employer and the matter."""
        mandate = self._request()
        self.login(self.user_a)
        home = self.get("/my")
        self.assertIn("o_legal_aid_waiting", home)
        self.assertIn(LIST, home)
        self.assertNotIn("/my/consultations/new", home)
        pages = [home, self.get(LIST), self.get(f"{LIST}/{mandate.id}")]
        for page in pages[1:]:
            self.assertIn(mandate.case_number, page)
            self.assertIn('data-state="draft"', page)
        for page in pages:
            for secret in (*SECRETS, self.matter.name):
                self.assertNotIn(secret, page)
        self.assertIn(self.lawyer1.name, pages[2])

    def test_issue(self):
        """C1: the enterprise union issues its mandate on the page; the second press changes nothing."""
        mandate = self._request()
        self.login(self.user_a)
        self.assertIn("o_legal_aid_issue", self.get(f"{LIST}/{mandate.id}"))
        self.post(f"{LIST}/{mandate.id}/issue", status=303)
        self.assertRecordValues(mandate, [{"state": "issued", "issued_by_id": self.user_a.id}])
        number = mandate.number
        page = self.get(f"{LIST}/{mandate.id}?done=issued")
        self.assertIn("o_legal_aid_message", page)
        self.assertIn(number, page)
        self.assertNotIn("o_legal_aid_issue_form", page)
        self.assertIn("o_legal_aid_error", self.post(f"{LIST}/{mandate.id}/issue"))
        self.assertEqual(mandate.number, number)
        self.get(f"{LIST}/{mandate.id}/issue", status=303)

    def test_foreign_and_missing_look_the_same(self):
        """O2, T2: another enterprise's number and a number that never existed give the same answer, on every page."""
        mandate = self._request()
        self.login(self.user_b)
        self.assertNotIn(mandate.case_number, self.get(LIST))
        self.assertNotIn("o_legal_aid_waiting", self.get("/my"))
        answers = {
            self.get(f"{LIST}/{number}", status=404).partition("o_legal_aid_not_found")[2].partition("</main>")[0]
            for number in (mandate.id, mandate.id + 100000)
        }
        self.assertEqual(len(answers), 1)
        self.assertTrue(answers.pop())
        self.get(f"{LIST}/99999999999999999999", status=404)
        self.post(f"{LIST}/{mandate.id}/issue", status=404)
        self.assertEqual(mandate.state, "draft")

    def test_only_for_enterprise_users(self):
        """O2: a lawyer, another customer of the portal and a visitor have no such page."""
        mandate = self._request()
        for user in (self.lawyer1_user, self.portal_user):
            self.login(user)
            self.get(LIST, status=404)
            self.get(f"{LIST}/{mandate.id}", status=404)
            self.post(f"{LIST}/{mandate.id}/issue", status=404)
            self.assertNotIn(LIST, self.get("/my"))
        self.assertEqual(mandate.state, "draft")
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(LIST).url)

    def test_lawyers_pages_stay_closed(self):
        """O2: the enterprise user has none of the lawyer's pages, and no case by its number."""
        mandate = self._request()
        self.login(self.user_a)
        for url in (
            "/my/cases",
            f"/my/cases/{mandate.case_id.id}",
            "/my/consultations",
            "/my/ledger",
            "/my/legal-aid/payments",
        ):
            self.get(url, status=404)

    def test_nothing_against_ones_own_enterprise(self):
        """DESIGN 3.7: where the respondent is his own enterprise, nothing on card, list and page, from this moment on."""
        mandate = self._request()
        self.login(self.user_a)
        self.assertIn(mandate.case_number, self.get(LIST))
        self.env["legal.aid.case.party"].with_user(self.a_officer).create(
            {
                "case_id": mandate.case_id.id,
                "role": "respondent",
                "kind": "organization",
                "name": "单位",
                "organization_id": self.enterprise_a.id,
            }
        )
        self.assertNotIn("o_legal_aid_waiting", self.get("/my"))
        self.assertNotIn(mandate.case_number, self.get(LIST))
        self.get(f"{LIST}/{mandate.id}", status=404)
        self.post(f"{LIST}/{mandate.id}/issue", status=404)
        self.assertRecordValues(mandate, [{"state": "draft", "organization_id": self.county_a.id}])

    def test_rights_behind_the_pages(self):
        """O2: the same by the user's own rights: he reads mandates of his union and nothing that hangs on the case."""
        mandate = self._request()
        env = self.env(user=self.user_a)
        self.assertEqual(env["legal.aid.mandate"].search([]), mandate)
        for operation in ("write", "create", "unlink"):
            self.assertFalse(env["legal.aid.mandate"].has_access(operation), operation)
        for model in (
            "legal.aid.case",
            "legal.aid.case.party",
            "legal.aid.case.document",
            "legal.aid.work.log",
            "legal.aid.assignment",
            "legal.aid.transfer",
            "legal.aid.consultation",
            "legal.aid.volunteer",
            "legal.aid.expense.allocation",
        ):
            self.assertFalse(env[model].has_access("read"), model)
        with self.assertRaises(AccessError):
            env["legal.aid.mandate"].search([("case_id.employer_name", "!=", False)])
        with self.assertRaises(AccessError):
            mandate.with_user(self.user_b).action_issue()

    def test_moved_user_at_once(self):
        """O2: given to another enterprise, he loses the old one's mandates and sees the new one's."""
        mandate = self._request()
        self.user_a.union_organization_ids = self.enterprise_b
        self.user_b.union_organization_ids = self.enterprise_a
        self.login(self.user_a)
        self.get(f"{LIST}/{mandate.id}", status=404)
        self.login(self.user_b)
        self.assertIn(mandate.case_number, self.get(f"{LIST}/{mandate.id}"))

    def test_notice_leads_to_his_page(self):
        """V6: the notice names the case number only, and its link comes out on his own page."""
        mandate = self._request()
        notice = self.env["mail.message"].search(
            [
                ("model", "=", "legal.aid.mandate"),
                ("res_id", "=", mandate.id),
                ("partner_ids", "in", self.user_a.partner_id.ids),
            ]
        )
        self.assertEqual(len(notice), 1)
        for secret in SECRETS:
            self.assertNotIn(secret, f"{notice.subject} {notice.body}")
        self.assertEqual(mandate._get_access_action(access_uid=self.user_a.id)["url"], f"{LIST}/{mandate.id}")
        self.assertEqual(mandate._get_access_action(access_uid=self.a_officer.id)["res_model"], "legal.aid.mandate")

    def test_filters(self):
        """The list opens with what waits; a filter that does not exist is no error."""
        waiting, issued = self._request(), self._request()
        issued.with_user(self.user_a).action_issue()
        self.login(self.user_a)
        for filterby, shown, hidden in (
            ("", waiting, issued),
            ("issued", issued, waiting),
            ("requested", waiting, issued),
        ):
            page = self.get(f"{LIST}?filterby={filterby}")
            self.assertIn(shown.case_number, page)
            self.assertNotIn(hidden.case_number, page)
        page = self.get(f"{LIST}?filterby=all")
        self.assertIn(waiting.case_number, page)
        self.assertIn(issued.case_number, page)
        self.get(f"{LIST}?filterby=nonsense")

    def test_a_user_with_two_enterprises(self):
        """Acting for two unions, he sees the mandates of both; against one of them neither is shown."""
        self.user_a.union_organization_ids = [Command.set((self.enterprise_a | self.enterprise_b).ids)]
        fair = self._request()
        against = self._request(employer_organization_id=self.enterprise_b.id, jurisdiction_override_reason="就近")
        found = self.env["legal.aid.mandate"].with_user(self.user_a).search([])
        self.assertIn(fair, found)
        self.assertNotIn(against, found)
