"""Every clock of a labour dispute that the dated facts of one case set off, stop, interrupt, extend or meet (I12; F§1.4).

`reckon` looks at all facts anew each time, so the order in which they become known plays no part, and a corrected date
corrects every last day that rests on it.
"""

from dataclasses import dataclass
from datetime import date

from . import clocks, limitation
from .clocks_court import COURT
from .clocks_labour import LABOUR
from .limitation import ArbitrationFacts, CivilFacts, EnforcementFacts, Interruption

CLOCKS = {clock.kind: clock for clock in (*LABOUR, *COURT)}
# What a person enters. The facts of the union's own aid come from the steps of the case.
ENTERED = frozenset({"judgment_effective"}).union(
    *(
        {clock.trigger, clock.met_by, *clock.stopped_by, *clock.interrupted_by, *filter(None, [clock.extended_by])}
        for clock in CLOCKS.values()
    )
)
# Announced days; every other fact lies in the past when it is entered.
AHEAD = frozenset({"hearing", "performance_ended"})
# They last from a day to a day.
LASTING = frozenset(
    {"obstacle", "arbitration_paused", "conclusion_awaited", "claim_asserted", "arbitration_applied", "sued"}
)
# Once begun, a limitation runs from its first day; a later fact of the kind is another claim and does not extend it.
FROM_FIRST = frozenset(
    {"arbitration", "arbitration_wages", "civil", "civil_longest", "injury_employer", "injury_worker", "enforcement"}
)
# What meets a clock beside the fact that the table names.
ALSO_MET_BY = {"arbitration_acceptance": ("arbitration_refused",)}
# After these facts nobody needs the clock any more.
NEEDLESS_AFTER = {
    "hearing_notice": ("award_made", "award_received", "judgment_served"),
    "hearing_postponement": ("award_made", "award_received", "judgment_served"),
    "answer": ("award_made", "award_received"),
    "application_copy": ("award_made", "award_received"),
    "sue_award": ("judgment_effective", "performance_ended", "enforcement_applied"),
    "sue_final_award": ("judgment_effective", "performance_ended", "enforcement_applied"),
    "appeal_judgment": ("judgment_effective", "performance_ended", "enforcement_applied"),
    "appeal_ruling": ("judgment_effective", "performance_ended", "enforcement_applied"),
    "appraisal_review": ("appraisal_applied",),
}
END_OF_ARBITRATION = ("award_received", "award_made", "arbitration_refused")


@dataclass(frozen=True)
class Fact:
    """Something that happened on a day."""

    kind: str
    date: date
    ended: date | None = None  # the day an obstacle, a pause or a procedure was over
    way: str = limitation.CLAIM  # of an interruption
    is_final: bool = False  # the award is final (终局裁决)
    is_clear: bool = False  # the facts of the injury are clear
    clock: str = ""  # what is extended
    more: int = 0  # by so many of its units


@dataclass(frozen=True)
class Reckoned:
    """A clock of the case: from which day, until when, met when."""

    limit: clocks.Limit
    trigger: date
    date_done: date | None = None

    @property
    def kind(self):
        return self.limit.clock.kind


def reckon(facts, calendar, figures=None, is_wage=False):
    """Return the clocks that `facts` set off, as a tuple of `Reckoned`; at most one of each kind is not met.

    `figures` as in `clocks.length`; `is_wage`: the claim is for pay withheld during the employment, whose limitation
    runs from the end of the employment (Art. 27(4)). Raise ValueError for an extension that the law does not know.
    """
    dispute = _Dispute(tuple(sorted(facts, key=lambda fact: (fact.date, fact.kind))), calendar, figures, is_wage)
    return tuple(reckoned for clock in CLOCKS.values() for reckoned in dispute.reckon(clock))


