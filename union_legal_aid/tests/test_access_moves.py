from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .access_common import LegalAidAccessCommon
from .casework_common import LegalAidCaseworkCommon

# What one page of the case list may cost an officer, whatever stands in it.
LIST_QUERIES = 15
KANBAN_QUERIES = 20


@tagged("post_install", "-at_install")
class TestMoves(LegalAidAccessCommon):
    """O2: who moves, or loses a role, loses the old and sees the new in the same process, at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mover = cls._get_person("officer", "county_a").user
        cls.cases = cls.case_a | cls.case_b

    def _see(self, user=None):
        """The cases of the two counties that a user finds, counts and may open: three doors, one answer."""
        cases = self.env["legal.aid.case"].with_user(user or self.mover)
        domain = [("id", "in", self.cases.ids)]
        found = cases.search(domain)
        self.assertEqual(cases.search_count(domain), len(found))
        self.assertEqual(self.cases.with_user(user or self.mover)._filtered_access("read"), found)
        return found.with_env(self.env)

    def test_user_moves_from_his_side(self):
        self.assertEqual(self._see(), self.case_a)
        self.mover.union_organization_ids = self.county_b
        self.assertEqual(self._see(), self.case_b)
        with self.assertRaises(AccessError):
            self.case_a.with_user(self.mover).read(["name"])

    def test_user_moves_from_the_unions_side(self):
        self.assertEqual(self._see(), self.case_a)
        self.county_a.user_ids -= self.mover
        self.assertFalse(self._see())
        self.county_b.user_ids += self.mover
        self.assertEqual(self._see(), self.case_b)

    def test_user_without_union_sees_nothing(self):
        self.mover.union_organization_ids = False
        self.assertFalse(self._see())

    def test_user_loses_his_role(self):
        self.assertEqual(self._see(), self.case_a)
        self.mover.group_ids = [Command.set(self.env.ref("base.group_user").ids)]
        with self.assertRaises(AccessError):
            self._see()

    def test_union_moves(self):
        """A union under another superior: its cases go with it."""
        self._see()
        enterprise = self._get_person("officer", "enterprise_a").user
        self.case_a._workflow_write({"organization_id": self.enterprise_a.id})
        self.assertEqual(self._see(enterprise), self.case_a)
        self.enterprise_a.parent_id = self.county_b
        self.assertFalse(self._see())
        self.mover.union_organization_ids = self.county_b
        self.assertEqual(self._see(), self.cases)

    def test_case_moves(self):
        """A case that another union takes over leaves the list of the first."""
        self._see()
        self.case_a._workflow_write({"organization_id": self.county_b.id, "contact_point_id": self.county_b.id})
        self.assertFalse(self._see())

    def test_lawyer_is_replaced(self):
        """The lawyer who was replaced loses the case, the next one has it."""
        self.assertEqual(self._see(self.lawyer1_user), self.case_a)
        self.case_a._workflow_write({"volunteer_id": self.lawyer2.id})
        self.assertFalse(self._see(self.lawyer1_user))
        self.assertEqual(self._see(self.lawyer2_user), self.cases)

    def test_contact_point_moves(self):
        """A lawyer who serves another county is seen there from then on, no longer here."""
        lawyers = self.env["legal.aid.volunteer"].with_user(self.mover)
        domain = [("id", "=", self.lawyer1.id)]
        self.assertTrue(lawyers.search(domain))
        self.lawyer1.contact_point_ids = self.county_b
        self.assertFalse(lawyers.search(domain))
        self.assertTrue(lawyers.with_user(self._get_person("officer", "county_b").user).search(domain))


@tagged("post_install", "-at_install")
class TestMovesInSession(LegalAidAccessCommon, HttpCase):
    """O2: the same for somebody who is signed in: his open session gives no more than his union of this moment."""

    @mute_logger("odoo.http")
    def test_session_follows(self):
        mover = self._get_person("officer", "county_a").user
        self.authenticate(mover.login, mover.login)

        def read(case):
            return self.make_jsonrpc_request(
                "/web/dataset/call_kw/legal.aid.case/read",
                {"model": "legal.aid.case", "method": "read", "args": [case.ids, ["name"]], "kwargs": {}},
            )

        self.assertEqual(read(self.case_a)[0]["name"], self.case_a.name)
        mover.union_organization_ids = self.county_b
        self.env.flush_all()
        self.assertEqual(read(self.case_b)[0]["name"], self.case_b.name)
        with self.assertRaises(JsonRpcException):
            read(self.case_a)


@tagged("post_install", "-at_install")
class TestListCost(LegalAidCaseworkCommon):
    """O2: record rules keep the list fast: 80 cases cost what 20 cost, and many unions what few cost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.zones = cls.env["union.organization"].create(
            [
                {
                    "name": f"测试园区{number}",
                    "code": f"T01A{number}",
                    "tier": "zone",  # a tier that handles cases under its own numbers
                    "parent_id": cls.county_a.id,
                    "document_prefix": f"测园{number}",
                }
                for number in range(40)
            ]
        )
        values = [cls._prepare_case(employer_name=f"公司{number}") for number in range(80)]
        cls.cases = cls.env["legal.aid.case"].with_user(cls.a_officer).create(values)

    def _get_specification(self, view_type="list"):
        """What the web client asks for when it shows the list of cases, or their cards."""
        view = self.env["legal.aid.case"].with_user(self.a_officer).get_views([(False, view_type)])["views"][view_type]
        names = [node.get("name") for node in etree.fromstring(view["arch"]).iter("field")]
        fields = self.env["legal.aid.case"]._fields
        return {name: {"fields": {"display_name": {}}} if fields[name].relational else {} for name in names}

    def _open_list(self, limit):
        cases = self.env["legal.aid.case"].with_user(self.a_officer)
        specification = self._get_specification()
        domain = [("id", "in", self.cases.ids)]
        # Twice: what Odoo keeps in memory from the first opening on is not the page's cost.
        for _opening in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            page = cases.web_search_read(domain, specification, limit=limit)
        self.assertEqual(len(page["records"]), limit)
        return self.env.cr.sql_log_count - before

    def _open_kanban(self, cases):
        readers = self.env["legal.aid.case"].with_user(self.a_officer)
        specification = self._get_specification("kanban")
        for _opening in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            page = readers.web_read_group(
                [("id", "in", cases.ids)],
                ["state"],
                auto_unfold=True,
                unfold_read_specification=specification,
                unfold_read_default_limit=len(cases),
            )
        shown = [record for group in page["groups"] for record in group.get("__records", ())]
        self.assertEqual(len(shown), len(cases))
        return self.env.cr.sql_log_count - before

    def test_kanban_of_80_cases(self):
        """C3: the cards of 80 cases cost what those of 20 cost."""
        few = self._open_kanban(self.cases[:20])
        self.assertEqual(self._open_kanban(self.cases), few, "Queries grow with the cards of a page")
        self.assertLessEqual(few, KANBAN_QUERIES)

    def test_list_of_80_cases(self):
        few = self._open_list(20)
        self.assertEqual(self._open_list(80), few, "Queries grow with the cases of a page")
        self.assertLessEqual(few, LIST_QUERIES)

    def test_many_unions_cost_nothing(self):
        self._spread(self.cases[0], self.zones[0])
        few = self._open_list(80)
        for case, zone in zip(self.cases[1:40], self.zones[1:], strict=True):
            self._spread(case, zone)
        self.assertEqual(len(self.cases.organization_id), 41)
        self.assertEqual(self._open_list(80), few, "Queries grow with the unions of a page")
        self.a_officer.union_organization_ids = self.county_a | self.county_b | self.zones
        self.assertLessEqual(self._open_list(80), few, "Queries grow with the unions of the reader")

    def _spread(self, case, zone):
        case._workflow_write({"jurisdiction_override_reason": "测试", "organization_id": zone.id})
