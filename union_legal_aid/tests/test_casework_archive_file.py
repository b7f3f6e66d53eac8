import io
import unicodedata
from unittest.mock import patch

import pypdf

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..reports.legal_aid_form import LegalAidForm
from .forms_common import LegalAidFormsCommon
from .test_tools_pdf_file import lock, make_pdf, make_picture, read_pages


@tagged("post_install", "-at_install")
class TestCaseworkArchiveFile(LegalAidFormsCommon):
    """C8: one archive file for each case: cover, index with page numbers, every paper in its order, 备考表."""

    def setUp(self):
        super().setUp()
        self.printed = []

        def print_pdf(forms, papers):
            """What the printer would get; the printer itself is looked at by ``test_printed``."""
            self.printed += papers
            return make_pdf(f"printed-{len(self.printed)}")

        self.printer = patch.object(LegalAidForm, "_print_pdf", print_pdf)
        self.printer.start()
        self.addCleanup(self.printer.stop)

    def _create_archived_file(self, papers=()):
        case = self._create_full()
        for kind, name, content in papers:
            case.action_add_document(kind=kind, filename=name, name=name, content=content)
        case.action_archive(file_received_date="2026-03-02")
        return case.with_user(self.a_officer)

    def _run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref("union_legal_aid.ir_cron_archive_file").method_direct_trigger()

    def _find_file(self, case):
        return case.document_ids.filtered(lambda document: document.kind == "archive")

    def _get_printed(self, title, case):
        """The text of the paper of this title for ``case``; the job makes files of other cases, too."""
        found = [paper for paper in self.printed if (paper.title, paper.number) == (title, case.name)]
        return found[-1].get_text()

    def _get_index(self, case):
        return self._get_printed("卷内目录", case)

    def test_file(self):
        """C8: made soon after the archiving; cover, index, papers in the order of the archive, 备考表."""
        case = self._create_archived_file(
            [("identity", "身份证.jpg", make_picture()), ("decision", "裁决书.pdf", make_pdf("award", "award2"))]
        )
        self.assertFalse(self._find_file(case))
        self._run_job()
        document = self._find_file(case)
        self.assertRecordValues(document, [{"confidentiality": "internal", "name": f"{case.name} 案卷"}])
        content = document.attachment_id.sudo().raw
        pages = read_pages(content)
        self.assertEqual(len(pages), document.page_count + 3)
        cover = self._get_printed("法律援助案卷", case)
        for text in ("2026年3月2日", "30年", "一案一卷", f"{document.page_count}页", "王小明"):
            self.assertIn(text, cover)
        index = self._get_index(case)
        order = [
            "审批卷",
            "法律援助申请表",
            "法律援助审查表",
            "身份证.jpg",
            "经济困难状况说明表",
            "法律援助申请材料接收凭证",
            "补充材料、说明通知书",
            "给予法律援助决定书",
            "承办卷",
            "授权委托书",
            "案件承办情况通报、报告记录",
            "裁决书.pdf",
            "结案报告表",
        ]
        places = [index.index(text) for text in order]
        self.assertEqual(places, sorted(places), index)
        # The award has two pages; the index says which.
        award = next(number for number, text in enumerate(pages) if "award2" in text) - 2 + 1
        self.assertIn(f"裁决书.pdf\n2026年3月2日\n{award - 1}—{award}", index)
        self.assertIn(str(award), pages[award + 1])

    def test_beside(self):
        """C8: what cannot be merged is on the index with the reason; the file is made all the same."""
        case = self._create_archived_file(
            [
                ("evidence", "录音.mp3", b"ID3 sound"),
                ("evidence", "加密.pdf", lock(make_pdf("x"), "secret")),
                ("evidence", "损坏.pdf", make_pdf("x")[:200]),
                ("pleading", "申请书.docx", b"PK\x03\x04"),
                ("evidence", "照片.png", make_picture("PNG")),
            ]
        )
        with mute_logger("pypdf._reader"):
            case.action_build_archive_file()
        index = self._get_index(case)
        beside = index[index.index("另存材料") :]
        for name in ("录音.mp3", "加密.pdf", "损坏.pdf", "申请书.docx"):
            self.assertIn(name, beside)
            self.assertNotIn(name, index[: index.index("另存材料")])
        self.assertNotIn("照片.png", beside)
        # Five text files of the fixture, and these four.
        self.assertIn("另存材料10件", self._get_printed("备考表", case))

    def test_corrections_on_the_note(self):
        """C13: what was put right with approval stands on 备考表: when, what, old and new, by whom; else there is no such table."""
        case = self._create_archived_file()
        case.action_build_archive_file()
        self.assertNotIn("更正记录", self._get_printed("备考表", case))
        correction = (
            self.env["legal.aid.case.correction"]
            .with_user(self.a_officer)
            .create({"case_id": case.id, "field_name": "amount_claimed", "new_amount": 24100, "reason": "数字颠倒"})
        )
        correction.action_submit()
        case.action_build_archive_file()
        self.assertNotIn("更正记录", self._get_printed("备考表", case))
        correction.with_user(self.a_manager).action_approve()
        case.action_build_archive_file()
        note = self._get_printed("备考表", case)
        for words in ("更正记录", "2026年3月2日", "24,100", self.a_manager.name):
            self.assertIn(words, note)

    def test_receipt_of_the_file(self):
        """C8, C9: the receipt names who handed in what and when, and belongs into the file; without a file there is none."""
        forms = self.env["legal.aid.form"].with_user(self.a_officer)
        with self.assertRaises(UserError):
            forms._get_paper("file_receipt", self._create_closed())
        case = self._create_archived_file()
        text = forms._get_paper("file_receipt", case).get_text()
        for words in (
            "案卷移交回执",
            case.name,
            self.lawyer1.name,
            "2026年3月2日",
            "纸质案卷",
            "第1次",
            "evidence 复印件",
        ):
            self.assertIn(words, text)
        case.action_build_archive_file()
        self.assertIn("案卷移交回执", self._get_index(case))

    def test_forty_pages(self):
        """C8: a case of more than forty pages merges and opens, in the order of its index."""
        papers = [("evidence", f"证据{number}.pdf", make_pdf(f"proof{number}", "second")) for number in range(15)]
        papers += [("evidence", f"照片{number}.jpg", make_picture(size=(2000, 1500))) for number in range(15)]
        case = self._create_archived_file(papers)
        case.action_build_archive_file()
        document = self._find_file(case)
        self.assertGreater(document.page_count, 45)
        reader = pypdf.PdfReader(io.BytesIO(document.attachment_id.sudo().raw))
        self.assertEqual(len(reader.pages), document.page_count + 3)

    def test_issued_and_signed(self):
        """C8: what was issued is filed as it was issued; a signed page takes the place of its form."""
        case = self._create_full()
        issued = case.action_issue_document("grant")
        case.action_add_document(kind="agency", filename="委托书.jpg", name="已签委托书.jpg", content=make_picture())
        case.action_archive(file_received_date="2026-03-02")
        case.action_build_archive_file()
        index = self._get_index(case)
        self.assertIn(f"给予法律援助决定书 {issued.number}", index)
        self.assertEqual(index.count("给予法律援助决定书"), 1)
        self.assertIn("已签委托书.jpg", index)
        self.assertNotIn("法律援助委托代理协议", index)
        self.assertIn(self.env["legal.aid.form"]._load(issued.content), self.printed)

    def test_anew(self):
        """C8: an officer makes it anew; there is one archive file, the last."""
        case = self._create_archived_file()
        self.assertEqual(case.action_open_archive_file()["type"], "ir.actions.act_url")
        document, count = self._find_file(case), len(self.printed)
        former = document.attachment_id
        case.action_open_archive_file()
        self.assertEqual(len(self.printed), count, "it is there already")
        case.action_build_archive_file()
        self.assertEqual(self._find_file(case), document)
        self.assertNotEqual(document.attachment_id, former)
        self.assertFalse(former.sudo().exists())
        row = self.env["legal.aid.access.log"].search([("res_id", "=", case.id), ("kind", "=", "print")], limit=1)
        self.assertEqual((row.user_id, row.field_names), (self.a_officer, "archive.pdf"))

    def test_retention(self):
        """C8: kept as long as the policy says, or for ever."""
        case = self._create_archived_file()
        case.is_permanent = True
        case.action_build_archive_file()
        self.assertIn("永久", self._get_printed("法律援助案卷", case))

    def test_who(self):
        """C8, DESIGN rule 5: it holds everything, so it is for officers of the union in charge."""
        case = self._create_archived_file()
        case.action_build_archive_file()
        document = self._find_file(case)
        for user in (self.lawyer1_user, self.auditor, self.liaison, self.b_officer):
            with self.subTest(user.login):
                self.assertFalse(self.env[document._name].with_user(user).search([("id", "=", document.id)]))
                with self.assertRaises(AccessError):
                    case.with_user(user).action_build_archive_file()

    def test_doors(self):
        """C8: nobody writes an archive file by hand, before the archiving or after."""
        case = self._create_full()
        documents = self.env["legal.aid.case.document"].with_user(self.a_officer)
        with self.assertRaises(AccessError):
            documents.create({"case_id": case.id, "kind": "archive", "name": "假"})
        with self.assertRaises(AccessError):
            case.document_ids[:1].with_user(self.a_officer).write({"kind": "archive"})
        with self.assertRaises(UserError):
            case.with_user(self.a_officer).action_build_archive_file()
        case.action_archive(file_received_date="2026-03-02")
        case.action_build_archive_file()
        document = self._find_file(case).with_user(self.a_officer)
        with self.assertRaises(AccessError):
            document.write({"name": "假"})
        with self.assertRaises(AccessError):
            document.unlink()
        with self.assertRaises(UserError):
            case.with_user(self.a_officer).action_add_document(content=b"x", filename="late.txt")

    def test_one_bad_case(self):
        """C8: a case that cannot be made is logged and does not keep the next one waiting."""
        bad, good = (
            self._create_archived_file(),
            self._create_archived(applicant_name="李四", applicant_id_number="410404199003072830"),
        )
        build = type(self.env["legal.aid.archive.file"])._bind

        def bind(binder, case):
            if case.id == bad.id:
                raise ValueError("unforeseen")
            return build(binder, case)

        with (
            patch.object(type(self.env["legal.aid.archive.file"]), "_bind", bind),
            mute_logger("odoo.addons.union_legal_aid.models.casework.legal_aid_case_archive_mixin"),
        ):
            self._run_job()
        self.assertFalse(self._find_file(bad))
        self.assertTrue(self._find_file(good))

    def test_printed(self):
        """C8, C9: the real printer: every form on A4 with embedded fonts, the whole opens and says what the record says."""
        case = self._create_archived_file([("evidence", "证据.pdf", make_pdf("proof"))])
        self.printer.stop()
        self.addCleanup(self.printer.start)
        case.action_build_archive_file()
        reader = pypdf.PdfReader(io.BytesIO(self._find_file(case).attachment_id.sudo().raw))
        for page in reader.pages:
            self.assertEqual([round(float(side)) for side in page.mediabox[2:]], [595, 842])
        text = "".join(page.extract_text() for page in reader.pages)
        # Some characters come back in the form of the radical that looks the same.
        text = "".join(unicodedata.normalize("NFKC", text).split())
        for words in ("法律援助案卷", "卷内目录", "法律援助申请表", "结案报告表", "王小明", "备考表"):
            self.assertIn(words, text)
