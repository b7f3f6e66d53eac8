import json

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError
from odoo.http import request
from odoo.tools import SQL

from .wording import join_names

# Somebody who goes back and forth between list and form opened the file once.
SAME_VISIT_MINUTES = 15
BROWSER_PATHS = ("/web", "/odoo", "/report")


class LegalAidAccessLog(models.Model):
    """Who saw personal data: opened a file, exported, showed in clear, printed or downloaded it (X2, F§11).

    Rows are written by the hooks of the records (``legal.aid.logged.mixin``), never by people; nobody changes or deletes them.
    They name a record by its number and say nothing of what stands in it.
    """

    _name = "legal.aid.access.log"
    _description = "Access Log"
    _inherit = ["legal.aid.pointer.mixin", "legal.aid.append.only.mixin"]
    _order = "id desc"
    _rec_name = "record_name"
    _log_access = False

    user_id = fields.Many2one(comodel_name="res.users", required=True, readonly=True, ondelete="restrict", index=True)
    accessed_at = fields.Datetime(string="Time", required=True, readonly=True, index=True)
    kind = fields.Selection(
        selection=[
            ("open", "File opened"),
            ("export", "Exported"),
            ("unmask", "Shown in clear"),
            ("print", "Printed"),
            ("download", "Downloaded"),
        ],
        required=True,
        readonly=True,
    )
    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(string="Record ID", model_field="res_model", required=True, readonly=True)
    record_name = fields.Char(string="Record", readonly=True, index="trigram")
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        readonly=True,
        ondelete="restrict",
        index=True,
        help="The union whose record it was at that time.",
    )
    reason = fields.Text(readonly=True)
    field_names = fields.Char(string="Fields", readonly=True)
    field_labels = fields.Char(string="What", compute="_compute_field_labels")
    record_count = fields.Integer(
        string="Records at Once", readonly=True, help="With how many others: the length of an exported list."
    )
    channel = fields.Selection(
        selection=[("backend", "Office"), ("portal", "Portal"), ("rpc", "Other programs")], required=True, readonly=True
    )

    _record = models.Index("(res_model, res_id, user_id, accessed_at)")

    # Compute

    @api.depends("field_names", "res_model")
    def _compute_field_labels(self):
        for row in self:
            known = self.env[row.res_model]._fields if row.res_model in self.env else {}
            names = (row.field_names or "").split(",")
            row.field_labels = join_names(
                self.env, (known[name]._description_string(self.env) if name in known else name for name in names)
            )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        raise AccessError(self.env._("The access log is written by the system only."))

    # Business

    @api.model
    def _log(self, records, kind, field_names=(), reason=None):
        """Note that the user saw each of ``records``; returns the new rows.

        On a read-only cursor nothing can be written: the rows follow with a cursor of their own when the transaction has ended,
        before the answer leaves the server, and none are returned. If they cannot be written, the answer is an error.
        """
        rows = self._prepare_rows(records, kind, field_names, reason)
        if not rows:
            return self.browse()
        if self.env.cr.readonly:
            self._insert_after_commit(rows)
            return self.browse()
        return self._insert(rows)

    @api.model
    def _prepare_rows(self, records, kind, field_names, reason):
        now = fields.Datetime.to_string(fields.Datetime.now())
        channel = self._get_channel()
        rows = []
        for record_sudo in records.sudo():  # number and union of what was seen are no secret of it
            rows.append(
                {
                    "user_id": self.env.uid,
                    "accessed_at": now,
                    "kind": kind,
                    "res_model": record_sudo._name,
                    "res_id": record_sudo.id,
                    "record_name": record_sudo.display_name,
                    "organization_id": self._find_union(record_sudo).id or None,
                    "reason": reason,
                    "field_names": ",".join(field_names) or None,
                    "record_count": len(records),
                    "channel": channel,
                }
            )
        return rows

    @api.model
    def _find_union(self, record):
        is_logged = isinstance(record, self.env.registry["legal.aid.logged.mixin"])
        return record._get_access_log_union() if is_logged else record.organization_id

    @api.model
    def _get_channel(self):
        if not self.env.user._is_internal():
            return "portal"
        path = request.httprequest.path if request else ""
        return "backend" if path.startswith(BROWSER_PATHS) else "rpc"

    @api.model
    def _insert(self, rows):
        """One statement for all rows; who comes again within a quarter of an hour is on record already."""
        visits = {
            (row["kind"], row["user_id"], row["res_model"], row["res_id"], row["field_names"]): row for row in rows
        }
        inserted = self.env.execute_query(
            SQL(
                """
                INSERT INTO legal_aid_access_log (
                    user_id, accessed_at, kind, res_model, res_id, record_name, organization_id, reason, field_names,
                    record_count, channel
                )
                SELECT seen.*
                  FROM jsonb_to_recordset(%(rows)s::jsonb) AS seen(
                           user_id integer, accessed_at timestamp, kind varchar, res_model varchar, res_id integer,
                           record_name varchar, organization_id integer, reason text, field_names varchar,
                           record_count integer, channel varchar
                       )
                 WHERE seen.kind NOT IN ('open', 'download')
                    OR NOT EXISTS (
                           SELECT
                             FROM legal_aid_access_log AS before
                            WHERE before.res_model = seen.res_model
                              AND before.res_id = seen.res_id
                              AND before.user_id = seen.user_id
                              AND before.accessed_at > seen.accessed_at - %(minutes)s * INTERVAL '1 minute'
                              AND before.kind = seen.kind
                              AND (seen.kind = 'open' OR before.field_names IS NOT DISTINCT FROM seen.field_names)
                       )
                RETURNING id
                """,
                rows=json.dumps(list(visits.values())),
                minutes=SAME_VISIT_MINUTES,
            )
        )
        return self.browse([row_id for (row_id,) in inserted])

    @api.model
    def _insert_after_commit(self, rows):
        postcommit = self.env.cr.postcommit
        waiting = postcommit.data.setdefault("legal_aid.access_log", [])
        if not waiting:
            registry = self.env.registry

            @postcommit.add
            def insert():
                with registry.cursor() as cr:
                    api.Environment(cr, SUPERUSER_ID, {})["legal.aid.access.log"]._insert(waiting)

        waiting.extend(rows)
