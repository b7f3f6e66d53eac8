import ast
from pathlib import Path

from odoo.modules import get_module_path
from odoo.tests import BaseCase, TransactionCase, tagged

ROOMS = ("organization", "approval", "team", "casework", "service", "conduct", "money", "oversight")
MODELS = Path(get_module_path("union_legal_aid")) / "models"


@tagged("post_install", "-at_install")
class TestRooms(BaseCase):
    """DESIGN.md section 1: a room names only models of its own and of earlier rooms, and tools know nothing of Odoo."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.trees = {
            path: ast.parse(path.read_text(encoding="utf-8"))
            for room in ROOMS
            for path in sorted((MODELS / room).glob("*.py"))
        }

    def _get_room_of_models(self):
        rooms = {}
        for path, tree in self.trees.items():
            for node in ast.walk(tree):
                if (
                    isinstance(node, ast.Assign)
                    and getattr(node.targets[0], "id", "") == "_name"
                    and isinstance(node.value, ast.Constant)
                ):
                    rooms[node.value.value] = path.parent.name
        return rooms

    def test_every_room_is_read(self):
        self.assertLessEqual(
            {"organization", "approval", "team", "casework", "money"}, {p.parent.name for p in self.trees}
        )

    def test_rooms_name_earlier_rooms_only(self):
        rooms = self._get_room_of_models()
        self.assertGreater(len(rooms), 20)
        wrong = []
        for path, tree in self.trees.items():
            here = ROOMS.index(path.parent.name)
            for node in ast.walk(tree):
                if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                    continue
                room = rooms.get(node.value)
                if room and ROOMS.index(room) > here:
                    wrong.append(f"{path.parent.name}/{path.name}:{node.lineno} names {node.value} of {room}")
        self.assertFalse(wrong, "\n".join(wrong))

    def test_rooms_import_earlier_rooms_only(self):
        wrong = []
        for path, tree in self.trees.items():
            for node in ast.walk(tree):
                if not isinstance(node, ast.ImportFrom) or not node.level or not node.module:
                    continue
                room = node.module.split(".")[0]
                if room in ROOMS and ROOMS.index(room) > ROOMS.index(path.parent.name):
                    wrong.append(f"{path.parent.name}/{path.name} imports {node.module}")
        self.assertFalse(wrong, "\n".join(wrong))

    def test_tools_do_not_import_odoo(self):
        wrong = []
        for path in (MODELS.parent / "tools").glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom):
                    names.append(node.module or "")
                wrong += [f"{path.name} imports {name}" for name in names if name.split(".")[0] == "odoo"]
        self.assertFalse(wrong, "\n".join(wrong))


@tagged("post_install", "-at_install")
class TestAccessIsDeclared(TransactionCase):
    """DESIGN.md section 3, rule 10: a group that may open a record model has a record rule there, also where it means “all”."""

    def test_every_group_with_acl_has_rule(self):
        access = self.env["ir.model.access"].search([("active", "=", True)])
        ours = access.filtered(lambda row: row.model_id.model in self._get_record_models())
        self.assertTrue(ours)
        missing = []
        for row in ours:
            self.assertTrue(row.group_id, f"{row.name} is open to everybody")
            reach = row.group_id | row.group_id.all_implied_ids
            rules = self.env["ir.rule"].search([("model_id", "=", row.model_id.id)])
            if not any(rule.groups & reach for rule in rules):
                missing.append(f"{row.model_id.model}: {row.group_id.full_name}")
        self.assertFalse(missing, "\n".join(missing))

    def _get_record_models(self):
        return {
            name
            for name, model in self.env.registry.items()
            if name.startswith(("legal.aid.", "union.")) and not model._abstract and not model._transient
        }

    def test_public_has_no_access(self):
        """No row for visitors: what is public is shown by a page that chooses its fields."""
        public = self.env.ref("base.group_public")
        rows = self.env["ir.model.access"].search([("group_id", "=", public.id)])
        self.assertFalse(rows.filtered(lambda row: row.model_id.model in self._get_record_models()))


@tagged("post_install", "-at_install")
class TestNames(TransactionCase):
    """Whoever types into a box finds records by something; a model without a name of its own says by what."""

    def test_every_model_can_be_searched_by_name(self):
        models = [
            model
            for name, model in self.env.registry.items()
            if name.startswith(("legal.aid.", "union.")) and not model._abstract and not model._transient
        ]
        self.assertGreater(len(models), 30)
        nameless = [model._name for model in models if not (model._rec_name or model._rec_names_search)]
        self.assertFalse(nameless, nameless)
