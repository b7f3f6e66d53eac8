import base64
import io
from contextlib import contextmanager

import openpyxl
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Date
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .casework_common import TODAY, LegalAidCaseworkCommon

PHOTO = base64.b64encode(b"photograph of the signed form")
VOICE_DUE = "2026-03-17"  # 15 days after TODAY
OVER = "2026-03-18 02:00:00"
BUREAU = {"score": 85, "note": "业务熟练"}


class AssessmentCommon(LegalAidCaseworkCommon):
    """Lawyer 1 serves county a, by a contract of 2026; today is 2 March 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.city.assessed_since = False
        # What they are told is searched for in English, whatever languages the database has.
        (cls.a_officer + cls.b_officer + cls.city_officer + cls.justice).lang = "en_US"
        cls.contract = cls.lawyer1.contract_ids
        cls.a_justice = cls._create_user("t_a_justice", cls.county_a, "justice")

    def _assess(self, lawyer=None, compute=True):
        assessments = self.env["legal.aid.assessment"].with_user(self.city_officer)
        record = assessments.create({"volunteer_id": (lawyer or self.lawyer1).id})
        if compute:
            record.action_compute()
        return record.with_env(self.env)

    def _get_voice(self, record, kind):
        return record.voice_ids.filtered(lambda voice: voice.kind == kind)

    def _give(self, record, kind, user, **opinion):
        self._get_voice(record, kind).with_user(user).action_give(**{**BUREAU, **opinion})

    def _give_all(self, record, score=85):
        """Every opinion is heard: county, an enterprise and the workers on paper, the bureau."""
        self._give(record, "union", self.a_officer, score=score)
        self._give(record, "enterprise", self.a_officer, score=score, evidence=PHOTO, enterprise_name="测试企业")
        self._give(record, "worker", self.a_officer, score=score, evidence=PHOTO)
        self._give(record, "justice", self.justice, score=score)

    def _decide(self, record, outcome, **vals):
        """The city's officer decides and its manager signs."""
        more = {
            "renew": {},
            "improve": {"improve_note": "增加进企业宣传", "improve_until": "2026-06-30"},
            "end": {"end_reason_id": self.env.ref("union_legal_aid.reason_contract_end_assessment").id},
        }[outcome]
        record.with_user(self.city_officer).write(
            {"outcome": outcome, "outcome_reason": "集体研究决定", **more, **vals}
        )
        self.approve(record, self.city_officer, self.city_manager)

    def _sign(self, outcome="renew", lawyer=None, record=None):
        record = record or self._assess(lawyer)
        with freeze_time(OVER):
            self._decide(record, outcome)
            record.with_user(self.justice).action_cosign(note="同意")
        return record

    def _set_policy(self, assignment):
        # A used policy is frozen; here the city's policy is another one from the start.
        self.env.cr.execute(f"UPDATE legal_aid_policy SET {assignment} WHERE id = %s", [self.policy.id])
        self.policy.invalidate_recordset()

    @contextmanager
    def assertRefused(self, exception, pattern="."):
        with self.assertRaises(exception) as refused, self.env.cr.savepoint():
            yield
        self.env.invalidate_all()
        self.assertRegex(str(refused.exception), pattern)


