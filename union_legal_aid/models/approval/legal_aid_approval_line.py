from odoo import api, fields, models
from odoo.exceptions import AccessError

# In order and by other eyes. Also for SQL that goes around the ORM.
TRIGGERS = """
CREATE OR REPLACE FUNCTION legal_aid_approval_line_check() RETURNS trigger AS $$
DECLARE
    asked record; -- the table of the requests may be made after this one
    signer integer := COALESCE(NEW.on_behalf_of_id, NEW.user_id);
BEGIN
    SELECT * INTO STRICT asked FROM legal_aid_approval_request WHERE id = NEW.request_id;
    IF asked.state <> 'pending' OR asked.current_step <> NEW.step THEN
        RAISE EXCEPTION 'Request % does not wait for step %', NEW.request_id, NEW.step;
    END IF;
    IF asked.requested_by_id IN (NEW.user_id, signer) THEN
        RAISE EXCEPTION 'The requester of request % cannot decide it', NEW.request_id;
    END IF;
    IF EXISTS (
        SELECT FROM legal_aid_approval_line
         WHERE request_id = NEW.request_id
           AND ARRAY[user_id, on_behalf_of_id] && ARRAY[NEW.user_id, signer]
    ) THEN
        RAISE EXCEPTION 'Nobody decides two steps of request %', NEW.request_id;
    END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;

DROP TRIGGER IF EXISTS legal_aid_approval_line_check ON legal_aid_approval_line;
CREATE TRIGGER legal_aid_approval_line_check BEFORE INSERT ON legal_aid_approval_line
    FOR EACH ROW EXECUTE FUNCTION legal_aid_approval_line_check();
"""


class LegalAidApprovalLine(models.Model):
    """One decision of one person: written once, never changed, never deleted, by anybody.

    The database holds it too, below the ORM: rows are append-only, and a row gets in only for the step whose turn it is, by
    somebody who neither asked for the approval nor decided an earlier step, for himself or for another.
    """

    _name = "legal.aid.approval.line"
    _description = "Approval Decision"
    _inherit = ["legal.aid.append.only.mixin", "legal.aid.step.mixin"]
    _order = "id"
    _rec_names_search = ["request_id"]
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

    _one_decision_per_step = models.Constraint(
        "UNIQUE(request_id, step)", "Somebody else decided this step a moment ago. Reload the page to see how."
    )

    def init(self):
        result = super().init()
        self.env.cr.execute(TRIGGERS)
        return result

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        if not self._in_workflow():
            raise AccessError(self.env._("A decision is taken only by the buttons on its document."))
        return super().create(vals_list)

    def write(self, vals):  # pylint: disable=method-required-super
        raise AccessError(self.env._("A decision that was taken cannot be changed. Ask for approval again instead."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise AccessError(self.env._("A decision that was taken cannot be deleted."))
