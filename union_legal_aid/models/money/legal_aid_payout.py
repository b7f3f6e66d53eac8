from odoo import api, fields, models
from odoo.exceptions import LockError, ValidationError
from odoo.fields import Domain

from ...tools import money
from ..organization.legal_day import legal_today


class LegalAidPayout(models.Model):
    """One payment of one payer to several lawyers: yearly subsidies (M1), or the approved fees of cases (M2).

    ==========  ==================  ======================================================================================
    State       becomes             by
    ==========  ==================  ======================================================================================
    draft       computed            ``action_compute``: officer or finance of the payer; rehearsal, as often as needed
    computed    approved            approval of the frozen list: subsidies by the city's leader, fees by the payer's
    approved    paid                finance: ``action_post`` into the books; without books here ``action_confirm_paid``
    paid        posted              the ledger: a payment is open again, for example returned by the bank
    posted      paid                the ledger: the last open payment is made
    paid        reversed            ``action_reverse``: finance; the fees wait for another payout
    draft, computed, approved       ``action_cancel``: officer or finance of the payer
    ==========  ==================  ======================================================================================

    That nobody is paid twice is held by the database: partial unique indexes on the live lines.
    """

    _name = "legal.aid.payout"
    _description = "Payout"
    _inherit = [
        "legal.aid.payout.rehearsal.mixin",
        "legal.aid.payout.budget.mixin",
        "legal.aid.payout.tax.mixin",
        "legal.aid.payout.payment.mixin",
        "legal.aid.payout.return.mixin",
        "legal.aid.payout.ledger.mixin",
        "legal.aid.approval.mixin",
    ]
    _order = "date desc, id desc"
    _rec_names_search = ["name"]

    _workflow_transitions = {
        "draft": ("computed", "cancelled"),
        "computed": ("approved", "cancelled"),
        "approved": ("paid", "cancelled"),
        "posted": ("paid", "reversed"),
        "paid": ("posted", "reversed"),
    }
    _workflow_fields = frozenset(
        {
            "name",
            "state",
            "approval_state",
            "approval_request_id",
            "company_id",
            "line_ids",
            "line_count",
            "excluded_count",
            "amount_total",
            "amount_tax",
            "amount_net",
            "tax_treatment",
            "approved_date",
            "bank_file",
            "bank_file_name",
            "bank_file_date",
            "bank_file_user_id",
            "bank_batch_count",
            "bank_return_ids",
            "budget_override_by_id",
            "budget_override_date",
            "budget_override_amount",
            "budget_override_reason_id",
            "budget_override_note",
            "run_ids",
            "move_id",
            "bank_move_id",
            "move_ids",
            "paid_by_id",
            "evidence_ids",
            "reversed_date",
            "reversed_by_id",
            "reverse_reason_id",
            "reverse_note",
        }
    )
    _workflow_initial = {"state": "draft", "approval_state": "none", "name": "/", "tax_treatment": "unset"}
    _workflow_facts = {
        **dict.fromkeys(("kind", "organization_id", "service_year", "currency_id"), ("draft",)),
        "date": ("draft", "computed", "approved"),
        "note": ("draft", "computed"),
        "bank_format_id": ("draft", "computed", "approved", "posted"),
    }
    _approval_from = ("computed",)
    _approval_facts = ("kind", "organization_id", "service_year", "amount_total", "line_count")

    name = fields.Char(string="Number", default="/", required=True, readonly=True, copy=False, index="trigram")
    kind = fields.Selection(
        selection=[("subsidy", "Yearly subsidy"), ("expense", "Case fees")],
        required=True,
        default="expense",
    )
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Payer",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.user.union_organization_ids[:1],
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        string="Books",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        ondelete="restrict",
        index="btree_not_null",
        help="The books of the payer. Empty: the payer keeps its books elsewhere, and payments are confirmed with evidence.",
    )
    service_year = fields.Integer(
        compute="_compute_service_year",
        store=True,
        precompute=True,
        readonly=False,
        aggregator=False,
        help="The year in which the lawyers' contracts began.",
    )
    date = fields.Date(
        string="Payment Date",
        required=True,
        default=legal_today,
        help="Planned; after paying, the real one.",
    )
    note = fields.Text()
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.ref("base.CNY"),
        ondelete="restrict",
    )
    line_ids = fields.One2many(
        comodel_name="legal.aid.payout.line", inverse_name="payout_id", string="List", copy=False
    )
    amount_total = fields.Monetary(string="Total", compute="_compute_amounts", store=True)
    amount_tax = fields.Monetary(string="Tax Withheld", compute="_compute_amounts", store=True)
    amount_net = fields.Monetary(string="Paid Out", compute="_compute_amounts", store=True)
    line_count = fields.Integer(string="Payments", compute="_compute_amounts", store=True)
    excluded_count = fields.Integer(string="Left Out", compute="_compute_amounts", store=True)
    amount_total_capitals = fields.Char(string="Total in Words", compute="_compute_amount_capitals")
    amount_net_capitals = fields.Char(string="Paid Out in Words", compute="_compute_amount_capitals")
    budget_override_amount = fields.Monetary(
        string="Overridden Up To", readonly=True, copy=False, help="The total of the list that was looked at then."
    )
    approved_date = fields.Date(string="Approved On", readonly=True, copy=False)
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("computed", "Computed"),
            ("approved", "Approved"),
            ("posted", "Partly Paid"),
            ("paid", "Paid"),
            ("reversed", "Reversed"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    is_editable = fields.Boolean(compute="_compute_rights")
    can_compute = fields.Boolean(compute="_compute_rights")
    can_request_approval = fields.Boolean(compute="_compute_rights")
    can_cancel = fields.Boolean(compute="_compute_rights")
    can_choose_tax = fields.Boolean(compute="_compute_rights")
    can_export = fields.Boolean(compute="_compute_rights")
    can_import_return = fields.Boolean(compute="_compute_rights")
    can_post = fields.Boolean(compute="_compute_rights")
    can_confirm = fields.Boolean(compute="_compute_rights")
    can_reverse = fields.Boolean(compute="_compute_rights")

    _service_year = models.Constraint(
        "CHECK(kind != 'subsidy' OR service_year BETWEEN 2000 AND 2100)",
        "A payout of subsidies is for one service year. Enter it with four digits.",
    )
    _name_unique = models.UniqueIndex("(name) WHERE name != '/'", "Another payout has this number already. Try again.")

    # Compute

    @api.depends("organization_id")
    def _compute_company_id(self):
        for payout in self:
            payout.company_id = payout.organization_id.company_id

    @api.depends("kind")
    def _compute_service_year(self):
        for payout in self:
            this_year = legal_today(payout).year
            payout.service_year = (payout.service_year or this_year) if payout.kind == "subsidy" else 0

    @api.depends("line_ids.included", "line_ids.amount", "line_ids.tax_amount")
    def _compute_amounts(self):
        for payout in self:
            included = payout.line_ids.filtered("included")
            payout.amount_total = sum(money.cents(line.amount) for line in included)
            payout.amount_tax = sum(money.cents(line.tax_amount) for line in included)
            payout.amount_net = money.cents(payout.amount_total) - money.cents(payout.amount_tax)
            payout.line_count = len(included)
            payout.excluded_count = len(payout.line_ids) - len(included)

    @api.depends("amount_total", "amount_net", "currency_id")
    @api.depends_context("lang")
    def _compute_amount_capitals(self):
        for payout in self:
            payout.amount_total_capitals = payout.currency_id.amount_to_text(payout.amount_total)
            payout.amount_net_capitals = payout.currency_id.amount_to_text(payout.amount_net)

    @api.depends("name", "kind", "service_year")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for payout in self:
            payout.display_name = payout.name if payout.name != "/" else kinds.get(payout.kind, "")

    @api.depends("state", "approval_state", "company_id", "tax_treatment", "line_count")
    @api.depends_context("uid")
    def _compute_rights(self):
        """Which buttons this user finds; the buttons ask the same questions again."""
        writable = self._origin._filtered_access("write")
        finance = self.env.user.has_group("union_legal_aid.group_finance")
        for payout in self:
            mine = not payout._origin or payout._origin in writable
            state, kept = payout.state, bool(payout.company_id)
            payout.is_editable = mine and state == "draft"
            payout.can_compute = mine and state in ("draft", "computed")
            payout.can_request_approval = (
                mine and state == "computed" and payout.approval_state != "pending" and payout.line_count > 0
            )
            payout.can_cancel = bool(payout._origin) and mine and state in ("draft", "computed", "approved")
            payout.can_choose_tax = (
                mine
                and finance
                and state in ("computed", "approved")
                and (payout.kind == "expense" or payout.tax_treatment == "unset")
            )
            payout.can_export = mine and finance and state in ("approved", "posted")
            payout.can_import_return = mine and finance and state in ("posted", "paid")
            payout.can_post = mine and finance and kept and state in ("approved", "posted")
            payout.can_confirm = mine and not kept and state in ("approved", "posted")
            payout.can_reverse = mine and finance and state in ("posted", "paid")

    # Constraints

    @api.constrains("kind", "organization_id")
    def _check_payer(self):
        for payout in self.filtered(lambda payout: payout.kind == "subsidy"):
            city = payout.organization_id._get_city()
            if payout.organization_id != city:
                raise ValidationError(
                    self.env._(
                        "The yearly subsidy is paid by the city union, here %(city)s, not by %(payer)s. Choose the city as the payer.",
                        city=city.name,
                        payer=payout.organization_id.name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        payouts = super().create(vals_list)
        for payout in payouts:
            # Officers draw numbers; only administrators may look after the numbering itself.
            sequences_sudo = self.env["ir.sequence"].sudo()
            number = sequences_sudo.next_by_code("legal.aid.payout", sequence_date=payout.date)
            payout._workflow_write({"name": number})
        return payouts

    # Actions

    def action_compute(self):
        """Work out the list: who gets how much, who does not and why (M4). May be repeated until the list is approved.

        :raises UserError: when no policy is in force, or there is nothing to pay; nothing is changed then
        """
        self.check_access("write")
        self._check_state("draft", "computed")
        for payout in self:
            payout._lock()
            payout._void_approval(self.env._("The list was computed again."))
            payout._compute_list()
        return True

    def action_cancel(self, note=""):
        """Give up a payout of which nothing was paid; an approved one needs a note. Its lawyers and fees wait for another."""
        self.check_access("write")
        self._check_state("draft", "computed", "approved")
        if not note.strip() and "approved" in self.mapped("state"):
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_cancel", False, self.env._("Cancel the Payout")
            )
        self._void_approval(self.env._("The payout was given up."))
        self._transition("cancelled")
        self._sync_expenses()
        for payout in self.filtered(lambda payout: note):
            payout._message_log(body=self.env._("Cancelled: %(note)s", note=note))
        return True

    def action_open_lines(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("union_legal_aid.legal_aid_payout_line_action")
        return {**action, "domain": [("payout_id", "=", self.id)], "context": {"search_default_group_included": 1}}

    # Business

    def _get_approval_facts(self):
        lines = [
            [line.volunteer_id.id, line.contract_id.id, line.allocation_id.id, line.included, line.amount]
            for line in self.sudo().line_ids.sorted("id")
        ]
        return {**super()._get_approval_facts(), "lines": lines}

    def _get_cannot_request_approval_reason(self):
        reasons = super()._get_cannot_request_approval_reason()
        writable = self._filtered_access("write")
        for payout in self.filtered(lambda payout: not reasons[payout]):
            if payout not in writable:
                reasons[payout] = self.env._(
                    "%(payout)s is paid by %(payer)s: its officers and its finance hand it in.",
                    payout=payout.name,
                    payer=payout.organization_id.name,
                )
            else:
                reasons[payout] = payout._get_list_reason()
        return reasons

    def _get_list_reason(self):
        """Why the list cannot be approved, or False."""
        self.ensure_one()
        lines_sudo = self.sudo().line_ids  # accounts are checked for everybody, shown to few
        missing = lines_sudo.filtered(lambda line: line.included and not line.bank_account_number)
        if missing:
            return self._explain_missing_account(missing.volunteer_id)
        if self._get_no_payment_reason():
            return self._get_no_payment_reason()
        if not lines_sudo.filtered("included"):
            reasons = "\n".join(lines_sudo.filtered("exclusion_reason").mapped("exclusion_reason"))
            return (
                self.env._("Nobody is paid by %(payout)s, so there is nothing to approve.", payout=self.name)
                + "\n"
                + reasons
            )
        return self._get_budget_reason(self.date)

    def _on_approved(self):
        for payout in self:
            self._raise_reasons({payout: payout._get_list_reason()})
            payout._draw_on_budget(payout.date)
        self._transition("approved", {"approved_date": legal_today(self)})

    def _lock(self):
        """Two people at the same moment: the first one does, the other is told.

        :raises LockError: while somebody else works on the payout
        """
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise LockError(
                self.env._(
                    "Somebody else is working on %(record)s at this moment. Reload the page to see the result.",
                    record=self.display_name,
                )
            ) from error

    def _check_finance(self):
        """Refuse anybody who is not finance of the payer."""
        if not (self.env.su or self.env.user.has_group("union_legal_aid.group_finance")):
            self._raise_not_finance()
        self.check_access("write")

    @api.model
    def _domain_of_month(self, date):
        first = fields.Date.start_of(date, "month")
        return Domain("date", ">=", first) & Domain("date", "<", fields.Date.add(first, months=1))
