from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from ...tools import money

LEDGER_IN = ("submitted", "accepted")
CONTRACT_STATES = ("active", "expired", "terminated")
ACCOUNT_FIELDS = ("bank_account_number", "bank_account_holder", "bank_name", "bank_code")


class LegalAidPayoutRehearsalMixin(models.AbstractModel):
    """Who is on the list and who is not, with the reason (M1, M4)."""

    _name = "legal.aid.payout.rehearsal.mixin"
    _description = "Rehearsal of a Payout"

    # Business

    def _compute_list(self):
        """Replace the list by a new one; all of it or nothing."""
        self.ensure_one()
        before = self._describe_list() if self.line_ids else ""
        given_up = self.line_ids.allocation_id
        self.line_ids._row_env().unlink()
        # The indexes of “once” have to see what was given up before they see what is new.
        self.env["legal.aid.payout.line"].flush_model(["is_live"])
        prepare = self._prepare_subsidy_lines if self.kind == "subsidy" else self._prepare_expense_lines
        self.env["legal.aid.payout.line"]._row_env().create([{**vals, "payout_id": self.id} for vals in prepare()])
        # The payer may have got books, or lost them, since the draft.
        vals = {"company_id": self.organization_id.sudo().company_id.id}
        if self.state == "draft":
            vals["state"] = "computed"
        self._workflow_write(vals)
        self._settle_tax(self.date)
        self._sync_expenses(given_up)
        self._message_log(body=self._describe_list() + (self.env._(" Before: %(list)s", list=before) if before else ""))

    def _describe_list(self):
        return self.env._(
            "%(included)s paid, %(excluded)s left out, total %(total)s.",
            included=self.line_count,
            excluded=self.excluded_count,
            total=formatLang(self.env, self.amount_total, currency_obj=self.currency_id),
        )

    # Fees

    def _prepare_expense_lines(self):
        """The approved shares of this payer that stand on no live line.

        :raises UserError: when there are none, or none of them can be paid
        """
        shares = self.env["legal.aid.expense.allocation"].search(
            [
                ("organization_id", "=", self.organization_id.id),
                ("fee_state", "in", ("approved", "in_payout")),
                ("payout_line_id", "=", False),
                ("amount", ">", 0),
            ]
        )
        if not shares:
            raise UserError(
                self.env._(
                    "No approved fee waits for a payment by %(payer)s. Fees come here once they are approved.",
                    payer=self.organization_id.name,
                )
            )
        accounts = self._get_accounts(shares.volunteer_id)
        lines = [self._prepare_expense_line(share, accounts) for share in shares]
        if not any(line["included"] for line in lines):
            raise UserError("\n".join(line["exclusion_reason"] for line in lines))
        return sorted(lines, key=lambda line: not line["included"])

    def _prepare_expense_line(self, share, accounts):
        account = accounts.get(share.volunteer_id.id)
        reason = False
        if share.state == "disputed":
            reason = self.env._(
                "Case %(case)s: the share is disputed (%(note)s).", case=share.case_number, note=share.dispute_note
            )
        elif not account:
            reason = self._explain_missing_account(share.volunteer_id)
        reason = reason or share._get_no_payment_reason()
        expense_sudo = share.expense_id.sudo()  # what part of a fee is pay for labour is needed for its tax
        labour = sum(
            (money.cents(item.amount_allowed) for item in expense_sudo.line_ids if item.kind == "lump"), Decimal(0)
        )
        whole = money.cents(expense_sudo.amount_allowed)
        return {
            "volunteer_id": share.volunteer_id.id,
            "allocation_id": share.id,
            "amount": share.amount,
            "labour_amount": money.cents(money.cents(share.amount) * labour / whole) if whole else 0,
            "included": not reason,
            "exclusion_reason": reason,
            **(account if account and not reason else {}),
        }

    def _get_no_payment_reason(self):
        """Why a fee on the list must not be paid after all: what came to light about its case since, or False."""
        self.ensure_one()
        unpaid = self.sudo().line_ids.filtered(lambda line: line.included and line.state != "paid")
        reasons = [share._get_no_payment_reason() for share in unpaid.allocation_id]
        return "\n".join(reason for reason in reasons if reason) or False

    # Subsidies

    def _prepare_subsidy_lines(self):
        """Every lawyer of the city: in with an amount, or out with the reason (M1).

        :raises UserError: when no policy was in force in the service year
        """
        self._check_policy()
        # The city reads its whole team; the copies on the list are what its finance may see.
        lawyers = (
            self.env["legal.aid.volunteer"]
            .sudo()
            .search([("organization_id", "=", self.organization_id.id), ("kind", "=", "lawyer")])
        )
        contracts = self._get_contracts(lawyers)
        facts = {
            "accounts": self._get_accounts(lawyers),
            "paid": self._get_payouts_of_year(lawyers),
            "ledgers": self._get_lawyers_with_ledger(lawyers),
        }
        lines = [self._prepare_subsidy_line(lawyer, contracts.get(lawyer, ()), facts) for lawyer in lawyers]
        if not lines:
            raise UserError(self.env._("%(city)s has no lawyer on record yet.", city=self.organization_id.name))
        return sorted(lines, key=lambda line: not line["included"])

    def _check_policy(self):
        year = self.service_year
        first, last = fields.Date.to_date(f"{year}-01-01"), fields.Date.to_date(f"{year}-12-31")
        policies = self.env["legal.aid.policy"]
        # Policy holds downwards, so every union reads its superiors' policy.
        known = policies.sudo().search_count(
            [
                ("organization_id", "parent_of", self.organization_id.ids),
                ("date_from", "<=", last),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", first),
            ],
            limit=1,
        )
        if not known:
            policies._get(self.organization_id, last)

    def _get_contracts(self, lawyers):
        contracts = lawyers.env["legal.aid.contract"].search(
            [
                ("volunteer_id", "in", lawyers.ids),
                ("kind", "=", "individual"),
                ("service_year", "=", self.service_year),
                ("state", "in", CONTRACT_STATES),
            ],
            order="date_start, id",
        )
        return contracts.grouped("volunteer_id")

    def _get_payouts_of_year(self, lawyers):
        """``{lawyer: the payout he is on}`` of this service year."""
        live = lawyers.env["legal.aid.payout.line"].search(
            [
                ("kind", "=", "subsidy"),
                ("service_year", "=", self.service_year),
                ("volunteer_id", "in", lawyers.ids),
                ("is_live", "=", True),
            ]
        )
        return {line.volunteer_id: line.payout_id for line in live}

    def _get_lawyers_with_ledger(self, lawyers):
        ledgers = lawyers.env["legal.aid.ledger"].search(
            [("volunteer_id", "in", lawyers.ids), ("year", "=", self.service_year), ("state", "in", LEDGER_IN)]
        )
        return ledgers.volunteer_id

    def _prepare_subsidy_line(self, lawyer, contracts, facts):
        dues = [(*self._get_due(contract), contract) for contract in contracts]
        # Once a year, whatever contracts he had: the one that gives most.
        amount, why_nothing, contract = max(dues, key=lambda due: due[0], default=(0, False, None))
        account = facts["accounts"].get(lawyer.id)
        reason = self._get_exclusion_reason(lawyer, contract, facts, why_nothing)
        if not reason and not account:
            reason = self._explain_missing_account(lawyer)
        return {
            "volunteer_id": lawyer.id,
            "contract_id": contract.id if contract else False,
            "amount": 0 if reason else amount,
            "labour_amount": 0 if reason else amount,
            "included": not reason,
            "exclusion_reason": reason,
            **(account if account and not reason else {}),
        }

    def _get_exclusion_reason(self, lawyer, contract, facts, why_nothing):
        """Why this lawyer gets no subsidy on this payout, or False."""
        values = {"name": lawyer.name, "year": self.service_year}
        payout = facts["paid"].get(lawyer)
        if payout:
            return self.env._(
                "%(name)s is on payout %(payout)s (%(state)s) for service year %(year)s already.",
                payout=payout.name,
                state=payout._get_state_label(payout.state),
                **values,
            )
        if not contract:
            return self.env._("%(name)s had no approved contract of service year %(year)s.", **values)
        if contract.date_start > self.date:
            return self.env._(
                "The contract of %(name)s begins only on %(date)s.",
                date=fields.Date.to_string(contract.date_start),
                **values,
            )
        return why_nothing or self._get_standing_reason(lawyer, contract, facts, values)

    def _get_standing_reason(self, lawyer, contract, facts, values):
        """What stands against paying this lawyer now, or False."""
        if lawyer.is_public_servant:
            return self.env._("%(name)s is a public servant and gets no remuneration for labour.", **values)
        if lawyer.state == "suspended":
            return self.env._("%(name)s is suspended. Compute again when the suspension has ended.", **values)
        if contract.policy_id.subsidy_requires_ledger and lawyer not in facts["ledgers"]:
            return self.env._("The ledger of %(name)s for %(year)s is not handed in. Ask the lawyer for it.", **values)
        if lawyer.license_valid_until and lawyer.license_valid_until < self.date:
            return self.env._(
                "The licence of %(name)s was valid until %(date)s. Enter the renewed licence first.",
                date=fields.Date.to_string(lawyer.license_valid_until),
                **values,
            )
        return False

    def _get_due(self, contract):
        """``(yuan, why nothing or False)`` for one contract, by the policy it rests on."""
        whole = money.cents(contract.annual_subsidy)
        rule = "full"
        if contract.state == "terminated":
            removed = contract.termination_reason_id.code == "removal"
            rule = contract.policy_id.subsidy_on_removal if removed else contract.policy_id.subsidy_on_early_exit
            if rule == "none" and removed:
                return 0, self.env._(
                    "%(name)s was removed on %(date)s: by the policy no subsidy is paid.",
                    name=contract.volunteer_id.name,
                    date=fields.Date.to_string(contract.date_terminated),
                )
        months = self._get_full_months(contract) if rule == "months" else {"full": 12, "none": 0}[rule]
        amount = money.cents(whole * min(months, 12) / 12)
        if not amount:
            return 0, self.env._(
                "The contract of %(name)s ended on %(date)s after %(months)s full months: by the policy nothing is due.",
                name=contract.volunteer_id.name,
                date=fields.Date.to_string(contract.date_last),
                months=self._get_full_months(contract),
            )
        return amount, False

    @api.model
    def _get_full_months(self, contract):
        """Full months served; the last day in force counts: 1 January to 30 June are six."""
        served = relativedelta(fields.Date.add(contract.date_last, days=1), contract.date_start)
        return served.years * 12 + served.months

    # Accounts

    def _get_accounts(self, volunteers):
        """``{volunteer id: copies of the bank data}`` of those who have an account.

        Whoever computes the list may not read accounts; the copies stand in columns that only finance, leaders and auditors
        of the payer may read.
        """
        accounts = {}
        for lawyer_sudo in volunteers.sudo():
            if lawyer_sudo.bank_account_number:
                accounts[lawyer_sudo.id] = {name: lawyer_sudo[name] for name in ACCOUNT_FIELDS}
                accounts[lawyer_sudo.id]["bank_account_holder"] = lawyer_sudo.bank_account_holder or lawyer_sudo.name
        return accounts

    def _explain_missing_account(self, volunteers):
        return "\n".join(
            self.env._(
                "%(name)s has no bank account on record, so nothing can be paid to this lawyer. Have the city union enter the"
                " account under Team > Lawyers, then compute the payout again.",
                name=lawyer_sudo.name,
            )
            for lawyer_sudo in volunteers.sudo()  # a lawyer's name is no secret from who pays him
        )
