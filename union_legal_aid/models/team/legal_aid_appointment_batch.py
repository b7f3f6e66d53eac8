from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ..organization.legal_day import legal_today
from ..organization.wording import join_names

SHOWN_REASONS = 20


class LegalAidAppointmentBatch(models.Model):
    """The contracts of many lawyers for one year, approved with one signature (聘任批次, T2).

    ============  ====================  ================================================================
    State         becomes               by
    ============  ====================  ================================================================
    draft         approved, cancelled   approval by the city's leader; ``action_cancel`` (city officer)
    ============  ====================  ================================================================

    What is asked for are the facts of every contract. The signature appoints all of them or none: what stands against one
    is shown before asking, and a contract leaves the batch only because somebody took it out.
    """

    _name = "legal.aid.appointment.batch"
    _description = "Batch of Appointments"
    _inherit = ["legal.aid.editable.mixin", "legal.aid.city.mixin", "legal.aid.approval.mixin"]
    _order = "date_start desc, id desc"
    _rec_names_search = ["name"]
    _editable_states = ("draft",)

    _workflow_transitions = {"draft": ("approved", "cancelled")}
    _workflow_fields = frozenset({"state", "approval_state", "approval_request_id", "approved_date"})
    _workflow_facts = dict.fromkeys(("organization_id", "date_start", "letter_date", "name"), ("draft",))
    _approval_facts = ("name", "organization_id", "date_start", "letter_date")

    name = fields.Char(
        compute="_compute_name",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        index="trigram",
    )
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env["legal.aid.volunteer"]._default_organization_id(),
    )
    date_start = fields.Date(
        string="First Day",
        required=True,
        default=lambda self: self._default_date_start(),
        tracking=True,
        help="Of every contract of the batch; each runs for one year, less one day.",
    )
    letter_date = fields.Date(
        string="Date of the Letters", help="Stands on the letters of appointment; empty: the day of the approval."
    )
    contract_ids = fields.One2many(
        comodel_name="legal.aid.contract", inverse_name="batch_id", string="Contracts", copy=False
    )
    duty_ids = fields.One2many(
        comodel_name="legal.aid.appointment.batch.duty",
        inverse_name="batch_id",
        string="Duties and Targets for All",
        copy=True,
        help="Empty: each renewal keeps the duties and targets of the contract that it renews.",
    )
    contract_count = fields.Integer(string="Number of Contracts", compute="_compute_counts")
    subsidy_total = fields.Monetary(string="Subsidies of the Year", compute="_compute_counts")
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.ref("base.CNY"),
        ondelete="restrict",
    )
    obstacle_count = fields.Integer(string="Cannot Be Approved", compute="_compute_obstacle_count")
    not_included = fields.Text(
        string="Not in the Batch",
        compute="_compute_not_included",
        help="Lawyers of the team whose contract ends before the first day and who have no draft, with the reason.",
    )
    approved_date = fields.Date(string="Approved On", readonly=True, copy=False)
    state = fields.Selection(
        selection=[("draft", "Draft"), ("approved", "Approved"), ("cancelled", "Cancelled")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )

    # Defaults

    @api.model
    def _default_date_start(self):
        """The day after the last contract of the team ends, for a whole team is appointed for the same year."""
        union = self.env["legal.aid.volunteer"]._default_organization_id()
        domain = [("organization_id", "=", union and union.id), ("kind", "=", "individual"), ("state", "=", "active")]
        last = self.env["legal.aid.contract"].search(domain, order="date_end desc", limit=1)
        return fields.Date.add(last.date_end, days=1) if last else legal_today(self)

    # Compute

    @api.depends("date_start")
    def _compute_name(self):
        for batch in self.filtered(lambda batch: batch.date_start and not batch.name):
            batch.name = self.env._("Appointments from %(date)s", date=format_date(self.env, batch.date_start))

    @api.depends("contract_ids.state", "contract_ids.annual_subsidy")
    def _compute_counts(self):
        groups = self.env["legal.aid.contract"]._read_group(
            [("batch_id", "in", self.ids), ("state", "!=", "cancelled")],
            ["batch_id"],
            ["__count", "annual_subsidy:sum"],
        )
        figures = {batch.id: (count, total) for batch, count, total in groups}
        for batch in self:
            batch.contract_count, batch.subsidy_total = figures.get(batch.id, (0, 0))

    @api.depends("contract_ids.state", "contract_ids.date_start", "contract_ids.volunteer_id", "state", "date_start")
    @api.depends_context("uid")
    def _compute_obstacle_count(self):
        drafts = self._origin._get_drafts()
        reasons = drafts._get_batch_obstacles()
        blocked = drafts.filtered(lambda contract: reasons[contract]).grouped("batch_id")
        for batch in self:
            batch.obstacle_count = len(blocked.get(batch._origin, ()))

    @api.depends("contract_ids", "date_start", "state")
    @api.depends_context("uid", "lang")
    def _compute_not_included(self):
        for batch in self:
            contracts = self.env["legal.aid.contract"]
            if batch._origin and batch.state == "draft":
                contracts = batch._origin._get_ending_contracts()
            reasons = batch._get_cannot_add_reasons(contracts)
            batch.not_included = "\n".join(
                reason or batch.env._("%(contract)s can be renewed; add the renewals.", contract=contract.display_name)
                for contract, reason in reasons.items()
            )

    # Constraints

    @api.constrains("organization_id")
    def _check_organization(self):
        for batch in self:
            city = batch.organization_id._get_city()
            if batch.organization_id != city:
                raise ValidationError(
                    self.env._(
                        "%(batch)s: contracts are made by the city union, here %(city)s. Choose it as the union.",
                        batch=batch.name,
                        city=city.name,
                    )
                )

    # CRUD

    def write(self, vals):
        result = super().write(vals)
        if not self._in_workflow() and {"date_start", "duty_ids"} & vals.keys():
            self._spread(vals)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_filled(self):
        filled = self.filtered("contract_ids")
        if filled:
            raise UserError(
                self.env._(
                    "Contracts are in these batches: %(batches)s. Take them out, or cancel the batch.",
                    batches=join_names(self.env, filled.mapped("name")),
                )
            )

    # Actions

    def action_add_renewals(self):
        """Draft the renewal of every contract of the team that ends before the first day (T2); nothing renews itself.

        :raises UserError: when there is none
        """
        self._check_state("draft")
        self.check_access("write")
        for batch in self:
            reasons = batch._get_cannot_add_reasons(batch._get_ending_contracts())
            ready = self.env["legal.aid.contract"].union(*(one for one, reason in reasons.items() if not reason))
            if not ready:
                raise UserError(
                    "\n".join(
                        [
                            self.env._(
                                "%(batch)s: no contract that ends in the year before %(date)s can be renewed.",
                                batch=batch.name,
                                date=fields.Date.to_string(batch.date_start),
                            ),
                            *batch._shorten(reasons.values()),
                        ]
                    )
                )
            batch._renew(ready)
        return True

    def action_leave_out(self):
        """Take every contract with a reason against it out of the batch, by choice; it stays a draft of its own."""
        self._check_state("draft")
        drafts = self._get_drafts()
        reasons = drafts._get_batch_obstacles()
        drafts.filtered(lambda contract: reasons[contract]).action_leave_batch()
        return True

    def action_cancel(self):
        """Give up the batch; its contracts stay as drafts of their own."""
        self._check_state("draft")
        self._get_drafts().action_leave_batch()
        self._void_approval(self.env._("The batch was given up."))
        self._transition("cancelled")
        return True

    def action_open_contracts(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("union_legal_aid.legal_aid_contract_action")
        return {**action, "domain": [("batch_id", "=", self.id)], "context": {}}

    # Business

    def _open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _get_drafts(self):
        """The contracts that wait for the signature, in the order of their numbers to come."""
        return self.env["legal.aid.contract"].search(
            [("batch_id", "in", self.ids), ("state", "=", "draft")], order="id"
        )

    def _get_ending_contracts(self):
        """The team's last contracts before the first day, of the year before, with no later contract or draft."""
        self.ensure_one()
        if not self.date_start or not self.organization_id:
            return self.env["legal.aid.contract"]
        contracts = self.env["legal.aid.contract"]
        of_team = Domain("organization_id", "=", self.organization_id.id) & Domain("kind", "=", "individual")
        ending = contracts.search(
            of_team
            & Domain("state", "in", ("active", "expired"))
            & Domain("date_last", "<", self.date_start)
            & Domain("date_last", ">=", fields.Date.subtract(self.date_start, years=1)),
            order="number, id",
        )
        followed = contracts.search(
            of_team
            & Domain("volunteer_id", "in", ending.volunteer_id.ids)
            & Domain("state", "!=", "cancelled")
            & Domain("date_start", ">", fields.Date.subtract(self.date_start, years=1)),
        ).grouped("volunteer_id")
        return ending.filtered(
            lambda contract: all(
                other.date_start <= contract.date_start for other in followed.get(contract.volunteer_id, ())
            )
        )

    def _get_cannot_add_reasons(self, contracts):
        """``{contract: why it cannot be renewed in this batch, or False}``"""
        reasons = contracts._get_cannot_renew_reason()
        for contract in contracts.filtered(lambda contract: not reasons[contract]):
            lawyer = contract.volunteer_id
            if lawyer.state != "active":
                reasons[contract] = self.env._(
                    "%(name)s is in state “%(state)s”: decide on this lawyer alone.",
                    name=lawyer.name,
                    state=lawyer._get_state_label(lawyer.state),
                )
        return reasons

    def _renew(self, contracts):
        self.ensure_one()
        vals_list = []
        for contract in contracts:
            vals = {**contract._prepare_renewal(), "date_start": self.date_start, "batch_id": self.id}
            if self.duty_ids:
                vals["duty_ids"] = self.duty_ids._get_copy_commands()
            vals_list.append(vals)
        self.env["legal.aid.contract"].create(vals_list)

    def _spread(self, vals):
        """First day, duties and targets are those of all contracts."""
        for batch in self:
            drafts = batch._get_drafts()
            if "date_start" in vals:
                drafts.write({"date_start": batch.date_start})
            if "duty_ids" in vals and batch.duty_ids:
                drafts.duty_ids.unlink()
                self.env["legal.aid.contract.duty"].create(
                    [
                        {**command[2], "contract_id": contract.id}
                        for contract in drafts
                        for command in batch.duty_ids._get_copy_commands()
                    ]
                )
            batch._on_contracts_changed()

    def _on_contracts_changed(self):
        """What was asked for is no longer what would be signed: the request is void."""
        waiting = self.filtered(lambda batch: batch.state == "draft")
        waiting.invalidate_recordset(["contract_count", "subsidy_total", "obstacle_count", "not_included"])
        waiting._void_changed_requests()

    def _get_approval_facts(self):
        """The facts of every contract; read at once, whatever their number."""
        drafts = self.sudo()._get_drafts()
        drafts.fetch(drafts._approval_facts)
        return {
            **super()._get_approval_facts(),
            "contracts": [[contract.id, contract._get_approval_facts()] for contract in drafts],
        }

    def _get_cannot_request_approval_reason(self):
        reasons = super()._get_cannot_request_approval_reason()
        writable = self._filtered_access("write")
        for batch in self.filtered(lambda batch: not reasons[batch]):
            drafts = batch._get_drafts()
            obstacles = [reason for reason in drafts._get_batch_obstacles().values() if reason]
            if batch not in writable:
                reasons[batch] = self.env._(
                    "%(batch)s belongs to the city: only the officers of %(city)s ask for its approval.",
                    batch=batch.name,
                    city=batch.organization_id.name,
                )
            elif not drafts:
                reasons[batch] = self.env._(
                    "%(batch)s holds no contract. Add the renewals of the team, or the lawyers who were selected.",
                    batch=batch.name,
                )
            elif obstacles:
                reasons[batch] = batch._explain_obstacles(obstacles)
        return reasons

    def _explain_obstacles(self, obstacles):
        head = self.env._(
            "%(batch)s: %(count)s contracts cannot be approved. Put right what stands against them, or leave them out:",
            batch=self.name,
            count=len(obstacles),
        )
        return "\n".join([head, *self._shorten(obstacles)])

    def _shorten(self, reasons):
        """The first of the reasons, and how many more there are."""
        found = [reason for reason in reasons if reason]
        more = len(found) - SHOWN_REASONS
        tail = [self.env._("… and %(count)s more.", count=more)] if more > 0 else []
        return found[:SHOWN_REASONS] + tail

    def _on_approved(self):
        """Appoint all of them, or none: what came between the request and the signature stops the whole batch (T2)."""
        for batch in self:
            drafts = batch._get_drafts()
            obstacles = [reason for reason in drafts._get_batch_obstacles().values() if reason]
            if obstacles:
                raise UserError(batch._explain_obstacles(obstacles))
            today = legal_today(batch)
            drafts._workflow_write(
                {
                    "approval_state": "approved",
                    "approval_request_id": batch.approval_request_id.id,
                    "letter_date": batch.letter_date or today,
                }
            )
            drafts._on_approved()
            batch._transition("approved", {"approved_date": today})
