import ast
import base64
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tests.common import BaseCase

from ..tools import import_table, workbook
from .casework_common import TODAY, WORKER_ID
from .money_common import LegalAidMoneyCommon

ADDON = Path(__file__).parents[1]
# What belongs to the city whose data come along as a sample, and to its province.
OF_ONE_CITY = ("平顶山", "4104", "平工", "平援", "河南", "pingdingshan")


@tagged("post_install", "-at_install", "union_tools")
class TestOneCityIsData(BaseCase):
    """X4: the city whose data come along stands in data, demo, examples and explanations, never where something is decided by it."""

    def _find_strings(self, tree):
        """The strings that the code works with: neither docstrings nor the help of a field."""
        explained = {
            id(part)
            for node in ast.walk(tree)
            for part in (
                [node.value]
                if isinstance(node, ast.Expr)
                else [part for keyword in node.keywords if keyword.arg == "help" for part in ast.walk(keyword.value)]
                if isinstance(node, ast.Call)
                else []
            )
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explained:
                yield node

    def test_no_code_knows_a_city(self):
        """X4: no name, code or prefix of the city in the code of models, pages, tools, reports and dialogs."""
        found = []
        for folder in ("models", "controllers", "tools", "reports", "wizards"):
            for path in (ADDON / folder).rglob("*.py"):
                for node in self._find_strings(ast.parse(path.read_text(encoding="utf-8"))):
                    if any(word in node.value.lower() for word in OF_ONE_CITY):
                        found.append(f"{path.relative_to(ADDON)}:{node.lineno}")
        self.assertFalse(found)


@tagged("post_install", "-at_install")
class TestSecondCity(LegalAidMoneyCommon, HttpCase):
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

    def _bring_in(self, user, union, kind, **values):
        columns = import_table.TABLES[kind][1]
        heads = [(column.title, "text", 10) for column in columns]
        content = workbook.build("表", heads, [[values.get(column.name, "") for column in columns]])
        table = (
            self.env["legal.aid.import"]
            .with_user(user)
            .create({"kind": kind, "organization_id": union.id, "file": base64.b64encode(content), "mode": "good"})
        )
        table.action_check()
        table.action_import()
        return table

    def test_each_city_brings_in_its_own(self):
        """X4, X1: lawyers of the second city by its leader, past cases by its county's; the first city's unions are unknown there."""
        lawyer = {"name": "测试二市张三", "license_number": "11402201510129999"}
        table = self._bring_in(self.manager_2, self.city_2, "lawyer", **lawyer, contact_points=self.county_c.name)
        self.assertEqual((table.imported_count, table.report), (1, ""))
        brought = self.env["legal.aid.volunteer"].search([("license_number", "=", lawyer["license_number"])])
        self.assertEqual((brought.organization_id, brought.contact_point_ids), (self.city_2, self.county_c))
        foreign = {"name": "测试二市李四", "contact_points": self.county_a.name}
        self.assertEqual(self._bring_in(self.manager_2, self.city_2, "lawyer", **foreign).imported_count, 0)
        # Who practises in both cities is in both teams.
        self.assertEqual(self._bring_in(self.city_manager, self.city, "lawyer", **lawyer).imported_count, 1)
        past = {
            "application_date": "2026-01-05",
            "applicant_name": "王小明",
            "applicant_kind": "农民工",
            "applicant_id_number": WORKER_ID,
            "matter": "unpaid_wages",
            "service_form": "arbitration",
            "lawyer": lawyer["name"],
            "granted_date": "2026-01-06",
            "closed_date": "2026-02-20",
            "outcome": "won",
        }
        self.assertEqual(self._bring_in(self.c_manager, self.county_c, "case", **past).imported_count, 1)
        case = self.env["legal.aid.case"].search([("is_imported", "=", True), ("volunteer_id", "=", brought.id)])
        self.assertEqual(
            (case.organization_id, case.with_user(self.c_officer).applicant_name), (self.county_c, "王小明")
        )
        with self.assertRaises(AccessError):
            self._bring_in(self.manager_2, self.county_a, "case", **past)

    def test_its_own_public_pages(self):
        """X4, P3: visitors choose the city; each roster has its own lawyers only, and an unknown one is not found."""
        (self.lawyer | self.lawyer1).write({"consent_date": TODAY})
        index = self.url_open("/legal-aid/roster").text
        for city in (self.city, self.city_2):
            self.assertIn(city.name, index)
        page = self.url_open(f"/legal-aid/roster/{self.city_2.code}").text
        self.assertIn(self.lawyer.name, page)
        self.assertNotIn(self.lawyer1.name, page)
        self.assertEqual(self.url_open("/legal-aid/roster/T9").status_code, 404)

    def test_its_own_return(self):
        """X4, V4: the return of the second city counts its county's applications; the province's counts those of both cities."""
        for case in (self._create_case(), self._create_case_of_c(), self._create_case_of_c()):
            case.action_submit()
        counted = {}
        for union, user in ((self.city_2, self.officer_2), (self.province, self.province_officer)):
            statistics = (
                self.env["legal.aid.statistical.return"]
                .with_user(user)
                .create({"organization_id": union.id, "year": 2026})
            )
            statistics.action_compute()
            counted[union] = {line.code: line.value for line in statistics.line_ids}.get("application")
        self.assertEqual(counted, {self.city_2: 2, self.province: 3})

    def test_its_own_books(self):
        """X4, M6: the second city has its own company with the union chart, apart from the first one's."""
        self.assertNotEqual(self.books_2, self.city.company_id)
        accounts = self.env["account.account"].with_company(self.books_2).search([("code", "=like", "50403%")])
        self.assertTrue(accounts)
