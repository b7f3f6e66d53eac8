from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .casework_common import TODAY, LegalAidCaseworkCommon


@tagged("post_install", "-at_install")
class TestClosing(LegalAidCaseworkCommon):
    def _create_worked(self, **vals):
        case = self._create_in_progress(**vals).with_user(self.lawyer1_user)
        case.action_log_work(hours=1, kind="hearing")
        return case

    def test_date_follows_the_rule(self):
        """C8, F§1.2: the case closes on the day the award was received; the clock of the file runs from there."""
        case = self._create_worked()
        with freeze_time("2026-09-07 02:00:00"):
            case.action_close(outcome="won", closing_basis="award", basis_date="2026-09-01")
        seen = case.with_user(self.a_officer)
        self.assertEqual(str(seen.closed_date), "2026-09-01")
        self.assertEqual(str(seen.closing_recorded_date), "2026-09-07")
        self.assertIn("received the award", seen.closing_rule)
        self.assertEqual(self._get_due(seen, "file_submit"), "2026-10-08")  # F§12 worked example

    def test_another_day_needs_a_reason(self):
        """C8: a closing date that is not the day of the rule is refused with the rule, and taken with a reason."""
        case = self._create_worked()
        with freeze_time("2026-03-20 02:00:00"):
            given = {"outcome": "won", "basis_date": "2026-03-10", "closed_date": "2026-03-12"}
            with self.assertRaisesRegex(UserError, "2026-03-10"):
                case.action_close(**given)
            case.action_close(**given, date_reason="送达回证日期有误")
        self.assertEqual(str(case.closed_date), "2026-03-12")
        self.assertEqual(case.with_user(self.a_officer).closing_date_reason, "送达回证日期有误")

    def test_future_day(self):
        """C8: nothing closes by a document that did not come yet."""
        case = self._create_worked()
        with self.assertRaisesRegex(UserError, "future"):
            case.action_close(outcome="won", basis_date="2026-03-03", closed_date=TODAY, date_reason="x")

    def test_outcome_fits_the_form(self):
        """C8: a lawsuit is won or lost, a mediation is not."""
        for form, good, bad in (
            ("litigation", "lost", "no_agreement"),
            ("arbitration", "partly_won", "completed"),
            ("mediation", "no_agreement", "won"),
            ("advice", "completed", "lost"),
            ("drafting", "completed", "settled"),
        ):
            with self.subTest(form):
                case = self._create_worked(service_form=form)
                with self.assertRaisesRegex(UserError, "does not fit"):
                    case.action_close(outcome=bad)
                case.action_close(outcome=good)
                self.assertEqual(case.outcome, good)

    def test_basis_fits_the_form(self):
        """C8: an arbitration does not close by a judgment; parties who settle close by their agreement."""
        case = self._create_worked()
        with self.assertRaisesRegex(UserError, "does not close by that"):
            case.action_close(outcome="won", closing_basis="judgment")
        case.action_close(outcome="settled")
        self.assertEqual(case.with_user(self.a_officer).closing_basis, "agreement")

    def test_check_list_is_configured(self):
        """C8: what the check-list asks for before closing is named in one sentence, with what to do."""
        item = self.env.ref("union_legal_aid.closing_item_arbitration_tribunal")
        item.is_mandatory = True
        case = self._create_worked()
        with self.assertRaisesRegex(UserError, "Missing: Court or commission"):
            case.action_close(outcome="won")
        case.with_user(self.a_officer).write(
            {"tribunal_name": "某仲裁委", "tribunal_case_number": "平劳人仲案字〔2026〕1号"}
        )
        case.action_close(outcome="won")
        with self.assertRaises(AccessError):
            item.with_user(self.a_officer).is_mandatory = False

    def test_dialog_proposes(self):
        """C8: the dialog proposes document and day, with the rule."""
        case = self._create_worked(service_form="mediation").with_user(self.a_officer)
        self.assertEqual(case.action_close()["res_model"], "legal.aid.case.close")
        dialog = (
            self.env["legal.aid.case.close"]
            .with_user(self.a_officer)
            .create({"case_id": case.id, "outcome": "mediated"})
        )
        self.assertEqual((dialog.closing_basis, str(dialog.closed_date)), ("agreement", TODAY))
        self.assertIn("agreement was reached", dialog.rule)
        self.assertNotIn("won", dialog.fitting_outcomes)
        dialog.action_confirm()
        self.assertEqual(case.state, "closed")

    def test_back_doors(self):
        """C8: the closing date changes by closing only."""
        case = self._create_closed()
        for name in ("closed_date", "closing_basis", "outcome", "file_received_date"):
            with self.subTest(name), self.assertRaises(AccessError):
                case.write({name: False})

    def test_stamped_page(self):
        """C12: the photographed page is the proof that the paper was signed and stamped."""
        case = self._create_in_progress()
        self.assertFalse(case._has_stamped_page("agency"))
        case.action_add_document(kind="agency", filename="授权委托书.jpg", content=b"jpg")
        self.assertTrue(case._has_stamped_page("agency"))
