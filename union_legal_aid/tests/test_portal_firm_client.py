from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from .portal_common import EMPLOYER, TODAY, LegalAidPortalCommon

URL = "/my/firm-clients"
MODEL = "legal.aid.firm.client"


@tagged("post_install", "-at_install")
class TestPortalFirmClient(LegalAidPortalCommon):
    """I11, P1: the lawyer lists, adds and ends the clients of his firm, and the conflict check knows them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.foreign = cls.env[MODEL].create({"volunteer_id": cls.lawyer2.id, "name": "测试乙县水泥有限公司"})

    def setUp(self):
        super().setUp()
        self.login(self.lawyer1_user)

    def _get_clients(self):
        return self.env[MODEL].search([("volunteer_id", "=", self.lawyer1.id)])

    def _add(self, name=EMPLOYER, **values):
        self.post(f"{URL}/add", {"name": name, "date_from": "2026-01-05", **values}, status=303)
        return self._get_clients()

    def test_add_and_end(self):
        """I11: added with its day, shown, ended, and then among the former ones."""
        client = self._add()
        self.assertRecordValues(
            client,
            [{"name": EMPLOYER, "law_firm_id": self.lawyer1.law_firm_id.id, "date_to": False}],
        )
        self.assertEqual(str(client.date_from), "2026-01-05")
        page = self.get(URL)
        self.assertIn(EMPLOYER, page)
        self.assertNotIn(self.foreign.name, page)
        self.post(f"{URL}/{client.id}/end", {"date": TODAY}, status=303)
        self.assertEqual(str(client.date_to), TODAY)
        page = self.get(URL)
        self.assertIn(EMPLOYER, page.partition("o_legal_aid_former_clients")[2])
        self.assertNotIn(f"{URL}/{client.id}/end", page)

    def test_feeds_conflict_check(self):
        """I11, A13: from now on no case against the client goes to a lawyer of the firm."""
        case = self._create_case()
        self.assertFalse(case._get_lawyer_conflict_reason(self.lawyer1))
        self._add()
        with self.assertRaises(UserError):
            self._assign(case, self.lawyer1)
        self.assertFalse(case._get_lawyer_conflict_reason(self.lawyer2))

    def test_running_case_against_a_client(self):
        """I11, C6: who handles a case against the new client is told so, and asks for a change of lawyer on its page."""
        case = self._assign(self._create_case(), self.lawyer1)
        self.assertNotIn("o_legal_aid_conflicts", self.get(URL))
        self._add()
        self.assertIn(f"/my/cases/{case.id}", self.get(URL).partition("o_legal_aid_conflicts")[2])
        self.login(self.lawyer2_user)
        self.assertNotIn("o_legal_aid_conflicts", self.get(URL))

    def test_refused(self):
        """I11: without a name, with a wrong code, in the future, twice; what was typed stays."""
        for wrong in ({"name": " "}, {"uscc": "9141"}, {"date_from": "2026-03-11"}, {"date_from": "x"}):
            with self.subTest(wrong):
                page = self.post(f"{URL}/add", {"name": EMPLOYER, "date_from": TODAY, **wrong})
                self.assertIn("o_legal_aid_error", page)
        self.assertFalse(self._get_clients())
        client = self._add()
        page = self.post(f"{URL}/add", {"name": f" {EMPLOYER} ", "date_from": TODAY})
        self.assertIn("o_legal_aid_error", page)
        for day in ("2026-03-11", "2026-01-04"):
            self.assertIn("o_legal_aid_error", self.post(f"{URL}/{client.id}/end", {"date": day}))
        self.post(f"{URL}/{client.id}/end", {"date": TODAY}, status=303)
        self.assertIn("o_legal_aid_error", self.post(f"{URL}/{client.id}/end", {"date": TODAY}))
        self.assertEqual(len(self._add()), 2, "who comes back is added anew")

    def test_colleague_of_the_firm(self):
        """I11: the lawyers of one firm share its list; who leaves the firm, leaves the list."""
        client = self._add()
        self.login(self.lawyer2_user)
        self.assertNotIn(EMPLOYER, self.get(URL))
        self.lawyer2.law_firm_id = self.lawyer1.law_firm_id
        self.assertIn(EMPLOYER, self.get(URL))
        self.assertIn("o_legal_aid_error", self.post(f"{URL}/add", {"name": EMPLOYER, "date_from": TODAY}))
        self.post(f"{URL}/{client.id}/end", {"date": TODAY}, status=303)
        self.lawyer2.law_firm_id = False
        self.assertNotIn(EMPLOYER, self.get(URL))

    def test_strangers(self):
        """O2: another firm's client does not exist, nor does the page for who is no lawyer of the team."""
        for number in (self.foreign.id, 2**31 - 1, 2**40, 0):
            self.post(f"{URL}/{number}/end", {"date": TODAY}, status=404)
        self.assertFalse(self.foreign.date_to)
        self.login(self.portal_user)
        self.get(URL, status=404)
        self.post(f"{URL}/add", {"name": EMPLOYER, "date_from": TODAY}, status=404)

    @mute_logger("odoo.http")
    def test_back_doors(self):
        """I11: through RPC no lawyer adds to another firm, ends its client, or changes what stands there."""
        client = self._add()
        for method, arguments in (
            ("action_add", [self.lawyer2.id, "测试客户"]),
            ("action_end", [self.foreign.ids]),
            ("read", [self.foreign.ids, ["name"]]),
            ("write", [client.ids, {"name": "别的公司"}]),
            ("write", [client.ids, {"date_to": "2026-01-06"}]),
            ("create", [{"volunteer_id": self.lawyer1.id, "name": "测试客户"}]),
            ("unlink", [client.ids]),
        ):
            with self.subTest(method), self.assertRaises(JsonRpcException):
                self.make_jsonrpc_request(
                    f"/web/dataset/call_kw/{MODEL}/{method}",
                    {"model": MODEL, "method": method, "args": arguments, "kwargs": {}},
                )
        self.assertEqual(len(self.env[MODEL].search([("volunteer_id", "in", (self.lawyer1 + self.lawyer2).ids)])), 2)

    def test_officer_of_a_county(self):
        """A13: whom a firm advises is read by the office that keeps the team, and by no county."""
        client = self._add()
        with self.assertRaises(AccessError):
            client.with_user(self.a_officer).action_end()
        self.assertFalse(client.with_user(self.a_manager).has_access("read"))
        client.with_user(self.city_officer).action_end()
        self.assertEqual(str(client.date_to), TODAY)

    def test_one_way_to_find_an_enterprise(self):
        """I11, I13: firm clients and key enterprises normalise names and codes alike."""
        code = "91350100M000100Y43"
        records = [
            self.env[MODEL].create({"volunteer_id": self.lawyer1.id, "name": "甲 公司（示例）", "uscc": code.lower()}),
            self.env["legal.aid.key.employer"].create(
                {"name": "甲公司(示例)", "uscc": f" {code} ", "organization_id": self.county_a.id, "reason": "欠薪"}
            ),
        ]
        self.assertEqual([record.uscc for record in records], [code, code])
        self.assertEqual(len({record.name_key for record in records}), 1)
        for record in records:
            with self.assertRaises(ValidationError):
                record.uscc = "91350100M000100Y44"
