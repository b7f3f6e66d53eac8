import ast
import csv
import io
import json
from pathlib import Path
from urllib.parse import urlencode

import openpyxl

from odoo.tests import HttpCase, tagged
from odoo.tests.common import BaseCase

from ..tools import column_file
from .casework_common import LegalAidCaseworkCommon

ADDON = Path(__file__).parents[1]
# Writers of text files; the last one writes for developers, not from records.
TEXT_WRITERS = {"tools/column_file.py", "tools/access_table.py"}
TRAP = '=HYPERLINK("http://example.com";"点这里")'


@tagged("post_install", "-at_install", "union_tools")
class TestToolsFormulas(BaseCase):
    """X1, A9: no cell that leaves the system is a formula."""

    def _find_modules(self, names):
        """``{path: names}`` of the files of the addon that import one of the modules."""
        found = {}
        for path in ADDON.rglob("*.py"):
            if "tests" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                if set(modules) & names:
                    found[str(path.relative_to(ADDON))] = path.read_text(encoding="utf-8")
        return found

    def test_one_door_for_workbooks(self):
        """A9: one helper writes workbooks; whoever else would be told here."""
        self.assertEqual(set(self._find_modules({"xlsxwriter", "xlwt", "pandas"})), {"tools/workbook.py"})
        for path, source in self._find_modules({"openpyxl"}).items():
            self.assertNotIn("openpyxl.Workbook", source, path)

    def test_every_text_file_is_defused(self):
        """A9: every writer of text files sends its cells through the one function."""
        writers = {path: source for path, source in self._find_modules({"csv"}).items() if "csv.writer" in source}
        self.assertEqual(set(writers), TEXT_WRITERS)
        lines = [line for line in writers["tools/column_file.py"].splitlines() if "writerow(" in line]
        self.assertTrue(lines)
        self.assertFalse([line for line in lines if "defuse(" not in line and "_as_text(" not in line])

    def test_defuse(self):
        """A9: half and full width, and signs behind blanks; other texts stay as they are."""
        for text in ("=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "\t=1", "  =1", "\r=1"):
            self.assertEqual(column_file.defuse(text), f"'{text}")
        for text in ("张三", "6222020000000000001", "a=1", ""):
            self.assertEqual(column_file.defuse(text), text)


@tagged("post_install", "-at_install")
class TestExportFormulas(LegalAidCaseworkCommon, HttpCase):
    """X1, A9: Odoo's own export screen, too; what a worker typed is text in it."""

    def _export(self, kind, **params):
        self.authenticate(self.a_officer.login, self.a_officer.login)
        data = {
            "model": "legal.aid.consultation",
            "fields": [
                {"name": "question", "label": "问题", "type": "text", "store": True},
                {"name": "employer_name", "label": "=单位", "type": "char", "store": True},
            ],
            "ids": self.call.ids,
            "domain": [],
            "import_compat": False,
            "groupby": [],
            **params,
        }
        answer = self.url_open(f"/web/export/{kind}?{urlencode({'data': json.dumps(data)})}")
        self.assertEqual(answer.status_code, 200)
        return answer.content

    def setUp(self):
        super().setUp()
        self.a_officer.group_ids |= self.env.ref("base.group_allow_export")
        self.call = (
            self.env["legal.aid.consultation"]
            .with_user(self.a_officer)
            .create({"matter_id": self.matter_wages.id, "question": TRAP, "employer_name": "@某公司"})
        )

    def test_workbook(self):
        """A9: neither a formula nor a link, also where rows are grouped."""
        for params in ({}, {"groupby": ["employer_name"]}):
            book = openpyxl.load_workbook(io.BytesIO(self._export("xlsx", **params)))
            cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
            self.assertIn(TRAP, [cell.value for cell in cells], params)
            self.assertFalse([cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink], params)

    def test_text_file(self):
        """A9: no cell begins as a formula does."""
        rows = list(csv.reader(io.StringIO(self._export("csv").decode("utf-8-sig"))))
        self.assertIn(f"'{TRAP}", rows[1])
        self.assertFalse([cell for row in rows for cell in row if cell.startswith(column_file.FORMULA_SIGNS)])
