from odoo.exceptions import UserError
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from .portal_common import LegalAidPortalCommon


@tagged("post_install", "-at_install")
class TestPortalSubstitute(LegalAidPortalCommon):
    """C6, P1: the lawyer asks for a substitute on the page of his case, and reads the answer there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._assign(cls._create_case(), cls.lawyer1)
        cls.case.with_user(cls.lawyer1_user).action_accept()
        cls.url = f"/my/cases/{cls.case.id}"
        cls.asked = {
            "substitute_id": str(cls.lawyer2.id),
            "hearing_date": "2026-03-20",
            "date_end": "2026-03-21",
            "note": "同日另有开庭",
        }

    def setUp(self):
        super().setUp()
        self.login(self.lawyer1_user)

    def _get_leaves(self):
        return self.env["legal.aid.substitute.leave"].search([("case_id", "=", self.case.id)])

    def _ask(self):
        self.post(f"{self.url}/substitute", self.asked, status=303)
        return self._get_leaves()

    def test_ask_and_allowed(self):
        """C6: colleague, days and grounds; the answer stands on the page of the case with its days."""
        page = self.get(self.url)
        self.assertIn("o_legal_aid_substitute_form", page)
        self.assertIn(self.lawyer2.name, page)
        self.assertNotIn(f'<option value="{self.lawyer1.id}"', page)
        leave = self._ask()
        self.assertRecordValues(
            leave,
            [
                {
                    "state": "requested",
                    "volunteer_id": self.lawyer1.id,
                    "substitute_id": self.lawyer2.id,
                    "note": "同日另有开庭",
                }
            ],
        )
        self.assertIn('data-state="requested"', self.get(self.url).partition("o_legal_aid_leaves")[2])
        leave.with_user(self.a_officer).action_allow()
        shown = self.get(self.url).partition("o_legal_aid_leaves")[2]
        for text in ('data-state="allowed"', "2026-03-20", "2026-03-21", self.lawyer2.name):
            self.assertIn(text, shown)

    def test_refused_with_reason(self):
        """C6: refused, with the coded reason and the officer's note."""
        leave = self._ask()
        leave.with_user(self.a_officer).action_refuse(reason_code="needs_lawyer", note="请本人出庭")
        shown = self.get(self.url).partition("o_legal_aid_leaves")[2]
        self.assertIn('data-state="refused"', shown)
        self.assertIn("o_legal_aid_leave_reason", shown)
        self.assertIn("请本人出庭", shown)

    def test_what_was_typed_stays(self):
        """C6: refused without colleague, day or grounds, with days in the wrong order, and twice; what was typed stays."""
        for wrong in (
            {"substitute_id": ""},
            {"substitute_id": str(self.lawyer1.id)},
            {"substitute_id": "999999"},
            {"hearing_date": ""},
            {"hearing_date": "2026-03-09"},
            {"date_end": "2026-03-19"},
            {"note": " ", "date_end": "2026-03-22"},
        ):
            with self.subTest(wrong):
                page = self.post(f"{self.url}/substitute", {**self.asked, **wrong})
                self.assertIn("o_legal_aid_error", page)
                self.assertIn(wrong.get("note") or "同日另有开庭", page)
        self.assertFalse(self._get_leaves())
        self._ask()
        self.assertIn("o_legal_aid_error", self.post(f"{self.url}/substitute", self.asked))
        self.assertEqual(len(self._get_leaves()), 1)

    def test_colleague_of_another_city(self):
        """C6: only colleagues of his own team are offered, and another one is refused."""
        city_2 = self._create_union("测试二市", "T02", "city", prefix="测二援")
        self.lawyer2.write({"contact_point_ids": False, "organization_id": city_2.id})
        self.assertNotIn(self.lawyer2.name, self.get(self.url))
        self.assertIn("o_legal_aid_error", self.post(f"{self.url}/substitute", self.asked))
        with self.assertRaises(UserError):
            self.case.with_user(self.lawyer1_user).action_request_substitute(self.lawyer2, "2026-03-20")

    def test_other_lawyer(self):
        """P1, O2: for another lawyer, the substitute included, neither the case nor its requests exist."""
        self._ask().with_user(self.a_officer).action_allow()
        self.login(self.lawyer2_user)
        self.get(self.url, status=404)
        self.post(f"{self.url}/substitute", self.asked, status=404)

    @mute_logger("odoo.http")
    def test_back_doors(self):
        """C6: through RPC nobody allows himself a substitute, nor reads the request of another."""
        leave = self._ask()
        model = "legal.aid.substitute.leave"
        for user, method, arguments in (
            (self.lawyer1_user, "action_allow", [leave.ids]),
            (self.lawyer1_user, "write", [leave.ids, {"state": "allowed"}]),
            (self.lawyer2_user, "read", [leave.ids, ["note"]]),
            (self.lawyer2_user, "action_allow", [leave.ids]),
        ):
            self.login(user)
            with self.subTest(method), self.assertRaises(JsonRpcException):
                self.make_jsonrpc_request(
                    f"/web/dataset/call_kw/{model}/{method}",
                    {"model": model, "method": method, "args": arguments, "kwargs": {}},
                )
        self.assertEqual(leave.state, "requested")
