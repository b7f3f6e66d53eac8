from odoo.tests import tagged

from .access_common import LegalAidAccessCommon

# The lowest first.
ROLES = ("volunteer", "enterprise_portal", "liaison", "officer", "finance", "justice", "manager", "administrator")
MAGIC = {"id", "create_uid", "create_date", "write_uid", "write_date", "parent_path"}


@tagged("post_install", "-at_install")
class TestLoadDoors(LegalAidAccessCommon):
    """X1: nobody brings in by Odoo's import what no form lets him enter: what was decided, and what the system noted."""

    def _get_closed_names(self, model):
        """Fields that only steps write: those of the workflow, and stored ones that every form shows readonly."""
        noted = {
            name
            for name, field in model._fields.items()
            if field.store
            and field.readonly
            and not (field.compute or field.related or field.inherited)
            and field.type not in ("one2many", "many2many")
            and name not in MAGIC
            and "union_legal_aid" in field._modules
        }
        return sorted(noted | set(getattr(model, "_workflow_fields", ())))

    def _find_writer(self, record):
        """The lowest person who may write this record."""
        for person in sorted(self.people, key=lambda person: ROLES.index(person.role) if person.role in ROLES else 99):
            if record.with_user(person.user).has_access("write"):
                return person.user
        return None

    def _make_cell(self, record, name):
        """``(column, cell)`` of another value than the present one, as a file would hold it; None where there is none to write."""
        field, present = record._fields[name], record[name]
        if field.type == "many2one":
            others = self.env[field.comodel_name].sudo().search([("id", "!=", present.id)], limit=1)
            return (f"{name}/.id", str(others.id)) if others else None
        if field.type == "selection":
            others = [value for value, _label in field._description_selection(self.env) if value != present]
            return (name, others[0]) if others else None
        cells = {
            "char": "导入",
            "text": "导入",
            "html": "导入",
            "integer": "77",
            "many2one_reference": "77",
            "float": "77.5",
            "monetary": "77.5",
            "date": "2020-02-02",
            "datetime": "2020-02-02 02:02:02",
            "boolean": "0" if present else "1",
        }
        return (name, cells[field.type]) if field.type in cells else None

    def test_by_file_no_more_than_by_form(self):
        """X1: every model, every such field, as the lowest person who may write the record at all."""
        tried, open_doors = 0, []
        for model, specimens in sorted(self.specimens.items()):
            if self.env[model]._transient or not self.env[model]._auto:
                continue
            for record, user in self._choose(specimens):
                for name in self._get_closed_names(self.env[model]):
                    cell = self._make_cell(record, name)
                    if not cell:
                        continue
                    tried += 1
                    before = record[name]
                    model_of_user = self.env[model].with_user(user)
                    result = model_of_user.load([".id", cell[0]], [[str(record.id), cell[1]]])
                    self.env.invalidate_all()
                    if result["ids"] or record[name] != before:
                        open_doors.append(f"{model}.{name} ({user.login})")
        self.assertFalse(open_doors)
        self.assertGreater(tried, 300)

    def test_no_default_from_the_caller(self):
        """X2: what the system notes on a new record is not brought in with the context either."""
        tried = set()
        for model, specimens in sorted(self.specimens.items()):
            for record, user in self._choose(specimens):
                names = [
                    name
                    for name in sorted(getattr(record, "_noted_fields", ()))
                    if not record._must_be_given(name) and self._make_cell(record, name)
                ]
                of_user = self.env[model].with_user(user)
                steered = of_user.with_context(
                    **{f"default_{name}": self._make_cell(record, name)[1] for name in names}
                )
                self.assertEqual(steered.default_get(names), of_user.default_get(names), model)
                tried.update((model, name) for name in names)
        self.assertIn(("legal.aid.service.request.paper", "date"), tried)
        self.assertIn(("legal.aid.removal.element", "date"), tried)

    def _choose(self, specimens):
        """One record of the model that somebody may write."""
        for specimen in specimens:
            user = self._find_writer(specimen.record)
            if user:
                yield specimen.record, user
                return
