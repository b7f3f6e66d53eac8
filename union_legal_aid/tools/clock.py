"""What a clock is, and the facts that set it off, meet it or stop it; the clocks themselves stand in `clocks`."""

from dataclasses import dataclass, field

from .deadlines import NEXT, RESUME
from .i18n import _lt

# How sure the length of a clock is. What is not verified can be changed by the policy, always.
VERIFIED = "verified"  # in the text of the law
SECONDARY = "secondary"  # in a second-hand or partial copy of the rule
UNSURE = "unsure"  # usual practice, or a rule whose text could not be read
OWN = "own"  # the union's own figure

# Each fact as the sentence that tells it; a clock's trigger opens its explanation.
FACTS = {
    # the union's aid
    "application_received": _lt("The application was received on %(date)s."),
    "supplement_requested": _lt("The missing papers were asked for on %(date)s."),
    "supplement_received": _lt("The missing papers came in on %(date)s."),
    "verification_requested": _lt("Another union or office was asked to verify facts on %(date)s."),
    "decided": _lt("The application was decided on %(date)s."),
    "granted": _lt("Aid was granted on %(date)s."),
    "assigned": _lt("The lawyer was assigned on %(date)s."),
    "agency_signed": _lt("Power of attorney and agreement were signed on %(date)s."),
    "aid_first_started": _lt("Aid was given before the formalities from %(date)s."),
    "formalities_done": _lt("The formalities were completed on %(date)s."),
    "objection_received": _lt("The objection was received on %(date)s."),
    "objection_decided": _lt("The objection was decided on %(date)s."),
    "replacement_requested": _lt("The request for another lawyer was received on %(date)s."),
    "replacement_decided": _lt("The request for another lawyer was decided on %(date)s."),
    "terminated": _lt("The aid was terminated on %(date)s."),
    "termination_notified": _lt("The termination was made known on %(date)s."),
    "major_known": _lt("It became known on %(date)s that the case is a major or group case."),
    "major_reported": _lt("The major or group case was reported on %(date)s."),
    "work_logged": _lt("The last work on the case was recorded on %(date)s."),
    "closed": _lt("The case was closed on %(date)s."),
    "file_received": _lt("The case file was received on %(date)s."),
    "file_reviewed": _lt("The case file was reviewed on %(date)s."),
    "paid": _lt("The payment was made on %(date)s."),
    "year_began": _lt("The next date after %(date)s counts."),
    "ledger_received": _lt("The ledger was handed in on %(date)s."),
    "summary_received": _lt("The work summary was handed in on %(date)s."),
    "removal_opened": _lt("The removal was opened on %(date)s."),
    "reply_recorded": _lt("The lawyer's reply was recorded on %(date)s."),
    "complaint_received": _lt("The complaint was received on %(date)s."),
    "complaint_accepted": _lt("The complaint was accepted on %(date)s."),
    "complaint_told": _lt("The lawyer was told of the complaint on %(date)s."),
    "complaint_decided": _lt("The complaint was decided on %(date)s."),
    "complainant_told": _lt("The complainant was told the result on %(date)s."),
    "exit_requested": _lt("The request to leave the team was received on %(date)s."),
    "exit_settled": _lt("The request to leave the team was settled on %(date)s."),
    "roster_changed": _lt("The roster changed, or its change could be published, on %(date)s."),
    "roster_differed": _lt("The published roster was found to differ on %(date)s."),
    "roster_published": _lt("It was published on %(date)s."),
    "consent_withdrawn": _lt("The consent to publication was withdrawn on %(date)s."),
    "taken_down": _lt("The name was taken off the website on %(date)s."),
    "supervision_letter_received": _lt("The employer received the supervision letter on %(date)s."),
    "employer_replied": _lt("The employer replied on %(date)s."),
    # the labour dispute
    "right_infringed_known": _lt("The infringement was known, or should have been, on %(date)s."),
    "right_infringed": _lt("The right was infringed on %(date)s."),
    "employment_ended": _lt("The employment ended on %(date)s."),
    "mediation_requested": _lt("The mediation organization received the request on %(date)s."),
    "mediation_agreed": _lt("The mediated agreement took effect on %(date)s."),
    "agreement_confirmed": _lt("The court was asked to confirm the agreement on %(date)s."),
    "arbitration_applied": _lt("The arbitration commission received the application on %(date)s."),
    "arbitration_accepted": _lt("The arbitration commission accepted the application on %(date)s."),
    "arbitration_refused": _lt("The notice that the application is not accepted was received on %(date)s."),
    "arbitration_paused": _lt("The arbitration was suspended, or served by publication, from %(date)s."),
    "application_copy_served": _lt("The copy of the application was received on %(date)s."),
    "answer_given": _lt("The written answer was handed in on %(date)s."),
    "hearing": _lt("The hearing is on %(date)s."),
    "hearing_notified": _lt("The hearing was notified on %(date)s."),
    "postponement_requested": _lt("Postponement of the hearing was requested on %(date)s."),
    "award_made": _lt("The award was made on %(date)s."),
    "award_received": _lt("The award was received on %(date)s."),
    "annulment_received": _lt("The ruling that sets the award aside was received on %(date)s."),
    "dismissal_received": _lt("The ruling on the worker's suit was received on %(date)s."),
    "non_enforcement_received": _lt("The ruling not to enforce was received on %(date)s."),
    "annulment_applied": _lt("The court was asked to set the award aside on %(date)s."),
    "sued": _lt("The suit was filed on %(date)s."),
    "claim_asserted": _lt("The claim was asserted on %(date)s."),
    "obstacle": _lt("Force majeure or another obstacle stood in the way from %(date)s."),
    "approved": _lt("More time was granted on %(date)s."),
    # courts and authorities
    "suit_docketed": _lt("The court registered the suit on %(date)s."),
    "complaint_copy_served": _lt("The copy of the statement of claim was received on %(date)s."),
    "judgment_served": _lt("The judgment was served on %(date)s."),
    "ruling_served": _lt("The ruling was served on %(date)s."),
    "appealed": _lt("The appeal was filed on %(date)s."),
    "judgment_effective": _lt("The judgment, ruling or award took effect on %(date)s."),
    "retrial_applied": _lt("The retrial was applied for on %(date)s."),
    "performance_ended": _lt("The time for performance ended on %(date)s."),
    "enforcement_applied": _lt("The enforcement was applied for on %(date)s."),
    "preserved": _lt("The property or evidence was preserved on %(date)s."),
    "payment_order_applied": _lt("The payment order was applied for on %(date)s."),
    "payment_order_accepted": _lt("The court accepted the application for a payment order on %(date)s."),
    "payment_order_issued": _lt("The payment order was issued on %(date)s."),
    "payment_order_served": _lt("The payment order was received on %(date)s."),
    "payment_order_answered": _lt("The payment order was met or objected to on %(date)s."),
    "injury": _lt("The accident happened, or the disease was diagnosed, on %(date)s."),
    "recognition_applied": _lt("The recognition of the work injury was applied for on %(date)s."),
    "recognition_accepted": _lt("The application to recognize the work injury was accepted on %(date)s."),
    "recognition_decided": _lt("The recognition of the work injury was decided on %(date)s."),
    "conclusion_awaited": _lt("The conclusion of a court or another authority was awaited from %(date)s."),
    "appraisal_applied": _lt("The appraisal of working ability was applied for on %(date)s."),
    "appraisal_made": _lt("The appraisal of working ability was made on %(date)s."),
    "appraisal_received": _lt("The appraisal of working ability was received on %(date)s."),
    "reappraisal_applied": _lt("The second appraisal was applied for on %(date)s."),
    "act_known": _lt("The administrative act was known, or should have been, on %(date)s."),
    "reconsideration_applied": _lt("Administrative reconsideration was applied for on %(date)s."),
    "reconsideration_received": _lt("The decision on reconsideration was received on %(date)s."),
    "violation_ended": _lt("The violation of labour law happened, or ended, on %(date)s."),
    "violation_reported": _lt("The violation was reported to the labour authority on %(date)s."),
    "inspection_opened": _lt("The labour authority opened the inspection on %(date)s."),
    "inspection_done": _lt("The labour authority finished the inspection on %(date)s."),
}

