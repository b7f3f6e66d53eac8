from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ...tools import money
from ..organization.legal_day import legal_today


class LegalAidPayoutLedgerMixin(models.AbstractModel):
    """Posting on cash basis (M6): one voucher and one bank entry of the same date, reconciled, in one transaction.

    Finance posts under its own accounting rights. What is paid, the ledger says afterwards (``_sync_state``).
    """

    _name = "legal.aid.payout.ledger.mixin"
    _description = "Payout in the Ledger"

    move_id = fields.Many2one(
        comodel_name="account.move",
        string="Voucher",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    bank_move_id = fields.Many2one(
        comodel_name="account.move",
        string="Bank Entry",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    move_ids = fields.One2many(
        comodel_name="account.move",
        inverse_name="legal_aid_payout_id",
        string="Vouchers",
        readonly=True,
        copy=False,
        groups="union_legal_aid.group_finance,union_legal_aid.group_auditor",
    )
    reversed_date = fields.Date(string="Reversed On", readonly=True, copy=False)
    reversed_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    reverse_reason_id = fields.Many2one(
        comodel_name="legal.aid.reason", string="Reason of the Reversal", readonly=True, copy=False, ondelete="restrict"
    )
    reverse_note = fields.Text(string="Note on the Reversal", readonly=True, copy=False)

    # Actions

    def action_post(self, date=None, journal_id=None):
        """Book the payment as made on ``date``; opens a dialog when called without.

        :param journal_id: the bank journal (record or id); by default the one of the payer's books
        :raises UserError: when the list is not approved, the payer keeps no books here, or an account is missing
        """
        self._check_finance()
        self._raise_reasons(self._get_cannot_post_reason())
        if not date:
            return self._open_dialog("legal.aid.payout.post", self.env._("Post the Payment"))
        for payout in self:
            payout._do_post(fields.Date.to_date(date), payout._get_bank_journal(journal_id))
        return True

    def action_reverse(self, reason_code=None, note="", date=None):
        """Take voucher and bank entry back; the fees wait for another payout, the lawyers for another list.

        :raises UserError: for an unknown reason; opens a dialog when called without one
        """
        self._check_finance()
        self._check_state("posted", "paid")
        if not reason_code:
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_reverse", "payment", self.env._("Reverse the Payout")
            )
        reason = self.env["legal.aid.reason"]._get_coded("payment", reason_code)
        for payout in self:
            payout._do_reverse(reason, note, fields.Date.to_date(date) or legal_today(payout))
        return True

    def action_open_moves(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Vouchers"),
            "res_model": "account.move",
            "views": [(False, "list"), (False, "form")],
            "domain": [("legal_aid_payout_id", "=", self.id)],
        }

    # Business

    def _get_cannot_post_reason(self):
        reasons = {}
        for payout in self:
            reasons[payout] = False
            if payout.state not in ("approved", "posted"):
                reasons[payout] = self.env._(
                    "%(payout)s is in state “%(state)s”. Only an approved list, or one with a payment still open, can be posted.",
                    payout=payout.name,
                    state=payout._get_state_label(payout.state),
                )
            elif not payout.company_id:
                reasons[payout] = self.env._(
                    "%(payer)s keeps no books here. Print the payment notice, and confirm the payment of %(payout)s with the bank's"
                    " receipt.",
                    payer=payout.organization_id.name,
                    payout=payout.name,
                )
        return reasons

    def _get_bank_journal(self, journal):
        self.ensure_one()
        journals = self.env["account.journal"]
        if journal:
            journal = journal if isinstance(journal, models.BaseModel) else journals.browse(int(journal))
        else:
            journal = self.company_id._get_legal_aid_journal("legal_aid_bank_journal_id")
        if journal.type not in ("bank", "cash") or journal.company_id != self.company_id:
            raise UserError(
                self.env._(
                    "Journal %(journal)s is no bank journal of %(company)s. Choose one of its bank journals.",
                    journal=journal.display_name,
                    company=self.company_id.name,
                )
            )
        if not journal.default_account_id:
            raise UserError(
                self.env._(
                    "Journal %(journal)s has no bank account. Ask the bookkeeper to enter it.",
                    journal=journal.display_name,
                )
            )
        return journal

    def _check_books(self):
        self.ensure_one()
        if self.company_id not in self.env.user.company_ids:
            raise AccessError(
                self.env._(
                    "The books of %(company)s are not among yours, so you cannot post %(payout)s. Ask the finance office of %(payer)s.",
                    company=self.sudo().company_id.name,
                    payout=self.name,
                    payer=self.organization_id.name,
                )
            )
        if self.company_id.currency_id != self.currency_id:
            raise UserError(
                self.env._(
                    "The books of %(company)s are kept in %(books)s, but %(payout)s is in %(currency)s.",
                    company=self.company_id.name,
                    books=self.company_id.currency_id.name,
                    payout=self.name,
                    currency=self.currency_id.name,
                )
            )

    def _do_post(self, date, journal):
        self.ensure_one()
        self._lock()
        self._check_books()
        self._raise_reasons({self: self._get_no_payment_reason()})
        payout = self.with_company(self.company_id)
        if payout.state == "approved":
            payout._draw_on_budget(date)
            payout._settle_tax_on_posting(date)
            payout._post_voucher(date)
        payout._post_payment(date, journal)
        payout._workflow_write({"date": date, "paid_by_id": self.env.uid})

    def _settle_tax_on_posting(self, date):
        """Tax goes by the month of the payment; what the bank was told may not change behind its back."""
        self._check_tax_chosen()
        self._stand_in_line_for_tax()
        if self._settle_tax(date) and self.bank_file_date:
            raise UserError(
                self.env._(
                    "Paid on %(date)s, another tax has to be withheld than in the bank file of %(payout)s. Set this payment date,"
                    " export the bank file again, then post.",
                    date=fields.Date.to_string(date),
                    payout=self.name,
                )
            )

    def _post_voucher(self, date):
        """Dr expenditure, one line for each jurisdiction, project and economic class; Cr payable, one line for each lawyer."""
        groups = self.line_ids.filtered("included")._group_by_payee()
        self._mark_as_suppliers()
        move = self._create_move(
            {
                "journal_id": self.company_id._get_legal_aid_journal("legal_aid_voucher_journal_id").id,
                "date": date,
                "paper_count": 1 + len(self.line_ids.allocation_id.expense_id),
                "line_ids": [
                    *self._prepare_debits(),
                    *self._prepare_payables(groups, "credit"),
                    *self._prepare_tax_credit(),
                ],
            }
        )
        # The payable lines stand in the order in which they were given.
        payable = self._get_payable_account()
        tax_partner = self.company_id._get_legal_aid_tax_partner()
        credits = move.line_ids.filtered(
            lambda line: line.account_id == payable and line.partner_id != tax_partner and line.credit
        ).sorted("id")
        for lines, move_line in zip(groups, credits, strict=True):
            lines._row_env().write({"move_line_id": move_line.id})
        self._workflow_write({"move_id": move.id})

    def _mark_as_suppliers(self):
        """Payees count as suppliers once something is owed to them; posting would mark each of them by itself."""
        # Finance need not have the right to write address cards to owe somebody money.
        partners_sudo = self.line_ids.filtered("included").volunteer_id.sudo().partner_id
        partners_sudo.filtered(lambda partner: not partner.supplier_rank).write({"supplier_rank": 1})

    def _post_payment(self, date, journal):
        """Dr what is owed to each lawyer, Cr bank once; then reconcile, which makes the lines paid."""
        groups = self._get_open_lines()._group_by_payee()
        if not groups:
            self._raise_nothing_open()
        total = sum((money.cents(line.amount_net) for lines in groups for line in lines), Decimal(0))
        move = self._create_move(
            {
                "journal_id": journal.id,
                "date": date,
                "paper_count": 1,
                "line_ids": [
                    *self._prepare_payables(groups, "debit"),
                    Command.create(
                        {
                            "name": self.env._("Paid by %(payout)s", payout=self.name),
                            "account_id": journal.default_account_id.id,
                            "credit": float(total),
                            "analytic_distribution": False,
                        }
                    ),
                ],
            }
        )
        debits = move.line_ids.filtered("debit").sorted("id")
        plan = [lines.move_line_id | move_line for lines, move_line in zip(groups, debits, strict=True)]
        self._get_open_lines()._row_env().write({"paid_date": date})
        self.env["legal.aid.tax.list"]._open_for(self, date)
        if not self.bank_move_id:
            self._workflow_write({"bank_move_id": move.id})
        self.env["account.move.line"]._reconcile_plan(plan)

    def _create_move(self, vals):
        """Create and post, under the bookkeeper's own rights; a half-filled voucher can never be found by others."""
        move = self.env["account.move"]._create_for_payout(
            self, {"move_type": "entry", "ref": self.name, "company_id": self.company_id.id, **vals}
        )
        move.action_post()
        return move

    def _get_payable_account(self):
        return self.company_id._get_legal_aid_account("legal_aid_payable_account_id")

    def _prepare_debits(self):
        company = self.company_id
        account = company._get_legal_aid_account("legal_aid_expense_account_id")
        project = company._get_legal_aid_analytic("legal_aid_project_analytic_id")
        economic = company._get_legal_aid_analytic("legal_aid_economic_analytic_id")
        return [
            Command.create(
                {
                    "name": self._get_voucher_label(union),
                    "account_id": account.id,
                    "debit": float(amount),
                    # One key for all plans at 100 %: a percentage with two digits would lose money.
                    "analytic_distribution": {
                        ",".join(str(part.id) for part in (union._get_jurisdiction_analytic(), project, economic)): 100
                    },
                }
            )
            for union, amount in self._get_amounts_by_jurisdiction().items()
        ]

    def _get_voucher_label(self, union):
        if self.kind == "subsidy":
            return self.env._("Work subsidy of legal-aid lawyers, service year %(year)s", year=self.service_year)
        return self.env._("Legal-aid case fees, jurisdiction of %(union)s", union=union.name)

    def _get_amounts_by_jurisdiction(self):
        """``{union: yuan}`` of what is paid; subsidies are the payer's own."""
        amounts = {}
        unions = self.env["union.organization"]
        for line in self.line_ids.filtered("included"):
            shares = line.allocation_id.jurisdiction_shares or [[self.organization_id.id, 0, line.amount]]
            for union_id, _heads, amount in shares:
                union = unions.browse(union_id)
                amounts[union] = amounts.get(union, Decimal(0)) + money.cents(amount)
        return {union: amount for union, amount in amounts.items() if amount}

    def _prepare_payables(self, groups, side):
        account = self._get_payable_account()
        return [
            Command.create(
                {
                    "name": lines._get_purpose(),
                    "account_id": account.id,
                    # A lawyer's address card is what the ledger knows him by.
                    "partner_id": lines.volunteer_id.sudo().partner_id.id,
                    side: float(sum(money.cents(line.amount_net) for line in lines)),
                    # What is owed is of no jurisdiction; left open, Odoo would look for a rule line by line.
                    "analytic_distribution": False,
                }
            )
            for lines in groups
        ]

    def _prepare_tax_credit(self):
        if not self.amount_tax:
            return []
        return [
            Command.create(
                {
                    "name": self.env._("Individual income tax withheld, %(payout)s, to be remitted", payout=self.name),
                    "account_id": self.company_id._get_legal_aid_tax_account().id,
                    "partner_id": self.company_id._get_legal_aid_tax_partner().id,
                    "credit": self.amount_tax,
                }
            )
        ]

    def _do_reverse(self, reason, note, date):
        self.ensure_one()
        self._lock()
        if self.company_id:
            self._check_books()
        # First the state: what the ledger undoes below is then no news for this payout.
        self._transition(
            "reversed",
            {
                "reversed_date": date,
                "reversed_by_id": self.env.uid,
                "reverse_reason_id": reason.id,
                "reverse_note": note,
            },
        )
        moves = self.move_ids.filtered(
            lambda move: move.state == "posted" and not move.reversed_entry_id and not move.reversal_move_ids
        )
        if moves:
            defaults = [
                {"date": date, "ref": self.env._("Reversal of %(move)s, %(payout)s", move=move.name, payout=self.name)}
                for move in moves
            ]
            reversals = moves.with_company(self.company_id)._reverse_moves(defaults, cancel=True)
            reversals._link_legal_aid_payout(self)
        self._sync_expenses()

    # Mail & cron

    def _sync_state(self):
        """Follow the ledger: paid when every payment is, partly paid when one is open again. Runs with the system's rights."""
        for payout in self.filtered(lambda payout: payout.state in ("approved", "posted", "paid")):
            states = set(payout.line_ids.filtered("included").mapped("state"))
            if states == {"paid"}:
                target = "paid"
            else:
                target = "posted" if payout.move_id or payout.paid_by_id else "approved"
            # Before the payment is booked there is nothing that could be open again.
            if target != payout.state and (target == "paid" or payout.state == "paid"):
                payout._transition(target)
        self._sync_expenses()

    def _sync_expenses(self, also=None):
        """Pass on to the fees whether they stand on a payout, are paid, or wait again."""
        shares = self.line_ids.allocation_id
        if also is not None:
            shares |= also.exists()
        # Fees belong to the union in charge, which may be another one than the payer.
        shares.sudo().expense_id._sync_state()
