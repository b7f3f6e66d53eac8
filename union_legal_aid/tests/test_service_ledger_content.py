import base64
import io
import zipfile
from contextlib import contextmanager

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .casework_common import TODAY, LegalAidCaseworkCommon


@tagged("post_install", "-at_install")
class TestLedgerContent(LegalAidCaseworkCommon):
    """V1: the ledger writes itself; the lawyer corrects with a reason, adds and confirms."""

    def setUp(self):
        super().setUp()
        self.ledger = self.env["legal.aid.ledger"].search([("volunteer_id", "=", self.lawyer1.id)])
        self.own = self.ledger.with_user(self.lawyer1_user)

    def _get_line(self, code):
        return self.ledger.line_ids.filtered(lambda line: line.code == code)

    def _refresh(self):
        self.ledger.with_user(self.city_officer).action_refresh()

    def test_written_by_the_system(self):
        """V1: figures and rows come from consultations, work logs, cases and activities, in the days of office."""
        self._create_consultation()
        self._create_closed()
        activity = (
            self.env["legal.aid.activity"]
            .with_user(self.a_officer)
            .create(
                {
                    "name": "送法进企业",
                    "date": TODAY,
                    "organization_id": self.county_a.id,
                    "worker_count": 30,
                    "volunteer_ids": self.lawyer1.ids,
                }
            )
        )
        activity.action_hold()
        self._refresh()
        figures = {line.code: line.value for line in self.ledger.line_ids}
        self.assertEqual(
            figures,
            {
                "consultations": 1,
                "cases_assigned": 1,
                "recipients": 1,
                "cases_closed": 1,
                "amount_recovered": 9000,
                "log_entries": 1,
                "log_hours": 1,
                "publicity": 1,
                "audience": 30,
                "activities": 1,
                "activity_hours": 2,
                "training_hours": 0,
            },
        )
        self.assertEqual((str(self.ledger.date_from), str(self.ledger.date_to)), ("2026-01-01", "2026-12-31"))
        self.assertFalse(self.ledger.is_idle)
        self.assertRecordValues(
            self.ledger.detail_ids.sorted("kind"),
            [
                {"kind": "activity", "name": "送法进企业", "people": 30, "hours": 2.0},
                {"kind": "case", "name": False, "people": 1, "hours": 1.0},
                {"kind": "consultation", "name": False, "people": 1, "hours": 0.0},
            ],
        )
        self.assertNotIn("王小明", str(self.ledger.detail_ids.read()))

    def test_refreshed_until_handed_in(self):
        """V1: figures follow the records until the ledger is handed in, and stand from then on."""
        self._refresh()
        self._create_consultation()
        self.own.action_submit(summary="全年工作")
        self.assertEqual(self._get_line("consultations").value, 1)
        self._create_consultation()
        self._run_cron()
        self.assertEqual(self._get_line("consultations").value, 1)
        with self.assertRaises(UserError):
            self._refresh()
        self.ledger.with_user(self.city_officer).action_return(note="请补充")
        self.ledger._refresh()
        self.assertEqual(self._get_line("consultations").value, 2)

    def test_correct_with_reason(self):
        """V1: the lawyer's figure stands with its reason, the one on record beside it; it can be taken back."""
        self._create_consultation()
        self._refresh()
        line = self._get_line("consultations")
        with self.assertRefused(ValidationError, "say why"):
            self.own.action_correct_line(line.id, 5, reason=" ")
        self.own.action_correct_line(line.id, 5, reason="四次电话咨询未登记")
        self.assertRecordValues(
            line, [{"system_value": 1.0, "own_value": 5.0, "value": 5.0, "reason": "四次电话咨询未登记"}]
        )
        self._create_consultation()
        self._refresh()
        self.assertRecordValues(line, [{"system_value": 2.0, "value": 5.0}])
        self.own.action_correct_line(line.id, None)
        self.assertRecordValues(line, [{"is_corrected": False, "value": 2.0, "reason": False}])

    def test_add_and_remove(self):
        """V1: what the system does not know is added with its day in the year of the ledger, and can be removed."""
        self._refresh()
        self.assertTrue(self.ledger.is_idle)
        with self.assertRefused(UserError, "outside"):
            self.own.action_add_line("publicity", "社区讲座", date="2025-12-31")
        with self.assertRefused(UserError, "which kind"):
            self.own.action_add_line("holiday", "社区讲座")
        with self.assertRefused(ValidationError, "describe"):
            self.own.action_add_line("publicity", "  ")
        self.own.action_add_line("publicity", "社区讲座", date="2026-02-01", hours=2)
        added = self._get_line("added")
        self.assertRecordValues(added, [{"section": "publicity", "value": 2.0, "name": "社区讲座"}])
        self.assertFalse(self.ledger.is_idle)
        self._refresh()
        self.assertTrue(added.exists())
        self.own.action_remove_line(added.id)
        self.assertFalse(added.exists())
        with self.assertRaises(AccessError):
            self.own.action_remove_line(self._get_line("consultations").id)

    def test_zero_service_says_so(self):
        """V1, T8: a ledger without any service says so, and so does its page."""
        self.assertFalse(self.ledger.is_idle, "nothing is known yet")
        self._refresh()
        self.assertTrue(self.ledger.is_idle)
        self.assertIn("ula_idle", self._print(self.ledger, self.city_officer))

    def test_doors(self):
        """V1: nobody but the system writes what is on record; nobody changes a foreign ledger or one that is handed in."""
        self._refresh()
        line = self._get_line("consultations")
        officer = line.with_user(self.city_officer)
        for door in (officer, officer.with_context(legal_aid_workflow=True)):
            with self.assertRaises(AccessError):
                door.system_value = 99
            with self.assertRaises(AccessError):
                door.unlink()
        with self.assertRaises(AccessError):
            officer.create({"ledger_id": self.ledger.id, "code": "log_hours", "system_value": 3})
        with self.assertRaises(AccessError):
            line.with_user(self.lawyer1_user).own_value = 9
        with self.assertRaises(AccessError):
            line.with_user(self.a_officer).write({"own_value": 9, "reason": "x"})
        foreign = self.ledger.with_user(self.lawyer2_user)
        for step in (
            lambda: foreign.action_correct_line(line.id, 9, reason="x"),
            lambda: foreign.action_add_line("aid", "x"),
            lambda: self.ledger.with_user(self.a_officer).action_add_line("aid", "x"),
            lambda: self.ledger.with_user(self.justice).action_refresh(),
        ):
            with self.assertRaises(AccessError):
                step()
        other = self.env["legal.aid.ledger"].search([("volunteer_id", "=", self.lawyer2.id)])
        other._refresh()
        with self.assertRefused(UserError, "no such line"):
            self.own.action_correct_line(other.line_ids[:1].id, 9, reason="x")
        officer.write({"own_value": 3, "reason": "纸质台账"})
        self.own.action_submit(summary="全年工作")
        with self.assertRaises(UserError):
            officer.own_value = 4
        with self.assertRaises(UserError):
            self.own.action_correct_line(line.id, 9, reason="x")
        with self.assertRaises(AccessError):
            self.ledger.with_user(self.city_officer).write({"date_from": "2020-01-01"})

    def test_rows_of_one_s_own_county(self):
        """O2: a county reads the figures of a lawyer who serves it, and of the rows those of its own union only."""
        self.lawyer1.contact_point_ids |= self.county_b
        self._create_consultation()
        self._refresh()
        details = self.env["legal.aid.ledger.detail"]
        domain = [("ledger_id", "=", self.ledger.id)]
        self.assertTrue(details.with_user(self.a_officer).search(domain))
        self.assertTrue(details.with_user(self.lawyer1_user).search(domain))
        self.assertFalse(details.with_user(self.b_officer).search(domain))
        self.assertEqual(self.ledger.with_user(self.b_officer).line_ids, self.ledger.line_ids)

    def _print(self, ledger, user):
        report = self.env["ir.actions.report"].with_user(user).with_context(force_report_rendering=True)
        html, _kind = report._render_qweb_html("union_legal_aid.report_ledger", ledger.ids)
        return html.decode()

    def test_print_and_workbook(self):
        """V1: page and workbook tell figures, reasons and rows; what looks like a formula stays text."""
        consultation = self._create_consultation()
        self._refresh()
        self.own.action_correct_line(self._get_line("consultations").id, 5, reason="=HYPERLINK('http://x')")
        self.own.action_submit(summary="全年工作", difficulties="取证难", suggestions="加强培训")
        page = self._print(self.ledger, self.city_officer)
        for text in ("t_lawyer1", "全年工作", "取证难", "加强培训", consultation.name, "HYPERLINK"):
            self.assertIn(text, page)
        self.assertNotIn(consultation.name, self._print(self.ledger, self.justice))
        book = self.ledger.with_user(self.city_officer)
        self.assertIn("/xlsx_file/", book.action_export_xlsx()["url"])
        with zipfile.ZipFile(io.BytesIO(base64.b64decode(book.xlsx_file))) as archive:
            self.assertEqual(len([name for name in archive.namelist() if "worksheets/sheet" in name]), 2)
            self.assertNotIn(b"<f>", archive.read("xl/worksheets/sheet1.xml"))
            self.assertIn("HYPERLINK", archive.read("xl/sharedStrings.xml").decode())
        both = self.env["legal.aid.ledger"].with_user(self.city_officer).search([])
        self.assertIn("/legal-aid/ledgers.xlsx?ids=", both.action_export_xlsx()["url"])

    def test_reminders(self):
        """V1: the lawyer is told before, on and after 20 May, and not once the ledger is in."""
        told = []
        for day in ("2027-05-13", "2027-05-20", "2027-05-21"):
            with freeze_time(f"{day} 02:00:00"):
                before = self._count_messages()
                self._remind()
                told.append(self._count_messages() > before)
        self.assertEqual(told, [True, True, True])
        with freeze_time("2027-05-22 02:00:00"):
            self.own.action_submit(summary="全年工作")
            self.assertTrue(self.ledger.is_late)
        with freeze_time("2027-06-21 02:00:00"):
            before = self._count_messages()
            self._remind()
            self.assertEqual(self._count_messages(), before)

    def _remind(self):
        clock = self.ledger.deadline_ids
        clock._remind(clock._get_legal_day())

    def _count_messages(self):
        return self.env["mail.message"].search_count([("partner_ids", "in", self.lawyer1_user.partner_id.ids)])

    def test_queries_do_not_grow(self):
        """V1: ledgers of a hundred lawyers are written and refreshed with as many queries as of ten, but for rows in bulk."""
        partners = self.env["res.partner"].create([{"name": f"测试律师{number}"} for number in range(110)])
        team = self.env["legal.aid.volunteer"].create(
            [{"partner_id": partner.id, "organization_id": self.city.id} for partner in partners]
        )
        ledgers = self.env["legal.aid.ledger"].create([{"volunteer_id": lawyer.id, "year": 2026} for lawyer in team])
        ledgers[:1]._refresh()
        counts = []
        for some in (ledgers[1:11], ledgers[11:]):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            some._refresh()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - start)
        few, many = counts
        # Inserts go in steps of a fixed size; nothing else may follow the number of lawyers.
        self.assertLess(many, few + 40, counts)

    @contextmanager
    def assertRefused(self, exception, pattern):
        with self.assertRaises(exception) as refused:
            yield
        self.assertRegex(str(refused.exception), pattern)

    def _run_cron(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("union_legal_aid.ir_cron_ledger_refresh").method_direct_trigger()
        self.env.invalidate_all()
