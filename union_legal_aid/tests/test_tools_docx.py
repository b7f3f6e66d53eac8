"""Papers as data, and the file for Word and WPS made from them (C9)."""

import io
import json
import zipfile

from lxml import etree

from odoo.tests.common import BaseCase, tagged

from ..tools import docx, paper
from ..tools.paper import BLANK, SHORT_BLANK, Cell, Paper, Paragraph, Table, grid, pairs

NAMES = {"w": docx.W}


def make_paper():
    return Paper(
        "给予法律援助决定书",
        "测甲援给〔2026〕0001号",
        (
            Paragraph("王小明：", "flush"),
            Paragraph("第一段\n第二行"),
            Paragraph("家庭成员", "heading"),
            pairs(("姓名", "王小明"), ("性别", ""), ("理由", "很长", 4)),
            grid(("序号", "内容"), [("1", "甲")], (20, 80), least=2),
            Paragraph("某工会（盖章）", "right"),
        ),
    )


def open_docx(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}


@tagged("at_install")
class TestToolsPaper(BaseCase):
    def test_pairs(self):
        """C9: two labelled cells a row, long ones over the whole line, a lone one stretched; blanks are marked."""
        table = pairs(("甲", "1"), ("乙", ""), ("丙", "3"), ("丁", "4", 5))
        self.assertEqual(
            [[cell.text for cell in row] for row in table.rows], [["甲", "1", "乙", BLANK], ["丙", "3"], ["丁", "4"]]
        )
        self.assertEqual([sum(cell.span for cell in row) for row in table.rows], [4, 4, 4])
        self.assertEqual(table.rows[2][1].lines, 5)

    def test_grid(self):
        """C9: a table never ends without rows to be filled in by hand."""
        table = grid(("甲", "乙"), [("1", "")], (50, 50), least=3)
        self.assertEqual(len(table.rows), 4)
        self.assertEqual([cell.text for cell in table.rows[1]], ["1", SHORT_BLANK])
        self.assertEqual(table.header, 1)

    def test_kept(self):
        """C9: an issued paper is kept as data and comes back the same."""
        one = make_paper()
        self.assertEqual(paper.load(json.loads(json.dumps(paper.dump(one)))), one)

    def test_groups(self):
        """C9: a signature stays with what is signed; it never stands alone on a page."""
        table = grid(("甲",), [], (100,))
        signed = (Paragraph("承诺"), Paragraph(""), Paragraph("签名", "right"), Paragraph("日期", "right"))
        groups = Paper("", "", (Paragraph("前文"), *signed, table, *signed[1:])).get_groups()
        self.assertEqual([len(group) for group in groups], [1, 4, 1, 3])

    def test_choose(self):
        self.assertEqual(paper.choose((("a", "是"), ("b", "否")), "b"), "□是　■否")


@tagged("at_install")
class TestToolsDocx(BaseCase):
    def test_structure(self):
        """C9: the parts that Word asks for, A4, fonts for Chinese and Latin."""
        parts = open_docx(docx.build(make_paper()))
        self.assertEqual(
            set(parts),
            {
                "[Content_Types].xml",
                "_rels/.rels",
                "word/document.xml",
                "word/_rels/document.xml.rels",
                "word/styles.xml",
            },
        )
        size = parts["word/document.xml"].find(".//w:sectPr/w:pgSz", NAMES)
        self.assertEqual([size.get(f"{{{docx.W}}}{side}") for side in ("w", "h")], ["11906", "16838"])
        fonts = {node.get(f"{{{docx.W}}}eastAsia") for node in parts["word/styles.xml"].iterfind(".//w:rFonts", NAMES)}
        self.assertEqual(fonts, {"仿宋", "宋体"})
        # Named styles exist.
        known = {node.get(f"{{{docx.W}}}styleId") for node in parts["word/styles.xml"].iterfind(".//w:style", NAMES)}
        used = {node.get(f"{{{docx.W}}}val") for node in parts["word/document.xml"].iterfind(".//w:pStyle", NAMES)}
        self.assertLessEqual(used, known)

    def test_tables(self):
        """C9: every row fills the columns; the widths are those of the columns together; merged cells say so."""
        tree = open_docx(docx.build(make_paper()))["word/document.xml"]
        tables = tree.findall(".//w:tbl", NAMES)
        self.assertEqual(len(tables), 2)
        for table in tables:
            columns = [int(node.get(f"{{{docx.W}}}w")) for node in table.iterfind("w:tblGrid/w:gridCol", NAMES)]
            self.assertAlmostEqual(sum(columns), docx.LINE_WIDTH, delta=2)
            for row in table.iterfind("w:tr", NAMES):
                spans = [node.find("w:tcPr/w:gridSpan", NAMES) for node in row.iterfind("w:tc", NAMES)]
                count = sum(1 if span is None else int(span.get(f"{{{docx.W}}}val")) for span in spans)
                self.assertEqual(count, len(columns))
                for cell in row.iterfind("w:tc", NAMES):
                    self.assertIsNotNone(cell.find("w:p", NAMES))
        between = tables[0].getnext()
        self.assertEqual(between.tag, f"{{{docx.W}}}p", "two tables would become one")
        self.assertIsNotNone(tables[1].find("w:tr/w:trPr/w:tblHeader", NAMES))

    def test_order(self):
        """C9: the elements of a paragraph stand in the order of the format, else Word calls the file damaged."""
        order = ["pStyle", "keepNext", "pageBreakBefore", "spacing", "ind", "jc"]
        tree = open_docx(docx.build(make_paper(), make_paper()))["word/document.xml"]
        for properties in tree.iterfind(".//w:pPr", NAMES):
            names = [etree.QName(node).localname for node in properties]
            self.assertEqual(names, sorted(names, key=order.index))
        self.assertEqual(len(tree.findall(".//w:pageBreakBefore", NAMES)), 1)

    def test_text(self):
        """C9: what users paste, control characters included, leaves the file whole."""
        text = "甲\x0b乙\x00丙\ufffe<w:p>&\r\n丁"
        tree = open_docx(docx.build(Paper(text, "", (Paragraph(text), Table((100,), ((Cell(text),),))))))[
            "word/document.xml"
        ]
        texts = [node.text for node in tree.iterfind(".//w:t", NAMES)]
        self.assertEqual(texts, ["甲乙丙<w:p>&", "丁"] * 3)

    def test_same_bytes(self):
        self.assertEqual(docx.build(make_paper()), docx.build(make_paper()))

    def test_many_chapters(self):
        """C9: a paper of many chapters is set smaller, on the page and in the file, so that its end stays on the first page."""
        chapters = [block for number in "一二三四" for block in (Paragraph(number, "heading"), Paragraph("甲"))]
        long, short = Paper("决定书", "", tuple(chapters)), Paper("通知书", "", tuple(chapters[:6]))
        self.assertEqual((long.is_dense, short.is_dense), (True, False))
        tree = open_docx(docx.build(long))["word/document.xml"]
        styles = [node.get(f"{{{docx.W}}}val") for node in tree.iterfind(".//w:pStyle", NAMES)]
        self.assertEqual(styles, ["Title", *["Heading1", "Dense"] * 4])
        self.assertEqual(paper.load(json.loads(json.dumps(paper.dump(long)))).is_dense, True)
