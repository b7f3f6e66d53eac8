from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .legal_aid_erasure import TOLD_IN


class MailMessage(models.Model):
    """What was written under a sealed file is closed to everybody, also to who wrote it and to whom it was told (X3).

    Odoo shows a message to its author and to those it notified, whatever became of the record. A notice to somebody is no part of the
    file and names nobody; it stays with him.
    """

    _inherit = "mail.message"

    # CRUD

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        query = super()._search(domain, *args, bypass_access=bypass_access, **kwargs)
        if self.env.su or bypass_access:
            return query
        # Odoo has looked the messages up already, to check them one by one: this adds to it what lies under a file.
        found = self.browse(query.get_result_ids())
        withheld = found._get_withheld()
        return (found - withheld)._as_query() if withheld else query

    def _get_forbidden_access(self, operation):
        forbidden = super()._get_forbidden_access(operation)
        # Whether somebody may write under a file, the file decides.
        return forbidden if operation == "create" else forbidden | (self - forbidden)._get_withheld()

    # Business

    def _get_withheld(self):
        """Those that were written under a file that is sealed for the user, or under what belongs to it."""
        self.flush_recordset(["model", "res_id", "message_type"])
        query = SQL(
            "SELECT model, array_agg(id), array_agg(res_id) FROM mail_message"
            " WHERE id = ANY(%s) AND model = ANY(%s) AND message_type != 'user_notification' GROUP BY model",
            list(self.ids),
            list(TOLD_IN),
        )
        withheld = self.browse()
        for model, message_ids, record_ids in self.env.execute_query(query):
            closed = self._find_withheld_ids(model, record_ids)
            withheld += self.browse(
                message_id for message_id, record_id in zip(message_ids, record_ids, strict=True) if record_id in closed
            )
        return withheld

    @api.model
    def _find_withheld_ids(self, model, record_ids):
        name = "is_withheld" if model == "legal.aid.case" else f"{TOLD_IN[model]}.is_withheld"
        # Whether a file is sealed for the user is asked past the rules that close it to him.
        records_sudo = self.env[model].sudo().with_context(active_test=False)
        return set(records_sudo._search(Domain("id", "in", record_ids) & Domain(name, "=", True)).get_result_ids())
