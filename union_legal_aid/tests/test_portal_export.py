import io

import openpyxl

from odoo.tests import tagged

from .portal_common import CLIENT, EMPLOYER, PHONE, TODAY, LegalAidPortalCommon

URL = "/my/legal-aid/export"


@tagged("post_install", "-at_install")
class TestPortalExport(LegalAidPortalCommon):
    """P1: the lawyer takes home what he did, and nothing of anybody else."""

    def _export(self, user):
        self.login(user)
        answer = self.url_open(URL)
        self.assertEqual(answer.status_code, 200)
        return openpyxl.load_workbook(io.BytesIO(answer.content))

    def _get_cells(self, book):
        return [
            str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
        ]

    def _create_worked(self):
        case = self._create_case()
        case.action_assign(volunteer_id=self.lawyer1)
        mine = case.with_user(self.lawyer1_user)
        mine.action_accept()
        mine.action_log_work(hours=1.5, kind="hearing", note="开庭笔记")
        return case

    def test_own_work(self):
        """P1: cases and work by number, without the name of a worker, an employer or a phone."""
        case = self._create_worked()
        book = self._export(self.lawyer1_user)
        self.assertEqual(book.sheetnames, ["案件", "工作记录", "咨询", "付款"])
        cells = self._get_cells(book)
        for value in (case.name, TODAY, "1.5"):
            self.assertIn(value, cells)
        text = " ".join(cells)
        for secret in (CLIENT, PHONE, EMPLOYER, "开庭笔记"):
            self.assertNotIn(secret, text)

    def test_nothing_of_another_lawyer(self):
        """O2: lawyer 2 finds nothing of lawyer 1's case in his file."""
        case = self._create_worked()
        self.assertNotIn(case.name, self._get_cells(self._export(self.lawyer2_user)))

    def test_who_is_no_lawyer_gets_nothing(self):
        """P1: neither other portal users nor visitors."""
        self.login(self.portal_user)
        self.assertEqual(self.url_open(URL).status_code, 404)
        self.logout()
        self.assertIn("/web/login", self.url_open(URL).url)