@tagged("post_install", "-at_install")
class TestAssessmentFacts(AssessmentCommon):
    def test_opened(self):
        """T10: the assessment takes contract, period and policy of its lawyer, and opens a line for each of the four voices."""
        record = self._assess(compute=False)
        self.assertRecordValues(
            record,
            [
                {
                    "contract_id": self.contract.id,
                    "period_start": Date.to_date("2026-01-01"),
                    "period_end": Date.to_date("2026-12-31"),
                    "year": 2026,
                    "policy_id": self.policy.id,
                    "voice_due": Date.to_date(VOICE_DUE),
                    "state": "draft",
                }
            ],
        )
        self.assertEqual(record.voice_ids.mapped("kind"), ["union", "enterprise", "worker", "justice"])
        self.assertEqual(self._get_voice(record, "union").organization_id, self.county_a)

    def test_calendar_period(self):
        """T10: the period is policy."""
        lawyer = self.lawyer2
        self.env.cr.execute(
            "UPDATE legal_aid_contract SET date_end = '2026-06-30' WHERE volunteer_id = %s", [lawyer.id]
        )
        self._set_policy("assessment_period = 'calendar'")
        record = self._assess(lawyer, compute=False)
        self.assertEqual(str(record.period_end), "2026-12-31")

    def test_facts_are_copied(self):
        """T10: facts are those of the system when computed; while a draft they can be refreshed, else they stand still."""
        self._create_consultation()
        record = self._assess()
        self.assertRecordValues(
            record, [{"consultation_count": 1, "is_idle": False, "facts_until": Date.to_date(TODAY)}]
        )
        self._create_consultation()
        self.assertEqual(record.consultation_count, 1)
        record.with_user(self.city_officer).action_compute()
        self.assertEqual(record.consultation_count, 2)
        self._sign(record=record)
        with self.assertRefused(UserError, "only in state"):
            record.with_user(self.city_officer).action_compute()

    def test_duties_at_the_boundary(self):
        """T10, 办法 §3: as many as the target are enough, one less is not; comments survive the next computation."""
        for _number in range(2):
            self._create_consultation()
        self._set_duty_targets(consultation=2, aid=1)
        record = self._assess()
        lines = {line.kind: line for line in record.line_ids}
        self.assertEqual((lines["consultation"].done, lines["consultation"].standing), (2, "met"))
        self.assertEqual((lines["aid"].done, lines["aid"].standing), (0, "missed"))
        self.assertEqual(lines["other"].standing, "none")
        self.assertEqual(record.proposed_outcome, "improve")
        lines["aid"].with_user(self.city_officer).comment = "本年度未分配案件"
        record.with_user(self.city_officer).action_compute()
        self.assertIn("本年度未分配案件", record.line_ids.mapped("comment"))

    def _set_duty_targets(self, **targets):
        for duty in self.contract.duty_ids:
            self.env.cr.execute(
                "UPDATE legal_aid_contract_duty SET target = %s WHERE id = %s", [targets.get(duty.kind, 0), duty.id]
            )
        self.contract.duty_ids.invalidate_recordset()

    def test_zero_service(self):
        """T10, T8: nobody who did nothing is proposed for renewal."""
        record = self._assess()
        self.assertTrue(record.is_idle)
        self.assertEqual((record.proposed_outcome, record.outcome), ("end", "end"))
        self.assertIn("§4", record.proposal_note)

    def test_ledger_in_late_missing(self):
        """T10, V1: how the ledger of the year stands."""
        record = self._assess()
        self.assertEqual(record.ledger_status, "open")
        ledger = self.env["legal.aid.ledger"].search([("volunteer_id", "=", self.lawyer1.id)])
        for day, expected in (("2027-05-20", "open"), ("2027-05-21", "missing")):
            with freeze_time(f"{day} 02:00:00"):
                record.with_user(self.city_officer).action_compute()
                self.assertEqual(record.ledger_status, expected)
        with freeze_time("2027-05-21 02:00:00"):
            ledger.with_user(self.city_officer).action_submit(summary="全年工作")
            record.with_user(self.city_officer).action_compute()
            self.assertEqual(record.ledger_status, "late")

    def test_call_backs_are_the_workers_voice(self):
        """T10, C10: the marks of the call-backs are the workers' voice; nobody may then speak in their place."""
        call = self._create_closed().call_back_ids.with_user(self.a_officer)
        call.write({"satisfaction": "4", "took_money": "no"})
        call.action_record()
        record = self._assess()
        voice = self._get_voice(record, "worker")
        self.assertRecordValues(voice, [{"state": "given", "score": 80, "is_computed": True}])
        self.assertEqual((record.case_count, record.closed_count, record.call_back_count), (1, 1, 1))
        with self.assertRefused(AccessError, "not yours to give"):
            voice.with_user(self.city_officer).action_give(evidence=PHOTO, **BUREAU)

    def test_conduct(self):
        """T10, T7: verified workers' complaints of the period count against the points."""
        self._create_consultation()
        before = self._assess()
        complaint = (
            self.env["legal.aid.complaint"]
            .with_user(self.city_officer)
            .create(
                {
                    "volunteer_id": self.lawyer1.id,
                    "complainant_kind": "worker",
                    "category": "neglect",
                    "text": "测试",
                }
            )
        )
        complaint.action_investigate()
        complaint.with_user(self.city_manager).action_verify(note="属实")
        full = before.points["conduct"]
        before.with_user(self.city_officer).action_compute()
        self.assertEqual((before.complaint_count, before.points["conduct"]), (1, full - 50))

    def test_one_assessment_per_contract(self):
        """T10: a contract is assessed once; the database holds it."""
        self._assess(compute=False)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._assess(compute=False)

    def test_contract_that_never_began(self):
        """T10: without a contract in force there is nothing to assess, and the sentence says so."""
        lawyer = self.env["legal.aid.volunteer"].create(
            {"partner_id": self.env["res.partner"].create({"name": "测试候选"}).id, "organization_id": self.city.id}
        )
        with self.assertRefused(UserError, "测试候选 had no contract in force"):
            self._assess(lawyer)
        with self.assertRefused(ValidationError, "not an appointment of"):
            self.env["legal.aid.assessment"].with_user(self.city_officer).create(
                {"volunteer_id": self.lawyer2.id, "contract_id": self.contract.id}
            )

    def test_policy_is_frozen_by_an_assessment(self):
        """O6: weights that an assessment rests on stay; none may be negative, and not all nothing."""
        self._assess(compute=False)
        with self.assertRefused(UserError, "rest on policy"):
            self.policy.assessment_pass_mark = 50
        other = {"organization_id": self.county_a.id, "name": "x", "document_number": "x", "date_from": "2030-01-01"}
        with self.assertRefused(ValidationError, "weights"):
            self.env["legal.aid.policy"].create({**other, "assessment_weight_duty": -1})


