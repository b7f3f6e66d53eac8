from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LegalAidAppointmentBatchedMixin(models.AbstractModel):
    """A contract that is appointed together with others, in a batch (T2): it is asked for and signed with them only."""

    _name = "legal.aid.appointment.batched.mixin"
    _description = "Contract in a Batch"
    _inherit = ["legal.aid.appointment.mixin"]

    batch_id = fields.Many2one(
        comodel_name="legal.aid.appointment.batch",
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
        help="The contracts of a batch are approved together.",
    )
    letter_date = fields.Date(
        string="Date of the Letter", readonly=True, copy=False, help="Stands on the letter of appointment."
    )
    batch_obstacle = fields.Char(string="What Stands Against It", compute="_compute_batch_obstacle")

    # Compute

    @api.depends("batch_id", "state", "volunteer_id", "date_start", "renewal_of_id")
    @api.depends_context("uid", "lang")
    def _compute_batch_obstacle(self):
        reasons = self._origin.filtered("batch_id")._get_batch_obstacles()
        for contract in self:
            contract.batch_obstacle = reasons.get(contract._origin)

    @api.depends("batch_id.approval_state")
    def _compute_approval_timeline(self):
        """A contract of a batch was signed with the batch: its history is the batch's."""
        result = super()._compute_approval_timeline()
        for contract in self.filtered("batch_id"):
            # Whoever may read the contract may read who signed it.
            contract.approval_timeline = contract.approval_timeline or contract.batch_id.sudo().approval_timeline
        return result

    # Constraints

    @api.constrains("batch_id", "organization_id")
    def _check_batch(self):
        for contract in self.filtered(lambda contract: contract.batch_id and contract.state == "draft"):
            batch = contract.batch_id
            if batch.state != "draft" or batch.organization_id != contract.organization_id:
                raise ValidationError(
                    self.env._(
                        "%(contract)s cannot be put into %(batch)s: choose a batch of the same union that is a draft.",
                        contract=contract.display_name,
                        batch=batch.display_name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        contracts = super().create([self._add_batch_values(vals) for vals in vals_list])
        contracts.batch_id._on_contracts_changed()
        return contracts

    def write(self, vals):
        before = self.batch_id
        result = super().write(vals)
        if not self._in_workflow() and ("batch_id" in vals or self._touches_facts(vals)):
            (before | self.batch_id)._on_contracts_changed()
        return result

    def unlink(self):
        batches = self.batch_id
        result = super().unlink()
        batches._on_contracts_changed()
        return result

    # Actions

    def action_cancel(self):
        batches = self.batch_id
        result = super().action_cancel()
        batches._on_contracts_changed()
        return result

    def action_leave_batch(self):
        """Take drafts out of their batch; each can then be asked for alone."""
        self._check_state("draft")
        self.write({"batch_id": False})
        return True

    def action_put_in_batch(self):
        """Collect these drafts in a new batch, to be approved together.

        :raises UserError: with a reason for each that cannot be collected
        """
        self._raise_reasons(self._get_cannot_collect_reason())
        batch = self.env["legal.aid.appointment.batch"].create(
            {"organization_id": self.organization_id[:1].id, "date_start": max(self.mapped("date_start"))}
        )
        self.write({"batch_id": batch.id})
        return batch._open()

    def action_renew_in_batch(self):
        """Draft the next year for a whole team in one batch; who cannot be renewed stands there with the reason (T2)."""
        individual = self.filtered(lambda contract: contract.kind == "individual" and contract.date_last)
        reasons = individual._get_cannot_renew_reason()
        ready = individual.filtered(lambda contract: not reasons[contract])
        if not ready:
            self._raise_reasons(reasons)
        batch = self.env["legal.aid.appointment.batch"].create(
            {
                "organization_id": ready.organization_id[:1].id,
                "date_start": fields.Date.add(max(ready.mapped("date_end")), days=1),
            }
        )
        batch._renew(ready)
        return batch._open()

    # Business

    @api.model
    def _add_batch_values(self, vals):
        """A contract that is drafted in a batch takes its first day, duties and targets."""
        batch_id = vals.get("batch_id", self.env.context.get("default_batch_id"))
        batch = self.env["legal.aid.appointment.batch"].browse(batch_id or ())
        if batch and not vals.get("date_start"):
            vals = {**vals, "date_start": batch.date_start}
        if batch.duty_ids and "duty_ids" not in vals:
            vals = {**vals, "duty_ids": batch.duty_ids._get_copy_commands()}
        return vals

    def _get_cannot_collect_reason(self):
        reasons = {}
        for contract in self:
            reasons[contract] = False
            if contract.kind != "individual" or contract.state != "draft":
                reasons[contract] = self.env._(
                    "%(contract)s is in state “%(state)s”: only drafts of lawyers' contracts are put into a batch.",
                    contract=contract.display_name,
                    state=contract._get_state_label(contract.state),
                )
            elif contract.batch_id:
                reasons[contract] = self.env._(
                    "%(contract)s is in batch %(batch)s already.",
                    contract=contract.display_name,
                    batch=contract.batch_id.display_name,
                )
            elif contract.approval_state == "pending":
                reasons[contract] = self.env._(
                    "%(contract)s waits for approval on its own. Let that be decided first.",
                    contract=contract.display_name,
                )
        return reasons

    def _get_cannot_request_approval_reason(self):
        """A contract of a batch is asked for with the batch, never beside it."""
        reasons = super()._get_cannot_request_approval_reason()
        for contract in self.filtered(lambda contract: contract.batch_id and not reasons[contract]):
            reasons[contract] = self.env._(
                "%(contract)s is in batch %(batch)s and is approved with it. Ask for the approval of the batch, or take"
                " the contract out of it first.",
                contract=contract.display_name,
                batch=contract.batch_id.display_name,
            )
        return reasons

    def _get_batch_obstacles(self):
        """``{contract: reason or False}``: what stands against signing it together with others.

        Who is suspended, was removed or has left may come back, but by a decision of his own, not in a list of 600.
        """
        # The same for whoever looks; who may ask is the batch's question.
        appointing = self.sudo()._get_cannot_appoint_reason()
        reasons = {contract: appointing[contract] for contract in self}
        unfit = ("suspended", "removed", "left")
        for contract in self.filtered(lambda contract: not reasons[contract]):
            lawyer = contract.volunteer_id
            if contract.state != "draft":
                continue
            if contract.kind != "individual":
                reasons[contract] = self.env._(
                    "%(contract)s is the agreement with a law firm. It is approved alone.",
                    contract=contract.display_name,
                )
            elif lawyer.state in unfit:
                reasons[contract] = self.env._(
                    "%(name)s is in state “%(state)s”: decide on this lawyer alone.",
                    name=lawyer.name,
                    state=lawyer._get_state_label(lawyer.state),
                )
            elif contract.date_start != contract.batch_id.date_start:
                reasons[contract] = self.env._(
                    "%(contract)s begins on %(start)s, the batch on %(batch)s. Enter the first day of the batch.",
                    contract=contract.display_name,
                    start=fields.Date.to_string(contract.date_start),
                    batch=fields.Date.to_string(contract.batch_id.date_start),
                )
        return reasons
