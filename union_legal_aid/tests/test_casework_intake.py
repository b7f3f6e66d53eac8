from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .casework_common import WORKER_ID, LegalAidCaseworkCommon


@tagged("post_install", "-at_install")
class TestJurisdiction(LegalAidCaseworkCommon):
    def _find(self, union=None, place=None):
        empty = self.env["union.organization"]
        return self.env["legal.aid.case"]._find_jurisdiction(union or empty, place or empty)

    def test_employers_union_decides(self):
        """I3: directly under the city and industrial unions → the city; a county's enterprise → that county."""
        in_industry = self._create_union("测试建筑企业工会", "T01IE", "enterprise", self.industry)
        below = self._create_union("测试甲县分厂工会", "T01AEG", "grassroots", self.enterprise_a)
        zone = self._create_union("测试高新区工会", "T01Z", "zone", self.city, prefix="测高援")
        for union, place, expected in (
            (self.enterprise_city, None, self.city),
            (in_industry, None, self.city),
            (in_industry, self.county_a, self.city),
            (self.enterprise_a, None, self.county_a),
            (self.enterprise_a, self.county_b, self.county_a),
            (below, None, self.county_a),
            (self.county_b, None, self.county_b),
            (None, self.county_b, self.county_b),
            (None, zone, zone),
        ):
            with self.subTest(union=union and union.name, place=place and place.name):
                organization, rule = self._find(union, place)
                self.assertEqual(organization, expected)
                self.assertIn(expected.name, rule)

    def test_rule_names_the_industrial_union(self):
        """I3: the sentence says why, also through an industrial union."""
        in_industry = self._create_union("测试建筑企业工会", "T01IE", "enterprise", self.industry)
        self.assertIn(self.industry.name, self._find(in_industry)[1])

    def test_unknown(self):
        """I3: without employer's union and place nothing is decided, and the case cannot be submitted."""
        self.assertFalse(self._find()[0])
        case = self._create_case(employer_place_id=False)
        self.assertEqual(case.organization_id, self.county_a)
        with self.assertRaisesRegex(UserError, "employer's union or place"):
            case.action_submit()

    def test_sentence_is_kept(self):
        """I3: a later change of the tree rewrites no decision."""
        case = self._create_submitted(employer_place_id=False, employer_organization_id=self.enterprise_a.id)
        rule = case.jurisdiction_rule
        self.enterprise_a.parent_id = self.county_b
        self.assertEqual(case.organization_id, self.county_a)
        self.assertEqual(case.jurisdiction_rule, rule)

    def test_override_needs_reason(self):
        """I3: another union than the rule gives only with a reason, which becomes part of the sentence."""
        case = self._create_case(self.city_officer)
        with self.assertRaisesRegex(ValidationError, "enter the reason"):
            case.organization_id = self.city
        case.write({"organization_id": self.city.id, "jurisdiction_override_reason": "案情重大"})
        self.assertEqual(case.organization_id, self.city)
        self.assertIn("案情重大", case.jurisdiction_rule)
        self.assertIn(self.county_a.name, case.jurisdiction_rule)

    def test_other_countys_case_is_refused(self):
        """I3, O2: a county's officer registers nothing in another county's name."""
        with self.assertRaises(AccessError):
            self._create_case(self.a_officer, employer_place_id=self.county_b.id)

    def test_form_shows_rule_at_once(self):
        """I3: the rule is shown while the officer types."""
        form = Form(self.env["legal.aid.case"].with_user(self.a_officer))
        form.employer_organization_id = self.enterprise_a
        self.assertEqual(form.organization_id, self.county_a)
        self.assertIn(self.enterprise_a.name, form.jurisdiction_rule)


