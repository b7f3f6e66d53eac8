import base64
import io
import time

import openpyxl

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import BaseCase, tagged

from ..tools import party_list, table_file
from .access_common import make_resident_id
from .casework_common import WORKER_ID, LegalAidCaseworkCommon

TITLES = [title for _name, title, _kind, _width in party_list.COLUMNS]


def build(*rows, titles=None):
    book = openpyxl.Workbook()
    book.active.append(titles or TITLES)
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@tagged("post_install", "-at_install")
class TestPartyList(BaseCase):
    """C4: what stands in a list of workers, without a database."""

    def _get_problems(self, *rows):
        return [[problem.message for problem in row.problems] for row in party_list.read(build(*rows))]

    def test_template_is_read_back(self):
        with self.assertRaises(table_file.BadWorkbook) as caught:
            party_list.read(party_list.template())
        self.assertEqual(caught.exception.sentence.message, party_list.NO_ROWS)
        book = openpyxl.load_workbook(io.BytesIO(party_list.template()))
        self.assertEqual([cell.value for cell in book.active[1]], TITLES)

    def test_good_row(self):
        (row,) = party_list.read(build(["李 四", WORKER_ID, "13803750002", "测试甲县总工会", "1,200.50"]))
        self.assertFalse(row.problems)
        self.assertEqual((row.name, row.id_number, str(row.amount)), ("李 四", WORKER_ID, "1200.50"))

    def test_bad_rows(self):
        problems = self._get_problems(
            ["", WORKER_ID],
            ["李四", "410402198501010126"],
            ["王五", None, "不详"],
            ["赵六", None, None, None, "一千"],
            ["钱七", None, None, None, -1],
            ["孙八", 410402198501010125],
        )
        self.assertEqual(problems[0], [party_list.NO_NAME])
        self.assertIn("last character", problems[1][0])
        self.assertEqual(problems[2], [party_list.BAD_PHONE])
        self.assertEqual(problems[3], [party_list.BAD_AMOUNT])
        self.assertEqual(problems[4], [party_list.BAD_AMOUNT])
        self.assertEqual(problems[5], [party_list.NUMBER_AS_NUMBER])

    def test_formulas_are_never_evaluated(self):
        """C4: a cell with a formula is refused, and comes back as text."""
        rows = party_list.read(build(["=1+1", WORKER_ID], ["李四", None, None, None, "=SUM(1,2)"]))
        for row in rows:
            self.assertEqual([problem.message for problem in row.problems], [party_list.FORMULA])
        back = party_list.rejected([(row, "x") for row in rows])
        cells = openpyxl.load_workbook(io.BytesIO(back)).active[2]
        self.assertEqual((cells[0].value, cells[0].data_type), ("=1+1", "s" if cells[0].data_type == "s" else "f"))

    def test_twice_in_the_list(self):
        """C4: the second of two lines for one worker is refused, by number and, without one, by name."""
        problems = self._get_problems(
            ["李四", WORKER_ID], ["李肆", WORKER_ID.lower()], ["王五"], ["王 五"], ["王五", make_resident_id(7)]
        )
        self.assertEqual([bool(found) for found in problems], [False, True, False, True, False])

    def test_what_is_no_list(self):
        """C4: another file, other titles, a file that unpacks to more than it should."""
        for content, message in (
            (b"no workbook", table_file.NOT_A_WORKBOOK),
            (b"PK\x03\x04broken", table_file.NOT_A_WORKBOOK),
            (build(["x"], titles=["姓名", "电话"]), party_list.WRONG_HEADER),
            (b"x" * (table_file.MAX_BYTES + 1), table_file.TOO_LARGE),
        ):
            with self.subTest(message), self.assertRaises(table_file.BadWorkbook) as caught:
                party_list.read(content)
            self.assertEqual(caught.exception.sentence.message, message)


