from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .access_common import LegalAidAccessCommon

# The lowest first.
ROLES = ("volunteer", "enterprise_portal", "liaison", "officer", "finance", "justice", "manager", "administrator")
# What settles a record: somebody was asked, money was moved.
SETTLED = (
    "legal.aid.approval.request",
    "legal.aid.payout",
    "legal.aid.payout.line",
    "account.move",
    "account.move.line",
)


@tagged("post_install", "-at_install")
class TestCopies(LegalAidAccessCommon):
    """DESIGN §3.1, A13: a copy is a new record at the beginning of its way, whatever its original went through."""

    def _find_copier(self, record):
        """The lowest person who may read this record and make one of its kind."""
        for person in sorted(self.people, key=lambda person: ROLES.index(person.role) if person.role in ROLES else 99):
            own = record.with_user(person.user)
            if own.has_access("create") and own.has_access("read"):
                return person.user
        return None

    def _each_copied(self):
        """``(record, who may copy it)``, of each model two that somebody may copy."""
        for model, specimens in sorted(self.specimens.items()):
            if self.env[model]._transient or not self.env[model]._auto:
                continue
            found = 0
            for specimen in specimens:
                user = self._find_copier(specimen.record)
                if user and found < 2:
                    found += 1
                    yield specimen.record, user

    def _is_noted(self, field):
        """Whether the system itself writes the field, so that a copy would tell of somebody else's step or day."""
        return (
            field.store
            and field.readonly
            and not (field.compute or field.related or field.inherited)
            and not (field.type in ("many2one", "many2one_reference") and field.required)
            and "union_legal_aid" in field._modules
        )

    def _find_carried(self, record, vals):
        """Fields in the values of a copy that only steps write, lines included."""
        for name, value in vals.items():
            field = record._fields[name]
            if value and (name in getattr(record, "_workflow_fields", ()) or self._is_noted(field)):
                yield f"{record._name}.{name}"
            if field.type == "one2many":
                for command in value:
                    yield from self._find_carried(self.env[field.comodel_name], command[2])

    def test_copies_begin_anew(self):
        """DESIGN §3.1, M7: a copy that can be made has no state, number, decision, day or name of an earlier step, and no money on it."""
        wrong, made = set(), set()
        for record, user in self._each_copied():
            carried = set(self._find_carried(record, record.with_user(user).copy_data()[0]))
            copy = self._copy(record, user)
            if copy:
                made.add(record._name)
                wrong |= carried | self._find_begun(copy)
        self.assertFalse(wrong, "\n".join(sorted(wrong)))
        self.assertGreater(len(made), 40)

    def _find_begun(self, copy):
        """What shows that a copy stands further than at the beginning, or that it tells who somebody is."""
        begun = set()
        for name in ("state", "approval_state"):
            initial = getattr(copy, "_workflow_initial", {}).get(name) or copy.default_get([name]).get(name)
            if name in copy._fields and copy._fields[name].store and copy[name] != initial:
                begun.add(f"{copy._name}.{name}")
        for name, field in copy._fields.items():
            if field.relational and field.comodel_name in SETTLED and name not in copy.copy_data()[0] and copy[name]:
                begun.add(f"{copy._name}.{name}")
        told = str(copy.private_ids.read()) if "private_ids" in copy._fields else ""
        begun |= {f"{copy._name}: {secret.kind}" for secret in self.secrets if secret.text in told}
        return begun

    def _copy(self, record, user):
        """The copy, as whoever reads everything sees it; nothing where the model refuses one."""
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                return record.with_user(user).copy().sudo()
        except (AccessError, UserError, IntegrityError):
            return None
