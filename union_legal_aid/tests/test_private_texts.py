import json

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..tools.removal_grounds import BY_CODE
from .casework_common import TODAY
from .conduct_common import ConductCommon
from .private_common import SECRETS, LegalAidPrivateCommon


@tagged("post_install", "-at_install")
class TestExport(LegalAidPrivateCommon):
    """O2, X1: a list that leaves the system carries masks, also for those who read in clear."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._allow_export(cls.a_officer, cls.b_officer, cls.auditor)

    def test_masks_instead_of_text(self):
        """O2: import-compatible or not, by the field, by the twin, by another record's path."""
        more = [*(f"private_ids/{name}" for name in SECRETS), "party_ids/name", "party_ids/id_number"]
        for compatible in (True, False):
            for user, paths in ((self.a_officer, [*SECRETS, *more]), (self.b_officer, [*SECRETS])):
                case = self.case.with_user(user).with_context(import_compat=compatible)
                text = str(case.export_data(paths)["datas"])
                self.assertFalse(self._find_secrets(text), f"{user.login} {compatible}")
                self.assertEqual("王**" in text, user == self.a_officer)
            self.env.invalidate_all()  # one2many fields are read by each for himself
            self.assertFalse(any(case.export_data(more)["datas"][0]))
            self.env.invalidate_all()
            twin = self.case.private_ids.with_user(self.a_officer).with_context(import_compat=compatible)
            self.assertFalse(self._find_secrets(str(twin.export_data([*SECRETS, "case_id/applicant_name"])["datas"])))
            parties = self.case.party_ids.with_user(self.a_officer).with_context(import_compat=compatible)
            text = str(parties.export_data(["name", "phone", "case_id/applicant_name"])["datas"])
            self.assertFalse(self._find_secrets(text))
            self.assertIn("某建筑劳务公司", text)

    def test_masked_columns(self):
        """O2: whoever reads masks exports masks, and no private field."""
        case = self.case.with_user(self.auditor)
        self.assertEqual(case.export_data(["applicant_name_masked"])["datas"], [["王**"]])
        with self.assertRaises(AccessError):
            case.export_data(["applicant_name"])

    def test_a_mask_is_no_value(self):
        """X1: a list that comes back leaves what is on record alone, and a mask is never taken for a value."""
        case = self.case.with_user(self.a_officer)
        case.write({"applicant_name": "王**", "applicant_phone": "138****0001", "headcount": 2})
        self.assertEqual((case.applicant_name, case.applicant_phone), ("王小明", "13803750001"))
        self.assertEqual(case.headcount, 2)
        with self.assertRaises(UserError):
            case.write({"applicant_phone": "139****0001"})
        with self.assertRaises(UserError):
            self._create_case(applicant_id_number="410402********0125")
        name = self.case._export_rows([["id"]])[0][0]
        result = case.browse().load(["id", "applicant_phone", "headcount"], [[name, "138****0001", "3"]])
        self.assertTrue(result["ids"], result)
        self.assertEqual((case.applicant_phone, case.headcount), ("13803750001", 3))


