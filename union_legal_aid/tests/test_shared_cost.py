from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .casework_common import TODAY, WORKER_ID
from .house_common import get_view_fields
from .money_common import LegalAidMoneyCommon

# Of the workers, the employer and the items of the fee; none of it is another payer's business.
SECRETS = ("王小明", "李四", WORKER_ID, "13803750001", "某建筑劳务公司", "王小明去郑州的车票", "发票12345")
FEE_MODELS = ("legal.aid.expense", "legal.aid.expense.line")
CASE_MODELS = (
    "legal.aid.case",
    "legal.aid.case.party",
    "legal.aid.case.document",
    "legal.aid.work.log",
    "legal.aid.assignment",
    "legal.aid.mandate",
)


@tagged("post_install", "-at_install")
class TestSharedCost(LegalAidMoneyCommon):
    """A case of county a, one of whose workers belongs to county b: b pays a share and sees its frozen summary (M3, O2)."""

    def setUp(self):
        super().setUp()
        self.case = self._create_shared_case(heads_b=1)
        self.expense = self._create_expense(self.case)
        self.expense.line_ids = [
            Command.create(self._prepare_cost(100, "王小明去郑州的车票", receipt_number="发票12345", note="王小明"))
        ]
        self.expense.message_post(body="王小明的收据", attachments=[("王小明收据.jpg", b"receipt")])
        self.share = self.expense.allocation_ids.filtered(lambda share: share.organization_id == self.county_b)
        self.people_b = (self.b_officer, self.b_manager, self.b_finance)

    def _find(self, model, user):
        records = self.env[model].with_user(user)
        return records.search([]) if records.has_access("read") else records

    def _assert_no_secret(self, *texts):
        for text in texts:
            for secret in SECRETS:
                self.assertNotIn(secret, text)

    def test_frozen_summary(self):
        """M3, DESIGN money/: case number, matter, heads, lawyer, amount, date and explanation; stored, and without names."""
        self.approve(self.expense, self.a_officer, self.a_manager)
        for user in self.people_b:
            share = self.share.with_user(user)
            self.assertRecordValues(
                share,
                [
                    {
                        "name": self.expense.name,
                        "case_number": self.case.name,
                        "matter_id": self.matter_wages.id,
                        "service_form": "arbitration",
                        "lawyer_name": self.lawyer1.name,
                        "headcount": 1,
                        "amount": 850,
                        "fee_state": "approved",
                        "union_in_charge_id": self.county_a.id,
                    }
                ],
            )
            self.assertEqual({str(share.submitted_date), str(share.approved_date), str(share.archived_date)}, {TODAY})
            self.assertIn("1 of 2 workers", share.explanation)
            self._assert_no_secret(str(share.read()), share.display_name)
        for name in ("case_number", "matter_id", "volunteer_id", "archived_date"):
            field = self.share._fields[name]
            self.assertTrue(field.store and not field.related, name)

    def test_summary_stands_whatever_becomes_of_the_case(self):
        """M3: what b sees was written when the fee was handed in; it reads nothing of the case afterwards."""
        self.approve(self.expense, self.a_officer, self.a_manager)
        before = self.share.with_user(self.b_officer).read()
        self.case.sudo()._workflow_write(
            {"name": "改号", "matter_id": self.matter_insurance.id, "archived_date": False}
        )
        self.lawyer1.partner_id.name = "改名律师"
        self.env.flush_all()
        self.env.invalidate_all()
        after = self.share.with_user(self.b_officer).read()
        for values in (*before, *after):
            # Whose record it is and who may open it follow the present; the summary does not.
            for name in ("write_date", "volunteer_id", "expense_id"):
                values.pop(name)
        self.assertEqual(before, after)

    def test_nothing_of_the_fee_and_the_case(self):
        """O2, M3: b reads no fee, no item, no receipt, no history, nothing of the case; by search, id, path, name or attachment."""
        self.approve(self.expense, self.a_officer, self.a_manager)
        receipt = self.expense.sudo().message_ids.attachment_ids
        self.assertTrue(receipt)
        for user in self.people_b:
            with self.subTest(user.login):
                for model in (*FEE_MODELS, *CASE_MODELS):
                    self.assertFalse(self._find(model, user), model)
                for record in (self.expense, self.expense.line_ids[0], self.case, receipt):
                    with self.assertRaises(AccessError):
                        record.with_user(user).read(["name"])
                shares = self.env["legal.aid.expense.allocation"].with_user(user)
                self.assertEqual(shares.search([]), self.share)
                self.assertFalse(shares.search([("expense_id.line_ids.name", "ilike", "车票")]))
                self.assertFalse(shares.search([("expense_id.amount_allowed", ">", 0)]))
                self.assertFalse(self.env["legal.aid.expense"].with_user(user).name_search(self.expense.name))
                messages = self.env["mail.message"].with_user(user)
                domain = [("model", "in", ("legal.aid.expense", "legal.aid.case"))]
                self.assertFalse(messages.search(domain).author_id - user.partner_id)
                self.assertFalse(self.share.with_user(user).can_open_expense)
                with self.assertRaises(AccessError):
                    self.share.with_user(user).action_open_expense()

    def test_union_in_charge_and_superiors_see_all(self):
        """O2: county a, the city above both and the auditor go on reading fee, items and shares."""
        self.approve(self.expense, self.a_officer, self.a_manager)
        for user in (self.a_officer, self.a_manager, self.a_finance, self.city_officer, self.auditor):
            for model in FEE_MODELS:
                self.assertTrue(self._find(model, user), f"{model} {user.login}")
        for user in (self.a_officer, self.city_officer, self.auditor):
            self.assertIn(self.share, self._find("legal.aid.expense.allocation", user))
        self.assertTrue(self.share.with_user(self.city_officer).can_open_expense)
        # Finance of a pays a's share and no other.
        self.assertEqual(
            self._find("legal.aid.expense.allocation", self.a_finance), self.expense.allocation_ids - self.share
        )

    def test_seen_from_the_day_it_is_handed_in(self):
        """M3: a draft is nobody else's business, nor is a fee that was taken back."""
        for user in self.people_b:
            self.assertFalse(self._find("legal.aid.expense.allocation", user))
        self.expense.action_request_approval()
        self.assertEqual(self._find("legal.aid.expense.allocation", self.b_officer), self.share)
        self.expense.with_user(self.a_manager).action_reject(note="重算")
        self.assertFalse(self._find("legal.aid.expense.allocation", self.b_officer))

    def test_a_payer_that_decides_reads_what_it_decides(self):
        """M5: where a county bears the fees of another one, its leader approves the fee, so it reads the fee and its items."""
        self.county_a.write({"bears_case_expense": False, "payer_organization_id": self.county_b.id})
        expense = self._create_expense(self._create_archived())
        self.assertEqual(expense.payer_organization_id, self.county_b)
        self.assertFalse(self._find("legal.aid.expense", self.b_manager) & expense)
        expense.action_request_approval()
        self.assertIn(expense, self._find("legal.aid.expense", self.b_manager))
        expense.with_user(self.b_manager).action_approve()
        self.assertEqual(expense.state, "approved")

    def test_dispute_and_agree(self):
        """M3: b disputes and agrees on its own page; the union in charge hears of it on the fee."""
        self.approve(self.expense, self.a_officer, self.a_manager)
        share = self.share.with_user(self.b_officer)
        self.assertTrue(share.can_dispute)
        share.action_dispute(reason_code="not_ours", note="不是本县职工")
        self.assertEqual(share.state, "disputed")
        self.assertIn("不是本县职工", "".join(str(message.body) for message in self.expense.sudo().message_ids))
        share.action_agree()
        self.assertEqual(share.state, "proposed")
        for vals in ({"amount": 1}, {"case_number": "x"}, {"fee_state": "paid"}, {"explanation": "x"}):
            with self.assertRaises(AccessError):
                share.write(vals)

    def _pay_share(self):
        """b's own payout, from the list to the paid share; its people take every step under their own rights."""
        payout = self._create_payout(payer=self.county_b, user=self.b_officer)
        payout.action_compute()
        self.assertEqual((payout.amount_total, payout.line_ids.case_number), (850, self.case.name))
        self.approve(payout, self.b_officer, self.b_manager)
        return payout

    def test_payout_of_a_county_without_books(self):
        """M3, M7: b computes, approves, prints and confirms its payout although it reads nothing of the fee."""
        self.approve(self.expense, self.a_officer, self.a_manager)
        payout = self._pay_share()
        for report, user in (("payout_list", self.b_finance), ("payment_notice", self.b_officer)):
            sheets = self.env[f"report.union_legal_aid.report_{report}"].with_user(user)._get_report_values(payout.ids)
            text = str([{**sheet, "doc": ""} for sheet in sheets["sheets"]])
            self.assertIn(self.case.name, text)
            self._assert_no_secret(text)
        receipt = (
            self.env["ir.attachment"].with_user(self.b_officer).create({"name": "回单.pdf", "raw": b"bank receipt"})
        )
        payout.action_confirm_paid(date=TODAY, evidence=receipt)
        self.assertEqual((payout.state, self.share.state), ("paid", "paid"))
        with self.assertRaises(UserError):
            self.share.with_user(self.b_officer).action_dispute(reason_code="not_ours")

    def test_payout_from_the_books_of_the_county(self):
        """M6, M3: posted in b's books; voucher, bank entry and their print name case number and union, nobody else."""
        self._give_books(self.county_b)
        self.approve(self.expense, self.a_officer, self.a_manager)
        payout = self._pay_share()
        payout.with_user(self.b_finance).action_post(date=TODAY)
        self.assertEqual((payout.state, self.share.state), ("paid", "paid"))
        moves = payout.with_user(self.b_finance).move_ids
        self.assertEqual(len(moves), 2)
        self._assert_no_secret(str(moves.line_ids.read()), str(moves.read(["name", "ref", "narration"])))
        self.assertIn(self.case.name, " ".join(moves.line_ids.mapped("name")))
        values = (
            self.env["report.union_legal_aid.report_voucher"].with_user(self.b_finance)._get_report_values(moves.ids)
        )
        self._assert_no_secret(str([{**sheet, "doc": ""} for sheet in values["sheets"]]))

    def test_nothing_named_in_what_b_keeps(self):
        """O2: list, lines, request for approval and chatter of b's payout name no worker, no employer and no item."""
        self.approve(self.expense, self.a_officer, self.a_manager)
        payout = self._pay_share()
        for user in self.people_b:
            mine = payout.with_user(user)
            # The vouchers are the bookkeepers'.
            names = [name for name in mine.fields_get() if name != "move_ids"]
            texts = [str(mine.read(names)), str(mine.line_ids.read()), str(mine.message_ids.mapped("body"))]
            requests = self.env["legal.aid.approval.request"].with_user(user).search([])
            texts += [str(requests.mapped("name")), str(requests.mapped("facts"))]
            self._assert_no_secret(*texts)
            self.assertEqual(mine.line_ids.explanation, self.share.explanation)

    def test_page_of_the_payer(self):
        """The share's form is b's page: it opens for b, with fields b may read, and leads to its payout."""
        self.approve(self.expense, self.a_officer, self.a_manager)
        payout = self._pay_share()
        shares = self.env["legal.aid.expense.allocation"].with_user(self.b_finance)
        for view_type in ("form", "list", "kanban", "search"):
            names = get_view_fields(shares, False, view_type)
            self.assertLessEqual(names, set(shares.fields_get()), view_type)
        share = self.share.with_user(self.b_finance)
        self.assertTrue(share.can_open_payout)
        self.assertEqual(share.action_open_payout()["res_id"], payout.id)
        waiting = self.env["legal.aid.expense.allocation"].with_user(self.b_officer)
        self.assertFalse(
            waiting.search([("payout_line_id", "=", False), ("fee_state", "in", ("approved", "in_payout"))])
        )
