from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..organization.legal_day import legal_today


class LegalAidFileReading(models.Model):
    """A sealed file is read (档案利用登记, X3): asked for with a coded reason, granted for some days, over by itself.

    =========  ==========================================  ===================
    Step       Who                                         From → to
    =========  ==========================================  ===================
    ask        officer, for himself or another reader      draft → requested
    grant      leader by approval rule, never the reader   requested → granted
    refuse     leader by approval rule                     requested → refused
    end        officer, when the reader is done            granted → ended
    =========  ==========================================  ===================

    The reading opens the file to this reader and to nobody else, and gives him no more than the rules of his role gave him before the
    file was sealed. What he opens is in the access log (X2).
    """

    _name = "legal.aid.file.reading"
    _description = "Reading of a Sealed File"
    _inherit = ["legal.aid.link.mixin", "legal.aid.approval.mixin"]
    _order = "id desc"
    _rec_names_search = ["case_id"]
    _checked_links = ("case_id",)

    _workflow_transitions = {
        "draft": ("requested",),
        "requested": ("granted", "refused", "draft"),
        "granted": ("ended",),
    }
    _workflow_fields = frozenset(
        {"state", "approval_state", "approval_request_id", "granted_by_id", "date_from", "date_until"}
    )
    _workflow_facts = dict.fromkeys(("case_id", "reader_id", "reason_id", "note", "days"), ("draft",))
    _approval_from = ("requested",)
    _approval_facts = ("case_id", "reader_id", "reason_id", "days")

    case_id = fields.Many2one(comodel_name="legal.aid.case", required=True, ondelete="restrict", index=True)
    organization_id = fields.Many2one(related="case_id.organization_id", store=True, index=True)
    reader_id = fields.Many2one(
        comodel_name="res.users", required=True, ondelete="restrict", index=True, default=lambda self: self.env.user
    )
    reason_id = fields.Many2one(
        comodel_name="legal.aid.reason",
        required=True,
        ondelete="restrict",
        domain=[("usage", "=", "file_reading")],
    )
    note = fields.Char(string="Remark", help="Nothing that tells who the worker is.")
    days = fields.Integer(
        default=7, required=True, help="For how many days the file is opened, the first one included."
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("requested", "Waiting for approval"),
            ("granted", "Reading Granted"),
            ("refused", "Refused"),
            ("ended", "Ended"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    granted_by_id = fields.Many2one(
        comodel_name="res.users", string="Reading Granted By", readonly=True, copy=False, ondelete="restrict"
    )
    date_from = fields.Date(string="From", readonly=True, copy=False)
    date_until = fields.Date(string="Until", readonly=True, copy=False, index="btree_not_null")
    is_running = fields.Boolean(string="File Is Open", compute="_compute_is_running")
    is_open_to_me = fields.Boolean(compute="_compute_is_running")

    _days_range = models.Constraint(
        "CHECK(days BETWEEN 1 AND 30)", "A sealed file is opened for 1 to 30 days. Correct the days."
    )

    # Compute

    @api.depends("case_id", "reader_id")
    def _compute_display_name(self):
        for reading in self:
            # Who decides on it cannot read the file; its number is no secret.
            number = reading.case_id.sudo().name or ""
            reading.display_name = f"{number} {reading.reader_id.sudo().name or ''}".strip()

    @api.depends("state", "date_until", "reader_id")
    @api.depends_context("uid")
    def _compute_is_running(self):
        today = legal_today(self)
        for reading in self:
            reading.is_running = reading.state == "granted" and reading.date_until >= today
            reading.is_open_to_me = reading.is_running and reading.reader_id == self.env.user

    # Actions

    def action_submit(self):
        """Ask the leader for the reading."""
        self.check_access("write")
        self._check_state("draft")
        self._raise_reasons(
            {
                reading: not reading.case_id.sudo().sealed_date
                and self.env._(
                    "The file of case %(case)s is not sealed: it is read without a request, by those who may.",
                    case=reading.case_id.sudo().name,
                )
                for reading in self
            }
        )
        for reading in self:
            reading._transition("requested")
            reading.action_request_approval()
        return True

    def action_end(self):
        """The reader is done; the file is closed again before the last day."""
        self.check_access("write")
        self._check_state("granted")
        for reading in self:
            reading._transition("ended", {"date_until": legal_today(self) - timedelta(days=1)})
        self._refresh_access()
        return True

    def action_open_case(self):
        """Open the file, under the reader's own rights."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "legal.aid.case",
            "res_id": self.case_id.id,
            "views": [(False, "form")],
        }

    def action_open_log(self):
        """What the reader opened in these days (X2); for people who may read the log."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("union_legal_aid.legal_aid_access_log_action")
        seen = self.case_id.sudo()._get_access_log_domain()  # the numbers of records say nothing
        last = self.date_until or legal_today(self)
        days = [("accessed_at", ">=", self.date_from), ("accessed_at", "<", last + timedelta(days=1))]
        return {**action, "domain": [*seen, ("user_id", "=", self.reader_id.id), *days], "context": {}}

    # Business

    @api.model
    def _domain_opened(self):
        """The readings by which sealed files are open to the user today."""
        running = Domain("state", "=", "granted") & Domain("date_until", ">=", legal_today(self))
        return running & Domain("reader_id", "=", self.env.uid)

    @api.model
    def _check_links(self, vals):
        """Who asks for a sealed file cannot read it yet; it has to stand in the register that he reads."""
        if self.env.su or not vals.get("case_id"):
            return
        # A new case, as a form holds it, stands for the one it comes from.
        case_id = self._fields["case_id"].convert_to_cache(vals["case_id"], self)
        origin = self.env["legal.aid.case"].browse(case_id)._origin
        if not self.env["legal.aid.archive.register"].search_count([("id", "in", origin.ids)], limit=1):
            raise AccessError(
                self.env._("This case has no line in your register of archived files. Ask the union in charge of it.")
            )

    def _on_approved(self):
        self.ensure_one()
        if self.env.user == self.reader_id:
            raise AccessError(
                self.env._(
                    "%(reading)s: nobody opens a sealed file to himself. Another leader decides.",
                    reading=self.display_name,
                )
            )
        if self.case_id.erased_date:
            raise UserError(self.env._("The file of case %(case)s was destroyed.", case=self.case_id.name))
        today = legal_today(self)
        self._transition(
            "granted",
            {
                "granted_by_id": self.env.user.id,
                "date_from": today,
                "date_until": today + timedelta(days=self.days - 1),
            },
        )
        self._refresh_access()

    def _on_rejected(self, note):
        self._transition("refused")

    def _on_approval_void(self):
        if self.state == "requested":
            self._transition("draft")

    def _refresh_access(self):
        self.env["legal.aid.case"].invalidate_model(["is_withheld"], flush=False)
