from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.union_legal_aid.tools import money

from .legal_aid_fee_rate import CATEGORIES, KEYS, REGION_CLASSES, STAGES

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
    _inherit = ["legal.aid.expense.approval.mixin", "legal.aid.expense.share.mixin"]
    _order = "id desc"
    _rec_names_search = ["name", "case_number"]

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
            "allocation_ids",
            "amount_claimed",
            "amount_allowed",
            *COPIES,
        }
    )
    _workflow_initial = {"state": "draft", "approval_state": "none", "name": "/"}
    _workflow_facts = dict.fromkeys(("case_id", "currency_id", "line_ids", *KEYS), ("draft",))

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
        comodel_name="legal.aid.matter", compute="_compute_case_copies", store=True, precompute=True, ondelete="restrict"
    )
    service_form = fields.Selection(selection="_get_service_forms", compute="_compute_case_copies", store=True, precompute=True)
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
    stage = fields.Selection(selection=STAGES)
    category = fields.Selection(selection=CATEGORIES)
    region_class = fields.Selection(selection=REGION_CLASSES, string="Place of the Case")
    schedule_id = fields.Many2one(
        comodel_name="legal.aid.fee.schedule",
        string="Fee Schedule",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="The schedule in force on the day the aid was granted.",
    )
    compute_note = fields.Text(string="How It Was Computed", readonly=True, copy=False)
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.ref("base.CNY"),
        ondelete="restrict",
    )
    line_ids = fields.One2many(comodel_name="legal.aid.expense.line", inverse_name="expense_id", string="Items", copy=False)
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
    is_editable = fields.Boolean(compute="_compute_is_editable")

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
    def _compute_display_name(self):
        for expense in self:
            number = expense.name if expense.name != "/" else self.env._("New fee")
            expense.display_name = f"{number} ({expense.case_number})" if expense.case_number else number

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_is_editable(self):
        writable = self._origin._filtered_access("write")
        for expense in self:
            expense.is_editable = expense.state == "draft" and (not expense._origin or expense._origin in writable)

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
                self.env._("%(expense)s was re-examined once already. The decision stands.", expense=expense.display_name)
            )
        if not note.strip():
            return self.env["legal.aid.reason.dialog"]._open(self, "action_reexamine", False, self.env._("Re-examine"))
        self._transition("draft", {"is_reexamined": True, "reexamine_note": note, "approval_state": "none"})
        return True

    def action_cancel(self, note=""):
        """Give up a fee that stands on no payout; the case can then get another one. An approved one needs a note."""
        self.check_access("write")
        self._check_state("draft", "approved")
        if not note.strip() and "approved" in self.mapped("state"):
            return self.env["legal.aid.reason.dialog"]._open(self, "action_cancel", False, self.env._("Cancel the Fee"))
        self._transition("cancelled")
        for expense in self.filtered(lambda expense: note):
            expense._message_log(body=self.env._("Cancelled: %(note)s", note=note))
        return True

    # Business

    def _get_form_action(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _prepare_case_copies(self):
        self.ensure_one()
        # What is copied is what payers may know of a case that they may not open.
        case_sudo = self.case_id.sudo()
        return {
            "case_number": case_sudo.name,
            "matter_id": case_sudo.matter_id.id,
            "service_form": case_sudo.service_form,
            "headcount": case_sudo.headcount,
            "volunteer_id": case_sudo.volunteer_id.id,
            "organization_id": case_sudo.organization_id.id,
            "payer_organization_id": case_sudo.organization_id._get_case_payer().id,
            "granted_date": case_sudo.granted_date,
            "archived_date": case_sudo.archived_date,
        }

    def _get_rate_date(self):
        self.ensure_one()
        granted_date = self.case_id.sudo().granted_date
        if not granted_date:
            raise UserError(
                self.env._(
                    "Case %(case)s has no date of the grant, so no fee schedule can be chosen. Complete the case first.",
                    case=self.case_number,
                )
            )
        return granted_date

    def _get_case_reasons(self):
        """``{expense: why its case gets no fee, or False}``."""
        reasons = {}
        for expense in self:
            case_sudo = expense.case_id.sudo()  # the state of a case is no secret from its own union
            reasons[expense] = False
            if case_sudo.state != "archived":
                reasons[expense] = self.env._(
                    "Case %(case)s is in state “%(state)s”. A fee is paid only for an archived case: archive its file first.",
                    case=case_sudo.name,
                    state=case_sudo._get_state_label(case_sudo.state),
                )
            elif not case_sudo.volunteer_id:
                reasons[expense] = self.env._(
                    "Case %(case)s has no lawyer, so there is nobody to pay a fee to.", case=case_sudo.name
                )
        return reasons

    def _is_paid_for_labour(self):
        """Public servants and the institution's own staff get direct costs only (F§2)."""
        self.ensure_one()
        lawyer_sudo = self.volunteer_id.sudo()  # the lawyer of a neighbouring county may be unreadable here
        return not (lawyer_sudo.is_public_servant or lawyer_sudo.kind == "staff")

    def _compute_lump_line(self):
        self.ensure_one()
        lump = self.line_ids.filtered(lambda line: line.kind == "lump")._workflow_env()
        if not self._is_paid_for_labour():
            lump.unlink()
            self._workflow_write(
                {"compute_note": self.env._("The lawyer is a public servant or staff: direct costs only, no fee for labour.")}
            )
            return
        rate = self._get_rate()
        if lump and lump.rate_id == rate and lump.amount_claimed == rate.amount:
            return
        vals = {"rate_id": rate.id, "amount_claimed": rate.amount, "amount_allowed": rate.amount, "reason_code": False}
        if lump:
            lump.write(vals)
        else:
            lump.create({**vals, "expense_id": self.id, "kind": "lump", "name": rate.display_name})
        self._workflow_write(
            {
                "compute_note": self.env._(
                    "%(schedule)s (%(document)s), in force on %(date)s: %(rate)s.",
                    schedule=self.schedule_id.sudo().name,
                    document=self.schedule_id.sudo().source_document,
                    date=fields.Date.to_string(self.granted_date),
                    rate=rate.display_name,
                )
            }
        )

    def _get_rate(self):
        """The rate for this case; :raises UserError: when none fits, naming case, form and schedule."""
        self.ensure_one()
        # A superior's schedule may be unreadable for a user who is bound elsewhere; its rates hold for him all the same.
        schedule_sudo = self.schedule_id.sudo()
        rate = schedule_sudo.rate_ids._match(self.service_form, {name: self[name] for name in KEYS})
        if not rate:
            forms = dict(self._get_service_forms())
            raise UserError(
                self.env._(
                    "Fee schedule %(schedule)s has no rate that fits case %(case)s (%(form)s). Choose stage, category and place"
                    " of the case if rates depend on them, or have the rate entered under Configuration > Fee Schedules.",
                    schedule=schedule_sudo.name,
                    case=self.case_number,
                    form=forms.get(self.service_form, self.env._("no form of service")),
                )
            )
        return rate.sudo(False)

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
