from unittest.mock import patch

import psycopg2
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .casework_common import TODAY
from .private_common import LegalAidPrivateCommon

LOG = "legal.aid.access.log"
FORM = {
    "name": {},
    "state": {},
    "organization_id": {"fields": {"display_name": {}}},
    "applicant_name": {},
    "party_ids": {"fields": {"name": {}, "role": {}}},
}
LIST = {"name": {}, "state": {}, "applicant_name_masked": {}}


@tagged("post_install", "-at_install")
class TestOpened(LegalAidPrivateCommon):
    """X2: who opened which file."""

    def test_a_form_is_logged_once(self):
        """X2: one row for one user, record and quarter of an hour; it names the case by its number and says nothing else."""
        case = self.case.with_user(self.a_officer)
        case.web_read(FORM)
        case.web_read(FORM)
        self.assertRecordValues(
            self._get_rows(),
            [
                {
                    "user_id": self.a_officer.id,
                    "kind": "open",
                    "record_name": self.case.name,
                    "organization_id": self.county_a.id,
                    "record_count": 1,
                    "channel": "rpc",
                    "reason": False,
                    "field_names": False,
                }
            ],
        )
        self.case.with_user(self.city_officer).web_read(FORM)
        for minutes, count in ((14, 2), (16, 3)):
            with freeze_time(f"{TODAY} 02:{minutes}:00"):
                self.case.with_user(self.a_officer).web_read(FORM)
            self.assertEqual(len(self._get_rows()), count, minutes)
        self.assertFalse(self._find_secrets(str(self._get_rows().read())))

    def test_every_role(self):
        """X2: whoever opens the form, also where it shows him no name at all."""
        self.case._workflow_write({"state": "in_progress", "volunteer_id": self.lawyer1.id})
        for user in (self.b_officer, self.auditor, self.justice, self.lawyer1_user):
            self.case.with_user(user).web_read({"name": {}, "state": {}})
            row = self._get_rows(user_id=user.id)
            self.assertEqual((row.kind, row.channel), ("open", "portal" if user.share else "rpc"), user.login)

    def test_each_kind_of_file(self):
        """X2: consultations, lawyers, complaints and removals as cases."""
        call = self._create_consultation()
        complaint = self.env["legal.aid.complaint"].create(
            {"volunteer_id": self.lawyer1.id, "text": "x", "organization_id": self.city.id}
        )
        removal = self.env["legal.aid.removal"].create({"volunteer_id": self.lawyer2.id, "ground": "no_service"})
        for record in (call, self.lawyer1, complaint, removal):
            record.with_user(self.city_officer).web_read({"display_name": {}, "state": {}})
            self.assertEqual(self._get_rows(record).user_id, self.city_officer, record._name)

    def test_a_refused_reader_leaves_no_row(self):
        self.case.contact_point_id = self.county_a
        with self.assertRaises(AccessError):
            self.case.with_user(self.b_officer).web_read(FORM)
        self.assertFalse(self._get_rows())

    def test_lists_open_nothing(self):
        """X2: lists, groups, names, counts and lines in other forms write nothing and cost no query more."""
        cases = self.env["legal.aid.case"].with_user(self.a_officer)
        domain = [("id", "=", self.case.id)]
        calls = (
            lambda: cases.web_search_read(domain, LIST),
            lambda: cases.web_read_group(domain, ["state"], auto_unfold=True, unfold_read_specification=LIST),
            lambda: cases.search_read(domain, ["name", "state"]),
            lambda: cases.browse(self.case.id).read(["name", "applicant_name_masked"]),
            lambda: cases.browse(self.case.id).web_read({"display_name": {}}),
            lambda: cases.formatted_read_group(domain, ["state"], ["__count"]),
            lambda: cases.name_search(self.case.name),
        )
        with_log = [self._count_queries(call) for call in calls]
        with patch.object(self.env.registry[LOG], "_log", side_effect=AssertionError("a list was logged")):
            without_log = [self._count_queries(call) for call in calls]
        self.assertEqual(with_log, without_log)
        self.assertFalse(self._get_rows())

    def test_opening_costs_one_query(self):
        """X2: the log costs one statement on the form, whatever stands on it."""

        def read():
            self.case.with_user(self.a_officer).web_read(FORM)

        with_log = self._count_queries(read)
        with patch.object(self.env.registry[LOG], "_log"):
            without_log = self._count_queries(read)
        self.assertEqual(with_log - without_log, 1)

    def _count_queries(self, call):
        call()  # what stays in memory from one request to the next is read first
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        call()
        return self.cr.sql_log_count - before

    def test_reading_private_fields_by_a_program(self):
        """X2: whoever reads them without a form is on record with the fields, for each record."""
        other = self._create_case()
        cases = (self.case | other).with_user(self.a_officer)
        cases.read(["name", "applicant_phone"])
        for case in (self.case, other):
            row = self._get_rows(case)
            self.assertEqual((row.kind, row.field_names, row.record_count), ("open", "applicant_phone", 2))
            self.assertEqual(row.field_labels, "Applicant Phone")
        self.case.with_user(self.city_officer).search_read([("id", "=", self.case.id)], ["medical_note"])
        self.assertEqual(self._get_rows(user_id=self.city_officer.id).field_names, "medical_note")
        # By way of another record's form, too.
        document = self.case.with_user(self.a_manager).action_add_document(filename="a.txt", content=b"x")
        document.web_read({"case_id": {"fields": {"applicant_name": {}}}})
        self.assertEqual(self._get_rows(user_id=self.a_manager.id).kind, "open")

    def test_parties_are_of_the_file(self):
        """X2: whoever reads a party by itself opened the file of its case."""
        self.case.sudo().party_ids.with_user(self.a_officer).read(["id_number"])
        self.assertEqual(self._get_rows().field_names, "id_number")

    def test_the_twin_is_of_the_file(self):
        """X2: whoever reads the twin by itself opened the file of its record."""
        self.case.sudo().private_ids.with_user(self.a_officer).read(["medical_note"])
        self.assertEqual(self._get_rows().field_names, "medical_note")
        twins = self.env["legal.aid.case.private"].with_user(self.city_officer)
        twins.search_read([("case_id", "=", self.case.id)], ["applicant_name"])
        self.assertEqual(self._get_rows(user_id=self.city_officer.id).field_names, "applicant_name")

    def test_a_form_that_is_filled_in(self):
        """X2: what a form that is being filled in tells of a record that exists, is read from it."""
        answer = self.case.with_user(self.a_officer).onchange({}, [], {"applicant_name": {}, "headcount": {}})
        self.assertEqual(answer["value"]["applicant_name"], "王小明")
        self.assertEqual(self._get_rows().user_id, self.a_officer)

    def test_the_system_is_nobody(self):
        """X2: what the system reads for its own work is no access of a person."""
        self.case.sudo().read(["applicant_name"])
        self.case.sudo().web_read(FORM)
        self.assertFalse(self._get_rows())

    def test_new_records_are_not_opened(self):
        """X2: filling in a form opens no file."""
        self.env["legal.aid.case"].with_user(self.a_officer).onchange({}, [], FORM)
        self.assertFalse(self.env[LOG].search([("user_id", "=", self.a_officer.id)]))


