from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tests.common import BaseCase

from ..models.casework.legal_aid_case_fact import KINDS
from ..tools import dispute
from ..tools.clock import FACTS
from ..tools.dispute import Fact
from .casework_common import LegalAidCaseworkCommon
from .test_tools_deadlines import announced_calendar

ACCEPTED = "2026-01-22"  # 45 days from it end on a Sunday


def days(*rows):
    """``(kind, date, ...)`` as facts."""
    return [Fact(kind, date.fromisoformat(day), **more) for kind, day, more in ((*row, {})[:3] for row in rows)]


# What happened, the clocks that follow: kind → (last day, met on); a wage case or another one.
DISPUTES = [
    ("year", False, [("right_infringed_known", "2025-03-10")], {"arbitration": ("2026-03-10", None)}),
    (
        "wages while employed: no limit",
        True,
        [("right_infringed_known", "2025-03-10")],
        {"arbitration_wages": (None, None)},
    ),
    ("wages", True, [("employment_ended", "2025-06-30")], {"arbitration_wages": ("2026-06-30", None)}),
    (
        "a claim starts the year anew",
        False,
        [("right_infringed_known", "2025-03-10"), ("claim_asserted", "2025-12-01")],
        {"arbitration": ("2026-12-01", None)},
    ),
    (
        "an obstacle of 30 days",
        False,
        [("right_infringed_known", "2025-03-10"), ("obstacle", "2025-06-01", {"ended": date(2025, 7, 1)})],
        {"arbitration": ("2026-04-09", None)},
    ),
    (
        "applied for: commission has 5 days",
        False,
        [("right_infringed_known", "2025-03-10"), ("arbitration_applied", "2026-03-02")],
        {"arbitration": ("2026-03-10", "2026-03-02"), "arbitration_acceptance": ("2026-03-09", None)},
    ),
    (
        "refused: sue within 15 days",
        False,
        [("arbitration_applied", "2026-03-02"), ("arbitration_refused", "2026-03-04")],
        {"arbitration_acceptance": ("2026-03-09", "2026-03-04"), "sue_non_acceptance": ("2026-03-19", None)},
    ),
    (
        "accepted: 45 days, 15 more",
        False,
        [("arbitration_accepted", "2026-03-02"), ("approved", "2026-04-10", {"clock": "award", "more": 15})],
        {"application_copy": ("2026-03-09", None), "award": ("2026-05-06", None)},
    ),
    (
        "award that is not final",
        False,
        [("award_received", "2026-09-20")],
        {"sue_award": ("2026-10-08", None)},
    ),
    (
        "final award",
        False,
        [("award_received", "2026-01-31", {"is_final": True})],
        {"sue_final_award": ("2026-02-24", None), "annul_final_award": ("2026-03-02", None)},
    ),
    (
        "sued after the award",
        False,
        [("award_received", "2026-09-20"), ("sued", "2026-09-28")],
        {"sue_award": ("2026-10-08", "2026-09-28"), "court_docket": ("2026-10-08", None)},
    ),
    (
        "an award in effect needs no suit",
        False,
        [("award_received", "2026-03-02"), ("performance_ended", "2026-04-03")],
        {"enforcement": ("2028-04-03", None), "sue_award": None},
    ),
    (
        "two judgments: each its own time",
        False,
        [("judgment_served", "2026-02-02"), ("appealed", "2026-02-10"), ("judgment_served", "2026-06-01")],
        {"appeal_judgment": ("2026-06-16", None)},
    ),
    (
        "hearing",
        False,
        [("hearing", "2026-03-20"), ("hearing_notified", "2026-03-12")],
        {"hearing_notice": ("2026-03-13", "2026-03-12"), "hearing_postponement": ("2026-03-17", None)},
    ),
    (
        "injury",
        False,
        [("injury", "2026-03-02")],
        {"injury_employer": ("2026-04-01", None), "injury_worker": ("2027-03-02", None)},
    ),
    (
        "recognition, clear facts",
        False,
        [("recognition_accepted", "2026-03-02", {"is_clear": True})],
        {"injury_decision_simple": ("2026-03-17", None)},
    ),
    (
        "recognition waits for another authority",
        False,
        [("recognition_accepted", "2026-03-02"), ("conclusion_awaited", "2026-03-09")],
        {"injury_decision": (None, None)},
    ),
    (
        "the arbitration on the relationship holds the year of the injury",
        False,
        [
            ("injury", "2025-03-10"),
            ("arbitration_applied", "2025-06-01", {"ended": date(2025, 9, 1)}),
            ("arbitration_accepted", "2025-06-03"),
            ("award_made", "2025-07-10"),
        ],
        {"injury_worker": ("2026-06-10", None)},
    ),
    (
        "a claim in general, beside",
        False,
        [("right_infringed_known", "2025-03-10"), ("right_infringed", "2025-03-01")],
        {
            "arbitration": ("2026-03-10", None),
            "civil": ("2028-03-10", None),
            "civil_longest": ("2045-03-01", None),
        },
    ),
]


