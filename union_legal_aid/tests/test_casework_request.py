import base64

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .casework_common import TODAY, WORKER_ID
from .house_common import LegalAidHouseCommon

PAGE = base64.b64encode(b"stamped")


@tagged("post_install", "-at_install")
class TestServiceRequest(LegalAidHouseCommon):
    """I4: an enterprise union applies in writing for a worker, and reports problems and needs upward."""

    def _create_request(self, user=None, **vals):
        return (
            self.env["legal.aid.service.request"]
            .with_user(user or self.liaison_firm)
            .create(
                {
                    "kind": "application",
                    "organization_id": self.firm_a.id,
                    "applicant_name": "王小明",
                    "applicant_kind": "migrant_worker",
                    "applicant_id_number": WORKER_ID,
                    "applicant_phone": "13803750001",
                    "matter_id": self.matter_wages.id,
                    "description": "派遣公司拖欠工资",
                    "page": PAGE,
                    "page_name": "申请.txt",
                    "worker_agrees": True,
                    **vals,
                }
            )
        )

    def _create_foreign(self, **vals):
        """Against another employer than the house of the union."""
        return self._create_request(
            **{
                "employer_is_ours": False,
                "employer_name": "某劳务派遣公司",
                "employer_place_id": self.county_a.id,
                **vals,
            }
        )

    def _submit(self, request):
        request.action_submit()
        self.env.flush_all()
        self.env.invalidate_all()
        return request

    def _get_notices(self, request, user):
        domain = [
            ("model", "=", request._name),
            ("res_id", "=", request.id),
            ("partner_ids", "in", user.partner_id.ids),
        ]
        return self.env["mail.message"].sudo().search(domain)

    def test_number_and_way(self):
        """I4: numbered; goes to the county above, whichever house union wrote it."""
        request = self._create_foreign()
        self.assertRegex(request.name, r"^请〔2026〕\d{4}号$")
        self.assertEqual(request.display_name, request.name)
        self.assertEqual(request.receiver_id, self.county_a)
        self.assertFalse(request.is_against_own_house)
        self.assertEqual(
            self._create_request(self.liaison_shop, organization_id=self.shop_a.id).receiver_id, self.county_a
        )

    def test_application_becomes_a_case(self):
        """I4: accepted without retyping; the stamped page is among the papers; the union follows number and stage."""
        request = self._submit(self._create_foreign(is_union_member=True, headcount=2))
        self.assertTrue(self._get_notices(request, self.a_officer))
        request.with_user(self.a_officer).action_accept()
        case = request.sudo().case_id.with_user(self.a_officer)
        self.assertRecordValues(
            case,
            [
                {
                    "state": "draft",
                    "source": "union",
                    "application_manner": "union",
                    "applicant_name": "王小明",
                    "applicant_id_number": WORKER_ID,
                    "applicant_phone": "13803750001",
                    "applicant_kind": "migrant_worker",
                    "is_union_member": True,
                    "headcount": 2,
                    "employer_name": "某劳务派遣公司",
                    "organization_id": self.county_a.id,
                    "matter_id": self.matter_wages.id,
                    "description": "派遣公司拖欠工资",
                }
            ],
        )
        self.assertRecordValues(
            case.document_ids, [{"kind": "application", "confidentiality": "sensitive", "name": request.name}]
        )
        self.assertEqual(case.document_ids.attachment_id.sudo().raw, b"stamped")
        self.assertEqual(request.case_state, "draft")
        case.service_form = "arbitration"
        case.action_submit()
        self.assertEqual(request.case_state, "submitted")
        notice = self._get_notices(request, self.liaison_firm)
        self.assertIn(request.name, notice.body)
        self.assertNotIn("王小明", notice.body)
        with self.assertRaisesRegex(UserError, "only in state"):
            request.with_user(self.a_officer).action_accept()

    def test_need_gets_an_answer(self):
        """I4: a problem or need is answered by the union above, in words; no case comes of it."""
        request = self._create_request(
            kind="need",
            need_kind="training",
            applicant_name=False,
            applicant_id_number=False,
            page=False,
            description="希望开展普法讲座",
        )
        self.assertFalse(request.is_against_own_house)
        self._submit(request)
        office = request.with_user(self.a_officer)
        self.assertEqual(office.action_accept()["res_model"], "legal.aid.reason.dialog")
        office.action_accept(note="下周三安排律师到厂")
        self.assertRecordValues(request, [{"state": "accepted", "answer": "下周三安排律师到厂"}])
        self.assertFalse(request.sudo().case_id)
        self.assertTrue(self._get_notices(request, self.liaison_firm))

    def test_returned(self):
        """I4: sent back with a coded reason; corrected and handed in again."""
        request = self._submit(self._create_foreign())
        office = request.with_user(self.a_officer)
        self.assertEqual(office.action_return()["res_model"], "legal.aid.reason.dialog")
        office.action_return(reason_code="incomplete", note="缺劳动关系证明")
        self.assertRecordValues(request, [{"state": "returned", "return_note": "缺劳动关系证明"}])
        self.assertEqual(request.reason_id.code, "incomplete")
        request.description = "已补充工资条"
        self._submit(request)
        self.assertRecordValues(request, [{"state": "submitted", "reason_id": False, "description": "已补充工资条"}])

    def test_complete_and_in_writing(self):
        """I4, C12: an application is written and stamped; what is missing is named at once. A need is a text."""
        request = self._create_request(
            applicant_name=False,
            matter_id=False,
            page=False,
            description=False,
            applicant_kind=False,
            worker_agrees=False,
        )
        with self.assertRaises(UserError) as caught:
            request.action_submit()
        for label in (
            "Applicant Name",
            "Matter",
            "Stamped Page",
            "Facts and Request",
            "Recipient",
            "The Worker Agrees",
        ):
            self.assertIn(label, str(caught.exception))
        self.assertIn(request.name, str(caught.exception))
        with self.assertRaisesRegex(UserError, "future"):
            self._create_foreign(date="2026-03-03").action_submit()
        with self.assertRaisesRegex(UserError, "Facts and Request"):
            self._create_request(kind="need", need_kind="problem", description=" ").action_submit()
        with self.assertRaisesRegex(UserError, "Help Asked For"):
            self._create_request(kind="need").action_submit()

    def test_against_own_employer(self):
        """I4, DESIGN §3 rule 7: handed in, the house reads number and stage only, and the county handles it."""
        request = self._create_request()
        self.assertRecordValues(
            request, [{"is_against_own_house": True, "employer_name": "测试甲县矿业公司", "applicant_name": "王小明"}]
        )
        self._submit(request)
        office = request.with_user(self.a_officer)
        self.assertEqual(office.applicant_name, "王小明")
        self.assertEqual(office.applicant_name_masked, "王**")
        self.assertFalse(office.can_unmask)
        auditor = request.with_user(self.auditor)
        self.assertEqual(auditor.applicant_name_masked, "王**")
        self.assertTrue(auditor.can_unmask)
        office.action_accept()
        case = request.sudo().case_id
        self.assertEqual(case.organization_id, self.county_a)
        self.env.invalidate_all()
        for user in (self.liaison_firm, self.officer_firm, self.liaison_group):
            with self.subTest(user.login):
                seen = request.with_user(user)
                self.assertEqual(seen.state, "accepted")
                self.assertEqual(seen.case_state, "draft")
                self.assertEqual(seen.case_id.display_name, case.name)
                self.assertTrue(seen.is_closed_to_us)
                for name in (
                    "applicant_name",
                    "applicant_id_number",
                    "applicant_phone",
                    "description",
                    "matter_id",
                    "page",
                ):
                    self.assertFalse(seen[name], name)
                self.assertFalse(
                    self.env["legal.aid.service.request.private"]
                    .with_user(user)
                    .search([("request_id", "=", request.id)])
                )
                self.assertFalse(seen.search([("id", "=", request.id), ("applicant_name", "=", "王小明")]))
                self.assertFalse(seen.search([("id", "=", request.id), ("matter_id", "=", self.matter_wages.id)]))
                with self.assertRaises(AccessError):
                    seen.action_unmask()
                if user == self.officer_firm:
                    self.assertFalse(seen.can_unmask)
                    self.assertFalse(seen.applicant_name_masked)
                with self.assertRaises(AccessError):
                    case.with_user(user).read(["applicant_name"])
        self.assertFalse(self._find("legal.aid.case", self.liaison_firm, case))

    def test_draft_against_own_employer(self):
        """DESIGN §3 rule 7: before it is handed in it is only his who writes it."""
        request = self._create_request()
        self.env.invalidate_all()
        self.assertEqual(request.applicant_name, "王小明")
        for user in (self.officer_firm, self.liaison_group):
            with self.subTest(user.login):
                self.assertFalse(request.with_user(user).applicant_name)
                with self.assertRaises(AccessError):
                    request.with_user(user).write({"applicant_name": "别人"})
        self._submit(request)
        with self.assertRaises(UserError):
            request.write({"applicant_name": "别人"})
        request.with_user(self.a_officer).action_return(reason_code="incomplete")
        self.env.invalidate_all()
        self.assertEqual(request.applicant_name, "王小明")

    def test_own_employer_by_another_name(self):
        """DESIGN §3 rule 7: the box that is not ticked changes nothing where name or union say it is the house itself."""
        for vals in (
            {"employer_name": "测试甲县 矿业公司"},
            {"employer_organization_id": self.firm_a.id},
            {"employer_organization_id": self.shop_a2.id},
            {"employer_organization_id": self.group_a.id},
        ):
            with self.subTest(vals):
                self.assertTrue(self._create_foreign(**{"employer_place_id": False, **vals}).is_against_own_house)

    def test_house_that_may_read(self):
        """I4: an application against somebody else stays the union's own to read, and no other's."""
        request = self._submit(self._create_foreign())
        self.assertEqual(request.with_user(self.officer_firm).applicant_name, "王小明")
        self.assertFalse(request.is_closed_to_us)
        for user in (self.liaison, self.b_officer, self.liaison_shop):
            with self.subTest(user.login):
                self.assertFalse(
                    self.env["legal.aid.service.request"].with_user(user).search([("id", "=", request.id)])
                )
        self.assertFalse(request.with_user(self.liaison_firm).has_access("unlink"))

    def test_on_paper(self):
        """I4: an officer registers what the union handed in on paper, with the day it was written."""
        request = self._create_foreign(user=None)
        paper = self._create_request(
            self.a_officer,
            organization_id=self.firm_t.id,
            employer_is_ours=False,
            employer_name="某公司",
            employer_place_id=self.county_a.id,
            is_paper=True,
            date="2026-02-27",
        )
        paper.action_submit()
        paper.action_accept()
        self.assertEqual(str(paper.case_id.application_date), TODAY)
        self.assertEqual(str(paper.date), "2026-02-27")
        self.assertFalse(request.is_paper)

    def test_who_answers(self):
        """I4: only officers of the union above answer; no union writes for another; a county writes no request."""
        request = self._submit(self._create_foreign())
        for user in (self.liaison_firm, self.officer_firm, self.b_officer, self.auditor):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    request.with_user(user).action_accept(note="x")
                with self.assertRaises(AccessError):
                    request.with_user(user).action_return(reason_code="other")
        with self.assertRaises(AccessError):
            self._create_request(self.liaison_firm, organization_id=self.enterprise_a.id)
        with self.assertRaisesRegex(ValidationError, "handles cases itself"):
            self._create_request(self.a_officer, organization_id=self.county_a.id)
        self.assertTrue(request.with_user(self.city_officer).can_decide)

    def test_back_doors(self):
        """I4: state, number, answer and case are written by the steps only; what was handed in stays as it was."""
        for vals in ({"state": "accepted"}, {"name": "请1"}, {"answer": "好"}, {"submitted_date": TODAY}):
            with self.subTest(vals), self.assertRaises(AccessError):
                self._create_foreign(**vals)
        request = self._submit(self._create_foreign())
        for vals in ({"description": "改"}, {"page": False}, {"employer_is_ours": True}, {"headcount": 9}):
            with self.subTest(vals), self.assertRaises(UserError):
                request.write(vals)
        with self.assertRaises(AccessError):
            request.write({"state": "accepted"})
        with self.assertRaises(AccessError):
            request.sudo().private_ids.with_user(self.liaison_firm).write({"description": "改"})
        copy = request.copy()
        self.assertRecordValues(copy, [{"state": "draft", "submitted_date": False, "applicant_name": False}])
        self.assertNotEqual(copy.name, request.name)

    def test_from_the_portal(self):
        """P2, I4: the enterprise user writes in the name of his own union, and nothing but the facts."""
        requests = self.env["legal.aid.service.request"].with_user(self.portal_firm)
        vals = {"kind": "need", "description": "希望开展普法讲座"}
        request = requests._create_from_portal(self.firm_a, vals).sudo()
        self.assertRecordValues(
            request, [{"organization_id": self.firm_a.id, "state": "draft", "description": "希望开展普法讲座"}]
        )
        with self.assertRaises(AccessError):
            requests._create_from_portal(self.enterprise_a, vals)
        with self.assertRaises(AccessError):
            requests._create_from_portal(self.firm_a, {**vals, "state": "accepted"})
        with self.assertRaises(AccessError):
            requests.with_user(self.lawyer1_user)._create_from_portal(self.firm_a, vals)
