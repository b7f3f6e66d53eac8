from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.organization.legal_aid_workflow_mixin import WORKFLOW_TOKEN
from .casework_common import TODAY
from .money_common import LegalAidMoneyCommon


@tagged("post_install", "-at_install")
class TestShareDispute(LegalAidMoneyCommon):
    """M3: the other payer agrees or disputes; a dispute goes up, and nothing is paid until it is settled."""

    def setUp(self):
        super().setUp()
        self.expense = self._create_expense(self._create_shared_case(heads_b=1))
        self.share_b = self.expense.allocation_ids.filtered(lambda share: share.organization_id == self.county_b)
        self.share_a = self.expense.allocation_ids - self.share_b

    def _dispute(self, **vals):
        self.approve(self.expense, self.a_officer, self.a_manager)
        self.share_b.with_user(self.b_officer).action_dispute(
            **{"reason_code": "not_ours", "note": "不是本县职工", **vals}
        )

    def test_coded_reason(self):
        """M3: without a reason a dialog, with an unknown one the list of those there are; a note is not needed."""
        self.approve(self.expense, self.a_officer, self.a_manager)
        share = self.share_b.with_user(self.b_officer)
        dialog = share.action_dispute()
        self.assertEqual(dialog["context"]["default_usage"], "share")
        with self.assertRefused(UserError, "not_ours.*headcount"):
            share.action_dispute(reason_code="unknown")
        share.action_dispute(reason_code="headcount")
        self.assertEqual(share.dispute_note, "The number of workers is wrong")
        self.assertEqual((share.state, share.superior_id), ("disputed", self.city))

    def test_nothing_is_paid_until_settled(self):
        """M3: neither the disputed share nor any other of the same fee, whatever stage its payout has reached."""
        self.approve(self.expense, self.a_officer, self.a_manager)
        early = self._create_approved_payout()
        self.share_b.with_user(self.b_officer).action_dispute(reason_code="not_ours")
        for step in (
            lambda: early.with_user(self.a_finance).action_export_bank_file(),
            lambda: early.with_user(self.a_finance).action_post(date=TODAY),
        ):
            with self.assertRefused(UserError, "until that is settled"):
                step()
        early.action_cancel(note="份额有异议")
        for payer, user in ((self.county_a, self.a_officer), (self.county_b, self.b_officer)):
            payout = self._create_payout(payer=payer, user=user)
            with self.assertRefused(UserError, "disput"):
                payout.action_compute()
        self.share_b.with_user(self.city_manager).action_uphold(note="名册证明属乙县")
        payout = self._create_approved_payout()
        payout.with_user(self.a_finance).action_post(date=TODAY)
        self.assertEqual((payout.state, self.share_a.state), ("paid", "paid"))

    def test_upheld_share_stands(self):
        """M3: settled by the leader of the common superior, with the note on the fee; not disputed a second time."""
        self._dispute()
        self.assertTrue(self.share_b.with_user(self.city_manager).can_settle)
        dialog = self.share_b.with_user(self.city_manager).action_uphold()
        self.assertEqual(dialog["res_model"], "legal.aid.reason.dialog")
        self.share_b.with_user(self.city_manager).action_uphold(note="名册证明属乙县")
        self.assertRecordValues(
            self.share_b,
            [
                {
                    "state": "proposed",
                    "settlement": "upheld",
                    "settled_by_id": self.city_manager.id,
                    "disputed_by_id": self.b_officer.id,
                }
            ],
        )
        self.assertIn("名册证明属乙县", "".join(str(body) for body in self.expense.sudo().message_ids.mapped("body")))
        with self.assertRefused(UserError, "That stands"):
            self.share_b.with_user(self.b_officer).action_dispute(reason_code="not_ours")
        payout = self._create_payout(payer=self.county_b, user=self.b_officer)
        payout.action_compute()
        self.assertEqual(payout.amount_total, 800)

    def test_returned_fee_is_computed_again(self):
        """M3: the payer is right: the fee is a draft again with the decision on it, and its shares are new proposals."""
        self._dispute()
        self.share_b.with_user(self.city_manager).action_return(note="两名职工都属甲县")
        self.assertEqual((self.expense.state, self.expense.return_note), ("draft", "两名职工都属甲县"))
        self.assertEqual(self.expense.approval_state, "none")
        self.assertFalse(self.expense.is_reexamined)
        parties = self.env["legal.aid.case.party"].with_context(legal_aid_workflow=WORKFLOW_TOKEN)
        parties.search(
            [("case_id", "=", self.expense.case_id.id), ("organization_id", "=", self.county_b.id)]
        ).organization_id = self.county_a
        self.expense.action_compute()
        self.assertEqual(self.expense.allocation_ids.organization_id, self.county_a)
        self.approve(self.expense, self.a_officer, self.a_manager)
        self.assertFalse(self.expense.return_note)

    def test_new_proposal_can_be_disputed_again(self):
        self._dispute()
        self.share_b.with_user(self.city_manager).action_return(note="再算一次")
        self.expense.action_compute()
        self.assertRecordValues(self.share_b, [{"state": "proposed", "settlement": False, "dispute_note": False}])
        self.approve(self.expense, self.a_officer, self.a_manager)
        self.share_b.with_user(self.b_officer).action_dispute(reason_code="amount")
        self.assertEqual(self.share_b.state, "disputed")

    def test_who_settles(self):
        """M3: a leader of the city, nobody of either county, no officer, no finance; and never who disputed it himself."""
        self._dispute()
        for user in (
            self.a_officer,
            self.a_manager,
            self.b_officer,
            self.b_manager,
            self.b_finance,
            self.city_officer,
            self.city_finance,
            self.auditor,
        ):
            share = self.share_b.with_user(user)
            self.assertFalse(share.can_settle, user.login)
            for step in (share.action_uphold, share.action_return):
                with self.assertRefused(AccessError):
                    step(note="x")

    def test_the_city_as_payer(self):
        """M3: where the city pays for the other county, its leader may dispute; another leader of the city settles."""
        self.county_b.bears_case_expense = False
        own = self._create_expense(self._create_shared_case(heads_b=1))
        self.approve(own, self.a_officer, self.a_manager)
        share = own.allocation_ids.filtered(lambda share: share.organization_id == self.city)
        share.with_user(self.city_manager).action_dispute(reason_code="not_ours")
        with self.assertRefused(AccessError, "did not dispute it himself"):
            share.with_user(self.city_manager).action_uphold(note="x")
        second = self._create_user("t_city_manager_2", self.city, "manager")
        self.city.manager_user_ids |= second
        share.with_user(second).action_uphold(note="名册属实")
        self.assertEqual(share.settlement, "upheld")

    def test_superiors_do_not_answer_for_the_payer(self):
        """M3: the city sees the share of a county, but agreeing and disputing is the county's own."""
        self.approve(self.expense, self.a_officer, self.a_manager)
        share = self.share_b.with_user(self.city_manager)
        self.assertFalse(share.can_agree or share.can_dispute)
        with self.assertRefused(UserError, "itself"):
            share.action_dispute(reason_code="not_ours")
        with self.assertRefused(UserError, "itself"):
            share.action_agree()

    def test_only_what_is_disputed_is_settled(self):
        self.approve(self.expense, self.a_officer, self.a_manager)
        with self.assertRefused(UserError, "is not disputed"):
            self.share_b.with_user(self.city_manager).action_uphold(note="x")

    def test_agreement_stands(self):
        """M3: the payer agrees in so many words, or takes its dispute back; then it cannot dispute any more."""
        self._dispute()
        share = self.share_b.with_user(self.b_officer)
        self.assertTrue(share.can_agree)
        share.action_agree(note="已核对")
        self.assertRecordValues(
            share, [{"state": "proposed", "agreed_by_id": self.b_officer.id, "disputed_by_id": False}]
        )
        self.assertFalse(share.can_agree or share.can_dispute)
        with self.assertRefused(UserError, "That stands"):
            share.action_dispute(reason_code="not_ours")
        with self.assertRefused(UserError, "no agreement"):
            share.action_agree()
        with self.assertRefused(UserError):
            self.share_a.with_user(self.a_officer).action_agree()
        with self.assertRefused(AccessError):
            self.share_b.with_user(self.b_finance).action_agree()

    def test_leaders_find_it_among_their_activities(self):
        """M3: the leader of the city is asked; the activity goes when the dispute does."""
        self._dispute()
        activity = self.env.ref("union_legal_aid.mail_activity_type_dispute")
        todo = self.env["mail.activity"].search(
            [("activity_type_id", "=", activity.id), ("res_id", "=", self.expense.id)]
        )
        self.assertEqual((todo.user_id, todo.res_model), (self.city_manager, "legal.aid.expense"))
        self.share_b.with_user(self.b_officer).action_agree()
        self.assertFalse(todo.exists())

    def test_paid_share_stands_in_the_way_of_a_return(self):
        """M3: what was paid before the dispute is reversed first; until then the fee cannot be taken apart."""
        self.approve(self.expense, self.a_officer, self.a_manager)
        payout = self._create_approved_payout()
        payout.with_user(self.a_finance).action_post(date=TODAY)
        self.share_b.with_user(self.b_officer).action_dispute(reason_code="not_ours")
        with self.assertRefused(UserError, payout.name):
            self.share_b.with_user(self.city_manager).action_return(note="x")

    def test_doors(self):
        """Rule 1: nobody writes a settlement, an agreement or a superior himself."""
        self._dispute()
        for vals in (
            {"settlement": "upheld"},
            {"settled_date": TODAY},
            {"agreed_date": TODAY},
            {"disputed_date": False},
            {"superior_id": self.county_b.id},
        ):
            for user in (self.b_officer, self.city_manager, self.a_officer):
                with self.assertRefused(AccessError):
                    self.share_b.with_user(user).write(vals)


