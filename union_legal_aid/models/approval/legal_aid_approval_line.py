from odoo import api, fields, models
from odoo.exceptions import AccessError


class LegalAidApprovalLine(models.Model):
    """One decision of one person: written once, never changed, never deleted, by anybody (also by a database trigger)."""

    _name = "legal.aid.approval.line"
    _description = "Approval Decision"
    _order = "id"
    _log_access = False

    request_id = fields.Many2one(
        comodel_name="legal.aid.approval.request",
        required=True,
        ondelete="restrict",
        index=True,
    )
    step = fields.Integer(required=True, readonly=True)
    step_name = fields.Char(readonly=True)
    decision = fields.Selection(
        selection=[("approve", "Approved"), ("reject", "Rejected")],
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one(
        comodel_name="res.users", string="Decided By", required=True, readonly=True, ondelete="restrict"
    )
    on_behalf_of_id = fields.Many2one(comodel_name="res.users", readonly=True, ondelete="restrict")
    note = fields.Text(readonly=True)
    decided_at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)

    _one_decision_per_step = models.Constraint("UNIQUE(request_id, step)", "This step was decided already.")

    def init(self):
        self.env.cr.execute(
            """
            CREATE OR REPLACE FUNCTION legal_aid_append_only() RETURNS trigger AS $$
            BEGIN
                RAISE EXCEPTION 'Rows of % are append-only', TG_TABLE_NAME;
            END;
            $$ LANGUAGE plpgsql;
            DROP TRIGGER IF EXISTS legal_aid_approval_line_append_only ON legal_aid_approval_line;
            CREATE TRIGGER legal_aid_approval_line_append_only BEFORE UPDATE OR DELETE ON legal_aid_approval_line
                FOR EACH ROW EXECUTE FUNCTION legal_aid_append_only();
            DROP TRIGGER IF EXISTS legal_aid_approval_line_no_truncate ON legal_aid_approval_line;
            CREATE TRIGGER legal_aid_approval_line_no_truncate BEFORE TRUNCATE ON legal_aid_approval_line
                FOR EACH STATEMENT EXECUTE FUNCTION legal_aid_append_only();
            """
        )

    # CRUD

    def write(self, vals):  # pylint: disable=method-required-super
        raise AccessError(self.env._("A decision that was taken cannot be changed. Ask for approval again instead."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise AccessError(self.env._("A decision that was taken cannot be deleted."))
