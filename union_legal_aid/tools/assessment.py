"""What a lawyer's year amounts to: duties met, points, and the outcome they speak for (requirement T10; 工作方案 §六, 管理办法 §4).

Pure figures in, a `Result` out. The points are a proposal: the city decides otherwise with a reason, and both bodies sign.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .i18n import Sentence, _lt

FULL = Decimal(100)
# The parts of the points: what the system knows, and the four voices.
MEASURES = ("duty", "ledger", "conduct", "training")
VOICES = ("union", "enterprise", "worker", "justice")
PARTS = (*MEASURES, *VOICES)

RENEW, IMPROVE, END = "renew", "improve", "end"
MET, MISSED, UNSET = "met", "missed", "none"

# Points of the ledger by how it stands; one that is not due yet is left out.
LEDGER_POINTS = {"in_time": FULL, "late": Decimal(60), "missing": Decimal(0)}
# What each event costs of the points for conduct.
COMPLAINT_COST, RETURNED_FILE_COST, SILENCE_COST = Decimal(50), Decimal(20), Decimal(10)
POINTS_PER_MARK = 20  # five marks of the call-back

NO_SERVICE = _lt("No service at all is on record in the period: 管理办法 §4 ends the membership.")
ALL_MET = _lt("%(score)s points (%(mark)s are needed), and every duty with a target is met.")
TARGETS_MISSED = _lt("%(missed)s of %(total)s duties with a target are not met.")
TOO_FEW_POINTS = _lt("%(score)s points; %(mark)s are needed.")
TOLD_BEFORE = _lt("The assessment before this one asked for improvement already.")


@dataclass(frozen=True)
class Duty:
    """A duty of the contract: how often in the year, and how often in fact. A target of 0 is none."""

    kind: str
    target: int
    done: int

    @property
    def standing(self):
        if not self.target:
            return UNSET
        return MET if self.done >= self.target else MISSED

    @property
    def share(self):
        """How much of the target is reached, in points; more than all of it counts as all."""
        return min(Decimal(self.done) / self.target, Decimal(1)) * FULL


@dataclass(frozen=True)
class Record:
    """What the assessment is made from. A part that is None is left out, and its weight with it."""

    duties: tuple = ()
    is_idle: bool = False
    ledger: str | None = None  # in_time, late, missing; None: not due yet
    complaints: int = 0
    returned_files: int = 0
    silent_cases: int = 0
    training_hours: float = 0.0
    training_target: float = 0.0
    voices: tuple = ()  # (kind, points) of each voice that was given
    was_told: bool = False  # the one before asked for improvement


@dataclass(frozen=True)
class Result:
    score: Decimal
    outcome: str
    parts: dict  # points of each part that counts
    reasons: tuple


def assess(record, weights, pass_mark):
    """Return the `Result` for a `Record`: `weights` has a whole number for each of `PARTS`, `pass_mark` is met by reaching it."""
    parts = get_parts(record)
    score = weigh(parts, weights)
    outcome, reasons = _propose(record, score, pass_mark)
    return Result(score, outcome, parts, reasons)


def get_parts(record):
    """Return the points of each part that counts, from 0 to 100."""
    parts = {
        "duty": _get_duty_points(record),
        "ledger": LEDGER_POINTS.get(record.ledger),
        "conduct": _get_conduct_points(record),
        "training": _get_training_points(record),
    }
    for kind in VOICES:
        given = [Decimal(points) for voice, points in record.voices if voice == kind]
        parts[kind] = sum(given, Decimal(0)) / len(given) if given else None
    return {part: points for part, points in parts.items() if points is not None}


def weigh(parts, weights):
    """Return the weighted mean of `parts`, to a tenth of a point; 0 when nothing that counts has a weight."""
    total = sum(weights[part] for part in parts)
    if not total:
        return Decimal("0.0")
    points = sum((points * weights[part] for part, points in parts.items()), Decimal(0))
    return (points / total).quantize(Decimal("0.1"), ROUND_HALF_UP)


def get_satisfaction(counts):
    """Return the points of call-backs, `counts` being `{mark from 1 to 5: how many}`; None when nobody was asked."""
    asked = sum(counts.values())
    if not asked:
        return None
    marks = sum(int(mark) * count for mark, count in counts.items())
    return (Decimal(marks * POINTS_PER_MARK) / asked).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _get_duty_points(record):
    shares = [duty.share for duty in record.duties if duty.target]
    if shares:
        return sum(shares, Decimal(0)) / len(shares)
    # Without any target there is no measure but that there was service.
    return Decimal(0) if record.is_idle else FULL


def _get_conduct_points(record):
    cost = (
        record.complaints * COMPLAINT_COST
        + record.returned_files * RETURNED_FILE_COST
        + record.silent_cases * SILENCE_COST
    )
    return max(FULL - cost, Decimal(0))


def _get_training_points(record):
    if not record.training_target:
        return None
    return min(Decimal(str(record.training_hours)) / Decimal(str(record.training_target)), Decimal(1)) * FULL


def _propose(record, score, pass_mark):
    """`(outcome, reasons)`: whoever did what the duties ask is kept on; else improvement, or the end (工作方案 §六)."""
    if record.is_idle:
        return END, (Sentence(NO_SERVICE),)
    with_target = [duty for duty in record.duties if duty.target]
    missed = [duty for duty in with_target if duty.standing == MISSED]
    figures = {"score": score, "mark": pass_mark}
    reasons = []
    if missed:
        reasons.append(Sentence(TARGETS_MISSED, {"missed": len(missed), "total": len(with_target)}))
    if score < pass_mark:
        reasons.append(Sentence(TOO_FEW_POINTS, figures))
    if not reasons:
        return RENEW, (Sentence(ALL_MET, figures),)
    if record.was_told and score < pass_mark:
        return END, (*reasons, Sentence(TOLD_BEFORE))
    return IMPROVE, tuple(reasons)
