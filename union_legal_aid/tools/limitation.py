"""Time limits of a labour dispute, computed from facts (requirement I12).

Sources: 劳动争议调解仲裁法 (2007), 民法典 Art. 188-204, 民事诉讼法 (2023), each article named where it is used. The
laws count 日, never 工作日. Every function takes a `calendar` (see `deadlines`): with it, a last day that is a rest day
moves to the next day that is not one; without it (None), the bare date comes back, which is the safer one to act by.

Three limits are started anew by interruptions (中断) and stand still for suspensions (中止): arbitration, enforcement
and the general civil claim. They are counted here; every other one is a row of `clocks` and is counted by
`clocks.reckon`. The functions named as a step of the procedure give its bare date for those who need no more.
"""

from dataclasses import dataclass
from datetime import date

from . import deadlines
from .clock import FACTS
from .clocks import NONE, NOT_COUNTED, STILL, Limit, allows_aid_first, get, limit_of, reckon
from .days import FOREVER, ONE_DAY
from .i18n import Sentence, _lt

__all__ = [
    "ArbitrationFacts",
    "CivilFacts",
    "EnforcementFacts",
    "Interruption",
    "Limit",
    "allows_aid_first",
    "annulment_by_employer",
    "answer_of_respondent",
    "arbitration",
    "arbitration_acceptance",
    "arbitration_award",
    "arbitration_limit",
    "after_award",
    "award_effective_from",
    "civil",
    "civil_limit",
    "enforcement",
    "enforcement_limit",
    "is_final_award",
    "lawsuit_after_annulment",
    "lawsuit_after_award",
    "mediation",
]

CLAIM = "claim"  # a claim to the other party, also by negotiating or asking for mediation
RELIEF = "relief"  # a request to an authority, commission or court: a procedure begins
PROMISE = "promise"  # the other party agrees to perform

ANEW = {
    CLAIM: _lt("On %(date)s the claim was asserted against the other party: the time begins anew."),
    RELIEF: _lt("On %(date)s an authority or court was asked for relief: the time begins anew."),
    PROMISE: _lt("On %(date)s the other party agreed to perform: the time begins anew."),
}
ANEW_AFTER = _lt("The procedure begun on %(date)s ended on %(ended)s: the time begins anew on that day.")
STILL_HEARD = _lt("The procedure begun on %(date)s is not over: the time begins anew when it ends.")
WITHOUT_EFFECT = _lt("What happened on %(date)s changes nothing: the time runs from %(start)s.")
TOO_LATE = _lt("What happened on %(date)s came after the last day and revives nothing.")
EMPLOYED = _lt("The employment lasts: no limit runs for unpaid wages until it ends.")


@dataclass(frozen=True)
class Interruption:
    """What starts a limitation anew (调解仲裁法 Art. 27(2), 民法典 Art. 195)."""

    date: date
    kind: str = CLAIM
    # The day the procedure that a request for relief began was over; None (or False) while it lasts.
    ended: date | None = None

    def __post_init__(self):
        if self.kind not in ANEW:
            raise ValueError(f"A limitation is interrupted by one of {', '.join(ANEW)}, not {self.kind!r}.")

    def restart(self, holds):
        """Return the day the time begins anew: the event itself, or the end of the procedure if that `holds` it."""
        if holds and self.kind == RELIEF:
            return self.ended or FOREVER
        return self.date


@dataclass(frozen=True)
class ArbitrationFacts:
    """What the limitation of a claim in arbitration depends on (Art. 27)."""

    # The day the worker knew, or should have known, that the right was infringed. Not needed for wage arrears.
    date_known: date | None = None
    # The claim is for pay (劳动报酬) withheld during the employment.
    is_wage_arrears: bool = False
    # The day the employment ended; None (or False, as Odoo writes an empty date) while it lasts.
    employment_ended: date | None = None
    # Days of a claim to the other party, a request for relief to an authority, or the other party's promise to perform.
    interruptions: tuple[date | Interruption, ...] = ()
    # Force majeure or another just cause: (first day, day it was removed); the second is empty while it lasts.
    suspensions: tuple[tuple[date, date | None], ...] = ()
    # Whether a procedure holds the time until it is over, as in the Civil Code; Art. 27(2) says "from the interruption".
    procedures_hold: bool = False


