import base64

from psycopg2 import Error as DatabaseError

from odoo import models

from ...tools import import_table
from ...tools.i18n import Sentence
from ..organization.wording import join_names, join_sentences

# So many rows are told on the page; the table that comes back has all.
REPORTED = 50


class LegalAidImportReportMixin(models.AbstractModel):
    """What is told of a table that was tried or taken (X1): places of rows and reasons on the page, the rows themselves in the table that
    comes back.
    """

    _name = "legal.aid.import.report.mixin"
    _description = "Report on an Imported Table"

    # Business

    def _describe_error(self, error):
        if isinstance(error, DatabaseError):
            found = getattr(getattr(error, "diag", None), "constraint_name", None)
            return Sentence(
                self.env._("The database refuses this row (%(rule)s).", rule=found or error.__class__.__name__)
            )
        return self._as_sentence(error)

    def _note_refused(self, rows):
        """Keep what was refused in a step, so that the table that comes back is whole however often the job was interrupted."""
        tried = {row.place for row in rows}
        found = [
            [row.place, join_sentences(self.env, (problem.text(self.env._) for problem in row.problems))]
            for row in rows
            if row.problems
        ]
        self._workflow_write({"refused": [*(old for old in self.refused or [] if old[0] not in tried), *found]})

    def _tell(self, content, state, **vals):
        """Note the outcome: places of rows and reasons here, the rows themselves in the table that comes back."""
        self.ensure_one()
        reasons = dict(self.refused or [])
        self._transition(
            state,
            {
                "row_count": len(content.rows),
                "good_count": len(content.rows) - len(reasons),
                "report": "\n".join(self._get_report(content, reasons)),
                "rejected_file": base64.b64encode(import_table.rejected(content, reasons)) if reasons else False,
                **vals,
            },
        )

    def _get_report(self, content, reasons):
        told = list(reasons.items())[:REPORTED]
        if content.ignored:
            titles = join_names(self.env, dict.fromkeys(content.ignored))
            yield self.env._("Columns that are not taken: %(titles)s.", titles=titles)
        if content.left_out:
            rows = join_names(self.env, content.left_out[:REPORTED])
            yield self.env._("Left out as totals or notes below the table: row %(rows)s.", rows=rows)
        for place, reason in told:
            yield self.env._("Row %(row)s: %(reason)s", row=place, reason=reason)
        if len(reasons) > len(told):
            yield self.env._("… and %(count)s more, see the table with reasons.", count=len(reasons) - len(told))
