from datetime import date
from decimal import Decimal

from odoo.tests import tagged

from odoo.addons.union_legal_aid.tools.service_facts import ServiceFacts

from .casework_common import TODAY, LegalAidCaseworkCommon


@tagged("post_install", "-at_install")
class TestServiceFacts(LegalAidCaseworkCommon):
    """One definition of what a lawyer did in a period (T8, T10, T14, V1)."""

    def _get(self, first="2026-01-01", last="2026-12-31", user=None):
        team = (self.lawyer1 + self.lawyer2).with_user(user or self.city_officer)
        facts = team._get_service_facts(first, last)
        return facts[team[0]], facts[team[1]]

    def test_nothing_at_all(self):
        """T8: who did nothing has no figures, no last day, and is idle."""
        mine, others = self._get()
        self.assertEqual(mine, ServiceFacts())
        self.assertTrue(mine.is_idle and others.is_idle)

    def test_each_kind_of_work(self):
        """V1: advice, cases, workers helped, hours and money recovered, of all unions, each once."""
        self._create_consultation()
        self._create_closed(headcount=1)
        mine, others = self._get()
        self.assertEqual(
            mine,
            ServiceFacts(
                consultations=1,
                cases_assigned=1,
                recipients=1,
                cases_closed=1,
                amount_recovered=Decimal("9000.00"),
                log_entries=1,
                log_hours=1.0,
                last_service_date=date.fromisoformat(TODAY),
            ),
        )
        self.assertFalse(mine.is_idle)
        self.assertTrue(others.is_idle)

    def test_edges_of_the_period(self):
        """V1: both ends count; a day before and a day after do not."""
        self._create_consultation(date="2026-02-10")
        for first, last, count in (
            ("2026-02-10", "2026-02-10", 1),
            ("2026-02-01", "2026-02-09", 0),
            ("2026-02-11", "2026-02-28", 0),
        ):
            self.assertEqual(self._get(first, last)[0].consultations, count, first)

    def test_a_declined_case_is_no_service(self):
        """T8: what was only proposed or declined counts for nobody; accepted and given back counts once."""
        case = self._create_assigned()
        self.assertTrue(self._get()[0].is_idle)
        case.with_user(self.lawyer1_user).action_decline(reason_code="capacity")
        self.assertTrue(self._get()[0].is_idle)
        case.action_assign(volunteer_id=self.lawyer1)
        case.with_user(self.lawyer1_user).action_accept()
        self.assertEqual(self._get()[0].cases_assigned, 1)
        case._do_release("ended", self.env["legal.aid.reason"]._get_coded("change_lawyer", "left_team"), "")
        mine, _others = self._get()
        self.assertEqual((mine.cases_assigned, mine.is_idle), (1, False))

    def test_figures_for_whoever_asks(self):
        """O2: the figures are the same for the county that reads none of the cases behind them."""
        self._create_closed()
        self.assertEqual(self._get(user=self.b_officer), self._get())
        self.assertEqual(self._get(user=self.lawyer2_user), self._get())

    def _hold(self, kind, hours=2.0, **vals):
        activity = (
            self.env["legal.aid.activity"]
            .with_user(self.a_officer)
            .create(
                {
                    "name": "测试活动",
                    "kind": kind,
                    "date": TODAY,
                    "hours": hours,
                    "organization_id": self.county_a.id,
                    "volunteer_ids": self.lawyer1.ids,
                    **vals,
                }
            )
        )
        activity.action_hold()
        return activity

    def test_activities(self):
        """T12, V3: what a union confirmed counts, with its hours and audience, for who came."""
        self._hold("publicity", worker_count=40, employer_count=3)
        self._hold("lawyer_training", 4.0)
        planned = self._hold("exchange", 1.5)
        planned.action_correct(note="时间有误")
        absent = self._hold("other")
        absent.action_correct(note="未到场")
        absent.line_ids.attended = False
        absent.action_hold()
        mine, others = self._get()
        self.assertEqual(
            mine,
            ServiceFacts(
                activities=2,
                activity_hours=6.0,
                publicity=1,
                audience=43,
                training_hours=4.0,
                last_service_date=date.fromisoformat(TODAY),
            ),
        )
        self.assertEqual(mine.hours, 6.0)
        self.assertTrue(others.is_idle)

    def test_queries_do_not_grow(self):
        """V1: as many queries for a hundred lawyers as for two."""
        self._create_closed()
        partners = self.env["res.partner"].create([{"name": f"测试律师{number}"} for number in range(100)])
        more = self.env["legal.aid.volunteer"].create(
            [{"partner_id": partner.id, "organization_id": self.city.id} for partner in partners]
        )
        few = self.lawyer1 + self.lawyer2
        few._get_service_facts("2026-01-01", "2026-12-31")
        self.env.flush_all()
        for team in (few, few + more):
            self.env.invalidate_all()
            with self.assertQueryCount(7):
                team._get_service_facts("2026-01-01", "2026-12-31")
