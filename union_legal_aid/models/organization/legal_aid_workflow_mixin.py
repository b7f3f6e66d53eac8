from odoo import api, models
from odoo.exceptions import AccessError, UserError

from .wording import join_names

# A context travels with the client's call, so a key in it proves nothing; only code of this addon can hold this object.
WORKFLOW_TOKEN = object()


class LegalAidStepMixin(models.AbstractModel):
    """A record that can tell a step of this addon from any other caller."""

    _name = "legal.aid.step.mixin"
    _description = "Record Written by Steps"

    # Business

    @api.model
    def _in_workflow(self):
        return self.env.context.get("legal_aid_workflow") is WORKFLOW_TOKEN

    def _workflow_env(self):
        """This recordset, for a step that was checked already. Never hand it to anything that a caller can steer."""
        return self.with_context(legal_aid_workflow=WORKFLOW_TOKEN)


class LegalAidWorkflowMixin(models.AbstractModel):
    """A state that changes only through its methods (DESIGN.md section 3, rule 1).

    A model that inherits this has a ``state`` field and declares:

    * ``_workflow_transitions``: the transition table, ``{state: (next states)}``;
    * ``_workflow_fields``: ``state`` and every field that only a transition may write (who decided, when, amounts granted);
    * ``_workflow_initial``: the values of those fields that a new record may carry;
    * ``_workflow_facts``: ``{field: states}``, facts that may be edited only while the record is in one of these states.

    Every other door (write, create, import, copy, RPC, context) is answered with an error that names the record.
    """

    _name = "legal.aid.workflow.mixin"
    _description = "Server-side Workflow"
    _inherit = ["legal.aid.step.mixin"]

    _workflow_transitions = {}
    _workflow_fields = frozenset({"state"})
    _workflow_initial = {"state": "draft"}
    _workflow_facts = {}

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        if not self._in_workflow():
            for vals in vals_list:
                self._check_create_door(vals)
        return super().create(vals_list)

    def write(self, vals):
        if not self._in_workflow():
            self._check_write_door(vals)
        return super().write(vals)

    def copy_data(self, default=None):
        """A copy starts at the beginning of the workflow, whatever its original went through."""
        given = default or {}
        copies = super().copy_data(default)
        for vals in copies:
            for name in self._workflow_fields - given.keys():
                vals.pop(name, None)
        return copies

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_workflow(self):
        kept = self.filtered(lambda record: record.state != record._workflow_initial.get("state"))
        if kept:
            raise UserError(
                self.env._(
                    "Only drafts can be deleted. Already on record: %(records)s. Withdraw or cancel them instead, so that"
                    " their history stays.",
                    records=join_names(self.env, kept.mapped("display_name")),
                )
            )

    # Business

    def _workflow_write(self, vals):
        """Write workflow fields as part of a step that was checked already."""
        return self._workflow_env().write(vals)

    def _transition(self, target, vals=None):
        """Move every record to ``target`` and store ``vals`` with it.

        :raises UserError: when the transition table does not allow it, naming the record, its state and what was tried
        """
        self._check_transition(target)
        self._workflow_write({**(vals or {}), "state": target})

    def _check_transition(self, target):
        refused = self.filtered(lambda record: target not in record._workflow_transitions.get(record.state, ()))
        if refused:
            raise UserError(
                "\n".join(
                    self.env._(
                        "%(record)s is in state “%(current)s” and cannot become “%(target)s”.",
                        record=record.display_name,
                        current=record._get_state_label(record.state),
                        target=record._get_state_label(target),
                    )
                    for record in refused
                )
            )

    def _check_state(self, *states):
        """Refuse, naming each record, unless all are in one of ``states``."""
        wrong = self.filtered(lambda record: record.state not in states)
        if wrong:
            raise UserError(
                "\n".join(
                    self.env._(
                        "%(record)s is in state “%(current)s”. This step is possible only in state “%(expected)s”.",
                        record=record.display_name,
                        current=record._get_state_label(record.state),
                        expected=" / ".join(record._get_state_label(state) for state in states),
                    )
                    for record in wrong
                )
            )

    def _get_state_label(self, state):
        return dict(self._fields["state"]._description_selection(self.env)).get(state, state)

    @api.model
    def _raise_reasons(self, reasons):
        """Raise all reasons of a batch at once; ``reasons`` is ``{record: reason or False}``."""
        found = [reason for reason in reasons.values() if reason]
        if found:
            raise UserError("\n".join(found))

    @api.model
    def _check_create_door(self, vals):
        context = self.env.context
        for name in self._workflow_fields:
            for value in (vals.get(name), context.get(f"default_{name}")):
                if value and value != self._workflow_initial.get(name):
                    raise AccessError(
                        self.env._(
                            "%(field)s of a new %(model)s cannot be set directly: create the record, then use its buttons.",
                            field=self._fields[name]._description_string(self.env),
                            model=self._description_translated(),
                        )
                    )

    def _check_write_door(self, vals):
        closed = sorted(self._workflow_fields & vals.keys())
        if closed:
            raise AccessError(
                self.env._(
                    "%(fields)s of %(records)s only changes through its buttons.",
                    fields=self._get_field_labels(closed),
                    records=join_names(self.env, self.mapped("display_name")),
                )
            )
        for record in self:
            locked = [
                name for name in vals if name in self._workflow_facts and record.state not in self._workflow_facts[name]
            ]
            if locked:
                raise UserError(
                    self.env._(
                        "%(record)s is in state “%(state)s”: %(fields)s can no longer be changed.",
                        record=record.display_name,
                        state=record._get_state_label(record.state),
                        fields=self._get_field_labels(sorted(locked)),
                    )
                )

    def _get_field_labels(self, names):
        return join_names(self.env, (self._fields[name]._description_string(self.env) for name in names))

    @api.model
    def _description_translated(self):
        return self.env["ir.model"]._get(self._name).name


class LegalAidWorkflowLineMixin(models.AbstractModel):
    """A line that may be added, changed or removed only while its document may be edited.

    ``_workflow_document`` names the many2one to the document, ``_workflow_document_states`` the states in which lines are open.
    """

    _name = "legal.aid.workflow.line.mixin"
    _description = "Line of a Document with Workflow"
    _inherit = ["legal.aid.step.mixin"]

    _workflow_document = None
    _workflow_document_states = ("draft",)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_document_open()
        return lines

    def write(self, vals):
        self._check_document_open()
        result = super().write(vals)
        if self._workflow_document in vals:
            self._check_document_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_document_closed(self):
        self._check_document_open()

    def _check_document_open(self):
        if self._in_workflow():
            return
        documents = self.mapped(self._workflow_document)
        closed = documents.filtered(lambda document: document.state not in self._workflow_document_states)
        if closed:
            raise UserError(
                "\n".join(
                    self.env._(
                        "The lines of %(document)s can no longer be changed: it is in state “%(state)s”.",
                        document=document.display_name,
                        state=document._get_state_label(document.state),
                    )
                    for document in closed
                )
            )
