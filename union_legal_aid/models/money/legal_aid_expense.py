from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools import money
from .legal_aid_expense_rate_mixin import SERVICE_FACTS
from .legal_aid_fee_rate import KEYS

# Copied from the case: finance and other payers read these, never the case.
COPIES = (
    "case_number",
    "matter_id",
    "service_form",
    "headcount",
    "volunteer_id",
    "organization_id",
    "payer_organization_id",
    "granted_date",
    "archived_date",
    "quality_grade",
)


class LegalAidExpense(models.Model):
    """The fee of one archived case (M2, M3, M10): claimed, allowed, and divided among the unions that pay it.

    ===============  ====================  ===================================================================
    State            becomes               by
    ===============  ====================  ===================================================================
    draft            submitted, cancelled  ``action_submit``, ``action_cancel``: officer of the union in charge
    submitted        approved, draft       approval by the payer's people; rejection or change
    approved         in_payout             a payout of one of the payers
                     draft, cancelled      ``action_reexamine`` (once), ``action_cancel``: officer
    in_payout        paid, approved        the ledger (or the confirmation); a payout cancelled or reversed
    paid             in_payout, approved   a payment returned by the bank; a payout reversed
    ===============  ====================  ===================================================================

    It names no worker: case number, matter, heads, lawyer and amounts are all that a payer sees.
    """

    _name = "legal.aid.expense"
    _description = "Case Fee"
    _inherit = [
        "legal.aid.editable.mixin",
        "legal.aid.link.mixin",
        "legal.aid.expense.rate.mixin",
        "legal.aid.expense.share.mixin",
        "legal.aid.expense.approval.mixin",
    ]
    _order = "id desc"
    _rec_names_search = ["name", "case_number"]
    _editable_states = ("draft",)

    _checked_links = ("case_id",)

    _workflow_transitions = {
        "draft": ("submitted", "cancelled"),
        "submitted": ("approved", "draft"),
        "approved": ("in_payout", "draft", "cancelled"),
        "in_payout": ("paid", "approved"),
        "paid": ("in_payout", "approved"),
    }
    _workflow_fields = frozenset(
        {
            "name",
            "state",
            "approval_state",
            "approval_request_id",
            "schedule_id",
            "compute_note",
            "approved_date",
            "is_reexamined",
            "reexamine_note",
            "return_note",
            "allocation_ids",
            "amount_claimed",
            "amount_allowed",
            *COPIES,
        }
    )
    _workflow_initial = {"state": "draft", "approval_state": "none", "name": "/"}
    _workflow_facts = {"case_id": (), **dict.fromkeys(("currency_id", "line_ids", *KEYS, *SERVICE_FACTS), ("draft",))}

    name = fields.Char(string="Number", default="/", required=True, readonly=True, copy=False, index="trigram")
    case_id = fields.Many2one(
        comodel_name="legal.aid.case",
        required=True,
        ondelete="restrict",
        index=True,
        copy=False,
        domain=[("state", "=", "archived")],
    )
    case_number = fields.Char(compute="_compute_case_copies", store=True, precompute=True, index="trigram")
    matter_id = fields.Many2one(
        comodel_name="legal.aid.matter",
        compute="_compute_case_copies",
        store=True,
        precompute=True,
        ondelete="restrict",
    )
    service_form = fields.Selection(
        selection="_get_service_forms", compute="_compute_case_copies", store=True, precompute=True
    )
    headcount = fields.Integer(string="Workers", compute="_compute_case_copies", store=True, precompute=True)
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Lawyer",
        compute="_compute_case_copies",
        store=True,
        precompute=True,
        ondelete="restrict",
        index=True,
    )
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union in Charge",
        compute="_compute_case_copies",
        store=True,
        precompute=True,
        ondelete="restrict",
        index=True,
    )
    payer_organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Payer",
        compute="_compute_case_copies",
        store=True,
        precompute=True,
        ondelete="restrict",
        index=True,
        help="The union that bears the case fees of the union in charge; its leader approves.",
    )
    granted_date = fields.Date(compute="_compute_case_copies", store=True, precompute=True)
    archived_date = fields.Date(compute="_compute_case_copies", store=True, precompute=True)
    line_ids = fields.One2many(
        comodel_name="legal.aid.expense.line", inverse_name="expense_id", string="Items", copy=False
    )
    amount_claimed = fields.Monetary(string="Claimed", compute="_compute_amounts", store=True)
    amount_allowed = fields.Monetary(string="Allowed", compute="_compute_amounts", store=True)
    amount_capitals = fields.Char(string="Amount in Words", compute="_compute_amount_capitals")
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("in_payout", "On a Payout"),
            ("paid", "Paid"),
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
    pay_by_date = fields.Date(
        string="Pay By", compute="_compute_pay_by_date", help="The last day of the clock of payment."
    )

    _one_live_per_case = models.UniqueIndex(
        "(case_id) WHERE state != 'cancelled'",
        "This case has a fee already. Open that one; a second one would be paid twice.",
    )
    _name_unique = models.UniqueIndex("(name) WHERE name != '/'", "Another fee has this number already. Try again.")

    # Compute

    @api.model
    def _get_service_forms(self):
        return self.env["legal.aid.case"]._fields["service_form"]._description_selection(self.env)

    @api.depends("case_id")
    def _compute_case_copies(self):
        for expense in self:
            expense.update(expense._prepare_case_copies() if expense.case_id else dict.fromkeys(COPIES, False))

    @api.depends("line_ids.amount_claimed", "line_ids.amount_allowed")
    def _compute_amounts(self):
        for expense in self:
            expense.amount_claimed = sum(money.cents(line.amount_claimed) for line in expense.line_ids)
            expense.amount_allowed = sum(money.cents(line.amount_allowed) for line in expense.line_ids)

    @api.depends("amount_allowed", "currency_id")
    @api.depends_context("lang")
    def _compute_amount_capitals(self):
        for expense in self:
            expense.amount_capitals = expense.currency_id.amount_to_text(expense.amount_allowed)

    @api.depends("name", "case_number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for expense in self:
            number = expense.name if expense.name != "/" else self.env._("New fee")
            expense.display_name = f"{number} ({expense.case_number})" if expense.case_number else number

    @api.depends("case_id.deadline_ids.date_due")
    def _compute_pay_by_date(self):
        # Who pays has to know until when, though he may not open the case.
        clocks = self.sudo().case_id._get_running_deadlines("pay").grouped("res_id")
        for expense in self:
            expense.pay_by_date = clocks[expense.case_id.id].date_due if expense.case_id.id in clocks else False

    # Constraints

    @api.constrains("case_id")
    def _check_case(self):
        reasons = self._get_case_reasons()
        found = [reason for reason in reasons.values() if reason]
        if found:
            raise ValidationError("\n".join(found))

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        self.flush_model(["state"])  # one live fee per case: the database has to know what was cancelled
        expenses = super().create(vals_list)
        for expense in expenses:
            # Officers draw numbers; only administrators may look after the numbering itself.
            number = self.env["ir.sequence"].sudo().next_by_code("legal.aid.expense")
            expense._workflow_write({"name": number})
        expenses._sync_pay_clock()
        return expenses

    # Actions

    def action_compute(self):
        """Take the rate of the schedule in force on the day of the grant, and divide the fee among its payers.

        Direct costs that were entered stay. Public servants and the union's own staff get direct costs only (F§2).

        :raises UserError: when no schedule is in force, or no rate fits
        """
        self.check_access("write")
        self._check_state("draft")
        self._raise_reasons(self._get_case_reasons())
        for expense in self:
            schedule = self.env["legal.aid.fee.schedule"]._get(expense.organization_id, expense._get_rate_date())
            # Copies are taken anew: a reopened case may have got another lawyer.
            expense._workflow_write({**expense._prepare_case_copies(), "schedule_id": schedule.id})
            expense._compute_lump_line()
            expense._allocate()
        return True

    def action_submit(self):
        """Hand the fee in for approval; from now on it is frozen."""
        return self.action_request_approval()

    def action_reexamine(self, note=""):
        """Take an approved fee back for its one re-examination (M10); opens a dialog when called without a note.

        :raises UserError: when it stands on a payout, or was re-examined before
        """
        self.check_access("write")
        self._check_state("approved")
        for expense in self.filtered("is_reexamined"):
            raise UserError(
                self.env._(
                    "%(expense)s was re-examined once already. The decision stands.", expense=expense.display_name
                )
            )
        if not note.strip():
            return self.env["legal.aid.reason.dialog"]._open(self, "action_reexamine", False, self.env._("Re-examine"))
        self._transition("draft", {"is_reexamined": True, "reexamine_note": note, "approval_state": "none"})
        return True

    def action_cancel(self, note=""):
        """Give up a fee that stands on no payout; the case can then get another one. An approved one needs a note."""
        self.check_access("write")
        self._check_state("draft", "submitted", "approved")
        if not note.strip() and "approved" in self.mapped("state"):
            return self.env["legal.aid.reason.dialog"]._open(self, "action_cancel", False, self.env._("Cancel the Fee"))
        self._void_approval(self.env._("The fee was given up."))
        self._transition("cancelled")
        self._sync_pay_clock()
        for expense in self.filtered(lambda expense: note):
            expense._message_log(body=self.env._("Cancelled: %(note)s", note=note))
        return True

    # Business

    def _return_for_correction(self, note):
        """A superior gave a payer right who disputes its share (M3): the union in charge corrects case and fee."""
        self._void_approval(self.env._("A dispute of a share was settled: the fee is to be corrected."))
        for expense in self.filtered(lambda expense: expense.state in ("submitted", "approved")):
            expense._transition("draft", {"approval_state": "none", "return_note": note})

    def _sync_pay_clock(self):
        # The clock stands on the case; finance of a payer may not open the case.
        self.sudo().case_id._sync_pay_clock()

    def _get_paid_date(self):
        """The day on which the last share was paid."""
        self.ensure_one()
        lines = self.allocation_ids.payout_line_id.filtered(lambda line: line.state == "paid")
        return max(lines.filtered("paid_date").mapped("paid_date"), default=False)

    def _get_form_action(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    # Mail & cron

    def _sync_state(self):
        """Follow the payout lines: on a payout, paid, or approved again when a payout was given up or reversed."""
        for expense in self.filtered(lambda expense: expense.state in ("approved", "in_payout", "paid")):
            due = expense.allocation_ids.filtered(lambda allocation: money.cents(allocation.amount))
            if due and all(allocation.state == "paid" for allocation in due):
                target = "paid"
            else:
                target = "in_payout" if due.payout_line_id else "approved"
            if target == expense.state:
                continue
            if (expense.state, target) == ("approved", "paid"):
                expense._transition("in_payout")
            expense._transition(target)
            expense._sync_pay_clock()
