from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .access_common import make_resident_id
from .casework_common import LegalAidCaseworkCommon


@tagged("post_install", "-at_install")
class TestSuggestion(LegalAidCaseworkCommon):
    """C2, A4: who is suggested, who is not, and why, in one sentence each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lawyer2.contact_point_ids |= cls.county_a

    def _judge(self, case):
        suggested, others = case._judge_volunteers()
        return dict(suggested), dict(others)

    def test_load(self):
        """C2: of two who fit, the one with less open cases comes first."""
        self._create_assigned()
        case = self._create_granted(applicant_id_number=make_resident_id(921))
        self.assertEqual(list(self._judge(case)[0]), [self.lawyer2, self.lawyer1])
        self.assertFalse(case.not_suggested)

    def test_capacity(self):
        """C2: at the capacity, the lawyer's own or the policy's, he is not suggested and the sentence says so; he may be assigned."""
        self._create_assigned()
        case = self._create_granted(applicant_id_number=make_resident_id(921))
        self.lawyer1.capacity = 2
        self.assertIn(self.lawyer1, self._judge(case)[0])
        self.lawyer1.capacity = 1
        suggested, others = self._judge(case)
        self.assertNotIn(self.lawyer1, suggested)
        self.assertIn("at most 1", others[self.lawyer1])
        self.lawyer1.capacity = 0
        self.assertIn(self.lawyer1, self._judge(case)[0])
        case.action_assign(volunteer_id=self.lawyer1)

    def test_own_capacity_without_one_of_the_policy(self):
        """C2: what the lawyer said himself holds also where no policy says how many open cases are enough."""
        self._create_assigned()
        self.lawyer1.capacity = 1
        draft = self._create_case(applicant_id_number=make_resident_id(921))
        self.assertFalse(draft.policy_id)
        self.assertIn("at most 1", self._judge(draft)[1][self.lawyer1])

    def test_sentence(self):
        """C2: one sentence tells contact point, field and load against the capacity."""
        self.lawyer1.capacity = 3
        self._create_assigned()
        case = self._create_granted(applicant_id_number=make_resident_id(921))
        self.matter_wages.specialty_ids = self.env["legal.aid.specialty"].search([], limit=1)
        sentence = self._judge(case)[0][self.lawyer1]
        for part in (self.county_a.name, "other fields", "1 of at most 3"):
            self.assertIn(part, sentence)
        self.lawyer1.specialty_ids = self.matter_wages.specialty_ids
        self.assertIn("works in this field", self._judge(case)[0][self.lawyer1])

    def test_nobody(self):
        """C2: that nobody can be suggested is said as well, with what to do."""
        case = self._create_granted()
        (self.lawyer1 | self.lawyer2).license_valid_until = "2026-03-01"
        case.invalidate_recordset()
        self.assertIn("see why below", case.suggestion)
        self.assertIn("licence", case.not_suggested)
        (self.lawyer1 | self.lawyer2).contact_point_ids = self.county_b
        case.invalidate_recordset()
        self.assertIn("No active lawyer serves", case.suggestion)
        self.assertIn(self.county_a.name, case.suggestion)

    def _open_dialog(self, cases, lawyer):
        return (
            self.env["legal.aid.case.assign"]
            .with_user(self.a_officer)
            .create({"case_id": cases[:1].id, "case_ids": [(6, 0, cases.ids)], "volunteer_id": lawyer.id})
        )

    def test_dialog_explains_obstacle(self):
        """C2, A8: a lawyer of another county is explained before anybody confirms, once for several cases of one obstacle each."""
        case = self._create_granted()
        self.lawyer2.contact_point_ids = self.county_b
        dialog = self._open_dialog(case, self.lawyer2)
        self.assertIn("does not serve", dialog.obstacle)
        self.assertFalse(dialog.conflict)
        with self.assertRaisesRegex(UserError, "does not serve"):
            dialog.action_confirm()
        self.assertFalse(self._open_dialog(case, self.lawyer1).obstacle)

    def test_dialog_warns_of_capacity(self):
        """C2: with 2 at most, one open case and one more is enough, two more are too many; he may be assigned all the same."""
        self._create_assigned()
        cases = self._create_granted(applicant_id_number=make_resident_id(921)) | self._create_granted(
            applicant_id_number=make_resident_id(922)
        )
        self.lawyer1.capacity = 2
        self.assertFalse(self._open_dialog(cases[:1], self.lawyer1).capacity_warning)
        dialog = self._open_dialog(cases, self.lawyer1)
        self.assertIn("would have 3", dialog.capacity_warning)
        dialog.action_confirm()
        self.assertEqual(set(cases.mapped("state")), {"assigned"})

    def test_conflict(self):
        """C2, A13: who stands on the other side is not suggested."""
        self.env["legal.aid.firm.client"].create(
            {"volunteer_id": self.lawyer1.id, "name": "某建筑劳务公司", "date_from": "2026-01-01"}
        )
        case = self._create_granted()
        self.assertIn("client", self._judge(case)[1][self.lawyer1])
        self.assertEqual(case.suggested_volunteer_ids, self.lawyer2)

    def test_declined(self):
        """C2: who declined is not asked again; the attempt is kept with its reason."""
        case = self._create_assigned()
        case.with_user(self.lawyer1_user).action_decline(reason_code="conflict", note="曾代理过对方")
        self.assertIn(self.lawyer1, self._judge(case)[1])
        self.assertEqual(case.assignment_ids.reason_id.code, "conflict")

    def test_suspended(self):
        """C2: a suspended member serves nobody and is not mentioned; one whose licence ran out is."""
        case = self._create_granted()
        self.lawyer1.license_valid_until = "2026-03-01"
        self.assertIn("licence", self._judge(case)[1][self.lawyer1])

    def test_batch(self):
        """C2: several cases are assigned at once, all or none."""
        cases = self._create_granted() | self._create_granted(applicant_id_number=make_resident_id(922))
        draft = self._create_case(applicant_id_number=make_resident_id(923))
        with self.assertRaises(UserError):
            (cases | draft).action_assign(volunteer_id=self.lawyer1)
        self.assertEqual(set(cases.mapped("state")), {"granted"})
        context = cases.action_assign()["context"]
        dialog = Form(self.env["legal.aid.case.assign"].with_user(self.a_officer).with_context(**context))
        dialog.volunteer_id = self.lawyer2
        dialog.save().action_confirm()
        self.assertEqual(cases.volunteer_id, self.lawyer2)
        self.assertEqual(set(cases.mapped("state")), {"assigned"})

    def test_dialog_shows_conflict(self):
        """C2, A13: the dialog tells the conflict; a leader clears and assigns in one step, an officer cannot."""
        self.env["legal.aid.firm.client"].create(
            {"volunteer_id": self.lawyer1.id, "name": "某建筑劳务公司", "date_from": "2026-01-01"}
        )
        case = self._create_granted()
        reason = self.env.ref("union_legal_aid.reason_clear_conflict_consent")
        for user, allowed in ((self.a_officer, False), (self.a_manager, True)):
            dialog = (
                self.env["legal.aid.case.assign"]
                .with_user(user)
                .create({"case_id": case.id, "volunteer_id": self.lawyer1.id, "clear_reason_id": reason.id})
            )
            self.assertIn("client", dialog.conflict)
            if not allowed:
                with self.assertRaises(AccessError):
                    dialog.action_confirm()
                continue
            dialog.action_confirm()
        self.assertEqual(case.volunteer_id, self.lawyer1)

    def test_one_notice(self):
        """A4: one notice for one assignment."""
        case = self._create_granted()
        partner = self.lawyer1.partner_id
        domain = [("model", "=", case._name), ("res_id", "=", case.id), ("partner_ids", "in", partner.ids)]
        case.action_assign(volunteer_id=self.lawyer1)
        self.assertEqual(self.env["mail.message"].search_count(domain), 1)
