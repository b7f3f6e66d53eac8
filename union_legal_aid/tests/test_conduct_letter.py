import io
import zipfile

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, freeze_time, tagged

from .conduct_common import ConductCommon

COMPLAINANT = "钱投诉"


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestComplaintLetter(ConductCommon):
    """T7, C9: letters to the complainant, numbered in the register of issued documents, without data of others."""

    def setUp(self):
        super().setUp()
        self.city.document_prefix = "测工"
        self.complaint = self._complain(complainant_name=COMPLAINANT, complainant_phone="13803750009")
        self.complaint.with_user(self.city_officer).findings = "证人孙某某证实"

    def _issue(self, complaint=None, user=None):
        action = (complaint or self.complaint).with_user(user or self.city_officer).action_issue_letter()
        return self.env[action["res_model"]].browse(action["res_id"])

    def _get_text(self, letter):
        return self.env["legal.aid.form"]._load(letter.content).get_text()

    def _dismiss(self, reason):
        self.complaint.with_user(self.city_manager).action_dismiss(reason_code=reason, note="内部意见")

    def _deliver(self, letter, day):
        letter.with_user(self.city_officer).action_deliver(date=day, method="post", received_by=COMPLAINANT)

    def test_accepted(self):
        """T7: with the acceptance there is a letter with its number and the day by which the city decides; once."""
        with self.assertRefused(UserError, "no letter at this stage"):
            self._issue()
        self.assertFalse(self.complaint.with_user(self.city_officer).can_issue_letter)
        self.complaint.with_user(self.city_officer).action_acknowledge(note="电话")
        self.assertTrue(self.complaint.with_user(self.city_officer).can_issue_letter)
        letter = self._issue()
        self.assertRecordValues(
            letter,
            [
                {
                    "number": "测工诉受〔2026〕0001号",
                    "form_code": "complaint_accepted",
                    "organization_id": self.city.id,
                    "delivered_to": COMPLAINANT,
                    "case_id": False,
                }
            ],
        )
        clock = self.complaint.deadline_ids.filtered(lambda one: one.kind == "complaint_decide")
        due = f"{clock.date_due.year}年{clock.date_due.month}月{clock.date_due.day}日"
        text = self._get_text(letter)
        for word in (COMPLAINANT, self.complaint.name, self.lawyer1.name, due, "予以受理", letter.number):
            self.assertIn(word, text)
        with self.assertRefused(UserError, "out already as .*测工诉受〔2026〕0001号"):
            self._issue()
        letter.with_user(self.city_officer).action_void(note="误发")
        self.assertEqual(self._issue().number, "测工诉受〔2026〕0002号")

    def test_not_accepted(self):
        """T7: what is no matter of the team gets the letter that says so, not one about a result."""
        self._dismiss("no_duty")
        letter = self._issue()
        self.assertEqual((letter.form_code, letter.number), ("complaint_not_accepted", "测工诉不受〔2026〕0001号"))
        self.assertIn("不予受理", self._get_text(letter))

    def test_result_without_data_of_others(self):
        """T7, X2: the result tells what was found in the city's words for the complainant; no finding, note, phone or other person."""
        self.complaint.with_user(self.city_officer).write({"letter_text": "经核对开庭记录，律师未到庭。"})
        self.complaint.with_user(self.city_officer).action_record_reply(note="律师本人的陈述")
        self.complaint.with_user(self.city_manager).action_verify(note="内部意见")
        text = self._get_text(self._issue())
        self.assertIn("情况属实", text)
        self.assertIn("经核对开庭记录", text)
        for word in ("孙某某", "律师本人的陈述", "内部意见", "13803750009", self.city_manager.name):
            self.assertNotIn(word, text)

    def test_delivery_is_that_he_was_told(self):
        """T7: the delivered result meets the clock of telling the complainant; the acceptance does not."""
        officer = self.complaint.with_user(self.city_officer)
        officer.action_acknowledge()
        self._deliver(self._issue(), "2026-06-15")
        self.assertFalse(self.complaint.informed_date)
        self._dismiss("unfounded")
        letter = self._issue()
        with freeze_time("2026-06-17"):
            self._deliver(letter, "2026-06-16")
        self.assertEqual(str(self.complaint.informed_date), "2026-06-16")
        self.assertIn(letter.number, self.complaint.inform_note)
        clock = self.complaint.deadline_ids.filtered(lambda one: one.kind == "complaint_inform")
        self.assertEqual((clock.state, str(clock.date_done)), ("done", "2026-06-16"))

    def test_told_before(self):
        """T7: whoever was told by phone stays told on that day; the letter may follow."""
        self._dismiss("unfounded")
        self.complaint.with_user(self.city_officer).action_inform(note="电话")
        letter = self._issue()
        with freeze_time("2026-06-20"):
            self._deliver(letter, "2026-06-20")
        self.assertEqual((str(self.complaint.informed_date), self.complaint.inform_note), ("2026-06-15", "电话"))

    def test_another_verdict_another_letter(self):
        """T7: after another verdict the complainant is told anew, by a letter of its own."""
        self._dismiss("unfounded")
        first = self._issue()
        self._deliver(first, "2026-06-15")
        reason = self.env["legal.aid.reason"].search([("usage", "=", "rejudge")], limit=1)
        with freeze_time("2026-06-20"):
            self.complaint.with_user(self.city_manager).action_rejudge(reason_code=reason.code, note="新证据")
            second = self._issue()
        self.assertNotEqual(first.number, second.number)
        self.assertIn("情况属实", self._get_text(second))
        self.assertIn("不能证明", self._get_text(first))

    def test_anonymous_gets_none(self):
        """T7: there is nobody to write to."""
        complaint = self._complain(complainant_kind="anonymous")
        complaint.with_user(self.city_officer).action_acknowledge()
        with self.assertRefused(UserError, "anonymous complainant gets none"):
            self._issue(complaint)
        self.assertFalse(complaint.with_user(self.city_officer).can_issue_letter)

    def test_only_the_city_writes(self):
        """T7, O3: the county that took it down neither issues letters nor reads them; nor does the justice bureau."""
        complaint = self._complain(user=self.a_officer, complainant_name=COMPLAINANT)
        complaint.with_user(self.a_officer).action_acknowledge()
        with self.assertRefused(AccessError, "handled by the legal department"):
            self._issue(complaint, self.a_officer)
        letter = self._issue(complaint)
        documents = self.env["legal.aid.issued.document"]
        self.assertNotIn(letter, documents.with_user(self.a_officer).search([]))
        with self.assertRefused(AccessError, "."):
            letter.with_user(self.justice).read(["number"])
        self.assertIn(letter, documents.with_user(self.auditor).search([]))
        with self.assertRefused(AccessError, "."):
            letter.with_user(self.auditor).read(["content"])

    def test_back_doors(self):
        """T7: the register is written by its step only."""
        self.complaint.with_user(self.city_officer).action_acknowledge()
        letter = self._issue().with_user(self.city_officer)
        for door in (
            lambda: letter.write({"complaint_id": False}),
            lambda: letter.write({"number": "测工诉受〔2026〕9号"}),
            lambda: letter.create({"complaint_id": self.complaint.id, "number": "1", "form_code": "x", "name": "x"}),
            lambda: letter.unlink(),
            lambda: self.complaint.with_user(self.a_officer).write({"letter_text": "x"}),
        ):
            with self.assertRefused(AccessError, "."):
                door()


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestRemovalDecisionNumber(ConductCommon):
    """T6, C9: the number of a decision comes from the register of issued documents."""

    def setUp(self):
        super().setUp()
        self.city.document_prefix = "测工"
        self.removal = self._open_removal()
        self.removal.with_user(self.city_officer).action_record_reply(note="申辩内容")

    def _decide(self):
        self.approve(self.removal, self.city_officer, self.city_manager)

    def test_issued(self):
        """T6: after the decision, once; its wording stays, whatever is corrected later."""
        officer = self.removal.with_user(self.city_officer)
        with self.assertRefused(UserError, "only in state"):
            officer.action_issue_decision()
        papers = self.env["legal.aid.form"].with_user(self.city_officer)
        self.assertIn("（草稿）", papers._get_paper("removal_decision", officer).number)
        self._decide()
        self.assertNotIn("草稿", papers._get_paper("removal_decision", officer).number)
        self.assertIn("/legal_aid/forms/removal_decision/", officer.action_print_decision_pdf()["url"])
        officer.action_issue_decision()
        issued = self.removal.issued_document_ids
        self.assertRecordValues(
            issued,
            [{"number": "测工团决〔2026〕0001号", "delivered_to": self.lawyer1.name, "organization_id": self.city.id}],
        )
        self.assertEqual(self.removal.decision_number, issued.number)
        self.assertIn(f"/legal_aid/issued/{issued.id}/pdf", officer.action_print_decision_pdf()["url"])
        text = self.env["legal.aid.form"]._load(issued.content).get_text()
        self.assertIn("测工团决〔2026〕0001号", text)
        with self.assertRefused(UserError, "issued already as 测工团决〔2026〕0001号"):
            officer.action_issue_decision()

    def test_void(self):
        """T6: a number that was issued by mistake stays used; the next one is another."""
        self._decide()
        officer = self.removal.with_user(self.city_officer)
        officer.action_issue_decision()
        self.removal.issued_document_ids.with_user(self.city_officer).action_void(note="文字有误")
        self.assertFalse(self.removal.decision_number)
        officer.action_issue_decision()
        self.assertEqual(self.removal.decision_number, "测工团决〔2026〕0002号")

    def test_nobody_types_it(self):
        """T6: the number cannot be typed any more, and counties do not issue."""
        with self.assertRefused(AccessError, "."):
            self.removal.with_user(self.city_officer).write({"decision_number": "测工团决〔2026〕9号"})
        self._decide()
        for user in (self.a_officer, self.justice, self.auditor):
            with self.assertRefused(AccessError, "."):
                self.removal.with_user(user).action_issue_decision()


@tagged("post_install", "-at_install")
class TestComplaintLetterPrint(HttpCase, ConductCommon):
    def test_pdf_and_word(self):
        """T7, C9: the issued letter prints as PDF and for Word, for the officers of the city only."""
        complaint = self._complain(complainant_name=COMPLAINANT)
        complaint.with_user(self.city_officer).action_acknowledge()
        letter = complaint.with_user(self.city_officer).action_issue_letter()["res_id"]
        self.authenticate(self.city_officer.login, self.city_officer.login)
        pdf = self.url_open(f"/legal_aid/issued/{letter}/pdf")
        self.assertEqual(pdf.content[:4], b"%PDF")
        word = self.url_open(f"/legal_aid/issued/{letter}/docx")
        with zipfile.ZipFile(io.BytesIO(word.content)) as archive:
            self.assertIn(COMPLAINANT.encode(), archive.read("word/document.xml"))
        self.authenticate(self.a_officer.login, self.a_officer.login)
        self.assertEqual(self.url_open(f"/legal_aid/issued/{letter}/pdf").status_code, 404)
