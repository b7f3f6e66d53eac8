from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .casework_common import LegalAidCaseworkCommon


@tagged("post_install", "-at_install")
class TestGates(LegalAidCaseworkCommon):
    """C12: print, stamp, photograph, attach; the page opens the gate, and the configuration says which gate that is."""

    def _attach(self, case, *kinds, user=None):
        for kind in kinds:
            case.with_user(user or self.lawyer1_user).action_add_document(
                kind=kind, filename=f"{kind}.jpg", content=b"jpg"
            )

    def _guard(self, stage, kind="attorney", **vals):
        return self.env["legal.aid.closing.item"].create(
            {"name": "盖章件", "stage": stage, "document_kind": kind, "service_form": "arbitration", **vals}
        )

    def _get_clock(self, case):
        return case.sudo().deadline_ids.filtered(lambda clock: clock.kind == "agency").sorted("id")[-1:]

    # The clock of five days

    def test_both_pages_meet_the_clock(self):
        """C1, C12: the day of signing counts, not the day of the photograph; one page of two proves nothing."""
        case = self._create_in_progress()
        case.with_user(self.lawyer1_user).action_sign_agency(date="2026-03-02")
        self._attach(case, "attorney")
        self.assertEqual(self._get_clock(case).state, "open")
        with freeze_time("2026-03-12 02:00:00"):
            self._attach(case, "agreement")
            self.assertRecordValues(self._get_clock(case), [{"state": "done", "light": "done"}])
        self.assertEqual(str(self._get_clock(case).date_done), "2026-03-02")

    def test_last_day_and_day_after(self):
        """C1: the fifth day is a Saturday, so Monday the 9th is in time; the 10th is late."""
        for day, light in (("2026-03-09", "done"), ("2026-03-10", "late_done")):
            with self.subTest(day):
                case = self._create_in_progress()
                with freeze_time(f"{day} 02:00:00"):
                    self._attach(case, "attorney", "agreement")
                    self.assertEqual(str(case.agency_signed_date), day)
                    self.assertEqual(self._get_clock(case).light, light)

    def test_one_photograph_of_both(self):
        """C12: one photograph that shows both papers is the same proof."""
        case = self._create_in_progress()
        self._attach(case, "agency")
        self.assertEqual(self._get_clock(case).state, "done")
        self.assertTrue(case._has_stamped_page("attorney") and case._has_stamped_page("agreement"))

    def test_gate_opens_no_paper(self):
        """C12, O2: that a gate looks through all papers shows the lawyer none that is not his, and hides none from the gate."""
        case = self._create_in_progress()
        papers = self.env["legal.aid.case.document"].create(
            [{"case_id": case.id, "kind": kind, "confidentiality": "internal"} for kind in ("attorney", "agreement")]
        )
        for paper in papers:
            paper._attach("内部.jpg", b"jpg")
        self.env.invalidate_all()
        mine = case.with_user(self.lawyer1_user)
        self.assertTrue(mine._has_stamped_page("agency"))
        self.assertFalse(mine.document_ids & papers)
        self.env.invalidate_all()
        self.assertFalse(mine.document_ids & papers)
        self.assertTrue(mine._has_stamped_page("agency"))
        with self.assertRaises(AccessError):
            mine.read(["all_document_ids"])

    def test_form_without_pages(self):
        """C12: where the configuration asks for no page, the day alone meets the clock."""
        case = self._create_in_progress(service_form="advice")
        case.action_sign_agency()
        self.assertEqual(self._get_clock(case).state, "done")

    def test_gate_is_configuration(self):
        """C12, X4: which page the clock waits for is data."""
        self.env.ref("union_legal_aid.closing_item_arbitration_clock_agreement").active = False
        case = self._create_in_progress()
        case.action_sign_agency()
        self._attach(case, "attorney")
        self.assertEqual(self._get_clock(case).state, "done")

    def test_page_is_not_taken_away(self):
        """C12, back doors: a page on which a met clock rests is replaced, not deleted, emptied or renamed."""
        case = self._create_in_progress()
        self._attach(case, "attorney", "agreement")
        page = case.document_ids.filtered(lambda page: page.kind == "attorney")
        with self.assertRaises(ValidationError):
            page.write({"kind": "other"})
        with self.assertRaises(ValidationError):
            page.write({"attachment_id": False})
        with self.assertRaises(ValidationError):
            page.unlink()
        page.file = "anBn"  # another photograph of the same page
        self.assertEqual(self._get_clock(case).state, "done")

    def test_next_lawyer_needs_his_own(self):
        """C6, C12: what was signed for the former lawyer proves nothing for the next one; nobody marks it by hand."""
        case = self._create_in_progress()
        self._attach(case, "attorney", "agreement")
        case.action_change_lawyer(reason_code="recipient")
        case.action_assign(volunteer_id=self.lawyer1)
        old = case.document_ids
        self.assertEqual(set(old.mapped("is_superseded")), {True})
        case.action_sign_agency()
        self.assertEqual(self._get_clock(case).state, "open")
        with self.assertRaises(AccessError):
            old.write({"is_superseded": False})
        with self.assertRaises(AccessError):
            old.with_context(legal_aid_workflow=True).write({"is_superseded": False})
        self._attach(case, "agency")
        self.assertEqual(self._get_clock(case).state, "done")

    # The other gates

    def test_work_gate(self):
        """C12: where the configuration guards work by a page, no work is logged without; an urgent case is never stopped."""
        self._guard("work")
        case = self._create_in_progress()
        with self.assertRaises(UserError) as caught:
            case.with_user(self.lawyer1_user).action_log_work(hours=1)
        self.assertIn("盖章件", caught.exception.args[0])
        urgent = self._create_in_progress(is_urgent=True, urgent_ground="preservation", urgent_reason="财产即将转移")
        urgent.with_user(self.lawyer1_user).action_log_work(hours=1)
        self._attach(case, "attorney")
        case.with_user(self.lawyer1_user).action_log_work(hours=1)
        logs = self.env["legal.aid.work.log"].sudo()
        self.assertEqual(logs.search_count([("case_id", "=", case.id)]), 1)

    def test_close_gate(self):
        """I9, C12: closing waits for the page, of an urgent case as well."""
        self._guard("close")
        for vals in ({}, {"is_urgent": True, "urgent_ground": "preservation", "urgent_reason": "财产即将转移"}):
            with self.subTest(**vals):
                case = self._create_in_progress(**vals)
                lawyer_case = case.with_user(self.lawyer1_user)
                lawyer_case.action_log_work(hours=1)
                with self.assertRaisesRegex(UserError, "盖章件"):
                    lawyer_case.action_close(outcome="won")
                self._attach(case, "agency")
                lawyer_case.action_close(outcome="won")

    def test_pay_gate(self):
        """C12: what payment waits for is asked for before the papers are closed, and before any money."""
        gate = self._guard("pay")
        case = self._create_closed()
        self.assertIn("盖章件", case._get_no_payment_reason()[case])
        self.assertIn("盖章件", case.next_step)
        with self.assertRaisesRegex(UserError, "盖章件"):
            case.action_archive(file_received_date="2026-03-02")
        self._attach(case, "attorney")
        case.action_archive(file_received_date="2026-03-02")
        self.assertFalse(case._get_no_payment_reason()[case])
        gate.document_kind = "hardship"  # an older archive does not pay either
        self.assertIn("盖章件", case._get_no_payment_reason()[case])

    def test_grant_notice(self):
        """C9, C12: the notice of the grant is proven by its delivery or by the stamped page."""
        item = self.env.ref("union_legal_aid.closing_item_grant_notice")
        case = self._create_closed()
        self.assertFalse(item._is_met(case))
        notice = case.action_issue_document("grant")
        self.assertFalse(item._is_met(case))
        notice.action_deliver(date="2026-03-02", method="direct", received_by="王小明")
        self.assertTrue(item._is_met(case))
        other = self._create_closed()
        self._attach(other, "notice", user=self.a_officer)
        self.assertTrue(item._is_met(other))

    def test_optional_item_stops_nothing(self):
        """C12: an item that is not mandatory is shown and stops nobody."""
        self._guard("close", is_mandatory=False)
        case = self._create_closed()
        self.assertEqual(case.state, "closed")

    # What is said, and to whom

    def test_next_step_and_button(self):
        """C12: the line says what is missing, and the button opens the paper with its kind chosen."""
        case = self._create_in_progress()
        self.assertIn("power of attorney", case.next_step)
        self.assertIn("power of attorney", case.gate_missing)
        self.assertTrue(case.can_attach_page)
        self.assertEqual(case.action_attach_page()["context"]["default_kind"], "attorney")
        self._attach(case, "attorney")
        case.invalidate_recordset()
        self.assertEqual(case.action_attach_page()["context"]["default_kind"], "agreement")
        self._attach(case, "agreement")
        case.invalidate_recordset()
        self.assertFalse(case.gate_missing)
        self.assertNotIn("photograph", case.next_step)

    def test_readers(self):
        """O2: the auditor reads what is missing and is offered no button; another county and the portal read nothing."""
        case = self._create_in_progress()
        seen = case.with_user(self.auditor)
        self.assertTrue(seen.gate_missing)
        self.assertFalse(seen.can_attach_page)
        for user in (self.auditor, self.b_officer, self.lawyer1_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                case.with_user(user).action_attach_page()
        with self.assertRaises(AccessError):
            case.with_user(self.lawyer1_user).read(["gate_missing"])
