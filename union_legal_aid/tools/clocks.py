"""Every clock of the module by name, and the last day it gives, explained (requirements I7-I9, I12, C1-C8; facts §1).

The table is declared in `clocks_aid` (the union's own aid), `clocks_labour` (mediation, arbitration, award) and
`clocks_court` (courts and authorities). `reckon` counts one of them from its facts; `limitation` counts those that
interruptions start anew.
"""

from dataclasses import dataclass
from datetime import date

from . import deadlines
from .clock import FACTS, Clock
from .clocks_aid import AID
from .clocks_court import COURT
from .clocks_labour import LABOUR
from .days import ONE_DAY, moved
from .i18n import Sentence, _lt

CLOCKS = {clock.kind: clock for clock in (*AID, *LABOUR, *COURT)}
POLICY_FIELDS = tuple(
    sorted(
        {clock.policy for clock in CLOCKS.values() if clock.policy}
        | {name for clock in CLOCKS.values() for name, _length in clock.variants.values()}
    )
)
AID_FIRST_DAYS = 7  # 法律援助法 Art. 44(1)

RUNNING = "running"
STILL = "still"  # it stands still: no last day for now
NONE = "none"  # no limit runs

NOT_COUNTED = _lt("That day is not counted (民法典 §201).")
COUNTED_BACK = _lt("Counting %(n)s days back, the last day is %(date)s.")
FIXED = _lt("It is due on %(date)s, and that day is on time.")
REST_DAY = {deadlines.NEXT: deadlines.MOVED, deadlines.PREVIOUS: deadlines.MOVED_BACK}


@dataclass(frozen=True)
class Limit:
    """A last day that explains itself."""

    clock: Clock
    date: date | None  # acting on that day is in time; None while it stands still or no limit runs
    bare_date: date | None  # before it moved off a rest day: the safer day to act by
    steps: tuple[Sentence, ...]  # how it was counted, in order; the rule is `rule`
    state: str = RUNNING

    @property
    def rule(self):
        """Return the articles it rests on."""
        return self.clock.source

    @property
    def opens_on(self):
        """Return the first day of the next way (`clock.opens`), when this one binds somebody who did not act."""
        return self.date + ONE_DAY if self.date and self.clock.opens else None

    def days_left(self, today):
        """Return the days from `today` to the last day, negative after it; None where no last day stands."""
        return (self.date - today).days if self.date else None

    def light(self, today, date_done=None):
        """Return the traffic light, amber as early as the kind of clock deserves."""
        return deadlines.light(today, self.date, date_done, self.clock.amber_days)

    def aid_first(self, today, days=AID_FIRST_DAYS):
        """Tell whether on `today` this limit lets aid come before the formalities (I9, 法律援助法 Art. 44(1)).

        Only a worker's time to sue, to apply for arbitration or for reconsideration does, with fewer than `days` days
        left.
        """
        return self.clock.is_filing and allows_aid_first(today, self.date, days)

    def reminders(self, since, today, calendar=None):
        """Return the reminders that have fallen due by the plan of the clock (see `deadlines.reminders`)."""
        return deadlines.reminders(self.date, self.clock.plan, since, today, calendar)


def allows_aid_first(today, last_day, days=AID_FIRST_DAYS):
    """Tell whether aid may come before the formalities: fewer than `days` days left (法律援助法 Art. 44(1)).

    Today is not counted: seven days before the last day it is not yet so, on the last day it is. A limit that is over
    (or None, when none runs) is no ground.
    """
    return bool(last_day) and 0 <= (last_day - today).days < days


def get(kind):
    """Return the clock of that name. Raise ValueError if there is none."""
    if kind not in CLOCKS:
        raise ValueError(f"There is no clock {kind!r}.")
    return CLOCKS[kind]


def length(kind, figures=None, variant=None):
    """Return the length of a clock: the figure of the policy where one is set, else the default.

    `figures` maps the names in `POLICY_FIELDS` to whole numbers; `variant` names a shorter road, e.g. "green". Raise
    ValueError if the clock has no such variant.
    """
    clock = get(kind)
    name, default = clock.policy, clock.length
    if variant:
        if variant not in clock.variants:
            raise ValueError(f"The clock {kind!r} has no variant {variant!r}.")
        name, default = clock.variants[variant]
    return (figures or {}).get(name) or default


def exceeds_law(kind, figures=None, variant=None):
    """Tell whether a policy gives longer than the law allows at most: warn who enters it."""
    clock = get(kind)
    return clock.is_ceiling and length(kind, figures, variant) > clock.length


def reckon(
    kind,
    trigger,
    calendar=None,
    *,
    figures=None,
    variant=None,
    pauses=(),
    extensions=(),
    cut=None,
    rest_day=None,
    after_pause=None,
):
    """Return the `Limit` that the clock `kind` gives from the day of its trigger, or on the next of its fixed dates.

    `figures` and `variant` as in `length`; `pauses`, `extensions` and `cut` as in `deadlines.count`. `rest_day` and
    `after_pause` override what the clock says. Without a calendar, 日, months and years end on the bare date.
    Raise ValueError for a pause or an extension that the clock does not know, or a longer one than it allows, and as
    `deadlines.count` does.
    """
    clock = get(kind)
    rest_day = rest_day or clock.rest_day
    _check_events(clock, pauses, extensions)
    if clock.dates:
        bare = deadlines.next_fixed_date(trigger, clock.dates)
        return _moved_limit(clock, bare, calendar, rest_day, [Sentence(FIXED, {"date": bare})])
    steps = [Sentence(FACTS[clock.trigger], {"date": trigger}), Sentence(NOT_COUNTED)]
    n = length(kind, figures, variant)
    if clock.is_before:
        bare = deadlines.due_before(trigger, n, None)
        steps.append(Sentence(COUNTED_BACK, {"n": n, "date": bare}))
        return _moved_limit(clock, bare, calendar, deadlines.PREVIOUS, steps)
    count = deadlines.count(
        trigger,
        n,
        clock.unit,
        calendar,
        pauses=pauses,
        extensions=extensions,
        cut=cut,
        rest_day=rest_day,
        after_pause=after_pause or clock.after_pause,
    )
    return limit_of(clock, count, steps)


def limit_of(clock, count, steps):
    """Return the `Limit` of a count, its sentences after `steps`."""
    state = RUNNING if count.last_day else STILL
    return Limit(clock, count.last_day, count.bare_day, (*steps, *count.sentences), state)


def _moved_limit(clock, bare, calendar, rest_day, steps):
    day = moved(bare, calendar, rest_day)
    if day != bare:
        steps.append(Sentence(REST_DAY[rest_day], {"date": bare, "moved": day}))
    return Limit(clock, day, bare, tuple(steps))


def _check_events(clock, pauses, extensions):
    if pauses and not clock.stopped_by:
        raise ValueError(f"The clock {clock.kind!r} never stands still.")
    longest = clock.longest_extension
    if extensions and longest is not None and sum(more for _granted, more in extensions) > longest:
        raise ValueError(f"The clock {clock.kind!r} can be extended by {longest} at most.")
