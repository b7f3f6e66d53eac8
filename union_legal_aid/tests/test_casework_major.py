from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .casework_common import TODAY, LegalAidCaseworkCommon


@tagged("post_install", "-at_install")
class TestMajorCase(LegalAidCaseworkCommon):
    """C4, 管理办法 §5(5): major and group cases are reported in time and escalated; mediation first."""

    def _create_major(self, code="stability", **vals):
        case = self._create_in_progress(**vals)
        case.with_user(self.lawyer1_user).action_mark_major(reason_code=code, note="工人拟集体上访")
        return case

    def test_lawyer_marks(self):
        """C4: the lawyer marks his case with a coded ground; the clock of three days runs from the day it was known."""
        case = self._create_in_progress()
        case.with_user(self.lawyer1_user).action_mark_major(reason_code="doubt", date="2026-03-01", note="证据存疑")
        self.assertRecordValues(case, [{"is_major": True, "major_marked_by_id": self.lawyer1_user.id}])
        self.assertEqual(case.major_reason_id.code, "doubt")
        self.assertEqual(self._get_due(case, "major_report"), "2026-03-04")

    def test_days_of_the_policy(self):
        """C4: the policy says how many days there are."""
        self._create_policy(major_report_days=1)
        self.assertEqual(self._get_due(self._create_major(), "major_report"), "2026-03-03")

    def test_ground_is_needed(self):
        """C4: without a ground it asks for one; tomorrow nothing can be known."""
        case = self._create_in_progress()
        self.assertEqual(case.action_mark_major()["res_model"], "legal.aid.reason.dialog")
        with self.assertRaisesRegex(UserError, "no reason"):
            case.action_mark_major(reason_code="unknown")
        with self.assertRaisesRegex(UserError, "future"):
            case.action_mark_major(reason_code="doubt", date="2026-03-03")

    def test_group_case_marks_itself(self):
        """C4: ten workers make a major case when the application is handed in; nine do not."""
        nine = self._create_submitted(headcount=9)
        self.assertFalse(nine.is_major)
        ten = self._create_case(headcount=10, applicant_name="李四")
        self.assertFalse(ten.is_major)
        ten.action_submit()
        self.assertTrue(ten.is_major)
        self.assertEqual(ten.major_reason_id.code, "group")
        self.assertEqual(self._get_due(ten, "major_report"), "2026-03-05")

    def test_group_case_while_it_runs(self):
        """C4: a case that grows to a group later counts from that day."""
        case = self._create_in_progress()
        with freeze_time("2026-03-10 02:00:00"):
            case.headcount = 10
        self.assertTrue(case.is_major)
        self.assertEqual(self._get_due(case, "major_report"), "2026-03-13")

    def test_report_in_time(self):
        """C4: the report on the third day meets the clock in time, on the fourth late."""
        for day, light in (("2026-03-05", "done"), ("2026-03-06", "late_done")):
            case = self._create_major(applicant_name=f"工人{day}")
            with freeze_time(f"{day} 02:00:00"):
                case.with_user(self.lawyer1_user).action_report_major(text="拟集体上访，已稳控")
                clock = case.sudo().deadline_ids.filtered(lambda clock: clock.kind == "major_report")
                self.assertEqual(clock.light, light)
            self.assertEqual(str(case.major_reported_date), day)

    def test_city_is_told_and_sees(self):
        """C4: the city's officers are told by number only, and find the case in their list."""
        case = self._create_major()
        case.action_report_major(text="详情见报告")
        # Whatever the language of the officer.
        notice = self.env["mail.message"].search(
            [
                ("model", "=", case._name),
                ("res_id", "=", case.id),
                ("notified_partner_ids", "in", self.city_officer.partner_id.ids),
            ],
            limit=1,
        )
        self.assertIn(self.city_officer.partner_id, notice.notified_partner_ids)
        self.assertIn(case.name, notice.body)
        for secret in ("王小明", "上访", "建筑"):
            self.assertNotIn(secret, notice.subject + notice.body)
        domain = [("is_major", "=", True)]
        self.assertIn(case, self.env["legal.aid.case"].with_user(self.city_officer).search(domain))
        self.assertNotIn(case, self.env["legal.aid.case"].with_user(self.b_officer).search(domain))

    def test_stability(self):
        """C4: what concerns the peace of society goes to Party committee and government, with a proposal."""
        case = self._create_major()
        self.assertIn("Party committee", case.major_hint)
        case.action_report_major(text="已稳控")
        with self.assertRaisesRegex(ValidationError, "proposal"), self.cr.savepoint():
            case.action_report_major(addressee="party_committee", text="情况报告")
        for addressee in ("party_committee", "government"):
            report = case.action_report_major(
                addressee=addressee, text="情况报告", proposal="建议由县政府牵头约谈企业", addressee_name="中共某县委"
            )
            self.assertEqual(report.reported_by_id, self.a_officer)
        self.assertFalse(case.major_hint)
        other = self._create_major(code="influence", applicant_name="李四")
        self.assertNotIn("Party committee", other.major_hint)

    def test_report_stays(self):
        """C4: a report is never changed or deleted, and is of its case and of its day."""
        case = self._create_major()
        report = case.action_report_major(text="报告")
        for change in (lambda: report.write({"text": "x"}), lambda: report.sudo().unlink()):
            with self.assertRaises(AccessError):
                change()
        for day in ("2026-03-01", "2026-03-03"):
            with self.assertRaisesRegex(ValidationError, "Correct its day"), self.cr.savepoint():
                case.action_report_major(text="x", date=day)
        with self.assertRaisesRegex(ValidationError, "Write what is reported"), self.cr.savepoint():
            case.action_report_major()
        plain = self._create_in_progress(applicant_name="李四")
        with self.assertRaisesRegex(ValidationError, "not marked"), self.cr.savepoint():
            self.env["legal.aid.major.report"].with_user(self.a_officer).create({"case_id": plain.id, "text": "x"})

    def test_doors(self):
        """C4: mark, ground and day change through no other door; others' cases are others'."""
        case = self._create_in_progress()
        for vals in ({"is_major": True}, {"major_reported_date": TODAY}, {"major_known_date": TODAY}):
            with self.assertRaises(AccessError):
                case.write(vals)
            with self.assertRaises(AccessError):
                self._create_case(**vals)
        for user in (self.b_officer, self.justice, self.auditor, self.lawyer2_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                case.with_user(user).action_mark_major(reason_code="doubt")
        case.action_mark_major(reason_code="doubt")
        self.assertFalse(case.copy().is_major)
        with self.assertRaises(AccessError):
            # The lawyer reports to his unions, not to the authorities.
            case.with_user(self.lawyer1_user).action_report_major(addressee="government", text="x", proposal="x")

    def test_mistake_is_taken_back(self):
        """C4: a mark that was a mistake is the leader's to take back; a group case, or one that was reported, stays one."""
        case = self._create_major(code="doubt")
        with self.assertRaises(AccessError):
            case.action_unmark_major(note="误标")
        case.with_user(self.a_manager).action_unmark_major(note="误标")
        self.assertFalse(case.is_major)
        self.assertFalse(self._get_due(case, "major_report"))
        group = self._create_submitted(headcount=10, applicant_name="李四")
        with self.assertRaisesRegex(UserError, "by its size"):
            group.with_user(self.a_manager).action_unmark_major(note="x")

    def test_note_is_private(self):
        """F§11: why it is major is for the union in charge; ground and days are for those who supervise."""
        case = self._create_major()
        self.assertEqual(case.major_note, "工人拟集体上访")
        seen = case.with_user(self.justice)
        self.assertEqual(seen.read(["is_major", "major_reported_date"])[0]["is_major"], True)
        with self.assertRaises(AccessError):
            seen.read(["major_note"])

    # Mediation

    def _create_committee(self):
        return self.env["union.institution"].create(
            {"organization_id": self.enterprise_a.id, "kind": "committee", "name": "企业劳动争议调解委员会"}
        )

    def test_mediation_first(self):
        """C4, 意见 §四: where the enterprise has a committee, mediation is offered first, and the page says so until it was."""
        committee = self._create_committee()
        case = self._create_major(code="doubt", employer_organization_id=self.enterprise_a.id)
        self.assertIn("mediation committee", case.major_hint)
        attempt = self.env["legal.aid.mediation"].with_user(self.a_officer)
        attempt = attempt.create({"case_id": case.id, "institution_id": committee.id, "offered_date": TODAY})
        case.invalidate_recordset(["major_hint"])
        self.assertNotIn("mediation committee", case.major_hint)
        with self.assertRaisesRegex(ValidationError, "mediation was held"), self.cr.savepoint():
            attempt.result = "failed"
        attempt.held_date = TODAY
        with self.assertRaisesRegex(ValidationError, "needs its paper"), self.cr.savepoint():
            attempt.result = "agreed"
        paper = case.action_add_document(kind="decision", filename="协议.pdf", content=b"%PDF-1.4")
        attempt.write({"result": "agreed", "document_id": paper.id})
        with self.assertRaisesRegex(UserError, "is over"):
            attempt.result = "failed"

    def test_mediation_in_order(self):
        """C4: offered, then held, neither tomorrow; by a committee; in one's own case."""
        committee = self._create_committee()
        case = self._create_in_progress()
        attempts = self.env["legal.aid.mediation"].with_user(self.a_officer)
        good = {"case_id": case.id, "institution_id": committee.id, "offered_date": TODAY}
        station = self.env["union.institution"].create(
            {"organization_id": self.county_a.id, "kind": "station", "name": "工作站"}
        )
        for bad in ({"held_date": "2026-03-01"}, {"offered_date": "2026-03-03"}, {"institution_id": station.id}):
            with self.subTest(bad), self.assertRaises(ValidationError), self.cr.savepoint():
                attempts.create({**good, **bad})
        with self.assertRaises(AccessError):
            attempts.with_user(self.b_officer).create(good)
        with self.assertRaises(AccessError):
            attempts.create(good).with_user(self.auditor).read(["note"])
