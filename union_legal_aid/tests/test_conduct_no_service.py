from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .conduct_common import ConductCommon

LAST = "2027-05-19"
AFTER = "2027-05-20"


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestNoService(ConductCommon):
    """T8: service years without any service. Lawyer 1 is a member from 2026-05-20, his year ends on 2027-05-19."""

    def _run(self):
        self.env["legal.aid.no.service"]._cron_list()
        return self.env["legal.aid.no.service"].search([("volunteer_id", "=", self.lawyer1.id)])

    def _consult(self, day):
        return self.env["legal.aid.consultation"].create(
            {
                "date": day,
                "channel": "phone",
                "organization_id": self.county_a.id,
                "volunteer_id": self.lawyer1.id,
                "matter_id": self.env["legal.aid.matter"].search([], limit=1).id,
                "question": "测试",
                "answer": "测试",
            }
        )

    def _list(self):
        with freeze_time(AFTER):
            return self._run()

    def test_listed_when_the_year_is_over(self):
        """T8: not on the last day of the year, on the day after it; once."""
        with freeze_time(LAST):
            self.assertFalse(self._run())
        row = self._list()
        self.assertRecordValues(
            row, [{"state": "listed", "contract_id": self.contract.id, "was_suspended": False, "removal_id": False}]
        )
        with freeze_time("2027-05-21"):
            self.assertEqual(self._run(), row)

    def test_one_consultation_is_service(self):
        """T8: zero is idle, one consultation on the last day is not; the day after belongs to the next year."""
        consultation = self._consult(LAST)
        self.assertFalse(self._list())
        consultation.date = AFTER
        self.assertTrue(self._list())

    def test_suspended_all_year_is_told_apart(self):
        """T8, T9: suspended from the first day to the last he could not serve; the removal is not opened on that."""
        self.lawyer1.with_user(self.city_officer).action_suspend(reason_code="investigation", date="2026-05-20")
        row = self._list()
        self.assertTrue(row.was_suspended)
        with freeze_time(AFTER), self.assertRefused(UserError, "suspended for the whole year"):
            row.with_user(self.city_officer).action_open_removal()

    def test_suspended_for_a_part_is_not(self):
        """T8: whoever could serve one day could serve."""
        lawyer = self.lawyer1.with_user(self.city_officer)
        lawyer.action_suspend(reason_code="investigation", date="2026-05-20")
        lawyer.action_resume(date="2026-06-10")
        self.assertFalse(self._list().was_suspended)

    def test_opened_by_the_officer(self):
        """T6, T8: the officer's click opens ground §4, its three elements shown by the system."""
        row = self._list()
        with freeze_time(AFTER):
            row.with_user(self.city_officer).action_open_removal()
            removal = self._get_removal()
            self.assertRecordValues(removal, [{"ground": "no_service", "state": "open", "opened_by_facts": True}])
            self.assertEqual(
                set(removal.element_ids.filtered("is_backed").mapped("element")),
                {"year_over", "no_record", "could_serve"},
            )
            self.assertEqual((row.state, row.removal_id), ("opened", removal))
            removal.with_user(self.city_officer).action_record_reply(note="无申辩")
            self.approve(removal, self.city_officer, self.city_manager)
            self.assertEqual(self.lawyer1.state, "removed")

    def test_opened_by_policy(self):
        """T8: only where the policy says so, and never for whoever was suspended all year."""
        self.env.cr.execute("UPDATE legal_aid_policy SET auto_open_no_service = true WHERE id = %s", (self.policy.id,))
        self.env.invalidate_all()
        row = self._list()
        self.assertEqual((row.state, row.removal_id.ground), ("opened", "no_service"))

    def test_policy_leaves_the_suspended_alone(self):
        """T8: automatic opening looks at the suspension, too."""
        self.lawyer1.with_user(self.city_officer).action_suspend(reason_code="investigation", date="2026-05-20")
        self.env.cr.execute("UPDATE legal_aid_policy SET auto_open_no_service = true WHERE id = %s", (self.policy.id,))
        self.env.invalidate_all()
        self.assertEqual(self._list().state, "listed")
        self.assertFalse(self._get_removal())

    def test_service_registered_later(self):
        """T8: service of that year that is registered later takes the year off the list, and ends the removal."""
        row = self._list()
        with freeze_time("2027-05-25"):
            row.with_user(self.city_officer).action_open_removal()
            removal = row.removal_id
            with self.assertRefused(UserError, "while nothing is on record"):
                removal.with_user(self.city_officer).action_withdraw(reason_code="mistake", note="算了")
            self._consult("2027-01-10")
            self._run()
            self.assertEqual((row.state, removal.state), ("served", "withdrawn"))

    def test_not_opened_when_served_since(self):
        """T8: at the click the record is asked again."""
        row = self._list()
        with freeze_time(AFTER):
            self._consult("2027-01-10")
            with self.assertRefused(UserError, "registered in the meantime"):
                row.with_user(self.city_officer).action_open_removal()

    def test_excused(self):
        """T8: with a coded reason the year is excused; then nothing opens it."""
        row = self._list()
        officer = row.with_user(self.city_officer)
        self.assertEqual(officer.action_excuse()["res_model"], "legal.aid.reason.dialog")
        officer.action_excuse(reason_code="illness", note="产假")
        self.assertEqual(row.state, "excused")
        with self.assertRaises(UserError):
            officer.action_open_removal()

    def test_who_left_is_not_listed(self):
        """T8: only members are."""
        self.lawyer1.with_user(self.city_officer).action_leave(reason_code="request", date="2026-06-15")
        self.assertFalse(self._list())

    def test_bounded_queries(self):
        """T8: the number of queries does not grow with the lawyers."""
        for _number in range(3):
            self._appoint(self._create_lawyer())
        with freeze_time(AFTER):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._run()
            first = self.env.cr.sql_log_count - before
        self.env["legal.aid.no.service"].search([]).sudo().unlink()
        for _number in range(12):
            self._appoint(self._create_lawyer())
        with freeze_time(AFTER):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._run()
            self.assertLessEqual(self.env.cr.sql_log_count - before, first + 5)

    def test_doors(self):
        """DESIGN §3.1, O3: rows are the job's; counties and the bureau change nothing."""
        row = self._list()
        for user in (self.a_officer, self.justice, self.auditor):
            with self.assertRaises(AccessError):
                row.with_user(user).action_open_removal()
            with self.assertRaises(AccessError):
                row.with_user(user).action_excuse(reason_code="illness")
        officer = row.with_user(self.city_officer)
        for vals in ({"state": "excused"}, {"removal_id": False}):
            with self.assertRaises(AccessError):
                officer.write(vals)
        with self.assertRaises(UserError):
            officer.write({"was_suspended": True})
        with self.assertRaises(AccessError):
            self.env["legal.aid.no.service"].with_user(self.city_officer).create(
                {"volunteer_id": self.lawyer1.id, "contract_id": self.contract.id, "date_from": AFTER, "date_to": AFTER}
            )