@tagged("post_install", "-at_install")
class TestWhereTextsGo(LegalAidPrivateCommon):
    """DESIGN 3.5: texts about a person do not travel: no chatter, no notice, no tracking, no log, no request."""

    NOTES = ("拒绝因王小明骗保", "重开因王小明来电", "结案王小明满意", "撤回因王小明生病")

    def _live_a_full_life(self):
        """Refused and reopened, granted, worked on, closed, archived and reopened: with a private note at each step."""
        refused, reopened, closed, withdrawn = self.NOTES
        case = self.case.with_user(self.a_officer)
        leader = case.with_user(self.a_manager)
        case.contact_point_id = self.county_a
        case.action_withdraw(reason_code="applicant", note=withdrawn)
        leader.action_reopen(reason_code="correction", note=reopened)
        case.action_submit()
        leader.action_refuse(reason_code="not_in_scope", note=refused)
        self.assertEqual(case.decision_note, refused)
        leader.action_reopen(reason_code="correction", note=reopened)
        case.hardship_checked_date = TODAY
        case.action_submit()
        page = case.action_add_document(kind="hardship", filename="承诺书.pdf", content=b"%PDF")
        case.hardship_proof_id = page
        leader.action_grant()
        case.action_assign(volunteer_id=self.lawyer1)
        lawyer = case.with_user(self.lawyer1_user)
        lawyer.action_accept()
        case.write({"applicant_phone": "13900000009", "medical_note": "左手粉碎性骨折，已出院"})
        lawyer.action_log_work(hours=2, note="见王小明")
        lawyer.action_close(outcome="won", amount_recovered=1, note=closed)
        case.action_archive(file_received_date=TODAY)
        leader.action_reopen(reason_code="correction", note=reopened)
        self.assertEqual((case.closing_summary, case.reopen_note), (closed, reopened))
        self.env.flush_all()
        self.env.cr.precommit.run()  # tracking is written when the transaction ends

    def test_full_life(self):
        """DESIGN 3.5: messages, tracking, activities, mails, requests, decisions, clocks and the access log name nobody."""
        with self._catch_server_log() as lines:
            self._live_a_full_life()
        texts = list(lines)
        for model in (
            "mail.message",
            "mail.tracking.value",
            "mail.activity",
            "mail.mail",
            "mail.notification",
            "legal.aid.approval.request",
            "legal.aid.approval.line",
            "legal.aid.deadline",
            "legal.aid.assignment",
            "legal.aid.mandate",
            "legal.aid.access.log",
            "ir.logging",
        ):
            records = self.env[model].sudo().search([])
            names = [name for name, field in records._fields.items() if field.store and field.type != "binary"]
            texts.append(str(records.read(names, load=None)))
        self.assertTrue(self.env["mail.message"].sudo().search([("res_id", "=", self.case.id)]))
        self.assertFalse(self._find_secrets("\n".join(texts), *self.NOTES, "13900000009", "王小明"))

    def test_linked_reader_of_the_notes(self):
        """O2: what was written about the worker on the way is for the union in charge."""
        self.case._workflow_write({"decision_note": "王小明骗保", "closing_summary": "王小明满意", "reopen_note": "王"})
        linked = self.case.with_user(self.b_officer)
        self.assertFalse(linked.decision_note or linked.closing_summary or linked.reopen_note)

    def test_failed_statement_is_logged_without_values(self):
        """O2: Odoo logs a statement that fails; one on private data without its values."""
        with mute_logger("odoo.sql_db"), self._catch_server_log("odoo.sql_db") as lines:
            with self.assertRaises(psycopg2.Error), self.cr.savepoint():
                self.cr.execute(
                    "INSERT INTO legal_aid_case_private (case_id, applicant_name) VALUES (%s, %s)",
                    (self.case.id, "王小明"),
                )
        self.assertTrue([line for line in lines if "legal_aid_case_private" in line])
        self.assertFalse(self._find_secrets("\n".join(lines)))
        with mute_logger("odoo.sql_db"), self._catch_server_log("odoo.sql_db") as lines:
            with self.assertRaises(psycopg2.Error), self.cr.savepoint():
                self.cr.execute("SELECT nothing FROM res_partner")
        self.assertTrue([line for line in lines if "SELECT nothing" in line], "others are logged as they stand")