@dataclass(frozen=True)
class _Dispute:
    facts: tuple[Fact, ...]
    calendar: dict | None
    figures: dict | None
    is_wage: bool

    def of(self, *kinds):
        return [fact for fact in self.facts if fact.kind in kinds]

    def reckon(self, clock):
        triggers = self.triggers(clock)
        if clock.kind in FROM_FIRST:
            triggers = triggers[:1]
        for number, trigger in enumerate(triggers):
            following = triggers[number + 1].date if number + 1 < len(triggers) else None
            done = self.met(clock, trigger.date, following, triggers[number - 1].date if number else None)
            # A later fact of the kind takes the place of one that nobody met.
            if done or following is None and not self.is_needless(clock, trigger.date):
                yield Reckoned(self.limit(clock, trigger, done), trigger.date, done)

    def triggers(self, clock):
        """Return the facts that set the clock off, in order."""
        kind = clock.kind
        if kind in ("arbitration", "arbitration_wages"):
            if self.is_wage != (kind == "arbitration_wages"):
                return []
            return (
                self.of("employment_ended") or self.of("right_infringed_known")
                if self.is_wage
                else self.of(clock.trigger)
            )
        if kind == "civil" and not self.of("right_infringed"):
            return []  # the general claim beside arbitration is for those who say since when the right is infringed
        if kind == "enforcement":
            return self.of("performance_ended") or self.of("judgment_effective")
        if kind == "enforce_preserved" and not self.of("preserved"):
            return []
        return [fact for fact in self.of(clock.trigger) if _suits(clock, fact)]

    def met(self, clock, trigger, following, previous):
        days = [fact.date for fact in self.of(clock.met_by, *ALSO_MET_BY.get(clock.kind, ()))]
        if clock.is_before:
            found = [day for day in days if day <= trigger and (previous is None or day > previous)]
            return max(found, default=None)
        found = [day for day in days if day >= trigger and (following is None or day < following)]
        return min(found, default=None)

    def is_needless(self, clock, trigger):
        return any(fact.date >= trigger for fact in self.of(*NEEDLESS_AFTER.get(clock.kind, ())))

    def limit(self, clock, trigger, done):
        known = [fact for fact in self.facts if done is None or fact.date <= done]
        pauses = tuple((fact.date, self.end_of(fact)) for fact in known if fact.kind in clock.stopped_by)
        if clock.interrupted_by:
            return self.limitation(clock, trigger, pauses, [fact for fact in known if fact.date != done])
        extensions = tuple((fact.date, fact.more) for fact in self.of("approved") if fact.clock == clock.kind)
        cut = {"pauses": pauses} if pauses else {}
        return clocks.reckon(
            clock.kind, trigger.date, self.calendar, figures=self.figures, extensions=extensions, **cut
        )

    def limitation(self, clock, trigger, pauses, known):
        interruptions = tuple(
            Interruption(fact.date, fact.way if fact.kind == "claim_asserted" else limitation.RELIEF, self.end_of(fact))
            for fact in known
            if fact.kind in clock.interrupted_by
        )
        events = {"interruptions": interruptions, "suspensions": pauses}
        if clock.kind == "civil":
            infringed = self.of("right_infringed")[0].date
            return limitation.civil_limit(CivilFacts(trigger.date, infringed, **events), self.calendar)
        if clock.kind == "enforcement":
            name = "performance_ended" if trigger.kind == "performance_ended" else "date_effective"
            return limitation.enforcement_limit(EnforcementFacts(**{name: trigger.date}, **events), self.calendar)
        ended = trigger.date if trigger.kind == "employment_ended" else None
        facts = ArbitrationFacts(
            date_known=None if self.is_wage else trigger.date,
            is_wage_arrears=self.is_wage,
            employment_ended=ended if self.is_wage else None,
            **events,
        )
        return limitation.arbitration_limit(facts, self.calendar)

    def end_of(self, fact):
        """Return the day on which what lasts was over; an arbitration ends with its award or the refusal."""
        if fact.ended or fact.kind != "arbitration_applied":
            return fact.ended
        return min((end.date for end in self.of(*END_OF_ARBITRATION) if end.date >= fact.date), default=None)


def _suits(clock, fact):
    """Tell whether the fact sets off this clock, of several with the same trigger."""
    if clock.trigger == "award_received":
        return fact.is_final == (clock.kind != "sue_award")
    if clock.trigger == "recognition_accepted":
        return fact.is_clear == (clock.kind == "injury_decision_simple")
    return True