@tagged("post_install", "-at_install")
class TestTaken(LegalAidPrivateCommon):
    """X2: what left the system, and by whom."""

    def test_export(self):
        """X2: one row for each exported record, with the fields and the length of the list."""
        self._allow_export(self.a_officer)
        other = self._create_case()
        (self.case | other).with_user(self.a_officer).export_data(["name", "applicant_phone", "party_ids/name"])
        for case in (self.case, other):
            row = self._get_rows(case, kind="export").filtered(lambda row: row.record_count == 2)
            self.assertEqual((row.user_id, row.field_names), (self.a_officer, "applicant_phone,party_ids"))
        self.case.with_user(self.a_officer).export_data(["name"])
        self.assertEqual(self._get_rows(kind="export")[-1].field_names, False)

    def test_export_by_the_path_of_another_record(self):
        """X2: private fields of a case are on record, whatever list they left with."""
        self._allow_export(self.a_officer)
        document = self.case.with_user(self.a_officer).action_add_document(filename="a.txt", content=b"x")
        document.export_data(["name", "case_id"])
        self.assertFalse(self._get_rows(kind="export"), "its number says nothing")
        document.export_data(["name", "case_id/applicant_name"])
        self.assertEqual(self._get_rows(kind="export").field_names, "applicant_name")

    def test_print(self):
        """X2: page and PDF, each time; a refused print is none."""
        case = self._create_archived()
        reports = self.env["ir.actions.report"].with_user(self.a_officer)
        name = "union_legal_aid.report_case_grant"
        reports._render_qweb_html(name, case.ids)
        reports._render_qweb_pdf(name, case.ids)
        self.assertRecordValues(
            self._get_rows(case, kind="print"),
            [{"user_id": self.a_officer.id, "field_names": name, "organization_id": self.county_a.id}] * 2,
        )
        with self.assertRaises(AccessError):
            reports.with_user(self.b_officer)._render_qweb_html(name, case.ids)
        self.assertEqual(len(self._get_rows(case, kind="print")), 2)
        mandate = case.mandate_id
        reports._render_qweb_pdf("union_legal_aid.report_mandate", mandate.ids)
        self.assertEqual(self._get_rows(mandate, kind="print").record_name, mandate.display_name)

    def test_content_by_a_program(self):
        """X2: whoever reads the content of a paper downloads it; its name and size are no download."""
        document = self.case.with_user(self.a_officer).action_add_document(filename="a.txt", content=b"paper")
        attachment = document.sudo().attachment_id.with_user(self.a_officer)
        document.with_context(bin_size=True).read(["file", "file_name"])
        attachment.with_context(bin_size=True).read(["datas", "name"])
        attachment.read(["name", "mimetype"])
        self.assertFalse(self._get_rows(document, kind="download"))
        document.read(["file"])
        attachment.read(["raw"])
        attachment.read(["datas"])
        rows = self._get_rows(document, kind="download")
        self.assertEqual(rows.mapped("field_names"), ["file", f"ir.attachment:{attachment.id}"])
        self.assertNotIn("a.txt", str(rows.read()))
        papers = self.env["ir.attachment"].create(
            {"name": "b", "raw": b"x", "res_model": "legal.aid.case", "res_id": self.case.id}
        )
        papers.with_user(self.a_officer).read(["raw"])
        self.assertEqual(self._get_rows(kind="download").field_names, f"ir.attachment:{papers.id}")


