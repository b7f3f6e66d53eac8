from odoo.tests import tagged

from .portal_common import CLIENT, PHONE, TODAY, LegalAidPortalCommon


@tagged("post_install", "-at_install")
class TestPortalHome(LegalAidPortalCommon):
    """V5, P1: the lawyer's home page at one glance: what waits, what is due, this month, when money comes."""

    def setUp(self):
        super().setUp()
        self.login(self.lawyer1_user)

    def _create_running(self, count, date_trigger="2026-03-09"):
        """Cases in hand, each with the clock of power of attorney and agreement."""
        cases = (
            self.env["legal.aid.case"]
            .with_user(self.a_officer)
            .create(
                [
                    {
                        "application_date": TODAY,
                        "applicant_name": CLIENT,
                        "applicant_phone": PHONE,
                        "employer_name": f"测试公司{number}",
                        "employer_place_id": self.county_a.id,
                        "matter_id": self.matter.id,
                        "service_form": "arbitration",
                    }
                    for number in range(count)
                ]
            )
            .sudo()
        )
        cases._workflow_write({"state": "in_progress", "volunteer_id": self.lawyer1.id, "accepted_date": TODAY})
        cases._open_deadline("agency", date_trigger)
        return cases

    def _accept(self):
        case = self._assign(self._create_case(), self.lawyer1).with_user(self.lawyer1_user)
        case.action_accept()
        return case

    def _get_figure(self, page, code):
        return page.partition(f'data-figure="{code}"')[2].partition('fw-bold">')[2].partition("<")[0]

    def test_empty_home(self):
        """V5: on his first day the page says that nothing is due, and shows noughts instead of holes."""
        page = self.get("/my")
        self.assertIn("o_legal_aid_nothing_due", page)
        self.assertNotIn("o_legal_aid_duty", page)
        self.assertNotIn("o_legal_aid_overdue", page)
        for code in ("calls", "hours", "closed", "recovered"):
            self.assertEqual(self._get_figure(page, code), "0", code)

    def test_due_and_overdue(self):
        """V5: the next clocks in order, red ones counted; on its last day a clock is not over yet, the day after it is."""
        cases = self._create_running(4)
        page = self.get("/my")
        self.assertEqual(page.count("o_legal_aid_due_line"), 3)
        self.assertNotIn("o_legal_aid_overdue", page)
        clock = cases[3].deadline_ids.filtered(lambda deadline: deadline.kind == "agency")
        for day, is_over in ((TODAY, False), ("2026-03-09", True)):
            clock.date_due = day
            page = self.get("/my")
            self.assertEqual("o_legal_aid_overdue" in page, is_over, day)
            # Whatever is due first stands first.
            self.assertIn(f"/my/cases/{cases[3].id}", page.partition("o_legal_aid_due_line")[0][-200:] + page)
        self.assertNotIn(CLIENT, page)
        self.assertNotIn(PHONE, page)

    def test_only_what_is_his_to_keep(self):
        """V5: what the office or the tribunal has to keep is no duty of the lawyer's."""
        case = self._create_running(1)
        case._close_deadline("agency")
        case._open_deadline("assign", TODAY)
        self.assertIn("o_legal_aid_nothing_due", self.get("/my"))

    def test_nothing_of_another_lawyer(self):
        """O2: clocks, figures and duties are his own."""
        case = self._accept()
        case.action_log_work(hours=3, kind="meeting")
        self.assertIn(case.name, self.get("/my"))
        self.login(self.lawyer2_user)
        page = self.get("/my")
        self.assertNotIn(case.name, page)
        self.assertIn("o_legal_aid_nothing_due", page)
        self.assertEqual(self._get_figure(page, "hours"), "0")

    def test_figures_of_the_month(self):
        """V5: the first of the month counts, the last day before it does not."""
        case = self._accept()
        case.action_log_work(hours=1.5, kind="meeting", date="2026-03-01")
        case.action_log_work(hours=4, kind="meeting", date="2026-02-28")
        page = self.get("/my")
        self.assertEqual(self._get_figure(page, "hours"), "1.5")
        case.action_close(outcome="won", amount_recovered=12345)
        page = self.get("/my")
        self.assertEqual(self._get_figure(page, "closed"), "1")
        self.assertEqual(self._get_figure(page, "recovered"), "12,345")
        # The file is his next duty.
        self.assertIn("o_legal_aid_files", page)

    def test_ledger_is_told_in_its_last_month(self):
        """V5, V1: the ledger stands among what waits from the thirtieth day before it is due, in red once it is over."""
        ledger = self.env["legal.aid.ledger"].search([("volunteer_id", "=", self.lawyer1.id)])
        for day, shown, tone in (
            ("2026-04-10", False, None),
            ("2026-04-09", True, "warning"),
            (TODAY, True, "warning"),
            ("2026-03-09", True, "danger"),
        ):
            self.env.cr.execute("UPDATE legal_aid_ledger SET date_due = %s WHERE id = %s", [day, ledger.id])
            self.env.invalidate_all()
            page = self.get("/my")
            with self.subTest(day=day):
                self.assertEqual("o_legal_aid_ledger_due" in page, shown)
                if tone:
                    self.assertIn(f"o_legal_aid_ledger_due alert alert-{tone}", page)

    def test_queries_do_not_grow(self):
        """V5: with thirty cases the page asks the database as often as with three."""

        def count():
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.get("/my")
            return self.cr.sql_log_count - before

        self._create_running(3)
        self.get("/my")
        few = count()
        self._create_running(27)
        many = count()
        self.assertLessEqual(many, few)
        self.assertLess(few, 150)
