from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import json_default

APPROVAL_FIELDS = frozenset({"approval_state", "approval_request_id"})


class LegalAidApprovalMixin(models.AbstractModel):
    """A document that takes effect by approval: somebody asks, somebody else decides, every decision stays on record.

    The model declares ``_approval_from`` (states in which approval may be asked) and ``_approval_facts`` (fields that are
    frozen into the request), and implements ``_on_approved``. Approving the last step performs the transition.
    """

    _name = "legal.aid.approval.mixin"
    _description = "Document with Approval"
    _inherit = ["legal.aid.workflow.mixin", "mail.thread", "mail.activity.mixin"]

    _workflow_fields = frozenset({"state"}) | APPROVAL_FIELDS
    _workflow_initial = {"state": "draft", "approval_state": "none"}
    _approval_from = ("draft",)
    _approval_facts = ()

    approval_state = fields.Selection(
        selection=[
            ("none", "Not requested"),
            ("pending", "Waiting"),
            ("approved", "Approved"),
            ("rejected", "Rejected"),
        ],
        default="none",
        required=True,
        readonly=True,
        copy=False,
    )
    approval_request_id = fields.Many2one(
        comodel_name="legal.aid.approval.request",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    approval_line_ids = fields.One2many(
        comodel_name="legal.aid.approval.line",
        string="Approval History",
        compute="_compute_approval_line_ids",
    )
    approval_waits_for = fields.Char(string="Waiting For", compute="_compute_can_approve")
    can_approve = fields.Boolean(compute="_compute_can_approve")

    # Compute

    def _compute_approval_line_ids(self):
        requests = self.env["legal.aid.approval.request"].search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)], order="id"
        )
        lines = requests.line_ids.grouped(lambda line: line.request_id.res_id)
        for record in self:
            record.approval_line_ids = lines.get(record.id, False)

    @api.depends("approval_state", "approval_request_id")
    @api.depends_context("uid")
    def _compute_can_approve(self):
        for record in self:
            # Whose turn it is may be told to everybody who sees the document.
            request_sudo = record.approval_request_id.sudo()
            deciders = request_sudo._get_deciders() if record.approval_state == "pending" else {}
            record.can_approve = self.env.user in deciders
            record.approval_waits_for = ", ".join(user.name for user in deciders) or False

    # CRUD

    def write(self, vals):
        result = super().write(vals)
        if not self._in_workflow() and set(self._approval_facts) & vals.keys():
            self._void_changed_requests()
        return result

    # Actions

    def action_request_approval(self):
        """Ask for approval: the facts and the steps are frozen, the first approvers find it in their inbox.

        :raises UserError: when the record is not ready, no rule applies or nobody may approve (fail closed)
        """
        self._raise_reasons(self._get_cannot_request_approval_reason())
        for record in self:
            record._request_approval()
        return True

    def action_approve(self, note=""):
        """Approve the current step; the last one performs the transition."""
        for record in self:
            record._decide_approval("approve", note)
        return True

    def action_reject(self, note=""):
        """Reject with a reason; opens a dialog when called without.

        :raises UserError: when the reason is blank
        """
        if not (note or "").strip():
            return self._open_reject_dialog()
        for record in self:
            record._decide_approval("reject", note)
        return True

    def _open_reject_dialog(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reject"),
            "res_model": "legal.aid.approval.reject",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_res_model": self._name, "default_res_ids": self.ids},
        }

    # Business

    def _get_approval_organization(self, approver):
        """The union whose people decide a step of kind ``approver``; models with another payer extend this."""
        self.ensure_one()
        # Who decides follows from the document's union, also for a requester who may not open that union's record.
        organization = self.sudo().organization_id
        return organization._get_city() if approver == "city_manager" else organization

    def _get_cannot_request_approval_reason(self):
        """``{record: reason or False}``; models add what a complete document needs."""
        reasons = {}
        for record in self:
            reasons[record] = False
            if record.state not in record._approval_from:
                reasons[record] = self.env._(
                    "%(record)s is in state “%(state)s”, in which there is nothing to approve.",
                    record=record.display_name,
                    state=record._get_state_label(record.state),
                )
            elif record.approval_state == "pending" and not record._is_approval_stale():
                reasons[record] = self.env._(
                    "%(record)s is waiting for approval already, by: %(names)s.",
                    record=record.display_name,
                    names=record.approval_waits_for or "-",
                )
        return reasons

    def _get_approval_facts(self):
        """The facts that are approved, in a form that can be stored and compared."""
        self.ensure_one()
        # The same facts for requester and approver, whose groups may read different fields.
        record = self.sudo()
        return {
            name: json_default(value)
            if not isinstance(value, (str, int, float, bool, list)) and value is not None
            else value
            for name, value in record.read(list(self._approval_facts), load=None)[0].items()
            if name != "id"
        }

    def _is_approval_stale(self):
        self.ensure_one()
        # Requests are read by scope, but whether one is out of date concerns everybody who sees the document.
        return self.approval_request_id.sudo().facts != self._get_approval_facts()

    def _request_approval(self):
        self.ensure_one()
        rules = self.env["legal.aid.approval.rule"]
        steps = rules._get_steps(self)
        requester = self.env.user
        for step in steps:
            if not rules._get_principals(step, requester):
                # The refusal names the office to ask, whoever asks.
                office = self.env["union.organization"].sudo().browse(step["organization_id"])
                raise UserError(
                    self.env._(
                        "Nobody may approve step “%(step)s” of %(record)s. Ask the office of %(office)s to name a leader with"
                        " the manager role.",
                        step=step["name"],
                        record=self.display_name,
                        office=office.name,
                    )
                )
        self._void_approval()
        # Requests are written by this method only; nobody has a right to create one.
        request_sudo = (
            self._workflow_env()
            .env["legal.aid.approval.request"]
            .sudo()
            .create(
                {
                    "name": self.display_name,
                    "res_model": self._name,
                    "res_id": self.id,
                    "organization_id": self._get_approval_organization("record_manager").id,
                    "requested_by_id": requester.id,
                    "facts": self._get_approval_facts(),
                    "steps": steps,
                }
            )
        )
        self.sudo()._workflow_write({"approval_state": "pending", "approval_request_id": request_sudo.id})
        self.sudo()._on_approval_requested()
        self._update_approval_activities()

    def _decide_approval(self, decision, note):
        self.ensure_one()
        self.check_access("read")
        self.sudo().lock_for_update(allow_referencing=True)
        request_sudo = self._workflow_env().approval_request_id.sudo()
        if not request_sudo or self.approval_state != "pending":
            raise UserError(
                self.env._("%(record)s is not waiting for approval. Ask for approval first.", record=self.display_name)
            )
        principal = request_sudo._check_decider(self.env.user)
        if self._is_approval_stale():
            raise UserError(
                self.env._(
                    "%(record)s was changed after approval was asked for. Ask for approval again.",
                    record=self.display_name,
                )
            )
        approved = request_sudo._record_decision(decision, self.env.user, principal, note)
        # The approver's signature performs the transition; he needs no right to edit the document itself.
        record_sudo = self.sudo()
        if approved:
            record_sudo._workflow_write({"approval_state": "approved"})
            record_sudo._on_approved()
        elif decision == "reject":
            record_sudo._workflow_write({"approval_state": "rejected"})
            record_sudo._on_rejected(note)
        self._update_approval_activities()

    def _on_approved(self):
        """The transition that the last signature performs. Runs with the rights of the system, as the approver."""
        raise NotImplementedError(f"{self._name} must say what its approval does")

    def _on_approval_requested(self):
        """What asking for approval does besides opening the request; nothing by default. Runs with the rights of the system."""

    def _on_approval_void(self):
        """What the loss of a running request does to the document; nothing by default. Runs with the rights of the system."""

    def _on_rejected(self, note):
        """What a rejection does besides being recorded; nothing by default, the document stays a draft."""

    def _void_changed_requests(self):
        for record in self.filtered(lambda record: record.approval_state == "pending"):
            if record._is_approval_stale():
                record._void_approval()
                record._message_log(body=self.env._("The request for approval is void: the document was changed."))

    def _void_approval(self):
        """Withdraw a running request, because its document changed or lost its object."""
        for record in self.filtered(lambda record: record.approval_state == "pending"):
            record._workflow_env().approval_request_id.sudo().write({"state": "void"})
            record.sudo()._workflow_write({"approval_state": "none"})
            record.sudo()._on_approval_void()
            record._update_approval_activities()

    def _update_approval_activities(self):
        """The inbox: one to-do for each person who may decide the current step, none for a step that is over."""
        for record in self:
            record_sudo = record.sudo()  # people who may decide are not always people whom the requester may write to
            record_sudo.activity_unlink(["union_legal_aid.mail_activity_type_approval"])
            if record.approval_state != "pending":
                continue
            for user in record.approval_request_id.sudo()._get_deciders():
                record_sudo.activity_schedule(
                    "union_legal_aid.mail_activity_type_approval",
                    user_id=user.id,
                    summary=record.approval_request_id.sudo().current_step_name,
                )
