from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from .portal_common import CLIENT, EMPLOYER, PHONE, TODAY, LegalAidPortalCommon


@tagged("post_install", "-at_install")
class TestPortalHandOver(LegalAidPortalCommon):
    """C6, P1: the former lawyer records what he hands over, the next one confirms it, both on their own pages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lawyer2.contact_point_ids |= cls.county_a
        cls.case = cls._assign(cls._create_case(), cls.lawyer1)
        cls.case.with_user(cls.lawyer1_user).action_accept()
        cls.case.with_user(cls.a_officer).action_change_lawyer(volunteer_id=cls.lawyer2, reason_code="unable")
        cls.change = cls.case.sudo().lawyer_change_ids
        cls.url = f"/my/hand-overs/{cls.change.id}"
        cls.given = {
            "originals": "劳动合同原件一份",
            "date": TODAY,
            "next_hearing": "2026-03-20",
            "note": "举证期限三月十五日",
        }

    def _accept(self):
        self.case.with_user(self.lawyer2_user).action_accept()

    def _give(self):
        self.login(self.lawyer1_user)
        self.post(f"{self.url}/give", self.given, status=303)

    def test_former_lawyer_sees_the_change_only(self):
        """C6, O2: number and list, nothing of the parties, and the case itself is no longer found."""
        self.login(self.lawyer1_user)
        self.assertIn("o_legal_aid_hand_overs", self.get("/my"))
        self.assertIn(self.case.name, self.get("/my/hand-overs"))
        page = self.get(self.url)
        self.assertIn(self.case.name, page)
        self.assertIn("o_legal_aid_give_form", page)
        for secret in (CLIENT, EMPLOYER, PHONE, "工头失联"):
            self.assertNotIn(secret, page)
        self.assertNotIn(f"/my/cases/{self.case.id}", page)
        self.get(f"/my/cases/{self.case.id}", status=404)

    def test_clocks_go_with_the_case(self):
        """C6, V6, O2: what runs on the case is the next lawyer's from that day; the former one reads none of it any more."""
        other = self._assign(self._create_case(), self.lawyer1)
        other.with_user(self.lawyer1_user).action_accept()
        clocks = self.env["legal.aid.deadline"].search([("res_model", "=", other._name), ("res_id", "=", other.id)])
        running = clocks.filtered(lambda clock: clock.state == "open")
        self.assertEqual(running.volunteer_id, self.lawyer1)
        self.assertTrue(running.with_user(self.lawyer1_user).has_access("read"))
        other.with_user(self.a_officer).action_change_lawyer(volunteer_id=self.lawyer2, reason_code="unable")
        running = clocks.search([("res_model", "=", other._name), ("res_id", "=", other.id), ("state", "=", "open")])
        self.assertEqual(running.volunteer_id, self.lawyer2)
        self.assertFalse(running.with_user(self.lawyer1_user)._filtered_access("read"))

    def test_given_and_received(self):
        """C6: papers, day and open dates from the one, receipt from the other; who recorded each is kept."""
        self._give()
        page = self.get(f"{self.url}?done=given")
        self.assertIn("o_legal_aid_message", page)
        self.assertNotIn("o_legal_aid_give_form", page)
        self.assertNotIn("o_legal_aid_hand_overs", self.get("/my"))
        self.assertIn("o_legal_aid_to_hand_overs", self.get("/my/cases"))
        self._accept()
        self.login(self.lawyer2_user)
        self.assertIn("o_legal_aid_hand_overs", self.get("/my"))
        self.assertIn(f'href="{self.url}"', self.get(f"/my/cases/{self.case.id}"))
        page = self.get(self.url)
        for text in ("劳动合同原件一份", "2026-03-20", "举证期限三月十五日", "o_legal_aid_receive_form"):
            self.assertIn(text, page)
        self.post(f"{self.url}/receive", {"date": TODAY}, status=303)
        self.assertNotIn("o_legal_aid_receive_form", self.get(self.url))
        self.assertNotIn("o_legal_aid_hand_overs", self.get("/my"))
        self.assertRecordValues(
            self.change,
            [
                {
                    "originals": "劳动合同原件一份",
                    "handover_note": "举证期限三月十五日",
                    "handover_recorded_by_id": self.lawyer1_user.id,
                    "receipt_recorded_by_id": self.lawyer2_user.id,
                }
            ],
        )
        self.assertEqual([str(self.change[name]) for name in ("handed_over_date", "taken_over_date")], [TODAY, TODAY])

    def test_what_was_typed_stays(self):
        """C6: refused without papers, with a day in the future, or before the change; what was typed stays on the page."""
        self.login(self.lawyer1_user)
        for wrong in (
            {"originals": " "},
            {"date": "2026-03-11"},
            {"date": "2026-03-09"},
            {"next_hearing": "2026-13-01"},
        ):
            with self.subTest(wrong):
                page = self.post(f"{self.url}/give", {**self.given, **wrong})
                self.assertIn("o_legal_aid_error", page)
                self.assertIn("举证期限三月十五日", page)
        self.assertFalse(self.change.handed_over_date)

    def test_next_lawyer_before_he_took_the_case(self):
        """C2, C6: before he accepts, the next lawyer finds no hand-over, and afterwards receives nothing that was not given."""
        self.login(self.lawyer2_user)
        self.get(self.url, status=404)
        self.assertNotIn(self.case.name, self.get("/my/hand-overs"))
        self._accept()
        self.assertNotIn("o_legal_aid_receive_form", self.get(self.url))
        self.assertIn("o_legal_aid_error", self.post(f"{self.url}/receive", {"date": TODAY}))
        self.assertIn("o_legal_aid_error", self.post(f"{self.url}/give", self.given))
        self.assertFalse(self.change.handed_over_date)

    def test_receipt_is_the_next_lawyers(self):
        """C6: the former lawyer does not confirm for the next one."""
        self._give()
        self.assertIn("o_legal_aid_error", self.post(f"{self.url}/receive", {"date": TODAY}))
        self.assertFalse(self.change.taken_over_date)

    def test_strangers(self):
        """O2: for everybody else there is no such page, whether the id exists or not."""
        case = self._assign(self._create_case(), self.lawyer1)
        case.with_user(self.lawyer1_user).action_accept()
        case.with_user(self.a_officer).action_change_lawyer(reason_code="unable")
        foreign = case.sudo().lawyer_change_ids
        self.login(self.lawyer2_user)
        for number in (foreign.id, 2**31 - 1, 2**40, 0):
            self.get(f"/my/hand-overs/{number}", status=404)
            for step in ("give", "receive"):
                self.post(f"/my/hand-overs/{number}/{step}", self.given, status=404)
        self.login(self.portal_user)
        self.get("/my/hand-overs", status=404)
        self.get(self.url, status=404)
        self.assertFalse(foreign.handed_over_date)

    def test_requested_is_no_hand_over(self):
        """C6: what is only asked for, or was refused, has nothing to hand over."""
        case = self._assign(self._create_case(), self.lawyer1)
        case.with_user(self.lawyer1_user).action_accept()
        change = case.with_user(self.lawyer1_user).action_request_lawyer_change(reason_code="unable")
        self.login(self.lawyer1_user)
        self.get(f"/my/hand-overs/{change.id}", status=404)

    @mute_logger("odoo.http")
    def test_back_doors(self):
        """C6, O2: through RPC the former lawyer neither writes the change, nor reads the case through it."""
        self.login(self.lawyer1_user)
        model = "legal.aid.lawyer.change"
        for method, arguments in (
            ("write", [self.change.ids, {"taken_over_date": TODAY}]),
            ("write", [self.change.ids, {"handover_recorded_by_id": self.a_officer.id}]),
            ("action_take_over", [self.change.ids]),
            ("create", [{"case_id": self.case.id, "requester": "lawyer", "reason_id": self.change.reason_id.id}]),
            ("unlink", [self.change.ids]),
        ):
            with self.subTest(method), self.assertRaises(JsonRpcException):
                self.make_jsonrpc_request(
                    f"/web/dataset/call_kw/{model}/{method}",
                    {"model": model, "method": method, "args": arguments, "kwargs": {}},
                )
        read = self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/web_read",
            {
                "model": model,
                "method": "web_read",
                "args": [self.change.ids, {"handover_list": {}, "display_name": {}}],
                "kwargs": {},
            },
        )
        for secret in (CLIENT, EMPLOYER, PHONE):
            self.assertNotIn(secret, str(read))

    def test_back_to_the_page(self):
        """P1: after a new sign-in in the middle of the form the browser comes back to the hand-over."""
        self.login(self.lawyer1_user)
        self.assertTrue(self.url_open(f"{self.url}/give").url.endswith(f"{self.url}?done=unsent"))
