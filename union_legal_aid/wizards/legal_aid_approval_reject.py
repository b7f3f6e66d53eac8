from odoo import api, fields, models
from odoo.exceptions import UserError


class LegalAidApprovalReject(models.TransientModel):
    """Asks for the reason of a rejection, from a form, a list or the inbox; one reason for all chosen documents."""

    _name = "legal.aid.approval.reject"
    _description = "Reject"

    res_model = fields.Char(required=True)
    res_ids = fields.Json(required=True)
    reason_usage = fields.Char(compute="_compute_reason_usage")
    reason_id = fields.Many2one(
        comodel_name="legal.aid.reason", string="Coded Reason", domain="[('usage', '=', reason_usage)]"
    )
    note = fields.Text(string="Reason", required=True)

    # Compute

    @api.depends("res_model", "res_ids")
    def _compute_reason_usage(self):
        for dialog in self:
            usages = set(dialog._get_usages())
            if len(usages) > 1:
                raise UserError(
                    self.env._(
                        "Some of the chosen documents are rejected with a coded reason and some without. Choose documents of"
                        " one kind."
                    )
                )
            dialog.reason_usage = usages.pop() if usages else False

    def _get_usages(self):
        """The uses of coded reasons that the chosen documents ask for; False where a sentence is enough."""
        records = self._get_records()
        if records._name == "legal.aid.approval.request":
            return [self.env[request.res_model]._approval_reject_usage for request in records]
        return [records._approval_reject_usage]

    # Actions

    def action_reject(self):
        """Reject under the user's own rights; all chosen documents, or none with every reason why not."""
        self.ensure_one()
        given = {}
        if self.reason_usage:
            if not self.reason_id:
                raise UserError(self.env._("Choose a coded reason."))
            given["reason_code"] = self.reason_id.code
        self._get_records().action_reject(note=self.note, **given)
        return {"type": "ir.actions.act_window_close"}

    # Business

    def _get_records(self):
        """The chosen documents, or the chosen requests of the inbox.

        :raises UserError: for anything that is not approved here
        """
        self.ensure_one()
        if self.res_model not in (
            "legal.aid.approval.request",
            *self.env["legal.aid.approval.rule"]._get_approved_models(),
        ):
            raise UserError(self.env._("Choose the documents to be rejected in their list or in “Waiting for Me”."))
        return self.env[self.res_model].browse(self.res_ids or [])

    @api.model
    def _open(self, records):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reject"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_res_model": records._name, "default_res_ids": records.ids},
        }
