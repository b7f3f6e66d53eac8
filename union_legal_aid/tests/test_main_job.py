from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .casework_common import TODAY, LegalAidCaseworkCommon

SCOPED_MODELS = (
    "legal.aid.case",
    "legal.aid.case.party",
    "legal.aid.case.document",
    "legal.aid.consultation",
    "legal.aid.mandate",
    "legal.aid.work.log",
    "legal.aid.deadline",
    "legal.aid.expense",
    "legal.aid.expense.line",
    "legal.aid.expense.allocation",
    "legal.aid.payout",
    "legal.aid.payout.line",
    "legal.aid.approval.request",
    "legal.aid.approval.line",
)


@tagged("post_install", "-at_install")
class TestMainJob(LegalAidCaseworkCommon):
    """The programme from the first recommendation to the paid fee, each step as the role that takes it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._give_books(cls.city)
        cls._give_books(cls.county_a)
        cls.schedule = cls.env["legal.aid.fee.schedule"].create(
            {
                "name": "测试费用标准",
                "organization_id": cls.city.id,
                "date_from": "2025-01-01",
                "source_document": "测司〔2025〕3号",
                "rate_ids": [(0, 0, {"service_form": "arbitration", "amount": 1600})],
            }
        )
        cls.schedule.action_activate()
        for number, lawyer in enumerate(cls.lawyer1 | cls.lawyer2, start=1):
            lawyer.write(
                {
                    "bank_account_number": f"622202000000000000{number}",
                    "bank_account_holder": lawyer.name,
                    "bank_name": "示例银行平顶山分行",
                }
            )

    # 2. Appointment

    def test_2_recommended_lawyer_is_appointed(self):
        """T1–T3: recorded by the city's officer, approved by its manager, on the roster with a notice."""
        partner = self.env["res.partner"].with_user(self.city_officer).create({"name": "测试新律师"})
        lawyer = (
            self.env["legal.aid.volunteer"]
            .with_user(self.city_officer)
            .create(
                {
                    "partner_id": partner.id,
                    "license_number": "14104201810345678",
                    "license_valid_until": "2028-12-31",
                    "recommended_by": "bureau",
                    "contact_point_ids": [(6, 0, self.county_b.ids)],
                }
            )
        )
        contract = (
            self.env["legal.aid.contract"]
            .with_user(self.city_officer)
            .create({"volunteer_id": lawyer.id, "date_start": TODAY})
        )
        self.assertEqual((contract.annual_subsidy, contract.date_end), (1000, date(2027, 3, 1)))
        self.assertEqual((lawyer.state, lawyer.assignable), ("candidate", False))
        contract.action_request_approval()
        contract.with_user(self.city_manager).action_approve()
        self.assertEqual((contract.state, lawyer.state, lawyer.assignable), ("active", "active", True))
        self.assertEqual(lawyer.notice_ids.mapped("kind"), ["join"])
        self.assertIn(
            lawyer, self.env["legal.aid.volunteer"].with_user(self.b_officer).search([("assignable", "=", True)])
        )

    # 3. Two ways in

    def _take_lawyer_first(self):
        consultation = self._create_consultation()
        consultation.action_report_to_contact_point()
        self.env.invalidate_all()
        office = consultation.with_user(self.a_officer)
        office.action_create_case()
        case = office.case_id
        case.write(
            {"applicant_id_number": "410402198501010125", "service_form": "arbitration", "amount_claimed": 12000}
        )
        case.action_submit()
        return case

    def test_3_lawyer_first(self):
        """I2: call, 区属 with its rule, report, application, 7 days, hardship waived, grant and mandate in one signature."""
        consultation = self._create_consultation()
        self.assertEqual(consultation.organization_id, self.county_a)
        self.assertIn(self.county_a.name, consultation.jurisdiction_rule)
        case = self._take_lawyer_first()
        self.assertEqual((case.source, case.state), ("lawyer", "submitted"))
        self.assertEqual(self._get_due(case, "decide"), "2026-03-09")
        self.assertEqual(case.hardship_basis, "exempt")
        self.assertIn("42", case.hardship_note)
        with self.assertRaises(AccessError):
            case.with_user(self.a_officer).action_grant()
        case.with_user(self.a_manager).action_grant()
        self.assertEqual((case.state, case.volunteer_id), ("assigned", self.lawyer1))
        self.assertEqual((case.mandate_id.state, case.mandate_id.organization_id), ("issued", self.county_a))

    def test_3_union_first(self):
        """C2: granted, a lawyer of the contact point assigned within 3 days, who accepts."""
        case = self._create_granted()
        self.assertEqual(self._get_due(case, "assign"), "2026-03-05")
        with self.assertRaises(UserError):
            case.action_assign(volunteer_id=self.lawyer2)
        case.action_assign(volunteer_id=self.lawyer1)
        with self.assertRaises(AccessError):
            case.with_user(self.lawyer2_user).action_accept()
        case.with_user(self.lawyer1_user).action_accept()
        self.assertEqual(case.state, "in_progress")

    # 4.–5. Work, archive, fee, payment

    def _create_approved_expense(self, case, officer, manager):
        expense = self.env["legal.aid.expense"].with_user(officer).create({"case_id": case.id})
        expense.action_compute()
        expense.action_request_approval()
        with self.assertRaises(AccessError):
            expense.with_user(officer).action_approve()
        expense.with_user(manager).action_approve()
        return expense

    def test_4_5_county_pays_once(self):
        """M2, M3, M6, M7: one voucher and one bank entry of the same date in the county's books, line and expense paid."""
        case = self._take_lawyer_first()
        case.with_user(self.a_manager).action_grant()
        lawyer_case = case.with_user(self.lawyer1_user)
        lawyer_case.action_accept()
        lawyer_case.action_log_work(hours=3, kind="hearing", note="开庭")
        lawyer_case.action_close(outcome="won", amount_recovered=9000)
        with self.assertRaises(UserError):
            self.env["legal.aid.expense"].with_user(self.a_officer).create({"case_id": case.id})
        case.with_user(self.a_officer).action_archive(file_received_date=TODAY)
        expense = self._create_approved_expense(case, self.a_officer, self.a_manager)
        self.assertEqual((expense.state, expense.amount_allowed), ("approved", 1600))
        self.assertEqual(expense.allocation_ids.organization_id, self.county_a)
        self.assertIn(self.county_a.name, expense.allocation_ids.explanation)
        self.assertNotIn("王小明", expense.allocation_ids.explanation)
        payout = self._pay("expense", self.county_a, self.a_officer, self.a_manager, self.a_finance)
        self.assertEqual(payout.company_id, self.county_a.company_id)
        self.assertEqual((payout.state, expense.state), ("paid", "paid"))
        self.assertEqual(payout.line_ids.mapped("state"), ["paid"])
        moves = payout.move_id | payout.bank_move_id
        self.assertEqual(len(self.env["account.move"].search([("company_id", "=", payout.company_id.id)])), 2)
        self.assertEqual(set(moves.mapped("date")), {date(2026, 3, 2)})
        codes = payout.move_id.line_ids.mapped(lambda line: (line.account_id.code, line.debit, line.credit))
        self.assertCountEqual(codes, [("50403", 1600, 0), ("215", 0, 1600)])
        again = self._draft_payout("expense", self.county_a, self.a_officer)
        with self.assertRaises(UserError):
            again.action_compute()
            again.action_request_approval()

    def test_5_city_pays_for_its_direct_enterprise(self):
        """M3: the enterprise directly under the city is the city's, and the sentence says so."""
        self.lawyer1.contact_point_ids |= self.city
        case = self._create_case(
            self.city_officer, employer_place_id=False, employer_organization_id=self.enterprise_city.id
        )
        self.assertEqual(case.organization_id, self.city)
        case.action_submit()
        case.with_user(self.city_manager).action_grant()
        case.action_assign(volunteer_id=self.lawyer1)
        lawyer_case = case.with_user(self.lawyer1_user)
        lawyer_case.action_accept()
        lawyer_case.action_log_work(hours=1, kind="negotiation", note="调解")
        lawyer_case.action_close(outcome="mediated", amount_recovered=100)
        case.action_archive(file_received_date=TODAY)
        expense = self._create_approved_expense(case, self.city_officer, self.city_manager)
        self.assertEqual(expense.allocation_ids.organization_id, self.city)
        self.assertIn(self.city.name, expense.allocation_ids.explanation)

    def _draft_payout(self, kind, payer, officer, **values):
        return (
            self.env["legal.aid.payout"]
            .with_user(officer)
            .create({"kind": kind, "organization_id": payer.id, "date": TODAY, **values})
        )

    def _pay(self, kind, payer, officer, manager, finance, **values):
        payout = self._draft_payout(kind, payer, officer, **values)
        payout.action_compute()
        payout.action_request_approval()
        payout.with_user(manager).action_approve()
        payout.with_user(finance).action_export_bank_file()
        payout.with_user(finance).action_post(date=TODAY)
        return payout

    # 6. The yearly subsidy

    def test_6_subsidy_once_with_every_lawyer_in_or_out(self):
        """M1, M4: everybody is listed, in or out and why; running it again pays nobody twice."""
        ledger = self.env["legal.aid.ledger"].search([("volunteer_id", "=", self.lawyer1.id), ("year", "=", 2026)])
        ledger.with_user(self.lawyer1_user).action_submit(summary="全年工作")
        payout = self._pay(
            "subsidy", self.city, self.city_officer, self.city_manager, self.city_finance, service_year=2026
        )
        lines = {line.volunteer_id: line for line in payout.line_ids}
        self.assertEqual(set(lines), {self.lawyer1, self.lawyer2})
        self.assertEqual((lines[self.lawyer1].included, lines[self.lawyer1].amount), (True, 1000))
        self.assertFalse(lines[self.lawyer2].included)
        self.assertTrue(lines[self.lawyer2].exclusion_reason)
        self.assertEqual((payout.state, payout.amount_total), ("paid", 1000))
        again = self._draft_payout("subsidy", self.city, self.city_officer, service_year=2026)
        again.action_compute()
        self.assertFalse(again.line_ids.filtered("included"))
        self.assertIn(
            payout.name, again.line_ids.filtered(lambda line: line.volunteer_id == self.lawyer1).exclusion_reason
        )

    # 7. Two complaints

    def test_7_second_verified_complaint_opens_removal(self):
        """T7: the first changes nothing, the second opens the removal and stops assignments at once."""
        case = self._create_granted()
        for number in (1, 2):
            complaint = (
                self.env["legal.aid.complaint"]
                .with_user(self.city_officer)
                .create(
                    {
                        "date": TODAY,
                        "volunteer_id": self.lawyer1.id,
                        "complainant_kind": "worker",
                        "category": "neglect",
                        "text": f"第{number}次投诉",
                    }
                )
            )
            complaint.with_user(self.city_manager).action_verify()
            self.assertEqual(self.lawyer1.verified_complaint_count, number)
            self.assertEqual(self.lawyer1.assignable, number < 2)
        removal = self.env["legal.aid.removal"].search([("volunteer_id", "=", self.lawyer1.id)])
        self.assertEqual((removal.state, len(removal.complaint_ids)), ("open", 2))
        with self.assertRaises(UserError):
            case.action_assign(volunteer_id=self.lawyer1)

    # 8. Two counties

    def test_8_other_county_finds_nothing(self):
        """O2: no list, count, grouping, name search or id shows county b's records to county a, nor after a move to it."""
        case = self._take_lawyer_first()
        case.with_user(self.a_manager).action_grant()
        lawyer_case = case.with_user(self.lawyer1_user)
        lawyer_case.action_accept()
        lawyer_case.action_log_work(hours=3, kind="hearing", note="开庭")
        lawyer_case.action_add_document(kind="decision", filename="裁决书.pdf", content=b"%PDF-1.4 test")
        lawyer_case.action_close(outcome="won", amount_recovered=9000)
        case.with_user(self.a_officer).action_archive(file_received_date=TODAY)
        self._create_approved_expense(case, self.a_officer, self.a_manager)
        self._pay("expense", self.county_a, self.a_officer, self.a_manager, self.a_finance)
        for name in SCOPED_MODELS:
            mine = self.env[name].with_user(self.a_officer).search([])
            self.assertTrue(mine, f"{name}: the county sees its own")
            foreign = self.env[name].with_user(self.b_officer)
            self.assertFalse(foreign.search([("id", "in", mine.ids)]), name)
            self.assertFalse(foreign.search_count([("id", "in", mine.ids)]), name)
            self.assertFalse(foreign._read_group([("id", "in", mine.ids)], [], ["__count"])[0][0], name)
            self.assertFalse(foreign.name_search("", [("id", "in", mine.ids)]), name)
            with self.assertRaises(AccessError):
                foreign.browse(mine.ids).read(["id", "display_name"])

    def test_8_finance_sees_no_approvals_of_cases(self):
        """O2: finance finds approvals of what it pays, and none that leads to a worker's file."""
        case = self._create_submitted()
        requests = self.env["legal.aid.approval.request"].with_user(self.a_finance)
        self.assertFalse(requests.search([("id", "=", case.approval_request_id.id)]))
        self.assertTrue(requests.with_user(self.a_officer).search([("id", "=", case.approval_request_id.id)]))

    def test_8_moved_officer_changes_county_at_once(self):
        """O2: moved from b to a in the same process, he loses b and sees a."""
        case_a = self._create_submitted()
        case_b = self._create_case(self.b_officer, employer_place_id=self.county_b.id)
        cases = self.env["legal.aid.case"].with_user(self.b_officer)
        both = [("id", "in", (case_a | case_b).ids)]
        self.assertEqual(cases.search(both), case_b)
        self.b_officer.union_organization_ids = self.county_a
        self.assertEqual(cases.search(both), case_a)
        self.county_b.user_ids = self.b_officer
        self.county_a.user_ids -= self.b_officer
        self.assertEqual(cases.search(both), case_b)
