from psycopg2.errors import ExclusionViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Date
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .team_common import TeamCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestContractDraft(TeamCommon):
    def test_defaults(self):
        """T2, M1: one year less a day, the year and the subsidy of the policy in force, the four services of 办法
        §3.
        """
        with Form(self.env["legal.aid.contract"].with_user(self.city_officer)) as form:
            form.volunteer_id = self.lawyer1
            form.date_start = "2026-05-20"
        contract = form.record
        self.assertRecordValues(
            contract,
            [
                {
                    "date_end": Date.to_date("2027-05-19"),
                    "service_year": 2026,
                    "annual_subsidy": 1000,
                    "policy_id": self.policy.id,
                    "organization_id": self.city.id,
                    "law_firm_id": self.firm.id,
                    "state": "draft",
                    "number": False,
                }
            ],
        )
        self.assertEqual(contract.duty_ids.mapped("kind"), ["consultation", "aid", "publicity", "other"])

    def test_no_policy_in_force(self):
        """O6: outside every policy there is no contract, the sentence says so, and nothing is stored."""
        with self.assertRefused(UserError, "No policy is in force for 测试市总工会 on 2024-12-31"):
            self._draft(self.lawyer1, "2024-12-31")
        self.assertFalse(self.lawyer1.contract_ids)
        self.assertTrue(self._draft(self.lawyer1, "2025-01-01"))

    def test_policy_is_frozen_by_use(self):
        """O6: a contract keeps its policy, and the policy keeps its figures."""
        contract = self._draft(self.lawyer1)
        with self.assertRefused(UserError, "rest on policy"):
            self.policy.annual_subsidy = 2000
        self.assertEqual(contract.annual_subsidy, 1000)

    def test_end_before_start(self):
        """T2: an end before the start is refused with both dates."""
        with self.assertRefused(ValidationError, "2026-05-19, before it begins on 2026-05-20"):
            self._draft(self.lawyer1, date_end="2026-05-19")
        self.assertFalse(self.lawyer1.contract_ids)
        self.assertTrue(self._draft(self.lawyer1, date_end="2026-05-20"))

    def test_one_year_at_most(self):
        """T2, 办法 §4: one year to the day is possible, a day more is not; a leap day is handled."""
        with self.assertRefused(ValidationError, "until 2027-05-19"):
            self._draft(self.lawyer1, date_end="2027-05-20")
        contract = self._draft(self.lawyer1, date_end="2027-05-19")
        with self.assertRaises(ValidationError):
            contract.with_user(self.city_officer).date_end = "2027-05-20"

    def test_overlap(self):
        """T2: one day in common is refused and both contracts are named; the day after is free; cancelled ones do not
        count.
        """
        first = self._draft(self.lawyer1)
        with self.assertRefused(ValidationError, "overlaps with .*2026-05-20 to 2027-05-19"):
            self._draft(self.lawyer1, "2027-05-19")
        second = self._draft(self.lawyer1, "2027-05-20")
        with self.assertRaises(ValidationError):
            second.with_user(self.city_officer).date_start = "2027-05-19"
        first.with_user(self.city_officer).action_cancel()
        self.assertTrue(self._draft(self.lawyer1, "2026-06-01", date_end="2027-05-19"))

    def test_overlap_in_one_batch(self):
        """T2: two overlapping contracts of one import are refused together."""
        vals = {"volunteer_id": self.lawyer1.id, "date_start": "2026-05-20"}
        with self.assertRaises(ValidationError):
            self.env["legal.aid.contract"].with_user(self.city_officer).create([vals, vals])

    def test_overlap_is_the_databases(self):
        """DESIGN §2: what two users write at the same moment is refused by the database."""
        self._draft(self.lawyer1)
        other = self._draft(self.lawyer2)
        self.env.flush_all()
        with self.assertRaises(ExclusionViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env.cr.execute("SET CONSTRAINTS legal_aid_contract_no_overlap IMMEDIATE")
            self.env.cr.execute(
                "UPDATE legal_aid_contract SET volunteer_id = %s WHERE id = %s", (self.lawyer1.id, other.id)
            )

    def test_contract_is_the_citys(self):
        """O3: a county neither drafts, changes, cancels nor asks for approval; it reads what concerns its lawyers."""
        contract = self._draft(self.lawyer1)
        county = contract.with_user(self.a_officer)
        self.assertTrue(county.has_access("read"))
        self.assertFalse(contract.with_user(self.b_officer).has_access("read"))
        for call in (
            lambda: county.write({"annual_subsidy": 5000}),
            county.action_cancel,
            county.unlink,
            lambda: (
                self.env["legal.aid.contract"]
                .with_user(self.a_officer)
                .create({"volunteer_id": self.lawyer1.id, "date_start": "2027-05-20"})
            ),
        ):
            with self.assertRaises(AccessError):
                call()
        with self.assertRefused(UserError, "only the officers of 测试市总工会"):
            county.action_request_approval()
        with self.assertRaises(ValidationError):
            self._draft(self.lawyer1, "2027-05-20", organization_id=self.county_a.id)

    def test_who_reads(self):
        """O2: finance, auditor and justice bureau of the city and the lawyer himself read the contract; nobody else."""
        contract = self._draft(self.lawyer1)
        for user in (self.city_finance, self.auditor, self.justice, self.a_finance, self.lawyer1_user):
            self.assertTrue(contract.with_user(user).has_access("read"), user.login)
            self.assertTrue(contract.with_user(user).duty_ids.has_access("read"), user.login)
            self.assertFalse(contract.with_user(user).has_access("write"), user.login)
        for user in (self.lawyer2_user, self.b_finance, self.liaison):
            self.assertFalse(contract.with_user(user).has_access("read"), user.login)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestContractApproval(TeamCommon):
    def test_approval_appoints(self):
        """T2, O3: the officer asks, the city's manager approves: number, contract in force, lawyer on the roster,
        notice.
        """
        contract = self._appoint(self.lawyer1)
        self.assertRecordValues(
            contract,
            [
                {
                    "state": "active",
                    "number": "测市聘〔2026〕001号",
                    "approved_date": Date.to_date("2026-06-15"),
                    "is_late_entry": True,
                }
            ],
        )
        self.assertRecordValues(self.lawyer1, [{"state": "active", "member_since": Date.to_date("2026-05-20")}])
        self.assertRecordValues(
            self.lawyer1.notice_ids,
            [
                {
                    "kind": "join",
                    "date": Date.to_date("2026-05-20"),
                    "law_firm_id": self.firm.id,
                    "organization_id": self.city.id,
                }
            ],
        )
        self.assertEqual(self._appoint(self.lawyer2).number, "测市聘〔2026〕002号")

    def test_numbers_start_anew_each_year(self):
        """F§10: numbering goes by the year of the first day."""
        self._appoint(self.lawyer1)
        self.assertEqual(self._appoint(self.lawyer2, "2027-01-01").number, "测市聘〔2027〕001号")

    def test_four_eyes(self):
        """M5: the requester never approves, a county's manager never does; a manager who asked needs another one."""
        contract = self._draft(self.lawyer1)
        with self.assertRefused(UserError, "Nobody may approve"):
            contract.with_user(self.city_manager).action_request_approval()
        self.city.manager_user_ids += self._create_user("t_city_manager2", self.city, "manager")
        contract.with_user(self.city_manager).action_request_approval()
        for user in (self.city_manager, self.a_manager, self.city_officer, self.city_administrator):
            with self.assertRaises(AccessError):
                contract.with_user(user).action_approve()
        self.assertEqual(contract.state, "draft")
        self.assertEqual(self.lawyer1.state, "candidate")

    def test_second_contract_is_no_second_joining(self):
        """T13: the next year's contract makes no notice."""
        self._appoint(self.lawyer1)
        self._appoint(self.lawyer1, "2027-05-20")
        self.assertEqual(self.lawyer1.notice_ids.mapped("kind"), ["join"])
        self.assertEqual(str(self.lawyer1.member_since), "2026-05-20")

    def test_facts_are_frozen_after_approval(self):
        """DESIGN §3.1: after the signature neither dates nor amount nor duties change."""
        contract = self._appoint(self.lawyer1).with_user(self.city_officer)
        for vals in (
            {"date_end": "2027-05-18"},
            {"annual_subsidy": 2000},
            {"volunteer_id": self.lawyer2.id},
            {"duty_ids": [(0, 0, {"kind": "other"})]},
            {"duty_ids": [(5,)]},
        ):
            with self.assertRaises(UserError):
                contract.write(vals)
        with self.assertRaises(UserError):
            contract.duty_ids[0].target = 5
        with self.assertRaises(UserError):
            contract.unlink()

    def test_changed_fact_voids_the_request(self):
        """M5: what is approved is what was asked for."""
        contract = self._draft(self.lawyer1)
        contract.with_user(self.city_officer).action_request_approval()
        contract.with_user(self.city_officer).annual_subsidy = 900
        self.assertEqual(contract.approval_state, "none")
        with self.assertRaises(UserError):
            contract.with_user(self.city_manager).action_approve()

    def test_changed_target_cannot_be_approved_unseen(self):
        """M5: a duty changed after the request is not signed without asking again."""
        contract = self._draft(self.lawyer1)
        contract.with_user(self.city_officer).action_request_approval()
        contract.duty_ids[0].with_user(self.city_officer).target = 99
        with self.assertRefused(UserError, "Ask for approval again"):
            contract.with_user(self.city_manager).action_approve()
        self.approve(contract, self.city_officer, self.city_manager)
        self.assertEqual(contract.state, "active")

    def test_every_back_door(self):
        """DESIGN §3.1: no door but the approval puts a contract in force or dates its end."""
        contract = self._draft(self.lawyer1).with_user(self.city_officer)
        contracts = self.env["legal.aid.contract"].with_user(self.city_officer)
        base = {"volunteer_id": self.lawyer2.id, "date_start": "2026-05-20"}
        for vals in (
            {"state": "active"},
            {"approval_state": "approved"},
            {"number": "测市聘〔2026〕999号"},
            {"approved_date": "2026-05-20"},
            {"date_terminated": "2026-06-01"},
        ):
            for door in (contract, contract.with_context(legal_aid_workflow=True)):
                with self.assertRaises(AccessError):
                    door.write(vals)
            with self.assertRaises(AccessError):
                contracts.create({**base, **vals})
        with self.assertRaises(AccessError):
            contracts.with_context(default_state="active").create(base)
        result = contracts.load(
            ["volunteer_id/.id", "date_start", "state"], [[str(self.lawyer2.id), "2026-05-20", "active"]]
        )
        self.assertFalse(result["ids"])
        for step in (contract.action_terminate, contract.action_renew):
            with self.assertRaises(UserError):
                step()
        with self.assertRaises(UserError):
            contract.action_approve()
        active = self._appoint(self.lawyer2)
        copied = active.copy_data({"date_start": "2028-05-20"})[0]
        self.assertFalse({"state", "number", "approved_date", "approval_state"} & copied.keys())
        self.assertEqual((contract.state, self.lawyer1.state), ("draft", "candidate"))

    def test_licence_is_checked_again(self):
        """T4: a licence that ends before the first day stops the appointment; one that is valid that day does not."""
        contract = self._draft(self.lawyer1)
        self.lawyer1.license_valid_until = "2026-05-19"
        with self.assertRefused(UserError, "valid until 2026-05-19 only"):
            contract.with_user(self.city_officer).action_request_approval()
        self.lawyer1.license_valid_until = "2026-05-20"
        contract.with_user(self.city_officer).action_request_approval()
        self.lawyer1.license_valid_until = "2026-05-19"
        with self.assertRefused(UserError, "valid until 2026-05-19 only"):
            contract.with_user(self.city_manager).action_approve()
        self.assertEqual(contract.state, "draft")

    def test_who_cannot_be_appointed(self):
        """T5: staff and firm lawyers, lawyers of other cities and lawyers without licence number are refused with a
        reason.
        """
        cases = (
            ({"kind": "staff"}, "not a team lawyer"),
            ({"license_number": False}, "licence number of .* is missing"),
            ({"practises_in_city": False}, "does not practise in this city"),
        )
        for values, message in cases:
            contract = self._draft(self._create_lawyer(**values))
            with self.assertRefused(UserError, message):
                contract.with_user(self.city_officer).action_request_approval()

    def test_city_without_numbering(self):
        """F§10: a city without prefix is told before anybody signs."""
        self.city.appointment_prefix = False
        contract = self._draft(self.lawyer1)
        with self.assertRefused(UserError, "has no numbering for appointments"):
            contract.with_user(self.city_officer).action_request_approval()


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestContractEnd(TeamCommon):
    def test_expiry(self):
        """T2: the last day still belongs to the contract; the day after, the cron ends it. The member stays, without
        new cases.
        """
        contract = self._appoint(self.lawyer1)
        with freeze_time("2027-05-19"):
            self._run_cron("union_legal_aid.ir_cron_contract_expire")
            self.assertEqual(contract.state, "active")
        with freeze_time("2027-05-20"):
            self._run_cron("union_legal_aid.ir_cron_contract_expire")
            self.assertEqual(contract.state, "expired")
            self.lawyer1.invalidate_recordset()
            self.assertRecordValues(self.lawyer1, [{"state": "active", "assignable": False}])

    def test_contract_registered_after_its_year(self):
        """C13: a contract of last year, registered late, is expired at once."""
        contract = self._appoint(self.lawyer1, "2025-05-20")
        self.assertEqual(contract.state, "expired")
        self.assertEqual(str(self.lawyer1.member_since), "2025-05-20")

    def test_terminate(self):
        """T9: ended early with a coded reason; the day is the last one in force, and the next contract may begin after
        it.
        """
        contract = self._appoint(self.lawyer1)
        officer = contract.with_user(self.city_officer)
        self.assertEqual(officer.action_terminate()["res_model"], "legal.aid.reason.dialog")
        with self.assertRaises(UserError):
            officer.action_terminate(reason_code="nonsense")
        with self.assertRefused(UserError, "2026-06-16"):
            officer.action_terminate(reason_code="request", date="2026-06-16")
        officer.action_terminate(reason_code="request", note="说明", date="2026-06-10")
        self.assertRecordValues(
            contract,
            [
                {
                    "state": "terminated",
                    "date_terminated": Date.to_date("2026-06-10"),
                    "date_last": Date.to_date("2026-06-10"),
                    "date_end": Date.to_date("2027-05-19"),
                    "terminated_by_id": self.city_officer.id,
                }
            ],
        )
        with self.assertRaises(ValidationError):
            self._draft(self.lawyer1, "2026-06-10")
        self.assertTrue(self._draft(self.lawyer1, "2026-06-11"))

    def test_early_end_registered_after_the_year(self):
        """C13, M1: an early end that is registered late still ends the contract on its day, and only within the
        term.
        """
        contract = self._appoint(self.lawyer1, "2025-05-20")
        officer = contract.with_user(self.city_officer)
        with self.assertRefused(UserError, "last day .* is over"):
            officer.action_terminate(reason_code="request")
        with self.assertRaises(UserError):
            officer.action_terminate(reason_code="request", date="2026-05-19")
        officer.action_terminate(reason_code="request", date="2026-05-18")
        self.assertEqual((contract.state, str(contract.date_last)), ("terminated", "2026-05-18"))

    def test_county_does_not_terminate(self):
        """O3: ending a contract is the city's."""
        contract = self._appoint(self.lawyer1)
        with self.assertRaises(AccessError):
            contract.with_user(self.a_manager).action_terminate(reason_code="request")
        self.assertEqual(contract.state, "active")

    def test_contract_that_has_not_begun(self):
        """T9: one that ends before it begins never came into force and leaves its days free."""
        contract = self._appoint(self.lawyer1, "2026-07-01")
        contract.with_user(self.city_officer).action_terminate(reason_code="request")
        self.assertEqual(contract.state, "cancelled")
        self.assertTrue(self._draft(self.lawyer1, "2026-07-01"))

    def test_renew(self):
        """T2: renewal drafts the next year with the same duties, once, and takes effect only by approval."""
        contract = self._appoint(self.lawyer1)
        action = contract.with_user(self.city_officer).action_renew()
        renewal = self.env["legal.aid.contract"].browse(action["res_id"])
        self.assertEqual((renewal.state, renewal.renewal_of_id, renewal.service_year), ("draft", contract, 2027))
        self.assertEqual(str(renewal.date_start), "2027-05-20")
        self.assertEqual(renewal.duty_ids.mapped("kind"), contract.duty_ids.mapped("kind"))
        with self.assertRefused(UserError, "was renewed already"):
            contract.with_user(self.city_officer).action_renew()
        with self.assertRaises(AccessError):
            self._appoint(self.lawyer2).with_user(self.a_officer).action_renew()

    def test_renewal_of_somebody_else(self):
        """T2: a contract renews the same lawyer's."""
        contract = self._appoint(self.lawyer1)
        with self.assertRefused(ValidationError, "somebody else's"):
            self._draft(self.lawyer2, "2027-05-20", renewal_of_id=contract.id)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestContractPrint(TeamCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")

    def _render(self, report, contract, user):
        html, _type = (
            self.env["ir.actions.report"].with_user(user)._render_qweb_html(f"union_legal_aid.{report}", contract.ids)
        )
        return html.decode()

    def test_letter_of_appointment(self):
        """T2: number, name, term in Chinese dates, contact points, union and day; printed by officer, lawyer and
        county.
        """
        contract = self._appoint(self.lawyer1)
        for user in (self.city_officer, self.a_officer, self.justice, self.lawyer1_user):
            html = self._render("report_legal_aid_appointment", contract, user)
            for expected in (
                "测市聘〔2026〕001号",
                "t_lawyer1",
                "2026年5月20日",
                "2027年5月19日",
                "测试甲县总工会",
                "2026年6月15日",
            ):
                self.assertIn(expected, html)

    def test_print_of_another_county(self):
        """O2: printing opens no door that reading keeps shut."""
        contract = self._appoint(self.lawyer1)
        for user in (self.b_officer, self.lawyer2_user):
            with self.assertRaises(AccessError):
                self._render("report_legal_aid_appointment", contract, user)

    def test_draft_prints_as_draft(self):
        """C12: an unapproved contract never looks like a letter of appointment."""
        html = self._render("report_legal_aid_appointment", self._draft(self.lawyer1), self.city_officer)
        self.assertIn("o_draft", html)

    def test_contract_in_capitals(self):
        """M8: the subsidy in figures and in Chinese capitals, from the same stored amount."""
        contract = self._appoint(self.lawyer1)
        html = self._render("report_legal_aid_contract", contract, self.city_officer)
        self.assertIn("人民币壹仟元整", html)
        self.assertIn("测工文〔2025〕1号", html)
        self.assertNotIn("o_draft", html.split("</style>")[-1])

    def test_service_agreement(self):
        """T5: a firm's agreement prints with the firm and without subsidy."""
        agreement = self._draft(self.env["legal.aid.volunteer"], kind="firm", law_firm_id=self.firm.id)
        html = self._render("report_legal_aid_contract", agreement, self.city_officer)
        self.assertIn("测试律师事务所", html)
        self.assertNotIn("人民币", html)
