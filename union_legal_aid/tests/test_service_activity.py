from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .team_common import TeamCommon

TODAY = "2026-06-15"


@tagged("post_install", "-at_install")
@freeze_time(f"{TODAY} 02:00:00")
class TestActivity(TeamCommon):
    """Publicity, media, training, exchange and joint meetings (T12, V3)."""

    def setUp(self):
        super().setUp()
        self.activities = self.env["legal.aid.activity"]

    def _plan(self, user=None, **vals):
        return self.activities.with_user(user or self.a_officer).create(
            {
                "name": "送法进企业",
                "date": TODAY,
                "organization_id": self.county_a.id,
                "worker_count": 30,
                "volunteer_ids": self.lawyer1.ids,
                **vals,
            }
        )

    def _report(self, user=None, lawyer=None, contact_point=None, **vals):
        return self.activities.with_user(user or self.lawyer1_user)._report_from_portal(
            lawyer or self.lawyer1,
            contact_point or self.county_a,
            {"name": "车间讲座", "kind": "publicity", "date": TODAY, "hours": 1.5, "worker_count": 25, **vals},
        )

    def test_plan_and_confirm(self):
        """V3: the county plans, notes who came and confirms; who and when is kept."""
        activity = self._plan(union_officer_count=4, employer_count=2, enterprise_id=self.enterprise_a.id)
        self.assertRecordValues(
            activity,
            [{"state": "planned", "attendee_count": 36, "enterprise_name": "测试甲县企业工会", "volunteer_hours": 2.0}],
        )
        activity.action_hold()
        self.assertRecordValues(
            activity, [{"state": "held", "confirmed_by_id": self.a_officer.id, "volunteer_ids": self.lawyer1.ids}]
        )
        self.assertEqual(str(activity.confirmed_date), TODAY)

    def test_total_without_parts(self):
        """V3: who knows only the total enters the total."""
        self.assertEqual(self._plan(worker_count=0, attendee_count=120).attendee_count, 120)

    def test_cannot_be_confirmed(self):
        """V3: not before its day, not without audience, medium or minutes; all reasons at once."""
        future = self._plan(date="2026-06-16")
        silent = self._plan(worker_count=0)
        media = self._plan(kind="media")
        meeting = self._plan(kind="joint_meeting", minutes=" ")
        with self.assertRaises(UserError) as refused:
            (future + silent + media + meeting).action_hold()
        self.assertEqual(len(str(refused.exception).splitlines()), 4)
        media.media_outlet = "平顶山日报"
        meeting.minutes = "通报上半年情况。"
        (media + meeting).action_hold()
        with freeze_time("2026-06-16 02:00:00"):
            future.action_hold()

    def test_held_is_frozen(self):
        """V3: a confirmed activity is not rewritten, nor is its attendance list; no door opens it."""
        activity = self._plan()
        activity.action_hold()
        for door in (activity, activity.with_context(legal_aid_workflow=True), activity.with_user(self.city_officer)):
            for vals in ({"worker_count": 99}, {"date": "2026-06-01"}, {"volunteer_ids": self.lawyer2.ids}):
                with self.assertRaises(UserError):
                    door.write(vals)
            with self.assertRaises(AccessError):
                door.write({"state": "planned"})
            with self.assertRaises(UserError):
                door.line_ids.write({"hours": 9})
            with self.assertRaises(UserError):
                door.line_ids.unlink()
            with self.assertRaises(UserError):
                door.unlink()
        with self.assertRaises(UserError):
            self.env["legal.aid.activity.attendance"].with_user(self.a_officer).create(
                {"activity_id": activity.id, "volunteer_id": self.lawyer2.id}
            )
        for vals in ({"state": "held"}, {"confirmed_date": TODAY}, {"reporter_id": self.lawyer1.id}):
            with self.assertRaises(AccessError):
                self._plan(**vals)
        self.assertFalse(
            self.activities.with_user(self.a_officer).load(["name", "date", "state"], [["导入", TODAY, "held"]])["ids"]
        )
        self.assertEqual(activity.copy().state, "planned")

    def test_correct_with_reason(self):
        """V3: a confirmed activity opens again only with a reason; what stood there stays in its history."""
        activity = self._plan()
        activity.action_hold()
        self.assertEqual(activity.action_correct()["res_model"], "legal.aid.reason.dialog")
        activity.action_correct(note="人数登记有误")
        self.assertRecordValues(
            activity, [{"state": "planned", "correction_note": "人数登记有误", "confirmed_by_id": False}]
        )
        activity.worker_count = 35
        activity.action_hold()
        history = " ".join(activity.message_ids.mapped("body"))
        self.assertIn("人数登记有误", history)
        self.assertIn("30", history)
        self.assertIn("t_lawyer1 2", history)

    def test_cancel_needs_a_note(self):
        """V3: what does not take place says why, and comes back no more."""
        activity = self._plan()
        self.assertEqual(activity.action_cancel()["res_model"], "legal.aid.reason.dialog")
        activity.action_cancel(note="企业停产")
        self.assertEqual((activity.state, activity.cancel_note), ("cancelled", "企业停产"))
        with self.assertRaises(UserError):
            activity.action_hold()

    def test_who_may(self):
        """O2: county and city work on their own; the enterprise sees what happens there, the lawyer what he takes part in."""
        activity = self._plan(enterprise_id=self.enterprise_a.id)
        for user in (self.a_officer, self.city_officer, self.liaison, self.auditor, self.justice, self.lawyer1_user):
            self.assertTrue(activity.with_user(user).has_access("read"), user.login)
        for user in (self.b_officer, self.lawyer2_user):
            self.assertFalse(activity.with_user(user).has_access("read"), user.login)
        for user in (self.liaison, self.auditor, self.justice, self.lawyer1_user, self.b_officer):
            with self.assertRaises(AccessError):
                activity.with_user(user).action_hold()
            with self.assertRaises(AccessError):
                self._plan(user)
        with self.assertRaises(AccessError):
            self._plan(self.b_officer, organization_id=self.county_a.id)
        with self.assertRaises(AccessError):
            activity.with_user(self.liaison).read(["line_ids"])
        city = self._plan(self.city_officer, kind="staff_training", organization_id=self.city.id)
        self.assertTrue(city.with_user(self.b_officer).has_access("read"))
        self.assertFalse(city.with_user(self.b_officer).has_access("write"))

    def test_lawyer_reports_union_confirms(self):
        """V3: a lawyer reports what he held with his contact-point union; it counts when the union confirmed it."""
        activity = self._report(contact_point=self.county_a)
        self.assertRecordValues(
            activity.sudo(),
            [
                {
                    "state": "reported",
                    "organization_id": self.county_a.id,
                    "reporter_id": self.lawyer1.id,
                    "volunteer_ids": self.lawyer1.ids,
                    "volunteer_hours": 1.5,
                    "attendee_count": 25,
                }
            ],
        )
        note = self.env["mail.message"].search([("model", "=", activity._name), ("res_id", "=", activity.id)])
        self.assertIn(self.a_officer.partner_id, note.partner_ids)
        with self.assertRaises(AccessError):
            activity.action_hold()
        with self.assertRaises(AccessError):
            activity.write({"worker_count": 500})
        activity.with_user(self.a_officer).action_hold()
        self.assertEqual(activity.state, "held")

    def test_report_doors(self):
        """V3: only one's own, only with a union that one serves, only what is over, only what the page asks."""
        with self.assertRefused(AccessError, "own account"):
            self._report(lawyer=self.lawyer2)
        with self.assertRefused(AccessError, "own account"):
            self._report(user=self.b_officer)
        with self.assertRefused(UserError, "do not serve"):
            self._report(contact_point=self.county_b)
        with self.assertRefused(UserError, "or later"):
            self._report(date="2026-06-16")
        with self.assertRefused(UserError, "called them"):
            self._report(kind="lawyer_training")
        for vals in ({"state": "held"}, {"organization_id": self.city.id}, {"line_ids": []}):
            with self.assertRefused(AccessError, "cannot be set here"):
                self._report(**vals)

    def test_address_of_a_page(self):
        """V3: an address that is none, or runs a script, is refused."""
        for address in ("www.pds.gov.cn", "javascript:alert(1)"):
            with self.assertRaises(ValidationError):
                self._plan(media_url=address)
