import tempfile
from pathlib import Path

from odoo.tests import BaseCase, tagged

from ..tools.access_table import AccessTable, get_contained

RIGHTS = "model,role,read,write,create,unlink\n"
SCOPES = "model,scope,domain,meaning\n"
DOWN = "x.case,down,\"[('organization_id', 'child_of', unions)]\",Case: own & below\n"


@tagged("post_install", "-at_install")
class TestAccessTableReader(BaseCase):
    """O2: the access table is read, checked and turned into rights and rules."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.security = Path(folder.name)

    def _read(self, rights, scopes=DOWN, room="casework", **later):
        for name, (more_rights, more_scopes) in {room: (rights, scopes), **later}.items():
            (self.security / name).mkdir()
            (self.security / name / "access.csv").write_text(RIGHTS + more_rights, encoding="utf-8")
            (self.security / name / "scopes.csv").write_text(SCOPES + more_scopes, encoding="utf-8")
        return AccessTable(self.security)

    def test_roles_contain_lower_ones(self):
        self.assertEqual(get_contained("manager"), {"manager", "officer", "liaison"})
        table = self._read("x.case,officer,down,down,,\n")
        self.assertEqual(table.get_scopes(["manager"], "x.case", "write"), {"down"})
        self.assertFalse(table.get_scopes(["liaison"], "x.case", "read"))
        self.assertFalse(table.get_scopes(["manager"], "x.case", "unlink"))

    def test_rights_and_rules(self):
        table = self._read("x.case,officer,down,down,,\nx.case,auditor,down,,,\n")
        self.assertIn(
            "access_x_case_officer,x_case_officer,model_x_case,union_legal_aid.group_officer,1,1,0,0",
            table.render_acl("casework"),
        )
        rules = table.render_rules("casework")
        self.assertIn('id="x_case_rule_down_read_write"', rules)
        self.assertIn('id="x_case_rule_down_read"', rules)
        self.assertIn("child_of', user.access_organization_ids.ids)", rules)
        self.assertIn("own &amp; below", rules)
        self.assertIn('noupdate="0"', rules)

    def test_limit_binds_everybody(self):
        table = self._read("x.case,*,down,,,\nx.case,auditor,down,,,\n")
        self.assertEqual(table.get_limits("x.case", "read"), {"down"})
        self.assertEqual([rule.roles for rule in table.get_rules("casework")], [(), ("auditor",)])

    def test_later_room_does_not_take_over(self):
        table = self._read("x.case,officer,down,,,\n", money=("x.case,finance,down,,,\n", ""))
        self.assertEqual(table.get_rules("casework")[0].xml_id, "x_case_rule_down_read")
        self.assertEqual(table.get_rules("money")[0].xml_id, "x_case_rule_down_read_for_money")

    def test_problems_are_named(self):
        for rights, words in (
            ("x.case,officer,down,,,\nx.case,officer,down,,,\n", "stands twice"),
            ("x.case,boss,down,,,\n", "no such role"),
            ("x.case,officer,,,,\n", "gives nothing"),
            ("x.case,officer,up,,,\n", "not explained"),
            ("x.case,officer,up,,,\n", "used by nobody"),
        ):
            with self.subTest(words):
                self.setUp()
                self.assertRegex("\n".join(self._read(rights).find_problems()), words)

    def test_scope_of_later_room(self):
        table = self._read(
            "x.case,officer,down,,,\n", "", money=("y.pay,officer,down,,,\n", DOWN + DOWN.replace("x.case", "y.pay"))
        )
        self.assertIn("later room money", "\n".join(table.find_problems()))

    def test_sound_table(self):
        self.assertFalse(self._read("x.case,officer,down,down,down,\n").find_problems())
