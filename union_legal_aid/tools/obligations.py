"""What a member of the team still has in hand (requirements T9, C6): the list that he hands over before he goes.

Each room adds what it knows; the list itself is plain data, the same on the screen, on paper and for the gate.
"""

from dataclasses import dataclass
from datetime import date

# In the order of the list.
KINDS = ("case", "application", "file", "hand_over", "substitute", "ledger", "fee", "card")
# What must not be left to nobody.
BLOCKING = frozenset({"case"})


@dataclass(frozen=True)
class Obligation:
    """One line of the hand-over list: a number, an office, days; no name and no story of a worker."""

    kind: str
    reference: str
    detail: str = ""
    union: str = ""
    date_due: date | None = None

    @property
    def is_blocking(self):
        """Whether a contract or a membership cannot end while it is with nobody."""
        return self.kind in BLOCKING


def arrange(obligations):
    """Return them by kind, within a kind the earliest day first, those without a day last."""
    return sorted(
        obligations,
        key=lambda one: (KINDS.index(one.kind), one.date_due is None, one.date_due or date.min, one.reference),
    )
