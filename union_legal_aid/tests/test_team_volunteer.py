from lxml import etree
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .team_common import TeamCommon

ACCOUNT = "6222021234567890128"


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestVolunteer(TeamCommon):
    def test_officer_records_recommended_lawyer(self):
        """T1: a city officer records who was recommended; the union is his city, the state candidate."""
        with Form(self.env["legal.aid.volunteer"].with_user(self.city_officer)) as form:
            form.partner_id = self.env["res.partner"].create({"name": "测试新律师"})
            form.license_number = " １４１０４201510999999 "
            form.recommended_by = "firm"
            form.application_date = "2026-05-01"
            form.contact_point_ids = self.county_a
            form.mobile = "138 0000 0000"
        self.assertRecordValues(
            form.record,
            [
                {
                    "name": "测试新律师",
                    "license_number": "14104201510999999",
                    "organization_id": self.city.id,
                    "state": "candidate",
                    "mobile": "13800000000",
                    "mobile_masked": "138****0000",
                    "assignable": False,
                }
            ],
        )

    def test_license_number_of_16_digits(self):
        """T4: 16 digits are refused, and the sentence says whose licence and what to do."""
        with self.assertRefused(ValidationError, "t_lawyer1.*17 digits"):
            self.lawyer1.license_number = "1410420151000001"

    def test_license_number_of_another_city(self):
        """T4: another city's licence is a warning that is shown, not an error."""
        self.city.gb_code = "410400"
        self.lawyer1.license_number = "14101201510000001"
        self.assertIn("another city", self.lawyer1.license_warning)
        self.lawyer1.license_number = "14104201510777777"
        self.assertFalse(self.lawyer1.license_warning)

    def test_one_record_per_person_and_city(self):
        """X4: a person is in a team once; a second city may appoint the same person."""
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._create_lawyer(self.lawyer1.partner_id)
        second_city = self._create_union("测试第二市总工会", "T02", "city")
        again = self.env["legal.aid.volunteer"].create(
            {"partner_id": self.lawyer1.partner_id.id, "organization_id": second_city.id}
        )
        self.assertEqual(again.state, "candidate")

    def test_one_licence_per_team(self):
        """T4: two persons of one team cannot have the same licence."""
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._create_lawyer(license_number=self.lawyer1.license_number)

    def test_person_below_firm_is_refused(self):
        """DESIGN §4: a lawyer's address card hangs below no firm, else colleagues could read each other on the
        portal.
        """
        employee = self.env["res.partner"].create({"name": "测试所内律师", "parent_id": self.firm.id})
        with self.assertRefused(ValidationError, "address card of his own"):
            self._create_lawyer(employee)
        with self.assertRefused(ValidationError, "address card of his own"):
            self._create_lawyer(self.firm)

    def test_user_of_another_person_is_refused(self):
        """O2: a user that belongs to somebody else would open this lawyer's work to him."""
        with self.assertRefused(ValidationError, "belongs to another person"):
            self.lawyer1.user_id = self.lawyer2_user

    def test_team_belongs_to_city(self):
        """O3: a county cannot keep a team of its own, whatever union it enters."""
        partner = self.env["res.partner"].create({"name": "测试县律师"})
        volunteers = self.env["legal.aid.volunteer"]
        with self.assertRefused(ValidationError, "belongs to the city union"):
            volunteers.create({"partner_id": partner.id, "organization_id": self.county_a.id})
        for organization in (self.county_a, self.city):
            with self.assertRefused(AccessError, "only the city union"):
                volunteers.with_user(self.a_officer).create(
                    {"partner_id": partner.id, "organization_id": organization.id}
                )

    def test_county_is_offered_no_buttons(self):
        """O3: lists and forms of a county offer neither “new” nor “edit” for the city's records; the city's do."""
        for name in ("legal.aid.volunteer", "legal.aid.contract", "legal.aid.ledger", "legal.aid.removal"):
            for user, offered in ((self.a_manager, False), (self.city_officer, True)):
                model = self.env[name].with_user(user)
                self.assertEqual(model.has_access("create"), offered, f"{name} {user.login}")
                self.assertEqual(model.has_access("write"), offered, f"{name} {user.login}")
                form = etree.fromstring(model.get_view(view_type="form")["arch"])
                self.assertEqual(form.get("create") != "False", offered, f"{name} {user.login}")

    def test_contact_points_are_unions_of_the_city(self):
        """T3: contact points lie below the city that appoints."""
        foreign = self._create_union("测试外市总工会", "T03", "city")
        with self.assertRefused(ValidationError, "cannot be a contact point"):
            self.lawyer1.with_user(self.city_officer).contact_point_ids = foreign
        self.lawyer1.with_user(self.city_officer).contact_point_ids = self.county_a | self.enterprise_city
        self.assertEqual(self.lawyer1.contact_point_ids, self.county_a | self.enterprise_city)

    def test_county_reads_linked_lawyers_only(self):
        """O2: a county finds the lawyers who serve it in list, count, grouping, name search and form, and no others."""
        volunteers = self.env["legal.aid.volunteer"].with_user(self.a_officer)
        both = [("id", "in", (self.lawyer1 | self.lawyer2).ids)]
        self.assertEqual(volunteers.search(both), self.lawyer1)
        self.assertEqual(volunteers.search_count(both), 1)
        self.assertEqual(volunteers._read_group(both, aggregates=["__count"]), [(1,)])
        self.assertEqual([found for found, _name in volunteers.name_search("t_lawyer")], self.lawyer1.ids)
        self.assertTrue(self.lawyer1.with_user(self.a_officer).read(["name", "contact_point_ids"]))
        with self.assertRaises(AccessError):
            self.lawyer2.with_user(self.a_officer).read(["name"])

    def test_contact_point_below_the_county_counts(self):
        """T3: a lawyer of an enterprise in county a is found by the county's officer."""
        lawyer = self._create_lawyer(contact_points=self.enterprise_a)
        self.assertTrue(lawyer.with_user(self.a_officer).has_access("read"))
        self.assertFalse(lawyer.with_user(self.b_officer).has_access("read"))

    def test_moved_user_sees_new_county_at_once(self):
        """O2: an officer moved from b to a loses the lawyers of b with the same click."""
        self.assertTrue(self.lawyer2.with_user(self.b_officer).has_access("read"))
        self.b_officer.union_organization_ids = self.county_a
        self.assertFalse(self.lawyer2.with_user(self.b_officer).has_access("read"))
        self.assertTrue(self.lawyer1.with_user(self.b_officer).has_access("read"))

    def test_county_never_writes(self):
        """O3: contact points, roster states and facts of a lawyer are the city's, also for the lawyers who serve the
        county.
        """
        self._appoint(self.lawyer1)
        for user in (self.a_officer, self.a_manager):
            lawyer = self.lawyer1.with_user(user)
            self.assertFalse(lawyer.is_editable)
            for vals in (
                {"contact_point_ids": [(4, self.county_b.id)]},
                {"license_valid_until": "2030-01-01"},
                {"bank_account_number": ACCOUNT},
            ):
                with self.assertRaises(AccessError):
                    lawyer.write(vals)
            with self.assertRaises(AccessError):
                lawyer.action_suspend(reason_code="request")
            with self.assertRaises(AccessError):
                lawyer.action_leave(reason_code="request")
            with self.assertRaises(AccessError):
                lawyer.unlink()
        self.assertEqual(self.lawyer1.state, "active")
        self.assertEqual(self.lawyer1.contract_ids.state, "active")

    def test_lawyer_reads_himself_only(self):
        """O2: a lawyer reads his own record, writes nothing, and no colleague's."""
        volunteers = self.env["legal.aid.volunteer"].with_user(self.lawyer1_user)
        self.assertEqual(volunteers.search([]), self.lawyer1)
        self.assertEqual(self.lawyer1.with_user(self.lawyer1_user).read(["state"])[0]["state"], "candidate")
        with self.assertRaises(AccessError):
            self.lawyer2.with_user(self.lawyer1_user).read(["state"])
        with self.assertRaises(AccessError):
            self.lawyer1.with_user(self.lawyer1_user).write({"office_phone": "0375-1234567"})

    def test_other_roles(self):
        """O2: justice bureau, auditor and finance of the city read; the liaison has no access; nobody of them
        writes.
        """
        for user in (self.justice, self.auditor, self.city_finance):
            self.assertTrue(self.lawyer1.with_user(user).has_access("read"))
            self.assertFalse(self.lawyer1.with_user(user).has_access("write"))
        with self.assertRaises(AccessError):
            self.lawyer1.with_user(self.liaison).read(["name"])


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestVolunteerPrivateData(TeamCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secrets = {
            "resident_id_number": "410402198501010125",
            "mobile": "13812345678",
            "bank_account_number": ACCOUNT,
            "bank_account_holder": "测试户名",
            "bank_name": "测试银行平顶山分行",
            "bank_code": "102491000018",
        }
        cls.lawyer1.with_user(cls.city_officer).write(cls.secrets)

    def test_who_reads(self):
        """F§11: the city's officers and the finance that pays read them."""
        for user in (self.city_officer, self.city_manager, self.city_finance, self.a_finance):
            values = self.lawyer1.with_user(user).read(list(self.secrets))[0]
            values.pop("id")
            self.assertEqual(values, self.secrets, user.login)

    def test_county_officer_finds_them_empty_and_masked(self):
        """F§11: a county officer opens the form of his lawyer, with stars in place of the numbers."""
        self.a_officer.group_ids += self.env.ref("base.group_allow_export")
        lawyer = self.lawyer1.with_user(self.a_officer)
        values = lawyer.read(
            [*self.secrets, "resident_id_number_masked", "mobile_masked", "bank_account_number_masked"]
        )[0]
        self.assertFalse(any(values[name] for name in self.secrets))
        self.assertEqual(values["resident_id_number_masked"], "410402********0125")
        self.assertEqual(values["mobile_masked"], "138****5678")
        self.assertEqual(values["bank_account_number_masked"], "6222 **** **** 0128")
        exported = lawyer.export_data(["name", "bank_account_number", "private_ids/mobile"])["datas"]
        self.assertNotIn(ACCOUNT, str(exported))
        self.assertNotIn("13812345678", str(exported))
        self.assertFalse(self.env["legal.aid.volunteer.private"].with_user(self.a_officer).search([]))

    def test_cache_of_another_reader_does_not_leak(self):
        """F§11: reading as one user after another in the same transaction shows each his own."""
        self.assertEqual(self.lawyer1.with_user(self.city_officer).mobile, "13812345678")
        self.assertFalse(self.lawyer1.with_user(self.a_officer).mobile)
        self.assertEqual(self.lawyer1.with_user(self.a_officer).sudo().mobile, "13812345678")
        self.assertFalse(self.lawyer1.with_user(self.a_officer).mobile)

    def test_roles_without_the_fields(self):
        """F§11: for justice bureau, auditor and the lawyer on the portal the fields do not exist."""
        for user in (self.justice, self.auditor, self.lawyer1_user):
            for name in (*self.secrets, "private_ids"):
                with self.assertRaises(AccessError, msg=f"{user.login} reads {name}"):
                    self.lawyer1.with_user(user).read([name])
        with self.assertRaises(AccessError):
            self.lawyer1.with_user(self.lawyer1_user).read(["mobile_masked"])

    def test_search_does_not_guess(self):
        """O2: the numbers cannot be found out by searching for them."""
        for user, found in ((self.a_officer, 0), (self.city_officer, 1)):
            members = self.env["legal.aid.volunteer"].with_user(user)
            self.assertEqual(members.search_count([("mobile", "=like", "138%")]), found)
        found = (
            self.env["legal.aid.volunteer"].with_user(self.a_officer).search([("private_ids.mobile", "=like", "138%")])
        )
        self.assertFalse(found)

    def test_one_by_one(self):
        """F§11: writing one of them leaves the others alone; emptying works."""
        self.lawyer1.with_user(self.city_officer).mobile = False
        self.lawyer1.with_user(self.city_officer).bank_name = "另一家测试银行"
        self.assertRecordValues(
            self.lawyer1.private_ids,
            [{**self.secrets, "mobile": False, "bank_name": "另一家测试银行"}],
        )

    def test_wrong_numbers_are_refused_without_repeating_them(self):
        """F§11: the message names the lawyer, not the number."""
        for vals in (
            {"resident_id_number": "410402198501010126"},
            {"mobile": "1381234567"},
            {"bank_account_number": "62220212345678901X"},
            {"bank_code": "10249100001"},
        ):
            with self.assertRaises(ValidationError) as refused:
                self.lawyer1.with_user(self.city_officer).write(vals)
            self.assertIn("t_lawyer1", str(refused.exception))
            self.assertNotIn(next(iter(vals.values()))[:8], str(refused.exception))

    def test_nothing_of_them_in_the_chatter(self):
        """DESIGN §3.5: changes of private data are not tracked."""
        before = self.lawyer1.message_ids
        self.lawyer1.with_user(self.city_officer).write({"mobile": "13900000000", "bank_account_number": "12345678"})
        self.flush_tracking()
        self.assertEqual(self.lawyer1.message_ids, before)

    def flush_tracking(self):
        self.env.flush_all()
        self.env.cr.precommit.run()


@tagged("post_install", "-at_install")
class TestPortalAccess(TeamCommon):
    def _open(self, lawyer, user):
        action = lawyer.with_user(user).action_grant_portal_access()
        dialogs = self.env["legal.aid.portal.access"].with_user(user).with_context(**action["context"])
        return dialogs.create({})

    def test_context_adds_nothing_to_the_account(self):
        """O2: defaults in the caller's context do not become values of the account, which is made with the system's rights."""
        lawyer = self._create_lawyer(contact_points=self.county_a)
        context = {"default_union_organization_ids": [(6, 0, self.city.ids)], "default_login": "other"}
        lawyer.with_user(self.city_officer).with_context(**context).action_grant_portal_access()
        self.assertFalse(lawyer.sudo().user_id.union_organization_ids)
        self.assertEqual(lawyer.sudo().user_id.login, lawyer.license_number)

    def test_first_link_is_handed_over(self):
        """V6: the city's officer gives a lawyer an account with the licence number as sign-in name, and nothing else."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.city_officer.write({"lang": "zh_CN", "tz": "Asia/Shanghai"})
        lawyer = self._create_lawyer()
        dialog = self._open(lawyer, self.city_officer)
        user = lawyer.user_id
        self.assertEqual((user.lang, user.tz), ("zh_CN", "Asia/Shanghai"))
        self.assertEqual((user.login, user.partner_id, user.share), (lawyer.license_number, lawyer.partner_id, True))
        self.assertTrue(user.has_group("union_legal_aid.group_volunteer"))
        self.assertFalse(user.has_group("base.group_user"))
        self.assertEqual(dialog.login, lawyer.license_number)
        self.assertIn("token=", dialog.link)
        logged = lawyer.sudo().message_ids[:1]
        self.assertEqual(logged.author_id, self.city_officer.partner_id)
        self.assertNotIn("token=", logged.body)
        self.assertEqual(self.env["legal.aid.volunteer"].with_user(user).search([]), lawyer)
        self.assertFalse(self.env["mail.mail"].search([("recipient_ids", "in", lawyer.partner_id.ids)]))

    def test_used_account_is_the_lawyers_own(self):
        """V6: once he has signed in nobody gets a link to his account any more."""
        lawyer = self._create_lawyer()
        dialog = self._open(lawyer, self.city_officer)
        lawyer.user_id.with_user(lawyer.user_id)._update_last_login()
        lawyer.user_id.invalidate_recordset()
        dialog.invalidate_recordset()
        self.assertFalse(dialog.link)
        with self.assertRefused(UserError, "has signed in already"):
            lawyer.with_user(self.city_officer).action_grant_portal_access()

    def test_only_the_city_gives_accounts(self):
        """O3: a county cannot open an account, nor get at the link by the dialog."""
        lawyer = self._create_lawyer(contact_points=self.county_a)
        with self.assertRaises(AccessError):
            lawyer.with_user(self.a_officer).action_grant_portal_access()
        self._open(lawyer, self.city_officer)
        dialog = self.env["legal.aid.portal.access"].with_user(self.a_officer).create({"volunteer_id": lawyer.id})
        with self.assertRaises(AccessError):
            dialog.read(["link"])

    def test_staff_needs_none(self):
        """T5: staff and other people of the back office are not made portal users."""
        staff = self._create_lawyer(kind="staff", license_number=False)
        colleague = self._create_lawyer(self.a_officer.partner_id)
        for lawyer in (staff, colleague):
            with self.assertRefused(UserError, "back office"):
                lawyer.with_user(self.city_officer).action_grant_portal_access()


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestMembership(TeamCommon):
    def test_every_back_door_to_the_state(self):
        """DESIGN §3.1: write, create, import, copy, default and context key leave the state where it was."""
        officer = self.lawyer1.with_user(self.city_officer)
        volunteers = self.env["legal.aid.volunteer"].with_user(self.city_officer)
        partner = self.env["res.partner"].create({"name": "测试后门"})
        for vals in (
            {"state": "active"},
            {"member_since": "2020-01-01"},
            {"status_note": "x"},
            {"member_until": "2020-01-01"},
        ):
            with self.assertRaises(AccessError):
                officer.write(vals)
            with self.assertRaises(AccessError):
                officer.with_context(legal_aid_workflow=True).write(vals)
            with self.assertRaises(AccessError):
                volunteers.create({"partner_id": partner.id, **vals})
        with self.assertRaises(AccessError):
            volunteers.with_context(default_state="active").create({"partner_id": partner.id})
        result = volunteers.load(["partner_id/.id", "state"], [[str(partner.id), "active"]])
        self.assertFalse(result["ids"])
        self.assertTrue(result["messages"])
        self.assertEqual(self.lawyer1.copy_data()[0].get("state", "candidate"), "candidate")
        self.assertEqual(self.lawyer1.state, "candidate")

    def test_transitions_that_are_not_in_the_table(self):
        """DESIGN §3.1: a candidate cannot be suspended or resumed, and a team lawyer is not admitted without a
        contract.
        """
        officer = self.lawyer1.with_user(self.city_officer)
        with self.assertRaises(UserError):
            officer.action_suspend(reason_code="request")
        with self.assertRaises(UserError):
            officer.action_resume()
        with self.assertRefused(UserError, "approved contract"):
            officer.action_admit()

    def test_suspend_and_resume(self):
        """T9: suspension stops new cases at once; both steps leave a public notice, the reason stays inside."""
        self._appoint(self.lawyer1)
        officer = self.lawyer1.with_user(self.city_officer)
        self.assertTrue(officer.assignable)
        officer.action_suspend(reason_code="investigation", note="内部说明")
        self.assertRecordValues(
            officer,
            [
                {
                    "state": "suspended",
                    "assignable": False,
                    "status_note": "内部说明",
                    "status_reason_id": self.env.ref("union_legal_aid.reason_suspend_investigation").id,
                    "status_user_id": self.city_officer.id,
                }
            ],
        )
        officer.action_resume()
        self.assertEqual(officer.state, "active")
        self.assertTrue(officer.assignable)
        self.assertFalse(officer.status_reason_id)
        self.assertEqual(officer.notice_ids.mapped("kind"), ["resume", "suspend", "join"])
        self.assertNotIn("内部说明", str(officer.notice_ids.read()))

    def test_reason_is_needed(self):
        """DESIGN §3.2: without a reason a dialog opens, an unknown one is refused with the codes that exist."""
        self._appoint(self.lawyer1)
        officer = self.lawyer1.with_user(self.city_officer)
        action = officer.action_suspend()
        self.assertEqual(action["res_model"], "legal.aid.reason.dialog")
        self.assertEqual(officer.state, "active")
        with self.assertRefused(UserError, "investigation"):
            officer.action_suspend(reason_code="nonsense")
        dialog = (
            self.env["legal.aid.reason.dialog"]
            .with_user(self.city_officer)
            .with_context(**action["context"])
            .create({"reason_id": self.env.ref("union_legal_aid.reason_suspend_request").id, "note": "对话框"})
        )
        dialog.action_confirm()
        self.assertRecordValues(officer, [{"state": "suspended", "status_note": "对话框"}])

    def test_dialog_calls_public_steps_only(self):
        """DESIGN §3.1: the dialog is no way to private methods."""
        with self.assertRaises(ValidationError):
            self.env["legal.aid.reason.dialog"].with_user(self.city_officer).create(
                {"res_model": "legal.aid.volunteer", "res_ids": self.lawyer1.ids, "method": "_join"}
            )

    def test_step_of_tomorrow_is_refused(self):
        """C13: late registration is possible, registration ahead is not."""
        self._appoint(self.lawyer1)
        officer = self.lawyer1.with_user(self.city_officer)
        with self.assertRefused(UserError, "2026-06-16"):
            officer.action_suspend(reason_code="request", date="2026-06-16")
        officer.action_suspend(reason_code="request", date="2026-06-12")
        self.assertEqual(str(officer.status_date), "2026-06-12")

    def test_leave_ends_contracts_and_drafts(self):
        """T9: who leaves keeps no contract; the draft of the next year is given up; the notice has no reason."""
        contract = self._appoint(self.lawyer1)
        draft = self._draft(self.lawyer1, "2027-05-20")
        self.lawyer1.with_user(self.city_officer).action_leave(reason_code="request", note="个人原因")
        self.assertRecordValues(
            self.lawyer1, [{"state": "left", "assignable": False, "member_until": self._day("2026-06-15")}]
        )
        self.assertRecordValues(
            contract | draft,
            [
                {"state": "terminated", "date_last": self._day("2026-06-15"), "termination_note": "个人原因"},
                {"state": "cancelled", "date_last": self._day("2028-05-19"), "termination_note": False},
            ],
        )
        self.assertEqual(self.lawyer1.notice_ids[0].kind, "leave")

    def _day(self, text):
        return self.env["legal.aid.notice"]._fields["date"].to_date(text)

    def test_candidate_withdraws_without_notice(self):
        """T13: nobody joined, so nothing is told to the public."""
        self.lawyer1.with_user(self.city_officer).action_leave(reason_code="request")
        self.assertEqual(self.lawyer1.state, "left")
        self.assertFalse(self.lawyer1.notice_ids)

    def test_rejoin(self):
        """T9: who left may be appointed again; membership then begins anew."""
        self._appoint(self.lawyer1)
        self.lawyer1.with_user(self.city_officer).action_leave(reason_code="request", date="2026-06-10")
        self._appoint(self.lawyer1, "2026-06-15")
        self.assertRecordValues(
            self.lawyer1,
            [{"state": "active", "member_since": self._day("2026-06-15"), "member_until": False, "assignable": True}],
        )
        self.assertEqual(self.lawyer1.notice_ids.mapped("kind"), ["join", "leave", "join"])

    def test_not_assignable_reasons(self):
        """T4, C2: each reason is a sentence that names the lawyer."""
        reasons = self.lawyer1._get_not_assignable_reasons()
        self.assertIn("Candidate", reasons[self.lawyer1])
        self._appoint(self.lawyer1)
        self.lawyer1.license_valid_until = "2026-06-15"
        self.assertFalse(self.lawyer1._get_not_assignable_reasons()[self.lawyer1], "valid through its last day")
        self.lawyer1.license_valid_until = "2026-06-14"
        self.assertIn("2026-06-14", self.lawyer1._get_not_assignable_reasons()[self.lawyer1])
        self.lawyer1.license_valid_until = False
        self.assertFalse(self.lawyer1._get_not_assignable_reasons()[self.lawyer1])
        with freeze_time("2027-05-20"):
            self.assertIn("no contract in force", self.lawyer1._get_not_assignable_reasons()[self.lawyer1])
        with freeze_time("2027-05-19"):
            self.assertFalse(self.lawyer1._get_not_assignable_reasons()[self.lawyer1])

    def test_contract_of_the_future_gives_no_cases_yet(self):
        """T2: appointed for later means active on the roster, but no cases before the first day."""
        self._appoint(self.lawyer1, "2026-07-01")
        self.assertEqual(self.lawyer1.state, "active")
        self.assertFalse(self.lawyer1.assignable)

    def test_search_assignable(self):
        """C2: the filter finds exactly those who may get a case."""
        self._appoint(self.lawyer1)
        both = [("id", "in", (self.lawyer1 | self.lawyer2).ids)]
        volunteers = self.env["legal.aid.volunteer"].with_user(self.city_officer)
        self.assertEqual(volunteers.search([*both, ("assignable", "=", True)]), self.lawyer1)
        self.assertEqual(volunteers.search([*both, ("assignable", "=", False)]), self.lawyer2)
        self.assertEqual(volunteers.search_count([*both, ("assignable", "in", [True, False])]), 2)

    def test_firm_lawyer_works_by_the_firms_agreement(self):
        """T5: a contracted firm's lawyer gets cases while the agreement runs; no notice, no roster."""
        lawyer = self._create_lawyer(kind="firm_lawyer")
        lawyer.with_user(self.city_officer).action_admit()
        self.assertIn("no contract in force", lawyer.not_assignable_reason)
        agreement = self._draft(
            self.env["legal.aid.volunteer"], kind="firm", law_firm_id=self.firm.id, date_end="2028-05-19"
        )
        self.assertEqual(agreement.annual_subsidy, 0)
        self.approve(agreement, self.city_officer, self.city_manager)
        lawyer.invalidate_recordset()
        self.assertTrue(lawyer.assignable)
        self.assertFalse(lawyer.notice_ids)
        self.assertFalse(lawyer._get_roster_values())

    def test_staff_handler(self):
        """T5: the institution's own staff needs neither licence nor contract and is not on the roster."""
        staff = self._create_lawyer(kind="staff", license_number=False)
        self.assertFalse(staff.assignable)
        staff.with_user(self.city_officer).action_admit()
        self.assertTrue(staff.assignable)
        self.assertFalse(staff.notice_ids)

    def test_roster_values_need_consent(self):
        """T13, F§11: nothing is published without consent, and then only what was agreed to."""
        self._appoint(self.lawyer1)
        self.assertFalse(self.lawyer1._get_roster_values())
        self.lawyer1.with_user(self.city_officer).write(
            {"consent_date": "2026-05-01", "publish_license_number": False, "office_phone": "0375-1234567"}
        )
        values = self.lawyer1._get_roster_values()[self.lawyer1]
        self.assertEqual(values["law_firm"], "测试律师事务所")
        self.assertEqual(values["contact_points"], ["测试甲县总工会"])
        self.assertFalse(values["license_number"])
        self.assertFalse(values["office_phone"])
