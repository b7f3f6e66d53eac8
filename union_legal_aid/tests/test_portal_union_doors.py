from odoo import http
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .enterprise_common import SECRETS, LegalAidEnterpriseCommon
from .portal_common import TODAY

CONTROLLERS = "odoo.addons.union_legal_aid.controllers."
# Each user's own notices, whoever he is.
SHARED_MODULES = ("portal_notification",)
ENTERPRISE_MODULES = ("portal_enterprise", "portal_request", "portal_opinion")


@tagged("post_install", "-at_install")
@freeze_time(f"{TODAY} 02:00:00")
class TestUnionDoors(LegalAidEnterpriseCommon):
    """P2, O2: every route of the enterprise union's pages, found in the routing map, is closed to whom it is not for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lawyer1.contact_point_ids |= cls.enterprise_a
        cls.lawyer2.contact_point_ids |= cls.enterprise_b
        assessment = (
            cls.env["legal.aid.assessment"].with_user(cls.city_officer).create({"volunteer_id": cls.lawyer2.id}).sudo()
        )
        cls.opinion = assessment.voice_ids.filtered(
            lambda voice: voice.kind == "enterprise" and voice.organization_id == cls.enterprise_b
        )
        case = cls._create_case(
            contact_point_id=cls.enterprise_b.id,
            employer_place_id=cls.county_b.id,
            organization_id=cls.county_a.id,
            jurisdiction_override_reason="就近",
        )
        cls.mandate = cls._assign(case, cls.lawyer2).mandate_id.sudo()

    def setUp(self):
        super().setUp()
        self.foreign = self._write_request(self.user_b, employer_name="乙县某劳务公司", applicant_name="孙二娘")
        self.foreign.with_user(self.user_b)._add_papers_from_portal("identity", [("证件.png", b"eA==")])
        # What the routes' arguments stand for; a route with another one needs a line here.
        self.values = {
            "request_id": [self.foreign.id],
            "paper_id": [self.foreign.paper_ids.id],
            "mandate_id": [self.mandate.id],
            "opinion_id": [self.opinion.id],
            "page": [1],
            "kind": ["application", "need"],
            "step": ["submit", "paper", "drop"],
        }
        self.secrets = (*SECRETS, "孙二娘", "乙县某劳务公司", self.foreign.name, self.mandate.case_number)

    def _find_routes(self, is_wanted):
        """``[(method, url, endpoint name, has an id)]`` of the routing map, with each argument filled in."""
        found = []
        for rule in self.env["ir.http"].routing_map().iter_rules():
            endpoint = rule.endpoint.original_endpoint
            module = endpoint.__module__.removeprefix(CONTROLLERS)
            if not endpoint.__module__.startswith(CONTROLLERS) or not is_wanted(module, rule.rule):
                continue
            for values in self._fill_in(sorted(rule.arguments)):
                url = rule.build(values, append_unknown=False)[1]
                for method in rule.methods & {"GET", "POST"}:
                    found.append((method, url, endpoint.__name__, bool({*rule.arguments} - {"page", "kind", "step"})))
        return found

    def _fill_in(self, arguments):
        """Each combination of values for ``arguments``."""
        combinations = [{}]
        for name in arguments:
            combinations = [{**one, name: value} for one in combinations for value in self.values[name]]
        return combinations

    def _is_enterprise(self, module, path):
        return module in ENTERPRISE_MODULES and path not in ("/my", "/my/home")

    def _send(self, method, url, token=True):
        if method == "GET":
            return self.url_open(url, allow_redirects=False)
        data = {"csrf_token": http.Request.csrf_token(self)} if token else {"x": "1"}
        return self.url_open(url, data=data, allow_redirects=False, method="POST")

    def _assert_silent(self, answer, label):
        for secret in self.secrets:
            self.assertNotIn(secret, answer.text, label)

    def _get_state(self):
        return (
            self.foreign.state,
            self.foreign.paper_ids.ids,
            self.mandate.state,
            self.opinion.state,
            self.env["legal.aid.service.request"].search_count([]),
        )

    def test_the_map_is_walked(self):
        """P2: the walk finds the pages; whoever adds one need not think of this test."""
        routes = {(method, name) for method, _url, name, _has_id in self._find_routes(self._is_enterprise)}
        for route in (
            ("GET", "legal_aid_request"),
            ("POST", "legal_aid_request_submit"),
            ("POST", "legal_aid_mandate_issue"),
            ("GET", "legal_aid_request_paper_file"),
            ("POST", "legal_aid_opinion_give"),
        ):
            self.assertIn(route, routes)

    def test_another_enterprise(self):
        """P2, T2: with ids of another enterprise every route answers “not found”; what has no id shows nothing of it."""
        before = self._get_state()
        self.login(self.user_a)
        for method, url, name, has_id in self._find_routes(self._is_enterprise):
            label = f"{method} {url} ({name})"
            answer = self._send(method, url)
            if has_id:
                expected = 303 if method == "GET" and name.endswith("_step") else 404
                self.assertEqual(answer.status_code, expected, label)
            else:
                self.assertEqual(answer.status_code, 200, label)
            self._assert_silent(answer, label)
        self.assertEqual(self._get_state(), before)

    def test_lawyer_and_customer(self):
        """P2: a lawyer, and a customer of the ERP's portal, have none of these pages."""
        before = self._get_state()
        for user in (self.lawyer2_user, self.portal_user):
            self.login(user)
            for method, url, name, _has_id in self._find_routes(self._is_enterprise):
                answer = self._send(method, url)
                expected = (303,) if method == "GET" and name.endswith("_step") else (404,)
                self.assertIn(answer.status_code, expected, f"{user.login} {method} {url}")
                self._assert_silent(answer, url)
        self.assertEqual(self._get_state(), before)

    @mute_logger("odoo.http")
    def test_anonymous_and_archived(self):
        """P2: without an account, and once the account is archived, each route leads to the login page."""
        before = self._get_state()
        self.login(self.user_b)
        self.assertEqual(self.url_open("/my/requests", allow_redirects=False).status_code, 200)
        self.user_b.active = False
        for who in ("archived", "anonymous"):
            if who == "anonymous":
                self.authenticate(None, None)
            for method, url, _name, _has_id in self._find_routes(self._is_enterprise):
                if method == "GET":
                    # By way of the visitor's language, where the database has several.
                    answer = self.url_open(url)
                    self.assertIn("/web/login", answer.url, f"{who} {url}")
                else:
                    answer = self._send(method, url)
                    self.assertIn(answer.status_code, (303, 400), f"{who} {url}")
                self._assert_silent(answer, url)
        self.assertEqual(self._get_state(), before)

    @mute_logger("odoo.http")
    def test_foreign_forms(self):
        """P2: a form without the token of our own page is refused, by every route that takes one, for the owner himself."""
        before = self._get_state()
        self.login(self.user_b)
        for method, url, _name, _has_id in self._find_routes(self._is_enterprise):
            if method == "POST":
                self.assertEqual(self._send(method, url, token=False).status_code, 400, url)
        self.assertEqual(self._get_state(), before)

    def test_lawyers_pages(self):
        """P2: the enterprise user has none of the lawyers' pages, found in the same map."""
        self.values.update(
            {name: [self.mandate.case_id.id] for name in ("case_id", "consultation_id", "ledger_id", "extract_id")}
        )
        self.login(self.user_b)

        def is_lawyers(module, path):
            plain = path.startswith("/my/") and "<" not in path and path != "/my/home"
            return module.startswith("portal") and module not in (*ENTERPRISE_MODULES, *SHARED_MODULES) and plain

        routes = self._find_routes(is_lawyers)
        self.assertGreater(len(routes), 8)
        for method, url, name, _has_id in routes:
            answer = self._send(method, url)
            expected = (303,) if method == "GET" and name.endswith("_step") else (404,)
            self.assertIn(answer.status_code, expected, f"{method} {url}")
