"""What one lawyer did in a period, as figures (requirements T10, T14, V1): one definition for all who ask.

Ledger, certificate, assessment, awards, the ground “no service” (管理办法 §4) and the yearly round read these figures, so none of
them can differ from another.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class ServiceFacts:
    """The service of one lawyer, both ends of the period included.

    * `consultations`: questions that the lawyer took, by their day;
    * `cases_assigned`: cases that he accepted, by the day on which they were proposed to him; one case counts once;
    * `recipients`: the workers whom those cases help (受援人数; a group case counts each worker);
    * `cases_closed`: cases closed or terminated under him, by their closing date (结案日); `amount_recovered` in them, in yuan;
    * `log_entries`, `log_hours`: his work log, by the day of the work;
    * `activities`, `activity_hours`: confirmed activities that he attended, of any kind; of them `publicity`, with `audience`
      in all, and `training_hours` that he was trained;
    * `last_service_date`: the last day on which any of this happened within the period.
    """

    consultations: int = 0
    cases_assigned: int = 0
    recipients: int = 0
    cases_closed: int = 0
    amount_recovered: Decimal = NOTHING
    log_entries: int = 0
    log_hours: float = 0.0
    activities: int = 0
    activity_hours: float = 0.0
    publicity: int = 0
    audience: int = 0
    training_hours: float = 0.0
    last_service_date: date | None = None

    @property
    def is_idle(self):
        """Nothing at all: neither advice nor a case, work on one, or an activity (没有开展职工法律志愿服务)."""
        return not (
            self.consultations or self.cases_assigned or self.cases_closed or self.log_entries or self.activities
        )

    @property
    def hours(self):
        """Hours on record: work on cases and activities."""
        return round(self.log_hours + self.activity_hours, 2)


# The figures of a ledger and a certificate, in the order in which they are told.
FIGURES = (
    "consultations",
    "cases_assigned",
    "recipients",
    "cases_closed",
    "amount_recovered",
    "log_entries",
    "log_hours",
    "publicity",
    "audience",
    "activities",
    "activity_hours",
    "training_hours",
)
