import base64
import io
from datetime import date
from decimal import Decimal
from unittest.mock import patch

import openpyxl
import xlwt

from odoo.exceptions import AccessError, UserError
from odoo.service.model import get_public_method
from odoo.tests import tagged
from odoo.tests.common import BaseCase

from ..models.oversight import legal_aid_import
from ..tools import import_columns, import_table, import_values, table_file, workbook
from .casework_common import TODAY, WORKER_ID, LegalAidCaseworkCommon


def make_table(kind, rows):
    """The template of ``kind``, filled in with ``rows``: ``{column name: value}`` each."""
    _title, columns = import_table.TABLES[kind]
    heads = [(column.title, "text", 10) for column in columns]
    return workbook.build("表", heads, [[row.get(column.name, "") for column in columns] for row in rows])


@tagged("post_install", "-at_install", "union_tools")
class TestToolsImportTable(BaseCase):
    """X1: what stands in a table."""

    CASE_TITLES = ("申请日期", "受援人", "类别", "案由", "援助方式", "批准日期", "结案日期", "结果")
    CASE = ("2025-01-05", "王小明", "农民工", "拖欠工资", "仲裁", "2025-01-06", "2025-02-20", "胜诉")
    LAWYER = {"name": "张三", "license_number": "11410201510123456", "license_valid_until": "2027-05-31"}

    def test_template_can_be_read_back(self):
        for kind, (_title, columns) in import_table.TABLES.items():
            book = openpyxl.load_workbook(io.BytesIO(import_table.template(kind)))
            self.assertEqual([cell.value for cell in book.worksheets[0][1]], [column.title for column in columns])
            with self.assertRaises(import_table.BadWorkbook):
                import_table.read(kind, import_table.template(kind))

    def test_template_tells_what_can_be_chosen(self):
        """X1: what can be written in a column stands beside it; where several can, the hint says how."""
        book = openpyxl.load_workbook(
            io.BytesIO(import_table.template("lawyer", {"kind": "甲、乙", "specialties": "工伤、工资"}))
        )
        told = {title: text for title, _required, text in book.worksheets[1].iter_rows(values_only=True)}
        self.assertEqual((told["类别"], told["专长"]), ("甲、乙", "多个用顿号分开：工伤、工资"))

    def test_values(self):
        (row,) = import_table.read("lawyer", make_table("lawyer", [self.LAWYER])).rows
        self.assertFalse(row.problems)
        self.assertEqual(row.values["license_valid_until"].isoformat(), "2027-05-31")

    def test_text_file(self):
        """A CSV in the office's own encoding is as good as a workbook."""
        _title, columns = import_table.TABLES["consultation"]
        text = ",".join(column.title for column in columns) + "\n2026/3/1,来电,,,,某公司,拖欠工资,怎么办,,\n"
        (row,) = import_table.read("consultation", text.encode("gb18030")).rows
        self.assertEqual((row.values["date"].isoformat(), row.values["question"]), ("2026-03-01", "怎么办"))

    def test_problems(self):
        case = {
            "application_date": "2019-02-30",
            "applicant_name": "",
            "headcount": "2.5",
            "amount_claimed": "很多",
            "granted_date": "2019年3月1日",
        }
        (row,) = import_table.read("case", make_table("case", [case])).rows
        text = " ".join(problem.text() for problem in row.problems)
        for title in ("申请日期", "受援人姓名", "受援人数", "请求金额（元）", "结案日期"):
            self.assertIn(f"“{title}”", text)
        self.assertNotIn("“批准日期”", text)

    def test_formulas_are_not_evaluated(self):
        book = openpyxl.Workbook()
        book.active.append([column.title for column in import_table.TABLES["lawyer"][1]])
        book.active.append(["=1+1"])
        buffer = io.BytesIO()
        book.save(buffer)
        (row,) = import_table.read("lawyer", buffer.getvalue()).rows
        self.assertEqual(row.problems[0].message, import_values.FORMULA)

    def test_wrong_table(self):
        with self.assertRaises(import_table.BadWorkbook):
            import_table.read("lawyer", make_table("contract", [{"lawyer": "张三"}]))

    def test_one_title(self):
        """X1: one known title is too little; what is said is that a second one is missing, not the one that is there."""
        for content, message, titles in (
            ("姓名\r\n张三", import_table.ONE_TITLE, "执业证号"),
            ("姓名,籍贯\r\n张三,叶县", import_table.ONE_TITLE, "执业证号"),
            ("电话\r\n13803750066", import_table.WRONG_HEADER, "姓名"),
            ("张三\r\n李四", import_table.WRONG_HEADER, "姓名"),
        ):
            with self.subTest(content), self.assertRaises(import_table.BadWorkbook) as caught:
                import_table.read("lawyer", content.encode())
            sentence = caught.exception.sentence
            self.assertEqual(sentence.message, message)
            self.assertIn(titles, str(sentence.values))

    def _read_one(self, kind, lines, **options):
        """The only row of a table with these lines, a text file as offices make it."""
        text = "\r\n".join(",".join(line) for line in lines)
        table = import_table.read(kind, text.encode(options.pop("encoding", "gb18030")), **options)
        self.assertEqual(len(table.rows), 1)
        return table.rows[0]

    def test_titles_in_other_words_and_order(self):
        """X1: titles in another order and in the words of the office, below the name of the table, an unknown column beside them."""
        lines = [
            ["平顶山市职工法律服务律师名册", "", "", ""],
            ["（2026年3月）", "", "", ""],
            ["序号", "执业证书号", "律师 姓名", "所在律所（全称）"],
            ["1", "11410201510123456", "张　三", "河南某律师事务所"],
        ]
        row = self._read_one("lawyer", lines)
        self.assertFalse(row.problems)
        self.assertEqual(
            row.values, {"license_number": "11410201510123456", "name": "张三", "law_firm": "河南某律师事务所"}
        )
        self.assertEqual(row.number, 4)

    def test_titles_in_two_rows(self):
        """X1: a head of two rows, the upper one merged over several columns."""
        head = [["咨询人", "", "咨询情况", "", "咨询日期"], ["姓名", "电话", "事项", "内容", ""]]
        row = self._read_one(
            "consultation", [*head, ["王某", "138 0375 0066", "拖欠工资", "怎么办", "2026.3.1"]], encoding="utf-8"
        )
        self.assertFalse(row.problems)
        self.assertEqual((row.values["caller_name"], row.values["caller_phone"]), ("王某", "13803750066"))

    def test_encodings_and_separators(self):
        """X1: text files as Excel and WPS write them."""
        line = [["日期", "案由", "咨询内容"], ["2026-03-01", "拖欠工资", "怎么办"]]
        for encoding in ("gb18030", "utf-8", "utf-8-sig", "utf-16"):
            for sign in (",", "\t", ";"):
                text = "\r\n".join(sign.join(cells) for cells in line)
                (row,) = import_table.read("consultation", text.encode(encoding)).rows
                self.assertEqual(row.values["question"], "怎么办", (encoding, sign))

    def test_days(self):
        """X1: days as people and spreadsheets write them; what is no day, or still to come, is refused with its column."""
        today = date(2026, 3, 5)
        for text in (
            "2026.3.5",
            "2026年3月5日",
            "2026 年 3 月 5 日",
            "２０２６－０３－０５",
            "2026/03/05",
            "20260305",
            "46086",
            "2026-03-05 09:30:00",
            "2026/3/5 9:30",
        ):
            row = self._read_one("consultation", [["日期", "事项", "内容"], [text, "拖欠工资", "x"]], today=today)
            self.assertEqual(row.values.get("date"), today, text)
        for text, message in (
            ("2026年3月", import_values.NO_DATE),
            ("26.3.5", import_values.NO_DATE),
            ("2026-02-30", import_values.NO_DATE),
            ("3月5日", import_values.NO_DATE),
            ("12", import_values.NO_DATE),
            ("2026-03-06", import_values.STILL_TO_COME),
            ("/", import_values.MISSING),
        ):
            row = self._read_one("consultation", [["日期", "事项", "内容"], [text, "拖欠工资", "x"]], today=today)
            self.assertEqual([problem.message for problem in row.problems], [message], text)
            self.assertIn("“日期”", row.problems[0].text())

    def test_amounts_and_counts(self):
        """X1: 元, 万元 in the cell or above it, commas, full-width digits; what is no number is refused."""
        cases = [
            ("标的额", "12,345.60元", "12345.60"),
            ("标的额", "￥8000", "8000"),
            ("标的额", "１２００", "1200"),
            ("标的额", "1.2万元", "12000"),
            ("标的额（万元）", "1.2", "12000"),
            ("标的额（万元）", "8000元", "8000"),
            ("标的额（元）", "无", None),
            ("标的额", "-5", None),
            ("标的额", "约5000", None),
            ("标的额", "1e5", None),
        ]
        for title, text, expected in cases:
            row = self._read_one("case", [[*self.CASE_TITLES, title], [*self.CASE, text.replace(",", "，")]])
            found = row.values.get("amount_claimed")
            self.assertEqual(found, Decimal(expected) if expected else None, (title, text))
            self.assertEqual(bool(row.problems), expected is None and text != "无", (title, text))
        row = self._read_one("case", [[*self.CASE_TITLES, "人数"], [*self.CASE, "3人"]])
        self.assertEqual(row.values["headcount"], 3)

    def test_numbers_are_checked_before_a_record_is_made(self):
        """X1: an impossible number is told with its column and its cause, and the number itself is not repeated."""
        row = self._read_one("lawyer", [["姓名", "执业证号", "手机"], ["张三", "123", "1380375"]])
        text = " ".join(problem.text(lambda source: source.replace("digits", "DIGITS")) for problem in row.problems)
        self.assertIn("“执业证号”", text)
        self.assertIn("17 DIGITS", text)
        self.assertNotIn("1380375", text)
        row = self._read_one("lawyer", [["姓名", "执业证号"], ["张三", "1.14102E+16"]])
        self.assertEqual(row.problems[0].message, import_values.LOST_DIGITS)

    def test_number_cells(self):
        """X1: telephone numbers stored as numbers are read; licence numbers that lost digits are not guessed."""
        book = openpyxl.Workbook()
        for line in (
            ["姓名", "电话", "执业证号"],
            ["张三", 13803750066, None],
            ["李四", 13803750067.0, 11410201510123456],
        ):
            book.active.append(line)
        first, second = import_table.read("lawyer", self._save(book)).rows
        self.assertEqual((first.values["mobile"], second.values["mobile"]), ("13803750066", "13803750067"))
        self.assertEqual([problem.message for problem in second.problems], [import_values.LOST_DIGITS])

    def test_old_workbook(self):
        """X1: a workbook of the old kind, with days and numbers in their own cells."""
        book = xlwt.Workbook()
        sheet = book.add_sheet("律师")
        for column, value in enumerate(("姓名", "电话", "有效期至")):
            sheet.write(0, column, value)
        sheet.write(1, 0, "张三")
        sheet.write(1, 1, 13803750066)
        sheet.write(1, 2, date(2027, 5, 31), xlwt.easyxf(num_format_str="YYYY-MM-DD"))
        (row,) = import_table.read("lawyer", self._save(book)).rows
        self.assertEqual(
            row.values, {"name": "张三", "mobile": "13803750066", "license_valid_until": date(2027, 5, 31)}
        )
        with self.assertRaises(import_table.BadWorkbook) as caught:
            import_table.read("lawyer", table_file.OLD_SIGN + b"broken" * 200)
        self.assertEqual(caught.exception.sentence.message, table_file.NOT_AN_OLD_WORKBOOK)

    def test_sheets_empty_rows_and_last_lines(self):
        """X1: a sheet for each year; empty rows, totals, notes and titles printed again are no rows; other sheets are left alone."""
        book = openpyxl.Workbook()
        book.active.title = "2024"
        for line in (
            ["姓名", "电话"],
            ["张三", "13803750066"],
            [],
            ["姓名", "电话"],
            ["李四", ""],
            ["合计", "2人"],
            ["填表人：某某"],
        ):
            book.active.append(line)
        book.active.cell(3000, 1).number_format = "@"
        other = book.create_sheet("2025")
        for line in (["手机号", "姓名"], ["13803750068", "王五"], [None, None]):
            other.append(line)
        book.create_sheet("说明").append(["请按要求填写"])
        table = import_table.read("lawyer", self._save(book))
        self.assertEqual([row.values["name"] for row in table.rows], ["张三", "李四", "王五"])
        self.assertEqual([row.place for row in table.rows], ["2024:2", "2024:5", "2025:2"])
        self.assertEqual(table.left_out, ["2024:6", "2024:7"])

    def test_rows_that_come_back(self):
        """X1: bad rows come back as they stood, columns that nobody asked for included, and can be brought in again."""
        lines = ["姓名,备注,执业证号", "张三,=1+1,123", "李四,好,11410201510123456"]
        table = import_table.read("lawyer", "\r\n".join(lines).encode())
        self.assertEqual(table.ignored, ["备注"])
        content = import_table.rejected(table, {"2": "执业证号"})
        book = openpyxl.load_workbook(io.BytesIO(content))
        self.assertEqual(
            [[cell.value for cell in row] for row in book.active],
            [["姓名", "备注", "执业证号", import_table.REASON], ["张三", "=1+1", "123", "执业证号"]],
        )
        self.assertEqual(book.active["B2"].data_type, "s")
        (row,) = import_table.read("lawyer", content).rows
        self.assertEqual(row.values["name"], "张三")

    def test_twins_in_the_file(self):
        """X1: the second row for the same licence, contract, case or call is refused and names the first."""
        tables = {
            "lawyer": (["姓名", "执业证号"], ["张三", "11410201510123456"], ["张 三丰", "１１410201510123456"]),
            "contract": (["姓名", "起始日期"], ["张三", "2026-01-01"], ["张 三", "2026.1.1"]),
            "case": (
                [*self.CASE_TITLES, "案号"],
                [*self.CASE, "2025-17"],
                [*self.CASE[:1], "别人", *self.CASE[2:], "2025-17"],
            ),
            "consultation": (
                ["日期", "事项", "内容"],
                ["2026-03-01", "拖欠工资", "怎么办"],
                ["2026.3.1", "拖欠工资", "怎么 办"],
            ),
        }
        for kind, lines in tables.items():
            table = import_table.read(kind, "\n".join(",".join(line) for line in lines).encode(), date(2026, 3, 5))
            self.assertFalse(table.rows[0].problems, kind)
            self.assertEqual([problem.message for problem in table.rows[1].problems], [import_table.TWIN], kind)
            self.assertIn("2", table.rows[1].problems[0].text())

    def test_words_for_choices(self):
        """X1: words of the offices mean a choice; those of the labels are looked up by the import itself."""
        row = self._read_one(
            "consultation", [["日期", "事项", "内容", "方式"], ["2026-03-01", "拖欠工资", "x", "来电"]]
        )
        self.assertEqual(row.values["channel"], "phone")

    def test_every_word_is_told_once(self):
        """No word above a column stands for two columns of a table."""
        for kind, (_title, columns) in import_columns.TABLES.items():
            words = [word for column in columns for word in (column.title, *column.titles)]
            self.assertEqual(len(words), len(set(words)), kind)

    def _save(self, book):
        buffer = io.BytesIO()
        book.save(buffer)
        return buffer.getvalue()


