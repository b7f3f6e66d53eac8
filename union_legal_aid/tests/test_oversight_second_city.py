from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .casework_common import TODAY
from .money_common import LegalAidMoneyCommon


@tagged("post_install", "-at_install")
class TestSecondCity(LegalAidMoneyCommon):
    """X4: a province with a second city, set up by data alone; each city works by its own figures, and neither sees the other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        create = cls._create_union
        cls.province = create("测试省总工会", "T9", "province")
        cls.city.parent_id = cls.province
        cls.city_2 = create("测试二市总工会", "T92", "city", cls.province, prefix="二市援", appointment_prefix="二工聘")
        cls.county_c = create("测试丙县总工会", "T92C", "county", cls.city_2, prefix="二丙援", bears_case_expense=False)
        cls.city_2.assessed_since = "2040-01-01"
        cls.province_officer = cls._create_user("t_p_officer", cls.province, "officer")
        cls.officer_2 = cls._create_user("t_2_officer", cls.city_2, "officer")
        cls.manager_2 = cls._create_user("t_2_manager", cls.city_2, "manager")
        cls.finance_2 = cls._create_user("t_2_finance", cls.city_2, "finance")
        cls.c_officer = cls._create_user("t_c_officer", cls.county_c, "officer")
        cls.c_manager = cls._create_user("t_c_manager", cls.county_c, "manager")
        cls.lawyer_user_2 = cls._create_user("t_2_lawyer", cls.env["union.organization"], "volunteer")
        cls.city_2.manager_user_ids = cls.manager_2
        cls.county_c.manager_user_ids = cls.c_manager
        cls.env["legal.aid.policy"].create(
            {
                "name": "二市政策",
                "organization_id": cls.city_2.id,
                "document_number": "二工文〔2026〕8号",
                "date_from": "2026-01-01",
                "date_to": "2026-12-31",
                "annual_subsidy": 1500,
                "complaint_limit": 3,
                "decide_days": 3,
                "group_case_size": 20,
                "subsidy_tax_treatment": "exempt",
            }
        )
        cls.books_2 = cls._give_books(cls.city_2)
        cls.env["legal.aid.fee.schedule"].create(
            {
                "name": "二市标准",
                "organization_id": cls.city_2.id,
                "date_from": "2026-01-01",
                "source_document": "二司〔2026〕1号",
                "rate_ids": [Command.create({"service_form": "arbitration", "amount": 1200})],
            }
        ).action_activate()
        cls.lawyer = cls.env["legal.aid.volunteer"].create(
            {
                "partner_id": cls.lawyer_user_2.partner_id.id,
                "user_id": cls.lawyer_user_2.id,
                "organization_id": cls.city_2.id,
                "license_number": "11402201510123456",
                "contact_point_ids": [Command.set(cls.county_c.ids)],
            }
        )
        cls._give_account(cls.lawyer, 92)
        cls.contract = (
            cls.env["legal.aid.contract"]
            .with_user(cls.officer_2)
            .create({"volunteer_id": cls.lawyer.id, "date_start": "2026-01-01"})
        )
        cls.contract.action_request_approval()
        cls.contract.with_user(cls.manager_2).action_approve()

    def _create_case_of_c(self, **vals):
        return self._create_case(self.c_officer, employer_place_id=self.county_c.id, **vals)

    def _finish(self, case):
        case.action_submit()
        case.with_user(self.c_manager).action_grant()
        case.action_assign(volunteer_id=self.lawyer)
        mine = case.with_user(self.lawyer_user_2)
        mine.action_accept()
        mine.action_log_work(hours=2, kind="hearing", note="开庭")
        mine.action_close(outcome="won", amount_recovered=5000)
        case.action_archive(file_received_date=TODAY)
        return case

    def test_each_city_has_its_own_figures(self):
        """X4, O6: subsidy, deadline of the decision and size of a group case follow the city of the record."""
        self.assertEqual((self.contract.annual_subsidy, self.lawyer1.contract_ids.annual_subsidy), (1500, 1000))
        self.assertRegex(self.contract.number, "二工聘")
        here, there = self._create_case(headcount=12), self._create_case_of_c(headcount=12)
        self.assertEqual((here.is_group, there.is_group), (True, False))
        for case in (here, there):
            case.action_submit()
        self.assertEqual(self._get_due(there, "decide"), "2026-03-05")
        self.assertEqual(self._get_due(here, "decide"), "2026-03-09")

    def test_fee_by_its_own_standard_from_its_own_books(self):
        """X4, M2, M3: the second city's standard, paid by the city for a county that does not bear its fees, booked in its own books."""
        case = self._finish(self._create_case_of_c())
        expense = self._create_expense(case, self.c_officer)
        self.assertEqual((expense.amount_allowed, expense.allocation_ids.organization_id), (1200, self.city_2))
        expense.action_request_approval()
        expense.with_user(self.manager_2).action_approve()
        payout = self._create_payout(payer=self.city_2, user=self.officer_2)
        payout.action_compute()
        self.approve(payout, self.officer_2, self.manager_2)
        payout.with_user(self.finance_2).action_post(date=TODAY)
        self.assertEqual((payout.state, payout.amount_total, payout.company_id), ("paid", 1200, self.books_2))

    def test_its_own_limit_of_complaints(self):
        """X4, T7: here the third verified complaint opens the removal, not the second."""
        for number in (1, 2, 3):
            complaint = (
                self.env["legal.aid.complaint"]
                .with_user(self.officer_2)
                .create(
                    {
                        "volunteer_id": self.lawyer.id,
                        "complainant_kind": "worker",
                        "category": "neglect",
                        "text": f"第{number}次投诉",
                    }
                )
            )
            complaint.with_user(self.manager_2).action_verify()
            removal = self.env["legal.aid.removal"].search([("volunteer_id", "=", self.lawyer.id)])
            self.assertEqual(bool(removal), number == 3, number)

    def test_neither_city_sees_the_other(self):
        """X4, O2: cases, lawyers and statistics of the other city are not there; the province sees both."""
        here, there = self._create_granted(), self._create_case_of_c()
        there.action_submit()
        for user, mine, foreign in ((self.city_officer, here, there), (self.officer_2, there, here)):
            self.assertIn(mine, self.env["legal.aid.case"].with_user(user).search([]))
            self.assertNotIn(foreign, self.env["legal.aid.case"].with_user(user).search([]))
            with self.assertRaises(AccessError):
                foreign.with_user(user).read(["state"])
        for user, mine, foreign in (
            (self.city_officer, self.lawyer1, self.lawyer),
            (self.officer_2, self.lawyer, self.lawyer1),
        ):
            lawyers = self.env["legal.aid.volunteer"].with_user(user).search([])
            self.assertIn(mine, lawyers)
            self.assertNotIn(foreign, lawyers)
        province = self.env["legal.aid.case"].with_user(self.province_officer).search([])
        self.assertLessEqual(here | there, province)
        columns = {
            union: count
            for union, count in self.env["legal.aid.statistic"]
            .with_user(self.province_officer)
            ._read_group([("kind", "=", "application")], ["reporting_union_id"], ["records:sum"])
        }
        self.assertEqual((columns[self.county_a], columns[self.county_c]), (1, 1))
        counted = self.env["legal.aid.statistic"].with_user(self.officer_2).search([]).reporting_union_id
        self.assertLessEqual(counted, self.city_2 | self.county_c)

    def test_its_own_roster(self):
        """X4, T13: each city publishes its own lawyers."""
        (self.lawyer | self.lawyer1).write({"consent_date": TODAY})
        names = {city: {line["name"] for line in city._get_roster_lines()} for city in (self.city, self.city_2)}
        self.assertEqual(names[self.city_2], {self.lawyer.name})
        self.assertIn(self.lawyer1.name, names[self.city])
        self.assertNotIn(self.lawyer.name, names[self.city])
