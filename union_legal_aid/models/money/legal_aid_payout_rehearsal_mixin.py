from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, formatLang

from ...tools import money, subsidy
from ...tools.i18n import Sentence
from ..organization.wording import join_sentences

LEDGER_IN = ("submitted", "accepted")
CONTRACT_STATES = ("active", "expired", "terminated")
ACCOUNT_FIELDS = ("bank_account_number", "bank_account_holder", "bank_name", "bank_code")


class LegalAidPayoutRehearsalMixin(models.AbstractModel):
    """Who is on the list and who is not, with the reason, and what is other than last time (M1, M4)."""

    _name = "legal.aid.payout.rehearsal.mixin"
    _description = "Rehearsal of a Payout"

    run_ids = fields.One2many(
        comodel_name="legal.aid.payout.run", inverse_name="payout_id", string="Computations", readonly=True, copy=False
    )
    changes = fields.Text(string="Difference from the Last Computation", compute="_compute_changes", compute_sudo=True)
    changed_account_count = fields.Integer(string="Changed Accounts", compute="_compute_changed_account_count")

    # Compute

    @api.depends("run_ids")
    def _compute_changes(self):
        for payout in self:
            payout.changes = payout.run_ids.sorted("id")[-1:].changes

    @api.depends("line_ids.account_changed", "line_ids.included")
    def _compute_changed_account_count(self):
        for payout in self:
            changed = payout.line_ids.filtered(lambda line: line.included and line.account_changed)
            payout.changed_account_count = len(changed.volunteer_id)

    # Actions

    def action_open_runs(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("union_legal_aid.legal_aid_payout_run_action")
        return {**action, "domain": [("payout_id", "=", self.id)]}

    # Business

    def _compute_list(self):
        """Replace the list by a new one; all of it or nothing."""
        self.ensure_one()
        before = self._describe_list() if self.line_ids else ""
        given_up = self.line_ids.allocation_id
        self.line_ids._row_env().unlink()
        # The indexes of “once” have to see what was given up before they see what is new.
        self.env["legal.aid.payout.line"].flush_model(["is_live"])
        facts = self._collect_facts() if self.kind == "subsidy" else None
        lines = self._prepare_subsidy_lines(facts) if facts else self._prepare_expense_lines()
        self._note_payees(lines)
        self.env["legal.aid.payout.line"]._row_env().create([{**vals, "payout_id": self.id} for vals in lines])
        # The payer may have got books, or lost them, since the draft.
        vals = {"company_id": self.organization_id.sudo().company_id.id}
        if self.state == "draft":
            vals["state"] = "computed"
        self._workflow_write(vals)
        self._forget_budget_override()
        self._settle_tax(self.date)
        self._sync_expenses(given_up)
        run = self.env["legal.aid.payout.run"]._record(self, facts)
        self.invalidate_recordset(["changes"])
        text = self._describe_list() + (self.env._(" Before: %(list)s", list=before) if before else "")
        self._message_log(body=join_sentences(self.env, (part for part in (text, run.changes) if part)))

    def _note_payees(self, lines):
        """Add to each line what it shows of its payee then and last time: names as they are today, the earlier amount, and whether
        the account is another one than that of the last payment."""
        lawyers_sudo = self.env["legal.aid.volunteer"].sudo().browse([vals["volunteer_id"] for vals in lines])
        names = {lawyer.id: (lawyer.name, lawyer.law_firm_id.name) for lawyer in lawyers_sudo}
        accounts, amounts = self._get_last_accounts(lawyers_sudo), self._get_last_amounts(lawyers_sudo)
        for vals in lines:
            lawyer_id = vals["volunteer_id"]
            vals["lawyer_name"], vals["law_firm_name"] = names[lawyer_id]
            last, now = accounts.get(lawyer_id), vals.get("bank_account_number")
            vals["account_changed"] = bool(last and now and last != now)
            if self.kind == "subsidy":
                vals["previous_amount"] = amounts.get(lawyer_id, 0)
                vals["change"] = self._name_change(vals, lawyer_id in amounts)

    def _name_change(self, vals, was_paid):
        """How an amount stands to the lawyer's last subsidy."""
        if not vals["included"]:
            return "gone" if was_paid else False
        if not was_paid:
            return "new"
        before, now = money.cents(vals["previous_amount"]), money.cents(vals["amount"])
        return "same" if before == now else "more" if now > before else "less"

    def _get_last_accounts(self, lawyers):
        """``{lawyer id: account}`` to which each of them was paid last, by whatever payer."""
        lines = self.env["legal.aid.payout.line"]
        lines.flush_model(["state", "paid_date", "bank_account_number"])
        # Only whether the account is another one comes out of this, so nobody reads another payer's list by it.
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT ON (volunteer_id) volunteer_id, bank_account_number FROM legal_aid_payout_line"
                " WHERE state = 'paid' AND bank_account_number IS NOT NULL AND volunteer_id = ANY(%s)"
                " ORDER BY volunteer_id, paid_date DESC NULLS LAST, id DESC",
                lawyers.ids,
            )
        )
        return dict(rows)

    def _get_last_amounts(self, lawyers):
        """``{lawyer id: yuan}`` of the last subsidy that was paid for an earlier service year."""
        if self.kind != "subsidy":
            return {}
        paid = (
            self.env["legal.aid.payout.line"]
            .sudo()
            .search(
                [
                    ("kind", "=", "subsidy"),
                    ("organization_id", "=", self.organization_id.id),
                    ("state", "=", "paid"),
                    ("service_year", "<", self.service_year),
                    ("volunteer_id", "in", lawyers.ids),
                ],
                order="service_year, id",
            )
        )
        return {line.volunteer_id.id: line.amount for line in paid}

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

    def _collect_facts(self):
        """All that the subsidies of the year are decided from, as plain values: every lawyer of the city with his contracts (M1).

        :raises UserError: when no policy was in force in the service year
        """
        self._check_policy()
        # The city reads its whole team; the copies on the list are what its finance may see.
        lawyers = (
            self.env["legal.aid.volunteer"]
            .sudo()
            .search([("organization_id", "=", self.organization_id.id), ("kind", "=", "lawyer")])
        )
        if not lawyers:
            raise UserError(self.env._("%(city)s has no lawyer on record yet.", city=self.organization_id.name))
        contracts = self._get_contracts(lawyers)
        accounts, paid = self._get_accounts(lawyers), self._get_payouts_of_year(lawyers)
        with_ledger = self._get_lawyers_with_ledger(lawyers)
        outcomes = self._get_signed_outcomes(contracts)
        return {
            "lawyers": [
                {
                    "id": lawyer.id,
                    "name": lawyer.name,
                    "state": lawyer.state,
                    "is_public_servant": lawyer.is_public_servant,
                    "license_valid_until": fields.Date.to_string(lawyer.license_valid_until) or None,
                    "has_ledger": lawyer in with_ledger,
                    "has_account": lawyer.id in accounts,
                    "on_payout": [paid[lawyer].name, paid[lawyer]._get_state_label(paid[lawyer].state)]
                    if lawyer in paid
                    else None,
                    "contracts": [
                        self._collect_contract(contract, outcomes.get(contract))
                        for contract in contracts.get(lawyer, ())
                    ],
                }
                for lawyer in lawyers
            ]
        }

    def _collect_contract(self, contract, outcome):
        policy = contract.policy_id
        return {
            "id": contract.id,
            "state": contract.state,
            "start": fields.Date.to_string(contract.date_start),
            "last": fields.Date.to_string(contract.date_last),
            "terminated": fields.Date.to_string(contract.date_terminated) or None,
            "removed": contract.termination_reason_id.code == "removal",
            "amount": str(money.cents(contract.annual_subsidy)),
            "assessment": outcome,
            "policy": {
                "id": policy.id,
                "document": policy.document_number,
                "requires_ledger": policy.subsidy_requires_ledger,
                "due_months": policy.subsidy_due_months,
                "on_early_exit": policy.subsidy_on_early_exit,
                "on_removal": policy.subsidy_on_removal,
                "on_suspension": policy.subsidy_on_suspension,
                "on_expired_license": policy.subsidy_on_expired_license,
                "assessment": policy.subsidy_assessment,
            }
            if policy
            else None,
        }

    def _prepare_subsidy_lines(self, facts):
        """Every lawyer of the city: in with an amount, or out with the reason (M1)."""
        lawyers = self.env["legal.aid.volunteer"].browse([lawyer["id"] for lawyer in facts["lawyers"]])
        accounts = self._get_accounts(lawyers)
        lines = []
        for lawyer in facts["lawyers"]:
            decision = subsidy.decide(lawyer, self.service_year, self.date)
            reason = decision.reason
            lines.append(
                {
                    "volunteer_id": lawyer["id"],
                    "contract_id": decision.contract or False,
                    "amount": float(decision.amount),
                    "labour_amount": float(decision.amount),
                    "included": not reason,
                    "exclusion_reason": reason.text(self.env._, fields.Date.to_string) if reason else False,
                    **({} if reason else accounts[lawyer["id"]]),
                }
            )
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

    def _get_signed_outcomes(self, contracts):
        """``{contract: outcome}`` of the assessments that both bodies signed (T10)."""
        ids = [contract.id for some in contracts.values() for contract in some]
        signed_sudo = (
            self.env["legal.aid.assessment"].sudo().search([("contract_id", "in", ids), ("state", "=", "signed")])
        )
        return {record.contract_id: record.outcome for record in signed_sudo}

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
            Sentence(subsidy.NO_ACCOUNT, {"name": lawyer_sudo.name}).text(self.env._)
            for lawyer_sudo in volunteers.sudo()  # a lawyer's name is no secret from who pays him
        )
