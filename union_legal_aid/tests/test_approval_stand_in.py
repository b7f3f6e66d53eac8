from datetime import date

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .approval_common import LegalAidApprovalCommon
from .money_common import LegalAidMoneyCommon


@tagged("post_install", "-at_install")
class TestStandIn(LegalAidApprovalCommon):
    """O4: stand-ins with dates, for approver and officer; the history shows both names."""

    def test_signs_with_both_names(self):
        """From the first to the last day, and no day longer."""
        today = fields.Date.today()
        stand_in = self._name_stand_in(self.city_manager, self.second_manager)
        contract, request = self._request()
        self.assertIn(self.second_manager, request.approver_ids)
        stand_in.write({"date_from": fields.Date.add(today, days=-9), "date_to": fields.Date.add(today, days=-1)})
        self.assertNotIn(self.second_manager, request.approver_ids)
        with self.assertRaises(AccessError):
            contract.with_user(self.second_manager).action_approve()
        stand_in.write({"date_to": fields.Date.add(today, days=1)})
        contract.with_user(self.second_manager).action_approve()
        line = request.line_ids
        self.assertEqual((line.user_id, line.on_behalf_of_id), (self.second_manager, self.city_manager))
        told = contract.with_user(self.city_officer).approval_timeline[0]["items"][1]["who"]
        self.assertIn(self.second_manager.name, told)
        self.assertIn(self.city_manager.name, told)

    def test_officer_is_enough_for_a_leader(self):
        helper = self._create_user("t_city_helper", self.city, "officer")
        self._name_stand_in(self.city_manager, helper)
        contract, request = self._request()
        contract.with_user(helper).action_approve()
        self.assertEqual((contract.state, request.line_ids.on_behalf_of_id), ("active", self.city_manager))

    def test_each_name_their_own(self):
        """Officers, leaders and finance name their stand-in themselves; nobody names one for somebody else."""
        helper = self._create_user("t_city_helper", self.city, "officer")
        cashier = self._create_user("t_city_cashier", self.city, "finance")
        self._name_stand_in(self.city_officer, helper)
        self._name_stand_in(self.city_manager, helper)
        stand_in = self._name_stand_in(self.city_finance, cashier)
        for user in (self.second_manager, self.a_officer, cashier):
            with self.assertRaises(AccessError):
                self.env["legal.aid.stand.in"].with_user(user).create(
                    {"user_id": self.city_manager.id, "substitute_id": user.id, "date_to": fields.Date.today()}
                )
            with self.assertRaises(AccessError):
                stand_in.with_user(user).write({"date_to": "2099-12-31"})

    def test_administrator_names_for_people_of_all_his_unions_only(self):
        """A county's administrator cannot make himself the city leader's stand-in."""
        county_administrator = self._create_user("t_a_administrator", self.county_a, "administrator")
        values = {"date_from": fields.Date.today(), "date_to": fields.Date.today()}
        stand_ins = self.env["legal.aid.stand.in"].with_user(county_administrator)
        with self.assertRaises(AccessError):
            stand_ins.create({"user_id": self.city_manager.id, "substitute_id": county_administrator.id, **values})
        self.a_officer.union_organization_ids = self.county_a | self.county_b
        with self.assertRaises(AccessError):
            stand_ins.create({"user_id": self.a_officer.id, "substitute_id": self.a_manager.id, **values})
        self.assertTrue(stand_ins.create({"user_id": self.a_manager.id, "substitute_id": self.a_officer.id, **values}))
        self.assertTrue(
            stand_ins.with_user(self.city_administrator).create(
                {"user_id": self.a_officer.id, "substitute_id": self.a_manager.id, **values}
            )
        )

    @mute_logger("odoo.sql_db")
    def test_another_person(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self._name_stand_in(self.city_manager, self.city_manager)

    def test_roles_fit(self):
        """Finance for finance, at least an officer for an officer or leader, nobody with more to see than the absent person."""
        both = self._create_user("t_b_both", self.county_b, "finance")
        both.group_ids |= self.env.ref("union_legal_aid.group_officer")
        for absent, substitute in (
            (self.city_finance, self.city_officer),
            (self.city_finance, self.city_manager),
            (self.city_manager, self.city_finance),
            (self.city_officer, self.auditor),
            (self.city_officer, self.liaison),
            (self.city_manager, self.lawyer1_user),
            (self.a_finance, both),
            (self.a_officer, both),
        ):
            with self.assertRaises(ValidationError, msg=f"{absent.login} {substitute.login}"):
                self._name_stand_in(absent, substitute)
        for absent, substitute in (
            (self.a_finance, self.b_finance),
            (self.a_officer, self.b_officer),
            (self.a_officer, self.b_manager),
            (self.a_manager, self.b_officer),
            (both, self._create_user("t_b_both2", self.county_b, "finance")),
        ):
            if substitute.login == "t_b_both2":
                with self.assertRaises(ValidationError):
                    self._name_stand_in(absent, substitute)
                substitute.group_ids |= self.env.ref("union_legal_aid.group_officer")
            self.assertTrue(self._name_stand_in(absent, substitute).is_in_force)

    def test_people_of_a_begun_term_stay(self):
        stand_in = self._name_stand_in(self.a_officer, self.b_officer, -1, 1)
        with self.assertRaises(UserError):
            stand_in.write({"substitute_id": self.a_manager.id})
        coming = self._name_stand_in(self.a_officer, self.b_officer, 1, 2)
        coming.write({"substitute_id": self.a_manager.id})
        self.assertEqual(coming.substitute_id, self.a_manager)

    # What a stand-in sees

    def _sees(self, user):
        """The unions among the test's own whose drafts of a policy-like record (here: to-dos of approval) the user reaches."""
        return user.with_user(user).access_organization_ids

    def test_sees_what_the_absent_person_sees(self):
        """O2, O4: in the same process, from the first to the last day, and nothing of it before and after."""
        requests = self.env["legal.aid.approval.request"].with_user(self.b_officer)
        contract, request = self._request()
        self.assertFalse(requests.search([("id", "=", request.id)]))
        stand_in = self._name_stand_in(self.city_officer, self.b_officer)
        self.assertEqual(self._sees(self.b_officer), self.county_b | self.city)
        self.assertEqual(requests.search([("id", "=", request.id)]), request)
        self.assertEqual(contract.with_user(self.b_officer).date_start, date(2026, 5, 20))
        stand_in.write({"date_to": fields.Date.add(fields.Date.today(), days=-1), "date_from": "2020-01-01"})
        self.assertEqual(self._sees(self.b_officer), self.county_b)
        self.assertFalse(requests.search([("id", "=", request.id)]))
        with self.assertRaises(AccessError):
            contract.with_user(self.b_officer).read(["date_start"])

    def test_rules_follow_the_date(self):
        """O4: nobody writes anything at midnight, yet the term begins and ends in the same process."""
        contract, request = self._request()
        requests = self.env["legal.aid.approval.request"].with_user(self.b_officer)
        self.env["legal.aid.stand.in"].create(
            {
                "user_id": self.city_officer.id,
                "substitute_id": self.b_officer.id,
                "date_from": "2026-06-10",
                "date_to": "2026-06-11",
            }
        )
        for moment, visible in (
            ("2026-06-09 23:59:59", False),
            ("2026-06-10 00:00:01", True),
            ("2026-06-11 23:59:59", True),
            ("2026-06-12 00:00:01", False),
            ("2026-06-10 12:00:00", True),
        ):
            with freeze_time(moment):
                self.assertEqual(bool(requests.search([("id", "=", request.id)])), visible, moment)
                self.assertEqual(bool(requests.search_count([("id", "=", request.id)])), visible, moment)
                self.assertEqual(contract.with_user(self.b_officer).has_access("read"), visible, moment)

    def test_days_are_those_of_the_absent_person(self):
        """His midnight counts, also where the server and the stand-in live by another clock."""
        self.city_officer.tz = "Asia/Shanghai"
        self.b_officer.tz = "America/Los_Angeles"
        self.env["legal.aid.stand.in"].create(
            {
                "user_id": self.city_officer.id,
                "substitute_id": self.b_officer.id,
                "date_from": "2026-06-10",
                "date_to": "2026-06-10",
            }
        )
        for moment, lent in (
            ("2026-06-09 15:59:59", False),
            ("2026-06-09 16:00:01", True),
            ("2026-06-10 15:59:59", True),
            ("2026-06-10 16:00:01", False),
        ):
            with freeze_time(moment):
                self.assertEqual(bool(self.b_officer._get_lent_union_ids()), lent, moment)

    def test_acts_for_the_absent_officer(self):
        """City-only acts are the stand-in's as they are the officer's; his own union stays the first choice for new records."""
        values = {"volunteer_id": self.volunteer.id, "date_start": "2026-05-20"}
        contracts = self.env["legal.aid.contract"].with_user(self.b_officer)
        with self.assertRaises(AccessError):
            contracts.create(values)
        self._name_stand_in(self.city_officer, self.b_officer)
        contract = contracts.create(values)
        contract.action_request_approval()
        self.assertEqual(contract.approval_request_id.requested_by_id, self.b_officer)
        contract.with_user(self.city_manager).action_approve()
        self.assertEqual(contract.state, "active")
        payout = self.env["legal.aid.payout"].with_user(self.b_officer).new({})
        self.assertEqual(payout.organization_id._origin, self.county_b)

    def test_gives_nothing_any_more(self):
        """Of an archived person, of one who left his unions, of one who lost the role; by one who lost his."""
        officer_role = self.env.ref("union_legal_aid.group_officer")
        employee = self.env.ref("base.group_user")
        for lose in (
            lambda: self.a_officer.write({"active": False}),
            lambda: self.a_officer.write({"union_organization_ids": [Command.clear()]}),
            lambda: self.county_a.write({"user_ids": [Command.unlink(self.a_officer.id)]}),
            lambda: self.a_officer.write({"group_ids": [Command.set(employee.ids)]}),
            lambda: officer_role.write({"user_ids": [Command.unlink(self.a_officer.id)]}),
        ):
            savepoint = self.cr.savepoint()
            self._name_stand_in(self.a_officer, self.b_officer)
            self.assertIn(self.county_a, self._sees(self.b_officer))
            lose()
            self.assertEqual(self._sees(self.b_officer), self.county_b)
            self.assertFalse(self.b_officer._get_lent_union_ids())
            savepoint.close(rollback=True)
            self.env.invalidate_all()
            self.env.registry.clear_all_caches()

    def test_chain_gives_nothing(self):
        """The stand-in of a stand-in neither sees nor signs."""
        helper = self._create_user("t_city_helper", self.city, "officer")
        self._name_stand_in(self.city_manager, helper)
        self._name_stand_in(helper, self.b_officer)
        self._name_stand_in(self.a_officer, self.a_manager)
        self._name_stand_in(self.a_manager, self.b_officer)
        self.assertEqual(
            self._sees(self.b_officer), self.county_b | self.city | self.county_a, "those of helper, a_manager"
        )
        third = self._create_user("t_b_third", self.county_b, "officer")
        self._name_stand_in(self.b_officer, third)
        self.assertEqual(self._sees(third), self.county_b)
        contract, request = self._request()
        self.assertEqual(request.approver_ids, self.city_manager | helper)
        with self.assertRaises(AccessError):
            contract.with_user(self.b_officer).action_approve()

    def test_several_absent_people(self):
        """One who stands in for two signs for the one whose turn it is, and only once."""
        self._create_rule(approver="user", user_id=self.second_manager.id)
        helper = self._create_user("t_city_helper", self.city, "officer")
        self._name_stand_in(self.city_manager, helper)
        self._name_stand_in(self.second_manager, helper)
        contract, request = self._request()
        contract.with_user(helper).action_approve()
        self.assertEqual(request.line_ids.on_behalf_of_id, self.city_manager)
        self.assertEqual(request.approver_ids, self.second_manager)
        with self.assertRaises(AccessError):
            contract.with_user(helper).action_approve()

    def test_rule_domains_cost_no_query(self):
        """The date in the key of the cached rules is not paid for at each look."""
        requests = self.env["legal.aid.approval.request"].with_user(self.a_officer)
        self._name_stand_in(self.city_officer, self.a_officer)
        requests.search([])
        with self.assertQueryCount(1):
            requests.search([("id", "=", 0)])

    def test_taken_back_at_once(self):
        """A stand-in named by mistake ends on the spot and stays on record."""
        stand_in = self._name_stand_in(self.city_manager, self.b_officer)
        contract, request = self._request()
        self.assertEqual(request.approver_ids, self.city_manager | self.b_officer)
        stand_in.action_archive()
        self.assertEqual(request.approver_ids, self.city_manager)
        self.assertEqual(self._sees(self.b_officer), self.county_b)
        with self.assertRaises(AccessError):
            contract.with_user(self.b_officer).action_approve()
        for user in (self.city_manager, self.city_administrator):
            with self.assertRaises(AccessError):
                stand_in.with_user(user).unlink()


@tagged("post_install", "-at_install")
class TestStandInForMoney(LegalAidMoneyCommon):
    """O4: also where the absent person's union has books of its own."""

    def test_sees_and_signs_payouts(self):
        """Another union's officer stands in for the leader: he opens the payout of these books and signs it."""
        self._create_approved_expense()
        payout = self._create_payout()
        payout.action_compute()
        self.assertEqual(payout.company_id, self.county_a_books)
        payouts = self.env["legal.aid.payout"].with_user(self.b_officer)
        self.assertFalse(payouts.search([("id", "=", payout.id)]))
        today = fields.Date.today()
        self.env["legal.aid.stand.in"].with_user(self.a_manager).create(
            {"user_id": self.a_manager.id, "substitute_id": self.b_officer.id, "date_from": today, "date_to": today}
        )
        self.assertEqual(payouts.search([("id", "=", payout.id)]), payout)
        self.assertTrue(payout.line_ids.with_user(self.b_officer).has_access("read"))
        payout.with_user(self.a_officer).action_request_approval()
        payout.with_user(self.b_officer).action_approve(note="代签")
        line = payout.sudo().approval_request_id.line_ids
        self.assertEqual((payout.state, line.on_behalf_of_id), ("approved", self.a_manager))

    def test_finance_stands_in_for_finance(self):
        """What is payable, and nothing of the worker's file."""
        expense = self._create_approved_expense()
        expenses = self.env["legal.aid.expense"].with_user(self.b_finance)
        self.assertFalse(expenses.search([("id", "=", expense.id)]))
        today = fields.Date.today()
        self.env["legal.aid.stand.in"].with_user(self.a_finance).create(
            {"user_id": self.a_finance.id, "substitute_id": self.b_finance.id, "date_from": today, "date_to": today}
        )
        self.assertEqual(expenses.search([("id", "=", expense.id)]), expense)
        cases = self.env["legal.aid.case"].with_user(self.b_finance)
        self.assertFalse(cases.has_access("read") and cases.search([("id", "=", expense.sudo().case_id.id)]))
