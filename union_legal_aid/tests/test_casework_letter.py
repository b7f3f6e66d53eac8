from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .casework_common import TODAY, LegalAidCaseworkCommon

LETTER = {
    "facts": "你单位自2025年10月起未支付12名职工工资。",
    "legal_ground": "《中华人民共和国劳动法》第五十条",
    "demands": "足额支付拖欠的工资。",
}


@tagged("post_install", "-at_install")
class TestSupervisionLetter(LegalAidCaseworkCommon):
    """C14, 一函两书: drafted from the case, approved, delivered, answered or not."""

    def setUp(self):
        super().setUp()
        self.case = self._create_in_progress(description="拖欠工资三个月")

    def _draft(self, **vals):
        action = self.case.action_draft_letter()
        letter = self.env["legal.aid.supervision.letter"].with_user(self.a_officer).browse(action["res_id"])
        letter.write({**LETTER, **vals})
        return letter

    def _approved(self, **vals):
        letter = self._draft(**vals)
        letter.action_request_approval()
        letter.with_user(self.a_manager).action_approve()
        return letter

    def _sent(self, date=TODAY):
        letter = self._approved()
        letter.action_send(date=date, method="post")
        return letter

    def test_drafted_from_the_case(self):
        """C14: addressee and facts come from the case."""
        letter = self.env["legal.aid.supervision.letter"].browse(self.case.action_draft_letter(kind="notice")["res_id"])
        self.assertRecordValues(letter, [{"addressee": "某建筑劳务公司", "facts": "拖欠工资三个月", "state": "draft"}])

    def test_leader_approves(self):
        """C14: incomplete it is not asked for; who asked does not approve; the approval gives the number."""
        letter = self._draft(demands=False)
        with self.assertRaisesRegex(UserError, "not complete"):
            letter.action_request_approval()
        letter.write(LETTER)
        letter.action_request_approval()
        with self.assertRaises(UserError):
            letter.action_approve()
        letter.with_user(self.a_manager).action_approve()
        self.assertEqual((letter.state, letter.name), ("approved", "测甲援监意〔2026〕0001号"))
        self.assertEqual(self._approved().name, "测甲援监意〔2026〕0002号")
        self.assertEqual(self._approved(kind="notice").name, "测甲援监提〔2026〕0001号")

    def test_change_voids_the_request(self):
        """C14: what the leader signs is what was asked; the request shows no text."""
        letter = self._draft()
        letter.action_request_approval()
        self.assertNotIn("工资", str(letter.sudo().approval_request_id.facts))
        letter.demands = "立即支付。"
        self.assertEqual(letter.approval_state, "none")

    def test_clock_of_the_reply(self):
        """C14: 15 working days from the delivery; that day is in time, the next is late."""
        letter = self._sent()
        due = self._get_due(letter, "supervision_reply")
        self.assertEqual(due, "2026-03-23")
        for day, light in ((due, "done"), ("2026-03-24", "late_done")):
            letter = self._sent()
            with freeze_time(f"{day} 02:00:00"):
                letter.action_record_reply(date=day, result="done", reply="已支付")
                clock = letter.sudo().deadline_ids.filtered(lambda clock: clock.state == "done")
                self.assertEqual(clock.light, light)
            self.assertEqual(letter.state, "replied")

    def test_days(self):
        """C14: it is delivered after it was signed, and answered after it was delivered; neither tomorrow."""
        letter = self._approved()
        for day in ("2026-03-01", "2026-03-03"):
            with self.assertRaisesRegex(UserError, "cannot have been delivered"):
                letter.action_send(date=day)
        letter.action_send(date=TODAY)
        for day in ("2026-03-01", "2026-03-03"):
            with self.assertRaisesRegex(UserError, "cannot have been answered"):
                letter.action_record_reply(date=day, result="done")

    def test_no_reply(self):
        """C14: no reply until the last day: then, and not before, the proposal to the labour authority is drafted from it."""
        letter = self._sent()
        with freeze_time("2026-03-23 02:00:00"), self.assertRaisesRegex(UserError, "may still answer"):
            letter.action_draft_proposal()
        with freeze_time("2026-03-24 02:00:00"):
            action = letter.action_draft_proposal()
            with self.assertRaisesRegex(UserError, "proposal already"):
                letter.action_draft_proposal()
        proposal = letter.browse(action["res_id"])
        self.assertRecordValues(proposal, [{"kind": "proposal", "parent_id": letter.id, "state": "draft"}])
        self.assertIn("人力资源和社会保障局", proposal.addressee)
        self.assertIn(letter.name, proposal.facts)
        self.assertIn(LETTER["facts"], proposal.facts)
        proposal.action_request_approval()
        proposal.with_user(self.a_manager).action_approve()
        proposal.action_send(date=proposal.date)
        self.assertFalse(self._get_due(proposal, "supervision_reply"))

    def test_reply_that_does_not_help(self):
        """C14: a refusal leads to the proposal at once, what was put right to none."""
        letter = self._sent()
        letter.action_record_reply(date=TODAY, result="refused", reply="不同意")
        self.assertTrue(letter.is_proposable)
        other = self._sent()
        other.action_record_reply(date=TODAY, result="done")
        with self.assertRaisesRegex(UserError, "put it right"):
            other.action_draft_proposal()

    def test_paper(self):
        """C9, C14: each kind prints, with the number and the reply period, and what is missing is a marked blank."""
        forms = self.env["legal.aid.form"].with_user(self.a_officer)
        for kind, title in (("notice", "提示函"), ("opinion", "意见书"), ("proposal", "建议书")):
            letter = self._draft(kind=kind, legal_ground=False)
            paper = forms._get_paper(f"supervision_{kind}", letter)
            self.assertIn(title, paper.title)
            text = paper.get_text()
            self.assertIn(LETTER["facts"], text)
            self.assertIn("＿", text)
            self.assertEqual("15个工作日" in text, kind != "proposal")
        letter = self._approved()
        self.assertEqual(forms._get_paper("supervision_opinion", letter).number, letter.name)
        content, _mimetype = forms._print([forms._get_paper("supervision_opinion", letter)], "pdf", letter)
        self.assertTrue(content.startswith(b"%PDF"))

    def test_doors(self):
        """C14: number, state and days come by their steps only; the letter is the union's in charge."""
        letter = self._draft()
        for vals in ({"state": "sent"}, {"name": "x"}, {"sent_date": TODAY}, {"reply_result": "done"}):
            with self.assertRaises(AccessError):
                letter.write(vals)
        with self.assertRaises(AccessError):
            letter.create({"case_id": self.case.id, "addressee": "x", "state": "approved"})
        for user in (self.b_officer, self.justice, self.lawyer1_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                letter.with_user(user).read(["addressee"])
        with self.assertRaises(AccessError):
            letter.with_user(self.auditor).read(["facts"])
        letter = self._approved()
        with self.assertRaises(UserError):
            letter.facts = "x"
        with self.assertRaises(UserError):
            letter.sudo().unlink()


@tagged("post_install", "-at_install")
class TestTransferClocks(LegalAidCaseworkCommon):
    """I3: what a transfer does to the clocks."""

    def test_decide_goes_on(self):
        """I3, 法律援助法 §43: seven days from the application, whichever union has it: a transfer starts no clock anew."""
        case = self._create_submitted()
        self.assertEqual(self._get_due(case, "decide"), "2026-03-09")
        with freeze_time("2026-03-06 02:00:00"):
            case.action_transfer(organization_id=self.county_b, reason_code="jurisdiction")
            case.with_user(self.b_officer).action_accept_transfer()
        clock = case.sudo().deadline_ids.filtered(lambda clock: clock.kind == "decide")
        self.assertRecordValues(clock, [{"state": "open", "organization_id": self.county_b.id}])
        self.assertEqual(str(clock.date_due), "2026-03-09")
        self.assertTrue(self.env["legal.aid.deadline"].with_user(self.b_officer).search([("id", "=", clock.id)]))
        self.assertFalse(self.env["legal.aid.deadline"].with_user(self.a_officer).search([("id", "=", clock.id)]))

    def test_major_report_goes_along(self):
        """I3, C4: the report of a group case is then the new union's."""
        case = self._create_submitted(headcount=10)
        case.action_transfer(organization_id=self.county_b, reason_code="jurisdiction")
        case.with_user(self.b_officer).action_accept_transfer()
        clock = case.sudo().deadline_ids.filtered(lambda clock: clock.kind == "major_report")
        self.assertRecordValues(clock, [{"state": "open", "organization_id": self.county_b.id}])
        case.with_user(self.b_officer).action_report_major(text="群体性案件")
        self.assertEqual(clock.state, "done")

    def test_refused_offer_changes_nothing(self):
        """I3: while it is offered, and when it is sent back, the first union goes on under its own clock."""
        case = self._create_submitted()
        case.action_transfer(organization_id=self.county_b, reason_code="jurisdiction")
        case.with_user(self.b_officer).action_cancel_transfer()
        clock = case.sudo().deadline_ids.filtered(lambda clock: clock.kind == "decide")
        self.assertRecordValues(clock, [{"state": "open", "organization_id": self.county_a.id}])
        self.assertEqual(self.env["legal.aid.transfer"].search([("case_number", "=", case.name)]).state, "returned")