@tagged("post_install", "-at_install")
class TestApplication(LegalAidCaseworkCommon):
    def test_number_of_its_union_and_year(self):
        """F§10: the case is its number, drawn from its own union's numbering of the year of the application."""
        first, second = self._create_case(), self._create_case(application_date="2025-12-30")
        self.assertEqual(first.name, "测甲援〔2026〕0001号")
        self.assertEqual(first.display_name, first.name)
        self.assertEqual(second.name, "测甲援〔2025〕0001号")

    def test_draft_of_another_union_gets_its_number(self):
        """F§10: a draft that turns out to be the city's is numbered by the city."""
        case = self._create_case(self.city_officer)
        case.write({"employer_organization_id": self.enterprise_city.id})
        self.assertEqual(case.organization_id, self.city)
        self.assertTrue(case.name.startswith("测市援"))

    def test_hardship_waiver_table(self):
        """I6: waived for migrant workers' wages, injuries and (opinion §四) compensation; not for other matters."""
        for kind, code, waived in (
            ("migrant_worker", "unpaid_wages", True),
            ("migrant_worker", "work_injury", True),
            ("migrant_worker", "dismissal_compensation", True),
            ("migrant_worker", "social_insurance", False),
            ("worker", "unpaid_wages", False),
            ("hardship_worker", "work_injury", False),
        ):
            with self.subTest(kind=kind, matter=code):
                case = self._create_case(
                    applicant_kind=kind, matter_id=self.env.ref(f"union_legal_aid.matter_{code}").id
                )
                self.assertEqual(case.hardship_basis, "exempt" if waived else False)
                self.assertEqual(bool(case.hardship_note), waived)
        law = self._create_case().hardship_note
        self.assertIn("法律援助法 §42(三)", law)
        self.assertIn("§四", law)

    def test_waiver_goes_with_its_facts(self):
        """I6: the suggestion follows the facts in draft; a chosen basis stays."""
        case = self._create_case()
        case.applicant_kind = "worker"
        self.assertFalse(case.hardship_basis)
        case.hardship_basis = "self_commitment"
        case.matter_id = self.matter_insurance
        self.assertEqual(case.hardship_basis, "self_commitment")

    def test_missing_details_in_one_error(self):
        """I7: everything that is missing is named at once."""
        case = self.env["legal.aid.case"].with_user(self.a_officer).create({"employer_place_id": self.county_a.id})
        with self.assertRaises(UserError) as caught:
            case.action_submit()
        for label in ("Applicant Name", "Identity Number", "Employer", "Matter", "Service Form", "Recipient"):
            self.assertIn(label, str(caught.exception))
        self.assertIn(case.name, str(caught.exception))
        self.assertEqual(case.state, "draft")

    def test_numbers_are_checked(self):
        """F§10: an identity number with an impossible birthday, a mistyped credit code; the message shows no number."""
        for vals in ({"applicant_id_number": "410482197802290017"}, {"employer_uscc": "91110000600037341X"}):
            with self.subTest(vals), self.assertRaises(ValidationError) as caught:
                self._create_case(**vals)
            self.assertNotIn(next(iter(vals.values())), str(caught.exception))

    def test_government_received_first(self):
        """I10: the body that received the application first handles and pays."""
        case = self._create_case(first_receiver="government", first_received_date="2026-03-01")
        with self.assertRaisesRegex(UserError, "received the application"):
            case.action_submit()

    def test_application_of_tomorrow(self):
        case = self._create_case(application_date="2026-03-03")
        with self.assertRaisesRegex(UserError, "future"):
            case.action_submit()

    def test_no_policy_in_force(self):
        """O6: no policy on the day of the application is a refusal, and nothing has happened."""
        case = self._create_case(application_date="2024-12-31")
        with self.assertRaisesRegex(UserError, "No policy is in force"), self.cr.savepoint():
            case.action_submit()
        self.assertEqual(case.state, "draft")

    def test_applicant_is_a_party(self):
        """I11: the applicant and the employer stand among the parties, and follow the application."""
        case = self._create_case()
        applicant = case.party_ids.filtered(lambda party: party.role == "applicant")
        self.assertRecordValues(
            applicant, [{"name": "王小明", "kind": "person", "is_main": True, "id_number": WORKER_ID}]
        )
        self.assertEqual(case.party_ids.filtered(lambda party: party.role == "respondent").name, "某建筑劳务公司")
        case.write({"applicant_name": "王晓明", "employer_name": "某建设公司"})
        self.assertEqual(applicant.name, "王晓明")
        self.assertEqual(len(case.party_ids), 2)

    def test_duplicates(self):
        """I11: the same identity number, however typed, and the same employer warn, within what one may see."""
        first = self._create_case()
        second = self._create_case(applicant_id_number="410402 19850101 0125", employer_name="某建筑 劳务公司")
        self.assertIn(first.name, second.duplicate_warning)
        self.assertIn("1 other cases", second.duplicate_warning)
        other = self._create_case(
            applicant_id_number="410404199003072830", applicant_name="李红", employer_name="另一家公司"
        )
        self.assertFalse(other.duplicate_warning)
        elsewhere = self._create_case(self.b_officer, employer_place_id=self.county_b.id, employer_name="乙县某厂")
        self.assertFalse(elsewhere.duplicate_warning)
        self.assertIn(first.name, elsewhere.with_user(self.city_officer).duplicate_warning)

    def test_green_channel_is_suggested_not_forced(self):
        """I8: wages and group cases are suggested; the officer decides, and the clock follows his choice."""
        wages = self._create_case()
        self.assertTrue(wages.is_green_suggested)
        self.assertEqual(wages.priority, "normal")
        insurance = self._create_case(matter_id=self.matter_insurance.id)
        self.assertFalse(insurance.is_green_suggested)
        insurance.headcount = 9
        self.assertFalse(insurance.is_green_suggested)
        insurance.headcount = 10
        self.assertTrue(insurance.is_green_suggested)

    def test_green_channel_for_major_cases(self):
        """I8, C4: a major case is suggested for the green channel, whatever it is about."""
        case = self._create_submitted(matter_id=self.matter_insurance.id, service_form="advice")
        self.assertFalse(case.is_green_suggested)
        case.action_mark_major(reason_code="doubt", note="证据存疑")
        self.assertTrue(case.is_green_suggested)

    def test_headcount_by_jurisdiction(self):
        """M3: workers with a union of their own count there, the rest for the union in charge."""
        case = self._create_case(headcount=5)
        self.env["legal.aid.case.party"].with_user(self.a_officer).create(
            {"case_id": case.id, "name": "李四等", "organization_id": self.county_b.id, "headcount": 2}
        )
        self.assertEqual(case._get_headcount_by_organization(), {self.county_b: 2, self.county_a: 3})

    def test_listed_applicants_count_whatever_number_was_entered(self):
        """M3: nobody who is listed drops out of the shares because the number of workers was left at one."""
        case = self._create_case()
        self.env["legal.aid.case.party"].with_user(self.a_officer).create(
            [
                {"case_id": case.id, "name": "李四", "organization_id": self.county_b.id},
                {"case_id": case.id, "name": "赵五"},
            ]
        )
        self.assertEqual(case._get_headcount_by_organization(), {self.county_b: 1, self.county_a: 2})