@tagged("post_install", "-at_install")
class TestTrustworthy(LegalAidPrivateCommon):
    """X2: the log is written by the system, once, and read by those who watch."""

    def _open(self):
        self.case.with_user(self.a_officer).web_read(FORM)
        return self._get_rows()

    def test_nobody_writes(self):
        """X2: neither created, changed, copied nor deleted by anybody, not even by the administrator or the system."""
        row = self._open()
        admin = self.env.ref("base.user_admin")
        self.city_administrator.group_ids += self.env.ref("base.group_system")
        values = {"user_id": admin.id, "kind": "open", "res_model": "legal.aid.case", "res_id": 1, "channel": "rpc"}
        for env in (
            row.with_user(admin).env,
            row.with_user(self.city_administrator).env,
            row.with_user(self.auditor).env,
            row.sudo().env,
        ):
            mine = row.with_env(env)
            for act in (
                lambda mine=mine: mine.create(values),
                lambda mine=mine: mine.write({"user_id": self.b_officer.id}),
                lambda mine=mine: mine.copy(),
                lambda mine=mine: mine.unlink(),
            ):
                with self.assertRaises(AccessError):
                    act()
        self.assertFalse(self.env[LOG].load(["kind", "res_model", "res_id"], [["open", "legal.aid.case", "1"]])["ids"])

    @mute_logger("odoo.sql_db")
    def test_the_database_holds_it(self):
        """X2: by SQL no row is changed, deleted or swept away with its table; nor are user and union, whom rows name."""
        row = self._open()
        for statement in (
            "UPDATE legal_aid_access_log SET user_id = 1 WHERE id = %s",
            "DELETE FROM legal_aid_access_log WHERE id = %s",
            "TRUNCATE legal_aid_access_log CASCADE; SELECT %s",
        ):
            with self.assertRaisesRegex(psycopg2.Error, "append-only"), self.cr.savepoint():
                self.cr.execute(statement, (row.id,))
        with self.assertRaises(psycopg2.errors.ForeignKeyViolation), self.cr.savepoint():
            self.cr.execute("DELETE FROM res_users WHERE id = %s", (self.a_officer.id,))

    def test_who_reads_it(self):
        """X2: auditors, and leaders of the union and of those above it; nobody else, nobody of another union."""
        row = self._open()
        rows = self.env[LOG]
        for user in (self.a_manager, self.city_manager, self.city_administrator, self.auditor):
            self.assertEqual(rows.with_user(user).search([("id", "=", row.id)]), row, user.login)
            self.assertEqual(
                rows.with_user(user).search_count([("user_id", "=", self.a_officer.id), ("id", "=", row.id)]), 1
            )
        self.assertFalse(rows.with_user(self.b_manager).search([("id", "=", row.id)]))
        for user in (self.a_officer, self.a_finance, self.justice, self.liaison, self.lawyer1_user):
            with self.assertRaises(AccessError):
                rows.with_user(user).search([])

    def test_who_opened_this_file(self):
        """X2: from the case to the rows about it, its papers, mandates and parties."""
        row = self._open()
        document = self.case.with_user(self.a_officer).action_add_document(filename="a.txt", content=b"x")
        document.read(["file"])
        self._create_case().with_user(self.a_officer).web_read(FORM)
        action = self.case.with_user(self.a_manager).action_open_access_log()
        found = self.env[action["res_model"]].with_user(self.a_manager).search(action["domain"])
        self.assertEqual(found, row | self._get_rows(document))
        self.assertEqual(row.with_user(self.a_manager).action_open_record()["res_id"], self.case.id)

    def test_a_read_only_cursor(self):
        """ODOO_NOTES: where nothing can be written, nothing is tried; the rows are written when the transaction has ended."""
        with patch("odoo.sql_db.Cursor.readonly", True):
            before = self.cr.sql_log_count
            self.case.with_user(self.a_officer).web_read({"name": {}, "state": {}})
            self.case.with_user(self.a_officer).web_read({"name": {}, "state": {}})
            self.case.with_user(self.city_officer).read(["applicant_name"])
            self.assertGreater(self.cr.sql_log_count, before)
            self.assertFalse(self._get_rows())
        self.registry_enter_test_mode()
        self.env.cr.postcommit.run()
        self.assertEqual(self._get_rows().user_id, self.a_officer | self.city_officer)
        self.assertEqual(len(self._get_rows()), 2, "one of them came twice")

    def test_a_log_that_cannot_be_written_is_no_way_in(self):
        """X2: whoever breaks the log gets an error instead of the file, on each kind of cursor."""
        broken = patch.object(self.env.registry[LOG], "_insert", side_effect=psycopg2.OperationalError("broken"))
        with broken, self.assertRaises(psycopg2.OperationalError):
            self.case.with_user(self.a_officer).web_read(FORM)
        with patch("odoo.sql_db.Cursor.readonly", True):
            self.case.with_user(self.a_officer).web_read(FORM)
        self.registry_enter_test_mode()
        with broken, self.assertRaises(psycopg2.OperationalError):
            self.env.cr.postcommit.run()
