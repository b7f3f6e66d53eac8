from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.oversight.legal_aid_erasure import KEPT_MODELS, TOLD_IN
from .test_oversight_seal import LegalAidArchiveCommon

LAST_DAY, DAY_AFTER = "2056-03-02", "2056-03-03"
WORDS = ("王小明", "13803750001", "410402198501010125", "某建筑劳务公司", "开庭", "来电")


@tagged("post_install", "-at_install")
class TestFileDisposal(LegalAidArchiveCommon):
    """X3: a file whose term is over is destroyed by a decision of several people, never by a job."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first, cls.second = cls.city_officer, cls.city_manager

    def _open_list(self, **vals):
        disposal = (
            self.env["legal.aid.file.disposal"]
            .with_user(self.a_officer)
            .create(
                {
                    "organization_id": self.county_a.id,
                    "first_supervisor_id": self.first.id,
                    "second_supervisor_id": self.second.id,
                    **vals,
                }
            )
        )
        disposal.action_collect()
        return disposal

    def _find_line(self, disposal, case):
        return disposal.line_ids.filtered(lambda line: line.case_number == case.sudo().name)

    def _approve(self, disposal, **decisions):
        disposal.line_ids.decision = "extend"
        for line in disposal.line_ids:
            line.decision = decisions.get(line.case_number, "extend")
        disposal.action_submit()
        disposal.with_user(self.a_manager).action_approve()

    def _destroy(self, *cases):
        disposal = self._open_list()
        self._approve(disposal, **dict.fromkeys((case.sudo().name for case in cases), "destroy"))
        disposal.with_user(self.first).action_supervise()
        disposal.with_user(self.second).action_supervise()
        disposal.action_execute()
        return disposal

    def test_collected_after_the_last_day(self):
        """X3: on the last day of its term a file is not on the list; on the day after it is, on one list only."""
        case = self._create_sealed()
        with freeze_time(f"{LAST_DAY} 02:00:00"):
            self.assertFalse(self._find_line(self._open_list(), case))
        with freeze_time(f"{DAY_AFTER} 02:00:00"):
            self.assertTrue(self._find_line(self._open_list(), case))
            self.assertFalse(self._find_line(self._open_list(), case))

    def test_held_and_permanent_files_are_not_collected(self):
        """X3: what is kept on for an audit, or for ever, is on no list."""
        held, permanent = self._create_file(), self._create_file()
        permanent.is_permanent = True
        self.env["legal.aid.archive.register"].with_user(self.a_officer).browse(held.id).action_hold(
            reason_code="audit"
        )
        with freeze_time(f"{DAY_AFTER} 02:00:00"):
            disposal = self._open_list()
            self.assertFalse(self._find_line(disposal, held) | self._find_line(disposal, permanent))

    def test_destroyed(self):
        """X3: private data, texts, papers, attachments, messages and keys are gone from the database; figures and the entry stay."""
        case = self._create_sealed()
        name, document = case.sudo().name, case.sudo().document_ids[:1]
        attachment = document.attachment_id
        figures = case.sudo().read(
            ["state", "matter_id", "amount_recovered", "headcount", "hours_total", "outcome", "closed_date"]
        )
        count = self.env["legal.aid.statistic"].sudo().search_count([("organization_id", "=", self.county_a.id)])
        with freeze_time(f"{DAY_AFTER} 02:00:00"):
            disposal = self._destroy(case)
        self.env.flush_all()
        case = case.sudo()
        self.assertEqual(
            case.read(["state", "matter_id", "amount_recovered", "headcount", "hours_total", "outcome", "closed_date"]),
            figures,
        )
        self.assertEqual(
            self.env["legal.aid.statistic"].sudo().search_count([("organization_id", "=", self.county_a.id)]), count
        )
        self.assertEqual((case.name, str(case.erased_date)), (name, DAY_AFTER))
        self.assertFalse(attachment.exists())
        self.assertTrue(document.exists())
        for model, path in TOLD_IN.items():
            rows = self.env[model].sudo().search([(path, "=", case.id)])
            if rows:
                self.cr.execute(f"SELECT CAST(t AS text) FROM {rows._table} AS t WHERE id IN %s", [tuple(rows.ids)])
                told = str(self.cr.fetchall())
                for word in WORDS:
                    self.assertNotIn(word, told, model)
        self.assertFalse(case.applicant_id_hash or case.party_ids.filtered("id_hash"))
        self.assertNotIn("来电", str(case.message_ids.mapped("body")))
        line = self._find_line(disposal, case)
        self.assertRecordValues(line, [{"is_erased": True, "decision": "destroy"}])
        self.assertRecordValues(disposal, [{"state": "done", "executed_by_id": self.a_officer.id}])
        register = self.env["legal.aid.archive.register"].with_user(self.a_officer).browse(case.id)
        self.assertEqual(register.condition, "destroyed")

    def test_kept_longer(self):
        """X3: what the appraisal keeps, is whole, and its term runs on."""
        case, other = self._create_file(), self._create_file()
        with freeze_time(f"{DAY_AFTER} 02:00:00"):
            self._destroy(other)
        self.assertEqual(case.sudo().applicant_name, "王小明")
        self.assertEqual(str(case.sudo().keep_until), "2066-03-02")

    def test_supervisors_can_sign(self):
        """X3: who is named can open the list, finance too; another county's officer cannot and is refused; both are told."""
        case = self._create_sealed()
        with freeze_time(f"{DAY_AFTER} 02:00:00"):
            disposal = self._open_list(first_supervisor_id=self.b_officer.id, second_supervisor_id=self.a_finance.id)
            disposal.line_ids.decision = "destroy"
            with self.assertRaisesRegex(UserError, "could not sign"):
                disposal.action_submit()
            disposal.first_supervisor_id = self.first
            disposal.action_submit()
            disposal.with_user(self.a_manager).action_approve()
            told = self.env["legal.aid.notification"].sudo()
            for user in (self.first, self.a_finance):
                notices = told.search([("partner_id", "=", user.partner_id.id), ("res_model", "=", disposal._name)])
                self.assertIn(disposal.id, notices.mapped("res_id"))
                disposal.with_user(user).action_supervise()
            with self.assertRaisesRegex(UserError, "can no longer be changed"):
                disposal.with_user(self.a_finance).write({"second_supervisor_id": self.second.id})
            disposal.action_execute()
        self.assertFalse(case.sudo().applicant_name)

    def test_takes_several_people(self):
        """X3: who submits does not approve; both supervisors sign, each himself; neither carries it out."""
        case = self._create_sealed()
        with freeze_time(f"{DAY_AFTER} 02:00:00"):
            alone = self._open_list(second_supervisor_id=self.first.id)
            alone.line_ids.decision = "destroy"
            with self.assertRaisesRegex(UserError, "two supervisors"):
                alone.action_submit()
            alone.second_supervisor_id = self.second
            alone.line_ids[0].decision = False
            with self.assertRaisesRegex(UserError, "decide on each file"):
                alone.action_submit()
            alone.line_ids.decision = "destroy"
            alone.action_submit()
            with self.assertRaises(UserError):
                alone.action_approve()
            with self.assertRaises(UserError):
                alone.action_execute()
            alone.with_user(self.a_manager).action_approve()
            with self.assertRaisesRegex(UserError, "both supervisors"):
                alone.action_execute()
            with self.assertRaises(AccessError):
                alone.action_supervise()
            alone.with_user(self.first).action_supervise()
            with self.assertRaises(AccessError):
                alone.with_user(self.first).action_supervise()
            alone.with_user(self.second).action_supervise()
            with self.assertRaisesRegex(AccessError, "You supervise"):
                alone.with_user(self.first).action_execute()
        self.assertTrue(case.sudo().applicant_name)

    def test_hold_after_the_decision(self):
        """X3: a lawsuit that comes between decision and execution stops the destruction."""
        case = self._create_sealed()
        with freeze_time(f"{DAY_AFTER} 02:00:00"):
            disposal = self._open_list()
            self._approve(disposal, **{case.sudo().name: "destroy"})
            disposal.with_user(self.first).action_supervise()
            disposal.with_user(self.second).action_supervise()
            self.env["legal.aid.archive.register"].with_user(self.a_officer).browse(case.id).action_hold(
                reason_code="lawsuit"
            )
            with self.assertRaisesRegex(UserError, "kept on"):
                disposal.action_execute()
            disposal.action_decide_anew()
            self.assertRecordValues(
                disposal, [{"state": "draft", "first_signed_date": False, "second_signed_date": False}]
            )
        self.assertTrue(case.sudo().applicant_name)

    def test_back_doors(self):
        """X3: no line, state, signature or erasure by write, create or RPC; no job destroys anything."""
        case = self._create_sealed()
        with freeze_time(f"{DAY_AFTER} 02:00:00"):
            disposal = self._open_list()
            for vals in ({"state": "approved"}, {"first_signed_date": LAST_DAY}, {"executed_by_id": self.first.id}):
                with self.subTest(vals), self.assertRaises(AccessError):
                    disposal.write(vals)
            line = self._find_line(disposal, case)
            with self.assertRaises(AccessError):
                line.copy()
            with self.assertRaises(AccessError):
                disposal.with_user(self.b_officer).read(["state"])
            disposal.line_ids.decision = "destroy"
            disposal.action_submit()
            with self.assertRaises(UserError):
                line.decision = "permanent"
            with self.assertRaises(AccessError):
                case.write({"erased_date": LAST_DAY})
            with self.enter_registry_test_mode():
                self.env.ref("union_legal_aid.ir_cron_seal").method_direct_trigger()
        self.assertTrue(case.sudo().applicant_name)

    def test_no_model_is_forgotten(self):
        """X3: each model that names a case is erased with it, or is kept with its reason."""
        naming = {
            model
            for model, records in self.env.items()
            if not records._abstract
            and not records._transient
            and records._auto
            and any(
                field.type == "many2one"
                and field.comodel_name == "legal.aid.case"
                and field.store
                and field.name == "case_id"
                for field in records._fields.values()
            )
        }
        self.assertLessEqual(naming, TOLD_IN.keys() | KEPT_MODELS.keys())