@tagged("post_install", "-at_install", "union_tools")
class TestToolsDispute(BaseCase):
    """I12: the clocks of a whole dispute from its facts, without a database."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = announced_calendar()

    def test_disputes(self):
        """I12, F§1.4: limitation, arbitration, award, court, enforcement, work injury."""
        for name, is_wage, rows, expected in DISPUTES:
            with self.subTest(name):
                reckoned = dispute.reckon(days(*rows), self.calendar, is_wage=is_wage)
                found = {
                    row.kind: tuple(day and day.isoformat() for day in (row.limit.date, row.date_done))
                    for row in reckoned
                }
                self.assertEqual({kind: found.get(kind) for kind in expected}, expected)

    def test_order_plays_no_part(self):
        """I12: facts may become known in any order."""
        for _name, is_wage, rows, _expected in DISPUTES:
            forth = dispute.reckon(days(*rows), self.calendar, is_wage=is_wage)
            back = dispute.reckon(days(*reversed(rows)), self.calendar, is_wage=is_wage)
            self.assertEqual(
                [(row.kind, row.trigger, row.limit.date) for row in forth],
                [(row.kind, row.trigger, row.limit.date) for row in back],
            )

    def test_one_of_a_kind_runs(self):
        """I12: of each kind at most one is not met."""
        facts = days(*(row for _name, _wage, rows, _expected in DISPUTES for row in rows))
        running = [row.kind for row in dispute.reckon(facts, self.calendar) if not row.date_done]
        self.assertEqual(len(running), len(set(running)))

    def test_every_fact_can_be_entered(self):
        """I12: the words of the form are the words of the table."""
        self.assertEqual({kind for kind, _label in KINDS}, dispute.ENTERED)
        self.assertLessEqual(dispute.ENTERED, set(FACTS))
        self.assertLessEqual(dispute.LASTING | dispute.AHEAD, dispute.ENTERED)


@tagged("post_install", "-at_install")
class TestCaseworkFacts(LegalAidCaseworkCommon):
    """I12, I9: no time limit of the dispute is anybody's memory."""

    def _add(self, case, kind, day, user=None, **vals):
        return (
            self.env["legal.aid.case.fact"]
            .with_user(user or self.a_officer)
            .create({"case_id": case.id, "kind": kind, "date": day, **vals})
        )

    def test_disputes_on_real_cases(self):
        """I12, F§1.4: the same disputes, entered by the officer."""
        with freeze_time("2026-11-02 02:00:00"):
            for name, is_wage, rows, expected in DISPUTES:
                with self.subTest(name):
                    matter = self.matter_wages if is_wage else self.matter_insurance
                    self.assertEqual(matter.is_wage, is_wage)
                    case = self._create_case(application_date="2026-11-02", matter_id=matter.id)
                    for kind, day, more in ((*row, {})[:3] for row in rows):
                        names = {"ended": "date_end", "clock": "extended_kind", "more": "extended_by"}
                        self._add(case, kind, day, **{names.get(key, key): value for key, value in more.items()})
                    found = {
                        clock.kind: (
                            clock.date_due and str(clock.date_due) or None,
                            clock.date_done and str(clock.date_done) or None,
                        )
                        for clock in case.sudo()
                        .deadline_ids.filtered(lambda clock: clock.state != "void")
                        .sorted("date_trigger")
                    }
                    self.assertEqual({kind: found.get(kind) for kind in expected}, expected)

    def test_worked_examples_on_real_cases(self):
        """F§12: the four worked examples, each on the record of a case."""
        with freeze_time("2026-02-10 02:00:00"):
            case = self._create_submitted(application_date="2026-02-10")
        self.assertEqual(self._get_due(case, "decide"), "2026-02-24")
        with freeze_time("2026-04-30 02:00:00"):
            case = self._create_granted(application_date="2026-04-30")
        self.assertEqual(self._get_due(case, "assign"), "2026-05-06")
        with freeze_time("2026-09-01 02:00:00"):
            case = self._create_closed(application_date="2026-08-03")
        self.assertEqual(self._get_due(case, "file_submit"), "2026-10-08")
        case.sudo()._open_deadline("replace_decide", "2026-09-17")
        self.assertEqual(self._get_due(case, "replace_decide"), "2026-09-23")

    def test_corrected_fact_corrects_the_clock(self):
        """I12, C13: a corrected, moved or deleted date is reckoned anew; nothing of it stays."""
        case = self._create_submitted(matter_id=self.matter_insurance.id, hardship_basis="self_commitment")
        fact = self._add(case, "right_infringed_known", "2025-06-10")
        self.assertEqual(self._get_due(case, "arbitration"), "2026-06-10")
        fact.date = "2025-06-11"
        self.assertEqual(self._get_due(case, "arbitration"), "2026-06-11")
        self.assertEqual(len(case.sudo()._get_running_deadlines("arbitration")), 1)
        other = self._create_case(matter_id=self.matter_insurance.id)
        fact.case_id = other
        self.assertFalse(self._get_due(case, "arbitration"))
        self.assertEqual(self._get_due(other, "arbitration"), "2026-06-11")
        fact.unlink()
        self.assertFalse(self._get_due(other, "arbitration"))
        self.assertEqual(self._get_due(case, "decide"), "2026-03-09", "the union's own clocks are not touched")

    def test_matter_decides_the_limitation(self):
        """I12: pay withheld during the employment has no limit before its end; another matter has its year."""
        case = self._create_case()
        self._add(case, "right_infringed_known", "2025-03-10")
        clock = case.sudo()._get_running_deadlines("arbitration_wages")
        self.assertTrue(clock)
        self.assertFalse(clock.date_due)
        self.assertIn("no limit runs", clock.explanation)
        self.assertFalse(case.deadline_light)
        case.matter_id = self.matter_insurance
        self.assertFalse(case.sudo()._get_running_deadlines("arbitration_wages"))
        self.assertEqual(self._get_due(case, "arbitration"), "2026-03-10")

    def test_shown_with_rule_steps_and_what_opens_next(self):
        """I12: each clock in words: due, days left, rule, steps, consequence and what opens."""
        case = self._create_in_progress()
        self._add(case, "arbitration_accepted", ACCEPTED)
        clock = case.sudo()._get_running_deadlines("award").with_user(self.a_officer)
        self.assertEqual((str(clock.date_due), clock.days_left, clock.light), ("2026-03-09", 7, "amber"))
        self.assertIn("§43", clock.rule)
        self.assertIn("45-day", clock.explanation)
        self.assertIn("Sue after the arbitration was not accepted: from 2026-03-10", clock.opens)
        self.assertTrue(clock.consequence)

    def test_aid_first(self):
        """I9: fewer than seven days left: aid may come first; at seven not yet; over is no ground."""
        case = self._create_case(matter_id=self.matter_insurance.id)
        self._add(case, "right_infringed_known", "2025-03-10")  # until 10 March 2026
        for day, allowed in (
            ("2026-03-03", False),
            ("2026-03-04", True),
            ("2026-03-10", True),
            ("2026-03-11", False),
        ):
            with self.subTest(day), freeze_time(f"{day} 02:00:00"):
                case.invalidate_recordset()
                self.assertIs(case.allows_aid_first, allowed)
                self.assertIn("2026-03-10", case.aid_first_note)
                self.assertEqual("may come first" in case.aid_first_note, allowed)

    def test_aid_first_is_for_filing_only(self):
        """I9: the days of the commission press nobody to file."""
        case = self._create_case()
        self._add(case, "arbitration_accepted", ACCEPTED)
        self.assertFalse(case.allows_aid_first)
        self.assertFalse(case.aid_first_note)

    # Who enters

    def test_lawyer_enters_on_his_own_case(self):
        """C3, I12: the assigned lawyer enters facts; another lawyer and another county cannot."""
        case = self._create_in_progress()
        fact = case.with_user(self.lawyer1_user).action_add_fact("award_received", "2026-03-02", note="当庭送达")
        self.assertEqual(fact.create_uid, self.lawyer1_user)
        self.assertEqual(self._get_due(case, "sue_award"), "2026-03-17")
        self.assertEqual(fact.with_user(self.lawyer1_user).note, "当庭送达")
        for stranger in (self.lawyer2_user, self.b_officer):
            with self.assertRaises(AccessError):
                case.with_user(stranger).action_add_fact("award_received", "2026-03-02")
        for door in (
            lambda: self._add(case, "award_received", "2026-03-02", self.lawyer1_user),
            lambda: self._add(case, "award_received", "2026-03-02", self.b_officer),
            lambda: fact.with_user(self.lawyer1_user).write({"date": "2026-03-01"}),
            lambda: fact.with_user(self.lawyer1_user).unlink(),
            lambda: fact.with_user(self.auditor).write({"date": "2026-03-01"}),
            lambda: fact.with_user(self.auditor).read(["note"]),
            lambda: fact.with_user(self.justice).read(["date"]),
        ):
            with self.assertRaises(AccessError):
                door()

    def test_nothing_changes_after_the_archive(self):
        """C8: an archived case takes no more facts, and none of its clocks runs."""
        case = self._create_closed()
        fact = self._add(case, "award_received", "2026-03-02")
        case.sudo()._transition("archived")
        self.assertFalse(case.sudo()._get_running_deadlines("sue_award"))
        for door in (
            lambda: self._add(case, "sued", "2026-03-02"),
            lambda: fact.write({"date": "2026-03-01"}),
            lambda: fact.unlink(),
            lambda: case.with_user(self.lawyer1_user).action_add_fact("sued", "2026-03-02"),
        ):
            with self.assertRaises(UserError):
                door()

    def _import(self, user, *row):
        """What the import of one row of facts leaves behind."""
        facts = self.env["legal.aid.case.fact"].with_user(user)
        return facts.browse(facts.load(["case_id/.id", "kind", "date"], [[str(row[0].id), *row[1:]]])["ids"] or [])

    def test_import_and_copy(self):
        """I12, C8: what the form refuses, the import refuses, too; a copied case starts without facts and clocks."""
        case = self._create_in_progress()
        fact = self._import(self.a_officer, case, "award_received", "2026-03-02")
        self.assertEqual((fact.case_id, self._get_due(case, "sue_award")), (case, "2026-03-17"))
        for user in (self.b_officer, self.lawyer1_user, self.lawyer2_user, self.auditor, self.justice):
            self.assertFalse(self._import(user, case, "sued", "2026-03-02"))
        self.assertFalse(self._import(self.a_officer, case, "sued", "2026-03-03"), "it lies in the future")
        clock = case.deadline_ids.filtered(lambda one: one.kind == "sue_award")
        for context in ({}, {"legal_aid_workflow": True}, {"default_date_due": "2030-01-01", "import_file": True}):
            with self.assertRaises(AccessError):
                clock.with_user(self.a_officer).with_context(**context).write({"date_due": "2030-01-01"})
        copied = case.with_user(self.a_officer).copy()
        self.assertFalse(copied.fact_ids)
        self.assertFalse(copied.deadline_ids.filtered(lambda one: one.kind == "sue_award"))

    def test_facts_that_cannot_be(self):
        """I12: each wrong entry is refused with what is wrong."""
        case = self._create_in_progress()
        other = self._create_in_progress()
        paper = self.env["legal.aid.case.document"].create({"case_id": other.id, "kind": "evidence"})
        for text, vals in (
            ("future", {"kind": "sued", "date": "2026-03-03"}),
            ("one day", {"kind": "award_made", "date": "2026-03-01", "date_end": "2026-03-02"}),
            ("by how much", {"kind": "approved", "date": "2026-03-02"}),
            (
                "15 days more",
                {"kind": "approved", "date": "2026-03-02", "extended_kind": "award", "extended_by": 16},
            ),
            ("another case", {"kind": "sued", "date": "2026-03-02", "document_id": paper.id}),
        ):
            with self.subTest(text), self.assertRaisesRegex(ValidationError, text):
                self._add(case, vals.pop("kind"), vals.pop("date"), **vals)
        self.assertTrue(self._add(case, "hearing", "2026-03-20"), "a hearing is announced")

    def test_paper_that_shows_it(self):
        """C12: a fact names the paper that shows it."""
        case = self._create_in_progress()
        paper = self.env["legal.aid.case.document"].create({"case_id": case.id, "kind": "decision"})
        self.assertEqual(self._add(case, "award_received", "2026-03-02", document_id=paper.id).document_id, paper)

    def test_clocks_of_the_dispute_are_reminded_of(self):
        """T9, I12: officer and lawyer are told of the worker's own times, too."""
        case = self._create_in_progress()
        self._add(case, "award_received", "2026-03-02")
        clock = case.sudo()._get_running_deadlines("sue_award")
        self.assertEqual(clock.volunteer_id, self.lawyer1)
        self.assertEqual(str(clock.remind_on), "2026-03-10")
        self.assertIn(self.lawyer1_user, clock._get_bound_users())

    def test_change_of_lawyer_moves_the_clocks(self):
        """C6: the new lawyer is bound by the running times of the dispute, the former one is not."""
        case = self._create_granted()
        self._add(case, "right_infringed_known", "2025-12-01")
        self._add(case, "employment_ended", "2025-12-01")
        case.action_assign(volunteer_id=self.lawyer1)
        self.assertEqual(case.sudo()._get_running_deadlines("arbitration_wages").volunteer_id, self.lawyer1)

    def test_reckoning_costs_the_same_for_many_facts(self):
        """I12: the facts of a case are read at once."""
        case = self._create_in_progress()
        counts = []
        for number in (1, 2, 12):
            while len(case.sudo().fact_ids) < number:
                self._add(case, "hearing_notified", "2026-03-02")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            case._reckon_dispute()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[2], counts[0])
