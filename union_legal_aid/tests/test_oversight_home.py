from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..models.oversight.ir_ui_menu import CITY_MENUS
from ..tools.home_page import CARD_LABELS
from .casework_common import TODAY
from .money_common import LegalAidMoneyCommon


@tagged("post_install", "-at_install")
class TestHome(LegalAidMoneyCommon):
    """V5: the home page of each role, from live data under the viewer's own rights."""

    def _get_page(self, user):
        return self.env["legal.aid.home"].with_user(user).get_page()

    def _get_counts(self, user):
        return {
            card["code"]: card["count"] for section in self._get_page(user)["sections"] for card in section["cards"]
        }

    def test_every_number_opens_what_it_counts(self):
        """V5, T1 of the traps: the list behind a number has as many records as the number says, for every role."""
        self._create_submitted()
        self._create_granted()
        self._create_approved_expense()
        self._create_consultation()
        home = self.env["legal.aid.home"]
        for user in (
            self.city_officer,
            self.city_manager,
            self.city_finance,
            self.a_officer,
            self.a_manager,
            self.a_finance,
            self.b_officer,
            self.justice,
            self.auditor,
            self.liaison,
        ):
            counts = self._get_counts(user)
            self.assertTrue(counts, user.login)
            for code, count in counts.items():
                action = home.with_user(user).open_card(code)
                found = self.env[action["res_model"]].with_user(user).search_count(action["domain"])
                self.assertEqual(found, count, f"{user.login} {code}")
                # The page says which of the records these are.
                self.assertEqual(action["display_name"], CARD_LABELS[code])

    def test_what_waits_for_whom(self):
        """V5: an application waits for the county's people, not for another county; the city sees it among its counties only."""
        before = {user: self._get_counts(user) for user in (self.a_officer, self.b_officer, self.city_officer)}
        case = self._create_submitted()
        self.assertEqual(self._get_counts(self.a_officer)["to_decide"], before[self.a_officer]["to_decide"] + 1)
        for user in (self.b_officer, self.city_officer):
            self.assertEqual(self._get_counts(user)["to_decide"], before[user]["to_decide"])
        case.with_user(self.a_manager).action_grant()
        self.assertEqual(self._get_counts(self.a_officer)["to_decide"], before[self.a_officer]["to_decide"])
        self.assertEqual(self._get_counts(self.a_officer)["to_assign"], before[self.a_officer]["to_assign"] + 1)

    def test_approvals_wait_for_who_may_decide(self):
        """V5: an approval waits for the manager who may decide it, not for the officer who asked."""
        before = self._get_counts(self.a_manager)["approvals"]
        expense = self._create_expense()
        expense.with_user(self.a_officer).action_request_approval()
        self.assertEqual(self._get_counts(self.a_manager)["approvals"], before + 1)
        self.assertEqual(self._get_counts(self.a_officer)["approvals"], 0)

    def test_roles_see_their_own_cards(self):
        """V5: finance sees what is to be paid, the bureau what it answers; neither sees the other's work."""
        finance, justice = self._get_counts(self.a_finance), self._get_counts(self.justice)
        self.assertIn("to_pay", finance)
        self.assertNotIn("to_decide", finance)
        self.assertIn("questions", justice)
        self.assertNotIn("to_pay", justice)
        with self.assertRaises(AccessError):
            self.env["legal.aid.home"].with_user(self.justice).open_card("to_pay")

    def test_requests_wait_for_the_union_they_go_to(self):
        """V5: what an enterprise union asks of its county waits there, not at the city."""
        request = (
            self.env["legal.aid.service.request"]
            .with_user(self.liaison)
            .create(
                {
                    "kind": "need",
                    "need_kind": "problem",
                    "organization_id": self.enterprise_a.id,
                    "description": "职工希望了解工伤认定程序",
                }
            )
        )
        before = {user: self._get_counts(user)["requests"] for user in (self.a_officer, self.city_officer)}
        request.action_submit()
        self.assertEqual(self._get_counts(self.a_officer)["requests"], before[self.a_officer] + 1)
        self.assertEqual(self._get_counts(self.city_officer)["requests"], before[self.city_officer])
        self.assertEqual(self._get_counts(self.liaison)["requests_under_way"], 1)

    def test_liaison(self):
        """V5, P3: a liaison has the numbers of his house union, an officer those of his office, nobody both."""
        counts = self._get_counts(self.liaison)
        self.assertEqual(
            counts.keys(),
            {"mandates_of_house", "requests_returned", "opinions_of_house", "house_cases", "requests_under_way"},
        )
        self.assertFalse(counts.keys() & self._get_counts(self.a_officer).keys())
        self.assertFalse(self._get_page(self.liaison)["figures"])
        with self.assertRaises(AccessError):
            self.env["legal.aid.home"].with_user(self.liaison).open_figure("closed.amount", "month")

    def test_bureau_has_to_sign(self):
        """V5, T10: an assessment that the city signed waits for the bureau of this city."""
        home = self.env["legal.aid.home"]
        codes = self._get_counts(self.justice).keys()
        self.assertLessEqual({"to_cosign", "opinions_of_bureau", "referred"}, codes)
        self.assertNotIn("to_cosign", self._get_counts(self.city_officer))
        with self.assertRaises(AccessError):
            home.with_user(self.city_officer).open_card("to_cosign")

    def test_menus_of_the_city(self):
        """V5, O3: a county's officer is not led to the pages of what only the city keeps; the city's is, with the same groups."""
        menus = self.env["ir.ui.menu"]
        for name in CITY_MENUS:
            menu = self.env.ref(f"union_legal_aid.{name}")
            self.assertIn(menu.id, menus.with_user(self.city_officer).load_menus(False), name)
            self.assertNotIn(menu.id, menus.with_user(self.a_officer).load_menus(False), name)

    def test_counties_draw_no_statements(self):
        """M12, O3: who only receives statements is offered no “New” on their page, as the server would refuse it."""
        statements = self.env["legal.aid.statement"]
        for view_type in ("list", "form", "kanban"):
            for user, shown in ((self.city_finance, True), (self.b_finance, False), (self.city_finance, True)):
                arch = statements.with_user(user).get_view(view_type=view_type)["arch"]
                self.assertEqual('create="0"' not in arch.split(">")[0], shown, (view_type, user.login))

    def test_others_have_no_home_page(self):
        """V5: lawyers have their portal."""
        with self.assertRaises(AccessError):
            self._get_page(self.lawyer1_user)
        with self.assertRaises(AccessError):
            self.env["legal.aid.home"].with_user(self.lawyer1_user).open_figure("closed.amount", "month")

    def test_every_figure_opens_what_it_adds_up(self):
        """V5, V4: the rows behind a figure add up to it, for every period."""
        self._create_closed(headcount=3)
        self._create_consultation()
        home = self.env["legal.aid.home"].with_user(self.a_officer)
        for figure in home.get_page()["figures"]:
            measure = figure["code"].split(".")[1]
            for period, shown in figure["values"].items():
                action = home.open_figure(figure["code"], period)
                # A phone shows the rows, too, not the chart that it shows of statistics elsewhere.
                self.assertEqual(action["mobile_view_mode"], "kanban")
                rows = self.env[action["res_model"]].with_user(self.a_officer).search(action["domain"])
                digits = 2 if measure == "amount" else 0
                self.assertEqual(f"{sum(rows.mapped(measure)):,.{digits}f}", shown, (figure["code"], period))
        for code, period in (("closed.amount", "week"), ("state", "month")):
            with self.assertRaises(AccessError):
                home.open_figure(code, period)

    def test_figures_of_the_month(self):
        """V5, V4: the month's figures are those of the statistics."""
        case = self._create_closed(headcount=3)
        figures = {figure["label"]: figure for figure in self._get_page(self.a_officer)["figures"]}
        rows = (
            self.env["legal.aid.statistic"]
            .with_user(self.a_officer)
            .search([("date", ">=", "2026-03-01"), ("date", "<=", TODAY)])
        )
        granted = rows.filtered(lambda row: row.kind == "granted")
        self.assertEqual(figures["Workers helped"]["values"]["month"], f"{sum(granted.mapped('persons')):,.0f}")
        self.assertIn(case, granted.case_id)
        recovered = sum(rows.filtered(lambda row: row.kind == "closed").mapped("amount"))
        self.assertEqual(figures["Recovered for workers (yuan)"]["values"]["month"], f"{recovered:,.2f}")

    def test_queries_do_not_grow(self):
        """V5: the page costs the same whatever waits."""
        few = self._count_queries(lambda: self._get_page(self.a_officer))
        for _number in range(5):
            self._create_submitted()
        self.assertLessEqual(self._count_queries(lambda: self._get_page(self.a_officer)), few)
