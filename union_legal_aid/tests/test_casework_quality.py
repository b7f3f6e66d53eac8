from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .casework_common import TODAY, LegalAidCaseworkCommon


@tagged("post_install", "-at_install")
class TestCallBack(LegalAidCaseworkCommon):
    def test_planned_by_closing(self):
        """C10: each closed case plans a call; it is due on the day of the policy, not the day before."""
        call = self._create_closed().call_back_ids
        self.assertEqual(str(call.date_due), "2026-03-17")
        calls = self.env["legal.aid.call.back"].with_user(self.a_officer)
        for day, found in (("2026-03-16", 0), ("2026-03-17", 1)):
            with freeze_time(f"{day} 02:00:00"):
                self.assertEqual(calls.search_count([("id", "=", call.id), ("is_due", "=", True)]), found)

    def test_record(self):
        """C10, LAA 59: both questions are answered; the remarks are for the union in charge."""
        call = self._create_closed().call_back_ids.with_user(self.a_officer)
        self.assertEqual(call.recipient_phone, "13803750001")
        call.satisfaction = "4"
        with self.assertRaisesRegex(UserError, "whether anything was taken"):
            call.action_record()
        call.write({"took_money": "no", "remarks": "王小明很满意"})
        call.action_record()
        self.assertRecordValues(call, [{"state": "done", "called_by_id": self.a_officer.id}])
        with self.assertRaises(UserError):
            call.satisfaction = "5"
        with self.assertRaises(AccessError):
            call.with_user(self.auditor).read(["remarks"])
        self.assertEqual(call.with_user(self.auditor).satisfaction, "4")
        with self.assertRaises(AccessError):
            call.with_user(self.b_officer).read(["satisfaction"])

    def test_not_reached(self):
        """C10: the call is due again in a week; the third vain attempt ends it."""
        call = self._create_closed().call_back_ids.with_user(self.a_officer)
        call.action_not_reached()
        self.assertEqual((call.state, str(call.date_due)), ("due", "2026-03-09"))
        call.action_not_reached()
        call.action_not_reached()
        self.assertEqual((call.state, call.attempt_count), ("not_reached", 3))

    def test_not_by_the_lawyer(self):
        """C10: the lawyer does not ask about himself, and the state has no other door."""
        call = self._create_closed().call_back_ids.with_user(self.a_officer)
        with self.assertRaises(AccessError):
            call.with_user(self.lawyer1_user).read(["satisfaction"])
        self.lawyer1.sudo().write({"partner_id": self.a_officer.partner_id.id, "user_id": self.a_officer.id})
        call.write({"satisfaction": "5", "took_money": "no"})
        with self.assertRaisesRegex(AccessError, "Somebody else calls"):
            call.action_record()
        with self.assertRaises(AccessError):
            call.state = "done"

    def test_reopening_ends_the_plan(self):
        """C10, C13: a reopened case is called back after its next closing."""
        case = self._create_closed()
        case.with_user(self.a_manager).action_reopen(reason_code="new_stage")
        self.assertEqual(case.call_back_ids.state, "void")
        case.with_user(self.lawyer1_user).action_close(outcome="won")
        self.assertEqual(sorted(case.call_back_ids.mapped("state")), ["due", "void"])


@tagged("post_install", "-at_install")
class TestQualityCheck(LegalAidCaseworkCommon):
    def _create_check(self, user=None, **vals):
        checks = self.env["legal.aid.quality.check"].with_user(user or self.city_officer)
        return checks.create({"checker_organization_id": self.city.id, **vals})

    def test_file_check(self):
        """C10, LAA 59: criteria of the kind give the score; what is not good has a day until which it is put right."""
        case = self._create_archived()
        check = self._create_check(case_id=case.id)
        self.assertEqual(check.organization_id, self.county_a)
        self.assertEqual(len(check.line_ids), 5)
        for line in check.line_ids:
            line.points = line.points_max
        self.assertEqual(check.score, 100)
        with self.assertRaises(ValidationError):
            check.line_ids[0].points = check.line_ids[0].points_max + 1
        check.write({"conclusion": "improve", "finding": "页码不全"})
        with self.assertRaises(AccessError):
            check.with_user(self.a_officer).write({"finding": "无"})
        with self.assertRaisesRegex(UserError, "until when"):
            check.action_record()
        check.follow_up_date = "2026-04-01"
        check.action_record()
        self.assertEqual(check.state, "recorded")
        with self.assertRaises(UserError):
            check.line_ids[0].points = 0
        check.with_user(self.a_officer).action_settle(note="已补页码")
        self.assertRecordValues(check, [{"state": "settled", "settled_by_id": self.a_officer.id}])

    def test_supervision_visit(self):
        """C10, S0 §四(一): the city visits a county, never itself; a county does not visit the city."""
        visit = self._create_check(kind="supervision_visit", organization_id=self.county_a.id)
        visit.write({"conclusion": "good", "finding": "台账齐全"})
        visit.action_record()
        self.assertEqual(visit.state, "settled")
        with self.assertRaises(ValidationError):
            self._create_check(kind="supervision_visit", organization_id=self.city.id)
        with self.assertRaises(UserError):
            self._create_check(
                self.a_officer,
                kind="supervision_visit",
                organization_id=self.city.id,
                checker_organization_id=self.county_a.id,
            )

    def test_hearing_and_opinion_need_their_case(self):
        """C10: a hearing that was watched and an opinion that was asked for belong to a case."""
        case = self._create_in_progress()
        for kind in ("court_observation", "tribunal_opinion"):
            with self.subTest(kind):
                with self.assertRaises(ValidationError):
                    self._create_check(kind=kind, organization_id=self.county_a.id)
                self.assertEqual(self._create_check(kind=kind, case_id=case.id).volunteer_id, self.lawyer1)

    def test_sample(self):
        """C10: files are drawn by chance among those closed in the period and not checked yet."""
        cases = self._create_archived() | self._create_archived() | self._create_closed()
        running = self._create_in_progress()
        sample = (
            self.env["legal.aid.quality.sample"]
            .with_user(self.city_officer)
            .create(
                {
                    "checker_organization_id": self.city.id,
                    "organization_id": self.county_a.id,
                    "date_from": TODAY,
                    "date_to": TODAY,
                    "count": 2,
                }
            )
        )
        first = self.env["legal.aid.quality.check"].search(sample.action_confirm()["domain"])
        self.assertEqual(len(first), 2)
        second = self.env["legal.aid.quality.check"].search(sample.action_confirm()["domain"])
        self.assertEqual((first | second).case_id, cases)
        self.assertNotIn(running, (first | second).case_id)
        with self.assertRaisesRegex(UserError, "no closed file"):
            sample.action_confirm()

    def test_scopes(self):
        """C10: another county does not see the check, the checked one does."""
        check = self._create_check(case_id=self._create_archived().id)
        self.assertTrue(check.with_user(self.a_officer).read(["state"]))
        with self.assertRaises(AccessError):
            check.with_user(self.b_officer).read(["state"])
