import base64

from psycopg2 import Error as DatabaseError

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from ...tools import import_table
from ..organization.legal_day import legal_today
from .ir_sequence import DRY_RUN
from .legal_aid_import_row_mixin import RECORDS

# So many rows are looked at while the user waits; more go to a job that shows how far it is.
AT_ONCE = 200
# So many are created together; where one of them is refused, halves are tried until it is found.
BATCH = 100
# After so many rows the database is asked to look how large its tables have become, see _measure_tables.
MEASURED_AT = (500, 2000, 8000)
# So many rows at most are taken as one: with more a job would be cut off by the server (limit_time_cpu, limit_time_real) and begin anew.
AS_ONE = 2000
KEPT_DAYS = 30


class LegalAidImport(models.Model):
    """Brings in what an office kept in tables: lawyers, contracts, past cases, consultations (X1).

    First a dry run says what is wrong with which row; then all rows are taken or none, or the good ones, as chosen. Rows that were not
    taken come back as a table, each with its reason. What is told on this page is the number of a row, never what stands in it.

    ============  ====================  ==================================================
    State         becomes               by
    ============  ====================  ==================================================
    draft         checked, checking     ``action_check``: the dry run, nothing is written, no number drawn
    checking      checked, failed       the job, in steps
    checked       waiting, done         ``action_import``: at once, or by the job
    waiting       done, failed          the job; ``failed`` where all rows or none were wanted
    ============  ====================  ==================================================

    There is no way to take an import back as a whole: what stands in the archive is not deleted, and others may have gone on from it. The
    dry run comes before, and each row knows its record (``action_open_records``).
    """

    _name = "legal.aid.import"
    _description = "Import from a Table"
    _inherit = [
        "legal.aid.workflow.mixin",
        "legal.aid.import.row.mixin",
        "legal.aid.import.known.mixin",
        "legal.aid.import.report.mixin",
    ]
    _order = "id desc"
    _rec_name = "file_name"

    _workflow_transitions = {
        "draft": ("checking", "checked"),
        "checking": ("checked", "failed"),
        "checked": ("checking", "checked", "waiting", "done", "failed", "draft"),
        "waiting": ("done", "failed"),
        "failed": ("checking", "checked", "draft"),
    }
    _workflow_fields = frozenset(
        {
            "state",
            "row_count",
            "good_count",
            "imported_count",
            "report",
            "rejected_file",
            "finished_at",
            "position",
            "refused",
        }
    )
    _workflow_facts = dict.fromkeys(
        ("kind", "organization_id", "file", "file_name", "mode"), ("draft", "checked", "failed")
    )

    kind = fields.Selection(
        selection=[
            ("lawyer", "Lawyers"),
            ("contract", "Contracts"),
            ("case", "Past cases"),
            ("consultation", "Consultations"),
        ],
        required=True,
        # Lawyers and contracts are the city's; a county brings in its cases.
        default=lambda self: (
            "lawyer" if self.env.user.union_organization_ids[:1].tier in ("province", "city") else "case"
        ),
    )
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.user.union_organization_ids[:1],
        help="The union to which the rows belong: the city for lawyers and contracts, the union in charge for cases and consultations.",
    )
    # Not as an attachment: it holds personal data and goes with this record.
    file = fields.Binary(string="Table", attachment=False, copy=False)
    file_name = fields.Char(copy=False)
    mode = fields.Selection(
        selection=[("all", "All rows or none"), ("good", "The good rows, and the others back")],
        string="Take",
        required=True,
        default="all",
        help="All or none is for tables of up to 2,000 rows. Longer ones are taken in steps, as their good rows.",
    )
    state = fields.Selection(
        selection=[
            ("draft", "New"),
            ("checking", "Being Checked"),
            ("checked", "Check Done"),
            ("waiting", "Under Way"),
            ("done", "Done"),
            ("failed", "Nothing Taken"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    row_count = fields.Integer(string="Rows", readonly=True, copy=False)
    good_count = fields.Integer(string="Good Rows", readonly=True, copy=False)
    imported_count = fields.Integer(string="Rows Taken", readonly=True, copy=False)
    position = fields.Integer(readonly=True, copy=False, help="How many rows the job has looked at.")
    progress = fields.Integer(string="Progress (%)", compute="_compute_progress")
    report = fields.Text(string="Rows That Are Not Taken", readonly=True, copy=False)
    rejected_file = fields.Binary(string="Rows with Reasons", attachment=False, readonly=True, copy=False)
    rejected_name = fields.Char(compute="_compute_rejected_name")
    refused = fields.Json(
        readonly=True, copy=False, help="Places and reasons of the rows that the steps so far did not take."
    )
    finished_at = fields.Datetime(readonly=True, copy=False)

    # Compute

    @api.depends("file_name", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for table in self:
            # A new one is called new by the page.
            table.display_name = table.file_name or (table._origin and kinds[table.kind])

    @api.depends("position", "row_count", "state")
    def _compute_progress(self):
        for table in self:
            done = table.row_count if table.state in ("checked", "done") else table.position
            table.progress = round(100 * done / table.row_count) if table.row_count else 0

    @api.depends("kind")
    def _compute_rejected_name(self):
        for table in self:
            table.rejected_name = f"{import_table.TABLES[table.kind][0]}（未导入）.xlsx" if table.kind else False

    # CRUD

    def write(self, vals):
        result = super().write(vals)
        if "file" in vals and not self._in_workflow():
            self.filtered(lambda table: table.state != "draft")._transition("draft", {"report": False})
        return result

    # Actions

    def action_template(self):
        """The empty table of this kind."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/legal_aid/import/template/{self.kind}", "target": "download"}

    def action_open_records(self):
        """The records that came of this table, as far as the user may see them."""
        self.ensure_one()
        self.check_access("read")
        entries_sudo = self.env["legal.aid.import.entry"].sudo().search([("import_id", "=", self.id)])
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": RECORDS[self.kind],
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", entries_sudo.mapped("res_id"))],
            "context": {"create": False},
        }

    def action_check(self):
        """The dry run: every row is tried and nothing is kept; a long table goes to a job.

        :raises UserError: when the file cannot be read as such a table
        """
        self.check_access("write")
        self._check_state("draft", "checked", "failed")
        for table in self:
            table._check_right()
            content = table._read_table()
            if len(content.rows) > AT_ONCE:
                table._send_to_job("checking", content)
            else:
                table._workflow_write({"refused": False})
                table._try_rows(content.rows, keep=False)
                table._note_refused(content.rows)
                table._tell(content, "checked")
        return True

    def action_import(self):
        """Take the rows, as chosen; a long table goes to a job.

        :raises UserError: when all or none are wanted and not all are good, or there are too many to be taken as one
        """
        self.check_access("write")
        self._check_state("checked")
        for table in self:
            table._check_right()
            if table.mode == "all" and table.good_count < table.row_count:
                raise UserError(
                    self.env._(
                        "%(bad)s of %(rows)s rows are not good, so none is taken. Correct them, or choose to take the good rows.",
                        bad=table.row_count - table.good_count,
                        rows=table.row_count,
                    )
                )
            if table.mode == "all" and table.row_count > AS_ONE:
                raise UserError(
                    self.env._(
                        "%(rows)s rows are too many to be taken as one, %(most)s at most are. All of them are good: choose to take the"
                        " good rows. They are taken in steps, and what is refused meanwhile comes back.",
                        rows=table.row_count,
                        most=AS_ONE,
                    )
                )
            content = table._read_table()
            if len(content.rows) > AT_ONCE:
                table._send_to_job("waiting", content)
            else:
                table._take_all(content)
        return True

    # Business

    def _send_to_job(self, state, content):
        vals = {"position": 0, "imported_count": 0, "row_count": len(content.rows)}
        # What the check refused is tried again first, see _try_rows.
        self._transition(state, vals if state == "waiting" else {**vals, "refused": False})
        self.env.ref("union_legal_aid.ir_cron_import")._trigger()

    def _check_right(self):
        """Whoever brings in the past stands for it: a leader, of the city for what is the city's."""
        self.ensure_one()
        unions = self.env.user.access_organization_ids
        if not any(self.organization_id._is_at_or_below(union) for union in unions):
            raise AccessError(self.env._("%(union)s is none of your unions.", union=self.organization_id.name))
        if self.kind in ("lawyer", "contract") and self.organization_id != self.organization_id._get_city():
            raise UserError(
                self.env._(
                    "Lawyers and contracts belong to the city. Choose %(city)s as the union.",
                    city=self.organization_id._get_city().name,
                )
            )

    def _read_table(self):
        self.ensure_one()
        if not self.file:
            raise UserError(self.env._("Choose the table to bring in."))
        try:
            return import_table.read(self.kind, base64.b64decode(self.file), legal_today(self))
        except import_table.BadWorkbook as error:
            raise UserError(error.sentence.text(self.env._)) from error

    def _try_rows(self, rows, keep):
        """Create what each good row says; what goes wrong is noted in the row. Without ``keep`` nothing of it stays.

        A number that was drawn does not come back, so rows among which one was refused before are tried in a dry run first.
        """
        self._refuse_known(rows)
        refused = dict(self.refused or [])
        if not keep or any(row.place in refused for row in rows):
            with self.env.cr.savepoint() as whole:
                self.with_context(legal_aid_dry_run=DRY_RUN)._take_rows(rows)
                self.env.flush_all()
                whole.rollback()
                self.env.invalidate_all()
        if keep:
            self._take_rows(rows)

    def _take_rows(self, rows):
        """Create the good ones of ``rows`` together; where that is refused, each half for itself, down to the row that is at fault."""
        good = [row for row in rows if not row.problems]
        if not good:
            return
        try:
            with self.env.cr.savepoint():
                made = self._create_records(good)
                self._remember(made)
                self.env.flush_all()
        except (UserError, ValidationError, AccessError, DatabaseError) as error:
            self.env.invalidate_all()
            if len(good) == 1:
                good[0].problems.append(self._describe_error(error))
                return
            half = len(good) // 2
            self._take_rows(good[:half])
            self._take_rows(good[half:])

    def _measure_tables(self, position):
        """Let the database plan for tables as large as they have become by this import.

        By what it last knew of a table it decides how to look references up. One of a few records it reads as a whole for each, and goes
        on so while the import adds thousands, since its own look comes too late for one transaction, or a quick job.
        """
        if position in MEASURED_AT:
            for model in {"lawyer": ("res.partner",)}.get(self.kind, ()) + (RECORDS[self.kind],):
                self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(self.env[model]._table)))

    def _take_all(self, content):
        """One transaction: all rows, or the good ones."""
        self.ensure_one()
        rows = content.rows
        with self.env.cr.savepoint() as whole:
            for start in range(0, len(rows), BATCH):
                self._try_rows(rows[start : start + BATCH], keep=True)
                self._measure_tables(start + BATCH)
                self.env.invalidate_all()
            good = sum(not row.problems for row in rows)
            failed = self.mode == "all" and good < len(rows)
            if failed:
                self.env.flush_all()
                whole.rollback()
                self.env.invalidate_all()
        self._note_refused(rows)
        self._finish(content, failed)

    def _finish(self, content, failed):
        good = len(content.rows) - len(self.refused or [])
        self._tell(
            content,
            "failed" if failed else "done",
            imported_count=0 if failed else good,
            finished_at=fields.Datetime.now(),
            # What was taken stands in the records now.
            **({} if failed else {"file": False}),
        )

    # Mail & cron

    @api.model
    def _cron_import(self):
        """Long tables: what is to be all or none in one transaction, everything else in bounded steps that are kept as they are done."""
        tables = self.search([("state", "in", ("checking", "waiting"))], order="id")
        for table in tables.try_lock_for_update():
            user = table.create_uid
            if not table.with_user(user).with_context(lang=user.lang)._go_on():
                return

    def _go_on(self):
        """Whether there is time left for another table. One that cannot be read any more does not hold up the others."""
        self.ensure_one()
        try:
            self._check_right()
            content = self._read_table()
        except (UserError, AccessError) as error:
            self._transition("failed", {"report": str(error)})
            return self.env["ir.cron"]._commit_progress(1)
        if self.state == "waiting" and self.mode == "all":
            self._take_all(content)
            return self.env["ir.cron"]._commit_progress(len(content.rows))
        return self._go_on_in_steps(content)

    def _go_on_in_steps(self, content):
        rows, is_import = content.rows, self.state == "waiting"
        while self.position < len(rows):
            step = rows[self.position : self.position + BATCH]
            self._try_rows(step, keep=is_import)
            self._note_refused(step)
            taken = sum(not row.problems for row in step) if is_import else 0
            self._workflow_write({"position": self.position + len(step), "imported_count": self.imported_count + taken})
            if is_import:
                self._measure_tables(self.position)
            time_left = self.env["ir.cron"]._commit_progress(len(step), remaining=len(rows) - self.position)
            self.env.invalidate_all()
            if not time_left:
                return False
        if is_import:
            self._finish(content, failed=False)
        else:
            self._tell(content, "checked")
        return self.env["ir.cron"]._commit_progress()

    @api.autovacuum
    def _gc_tables(self):
        """Tables hold personal data: what is done goes after a month."""
        old = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        done = self.sudo().search([("write_date", "<", old), ("state", "not in", ("checking", "waiting"))])
        done._workflow_write({"file": False, "rejected_file": False})
