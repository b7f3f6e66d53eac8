import base64
import importlib.util
from pathlib import Path

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.modules import get_module_path
from odoo.tests import tagged
from odoo.tools import mute_logger

from .casework_common import TODAY
from .money_common import LegalAidMoneyCommon

FILE = base64.b64encode(b"the same page")


@tagged("post_install", "-at_install")
class TestReceipts(LegalAidMoneyCommon):
    """M2, F§4: a direct cost is paid against its receipt, and no receipt is handed in twice, in whatever union."""

    def setUp(self):
        super().setUp()
        self.expense = self._create_expense()
        self.expense_b = self._create_expense_of_b()

    def _create_expense_of_b(self):
        case = self._create_case(self.b_officer, employer_place_id=self.county_b.id)
        case.sudo()._workflow_write({"state": "archived", "granted_date": TODAY, "volunteer_id": self.lawyer2.id})
        return self._create_expense(case, self.b_officer)

    def _add(self, expense, amount=100, **vals):
        expense.line_ids = [Command.create(self._prepare_cost(amount, **vals))]
        return expense.line_ids.filtered(lambda line: line.kind == "actual_cost").sorted("id")[-1:]

    def _assert_twice(self, expense, pattern="handed in before", **vals):
        with self.assertRefused(UserError, pattern) as refused:
            self._add(expense, **vals)
        return refused

    def test_same_number(self):
        """M2: by code and number, however typed, and whatever sum is claimed; also in the same fee and in one go."""
        self._add(self.expense, receipt_code="4100202130", receipt_number="12345678")
        self._assert_twice(self.expense, receipt_code="4100 202130", receipt_number="1234-5678", amount=7)
        self._assert_twice(self.expense, receipt_number="410020213012345678")
        with self.assertRefused(UserError, "handed in before"):
            same = {"receipt_number": "26410000000000009999"}
            self.expense.line_ids = [Command.create(self._prepare_cost(5, **same)) for _number in range(2)]

    def test_same_file(self):
        """M2: by the checksum of the file, whatever number is entered with it."""
        self._add(self.expense, receipt_file=FILE)
        self._assert_twice(self.expense, "one page shows together", receipt_file=FILE)
        self.assertEqual(len(self.expense.line_ids), 2)

    def test_other_union_learns_nothing(self):
        """M2, O2: across unions it is refused too, and the message tells neither case, nor union, nor day."""
        self._add(self.expense, receipt_number="26410000000000001111", receipt_file=FILE)
        for vals in ({"receipt_number": "26410000000000001111"}, {"receipt_file": FILE}):
            with self.assertRaises(UserError) as refused, self.env.cr.savepoint():
                self._add(self.expense_b, **vals)
            message = str(refused.exception)
            for secret in (self.expense.name, self.expense.case_number, "甲县", TODAY):
                self.assertNotIn(secret, message)
            self.assertIn("ask the city union", message)
            with self.assertRefused(UserError, self.expense.name):
                self._add(self.expense_b.with_user(self.city_manager), **vals)

    def test_slips_with_short_numbers(self):
        """M2: number 17 exists in many shops; with the same day and sum it is the same slip."""
        self._add(self.expense, amount=86.5, receipt_number="17")
        self._add(self.expense_b, amount=86, receipt_number="17")
        self._add(self.expense_b, amount=86.5, receipt_number="17", date="2026-03-01")
        self._assert_twice(self.expense_b, amount=86.5, receipt_number=" 17")

    def test_change_of_a_line(self):
        """M2: also by changing a line into one that is there; a line may be written with its own receipt."""
        self._add(self.expense, receipt_number="26410000000000001111", receipt_file=FILE)
        line = self._add(self.expense_b, amount=12)
        for vals in ({"receipt_number": "26410000000000001111"}, {"receipt_file": FILE}):
            with self.assertRefused(UserError, "handed in before"):
                line.write(vals)
        line.write({"receipt_number": line.receipt_number, "amount_claimed": 13})
        line.write({"receipt_file": False})
        self.assertFalse(line.receipt_checksum)

    def test_free_again(self):
        """M2: what was taken out, or stood in a fee that was given up, can be handed in where it belongs."""
        line = self._add(self.expense, receipt_number="26410000000000001111", receipt_file=FILE)
        line.unlink()
        self._add(self.expense_b, receipt_number="26410000000000001111", receipt_file=FILE)
        self.expense_b.action_cancel()
        self._add(self.expense, receipt_number="26410000000000001111", receipt_file=FILE)

    def test_code_and_number_go_together(self):
        for code, number in (("123", "12345678"), ("4100202130", "1234567"), ("4100202130", False)):
            with self.assertRefused(ValidationError, "do not go together"):
                self._add(self.expense, receipt_code=code, receipt_number=number)

    def test_database_has_the_last_word(self):
        """M2: two people at the same moment: the second one is refused by the index."""
        self._add(self.expense, receipt_number="26410000000000001111", receipt_file=FILE)
        line = self._add(self.expense_b)
        for name, value in (
            ("receipt_key", "26410000000000001111"),
            ("receipt_checksum", self.expense.line_ids.mapped("receipt_checksum")[-1]),
        ):
            with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.env.cr.execute(f"UPDATE legal_aid_expense_line SET {name} = %s WHERE id = %s", [value, line.id])

    def test_doors(self):
        """M2: key and checksum come from number and file; nobody writes them, to get the same receipt through."""
        line = self._add(self.expense, receipt_number="26410000000000001111")
        for name in ("receipt_key", "receipt_checksum"):
            for step in (
                lambda name=name: line.write({name: False}),
                lambda name=name: self._add(self.expense_b, **{name: "x"}),
                lambda name=name: line.with_context(**{f"default_{name}": "x"}).create(
                    {"expense_id": self.expense.id, "name": "x", "amount_claimed": 1}
                ),
            ):
                with self.assertRefused(AccessError):
                    step()
        copied = line.copy()
        self.assertFalse(copied.receipt_number or copied.receipt_key or copied.receipt_file)

    def test_frozen_with_the_fee(self):
        """M5: once handed in, receipt and file stand."""
        line = self._add(self.expense)
        self.expense.action_request_approval()
        for vals in ({"receipt_file": FILE}, {"receipt_number": "1"}, {"date": "2026-01-01"}):
            with self.assertRefused(UserError, "can no longer be changed"):
                line.write(vals)

    def test_who_sees_the_receipt(self):
        """O2: finance of the payer and the auditor see the file, another county does not."""
        line = self._add(self.expense, receipt_file=FILE)
        self.approve(self.expense, self.a_officer, self.a_manager)
        for user in (self.a_finance, self.a_manager, self.auditor):
            self.assertEqual(line.with_user(user).receipt_file, FILE)
        for user in (self.b_officer, self.b_finance, self.liaison, self.justice):
            with self.assertRefused(AccessError):
                line.with_user(user).read(["receipt_file"])

    def test_update_from_an_older_version(self):
        """M2, F§1.3: receipts that were entered before 19.0.1.3.0 are known afterwards, and fees on their way get their clock."""
        first = self._add(self.expense, receipt_number="26410000000000001111")
        second = self._add(self.expense_b, amount=5)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE legal_aid_expense_line SET receipt_key = NULL, receipt_number = %s WHERE id IN %s",
            ["26410000000000001111", (first + second)._ids],
        )
        self.env.invalidate_all()
        self.expense.case_id._void_deadlines("pay")
        self.assertFalse(self.expense.pay_by_date)
        path = Path(get_module_path("union_legal_aid"), "migrations", "19.0.1.3.0", "post-receipts_and_clocks.py")
        specification = importlib.util.spec_from_file_location("receipts_and_clocks", path)
        script = importlib.util.module_from_spec(specification)
        specification.loader.exec_module(script)
        for _run in range(2):
            self.env.flush_all()
            script.migrate(self.env.cr, "19.0.1.2.0")
            self.env.invalidate_all()
        self.assertEqual((first.receipt_key, second.receipt_key), ("26410000000000001111", False))
        self.assertTrue(self.expense.pay_by_date)
        self._assert_twice(self.expense, receipt_number="26410000000000001111")
