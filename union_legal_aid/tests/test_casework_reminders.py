from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from .casework_common import LegalAidCaseworkCommon

DEADLINE = "legal.aid.deadline"


@tagged("post_install", "-at_install")
class TestCaseworkReminders(LegalAidCaseworkCommon):
    """T9: a reminder is never lost by a day on which nobody looked, and never sent twice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        people = cls.env["res.users"].search([("union_organization_ids", "in", (cls.city | cls.county_a).ids)])
        (people | cls.lawyer1_user).write({"lang": "en_US"})
        cls.startClassPatcher(patch.object(cls.env.registry["ir.cron"], "_commit_progress", return_value=60.0))

    def _run(self, day, method="_cron_remind", model=DEADLINE):
        """Run the job in the morning of ``day``; returns the notices by the login of who got them."""
        before = self.env["mail.message"].search([], order="id desc", limit=1).id
        with freeze_time(f"{day} 00:10:00"):
            self.env.invalidate_all()
            getattr(self.env[model].with_user(self.env.ref("base.user_root")).sudo(), method)()
        notices = self.env["mail.message"].search(
            [("id", ">", before), ("message_type", "=", "user_notification"), ("partner_ids", "!=", False)]
        )
        found = {}
        for notice in notices:
            for user in notice.partner_ids.user_ids:
                if user.login.startswith("t_"):
                    found.setdefault(user.login, []).append(notice)
        return found

    def test_before_on_and_after(self):
        """I7, C2: two days before, on the last day and the day after, once each; silent in between."""
        case = self._create_submitted()  # decided by 9 March
        for day, expected in (
            ("2026-03-06", []),
            ("2026-03-07", ["t_a_officer"]),
            ("2026-03-08", []),
            ("2026-03-09", ["t_a_officer"]),
            ("2026-03-10", ["t_a_manager", "t_a_officer", "t_city_manager"]),
            ("2026-03-11", []),
            ("2026-04-20", []),
        ):
            with self.subTest(day):
                # The day of 7 March is a Saturday, so its reminder comes on the working day before.
                told = self._run(day)
                if day == "2026-03-06":
                    self.assertEqual(sorted(told), ["t_a_officer"])
                    self.assertIn(case.name, told["t_a_officer"][0].body)
                elif day == "2026-03-07":
                    self.assertFalse(told)
                else:
                    self.assertEqual(sorted(told), expected)

    def test_missed_day_loses_nothing(self):
        """T9: the job slept over the last day; the next run tells it, once."""
        self._create_submitted()
        self.assertTrue(self._run("2026-03-06"))
        told = self._run("2026-03-13")
        self.assertEqual(sorted(told), ["t_a_manager", "t_a_officer", "t_city_manager"])
        self.assertEqual(len(told["t_a_officer"]), 1)
        self.assertIn("overdue by 4 days", told["t_a_officer"][0].body)
        self.assertFalse(self._run("2026-03-14"))

    def test_same_day_twice(self):
        """T9: a second run on the same day sends nothing."""
        self._create_submitted()
        self.assertTrue(self._run("2026-03-09"))
        self.assertFalse(self._run("2026-03-09"))

    def test_void_and_met_clocks_send_nothing(self):
        """T9: what lost its object, or was done, is not reminded of."""
        withdrawn = self._create_submitted()
        withdrawn.action_withdraw(reason_code="no_supplement")
        self._create_granted().sudo()._close_deadline("assign", "2026-03-02")
        self.assertFalse(self._run("2026-03-09"))

    def test_lawyer_is_told_of_his_own(self):
        """C1: who signs with the worker is told, and the union with him; the other lawyer and the other county are not."""
        case = self._create_assigned()  # agency until 9 March
        told = self._run("2026-03-09")
        self.assertEqual(sorted(told), ["t_a_officer", "t_lawyer1"])
        notice = told["t_lawyer1"][0]
        self.assertIn(case.name, notice.body)
        self.assertIn("/my/cases", notice.body)

    def test_office_clock_is_not_the_lawyers(self):
        """C2: a case that a lawyer reported and the union has to decide does not bother the lawyer."""
        consultation = self._create_consultation()
        case = (
            consultation.with_user(self.lawyer1_user).action_report_to_contact_point() and consultation.sudo().case_id
        )
        case.sudo()._open_deadline("decide", "2026-03-02")
        self.assertNotIn("t_lawyer1", self._run("2026-03-09"))

    def test_number_of_the_case_only(self):
        """F§11: no name, number or phone of the worker, and no employer, in any notice."""
        self._create_assigned()
        for notices in self._run("2026-03-10").values():
            for notice in notices:
                for secret in ("王小明", "13803750001", "410402", "某建筑劳务公司"):
                    self.assertNotIn(secret, f"{notice.subject} {notice.body}")

    def test_own_language(self):
        """V6: each in his own language."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"].search([("name", "=", "union_legal_aid")])._update_translations(["zh_CN"])
        self.a_officer.lang = "zh_CN"
        self._create_submitted()
        told = self._run("2026-03-10")
        self.assertIn("作出审查决定", told["t_a_officer"][0].body)
        self.assertIn("Decide the application", told["t_a_manager"][0].body)

    def test_one_message_for_all(self):
        """T9: many clocks, one message to a person."""
        cases = self._create_submitted() | self._create_submitted()
        told = self._run("2026-03-09")
        self.assertEqual(len(told["t_a_officer"]), 1)
        for case in cases:
            self.assertIn(case.name, told["t_a_officer"][0].body)

    def test_moved_last_day_begins_anew(self):
        """T9: when the last day of a clock changes, its reminders begin anew."""
        case = self._create_submitted()
        self.assertTrue(self._run("2026-03-09"))
        case.sudo().deadline_ids.write({"date_due": "2026-03-20"})
        self.assertFalse(self._run("2026-03-10"))
        self.assertTrue(self._run("2026-03-20"))

    def test_clock_of_an_earlier_version(self):
        """T9: a clock without a plan, from before the upgrade, is taken up by the first run."""
        case = self._create_submitted()
        case.sudo().deadline_ids.write({"remind_on": False, "reminded_on": False})
        self.assertFalse(self._run("2026-03-03"))
        self.assertTrue(self._run("2026-03-09"))

    def test_a_small_office_is_represented_by_the_one_above(self):
        """C2: a union without an officer of its own: the next one above hears of it."""
        users = self.env[DEADLINE]._get_office_users(self.enterprise_a)
        self.assertIn(self.a_officer, users[self.enterprise_a])

    # Silence of the applicant

    def _create_supplement(self):
        case = self._create_submitted()
        case.action_request_supplement(note="缺劳动合同")
        return case  # papers until 9 March

    def _withdraw_on(self, day):
        return self._run(day, "_cron_withdraw_without_papers", "legal.aid.case")

    def test_papers_never_came(self):
        """I7: on the last day the papers are in time; the day after, the application counts as withdrawn, told once."""
        case = self._create_supplement()
        self.assertFalse(self._withdraw_on("2026-03-09"))
        self.assertEqual(case.state, "supplement")
        told = self._withdraw_on("2026-03-10")
        self.assertEqual((case.state, case.decision_reason_id.code), ("withdrawn", "no_supplement"))
        self.assertEqual(str(case.decision_date), "2026-03-10")
        self.assertFalse(case.sudo()._get_running_deadlines())
        self.assertIn(case.name, told["t_a_officer"][0].body)
        self.assertNotIn("王小明", told["t_a_officer"][0].body)
        self.assertFalse(self._withdraw_on("2026-03-10"))
        self.assertFalse(self._run("2026-03-10"))

    def test_papers_never_came_and_the_job_slept(self):
        """T9: a missed day is made up for."""
        case = self._create_supplement()
        self._withdraw_on("2026-03-19")
        self.assertEqual(case.state, "withdrawn")

    def test_papers_that_came_stop_it(self):
        """I7: papers in time: nothing is withdrawn."""
        case = self._create_supplement()
        case.action_submit()
        self._withdraw_on("2026-03-10")
        self.assertEqual(case.state, "submitted")

    def test_one_case_does_not_hold_up_the_others(self):
        """T9: a case that cannot be ended is tried again the next day; the others are ended."""
        stuck = self._create_supplement()
        other = self._create_supplement()
        model = self.env.registry["legal.aid.case"]
        original = model._do_withdraw_without_papers

        def fail(case, reason):
            if case == stuck:
                raise ValueError("stuck")
            return original(case, reason)

        with (
            patch.object(model, "_do_withdraw_without_papers", fail),
            self.assertLogs("odoo.addons.union_legal_aid.models.casework.legal_aid_case_cron_mixin", "ERROR"),
        ):
            self._withdraw_on("2026-03-10")
        self.assertEqual((stuck.state, other.state), ("supplement", "withdrawn"))
        self._withdraw_on("2026-03-11")
        self.assertEqual(stuck.state, "withdrawn")

    # Silence of the lawyer

    def _silence_on(self, day):
        return self._run(day, "_cron_remind_silent", "legal.aid.case")

    def test_silence_is_told_once(self):
        """C3, A5: by the same rule as the list, to lawyer and office, once for each silence."""
        case = self._create_in_progress()
        self.assertFalse(self._silence_on("2026-03-16"))
        told = self._silence_on("2026-03-17")
        self.assertEqual(sorted(told), ["t_a_officer", "t_lawyer1"])
        self.assertFalse(self._silence_on("2026-03-18"))
        with freeze_time("2026-03-18 02:00:00"):
            case.with_user(self.lawyer1_user).action_log_work(hours=1)
        self.assertFalse(self._silence_on("2026-04-01"))
        self.assertTrue(self._silence_on("2026-04-03"))

    # Calendar

    def test_missing_calendar(self):
        """F§12: from December on the administrators are told once that the coming year is missing."""
        warn = ("_cron_warn_missing_year", "legal.aid.calendar.day")
        self.env["legal.aid.calendar.day"].search([("date", ">=", "2027-01-01")]).unlink()
        self.env["ir.config_parameter"].set_param("union_legal_aid.calendar_warned_year", 0)
        self.assertFalse(self._run("2026-11-30", *warn))
        self.assertEqual(sorted(self._run("2026-12-05", *warn)), ["t_city_administrator"])
        self.assertFalse(self._run("2026-12-06", *warn))
        self.assertFalse(self._run("2027-01-10", *warn))

    def test_calendar_that_is_there(self):
        """F§12: nothing to tell when it was entered; a December that nobody looked at is made up for in January."""
        warn = ("_cron_warn_missing_year", "legal.aid.calendar.day")
        self.env["ir.config_parameter"].set_param("union_legal_aid.calendar_warned_year", 0)
        self.env["legal.aid.calendar.day"].search([("date", ">=", "2027-01-01")]).unlink()
        self.assertTrue(self._run("2027-01-10", *warn))
        self.env["ir.config_parameter"].set_param("union_legal_aid.calendar_warned_year", 0)
        self.env["legal.aid.calendar.day"].create({"date": "2027-01-01", "kind": "rest", "source": "示例"})
        self.assertFalse(self._run("2027-01-11", *warn))

    # Bounds

    def test_cost_does_not_grow_with_people(self):
        """T9: eighty clocks of two unions cost no more per clock than its own write."""
        domain = [("res_id", ">=", 20_000_000)]
        for number in range(80):
            self.env[DEADLINE].create(
                {
                    "res_model": "legal.aid.case",
                    "res_id": 20_000_000 + number,
                    "record_name": f"R{number}",
                    "organization_id": (self.county_a | self.county_b)[number % 2].id,
                    "kind": "decide",
                    "date_trigger": "2026-03-02",
                    "date_due": "2026-03-09",
                }
            )
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        told = self._run("2026-03-09")
        self.assertLessEqual(self.env.cr.sql_log_count - before, 260)
        self.assertEqual(len(told["t_a_officer"]), 1)
        self.assertEqual(set(self.env[DEADLINE].search(domain).mapped("reminded_on")), {self._day("2026-03-09")})

    def _day(self, text):
        return self.env[DEADLINE]._fields["date_due"].to_date(text)
