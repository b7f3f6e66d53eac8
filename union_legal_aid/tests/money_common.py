import base64
import itertools
from contextlib import contextmanager

from odoo.fields import Command

from .casework_common import TODAY, LegalAidCaseworkCommon

RECEIPTS = itertools.count(1)


class LegalAidMoneyCommon(LegalAidCaseworkCommon):
    """City and county a have books, county b has none; both lawyers have accounts; a schedule of the city is in force."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.city_books = cls._give_books(cls.city)
        cls.county_a_books = cls._give_books(cls.county_a)
        cls.schedule = cls.env["legal.aid.fee.schedule"].create(
            {
                "name": "测试费用标准",
                "organization_id": cls.city.id,
                "date_from": "2025-01-01",
                "source_document": "测司〔2025〕3号",
                "rate_ids": [
                    Command.create({"service_form": "mediation", "amount": 500}),
                    Command.create({"service_form": "arbitration", "amount": 1600}),
                    Command.create({"service_form": "litigation", "amount": 2000}),
                    Command.create({"service_form": "litigation", "stage": "enforcement", "amount": 1300}),
                ],
            }
        )
        cls.schedule.action_activate()
        for number, lawyer in enumerate(cls.lawyer1 | cls.lawyer2, start=1):
            cls._give_account(lawyer, number)

    @classmethod
    def _give_account(cls, lawyer, number):
        lawyer.write(
            {
                "bank_account_number": f"62220200000000{number:05d}",
                "bank_account_holder": lawyer.name,
                "bank_name": "示例银行平顶山分行",
                "bank_code": "102495000018",
                "mobile": "13803750009",
            }
        )

    @classmethod
    def _create_more_lawyers(cls, count):
        """Lawyers of county a with contract, account and a ledger that is handed in."""
        lawyers = cls.env["legal.aid.volunteer"]
        for number in range(count):
            partner = cls.env["res.partner"].create({"name": f"测试律师{number:03d}"})
            lawyer = cls.env["legal.aid.volunteer"].create(
                {
                    "partner_id": partner.id,
                    "organization_id": cls.city.id,
                    "license_number": f"114102017103{number:05d}",
                    "contact_point_ids": [Command.set(cls.county_a.ids)],
                }
            )
            contract = (
                cls.env["legal.aid.contract"]
                .with_user(cls.city_officer)
                .create({"volunteer_id": lawyer.id, "organization_id": cls.city.id, "date_start": "2026-01-01"})
            )
            contract.action_request_approval()
            contract.with_user(cls.city_manager).action_approve()
            cls._give_account(lawyer, 100 + number)
            lawyers |= lawyer
        cls._hand_in_ledgers(lawyers)
        return lawyers

    @classmethod
    def _hand_in_ledgers(cls, lawyers):
        ledgers = cls.env["legal.aid.ledger"].search([("volunteer_id", "in", lawyers.ids), ("year", "=", 2026)])
        ledgers.with_user(cls.city_officer).action_submit(summary="全年工作", date=TODAY)

    @classmethod
    def _prepare_cost(cls, amount, name="交通费", **vals):
        """A direct cost with a receipt of its own: an electronic invoice that nobody handed in before."""
        number = f"2641{next(RECEIPTS):016d}"
        return {
            "name": name,
            "amount_claimed": amount,
            "date": TODAY,
            "receipt_number": number,
            "receipt_file": base64.b64encode(f"receipt {number}".encode()),
            **vals,
        }

    def _create_expense(self, case=None, officer=None, **vals):
        case = case or self._create_archived()
        expense = (
            self.env["legal.aid.expense"].with_user(officer or self.a_officer).create({"case_id": case.id, **vals})
        )
        expense.action_compute()
        return expense

    def _create_approved_expense(self, **vals):
        expense = self._create_expense(**vals)
        self.approve(expense, self.a_officer, self.a_manager)
        return expense

    def _create_shared_case(self, heads_b, heads_a=1, **vals):
        """An archived case of county a in which workers of county b take part."""
        case = self._create_case(headcount=heads_a + heads_b, **vals)
        self.env["legal.aid.case.party"].create(
            {
                "case_id": case.id,
                "role": "applicant",
                "name": "李四",
                "organization_id": self.county_b.id,
                "headcount": heads_b,
            }
        )
        case.action_submit()
        case.with_user(self.a_manager).action_grant()
        case.action_assign(volunteer_id=self.lawyer1)
        lawyer_case = case.with_user(self.lawyer1_user)
        lawyer_case.action_accept()
        lawyer_case.action_log_work(hours=1, kind="hearing", note="开庭")
        lawyer_case.action_close(outcome="won", amount_recovered=9000)
        case.action_archive(file_received_date=TODAY)
        return case

    def _create_payout(self, kind="expense", payer=None, user=None, **vals):
        payer = payer or (self.city if kind == "subsidy" else self.county_a)
        user = user or (self.city_officer if kind == "subsidy" else self.a_officer)
        if kind == "subsidy":
            vals.setdefault("service_year", 2026)
        return (
            self.env["legal.aid.payout"]
            .with_user(user)
            .create({"kind": kind, "organization_id": payer.id, "date": TODAY, **vals})
        )

    def _create_approved_payout(self, kind="expense", **vals):
        payout = self._create_payout(kind, **vals)
        payout.action_compute()
        if kind == "subsidy":
            self.approve(payout, self.city_officer, self.city_manager)
        else:
            self.approve(payout, self.a_officer, self.a_manager)
        return payout

    def _create_paid_payout(self):
        """The fee of one case of county a, paid from its books."""
        self._create_approved_expense()
        payout = self._create_approved_payout()
        payout.with_user(self.a_finance).action_post(date=TODAY)
        return payout

    def _create_payout_of_b(self):
        """The fee of one case of county b, computed and not yet decided."""
        case = self._create_case(self.b_officer, employer_place_id=self.county_b.id)
        case.sudo()._workflow_write({"state": "archived", "granted_date": TODAY, "volunteer_id": self.lawyer2.id})
        self.approve(self._create_expense(case, self.b_officer), self.b_officer, self.b_manager)
        payout = self._create_payout(payer=self.county_b, user=self.b_officer)
        payout.action_compute()
        return payout

    @contextmanager
    def assertRefused(self, exception, pattern="."):
        """The step is refused with a sentence that matches ``pattern``, and what it had written is rolled back."""
        with self.assertRaises(exception) as refused, self.env.cr.savepoint():
            yield
        self.env.invalidate_all()
        self.assertRegex(str(refused.exception), pattern)

    def _count_queries(self, step):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        step()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
