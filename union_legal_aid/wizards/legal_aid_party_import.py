import base64

from odoo import fields, models
from odoo.exceptions import UserError

from ..tools import ids, party_list


class LegalAidPartyImport(models.TransientModel):
    """Reads the workers of a group case from a workbook (C4): checked first, then taken, whole or as far as the rows are good.

    What is told of a bad row is its number and the reason, never what stands in it; the rows themselves come back as a workbook.
    """

    _name = "legal.aid.party.import"
    _description = "Import of the List of Workers"
    _inherit = ["legal.aid.link.mixin"]
    # It holds names of workers, so it does not wait for the usual clearing of dialogs.
    _transient_max_hours = 1
    _checked_links = ("case_id",)

    case_id = fields.Many2one(comodel_name="legal.aid.case", required=True, readonly=True, ondelete="cascade")
    # Not as an attachment: the list is gone with the dialog.
    file = fields.Binary(string="Workbook", attachment=False)
    file_name = fields.Char()
    mode = fields.Selection(
        selection=[("all", "Only if all rows are good"), ("good", "The good rows, and the others back")],
        string="Take",
        default="all",
        required=True,
    )
    row_count = fields.Integer(string="Rows", readonly=True)
    good_count = fields.Integer(string="Good Rows", readonly=True)
    report = fields.Text(string="Rows That Are Not Taken", readonly=True)
    is_checked = fields.Boolean(readonly=True)
    rejected_file = fields.Binary(string="Rows with Reasons", attachment=False, readonly=True)
    rejected_name = fields.Char(readonly=True)
    imported_count = fields.Integer(string="Taken", readonly=True)

    # Actions

    def action_template(self):
        """The empty list to fill in."""
        return {"type": "ir.actions.act_url", "url": "/legal_aid/party_list/template", "target": "download"}

    def action_check(self):
        """Read the list and say what would be taken; nothing is written to the case."""
        self.ensure_one()
        self._read_list()
        return self._reopen()

    def action_import(self):
        """Take the list as the officer chose: all rows or none, or the good ones."""
        self.ensure_one()
        self.case_id.check_access("write")
        rows = self._read_list()
        good = [row for row in rows if not row.problems]
        if len(good) < len(rows) and self.mode == "all":
            raise UserError(
                self.env._(
                    "%(bad)s of %(rows)s rows of the list are not good, so none was taken. Correct them, or take the good rows"
                    " only:\n%(report)s",
                    bad=len(rows) - len(good),
                    rows=len(rows),
                    report=self.report,
                )
            )
        if not good:
            raise UserError(self.env._("No row of the list can be taken:\n%(report)s", report=self.report))
        self.env["legal.aid.case.party"].create([self._prepare_party(row) for row in good])
        self.imported_count = len(good)
        self.case_id._message_log(body=self.env._("%(count)s workers were taken from a list.", count=len(good)))
        if len(good) < len(rows):
            self.file = False
            return self._reopen()
        return {"type": "ir.actions.act_window_close"}

    # Business

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import the List of Workers"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _read_list(self):
        """The rows of the list, each with all that is wrong with it; the dialog shows the sum."""
        self.check_access("write")
        if not self.file:
            raise UserError(self.env._("Choose the workbook with the list of case %(case)s.", case=self.case_id.name))
        try:
            rows = party_list.read(base64.b64decode(self.file))
        except party_list.BadWorkbook as error:
            raise UserError(error.sentence.text(self.env._)) from error
        self._find_unions(rows)
        self._find_known(rows)
        bad = [(row, " ".join(self._say(problem) for problem in row.problems)) for row in rows if row.problems]
        self.write(
            {
                "row_count": len(rows),
                "good_count": len(rows) - len(bad),
                "report": "\n".join(
                    self.env._("Row %(row)s: %(reason)s", row=row.number, reason=reason) for row, reason in bad
                ),
                "is_checked": True,
                "rejected_file": base64.b64encode(party_list.rejected(bad)) if bad else False,
                "rejected_name": f"{party_list.TITLE} {self.case_id.name}.xlsx",
            }
        )
        return rows

    def _say(self, problem):
        return problem.text(self.env._) if hasattr(problem, "text") else problem

    def _find_unions(self, rows):
        """Put the union or place that a row names in its place; one that is unknown is a problem."""
        names = {row.union for row in rows if row.union}
        unions = self.env["union.organization"].search(
            ["|", "|", ("name", "in", list(names)), ("code", "in", list(names)), ("gb_code", "in", list(names))]
        )
        known = {}
        for union in unions:
            for text in filter(None, (union.name, union.code, union.gb_code)):
                known.setdefault(text, set()).add(union.id)
        for row in rows:
            found = known.get(row.union, set())
            if row.union and len(found) != 1:
                row.problems.append(
                    self.env._("No union or place of this name is on record: write its full name or its code.")
                )
            row.union = next(iter(found)) if len(found) == 1 else False

    def _find_known(self, rows):
        """Who is a party already is not taken a second time."""
        parties = self.case_id.party_ids
        numbers = {ids.normalise_id(party.id_number) for party in parties if party.id_number}
        names = {party.name_key for party in parties if not party.id_number and party.name_key}
        for row in rows:
            if row.id_number in numbers if row.id_number else row.key in names:
                row.problems.append(self.env._("This worker is a party of the case already."))

    def _prepare_party(self, row):
        return {
            "case_id": self.case_id.id,
            "role": "applicant",
            "kind": "person",
            "name": row.name,
            "id_number": row.id_number,
            "phone": row.phone,
            "organization_id": row.union,
            "amount_claimed": float(row.amount),
        }
