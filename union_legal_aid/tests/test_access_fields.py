from odoo.exceptions import AccessError
from odoo.tests import tagged

from .access_common import LegalAidAccessCommon

# The dialog with a lawyer's first password refuses whoever may not give it (O3): to open it by a guessed number is an error.
REFUSED = {"legal.aid.portal.access"}


@tagged("post_install", "-at_install")
class TestOfferedFields(LegalAidAccessCommon):
    """O2: what a role is offered on a record it may read, it can read: no field leads into an error, whatever page or client asks."""

    def _find_broken(self, records, names):
        """Names among ``names`` that cannot be read; one question for all, and more of them only when it fails."""
        try:
            self.env.invalidate_all()
            records.web_read({name: self._get_spec(records, name) for name in names})
        except AccessError:
            if len(names) == 1:
                return names
            half = len(names) // 2
            return self._find_broken(records, names[:half]) + self._find_broken(records, names[half:])
        return []

    @staticmethod
    def _get_spec(records, name):
        """As a page asks for it: linked records with their names."""
        return {"fields": {"display_name": {}}} if records._fields[name].relational else {}

    def test_every_offered_field_is_read(self):
        """O2: each person, each model, all fields that ``fields_get`` offers him, with the names of the linked records."""
        broken, read = set(), 0
        for model, specimens in sorted(self.specimens.items()):
            if model in REFUSED:
                continue
            for person in self.people:
                records = self.env[model].browse([specimen.record.id for specimen in specimens]).with_user(person.user)
                records = records._filtered_access("read")
                if not records:
                    continue
                names = list(records.fields_get(attributes=["type"]))
                broken |= {f"{model}.{name} as {person.role}" for name in self._find_broken(records, names)}
                read += len(names)
        self.assertFalse(broken, "\n".join(sorted(broken)))
        self.assertGreater(read, 10_000)
