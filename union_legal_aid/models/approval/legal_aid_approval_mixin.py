from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools import clean_context, json_default

from ..organization.wording import join_names

APPROVAL_FIELDS = frozenset({"approval_state", "approval_request_id"})


class LegalAidApprovalMixin(models.AbstractModel):
    """A document that takes effect by approval: somebody asks, somebody else decides, every decision stays on record.

    The model declares ``_approval_from`` (states in which approval may be asked), ``_approval_facts`` (fields that are
    frozen into the request) and, where a rejection needs a coded reason, ``_approval_reject_usage`` (the use of these
    reasons), and implements ``_on_approved``. Approving the last step performs the transition.
    """

    _name = "legal.aid.approval.mixin"
    _description = "Document with Approval"
    _inherit = ["legal.aid.approval.history.mixin", "legal.aid.workflow.mixin", "mail.thread", "legal.aid.todo.mixin"]

    _workflow_fields = frozenset({"state"}) | APPROVAL_FIELDS
    _workflow_initial = {"state": "draft", "approval_state": "none"}
    _approval_from = ("draft",)
    _approval_facts = ()
    _approval_reject_usage = False

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
        groups="union_legal_aid.group_officer,union_legal_aid.group_finance,union_legal_aid.group_auditor",
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
    @api.depends_context("uid", "lang")
    def _compute_can_approve(self):
        pending = self.filtered(lambda record: record.approval_state == "pending")
        # Whose turn it is may be told to everybody who sees the document.
        deciders = pending.approval_request_id.sudo()._get_all_deciders()
        for record in self:
            users = deciders.get(record.approval_request_id, {}) if record in pending else {}
            record.can_approve = self.env.user in users
            record.approval_waits_for = join_names(self.env, (user.name for user in users)) or False

    # CRUD

    def write(self, vals):
        result = super().write(vals)
        if not self._in_workflow() and self._touches_facts(vals):
            self._void_changed_requests()
        return result

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        if self.env.context.get("legal_aid_nobody_follows"):
            # Whoever has to decide today does not get every later message on the document.
            return True
        return super().message_subscribe(partner_ids=partner_ids, subtype_ids=subtype_ids)

    @api.ondelete(at_uninstall=False)
    def _unlink_void_approval(self):
        self._void_approval(self.env._("The document was deleted."))

    # Actions

    def action_request_approval(self):
        """Ask for approval: the facts and the steps are frozen, the first approvers find it in their inbox.

        :raises UserError: when a record is not ready, no rule applies or nobody may approve (fail closed); with all reasons
        """
        self._raise_reasons(self._get_cannot_request_approval_reason())
        self._without_defaults()._for_each(lambda record: record._request_approval())
        return True

    def action_approve(self, note=""):
        """Approve the current step; the last one performs the transition."""
        self._without_defaults()._for_each(lambda record: record._decide_approval("approve", note))
        return True

    def action_reject(self, note=""):
        """Reject with a reason; opens a dialog when called without.

        :raises UserError: when the reason is blank
        """
        if not (note or "").strip():
            return self.env["legal.aid.approval.reject"]._open(self)
        self._reject(note, None)
        return True

    # Business

    def _without_defaults(self):
        """These records without the default values that a client may send along, for whatever is created on the way."""
        return self.with_context(clean_context(self.env.context))

    def _for_each(self, step):
        """Take ``step`` with each record.

        :raises UserError: when one or more are refused, with all reasons at once; then nothing of it is kept
        """
        refusals = []
        for record in self:
            try:
                step(record)
            except UserError as refusal:
                refusals.append(refusal)
        self._raise_refusals(refusals)
        self._update_approval_activities()

    @api.model
    def _raise_refusals(self, refusals):
        if len(refusals) == 1:
            raise refusals[0]
        if refusals:
            kinds = {type(refusal) for refusal in refusals}
            kind = kinds.pop() if len(kinds) == 1 else UserError
            raise kind("\n".join(dict.fromkeys(str(refusal) for refusal in refusals)))

    def _reject(self, note, reason_code):
        """Reject each record; ``reason_code`` is for documents whose rejection needs a coded reason."""
        self._without_defaults()._for_each(lambda record: record._decide_approval("reject", note))

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

    @api.model
    def _touches_facts(self, vals):
        """Whether writing ``vals`` may change what is approved: a fact, or lines that go with it."""
        names = set(self._approval_facts) | {
            name for name, field in self._fields.items() if field.type in ("one2many", "many2many")
        }
        return bool(names & vals.keys())

    def _request_approval(self):
        self.ensure_one()
        self._lock_for_decision()
        requester = self.env.user
        steps = self.env["legal.aid.approval.rule"]._get_steps(self)
        self._check_steps_have_people(steps, requester)
        self._void_approval(self.env._("Approval was asked for again, after the document was changed."))
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
        self._check_principals_can_read(steps, requester)

    def _check_steps_have_people(self, steps, requester):
        """:raises UserError: when a step has nobody who may decide it, naming the office to ask (fail closed)"""
        rules = self.env["legal.aid.approval.rule"]
        for step in rules._get_steps_without_person(steps, requester):
            if rules._get_principals(step, requester):
                raise UserError(
                    self.env._(
                        "Nobody is left for step “%(step)s” of %(record)s: who may decide it decides another step already."
                        " Ask the office of %(office)s to name one more person.",
                        **self._name_step(step),
                    )
                )
            raise UserError(
                self.env._(
                    "Nobody may approve step “%(step)s” of %(record)s. Ask the office of %(office)s to name a leader with"
                    " the manager role.",
                    **self._name_step(step),
                )
            )

    def _check_principals_can_read(self, steps, requester):
        """:raises UserError: when a step could be decided only by people who may not open the document"""
        rules = self.env["legal.aid.approval.rule"]
        for step in steps:
            principals = rules._get_principals(step, requester)
            if not any(self.with_user(user).has_access("read") for user in principals):
                raise UserError(
                    self.env._(
                        "Those who decide step “%(step)s” of %(record)s may not open it. Ask the office of %(office)s to set"
                        " the approval rule for people who may.",
                        **self._name_step(step),
                    )
                )

    def _name_step(self, step):
        # The refusal names the office to ask, whoever asks.
        office_sudo = self.env["union.organization"].sudo().browse(step["organization_id"])
        return {"step": step["name"], "record": self.display_name, "office": office_sudo.name or "-"}

    def _lock_for_decision(self):
        """Two people who act on one document at the same moment: the first one does, the other is told.

        :raises LockError: while somebody else asks or decides
        """
        try:
            self.sudo().lock_for_update(allow_referencing=True)
            self.approval_request_id.sudo().lock_for_update(allow_referencing=True)
        except LockError as error:
            raise LockError(
                self.env._(
                    "Somebody else is working on %(record)s at this moment. Reload the page to see the result.",
                    record=self.display_name,
                )
            ) from error

    def _decide_approval(self, decision, note):
        self.ensure_one()
        self.check_access("read")
        self._lock_for_decision()
        request_sudo = self._workflow_env().approval_request_id.sudo()
        if not request_sudo or self.approval_state != "pending":
            raise UserError(self._explain_not_pending())
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

    def _explain_not_pending(self):
        # The latest request tells what became of it, also to people who see the document only.
        request_sudo = self.approval_request_id.sudo()
        if request_sudo.state == "void" or self.approval_state in ("approved", "rejected"):
            return request_sudo._explain_over()
        return self.env._("%(record)s is not waiting for approval. Ask for approval first.", record=self.display_name)

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
                record._void_approval(self.env._("The document was changed: %(facts)s.", facts=record._name_changes()))
                record._message_log(body=self.env._("The request for approval is void: the document was changed."))

    def _name_changes(self):
        """The labels of the facts that differ from the requested ones."""
        before, now = self.approval_request_id.sudo().facts, self._get_approval_facts()
        changed = [name for name in now if before.get(name) != now[name]]
        labels = [self._fields[name]._description_string(self.env) for name in changed if name in self._fields]
        return join_names(self.env, labels) or self.env._("its lines")

    def _void_approval(self, reason=None):
        """Withdraw a running request, because its document changed or lost its object; ``reason`` is a sentence for the
        history.
        """
        reason = reason or self.env._("The document took another step.")
        pending = self.filtered(lambda record: record.approval_state == "pending")
        for record in pending:
            record.approval_request_id.sudo()._void(reason)
            record.sudo()._workflow_write({"approval_state": "none"})
            record.sudo()._on_approval_void()
        pending._update_approval_activities()

    def _update_approval_activities(self):
        """The inbox: one to-do for each person who may decide the current step, none for a step that is over."""
        # People who may decide are not always people whom the requester may write to.
        self.approval_request_id.sudo()._sync_activities()
