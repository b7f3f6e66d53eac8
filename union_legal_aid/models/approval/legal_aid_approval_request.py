from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..organization.legal_aid_workflow_mixin import WORKFLOW_TOKEN


class LegalAidApprovalRequest(models.Model):
    """One request to approve one document: the facts and the steps as they stood when it was asked (M5).

    Written only by the approval mixin. Who may decide is worked out anew at each look, so that a leader who left, or a stand-in
    whose term ended, cannot sign any more.
    """

    _name = "legal.aid.approval.request"
    _description = "Approval Request"
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
    steps = fields.Json(readonly=True)
    current_step = fields.Integer(readonly=True, default=0)
    current_step_name = fields.Char(string="Step", compute="_compute_current_step_name")
    line_ids = fields.One2many(
        comodel_name="legal.aid.approval.line", inverse_name="request_id", string="Decisions", readonly=True
    )
    approver_ids = fields.Many2many(
        comodel_name="res.users",
        string="May Decide",
        compute="_compute_approver_ids",
        search="_search_approver_ids",
    )

    _one_pending = models.UniqueIndex("(res_model, res_id) WHERE state = 'pending'")

    # Compute

    @api.depends("res_model")
    def _compute_document_type(self):
        for request in self:
            request.document_type = self.env["ir.model"]._get(request.res_model).name

    @api.depends("steps", "current_step", "state")
    def _compute_current_step_name(self):
        for request in self:
            request.current_step_name = request._get_step()["name"] if request.state == "pending" else False

    @api.depends("steps", "current_step", "state")
    def _compute_approver_ids(self):
        for request in self:
            request.approver_ids = self.env["res.users"].union(*request._get_deciders())

    def _search_approver_ids(self, operator, value):
        if operator != "in":
            return NotImplemented
        pending = self.search([("state", "=", "pending")])
        wanted = set(value)
        return [("id", "in", [request.id for request in pending if wanted & set(request.approver_ids.ids)])]

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
        if self.env.context.get("legal_aid_workflow") is not WORKFLOW_TOKEN:
            raise AccessError(self.env._("An approval request is made only by the button on its document."))

    # Actions

    def action_open_record(self):
        """Open the document, under the user's own rights."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    def action_approve(self, note=""):
        """Approve the current step of each request from the inbox."""
        for request in self:
            request._get_record().action_approve(note=note)

    # Business

    def _get_record(self):
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id)

    def _get_step(self):
        self.ensure_one()
        return self.steps[min(self.current_step, len(self.steps) - 1)]

    def _get_deciders(self):
        """``{user who may decide now: principal he signs for}``; nobody decides two steps of one request."""
        self.ensure_one()
        if self.state != "pending":
            return {}
        # Who leads a union is worked out the same way for every reader.
        request = self.sudo()
        requester = request.requested_by_id
        principals = self.env["legal.aid.approval.rule"]._get_principals(request._get_step(), requester)
        deciders = self.env["legal.aid.stand.in"]._get_substitutes(principals)
        deciders.update({user: user for user in principals})
        already = request.line_ids.user_id | request.line_ids.on_behalf_of_id
        return {
            user: principal
            for user, principal in deciders.items()
            if user != requester and user not in already and principal not in already
        }

    def _check_decider(self, user):
        """The principal for whom ``user`` may decide the current step.

        :raises AccessError: when he may not, with the names of those who may
        """
        self.ensure_one()
        if self.state != "pending":
            raise UserError(
                self.env._(
                    "The approval of %(record)s was decided already. Reload the page to see how.", record=self.name
                )
            )
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
                    names=", ".join(self.env["res.users"].union(*deciders).mapped("name"))
                    or self.env._("nobody at present"),
                )
            )
        return deciders[user]

    def _record_decision(self, decision, user, principal, note):
        """Append the decision and move on; returns whether the request is now fully approved."""
        self.ensure_one()
        step = self._get_step()
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
        self.write({"current_step": self.current_step + 1, **({"state": "approved"} if last else {})})
        return last
