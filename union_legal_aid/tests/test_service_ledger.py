from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .team_common import TeamCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestLedger(TeamCommon):
    def setUp(self):
        super().setUp()
        self._appoint(self.lawyer1)
        self.ledger = self.env["legal.aid.ledger"].search([("volunteer_id", "=", self.lawyer1.id)])

    def test_contract_opens_ledger_and_clock(self):
        """V1: the contract of 2026 opens the ledger 2026, due on 20 May 2027, once per year whatever contracts there
        are.
        """
        self.assertRecordValues(
            self.ledger,
            [{"year": 2026, "state": "draft", "date_due": Date.to_date("2027-05-20"), "organization_id": self.city.id}],
        )
        self.assertRecordValues(
            self.ledger.deadline_ids,
            [
                {
                    "kind": "ledger",
                    "state": "open",
                    "date_trigger": Date.to_date("2026-05-20"),
                    "date_due": Date.to_date("2027-05-20"),
                    "volunteer_id": self.lawyer1.id,
                }
            ],
        )
        self.assertNotIn("t_lawyer1", self.ledger.deadline_ids.record_name)
        self.lawyer1.contract_ids.with_user(self.city_officer).action_terminate(
            reason_code="request", date="2026-06-01"
        )
        self._appoint(self.lawyer1, "2026-06-02")
        self.assertEqual(self.env["legal.aid.ledger"].search_count([("volunteer_id", "=", self.lawyer1.id)]), 1)

    def test_the_20th_is_on_time(self):
        """V1: handed in on 20 May is on time, on 21 May late; both close the clock."""
        self._appoint(self.lawyer2)
        other = self.env["legal.aid.ledger"].search([("volunteer_id", "=", self.lawyer2.id)])
        with freeze_time("2027-05-20"):
            self.assertFalse(self.ledger.is_overdue)
            self.ledger.with_user(self.lawyer1_user).action_submit()
        with freeze_time("2027-05-21"):
            other.invalidate_recordset()
            self.assertTrue(other.is_overdue)
            overdue = self.env["legal.aid.ledger"].search(
                [("is_overdue", "=", True), ("id", "in", (self.ledger | other).ids)]
            )
            self.assertEqual(overdue, other)
            other.with_user(self.lawyer2_user).action_submit()
        self.assertRecordValues(
            self.ledger | other,
            [
                {"state": "submitted", "submitted_date": Date.to_date("2027-05-20"), "is_late": False},
                {"state": "submitted", "submitted_date": Date.to_date("2027-05-21"), "is_late": True},
            ],
        )
        self.assertEqual((self.ledger | other).deadline_ids.mapped("state"), ["done", "done"])

    def test_a_20th_of_rest(self):
        """F§12: 20 May 2028 is a Saturday; the ledger of 2027 is due on the Monday."""
        self._appoint(self.lawyer2, "2027-05-20")
        ledger = self.env["legal.aid.ledger"].search([("volunteer_id", "=", self.lawyer2.id)])
        self.assertEqual(str(ledger.date_due), "2028-05-22")

    def test_lawyer_submits_his_own_only(self):
        """O2: the lawyer hands in his own ledger with his text, today; he cannot write it or touch a colleague's."""
        own = self.ledger.with_user(self.lawyer1_user)
        with self.assertRaises(AccessError):
            own.write({"summary": "x"})
        with self.assertRaises(AccessError):
            self.ledger.with_user(self.lawyer2_user).action_submit()
        with self.assertRaises(AccessError):
            own.action_submit(date="2026-05-01")
        own.action_submit(summary="全年接待咨询20人次")
        self.assertRecordValues(
            self.ledger,
            [{"state": "submitted", "summary": "全年接待咨询20人次", "submitted_by_id": self.lawyer1_user.id}],
        )
        with self.assertRaises(AccessError):
            own.action_accept()
        with self.assertRaises(UserError):
            own.action_submit()
        self.assertEqual(self.env["legal.aid.ledger"].with_user(self.lawyer1_user).search([]), self.ledger)

    def test_officer_registers_paper(self):
        """C13: the city's officer registers what came on paper on an earlier day; a county does not."""
        with self.assertRaises(AccessError):
            self.ledger.with_user(self.a_officer).action_submit()
        officer = self.ledger.with_user(self.city_officer)
        with self.assertRefused(UserError, "2026-06-16"):
            officer.action_submit(date="2026-06-16")
        officer.action_submit(date="2026-06-12")
        self.assertEqual(str(self.ledger.submitted_date), "2026-06-12")
        officer.action_accept()
        self.assertRecordValues(self.ledger, [{"state": "accepted", "accepted_by_id": self.city_officer.id}])

    def test_returned_ledger_keeps_its_day(self):
        """V1: who was on time stays on time when the ledger comes back for completion."""
        with freeze_time("2027-05-20"):
            self.ledger.with_user(self.lawyer1_user).action_submit()
        with freeze_time("2027-05-25"):
            officer = self.ledger.with_user(self.city_officer)
            self.assertEqual(officer.action_return()["res_model"], "legal.aid.reason.dialog")
            officer.action_return(note="请补充案件情况")
            self.assertEqual(self.ledger.state, "draft")
            self.ledger.with_user(self.lawyer1_user).action_submit(summary="已补充")
        self.assertRecordValues(
            self.ledger, [{"state": "submitted", "submitted_date": Date.to_date("2027-05-20"), "is_late": False}]
        )

    def test_every_back_door(self):
        """DESIGN §3.1: state, day and lateness change by the steps only."""
        officer = self.ledger.with_user(self.city_officer)
        ledgers = self.env["legal.aid.ledger"].with_user(self.city_officer)
        base = {"volunteer_id": self.lawyer2.id, "year": 2026}
        for vals in (
            {"state": "accepted"},
            {"submitted_date": "2026-05-20"},
            {"is_late": True},
            {"accepted_date": "2026-05-20"},
        ):
            for door in (officer, officer.with_context(legal_aid_workflow=True)):
                with self.assertRaises(AccessError):
                    door.write(vals)
            with self.assertRaises(AccessError):
                ledgers.create({**base, **vals})
        with self.assertRaises(AccessError):
            ledgers.with_context(default_state="accepted").create(base)
        self.assertFalse(
            ledgers.load(["volunteer_id/.id", "year", "state"], [[str(self.lawyer2.id), "2026", "accepted"]])["ids"]
        )
        for vals in ({"year": 2025}, {"volunteer_id": self.lawyer2.id}):
            with self.assertRaises(UserError):
                officer.write(vals)
        with self.assertRaises(UserError):
            officer.action_accept()
        self.assertEqual(self.ledger.copy_data({"year": 2030})[0].get("state", "draft"), "draft")

    def test_text_is_closed_after_handing_in(self):
        """V1: what was handed in is not rewritten."""
        officer = self.ledger.with_user(self.city_officer)
        officer.summary = "代录"
        officer.action_submit()
        with self.assertRaises(UserError):
            officer.summary = "改写"

    def test_one_per_year(self):
        """V1: one ledger per lawyer and year."""
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env["legal.aid.ledger"].create({"volunteer_id": self.lawyer1.id, "year": 2026})

    def test_who_reads(self):
        """O2: linked counties, city finance, auditor, justice bureau read; the other county, liaison and colleague do
        not.
        """
        for user in (self.a_officer, self.city_finance, self.auditor, self.justice):
            self.assertTrue(self.ledger.with_user(user).has_access("read"), user.login)
            self.assertFalse(self.ledger.with_user(user).has_access("write"), user.login)
        for user in (self.b_officer, self.liaison, self.lawyer2_user):
            self.assertFalse(self.ledger.with_user(user).has_access("read"), user.login)
        deadlines = self.env["legal.aid.deadline"]
        self.assertEqual(deadlines.with_user(self.lawyer1_user).search([]), self.ledger.deadline_ids)
        self.assertFalse(deadlines.with_user(self.lawyer2_user).search([]))
