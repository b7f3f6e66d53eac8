from ast import literal_eval
from datetime import date

from freezegun import freeze_time
from lxml import etree
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .casework_common import TODAY, LegalAidCaseworkCommon

UNION_USCC = "81410400MC12345677"


class LegalAidEligibilityCommon(LegalAidCaseworkCommon):
    """Applications whose hardship counts: a worker's matter of social insurance, which nothing waives."""

    def _create_plain(self, **vals):
        vals = {
            "applicant_kind": "worker",
            "matter_id": self.matter_insurance.id,
            "hardship_basis": "self_commitment",
            **vals,
        }
        if not vals["hardship_basis"]:
            del vals["hardship_basis"]  # the application tells it
        return self._create_case(**vals)

    def _create_of_kind(self, kind, **vals):
        number = {"applicant_id_number": UNION_USCC} if kind == "union_organization" else {}
        return self._create_plain(applicant_kind=kind, hardship_basis=False, **number, **vals)

    def _attach(self, case, kind="hardship", user=None):
        return case.with_user(user or self.a_officer).action_add_document(kind=kind, filename="证明.jpg", content=b"x")

    def _grant(self, case):
        return case.with_user(self.a_manager).action_grant()

    def _add_family(self, case, *incomes):
        relations = ("self", "spouse", "child", "parent", "other")
        case.write(
            {
                "family_ids": [
                    Command.create({"relation": relation, "name": "王小明", "monthly_income": income})
                    for relation, income in zip(relations, incomes, strict=False)
                ]
            }
        )

    def _ref(self, name):
        return self.env.ref(f"union_legal_aid.{name}")


@tagged("post_install", "-at_install")
class TestRecipient(LegalAidEligibilityCommon):
    def test_scope_of_each_recipient(self):
        """I5: the scope of 工会法律援助办法 follows from recipient and matter, with its article; the officer may choose another."""
        for kind, matter, code in (
            ("worker", "social_insurance", "labour_dispute"),
            ("hardship_worker", "unpaid_wages", "labour_dispute"),
            ("migrant_worker", "work_injury", "labour_dispute"),
            ("model_worker", "labour_contract", "labour_dispute"),
            ("worker", "female_protection", "worker_rights"),
            ("worker", "other", "other"),
            ("union_officer", "labour_contract", "union_officer"),
            ("union_organization", "union_rights", "union_organization"),
        ):
            with self.subTest(kind=kind, matter=matter):
                case = self._create_of_kind(kind, matter_id=self._ref(f"matter_{matter}").id)
                self.assertEqual(case.scope_id.code, code)
                self.assertIn("工会法律援助办法", case.scope_id.legal_basis)
        case.scope_id = self._ref("scope_other")
        self.assertEqual(case.scope_id.code, "other")

    def test_union_officers_and_organizations_need_no_hardship(self):
        """I5: neither is asked for hardship; aid is granted without any proof, on a ground that is shown."""
        for kind in ("union_officer", "union_organization"):
            with self.subTest(kind):
                case = self._create_of_kind(kind)
                self.assertEqual(case.hardship_basis, "no_limit")
                self.assertIn(case.scope_id.legal_basis, case.hardship_ground)
                case.action_submit()
                self._grant(case)
                self.assertEqual(case.state, "granted")

    def test_an_organization_is_a_recipient(self):
        """I5: a union organization applies with its credit code and stands among the parties as an organization."""
        case = self._create_of_kind("union_organization")
        applicant = case.party_ids.filtered(lambda party: party.role == "applicant")
        self.assertEqual((applicant.kind, applicant.id_number), ("organization", UNION_USCC))

    def test_forms_of_aid(self):
        """I5: advice is open to every worker without any test, every other form asks for the basis."""
        for form, asks in (
            ("advice", False),
            ("drafting", True),
            ("mediation", True),
            ("arbitration", True),
            ("litigation", True),
        ):
            with self.subTest(form):
                case = self._create_plain(service_form=form, hardship_basis=False)
                if asks:
                    with self.assertRaisesRegex(UserError, "Hardship"):
                        case.action_submit()
                else:
                    case.action_submit()
                    self._grant(case)
                    self.assertEqual(case.state, "granted")

    def test_union_membership_is_noted(self):
        """I5: whether the worker is a member is on record, and decides nothing."""
        case = self._create_submitted(is_union_member=True)
        self.assertTrue(case.is_union_member)

    def test_scopes_are_data(self):
        """I5, O3: an administrator looks after the scopes, an officer does not."""
        scope = self._ref("scope_other")
        scope.with_user(self.city_administrator).needs_hardship = False
        case = self._create_plain(matter_id=self._ref("matter_other").id, hardship_basis=False)
        self.assertEqual(case.hardship_basis, "no_limit")
        with self.assertRaises(AccessError):
            scope.with_user(self.a_officer).needs_hardship = True


