from odoo.http import content_disposition, request, route

from ..tools import workbook
from .portal import LegalAidPortal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class LegalAidPortalExport(LegalAidPortal):
    """What the lawyer may take home (P1): his own cases, work, calls and payments as a workbook, under his own rights.

    No worker is named in it: a file that leaves the system is not looked after by it any more.
    """

    @route("/my/legal-aid/export", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_export(self, **kw):
        self._get_lawyers()
        content = workbook.build_sheets(
            [self._list_cases(), self._list_logs(), self._list_calls(), self._list_payments()]
        )
        return request.make_response(
            content,
            headers=[
                ("Content-Type", XLSX),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition("我的法律服务.xlsx")),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    def _label(self, record, name):
        return dict(record._fields[name]._description_selection(record.env)).get(record[name], "")

    def _list_cases(self):
        cases = request.env["legal.aid.case"].search([])
        columns = [
            ("案号", "text", 24),
            ("案由", "text", 20),
            ("援助方式", "text", 14),
            ("状态", "text", 10),
            ("指派日期", "text", 12),
        ]
        columns += [("结案日期", "text", 12), ("结果", "text", 14), ("挽回金额（元）", "amount", 14)]
        rows = [
            [
                case.name,
                case.matter_id.name,
                self._label(case, "service_form"),
                self._label(case, "state"),
                case.assigned_date,
                case.closed_date,
                self._label(case, "outcome"),
                case.amount_recovered or "",
            ]
            for case in cases
        ]
        return "案件", columns, rows, None

    def _list_logs(self):
        logs = request.env["legal.aid.work.log"].search([])
        columns = [("日期", "text", 12), ("案号", "text", 24), ("工作", "text", 18), ("小时", "figure", 8)]
        rows = [[log.date, log.case_id.name, self._label(log, "kind"), log.hours] for log in logs]
        return "工作记录", columns, rows, None

    def _list_calls(self):
        calls = request.env["legal.aid.consultation"].search([])
        columns = [
            ("编号", "text", 20),
            ("日期", "text", 12),
            ("方式", "text", 12),
            ("案由", "text", 20),
            ("状态", "text", 12),
        ]
        rows = [
            [call.name, call.date, self._label(call, "channel"), call.matter_id.name, self._label(call, "state")]
            for call in calls
        ]
        return "咨询", columns, rows, None

    def _list_payments(self):
        lines = request.env["legal.aid.payout.line"].search([])
        columns = [
            ("类别", "text", 14),
            ("案号", "text", 24),
            ("金额（元）", "amount", 14),
            ("状态", "text", 12),
            ("支付日期", "text", 12),
        ]
        rows = [
            [self._label(line, "kind"), line.case_number or "", line.amount, self._label(line, "state"), line.paid_date]
            for line in lines
        ]
        return "付款", columns, rows, None
