import base64
import io
import zipfile

from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .casework_common import TODAY
from .money_common import LegalAidMoneyCommon


@tagged("post_install", "-at_install")
class TestAuditPack(LegalAidMoneyCommon):
    """M13: every payment with its whole chain, missing links shown, a sample by risk; for those who may read it anyway."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.auditor.company_ids |= cls.county_a_books

    def _open(self, user=None, union=None, **vals):
        packs = self.env["legal.aid.audit.pack"].with_user(user or self.auditor)
        return packs.create(
            {
                "organization_id": (union or self.city).id,
                "date_from": TODAY,
                "date_to": TODAY,
                "seed": "审2026",
                **vals,
            }
        )

    def _export_and_post(self, payout):
        payout.with_user(self.a_finance).action_export_bank_file()
        payout.with_user(self.a_finance).action_post(date=TODAY)
        return payout

    def _create_payment(self, **vals):
        self._create_approved_expense(**vals)
        return self._export_and_post(self._create_approved_payout())

    def _get_text(self, pack):
        with zipfile.ZipFile(io.BytesIO(base64.b64decode(pack.content))) as book:
            return book.read("xl/sharedStrings.xml").decode()

    def test_whole_chain(self):
        """case → grant → mandate → file → fee → approval → payout → bank → voucher, each with number or day."""
        payout = self._create_payment()
        case = payout.line_ids.sudo().allocation_id.expense_id.case_id
        (chain,) = self._open()._get_chains()
        self.assertEqual(chain["missing"], [])
        self.assertEqual((chain["payout"], chain["lawyer"], chain["case"]), (payout.name, "t_lawyer1", case.name))
        self.assertEqual(
            (chain["granted"], chain["mandate"], chain["archived"]),
            (case.granted_date, case.mandate_id.number, case.archived_date),
        )
        self.assertTrue(chain["mandate"] and chain["fee"] and chain["bank_file"] and chain["paid"])
        self.assertIn("t_a_officer → t_a_manager", chain["fee_approved"])
        self.assertIn("t_a_officer → t_a_manager", chain["approved"])
        self.assertIn("记-0001", chain["voucher"])
        self.assertIn("银-0001", chain["bank_voucher"])
        self.assertEqual((chain["claimed"], chain["allowed"], chain["amount"], chain["net"]), (1600,) * 4)

    def test_missing_links(self):
        """What has no mandate, no file, no bank file, no approval is said, payment by payment."""
        self._create_approved_expense()
        payout = self._create_approved_payout()
        payout.with_user(self.a_finance).action_post(date=TODAY)
        case = payout.line_ids.sudo().allocation_id.expense_id.case_id
        (chain,) = self._open()._get_chains()
        self.assertEqual(chain["missing"], [self._say("bank file")])
        case._workflow_write({"mandate_id": False, "archived_date": False})
        payout.sudo()._workflow_write({"approval_state": "none"})
        pack = self._open()
        (chain,) = pack._get_chains()
        self.assertEqual(
            set(chain["missing"]),
            {self._say(text) for text in ("mandate", "archived file", "approval of the list", "bank file")},
        )
        self.assertEqual(chain["risks"], ["missing"])
        self.assertEqual((pack.line_count, pack.missing_count), (1, 1))

    def _say(self, text):
        terms = {
            "bank file": self.env._("bank file"),
            "mandate": self.env._("mandate"),
            "archived file": self.env._("archived file"),
            "approval of the list": self.env._("approval of the list"),
        }
        return terms[text]

    def test_subsidy(self):
        """A subsidy hangs on contract and ledger instead of case and fee."""
        self._create_more_lawyers(2)
        payout = self._create_approved_payout("subsidy")
        payout.with_user(self.city_finance).action_export_bank_file()
        payout.with_user(self.city_finance).action_post(date=TODAY)
        self.auditor.company_ids |= self.city_books
        chains = self._open()._get_chains()
        self.assertEqual(len(chains), payout.line_count)
        self.assertTrue(all(chain["contract"] and not chain["case"] for chain in chains))
        self.assertEqual([chain["missing"] for chain in chains], [[] for _chain in chains])

    def test_payer_without_books(self):
        """Where the books are elsewhere, the link is the evidence of the payment."""
        payout = self._create_payout_of_b()
        self.approve(payout, self.b_officer, self.b_manager)
        paper = self.env["ir.attachment"].with_user(self.b_officer).create({"name": "回单.pdf", "raw": b"%PDF-1.4"})
        payout.action_confirm_paid(date=TODAY, evidence=paper)
        (chain,) = self._open(self.b_finance, self.county_b)._get_chains()
        self.assertEqual((chain["voucher"], chain["bank_voucher"]), ("", ""))
        self.assertIn(self._say("mandate"), chain["missing"])
        self.assertNotIn(self._say("bank file"), chain["missing"])

    def test_risks(self):
        """Why a payment is likelier drawn: cut, reversed, returned, another lawyer's account."""
        self.lawyer2.bank_account_number = self.lawyer1.bank_account_number
        expense = self._create_expense()
        expense.line_ids.write({"amount_allowed": 1000, "reason_code": "quality"})
        self.approve(expense, self.a_officer, self.a_manager)
        first = self._export_and_post(self._create_approved_payout())
        case = self._create_archived()
        case.sudo()._workflow_write({"volunteer_id": self.lawyer2.id})
        self.approve(self._create_expense(case), self.a_officer, self.a_manager)
        second = self._export_and_post(self._create_approved_payout())
        second.with_user(self.a_finance).action_reverse(reason_code="other", note="重复", date=TODAY)
        risks = {chain["payout"]: chain["risks"] for chain in self._open()._get_chains()}
        self.assertEqual(risks[first.name], ["shared_account", "cut"])
        self.assertEqual(risks[second.name], ["shared_account", "reversed"])

    def test_sample_is_drawn_again(self):
        """The same seed draws the same payments; the reasons stand beside them."""
        for _number in range(4):
            self._create_payment()
        pack = self._open(sample_size=2)
        sample = [chain["payout"] for chain, _why in pack._get_sample(pack._get_chains())]
        self.assertEqual(len(sample), 2)
        again = self._open(self.a_finance, self.county_a, sample_size=2)
        self.assertEqual([chain["payout"] for chain, _why in again._get_sample(again._get_chains())], sample)
        whole = self._open(sample_size=50)
        self.assertEqual(len(whole._get_sample(whole._get_chains())), 4)

    def test_workbook_and_print(self):
        """X2, O2: payees and numbers; no worker, no employer, no account."""
        payout = self._create_payment()
        case = payout.line_ids.sudo().allocation_id.expense_id.case_id
        pack = self._open()
        action = pack.action_export()
        self.assertIn("/content/", action["url"])
        text = self._get_text(pack)
        report = self.env["ir.actions.report"].with_user(self.auditor)
        content, _kind = report._render_qweb_html("union_legal_aid.report_audit_pack", pack.ids)
        printed = " ".join(html.fromstring(content).text_content().split())
        for shown in (text, printed):
            for part in (payout.name, case.name, case.mandate_id.number, "t_lawyer1", "记-0001", "审2026"):
                self.assertIn(part, shown)
            for hidden in (case.applicant_name, case.employer_name, self.lawyer1.bank_account_number):
                self.assertNotIn(hidden, shown)
        self.assertEqual(pack.action_print()["report_name"], "union_legal_aid.report_audit_pack")

    def test_who_reads_what(self):
        """Auditor and finance of one's own unions and books; officers, bureau and others none."""
        self._create_payment()
        self.assertEqual(self._open().line_count, 1)
        self.assertEqual(self._open(self.a_finance, self.county_a).line_count, 1)
        for union in (self.city, self.county_a, self.county_b):
            pack = self._open(self.b_finance, union)
            self.assertEqual(pack.line_count, 0)
            with self.assertRefused(UserError, "Nothing that you may read"):
                pack.action_export()
        for user in (self.a_officer, self.a_manager, self.justice, self.liaison, self.lawyer1_user):
            with self.assertRefused(AccessError):
                self._open(user)
        mine = self._open()
        with self.assertRefused(AccessError):
            mine.with_user(self.a_finance).read(["seed"])
        with self.assertRefused(AccessError):
            self.env["ir.actions.report"].with_user(self.a_finance)._render_qweb_html(
                "union_legal_aid.report_audit_pack", mine.ids
            )

    def test_share_of_another_union(self):
        """M3: who pays a share reads the frozen summary, not the fee: neither what was claimed nor who approved it."""
        self._give_books(self.county_b)
        case = self._create_shared_case(heads_b=1)
        self.approve(self._create_expense(case), self.a_officer, self.a_manager)
        payout = self._create_payout(payer=self.county_b, user=self.b_officer)
        payout.action_compute()
        self.approve(payout, self.b_officer, self.b_manager)
        payout.with_user(self.b_finance).action_post(date=TODAY)
        (chain,) = self._open(self.b_finance, self.county_b)._get_chains()
        self.assertEqual((chain["case"], chain["amount"]), (case.name, 800))
        self.assertEqual((chain["claimed"], chain["allowed"], chain["mandate"]), (None, None, ""))
        self.assertNotIn("t_a_manager", chain["fee_approved"])

    def test_queries_do_not_grow_by_the_payment(self):
        counts = []
        for _number in range(2):
            for _payment in range(2):
                self._create_payment()
            pack = self._open()
            counts.append(self._count_queries(pack._get_chains))
        self.assertLessEqual(counts[1] - counts[0], 12, counts)

    def test_period(self):
        self._create_payment()
        with self.assertRefused(UserError, "Nothing that you may read"):
            self._open(date_from="2026-03-03", date_to="2026-03-31").action_export()
        with self.assertRefused(UserError, "after the last day"):
            self._open(date_from="2026-03-31", date_to="2026-03-01").action_export()
