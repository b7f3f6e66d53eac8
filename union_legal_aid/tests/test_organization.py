from datetime import date

from psycopg2 import IntegrityError
from psycopg2.errors import ExclusionViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LegalAidCommon


@tagged("post_install", "-at_install")
class TestUnions(LegalAidCommon):
    def test_city_is_found_from_any_depth(self):
        """O1: everything below the city answers to it."""
        for union in (self.city, self.county_a, self.enterprise_a, self.industry):
            self.assertEqual(union._get_city(), self.city)

    def test_payer_is_the_union_itself_by_flag(self):
        """M3: a county pays its own cases; by flag the city, or a named union, pays them."""
        self.assertEqual(self.county_a._get_case_payer(), self.county_a)
        self.county_a.bears_case_expense = False
        self.assertEqual(self.county_a._get_case_payer(), self.city)
        self.county_a.payer_organization_id = self.county_b
        self.assertEqual(self.county_a._get_case_payer(), self.county_b)

    def test_payer_must_bear_fees_itself(self):
        """M3: a chain of unions that each pass the fee on would leave nobody to pay."""
        self.county_b.bears_case_expense = False
        with self.assertRaises(ValidationError):
            self.county_a.write({"bears_case_expense": False, "payer_organization_id": self.county_b.id})

    def test_union_cannot_be_its_own_superior(self):
        with self.assertRaises(UserError):
            self.city.parent_id = self.county_a

    def test_case_numbers_run_by_union_and_year(self):
        """F§10: 测甲援〔2026〕0001号, counted in each union and year."""
        self.assertEqual(self.county_a._next_case_number(date(2026, 3, 1)), "测甲援〔2026〕0001号")
        self.assertEqual(self.county_a._next_case_number(date(2026, 12, 31)), "测甲援〔2026〕0002号")
        self.assertEqual(self.county_b._next_case_number(date(2026, 3, 1)), "测乙援〔2026〕0001号")
        self.assertEqual(self.county_a._next_case_number(date(2027, 1, 1)), "测甲援〔2027〕0001号")

    def test_union_without_numbering_says_so(self):
        with self.assertRaisesRegex(UserError, self.enterprise_a.name):
            self.enterprise_a._next_case_number(date(2026, 3, 1))

    @mute_logger("odoo.sql_db")
    def test_code_is_unique(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self._create_union("又一个市总工会", "T01", "city")

    def test_user_cannot_give_himself_a_union(self):
        """O2: who works for which union is not in the user's own hands."""
        with self.assertRaises(AccessError):
            self.a_officer.with_user(self.a_officer).union_organization_ids = self.city
        with self.assertRaises(AccessError):
            self.county_a.with_user(self.a_officer).manager_user_ids = self.a_officer

    def test_pingdingshan_ships_as_data(self):
        """O1: the city union, ten counties and districts, two zones, with their justice bureaus."""
        city = self.env.ref("union_legal_aid.organization_city")
        below = city.child_ids
        self.assertEqual(len(below.filtered(lambda union: union.tier == "county")), 10)
        self.assertEqual(len(below.filtered(lambda union: union.tier == "zone")), 2)
        self.assertTrue(all(union.justice_bureau_id for union in city | below.filtered(lambda u: u.tier == "county")))
        self.assertEqual(self.env.ref("union_legal_aid.organization_county_410482").name, "汝州市总工会")


@tagged("post_install", "-at_install")
class TestPolicy(LegalAidCommon):
    def _get_policy(self, union, day):
        return self.env["legal.aid.policy"].with_user(self.a_officer)._get(union, day)

    def test_county_follows_the_city(self):
        self.assertEqual(self._get_policy(self.county_a, date(2026, 5, 1)), self.policy)
        self.assertEqual(self._get_policy(self.enterprise_a, date(2025, 1, 1)), self.policy)
        self.assertEqual(self._get_policy(self.enterprise_a, date(2027, 12, 31)), self.policy)

    def test_nearest_policy_wins(self):
        own = self.policy.copy({"organization_id": self.county_a.id, "name": "甲县自己的政策"})
        self.assertEqual(self._get_policy(self.county_a, date(2026, 5, 1)), own)
        self.assertEqual(self._get_policy(self.county_b, date(2026, 5, 1)), self.policy)

    def test_no_policy_in_force_is_refused(self):
        """O6: one day before the start and one day after the end there is no figure, and no old one is used."""
        for day in (date(2024, 12, 31), date(2028, 1, 1)):
            with self.assertRaisesRegex(UserError, self.county_a.name):
                self._get_policy(self.county_a, day)

    def test_founding_plan_ended(self):
        """O6: the plan of 2016 ran three years from 20 May 2016, with 1000 yuan a year and two complaints."""
        policy = self.env.ref("union_legal_aid.policy_2016")
        self.assertEqual((policy.date_from, policy.date_to), (date(2016, 5, 20), date(2019, 5, 19)))
        self.assertEqual((policy.annual_subsidy, policy.complaint_limit, policy.decide_days), (1000, 2, 7))

    @mute_logger("odoo.sql_db")
    def test_two_policies_cannot_overlap(self):
        with self.assertRaises(ExclusionViolation), self.cr.savepoint():
            self.policy.copy({"date_from": "2027-12-31", "date_to": False})

    def test_adjacent_policy_is_accepted(self):
        follower = self.policy.copy({"date_from": "2028-01-01", "date_to": False})
        self.assertEqual(self._get_policy(self.county_a, date(2028, 1, 1)), follower)

    @mute_logger("odoo.sql_db")
    def test_policy_cannot_end_before_it_begins(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.policy.date_to = "2024-12-31"

    def test_figures_are_at_least_one(self):
        with self.assertRaises(ValidationError):
            self.policy.decide_days = 0

    def test_officer_cannot_change_policy(self):
        with self.assertRaises(AccessError):
            self.policy.with_user(self.city_manager).annual_subsidy = 2000

    def test_finance_chooses_tax_treatment_once(self):
        """M9: unset until finance decides; nobody else decides it."""
        policy = self.policy.copy({"date_from": "2028-01-01", "date_to": False, "subsidy_tax_treatment": False})
        with self.assertRaises(AccessError):
            policy.with_user(self.city_manager).action_choose_exempt()
        policy.with_user(self.city_finance).action_choose_taxable()
        self.assertEqual(policy.subsidy_tax_treatment, "taxable")
        with self.assertRaises(AccessError):
            policy.with_user(self.city_finance).annual_subsidy = 2000


@tagged("post_install", "-at_install")
class TestCalendar(LegalAidCommon):
    def test_calendar_of_two_years_ships(self):
        """F§12: Spring Festival 2026 and its make-up Saturdays are in the data."""
        calendar = self.env["legal.aid.calendar.day"]._get_calendar()
        self.assertEqual(calendar[date(2026, 2, 17)], "rest")
        self.assertEqual(calendar[date(2026, 2, 14)], "work")
        self.assertTrue(self.env["legal.aid.calendar.day"]._has_year(2025))
        self.assertFalse(self.env["legal.aid.calendar.day"]._has_year(2031))

    def test_new_day_is_seen_at_once(self):
        """A15: a holiday entered now counts for the next clock, without a restart."""
        days = self.env["legal.aid.calendar.day"]
        self.assertNotIn(date(2031, 5, 5), days._get_calendar())
        day = days.create({"date": "2031-05-05", "kind": "rest", "source": "测试"})
        self.assertEqual(days._get_calendar()[date(2031, 5, 5)], "rest")
        day.kind = "work"
        self.assertEqual(days._get_calendar()[date(2031, 5, 5)], "work")
        day.unlink()
        self.assertNotIn(date(2031, 5, 5), days._get_calendar())


@tagged("post_install", "-at_install")
class TestCapitals(LegalAidCommon):
    def test_odoo_prints_capitals_in_chinese(self):
        """M8: Odoo's own amount in words is right for yuan in Chinese, and unchanged in English."""
        yuan = self.env.ref("base.CNY")
        self.env["res.lang"]._activate_lang("zh_CN")
        self.assertEqual(yuan.with_context(lang="zh_CN").amount_to_text(325.04), "人民币叁佰贰拾伍元零肆分")
        self.assertEqual(yuan.with_context(lang="zh_CN").amount_to_text(16409.02), "人民币壹万陆仟肆佰零玖元零贰分")
        self.assertNotIn("人民币", yuan.with_context(lang="en_US").amount_to_text(325.04))
