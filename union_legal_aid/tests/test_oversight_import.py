import base64
import io

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.service.model import get_public_method
from odoo.tests import tagged
from odoo.tests.common import BaseCase

from ..tools import import_table, workbook
from .casework_common import TODAY, WORKER_ID, LegalAidCaseworkCommon


def make_table(kind, rows):
    """The template of ``kind``, filled in with ``rows``: ``{column name: value}`` each."""
    _title, columns = import_table.TABLES[kind]
    heads = [(column.title, "text", 10) for column in columns]
    return workbook.build("表", heads, [[row.get(column.name, "") for column in columns] for row in rows])


@tagged("post_install", "-at_install", "union_tools")
class TestToolsImportTable(BaseCase):
    """X1: what stands in a table."""

    LAWYER = {"name": "张三", "license_number": "11410201510123456", "license_valid_until": "2027-05-31"}

    def test_template_can_be_read_back(self):
        for kind, (_title, columns) in import_table.TABLES.items():
            book = openpyxl.load_workbook(io.BytesIO(import_table.template(kind)))
            self.assertEqual([cell.value for cell in book.worksheets[0][1]], [column.title for column in columns])
            with self.assertRaises(import_table.BadWorkbook):
                import_table.read(kind, import_table.template(kind))

    def test_values(self):
        (row,) = import_table.read("lawyer", make_table("lawyer", [self.LAWYER]))
        self.assertFalse(row.problems)
        self.assertEqual(row.values["license_valid_until"].isoformat(), "2027-05-31")

    def test_text_file(self):
        """A CSV in the office's own encoding is as good as a workbook."""
        _title, columns = import_table.TABLES["consultation"]
        text = ",".join(column.title for column in columns) + "\n2026/3/1,来电,,,,某公司,拖欠工资,怎么办,,\n"
        (row,) = import_table.read("consultation", text.encode("gb18030"))
        self.assertEqual((row.values["date"].isoformat(), row.values["question"]), ("2026-03-01", "怎么办"))

    def test_problems(self):
        case = {
            "application_date": "2019-02-30",
            "applicant_name": "",
            "headcount": "2.5",
            "amount_claimed": "很多",
            "granted_date": "2019年3月1日",
        }
        (row,) = import_table.read("case", make_table("case", [case]))
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
        (row,) = import_table.read("lawyer", buffer.getvalue())
        self.assertEqual(row.problems[0].message, import_table.FORMULA)

    def test_wrong_table(self):
        with self.assertRaises(import_table.BadWorkbook):
            import_table.read("lawyer", make_table("contract", [{"lawyer": "张三"}]))


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
            "case", [self._prepare_past_case(), self._prepare_past_case(closed_date="2026-01-01")], mode="good"
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
        self.assertFalse(self._get_due(case, "decide"))
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
        rows = [
            {"date": TODAY, "channel": "phone", "matter": "unpaid_wages", "question": f"第{number}问"}
            for number in range(210)
        ]
        rows[150]["matter"] = "没有这个案由"
        table = self._import("consultation", rows, mode="good")
        table.action_check()
        table.action_import()
        self.assertEqual((table.state, table.progress), ("waiting", 0))
        with self.enter_registry_test_mode():
            self.env.ref("union_legal_aid.ir_cron_import").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((table.state, table.imported_count, table.progress), ("done", 209, 100))
        self.assertIn("152", table.report)
        self.assertEqual(
            self.env["legal.aid.consultation"].search_count(
                [("question", "like", "第%问"), ("organization_id", "=", self.county_a.id)]
            ),
            209,
        )

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
