from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from odoo.addons.union_legal_aid.models.organization.legal_aid_workflow_mixin import WORKFLOW_TOKEN

from .casework_common import TODAY, WORKER_ID
from .conduct_common import ConductCommon
from .private_common import SECRETS, LegalAidPrivateCommon

DIALOG = "legal.aid.unmask"
REASON = "工人要求回电"


@tagged("post_install", "-at_install")
class TestUnmask(LegalAidPrivateCommon):
    """O2, X2: what a mask hides is shown after a reason that is on record, to those who may ask, and only then."""

    def _open(self, user, record=None):
        record = record or self.case
        action = record.with_user(user).action_unmask()
        return self.env[DIALOG].with_user(user).with_context(**action["context"]).create({})

    def test_shown_after_a_reason(self):
        """O2: contact point and auditor see the values in the dialog; the log has who, what, when and why."""
        for user in (self.b_officer, self.b_manager, self.auditor):
            with self.subTest(user.login):
                dialog = self._open(user)
                self.assertFalse(dialog.content)
                dialog.reason = REASON
                self.assertEqual(dialog.action_show()["res_id"], dialog.id)
                for text in ("王小明", WORKER_ID, "13803750001", "1,357.50", "左手粉碎性骨折"):
                    self.assertIn(text, dialog.content)
                row = self._get_rows(user_id=user.id, kind="unmask")
                self.assertEqual((row.reason, row.record_name), (REASON, self.case.name))
                self.assertEqual(set(row.field_names.split(",")), set(SECRETS))
                self.assertFalse(self._find_secrets(str(row.read())))
                self.assertFalse(any(self.case.with_user(user)._read_format(["name"])[0].get(name) for name in SECRETS))

    def test_a_reason_is_needed(self):
        """X2: no reason, a blank one or one of three characters shows nothing and leaves no row."""
        dialog = self._open(self.b_officer)
        for reason in (False, "", "   ", "　　　　　", "看一下", " 看看 "):
            dialog.reason = reason
            with self.assertRaises(UserError), self.cr.savepoint():
                dialog.action_show()
            self.assertFalse(dialog.content)
        self.assertFalse(self._get_rows(kind="unmask"))

    def test_who_may_not_ask(self):
        """O2: justice bureau, liaison, lawyer, officers of other unions; the union in charge has nothing to unmask."""
        self.case._workflow_write({"state": "in_progress", "volunteer_id": self.lawyer1.id})
        foreign = self._create_case()
        for user, case in (
            (self.justice, self.case),
            (self.liaison, self.case),
            (self.a_finance, self.case),
            (self.lawyer1_user, self.case),
            (self.b_officer, foreign),
        ):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    case.with_user(user).action_unmask()
                with self.assertRaises(AccessError):
                    self.env[DIALOG].with_user(user).create(
                        {"res_model": case._name, "res_id": case.id, "reason": REASON}
                    )
        dialog = self._open(self.a_officer)
        dialog.reason = REASON
        with self.assertRaises(UserError):
            dialog.action_show()
        self.assertFalse(self._get_rows(kind="unmask"))

    def test_forged_dialogs(self):
        """X2: nobody points a dialog at a row of the log, of his own or of somebody else's, nor at another record."""
        dialog = self._open(self.b_officer)
        dialog.reason = REASON
        dialog.action_show()
        row = self._get_rows(kind="unmask")
        other = self._create_case(contact_point_id=self.county_b.id)
        dialogs = self.env[DIALOG].with_user(self.b_officer)
        values = {"res_model": self.case._name, "res_id": self.case.id}
        for context in ({}, {"legal_aid_unmask": True}, {"default_access_log_id": row.id}):
            forging = dialogs.with_context(**context)
            given = values if "default_access_log_id" in context else {**values, "access_log_id": row.id}
            with self.assertRaises(AccessError):
                forging.create(given)
            fresh = dialogs.create(values)
            with self.assertRaises(AccessError):
                fresh.with_context(**context).write({"access_log_id": row.id})
        with self.assertRaises(AccessError):
            dialog.write({"res_id": other.id})
        with self.assertRaises(AccessError):
            dialog.with_user(self.b_manager).read(["content"])
        with self.assertRaises(UserError):
            dialogs.create({"res_model": "res.users", "res_id": self.b_officer.id})

    def test_gone_when_closed(self):
        """O2: nothing is stored: the dialog forgets after ten minutes, and leaves nothing when it is closed."""
        dialog = self._open(self.b_officer)
        dialog.reason = REASON
        dialog.action_show()
        self.assertFalse(dialog._fields["content"].store)
        self.env.flush_all()
        self.cr.execute("SELECT * FROM legal_aid_unmask WHERE id = %s", (dialog.id,))
        self.assertFalse(self._find_secrets(str(self.cr.fetchall())))
        with freeze_time(f"{TODAY} 02:11:00"):
            self.env.invalidate_all()
            self.assertFalse(dialog.content)
        dialog.action_close()
        self.assertFalse(dialog.exists())

    def test_who_lost_his_right_sees_no_more(self):
        """O2: a dialog that is still open shows nothing once the reader is moved."""
        dialog = self._open(self.b_officer)
        dialog.reason = REASON
        dialog.action_show()
        self.b_officer.union_organization_ids = self.industry
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            dialog.read(["content"])

    def test_no_row_no_value(self):
        """X2: a log that cannot be written means no value, by whatever way it fails."""
        log = self.env.registry["legal.aid.access.log"]
        dialog = self._open(self.b_officer)
        dialog.reason = REASON
        with patch.object(log, "_insert", side_effect=RuntimeError("broken")), self.assertRaises(RuntimeError):
            dialog.action_show()
        self.assertFalse(dialog.content)
        with patch("odoo.sql_db.Cursor.readonly", True), self.assertRaises(UserError):
            dialog.action_show()
        self.assertFalse(dialog.content)
        self.assertFalse(self._get_rows(kind="unmask"))

    def test_party(self):
        """O2: an auditor sees a party in clear after a reason; the row is of the union in charge, and found from the case."""
        worker = self.case.sudo().party_ids.filtered(lambda party: party.role == "applicant")
        self.assertFalse((self.case.sudo().party_ids - worker).with_user(self.auditor).can_unmask)
        dialog = self._open(self.auditor, worker)
        dialog.reason = REASON
        dialog.action_show()
        self.assertIn(WORKER_ID, dialog.content)
        row = self._get_rows(worker, kind="unmask")
        self.assertEqual(row.organization_id, self.county_a)
        self.assertIn(row, self.env[row._name].search(self.case._get_access_log_domain()))

    def test_consultation(self):
        """O2: the contact point sees who called after a reason; the union in charge and the lawyer need none."""
        call = self._create_consultation(contact_point_id=False)
        call.sudo().contact_point_id = self.county_b
        self.assertFalse(call.with_user(self.a_officer).can_unmask)
        dialog = self._open(self.b_officer, call)
        dialog.reason = REASON
        dialog.action_show()
        self.assertIn("王小明", dialog.content)
        self.assertEqual(
            set(self._get_rows(call, kind="unmask").field_names.split(",")), {"caller_name", "caller_phone"}
        )

    def test_buttons(self):
        """O2: the button stands on the form of those who see masks, and of nobody else."""
        for user, shown in ((self.b_officer, True), (self.auditor, True), (self.a_officer, False)):
            form = Form(self.case.with_user(user))
            self.assertEqual(form.can_unmask, shown, user.login)


