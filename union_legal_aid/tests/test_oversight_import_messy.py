import base64
import io
from datetime import date
from decimal import Decimal

import openpyxl
import xlwt

from odoo.tests import tagged
from odoo.tests.common import BaseCase

from ..tools import ids, import_columns, import_table, import_values, union_names
from .casework_common import LegalAidCaseworkCommon

SHORT_ID = "410402850101012"
TODAY = date(2026, 11, 29)


def save(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def make_lawyer_list(points=("新华区、卫东区总工会", "示范区", "市总", "叶县\n郏县")):
    """A list of lawyers as the legal department keeps it: a name above, a head of two rows, one firm merged over its lawyers, totals and
    signatures below.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    for line in (
        ["平顶山市总工会职工法律服务律师志愿团成员登记表"],
        ["填报单位：市总工会法律工作部", None, None, None, None, "填报时间：2025年3月5日"],
        ["序号", "律师信息", None, None, "律师事务所", "联系点", "备注"],
        [None, "姓名", "执业证号", "联系电话", None, None, None],
        [1, "测试 甲", "'11410201510120001", 13803750061, "测试甲律师事务所", points[0], None],
        [2, "测试乙", "１１４１０２０１５１０１２０００２", "138-0375-0062", None, points[1], None],
        [3, "测试丙\u200b", 11410201510120003, "0375-3799618", None, points[2], "产假"],
        [],
        [4, "测试丁", " 11410201510120004 ", "13803750064（微信同号）", "#N/A", points[3], None],
        ["合计：4人"],
        ["注：本表一式两份。"],
        ["填表人：某某", None, None, "审核人：某某"],
    ):
        sheet.append(line)
    for reference in ("A1:G1", "A3:A4", "B3:D3", "E3:E4", "F3:F4", "G3:G4", "E5:E7", "A10:G10", "A11:G11"):
        sheet.merge_cells(reference)
    return save(book)


def make_case_list():
    """A list of closed cases in an old workbook: days of every kind, money in 万元; the county and a joint sum merged over rows."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("2019年")
    lines = (
        ["宝丰县总工会2019年度法律援助案件统计表"],
        ["序号", "所属县区", "案号", "受理时间", "受援人", "身份", "身份证号码", "案由", "援助形式", "审批日期"]
        + ["办结时间", "办理结果", "挽回经济损失（万元）"],
        [1, "宝丰县", "宝工援[2019]1号", "2019.3.5", "王 小 明", "农民工", SHORT_ID, "讨薪", "劳动仲裁"]
        + ["2019年3月6日", 43586, "调解成功", 3.75],
        [2, "", "宝工援[2019]2号", "2019/3/15", "李某", "职工", "410402198501010125", "工伤赔偿", "诉讼"]
        + ["2019-3-16", "2019年6月30号", "部分支持", ""],
        [3, "", "宝工援[2019]3号", "2019．4．1", "赵某", "困难职工", "", "社保", "代书", "20190402"]
        + ["2019.4.9", "胜诉", ""],
        ["", "", "", "", "", "", "", "", "", "", "", "合 计", 3.75],
        ["单位负责人：", "", "", "经办人：某某"],
    )
    for row, line in enumerate(lines):
        for column, value in enumerate(line):
            if value != "":
                sheet.write(row, column, value)
    # What the county is stands once for all its cases; so does a sum that two cases share.
    sheet.merge(2, 4, 1, 1)
    sheet.merge(2, 3, 12, 12)
    return save(book)


CALLS = (
    "宝丰县总工会职工法律咨询登记台账,,,,\r\n"
    "日期,来电人,联系方式,事项,主要内容\r\n"
    '2025.3.5,刘女士,="13803750066",欠薪,单位三个月没发工资，老板也不接电话，怎么办\r\n'
    '2025年3月6日,无,0375-6512345,工伤,"在工地受伤，没有合同，单位说""不认识""我"\r\n'
    ",,,,\r\n"
    "2025/3/7 9:30,匿名,————,其他,想问女职工产假，有几天，工资谁发\r\n"
    "########,陈某,13803750067,社保,单位没有交社保，能不能补\r\n"
    "累计：4人次,,,,\r\n"
)


@tagged("post_install", "-at_install", "union_tools")
class TestToolsImportMessy(BaseCase):
    """X1: tables as offices really keep them."""

    def test_lawyer_list(self):
        table = import_table.read("lawyer", make_lawyer_list(), TODAY)
        self.assertEqual([row.values["name"] for row in table.rows], ["测试甲", "测试乙", "测试丙", "测试丁"])
        self.assertEqual(table.left_out, ["12"])
        first, second, third, fourth = table.rows
        self.assertEqual({row.values["law_firm"] for row in (first, second, third)}, {"测试甲律师事务所"})
        self.assertEqual(
            (first.values["license_number"], second.values["license_number"]),
            ("11410201510120001", "11410201510120002"),
        )
        self.assertEqual((first.values["mobile"], second.values["mobile"]), ("13803750061", "13803750062"))
        self.assertFalse(first.problems + second.problems)
        # A landline is no mobile number; a licence that was stored as a number lost its last digits.
        self.assertEqual(
            [problem.message for problem in third.problems], [import_values.LOST_DIGITS, import_values.BAD_VALUE]
        )
        self.assertEqual(
            [problem.message for problem in fourth.problems], [import_values.BAD_VALUE, import_values.BROKEN]
        )

    def test_case_list(self):
        table = import_table.read("case", make_case_list(), TODAY)
        self.assertEqual(
            [row.values["old_number"][-2:] for row in table.rows if "old_number" in row.values], ["1号", "2号", "3号"]
        )
        first, second, third = table.rows[:3]
        self.assertEqual({row.values["employer_place"] for row in table.rows[:3]}, {"宝丰县"})
        self.assertEqual(first.values["applicant_name"], "王小明")
        self.assertEqual(first.values["applicant_id_number"], ids.lengthen_resident_id(SHORT_ID))
        self.assertEqual(
            [row.values["application_date"] for row in (first, second, third)],
            [date(2019, 3, 5), date(2019, 3, 15), date(2019, 4, 1)],
        )
        self.assertEqual(
            [row.values["closed_date"] for row in (first, second, third)],
            [date(2019, 5, 1), date(2019, 6, 30), date(2019, 4, 9)],
        )
        # Whose money it is that two rows share nobody knows.
        for row in (first, second):
            self.assertEqual([problem.message for problem in row.problems], [import_values.MERGED])
            self.assertNotIn("amount_recovered", row.values)
        self.assertFalse(third.problems)

    def test_call_list(self):
        """Commas within Chinese sentences part no cells; numbers that programs guarded are read."""
        for encoding in ("gb18030", "utf-8-sig"):
            table = import_table.read("consultation", CALLS.encode(encoding), TODAY)
            first, second, third, fourth = table.rows
            self.assertEqual(first.values["caller_phone"], "13803750066")
            self.assertEqual(first.values["question"], "单位三个月没发工资，老板也不接电话，怎么办")
            self.assertEqual(second.values["question"], '在工地受伤，没有合同，单位说"不认识"我')
            self.assertEqual(second.values["date"], date(2025, 3, 6))
            self.assertNotIn("caller_name", second.values)
            self.assertEqual(third.values["date"], date(2025, 3, 7))
            self.assertEqual([problem.message for problem in fourth.problems], [import_values.BROKEN])
            self.assertEqual(table.left_out, ["8"])

    def test_merged_cells_beside_nothing(self):
        """A cell merged over more rows than are filled in makes no rows of the empty ones."""
        book = openpyxl.Workbook()
        for line in (["律所", "姓名"], ["测试律师事务所", "张三"], [None, "李四"], [], []):
            book.active.append(line)
        book.active.merge_cells("A2:A5")
        table = import_table.read("lawyer", save(book), TODAY)
        self.assertEqual(
            [(row.number, row.values["law_firm"]) for row in table.rows], [(2, "测试律师事务所"), (3, "测试律师事务所")]
        )

    def test_two_lawyers_of_one_name(self):
        """X1: two licences are two lawyers; one identity number is one; beside a licence a row without any is asked about."""
        lines = [
            "姓名,执业证号,身份证号",
            "张三,11410201510120001,410402198501010125",
            "张三,11410201510120002,",
            "李四,11410201510120003,410402198501010125",
            "张三,,",
            "王五,,",
            "王五,,",
        ]
        table = import_table.read("lawyer", "\n".join(lines).encode(), TODAY)
        self.assertEqual(
            [[problem.message for problem in row.problems] for row in table.rows],
            [[], [], [import_table.TWIN], [import_table.NAMESAKE], [], [import_table.TWIN]],
        )

    def test_old_identity_numbers(self):
        """F§10: a number of 15 places is taken from old files, as the one of 18 that its holder has now; a wrong one is not."""
        self.assertEqual(ids.lengthen_resident_id("41040285 0101012"), "410402198501010125")
        self.assertEqual(ids.lengthen_resident_id("410402198501010125"), "410402198501010125")
        self.assertEqual(ids.lengthen_resident_id("410402851301012"), "410402851301012")
        titles = "日期,姓名,受援人类别,案由,援助方式,批准日期,结案日期,结果,身份证号"
        for number, is_good in (("410402850101012", True), ("410402851301012", False), ("410402198501010126", False)):
            text = f"{titles.replace('日期', '申请日期', 1)}\n2019-1-1,王某,农民工,工资,仲裁,2019-1-2,2019-3-1,胜诉,{number}"
            (row,) = import_table.read("case", text.encode(), TODAY).rows
            self.assertEqual(not row.problems, is_good, number)

    def test_amount_columns_keep_their_unit(self):
        (row,) = import_table.read("contract", "姓名,聘期起,补贴标准（千元）\n张三,2026.1.1,1\n".encode(), TODAY).rows
        self.assertEqual(row.values["annual_subsidy"], Decimal("1000.00"))

    def test_unit_above_the_table(self):
        """X1: money that is told in 万元 above the whole table is not taken for yuan; a column or a cell that says otherwise is right."""
        titles = "申请日期,受援人,类别,案由,援助方式,批准日期,结案日期,结果,标的额,挽回损失（元）"
        values = "2019-1-1,王某,农民工,工资,仲裁,2019-1-2,2019-3-1,胜诉,1.2,8000"
        for above, amount in (
            ("某县案件登记表,,,,,,,,,单位：万元", 12000),
            ("（金额单位：人民币万元）", 12000),
            ("单 位：件、人、万元", 12000),
            ("单位：元", Decimal("1.2")),
            ("填报单位：某县万元乡工会", Decimal("1.2")),
            ("", Decimal("1.2")),
        ):
            (row,) = import_table.read("case", f"{above}\n{titles}\n{values}".encode(), TODAY).rows
            self.assertEqual((row.values["amount_claimed"], row.values["amount_recovered"]), (amount, 8000), above)

    def test_hidden_sheets_are_left_alone(self):
        """X1: what an office put aside is not brought in unseen."""
        book = openpyxl.Workbook()
        hidden = book.create_sheet("旧")
        for sheet, name in ((book.active, "张三"), (hidden, "李四")):
            sheet.append(["姓名", "律所"])
            sheet.append([name, "测试律师事务所"])
        hidden.sheet_state = "hidden"
        self.assertEqual([row.values["name"] for row in import_table.read("lawyer", save(book), TODAY).rows], ["张三"])
        old = xlwt.Workbook()
        for place, name in enumerate(("张三", "李四")):
            sheet = old.add_sheet(name)
            sheet.visibility = place
            for row, line in enumerate((["姓名", "律所"], [name, "测试律师事务所"])):
                for column, value in enumerate(line):
                    sheet.write(row, column, value)
        self.assertEqual([row.values["name"] for row in import_table.read("lawyer", save(old), TODAY).rows], ["张三"])

    def test_words_for_matters_are_told_once(self):
        words = [word for all_of in import_columns.MATTER_WORDS.values() for word in all_of]
        self.assertEqual(len(words), len(set(words)))

    def test_short_names_of_unions(self):
        city = "平顶山市总工会"
        for name, short in (
            ("新华区总工会", {"新华区"}),
            ("河南省平顶山市新华区工会", {"河南省平顶山市新华区", "新华区"}),
            ("平顶山市总工会", {"平顶山市"}),
            ("平顶山高新技术产业开发区工会", {"平顶山高新技术产业开发区", "高新技术产业开发区"}),
            ("示范区（新城区）工会", {"示范区(新城区)", "示范区", "新城区"}),
            ("舞 钢 市", {"舞钢市"}),
            ("总工会", set()),
        ):
            self.assertEqual(union_names.short_names(name, city), short, name)


@tagged("post_install", "-at_install")
class TestImportMessy(LegalAidCaseworkCommon):
    """X1: what such tables name is found under the names that offices write, and nothing is taken for something else."""

    def _import(self, kind, content, user=None, union=None, **vals):
        is_city = kind in ("lawyer", "contract")
        table = (
            self.env["legal.aid.import"]
            .with_user(user or (self.city_manager if is_city else self.a_manager))
            .create(
                {
                    "kind": kind,
                    "organization_id": (union or (self.city if is_city else self.county_a)).id,
                    "file": base64.b64encode(content if isinstance(content, bytes) else content.encode()),
                    "file_name": "表.xlsx",
                    "mode": "good",
                    **vals,
                }
            )
        )
        table.action_check()
        return table

    def _prepare_case_line(self, **values):
        line = {
            "申请日期": "2025-01-05",
            "受援人": "王小明",
            "类别": "农民工",
            "案由": "欠薪",
            "援助方式": "仲裁",
            "批准日期": "2025-01-06",
            "结案日期": "2025-02-20",
            "结果": "胜诉",
            **values,
        }
        return f"{','.join(line)}\n{','.join(line.values())}\n"

    def test_lawyer_list(self):
        """X1: the good rows of the list are taken, with one firm and the contact points by their short names."""
        a, b = self.county_a, self.county_b
        points = (f"{a.name.removesuffix('总工会')}、{self.city.name[:-3]}{b.name}", f"{a.name}\n{b.name}", "市总", "")
        table = self._import("lawyer", make_lawyer_list(points))
        self.assertEqual((table.row_count, table.good_count), (4, 2), table.report)
        table.action_import()
        lawyers = self.env["legal.aid.volunteer"].search([("name", "in", ("测试甲", "测试乙"))])
        self.assertEqual(len(lawyers), 2)
        self.assertEqual(lawyers.law_firm_id.mapped("name"), ["测试甲律师事务所"])
        self.assertEqual([lawyer.contact_point_ids for lawyer in lawyers], [a | b, a | b])

    def test_call_list(self):
        table = self._import("consultation", CALLS.encode("gb18030"))
        self.assertEqual((table.row_count, table.good_count), (4, 3), table.report)
        table.action_import()
        calls = self.env["legal.aid.consultation"].search(
            [("organization_id", "=", self.county_a.id), ("date", "=like", "2025-03-0%")]
        )
        self.assertIn("unpaid_wages", calls.mapped("matter_id.code"))

    def test_names_of_unions(self):
        """X1: the names that stand in the field; one that several unions have is asked about."""
        self.env["union.organization"].create(
            [
                {"name": f"{place}临时镇总工会", "code": code, "tier": "township", "parent_id": county.id}
                for place, code, county in (("", "T1", self.county_a), (self.city.name[:-3], "T2", self.county_b))
            ]
        )
        for text, count in (
            (self.county_a.name, 1),
            (f"{self.city.name[:-3]}{self.county_a.name}", 1),
            (self.county_a.name.removesuffix("总工会"), 1),
            (f"{self.county_a.name.removesuffix('总工会')}工会", 1),
            (self.county_a.code, 1),
            ("临时镇总工会", 1),
            ("临时镇", 0),
            ("火星区总工会", 0),
        ):
            table = self._import("case", self._prepare_case_line(所在地工会=text))
            self.assertEqual(table.good_count, count, (text, table.report))

    def _create_member(self, name, union, **vals):
        card = self.env["res.partner"].create({"name": name})
        return self.env["legal.aid.volunteer"].create({"partner_id": card.id, "organization_id": union.id, **vals})

    def test_whose_licence(self):
        """X1: a name beside another lawyer's licence is refused; who has none on record yet is known by name; a lawyer of another city is
        none of the team.
        """
        other_city = self.env["union.organization"].create({"name": "别市总工会", "code": "T99", "tier": "city"})
        self._create_member("测试有证", self.city, license_number="11410201510128888")
        self._create_member("测试无证", self.city)
        self._create_member("测试外市", other_city, license_number="11410201510127777")
        for name, number, count in (
            ("测试有证", "11410201510128888", 1),
            ("测试有证", "11410201510126666", 0),
            ("测试无证", "11410201510126666", 1),
            ("测试无证", "11410201510128888", 0),
            ("测试外市", "11410201510127777", 0),
            ("测试外市", "", 0),
        ):
            table = self._import("contract", f"姓名,执业证号,聘期起\n{name},{number},2026-01-01\n")
            self.assertEqual(table.good_count, count, (name, number, table.report))
        table = self._import("case", self._prepare_case_line(承办律师="测试外市"))
        self.assertEqual(table.good_count, 0)

    def test_the_database_plans_for_what_was_brought_in(self):
        """X1: after the first steps the database knows how many records there are now, or each look-up reads the whole table."""
        for number in range(30):
            self._create_member(f"测试{number}", self.city)
        table = self._import("lawyer", "姓名,电话\n张三,\n")
        self.env.flush_all()
        table._measure_tables(500)
        self.env.cr.execute(
            "SELECT relname, reltuples FROM pg_class WHERE relname IN ('legal_aid_volunteer', 'res_partner')"
        )
        known = dict(self.env.cr.fetchall())
        for model in ("legal.aid.volunteer", "res.partner"):
            count = self.env[model].sudo().with_context(active_test=False).search_count([])
            self.assertAlmostEqual(known[self.env[model]._table], count, delta=count // 10)

    def test_an_outcome_goes_with_its_form(self):
        """X1, C8: no case of the past ends as none can here; else the lines of the bureau's form do not add up."""
        for form, outcome, count in (
            ("代书", "胜诉", 0),
            ("诉讼", "胜诉", 1),
            ("调解", "调解成功", 1),
            ("代书", "终止", 1),
        ):
            table = self._import("case", self._prepare_case_line(援助方式=form, 结果=outcome))
            self.assertEqual(table.good_count, count, (form, outcome, table.report))

    def test_long_ago(self):
        """X1, O6: no policy of this system was in force when a case of the past was decided; its rules were others."""
        line = self._prepare_case_line(
            申请日期="2010.1.5", 批准日期="2010.1.6", 结案日期="2010.2.20", 归档日期="2010.3.1"
        )
        table = self._import("case", line)
        self.assertEqual(table.good_count, 1, table.report)
        table.action_import()
        case = self.env["legal.aid.case"].search(
            [("is_imported", "=", True), ("organization_id", "=", self.county_a.id)]
        )
        self.assertEqual((str(case.closed_date), case.state), ("2010-02-20", "archived"))

    def test_words_for_matters(self):
        """X1: every word leads to a matter there is."""
        table = self.env["legal.aid.import"].new({"kind": "case", "organization_id": self.county_a.id})
        matters = table._find_matters()
        for code, words in import_columns.MATTER_WORDS.items():
            for word in words:
                self.assertEqual(matters[ids.normalise_name(word)].code, code)

    def test_same_case_in_other_words(self):
        """X1: what is on record under the matter's name is known under the office's word for it, too."""
        first = self._import("case", self._prepare_case_line(身份证号="410402198501010125", 案由="拖欠工资"))
        first.action_import()
        self.assertEqual(first.imported_count, 1, first.report)
        again = self._import("case", self._prepare_case_line(身份证号=SHORT_ID, 案由="讨薪"))
        self.assertEqual(again.good_count, 0)
