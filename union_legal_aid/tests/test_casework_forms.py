import io
import re
import zipfile

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..reports.forms import FORMS
from ..reports.forms.decision import cite, in_words
from ..reports.forms.form import days_in
from ..tools import docx
from .forms_common import LegalAidFormsCommon

STATES = ("draft", "submitted", "granted", "in_progress", "closed", "refused", "terminated", "archived")


def read_docx(content):
    """The text of a file for Word, one paragraph a line."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    lines = []
    for paragraph in tree.iter(f"{{{docx.W}}}p"):
        pieces = [
            "\n" if node.tag.endswith("}br") else node.text or ""
            for node in paragraph.iter(f"{{{docx.W}}}t", f"{{{docx.W}}}br")
        ]
        lines.append("".join(pieces))
    return "\n".join(lines)


def squeeze(text):
    return re.sub(r"\s", "", text)


@tagged("post_install", "-at_install")
class TestCaseworkForms(LegalAidFormsCommon):
    """C9: the Ministry's forms from the record, in PDF and for Word, blanks marked, never a crash."""

    def _get_page(self, one):
        html = self.env["ir.qweb"]._render("union_legal_aid.official_page", {"papers": [one]})
        body = etree.fromstring(str(html), etree.HTMLParser()).find("body")
        return "".join(body.itertext())

    def _get_papers(self, record):
        forms = self.env["legal.aid.form"].with_user(self.a_officer)
        return {form.code: forms._get_paper(form.code, record) for form in forms._find_forms(record)}

    def _check_same(self, one):
        """What stands on the page of the PDF stands in the file for Word, in the same order."""
        self.assertEqual(squeeze(self._get_page(one)), squeeze(one.get_text()))
        self.assertEqual(squeeze(read_docx(docx.build(one))), squeeze(one.get_text()))

    def test_full(self):
        """C9: every form of a rich case prints with its facts; page and Word file say the same."""
        case = self._create_full("in_progress")
        printed = {**self._get_papers(case), **self._get_papers(case.consultation_ids)}
        case.with_user(self.lawyer1_user).action_close(outcome="won", amount_recovered=9000, note="小结")
        case.action_receive_file(date="2026-03-02")
        printed = {**self._get_papers(case), **printed}
        refused = self._create_submitted(applicant_name="李小红", applicant_id_number="410404199003072830")
        refused.with_user(self.a_manager).action_refuse(reason_code="no_facts", note="证据不足")
        printed = {**self._get_papers(refused), **printed}
        ended = self._create_granted(applicant_name="赵六", applicant_id_number="410411200012314482")
        ended.with_user(self.a_manager).action_terminate(reason_code=self._get_reason("terminate"), note="自行委托")
        printed = {**self._get_papers(ended), **printed}
        # Letters of supervision and those about a lawyer who goes are printed from records of their own.
        of_cases = {code for code, form in FORMS.items() if form.model in ("legal.aid.case", "legal.aid.consultation")}
        self.assertEqual(printed.keys() | {"objection"}, of_cases)
        for code, one in printed.items():
            with self.subTest(code):
                self._check_same(one)
                self.assertEqual(one.title, FORMS[code].title)
        self.assertIn("王小明", printed["application"].get_text())
        self.assertIn("1985年1月1日", printed["application"].get_text())
        self.assertIn("9,000.00元", printed["closing"].get_text())
        self.assertIn("测甲县司法局", printed["termination"].get_text())

    def test_ground(self):
        """C9, C13: a decision quotes its legal ground as decisions do, with article, paragraph and item in words."""
        self.assertEqual(cite("法律援助法 §48(一)"), "《中华人民共和国法律援助法》第四十八条第一款第（一）项")
        self.assertEqual(cite("法律援助法 §31、§41"), "《中华人民共和国法律援助法》第三十一条、第四十一条")
        self.assertEqual(cite("意见 §五"), "《关于进一步加强职工法律援助工作的意见》第五部分")
        self.assertEqual(cite("工会法律援助办法"), "《工会法律援助办法》")
        self.assertEqual([cite(nothing) for nothing in (False, "")], ["", ""])
        self.assertEqual([in_words(number) for number in (5, 10, 12, 20, 43)], ["五", "十", "十二", "二十", "四十三"])
        ended = self._create_granted()
        ended.with_user(self.a_manager).action_terminate(reason_code="means_changed", note="收入已高于标准")
        text = self._get_papers(ended)["termination"].get_text()
        self.assertIn("根据《中华人民共和国法律援助法》第四十八条第一款第（四）项的规定", text)

    def test_days(self):
        """C9: days in sentences of the screen are written on paper as papers write them; numbers stay numbers."""
        self.assertEqual(
            days_in("签订委托协议：2026-12-04前，于2027-01-31止"), "签订委托协议：2026年12月4日前，于2027年1月31日止"
        )
        self.assertEqual([days_in(text) for text in ("12345-20261124-0087", False)], ["12345-20261124-0087", ""])

    def test_every_ground(self):
        """C9: the ground of every reason of a refusal or a termination can be quoted."""
        reasons = self.env["legal.aid.reason"].search([("usage", "in", ("refuse", "terminate"))])
        self.assertGreater(len(reasons), 8)
        for reason in reasons:
            self.assertNotIn("§", cite(reason.legal_basis))

    def test_empty(self):
        """C9: a record with next to nothing prints, too; what is missing is a marked blank."""
        for state in STATES:
            case = self._create_bare(state)
            for form in FORMS.values():
                if form.model != case._name:
                    continue
                with self.subTest(f"{state} {form.code}"):
                    one = form.get_paper(case)
                    self._check_same(one)
                    self.assertIn("＿＿", one.get_text())
                    self.assertNotRegex(one.get_text(), r"False|None|<|legal\.aid")
        consultation = self.env["legal.aid.consultation"].create(
            {"matter_id": self.matter_wages.id, "organization_id": self.county_a.id}
        )
        self._check_same(self._get_papers(consultation)["consultation"])

    def test_not_yet(self):
        """C9: a form of a later stage is refused, with what to do."""
        forms = self.env["legal.aid.form"].with_user(self.a_officer)
        with self.assertRaisesRegex(UserError, "结案报告表"):
            forms._get_paper("closing", self._create_submitted())
        with self.assertRaisesRegex(UserError, "no form"):
            forms._get_paper("nothing", self._create_submitted())

    def test_hidden_stay_blank(self):
        """C9, DESIGN rule 5: who may not read the worker's data prints blanks."""
        case = self._create_granted(contact_point_id=self.county_b.id)
        one = self.env["legal.aid.form"].with_user(self.b_officer)._get_paper("grant", case.with_user(self.b_officer))
        self.assertNotIn("王小明", one.get_text())
        self.assertIn("＿＿", one.get_text())


