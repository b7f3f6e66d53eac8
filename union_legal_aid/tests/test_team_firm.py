from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Date
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from . import test_migration
from .team_common import TeamCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestNamedLawyers(TeamCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm_lawyer = cls._create_lawyer(kind="firm_lawyer", contact_points=cls.county_a, consent_date="2026-06-01")
        cls.agreement = cls._draft(
            cls.env["legal.aid.volunteer"], kind="firm", law_firm_id=cls.firm.id, date_end="2027-05-19"
        )

    def _name(self, lawyer=None, **values):
        namings = self.env["legal.aid.contract.lawyer"].with_user(self.city_officer)
        lawyer = lawyer or self.firm_lawyer
        return namings.create({"contract_id": self.agreement.id, "volunteer_id": lawyer.id, **values})

    def _approve(self):
        self.approve(self.agreement, self.city_officer, self.city_manager)

    def _admit(self):
        self.firm_lawyer.with_user(self.city_officer).action_admit()

    def _is_assignable(self, day):
        with freeze_time(day):
            self.firm_lawyer.invalidate_recordset()
            return self.firm_lawyer.assignable

    def test_cases_only_while_named(self):
        """T5: he gets cases from his first to his last day under the agreement, not the day before or after."""
        self._name(date_from="2026-06-20", date_to="2026-09-30")
        self._approve()
        self._admit()
        for day, expected in (
            ("2026-06-19", False),
            ("2026-06-20", True),
            ("2026-09-30", True),
            ("2026-10-01", False),
        ):
            self.assertEqual(self._is_assignable(day), expected, day)
        self.assertIn("under Named Lawyers", self.firm_lawyer.not_assignable_reason)

    def test_agreement_ends_no_new_cases(self):
        """T5: with the agreement, however it ends, end the new cases."""
        self._name()
        self._approve()
        self._admit()
        self.assertTrue(self._is_assignable("2026-06-15"))
        self.agreement.with_user(self.city_officer).action_terminate(reason_code="request")
        self.assertTrue(self._is_assignable("2026-06-15"))
        self.assertFalse(self._is_assignable("2026-06-16"))

    def test_taken_in_is_named(self):
        """T5: whoever is taken in while the agreement runs is named under it from that day."""
        self._approve()
        self.assertFalse(self.agreement.named_lawyer_ids)
        self._admit()
        self.assertRecordValues(
            self.agreement.named_lawyer_ids,
            [
                {
                    "volunteer_id": self.firm_lawyer.id,
                    "date_from": Date.to_date("2026-06-15"),
                    "date_to": Date.to_date("2027-05-19"),
                }
            ],
        )
        self.assertTrue(self._is_assignable("2026-06-15"))

    def test_renewal_names_them_again(self):
        """T5: the agreement that follows names those of the last day, and nobody who was named for a while only."""
        second = self._create_lawyer(kind="firm_lawyer")
        self._name()
        self._name(second, date_to="2026-12-31")
        self._approve()
        self._admit()
        second.with_user(self.city_officer).action_admit()
        renewal = self.agreement.with_user(self.city_officer).action_renew()["res_id"]
        named = self.env["legal.aid.contract"].browse(renewal).named_lawyer_ids
        self.assertRecordValues(named, [{"volunteer_id": self.firm_lawyer.id, "date_from": Date.to_date("2027-05-20")}])

    def test_one_renewal(self):
        """T5: two who renew at the same moment make one agreement; one that was given up makes room for the next."""
        self._approve()
        first = self.env["legal.aid.contract"].browse(
            self.agreement.with_user(self.city_officer).action_renew()["res_id"]
        )
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env["legal.aid.contract"].create([self.agreement._prepare_renewal()])
        first._workflow_write({"state": "cancelled"})
        self.assertTrue(self.agreement.with_user(self.city_officer).action_renew())

    def test_who_can_be_named(self):
        """T5: only the firm's own lawyers, within the agreement, once at a time, and by a firm only."""
        other = self.env["res.partner"].create({"name": "另一律师事务所", "is_company": True})
        stranger = self._create_lawyer(kind="firm_lawyer", law_firm_id=other.id)
        self._name(date_from="2026-07-01", date_to="2026-09-30")
        for lawyer, values, message in (
            (self.lawyer1, {}, "no lawyer of the contracted firm"),
            (stranger, {}, "no lawyer of the contracted firm"),
            (self.firm_lawyer, {"date_from": "2026-05-19", "date_to": "2026-06-30"}, "can be named from 2026-05-20"),
            (self.firm_lawyer, {"date_from": "2026-10-01", "date_to": "2027-05-20"}, "to 2027-05-19 only"),
            (self.firm_lawyer, {"date_from": "2026-09-30"}, "is named already from 2026-07-01"),
        ):
            with self.assertRefused(ValidationError, message):
                self._name(lawyer, **values)
        self.assertTrue(self._name(date_from="2026-10-01"))
        contract = self._draft(self.lawyer1)
        with self.assertRefused(ValidationError, "no service agreement"):
            contract.with_user(self.city_officer).named_lawyer_ids = [
                Command.create({"volunteer_id": self.firm_lawyer.id})
            ]

    def test_served_is_served(self):
        """T5: who has begun is not taken out of the agreement, his last day is entered; a county changes nothing."""
        naming = self._name()
        self._approve()
        for step in (naming.unlink, lambda: naming.write({"date_from": "2026-06-01"})):
            with self.assertRefused(UserError, "Enter the last day instead"):
                step()
        naming.date_to = "2026-06-30"
        for step in (
            lambda: naming.with_user(self.a_officer).write({"date_to": "2026-12-31"}),
            lambda: (
                self.env["legal.aid.contract.lawyer"]
                .with_user(self.a_officer)
                .create({"contract_id": self.agreement.id, "volunteer_id": self.firm_lawyer.id})
            ),
        ):
            with self.assertRaises(AccessError):
                step()
        self.assertEqual(str(naming.date_to), "2026-06-30")

    def test_neither_roster_nor_subsidy(self):
        """T5, M1: a firm's lawyer and a staff handler stand on no roster, have no notice, no contract and no 1000 yuan."""
        staff = self._create_lawyer(kind="staff", license_number=False, consent_date="2026-06-01")
        self._name()
        self._approve()
        self._admit()
        staff.with_user(self.city_officer).action_admit()
        for member in (self.firm_lawyer, staff):
            self.assertEqual((member.state, member.assignable), ("active", True))
            self.assertFalse(member.notice_ids)
            self.assertFalse(member._get_roster_values())
            contract = self._draft(member)
            with self.assertRefused(UserError, "not a team lawyer"):
                contract.with_user(self.city_officer).action_request_approval()
        payout = (
            self.env["legal.aid.payout"]
            .with_user(self.city_finance)
            .create({"kind": "subsidy", "organization_id": self.city.id, "service_year": 2026})
        )
        payout.action_compute()
        self.assertFalse(payout.line_ids.filtered("included").volunteer_id & (self.firm_lawyer | staff))

    def test_agreement_is_printed_with_its_lawyers(self):
        """T5: the printed agreement names both parties, the lawyers and nothing that is a team lawyer's."""
        self._name()
        text = str(self.agreement.with_user(self.city_officer)._get_printable()._get_contract_clauses())
        self.assertIn(self.firm_lawyer.name, text)
        self.assertIn(self.firm_lawyer.license_number, text)
        self.assertNotIn("yearly ledger", text)
        self.assertNotIn("removal from the team", text)

    def test_agreements_of_before(self):
        """T5: after an upgrade the lawyers in service are named under the agreement that is in force, once."""
        self._approve()
        self.firm_lawyer.with_user(self.city_officer).action_admit()
        self.env.cr.execute("DELETE FROM legal_aid_contract_lawyer WHERE contract_id = %s", [self.agreement.id])
        self.env.invalidate_all()
        self.assertFalse(self.firm_lawyer.assignable)
        for _turn in range(2):
            test_migration.TestMigration._migrate(self, "19.0.1.4.0", "post-named_lawyers")
        self.firm_lawyer.invalidate_recordset()
        self.assertEqual(len(self.agreement.named_lawyer_ids), 1)
        self.assertTrue(self.firm_lawyer.assignable)
