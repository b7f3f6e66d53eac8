from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..tools import clocks
from .casework_common import LegalAidCaseworkCommon

TRIGGER = "2026-03-02"


@tagged("post_install", "-at_install")
class TestCaseworkClocks(LegalAidCaseworkCommon):
    """I7, C2: no length and no date of a clock is anybody's memory."""

    def _get_clock(self, case, kind):
        return case.sudo().deadline_ids.filtered(lambda deadline: deadline.kind == kind and deadline.state == "open")

    def _create_policy(self, **figures):
        """A policy of county a's own, which comes before the city's."""
        return self.env["legal.aid.policy"].create(
            {
                "name": "甲县政策",
                "organization_id": self.county_a.id,
                "document_number": "测甲工〔2026〕1号",
                "date_from": "2026-01-01",
                **figures,
            }
        )

    def test_every_clock_of_the_table_can_run(self):
        """C2: each kind with a fixed length opens on a case, with the day of the table, and explains itself."""
        case = self._create_submitted()
        calendar = self.env["legal.aid.calendar.day"]._get_calendar()
        kinds = dict(self.env["legal.aid.deadline"]._fields["kind"]._description_selection(self.env))
        self.assertEqual(set(kinds), set(clocks.CLOCKS))
        for kind in clocks.CLOCKS:
            with self.subTest(kind):
                case.sudo()._open_deadline(kind, TRIGGER)
                expected = clocks.reckon(
                    kind, case.application_date, calendar, figures=self.policy._get_clock_figures()
                )
                clock = self._get_clock(case, kind)
                self.assertEqual((clock.date_due, clock.date_bare), (expected.date, expected.bare_date))
                self.assertEqual(clock.explanation, "\n".join(map(str, expected.steps)))
                self.assertEqual(clock.rule, expected.rule)

    def test_explained_step_by_step(self):
        """I7: how the date was counted, the bare date beside it, in the language of the reader."""
        with freeze_time("2026-02-10 02:00:00"):
            case = self._create_submitted(application_date="2026-02-10")
        clock = self._get_clock(case, "decide").with_user(self.a_officer)
        self.assertEqual((str(clock.date_due), str(clock.date_bare)), ("2026-02-24", "2026-02-17"))
        self.assertEqual(
            clock.explanation.splitlines(),
            [
                "The application was received on 2026-02-10.",
                "That day is not counted (民法典 §201).",
                "The 7-day time ends on 2026-02-17.",
                "2026-02-17 is a rest day: the last day is the next working day, 2026-02-24 (民法典 §203).",
            ],
        )

    def test_clock_of_an_earlier_version_explains_itself(self):
        """C2: one that kept no steps tells its trigger and its last day."""
        clock = self._get_clock(self._create_submitted(), "decide")
        clock.steps = False
        self.assertEqual(len(clock.explanation.splitlines()), 2)
        self.assertIn("2026-03-09", clock.explanation)

    def test_policy_of_the_record_sets_the_length(self):
        """O6: the figures of the policy hold, every one that the table names."""
        self.assertLessEqual(set(clocks.POLICY_FIELDS), set(self.policy._fields))
        self._create_policy(**dict.fromkeys(clocks.POLICY_FIELDS, 1))
        case = self._create_submitted()
        self.assertEqual(self._get_due(case, "decide"), "2026-03-03")
        case.sudo()._open_deadline("replace_decide", "2026-03-06")
        self.assertEqual(self._get_due(case, "replace_decide"), "2026-03-09", "a working day, not a day")

    def test_policy_longer_than_the_law_is_shown(self):
        """O6, I7: stricter than the law says nothing; laxer is warned of, on either road."""
        policy = self._create_policy()
        self.assertFalse(policy.law_warning)
        policy.write({"decide_days": 7, "assign_days": 2, "supplement_days": 60})
        self.assertFalse(policy.law_warning)
        policy.decide_days = 8
        self.assertIn("法律援助法 §43", policy.law_warning)
        policy.write({"decide_days": 7, "green_decide_days": 8})
        self.assertEqual(len(policy.law_warning.splitlines()), 1)
        with self.assertRaises(ValidationError):
            policy.pay_days = 0

    def test_long_clocks_are_amber_earlier(self):
        """C8: five days before for 30 days, two for seven; list, search and board show the same light."""
        case = self._create_closed()
        clock = self._get_clock(case, "file_submit")
        self.assertEqual(str(clock.date_due), "2026-04-01")
        deadlines = self.env["legal.aid.deadline"].with_user(self.a_officer)
        cases = self.env["legal.aid.case"].with_user(self.a_officer)
        for day, light in (
            ("2026-03-26", "green"),
            ("2026-03-27", "amber"),
            ("2026-04-01", "amber"),
            ("2026-04-02", "red"),
        ):
            with self.subTest(day), freeze_time(f"{day} 02:00:00"):
                self.env.invalidate_all()
                self.assertEqual((clock.light, case.deadline_light), (light, light))
                for other in ("green", "amber", "red"):
                    own = [("id", "=", clock.id), ("light", "=", other)]
                    self.assertEqual(deadlines.search_count(own), int(other == light))
                    own = [("id", "=", case.id), ("deadline_light", "=", other)]
                    self.assertEqual(cases.search_count(own), int(other == light))
                self.assertEqual(deadlines._read_group([("id", "=", clock.id)], ["light"], ["__count"]), [(light, 1)])

    def test_lights_of_what_was_met(self):
        """I7: day 7 is in time, day 8 is late, void shows nothing; the search agrees."""
        deadlines = self.env["legal.aid.deadline"].with_user(self.a_officer)
        for day, light in (("2026-03-09", "done"), ("2026-03-10", "late_done")):
            with self.subTest(day), freeze_time(f"{day} 02:00:00"):
                case = self._create_submitted(application_date=TRIGGER)
                clock = self._get_clock(case, "decide")
                case.with_user(self.a_manager).action_grant()
                self.assertEqual(clock.light, light)
                found = deadlines.search([("res_id", "=", case.id), ("kind", "=", "decide"), ("light", "=", light)])
                self.assertEqual(found, clock)
                groups = deadlines._read_group([("id", "=", clock.id)], ["light"], ["__count"])
                self.assertEqual(groups, [(light, 1)])

    def test_worst_light_is_the_light_of_the_case(self):
        """C2: a case with one overdue clock is red, whatever else runs; without a clock it shows nothing."""
        case = self._create_submitted()
        case.sudo()._open_deadline("arbitration", "2025-02-01")
        self.env.invalidate_all()
        self.assertEqual(case.deadline_light, "red")
        cases = self.env["legal.aid.case"].with_user(self.a_officer)
        draft = self._create_case()
        both = [("id", "in", (case | draft).ids)]
        self.assertEqual(cases.search([*both, ("deadline_light", "=", "red")]), case)
        self.assertFalse(cases.search([*both, ("deadline_light", "in", ("amber", "green"))]))
        self.assertEqual(cases.search([*both, ("deadline_light", "=", False)]), draft)

    def test_running_clock_is_replaced(self):
        """C2: a kind runs once; opening it anew voids the other, in one act."""
        case = self._create_submitted()
        case.sudo()._open_deadline("decide", "2026-03-03")
        clocks_of_kind = case.sudo().deadline_ids.filtered(lambda deadline: deadline.kind == "decide")
        self.assertEqual(sorted(clocks_of_kind.mapped("state")), ["open", "void"])

    # Board

    def test_board_shows_and_filters(self):
        """C2: the board groups by light in order of urgency and finds mine, overdue and this week's."""
        action = self.env["ir.actions.act_window"]._for_xml_id("union_legal_aid.legal_aid_deadline_action")
        self.assertEqual(action["view_mode"].split(",")[:3], ["list", "kanban", "calendar"])
        deadlines = self.env["legal.aid.deadline"].with_user(self.a_officer)
        self.assertTrue(deadlines.fields_get(["light"])["light"]["groupable"])
        case = self._create_submitted()
        board = deadlines.with_context(read_group_expand=True)
        groups = board.web_read_group([("res_id", "=", case.id)], ["light"], ["__count"])["groups"]
        self.assertEqual([group["light"] for group in groups][:3], ["red", "amber", "green"])
        clock = self._get_clock(case, "decide").with_user(self.a_officer)
        self.assertEqual(clock.action_open_record()["res_id"], case.id)
        self.assertFalse(deadlines.with_user(self.b_officer).search([("id", "=", clock.id)]))

    def test_board_costs_what_one_line_costs(self):
        """C2: 80 deadlines of any number of unions are read with as many queries as ten."""
        unions = self.county_a | self.county_b | self.city
        for number in range(80):
            union = unions[number % len(unions)]
            self.env["legal.aid.deadline"].create(
                {
                    "res_model": "legal.aid.case",
                    "res_id": 10_000_000 + number,
                    "record_name": f"B{number}",
                    "organization_id": union.id,
                    "kind": "decide" if number % 2 else "file_submit",
                    "date_trigger": TRIGGER,
                    "date_due": "2026-03-09",
                }
            )
        shown = {
            name: {}
            for name in ("kind", "record_name", "date_due", "light", "days_left", "rule", "explanation", "opens")
        } | {"organization_id": {"fields": {"display_name": {}}}}
        deadlines = self.env["legal.aid.deadline"].with_user(self.city_officer)
        counts = []
        for limit in (10, 10, 80):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = deadlines.web_search_read([("res_id", ">=", 10_000_000)], shown, limit=limit)
            self.assertEqual(len(found["records"]), limit)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
        self.assertLessEqual(counts[2], 12)
        domain = [("res_id", ">=", 10_000_000)]
        before = self.env.cr.sql_log_count
        self.assertEqual(deadlines._read_group(domain, ["light"], ["__count"]), [("green", 80)])
        self.assertLessEqual(self.env.cr.sql_log_count - before, 3)
