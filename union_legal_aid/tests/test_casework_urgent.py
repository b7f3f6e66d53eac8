from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..tools.clocks import CLOCKS
from .casework_common import TODAY
from .money_common import LegalAidMoneyCommon

REASON = {"is_urgent": True, "urgent_reason": "仲裁时效即将届满"}


@tagged("post_install", "-at_install")
class TestUrgent(LegalAidMoneyCommon):
    """I9, LAA 44: help first, formalities later."""

    def _create_urgent(self, **vals):
        return self._create_case(**{**REASON, "applicant_id_number": False, **vals})

    def test_time_limit_within_seven_days(self):
        """I9, LAA 44(一): six days before the last day aid comes first, seven days before it does not; on the last day it does."""
        for last_day, allowed in (
            ("2026-03-02", True),
            ("2026-03-08", True),
            ("2026-03-09", False),
            ("2026-03-01", False),
        ):
            vals = {"urgent_ground": "limitation", "urgent_limit_date": last_day}
            with self.subTest(last_day):
                if allowed:
                    self.assertEqual(self._create_urgent(**vals).urgent_ground, "limitation")
                else:
                    with self.assertRaisesRegex(ValidationError, "fewer than seven days"), self.cr.savepoint():
                        self._create_urgent(**vals)
        with self.assertRaisesRegex(ValidationError, "no clock of this case"), self.cr.savepoint():
            self._create_urgent(urgent_ground="limitation")

    def test_clock_of_the_case_tells(self):
        """I9, I12: a running clock to sue or to apply for arbitration tells whether the ground applies; a clock of the union does not."""
        case = self._create_case()
        deadlines = self.env["legal.aid.deadline"].sudo()
        values = {
            "res_model": case._name,
            "res_id": case.id,
            "record_name": case.name,
            "organization_id": self.county_a.id,
            "date_trigger": TODAY,
        }
        deadlines.create({**values, "kind": "file_submit", "date_due": "2026-03-03"})
        self.assertFalse(case.urgent_hint)
        kind = self._get_filing_kind()
        clock = deadlines.create({**values, "kind": kind, "date_due": "2026-03-09"})
        case.invalidate_recordset()
        self.assertIn("in 7 days", case.urgent_hint)
        self.assertIn("waits", case.urgent_hint)
        with self.assertRaisesRegex(ValidationError, "fewer than seven days"), self.cr.savepoint():
            case.write({**REASON, "urgent_ground": "limitation"})
        clock.date_due = "2026-03-08"
        case.invalidate_recordset()
        self.assertIn("in 6 days: aid may come", case.urgent_hint)
        case.write({**REASON, "urgent_ground": "limitation"})
        self.assertTrue(case.is_urgent)

    def _get_filing_kind(self):
        return next(kind for kind, clock in CLOCKS.items() if clock.is_filing)

    def test_grounds(self):
        """I9, LAA 44: preservation and other cases need no time limit, every ground a reason; without one given it is “other”."""
        for ground in ("preservation", "other"):
            self.assertEqual(self._create_urgent(urgent_ground=ground).urgent_ground, ground)
        self.assertEqual(self._create_urgent().urgent_ground, "other")
        with self.assertRaisesRegex(ValidationError, "cannot wait"):
            self._create_case(is_urgent=True, urgent_ground="preservation")

    def test_countdown(self):
        """I9: from the first help a clock runs for the formalities; late entry counts from the day help began."""
        case = self._create_urgent()
        self.assertEqual(self._get_due(case, "formalities"), "2026-03-09")
        self.assertIn(case.name, case.sudo().deadline_ids.mapped("record_name"))
        registered_late = self._create_urgent(urgent_since="2026-02-27")
        self.assertEqual(self._get_due(registered_late, "formalities"), "2026-03-06")
        registered_late.urgent_since = "2026-02-28"
        self.assertEqual(self._get_due(registered_late, "formalities"), "2026-03-09")
        with self.assertRaisesRegex(ValidationError, "future"):
            self._create_urgent(urgent_since="2026-03-03")

    def test_mandate_and_work_first(self):
        """I9, C1: in draft and without an identity number a lawyer is mandated, reads his case and works; nothing else is waived."""
        case = self._create_urgent()
        self.assertTrue(case.can_mandate_first)
        self.assertEqual(case.action_mandate_first()["res_model"], "legal.aid.case.assign")
        with self.assertRaisesRegex(UserError, "does not serve"):
            case.action_mandate_first(volunteer_id=self.lawyer2)
        with self.assertRaises(AccessError):
            case.with_user(self.lawyer1_user).read(["name"])
        dialog = self.env["legal.aid.case.assign"].with_user(self.a_officer).create({"case_id": case.id})
        dialog.volunteer_id = self.lawyer1
        dialog.action_confirm()
        self.assertEqual((case.state, case.mandate_id.state), ("draft", "issued"))
        lawyer_case = case.with_user(self.lawyer1_user)
        lawyer_case.action_log_work(hours=2, kind="drafting")
        self.assertIn("decision to grant", lawyer_case.formalities_missing)
        with self.assertRaises(AccessError):
            case.with_user(self.lawyer2_user).read(["name"])
        with self.assertRaisesRegex(UserError, "mandated in case"):
            case.action_mandate_first(volunteer_id=self.lawyer1)
        with self.assertRaisesRegex(UserError, "is not urgent"):
            self._create_case().action_mandate_first(volunteer_id=self.lawyer1)
        with self.assertRaisesRegex(UserError, "is in state"):
            self._create_granted(**REASON).action_mandate_first(volunteer_id=self.lawyer1)

    def test_formalities_complete(self):
        """I9: what is missing is named; with application, decision and mandate made good the formalities are complete."""
        case = self._create_urgent()
        case.action_mandate_first(volunteer_id=self.lawyer1)
        case.with_user(self.lawyer1_user).action_log_work(hours=1)
        with self.assertRaisesRegex(UserError, "Identity Number.*decision to grant"):
            case.action_complete_formalities()
        case.applicant_id_number = "410402198501010125"
        case.action_submit()
        with self.assertRaisesRegex(UserError, "Missing: the decision to grant aid"):
            case.action_complete_formalities()
        with freeze_time("2026-03-04 02:00:00"):
            case.with_user(self.a_manager).action_grant()
        self.assertEqual((case.state, case.volunteer_id), ("assigned", self.lawyer1))
        self.assertEqual(str(case.formalities_date), "2026-03-04")
        self.assertEqual(self._get_due(case, "formalities", "done"), "2026-03-09")
        self.assertEqual(len(case.mandate_ids), 1)
        with self.assertRaisesRegex(UserError, "complete since"):
            case.action_complete_formalities()

    def test_mandate_of_another_union_is_a_formality(self):
        """I9, C1: granted, but the contact-point union has not mandated yet: closing waits, and says for what."""
        self.lawyer1.contact_point_ids += self.enterprise_a
        case = self._create_case(**REASON, contact_point_id=self.enterprise_a.id)
        case.action_mandate_first(volunteer_id=self.lawyer1)
        self.assertEqual(case.mandate_id.state, "draft")
        case.with_user(self.lawyer1_user).action_log_work(hours=1)
        case.action_submit()
        case.with_user(self.a_manager).action_grant()
        self.assertFalse(case.formalities_date)
        self.assertIn(self.enterprise_a.name, case.formalities_missing)
        case.mandate_id.with_user(self.liaison).action_issue()
        self.assertEqual(case.state, "assigned")
        self.assertEqual(str(case.formalities_date), TODAY)

    def test_closing_waits(self):
        """I9: a case whose formalities are missing is not closed, with the sentence that says what is missing."""
        case = self._create_in_progress()
        case.with_user(self.lawyer1_user).action_log_work(hours=1)
        case.mandate_id.sudo()._do_cancel()
        case._workflow_write({"is_urgent": True, "urgent_reason": "x"})
        reasons = case._get_cannot_close_reason("won", case.application_date)
        self.assertIn("mandate", reasons[case])
        with self.assertRaisesRegex(UserError, "mandate"):
            case.with_user(self.lawyer1_user).action_close(outcome="won")

    def test_payment_waits(self):
        """I9: nothing is paid for it either: neither computed, nor handed in, nor posted."""
        payout = self._create_payout()
        expense = self._create_approved_expense()
        payout.action_compute()
        self.approve(payout, self.a_officer, self.a_manager)
        case = expense.case_id
        # As a case stands that history left without its mandate.
        case.mandate_id.sudo()._do_cancel()
        case._workflow_write({"is_urgent": True, "urgent_reason": "x"})
        for step in (
            lambda: payout.with_user(self.a_finance).action_post(date=TODAY),
            lambda: payout.with_user(self.a_finance).action_export_bank_file(),
        ):
            with self.assertRefused(UserError, "formalities are not complete. Missing: the mandate"):
                step()
        other = self._create_archived()
        other.mandate_id.sudo()._do_cancel()
        other._workflow_write({"is_urgent": True, "urgent_reason": "x"})
        with self.assertRefused(UserError, "formalities are not complete"):
            self._create_expense(case=other)

    def test_mark_stays_once_help_was_given(self):
        """I9: whoever worked on the strength of the mark cannot take it away, by no door; before that he can."""
        case = self._create_urgent()
        case.is_urgent = False
        self.assertIsNone(self._get_due(case, "formalities"))
        self.assertFalse(case.urgent_ground)
        case.write(REASON)
        case.action_mandate_first(volunteer_id=self.lawyer1)
        case.with_user(self.lawyer1_user).action_log_work(hours=1)
        with self.assertRaisesRegex(UserError, "the mark stays"):
            case.is_urgent = False
        with self.assertRaises(AccessError):
            case.formalities_date = TODAY
        with self.assertRaises(AccessError):
            case.with_user(self.lawyer1_user).action_complete_formalities()
        with self.assertRaises(AccessError):
            self._create_case(**REASON, formalities_date=TODAY)

    def test_refused_urgent_case(self):
        """I9: with the refusal the mandate given first ends, and the lawyer is told; clocks run no more."""
        case = self._create_case(**REASON)
        case.action_mandate_first(volunteer_id=self.lawyer1)
        case.action_submit()
        before = self.env["mail.message"].search([])
        case.with_user(self.a_manager).action_refuse(reason_code="not_in_scope")
        self.assertEqual(case.mandate_id.state, "cancelled")
        told = (self.env["mail.message"].search([]) - before).filtered(
            lambda message: self.lawyer1_user.partner_id in message.notified_partner_ids
        )
        self.assertIn(case.name, told.mapped("subject")[0])
        self.assertFalse(case.sudo().deadline_ids.filtered(lambda deadline: deadline.state == "open"))

    def test_next_step(self):
        """I9: the page says first what has to be made good."""
        case = self._create_urgent()
        self.assertIn("Make good the formalities", case.next_step)
