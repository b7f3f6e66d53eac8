from odoo import fields, models


class LegalAidCaseHistoryMixin(models.AbstractModel):
    """A case that ended before this system was used, brought in from a table (X1): one transition of its own, marked on the case for good.

    Nobody decides on it here any more and no fee follows from it; statistics count it.
    """

    _name = "legal.aid.case.history.mixin"
    _description = "Case of the Past"

    is_imported = fields.Boolean(
        string="From the Past",
        readonly=True,
        copy=False,
        help="Ended before this system was used; brought in from a table.",
    )

    # Business

    def _record_history(self, vals):
        """Take a new draft to its end, with the days and the outcome that stood in the table; only the import calls this."""
        self.ensure_one()
        self._check_state("draft")
        self._void_deadlines()
        state = "archived" if vals.get("archived_date") else "closed"
        self._workflow_write({**vals, "state": state, "submitted_date": vals["granted_date"], "is_imported": True})