@dataclass(frozen=True)
class EnforcementFacts:
    """What the time to apply for enforcement depends on (民事诉讼法 Art. 250)."""

    # The last day for performance that the document sets, of the last instalment if there are several ...
    performance_ended: date | None = None
    # ... and if it sets none, the day it took effect.
    date_effective: date | None = None
    interruptions: tuple[date | Interruption, ...] = ()
    suspensions: tuple[tuple[date, date | None], ...] = ()
    procedures_hold: bool = False
    # 执行程序解释 Art. 19: the rest runs on; "half_year_after" is the later day of 民法典 Art. 194.
    after_pause: str = deadlines.LAST_HALF_YEAR


@dataclass(frozen=True)
class CivilFacts:
    """What the limitation of a general civil claim depends on (民法典 Art. 188)."""

    # The day the damage and the debtor were known, or should have been.
    date_known: date | None = None
    # The day of the damage; 20 years after it the claim ends, whatever happened.
    date_infringed: date | None = None
    interruptions: tuple[date | Interruption, ...] = ()
    suspensions: tuple[tuple[date, date | None], ...] = ()
    procedures_hold: bool = True


def arbitration(facts, calendar=None):
    """Return the last day to apply for arbitration, or None when no limit is running (Art. 27).

    - One year from the day the infringement was known or should have been.
    - Wage arrears: no limit during the employment (None), then one year from its end, whenever the arrears were known.
    - An interruption within the time starts a new year. One outside it changes nothing: what has expired is not
      revived.
    - A suspension stops the clock from its first day, at any point of the year; the rest of the time runs on from the
      day the obstacle is removed. While it lasts, there is no last day (None).

    Raise ValueError if the day the claim was known is missing, or a suspension ends before it begins.
    """
    return arbitration_limit(facts, calendar).date


def arbitration_limit(facts, calendar=None):
    """Return the `Limit` to apply for arbitration: `arbitration` with its rule and steps."""
    if not facts.is_wage_arrears:
        if not facts.date_known:
            raise ValueError(
                "The limitation needs the day on which the infringement was known or should have been known."
            )
        return _limit("arbitration", facts.date_known, facts, calendar)
    if not facts.employment_ended:
        return Limit(get("arbitration_wages"), None, None, (Sentence(EMPLOYED),), NONE)
    return _limit("arbitration_wages", facts.employment_ended, facts, calendar)


def enforcement(facts, calendar=None):
    """Return the last day to apply for enforcement, or None while it stands still: two years (民事诉讼法 Art. 250)."""
    return enforcement_limit(facts, calendar).date


def enforcement_limit(facts, calendar=None):
    """Return the `Limit` to apply for enforcement.

    An obstacle counts only within the last six months. Raise ValueError if neither the last day for performance nor
    the day of effect is known.
    """
    start = facts.performance_ended or facts.date_effective
    if not start:
        raise ValueError("The time to enforce needs the last day for performance, or the day the document took effect.")
    trigger = "performance_ended" if facts.performance_ended else "judgment_effective"
    return _limit("enforcement", start, facts, calendar, trigger=trigger, after_pause=facts.after_pause)


def civil(facts, calendar=None):
    """Return the last day to bring a general civil claim, or None while it stands still: three years (Art. 188)."""
    return civil_limit(facts, calendar).date


def civil_limit(facts, calendar=None):
    """Return the `Limit` to bring a general civil claim, e.g. for wages on an IOU (法释〔2020〕26号 Art. 15).

    An obstacle counts only within the last six months; the time then ends six months after its removal (Art. 194). A
    lawsuit or arbitration holds the time until it is over (Art. 195). 20 years after the damage it ends in any case.
    Raise ValueError if the day of knowing is missing.
    """
    if not facts.date_known:
        raise ValueError("The limitation needs the day on which the damage and the debtor were known.")
    cut = None
    if facts.date_infringed:
        cut = reckon("civil_longest", facts.date_infringed, calendar).date
    return _limit("civil", facts.date_known, facts, calendar, cut=cut)


