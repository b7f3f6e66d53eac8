from odoo import api, fields, models
from odoo.exceptions import UserError

from ..organization.legal_day import legal_today
from ..organization.wording import join_names

CRON_BATCH = 100


class LegalAidAppointmentMixin(models.AbstractModel):
    """How a contract lives: approved, in force, ended (T2, T9).

    ============  =============================  ================================================================
    State         becomes                        by
    ============  =============================  ================================================================
    draft         active, cancelled              approval by the city's managers; ``action_cancel`` (city officer)
    active        expired, terminated, cancelled the cron; ``action_terminate`` (city officer), also before it began
    expired       terminated                     ``action_terminate`` with a day within the term, registered late
    ============  =============================  ================================================================
    """

    _name = "legal.aid.appointment.mixin"
    _description = "Life of a Contract"
    _inherit = ["legal.aid.named.lawyer.mixin", "legal.aid.carded.mixin", "legal.aid.approval.mixin"]

    _workflow_transitions = {
        "draft": ("active", "cancelled"),
        "active": ("expired", "terminated", "cancelled"),
        "expired": ("terminated",),
    }
    _workflow_fields = frozenset(
        {
            "state",
            "approval_state",
            "approval_request_id",
            "number",
            "letter_date",
            "expiry_reminded_on",
            "is_imported",
            "approved_date",
            "date_terminated",
            "termination_reason_id",
            "termination_note",
            "terminated_by_id",
        }
    )

    number = fields.Char(
        readonly=True,
        copy=False,
        index="trigram",
        help="Number of the letter of appointment, given by the approval.",
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("active", "In Force"),
            ("expired", "Expired"),
            ("terminated", "Ended Early"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    approved_date = fields.Date(string="Approved On", readonly=True, copy=False)
    is_imported = fields.Boolean(
        string="From the Past",
        readonly=True,
        copy=False,
        help="Approved on paper before this system was used; brought in from a table.",
    )
    is_late_entry = fields.Boolean(string="Approved Late", compute="_compute_is_late_entry")
    date_terminated = fields.Date(string="Ended On", readonly=True, copy=False)
    termination_reason_id = fields.Many2one(
        comodel_name="legal.aid.reason", string="Reason of the End", readonly=True, copy=False, ondelete="restrict"
    )
    termination_note = fields.Text(string="Note on the End", readonly=True, copy=False)
    terminated_by_id = fields.Many2one(
        comodel_name="res.users", string="Ended By", readonly=True, copy=False, ondelete="restrict"
    )

    # Compute

    @api.depends("approved_date", "date_start")
    def _compute_is_late_entry(self):
        for contract in self:
            contract.is_late_entry = bool(contract.approved_date) and contract.approved_date > contract.date_start

    # Actions

    def action_cancel(self):
        """Give up a draft."""
        self._check_state("draft")
        self._void_approval(self.env._("The draft was given up."))
        self._transition("cancelled")
        return True

    def action_terminate(self, reason_code=None, note="", date=None):
        """End a contract early, with its last day in force; one that has not begun by then never comes into force.

        :raises UserError: for an unknown reason, or a day that is still to come; opens a dialog when called without a
        reason
        """
        self._check_state("active", "expired")
        if not reason_code:
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_terminate", "contract_end", self.env._("End the Contract")
            )
        reason = self.env["legal.aid.reason"]._get_coded("contract_end", reason_code)
        self._end_early(reason, note, self.env["legal.aid.volunteer"]._get_past_date(date))
        return True

    def action_renew(self):
        """Draft the contract of the next year. There is no automatic renewal (T2).

        :raises UserError: with every reason why one of them cannot be renewed
        """
        self._raise_reasons(self._get_cannot_renew_reason())
        renewals = self.create([contract._prepare_renewal() for contract in self])
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Renewals"),
            "res_model": self._name,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", renewals.ids)],
        }
        if len(renewals) == 1:
            action.update({"views": [(False, "form")], "res_id": renewals.id})
        return action

    # Business

    def _get_cannot_request_approval_reason(self):
        reasons = super()._get_cannot_request_approval_reason()
        appointing = self._get_cannot_appoint_reason()
        return {contract: reasons[contract] or appointing[contract] for contract in self}

    def _get_cannot_appoint_reason(self):
        """``{contract: reason or False}``: what stands against the appointment; asked again when the last approver
        signs.
        """
        writable = self._filtered_access("write")
        recommended = self.volunteer_id._get_not_recommended_reasons()
        reasons = {}
        for contract in self:
            reasons[contract] = False
            if contract not in writable:
                reasons[contract] = self.env._(
                    "%(contract)s belongs to the city: only the officers of %(city)s ask for its approval.",
                    contract=contract.display_name,
                    city=contract.organization_id.name,
                )
            elif not contract.sudo().organization_id.appointment_prefix:
                reasons[contract] = self.env._(
                    "%(city)s has no numbering for appointments. Ask an administrator to enter its prefix of"
                    " appointments.",
                    city=contract.organization_id.name,
                )
            elif contract.kind == "individual":
                refused, missing = recommended[contract.volunteer_id]
                needs_papers = contract.policy_id.sudo().recommendation_required
                reasons[contract] = contract._get_lawyer_reason() or refused or (needs_papers and missing)
        return reasons

    def _get_lawyer_reason(self):
        self.ensure_one()
        lawyer = self.volunteer_id
        if lawyer.kind != "lawyer":
            return self.env._(
                "%(name)s is not a team lawyer: lawyers of a contracted firm and staff get no appointment of their"
                " own.",
                name=lawyer.name,
            )
        if not lawyer.license_number:
            return self.env._("The licence number of %(name)s is missing. Enter it from the licence.", name=lawyer.name)
        if lawyer.license_valid_until and lawyer.license_valid_until < self.date_start:
            return self.env._(
                "The licence of %(name)s is valid until %(until)s only, but %(contract)s begins on %(start)s. Enter"
                " the renewed licence first.",
                name=lawyer.name,
                contract=self.display_name,
                until=fields.Date.to_string(lawyer.license_valid_until),
                start=fields.Date.to_string(self.date_start),
            )
        if not lawyer.practises_in_city:
            return self.env._("%(name)s does not practise in this city and cannot be appointed.", name=lawyer.name)
        return False

    def _get_approval_facts(self):
        return {**super()._get_approval_facts(), "duties": [[duty.kind, duty.target] for duty in self.sudo().duty_ids]}

    def _on_approved(self):
        """Appoint all of them at once; the number of statements does not grow with the number of lawyers."""
        self._raise_reasons(self._get_cannot_appoint_reason())
        today = legal_today(self)
        self._transition("active", {"approved_date": today})
        self._draw_numbers()
        self._name_lawyers_in_service()
        for date_start, contracts in self.grouped("date_start").items():
            contracts.volunteer_id._join(date_start)
        self._on_activated()
        self._expire(today)

    def _draw_numbers(self):
        """The numbers of the letters, in the order in which the contracts were drafted, year by year."""
        by_series = self.sorted("id").grouped(lambda contract: (contract.organization_id, contract.date_start.year))
        for (union, _year), contracts in by_series.items():
            numbers = union._next_appointment_numbers(contracts[0].date_start, len(contracts))
            for contract, number in zip(contracts, numbers, strict=True):
                contract._workflow_write({"number": number})

    def _on_activated(self):
        """What else begins with a contract; later rooms extend this. Runs with the rights of the system."""

    def _end_early(self, reason, note, date):
        """Runs under the rights of whoever decides; ``date`` is the last day in force."""
        vals = {
            "termination_reason_id": reason.id,
            "termination_note": note,
            "terminated_by_id": self.env.uid,
        }
        over = self.filtered(lambda contract: contract.state == "expired" and contract.date_end <= date)
        if over:
            raise UserError(
                self.env._(
                    "The last day of these contracts is over, they cannot end early on %(date)s: %(contracts)s.",
                    date=fields.Date.to_string(date),
                    contracts=join_names(self.env, over.mapped("display_name")),
                )
            )
        unbegun = self.filtered(lambda contract: contract.date_start > date)
        unbegun._transition("cancelled", vals)
        for contract in self - unbegun:
            contract._transition("terminated", {**vals, "date_terminated": min(date, contract.date_end)})

    def _get_cannot_renew_reason(self):
        """``{contract: reason or False}``; the conduct room adds that renewal follows from an assessment."""
        renewals = self.search([("renewal_of_id", "in", self.ids), ("state", "!=", "cancelled")]).grouped(
            "renewal_of_id"
        )
        reasons = {}
        for contract in self:
            reasons[contract] = False
            if contract.state not in ("active", "expired"):
                reasons[contract] = self.env._(
                    "%(contract)s is in state “%(state)s”: only a contract in force or expired can be renewed.",
                    contract=contract.display_name,
                    state=contract._get_state_label(contract.state),
                )
            elif contract in renewals:
                reasons[contract] = self.env._(
                    "%(contract)s was renewed already, by %(renewal)s.",
                    contract=contract.display_name,
                    renewal=renewals[contract].display_name,
                )
        return reasons

    def _prepare_renewal(self):
        self.ensure_one()
        return {
            "kind": self.kind,
            "volunteer_id": self.volunteer_id.id,
            "law_firm_id": self.volunteer_id.law_firm_id.id or self.law_firm_id.id,
            "organization_id": self.organization_id.id,
            "date_start": fields.Date.add(self.date_end, days=1),
            "renewal_of_id": self.id,
            "named_lawyer_ids": self._prepare_named_lawyers(),
            "duty_ids": [
                fields.Command.create({"kind": duty.kind, "name": duty.name, "target": duty.target})
                for duty in self.duty_ids
            ],
        }

    def _record_history(self, numbers):
        """Put drafts into force that were approved on paper (X1): only the import calls this, and the mark stays for good."""
        self._check_state("draft")
        today = legal_today(self)
        for contract, number in zip(self, numbers, strict=True):
            if number:
                contract._workflow_write({"number": number})
        # What is checked of a state is checked once for all that begin on a day.
        for date_start, contracts in self.grouped("date_start").items():
            contracts._transition("active", {"approved_date": date_start, "is_imported": True})
        running = self.filtered(lambda contract: contract.date_end >= today)
        for date_start, contracts in running.grouped("date_start").items():
            contracts.volunteer_id._join(date_start)
        self._on_activated()
        self._expire(today)

    def _expire(self, today):
        self.filtered(lambda contract: contract.state == "active" and contract.date_end < today)._transition("expired")

    # Mail & cron

    @api.model
    def _cron_expire(self):
        """Contracts whose last day is over. The member stays on the roster, but gets no new cases without a
        contract.
        """
        today = legal_today(self)
        domain = [("state", "=", "active"), ("date_end", "<", today)]
        while contracts := self.search(domain, limit=CRON_BATCH).try_lock_for_update():
            contracts._expire(today)
            self.env["ir.cron"]._commit_progress(len(contracts), remaining=self.search_count(domain))