@tagged("post_install", "-at_install")
class TestExportPage(LegalAidPrivateCommon, HttpCase):
    def test_search_does_not_get_into_the_server_log(self):
        """O2: Odoo notes the search of an export in the server log; a search for a worker is noted by what it found."""
        self._allow_export(self.a_officer)
        self.authenticate(self.a_officer.login, self.a_officer.login)
        data = {
            "model": "legal.aid.case",
            "fields": [
                {"name": "name", "label": "n", "type": "char"},
                {"name": "applicant_name", "label": "a", "type": "char"},
            ],
            "ids": False,
            "domain": [["applicant_name", "=", "王小明"], ["id", "=", self.case.id]],
            "import_compat": False,
            "groupby": [],
            "context": {},
        }
        for domain, found in ((data["domain"], True), ([["applicant_name", "=", "王小明明"]], False)):
            with self._catch_server_log() as lines:
                answer = self.url_open(
                    "/web/export/csv",
                    data={"csrf_token": Request.csrf_token(self), "data": json.dumps({**data, "domain": domain})},
                )
            self.assertEqual(answer.status_code, 200)
            self.assertEqual(self.case.name in answer.text, found)
            self.assertEqual("王**" in answer.text, found)
            self.assertTrue([line for line in lines if "exported" in line])
            self.assertFalse([line for line in lines if "王小明" in line])


@tagged("post_install", "-at_install")
class TestConductAndTeam(ConductCommon):
    """O2, F§11: complainant, removal reason and evidence, and the numbers of lawyers."""

    def test_removal(self):
        """O2: evidence and reply are for the city that decides; an auditor sees that there are some; the bureau the ground."""
        removal = (
            self.env["legal.aid.removal"]
            .with_user(self.city_officer)
            .create({"volunteer_id": self.lawyer1.id, "ground": "sanction", "evidence": "王小明的证词"})
        )
        self._show(self.lawyer1, *BY_CODE["sanction"].codes)
        removal.action_record_reply(note="王小明说谎")
        self.assertEqual(removal.evidence, "王小明的证词")
        audited = removal.with_user(self.auditor)
        self.assertEqual((audited.evidence_masked, audited.reply_masked, audited.can_unmask), ("***", "***", True))
        for user in (self.auditor, self.justice):
            for name in ("evidence", "reply", "withdraw_note"):
                with self.assertRaises(AccessError):
                    removal.with_user(user).read([name])
        for name in ("evidence_masked", "reply_masked", "can_unmask"):
            with self.assertRaises(AccessError):
                removal.with_user(self.justice).read([name])
        removal.action_request_approval()
        request = removal.sudo().approval_request_id
        self.assertNotIn("王小明", str(request.read()))
        removal.evidence = "另一份证词"
        self.assertEqual(removal.approval_state, "none", "other evidence asks for another decision")

    def test_complaint(self):
        """T7: name, phone and findings are the city's; other readers see masks, search finds nothing."""
        complaint = self._complain(user=self.a_officer, complainant_name="张小明", complainant_phone="13812345678")
        complaint.with_user(self.city_officer).findings = "张小明有录音"
        other = complaint.with_user(self.a_manager)
        self.assertFalse(other.complainant_name or other.findings)
        self.assertTrue(other.can_unmask)
        self.assertEqual(complaint.with_user(self.auditor).complainant_name_masked, "张**")
        complaints = self.env["legal.aid.complaint"]
        for user, found in ((self.city_officer, 1), (self.a_officer, 1), (self.a_manager, 0)):
            self.assertEqual(complaints.with_user(user).search_count([("complainant_phone", "like", "5678")]), found)

    def test_lawyers_numbers(self):
        """F§11: the justice bureau sees not a digit; an auditor and a county officer see masks."""
        self.lawyer1.with_user(self.city_officer).write({"mobile": "13812345678"})
        for user in (self.auditor, self.a_officer):
            self.assertEqual(self.lawyer1.with_user(user).mobile_masked, "138****5678")
            self.assertTrue(self.lawyer1.with_user(user).can_unmask)
        for name in (
            "mobile",
            "mobile_masked",
            "resident_id_number_masked",
            "bank_account_number_masked",
            "can_unmask",
        ):
            with self.assertRaises(AccessError):
                self.lawyer1.with_user(self.justice).read([name])
