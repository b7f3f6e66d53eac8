"""The access table: who may do what, declared once (requirement O2; DESIGN.md section 3, rules 6 and 10).

Each room has two tables in ``security/<room>/``:

* ``access.csv``: one line per model and role; in the columns read, write, create and unlink stand the scopes in which the role may
  do it, separated by blanks. An empty cell means never. The role ``*`` is a limit that binds everybody.
* ``scopes.csv``: what a scope means on a model. In its domain, ``unions`` stands for the unions the user acts for.

From them are written ``ir.model.access.csv`` and ``rules.xml``, which Odoo loads, and ``docs/access.md``; the tests of access read
the tables themselves. A scope of an earlier room may be used by a later one, never the other way round.
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

ROOMS = ("organization", "approval", "team", "casework", "service", "conduct", "money", "oversight")
OPERATIONS = ("read", "write", "create", "unlink")
EVERYBODY = "*"
ROLES = {
    "liaison": "联络员",
    "officer": "经办",
    "manager": "分管领导",
    "administrator": "管理员",
    "finance": "财务",
    "justice": "司法局",
    "auditor": "经审",
    "volunteer": "律师",
    "enterprise_portal": "企业工会",
}
# A role holds the rights of the roles it contains (security/groups.xml).
CONTAINS = {"officer": ("liaison",), "manager": ("officer",), "administrator": ("manager",)}
# What ``unions`` in a domain becomes in a record rule.
UNIONS = "user.access_organization_ids.ids"
HEAD = "<!-- Written from access.csv and scopes.csv by the option update-access of script/lint. Change those. -->"


@dataclass(frozen=True)
class Right:
    """One line of ``access.csv``: the scopes of one role on one model, by operation."""

    room: str
    model: str
    role: str
    scopes: dict

    @property
    def group(self):
        return f"union_legal_aid.group_{self.role}"


@dataclass(frozen=True)
class Scope:
    """One line of ``scopes.csv``."""

    room: str
    model: str
    name: str
    domain: str
    meaning: str


@dataclass(frozen=True)
class Rule:
    """A record rule that follows from the table: one scope, the operations it opens, and for whom."""

    xml_id: str
    scope: Scope
    operations: tuple
    roles: tuple


class AccessTable:
    """The tables of all rooms under the folder ``security``."""

    def __init__(self, security):
        self.rights = []
        self.scopes = {}
        for room in ROOMS:
            folder = Path(security) / room
            if (folder / "access.csv").exists():
                self.rights += [_read_right(room, line) for line in _read_csv(folder / "access.csv")]
            if (folder / "scopes.csv").exists():
                for line in _read_csv(folder / "scopes.csv"):
                    self.scopes[line["model"], line["scope"]] = Scope(room, *line.values())

    @property
    def models(self):
        """The models in the table, in its order."""
        return list(dict.fromkeys(right.model for right in self.rights))

    def get_scopes(self, roles, model, operation):
        """The scopes in which somebody who holds ``roles`` may do ``operation`` on ``model``; the limits are not among them."""
        held = {name for role in roles for name in get_contained(role)}
        return {
            scope
            for right in self.rights
            if right.model == model and right.role in held
            for scope in right.scopes[operation]
        }

    def get_limits(self, model, operation):
        """The scopes outside of which nobody may do ``operation``."""
        return {
            scope
            for right in self.rights
            if right.model == model and right.role == EVERYBODY
            for scope in right.scopes[operation]
        }

    def get_rules(self, room):
        """The record rules of a room: one for each scope and set of operations."""
        groups = {}
        for right in self.rights:
            if right.room != room:
                continue
            for scope in dict.fromkeys(scope for scopes in right.scopes.values() for scope in scopes):
                operations = tuple(name for name in OPERATIONS if scope in right.scopes[name])
                key = (right.model, scope, operations, right.role == EVERYBODY)
                groups.setdefault(key, []).append(right.role)
        return [
            Rule(
                self._get_rule_id(room, model, scope, operations),
                self.scopes[model, scope],
                operations,
                () if everybody else tuple(roles),
            )
            for (model, scope, operations, everybody), roles in groups.items()
        ]

    def _get_rule_id(self, room, model, scope, operations):
        what = "full" if operations == OPERATIONS else "_".join(operations)
        home = next(right.room for right in self.rights if right.model == model)
        # A later room's own rules on an earlier model must not take over the earlier ones.
        return f"{_underscored(model)}_rule_{scope}_{what}" + ("" if room == home else f"_for_{room}")

    def render_acl(self, room):
        """The text of ``ir.model.access.csv``: a role may do what it may do in any scope."""
        output = io.StringIO()
        writer = csv.writer(output, lineterminator="\n")
        writer.writerow(["id", "name", "model_id:id", "group_id:id", *(f"perm_{name}" for name in OPERATIONS)])
        for right in self.rights:
            if right.room == room and right.role != EVERYBODY:
                name = f"{_underscored(right.model)}_{right.role}"
                flags = [int(bool(right.scopes[operation])) for operation in OPERATIONS]
                writer.writerow([f"access_{name}", name, f"model_{_underscored(right.model)}", right.group, *flags])
        return output.getvalue()

    def render_rules(self, room):
        """The text of ``rules.xml``. It is loaded at every upgrade, so that what was changed by hand comes back."""
        lines = ['<?xml version="1.0" encoding="utf-8"?>', HEAD, '<odoo noupdate="0">']
        for rule in self.get_rules(room):
            lines += _render_rule(rule)
        return "\n".join([*lines, "</odoo>", ""])

    def render_document(self):
        """The text of ``docs/access.md``, for people."""
        lines = [
            "# 权限表 · Who may do what",
            "",
            "<!-- Written by the option update-access of script/lint. -->",
            "",
            "Each cell names the scopes in which the role may do it; what a scope means on a model stands below its table.",
            "A role also holds what the roles it contains hold: administrator ⊃ manager ⊃ officer ⊃ liaison.",
        ]
        for model in self.models:
            lines += [
                "",
                f"## `{model}`",
                "",
                "| 角色 Role | 读 Read | 改 Write | 建 Create | 删 Delete |",
                "|---|---|---|---|---|",
            ]
            for right in (right for right in self.rights if right.model == model):
                cells = [" + ".join(right.scopes[operation]) or "–" for operation in OPERATIONS]
                title = "所有人 limit for everybody" if right.role == EVERYBODY else f"{ROLES[right.role]} {right.role}"
                lines.append(f"| {title} | {' | '.join(cells)} |")
            lines.append("")
            lines += [f"- **{s.name}**: {s.meaning}" for s in self.scopes.values() if s.model == model]
        return "\n".join([*lines, ""])

    def find_problems(self):
        """Sentences about what in the tables cannot be right."""
        problems = []
        seen = set()
        used = set()
        for right in self.rights:
            where = f"security/{right.room}/access.csv: {right.model}, {right.role}"
            if (right.model, right.role) in seen:
                problems.append(f"{where}: stands twice")
            seen.add((right.model, right.role))
            if right.role != EVERYBODY and right.role not in ROLES:
                problems.append(f"{where}: there is no such role")
            if not any(right.scopes.values()):
                problems.append(f"{where}: gives nothing; leave the line out")
            for scope in {scope for scopes in right.scopes.values() for scope in scopes}:
                used.add((right.model, scope))
                problems += self._find_scope_problems(right, scope, where)
        problems += [
            f"security/{scope.room}/scopes.csv: {scope.model}, {scope.name}: is used by nobody"
            for key, scope in self.scopes.items()
            if key not in used
        ]
        return problems

    def _find_scope_problems(self, right, name, where):
        scope = self.scopes.get((right.model, name))
        if not scope:
            return [f"{where}: the scope “{name}” is not explained in scopes.csv"]
        if ROOMS.index(scope.room) > ROOMS.index(right.room):
            return [f"{where}: the scope “{name}” belongs to the later room {scope.room}"]
        return []


def get_contained(role):
    """``role`` and the roles it contains."""
    return {role}.union(*(get_contained(other) for other in CONTAINS.get(role, ())))


def _read_csv(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _read_right(room, line):
    return Right(room, line["model"], line["role"], {name: tuple((line[name] or "").split()) for name in OPERATIONS})


def _underscored(model):
    return model.replace(".", "_")


def _render_rule(rule):
    domain = escape(rule.scope.domain.replace(" unions)", f" {UNIONS})"))
    groups = ", ".join(f"ref('group_{role}')" for role in rule.roles)
    closed = [name for name in OPERATIONS if name not in rule.operations]
    return [
        f'    <record id="{rule.xml_id}" model="ir.rule">',
        f'        <field name="name">{escape(rule.scope.meaning)}</field>',
        f'        <field name="model_id" ref="model_{_underscored(rule.scope.model)}"/>',
        f'        <field name="domain_force">{domain}</field>',
        # Set, not linked: a role that is taken out of the table loses the rule in databases that have it, too.
        *([f'        <field name="groups" eval="[Command.set([{groups}])]"/>'] if groups else []),
        *(f'        <field name="perm_{name}" eval="{name not in closed}"/>' for name in OPERATIONS),
        "    </record>",
    ]