@tagged("post_install", "-at_install")
class TestHardshipGrounds(LegalAidEligibilityCommon):
    def test_each_basis_names_its_article(self):
        """I6: no limit, waived, declared, verified and severe infringement are kept apart, each with its own rule."""
        brave = self._ref("matter_brave_act")
        for vals, article in (
            ({"matter_id": brave.id, "hardship_basis": False}, "§32(二)"),
            (
                {"applicant_kind": "migrant_worker", "matter_id": self.matter_wages.id, "hardship_basis": False},
                "§42(三)",
            ),
            (
                {
                    "applicant_kind": "migrant_worker",
                    "matter_id": self._ref("matter_dismissal_compensation").id,
                    "hardship_basis": False,
                },
                "意见 §四",
            ),
            ({"hardship_basis": "exempt", "hardship_waiver_ground": "no_income"}, "§42(一)"),
            ({"hardship_basis": "exempt", "hardship_waiver_ground": "assistance"}, "§42(二)"),
            ({"hardship_basis": "exempt", "hardship_waiver_ground": "other"}, "§42(四)"),
            ({"hardship_basis": "shared_data"}, "§41"),
            ({"hardship_basis": "self_commitment"}, "§41"),
            ({"hardship_basis": "severe_infringement"}, "§10(二)"),
        ):
            with self.subTest(article=article, **vals):
                self.assertIn(article, self._create_plain(**vals).hardship_ground)

    def test_no_limit_by_matter_only(self):
        """I6, LAA 32: the matter says that there is no limit; nobody claims it for another matter."""
        case = self._create_plain(matter_id=self._ref("matter_brave_act").id, hardship_basis=False)
        self.assertEqual(case.hardship_basis, "no_limit")
        claimed = self._create_plain(hardship_basis="no_limit")
        with self.assertRaisesRegex(UserError, "§32"):
            claimed.action_submit()
        self.assertEqual(claimed.state, "draft")
        case.matter_id = self.matter_insurance
        self.assertFalse(case.hardship_basis)

    def test_waiver_needs_its_ground(self):
        """I6, LAA 42: a waiver is one of four grounds; that of migrant workers is not anybody else's."""
        case = self._create_plain(hardship_basis="exempt", hardship_note="低保户")
        with self.assertRaisesRegex(UserError, "Ground of the Waiver"):
            case.action_submit()
        case.hardship_waiver_ground = "migrant"
        with self.assertRaisesRegex(UserError, "migrant workers"):
            case.action_submit()
        case.hardship_waiver_ground = "assistance"
        case.action_submit()
        self.assertEqual(case.state, "submitted")

    def test_chosen_ground_stays_with_another_matter(self):
        """I6: a ground that lies in the person does not depend on the matter."""
        case = self._create_plain(hardship_basis="exempt", hardship_waiver_ground="assistance")
        case.matter_id = self._ref("matter_working_hours")
        self.assertRecordValues(case, [{"hardship_basis": "exempt", "hardship_waiver_ground": "assistance"}])

    def test_migrant_worker_is_granted_at_once(self):
        """I6, 意见 §四: wages, injury and compensation of a migrant worker are granted without a check of hardship."""
        for code in ("unpaid_wages", "work_injury", "dismissal_compensation"):
            with self.subTest(code):
                case = self._create_granted(matter_id=self._ref(f"matter_{code}").id)
                self.assertEqual((case.state, case.hardship_basis), ("granted", "exempt"))

    def test_waiver_is_proved(self):
        """I6, LAA 42: without the paper that proves the ground the leader cannot grant, by no door; with it he can."""
        for ground in ("no_income", "assistance", "other"):
            with self.subTest(ground):
                case = self._create_plain(
                    hardship_basis="exempt", hardship_waiver_ground=ground, hardship_note="见证明"
                )
                case.action_submit()
                self.assertTrue(case.hardship_missing)
                for step in ("action_grant", "action_approve"):
                    with self.assertRaisesRegex(UserError, "proves the ground"), self.cr.savepoint():
                        getattr(case.with_user(self.a_manager), step)()
                self.assertEqual(case.state, "submitted")
                paper = self._attach(case)
                self.assertEqual(case.hardship_proof_id, paper)
                self._grant(case)
                self.assertEqual(case.state, "granted")

    def test_declaration_needs_day_and_page(self):
        """I6, LAA 41: the declaration of good faith is dated and signed before aid is granted."""
        case = self._create_plain()
        case.action_submit()
        with self.assertRaisesRegex(UserError, "signed the declaration; the signed declaration"):
            self._grant(case)
        self._attach(case)
        with self.assertRaisesRegex(UserError, "the day on which"):
            self._grant(case)
        case.hardship_checked_date = TODAY
        self._grant(case)
        self.assertEqual(case.state, "granted")

    def test_declared_tomorrow(self):
        case = self._create_plain()
        with self.assertRaisesRegex(ValidationError, "future"):
            case.hardship_checked_date = "2026-03-03"

    def test_shared_data_need_day_and_source(self):
        """I6, LAA 41: who verified from which data, and when."""
        case = self._create_plain(hardship_basis="shared_data")
        case.action_submit()
        with self.assertRaisesRegex(UserError, "looked up; the source"):
            self._grant(case)
        case.write({"hardship_checked_date": TODAY, "hardship_source": "民政低收入家庭信息平台"})
        self._grant(case)
        self.assertEqual(case.state, "granted")

    def test_severe_infringement_needs_evidence(self):
        """I5, 办法 §10(二): with evidence also above the standard; the proof of hardship is none for this."""
        case = self._create_plain(hardship_basis="severe_infringement", hardship_note="工伤致残")
        case.action_submit()
        with self.assertRaisesRegex(UserError, "severe infringement"):
            self._grant(case)
        self._attach(case, "hardship")
        with self.assertRaisesRegex(UserError, "severe infringement"):
            self._grant(case)
        self._attach(case, "evidence")
        self._grant(case)
        self.assertEqual(case.state, "granted")

    def test_proof_of_another_case(self):
        """I6: a paper proves its own case only; a paper without a file proves nothing."""
        case, other = self._create_plain(), self._create_plain()
        paper = self._attach(other)
        with self.assertRaisesRegex(ValidationError, "another case"):
            case.hardship_proof_id = paper
        case.action_submit()
        self.env["legal.aid.case.document"].with_user(self.a_officer).create({"case_id": case.id, "kind": "hardship"})
        self.assertFalse(case.hardship_proof_id)

    def test_basis_is_locked_after_submission(self):
        """DESIGN rule 4: basis, ground, income and scope do not change under the leader's pen; proofs may still come in."""
        case = self._create_plain()
        case.action_submit()
        for vals in (
            {"hardship_basis": "severe_infringement"},
            {"hardship_waiver_ground": "other"},
            {"family_income": 1},
            {"scope_id": self._ref("scope_union_officer").id},
        ):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "can no longer be changed"):
                case.write(vals)
        for vals in ({"hardship_standard_id": self.standard.id}, {"formalities_date": TODAY}):
            with self.subTest(vals), self.assertRaises(AccessError):
                case.write(vals)
        with self.assertRaises(AccessError):
            self._create_plain(hardship_standard_id=self.standard.id)

    def test_form_shows_the_ground_at_once(self):
        """I6: the rule is shown while the officer types."""
        form = Form(self.env["legal.aid.case"].with_user(self.a_officer))
        form.applicant_kind = "migrant_worker"
        form.matter_id = self.matter_wages
        self.assertEqual(form.hardship_basis, "exempt")
        self.assertIn("§42(三)", form.hardship_ground)


