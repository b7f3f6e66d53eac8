import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..organization.wording import join_names

FINGERPRINT_LENGTH = 12

# What was asked never changes, and a request ends only by its decisions or void. Also for SQL that goes around the ORM.
TRIGGERS = """
CREATE OR REPLACE FUNCTION legal_aid_approval_request_check() RETURNS trigger AS $$
DECLARE
    approvals integer;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'pending' OR NEW.current_step <> 0 THEN
            RAISE EXCEPTION 'An approval request begins pending, at its first step';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'Approval requests are kept for good';
    END IF;
    IF (NEW.facts, NEW.steps, NEW.requested_by_id, NEW.requested_at, NEW.res_model, NEW.res_id, NEW.name,
        NEW.organization_id)
        IS DISTINCT FROM
        (OLD.facts, OLD.steps, OLD.requested_by_id, OLD.requested_at, OLD.res_model, OLD.res_id, OLD.name,
        OLD.organization_id)
    THEN
        RAISE EXCEPTION 'What was asked in approval request % cannot be changed', OLD.id;
    END IF;
    IF (NEW.state, NEW.current_step, NEW.void_reason, NEW.voided_at, NEW.voided_by_id)
        IS NOT DISTINCT FROM
        (OLD.state, OLD.current_step, OLD.void_reason, OLD.voided_at, OLD.voided_by_id)
    THEN
        RETURN NEW;
    END IF;
    IF OLD.state <> 'pending' THEN
        RAISE EXCEPTION 'Approval request % is decided', OLD.id;
    END IF;
    SELECT count(*) INTO approvals FROM legal_aid_approval_line
        WHERE request_id = OLD.id AND decision = 'approve';
    IF NEW.current_step <> approvals
        OR (NEW.state = 'approved' AND approvals < jsonb_array_length(NEW.steps))
        OR (NEW.state = 'rejected' AND NOT EXISTS (
            SELECT FROM legal_aid_approval_line WHERE request_id = OLD.id AND decision = 'reject'))
        OR (NEW.state <> 'void' AND NEW.void_reason IS NOT NULL)
    THEN
        RAISE EXCEPTION 'Approval request % has no decision for this', OLD.id;
    END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;

DROP TRIGGER IF EXISTS legal_aid_approval_request_check ON legal_aid_approval_request;
CREATE TRIGGER legal_aid_approval_request_check
    BEFORE INSERT OR UPDATE OR DELETE ON legal_aid_approval_request
    FOR EACH ROW EXECUTE FUNCTION legal_aid_approval_request_check();
DROP TRIGGER IF EXISTS legal_aid_approval_request_no_truncate ON legal_aid_approval_request;
CREATE TRIGGER legal_aid_approval_request_no_truncate BEFORE TRUNCATE ON legal_aid_approval_request
    FOR EACH STATEMENT EXECUTE FUNCTION legal_aid_approval_request_check();
"""


