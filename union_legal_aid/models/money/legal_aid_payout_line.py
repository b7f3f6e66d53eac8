from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...tools import money
from ..organization.legal_day import legal_today
from ..organization.personal_fields import AUDITOR, FINANCE, OFFICER, Mask, MaskedChar

ACCOUNT_GROUPS = f"{FINANCE},union_legal_aid.group_manager"
DEAD = ("cancelled", "reversed")


class LegalAidPayoutLine(models.Model):
    """One lawyer on a list: with an amount, or left out with the reason. Written by the steps of its payout only.

    Whether it is paid follows from the ledger: its payable line has to be reconciled against an entry that touches money.
    """

    _name = "legal.aid.payout.line"
    _description = "Line of a Payout"
    _inherit = ["legal.aid.computed.row.mixin", "legal.aid.masked.mixin"]
    _order = "payout_id desc, included desc, id"
    _rec_names_search = ["volunteer_id", "case_number"]

    _row_document = "payout_id"
    _unmask_groups = (OFFICER, AUDITOR, FINANCE)

    payout_id = fields.Many2one(comodel_name="legal.aid.payout", required=True, ondelete="cascade", index=True)
    kind = fields.Selection(related="payout_id.kind", store=True, precompute=True)
    service_year = fields.Integer(related="payout_id.service_year", store=True, precompute=True, aggregator=False)
    organization_id = fields.Many2one(
        related="payout_id.organization_id", string="Payer", store=True, precompute=True, index=True
    )
    company_id = fields.Many2one(related="payout_id.company_id", store=True, index="btree_not_null")
    payout_state = fields.Selection(related="payout_id.state", string="State of the Payout", store=True)
    date = fields.Date(related="payout_id.date", store=True)
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer", string="Lawyer", required=True, ondelete="restrict", index=True
    )
    contract_id = fields.Many2one(comodel_name="legal.aid.contract", ondelete="restrict", index="btree_not_null")
    allocation_id = fields.Many2one(
        comodel_name="legal.aid.expense.allocation", string="Share", ondelete="restrict", index="btree_not_null"
    )
    case_number = fields.Char(related="allocation_id.case_number", string="Case Number", store=True)
    explanation = fields.Text(related="allocation_id.explanation", string="Why This Payer")
    currency_id = fields.Many2one(related="payout_id.currency_id")
    amount = fields.Monetary()
    labour_amount = fields.Monetary(string="Pay for Labour", help="The part that can be taxable; direct costs are not.")
    tax_amount = fields.Monetary(string="Tax Withheld")
    amount_net = fields.Monetary(string="Paid Out", compute="_compute_amount_net", store=True, precompute=True)
    included = fields.Boolean(default=True)
    exclusion_reason = fields.Text(string="Left Out Because")
    bank_account_number = MaskedChar(string="Account Number", mask="bank_account", groups=ACCOUNT_GROUPS)
    bank_account_holder = MaskedChar(string="Account Holder", mask="name", groups=ACCOUNT_GROUPS)
    bank_name = MaskedChar(string="Bank", groups=ACCOUNT_GROUPS)
    bank_code = MaskedChar(string="Interbank Number", groups=ACCOUNT_GROUPS)
    bank_account_number_masked = Mask(string="Account Number (Masked)", of="bank_account_number")
    move_line_id = fields.Many2one(
        comodel_name="account.move.line",
        string="Payable Line",
        ondelete="restrict",
        index="btree_not_null",
        groups="union_legal_aid.group_finance,union_legal_aid.group_auditor",
        help="The line of the ledger on which this lawyer is owed the amount.",
    )
    is_confirmed = fields.Boolean(help="Confirmed by a payer whose books are elsewhere.")
    is_returned = fields.Boolean(help="The bank sent the money back.")
    return_reason_id = fields.Many2one(comodel_name="legal.aid.reason", string="Returned Because", ondelete="restrict")
    return_note = fields.Text(string="Note on the Return")
    paid_date = fields.Date(string="Paid On")
    lawyer_name = fields.Char(string="Payee's Name", help="As it was when the list was computed.")
    law_firm_name = fields.Char(string="Payee's Law Firm", help="As it was when the list was computed.")
    previous_amount = fields.Monetary(string="Last Time", help="The last subsidy paid for an earlier service year.")
    change = fields.Selection(
        selection=[
            ("new", "First time"),
            ("more", "More"),
            ("same", "The same"),
            ("less", "Less"),
            ("gone", "No longer"),
        ],
        string="Against Last Time",
    )
    account_changed = fields.Boolean(help="The account is another one than that of the last payment to this lawyer.")
    bank_batch = fields.Integer(
        string="Batch", aggregator=False, help="The batch file with which the bank was told to pay."
    )
    bank_confirmed_date = fields.Date(string="Confirmed by the Bank On")
    bank_reference = fields.Char(string="Bank's Reference")
    bank_reason = fields.Char(string="Bank's Reason", help="Why the payment failed, in the bank's own words.")
    is_live = fields.Boolean(compute="_compute_is_live", store=True, precompute=True)
    state = fields.Selection(
        selection=[
            ("pending", "To Be Paid"),
            ("paid", "Paid"),
            ("failed", "Returned by the Bank"),
            ("reversed", "Reversed"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
        help="Empty for lawyers who are left out.",
    )
    can_return = fields.Boolean(compute="_compute_can_return")
    can_reissue = fields.Boolean(compute="_compute_can_return")

    # The last word on “once”: whatever two people do at the same moment, the second one is refused.
    _subsidy_once = models.UniqueIndex(
        "(volunteer_id, service_year) WHERE kind = 'subsidy' AND is_live",
        "A lawyer gets the subsidy of a service year once. Another list has the lawyer already; compute this one again.",
    )
    _share_once = models.UniqueIndex(
        "(allocation_id) WHERE is_live AND allocation_id IS NOT NULL",
        "A share of a fee is paid once. Another list has it already; compute this one again.",
    )
    _amounts = models.Constraint(
        "CHECK(amount >= 0 AND tax_amount >= 0 AND tax_amount <= amount)",
        "An amount or its tax cannot be right. Compute again.",
    )
    _reason_if_out = models.Constraint(
        "CHECK(included OR exclusion_reason IS NOT NULL)", "Who is left out is told why."
    )

    # Compute

    @api.depends("amount", "tax_amount")
    def _compute_amount_net(self):
        for line in self:
            line.amount_net = money.cents(line.amount) - money.cents(line.tax_amount)

    @api.depends("included", "payout_id.state")
    def _compute_is_live(self):
        for line in self:
            line.is_live = line.included and line.payout_id.state not in DEAD

    @api.depends(
        "included",
        "is_confirmed",
        "is_returned",
        "payout_id.state",
        "move_line_id.reconciled",
        "move_line_id.matched_debit_ids",
        "move_line_id.matched_credit_ids",
    )
    def _compute_state(self):
        settled = self._get_settled_lines()
        for line in self:
            if not line.included:
                line.state = False
            elif line.payout_id.state == "reversed":
                line.state = "reversed"
            elif line.is_returned:
                line.state = "failed"
            else:
                line.state = "paid" if line in settled or line.is_confirmed else "pending"

    @api.depends("state", "payout_id.state")
    @api.depends_context("uid")
    def _compute_can_return(self):
        writable = self.payout_id._origin._filtered_access("write")
        finance = self.env.user.has_group("union_legal_aid.group_finance")
        for line in self:
            mine = finance and line.payout_id._origin in writable
            line.can_return = mine and line.state == "paid"
            line.can_reissue = mine and line.state == "failed"

    @api.depends("payout_id.name", "volunteer_id.name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.payout_id.sudo().name} {line.volunteer_id.sudo().name}"

    # Actions

    def action_return(self, reason_code=None, note="", date=None, journal_id=None):
        """The bank sent the money back: Dr bank / Cr payable, so that the lawyer is owed it again (M7).

        :raises UserError: for an unknown reason; opens a dialog when called without one
        """
        self.payout_id._check_finance()
        self._check_line_state("paid")
        if not reason_code:
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_return", "payment", self.env._("Returned by the Bank")
            )
        reason = self.env["legal.aid.reason"]._get_coded("payment", reason_code)
        for payout, lines in self.grouped("payout_id").items():
            lines = lines._with_siblings()
            payout._lock()
            if payout.company_id:
                day = fields.Date.to_date(date) or legal_today(self)
                lines._post_return(payout, day, payout._get_bank_journal(journal_id))
            lines._row_env().write(
                {
                    "is_returned": True,
                    "is_confirmed": False,
                    "return_reason_id": reason.id,
                    "return_note": note,
                    "paid_date": False,
                }
            )
            payout.sudo()._sync_state()  # the fee belongs to the union in charge
        return True

    def action_reissue(self):
        """Pay a returned line again: with the account that is on record now. Then export the bank file and post, or confirm.

        :raises UserError: when the lawyer has no account on record
        """
        self.payout_id._check_finance()
        self._check_line_state("failed")
        for payout, lines in self.grouped("payout_id").items():
            lines = lines._with_siblings()
            accounts = payout._get_accounts(lines.volunteer_id)
            missing = lines.volunteer_id - lines.volunteer_id.browse(accounts)
            if missing:
                raise UserError(payout._explain_missing_account(missing))
            for line in lines._row_env():
                account = accounts[line.volunteer_id.id]
                line.write(
                    {
                        "is_returned": False,
                        "account_changed": account["bank_account_number"] != line.bank_account_number,
                        "bank_batch": 0,
                        "bank_confirmed_date": False,
                        "bank_reference": False,
                        **account,
                    }
                )
            payout._message_log(body=self.env._("%(count)s returned payments are issued again.", count=len(lines)))
        return True

    # Business

    def _check_line_state(self, state):
        labels = dict(self._fields["state"]._description_selection(self.env))
        wrong = self.filtered(lambda line: line.state != state or not line.included)
        if wrong:
            raise UserError(
                "\n".join(
                    self.env._(
                        "%(line)s is in state “%(current)s”. This step is possible only in state “%(expected)s”.",
                        line=line.display_name,
                        current=labels[line.state],
                        expected=labels[state],
                    )
                    for line in wrong
                )
            )

    def _get_settled_lines(self):
        """Lines whose payable line is reconciled, and only against entries that touch money: a reversal reconciles too."""
        # The state of a line is the same for everybody; few may read the ledger.
        liquid = {}
        settled = self.browse()
        for line in self:
            move_line = line.sudo().move_line_id
            if not move_line.reconciled:
                continue
            partials = move_line.matched_debit_ids | move_line.matched_credit_ids
            moves = (partials.debit_move_id | partials.credit_move_id - move_line).move_id - move_line.move_id
            for move in moves - self.env["account.move"].union(*liquid):
                liquid[move] = "asset_cash" in move.line_ids.account_id.mapped("account_type")
            if moves and all(liquid[move] for move in moves):
                settled |= line
        return settled

    def _group_by_payee(self):
        """One recordset for each lawyer and account: what one payment pays."""
        groups = {}
        for line in self.sorted("id"):
            key = (line.volunteer_id.id, line.bank_account_number, line.move_line_id.id)
            groups[key] = groups.get(key, self.browse()) | line
        # Groups read ahead for all of them, not each for itself.
        return [group.with_prefetch(self._prefetch_ids) for group in groups.values()]

    def _with_siblings(self):
        """Lines of one payment fail together, because the bank sends back one sum."""
        siblings = self.payout_id.line_ids.filtered(
            lambda line: line.move_line_id and line.move_line_id in self.move_line_id and line.included
        )
        return self | siblings

    def _get_purpose(self):
        """What the payment is for, as it stands in the bank file and on the voucher; it names no worker."""
        payout = self.payout_id
        if payout.kind == "subsidy":
            return self.env._("Work subsidy %(year)s", year=payout.service_year)
        numbers = [line.case_number for line in self]
        if len(numbers) == 1:
            return self.env._("Case fee %(case)s", case=numbers[0])
        return self.env._("Case fees, %(count)s cases", count=len(numbers))

    def _post_return(self, payout, date, journal):
        payout._check_books()
        groups = self._group_by_payee()
        total = sum(money.cents(line.amount_net) for line in self)
        move = payout.with_company(payout.company_id)._create_move(
            {
                "journal_id": journal.id,
                "date": date,
                "paper_count": 1,
                "line_ids": [
                    Command.create(
                        {
                            "name": self.env._("Returned by the bank, %(payout)s", payout=payout.name),
                            "account_id": journal.default_account_id.id,
                            "debit": float(total),
                        }
                    ),
                    *payout._prepare_payables(groups, "credit"),
                ],
            }
        )
        credits = move.line_ids.filtered("credit").sorted("id")
        for lines, move_line in zip(groups, credits, strict=True):
            lines._row_env().write({"move_line_id": move_line.id})

    def _get_account_to_print(self):
        """Holder, number and bank for the payment notice: in full for those who may read them, else masked."""
        self.ensure_one()
        if self._has_field_access(self._fields["bank_account_number"], "read"):
            return {
                "holder": self.bank_account_holder,
                "number": self.bank_account_number,
                "bank": self.bank_name or "",
            }
        lawyer_sudo = self.volunteer_id.sudo()  # the payee's name stands on every money document
        return {"holder": lawyer_sudo.name, "number": self.bank_account_number_masked, "bank": ""}
