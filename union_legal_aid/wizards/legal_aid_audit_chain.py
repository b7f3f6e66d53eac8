from collections import defaultdict
from decimal import Decimal

from odoo import api, models

from ..tools import money

# How much likelier a payment is drawn for each of these.
RISKS = {
    "missing": 8,
    "shared_account": 8,
    "reversed": 4,
    "returned": 4,
    "cut": 2,
    "split": 2,
    "large": 3,
    "urgent": 2,
    "late": 2,
}


class LegalAidAuditChain(models.AbstractModel):
    """The chain of each payment (M13): case, grant, mandate, file, fee, approval, payout, bank, voucher; what is missing, what is risky.

    Whose payment it is decides who may read the chain: the caller hands over payments that he may read. The links are read with the
    system's rights, and of the case only its number, its dates and its mandate: nothing of the worker or the employer. Of a fee that
    the reader may not open, because he only pays a share of it, the chain shows what the frozen summary of the share shows.
    """

    _name = "legal.aid.audit.chain"
    _description = "Chain of a Payment"

    # Business

    @api.model
    def _get_chains(self, lines):
        """``[{line, its links, missing, risks}]`` of payout lines."""
        lines_sudo = lines.sudo()
        facts = {
            "large": self._get_large_amount(lines_sudo),
            "accounts": self._get_shared_accounts(lines_sudo),
            "ledgers": self._get_ledgers(lines_sudo),
            "open": self._get_open_fees(lines_sudo),
        }
        return [self._get_chain(line_sudo, facts) for line_sudo in lines_sudo]

    def _get_chain(self, line, facts):
        chain = {"line": line.id, "payout": line.payout_id.name, "lawyer": line.volunteer_id.name}
        chain.update(self._get_entitlement(line))
        if line.allocation_id and line.allocation_id.expense_id.id not in facts["open"]:
            chain.update(self._get_summary_of_share(line.allocation_id))
        chain.update(self._get_payment(line))
        chain["missing"] = [
            *self._get_missing_of_entitlement(line, facts),
            *self._get_missing_of_payout(line),
            *self._get_missing_of_books(line),
        ]
        chain["risks"] = self._get_risks(line, chain, facts)
        return chain

    # Links

    def _get_entitlement(self, line):
        expense = line.allocation_id.expense_id
        case = expense.case_id
        contract = line.contract_id or self._get_contract(line, case)
        mandate = case.mandate_id
        return {
            "contract": contract.number or "",
            "case": line.case_number or "",
            "granted": case.granted_date,
            "mandate": mandate.number or "",
            "mandated": mandate.date,
            "archived": case.archived_date,
            "fee": expense.name or "",
            "claimed": money.cents(expense.amount_claimed) if expense else None,
            "allowed": money.cents(expense.amount_allowed) if expense else None,
            "fee_approved": self._describe_decision(expense) if expense else "",
        }

    def _get_summary_of_share(self, share):
        return {
            "contract": "",
            "granted": "",
            "mandate": "",
            "mandated": "",
            "archived": share.archived_date,
            "claimed": None,
            "allowed": None,
            "fee_approved": str(share.approved_date or ""),
        }

    def _get_open_fees(self, lines_sudo):
        """Ids of the fees that the reader may open himself."""
        return set(self.env["legal.aid.expense"].search([("id", "in", lines_sudo.allocation_id.expense_id.ids)]).ids)

    def _get_contract(self, line, case):
        """The contract under which the lawyer served when the case was granted."""
        day = case.granted_date
        contracts = line.volunteer_id.contract_ids.filtered(
            lambda contract: day and contract.number and contract.date_start <= day <= contract.date_last
        )
        return contracts[:1]

    def _get_payment(self, line):
        payout = line.payout_id
        return {
            "payer": payout.organization_id.name,
            "amount": money.cents(line.amount),
            "tax": money.cents(line.tax_amount),
            "net": money.cents(line.amount_net),
            "state": dict(line._fields["state"]._description_selection(self.env)).get(line.state, ""),
            "approved": self._describe_decision(payout),
            "bank_file": payout.bank_file_date and payout.bank_file_date.date(),
            "paid": line.paid_date,
            "returned": line.return_reason_id.name or "",
            "voucher": self._describe_voucher(payout.move_id),
            "bank_voucher": self._describe_voucher(payout.bank_move_id),
        }

    def _describe_decision(self, record):
        request = record.approval_request_id
        decided = request.line_ids.sorted("id")[-1:]
        if record.approval_state != "approved" or not decided:
            return ""
        return f"{request.requested_by_id.name} → {decided.user_id.name} {decided.decided_at:%Y-%m-%d}"

    def _describe_voucher(self, move):
        return move._get_voucher_title() if move and move.state == "posted" else ""

    # What is missing

    def _get_missing_of_entitlement(self, line, facts):
        if line.kind == "subsidy":
            year = (line.volunteer_id.id, line.service_year)
            required = line.contract_id.policy_id.subsidy_requires_ledger
            found = {
                self.env._("contract"): line.contract_id.number,
                self.env._("yearly ledger"): not required or year in facts["ledgers"],
            }
            return [label for label, value in found.items() if not value]
        expense = line.allocation_id.expense_id
        case = expense.case_id
        mandate = case.mandate_id
        found = {
            self.env._("grant"): case.granted_date,
            self.env._("mandate"): mandate.state == "issued" and mandate.number,
            self.env._("archived file"): case.archived_date,
            self.env._("approval of the fee"): expense.approval_state == "approved",
            self.env._("reason of a cut"): self._are_cuts_explained(expense),
        }
        missing = [label for label, value in found.items() if not value]
        if expense and money.cents(line.amount) != money.cents(line.allocation_id.amount):
            missing.append(self.env._("amount differs from the share"))
        return missing

    def _are_cuts_explained(self, expense):
        cut = expense.line_ids.filtered(lambda item: item.amount_allowed < item.amount_claimed)
        return all(item.reason_code for item in cut)

    def _get_missing_of_payout(self, line):
        payout = line.payout_id
        missing = []
        if payout.approval_state != "approved" or not payout.approval_request_id.line_ids:
            missing.append(self.env._("approval of the list"))
        if payout.tax_treatment == "unset":
            missing.append(self.env._("tax treatment"))
        if line.paid_date and payout.approved_date and line.paid_date < payout.approved_date:
            missing.append(self.env._("paid before the approval"))
        return missing

    def _get_missing_of_books(self, line):
        """With books here: voucher, bank file, and the same amount in the ledger; else the evidence of the payment."""
        payout = line.payout_id
        if not payout.company_id:
            return [] if payout.evidence_ids else [self.env._("evidence of payment")]
        found = {
            self.env._("voucher"): payout.move_id.state == "posted",
            self.env._("bank entry"): payout.bank_move_id.state == "posted",
            self.env._("bank file"): payout.bank_file_date,
        }
        missing = [label for label, value in found.items() if not value]
        if line.move_line_id and not self._is_in_ledger(line):
            missing.append(self.env._("amount differs from the ledger"))
        return missing

    def _is_in_ledger(self, line):
        """Several fees of one lawyer are owed to him on one line of the ledger."""
        together = line.payout_id.line_ids.filtered(
            lambda other: other.included and other.move_line_id == line.move_line_id
        )
        owed = sum((money.cents(other.amount_net) for other in together), Decimal(0))
        return money.cents(line.move_line_id.credit) == owed

    # What is risky

    def _get_risks(self, line, chain, facts):
        expense = line.allocation_id.expense_id
        checks = {
            "missing": bool(chain["missing"]),
            "shared_account": line.bank_account_number in facts["accounts"],
            "reversed": line.state == "reversed",
            "returned": bool(line.return_reason_id),
            "cut": bool(expense) and expense.amount_allowed < expense.amount_claimed,
            "split": len(expense.allocation_ids) > 1,
            "large": bool(facts["large"]) and money.cents(line.amount) >= facts["large"],
            "urgent": expense.case_id.is_urgent,
            "late": bool(line.paid_date and expense.case_id.archived_date)
            and (line.paid_date - expense.case_id.archived_date).days > 90,
        }
        return [name for name, found in checks.items() if found]

    @api.model
    def _get_risk_labels(self):
        return {
            "missing": self.env._("a link is missing"),
            "shared_account": self.env._("another lawyer was paid to the same account"),
            "reversed": self.env._("the payment was reversed"),
            "returned": self.env._("the bank returned it"),
            "cut": self.env._("less allowed than claimed"),
            "split": self.env._("several payers"),
            "large": self.env._("among the largest tenth"),
            "urgent": self.env._("urgent aid, formalities afterwards"),
            "late": self.env._("paid more than 90 days after the archive"),
        }

    def _get_large_amount(self, lines):
        """From which amount on a payment is among the largest tenth; None where all are the same, or few."""
        amounts = sorted(money.cents(line.amount) for line in lines)
        if len(amounts) < 10 or amounts[0] == amounts[-1]:
            return None
        return amounts[len(amounts) - len(amounts) // 10]

    def _get_shared_accounts(self, lines):
        """Account numbers to which more than one lawyer was paid; they are compared here and shown to nobody."""
        holders = defaultdict(set)
        for line in lines.filtered("bank_account_number"):
            holders[line.bank_account_number].add(line.volunteer_id.id)
        return {account for account, lawyers in holders.items() if len(lawyers) > 1}

    def _get_ledgers(self, lines):
        subsidies = lines.filtered(lambda line: line.kind == "subsidy")
        ledgers = lines.env["legal.aid.ledger"].search(
            [("volunteer_id", "in", subsidies.volunteer_id.ids), ("state", "in", ("submitted", "accepted"))]
        )
        return {(ledger.volunteer_id.id, ledger.year) for ledger in ledgers}
