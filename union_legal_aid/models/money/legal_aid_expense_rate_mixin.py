from odoo import fields, models
from odoo.exceptions import UserError

from ...tools import money
from .legal_aid_fee_rate import CATEGORIES, KEYS, REGION_CLASSES, STAGES


class LegalAidExpenseRateMixin(models.AbstractModel):
    """What a fee takes from its case, and the rate of the schedule that fits it (M2)."""

    _name = "legal.aid.expense.rate.mixin"
    _description = "Rate of a Case Fee"

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
        }

    def _is_out_of_date(self):
        """Whether case, schedule, stage or place changed since the fee was computed."""
        self.ensure_one()
        copies = {name: self._fields[name].convert_to_write(self[name], self) for name in self._prepare_case_copies()}
        current = {name: value or False for name, value in self._prepare_case_copies().items()}
        lump = self.line_ids.filtered(lambda line: line.kind == "lump")
        rate = self._get_rate() if self._is_paid_for_labour() else lump.rate_id.browse()
        return (
            {name: value or False for name, value in copies.items()} != current
            or lump.rate_id != rate
            or bool(lump and money.cents(lump.amount_claimed) != money.cents(rate.sudo().amount))
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
            elif not case_sudo.volunteer_id:
                reasons[expense] = self.env._(
                    "Case %(case)s has no lawyer, so there is nobody to pay a fee to.", case=case_sudo.name
                )
            else:
                reasons[expense] = case_sudo._get_no_payment_reason()[case_sudo]
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
                {
                    "compute_note": self.env._(
                        "The lawyer is a public servant or staff: direct costs only, no fee for labour."
                    )
                }
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
        self._workflow_write({"compute_note": self._explain_rate(rate)})

    def _explain_rate(self, rate):
        schedule_sudo = self.schedule_id.sudo()  # a superior's schedule may be unreadable here
        return self.env._(
            "%(schedule)s (%(document)s), in force on %(date)s: %(rate)s.",
            schedule=schedule_sudo.name,
            document=schedule_sudo.source_document,
            date=fields.Date.to_string(self.granted_date),
            rate=rate.sudo().display_name,
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
