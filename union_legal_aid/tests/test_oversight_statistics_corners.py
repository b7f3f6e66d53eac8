from freezegun import freeze_time

from odoo.tests import tagged

from ..models.oversight.legal_aid_statistic import OUR_CLOCKS
from ..tools import clocks, indicators
from .casework_common import TODAY, LegalAidCaseworkCommon


@tagged("post_install", "-at_install")
class TestStatisticsCorners(LegalAidCaseworkCommon):
    """V4: what the statistics say of cases that went another way; every figure counted by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.returns = cls.env["legal.aid.statistical.return"].with_user(cls.a_officer)

    def _count(self, date_from, date_to, layout="union", union=None):
        """``{code: value}`` of a return of county a for these days."""
        return {line.code: line.value for line in self._create_return(date_from, date_to, layout, union).line_ids}

    def _create_return(self, date_from, date_to, layout="union", union=None):
        statistics = self.returns.create(
            {
                "organization_id": (union or self.county_a).id,
                "layout": layout,
                "period_kind": "free",
                "date_from": date_from,
                "date_to": date_to,
            }
        )
        statistics.action_compute()
        return statistics

    def _assert_figures(self, figures, **expected):
        self.assertEqual({code: figures[code] for code in expected}, expected)

    def _terminate(self, case):
        case.with_user(self.a_manager).action_terminate(reason_code="other")

    def _tell_firm(self, case):
        notice = case.sudo().termination_notice_ids.filtered(lambda notice: notice.addressee == "firm")
        notice.with_user(self.a_officer).action_deliver(TODAY)

    def _set_aside(self, case):
        self.county_a.justice_bureau_id = self.env["res.partner"].create({"name": "测试甲县司法局", "is_company": True})
        case.action_object(note="不同意终止")
        case.objection_ids.action_send()
        decision = case.action_add_document(kind="objection", filename="异议审查决定书.pdf", content=b"%PDF")
        case.objection_ids.action_set_aside(date=TODAY, document_id=decision.id)

    def test_urgent_aid_that_ended_before_it_was_granted(self):
        """I9: settled on 30 November, granted on 1 December: in November it is closed, and nothing is open, not even less than nothing."""
        early, other = self._create_in_progress(), self._create_in_progress()
        early.sudo()._workflow_write(
            {"state": "closed", "granted_date": "2026-12-01", "closed_date": "2026-11-30", "outcome": "settled"}
        )
        other.sudo()._workflow_write({"granted_date": "2026-11-29"})
        november = self._create_return("2026-11-01", "2026-11-30")
        self._assert_figures({line.code: line.value for line in november.line_ids}, granted=1, closed=1, won=1, open=1)
        line = november.line_ids.filtered(lambda line: line.code == "open")
        action = line.action_open_rows()
        rows = self.env[action["res_model"]].with_user(self.a_officer).search(action["domain"])
        self.assertEqual(rows.case_id, other)
        self._assert_figures(self._count("2026-12-01", "2026-12-31"), granted=1, closed=0, open=1)

    def test_terminated_without_a_lawyer(self):
        """C7: nobody's firm receives the decision, so its day ends the case: terminated, not open for ever, and on to the archive."""
        case = self._create_granted()
        self._terminate(case)
        self.assertRecordValues(case, [{"state": "terminated", "outcome": "terminated", "file_state": "due"}])
        self.assertEqual(str(case.closed_date), TODAY)
        self._assert_figures(self._count(TODAY, TODAY), granted=1, terminated=1, open=0, closed=0)
        case.action_receive_file(date=TODAY)
        self.assertEqual(case.file_state, "received")

    def test_terminated_with_a_lawyer(self):
        """C7, F§1.2: until the firm received the decision the case is open; then it ends on that day."""
        case = self._create_in_progress()
        self._terminate(case)
        self._assert_figures(self._count(TODAY, TODAY), terminated=0, open=1)
        self._tell_firm(case)
        self._assert_figures(self._count(TODAY, TODAY), terminated=1, open=0, closed=0)

    def test_a_termination_that_was_set_aside(self):
        """LAA 49: the case goes on, so it has not ended: neither terminated nor closed, but open, and no file is due."""
        case = self._create_in_progress()
        self._terminate(case)
        self._tell_firm(case)
        self._set_aside(case)
        self.assertRecordValues(
            case,
            [{"state": "granted", "outcome": False, "closed_date": False, "closing_basis": False, "file_state": False}],
        )
        self.assertFalse(self._get_due(case, "file_submit"))
        self._assert_figures(self._count(TODAY, TODAY), granted=1, terminated=0, closed=0, open=1)

    def test_reopened(self):
        """C13: a case that is taken up again is closed no more, and its money is counted when it closes again, once."""
        case = self._create_closed()
        amount = case.amount_recovered
        self._assert_figures(self._count(TODAY, TODAY), granted=1, closed=1, recovered=amount, open=0)
        case.with_user(self.a_manager).action_reopen(reason_code="new_stage", note="进入二审")
        self._assert_figures(self._count(TODAY, TODAY), granted=1, closed=0, recovered=0, open=1)
        case.with_user(self.lawyer1_user).action_log_work(hours=1.5)
        case.with_user(self.lawyer1_user).action_close(outcome="won", amount_recovered=500.25)
        self._assert_figures(self._count(TODAY, TODAY), granted=1, closed=1, recovered=500.25, open=0)

    def test_refused_and_decided_anew(self):
        """I7: one application, whatever was decided on it and how often."""
        case = self._create_submitted()
        case.with_user(self.a_manager).action_refuse(reason_code="not_in_scope", note="不属于劳动争议")
        self._assert_figures(
            self._count(TODAY, TODAY, "justice"), application=1, refused=1, refused_scope=1, granted=0, withdrawn=0
        )
        case.with_user(self.a_manager).action_reopen(reason_code="correction")
        case.action_submit()
        case.with_user(self.a_manager).action_grant()
        self._assert_figures(
            self._count(TODAY, TODAY, "justice"), application=1, refused=0, refused_scope=0, granted=1, open=1
        )

    def test_handed_over_to_another_union(self):
        """I3: a case that another union took over counts there, with all its steps, and no more here; the city counts it once."""
        case = self._create_submitted()
        case.action_transfer(organization_id=self.county_b, reason_code="jurisdiction")
        self._assert_figures(self._count(TODAY, TODAY), application=1)
        case.with_user(self.b_officer).action_accept_transfer()
        case.with_user(self.b_manager).action_grant()
        self._assert_figures(self._count(TODAY, TODAY), application=0, granted=0, open=0)
        returns = self.returns
        self.returns = returns.with_user(self.b_officer)
        self._assert_figures(self._count(TODAY, TODAY, union=self.county_b), application=1, granted=1, open=1)
        self.returns = returns.with_user(self.city_officer)
        self._assert_figures(self._count(TODAY, TODAY, union=self.city), application=1, granted=1, open=1)

    def test_every_kind_of_recipient_has_its_line(self):
        """I5, V4: a group of 12, a union organization, one other worker: the lines of recipients leave nobody out."""
        self._create_granted(headcount=12)
        self._create_granted(
            applicant_kind="union_organization", applicant_name="某公司工会", applicant_id_number="81410400MC12345677"
        )
        self._create_granted().sudo()._workflow_write({"applicant_kind": "worker"})
        for layout in indicators.LAYOUTS:
            self._assert_figures(
                self._count(TODAY, TODAY, layout),
                persons=14,
                persons_migrant=12,
                persons_organization=1,
                persons_worker=1,
                persons_hardship=0,
                persons_model=0,
                persons_officer=0,
                group=1,
                group_persons=12,
            )

    def test_whose_clocks(self):
        """V4: clocks kept are those by which the union or its lawyer must act; what a court, an employer, the justice bureau or the worker
        lets pass is not theirs.
        """
        self.assertLess({"decide", "assign", "agency", "file_submit", "file_review", "pay"}, set(OUR_CLOCKS))
        for kind in ("supplement", "objection_review", "award", "answer", "court_docket", "arbitration"):
            self.assertIn(kind, clocks.CLOCKS)
            self.assertNotIn(kind, OUR_CLOCKS)
        case = self._create_submitted()
        with freeze_time("2026-03-02 03:00:00"):
            case.action_request_supplement(note="请补交工资条")
        with freeze_time("2026-03-20 02:00:00"):
            rows = self.env["legal.aid.statistic"].search([("kind", "=", "clock"), ("case_id", "=", case.id)])
            self.assertNotIn("supplement", rows.mapped("clock_kind"))

    def test_midnight_in_china(self):
        """V4: granted at one minute to and one minute past midnight in China are two days, whatever the clock of the server says."""
        cases = []
        for moment in ("2026-05-19 15:59:00", "2026-05-19 16:01:00"):
            with freeze_time(moment):
                case = self._create_submitted(application_date="2026-05-19")
                case.with_user(self.a_manager).action_grant()
                cases.append(str(case.granted_date))
        self.assertEqual(cases, ["2026-05-19", "2026-05-20"])
        year = {"organization_id": self.county_a.id, "period_kind": "union"}
        for name, count in ((2025, 1), (2026, 1)):
            statistics = self.returns.create({**year, "year": name})
            statistics.action_compute()
            granted = statistics.line_ids.filtered(lambda line: line.code == "granted")
            self.assertEqual(granted.value, count, name)
