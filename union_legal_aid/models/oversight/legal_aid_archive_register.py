from odoo import api, fields, models
from odoo.tools import SQL

from ..organization.legal_day import legal_today


class LegalAidArchiveRegister(models.Model):
    """The register of archived files (档案目录, X3): a line for each, whether open, sealed or destroyed, with nothing personal in it.

    A line has the id of its case.
    """

    _name = "legal.aid.archive.register"
    _description = "Register of Archived Files"
    _auto = False
    _order = "archived_date desc, id desc"
    _rec_names_search = ["name"]
    _depends = {
        "legal.aid.case": [
            "name",
            "state",
            "organization_id",
            "matter_id",
            "outcome",
            "closed_date",
            "archived_date",
            "is_permanent",
            "keep_until",
            "hold_reason_id",
            "hold_note",
            "hold_since",
            "sealed_date",
            "erased_date",
        ]
    }

    name = fields.Char(string="Case Number", readonly=True)
    organization_id = fields.Many2one(comodel_name="union.organization", string="Union", readonly=True)
    matter_id = fields.Many2one(comodel_name="legal.aid.matter", readonly=True)
    outcome = fields.Selection(selection="_get_outcomes", readonly=True)
    closed_date = fields.Date(readonly=True)
    archived_date = fields.Date(readonly=True)
    is_permanent = fields.Boolean(string="Keep for Ever", readonly=True)
    keep_until = fields.Date(string="Kept Until", readonly=True)
    hold_reason_id = fields.Many2one(comodel_name="legal.aid.reason", string="Kept On Because", readonly=True)
    hold_note = fields.Char(string="Remark on the Hold", readonly=True)
    hold_since = fields.Date(string="Held Since", readonly=True)
    sealed_date = fields.Date(string="Sealed On", readonly=True)
    erased_date = fields.Date(string="Destroyed On", readonly=True)
    condition = fields.Selection(
        selection=[
            ("open", "Not sealed"),
            ("sealed", "Sealed"),
            ("held", "Kept on"),
            ("over", "Term is over"),
            ("destroyed", "Destroyed"),
        ],
        compute="_compute_condition",
    )
    can_keep = fields.Boolean(compute="_compute_can_keep")
    can_read_file = fields.Boolean(compute="_compute_can_keep")

    @property
    def _table_query(self):
        return SQL(
            "SELECT id, name, organization_id, matter_id, outcome, closed_date, archived_date, is_permanent, keep_until,"
            " hold_reason_id, hold_note, hold_since, sealed_date, erased_date FROM legal_aid_case WHERE state = 'archived'"
        )

    # Compute

    @api.model
    def _get_outcomes(self):
        return self.env["legal.aid.case"]._fields["outcome"]._description_selection(self.env)

    @api.depends("erased_date", "hold_reason_id", "keep_until", "sealed_date")
    def _compute_condition(self):
        today = legal_today(self)
        for line in self:
            if line.erased_date:
                line.condition = "destroyed"
            elif line.hold_reason_id:
                line.condition = "held"
            elif line.keep_until and line.keep_until < today:
                line.condition = "over"
            else:
                line.condition = "sealed" if line.sealed_date else "open"

    @api.depends_context("uid")
    def _compute_can_keep(self):
        may_ask = self.env["legal.aid.file.reading"].has_access("create")
        readable = self.env["legal.aid.case"].search([("id", "in", self.ids)])
        for line in self:
            line.can_keep = may_ask and not line.erased_date
            line.can_read_file = line.id in readable.ids

    # Actions

    def action_open_case(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "legal.aid.case",
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def action_ask_reading(self):
        """Ask to read a sealed file."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask to Read a Sealed File"),
            "res_model": "legal.aid.file.reading",
            "views": [(False, "form")],
            "context": {"default_case_id": self.id},
        }

    def action_hold(self, reason_code=None, note=""):
        """Keep the files beyond their term as long as the reason holds: a lawsuit, an audit, an inspection (继续保管)."""
        if not reason_code:
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_hold", "retention_hold", self.env._("Keep On")
            )
        reason = self.env["legal.aid.reason"]._get_coded("retention_hold", reason_code)
        for case_sudo in self._get_kept_cases():
            case_sudo._workflow_write({"hold_reason_id": reason.id, "hold_note": note, "hold_since": legal_today(self)})
            case_sudo._message_log(body=self.env._("The file is kept on: %(reason)s", reason=reason.name))
        self.invalidate_model()
        return True

    def action_release(self):
        """The reason to keep the files on is gone; their term counts again."""
        for case_sudo in self._get_kept_cases():
            case_sudo._workflow_write({"hold_reason_id": False, "hold_note": False, "hold_since": False})
            case_sudo._message_log(body=self.env._("The reason to keep the file on is gone."))
        self.invalidate_model()
        return True

    # Business

    def _get_kept_cases(self):
        """The cases behind the lines, for officers of their unions; the files themselves may be sealed for them."""
        self.check_access("read")
        self.env["legal.aid.file.reading"].check_access("create")
        return self.env["legal.aid.case"].sudo().browse(self.filtered(lambda line: not line.erased_date).ids)