@tagged("post_install", "-at_install")
class TestPayClock(LegalAidMoneyCommon):
    """The clock of payment (F§1.3, 法律援助法 §52): from the review that was passed to the payment."""

    def _get_clock(self, case):
        domain = [("res_model", "=", "legal.aid.case"), ("res_id", "=", case.id), ("kind", "=", "pay")]
        return self.env["legal.aid.deadline"].search([*domain, ("state", "!=", "void")])

    def test_from_review_to_payment(self):
        """F§1.3: opened by the accepted review, 30 days by default, told to who pays, closed by the payment on its day."""
        case = self._create_archived()
        clock = self._get_clock(case)
        self.assertRecordValues(clock, [{"state": "open", "date_trigger": clock.date_trigger}])
        self.assertEqual((str(clock.date_trigger), str(clock.date_due)), (TODAY, "2026-04-01"))
        expense = self._create_expense(case)
        self.assertEqual(expense.with_user(self.a_officer).pay_by_date, clock.date_due)
        self.approve(expense, self.a_officer, self.a_manager)
        self.assertEqual(expense.allocation_ids.with_user(self.a_finance).pay_by_date, clock.date_due)
        payout = self._create_approved_payout()
        self.assertEqual(self._get_clock(case).state, "open")
        payout.with_user(self.a_finance).action_post(date=TODAY)
        self.assertRecordValues(self._get_clock(case), [{"state": "done", "date_done": payout.date}])
        self.assertFalse(expense.pay_by_date)

    def test_length_by_policy(self):
        """O6: as many days as the policy of the case says."""
        self._create_policy(pay_days=60)
        case = self._create_archived()
        self.assertEqual(str(self._get_clock(case).date_due), "2026-05-06")

    def test_payer_outside_the_erp(self):
        """M3: where two counties pay, the clock ends when both have paid; one of them confirms with its bank's receipt."""
        expense = self._create_expense(self._create_shared_case(heads_b=1))
        case = expense.case_id
        self.approve(expense, self.a_officer, self.a_manager)
        self._create_approved_payout().with_user(self.a_finance).action_post(date=TODAY)
        self.assertEqual(self._get_clock(case).state, "open")
        payout = self._create_payout(payer=self.county_b, user=self.b_officer)
        payout.action_compute()
        self.approve(payout, self.b_officer, self.b_manager)
        receipt = self.env["ir.attachment"].with_user(self.b_officer).create({"name": "回单.pdf", "raw": b"receipt"})
        payout.action_confirm_paid(date=TODAY, evidence=receipt)
        self.assertEqual(self._get_clock(case).state, "done")

    def test_returned_payment_runs_on(self):
        """M7: money that the bank sent back is still to be paid, from the same day on."""
        payout = self._create_paid_payout()
        case = payout.line_ids.allocation_id.expense_id.case_id
        payout.line_ids.with_user(self.a_finance).action_return(
            reason_code=self.env["legal.aid.reason"].search([("usage", "=", "payment")], limit=1).code
        )
        running = self._get_clock(case).filtered(lambda clock: clock.state == "open")
        self.assertEqual(str(running.date_trigger), TODAY)

    def test_nothing_due(self):
        """F§2: no clock for who is not paid for labour, until direct costs are claimed; none for a fee that is given up."""
        self.lawyer1.is_public_servant = True
        case = self._create_archived()
        self.assertFalse(self._get_clock(case))
        expense = self._create_expense(case)
        self.assertEqual(self._get_clock(case).state, "open")
        expense.action_cancel()
        self.assertFalse(self._get_clock(case))

    def test_reopened_case(self):
        """F§1.3: the clock ends with the reopening, and the next accepted review starts it anew, also after a fee was given up."""
        expense = self._create_expense()
        case = expense.case_id
        expense.action_cancel()
        case.with_user(self.a_manager).action_reopen(reason_code="correction")
        self.assertFalse(self._get_clock(case))
        case.with_user(self.lawyer1_user).action_close(outcome="won", amount_recovered=1000)
        case.action_archive(file_received_date=TODAY)
        self.assertEqual(self._get_clock(case).state, "open")
