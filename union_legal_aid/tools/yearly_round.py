"""The yearly round of a lawyer (requirements T2, T8, T10, V1, M1): what comes next, who has to do it, what stands in the way.

Which step a lawyer is at is worked out by the database, for all lawyers at once; what each step means stands here, once.
"""

from dataclasses import dataclass

from .i18n import _lt


@dataclass(frozen=True)
class Step:
    """A step of the round: its short name, what is to be done, and who does it."""

    label: str
    sentence: str
    actor: str


LAWYER, CITY, LEADER, JUSTICE, FINANCE, NOBODY = "lawyer", "city", "leader", "justice", "finance", "nobody"

ACTORS = {
    LAWYER: _lt("Lawyer"),
    CITY: _lt("City officer"),
    LEADER: _lt("Leader of the city union"),
    JUSTICE: _lt("Justice bureau"),
    FINANCE: _lt("Finance"),
    NOBODY: _lt("Nobody now"),
}

# In the order in which they come before each other: what is late or stops everything first.
STEPS = {
    "removal": Step(_lt("Removal open"), _lt("Decide the removal from the team."), CITY),
    "ledger_late": Step(
        _lt("Ledger late"), _lt("The ledger was due on %(ledger_due)s and is not handed in. Remind the lawyer."), LAWYER
    ),
    "ledger_check": Step(_lt("Ledger to check"), _lt("The ledger was handed in. Check it."), CITY),
    "renewal_sign": Step(_lt("Renewal to sign"), _lt("The contract of the next year waits for the signature."), LEADER),
    "renewal_ask": Step(
        _lt("Renewal drafted"), _lt("The contract of the next year is drafted. Ask for its approval."), CITY
    ),
    "assess": Step(
        _lt("Assessment to start"),
        _lt("The year is assessed before the contract ends on %(date_last)s. Start the assessment."),
        CITY,
    ),
    "assess_decide": Step(
        _lt("Assessment to decide"),
        _lt("The assessment is open: hear the four voices, decide and ask for approval."),
        CITY,
    ),
    "assess_cosign": Step(
        _lt("Assessment to co-sign"), _lt("The city signed the assessment; the justice bureau signs next."), JUSTICE
    ),
    "assess_end": Step(
        _lt("Assessment: end"), _lt("Both bodies signed “end early”: end the contract, or let it run out."), CITY
    ),
    "renew": Step(_lt("Renewal to propose"), _lt("The contract ends on %(date_last)s. Propose the next year's."), CITY),
    "ledger": Step(_lt("Ledger due"), _lt("The ledger is due on %(ledger_due)s."), LAWYER),
    "subsidy": Step(_lt("Subsidy to run"), _lt("The ledger is in: run the subsidy of the year."), CITY),
    "subsidy_pay": Step(_lt("Subsidy to pay"), _lt("The subsidy is on a payout and waits for the payment."), FINANCE),
    "in_office": Step(_lt("In office"), _lt("Nothing to do now; the contract runs until %(date_last)s."), NOBODY),
    "left": Step(_lt("Left"), _lt("The membership or the contract ended early; nothing is left to do."), NOBODY),
    "done": Step(_lt("Done"), _lt("The year is complete."), NOBODY),
}

BLOCKS = {
    "removal": _lt("a removal is being decided: no new cases, no renewal"),
    "suspended": _lt("suspended: no new cases, no renewal in a batch"),
    "licence": _lt("the licence is valid until %(license_valid_until)s only: no appointment after that day"),
    "no_licence": _lt("the licence number is missing: no appointment"),
    "assessment": _lt("the year is not assessed: no renewal"),
    "assessment_end": _lt("the assessment says “end early”: no renewal"),
    "ledger": _lt("the ledger is late: no subsidy"),
    "no_contract": _lt("the contract is over and no other one begins: no new cases"),
}
