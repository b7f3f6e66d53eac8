"""Every clock by dated scenarios, and the table that declares them."""

import ast
import re
from datetime import date, timedelta
from pathlib import Path

from odoo.tests.common import BaseCase, tagged

from ..tools import clocks, deadlines, limitation
from ..tools.clock import BINDS, FACTS, VERIFIED
from ..tools.limitation import ArbitrationFacts
from .clock_scenarios import SCENARIOS, dated
from .test_tools_deadlines import announced_calendar

ADDON = Path(__file__).parent.parent


def marked_sources():
    """Return every literal that a call of `_lt` in `tools/` marks for translation."""
    return {
        node.args[0].value
        for path in (ADDON / "tools").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_lt"
    }


@tagged("post_install", "-at_install", "union_tools")
class TestToolsClocks(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = announced_calendar()
        cls.limits = {name: limit(cls.calendar) for name, limit, _expected, _source in SCENARIOS}

    # Scenarios

    def test_scenarios(self):
        """I7, I8, I9, I12, C1-C8, C14: the last day of every clock."""
        self.assertGreaterEqual(len(SCENARIOS), 80)
        self.assertEqual(len(self.limits), len(SCENARIOS), "two scenarios have the same id")
        for name, _limit, expected, source in SCENARIOS:
            with self.subTest(name, source=source):
                limit = self.limits[name]
                self.assertEqual(limit.date and limit.date.isoformat(), expected, "\n".join(map(str, limit.steps)))

    def test_every_clock_has_a_scenario(self):
        """I12: no row of the table stands untested."""
        self.assertEqual({limit.clock.kind for limit in self.limits.values()} | {"civil_longest"}, set(clocks.CLOCKS))
        limit = clocks.reckon("civil_longest", date(2006, 1, 7), self.calendar)
        self.assertEqual(limit.date, date(2026, 1, 7))

    def test_every_limit_explains_itself(self):
        """I12: the steps name the last day, the rule is there, and each step is a sentence that can be translated."""
        marked = marked_sources()
        for name, limit in self.limits.items():
            with self.subTest(name):
                self.assertTrue(limit.rule)
                self.assertTrue(limit.steps)
                for step in limit.steps:
                    self.assertIn(step.message, marked)
                    self.assertTrue(str(step).endswith("."), step)
                    self.assertNotIn("9999", str(step))
                if limit.date:
                    self.assertIn(limit.date, limit.steps[-1].values.values())
                    self.assertLessEqual(limit.bare_date, limit.date if not limit.clock.is_before else date.max)
                else:
                    self.assertIn(limit.state, ("still", "none"))

    def test_steps_are_translated_before_they_are_filled_in(self):
        """The source is translated as it stands, and the dates are shown in the reader's form."""
        step = clocks.reckon("decide", date(2026, 3, 2), {}).steps[0]
        sources = []
        text = step.text(
            lambda source: sources.append(source) or "申请于 %(date)s 收到。", lambda day: f"{day:%Y年%m月%d日}"
        )
        self.assertEqual(text, "申请于 2026年03月02日 收到。")
        self.assertEqual(sources, [FACTS["application_received"]])

    def test_explanation_reads_as_a_story(self):
        """I7: the steps of a decision that waited for papers, in order."""
        self.assertEqual(
            [str(step) for step in self.limits["decide-paused"].steps],
            [
                "The application was received on 2026-03-02.",
                "That day is not counted (民法典 §201).",
                "The 7-day time ends on 2026-03-09.",
                "The clock stood still from 2026-03-04 until 2026-03-10: the last day moves from 2026-03-09 to 2026-03-15.",
                "2026-03-15 is a rest day: the last day is the next working day, 2026-03-16 (民法典 §203).",
            ],
        )
        self.assertIn("will be 282 days after", str(self.limits["suspension-lasts"].steps[-1]))
        self.assertIn("revives nothing", str(self.limits["claim-a-day-late"].steps[2]))
        self.assertEqual(self.limits["wages-employed"].state, "none")

    def test_days_left_while_it_stands_still_are_right(self):
        """I12: what the explanation promises is what is left when the obstacle is gone."""
        facts = ArbitrationFacts(date(2025, 3, 10), suspensions=((date(2025, 6, 1), None),))
        left = limitation.arbitration_limit(facts).steps[-1].values["n"]
        for end in (date(2025, 6, 1), date(2025, 12, 24), date(2027, 2, 28)):
            ended = ArbitrationFacts(date(2025, 3, 10), suspensions=((date(2025, 6, 1), end),))
            self.assertEqual(limitation.arbitration(ended), end + timedelta(days=left))

    # On a given day

    def test_day_seven_and_day_eight(self):
        """I7: on the 7th day in time, on the 8th late."""
        limit = self.limits["decide-plain"]
        for today, done, light in [
            ("2026-03-06", None, "green"),
            ("2026-03-07", None, "amber"),
            ("2026-03-09", None, "amber"),
            ("2026-03-10", None, "red"),
            ("2026-03-10", "2026-03-09", "done"),
            ("2026-03-10", "2026-03-10", "late_done"),
        ]:
            with self.subTest(today=today, done=done):
                self.assertEqual(limit.light(dated(today), done and dated(done)), light)
        self.assertEqual(limit.days_left(date(2026, 3, 10)), -1)
        self.assertIsNone(self.limits["wages-employed"].days_left(date(2026, 3, 10)))

    def test_long_clocks_warn_earlier(self):
        """I12: a year's limitation is due soon a month before."""
        limit = self.limits["year"]
        self.assertEqual(limit.light(date(2026, 2, 7)), "green")
        self.assertEqual(limit.light(date(2026, 2, 8)), "amber")

    def test_aid_first(self):
        """I9: fewer than seven days to sue or arbitrate; seven left are not fewer; over is over."""
        for name in ("year", "wages-ended", "sue-award-saturday", "appeal-ruling", "civil", "reconsideration"):
            limit = self.limits[name]
            for left, expected in [(8, False), (7, False), (6, True), (1, True), (0, True), (-1, False)]:
                with self.subTest(name, left=left):
                    self.assertIs(limit.aid_first(limit.date - timedelta(days=left)), expected)
        self.assertIs(self.limits["year"].aid_first(date(2026, 3, 1), days=10), True)

    def test_aid_first_is_for_the_worker_and_for_filing(self):
        """I9: not for a time that binds others, nor for one that is none to sue, arbitrate or ask for reconsideration."""
        for name in ("annul-final-award", "award", "answer", "decide-plain", "enforce", "retrial-festival"):
            limit = self.limits[name]
            with self.subTest(name):
                self.assertIs(limit.aid_first(limit.date), False)
        for name in ("wages-employed", "suspension-lasts"):
            self.assertIs(self.limits[name].aid_first(date(2026, 3, 10)), False)

    def test_next_way_opens_the_day_after(self):
        """I12: no award within 45 (60) days, no decision within 5, no agreement within 15: the next way is open."""
        for name, expected in [
            ("award", "2026-04-17"),
            ("award-extended", "2026-05-07"),
            ("acceptance-festival", "2026-02-25"),
            ("mediation", "2026-03-18"),
            ("injury-employer", "2026-04-02"),
            ("appraisal-review-stays", "2026-03-09"),
        ]:
            with self.subTest(name):
                self.assertEqual(self.limits[name].opens_on, dated(expected))
        self.assertIsNone(self.limits["sue-award-saturday"].opens_on)
        self.assertIsNone(self.limits["injury-decision-waits"].opens_on)

    def test_reminders_follow_the_plan_of_the_clock(self):
        """T9: a clock of seven days reminds two days before, on the day and the day after."""
        limit = self.limits["decide-plain"]
        offsets = [reminder.offset for reminder in limit.reminders(None, date(2026, 3, 31))]
        self.assertEqual(offsets, [-2, 0, 1])
        self.assertEqual(limit.reminders(date(2026, 3, 9), date(2026, 3, 9)), ())

    # The table

    def test_table_names_what_exists(self):
        """C2: every clock says what sets it off, meets it and stops it, whom it binds, what follows, in known words."""
        self.assertEqual(len(clocks.CLOCKS), len(clocks.AID) + len(clocks.LABOUR) + len(clocks.COURT))
        ways = set(clocks.CLOCKS)
        marked = marked_sources()
        for kind, row in clocks.CLOCKS.items():
            with self.subTest(kind):
                facts = {row.trigger, row.met_by, *row.stopped_by, *row.interrupted_by, row.extended_by or "approved"}
                self.assertLessEqual(facts, set(FACTS))
                self.assertIn(row.binds, BINDS)
                self.assertIn(row.unit, (*deadlines.UNITS, "date"))
                self.assertEqual(bool(row.dates), row.unit == "date")
                self.assertEqual(row.length == 0, row.unit == "date")
                self.assertIn(row.opens or kind, ways)
                self.assertLessEqual({row.name, row.consequence}, marked)
                self.assertTrue(row.consequence.endswith("."))
                self.assertRegex(row.source, r"[\u4e00-\u9fff]")
                self.assertRegex(row.name_zh, r"^[\u4e00-\u9fff、（）]+$")
                self.assertEqual(bool(row.extended_by), row.longest_extension != 0)
                self.assertIn(0, row.plan)
                self.assertTrue(not row.is_filing or row.binds in ("worker", "either"))
                self.assertEqual(row.counting, "working" if row.unit == "workday" else "calendar")

    def test_names_are_unique(self):
        for name in ("name", "name_zh"):
            names = [getattr(row, name) for row in clocks.CLOCKS.values()]
            self.assertEqual(len(names), len(set(names)))

    def test_every_fact_is_used(self):
        """A fact that no clock names would be a word without meaning."""
        used = {"judgment_effective"}
        for row in clocks.CLOCKS.values():
            used |= {row.trigger, row.met_by, row.extended_by, *row.stopped_by, *row.interrupted_by}
        self.assertEqual(set(FACTS) - used, set())

    def test_what_is_not_verified_can_be_changed(self):
        """F§: what stands on memory, practice or the union's own word is data, never a fixed rule."""
        for kind, row in clocks.CLOCKS.items():
            with self.subTest(kind):
                self.assertTrue(row.certainty == VERIFIED or row.policy)
                self.assertTrue(row in clocks.AID or row.certainty != VERIFIED or not row.policy)

    def test_table_covers_the_facts(self):
        """F§1.3: each key with its default and unit."""
        for kind, days, unit in [
            ("decide", 7, "day"),
            ("supplement", 7, "day"),
            ("assign", 3, "day"),
            ("agency", 5, "day"),
            ("objection_review", 5, "day"),
            ("replace_decide", 5, "workday"),
            ("terminate_notify", 3, "day"),
            ("major_report", 3, "day"),
            ("file_submit", 30, "day"),
            ("file_review", 30, "day"),
            ("pay", 30, "day"),
        ]:
            with self.subTest(kind):
                row = clocks.get(kind)
                self.assertEqual((row.length, row.unit), (days, unit))
        self.assertEqual(clocks.get("ledger").dates, ((5, 20),))
        self.assertEqual(clocks.get("county_report").dates, ((5, 20), (12, 20)))

    def test_models_open_clocks_of_the_table(self):
        """C2: every kind that a model opens today stands in the table."""
        opened = {
            kind
            for path in (ADDON / "models").rglob("*.py")
            for kind in re.findall(r'_open_deadline\(\s*"(\w+)"', path.read_text(encoding="utf-8"))
        }
        self.assertGreaterEqual(len(opened), 7)
        self.assertLessEqual(opened, set(clocks.CLOCKS))

    # Figures and refusals

    def test_policy_longer_than_the_law(self):
        """O6, I7: a policy may be stricter than the law; a laxer one can be warned of."""
        self.assertFalse(clocks.exceeds_law("decide", {"decide_days": 7}))
        self.assertTrue(clocks.exceeds_law("decide", {"decide_days": 8}))
        self.assertFalse(clocks.exceeds_law("supplement", {"supplement_days": 60}))
        self.assertTrue(clocks.exceeds_law("decide", {"green_decide_days": 9}, "green"))
        self.assertIn("green_decide_days", clocks.POLICY_FIELDS)

    def test_refusals(self):
        """A wrong name, a pause or an extension that the law does not know, is an error, never a date."""
        day = date(2026, 3, 2)
        for text, call in [
            ("no clock", lambda: clocks.reckon("unknown", day)),
            ("no variant", lambda: clocks.reckon("assign", day, variant="green")),
            ("never stands still", lambda: clocks.reckon("retrial", day, pauses=((day, None),))),
            ("extended by 15", lambda: clocks.reckon("award", day, extensions=((day, 16),))),
            ("extended by 15", lambda: clocks.reckon("award", day, extensions=((day, 10), (day, 6)))),
            ("extended by 0", lambda: clocks.reckon("retrial", day, extensions=((day, 1),))),
            ("calendar", lambda: clocks.reckon("replace_decide", day)),
            ("whole number", lambda: clocks.reckon("decide", day, figures={"decide_days": -1})),
            ("date", lambda: clocks.reckon("decide", None, {})),
            ("'next', 'previous' or 'stay'", lambda: clocks.reckon("decide", day, {}, rest_day="later")),
            ("goes on by", lambda: clocks.reckon("decide", day, {}, after_pause="later")),
        ]:
            with self.subTest(text), self.assertRaisesRegex(ValueError, text):
                call()