@tagged("post_install", "-at_install")
class TestAssessmentVoices(AssessmentCommon):
    def setUp(self):
        super().setUp()
        self._create_consultation()
        self.record = self._assess()

    def test_county_speaks_for_itself(self):
        """T10: the officer of the contact-point union gives its voice, and it moves the points at once."""
        before = self.record.score
        self._give(self.record, "union", self.a_officer, score=40)
        self.assertRecordValues(
            self._get_voice(self.record, "union"),
            [
                {
                    "state": "given",
                    "score": 40,
                    "given_by_id": self.a_officer.id,
                    "is_on_behalf": False,
                    "is_late": False,
                }
            ],
        )
        self.assertLess(self.record.score, before)

    def test_county_that_is_not_served(self):
        """T10, O2: another county neither reads nor gives an opinion on this lawyer."""
        for kind in ("union", "enterprise", "worker"):
            voice = self._get_voice(self.record, kind).with_user(self.b_officer)
            with self.assertRefused(AccessError):
                voice.action_give(evidence=PHOTO, enterprise_name="x", **BUREAU)
        self.assertFalse(
            self.env["legal.aid.assessment.voice"].with_user(self.b_officer).search([]) & self.record.voice_ids
        )

    def test_on_behalf_needs_evidence(self):
        """T10: the city may enter what a county or an enterprise wrote on paper, with the paper."""
        voice = self._get_voice(self.record, "union").with_user(self.city_officer)
        with self.assertRefused(UserError, "Attach what it rests on"):
            voice.action_give(**BUREAU)
        voice.action_give(evidence=PHOTO, evidence_name="意见表.jpg", **BUREAU)
        self.assertTrue(voice.is_on_behalf)
        self.assertEqual(voice.evidence_id.raw, b"photograph of the signed form")
        with self.assertRaises(AccessError):
            voice.evidence_id.with_user(self.b_officer).read(["datas"])
        with self.assertRefused(UserError, "no file that could be read"):
            voice.action_give(evidence="not base64 §", **BUREAU)

    def test_enterprise(self):
        """T10: the liaison of an enterprise that is a contact point speaks for it; others do not; without one it is named."""
        self.lawyer1.contact_point_ids += self.enterprise_a
        self.record.with_user(self.city_officer).action_compute()
        voice = self._get_voice(self.record, "enterprise")
        self.assertEqual(voice.organization_id, self.enterprise_a)
        stranger = self._create_user("t_liaison_city", self.enterprise_city, "liaison")
        with self.assertRefused(AccessError):
            voice.with_user(stranger).action_give(**BUREAU)
        self._give(self.record, "enterprise", self.liaison)
        self.assertEqual((voice.state, voice.is_on_behalf), ("given", False))

    def test_enterprise_without_union_is_named(self):
        """T10: the county that hears an enterprise on the way says which."""
        with self.assertRefused(UserError, "name the enterprise"):
            self._give(self.record, "enterprise", self.a_officer, evidence=PHOTO)
        self._give(self.record, "enterprise", self.a_officer, evidence=PHOTO, enterprise_name="测试企业")
        self.assertEqual(self._get_voice(self.record, "enterprise").enterprise_name, "测试企业")

    def test_bureau_speaks_for_itself(self):
        """T10, DESIGN §4: the city's bureau gives its own voice and writes nothing else; a county's bureau does not."""
        for user in (self.a_justice, self.city_officer, self.city_manager):
            with self.assertRefused(AccessError):
                self._give(self.record, "justice", user, evidence=PHOTO)
        self._give(self.record, "justice", self.justice)
        self.assertEqual(self._get_voice(self.record, "justice").given_by_id, self.justice)
        with self.assertRefused(AccessError):
            self._give(self.record, "union", self.justice)
        for record in (self.record, self.record.line_ids[0], self.record.voice_ids[0]):
            with self.assertRefused(AccessError):
                record.with_user(self.justice).write({"score": 100} if "score" in record._fields else {"comment": "x"})

    def test_points_and_words(self):
        """T10: points from 0 to 100, never without words."""
        for score, note, pattern in ((-1, "x", "0 to 100"), (101, "x", "0 to 100"), (80, " ", "a few words")):
            with self.assertRefused(UserError, pattern):
                self._give(self.record, "union", self.a_officer, score=score, note=note)
        for score in (0, 100):
            self._give(self.record, "union", self.a_officer, score=score)

    def test_back_doors(self):
        """T10: opinions are written by their step only: not by write, create, unlink, another context or the parent's lines."""
        voice = self._get_voice(self.record, "union")
        for user in (self.a_officer, self.city_officer, self.city_manager, self.justice):
            mine = voice.with_user(user)
            for door in (
                lambda mine=mine: mine.write({"score": 100, "state": "given"}),
                lambda mine=mine: mine.with_context(legal_aid_workflow=True).write({"score": 100}),
                lambda mine=mine: mine.unlink(),
                lambda mine=mine: mine.create({"assessment_id": self.record.id, "kind": "union", "score": 100}),
            ):
                with self.assertRefused(AccessError):
                    door()
        with self.assertRefused(AccessError):
            self.record.with_user(self.city_officer).write({"voice_ids": [Command.update(voice.id, {"score": 100})]})

    def test_missing_voice_at_the_boundary(self):
        """T10: on its last day an opinion is still waited for; the day after it is left out, and named."""
        record = self.record.with_user(self.city_officer)
        record.write({"outcome": "renew"})
        with (
            freeze_time(f"{VOICE_DUE} 02:00:00"),
            self.assertRefused(UserError, "may still come until 2026-03-17.*Justice"),
        ):
            record.action_request_approval()
        with freeze_time(OVER):
            record.action_request_approval()
            self.assertEqual(record.approval_state, "pending")
        self.assertIn("Justice bureau", record.missing_voices)

    def test_missing_voice_that_is_required(self):
        """T10: a policy may want every voice."""
        self._set_policy("assessment_missing_voice = 'required'")
        with freeze_time(OVER), self.assertRefused(UserError, "without these opinions"):
            self.record.with_user(self.city_officer).action_request_approval()
        self._give_all(self.record)
        self.record.with_user(self.city_officer).action_request_approval()

    def test_no_opinion_after_the_decision(self):
        """T10: what was signed does not change any more; while it waits for the signature, an opinion takes it back."""
        self._give_all(self.record)
        self.record.with_user(self.city_officer).write({"outcome": "renew"})
        self.record.with_user(self.city_officer).action_request_approval()
        self._give(self.record, "union", self.a_officer, score=10)
        self.assertEqual(self.record.approval_state, "none")
        self._decide(self.record, "renew")
        with self.assertRefused(UserError, "decided already"):
            self._give(self.record, "union", self.a_officer)

    def test_reminded_once(self):
        """T10: three days before the last day, and only once, those are asked whose voice is missing."""

        def count(user):
            return self.env["mail.message"].search_count(
                [("partner_ids", "in", user.partner_id.ids), ("subject", "ilike", "Opinions that are still missing")]
            )

        with freeze_time("2026-03-13 02:00:00"):
            self.env["legal.aid.assessment"]._cron_remind()
        self.assertEqual(count(self.a_officer), 0)
        self._give(self.record, "justice", self.justice)
        for day in ("2026-03-14", "2026-03-15"):
            with freeze_time(f"{day} 02:00:00"):
                self.env["legal.aid.assessment"]._cron_remind()
        self.assertEqual([count(user) for user in (self.a_officer, self.justice, self.b_officer)], [1, 0, 0])


