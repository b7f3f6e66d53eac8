from odoo import models

from ...tools import ids, import_table
from ...tools.i18n import Sentence, _lt
from .legal_aid_import_row_mixin import RECORDS

BROUGHT_IN = _lt("It was brought in already, from the table “%(table)s”, row %(row)s.")
ON_RECORD = _lt("“%(title)s” stands in a record already. Open that one instead.")
SAME_NAME = _lt(
    "“%(title)s”: somebody of this name is in the team already. Give the licence number of both, or enter this row by hand."
)
SAME_CASE = _lt("The same applicant has a case of the same day and matter already.")


class LegalAidImportKnownMixin(models.AbstractModel):
    """What of a table is on record already (X1): the same file twice, the same licence, identity or case number makes nothing twice.

    Whether there is such a record is asked with the rights of the system, as a unique index would; only that it is there is told.
    """

    _name = "legal.aid.import.known.mixin"
    _description = "Rows That Are on Record Already"

    # Business

    def _refuse_known(self, rows):
        """Note in each row what it repeats."""
        rows = [row for row in rows if not row.problems]
        entries = self._find_entries(rows)
        for row in rows:
            entry = entries.get(self._get_key(row))
            if entry:
                told = {"table": entry.import_id.file_name or "", "row": entry.place}
                row.problems.append(Sentence(BROUGHT_IN, told))
        left = [row for row in rows if not row.problems]
        refuse = {"lawyer": self._refuse_known_lawyers, "case": self._refuse_known_cases}.get(self.kind)
        if refuse and left:
            refuse(left)

    def _get_key(self, row):
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        return ids.hash_identity("|".join(import_table.key(self.kind, row.values)), secret)

    def _find_entries(self, rows):
        """``{key: entry}`` of the rows whose record is still there."""
        entries_sudo = self.env["legal.aid.import.entry"].sudo()
        found = entries_sudo.search(
            [("organization_id", "=", self.organization_id.id), ("key", "in", [self._get_key(row) for row in rows])]
        )
        there = set(self.env[RECORDS[self.kind]].sudo().browse(found.mapped("res_id")).exists().ids)
        found.filtered(lambda entry: entry.res_id not in there).unlink()
        return {entry.key: entry for entry in found.exists()}

    def _remember(self, made):
        """Note which record came of which row: ``[(row, record)]``."""
        self.env["legal.aid.import.entry"].sudo().create(
            [
                {
                    "import_id": self.id,
                    "organization_id": self.organization_id.id,
                    "place": row.place,
                    "key": self._get_key(row),
                    "res_model": record._name,
                    "res_id": record.id,
                }
                for row, record in made
            ]
        )

    def _refuse_known_lawyers(self, rows):
        city = self.organization_id._get_city()
        # What is on record is refused, whoever may see it; the answer names the row of the table and no record.
        lawyers_sudo = self.env["legal.aid.volunteer"].sudo()
        twins_sudo = self.env["legal.aid.volunteer.private"].sudo()
        for name, model in (("license_number", lawyers_sudo), ("resident_id_number", twins_sudo)):
            wanted = [row.values[name] for row in rows if name in row.values]
            found = set(model.search([("organization_id", "=", city.id), (name, "in", wanted)]).mapped(name))
            self._refuse(rows, name, found, ON_RECORD)
        unnumbered = [
            row for row in rows if not row.values.keys() & {"license_number", "resident_id_number"} and not row.problems
        ]
        names = [row.values["name"] for row in unnumbered]
        there = lawyers_sudo.search([("organization_id", "=", city.id), ("name", "in", names)])
        self._refuse(unnumbered, "name", set(there.mapped("name")), SAME_NAME)

    def _refuse_known_cases(self, rows):
        cases_sudo = self.env["legal.aid.case"].sudo()  # as in _refuse_known_lawyers
        here = [("organization_id", "=", self.organization_id.id)]
        numbers = [row.values["old_number"] for row in rows if "old_number" in row.values]
        known = set(cases_sudo.search([*here, ("former_number", "in", numbers)]).mapped("former_number"))
        self._refuse(rows, "old_number", known, ON_RECORD)
        keys = {
            row.place: cases_sudo._hash_identity(row.values["applicant_id_number"])
            for row in rows
            if "applicant_id_number" in row.values and not row.problems
        }
        same = cases_sudo.search([*here, ("applicant_id_hash", "in", list(keys.values()))])
        there = {(case.applicant_id_hash, case.application_date, case.matter_id.id) for case in same}
        matters = self._find_matters()
        for row in rows:
            matter = matters.get(ids.normalise_name(row.values["matter"]))
            if matter and (keys.get(row.place), row.values["application_date"], matter.id) in there:
                row.problems.append(Sentence(SAME_CASE))

    def _refuse(self, rows, name, known, message):
        for row in rows:
            if row.values.get(name) in known and not row.problems:
                row.problems.append(Sentence(message, {"title": self._get_title(name)}))
