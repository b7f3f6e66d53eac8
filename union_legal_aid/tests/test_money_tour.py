import csv
import io

from odoo.tests import tagged

from .casework_common import TODAY
from .money_common import LegalAidMoneyCommon
from .tour_common import LegalAidTourCase


@tagged("post_install", "-at_install")
class TestPayoutTour(LegalAidMoneyCommon, LegalAidTourCase):
    """Finance in the browser, in zh_CN: the approved list is posted, one payment comes back, is issued again and paid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_and_install_lang("zh_CN")
        cls.city_finance.lang = "zh_CN"

    def test_finance_pays(self):
        """M6, M7: approve → bank file → return file with one failed line → issued again → paid; four entries, all reconciled."""
        lawyers = self._create_more_lawyers(2)
        payout = self._create_approved_payout("subsidy").with_user(self.city_finance)
        payout.action_export_bank_file()
        rows = [["收款账号", "收款人户名", "金额", "处理结果", "失败原因"]]
        for lawyer, result, reason in zip(lawyers.sudo(), ("成功", "失败"), ("", "户名不符"), strict=True):
            rows.append([lawyer.bank_account_number, lawyer.bank_account_holder, "1000.00", result, reason])
        buffer = io.StringIO()
        csv.writer(buffer).writerows(rows)
        self.env["ir.attachment"].with_user(self.city_finance).create(
            {"name": "巡览回盘.csv", "raw": buffer.getvalue().encode("gb18030")}
        )
        self.start_tour("/odoo/legal-aid-payouts", "legal_aid_finance_pays", login=self.city_finance.login)
        self.env.invalidate_all()
        self.assertEqual((payout.state, payout.line_ids.filtered("included").mapped("state")), ("paid", ["paid"] * 2))
        self.assertEqual((len(payout.move_ids), len(payout.bank_return_ids)), (4, 1))
        self.assertTrue(all(row.reconciled for row in payout.line_ids.move_line_id))
        self.assertEqual(payout.date.isoformat(), TODAY)