@tagged("post_install", "-at_install")
class TestImport(LegalAidCaseworkCommon):
    """X1: tables that the office brings along, each bad row back with its reason, all rows or none, or the good ones."""

    def _import(self, kind, rows, user=None, union=None, **vals):
        return (
            self.env["legal.aid.import"]
            .with_user(user or (self.a_manager if kind in ("case", "consultation") else self.city_manager))
            .create(
                {
                    "kind": kind,
                    "organization_id": (union or (self.county_a if kind in ("case", "consultation") else self.city)).id,
                    "file": base64.b64encode(make_table(kind, rows)),
                    "file_name": "表.xlsx",
                    **vals,
                }
            )
        )

    def _run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref("union_legal_aid.ir_cron_import").method_direct_trigger()
        self.env.invalidate_all()

    def _prepare_calls(self, count):
        return [
            {"date": TODAY, "channel": "phone", "matter": "unpaid_wages", "question": f"第{number}问"}
            for number in range(count)
        ]

    def _count_calls(self):
        return self.env["legal.aid.consultation"].search_count(
            [("question", "like", "第%问"), ("organization_id", "=", self.county_a.id)]
        )

    def _get_lawyers(self, names):
        return self.env["legal.aid.volunteer"].search([("name", "in", names)])

    def _prepare_past_case(self, **values):
        return {
            "old_number": "2025-17",
            "application_date": "2026-01-05",
            "applicant_name": "王小明",
            "applicant_kind": "migrant_worker",
            "applicant_id_number": WORKER_ID,
            "headcount": "3",
            "employer_name": "某建筑劳务公司",
            "matter": "unpaid_wages",
            "service_form": "arbitration",
            "lawyer": self.lawyer1.name,
            "granted_date": "2026-01-06",
            "closed_date": "2026-02-20",
            "outcome": "won",
            "amount_recovered": "8000",
            "archived_date": "2026-02-28",
            **values,
        }

    def test_dry_run_keeps_nothing(self):
        """X1: the check says what is wrong and writes nothing."""
        table = self._import(
            "lawyer",
            [{"name": "测试张三"}, {"name": "测试李四", "contact_points": "没有的工会"}, {}, {"kind": "团队律师"}],
        )
        table.action_check()
        self.assertEqual((table.state, table.row_count, table.good_count), ("checked", 3, 1))
        self.assertIn("Row 3", table.report)
        self.assertNotIn("测试李四", table.report)
        self.assertFalse(self._get_lawyers(["测试张三", "测试李四"]))

    def test_all_that_is_wrong_with_a_row_at_once(self):
        """X1: a row tells all its reasons, and what could stand in a column that has a list."""
        wrong = self._prepare_past_case(
            matter="没有的案由",
            service_form="随便",
            outcome="赢了",
            employer_place="没有的工会",
            closed_date="2026-01-03",
        )
        table = self._import("case", [wrong])
        table.action_check()
        for title in ("案由", "援助方式", "结果", "用人单位所在地工会"):
            self.assertIn(f"“{title}”", table.report)
        self.assertIn(self.env.ref("union_legal_aid.matter_unpaid_wages").name, table.report)
        self.assertIn("are not in this order", table.report)

    def test_kind_at_first(self):
        """X1: a county is offered its cases, the city its lawyers, which no county brings in."""
        tables = self.env["legal.aid.import"]
        for user, kind in ((self.city_manager, "lawyer"), (self.a_manager, "case")):
            self.assertEqual(tables.with_user(user).default_get(["kind"])["kind"], kind)

    def test_all_or_none(self):
        """X1: one bad row, none is taken."""
        table = self._import("lawyer", [{"name": "测试张三"}, {"name": "测试李四", "license_number": "123"}])
        table.action_check()
        with self.assertRaises(UserError):
            table.action_import()
        self.assertFalse(self._get_lawyers(["测试张三"]))

    def test_good_rows_and_the_others_back(self):
        """X1: the good rows are taken; the bad ones come back as they stood, with the reason."""
        table = self._import(
            "lawyer",
            [
                {"name": "测试张三", "mobile": "13803750066"},
                {"name": "测试李四", "license_number": "123", "mobile": "13803750067"},
            ],
            mode="good",
        )
        table.action_check()
        table.action_import()
        self.assertEqual((table.state, table.imported_count), ("done", 1))
        self.assertEqual(self._get_lawyers(["测试张三", "测试李四"]).mapped("name"), ["测试张三"])
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(table.rejected_file)))
        titles = [cell.value for cell in book.active[1]]
        line = dict(zip(titles, [cell.value for cell in book.active[2]], strict=True))
        self.assertEqual((line["姓名"], line["执业证号"], line["手机"]), ("测试李四", "123", "13803750067"))
        self.assertTrue(line[import_table.REASON])
        self.assertEqual(book.active.max_row, 2)
        self.assertFalse(table.file)

    def test_lawyer_in_full(self):
        """X1: firm, contact points and private data; a candidate, for membership begins by a contract."""
        table = self._import(
            "lawyer",
            [
                {
                    "name": "测试张三",
                    "kind": "lawyer",
                    "license_number": "11410201510129999",
                    "law_firm": "测试新律师事务所",
                    "contact_points": f"{self.county_a.name}、{self.county_b.name}",
                    "mobile": "13803750066",
                    "consent_date": "2026-01-01",
                }
            ],
        )
        table.action_check()
        table.action_import()
        lawyer = self._get_lawyers(["测试张三"])
        self.assertEqual((lawyer.state, lawyer.law_firm_id.name), ("candidate", "测试新律师事务所"))
        self.assertEqual(lawyer.contact_point_ids, self.county_a | self.county_b)
        self.assertEqual(lawyer.with_user(self.city_officer).mobile, "13803750066")

    def test_contract(self):
        """X1, T2: a contract signed on paper is in force with its number, marked as of the past; overlap and length stay refused."""
        lawyer = self.env["legal.aid.volunteer"].create(
            {"partner_id": self.env["res.partner"].create({"name": "测试王五"}).id, "organization_id": self.city.id}
        )
        rows = [
            {"lawyer": "测试王五", "date_start": "2026-01-01", "number": "平工聘〔2026〕900号"},
            {"lawyer": "测试王五", "date_start": "2026-06-01"},
            {"lawyer": self.lawyer1.name, "date_start": "2028-01-01", "date_end": "2029-01-01"},
            {"lawyer": "没有这个人", "date_start": "2026-01-01"},
        ]
        table = self._import("contract", rows, mode="good")
        table.action_check()
        self.assertEqual(table.good_count, 1)
        table.action_import()
        contract = lawyer.contract_ids
        self.assertEqual(
            (contract.state, contract.number, contract.is_imported), ("active", "平工聘〔2026〕900号", True)
        )
        self.assertEqual((lawyer.state, lawyer.member_since.isoformat()), ("active", "2026-01-01"))

    def test_past_case(self):
        """X1: a past case stands in the archive with its own days, marked; statistics count it; no fee follows from it."""
        table = self._import(
            "case",
            [self._prepare_past_case(), self._prepare_past_case(old_number="2025-18", closed_date="2026-01-01")],
            mode="good",
        )
        table.action_check()
        self.assertEqual(table.good_count, 1)
        table.action_import()
        case = self.env["legal.aid.case"].search(
            [("is_imported", "=", True), ("organization_id", "=", self.county_a.id)]
        )
        self.assertEqual(
            (case.state, case.outcome, case.amount_recovered, case.archived_date.isoformat()),
            ("archived", "won", 8000, "2026-02-28"),
        )
        self.assertEqual(case.with_user(self.a_officer).applicant_name, "王小明")
        self.assertEqual(case.with_user(self.a_officer).former_number, "2025-17")
        self.assertFalse(self._get_due(case, "decide"))
        self.assertFalse(case.with_user(self.a_officer).can_create_expense)
        rows = self.env["legal.aid.statistic"].search([("case_id", "=", case.id)])
        self.assertEqual(set(rows.mapped("kind")), {"application", "granted", "closed"})
        with self.assertRaises(UserError):
            self.env["legal.aid.expense"].with_user(self.a_officer).create({"case_id": case.id})

    def test_nobody_else_makes_history(self):
        """X1: the mark of the past is set by the import only, by no other door."""
        case = self._create_case()
        for vals in ({"is_imported": True}, {"state": "archived"}):
            with self.assertRaises(UserError):
                case.with_user(self.a_manager).write(vals)
        with self.assertRaises(UserError):
            self._create_case(is_imported=True)
        with self.assertRaises(AccessError):
            get_public_method(case.with_user(self.a_manager), "_record_history")

    def test_who_imports(self):
        """X1: a leader, for his own union; what is the city's, at the city; nobody sees another's table."""
        for user in (self.a_officer, self.city_finance, self.auditor):
            with self.assertRaises(AccessError):
                self._import("case", [self._prepare_past_case()], user=user)
        with self.assertRaises(AccessError):
            self._import("case", [self._prepare_past_case()], union=self.county_b).action_check()
        with self.assertRaises(UserError):
            self._import("lawyer", [{"name": "x"}], user=self.a_manager, union=self.county_a).action_check()
        table = self._import("case", [self._prepare_past_case()])
        with self.assertRaises(AccessError):
            table.with_user(self.b_manager).read(["report"])

    def test_consultations_in_steps(self):
        """X1: a long table is taken in steps; bad rows come back, and progress shows."""
        rows = self._prepare_calls(210)
        rows[150]["matter"] = "没有这个案由"
        table = self._import("consultation", rows, mode="good")
        table.action_check()
        self.assertEqual((table.state, table.progress), ("checking", 0))
        self._run_job()
        self.assertEqual((table.state, table.good_count, table.progress), ("checked", 209, 100))
        table.action_import()
        self.assertEqual((table.state, table.progress), ("waiting", 0))
        self._run_job()
        self.assertEqual((table.state, table.imported_count, table.progress), ("done", 209, 100))
        self.assertIn("152", table.report)
        self.assertEqual(self._count_calls(), 209)

    def test_an_interrupted_job_goes_on(self):
        """X1: a job that is cut off after a step goes on from there; no row is taken twice or left out."""
        table = self._import("consultation", self._prepare_calls(250), mode="good")
        table.action_check()
        self._run_job()
        table.action_import()
        with (
            patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **options: 0),
            self.enter_registry_test_mode(),
        ):
            self.env["legal.aid.import"]._cron_import()
        self.env.invalidate_all()
        self.assertEqual((table.state, table.imported_count, table.progress), ("waiting", 100, 40))
        self.assertEqual(self._count_calls(), 100)
        self._run_job()
        self.assertEqual((table.state, table.imported_count), ("done", 250))
        self.assertEqual(self._count_calls(), 250)

    def test_long_table_all_or_none(self):
        """X1: a long table of which all rows are wanted is taken as one, or not at all when a row went bad since the check."""
        rows = self._prepare_calls(210)
        rows[150]["lawyer"] = self.lawyer1.name
        table = self._import("consultation", rows, mode="all")
        table.action_check()
        self._run_job()
        self.assertEqual(table.good_count, 210)
        table.action_import()
        self.lawyer1.partner_id.name = "改了名的律师"
        self._run_job()
        self.assertEqual((table.state, table.imported_count, self._count_calls()), ("failed", 0, 0))
        self.assertIn("152", table.report)

    def test_too_long_for_one_transaction(self):
        """X1: no job goes on for longer than a server allows: a very long table is taken in steps, as its good rows."""
        table = self._import("consultation", self._prepare_calls(6), mode="all")
        table.action_check()
        with patch.object(legal_aid_import, "AS_ONE", 5):
            with self.assertRaisesRegex(UserError, "6 rows are too many"):
                table.action_import()
            table.mode = "good"
            table.action_import()
        self.assertEqual((table.state, table.imported_count, self._count_calls()), ("done", 6, 6))

    def test_a_table_that_cannot_be_read_does_not_stop_the_job(self):
        """X1: what became unreadable while it waited fails with its reason; the next table is taken."""
        first, second = (self._import("consultation", self._prepare_calls(210), mode="good") for _number in range(2))
        (first | second).action_check()
        first._workflow_write({"file": base64.b64encode(b"nothing")})
        self._run_job()
        self.assertEqual((first.state, second.state), ("failed", "checked"))
        self.assertTrue(first.report)

    def test_dry_run_draws_no_number(self):
        """X1: neither the dry run nor a bad row among good ones leaves a gap in the numbers of cases and calls."""

        def next_numbers():
            self.env.invalidate_all()
            sequences = self.env["ir.sequence"].search([("code", "=", "legal.aid.consultation")])
            return (sequences | self.county_a.case_sequence_id).date_range_ids.mapped("number_next_actual")

        first = self._create_case(application_date="2026-01-04")
        self.env["legal.aid.consultation"].with_user(self.a_officer).create(
            {"matter_id": self.matter_wages.id, "question": "以前的", "date": "2026-01-05"}
        )
        before = next_numbers()
        bad = self._prepare_past_case(old_number="2025-18", closed_date="2026-01-01")
        worse = self._prepare_past_case(old_number="2025-19", matter="没有这个案由")
        table = self._import("case", [self._prepare_past_case(), bad, worse], mode="good")
        calls = self._import("consultation", self._prepare_calls(3))
        (table | calls).action_check()
        self.assertEqual(next_numbers(), before)
        (table | calls).action_import()
        self.assertEqual([after - was for after, was in zip(next_numbers(), before, strict=True)], [3, 1])
        case = self.env["legal.aid.case"].search([("is_imported", "=", True), ("former_number", "=", "2025-17")])
        self.assertEqual(int(case.name[-5:-1]) - int(first.name[-5:-1]), 1)

    def test_same_file_twice(self):
        """X1: the same file again creates nothing, whoever brings it in; each row says from which table it came before."""
        tables = {
            "lawyer": [{"name": "测试张三", "license_number": "11410201510129999"}, {"name": "测试李四"}],
            "contract": [{"lawyer": "测试李四", "date_start": "2026-01-01"}],
            "case": [self._prepare_past_case(), self._prepare_past_case(old_number="", application_date="2026-01-04")],
            "consultation": self._prepare_calls(3),
        }
        for kind, rows in tables.items():
            first, again = (self._import(kind, rows, mode="good") for _number in range(2))
            first.action_check()
            first.action_import()
            self.assertEqual((first.imported_count, first.rejected_file), (len(rows), False), (kind, first.report))
            again.action_check()
            again.action_import()
            self.assertEqual((again.state, again.imported_count), ("done", 0), (kind, again.report))
            self.assertEqual(again.report.count(first.file_name), len(rows), kind)
            action = first.action_open_records()
            self.assertEqual(self.env[action["res_model"]].search_count(action["domain"]), len(rows))

    def test_on_record_already(self):
        """X1: what was entered by hand is not brought in a second time: licence, identity number, applicant of the same day and matter."""
        self.lawyer1.with_user(self.city_officer).write(
            {"license_number": "11410201510128888", "resident_id_number": WORKER_ID}
        )
        rows = [
            {"name": "测试张三", "license_number": "11410201510128888"},
            {"name": "测试李四", "resident_id_number": WORKER_ID},
            {"name": self.lawyer2.name},
            {"name": "测试王五"},
        ]
        table = self._import("lawyer", rows, mode="good")
        table.action_check()
        self.assertEqual(table.good_count, 1, table.report)
        for title in ("“执业证号”", "“身份证号”", "“姓名”"):
            self.assertIn(title, table.report)
        self._create_case(application_date="2026-01-05", applicant_id_number=WORKER_ID, matter_id=self.matter_wages.id)
        table = self._import("case", [self._prepare_past_case(matter=self.matter_wages.name)])
        table.action_check()
        self.assertEqual(table.good_count, 0)
        self.assertNotIn(WORKER_ID, table.report)

    def test_a_deleted_record_can_be_brought_in_again(self):
        """X1: what is known is that a record is there, not that there once was one."""
        table = self._import("lawyer", [{"name": "测试张三"}])
        table.action_check()
        table.action_import()
        self._get_lawyers(["测试张三"]).unlink()
        table = self._import("lawyer", [{"name": "测试张三"}])
        table.action_check()
        self.assertEqual(table.good_count, 1, table.report)

    def test_one_bad_row_is_found_among_many(self):
        """X1: rows are created together; the one that its record refuses is found and the others are taken."""
        lawyers = [{"name": f"测试{number}"} for number in range(20)]
        table = self._import("lawyer", lawyers)
        table.action_check()
        table.action_import()
        rows = [{"lawyer": f"测试{number}", "date_start": "2026-01-01"} for number in range(20)]
        rows[13]["date_end"] = "2027-06-01"
        table = self._import("contract", rows, mode="good")
        table.action_check()
        self.assertEqual((table.row_count, table.good_count), (20, 19))
        self.assertIn("Row 15", table.report)
        table.action_import()
        self.assertEqual(table.imported_count, 19)

    def test_statements_do_not_grow_with_the_rows(self):
        """X1: rows that are created together share their statements; what is left for each row is its record's own."""

        def count(number):
            table = self._import(
                "lawyer", [{"name": f"测试{number}-{row}", "law_firm": "测试所"} for row in range(number)]
            )
            before = self.env.cr.sql_log_count
            table.action_check()
            return self.env.cr.sql_log_count - before

        count(2)
        few, many = count(5), count(25)
        self.assertLess(many - few, 20)

    def test_a_changed_file_is_checked_again(self):
        table = self._import("lawyer", [{"name": "测试张三"}])
        table.action_check()
        table.file = base64.b64encode(make_table("lawyer", [{"name": "测试李四"}]))
        self.assertEqual(table.state, "draft")
        with self.assertRaises(UserError):
            table.action_import()

    def test_tables_are_forgotten(self):
        """F§11: a table with personal data does not stay."""
        table = self._import("lawyer", [{"name": "测试张三"}])
        table.action_check()
        self.env.flush_all()
        self.env.cr.execute("UPDATE legal_aid_import SET write_date = '2026-01-29 02:00:00'")
        self.env.invalidate_all()
        self.env["legal.aid.import"]._gc_tables()
        self.assertFalse(table.file)