@tagged("post_install", "-at_install")
class TestUnmaskOthers(ConductCommon):
    """O2: complainants, evidence and lawyers' numbers."""

    def _show(self, user, record):
        dialog = (
            self.env[DIALOG].with_user(user).create({"res_model": record._name, "res_id": record.id, "reason": REASON})
        )
        dialog.action_show()
        row = self.env["legal.aid.access.log"].search([("user_id", "=", user.id), ("kind", "=", "unmask")], limit=1)
        self.assertEqual((row.res_model, row.res_id), (record._name, record.id))
        return dialog.content

    def test_volunteer(self):
        """F§11: number, mobile and account of a lawyer, for county officer and auditor; not for the justice bureau."""
        self.lawyer1.with_user(self.city_officer).write(
            {"mobile": "13812345678", "resident_id_number": "410402198501010125"}
        )
        for user in (self.a_officer, self.auditor):
            self.assertIn("13812345678", self._show(user, self.lawyer1))
        with self.assertRaises(AccessError):
            self._show(self.justice, self.lawyer1)

    def test_complaint_and_removal(self):
        """T6, T7: a colleague and an auditor see the complainant, an auditor the evidence."""
        complaint = self._complain(user=self.a_officer, complainant_name="张小明")
        for user in (self.a_manager, self.auditor):
            self.assertIn("张小明", self._show(user, complaint))
        removal = (
            self.env["legal.aid.removal"]
            .with_user(self.city_officer)
            .create({"volunteer_id": self.lawyer1.id, "ground": "sanction", "evidence": "<b>证词</b>"})
        )
        self.assertIn("&lt;b&gt;证词", self._show(self.auditor, removal))
        with self.assertRaises(AccessError):
            self._show(self.justice, removal)