@tagged("post_install", "-at_install")
class TestGroupCase(LegalAidCaseworkCommon):
    """C4: parties as a list, its import, elected representatives, and when a case counts as a group case."""

    def _rows(self, count, start=1):
        return [
            [f"工人{chr(0x4E00 + n)}", make_resident_id(n), f"138{n:08d}", None, 1000]
            for n in range(start, start + count)
        ]

    def _open(self, case, *rows, mode="all", user=None):
        return (
            self.env["legal.aid.party.import"]
            .with_user(user or self.a_officer)
            .create({"case_id": case.id, "file": base64.b64encode(build(*rows)), "mode": mode})
        )

    def _get_list(self, case):
        return case.party_ids.filtered(lambda party: party.role == "applicant")

    def test_boundary(self):
        """C4, policy group_case_size: nine workers are no group, ten are; the number follows the list."""
        case = self._create_case()
        self._open(case, *self._rows(8)).action_import()
        self.assertEqual((case.headcount, case.is_group, case.party_count), (9, False, 9))
        self._open(case, *self._rows(1, start=20)).action_import()
        self.assertEqual((case.headcount, case.is_group), (10, True))
        self._get_list(case).filtered(lambda party: not party.is_main)[:1].unlink()
        self.assertEqual((case.headcount, case.is_group), (9, False))

    def test_policy_decides(self):
        """C4: the size is the policy's, not the program's."""
        self._create_policy(group_case_size=12)
        case = self._create_case(headcount=11)
        self.assertFalse(case.is_group)
        case.headcount = 12
        self.assertTrue(case.is_group)

    def test_number_and_list(self):
        """C4: workers who are helped without standing on the list stay in the number; it is never below the list."""
        case = self._create_case(headcount=12)
        self._open(case, *self._rows(3)).action_import()
        self.assertEqual(case.headcount, 12)
        self._open(case, *self._rows(10, start=20)).action_import()
        self.assertEqual(case.headcount, 14)
        with self.assertRaisesRegex(ValidationError, "lists 14 workers"):
            case.headcount = 13

    def test_growing_list_voids_the_request(self):
        """C4, M5: a list that grows while the leader decides is another application."""
        case = self._create_submitted()
        self.assertEqual(case.approval_state, "pending")
        self._open(case, *self._rows(2)).action_import()
        self.assertEqual(case.approval_state, "none")

    def test_dry_run(self):
        """C4: checking tells and writes nothing; the report names rows, never people."""
        case = self._create_case()
        dialog = self._open(case, *self._rows(2), ["李四", "410402198501010126"])
        dialog.action_check()
        self.assertEqual((dialog.row_count, dialog.good_count), (3, 2))
        self.assertIn("Row 4", dialog.report)
        self.assertNotIn("李四", dialog.report)
        self.assertNotIn("410402198501010126", dialog.report)
        self.assertEqual(len(self._get_list(case)), 1)
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(dialog.rejected_file)))
        self.assertEqual([cell.value for cell in book.active[2]][:2], ["李四", "410402198501010126"])
        self.assertTrue(book.active[2][5].value)

    def test_all_or_none(self):
        """C4: by default one bad row keeps the whole list out."""
        case = self._create_case()
        dialog = self._open(case, *self._rows(2), ["李四", "410402198501010126"])
        with self.assertRaisesRegex(UserError, "1 of 3 rows"):
            dialog.action_import()
        self.assertEqual(len(self._get_list(case)), 1)

    def test_good_rows_only(self):
        """C4: where the officer chooses so, the good rows are taken and the others come back."""
        case = self._create_case()
        dialog = self._open(case, *self._rows(2), ["李四", "410402198501010126"], mode="good")
        dialog.action_import()
        self.assertEqual(dialog.imported_count, 2)
        self.assertTrue(dialog.rejected_file)
        self.assertFalse(dialog.file)
        self.assertEqual(case.headcount, 3)

    def test_known_parties_are_refused(self):
        """C4: who is a party already is not taken twice, by number and, without one, by name."""
        case = self._create_case()
        dialog = self._open(case, ["王小明", WORKER_ID], *self._rows(2), mode="good")
        dialog.action_import()
        self.assertEqual((dialog.good_count, case.headcount), (2, 3))
        again = self._open(case, *self._rows(2))
        again.action_check()
        self.assertEqual(again.good_count, 0)
        with self.assertRaisesRegex(UserError, "already"):
            again.action_import()

    def test_union_or_place(self):
        """C4, M3: a worker's union is found by name or code and bears its share; one that is unknown is told."""
        case = self._create_case()
        rows = self._rows(3)
        rows[0][3], rows[1][3], rows[2][3] = "测试乙县总工会", "T01B", "某某工会"
        dialog = self._open(case, *rows, mode="good")
        dialog.action_import()
        self.assertIn("Row 4", dialog.report)
        self.assertEqual(case._get_headcount_by_organization(), {self.county_a: 1, self.county_b: 2})

    def test_thousand_rows(self):
        """C4: a list of 1,000 workers is taken in seconds."""
        case = self._create_case()
        rows = [[f"工人{n}号", make_resident_id_of(n), f"138{n:08d}", None, n] for n in range(1000)]
        dialog = self._open(case, *rows)
        began = time.monotonic()
        dialog.action_import()
        self.env.flush_all()
        self.assertLess(time.monotonic() - began, 20)
        self.assertEqual(case.headcount, 1001)

    def test_who_imports(self):
        """C4: officers of the union in charge, while the case runs; nobody else, through no door."""
        case = self._create_case()
        for user in (self.b_officer, self.auditor, self.justice, self.lawyer1_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._open(case, *self._rows(1), user=user).action_import()
        dialog = self._open(case, *self._rows(1))
        with self.assertRaises(AccessError):
            dialog.with_user(self.city_officer).read(["file"])
        archived = self._create_archived(applicant_name="李四")
        with self.assertRaises(UserError):
            self._open(archived, *self._rows(1)).action_import()

    def test_elected_representatives(self):
        """C4, 劳动争议调解仲裁法 §7: ten and more with a common claim elect representatives, and these are of the workers."""
        case = self._create_case()
        self._open(case, *self._rows(8)).action_import()
        workers = self._get_list(case)
        with self.assertRaisesRegex(ValidationError, "too few"), self.cr.savepoint():
            workers[1].is_elected = True
        self._open(case, *self._rows(1, start=20)).action_import()
        workers[1].is_elected = True
        employer = case.party_ids.filtered(lambda party: party.role == "respondent")
        with self.assertRaisesRegex(ValidationError, "only workers"), self.cr.savepoint():
            employer.is_elected = True

    def test_names_stay_with_the_office(self):
        """O2, F§11: the lawyer, the bureau and the auditor read no number of the list."""
        case = self._create_case()
        self._open(case, *self._rows(2)).action_import()
        parties = self._get_list(case)
        for user in (self.justice, self.lawyer1_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                parties.with_user(user).read(["id_number"])
        with self.assertRaises(AccessError):
            parties.with_user(self.auditor).read(["name"])


def make_resident_id_of(number):
    """A valid identity number for each of many."""
    year, rest = 1960 + number % 40, number // 40
    digits = f"410402{year}{rest % 12 + 1:02d}{rest // 12 + 1:02d}{number % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]