@tagged("post_install", "-at_install")
class TestConsultation(LegalAidCaseworkCommon):
    def test_lawyers_call_becomes_a_case(self):
        """I1, I2: the lawyer logs the call, sees whose it is and why, reports; the officer does not retype."""
        consultation = self._create_consultation()
        self.assertEqual(consultation.organization_id, self.county_a)
        self.assertIn(self.county_a.name, consultation.jurisdiction_rule)
        self.assertEqual(consultation.contact_point_id, self.county_a)
        self.assertTrue(consultation.name)
        consultation.action_report_to_contact_point()
        self.assertEqual(consultation.state, "reported")
        notified = (
            self.env["mail.notification"]
            .search(
                [("mail_message_id.model", "=", consultation._name), ("mail_message_id.res_id", "=", consultation.id)]
            )
            .res_partner_id
        )
        self.assertIn(self.a_officer.partner_id, notified)
        self.assertNotIn(self.b_officer.partner_id, notified)
        consultation.with_user(self.a_officer).action_create_case()
        case = consultation.with_user(self.a_officer).case_id
        self.assertRecordValues(
            case,
            [
                {
                    "state": "draft",
                    "source": "lawyer",
                    "volunteer_id": self.lawyer1.id,
                    "applicant_name": "王小明",
                    "applicant_kind": "migrant_worker",
                    "employer_name": "某建筑劳务公司",
                    "matter_id": self.matter_wages.id,
                    "organization_id": self.county_a.id,
                    "contact_point_id": self.county_a.id,
                    "description": "拖欠工资三个月",
                }
            ],
        )
        with self.assertRaisesRegex(UserError, "only in state"):
            consultation.with_user(self.a_officer).action_create_case()

    def test_only_in_his_own_name(self):
        """I1: a lawyer logs calls for himself only, and sets nothing but what the page asks."""
        consultations = self.env["legal.aid.consultation"].with_user(self.lawyer1_user)
        with self.assertRaises(AccessError):
            consultations._create_from_portal(self.lawyer2, {"matter_id": self.matter_wages.id})
        for name, value in (("state", "case"), ("organization_id", self.county_b.id), ("case_id", 1)):
            with self.subTest(name), self.assertRaises(AccessError):
                consultations._create_from_portal(self.lawyer1, {"matter_id": self.matter_wages.id, name: value})
        with self.assertRaisesRegex(UserError, "do not serve"):
            self._create_consultation(contact_point_id=self.county_b.id)
        with self.assertRaises(AccessError):
            consultations.create({"matter_id": self.matter_wages.id})

    def test_anonymous_call(self):
        """I1: open to every worker, without a name; waits at the union that took it until the employer is known."""
        consultation = self._create_consultation(
            caller_name=False, caller_phone=False, employer_name=False, employer_place_id=False
        )
        self.assertEqual(consultation.caller_masked, "Anonymous")
        self.assertEqual(consultation.organization_id, self.county_a)
        with self.assertRaisesRegex(UserError, "names no employer"):
            consultation.action_report_to_contact_point()
        officers = (
            self.env["legal.aid.consultation"].with_user(self.a_officer).create({"matter_id": self.matter_wages.id})
        )
        self.assertEqual(officers.organization_id, self.county_a)

    def test_another_lawyer_sees_nothing(self):
        """O2: a lawyer reads his own consultations only; another county reads none of them."""
        consultation = self._create_consultation()
        for user in (self.lawyer2_user, self.b_officer):
            with self.subTest(user.login):
                self.assertFalse(
                    self.env["legal.aid.consultation"].with_user(user).search([("id", "=", consultation.id)])
                )
                with self.assertRaises(AccessError):
                    consultation.with_user(user).action_report_to_contact_point()
        self.assertEqual(consultation.with_user(self.lawyer1_user).caller_name, "王小明")

    def test_officers_call_of_another_county(self):
        """I1: an officer may take a call that belongs elsewhere; both unions then see it."""
        consultation = (
            self.env["legal.aid.consultation"]
            .with_user(self.a_officer)
            .create(
                {"matter_id": self.matter_wages.id, "employer_name": "乙县某厂", "employer_place_id": self.county_b.id}
            )
        )
        self.assertEqual(consultation.organization_id, self.county_b)
        self.assertEqual(consultation.contact_point_id, self.county_a)
        consultation.action_report_to_contact_point()
        self.assertEqual(consultation.with_user(self.b_officer).state, "reported")
        consultation.with_user(self.b_officer).action_create_case()
        self.assertEqual(consultation.with_user(self.b_officer).case_id.contact_point_id, self.county_b)