@tagged("post_install", "-at_install")
class TestHardshipStandard(LegalAidEligibilityCommon):
    def _create_proved(self, **vals):
        case = self._create_plain(hardship_checked_date=TODAY, **vals)
        self._attach(case)
        return case

    def test_to_the_cent(self):
        """I6: a cent below and exactly the standard are within it, a cent above is not; the figures are shown."""
        for incomes, per_head, within in (
            ((4499.97, 0, 0), 1499.99, True),
            ((4500, 0, 0), 1500, True),
            ((4500.01, 0, 0), 1500, True),
            ((4500.02, 0, 0), 1500.01, False),
            ((4500.03, 0, 0), 1500.01, False),
            ((0,), 0, True),
        ):
            with self.subTest(incomes):
                case = self._create_proved()
                self._add_family(case, *incomes)
                self.assertEqual(case.family_income, per_head)
                self.assertIn("within the standard" if within else "above the standard", case.hardship_conclusion)
                self.assertIn("1,500.00", case.hardship_conclusion)
                self.assertIn(self.standard.source_document, case.hardship_conclusion)
                case.action_submit()
                self.assertEqual(case.hardship_standard_id, self.standard)
                if within:
                    self._grant(case)
                    self.assertEqual(case.state, "granted")
                else:
                    with self.assertRaisesRegex(UserError, "above the hardship standard") as refused:
                        self._grant(case)
                    self.assertNotIn("1500", str(refused.exception).replace(",", ""))

    def test_a_typed_figure_does_not_replace_the_family(self):
        """I6: where the members are listed, they tell the income, whatever figure comes in by another door."""
        case = self._create_proved()
        self._add_family(case, 9000)
        case.family_income = 1
        case.action_submit()
        with self.assertRaisesRegex(UserError, "above the hardship standard"):
            self._grant(case)

    def test_first_day_of_a_new_standard(self):
        """I6: the standard of the day of the application: the old one on its last day, the new one from its first."""
        self.standard.date_to = "2026-02-28"
        self.standard.flush_recordset()
        new = self.env["legal.aid.hardship.standard"].create(
            {
                "name": "新标准",
                "organization_id": self.city.id,
                "source_document": "测工文〔2026〕8号",
                "date_from": "2026-03-01",
                "amount": 1600,
            }
        )
        for day, standard in (("2026-02-28", self.standard), ("2026-03-01", new)):
            with self.subTest(day):
                case = self._create_proved(application_date=day, family_income=1550)
                case.action_submit()
                self.assertEqual(case.hardship_standard_id, standard)

    def test_nearest_union_first(self):
        """I6, X4: a county's own standard comes before the city's; another county keeps the city's."""
        own = self.env["legal.aid.hardship.standard"].create(
            {
                "name": "甲县标准",
                "organization_id": self.county_a.id,
                "source_document": "测甲工文〔2026〕1号",
                "date_from": "2026-01-01",
                "amount": 1300,
            }
        )
        standards = self.env["legal.aid.hardship.standard"]
        self.assertEqual(standards._get(self.county_a, date(2026, 3, 2)), own)
        self.assertEqual(standards._get(self.county_b, date(2026, 3, 2)), self.standard)

    def test_none_in_force(self):
        """I6: no standard on the day is a refusal that says so; an old figure is never used."""
        self.standard.date_to = "2026-03-01"
        case = self._create_proved(family_income=100)
        self.assertIn("No hardship standard is in force", case.hardship_conclusion)
        with self.assertRaisesRegex(UserError, "No hardship standard is in force.*2026-03-02"), self.cr.savepoint():
            case.action_submit()
        self.assertEqual(case.state, "draft")

    def test_kept_and_frozen(self):
        """I6, O6: the case keeps its standard, whose figure is frozen from then on; unused ones may be corrected."""
        self.standard.amount = 1501
        case = self._create_proved(family_income=1501)
        case.action_submit()
        for vals in ({"amount": 1}, {"date_from": "2025-02-01"}, {"source_document": "x"}):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "rest on hardship standard"):
                self.standard.with_user(self.city_administrator).write(vals)
        with self.assertRaisesRegex(UserError, "rest on hardship standard"):
            self.standard.with_user(self.city_administrator).unlink()
        self.standard.with_user(self.city_administrator).date_to = "2026-03-02"
        with freeze_time("2026-03-06 02:00:00"):
            self._grant(case)
        self.assertEqual((case.state, case.hardship_standard_id.amount), ("granted", 1501))

    def test_figures_of_a_standard(self):
        """I6: more than nothing, in the order of its dates, one at a time."""
        vals = {"name": "x", "organization_id": self.county_b.id, "source_document": "x", "amount": 1000}
        standards = self.env["legal.aid.hardship.standard"]
        standards.create({**vals, "date_from": "2026-01-01"})
        for wrong in (
            {"date_from": "2028-01-01", "amount": 0},
            {"date_from": "2028-01-02", "date_to": "2028-01-01"},
            {"date_from": "2026-06-01"},
        ):
            with (
                self.subTest(wrong),
                mute_logger("odoo.sql_db"),
                self.assertRaises(Exception) as refused,
                self.cr.savepoint(),
            ):
                standards.create({**vals, **wrong})
            self.assertIn("legal_aid_hardship_standard_", str(refused.exception))

    def test_who_sets_it(self):
        """O3, O6: an administrator of the union; a county's does not touch the city's, an officer none."""
        county_administrator = self._create_user("t_a_administrator", self.county_a, "administrator")
        self.assertEqual(self.standard.with_user(self.a_officer).amount, 1500)
        for user in (self.a_officer, county_administrator):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.standard.with_user(user).amount = 9999