def _limit(kind, start, facts, calendar, *, trigger=None, after_pause=None, cut=None):
    """Count from `start`, anew after each interruption that came in time; the order in which they are given is free."""
    clock = get(kind)
    options = {"pauses": facts.suspensions, "cut": cut, "after_pause": after_pause or clock.after_pause}
    steps = [Sentence(FACTS[trigger or clock.trigger], {"date": start}), Sentence(NOT_COUNTED)]
    count = deadlines.count(start, clock.length, clock.unit, calendar, **options)
    for event in _events(facts):
        restart = event.restart(facts.procedures_hold)
        if count.last_day and event.date > count.last_day:
            steps.append(Sentence(TOO_LATE, {"date": event.date}))
        elif restart <= start:
            steps.append(Sentence(WITHOUT_EFFECT, {"date": event.date, "start": start}))
        elif restart == FOREVER:
            steps.append(Sentence(STILL_HEARD, {"date": event.date}))
            steps += [Sentence(deadlines.CUT, {"date": cut})] if cut else []
            return Limit(clock, cut, cut, tuple(steps), STILL)
        else:
            start = restart
            count = deadlines.count(start, clock.length, clock.unit, calendar, **options)
            steps.append(_anew(event, restart))
    return limit_of(clock, count, steps)


def _events(facts):
    events = (event if isinstance(event, Interruption) else Interruption(event) for event in facts.interruptions)
    return sorted(events, key=lambda event: (event.date, event.restart(facts.procedures_hold), event.kind))


def _anew(event, restart):
    if restart != event.date:
        return Sentence(ANEW_AFTER, {"date": event.date, "ended": restart})
    return Sentence(ANEW[event.kind], {"date": event.date})


# The award


def is_final_award(amounts, monthly_minimum_wage, is_labour_standard=False):
    """Tell whether an award that does not say so is final (Art. 47, 法释〔2020〕26号 Art. 19).

    It is when each of the `amounts` (pay, medical costs of an injury, compensation) is at most twelve local monthly
    minimum wages, or the dispute is about a labour standard (hours, rest, social insurance). What the award says of
    itself comes first (Art. 18 there).
    """
    return is_labour_standard or bool(amounts) and max(amounts) <= 12 * monthly_minimum_wage


def after_award(received, is_final, party, calendar=None, **events):
    """Return the `Limit` of "worker" or "employer" to contest an award received on that day (Art. 48-50).

    A final award: the worker may sue within 15 days, the employer may only ask for annulment, within 30 days. Another
    award: each may sue within 15 days. `events` as in `clocks.reckon`. Raise ValueError for another party.
    """
    if party not in ("worker", "employer"):
        raise ValueError(f"An award binds the 'worker' and the 'employer', not {party!r}.")
    final_kind = "sue_final_award" if party == "worker" else "annul_final_award"
    return reckon(final_kind if is_final else "sue_award", received, calendar, **events)


def award_effective_from(is_final, date_made, received=(), has_sued=False, calendar=None):
    """Return the day an award takes effect, or None when it does not (Art. 47, 50).

    A final award: the day it was made. Another: the day after the last day to sue of those who received it on the
    days `received`; None if one of them sued, or nobody has received it yet.
    """
    if is_final:
        return date_made
    if has_sued or not received:
        return None
    return max(reckon("sue_award", day, calendar).date for day in received) + ONE_DAY


def lawsuit_after_award(received, calendar=None):
    """Return the last day to sue after the award was received: 15 days (Art. 48 for the worker, Art. 50)."""
    return reckon("sue_award", received, calendar).date


def annulment_by_employer(received, calendar=None):
    """Return the last day for the employer to ask that a final award be set aside: 30 days from receipt (Art. 49)."""
    return reckon("annul_final_award", received, calendar).date


def lawsuit_after_annulment(received, calendar=None):
    """Return the last day to sue after the ruling that sets a final award aside: 15 days from receipt (Art. 49)."""
    return reckon("sue_after_annulment", received, calendar).date


# The procedure


def mediation(received, calendar=None):
    """Return the last day for a mediated agreement: 15 days from the request; then arbitration is open (Art. 14)."""
    return reckon("mediation", received, calendar).date


def arbitration_acceptance(applied, calendar=None):
    """Return the last day for the commission to accept or refuse: 5 days; after it the applicant may sue (Art. 29)."""
    return reckon("arbitration_acceptance", applied, calendar).date


def answer_of_respondent(served, calendar=None):
    """Return the last day for the respondent's written answer: 10 days from the copy of the application (Art. 30)."""
    return reckon("answer", served, calendar).date


def arbitration_award(accepted, extended=False, calendar=None):
    """Return the last day for the award: 45 days from acceptance, 60 if extended; after it one may sue (Art. 43)."""
    return reckon("award", accepted, calendar, extensions=((accepted, 15),) if extended else ()).date
