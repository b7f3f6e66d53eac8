"""Time limits of a labour dispute."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from odoo.tests.common import BaseCase, tagged

from ..tools import deadlines, limitation
from ..tools.limitation import ArbitrationFacts, CivilFacts, EnforcementFacts, Interruption
from .test_tools_clock_count import going_on, latest_if_none, random_day, random_pauses, stands_still
from .test_tools_deadlines import announced_calendar


def day(text):
    return date.fromisoformat(text)


def last_day(date_known=None, ended=None, wages=False, interruptions=(), suspensions=(), calendar=None):
    """Compute from texts; return a text or None."""
    facts = ArbitrationFacts(
        date_known=date_known and day(date_known),
        is_wage_arrears=wages,
        employment_ended=ended and day(ended),
        interruptions=tuple(day(text) for text in interruptions),
        suspensions=tuple((day(begin), end and day(end)) for begin, end in suspensions),
    )
    result = limitation.arbitration(facts, calendar)
    return result and result.isoformat()


@tagged("post_install", "-at_install", "union_tools")
class TestToolsLimitation(BaseCase):
    # One year (劳动争议调解仲裁法 Art. 27)

    def test_one_year_from_knowing(self):
        """I12: the day of knowing is not counted; the end of the employment plays no part."""
        self.assertEqual(last_day("2025-03-10"), "2026-03-10")
        self.assertEqual(last_day("2025-03-10", ended="2025-06-30"), "2026-03-10")
        self.assertEqual(last_day("2024-02-29"), "2025-02-28")

    def test_day_of_knowing_is_needed(self):
        with self.assertRaisesRegex(ValueError, "known"):
            last_day()

    def test_wage_arrears(self):
        """I12: no limit during the employment, one year from its end, however old the arrears are."""
        self.assertIsNone(last_day("2019-01-01", wages=True))
        self.assertIsNone(last_day(wages=True))
        self.assertIsNone(last_day(wages=True, ended=False))
        self.assertEqual(last_day("2019-01-01", ended="2025-06-30", wages=True), "2026-06-30")
        self.assertEqual(last_day(ended="2025-06-30", wages=True), "2026-06-30")

    def test_rest_day_moves_only_with_a_calendar(self):
        """The bare date is a Sunday; with a calendar it moves, over a holiday too."""
        self.assertEqual(last_day("2025-03-08"), "2026-03-08")
        self.assertEqual(last_day("2025-03-08", calendar={}), "2026-03-09")
        holiday = {date(2026, 2, 15) + timedelta(days=step): "rest" for step in range(9)}
        self.assertEqual(last_day("2025-02-17", calendar=holiday), "2026-02-24")

    # Interruption (中断)

    def test_interruption_starts_a_new_year(self):
        self.assertEqual(last_day("2025-03-10", interruptions=["2025-12-01"]), "2026-12-01")
        self.assertEqual(last_day("2025-03-10", interruptions=["2026-11-30", "2025-12-01"]), "2027-11-30")

    def test_interruption_on_the_last_day_counts(self):
        self.assertEqual(last_day("2025-03-10", interruptions=["2026-03-10"]), "2027-03-10")

    def test_interruption_after_the_end_revives_nothing(self):
        self.assertEqual(last_day("2025-03-10", interruptions=["2026-03-11"]), "2026-03-10")
        chain = ["2024-06-01", "2025-06-02", "2025-07-01"]  # the second comes one day too late
        self.assertEqual(last_day("2024-01-10", interruptions=chain), "2025-06-01")

    def test_interruption_before_the_start_changes_nothing(self):
        self.assertEqual(last_day("2025-03-10", interruptions=["2025-01-01", "2025-03-10"]), "2026-03-10")
        self.assertEqual(last_day(ended="2025-06-30", wages=True, interruptions=["2025-05-01"]), "2026-06-30")
        self.assertEqual(last_day(ended="2025-06-30", wages=True, interruptions=["2025-08-01"]), "2026-08-01")

    # Suspension (中止)

    def test_suspension_lengthens_by_its_days(self):
        """The clock stands still from the first day of the obstacle to the day it is removed: here 30 days."""
        self.assertEqual(last_day("2025-03-10", suspensions=[("2025-06-01", "2025-07-01")]), "2026-04-09")

    def test_suspension_before_or_after_the_time(self):
        self.assertEqual(last_day("2025-03-10", suspensions=[("2025-01-01", "2025-02-01")]), "2026-03-10")
        self.assertEqual(last_day("2025-03-10", suspensions=[("2026-03-11", "2026-05-01")]), "2026-03-10")
        self.assertEqual(last_day("2025-03-10", suspensions=[("2026-03-11", None)]), "2026-03-10")

    def test_suspension_over_the_start_counts_from_the_start(self):
        self.assertEqual(last_day("2025-03-10", suspensions=[("2025-03-01", "2025-03-20")]), "2026-03-20")

    def test_suspension_at_the_edges(self):
        """One that begins on the last day still lengthens; one removed on its first day takes no day."""
        self.assertEqual(last_day("2025-03-10", suspensions=[("2026-03-10", "2026-03-15")]), "2026-03-15")
        self.assertEqual(last_day("2025-03-10", suspensions=[("2025-06-01", "2025-06-01")]), "2026-03-10")

    def test_suspension_that_begins_in_the_lengthened_time(self):
        """The first one moves the end behind the second one's beginning: 30 and 10 days."""
        pauses = [("2026-03-20", "2026-03-30"), ("2025-06-01", "2025-07-01")]
        self.assertEqual(last_day("2025-03-10", suspensions=pauses), "2026-04-19")

    def test_overlapping_suspensions_count_once(self):
        pauses = [("2025-06-01", "2025-06-20"), ("2025-06-10", "2025-07-01"), ("2025-06-12", "2025-06-13")]
        self.assertEqual(last_day("2025-03-10", suspensions=pauses), "2026-04-09")

    def test_suspension_that_lasts(self):
        """While the obstacle lasts there is no last day."""
        self.assertIsNone(last_day("2025-03-10", suspensions=[("2025-06-01", None)]))
        self.assertIsNone(last_day("2025-03-10", suspensions=[("2025-06-01", False)]))
        self.assertIsNone(last_day("2025-03-10", suspensions=[("2025-06-01", None), ("2025-06-01", "2025-07-01")]))
        self.assertIsNone(last_day("2025-03-10", suspensions=[("2026-03-10", None)], interruptions=["2025-04-01"]))

    def test_suspension_and_interruption(self):
        """Only the part of the suspension after the interruption lengthens the new year: 11 of 30 days."""
        self.assertEqual(
            last_day("2025-03-10", suspensions=[("2025-06-01", "2025-07-01")], interruptions=["2025-06-20"]),
            "2026-07-01",
        )
        self.assertEqual(
            last_day("2025-03-10", suspensions=[("2025-06-01", "2025-07-01")], interruptions=["2026-04-09"]),
            "2027-04-09",
        )

    def test_suspension_that_ends_before_it_begins(self):
        with self.assertRaises(ValueError):
            last_day("2025-03-10", suspensions=[("2025-06-02", "2025-06-01")])

    # Limits of the procedure

    def test_procedure_limits(self):
        """I12: the days of each article; the day of receipt is not counted."""
        received = day("2026-03-02")
        for function, days in [
            (limitation.lawsuit_after_award, 15),
            (limitation.annulment_by_employer, 30),
            (limitation.lawsuit_after_annulment, 15),
            (limitation.arbitration_acceptance, 5),
            (limitation.answer_of_respondent, 10),
            (limitation.arbitration_award, 45),
            (limitation.mediation, 15),
        ]:
            with self.subTest(function=function.__name__):
                self.assertEqual(function(received), received + timedelta(days=days))
        self.assertEqual(limitation.arbitration_award(received, extended=True), received + timedelta(days=60))

    def test_procedure_limits_move_off_rest_days(self):
        """15 days from September 20, 2026 end inside the National Day holiday."""
        holiday = {date(2026, 10, number): "rest" for number in range(1, 8)}
        self.assertEqual(limitation.lawsuit_after_award(day("2026-09-20")), day("2026-10-05"))
        self.assertEqual(limitation.lawsuit_after_award(day("2026-09-20"), holiday), day("2026-10-08"))
        self.assertEqual(limitation.lawsuit_after_award(day("2026-03-06"), {}), day("2026-03-23"))

    # Aid first (法律援助法 Art. 44)

    def test_allows_aid_first(self):
        """I9: fewer than seven days left, the last day included, not after it."""
        limit = day("2026-03-10")
        for today, expected in [
            ("2026-03-02", False),
            ("2026-03-03", False),
            ("2026-03-04", True),
            ("2026-03-10", True),
            ("2026-03-11", False),
        ]:
            with self.subTest(today=today):
                self.assertIs(limitation.allows_aid_first(day(today), limit), expected)
        self.assertIs(limitation.allows_aid_first(day("2026-03-10"), None), False)
        self.assertIs(limitation.allows_aid_first(day("2026-03-01"), limit, days=10), True)

    # The award (Art. 47-50)

    def test_final_award(self):
        """I12: each item up to twelve monthly minimum wages, that sum included; or a labour standard."""
        wage = Decimal("2100")
        for amounts, is_standard, expected in [
            (["25200"], False, True),
            (["25200.01"], False, False),
            (["25200", "20000", "9000"], False, True),
            (["25200", "30000"], False, False),
            (["30000"], True, True),
            ([], True, True),
            ([], False, False),
        ]:
            with self.subTest(amounts=amounts, is_standard=is_standard):
                numbers = [Decimal(amount) for amount in amounts]
                self.assertIs(limitation.is_final_award(numbers, wage, is_standard), expected)

    def test_after_award(self):
        """I12: who may do what against which award, and until when."""
        received = day("2026-03-02")
        for party, is_final, kind, expected in [
            ("worker", True, "sue_final_award", "2026-03-17"),
            ("employer", True, "annul_final_award", "2026-04-01"),
            ("worker", False, "sue_award", "2026-03-17"),
            ("employer", False, "sue_award", "2026-03-17"),
        ]:
            with self.subTest(party=party, is_final=is_final):
                limit = limitation.after_award(received, is_final, party, {})
                self.assertEqual((limit.clock.kind, limit.date.isoformat()), (kind, expected))
        extended = limitation.after_award(received, False, "worker", {}, extensions=((day("2026-03-10"), 5),))
        self.assertEqual(extended.date, day("2026-03-23"))
        with self.assertRaisesRegex(ValueError, "worker"):
            limitation.after_award(received, True, "union")

    def test_award_takes_effect(self):
        """I12: a final award when it is made; another after the later of the two times to sue, unless one sues."""
        made = day("2026-03-01")
        received = [day("2026-03-02"), day("2026-03-06")]
        self.assertEqual(limitation.award_effective_from(True, made, received, has_sued=True), made)
        self.assertEqual(limitation.award_effective_from(False, made, received), day("2026-03-22"))
        self.assertEqual(limitation.award_effective_from(False, made, received, calendar={}), day("2026-03-24"))
        self.assertIsNone(limitation.award_effective_from(False, made, received, has_sued=True))
        self.assertIsNone(limitation.award_effective_from(False, made))

    # What is missing or unknown

    def test_missing_facts(self):
        for text, call in [
            ("performance", lambda: limitation.enforcement(EnforcementFacts())),
            ("damage", lambda: limitation.civil(CivilFacts())),
            ("interrupted by", lambda: Interruption(day("2026-03-02"), "letter")),
        ]:
            with self.subTest(text), self.assertRaisesRegex(ValueError, text):
                call()

    def test_dates_without_explanation(self):
        self.assertEqual(limitation.enforcement(EnforcementFacts(day("2024-03-10"))), day("2026-03-10"))
        self.assertEqual(limitation.civil(CivilFacts(day("2023-03-10"))), day("2026-03-10"))

    # Properties

    def test_arbitration_by_walking_the_calendar(self):
        """I12: interruptions and suspensions against a walk from day to day."""
        chance = random.Random(20160521)
        for _case in range(500):
            facts = self.random_facts(chance)
            pauses = facts.suspensions
            walk, (goes_on, left) = facts.date_known, self.set_off(facts.date_known, pauses)
            while left and walk.year < 2035:
                walk += timedelta(days=1)
                left -= walk > goes_on and not stands_still(walk, pauses)
                if walk in facts.interruptions:
                    goes_on, left = self.set_off(walk, pauses)
            with self.subTest(facts=facts):
                self.assertEqual(limitation.arbitration(facts), None if left else walk)

    def set_off(self, start, pauses):
        """Return the day from which the days of the year are counted, and how many there are."""
        return going_on(start, pauses), (deadlines.add_years(start, 1) - start).days

    def random_facts(self, chance, kind=ArbitrationFacts):
        interruptions = tuple(random_day(chance, day("2025-03-01"), 1200) for _number in range(chance.randrange(5)))
        suspensions = tuple(random_pauses(chance, day("2025-03-01")))
        known = random_day(chance, day("2025-01-01"), 200)
        return kind(known, interruptions=interruptions, suspensions=suspensions)

    def with_procedures(self, chance, facts):
        events = []
        for event in facts.interruptions:
            ended = chance.choice([None, event + timedelta(days=chance.randrange(400))])
            events.append(Interruption(event, chance.choice(["claim", "relief", "promise"]), ended))
        return replace(facts, interruptions=tuple(events), procedures_hold=chance.random() < 0.5)

    def test_properties(self):
        """I12: an event never shortens the time, its place in the list plays no part, a late one changes nothing."""
        chance = random.Random(20160522)
        calendar = announced_calendar()
        for _case in range(600):
            kind, compute, options = chance.choice(
                [
                    (ArbitrationFacts, limitation.arbitration, {}),
                    (EnforcementFacts, limitation.enforcement, {"after_pause": "half_year_after"}),
                    (CivilFacts, limitation.civil, {}),
                ]
            )
            facts = self.with_procedures(chance, replace(self.random_facts(chance, kind), **options))
            extra = self.random_facts(chance, kind)
            first = next(iter(vars(facts)))
            changed = {
                "later start": {first: getattr(facts, first) + timedelta(days=chance.randrange(1, 20))},
                "more interruptions": {"interruptions": facts.interruptions + extra.interruptions},
                "more suspensions": {"suspensions": facts.suspensions + extra.suspensions},
            }
            last = latest_if_none(compute(facts, calendar))
            for name, change in changed.items():
                with self.subTest(name, facts=facts, change=change):
                    self.assertLessEqual(last, latest_if_none(compute(replace(facts, **change), calendar)))
            shuffled = replace(
                facts,
                interruptions=tuple(chance.sample(facts.interruptions, len(facts.interruptions))),
                suspensions=tuple(chance.sample(facts.suspensions, len(facts.suspensions))),
            )
            with self.subTest("order", facts=facts):
                self.assertEqual(latest_if_none(compute(shuffled, calendar)), last)
            if last != date.max:
                tomorrow = last + timedelta(days=1)
                late = replace(
                    facts,
                    interruptions=(tomorrow, *facts.interruptions),
                    suspensions=((tomorrow, None), *facts.suspensions),
                )
                with self.subTest("late", facts=facts):
                    self.assertEqual(compute(late, calendar), last)