@tagged("post_install", "-at_install")
class TestFamily(LegalAidEligibilityCommon):
    def test_private_like_the_applicant(self):
        """I6, F§11: the family is read by the union in charge and those above it, by nobody else."""
        case = self._create_plain(contact_point_id=self.county_b.id)
        self._add_family(case, 1000, 500)
        members = case.sudo().family_ids
        for user in (self.a_officer, self.a_manager, self.city_officer):
            self.assertEqual(sum(members.with_user(user).mapped("monthly_income")), 1500, user.login)
        self.assertFalse(
            self.env["legal.aid.case.family"].with_user(self.b_officer).search([("case_id", "=", case.id)])
        )
        with self.assertRaises(AccessError):
            members.with_user(self.b_officer).read(["monthly_income"])
        for user in (self.auditor, self.justice, self.lawyer1_user, self.liaison, self.a_finance):
            with self.subTest(user.login), self.assertRaises(AccessError):
                members.with_user(user).read(["relation"])

    def test_reading_is_on_record_and_names_stay_out(self):
        """X2, F§11: whoever reads the family opens the file; a member shows no name elsewhere."""
        case = self._create_plain()
        self._add_family(case, 1000)
        member = case.family_ids
        self.assertNotIn("王", member.display_name)
        before = self.env["legal.aid.access.log"].search_count([("res_id", "=", case.id)])
        with freeze_time("2026-03-02 06:00:00"):
            member.with_user(self.city_officer).read(["name", "monthly_income"])
        self.assertGreater(self.env["legal.aid.access.log"].search_count([("res_id", "=", case.id)]), before)

    def test_income_follows_the_lines(self):
        """I6: adding, correcting and removing a member changes the income per head, to the cent."""
        case = self._create_plain()
        self._add_family(case, 1000, 500.01)
        self.assertEqual(case.family_income, 750.01)
        case.family_ids[0].monthly_income = 2000
        self.assertEqual(case.family_income, 1250.01)
        case.family_ids[1].unlink()
        self.assertEqual(case.family_income, 2000)
        case.family_ids.unlink()
        self.assertFalse(case.family_income)

    def test_locked_with_the_application(self):
        """DESIGN rule 4: the family is entered before the application is handed in, and after papers were asked for."""
        case = self._create_plain()
        self._add_family(case, 1000)
        case.action_submit()
        with self.assertRaisesRegex(UserError, "can no longer be changed"):
            case.family_ids.monthly_income = 1
        with self.assertRaisesRegex(UserError, "can no longer be changed"):
            self.env["legal.aid.case.family"].with_user(self.a_officer).create(
                {"case_id": case.id, "relation": "child"}
            )
        case.action_request_supplement(note="收入证明")
        case.family_ids.monthly_income = 1200
        self.assertEqual(case.family_income, 1200)

    def test_impossible_members(self):
        """I6: no negative income, one applicant only."""
        case = self._create_plain()
        self._add_family(case, 1000)
        for vals in (
            {"relation": "child", "monthly_income": -0.01},
            {"relation": "self"},
            {"relation": "child", "age": -1},
        ):
            with self.subTest(vals), mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
                self.env["legal.aid.case.family"].with_user(self.a_officer).create({"case_id": case.id, **vals})


