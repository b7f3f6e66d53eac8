from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .casework_common import TODAY, LegalAidCaseworkCommon


class LegalAidObjectionCommon(LegalAidCaseworkCommon):
    """County a has a justice bureau, whose people are bound to it; another bureau is bound to county b."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bureau = cls.env["res.partner"].create({"name": "测试甲县司法局", "is_company": True})
        cls.county_a.justice_bureau_id = cls.bureau
        cls.justice_a = cls._create_user("t_justice_a", cls.county_a, "justice")
        cls.justice_b = cls._create_user("t_justice_b", cls.county_b, "justice")

    def _create_refused(self, **vals):
        case = self._create_submitted(**vals)
        case.with_user(self.a_manager).action_refuse(reason_code="not_in_scope", note="与劳动关系无关")
        return case

    def _create_terminated(self):
        case = self._create_in_progress()
        case.with_user(self.a_manager).action_terminate(reason_code="own_lawyer")
        return case

    def _object(self, case, **vals):
        case.action_object(**{"note": "本人认为属于劳动争议", **vals})
        return case.objection_ids.sorted("id")[-1]

    def _send(self, case):
        objection = self._object(case)
        objection.action_send()
        return objection

    def _attach(self, case):
        return case.action_add_document(kind="objection", filename="异议审查决定书.pdf", content=b"%PDF")


@tagged("post_install", "-at_install")
class TestObjection(LegalAidObjectionCommon):
    def test_refusal_is_set_aside(self):
        """I7, LAA 49: received, sent, set aside with its document; the case goes back to the leaders, and is granted."""
        case = self._create_refused()
        objection = self._object(case)
        self.assertRecordValues(
            objection,
            [
                {
                    "state": "received",
                    "kind": "refusal",
                    "contested_reason_id": case.decision_reason_id.id,
                    "organization_id": self.county_a.id,
                }
            ],
        )
        self.assertEqual(str(objection.contested_date), TODAY)
        objection.action_send(date=TODAY)
        self.assertEqual(objection.bureau_id, self.bureau)
        self.assertEqual(str(objection.date_due), "2026-03-09")  # 7 March is a Saturday
        self.assertEqual(self._get_due(case, "objection_review"), "2026-03-09")
        with freeze_time("2026-03-05 02:00:00"):
            document = self._attach(case)
            objection.action_set_aside(date="2026-03-05", number="宝司异〔2026〕1号", document_id=document)
            self.assertRecordValues(
                objection,
                [{"state": "set_aside", "decision_number": "宝司异〔2026〕1号", "decision_document_id": document.id}],
            )
            self.assertRecordValues(
                case, [{"state": "submitted", "approval_state": "pending", "decision_reason_id": False}]
            )
            self.assertEqual(self._get_due(case, "decide"), "2026-03-12")
            self.assertEqual(self._get_due(case, "objection_review", "done"), "2026-03-09")
            case.with_user(self.a_manager).action_grant()
        self.assertEqual(case.state, "granted")
        self.assertEqual(objection.contested_reason_id.code, "not_in_scope")

    def test_termination_is_set_aside(self):
        """C7, LAA 49: a terminated case is taken up again: the grant stands, a lawyer is assigned within the usual time."""
        case = self._create_terminated()
        objection = self._send(case)
        self.assertEqual(objection.kind, "termination")
        objection.action_set_aside(date=TODAY, document_id=self._attach(case).id)
        self.assertRecordValues(case, [{"state": "granted", "volunteer_id": False, "mandate_id": False}])
        self.assertEqual(self._get_due(case, "assign"), "2026-03-05")
        case.action_assign(volunteer_id=self.lawyer1)
        case.with_user(self.lawyer1_user).action_accept()
        self.assertEqual(case.state, "in_progress")

    def test_upheld(self):
        """I7: an upheld decision stands; the clock is met, and a further objection may follow another decision only by a new one."""
        case = self._create_refused()
        objection = self._send(case)
        objection.action_uphold(date=TODAY, document_id=self._attach(case))
        self.assertEqual((objection.state, case.state), ("upheld", "refused"))
        self.assertEqual(case.decision_reason_id.code, "not_in_scope")
        self.assertFalse(case.sudo().deadline_ids.filtered(lambda deadline: deadline.state == "open"))
        with self.assertRaisesRegex(UserError, "only in state"):
            objection.action_set_aside(date=TODAY, document_id=case.document_ids)

    def test_five_days(self):
        """I7, LAA 49: on the fifth day in time, on the sixth late; the last day moves off a day of rest."""
        case = self._create_refused()
        objection = self._object(case)
        with freeze_time("2026-03-04 02:00:00"):
            objection.action_send()  # five days: Monday 9 March
        self.assertEqual(str(objection.date_due), "2026-03-09")
        for day, late in (("2026-03-09", False), ("2026-03-10", True)):
            with self.subTest(day), freeze_time(f"{day} 02:00:00"):
                objection.invalidate_recordset(["is_late"])
                self.assertEqual(objection.is_late, late)
        with freeze_time("2026-03-10 02:00:00"):
            objection.action_uphold(date="2026-03-10", document_id=self._attach(case))
            self.assertTrue(objection.is_late)
        clock = case.sudo().deadline_ids.filtered(lambda deadline: deadline.kind == "objection_review")
        self.assertEqual(clock.light, "late_done")

    def test_only_against_refusal_and_termination(self):
        """I7: nobody objects to a grant, nor twice at the same time; neither by the button nor by another door."""
        case = self._create_granted()
        for step in (
            lambda: case.action_object(note="x"),
            lambda: self.env["legal.aid.objection"].with_user(self.a_officer).create({"case_id": case.id}),
        ):
            with self.assertRaisesRegex(UserError, "refusal or a termination"):
                step()
        refused = self._create_refused()
        self._object(refused)
        self.assertFalse(refused.can_object)
        with self.assertRaisesRegex(UserError, "open already"):
            refused.action_object(note="再次")
        with mute_logger("odoo.sql_db"), self.assertRaises(UserError):
            self.env["legal.aid.objection"].with_user(self.a_officer).create({"case_id": refused.id})

    def test_dialog_only_without_grounds(self):
        """DESIGN rule 2: a dialog when called without; the decision needs its document."""
        case = self._create_refused()
        self.assertEqual(case.action_object()["res_model"], "legal.aid.reason.dialog")
        objection = self._send(case)
        action = objection.action_uphold()
        self.assertEqual(action["res_model"], "legal.aid.objection.decision")
        dialogs = self.env["legal.aid.objection.decision"].with_user(self.a_officer).with_context(**action["context"])
        dialog = dialogs.create({})
        with self.assertRaisesRegex(UserError, "with its document"):
            dialog.action_confirm()
        dialog.write({"file": "JVBERg==", "file_name": "决定.pdf", "number": "1号"})
        dialog.action_confirm()
        self.assertEqual((objection.state, objection.decision_document_id.kind), ("upheld", "objection"))

    def test_impossible_days_and_papers(self):
        """I7: not before the decision, not in the future, not with the paper of another case."""
        case, other = self._create_refused(), self._create_refused()
        for day in ("2026-03-01", "2026-03-03"):
            with (
                self.subTest(day),
                self.assertRaisesRegex(ValidationError, "cannot have been received"),
                self.cr.savepoint(),
            ):
                case.action_object(date=day, note="x")
        objection, second = self._object(case), self._object(other)
        for day in ("2026-03-01", "2026-03-03"):
            with self.subTest(day), self.assertRaisesRegex(UserError, "cannot have received"):
                objection.action_send(date=day)
        (objection | second).action_send()
        with self.assertRaisesRegex(UserError, "recorded with its document"):
            objection.action_uphold(date=TODAY, document_id=self._attach(other))
        with self.assertRaisesRegex(UserError, "cannot have decided"):
            objection.action_uphold(date="2026-03-03", document_id=self._attach(case))

    def test_no_bureau_on_record(self):
        """I7: where the union has no justice bureau, sending is refused with the way out."""
        self.county_a.justice_bureau_id = False
        objection = self._object(self._create_refused())
        with self.assertRaisesRegex(UserError, "No justice bureau is on record"):
            objection.action_send()

    def test_withdrawn(self):
        """I7: the objector takes it back; the clock stops, the decision stands, the record stays."""
        case = self._create_refused()
        objection = self._send(case)
        self.assertEqual(objection.action_withdraw()["res_model"], "legal.aid.reason.dialog")
        objection.action_withdraw(note="申请人撤回")
        self.assertEqual((objection.state, case.state), ("withdrawn", "refused"))
        self.assertIsNone(self._get_due(case, "objection_review"))
        with self.assertRaises(AccessError):
            objection.unlink()
        with self.assertRaises(UserError):
            objection.sudo().unlink()
        self.assertTrue(case.can_object)

    def test_papers_of_a_refused_case(self):
        """I7: papers of an objection come in while it is open, and no others."""
        case = self._create_refused()
        with self.assertRaises(UserError):
            self._attach(case)
        self._object(case)
        self.assertTrue(self._attach(case))

    def test_next_step(self):
        """I7: the page of the case says whose turn it is."""
        case = self._create_refused()
        objection = self._object(case)
        self.assertIn("justice bureau", case.next_step)
        objection.action_send()
        case.invalidate_recordset(["next_step"])
        self.assertIn("2026-03-09", case.next_step)


@tagged("post_install", "-at_install")
class TestObjectionAccess(LegalAidObjectionCommon):
    def test_bureau_reads_without_names(self):
        """I7, O2: the bureau's people read objections in cases of the unions they supervise, without what was written."""
        objection = self._send(self._create_refused())
        objections = self.env["legal.aid.objection"]
        for user, sees in ((self.justice_a, True), (self.justice, True), (self.justice_b, False)):
            with self.subTest(user.login):
                self.assertEqual(bool(objections.with_user(user).search([("id", "=", objection.id)])), sees)
        seen = objection.with_user(self.justice_a)
        text = str(seen.read(list(seen.fields_get())))
        self.assertIn(objection.case_number, text)
        for secret in ("王小明", "本人认为", "13803750001", "建筑"):
            self.assertNotIn(secret, text)
        for name in ("note", "document_id", "decision_document_id"):
            with self.subTest(name), self.assertRaises(AccessError):
                seen.read([name])
        self.assertEqual(seen.case_id.objection_ids, seen)

    def test_bureau_and_others_take_no_step(self):
        """O2, I7: the bureau, the auditor, another county and a lawyer change nothing."""
        case = self._create_refused()
        objection = self._object(case)
        for user in (self.justice_a, self.auditor, self.b_officer, self.lawyer1_user, self.liaison):
            for step in (
                lambda record: record.action_send(),
                lambda record: record.write({"received_date": TODAY}),
                lambda record: record.unlink(),
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    step(objection.with_user(user))
            with self.subTest(user.login), self.assertRaises(AccessError):
                case.with_user(user).action_object(note="x")

    def test_every_door(self):
        """DESIGN rule 1: state and decision change through the steps only: not by write, create, copy or context."""
        case = self._create_refused()
        objection = self._object(case)
        for vals in (
            {"state": "set_aside"},
            {"decision_date": TODAY},
            {"kind": "termination"},
            {"bureau_id": self.bureau.id},
            {"date_due": TODAY},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                objection.write(vals)
            with self.subTest(vals), self.assertRaises(AccessError):
                objection.with_context(legal_aid_workflow=True).write(vals)
        with self.assertRaises(UserError):
            objection.case_id = self._create_refused()
        another = self._create_refused()
        for vals in ({"state": "upheld"}, {"sent_date": TODAY}):
            with self.subTest(vals), self.assertRaises(AccessError):
                self.env["legal.aid.objection"].with_user(self.a_officer).create({"case_id": another.id, **vals})
        for vals in ({"state": "submitted"}, {"decision_reason_id": False}):
            with self.subTest(vals), self.assertRaises(AccessError):
                another.write(vals)
