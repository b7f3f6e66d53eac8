from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

# See WORKFLOW_TOKEN: no client can hold this object.
UNMASK_TOKEN = object()
SHORTEST_REASON = 4
# Whoever leaves the dialog open and goes away shows nobody anything after that.
SHOWN_MINUTES = 10


class LegalAidUnmask(models.TransientModel):
    """Shows what masks hide on one record: after a reason, which goes on record first, and only while the dialog is open (O2, X2).

    The values stand in no table: they are read anew each time the dialog is, as long as its row in the access log is fresh.
    """

    _name = "legal.aid.unmask"
    _description = "Show in Clear"

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Integer(required=True, readonly=True)
    record_name = fields.Char(string="Record", compute="_compute_record_name")
    reason = fields.Text(help="Why you need to see them: at least four characters. Managers and auditors read it.")
    access_log_id = fields.Many2one(comodel_name="legal.aid.access.log", readonly=True, ondelete="restrict")
    content = fields.Html(compute="_compute_content", sanitize=False)

    # Compute

    @api.depends("res_model", "res_id")
    @api.depends_context("uid")
    def _compute_record_name(self):
        for dialog in self:
            dialog.record_name = dialog._get_record().display_name

    @api.depends("access_log_id")
    @api.depends_context("uid")
    def _compute_content(self):
        for dialog in self:
            dialog.content = dialog._is_shown() and dialog._render_values()

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        dialogs = super().create(vals_list)
        for dialog in dialogs:
            dialog._get_record()._check_may_unmask()
        dialogs._check_door()
        return dialogs

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() - {"reason"}:
            self._check_door()
        return result

    # Actions

    def action_show(self):
        """Note who sees what and why, then show it; without the note nothing is shown."""
        self.ensure_one()
        record = self._get_record()
        record._check_may_unmask()
        reason = (self.reason or "").strip()
        if len(reason) < SHORTEST_REASON:
            raise ValidationError(
                self.env._(
                    "Say why you need to see the personal data of %(record)s, in at least %(count)s characters.",
                    record=record.display_name,
                    count=SHORTEST_REASON,
                )
            )
        names = record._get_hidden_names()[record]
        if not names:
            raise UserError(self.env._("%(record)s hides nothing from you.", record=record.display_name))
        row = self.env["legal.aid.access.log"]._log(record, "unmask", names, reason)
        if not row:
            raise UserError(self.env._("The access log cannot be written now, so nothing is shown. Try again later."))
        self.with_context(legal_aid_unmask=UNMASK_TOKEN).write({"access_log_id": row.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Show in Clear"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_close(self):
        """Nothing of the dialog remains."""
        self.sudo().unlink()  # dialogs are swept by the system; this one is the user's own
        return {"type": "ir.actions.act_window_close"}

    # Business

    def _get_record(self):
        """The record, under the user's own rights.

        :raises UserError: for a model without masks
        """
        self.ensure_one()
        record = self.env.get(self.res_model)
        if not isinstance(record, self.env.registry["legal.aid.masked.mixin"]) or record._abstract:
            raise UserError(self.env._("Open this dialog from the record whose data you need."))
        record = record.browse(self.res_id)
        record.check_access("read")
        return record

    def _check_door(self):
        """Which row of the log belongs to the dialog is said by ``action_show`` only."""
        if self.access_log_id and self.env.context.get("legal_aid_unmask") is not UNMASK_TOKEN:
            raise AccessError(self.env._("Use the button “Show in Clear” of this dialog."))

    def _is_shown(self):
        self.ensure_one()
        row = self.access_log_id.sudo()  # the reader of the dialog need not be a reader of the log
        return (
            row.kind == "unmask"
            and row.user_id == self.env.user
            and (row.res_model, row.res_id) == (self.res_model, self.res_id)
            and row.accessed_at > fields.Datetime.now() - timedelta(minutes=SHOWN_MINUTES)
        )

    def _render_values(self):
        record = self._get_record()
        record._check_may_unmask()
        values = record._get_clear_values(self.access_log_id.sudo().field_names.split(","))
        rows = Markup().join(
            Markup('<tr><th class="pe-3 text-nowrap">%s</th><td style="white-space: pre-wrap">%s</td></tr>') % pair
            for pair in values
        )
        return Markup('<table class="table table-sm mb-0"><tbody>%s</tbody></table>') % rows