@tagged("post_install", "-at_install")
class TestSupplement(LegalAidEligibilityCommon):
    def test_list_of_papers(self):
        """I7, LAA 43: each line is one paper; which came in, when and as which document, is on record."""
        case = self._create_submitted()
        case.action_request_supplement(note="身份证复印件\n\n  工资条（1—3月）  \n劳动合同")
        self.assertEqual(case.paper_ids.mapped("name"), ["身份证复印件", "工资条（1—3月）", "劳动合同"])
        self.assertEqual(case.papers_outstanding, 3)
        with freeze_time("2026-03-04 02:00:00"):
            case.paper_ids[0].action_receive()
            document = self._attach(case, "evidence")
            case.paper_ids[1].write({"received_date": "2026-03-03", "document_id": document.id})
            self.assertEqual(case.papers_outstanding, 1)
            self.assertEqual(str(case.paper_ids[0].received_date), "2026-03-04")
            case.action_submit()
        self.assertEqual(case.state, "submitted")
        self.assertIn("劳动合同", case.message_ids.filtered(lambda message: "without these" in message.body).body)

    def test_second_request_is_refused(self):
        """I7: asked for once; neither the button nor another door adds to the list."""
        case = self._create_submitted()
        case.action_request_supplement(note="身份证")
        with self.assertRaisesRegex(UserError, "only in state"):
            case.action_request_supplement(note="工资条")
        case.action_submit()
        with self.assertRaisesRegex(UserError, "allows that once"):
            case.action_request_supplement(note="工资条")
        self.assertEqual(case.paper_ids.mapped("name"), ["身份证"])
        papers = self.env["legal.aid.case.paper"].with_user(self.a_officer)
        with self.assertRaises(AccessError):
            papers.create({"case_id": case.id, "name": "工资条", "requested_date": TODAY})
        with self.assertRaises(AccessError):
            case.paper_ids.with_user(self.a_officer).unlink()

    def test_impossible_receipts(self):
        """I7: a paper comes in between the request and today, as a document of its own case."""
        case, other = self._create_submitted(), self._create_submitted()
        case.action_request_supplement(note="身份证")
        for day in ("2026-03-01", "2026-03-03"):
            with self.subTest(day), self.assertRaisesRegex(ValidationError, "cannot have come in"), self.cr.savepoint():
                case.paper_ids.received_date = day
        case.invalidate_recordset()
        with self.assertRaisesRegex(ValidationError, "another case"):
            case.paper_ids.document_id = self._attach(other)

    def test_another_county(self):
        """O2: the list is the union's in charge."""
        case = self._create_submitted(contact_point_id=self.county_b.id)
        case.action_request_supplement(note="身份证")
        with self.assertRaises(AccessError):
            case.paper_ids.with_user(self.b_officer).read(["name"])


