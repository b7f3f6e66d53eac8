import re
from dataclasses import dataclass

from freezegun import freeze_time
from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .casework_common import TODAY
from .forms_common import LegalAidFormsCommon
from .money_common import LegalAidMoneyCommon

OWN = "union_legal_aid."
# The users of the tests have names like t_a_officer; these are no words of a document.
ENGLISH = re.compile(r"(?<![A-Za-z_])(?!t_)[A-Za-z]{3,}")
# Chinese papers write 2026年3月2日.
ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Printed:
    """`make` names the method that makes the record; `reader` is the lowest role that prints it, `stranger` may not."""

    make: str
    reader: str
    stranger: str
    words: tuple


# Every report action of ours, by its template. A new one without a line fails TestEveryReport.
PRINTED = {
    "report_voucher": Printed(
        "make_voucher", "a_finance", "b_finance", ("记账凭证", "人民币壹仟陆佰元整", "¥1,600.00")
    ),
    "report_card": Printed("make_card", "a_officer", "a_finance", ("法律援助卡", "王小明", "2027年3月1日")),
    "report_appointment_card": Printed("make_appointment_card", "city_officer", "a_officer", ("工作证", "t_lawyer1")),
    "report_payout_list": Printed(
        "make_payout", "a_officer", "b_officer", ("发放表", "人民币壹仟陆佰元整", "**** 0001")
    ),
    "report_payout_approval": Printed("make_payout", "a_officer", "b_officer", ("发放审批表", "人民币壹仟陆佰元整")),
    "report_payout_receipt": Printed("make_payout", "a_officer", "b_officer", ("领款单", "人民币壹仟陆佰元整")),
    "report_payment_notice": Printed("make_notice", "b_officer", "a_officer", ("付款通知", "人民币壹仟陆佰元整")),
    "report_expense_sheet": Printed("make_expense", "a_officer", "b_officer", ("案件费用审批表", "人民币壹仟陆佰元整")),
    "report_statement": Printed("make_statement", "a_finance", "b_finance", ("月度对账单", "人民币壹仟陆佰元整")),
    "report_tax_list": Printed("make_tax_list", "a_finance", "a_officer", ("免税", "人民币壹仟陆佰元整")),
    "report_audit_pack": Printed("make_audit_pack", "auditor", "a_finance", ("审计资料", "¥1,600.00")),
    "report_assessment": Printed("make_assessment", "justice", "b_officer", ("考核表", "2026年度")),
    "report_award_nomination": Printed(
        "make_round", "city_officer", "a_officer", ("推荐审批表", "尚未批准", "办案认真")
    ),
    "report_service_certificate": Printed(
        "make_certificate", "city_officer", "b_officer", ("志愿服务证明", "2026年3月2日")
    ),
    "report_legal_aid_contract": Printed(
        "make_contract", "a_officer", "b_officer", ("聘用合同", "¥1,000.00（人民币壹仟元整）")
    ),
    "report_legal_aid_appointment": Printed("make_contract", "a_officer", "b_officer", ("聘书", "t_lawyer1律师")),
    "report_case_grant": Printed(
        "make_granted", "a_officer", "b_officer", ("给予法律援助决定书", "王小明", "2026年3月2日")
    ),
    "report_case_refusal": Printed(
        "make_refused", "a_officer", "b_officer", ("不予法律援助决定书", "王小明", "证据不足")
    ),
    "report_case_closing": Printed(
        "make_closed", "a_officer", "b_officer", ("结案报告表", "9,000.00元", "1小时", "1人")
    ),
    "report_mandate": Printed("make_mandate", "liaison", "b_officer", ("委托授权书", "2026年3月2日")),
    "report_roster": Printed(
        "make_site", "city_officer", "a_officer", ("志愿团队成员名单", "截至", "监督电话", "加入职工法律服务志愿团队")
    ),
    "report_statistical_return": Printed("make_return", "a_officer", "b_officer", ("统计报表", "填报单位", "草稿")),
    "report_ledger": Printed("make_ledger", "a_officer", "b_officer", ("年度工作台账", "尚未提交", "测甲援〔2026〕")),
}


