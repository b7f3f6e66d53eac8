import logging
from pathlib import Path

from odoo.fields import Command
from odoo.modules import get_module_path
from odoo.tests import TransactionCase, tagged

from ..tools.access_table import EVERYBODY, OPERATIONS, ROLES, ROOMS, AccessTable
from .access_common import LegalAidAccessCommon

_logger = logging.getLogger(__name__)

SECURITY = Path(get_module_path("union_legal_aid")) / "security"


@tagged("post_install", "-at_install")
class TestAccessTable(TransactionCase):
    """O2: the table, the files that Odoo loads and what stands in the database are one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.table = AccessTable(SECURITY)

    def test_table_is_sound(self):
        self.assertFalse(self.table.find_problems())
        self.assertGreater(len(self.table.models), 40)

    def test_files_follow_table(self):
        for room in ROOMS:
            if any(right.room == room for right in self.table.rights):
                for name, text in (
                    ("ir.model.access.csv", self.table.render_acl(room)),
                    ("rules.xml", self.table.render_rules(room)),
                ):
                    self.assertEqual((SECURITY / room / name).read_text(encoding="utf-8"), text, f"{room}/{name}")

    def test_every_model_is_in_table(self):
        """A model that is missing in the table is closed to everybody but the system, or open by mistake."""
        ours = {
            name
            for name, model in self.env.registry.items()
            if name.startswith(("legal.aid.", "union.")) and not model._abstract
        }
        self.assertEqual(ours, set(self.table.models))

    def test_database_has_nothing_else(self):
        """No right and no rule on our models beside the table's, whoever gave it."""
        models = self.env["ir.model"].search([("model", "in", self.table.models)])
        acl = self.env["ir.model.access"].search([("model_id", "in", models.ids)])
        expected = [
            (right.model, right.group, *(bool(right.scopes[operation]) for operation in OPERATIONS))
            for right in self.table.rights
            if right.role != EVERYBODY
        ]
        found = [
            (
                row.model_id.model,
                row.group_id.get_external_id()[row.group_id.id],
                *(row[f"perm_{name}"] for name in OPERATIONS),
            )
            for row in acl
        ]
        self.assertCountEqual(found, expected)
        rules = self.env["ir.rule"].search([("model_id", "in", models.ids)])
        expected_ids = {f"union_legal_aid.{rule.xml_id}" for room in ROOMS for rule in self.table.get_rules(room)}
        self.assertEqual(set(rules.get_external_id().values()), expected_ids)

    def test_a_role_reads_what_it_writes(self):
        """Who may write or delete a record may see it."""
        for right in self.table.rights:
            readable = self.table.get_scopes([right.role], right.model, "read")
            for operation in ("write", "unlink"):
                written = self.table.get_scopes([right.role], right.model, operation)
                # A note is corrected by its writer within what he reads.
                self.assertLessEqual(written - {"own"}, readable, f"{right.model} {right.role} {operation}")

    def test_auditor_writes_nothing(self):
        """DESIGN.md section 4: the auditor reads, and writes nothing but his own dialogs."""
        for right in self.table.rights:
            if right.role in ("auditor", "justice") and not self.env[right.model]._transient:
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(right.scopes[operation], f"{right.model} {right.role} {operation}")