@tagged("post_install", "-at_install")
class TestQueue(LegalAidEligibilityCommon):
    def test_green_first_then_by_due_date(self):
        """I8: submitted cases stand in the order in which they are decided."""
        ordinary_late = self._create_submitted()
        ordinary_early = self._create_submitted(application_date="2026-02-27")
        green_late = self._create_submitted(priority="green")
        green_early = self._create_submitted(priority="green", application_date="2026-02-28")
        cases = ordinary_late | ordinary_early | green_late | green_early
        order = etree.fromstring(self._ref("legal_aid_case_view_list_queue").arch).get("default_order")
        domain = [*literal_eval(self._ref("legal_aid_case_action_queue").domain), ("id", "in", cases.ids)]
        found = self.env["legal.aid.case"].with_user(self.a_officer).search(domain, order=order)
        self.assertEqual(found, green_early + green_late + ordinary_early + ordinary_late)
        self._grant(green_early)
        self.assertNotIn(green_early, self.env["legal.aid.case"].with_user(self.a_officer).search(domain))

    def test_sorting_tells_nothing_to_others(self):
        """O2: who may not read the clocks does not sort by them."""
        with self.assertRaises(AccessError):
            self.env["legal.aid.case"].with_user(self.lawyer1_user).search([], order="next_deadline")

    def test_green_channel_is_shorter(self):
        """I8: three days on the green channel, seven without; the policy says so."""
        self.assertEqual(self._get_due(self._create_submitted(priority="green"), "decide"), "2026-03-05")
        self.assertEqual(self._get_due(self._create_submitted(), "decide"), "2026-03-09")
