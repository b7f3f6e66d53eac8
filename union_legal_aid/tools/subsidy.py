"""Who gets the yearly subsidy, how much, and why not (requirements M1, M4): decided from facts alone.

The facts of each run are kept. Given to `decide` again years later they give the same list, whatever became of lawyers, contracts and
policies since. Facts are plain values, as JSON keeps them; dates are ISO texts, amounts texts in yuan.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from .i18n import Sentence, _lt
from .money import cents

ON_PAYOUT = _lt("%(name)s is on payout %(payout)s (%(state)s) for service year %(year)s already.")
NO_CONTRACT = _lt("%(name)s had no approved contract of service year %(year)s.")
NOT_BEGUN = _lt("The contract of %(name)s begins only on %(date)s.")
NO_POLICY = _lt(
    "No policy was in force when the contract of %(name)s began on %(date)s, so no subsidy can be worked out."
)
REMOVED = _lt("%(name)s was removed on %(date)s: by the policy no subsidy is paid.")
NOTHING_DUE = _lt(
    "The contract of %(name)s ended on %(date)s after %(months)s full months: by the policy nothing is due."
)
TOO_EARLY = _lt("By the policy the subsidy of %(name)s may be paid from %(date)s on.")
PUBLIC_SERVANT = _lt("%(name)s is a public servant and gets no remuneration for labour.")
SUSPENDED = _lt("%(name)s is suspended. Compute again when the suspension has ended.")
NO_LEDGER = _lt("The ledger of %(name)s for %(year)s is not handed in. Ask the lawyer for it.")
LICENCE_EXPIRED = _lt("The licence of %(name)s was valid until %(date)s. Enter the renewed licence first.")
ASSESSED_END = _lt("The assessment of %(name)s for %(year)s ended with “end early”: by the policy no subsidy is paid.")
NOT_ASSESSED = _lt(
    "The assessment of %(name)s for %(year)s is not signed by both bodies yet: by the policy the subsidy waits for it."
)
NO_ACCOUNT = _lt(
    "%(name)s has no bank account on record, so nothing can be paid to this lawyer. Have the city union enter the account under"
    " Team > Lawyers, then compute the payout again."
)
FULL_YEAR = 12


@dataclass(frozen=True)
class Decision:
    """What one lawyer gets by which contract, or the sentence that says why nothing."""

    amount: Decimal
    contract: int | None = None
    reason: Sentence | None = None


def decide(facts, year, day):
    """Return the `Decision` for one lawyer in service `year`, paid on `day`.

    Once a year, whatever contracts he had: the one that gives most, the earliest of those that give the same.
    """
    name = facts["name"]
    dues = [(*_get_due(contract, name), contract) for contract in facts["contracts"]]
    amount, why_nothing, contract = max(dues, key=lambda due: due[0], default=(Decimal(0), None, None))
    reason = _get_reason(facts, contract, year, day, why_nothing)
    return Decision(Decimal(0) if reason else amount, contract and contract["id"], reason)


def _get_reason(facts, contract, year, day, why_nothing):
    """Why this lawyer gets nothing on this list; the weightiest reason alone."""
    name = facts["name"]
    if facts["on_payout"]:
        payout, state = facts["on_payout"]
        return Sentence(ON_PAYOUT, {"name": name, "payout": payout, "state": state, "year": year})
    if not contract:
        return Sentence(NO_CONTRACT, {"name": name, "year": year})
    start = date.fromisoformat(contract["start"])
    if start > day:
        return Sentence(NOT_BEGUN, {"name": name, "date": start})
    return why_nothing or _get_standing(facts, contract, year, day)


def _get_standing(facts, contract, year, day):
    """What stands against paying this lawyer now, as far as the policy of his contract asks for it."""
    name, policy = facts["name"], contract["policy"]
    if facts["is_public_servant"]:
        return Sentence(PUBLIC_SERVANT, {"name": name})
    due_from = date.fromisoformat(contract["start"]) + relativedelta(months=policy["due_months"])
    if contract["state"] != "terminated" and day < due_from:
        return Sentence(TOO_EARLY, {"name": name, "date": due_from})
    if facts["state"] == "suspended" and policy["on_suspension"] == "wait":
        return Sentence(SUSPENDED, {"name": name})
    if policy["requires_ledger"] and not facts["has_ledger"]:
        return Sentence(NO_LEDGER, {"name": name, "year": year})
    assessed = _get_assessment_reason(contract, name, year)
    if assessed:
        return assessed
    licence = facts["license_valid_until"]
    if licence and date.fromisoformat(licence) < day and policy["on_expired_license"] == "wait":
        return Sentence(LICENCE_EXPIRED, {"name": name, "date": date.fromisoformat(licence)})
    return None if facts["has_account"] else Sentence(NO_ACCOUNT, {"name": name})


def _get_assessment_reason(contract, name, year):
    """What the assessment of the contract (T10) says to paying; facts of earlier versions know of none."""
    rule = contract["policy"].get("assessment", "ignored")
    outcome = contract.get("assessment")
    if rule != "ignored" and outcome == "end":
        return Sentence(ASSESSED_END, {"name": name, "year": year})
    if rule == "signed" and not outcome:
        return Sentence(NOT_ASSESSED, {"name": name, "year": year})
    return None


def _get_due(contract, name):
    """`(yuan, why nothing or None)` for one contract, by the policy it rests on."""
    policy = contract["policy"]
    if not policy:
        return Decimal(0), Sentence(NO_POLICY, {"name": name, "date": date.fromisoformat(contract["start"])})
    rule = "full"
    if contract["state"] == "terminated":
        rule = policy["on_removal"] if contract["removed"] else policy["on_early_exit"]
        if rule == "none" and contract["removed"]:
            return Decimal(0), Sentence(REMOVED, {"name": name, "date": date.fromisoformat(contract["terminated"])})
    last = date.fromisoformat(contract["last"])
    served = full_months(date.fromisoformat(contract["start"]), last)
    months = served if rule == "months" else {"full": FULL_YEAR, "none": 0}[rule]
    amount = cents(cents(contract["amount"]) * min(months, FULL_YEAR) / FULL_YEAR)
    if amount:
        return amount, None
    return amount, Sentence(NOTHING_DUE, {"name": name, "date": last, "months": served})


def full_months(first, last):
    """Return the full months from `first` to `last`, the last day counted: 1 January to 30 June are six."""
    served = relativedelta(last + timedelta(days=1), first)
    return served.years * 12 + served.months