BINDS = {
    "union": _lt("The union"),
    "finance": _lt("Finance of the paying union"),
    "lawyer": _lt("The lawyer"),
    "applicant": _lt("The applicant"),
    "worker": _lt("The worker"),
    "employer": _lt("The employer"),
    "either": _lt("Each party"),
    "together": _lt("Both parties together"),
    "mediator": _lt("The mediation organization"),
    "commission": _lt("The arbitration commission"),
    "court": _lt("The court"),
    "justice": _lt("The justice bureau"),
    "authority": _lt("The social insurance or labour authority"),
}


@dataclass(frozen=True)
class Clock:
    """A kind of clock: what sets it off, how long it runs, whom it binds, what stops it, what follows when it is over."""

    kind: str
    name: str  # marked source, as in a selection
    name_zh: str
    trigger: str  # of FACTS
    length: int
    unit: str  # "day" and "workday" (日, 工作日), "month", "year"; "date" for `dates` that come every year
    source: str
    binds: str  # of BINDS
    met_by: str  # of FACTS
    consequence: str  # marked source
    certainty: str = VERIFIED
    policy: str = ""  # field of the policy that holds the length; empty where no policy can change it
    variants: dict = field(default_factory=dict, hash=False)  # name of a variant: (field of the policy, length)
    is_ceiling: bool = False  # the law allows a policy to be shorter, not longer
    stopped_by: tuple[str, ...] = ()  # of FACTS: while it lasts, the clock stands still
    after_pause: str = RESUME
    interrupted_by: tuple[str, ...] = ()  # of FACTS: the whole time runs anew
    extended_by: str = ""  # of FACTS
    longest_extension: int | None = 0  # units; None where the law names no limit
    rest_day: str = NEXT
    is_before: bool = False  # counted back from the trigger, e.g. a hearing
    is_filing: bool = False  # a time to sue, arbitrate or ask for reconsideration: aid may come first (LAA Art. 44(1))
    opens: str = ""  # kind of the clock, or the step, that is open from the day after the last day
    dates: tuple[tuple[int, int], ...] = ()  # (month, day)

    @property
    def counting(self):
        """Return "working" for 工作日 and "calendar" for every other unit."""
        return "working" if self.unit == "workday" else "calendar"

    @property
    def rough_days(self):
        """Return about how many days it takes, to choose reminders by; of dates that come every year, the time between them."""
        if self.dates:
            return 365 // len(self.dates)
        return self.length * {"day": 1, "workday": 1, "month": 30, "year": 365, "date": 1}[self.unit]

    @property
    def amber_days(self):
        """Return from how many days before the last day it counts as due soon."""
        return _first_fitting(self.rough_days, AMBER)

    @property
    def plan(self):
        """Return the days of the reminders, counted from the last day (see `deadlines.reminders`)."""
        return _first_fitting(self.rough_days, PLANS)


# Up to so many days: days before the last one, days of the reminders.
AMBER = ((7, 2), (30, 5), (90, 7), (None, 30))
PLANS = (
    (3, (-1, 0, 1)),
    (7, (-2, 0, 1)),
    (30, (-7, -2, 0, 1)),
    (90, (-14, -7, -2, 0, 1)),
    (None, (-60, -30, -7, -2, 0, 1)),
)


def _first_fitting(days, table):
    return next(value for limit, value in table if limit is None or days <= limit)