class LegalAidApprovalRequest(models.Model):
    """One request to approve one document: the facts and the steps as they stood when it was asked (M5).

    ========  =========================  ========================================================================
    State     becomes                    by
    ========  =========================  ========================================================================
    pending   approved, rejected         the decisions of its steps, in order, each by another person
    pending   void                       the document was changed, took another step or was deleted
    ========  =========================  ========================================================================

    Written only by the approval mixin; the database refuses any change of what was asked, and any end without its decisions.
    Who may decide is worked out anew at each look, so that a leader who left, or a stand-in whose term ended, cannot sign any
    more.
    """

    _name = "legal.aid.approval.request"
    _description = "Approval Request"
    _inherit = [
        "legal.aid.pointer.mixin",
        "legal.aid.step.mixin",
        "legal.aid.approval.activity.mixin",
        "legal.aid.approval.reminder.mixin",
    ]
    _order = "id desc"

    name = fields.Char(string="Document", required=True, readonly=True)
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, readonly=True, index=True
    )
    document_type = fields.Char(compute="_compute_document_type")
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    requested_by_id = fields.Many2one(
        comodel_name="res.users",
        required=True,
        readonly=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    requested_at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    state = fields.Selection(
        selection=[("pending", "Waiting"), ("approved", "Approved"), ("rejected", "Rejected"), ("void", "Void")],
        default="pending",
        required=True,
        readonly=True,
        index=True,
    )
    facts = fields.Json(readonly=True)
    facts_fingerprint = fields.Char(
        compute="_compute_facts_fingerprint",
        help="Two requests with the same fingerprint asked for the approval of the same facts.",
    )
    steps = fields.Json(readonly=True)
    current_step = fields.Integer(readonly=True, default=0)
    current_step_name = fields.Char(string="Step", compute="_compute_current_step_name")
    step_organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union That Decides",
        compute="_compute_step_columns",
        store=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    step_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Person Who Decides",
        compute="_compute_step_columns",
        store=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    void_reason = fields.Text(readonly=True)
    voided_at = fields.Datetime(readonly=True)
    voided_by_id = fields.Many2one(comodel_name="res.users", readonly=True, ondelete="restrict")
    line_ids = fields.One2many(
        comodel_name="legal.aid.approval.line", inverse_name="request_id", string="Decisions", readonly=True
    )
    timeline = fields.Json(compute="_compute_timeline")

    _one_pending = models.UniqueIndex(
        "(res_model, res_id) WHERE state = 'pending'",
        "Somebody else asked for this approval a moment ago. Reload the page to see it.",
    )

    def init(self):
        self.env.cr.execute(TRIGGERS)

    # Compute

    @api.depends("res_model")
    @api.depends_context("lang")
    def _compute_document_type(self):
        for request in self:
            request.document_type = self.env["ir.model"]._get(request.res_model).name

    @api.depends("facts")
    def _compute_facts_fingerprint(self):
        for request in self:
            text = json.dumps(request.facts, sort_keys=True, ensure_ascii=False)
            request.facts_fingerprint = hashlib.sha256(text.encode()).hexdigest()[:FINGERPRINT_LENGTH]

    @api.depends("steps", "current_step", "state")
    def _compute_current_step_name(self):
        for request in self:
            request.current_step_name = request._get_step()["name"] if request.state == "pending" else False

    @api.depends("steps", "current_step")
    def _compute_step_columns(self):
        """Copies of the current step for the database, so that an inbox is found without reading everybody's requests."""
        for request in self:
            step = request._get_step()
            request.step_organization_id = step.get("organization_id")
            request.step_user_id = step.get("user_id")

    @api.depends("state", "line_ids")
    @api.depends_context("uid", "lang")
    def _compute_timeline(self):
        """The whole history of the document, earlier and later rounds included, as on the document itself."""
        for res_model, requests in self.grouped("res_model").items():
            rounds = self.search([("res_model", "=", res_model), ("res_id", "in", requests.mapped("res_id"))])
            by_document = rounds.sudo().grouped("res_id")  # names of people are no secret to who reads the request
            for request in requests:
                request.timeline = self.env["legal.aid.approval.history.mixin"]._tell_requests(
                    by_document.get(request.res_id, request.sudo())
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        self._check_written_by_workflow()
        return super().create(vals_list)

    def write(self, vals):
        self._check_written_by_workflow()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise AccessError(self.env._("Approval requests are kept for good. A request that lost its object is void."))

    @api.model
    def _check_written_by_workflow(self):
        if not self._in_workflow():
            raise AccessError(self.env._("An approval request is made only by the button on its document."))

    def _workflow_write(self, vals):
        """Write as part of a step that was checked already. Nobody has a right to write requests."""
        self._workflow_env().sudo().write(vals)

    # Actions

    def action_open_record(self):
        """Open the document, under the user's own rights."""
        return {**super().action_open_record(), "name": self.name}

    def action_open_request(self):
        """Open the request itself, with the history of the approval."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def action_approve(self, note=""):
        """Approve the current step of each request from the inbox; all of them, or none with every reason why not."""
        self._decide_documents(lambda documents: documents.action_approve(note=note))
        return True

    def action_reject(self, note="", *, reason_code=None):
        """Reject each request with a reason; opens a dialog when called without.

        :raises UserError: when one of them needs another kind of reason, or is refused; none is rejected then
        """
        if not (note or "").strip() and not reason_code:
            return self.env["legal.aid.approval.reject"]._open(self)
        self._decide_documents(lambda documents: documents._reject(note, reason_code))
        return True

    def _decide_documents(self, decide):
        """Call ``decide`` on the documents of these requests, kind by kind, under the user's own rights.

        :raises UserError: with all reasons at once
        """
        self.check_access("read")
        over = self.filtered(lambda request: request.state != "pending")
        refusals = [UserError(request._explain_over()) for request in over]
        for res_model, requests in (self - over).grouped("res_model").items():
            try:
                decide(self.env[res_model].browse(requests.mapped("res_id")))
            except UserError as refusal:
                refusals.append(refusal)
        self.env["legal.aid.approval.mixin"]._raise_refusals(refusals)

    # Business

    def _get_record(self):
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id)

    def _get_step(self):
        self.ensure_one()
        return self.steps[min(self.current_step, len(self.steps) - 1)]

    def _explain_over(self):
        """Why nobody can decide this request any more."""
        self.ensure_one()
        if self.state == "void":
            return self.env._(
                "The request for the approval of %(record)s is void: %(reason)s Ask for approval again.",
                record=self.name,
                reason=self.void_reason or self.env._("the document was changed."),
            )
        return self.env._(
            "The approval of %(record)s was decided already. Reload the page to see how.", record=self.name
        )

    def _check_decider(self, user):
        """The principal for whom ``user`` may decide the current step.

        :raises AccessError: when he may not, with the names of those who may
        """
        self.ensure_one()
        if self.state != "pending":
            raise UserError(self._explain_over())
        if user == self.requested_by_id:
            raise AccessError(
                self.env._(
                    "You asked for the approval of %(record)s yourself, so somebody else must decide it.",
                    record=self.name,
                )
            )
        deciders = self._get_deciders()
        if user not in deciders:
            raise AccessError(
                self.env._(
                    "You may not decide step “%(step)s” of %(record)s. It is for: %(names)s.",
                    step=self._get_step()["name"],
                    record=self.name,
                    names=join_names(self.env, (decider.name for decider in deciders))
                    or self.env._("nobody at present"),
                )
            )
        return deciders[user]

    def _record_decision(self, decision, user, principal, note):
        """Append the decision and move on; returns whether the request is now fully approved."""
        self.ensure_one()
        step = self._get_step()
        # The database compares the decision with the step whose turn it is.
        self.flush_recordset(["state", "current_step"])
        self.env["legal.aid.approval.line"].create(
            {
                "request_id": self.id,
                "step": self.current_step,
                "step_name": step["name"],
                "decision": decision,
                "user_id": user.id,
                "on_behalf_of_id": principal.id if principal != user else False,
                "note": note,
            }
        )
        if decision == "reject":
            self.write({"state": "rejected"})
            return False
        last = self.current_step + 1 >= len(self.steps)
        self.write(
            {
                "current_step": self.current_step + 1,
                "waiting_since": fields.Datetime.now(),
                "reminded_on": False,
                **({"state": "approved"} if last else {}),
            }
        )
        return last

    def _void(self, reason):
        """The request lost its object; ``reason`` is a sentence for the history."""
        self.filtered(lambda request: request.state == "pending")._workflow_write(
            {
                "state": "void",
                "void_reason": reason,
                "voided_at": fields.Datetime.now(),
                "voided_by_id": self.env.uid,
            }
        )
