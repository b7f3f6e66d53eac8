from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .casework_common import TODAY
from .money_common import LegalAidMoneyCommon


@tagged("post_install", "-at_install")
class TestFile(LegalAidMoneyCommon):
    def _get_clock(self, case, kind):
        return case.sudo().deadline_ids.filtered(lambda clock: clock.kind == kind).sorted("id")[-1:]

    def _get_file_items(self, case):
        return case._get_missing_items("file").ids

    def test_day_30_and_31(self):
        """C8: the file is due on the 30th day from closing; that day is in time, the next one is late."""
        for day, light in (("2026-04-01", "done"), ("2026-04-02", "late_done")):
            with self.subTest(day):
                case = self._create_closed()
                self.assertEqual(self._get_due(case, "file_submit"), "2026-04-01")
                with freeze_time(f"{day} 02:00:00"):
                    case.action_receive_file(date=day)
                self.assertEqual(self._get_clock(case, "file_submit").light, light)

    def test_review_day_30_and_31(self):
        """C8: the review is due on the 30th day from the receipt."""
        for day, light in (("2026-04-01", "done"), ("2026-04-02", "late_done")):
            with self.subTest(day):
                case = self._create_closed()
                case.action_receive_file(date=TODAY)
                self.assertEqual(self._get_due(case, "file_review"), "2026-04-01")
                with freeze_time(f"{day} 02:00:00"):
                    case.action_accept_file(seen_item_ids=self._get_file_items(case))
                self.assertEqual(self._get_clock(case, "file_review").light, light)

    def test_lawyer_hands_in(self):
        """C8: the lawyer hands in by documents; what is missing is named; the officer accepts, archives, pays."""
        case = self._create_closed()
        lawyer = case.with_user(self.lawyer1_user)
        with self.assertRaisesRegex(UserError, "Missing: .*Pleading"):
            lawyer.action_hand_in_file()
        for kind in ("agency", "pleading", "decision"):
            lawyer.action_add_document(kind=kind, filename=f"{kind}.pdf", content=b"%PDF")
        lawyer.action_hand_in_file()
        self.assertEqual(case.file_state, "received")
        with self.assertRaisesRegex(UserError, "is in already"):
            lawyer.action_hand_in_file()
        with self.assertRaisesRegex(UserError, "not reviewed yet"):
            case.action_archive()
        case.action_accept_file(seen_item_ids=self._get_file_items(case))  # the notice of the grant came with it
        case.action_archive()
        self.assertEqual(case.state, "archived")
        # What is left is to pay the fee.
        self.assertEqual(case.sudo().deadline_ids.filtered(lambda clock: clock.state == "open").mapped("kind"), ["pay"])

    def test_whole_file_as_one_document(self):
        """C8: one scanned file will do; the reviewer says what he saw in it."""
        case = self._create_closed()
        lawyer = case.with_user(self.lawyer1_user)
        lawyer.action_add_document(kind="file", filename="卷宗.pdf", content=b"%PDF")
        lawyer.action_hand_in_file()
        with self.assertRaisesRegex(UserError, "cannot be accepted"):
            case.action_accept_file()
        case.action_accept_file(seen_item_ids=self._get_file_items(case))
        self.assertIn("Pleading", case.file_review_ids.seen_in_file)

    def test_return_and_again(self):
        """C8: returned with coded reasons, the clock of handing in runs again; each attempt stays on record."""
        case = self._create_closed()
        case.action_receive_file(date=TODAY)
        with self.assertRaisesRegex(UserError, "at least one reason"):
            case.action_return_file()
        case.action_return_file(reason_codes=["incomplete", "unsigned"], note="缺授权委托书签名")
        self.assertEqual((case.file_state, case.file_received_date), ("returned", False))
        self.assertEqual(self._get_due(case, "file_submit"), "2026-04-01")
        self.assertIsNone(self._get_due(case, "file_review"))
        seen = case.file_review_ids.with_user(self.lawyer1_user)
        self.assertEqual(set(seen.reason_ids.mapped("code")), {"incomplete", "unsigned"})
        with self.assertRaisesRegex(UserError, "is not in"):
            case.action_archive()
        case.action_receive_file()
        case.action_accept_file(seen_item_ids=self._get_file_items(case))
        self.assertEqual(case.file_review_ids.sorted("attempt").mapped("state"), ["returned", "accepted"])

    def test_who_reviews(self):
        """C8: not the lawyer, not another county; a leader may sign, but not his own review."""
        case = self._create_closed()
        case.action_receive_file(date=TODAY)
        for user in (self.lawyer1_user, self.b_officer):
            with self.subTest(user.login), self.assertRaises(AccessError):
                case.with_user(user).action_accept_file(seen_item_ids=self._get_file_items(case))
        self.lawyer1.sudo().write({"partner_id": self.a_officer.partner_id.id, "user_id": self.a_officer.id})
        with self.assertRaisesRegex(AccessError, "somebody else reviews"):
            case.action_accept_file(seen_item_ids=self._get_file_items(case))
        self.lawyer1.sudo().write({"partner_id": self.lawyer1_user.partner_id.id, "user_id": self.lawyer1_user.id})
        case.action_accept_file(seen_item_ids=self._get_file_items(case))
        review = case.file_review_ids
        with self.assertRaises(AccessError):
            review.action_sign()
        review.with_user(self.a_manager).action_sign()
        self.assertEqual(review.signed_by_id, self.a_manager)

    def test_reviews_have_no_back_door(self):
        """C8: reviews are written by the steps of the case only."""
        case = self._create_closed()
        with self.assertRaises(AccessError):
            self.env["legal.aid.file.review"].with_user(self.a_officer).create(
                {"case_id": case.id, "received_date": TODAY, "state": "accepted"}
            )
        case.action_receive_file(date=TODAY)
        with self.assertRaises(AccessError):
            case.file_review_ids.with_user(self.a_officer).write({"state": "accepted"})

    def test_pay_only_after_archive(self):
        """C8, M2: an accepted file is not an archived one; the fee waits for the archive."""
        case = self._create_closed()
        case.action_receive_file(date=TODAY)
        case.action_accept_file(seen_item_ids=self._get_file_items(case))
        with self.assertRaisesRegex(UserError, "only for an archived case"), self.cr.savepoint():
            self._create_expense(case)
        case.action_archive()
        self.assertTrue(self._create_expense(case).amount_allowed)

    def test_over_the_counter(self):
        """C8: a paper file that is complete is received, reviewed and archived in one act, each on record."""
        case = self._create_archived()
        self.assertRecordValues(
            case.file_review_ids,
            [{"state": "accepted", "is_on_paper": True, "reviewer_id": self.a_officer.id}],
        )
        self.assertEqual(str(case.file_received_date), TODAY)

    def test_dialogs(self):
        """C8: receive, review and archive by the buttons of the form."""
        case = self._create_closed()
        action = case.with_context(legal_aid_dialog=True).action_receive_file()
        dialog = self.env[action["res_model"]].with_user(self.a_officer).create({"case_id": case.id})
        dialog.action_confirm()
        action = case.action_review_file()
        dialog = self.env[action["res_model"]].with_user(self.a_officer).create({"case_id": case.id})
        self.assertIn("✗", dialog.check_list)
        dialog.seen_item_ids = dialog.missing_item_ids
        dialog.action_accept_and_archive()
        self.assertEqual(case.state, "archived")
