from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools import money
from ..organization.wording import join_sentences
from .legal_aid_fee_modifier import PERSONAL
from .legal_aid_fee_rate import CATEGORIES, KEYS, REGION_CLASSES, STAGES, UNITS

# What an officer enters of the service, besides the keys of the rate.
SERVICE_FACTS = ("is_complex", "item_count", "quantity", "chosen_amount")
GRADES = [("good", "Good"), ("improve", "To improve"), ("poor", "Poor")]


class LegalAidExpenseRateMixin(models.AbstractModel):
    """What a fee takes from its case, and the rate of the schedule that fits it (M2)."""

    _name = "legal.aid.expense.rate.mixin"
    _description = "Rate of a Case Fee"

    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.ref("base.CNY"),
        ondelete="restrict",
    )
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
    is_complex = fields.Boolean(
        string="Major or Difficult",
        compute="_compute_service_facts",
        store=True,
        precompute=True,
        readonly=False,
        help="The schedule may add to the fee of a major or difficult case (重大疑难复杂).",
    )
    item_count = fields.Integer(
        string="Items of the Group",
        compute="_compute_service_facts",
        store=True,
        precompute=True,
        readonly=False,
        help="Items (件) that were filed; the first is paid in full, each further one as the schedule says.",
    )
    quantity = fields.Float(string="Days or Pieces", digits=(8, 2), default=1, required=True)
    chosen_amount = fields.Monetary(
        string="Chosen Rate", help="Where the schedule gives a range: the yuan within it. Empty: its lower end."
    )
    quality_grade = fields.Selection(
        selection=GRADES,
        string="Quality of the File",
        compute="_compute_case_copies",
        store=True,
        precompute=True,
        help="The conclusion of the latest quality check of the case.",
    )
    rate_unit = fields.Selection(selection=UNITS, string="Rate Per", compute="_compute_rate_facts")
    has_range = fields.Boolean(compute="_compute_rate_facts")
    has_group_rule = fields.Boolean(compute="_compute_rate_facts")
    compute_note = fields.Text(string="How It Was Computed", readonly=True, copy=False)

    # Compute

    @api.depends("case_id")
    def _compute_service_facts(self):
        for expense in self:
            case_sudo = expense.case_id.sudo()  # see _prepare_case_copies
            # What makes a group case dearer is the group rule.
            expense.is_complex = case_sudo.is_major and case_sudo.major_reason_id.code != "group"
            expense.item_count = max(case_sudo.headcount, 1)

    @api.depends("line_ids.rate_id", "schedule_id")
    def _compute_rate_facts(self):
        for expense in self:
            # A superior's schedule may be unreadable for a user who is bound elsewhere.
            rate_sudo = expense.line_ids.rate_id.sudo()[:1]
            expense.rate_unit = rate_sudo.unit
            expense.has_range = bool(rate_sudo.amount_max)
            expense.has_group_rule = expense.schedule_id.sudo().batch_rule not in (False, "none")

    # Constraints

    @api.constrains("item_count", "quantity", "headcount")
    def _check_service_facts(self):
        for expense in self:
            if expense.item_count < 1 or expense.quantity <= 0:
                raise ValidationError(
                    self.env._(
                        "%(expense)s: enter at least one item, and more than no days or pieces.",
                        expense=expense.display_name,
                    )
                )
            if expense.item_count > max(expense.headcount, 1):
                raise ValidationError(
                    self.env._(
                        "%(expense)s has %(items)s items, but case %(case)s helps %(heads)s workers only. Correct the items.",
                        expense=expense.display_name,
                        items=expense.item_count,
                        case=expense.case_number,
                        heads=expense.headcount,
                    )
                )

    # Business

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
            "quality_grade": case_sudo._get_quality_grade(),
        }

    def _is_out_of_date(self):
        """Whether case, schedule, stage or place changed since the fee was computed."""
        self.ensure_one()
        copies = {name: self._fields[name].convert_to_write(self[name], self) for name in self._prepare_case_copies()}
        current = {name: value or False for name, value in self._prepare_case_copies().items()}
        lump = self.line_ids.filtered(lambda line: line.kind == "lump")
        rate, quote = self._get_quote()
        return (
            {name: value or False for name, value in copies.items()} != current
            or lump.rate_id != rate
            or bool(lump and money.cents(lump.amount_claimed) != quote.amount)
        )

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
            elif case_sudo.is_imported:
                reasons[expense] = self.env._(
                    "Case %(case)s ended before this system was used, so its fee was settled then.", case=case_sudo.name
                )
            elif not case_sudo.volunteer_id:
                reasons[expense] = self.env._(
                    "Case %(case)s has no lawyer, so there is nobody to pay a fee to.", case=case_sudo.name
                )
            else:
                reasons[expense] = case_sudo._get_no_payment_reason()[case_sudo]
        return reasons

    def _get_personal_conditions(self):
        lawyer_sudo = self.volunteer_id.sudo()  # the lawyer of a neighbouring county may be unreadable here
        held = {"public_servant": lawyer_sudo.is_public_servant, "staff": lawyer_sudo.kind == "staff"}
        return [kind for kind in PERSONAL if held[kind]]

    def _get_conditions(self):
        """The kinds of additions that apply to this case and its lawyer (F§4)."""
        self.ensure_one()
        conditions = [*self._get_personal_conditions()]
        if self.region_class in ("cross_city", "cross_province"):
            conditions.append(self.region_class)
        if self.is_complex:
            conditions.append("complex")
        if self.quality_grade:
            conditions.append(f"quality_{self.quality_grade}")
        return conditions

    def _is_paid_for_labour(self):
        """Public servants and the institution's own staff get direct costs only (F§2), unless the schedule says otherwise."""
        self.ensure_one()
        schedule_sudo = self.schedule_id.sudo()  # see _get_rate
        personal = self._get_personal_conditions()
        known = schedule_sudo.modifier_ids._pick(personal, self.service_form).mapped("kind")
        return set(personal) <= set(known)

    def _get_quote(self):
        """``(rate, fees.Quote)``; both empty when nothing is due for labour."""
        self.ensure_one()
        if not self._is_paid_for_labour():
            return self.env["legal.aid.fee.rate"], None
        rate = self._get_rate()
        schedule_sudo = self.schedule_id.sudo()  # see _get_rate
        quote = schedule_sudo._quote(
            rate.sudo(), self._get_conditions(), self.quantity, self.item_count, self._get_chosen_amount(rate)
        )
        return (rate, quote) if quote.amount else (rate.browse(), None)

    def _get_chosen_amount(self, rate):
        """The yuan within the range of ``rate``; :raises UserError: when they lie outside it."""
        rate_sudo = rate.sudo()
        chosen = money.cents(self.chosen_amount)
        if not rate_sudo.amount_max or not chosen:
            return 0
        if not money.cents(rate_sudo.amount) <= chosen <= money.cents(rate_sudo.amount_max):
            raise UserError(
                self.env._(
                    "%(expense)s: the standard gives %(least)s to %(most)s yuan for %(rate)s. Choose a rate within it.",
                    expense=self.display_name,
                    least=money.cents(rate_sudo.amount),
                    most=money.cents(rate_sudo.amount_max),
                    rate=rate_sudo.display_name,
                )
            )
        return chosen

    def _compute_lump_line(self):
        self.ensure_one()
        lump = self.line_ids.filtered(lambda line: line.kind == "lump")._workflow_env()
        rate, quote = self._get_quote()
        if not rate:
            lump.unlink()
            self._workflow_write(
                {
                    "compute_note": self.env._(
                        "The lawyer is a public servant or staff: direct costs only, no fee for labour."
                    )
                }
            )
            return
        self._workflow_write({"compute_note": self._explain_rate(rate, quote)})
        if lump and lump.rate_id == rate and money.cents(lump.amount_claimed) == quote.amount:
            return
        vals = {
            "rate_id": rate.id,
            "amount_claimed": quote.amount,
            "amount_allowed": quote.amount,
            "reason_code": False,
        }
        if lump:
            lump.write(vals)
        else:
            lump.create({**vals, "expense_id": self.id, "kind": "lump", "name": rate.display_name})

    def _explain_rate(self, rate, quote):
        schedule_sudo = self.schedule_id.sudo()  # a superior's schedule may be unreadable here
        standard = self.env._(
            "%(schedule)s (%(document)s), in force on %(date)s: %(rate)s.",
            schedule=schedule_sudo.name,
            document=schedule_sudo.source_document,
            date=fields.Date.to_string(self.granted_date),
            rate=rate.sudo().display_name,
        )
        steps = " → ".join(self._explain_step(what, figure, amount) for what, figure, amount in quote.steps)
        return join_sentences(self.env, [standard, steps])

    def _explain_step(self, what, figure, amount):
        """One step of a ``fees.Quote`` in words: what changed, and the yuan so far."""
        values = {"figure": figure, "amount": amount}
        sentences = {
            "rate": lambda: self.env._("rate %(amount)s", **values),
            "quantity": lambda: self.env._("%(figure)s days or pieces: %(amount)s", **values),
            "batch": lambda: self.env._("%(figure)s further items: %(amount)s", **values),
            "batch_cap": lambda: self.env._("at most %(figure)s for a group: %(amount)s", **values),
            "cap": lambda: self.env._("at most %(figure)s for one fee: %(amount)s", **values),
        }
        if what in sentences:
            return sentences[what]()
        kinds = dict(self.env["legal.aid.fee.modifier"]._fields["kind"]._description_selection(self.env))
        return self.env._("%(kind)s (%(figure)s): %(amount)s", kind=kinds[what], **values)

    def _get_rate(self):
        """The rate for this case; :raises UserError: when none fits, naming case, form and schedule."""
        self.ensure_one()
        # A superior's schedule may be unreadable for a user who is bound elsewhere; its rates hold for him all the same.
        schedule_sudo = self.schedule_id.sudo()
        rate = schedule_sudo._find_rate(self.service_form, {name: self[name] for name in KEYS})
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
