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


# They say in their names that what they return may write.
TOKEN_HELPERS = {"_workflow_env", "_row_env", "_workflow_env_of_document"}
# What these return carries the context no more, or never did.
CLEAN = {"with_env", "write", "unlink", "id", "ids"}


@tagged("post_install", "-at_install")
class TestTokenStaysInside(BaseCase):
    """DESIGN.md section 3, rule 1: no method hands out records that may write past the doors, except the helpers that say so."""

    def _carries(self, node, names):
        """Whether the expression ends in records that a helper allowed to write."""
        if isinstance(node, ast.Name):
            return node.id in names
        if isinstance(node, ast.Call):
            named = getattr(node.func, "attr", "")
            if named == "with_context" and any(key.arg == "legal_aid_workflow" for key in node.keywords):
                return True
            return named in TOKEN_HELPERS or named not in CLEAN and self._carries(node.func, names)
        if isinstance(node, ast.Attribute):
            return node.attr not in CLEAN and self._carries(node.value, names)
        if isinstance(node, ast.Subscript):
            return self._carries(node.value, names)
        if isinstance(node, ast.BinOp):
            return self._carries(node.left, names) or self._carries(node.right, names)
        return isinstance(node, ast.IfExp) and (self._carries(node.body, names) or self._carries(node.orelse, names))

    def _find_leaks(self, function):
        names = set()
        for node in sorted(ast.walk(function), key=lambda node: getattr(node, "lineno", 0)):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                (names.add if self._carries(node.value, names) else names.discard)(node.targets[0].id)
            elif isinstance(node, ast.Return) and node.value and self._carries(node.value, names):
                yield node.lineno

    def test_own_eyes(self):
        """The check sees a leak, straight or through a name, and lets what was taken back."""
        for body, leaks in (
            ("return self.sudo()._workflow_env().create({})", True),
            ("rows = self._row_env().create({})\n    return rows.sudo(False)", True),
            ("rows = self._workflow_env()\n    rows = rows.with_env(self.env)\n    return rows", False),
            ("return self._workflow_env().write({})", False),
        ):
            with self.subTest(body):
                (function,) = ast.parse(f"def step(self):\n    {body}\n").body
                self.assertEqual(bool(list(self._find_leaks(function))), leaks)

    def test_nothing_leaks(self):
        root = MODELS.parent
        wrong = [
            f"{path.name}:{line} returns records that may write past the doors"
            for folder in ("models", "wizards", "controllers")
            for path in sorted((root / folder).rglob("*.py"))
            for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(function, ast.FunctionDef) and function.name not in TOKEN_HELPERS
            for line in self._find_leaks(function)
        ]
        self.assertFalse(wrong, "\n".join(wrong))
