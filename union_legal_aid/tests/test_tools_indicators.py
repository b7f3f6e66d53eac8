from datetime import date
from decimal import Decimal

from odoo.tests.common import BaseCase, tagged

from ..tools import indicators, periods


def row(kind, records=1, persons=1, amount=0, hours=0, **dimensions):
    empty = dict.fromkeys(
        (
            "is_wage",
            "is_injury",
            "service_form",
            "applicant_kind",
            "is_union_member",
            "is_green",
            "is_group",
            "outcome",
            "channel",
            "reason",
            "is_on_time",
        ),
        False,
    )
    measures = {"records": records, "persons": persons, "amount": amount, "hours": hours}
    return {"kind": kind, **empty, **dimensions, **{name: Decimal(str(value)) for name, value in measures.items()}}


@tagged("post_install", "-at_install", "union_tools")
class TestToolsIndicators(BaseCase):
    """V4, F§8: what a figure takes from the rows."""

    def _count(self, layout, rows, standing=()):
        return indicators.count_all(indicators.LAYOUTS[layout], rows, standing)

    def test_every_code_once(self):
        for layout, sections in indicators.LAYOUTS.items():
            codes = [figure.code for section in sections for figure in section.figures]
            self.assertEqual(len(codes), len(set(codes)), layout)

    def test_a_case_may_stand_in_two_groups(self):
        """F§8: one case is one piece, persons are counted as heads; rows of a group do not sum."""
        rows = [
            row(
                "granted",
                persons=12,
                applicant_kind="migrant_worker",
                is_wage=True,
                is_group=True,
                is_union_member=True,
            )
        ]
        figures = self._count("union", rows)
        self.assertEqual((figures["granted"], figures["persons"], figures["group_persons"]), (1, 12, 12))
        self.assertEqual((figures["persons_migrant"], figures["persons_member"]), (12, 12))

    def test_share_without_a_whole(self):
        self.assertIsNone(self._count("union", [])["won_share"])
        rows = [row("closed", outcome="won"), row("closed", outcome="lost"), row("closed", outcome="mediated")]
        self.assertEqual(self._count("union", rows)["won_share"], Decimal("66.7"))

    def test_open_is_what_was_granted_and_has_not_ended(self):
        standing = [row("granted", records=5), row("closed", records=2), row("terminated", records=1)]
        self.assertEqual(self._count("justice", [], standing)["open"], 2)

    def test_shown(self):
        self.assertEqual(indicators.show(1234567.5, "元"), "1,234,567.50")
        self.assertEqual(indicators.show(3, "件"), "3")
        self.assertEqual(indicators.show(66.7, "%"), "66.7")


@tagged("post_install", "-at_install", "union_tools")
class TestToolsStatisticalPeriods(BaseCase):
    """V4: calendar, December to November, and the year from 20 May, with their halves."""

    def test_periods(self):
        for kind, year, part, first, last in (
            ("calendar", 2026, "year", date(2026, 1, 1), date(2026, 12, 31)),
            ("calendar", 2026, "second_half", date(2026, 7, 1), date(2026, 12, 31)),
            ("justice", 2026, "year", date(2025, 12, 1), date(2026, 11, 30)),
            ("justice", 2026, "first_half", date(2025, 12, 1), date(2026, 5, 31)),
            ("justice", 2026, "second_half", date(2026, 6, 1), date(2026, 11, 30)),
            ("union", 2026, "year", date(2026, 5, 20), date(2027, 5, 19)),
            ("union", 2026, "first_half", date(2026, 5, 20), date(2026, 12, 19)),
            ("union", 2026, "second_half", date(2026, 12, 20), date(2027, 5, 19)),
        ):
            with self.subTest(kind=kind, part=part):
                self.assertEqual(periods.statistical_period(kind, year, part), (first, last))

    def test_unknown(self):
        with self.assertRaises(KeyError):
            periods.statistical_period("lunar", 2026)
        with self.assertRaises(ValueError):
            periods.statistical_period("calendar", 2026, "third")
