import io
import zipfile

from odoo.tests import BaseCase, tagged

from odoo.addons.union_legal_aid.tools import bank_file, workbook


@tagged("post_install", "-at_install")
class TestWorkbook(BaseCase):
    def _read(self, content, part="xl/worksheets/sheet1.xml"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.read(part).decode()

    def test_no_formula_no_link(self):
        """X1: what begins like a formula or a link stays text."""
        content = workbook.build(
            "表", [("列", "text", 10)], [[text] for text in ("=1+1", "+1", "-1", "@x", "http://example.com", "00123")]
        )
        sheet = self._read(content)
        self.assertNotIn("<f>", sheet)
        self.assertNotIn("hyperlink", sheet)
        self.assertEqual(sheet.count('t="s"'), 7)
        self.assertIn("00123", self._read(content, "xl/sharedStrings.xml"))

    def test_amounts_to_the_cent(self):
        """M7: no hidden third decimal in the cell, floats read as they print."""
        content = workbook.build("表", [("金额", "amount", 10)], [[1.005], [0.1 + 0.2], ["不详"]])
        sheet = self._read(content)
        self.assertIn("<v>1.01</v>", sheet)
        self.assertIn("<v>0.3</v>", sheet)

    def test_ready_to_print(self):
        """X1: printed as it is, a workbook fits on A4, with its header on every page."""
        content = workbook.build("表", [("列", "text", 10)], [["甲"]], head=("标题",))
        sheet = self._read(content)
        for part in ('paperSize="9"', 'orientation="landscape"', 'fitToHeight="0"', 'topLeftCell="A3"'):
            self.assertIn(part, sheet)
        self.assertIn("$2:$2", self._read(content, "xl/workbook.xml"))
        self.assertIn('wrapText="1"', self._read(content, "xl/styles.xml"))

    def test_sheet_name(self):
        for title in ("a/b", "[x]", "长" * 40, "", "'"):
            self.assertTrue(workbook.build(title, [("列", "text", 10)], []))

    def test_purpose(self):
        """F§10: one line, no separators, at most 20 characters."""
        self.assertEqual(
            bank_file.clean_purpose("案件补贴，\n 宝工援〔2026〕0001号, 工资"), "案件补贴 宝工援〔2026〕0001号"
        )
        self.assertEqual(len(bank_file.clean_purpose("长" * 50)), 20)
        self.assertEqual(bank_file.clean_purpose(None), "")
