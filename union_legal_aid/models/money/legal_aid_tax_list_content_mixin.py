from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError

from ...tools import money, tax, workbook
from ..organization.wording import join_names

ID_KIND = "居民身份证"
ITEM = "劳务报酬所得"
BASIS = "财政部 税务总局公告2022年第25号"
TITLES = {
    "exempt": "法律援助补贴免税申报表",
    "withholding": "劳务报酬代扣代缴明细表",
    "justice": "法律援助补贴领取人员名单",
}
# Headers are Chinese because the bureaus read them, whatever the language of the user.
COLUMNS = {
    "exempt": [
        ("序号", "number", 6),
        ("姓名", "text", 12),
        ("证件类型", "text", 14),
        ("证件号码", "text", 24),
        ("所得项目", "text", 16),
        ("所得期间起", "text", 12),
        ("所得期间止", "text", 12),
        ("笔数", "number", 6),
        ("收入", "amount", 14),
        ("免税收入", "amount", 14),
        ("免税依据", "text", 34),
    ],
    "withholding": [
        ("序号", "number", 6),
        ("姓名", "text", 12),
        ("证件类型", "text", 14),
        ("证件号码", "text", 24),
        ("所得项目", "text", 16),
        ("笔数", "number", 6),
        ("收入", "amount", 14),
        ("减除费用", "amount", 12),
        ("应纳税所得额", "amount", 14),
        ("税率", "text", 8),
        ("速算扣除数", "amount", 12),
        ("应扣缴税额", "amount", 12),
        ("已扣缴税额", "amount", 12),
    ],
    "justice": [
        ("序号", "number", 6),
        ("姓名", "text", 12),
        ("证件类型", "text", 14),
        ("证件号码", "text", 24),
        ("律师事务所", "text", 28),
        ("执业证号", "text", 22),
        ("案件数", "number", 8),
        ("期间起", "text", 12),
        ("期间止", "text", 12),
        ("补贴金额", "amount", 14),
    ],
}


class LegalAidTaxListContentMixin(models.AbstractModel):
    """The rows of a tax list, worked out from the payments of its period: one for each person, however often he was paid (M9)."""

    _name = "legal.aid.tax.list.content.mixin"
    _description = "Content of a Tax List"

    # Business

    def _get_rows(self):
        """One dict for each person, by name: what he got, what is taxed of it, what was withheld."""
        self.ensure_one()
        # The lists count what was paid, also where the reader does not work in the books.
        lines_sudo = (
            self.env["legal.aid.payout.line"].sudo().search(self._get_payments_domain(), order="volunteer_id, id")
        )
        rows = [self._get_row(lawyer, lines) for lawyer, lines in lines_sudo.grouped("volunteer_id").items()]
        return sorted(rows, key=lambda row: (row["name"], row["lawyer"].id))

    def _get_row(self, lawyer, lines):
        # Direct costs against vouchers are no pay for labour, so only the rest can be taxed.
        name = "labour_amount" if self.kind == "withholding" else "amount"
        return {
            "lawyer": lawyer,
            "name": lawyer.name,
            "count": len(lines),
            "cases": len(set(lines.filtered("case_number").mapped("case_number"))),
            "first": min(lines.mapped("paid_date")),
            "last": max(lines.mapped("paid_date")),
            "gross": sum((money.cents(line[name]) for line in lines), Decimal(0)),
            "withheld": sum((money.cents(line.tax_amount) for line in lines), Decimal(0)),
        }

    def _get_table(self):
        """The lines of the list under its titles, numbers of people in full: for finance of the payer alone.

        :raises UserError: when somebody's identity number is not on record, naming everybody
        """
        self._check_finance()
        rows = self._get_rows()
        missing = [row["name"] for row in rows if not row["lawyer"].resident_id_number]
        if missing:
            raise UserError(
                self.env._(
                    "The list cannot be made: no identity number is on record of %(names)s. Have the city union enter it under"
                    " Team > Lawyers.",
                    names=join_names(self.env, missing),
                )
            )
        prepare = getattr(self, f"_prepare_{self.kind}_cells")
        return [[number, *prepare(row)] for number, row in enumerate(rows, start=1)]

    def _prepare_person_cells(self, row):
        return [row["name"], ID_KIND, row["lawyer"].resident_id_number]

    def _prepare_exempt_cells(self, row):
        period = [self.date_from.isoformat(), self.date_to.isoformat()]
        return [*self._prepare_person_cells(row), ITEM, *period, row["count"], row["gross"], row["gross"], BASIS]

    def _prepare_withholding_cells(self, row):
        steps = tax.steps_on_labour(row["gross"])
        return [
            *self._prepare_person_cells(row),
            ITEM,
            row["count"],
            steps.gross,
            steps.deduction,
            steps.taxable,
            f"{steps.rate:.0%}",
            steps.quick_deduction,
            steps.tax,
            row["withheld"],
        ]

    def _prepare_justice_cells(self, row):
        return [
            *self._prepare_person_cells(row),
            row["lawyer"].law_firm_id.name or "",
            row["lawyer"].license_number or "",
            row["cases"],
            row["first"].isoformat(),
            row["last"].isoformat(),
            row["gross"],
        ]

    def _get_total(self, table):
        """The last line: how many people, and the sum of each column of yuan."""
        columns = COLUMNS[self.kind]
        total = [len(table), "合计", *[""] * (len(columns) - 2)]
        for index, (_title, kind, _width) in enumerate(columns):
            if kind == "amount":
                total[index] = sum((row[index] for row in table), Decimal(0))
        return total

    def _build_workbook(self):
        self.ensure_one()
        table = self._get_table()
        return workbook.build(TITLES[self.kind], COLUMNS[self.kind], table, self._get_total(table))

    def _get_file_name(self):
        period = f"{self.year}年" if self.kind == "justice" else f"{self.year}年{self.month}月"
        return f"{TITLES[self.kind]} {self.organization_id.name} {period}.xlsx"
