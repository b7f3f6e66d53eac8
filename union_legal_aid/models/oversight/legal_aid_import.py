import base64

from psycopg2 import Error as DatabaseError

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools import import_table
from ...tools.i18n import Sentence

# So many rows are taken while the user waits; more go to a job that shows how far it is.
AT_ONCE = 200
BATCH = 100
KEPT_DAYS = 30


class LegalAidImport(models.Model):
    """Brings in what an office kept in tables: lawyers, contracts, past cases, consultations (X1).

    First a dry run says what is wrong with which row; then all rows are taken or none, or the good ones, as chosen. Rows that were not
    taken come back as a table, each with its reason. What is told on this page is the number of a row, never what stands in it.

    ============  ====================  ==================================================
    State         becomes               by
    ============  ====================  ==================================================
    draft         checked               ``action_check``: the dry run, nothing is written
    checked       waiting, done         ``action_import``: at once, or by the job
    waiting       done, failed          the job; ``failed`` where all rows or none were wanted
    ============  ====================  ==================================================
    """

    _name = "legal.aid.import"
    _description = "Import from a Table"
    _inherit = ["legal.aid.workflow.mixin", "legal.aid.import.row.mixin"]
    _order = "id desc"
    _rec_name = "file_name"

    _workflow_transitions = {
        "draft": ("checked",),
        "checked": ("checked", "waiting", "done", "failed", "draft"),
        "waiting": ("done", "failed"),
        "failed": ("checked", "draft"),
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
        default="lawyer",
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
    )
    state = fields.Selection(
        selection=[
            ("draft", "New"),
            ("checked", "Checked"),
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
    imported_count = fields.Integer(string="Taken", readonly=True, copy=False)
    position = fields.Integer(readonly=True, copy=False, help="How many rows the job has looked at.")
    progress = fields.Integer(string="Progress (%)", compute="_compute_progress")
    report = fields.Text(string="Rows That Are Not Taken", readonly=True, copy=False)
    rejected_file = fields.Binary(string="Rows with Reasons", attachment=False, readonly=True, copy=False)
    rejected_name = fields.Char(compute="_compute_rejected_name")
    finished_at = fields.Datetime(readonly=True, copy=False)

    # Compute

    @api.depends("position", "row_count", "state")
    def _compute_progress(self):
        for table in self:
            done = table.row_count if table.state == "done" else table.position
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

    def action_check(self):
        """The dry run: every row is tried and nothing is kept.

        :raises UserError: when the file cannot be read as such a table
        """
        self.check_access("write")
        self._check_state("draft", "checked", "failed")
        for table in self:
            table._check_right()
            rows = table._read_rows()
            table._try_rows(rows, keep=False)
            table._tell(rows, "checked")
        return True

    def action_import(self):
        """Take the rows, as chosen; a long table goes to a job."""
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
            if table.row_count > AT_ONCE:
                table._transition("waiting", {"position": 0, "imported_count": 0})
                self.env.ref("union_legal_aid.ir_cron_import")._trigger()
            else:
                table._take_all()
        return True

    # Business

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

    def _read_rows(self):
        self.ensure_one()
        if not self.file:
            raise UserError(self.env._("Choose the table to bring in."))
        try:
            return import_table.read(self.kind, base64.b64decode(self.file))
        except import_table.BadWorkbook as error:
            raise UserError(error.sentence.text(self.env._)) from error

    def _try_rows(self, rows, keep):
        """Create what each good row says; what goes wrong is noted in the row. Without ``keep`` nothing of it stays."""
        look_up = self._prepare_look_up()
        with self.env.cr.savepoint() as whole:
            for row in rows:
                if row.problems:
                    continue
                try:
                    with self.env.cr.savepoint():
                        self._take_row(row, look_up)
                        self.env.flush_all()
                except (UserError, ValidationError, AccessError, DatabaseError) as error:
                    # A row that is refused is told with its reason and comes back; the others go on.
                    self.env.invalidate_all()
                    row.problems.append(self._describe_error(error))
            if not keep:
                self.env.flush_all()
                whole.rollback()
                self.env.invalidate_all()

    def _describe_error(self, error):
        if isinstance(error, DatabaseError):
            found = getattr(getattr(error, "diag", None), "constraint_name", None)
            return Sentence(
                self.env._("The database refuses this row (%(rule)s).", rule=found or error.__class__.__name__)
            )
        return Sentence(str(error).replace("%", "%%").replace("\n", " "))

    def _tell(self, rows, state, **vals):
        """Note the outcome: numbers of rows and reasons here, the rows themselves in the table that comes back."""
        self.ensure_one()
        bad = [(row, " ".join(problem.text(self.env._) for problem in row.problems)) for row in rows if row.problems]
        lines = [self.env._("Row %(row)s: %(reason)s", row=row.number, reason=reason) for row, reason in bad[:50]]
        if len(bad) > len(lines):
            lines.append(self.env._("… and %(count)s more, see the table with reasons.", count=len(bad) - len(lines)))
        self._transition(
            state,
            {
                "row_count": len(rows),
                "good_count": len(rows) - len(bad),
                "report": "\n".join(lines),
                "rejected_file": base64.b64encode(import_table.rejected(self.kind, bad)) if bad else False,
                **vals,
            },
        )

    def _take_all(self):
        """One transaction: all rows, or the good ones."""
        self.ensure_one()
        rows = self._read_rows()
        with self.env.cr.savepoint() as whole:
            self._try_rows(rows, keep=True)
            good = sum(not row.problems for row in rows)
            failed = self.mode == "all" and good < len(rows)
            if failed:
                self.env.flush_all()
                whole.rollback()
                self.env.invalidate_all()
        self._tell(
            rows,
            "failed" if failed else "done",
            imported_count=0 if failed else good,
            finished_at=fields.Datetime.now(),
            # What was taken stands in the records now.
            **({} if failed else {"file": False}),
        )

    # Mail & cron

    @api.model
    def _cron_import(self):
        """Long tables: all-or-none ones in one transaction, the others in bounded steps that are kept as they are done."""
        for table in self.search([("state", "=", "waiting")], order="id").try_lock_for_update():
            table = table.with_user(table.create_uid).with_context(lang=table.create_uid.lang)
            if table.mode == "all":
                table._take_all()
            else:
                table._take_in_steps()
            if not self.env["ir.cron"]._commit_progress(1):
                return

    def _take_in_steps(self):
        self.ensure_one()
        rows = self._read_rows()
        while self.position < len(rows):
            step = rows[self.position : self.position + BATCH]
            self._try_rows(step, keep=True)
            self._workflow_write(
                {
                    "position": self.position + len(step),
                    "imported_count": self.imported_count + sum(not row.problems for row in step),
                }
            )
            self._remember_refused(step)
            if not self.env["ir.cron"]._commit_progress(len(step), remaining=len(rows) - self.position):
                return
        refused = {number: reason for number, reason in (self.refused or [])}
        for row in rows:
            if str(row.number) in refused and not row.problems:
                row.problems.append(Sentence(refused[str(row.number)].replace("%", "%%")))
        self._tell(rows, "done", finished_at=fields.Datetime.now(), file=False)

    @api.autovacuum
    def _gc_tables(self):
        """Tables hold personal data: what is done goes after a month."""
        old = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        done = self.sudo().search([("write_date", "<", old), ("state", "!=", "waiting")])
        done._workflow_write({"file": False, "rejected_file": False})