@tagged("post_install", "-at_install")
class TestUnmaskPayment(LegalAidPrivateCommon):
    def test_payee(self):
        """O2, M6: an officer and an auditor see a payee's account as a mask, finance and leader in clear."""
        payout = (
            self.env["legal.aid.payout"]
            .with_context(legal_aid_workflow=WORKFLOW_TOKEN)
            .create({"kind": "expense", "organization_id": self.county_a.id, "date": TODAY})
        )
        line = payout.line_ids.create(
            {
                "payout_id": payout.id,
                "volunteer_id": self.lawyer1.id,
                "amount": 100,
                "bank_account_number": "6222021234561234",
                "bank_account_holder": "测试户名",
            }
        ).with_context(legal_aid_workflow=False)
        for user in (self.a_finance, self.a_manager):
            self.assertEqual(line.with_user(user).bank_account_number, "6222021234561234")
            self.assertFalse(line.with_user(user).can_unmask)
        for user in (self.a_officer, self.auditor):
            mine = line.with_user(user)
            with self.assertRaises(AccessError):
                mine.read(["bank_account_number"])
            self.assertEqual((mine.bank_account_number_masked, mine.can_unmask), ("6222 **** **** 1234", True))
            dialog = (
                self.env[DIALOG].with_user(user).create({"res_model": line._name, "res_id": line.id, "reason": REASON})
            )
            dialog.action_show()
            self.assertIn("6222021234561234", dialog.content)
            self.assertEqual(self._get_rows(line, user_id=user.id).organization_id, self.county_a)
        self._allow_export(self.a_finance)
        exported = line.with_user(self.a_finance).export_data(["bank_account_number", "bank_account_holder"])["datas"]
        self.assertEqual(exported, [["6222 **** **** 1234", "测***"]])


@tagged("post_install", "-at_install")
class TestUnmaskRpc(LegalAidPrivateCommon, HttpCase):
    @mute_logger("odoo.http")
    def test_no_value_without_a_row(self):
        """X2: by RPC, too, the way to a value leads through a reason on record."""

        def call(model, method, *args):
            return self.make_jsonrpc_request(
                f"/web/dataset/call_kw/{model}/{method}", {"model": model, "method": method, "args": args, "kwargs": {}}
            )

        self.authenticate(self.b_officer.login, self.b_officer.login)
        case = self.case
        [dialog] = call(DIALOG, "create", [{"res_model": case._name, "res_id": case.id}])
        self.assertFalse(call(DIALOG, "read", [dialog], ["content"])[0]["content"])
        for method, args in (
            ("action_show", [[dialog]]),
            ("_get_clear_values", [[dialog], ["applicant_name"]]),
            ("write", [[dialog], {"content": "x", "access_log_id": 1}]),
        ):
            with self.assertRaises(JsonRpcException, msg=method):
                call(DIALOG, method, *args)
        with self.assertRaises(JsonRpcException):
            call(case._name, "_get_clear_values", case.ids, ["applicant_name"])
        self.assertFalse(self._get_rows(kind="unmask"))
        call(DIALOG, "write", [dialog], {"reason": REASON})
        call(DIALOG, "action_show", [dialog])
        self.assertIn("王小明", call(DIALOG, "read", [dialog], ["content"])[0]["content"])
        self.assertEqual(self._get_rows(kind="unmask").mapped("channel"), ["backend"])