@tagged("post_install", "-at_install")
class TestAccessMatrix(LegalAidAccessCommon):
    """O2: every role × model × operation × scope, as the table says, on records whose scope follows from the facts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.table = AccessTable(SECURITY)

    def _get_expected(self, model, operation, person):
        scopes = self.table.get_scopes([person.role], model, operation)
        limits = self.table.get_limits(model, operation)
        return {
            specimen.record.id
            for specimen in self.specimens.get(model, ())
            if any(specimen.is_in(scope, person) for scope in scopes)
            and all(specimen.is_in(limit, person) for limit in limits)
        }

    def _get_allowed(self, model, operation, person):
        records = self.env[model].browse([specimen.record.id for specimen in self.specimens.get(model, ())])
        return set(records.with_user(person.user)._filtered_access(operation).ids)

    def _compare(self, model, people=None):
        """``(number of cells, what differs)`` on one model."""
        cells = 0
        wrong = []
        for person in people or self.people:
            for operation in OPERATIONS:
                expected = self._get_expected(model, operation, person)
                allowed = self._get_allowed(model, operation, person)
                cells += len(self.specimens.get(model, ()))
                wrong += [
                    f"{person.user.login} may {'' if record_id in allowed else 'not '}{operation} {model} {record_id}"
                    for record_id in sorted(expected ^ allowed)
                ]
        return cells, wrong

    def test_specimens_tell_something(self):
        """For each model and scope of the table there is a record in it and one outside of it, so that no cell is empty talk."""
        self.assertEqual({person.role for person in self.people}, set(ROLES))
        for model, scope in self.table.scopes:
            specimens = self.specimens.get(model, ())
            self.assertTrue(specimens, f"No specimen of {model}")
            reached = [[specimen.is_in(scope, person) for person in self.people] for specimen in specimens]
            self.assertTrue(any(map(any, reached)), f"No record of {model} in scope {scope}")
            if scope not in ("all", "books"):
                self.assertFalse(all(map(all, reached)), f"No record of {model} out of scope {scope}")

    def test_matrix(self):
        cells = 0
        wrong = []
        for model in self.table.models:
            more, differences = self._compare(model)
            cells += more
            wrong += differences
        self.assertFalse(wrong, f"{len(wrong)} of {cells} cells differ:\n" + "\n".join(wrong[:60]))
        _logger.info(
            "Access matrix: %s cells, %s people, %s models, all as declared.",
            cells,
            len(self.people),
            len(self.table.models),
        )
        self.assertGreater(cells, 20_000)

    def test_search_shows_the_same(self):
        """The list shows what may be read, and counts no more than it shows."""
        for model in self.table.models:
            ids = [specimen.record.id for specimen in self.specimens[model]]
            for person in self.people:
                expected = self._get_expected(model, "read", person)
                records = self.env[model].with_user(person.user)
                if not records.has_access("read"):
                    self.assertFalse(expected, f"{person.user.login} {model}")
                    continue
                domain = [("id", "in", ids)]
                self.assertEqual(set(records.search(domain).ids), expected, f"{person.user.login} {model}")
                self.assertEqual(records.search_count(domain), len(expected), f"{person.user.login} {model}")

    def test_every_rule_bears_weight(self):
        """An opened hole is seen: with any single rule switched off, the matrix no longer agrees."""
        unnoticed = []
        for room in ROOMS:
            for declared in self.table.get_rules(room):
                if declared.scope.name == "all":
                    continue  # what everybody may see needs no rule to be seen; that it stands is tested above
                rule = self.env.ref(f"union_legal_aid.{declared.xml_id}")
                rule.active = False
                people = [
                    person for person in self.people if not declared.roles or rule.groups & person.user.all_group_ids
                ]
                if not self._compare(declared.scope.model, people)[1]:
                    unnoticed.append(declared.xml_id)
                rule.active = True
        self.assertFalse(unnoticed, "Nobody would notice that these rules are gone:\n" + "\n".join(unnoticed))

    def test_every_right_bears_weight(self):
        """An opened hole is seen: a right more than the table gives, on any model, and the matrix no longer agrees."""
        everybody = self.env.ref("base.group_user") | self.env.ref("base.group_portal")
        for model in self.table.models:
            rows = self.env["ir.model.access"].create(
                [
                    {
                        "name": "hole",
                        "model_id": self.env["ir.model"]._get(model).id,
                        "group_id": group.id,
                        **{f"perm_{operation}": True for operation in OPERATIONS},
                    }
                    for group in everybody
                ]
            )
            hole = self.env["ir.rule"].create(
                {
                    "name": "hole",
                    "model_id": self.env["ir.model"]._get(model).id,
                    "groups": [Command.set(everybody.ids)],
                    "domain_force": "[]",
                }
            )
            self.assertTrue(self._compare(model)[1], model)
            (rows.unlink(), hole.unlink())