@tagged("post_install", "-at_install")
class TestAssessmentSigning(AssessmentCommon):
    def setUp(self):
        super().setUp()
        self._create_consultation()
        self.record = self._assess()
        self.startPatcher(freeze_time(OVER))

    def test_both_bodies_sign(self):
        """T10: first the city, then the bureau; only then it is effective, with the day of the second signature."""
        with self.assertRefused(UserError, "only in state"):
            self.record.with_user(self.justice).action_cosign()
        self._decide(self.record, "renew")
        self.assertRecordValues(
            self.record, [{"state": "cosign", "city_signed_by_id": self.city_manager.id, "signed_date": False}]
        )
        with freeze_time("2026-03-20 02:00:00"):
            self.record.with_user(self.justice).action_cosign(note="同意")
        self.assertRecordValues(
            self.record,
            [
                {
                    "state": "signed",
                    "justice_signed_by_id": self.justice.id,
                    "justice_note": "同意",
                    "signed_date": Date.to_date("2026-03-20"),
                    "answer_due": Date.to_date("2026-03-27"),
                }
            ],
        )

    def test_who_signs_for_the_bureau(self):
        """T10: neither the county's bureau nor the city itself signs for the city's bureau."""
        self._decide(self.record, "renew")
        self.assertTrue(self.record.approval_timeline)
        for user in (self.a_justice, self.city_manager, self.city_officer, self.a_officer, self.auditor):
            with self.assertRefused(AccessError):
                self.record.with_user(user).action_cosign()
        self.assertFalse(self.record.with_user(self.a_justice).can_cosign)
        self.assertTrue(self.record.with_user(self.justice).can_cosign)

    def test_one_person_is_not_two_bodies(self):
        """T10, M5: who signed for the city does not sign for the bureau, whatever roles he holds."""
        self._decide(self.record, "renew")
        self.city_manager.group_ids += self.env.ref("union_legal_aid.group_justice")
        with self.assertRefused(UserError, "You signed for the city already"):
            self.record.with_user(self.city_manager).action_cosign()

    def _sign_on_paper(self, user=None, **vals):
        self.record.with_user(user or self.city_officer).action_record_cosign(
            **{"signer": "市司法局王科长", "date": TODAY, "evidence": PHOTO, "evidence_name": "签字页.jpg", **vals}
        )

    def test_bureau_signs_on_paper(self):
        """T10: without an account of the bureau an officer of the city records its signature, with the page and its day."""
        self.record._get_bureau_users().active = False
        self._decide(self.record, "renew")
        officer = self.record.with_user(self.city_officer)
        self.assertTrue(officer.can_record_cosign)
        self.assertEqual(officer.action_record_cosign()["res_model"], "legal.aid.assessment.paper")
        with freeze_time("2026-03-20 02:00:00"):
            for vals, pattern in (
                ({"signer": " "}, "who signed"),
                ({"date": "2026-03-17"}, "signs after the city"),
                ({"date": "2026-03-21"}, "signs after the city"),
                ({"evidence": "no file §"}, "could be read"),
            ):
                with self.assertRefused(UserError, pattern):
                    self._sign_on_paper(**{"date": "2026-03-19", **vals})
            self._sign_on_paper(date="2026-03-19", note="同意")
        self.assertRecordValues(
            self.record,
            [
                {
                    "state": "signed",
                    "justice_signed_by_id": False,
                    "justice_signer_name": "市司法局王科长",
                    "justice_signed_date": Date.to_date("2026-03-19"),
                    "justice_recorded_by_id": self.city_officer.id,
                    "justice_note": "同意",
                    "signed_date": Date.to_date("2026-03-19"),
                    "answer_due": Date.to_date("2026-03-27"),
                }
            ],
        )
        self.assertEqual(self.record.justice_page_id.raw, b"photograph of the signed form")

    def test_paper_is_no_way_round_the_bureau(self):
        """T10: a bureau with an account signs by itself; neither the city's signer nor a county nor a draft takes the paper road."""
        with self.assertRefused(UserError, "only in state"):
            self._sign_on_paper()
        self._decide(self.record, "renew")
        self.assertFalse(self.record.with_user(self.city_officer).can_record_cosign)
        with self.assertRefused(UserError, "signs by itself"):
            self._sign_on_paper(date="2026-03-18")
        self.record._get_bureau_users().active = False
        with self.assertRefused(UserError, "You signed for the city already"):
            self._sign_on_paper(self.city_manager, date="2026-03-18")
        for user in (self.a_officer, self.a_justice, self.auditor):
            with self.assertRefused(AccessError):
                self._sign_on_paper(user, date="2026-03-18")
        for vals in (
            {"justice_signer_name": "x"},
            {"justice_recorded_by_id": self.city_officer.id},
            {"state": "signed"},
        ):
            with self.assertRefused(AccessError):
                self.record.with_user(self.city_officer).write(vals)

    def test_bureau_gives_it_back(self):
        """T10: unsigned, with a reason, it goes back to the city, which decides and signs anew."""
        self._decide(self.record, "renew")
        bureau = self.record.with_user(self.justice)
        self.assertEqual(bureau.action_refuse_cosign()["res_model"], "legal.aid.reason.dialog")
        bureau.action_refuse_cosign(note="培训学时不足")
        self.assertRecordValues(
            self.record,
            [
                {
                    "state": "draft",
                    "approval_state": "none",
                    "city_signed_date": False,
                    "refusal_note": "培训学时不足",
                    "refused_by_id": self.justice.id,
                }
            ],
        )
        with self.assertRefused(UserError, "only in state"):
            bureau.action_cosign()
        self._decide(self.record, "improve")
        bureau.action_cosign()
        self.assertEqual((self.record.state, self.record.follow_up), ("signed", "open"))

    def test_city_decides_otherwise_with_a_reason(self):
        """T10: the points are a proposal; another outcome needs its reason, an improvement what and until when."""
        officer = self.record.with_user(self.city_officer)
        self.assertEqual(officer.proposed_outcome, "renew")
        officer.outcome = "improve"
        with self.assertRefused(UserError, "why the city decides otherwise"):
            officer.action_request_approval()
        officer.outcome_reason = "联系点反映"
        with self.assertRefused(UserError, "what is to improve, and until when"):
            officer.action_request_approval()
        officer.write({"outcome": "end", "improve_note": False})
        with self.assertRefused(UserError, "reason of the early end"):
            officer.action_request_approval()
        officer.outcome = False
        with self.assertRefused(UserError, "no outcome"):
            officer.action_request_approval()

    def test_facts_of_a_period_that_ended(self):
        """T10: when the period has ended since, the facts are computed once more before anybody signs."""
        self.record.with_user(self.city_officer).outcome = "renew"
        with freeze_time("2026-12-31 02:00:00"), self.assertRefused(UserError, "Compute them once more"):
            self.record.with_user(self.city_officer).action_request_approval()
        other = self._assess(self.lawyer2, compute=False)
        with freeze_time("2026-04-01 02:00:00"), self.assertRefused(UserError, "not computed yet"):
            other.with_user(self.city_officer).action_request_approval()

    def test_change_voids_the_request(self):
        """M5, T10: what the manager signs is what was asked for."""
        officer = self.record.with_user(self.city_officer)
        officer.outcome = "renew"
        officer.action_request_approval()
        officer.write({"outcome": "improve", "outcome_reason": "x", "improve_note": "x", "improve_until": "2026-09-01"})
        self.assertEqual(officer.approval_state, "none")

    def test_county_only_reads(self):
        """O3: the county that is served reads, another county does not; neither writes, computes, asks or opens one."""
        self.assertTrue(self.record.with_user(self.a_officer).has_access("read"))
        self.assertFalse(self.record.with_user(self.b_officer).has_access("read"))
        county = self.record.with_user(self.a_officer)
        for step in (
            lambda: county.write({"outcome": "end"}),
            county.action_compute,
            county.unlink,
            lambda: county.create({"volunteer_id": self.lawyer1.id}),
        ):
            with self.assertRefused(AccessError):
                step()
        with self.assertRefused(UserError, "is a matter of"):
            county.action_request_approval()

    def test_back_doors(self):
        """T10: state, points, facts and signatures change by their steps only: write, create, copy, import, context, lines."""
        officer = self.record.with_user(self.city_officer)
        signed = {"state": "signed", "signed_date": "2026-03-01", "justice_signed_by_id": self.justice.id}
        for vals in (signed, {"score": 100.0}, {"consultation_count": 99}, {"points": {"duty": 100}}, {"answer": "x"}):
            for mine in (officer, officer.with_context(legal_aid_workflow=True)):
                with self.assertRefused(AccessError):
                    mine.write(vals)
        for name, value in (("state", "signed"), ("score", 100.0), ("city_signed_date", "2026-03-01")):
            with self.assertRefused(AccessError):
                officer.create({"volunteer_id": self.lawyer2.id, name: value})
            with self.assertRefused(AccessError):
                officer.with_context(**{f"default_{name}": value}).create({"volunteer_id": self.lawyer2.id})
        answer = officer.with_context(import_file=True).load(
            ["volunteer_id/.id", "state"], [[str(self.lawyer2.id), "Signed by Both"]]
        )
        self.assertFalse(answer["ids"])
        with self.assertRefused(AccessError, "measured by the system"):
            officer.line_ids[0].write({"done": 99})
        with self.assertRefused(UserError):
            officer.write({"period_end": "2026-06-30"})
        self.assertFalse(
            self._assess(self.lawyer2, compute=False).copy_data()[0].keys() & {"state", "score", "outcome"}
        )

    def test_signed_is_frozen(self):
        """T10: after the city's signature neither outcome nor comments change, and nothing is deleted."""
        self._decide(self.record, "renew")
        officer = self.record.with_user(self.city_officer)
        for step in (
            lambda: officer.write({"outcome": "end"}),
            lambda: officer.line_ids[0].write({"comment": "x"}),
            officer.unlink,
        ):
            with self.assertRefused(UserError):
                step()

    def test_lawyer_reads_after_both_signatures(self):
        """T10: the lawyer sees it when both signed, never before; another lawyer never; the words of others not at all."""
        mine = self.env["legal.aid.assessment"].with_user(self.lawyer1_user)
        self.assertFalse(mine.search([]))
        self._decide(self.record, "renew")
        self.assertFalse(mine.search([]))
        with self.assertRefused(AccessError):
            self.record.with_user(self.lawyer1_user).read(["score"])
        self.record.with_user(self.justice).action_cosign()
        self.assertEqual(mine.search([]), self.record)
        self.assertEqual(mine.search([]).line_ids, self.record.line_ids)
        with self.assertRefused(AccessError):
            self.record.voice_ids.with_user(self.lawyer1_user).read(["note"])
        other = self.record.with_user(self.lawyer2_user)
        for step in (
            lambda: other.read(["score"]),
            lambda: other.line_ids.read(["done"]),
            lambda: other.action_answer(note="x"),
        ):
            with self.assertRefused(AccessError):
                step()

    def test_lawyer_answers_in_time(self):
        """T10: on the last day he may still answer, the day after not; once; the answer changes nothing in the assessment."""
        self._sign(record=self.record)
        mine = self.record.with_user(self.lawyer1_user)
        self.assertEqual(str(mine.answer_due), "2026-03-25")
        with freeze_time("2026-03-26 02:00:00"), self.assertRefused(UserError, "could be answered until 2026-03-25"):
            mine.action_answer(note="有异议")
        with freeze_time("2026-03-25 02:00:00"):
            with self.assertRefused(UserError, "Write your answer"):
                mine.action_answer(note="  ")
            mine.action_answer(note="有异议")
            with self.assertRefused(UserError, "on record already"):
                mine.action_answer(note="再答")
        self.assertRecordValues(self.record, [{"state": "signed", "answer": "有异议", "outcome": "renew"}])
        with self.assertRefused(AccessError):
            self.record.with_user(self.city_officer).action_answer(note="代答")
        with self.assertRefused(AccessError):
            mine.write({"answer": "x"})

    def test_improvement_is_followed_up(self):
        """T10: what was asked for is looked at; the office is told once when its day is over."""
        self._sign("improve", record=self.record)

        def count():
            return self.env["mail.message"].search_count(
                [
                    ("partner_ids", "in", self.city_officer.partner_id.ids),
                    ("subject", "ilike", "look whether it improved"),
                ]
            )

        for day, told in (("2026-06-30", 0), ("2026-07-01", 1), ("2026-07-02", 1)):
            with freeze_time(f"{day} 02:00:00"):
                self.env["legal.aid.assessment"]._cron_remind()
            self.assertEqual(count(), told)
        officer = self.record.with_user(self.city_officer)
        self.assertEqual(officer.action_improved()["res_model"], "legal.aid.reason.dialog")
        officer.action_improved(note="已开展宣传3场")
        self.assertEqual(self.record.follow_up, "improved")
        with self.assertRefused(UserError, "Nothing is to be looked at"):
            officer.action_not_improved(note="x")
        with self.assertRefused(AccessError):
            self.record.with_user(self.a_officer).action_improved(note="x")

    def test_void(self):
        """T10: a wrong assessment is declared void by a manager of the city, with a reason; then a new one can be made."""
        self._sign(record=self.record)
        for user in (self.city_officer, self.a_manager, self.justice):
            with self.assertRefused(AccessError):
                self.record.with_user(user).action_void(note="x")
        manager = self.record.with_user(self.city_manager)
        self.assertEqual(manager.action_void()["res_model"], "legal.aid.reason.dialog")
        manager.action_void(note="台账录错律师")
        self.assertEqual(self.record.state, "void")
        self.assertNotEqual(self._assess(), self.record)


