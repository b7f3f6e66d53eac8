import base64
import io

import openpyxl
from dateutil.relativedelta import relativedelta
from freezegun import freeze_time
from lxml import etree, html

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..tools import indicators
from .casework_common import TODAY
from .money_common import LegalAidMoneyCommon

SECRETS = ("王小明", "13803750001", "某建筑劳务公司", "410402198501010125")


@tagged("post_install", "-at_install")
class TestStatistics(LegalAidMoneyCommon):
    """V4: figures counted by hand on a fixture of few cases, on screen, in the workbook and on paper; and who sees them.

    Of county a: one case of 12 migrant workers about wages, closed in arbitration, 9000 yuan recovered, its fee paid; one case of an
    injury in court, in work; one refused for being out of scope; one application withdrawn; one draft; two calls.
    Of county b: one application.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["legal.aid.consultation"].search([]).sudo().write({"date": "2001-01-01"})

    maxDiff = None

    def setUp(self):
        super().setUp()
        self._create_consultation()
        self._create_consultation(channel="visit", caller_kind="hardship_worker")
        self.closed = self._create_archived(headcount=12)
        self._pay(self.closed)
        self.running = self._create_in_progress(
            matter_id=self.env.ref("union_legal_aid.matter_work_injury").id, service_form="litigation"
        )
        refused = self._create_submitted()
        refused.with_user(self.a_manager).action_refuse(reason_code="not_in_scope", note="不属于劳动争议")
        self._create_submitted().action_withdraw(reason_code="applicant", note="本人撤回")
        self._create_case()
        self._create_case(self.b_officer, employer_place_id=self.county_b.id).action_submit()

    def _hold_activity(self, kind="publicity", **vals):
        activity = (
            self.env["legal.aid.activity"]
            .with_user(self.a_officer)
            .create(
                {
                    "name": "法律进工地",
                    "kind": kind,
                    "organization_id": self.county_a.id,
                    "date": TODAY,
                    "hours": 2,
                    "worker_count": 80,
                    **vals,
                }
            )
        )
        activity.action_hold()
        return activity

    def _pay(self, case):
        expense = self._create_expense(case)
        self.approve(expense, self.a_officer, self.a_manager)
        payout = self._create_approved_payout()
        payout.with_user(self.a_finance).action_post(date=TODAY)
        self.fee = payout.amount_total

    def _create_return(self, user=None, union=None, **vals):
        statistics = (
            self.env["legal.aid.statistical.return"]
            .with_user(user or self.a_officer)
            .create({"organization_id": (union or self.county_a).id, "year": 2026, **vals})
        )
        statistics.action_compute()
        return statistics

    def _get_figures(self, statistics):
        return {line.code: line.value for line in statistics.line_ids}

    def test_union_layout_by_hand(self):
        """V4: every figure of the unions' layout against the fixture."""
        self._hold_activity()
        self._hold_activity("joint_meeting", minutes="通报情况")
        figures = self._get_figures(self._create_return())
        expected = {
            "publicity": 1,
            "publicity_persons": 80,
            "training": 0,
            "joint_meeting": 1,
            "consultation": 2,
            "consultation_phone": 1,
            "consultation_visit": 1,
            "consultation_migrant": 1,
            "application": 4,
            "granted": 2,
            "granted_arbitration": 1,
            "granted_litigation": 1,
            "granted_wage": 1,
            "granted_injury": 1,
            "persons": 13,
            "persons_migrant": 13,
            "persons_hardship": 0,
            "group": 1,
            "group_persons": 12,
            "closed": 1,
            "won": 1,
            "won_share": 100,
            "terminated": 0,
            "open": 1,
            "hours": 1,
            "recovered": 9000,
            "recovered_migrant_wage": 9000,
            "fees": self.fee,
            "subsidies": 0,
        }
        self.assertEqual({code: figures[code] for code in expected}, expected)

    def test_justice_layout_by_hand(self):
        """V4, F§8: the bureau's layout, from December to November."""
        self._complain_as_worker()
        figures = self._get_figures(self._create_return(layout="justice", period_kind="justice"))
        expected = {
            "application": 4,
            "granted": 2,
            "granted_wage": 1,
            "granted_wage_migrant": 1,
            "granted_injury": 1,
            "granted_other": 0,
            "refused": 1,
            "refused_scope": 1,
            "refused_hardship": 0,
            "withdrawn": 1,
            "closed": 1,
            "closed_litigation": 0,
            "closed_other": 1,
            "other_arbitration": 1,
            "open": 1,
            "complaint": 1,
            "complaint_neglect": 1,
            "complaint_verified": 0,
        }
        self.assertEqual({code: figures[code] for code in expected}, expected)

    def _complain_as_worker(self):
        self.env["legal.aid.complaint"].with_user(self.a_officer).create(
            {
                "volunteer_id": self.lawyer1.id,
                "organization_id": self.county_a.id,
                "complainant_kind": "worker",
                "complainant_name": "王小明",
                "category": "neglect",
                "text": "两个月没有进展",
            }
        )

    def test_three_kinds_of_period(self):
        """V4: a case counts by the day of each step; 2 March 2026 lies in 2026, and in the union year that began in May 2025."""
        for kind, year, part, granted in (
            ("calendar", 2026, "year", 2),
            ("calendar", 2026, "first_half", 2),
            ("calendar", 2026, "second_half", 0),
            ("calendar", 2025, "year", 0),
            ("justice", 2026, "first_half", 2),
            ("justice", 2026, "second_half", 0),
            ("union", 2025, "year", 2),
            ("union", 2025, "second_half", 2),
            ("union", 2026, "year", 0),
        ):
            with self.subTest(kind=kind, year=year, part=part):
                figures = self._get_figures(self._create_return(period_kind=kind, year=year, part=part))
                self.assertEqual(figures["granted"], granted)

    def test_boundary_days(self):
        """V4: first and last day belong to the period."""
        for date_from, date_to, granted in (
            (TODAY, TODAY, 2),
            ("2026-02-01", "2026-03-01", 0),
            ("2026-03-03", "2026-03-31", 0),
        ):
            figures = self._get_figures(self._create_return(period_kind="free", date_from=date_from, date_to=date_to))
            self.assertEqual(figures["granted"], granted, date_from)

    def test_open_at_the_end_of_an_earlier_period(self):
        """V4: what was granted later is not open yet, and what is closed later still is."""
        earlier = self._create_return(period_kind="free", date_from="2026-01-01", date_to="2026-03-01")
        self.assertEqual(self._get_figures(earlier)["open"], 0)

    def test_every_figure_drills_to_its_records(self):
        """V4: the rows behind a figure add up to the figure, for every figure of both layouts."""
        self._complain_as_worker()
        for layout in indicators.LAYOUTS:
            statistics = self._create_return(self.city_officer, self.city, layout=layout)
            figures = {figure.code: figure for section in indicators.LAYOUTS[layout] for figure in section.figures}
            for line in statistics.line_ids:
                figure = figures[line.code]
                if isinstance(figure, indicators.Share):
                    with self.assertRaises(UserError):
                        line.action_open_rows()
                    continue
                with self.subTest(layout=layout, figure=line.code):
                    rows = (
                        self.env["legal.aid.statistic"]
                        .with_user(self.city_officer)
                        .search(line.action_open_rows()["domain"])
                    )
                    self.assertEqual(sum(rows.mapped(figure.measure)), line.value)

    def test_a_row_opens_its_record(self):
        row = (
            self.env["legal.aid.statistic"]
            .with_user(self.a_officer)
            .search([("kind", "=", "closed"), ("case_id", "=", self.closed.id)])
        )
        action = row.action_open_record()
        self.assertEqual((action["res_model"], action["res_id"]), ("legal.aid.case", self.closed.id))

    def test_columns_of_unions(self):
        """V4: the city's return has a column for each county, and they add up to the total."""
        statistics = self._create_return(self.city_officer, self.city)
        unions, figures = statistics._get_matrix()
        self.assertIn(self.county_a, unions)
        self.assertIn(self.county_b, unions)
        by_code = {line.code: (line.value, by_union) for line, by_union in figures}
        total, by_union = by_code["application"]
        self.assertEqual((total, by_union[self.county_a.id], by_union[self.county_b.id]), (5, 4, 1))
        self.assertEqual(sum(by_union.values()), total)

    def test_workbook_and_paper_equal_the_screen(self):
        """V4: one definition: the same figures in the workbook and on paper, and no names in either."""
        statistics = self._create_return(self.city_officer, self.city)
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(statistics.xlsx_file)))
        rows = {(row[0], row[1]): row[2] for row in book.active.iter_rows(values_only=True)}
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.city_officer)
            ._render_qweb_html("union_legal_aid.report_statistical_return", statistics.ids)
        )
        tree = html.fromstring(content)
        paper = [[" ".join(cell.text_content().split()) for cell in tr.findall("td")] for tr in tree.iter("tr")]
        for line in statistics.line_ids:
            self.assertEqual(rows[line.name, line.unit] or 0, line.value, line.code)
            self.assertIn(
                [line.name.strip("　"), line.unit, line.shown],
                [[row[0].strip("　"), *row[1:3]] for row in paper if len(row) > 2],
            )
        text = str(rows) + tree.text_content()
        for secret in SECRETS:
            self.assertNotIn(secret, text)

    def test_sent_figures_stand(self):
        """V4: from the day it is sent a return keeps its figures; sent and received are recorded."""
        statistics = self._create_return(layout="justice")
        statistics.action_send()
        self.assertEqual(statistics.sent_to, self.county_a.justice_bureau_id.name or False)
        self._create_granted()
        with self.assertRaises(UserError):
            statistics.action_compute()
        with self.assertRaises(UserError):
            statistics.write({"year": 2025})
        with self.assertRaises(AccessError):
            statistics.line_ids[0].write({"value": 99})
        self.assertEqual(self._get_figures(statistics)["granted"], 2)
        self.assertEqual(statistics.with_user(self.a_officer).action_recall()["res_model"], "legal.aid.reason.dialog")
        statistics.action_recall(note="漏报一件")
        statistics.action_compute()
        self.assertEqual(self._get_figures(statistics)["granted"], 3)

    def test_justice_bureau_receives(self):
        """V4: the bureau reads what was sent to it in its layout, records the receipt, and writes nothing else."""
        justice = self.justice
        draft = self._create_return(self.city_officer, self.city, layout="justice")
        own = self._create_return(self.city_officer, self.city, layout="union")
        with self.assertRaises(AccessError):
            draft.with_user(justice).read(["state"])
        draft.action_send()
        own.action_send()
        with self.assertRaises(AccessError):
            own.with_user(justice).read(["state"])
        received = draft.with_user(justice)
        self.assertTrue(received.line_ids)
        with self.assertRaises(AccessError):
            received.write({"received_note": "x"})
        received.action_receive()
        self.assertEqual((draft.state, draft.received_by_id), ("received", justice))

    def test_who_sees_what(self):
        """O2: a county counts its own; nobody counts a union that is not his; liaison and lawyer see no statistics."""
        statistic = self.env["legal.aid.statistic"]
        of_b = statistic.with_user(self.b_officer).search([]).organization_id
        self.assertEqual(of_b, self.county_b)
        for user in (self.liaison, self.lawyer1_user):
            with self.assertRaises(AccessError):
                statistic.with_user(user).search_count([])
        with self.assertRaises(AccessError):
            self._create_return(self.b_officer, self.county_a)
        with self.assertRaises(AccessError):
            self._create_return(self.b_officer, self.city)

    def test_clocks_kept(self):
        """V4: a clock counts on its last day: kept when it was met by then, not kept when it was not."""
        with freeze_time("2026-04-30 02:00:00"):
            rows = self.env["legal.aid.statistic"].search(
                [("kind", "=", "clock"), ("case_id", "in", (self.closed | self.running).ids)]
            )
            deadlines = self.env["legal.aid.deadline"].search(
                [
                    ("res_model", "=", "legal.aid.case"),
                    ("res_id", "in", (self.closed | self.running).ids),
                    ("date_due", "!=", False),
                    ("state", "!=", "void"),
                ]
            )
            over = deadlines.filtered(lambda clock: clock.state == "done" or clock.date_due.isoformat() < "2026-04-30")
            self.assertEqual(len(rows), len(over))
            kept = over.filtered(lambda clock: clock.date_done and clock.date_done <= clock.date_due)
            self.assertEqual(len(rows.filtered("is_on_time")), len(kept))
            self.assertEqual(rows.filtered("is_on_time"), rows.filtered(lambda row: row.timeliness == "in_time"))
            self.assertTrue(kept)

    def test_choices_stand_in_their_order(self):
        """V4: columns and bars go from the call to the closing, in pivot and graph, not by the letters of their codes."""
        statistic = self.env["legal.aid.statistic"].with_user(self.city_officer)
        names = [name for name, _label in statistic._fields["kind"].selection]
        domain = [("kind", "in", ("application", "granted", "refused", "closed", "clock"))]
        groups = statistic.formatted_read_group(domain, ["kind", "matter_id"], ["records:sum"])
        kinds = [group["kind"] for group in groups]
        self.assertEqual(kinds, sorted(kinds, key=names.index))
        self.assertLess(kinds.index("granted"), kinds.index("closed"))
        [by_kind, by_union] = statistic.formatted_read_grouping_sets(
            domain, [["kind"], ["reporting_union_id"]], ["records:sum"]
        )
        self.assertEqual([group["kind"] for group in by_kind], list(dict.fromkeys(kinds)))
        self.assertTrue(by_union)
        # None stands last, as before.
        groups = statistic.formatted_read_group([], ["outcome"], ["records:sum"])
        self.assertFalse(groups[-1]["outcome"])

    def test_amounts_by_kind(self):
        """V4: what was recovered and what was spent are told apart by a word for each."""
        statistic = self.env["legal.aid.statistic"].with_user(self.a_officer)
        groups = statistic._read_group(
            [("date", "=", TODAY), ("amount_kind", "!=", False)], ["amount_kind"], ["amount:sum"]
        )
        self.assertEqual(dict(groups), {"recovered": 9000, "fee": self.fee})

    def test_periods_of_the_search(self):
        """V4: the years from 20 May and from December begin and end on their own days, in pivot and charts, too."""
        arch = etree.fromstring(self.env.ref("union_legal_aid.legal_aid_statistic_view_search").arch)

        def span(name, today):
            domain = arch.find(f".//filter[@name='{name}']").get("domain")
            day = fields.Date.to_date(today)
            first, end = safe_eval(domain, {"context_today": lambda: day, "relativedelta": relativedelta})
            self.assertEqual((first[:2], end[:2]), (("date", ">="), ("date", "<")))
            return first[2], end[2]

        for today, first, end in (
            ("2026-05-19", "2025-05-20", "2026-05-20"),
            ("2026-05-20", "2026-05-20", "2027-05-20"),
            ("2026-12-31", "2026-05-20", "2027-05-20"),
        ):
            self.assertEqual(span("union_year", today), (first, end))
            self.assertEqual(span("union_year_before", today)[1], first)
        for today, first, end in (
            ("2026-11-30", "2025-12-01", "2026-12-01"),
            ("2026-12-01", "2026-12-01", "2027-12-01"),
            ("2027-01-31", "2026-12-01", "2027-12-01"),
        ):
            self.assertEqual(span("justice_year", today), (first, end))
            self.assertEqual(span("justice_year_before", today)[1], first)
        self.assertEqual(span("justice_year_before", "2026-12-01")[0], "2025-12-01")
        self.assertEqual(span("union_year_before", "2026-05-20")[0], "2025-05-20")

    def test_missing_data(self):
        """V4: what statistics cannot count rightly is listed with what is missing, and goes away when it is entered."""
        gaps = self.env["legal.aid.statistic.gap"].with_user(self.a_officer)
        call = self._create_consultation(caller_kind=False)
        gap = gaps.search([("consultation_id", "=", call.id)])
        self.assertEqual(gap.missing, "caller_kind")
        self.assertEqual(gap.action_open_record()["res_id"], call.id)
        call.with_user(self.a_officer).caller_kind = "worker"
        self.assertFalse(gaps.search([("consultation_id", "=", call.id)]))
        self.closed.sudo()._workflow_write({"amount_recovered": 0})
        # Eleven of its twelve workers are not listed.
        missing = gaps.search([("case_id", "=", self.closed.id)]).mapped("missing")
        self.assertEqual(set(missing), {"sex", "amount_recovered"})

    def test_queries_do_not_grow(self):
        """V4: a return costs the same number of queries whatever was counted."""
        statistics = self._create_return()
        few = self._count_queries(statistics.action_compute)
        for _number in range(5):
            self._create_granted()
        self.assertLessEqual(self._count_queries(statistics.action_compute), few + 2)
