import base64

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .team_common import TeamCommon

PAPER = base64.b64encode(b"stamped page")


class JoiningCommon(TeamCommon):
    """A lawyer of county a, put forward by its officer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.a_justice = cls._create_user("t_a_justice", cls.county_a, "justice")

    def _propose(self, user=None, steps=("firm",), **values):
        """A proposal with the signed application and the stamped pages of ``steps``."""
        user = user or self.a_officer
        return (
            self.env["legal.aid.recommendation"]
            .with_user(user)
            .create(
                {
                    "name": "荐新律师",
                    "license_number": "14104202610990001",
                    "license_valid_until": "2027-12-31",
                    "law_firm_id": self.firm.id,
                    "contact_point_ids": [Command.set(self.county_a.ids)],
                    "application_date": "2026-06-01",
                    "application_document": PAPER,
                    "step_ids": [self._step(level) for level in steps],
                    **values,
                }
            )
        )

    def _step(self, level, date="2026-06-05", opinion="agree", document=PAPER, **values):
        return Command.create({"level": level, "date": date, "opinion": opinion, "document": document, **values})

    def _select(self, **values):
        """A lawyer selected on every level."""
        proposal = self._propose(**values)
        proposal.action_submit()
        proposal.with_user(self.justice).action_recommend()
        proposal.with_user(self.city_officer).action_select()
        return proposal


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestRecommendation(JoiningCommon):
    def test_county_proposes_bureau_recommends_city_selects(self):
        """T1: level by level, each by the lowest role that may, and the file in the team is made without typing twice."""
        with Form(self.env["legal.aid.recommendation"].with_user(self.a_officer)) as form:
            form.name = "荐新律师"
            form.license_number = "1410 4202 6109 90001"
            form.law_firm_id = self.firm
            form.office_phone = "0375-1234567"
            form.application_date = "2026-06-01"
            form.application_document = PAPER.decode()
            with form.step_ids.new() as step:
                step.level = "firm"
                step.date = "2026-06-03"
                step.document = PAPER.decode()
        proposal = form.record
        self.assertEqual((proposal.organization_id, proposal.city_id), (self.county_a, self.city))
        self.assertEqual(proposal.step_ids.institution, "测试律师事务所")
        proposal.action_submit()
        self.assertEqual((proposal.state, proposal.submitted_by_id), ("submitted", self.a_officer))
        proposal.with_user(self.justice).action_recommend(note="业务熟练")
        proposal.invalidate_recordset()
        top = proposal.step_ids[-1]
        self.assertRecordValues(
            top, [{"level": "city_bureau", "opinion": "agree", "user_id": self.justice.id, "note": "业务熟练"}]
        )
        action = proposal.with_user(self.city_officer).action_select()
        lawyer = self.env["legal.aid.volunteer"].browse(action["res_id"])
        self.assertRecordValues(
            lawyer,
            [
                {
                    "name": "荐新律师",
                    "state": "candidate",
                    "kind": "lawyer",
                    "organization_id": self.city.id,
                    "license_number": "14104202610990001",
                    "law_firm_id": self.firm.id,
                    "office_phone": "0375-1234567",
                    "recommended_by": "firm",
                    "recommender_id": self.firm.id,
                }
            ],
        )
        self.assertEqual(str(lawyer.application_date), "2026-06-01")
        self.assertEqual(str(lawyer.recommended_date), "2026-06-03")
        self.assertEqual((proposal.state, proposal.decided_by_id), ("selected", self.city_officer))
        contract = self._appoint(lawyer, "2026-06-20")
        self.assertEqual((contract.state, lawyer.state), ("active", "active"))

    def test_missing_levels_are_told(self):
        """T1: without the lawyer's own application, a lower level and the city's bureau there is no selection; all is told."""
        proposal = self._propose(steps=(), application_document=False)
        with self.assertRefused(UserError, "own application is missing(.|\n)*nobody recommends"):
            proposal.action_submit()
        proposal.application_document = PAPER
        with self.assertRefused(UserError, "nobody recommends"):
            proposal.action_submit()
        proposal.step_ids = [self._step("county_union")]
        proposal.action_submit()
        with self.assertRefused(UserError, "level “City justice bureau” is missing"):
            proposal.with_user(self.city_officer).action_select()
        self.assertFalse(proposal.volunteer_id)
        self.assertIn("City justice bureau", proposal.missing_text)

    def test_each_paper_is_stamped(self):
        """T1: a level without its stamped page, or one that does not agree, carries nobody on."""
        proposal = self._propose()
        proposal.step_ids.document = False
        with self.assertRefused(UserError, "stamped paper of the level “Law firm” is missing"):
            proposal.action_submit()
        proposal.step_ids.document = PAPER
        proposal.action_submit()
        proposal.with_user(self.justice).action_object(note="执业不满三年")
        with self.assertRefused(UserError, "“City justice bureau” does not agree"):
            proposal.with_user(self.city_officer).action_select()
        with freeze_time("2026-06-16"):
            proposal.with_user(self.justice).action_recommend()
            proposal.with_user(self.city_officer).action_select()
        self.assertEqual(proposal.state, "selected")

    def test_order_of_dates(self):
        """T1: nobody recommends before the lawyer applied, and the bureau does not sign before the level below it."""
        with self.assertRefused(ValidationError, "applied on 2026-06-01 only"):
            self._propose(step_ids=[self._step("firm", date="2026-05-31")])
        self.assertTrue(self._propose(step_ids=[self._step("firm", date="2026-06-01")]))
        with self.assertRefused(ValidationError, "2026-06-16 is still to come"):
            self._propose(step_ids=[self._step("firm", date="2026-06-16")])
        early = self._propose(step_ids=[self._step("firm"), self._step("city_bureau", date="2026-06-04")])
        self.assertIn("goes level by level", early.missing_text)
        early.step_ids[-1].date = "2026-06-05"
        early.step_ids[0].date = "2026-06-05"
        self.assertFalse(early.missing_text)

    def test_licence_is_checked_before_selection(self):
        """T4: the last day of the licence is still good, the day after is not; a wrong number is refused."""
        proposal = self._propose(steps=("firm", "city_bureau"), license_valid_until="2026-06-15")
        self.assertFalse(proposal.missing_text)
        proposal.license_valid_until = "2026-06-14"
        self.assertIn("valid until 2026-06-14", proposal.missing_text)
        with self.assertRaises(ValidationError):
            proposal.license_number = "14104202"

    def test_county_cannot_select_or_write_the_citys_file(self):
        """T1, O3: the county proposes; selection, the member's file and the levels of a proposal handed in are the city's."""
        proposal = self._propose(steps=("firm", "city_bureau"))
        proposal.action_submit()
        for user in (self.a_officer, self.a_manager):
            county = proposal.with_user(user)
            self.assertFalse(county.can_select)
            for step in (
                county.action_select,
                lambda county=county: county.action_not_select(reason_code="other"),
                lambda county=county: county.action_return(note="补正"),
                lambda county=county: county.write({"step_ids": [self._step("bar")]}),
                lambda county=county: county.step_ids[0].write({"opinion": "disagree"}),
                lambda county=county: county.step_ids[0].unlink(),
                county.action_recommend,
            ):
                with self.assertRaises(AccessError):
                    step()
        with self.assertRaises(UserError):
            proposal.name = "别人"
        proposal.with_user(self.city_officer).action_select()
        with self.assertRaises(AccessError):
            proposal.volunteer_id.with_user(self.a_officer).office_phone = "1"
        self.assertEqual(len(proposal.step_ids), 2)

    def test_who_reads(self):
        """O2: a proposal is its union's and those above; another county, liaison, finance and lawyers do not see it."""
        proposal = self._propose()
        for user in (self.a_officer, self.city_officer, self.auditor, self.justice, self.a_justice):
            self.assertTrue(proposal.with_user(user).has_access("read"), user.login)
        for user in (self.b_officer, self.liaison, self.city_finance, self.lawyer1_user):
            self.assertFalse(proposal.with_user(user).has_access("read"), user.login)
        for user in (self.justice, self.auditor):
            with self.assertRaises(AccessError):
                proposal.with_user(user).name = "x"

    def test_bureau_speaks_for_its_level(self):
        """T1: the county's bureau speaks for the county, the city's for the city; what they entered nobody changes."""
        proposal = self._propose()
        self.assertFalse(proposal.with_user(self.a_justice).can_recommend)
        with self.assertRaises(UserError):
            proposal.with_user(self.a_justice).action_recommend()
        proposal.action_submit()
        self.assertTrue(proposal.with_user(self.a_justice).can_recommend)
        proposal.with_user(self.a_justice).action_recommend()
        proposal.with_user(self.justice).action_recommend()
        proposal.invalidate_recordset()
        bureau = proposal.step_ids.filtered("user_id")
        self.assertEqual(set(bureau.mapped("level")), {"county_bureau", "city_bureau"})
        officer = bureau.with_user(self.city_officer)
        for step in (
            lambda: officer[0].write({"opinion": "disagree"}),
            officer.unlink,
            lambda: proposal.with_user(self.city_officer).write(
                {"step_ids": [self._step("city_bureau", user_id=self.justice.id)]}
            ),
        ):
            with self.assertRaises(UserError):
                step()
        self.assertEqual(
            proposal.with_user(self.justice).action_object()["res_model"], "legal.aid.reason.dialog", "asks why"
        )

    def test_not_selected(self):
        """T1: not selected needs a coded reason; an appointment of the same lawyer by another door is refused."""
        proposal = self._propose()
        proposal.action_submit()
        officer = proposal.with_user(self.city_officer)
        self.assertEqual(officer.action_not_select()["res_model"], "legal.aid.reason.dialog")
        with self.assertRefused(UserError, "no_vacancy"):
            officer.action_not_select(reason_code="nonsense")
        officer.action_not_select(reason_code="no_vacancy", note="名额已满")
        self.assertRecordValues(officer, [{"state": "not_selected", "note": "名额已满"}])
        lawyer = self._create_lawyer(license_number="14104202610990001")
        contract = self._draft(lawyer)
        with self.assertRefused(UserError, "was not selected on 2026-06-15"):
            contract.with_user(self.city_officer).action_request_approval()
        again = self._propose(steps=("firm", "city_bureau"))
        again.action_submit()
        with self.assertRefused(UserError, "is not decided yet"):
            contract.with_user(self.city_officer).action_request_approval()
        again.with_user(self.city_officer).action_select()
        self.assertEqual(again.volunteer_id, lawyer)
        contract.with_user(self.city_officer).action_request_approval()
        self.assertEqual(contract.approval_state, "pending")

    def test_returned_and_withdrawn(self):
        """T1: the city gives back with a note, the county mends and hands in again, or takes it back."""
        proposal = self._propose()
        proposal.action_submit()
        self.assertEqual(proposal.with_user(self.city_officer).action_return()["res_model"], "legal.aid.reason.dialog")
        proposal.with_user(self.city_officer).action_return(note="请补司法局意见")
        self.assertRecordValues(proposal, [{"state": "draft", "note": "请补司法局意见"}])
        proposal.step_ids = [self._step("county_bureau")]
        proposal.action_submit()
        proposal.action_withdraw()
        with self.assertRaises(UserError):
            proposal.with_user(self.city_officer).action_select()

    def test_former_member_is_found_again(self):
        """T1, T9: who was in the team before keeps his file; a member is not selected twice."""
        self._appoint(self.lawyer1)
        proposal = self._propose(steps=("firm", "city_bureau"), license_number=self.lawyer1.license_number)
        proposal.action_submit()
        with self.assertRefused(UserError, "member of the team already"):
            proposal.with_user(self.city_officer).action_select()
        self.lawyer1.with_user(self.city_officer).action_leave(reason_code="request")
        proposal.with_user(self.city_officer).action_select()
        self.assertEqual(proposal.volunteer_id, self.lawyer1)
        self.assertEqual(str(self.lawyer1.application_date), "2026-06-01")

    def test_two_counties_propose_one_lawyer(self):
        """T1: the city decides on one proposal of a lawyer at a time."""
        self._propose().action_submit()
        second = self._propose(self.b_officer)
        self.env.flush_all()
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            second.action_submit()
            self.env.flush_all()

    def test_every_back_door(self):
        """DESIGN §3.1: no door but the steps selects a lawyer."""
        proposals = self.env["legal.aid.recommendation"].with_user(self.city_officer)
        base = {"name": "x", "license_number": "14104202610990002", "law_firm_id": self.firm.id}
        proposal = self._propose()
        for vals in ({"state": "selected"}, {"volunteer_id": self.lawyer1.id}, {"decided_date": "2026-06-01"}):
            with self.assertRaises(AccessError):
                proposals.create({**base, **vals})
            for door in (
                proposal,
                proposal.with_context(legal_aid_workflow=True),
                proposal.with_user(self.city_officer),
            ):
                with self.assertRaises(AccessError):
                    door.write(vals)
        with self.assertRaises(AccessError):
            proposals.with_context(default_state="selected").create(base)
        result = proposals.load(
            ["name", "license_number", "law_firm_id/.id", "state"],
            [["x", "14104202610990003", str(self.firm.id), "selected"]],
        )
        self.assertFalse(result["ids"])
        selected = self._select(license_number="14104202610990004")
        self.assertFalse({"state", "volunteer_id", "decided_date"} & selected.copy_data()[0].keys())
        with self.assertRaises(UserError):
            selected.with_user(self.city_officer).unlink()


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestAppointmentGate(JoiningCommon):
    def test_newcomer_without_recommendation(self):
        """T1: where the policy says so, who never applied or was not recommended is not appointed; the fields are named."""
        self.policy.recommendation_required = True
        contract = self._draft(self.lawyer1)
        with self.assertRefused(UserError, "t_lawyer1 did not apply or was not recommended: missing Applied On"):
            contract.with_user(self.city_officer).action_request_approval()
        self.lawyer1.write({"application_date": "2026-04-20", "recommended_date": "2026-04-28"})
        self.approve(contract, self.city_officer, self.city_manager)
        self.assertEqual(contract.state, "active")

    def test_without_the_policy_the_approver_is_warned(self):
        """T1: where the policy does not ask for it, whoever approves reads what is missing on the contract."""
        contract = self._draft(self.lawyer1)
        self.assertRegex(contract.with_user(self.city_manager).recommendation_warning, "Applied On, Recommended On")
        self.lawyer1.write(
            {"application_date": "2026-04-20", "recommended_by": "firm", "recommended_date": "2026-04-28"}
        )
        self.assertIs(contract.with_user(self.city_manager).recommendation_warning, False)
        self.approve(contract, self.city_officer, self.city_manager)
        self.assertFalse(contract.recommendation_warning)

    def test_asked_again_when_the_last_approver_signs(self):
        """T1: papers taken back while the approval runs are noticed."""
        self.policy.recommendation_required = True
        self.lawyer1.write({"application_date": "2026-04-20", "recommended_date": "2026-04-28"})
        contract = self._draft(self.lawyer1)
        contract.with_user(self.city_officer).action_request_approval()
        self.lawyer1.application_date = False
        with self.assertRefused(UserError, "missing Applied On"):
            contract.with_user(self.city_manager).action_approve()

    def test_members_are_not_asked_again(self):
        """T1: existing members and renewals are untouched by the policy."""
        first = self._appoint(self.lawyer1, "2025-06-20")
        renewal = self.env["legal.aid.contract"].browse(first.with_user(self.city_officer).action_renew()["res_id"])
        self.assertFalse(renewal.recommendation_warning)
        # The policy is frozen by use; a new one would ask for it.
        self.env.cr.execute(
            "UPDATE legal_aid_policy SET recommendation_required = true WHERE id = %s", [self.policy.id]
        )
        self.env.invalidate_all()
        self.approve(renewal, self.city_officer, self.city_manager)
        self.assertEqual(renewal.state, "active")

    def test_contact_points_are_the_citys(self):
        """T3: a county proposes contact points; only the city sets them, whatever door is tried."""
        proposal = self._select()
        lawyer = proposal.volunteer_id
        self.assertEqual(lawyer.contact_point_ids, self.county_a)
        county = lawyer.with_user(self.a_officer)
        for door in (
            lambda: county.write({"contact_point_ids": [Command.link(self.county_b.id)]}),
            lambda: county.write({"contact_point_ids": [Command.clear()]}),
            lambda: county.with_context(legal_aid_workflow=True).write({"contact_point_ids": [Command.clear()]}),
            lambda: county.copy({"partner_id": self.firm.copy().id}),
        ):
            with self.assertRaises(AccessError):
                door()
        with self.assertRefused(UserError, "Proposed Contact Points can no longer be changed"):
            proposal.write({"contact_point_ids": [Command.link(self.county_b.id)]})
        result = (
            self.env["legal.aid.volunteer"]
            .with_user(self.a_officer)
            .load([".id", "contact_point_ids/.id"], [[str(lawyer.id), str(self.county_b.id)]])
        )
        self.assertFalse(result["ids"])
        self.assertEqual(lawyer.contact_point_ids, self.county_a)
        lawyer.with_user(self.city_officer).contact_point_ids = self.county_b
        self.assertEqual(lawyer.contact_point_ids, self.county_b)
        with self.assertRaises(AccessError):
            lawyer.with_user(self.a_officer).read(["office_phone"])