@tagged("post_install", "-at_install")
class TestRenewalGate(AssessmentCommon):
    def setUp(self):
        super().setUp()
        self._create_consultation()

    def _renew(self):
        action = self.contract.with_user(self.city_officer).action_renew()
        return self.env["legal.aid.contract"].browse(action["res_id"])

    def test_not_without_assessment(self):
        """T2, T10: no assessment, no renewal; one that a single body signed is none."""
        with self.assertRefused(UserError, "is not assessed yet.*open it on the contract"):
            self._renew()
        record = self._assess()
        with self.assertRefused(UserError, "Both bodies have to sign"):
            self._renew()
        with freeze_time(OVER):
            self._decide(record, "renew")
            with self.assertRefused(UserError, "At the Justice Bureau.*Both bodies have to sign"):
                self._renew()
            record.with_user(self.justice).action_cosign()
            self.assertEqual(self._renew().renewal_of_id, self.contract)

    def test_with_improve(self):
        """T2, T10: who is asked to improve is renewed."""
        self._sign("improve")
        renewal = self._renew()
        self.approve(renewal, self.city_officer, self.city_manager)
        self.assertEqual(renewal.state, "active")

    def test_with_end(self):
        """T2, T10: an early end signed by both bodies stands against renewal, and against new cases at once."""
        self.assertTrue(self.lawyer1.assignable)
        self._sign("end")
        self.lawyer1.invalidate_recordset()
        self.assertIn("to end early by the assessment", self.lawyer1.not_assignable_reason)
        with self.assertRefused(UserError, "ended with “end early”"):
            self._renew()

    def test_end_goes_through_the_contracts_gate(self):
        """T10, T9: the contract ends by its own step, with the coded reason; then nothing follows it at once."""
        record = self._sign("end")
        officer = record.with_user(self.city_officer)
        with self.assertRefused(AccessError):
            record.with_user(self.a_officer).action_end_contract()
        officer.action_end_contract()
        self.assertRecordValues(
            self.contract, [{"state": "terminated", "termination_reason_id": record.end_reason_id.id}]
        )
        with self.assertRefused(UserError, "does not end a contract"):
            officer.action_end_contract()
        again = self._draft("2026-04-01")
        with self.assertRefused(UserError, "ended with “end early”"):
            again.with_user(self.city_officer).action_request_approval()

    def test_only_end_ends(self):
        """T10: an assessment that keeps the lawyer ends nothing."""
        with self.assertRefused(UserError, "does not end a contract"):
            self._sign("renew").with_user(self.city_officer).action_end_contract()

    def _draft(self, start, lawyer=None, **vals):
        contracts = self.env["legal.aid.contract"].with_user(self.city_officer)
        return contracts.create({"volunteer_id": (lawyer or self.lawyer1).id, "date_start": start, **vals})

    def test_drafted_without_the_button(self):
        """T2, T10: the same gate stands before the appointment, whether or not the draft names what it renews."""
        for vals in ({"renewal_of_id": self.contract.id}, {}):
            draft = self._draft("2027-01-01", **vals)
            with self.assertRefused(UserError, "is not assessed yet"):
                draft.action_request_approval()
            draft.action_cancel()

    def test_assessment_voided_while_the_renewal_waits(self):
        """T2, T10: the gate is asked again when the last approver signs; what was renewed protects its assessment."""
        record = self._sign("renew")
        renewal = self._renew()
        renewal.with_user(self.city_officer).action_request_approval()
        with self.assertRefused(UserError, "Cancel or end them first"):
            record.with_user(self.city_manager).action_void(note="x")
        record._workflow_write({"state": "void"})
        with self.assertRefused(UserError, "is not assessed yet"):
            renewal.with_user(self.city_manager).action_approve()

    def test_who_comes_back_is_selected_anew(self):
        """T2: who left the team and comes back renews nothing."""
        self.lawyer1.with_user(self.city_officer).action_leave(reason_code="request")
        draft = self._draft("2026-05-01")
        self.approve(draft, self.city_officer, self.city_manager)
        self.assertEqual(draft.state, "active")

    def test_paper_years_at_the_boundary(self):
        """T2: contracts that ended before assessments were kept here are let through; one that ends on that day is not."""
        self.city.assessed_since = "2027-01-01"
        self.assertTrue(self._renew())
        self.city.assessed_since = "2026-12-31"
        with self.assertRefused(UserError, "is not assessed yet"):
            self.lawyer2.contract_ids.with_user(self.city_officer).action_renew()
        for user in (self.city_officer, self.city_manager, self.a_officer):
            with self.assertRefused(AccessError):
                self.city.with_user(user).assessed_since = "2030-01-01"

    def test_firms_agreement(self):
        """T5: an agreement with a law firm is renewed without an assessment: it has no lawyer of its own."""
        firm = self.env["res.partner"].create({"name": "测试律所", "is_company": True})
        contracts = self.env["legal.aid.contract"].with_user(self.city_officer)
        contract = contracts.create({"kind": "firm", "law_firm_id": firm.id, "date_start": "2026-01-01"})
        self.approve(contract, self.city_officer, self.city_manager)
        self.assertTrue(contract.action_renew())