@tagged("post_install", "-at_install")
class TestEveryReport(LegalAidMoneyCommon):
    """C9, M8, X6: every printed document as its lowest role prints it, in Chinese whoever prints it, closed to others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_and_install_lang("zh_CN")

    # Records

    def make_voucher(self):
        return self.make_payout().move_id

    def make_payout(self):
        return self._create_paid_payout()

    def make_expense(self):
        return self._create_approved_expense()

    def make_notice(self):
        payout = self._create_payout_of_b()
        self.approve(payout, self.b_officer, self.b_manager)
        return payout

    def make_statement(self):
        self._create_paid_payout()
        statement = (
            self.env["legal.aid.statement"]
            .with_user(self.city_finance)
            .create({"organization_id": self.county_a.id, "month": "2026-03-01"})
        )
        with freeze_time("2026-04-03 02:00:00"):
            statement.action_compute()
            statement.action_issue()
        return statement

    def make_tax_list(self):
        self.lawyer1.resident_id_number = "410411200012314482"
        payout = self._create_approved_payout_exempt()
        payout.with_user(self.a_finance).action_post(date=TODAY)
        return self.env["legal.aid.tax.list"].search(
            [("organization_id", "=", self.county_a.id), ("kind", "=", "exempt")], limit=1
        )

    def _create_approved_payout_exempt(self):
        self._create_approved_expense()
        payout = self._create_payout()
        payout.action_compute()
        payout.with_user(self.a_finance).action_choose_tax_treatment("exempt")
        self.approve(payout, self.a_officer, self.a_manager)
        return payout

    def make_audit_pack(self):
        self._create_paid_payout()
        self.auditor.company_ids |= self.county_a_books
        return (
            self.env["legal.aid.audit.pack"]
            .with_user(self.auditor)
            .create({"organization_id": self.county_a.id, "date_from": "2026-01-01", "date_to": "2026-12-31"})
        )

    def make_card(self):
        card = (
            self.env["legal.aid.card"]
            .with_user(self.a_officer)
            .create(
                {
                    "organization_id": self.county_a.id,
                    "holder_name": "王小明",
                    "holder_id_number": "410402198501010125",
                    "holder_phone": "13803750001",
                }
            )
        )
        card.action_issue()
        return card

    def make_contract(self):
        return self.lawyer1.contract_ids

    def make_appointment_card(self):
        action = self.make_contract().with_user(self.city_officer).action_print_card()
        return self.env["legal.aid.appointment.card"].browse(action["context"]["active_ids"])

    def make_assessment(self):
        assessment = (
            self.env["legal.aid.assessment"]
            .with_user(self.city_officer)
            .create({"contract_id": self.make_contract().id})
        )
        assessment.action_compute()
        return assessment

    def make_round(self):
        self._create_closed()
        kind = self.env.ref(f"{OWN}award_kind_city_may_day")
        award_round = (
            self.env["legal.aid.award.round"]
            .with_user(self.city_officer)
            .create({"kind_id": kind.id, "organization_id": self.city.id, "date": TODAY})
        )
        award_round.action_compute()
        candidate = award_round.candidate_ids.filtered(lambda one: one.volunteer_id == self.lawyer1)
        candidate.write({"is_chosen": True, "merits": "办案认真。"})
        return award_round

    def make_certificate(self):
        self._create_closed()
        certificate = (
            self.env["legal.aid.service.certificate"]
            .with_user(self.city_officer)
            .create({"volunteer_id": self.lawyer1.id, "date_from": "2026-01-01", "date_to": TODAY})
        )
        certificate.action_issue()
        return certificate

    def make_granted(self):
        return self._create_granted()

    def make_refused(self):
        case = self._create_submitted()
        case.with_user(self.a_manager).action_refuse(reason_code="no_facts", note="证据不足")
        return case

    def make_closed(self):
        return self._create_closed()

    def make_mandate(self):
        self.lawyer1.contact_point_ids += self.enterprise_a
        case = self._create_granted(contact_point_id=self.enterprise_a.id)
        case.action_assign(volunteer_id=self.lawyer1)
        case.mandate_id.with_user(self.liaison).action_issue()
        return case.mandate_id

    def make_site(self):
        self.lawyer1.with_user(self.lawyer1_user).action_give_consent()
        return self.env["legal.aid.publication.site"].create(
            {"name": "测试网站", "organization_id": self.city.id, "url": "https://example.com"}
        )

    def make_return(self):
        statistics = (
            self.env["legal.aid.statistical.return"]
            .with_user(self.a_officer)
            .create({"organization_id": self.county_a.id, "year": 2026})
        )
        statistics.action_compute()
        return statistics

    def make_ledger(self):
        self._create_closed()
        ledger = self.env["legal.aid.ledger"].search([("volunteer_id", "=", self.lawyer1.id)], limit=1)
        ledger._refresh(details=True)
        return ledger

    # Tests

    def _print(self, template, records, user):
        """The text of the page as ``user`` prints it, whose language is English."""
        reports = self.env["ir.actions.report"].with_user(user).with_context(lang="en_US")
        content, _kind = reports._render_qweb_html(OWN + template, records.ids)
        body = html.fromstring(content).find("body")
        for style in body.xpath("//style"):
            style.drop_tree()
        return " ".join(body.text_content().split())

    def test_table(self):
        """C9: no document goes untried: each has its line, each line its document."""
        reports = self.env["ir.actions.report"].search([("report_name", "=like", f"{OWN}%")])
        self.assertEqual({name.removeprefix(OWN) for name in reports.mapped("report_name")}, set(PRINTED))

    def test_print(self):
        """C9, M8, X6: printed by its lowest role with its key words, all in Chinese; refused to a stranger."""
        for template, printed in PRINTED.items():
            with self.subTest(template), self.env.cr.savepoint() as savepoint:
                # What the steps write down is in the language of who takes them.
                self.env = self.env(context={**self.env.context, "lang": "zh_CN"})
                record = getattr(self, printed.make)()
                self.assertEqual(len(record), 1)
                reader, stranger = getattr(self, printed.reader), getattr(self, printed.stranger)
                text = self._print(template, record, reader)
                for word in printed.words:
                    self.assertIn(word, text)
                self.assertFalse(ENGLISH.findall(text), text)
                self.assertFalse(ISO_DATE.findall(text), text)
                with self.assertRaises(AccessError):
                    self._print(template, record, stranger)
                savepoint.rollback()
            self.env.invalidate_all()

    def test_long_list(self):
        """M8: no row of a long list is cut through, whichever PDF program prints it: one table that repeats its header, or rows apart."""
        payout = self.make_payout().with_user(self.a_officer)
        report = self.env["report.union_legal_aid.report_payout_list"].with_user(self.a_officer)
        sheet = report._get_report_values(payout.ids)["sheets"][0]
        for count, is_plain, apart in ((20, True, 0), (21, True, 21), (21, False, 0)):
            long = {**sheet, "rows": sheet["rows"] * count, "rows_apart": is_plain}
            content = self.env["ir.actions.report"]._render_template(f"{OWN}report_payout_list", {"sheets": [long]})
            tree = html.fromstring(content)
            whole = tree.xpath("//div[@class='ula_whole']/table[contains(@class, 'ula_row')]")
            self.assertEqual(len(whole), apart)
            self.assertEqual(len(tree.xpath("//thead")), 0 if apart else 1)
            self.assertEqual(len(tree.xpath("//tbody/tr[contains(@class, 'ula_total')]")), 2)
            self.assertEqual(len(tree.xpath("//td[contains(@class, 'ula_sign')]")), count + 1)

    def test_together(self):
        """C9: several records at once are pages of one document, each with its own union; PDF programs without patches take that."""
        first = self._create_granted()
        second = self._create_case(
            self.b_officer, employer_place_id=self.county_b.id, applicant_id_number="410404199003072830"
        )
        second.action_submit()
        second.with_user(self.b_manager).action_grant()
        self.city_officer.write({"company_ids": [(4, self.county_a_books.id)]})
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.city_officer)
            ._render_qweb_html(f"{OWN}report_case_grant", (first | second).ids)
        )
        pages = html.fromstring(content).xpath("//div[contains(concat(' ', @class, ' '), ' page ')]")
        self.assertEqual(len(pages), 2)
        for page, case in zip(pages, first | second, strict=True):
            self.assertIn(case.organization_id.name, page.text_content())
            self.assertNotIn(self.city.name, page.text_content())
        self.assertEqual(len(html.fromstring(content).xpath("//div[@data-oe-id]")), 0)


@tagged("post_install", "-at_install")
class TestPageNumbers(LegalAidFormsCommon):
    def _print(self, template, records):
        report = self.env.ref(OWN + template)
        return self.env["ir.actions.report"]._has_page_numbers(report, records.ids)

    def test_which(self):
        """C9: one document is numbered; several at once are no whole, and a card has two sides, not two pages."""
        case = self._create_granted()
        other = self._create_granted(applicant_id_number="410404199003072830")
        self.assertTrue(self._print("action_report_case_grant", case))
        self.assertFalse(self._print("action_report_case_grant", case | other))
        self.assertFalse(self._print("action_report_appointment_card", case))
        self.assertFalse(self.env["ir.actions.report"]._has_page_numbers("web.action_report_externalpreview", [1]))

    def test_refused_whole(self):
        """C9: of several records one of which has no such document, nothing is printed, and the message names it."""
        granted, submitted = (
            self._create_granted(),
            self._create_submitted(applicant_id_number="410404199003072830"),
        )
        with self.assertRaisesRegex(UserError, submitted.name):
            self.env["ir.actions.report"].with_user(self.a_officer)._render_qweb_html(
                f"{OWN}report_case_grant", (granted | submitted).ids
            )
