from odoo import fields, models

from ..organization.personal_fields import OFFICER


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

    former_number = fields.Char(
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=OFFICER,
        help="The number of a case of the past in the records of the office.",
    )

    # Business

    def _record_history(self, vals_list):
        """Take new drafts to their end, with the days and the outcome that stood in the table; only the import calls this."""
        self._check_state("draft")
        self._void_deadlines()
        for case, vals in zip(self, vals_list, strict=True):
            state = "archived" if vals.get("archived_date") else "closed"
            case._workflow_write({**vals, "state": state, "submitted_date": vals["granted_date"], "is_imported": True})