@tagged("post_install", "-at_install")
class TestAssessmentYear(AssessmentCommon):
    def _create_team(self, count):
        lawyers = self.env["legal.aid.volunteer"]
        partners = self.env["res.partner"].create([{"name": f"测试队员{number}"} for number in range(count)])
        lawyers = lawyers.create(
            [
                {"partner_id": partner.id, "organization_id": self.city.id, "contact_point_ids": self.county_a.ids}
                for partner in partners
            ]
        )
        contracts = self.env["legal.aid.contract"].create(
            [{"volunteer_id": lawyer.id, "date_start": "2026-01-01"} for lawyer in lawyers]
        )
        contracts._workflow_write({"state": "active"})
        return contracts

    def test_whole_team(self):
        """T10: one step opens and computes the year for everybody who had a contract, and a second one nothing twice."""
        dialog = self.env["legal.aid.assessment.year"].with_user(self.city_officer).create({"service_year": 2026})
        self.assertEqual(dialog.contract_count, 2)
        found = self.env["legal.aid.assessment"].search(dialog.action_confirm()["domain"])
        self.assertEqual(found.volunteer_id, self.lawyer1 + self.lawyer2)
        self.assertTrue(all(found.mapped("computed_date")))
        dialog.action_confirm()
        self.assertEqual(
            self.env["legal.aid.assessment"].search_count([("year", "=", 2026), ("id", "in", found.ids)]), 2
        )
        dialog.invalidate_recordset()
        self.assertEqual((dialog.contract_count, dialog.assessed_count), (0, 2))
        with self.assertRefused(UserError, "no contract in force of service year 2019"):
            self.env["legal.aid.assessment.year"].with_user(self.city_officer).create(
                {"service_year": 2019}
            ).action_confirm()

    def _count_queries(self, contracts):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.env["legal.aid.assessment"].with_user(self.city_officer)._create_for_contracts(
            contracts.with_user(self.city_officer)
        )
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_queries_do_not_grow(self):
        """T10: sixty lawyers cost hardly more queries than ten: none for each of them."""
        few, many = self._create_team(10), self._create_team(60)
        self._count_queries(self._create_team(2))
        costs = self._count_queries(few), self._count_queries(many)
        self.assertLess((costs[1] - costs[0]) / 50, 0.5, costs)

    def test_list_as_workbook(self):
        """T10: the list of the year opens as a workbook; a county's officer gets what he may read."""
        records = self._assess() + self._assess(self.lawyer2)
        name, content = records.with_user(self.city_officer)._build_list()
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        rows = list(sheet.iter_rows(values_only=True))
        self.assertEqual(name, "职工法律服务志愿团队考核汇总表 2026.xlsx")
        self.assertEqual([row[2] for row in rows[1:]], ["t_lawyer1", "t_lawyer2"])
        self.assertEqual(rows[0][-1], "状态")
        action = records.with_user(self.city_officer).action_export()
        self.assertIn(str(records[0].id), action["url"])

    def test_printed_form(self):
        """T10: the form says facts, voices and result in Chinese, and leaves room for what is not signed yet."""
        self.env["res.lang"]._activate_lang("zh_CN")
        record = self._assess()
        report = self.env["report.union_legal_aid.report_assessment"].with_user(self.city_officer)
        paper = report._get_report_values(record.ids)["pages"][0][1][0]
        text = paper.get_text()
        self.assertIn("（2026年度）", text)
        self.assertIn("市司法局意见", text)
        self.assertIn("未提交意见", text)
        self.assertIn("＿＿", text)
        self._sign("renew", record=record)
        text = report._get_report_values(record.ids)["pages"][0][1][0].get_text()
        self.assertIn("t_justice", text)
        self.assertIn("2026年3月18日", text)
        html = (
            self.env["ir.actions.report"]
            .with_user(self.city_officer)
            ._render_qweb_html("union_legal_aid.report_assessment", record.ids)[0]
        )
        self.assertIn("考核表", html.decode())
        with self.assertRefused(AccessError):
            report.with_user(self.b_officer)._get_report_values(record.ids)