@tagged("post_install", "-at_install")
class TestCaseworkIssuedDocuments(LegalAidFormsCommon):
    """C9: documents that were issued are kept: number, wording, signer, receipt."""

    def _issue(self, case, code="grant", user=None):
        return case.with_user(user or self.a_officer).action_issue_document(code)

    def test_number(self):
        """C9: each kind of document counts by itself within union and year, in 六角括号; printed and kept with its number."""
        first, second = (
            self._create_granted(),
            self._create_granted(applicant_name="李四", applicant_id_number="410404199003072830"),
        )
        issued = self._issue(first)
        self.assertRecordValues(
            issued,
            [
                {
                    "number": "测甲援给〔2026〕0001号",
                    "name": "给予法律援助决定书",
                    "state": "issued",
                    "delivered_to": "王小明",
                }
            ],
        )
        self.assertEqual(issued.signed_by_id, self.a_officer)
        self.assertEqual(self._issue(second).number, "测甲援给〔2026〕0002号")
        first.action_assign(volunteer_id=self.lawyer1)
        self.assertEqual(self._issue(first, "assignment").number, "测甲援指〔2026〕0001号")

    def test_kept(self):
        """C9: what was issued prints as it was issued, whatever the case becomes."""
        case = self._create_granted()
        issued = self._issue(case)
        kept = self.env["legal.aid.form"]._load(issued.content)
        self.assertEqual(kept.number, issued.number)
        self.assertIn("王小明", kept.get_text())
        case.with_user(self.a_officer).write({"applicant_phone": "13803750009", "tribunal_name": "后来才有"})
        self.assertEqual(self.env["legal.aid.form"]._load(issued.content), kept)

    def test_who(self):
        """C9: who may not edit the file issues nothing; what has no number is not issued."""
        case = self._create_granted(contact_point_id=self.county_b.id)
        for user in (self.b_officer, self.auditor, self.liaison, self.lawyer1_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._issue(case, user=user)
        with self.assertRaises(AccessError):
            self._issue(case, "examination")
        with self.assertRaises(UserError):
            self._issue(case, "termination")

    def test_doors(self):
        """DESIGN rule 1: the register is written by its steps only."""
        issued = self._issue(self._create_granted()).with_user(self.a_officer)
        for vals in ({"number": "假"}, {"state": "delivered"}, {"content": {}}, {"date": "2026-01-01"}):
            with self.subTest(str(vals)), self.assertRaises(AccessError):
                issued.write(vals)
        with self.assertRaises(AccessError):
            self.env["legal.aid.issued.document"].with_user(self.a_officer).create(
                {"case_id": issued.case_id.id, "form_code": "grant", "name": "假", "number": "假", "date": "2026-03-02"}
            )
        with self.assertRaises(AccessError):
            issued.unlink()

    def test_deliver(self):
        """C9: the receipt says to whom, how, when and who signed; it is asked for whole and once."""
        issued = self._issue(self._create_granted()).with_user(self.a_officer)
        with self.assertRaisesRegex(UserError, "测甲援给"):
            issued.action_deliver()
        with self.assertRaises(UserError):
            issued.action_deliver(date="2026-03-03", method="post")  # tomorrow
        issued.action_deliver(date="2026-03-02", method="direct", received_by="王小明")
        self.assertRecordValues(issued, [{"state": "delivered", "received_by": "王小明"}])
        with self.assertRaises(UserError):
            issued.write({"delivered_date": "2026-03-01"})
        receipt = self.env["legal.aid.form"].with_user(self.a_officer)._get_paper("delivery", issued.case_id)
        for text in (issued.number, "2026年3月2日", "王小明"):
            self.assertIn(text, receipt.get_text())

    def test_supplement_clock(self):
        """I7: the applicant's days count from the delivery of the notice."""
        case = self._create_submitted()
        case.action_request_supplement(note="工资条")
        issued = self._issue(case, "supplement").with_user(self.a_officer)
        before = self._get_due(case, "supplement")
        with freeze_time("2026-03-04 02:00:00"):
            issued.action_deliver(date="2026-03-04", method="post")
        self.assertEqual((before, self._get_due(case, "supplement")), ("2026-03-09", "2026-03-11"))

    def test_void(self):
        """C9: a document issued by mistake is void, its number stays used."""
        case = self._create_granted()
        issued = self._issue(case).with_user(self.a_officer)
        self.assertEqual(issued.action_void()["res_model"], "legal.aid.reason.dialog")
        issued.action_void(note="日期有误")
        self.assertEqual(issued.state, "void")
        self.assertEqual(self._issue(case).number, "测甲援给〔2026〕0002号")

    def test_list(self):
        """C9: the list offers what applies now; what was issued is not issued twice, letters may be."""
        case = self._create_in_progress()
        self._issue(case)
        self._issue(case, "letter")
        action = case.with_user(self.a_officer).action_open_forms()
        lines = self.env["legal.aid.form.choice"].with_user(self.a_officer).search(action["domain"])
        can_issue = dict(zip(lines.mapped("form_code"), lines.mapped("can_issue"), strict=True))
        self.assertNotIn("closing", can_issue)
        self.assertFalse(can_issue["grant"])
        self.assertTrue(can_issue["letter"])
        self.assertFalse(can_issue["attorney"])
        line = lines.filtered(lambda one: one.form_code == "grant")
        self.assertIn(f"/issued/{line.issued_document_id.id}/pdf", line.action_print_pdf()["url"])
        other = lines.filtered(lambda one: one.form_code == "attorney")
        self.assertIn(f"/forms/attorney/{case.id}/docx", other.action_print_word()["url"])
        lines.filtered(lambda one: one.form_code == "introduction").action_issue()
        self.assertEqual(len(case.issued_document_ids), 3)
        with self.assertRaises(AccessError):
            case.with_user(self.lawyer1_user).action_open_forms()


@tagged("post_install", "-at_install")
class TestCaseworkFormsHttp(LegalAidFormsCommon, HttpCase):
    """C9, X2: the doors by which forms leave the house."""

    def _get(self, url, login):
        self.authenticate(login, login)
        return self.url_open(url)

    def test_officer(self):
        """C9, X2: the officer downloads PDF and Word file; both are on record."""
        case = self._create_in_progress()
        for extension, start in (("docx", b"PK"), ("pdf", b"%PDF")):
            response = self._get(f"/legal_aid/forms/attorney/{case.id}/{extension}", self.a_officer.login)
            self.assertEqual(response.status_code, 200)
            self.assertTrue(response.content.startswith(start), response.content[:80])
            self.assertIn("attachment", response.headers["Content-Disposition"])
            row = self.env["legal.aid.access.log"].search([("user_id", "=", self.a_officer.id)], limit=1)
            self.assertEqual((row.kind, row.res_id, row.field_names), ("print", case.id, f"attorney.{extension}"))
        text = read_docx(self._get(f"/legal_aid/forms/attorney/{case.id}/docx", self.a_officer.login).content)
        self.assertIn("王小明", text)

    def test_issued(self):
        """C9: the register prints what was issued."""
        case = self._create_granted()
        issued = case.with_user(self.a_officer).action_issue_document("grant")
        response = self._get(f"/legal_aid/issued/{issued.id}/docx", self.a_officer.login)
        self.assertIn(issued.number, read_docx(response.content))
        self.assertEqual(self._get(f"/legal_aid/issued/{issued.id}/docx", self.b_officer.login).status_code, 404)

    def test_closed_doors(self):
        """C9, DESIGN rule 5: nobody else, no other county, no other format."""
        case = self._create_in_progress()
        url = f"/legal_aid/forms/attorney/{case.id}/docx"
        self.assertEqual(self._get(url, self.b_officer.login).status_code, 404)
        for user in (self.auditor, self.liaison, self.justice, self.lawyer1_user):
            with mute_logger("odoo.http"):
                self.assertEqual(self._get(url, user.login).status_code, 403, user.login)
        self.assertEqual(self._get(url.replace("docx", "exe"), self.a_officer.login).status_code, 404)

    def test_lawyer(self):
        """C1, C9: the assigned lawyer gets the four papers that are his, with his client's name, while the case runs."""
        case = self._create_in_progress()
        for code, status in (
            ("attorney", 200),
            ("agreement", 200),
            ("progress", 200),
            ("closing", 404),
            ("examination", 404),
        ):
            with self.subTest(code):
                response = self._get(f"/my/cases/{case.id}/forms/{code}/docx", self.lawyer1_user.login)
                self.assertEqual(response.status_code, status)
        text = read_docx(self._get(f"/my/cases/{case.id}/forms/attorney/docx", self.lawyer1_user.login).content)
        self.assertIn("王小明", text)
        self.assertEqual(
            self._get(f"/my/cases/{case.id}/forms/attorney/docx", self.lawyer2_user.login).status_code, 404
        )
        page = self._get(f"/my/cases/{case.id}", self.lawyer1_user.login).text
        self.assertIn(f"/my/cases/{case.id}/forms/agreement/pdf", page)
