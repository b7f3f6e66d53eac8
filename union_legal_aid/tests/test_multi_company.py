import base64

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .casework_common import TODAY
from .money_common import LegalAidMoneyCommon

BOOKS = ("account.move", "account.move.line", "account.journal", "account.payment", "account.bank.statement.line")
# What belongs to a union, not to books: seen whatever company is the active one.
RECORDS = ("legal.aid.case", "legal.aid.expense", "legal.aid.expense.line", "legal.aid.expense.allocation")


class MultiCompanyCommon(LegalAidMoneyCommon):
    """City and county a keep books here; county b keeps none, and its people work in the company that keeps none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.neutral = cls.env["res.company"]._get_without_books()
        cls.people_of_b = cls.b_officer | cls.b_manager | cls.b_finance
        for user in cls.people_of_b:
            cls._move(user, cls.neutral)
        cls._move(cls.a_finance, cls.county_a_books)
        cls._move(cls.city_finance, cls.city_books)

    @classmethod
    def _move(cls, user, companies):
        user.write({"company_ids": [Command.set(companies.ids)], "company_id": companies[0].id})

    def _work_through(self):
        """A case of county b from the first call to the archive, by people who know no books."""
        case = self._create_case(self.b_officer, employer_place_id=self.county_b.id)
        case.action_submit()
        case.with_user(self.b_manager).action_grant()
        case.action_assign(volunteer_id=self.lawyer2)
        lawyer_case = case.with_user(self.lawyer2_user)
        lawyer_case.action_accept()
        lawyer_case.action_log_work(hours=3, kind="hearing", note="开庭")
        lawyer_case.action_close(outcome="won", amount_recovered=9000)
        case.action_archive(file_received_date=TODAY)
        return case

    def assertOpens(self, record, user):
        """``user`` opens the form as the web client does: its view, all its fields, its names, its list."""
        record = record.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        record.env.invalidate_all()
        # The web client asks for the fields of the view that this user has.
        fields = record.fields_get(record.get_view(view_type="form")["models"][record._name], [])
        specification = {name: self._get_specification(record, name) for name in fields}
        self.assertEqual([row["id"] for row in record.web_read(specification)], record.ids)
        found = record.web_search_read([("id", "in", record.ids)], {"display_name": {}})
        self.assertEqual(found["length"], len(record))

    def _get_specification(self, record, name):
        field = record._fields[name]
        if field.type == "many2one":
            return {"fields": {"display_name": {}}}
        return {"fields": {"id": {}}} if field.relational else {}

    def _evidence(self):
        data = base64.b64encode(b"bank receipt")
        return self.env["ir.attachment"].with_user(self.b_finance).create({"name": "回单.pdf", "datas": data})


@tagged("post_install", "-at_install")
class TestUnionWithoutBooks(MultiCompanyCommon):
    """O2: nobody of a county needs the city's books."""

    def test_they_know_the_neutral_company_only(self):
        for user in self.people_of_b:
            self.assertEqual(self.env["res.company"].with_user(user).search([]), self.neutral)

    def test_main_path_of_a_county_that_pays_outside(self):
        """From the call to the confirmed payment, without books anywhere."""
        case = self._work_through()
        expense = self._create_expense(case, self.b_officer)
        self.approve(expense, self.b_officer, self.b_manager)
        payout = self._create_payout(payer=self.county_b, user=self.b_officer)
        payout.action_compute()
        self.approve(payout, self.b_officer, self.b_manager)
        payout.with_user(self.b_finance).action_confirm_paid(date=TODAY, evidence=self._evidence())
        self.assertEqual((payout.state, expense.state, payout.company_id), ("paid", "paid", self.env["res.company"]))
        for user in (self.b_officer, self.b_manager):
            for record in (case, expense, expense.allocation_ids, payout, payout.line_ids, self.county_b, self.city):
                self.assertOpens(record, user)
        for record in (expense, expense.allocation_ids, payout, payout.line_ids, self.county_b, self.city):
            self.assertOpens(record, self.b_finance)

    def test_main_path_of_a_county_whose_fees_the_city_pays(self):
        """M3: the city pays from its books; the county reads its fee to the end and never the books."""
        self.county_b.bears_case_expense = False
        case = self._work_through()
        expense = self._create_expense(case, self.b_officer)
        self.assertEqual(expense.payer_organization_id, self.city)
        self.approve(expense, self.b_officer, self.city_manager)
        payout = self._create_payout(payer=self.city, user=self.city_officer)
        payout.action_compute()
        self.approve(payout, self.city_officer, self.city_manager)
        payout.with_user(self.city_finance).action_post(date=TODAY)
        self.assertEqual((payout.company_id, expense.state), (self.city_books, "paid"))
        for user in (self.b_officer, self.b_manager):
            for record in (case, expense, expense.allocation_ids, self.city):
                self.assertOpens(record, user)
            self.assertFalse(payout.with_user(user).has_access("read"))
            self.assertFalse(payout.move_id.with_user(user).has_access("read"))
        self.assertOpens(self.city, self.b_finance)
        for model in BOOKS:
            self.assertFalse(self.env[model].with_user(self.b_finance).search([]), model)

    def test_union_without_books_has_no_company(self):
        """Neither the city's nor the neutral one: a payout of such a union stands in no books."""
        self.assertFalse(self.county_b.company_id)
        payout = self._create_payout(payer=self.county_b, user=self.b_officer)
        self.assertFalse(payout.company_id)


@tagged("post_install", "-at_install")
class TestBooksOfOthers(MultiCompanyCommon, HttpCase):
    """O2: finance reads the books of its own union, and no others by any door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.county_b_books = cls._give_books(cls.county_b)
        cls._move(cls.b_finance, cls.county_b_books)
        cls.foreign = cls.city_books | cls.county_b_books

    def setUp(self):
        super().setUp()
        self.own_payout = self._create_paid_payout()
        self.moves = {company: self._post_entry(company) for company in self.foreign}

    def _post_entry(self, company):
        """An entry and a payment in the books of ``company``."""
        journal = self.env["account.journal"].search([("company_id", "=", company.id), ("type", "=", "bank")], limit=1)
        accounts = self.env["account.account"].with_company(company)
        payable = accounts.search([*accounts._check_company_domain(company), ("code", "=", "215")])
        lines = [
            Command.create({"account_id": payable.id, "debit": 100, "partner_id": self.lawyer2.partner_id.id}),
            Command.create({"account_id": journal.default_account_id.id, "credit": 100}),
        ]
        values = {"journal_id": journal.id, "date": TODAY, "line_ids": lines}
        move = self.env["account.move"].with_company(company).create({"move_type": "entry", **values})
        move.action_post()
        payments = self.env["account.payment"].with_company(company)
        payments.create(
            {
                "payment_type": "outbound",
                "partner_type": "supplier",
                "partner_id": self.lawyer2.partner_id.id,
                "amount": 50,
                "journal_id": journal.id,
            }
        )
        return move

    def test_own_books_are_read(self):
        move = self.own_payout.move_id.with_user(self.a_finance)
        self.assertTrue(move.read(["name", "amount_total"]))
        for model in ("account.move", "account.move.line", "account.journal"):
            found = self.env[model].with_user(self.a_finance).search([])
            self.assertEqual(found.sudo().company_id, self.county_a_books, model)

    def test_others_are_not_found(self):
        """Search, count, groups and names show the own books only."""
        for model in BOOKS:
            records = self.env[model].with_user(self.a_finance)
            foreign = self.env[model].sudo().search([("company_id", "in", self.foreign.ids)])
            if model != "account.bank.statement.line":
                self.assertTrue(foreign, model)
            domain = [("id", "in", foreign.ids)]
            self.assertFalse(records.search(domain), model)
            self.assertEqual(records.search_count(domain), 0, model)
            self.assertFalse(records._read_group(domain, ["company_id"], ["__count"]), model)
            self.assertFalse(records.name_search(domain=domain), model)

    def test_others_are_not_read_by_id(self):
        move = self.env["account.move"].browse([move.id for move in self.moves.values()])
        payments = self.env["account.payment"].sudo().search([("company_id", "in", self.foreign.ids)])
        for records in (move, move.line_ids, move.journal_id, payments):
            for record in records:
                with self.assertRaises(AccessError):
                    record.with_user(self.a_finance).read(["display_name"])
                with self.assertRaises(AccessError):
                    record.with_user(self.a_finance).write({"company_id": self.county_a_books.id})

    def test_companies_of_others_are_not_seen(self):
        companies = self.env["res.company"].with_user(self.a_finance)
        self.assertEqual(companies.search([]), self.county_a_books)
        with self.assertRaises(AccessError):
            companies.browse(self.city_books.id).read(["name", "street"])

    def test_context_does_not_switch(self):
        """``allowed_company_ids`` is the client's; only companies of the user count."""
        for company in self.foreign:
            for allowed in ([company.id], [self.county_a_books.id, company.id]):
                for model in BOOKS:
                    forged = self.env[model].with_user(self.a_finance).with_context(allowed_company_ids=allowed)
                    with self.assertRaises(AccessError):
                        forged.search([])
                with self.assertRaises(AccessError):
                    payouts = self.env["legal.aid.payout"].with_user(self.a_finance)
                    payouts.with_context(allowed_company_ids=allowed).search([])
            with self.assertRaises(AccessError):
                move = self.moves[company].with_user(self.a_finance).with_company(company)
                move.read(["name"])

    @mute_logger("odoo.http")
    def test_rpc_does_not_switch(self):
        self.authenticate("t_a_finance", "t_a_finance")
        for company in self.foreign:
            for model, method, args in (
                ("account.move", "search_read", [[], ["name"]]),
                ("account.move", "read", [self.moves[company].ids, ["name"]]),
                ("account.move.line", "search_count", [[]]),
            ):
                kwargs = {"context": {"allowed_company_ids": [company.id]}}
                with self.assertRaises(JsonRpcException):
                    self.make_jsonrpc_request(
                        f"/web/dataset/call_kw/{model}/{method}",
                        {"model": model, "method": method, "args": args, "kwargs": kwargs},
                    )

    def test_user_does_not_give_himself_books(self):
        himself = self.a_finance.with_user(self.a_finance)
        link = [Command.link(self.city_books.id)]
        for vals in ({"company_ids": link}, {"company_ids": link, "company_id": self.city_books.id}):
            with self.assertRaises(AccessError):
                himself.write(vals)
        himself.write({"company_id": self.city_books.id})  # the company switch of the preferences: Odoo drops it
        self.assertEqual((himself.company_id, himself.company_ids), (self.county_a_books, self.county_a_books))

    def test_payouts_of_others(self):
        """A payout of the city or of b stands in their books: neither it nor its lines, nor its voucher is a's."""
        subsidy = self._create_payout("subsidy")
        subsidy.action_compute()
        for record in (subsidy, subsidy.line_ids):
            self.assertFalse(record.with_user(self.a_finance)._filtered_access("read"))
            self.assertFalse(record.with_user(self.b_finance)._filtered_access("read"))
        self.assertTrue(subsidy.with_user(self.city_finance).has_access("read"))

    def test_finance_does_not_post_in_others_books(self):
        """M6: the city's finance, above county a, does not work in county a's books."""
        self._create_approved_expense()
        payout = self._create_approved_payout()
        self.assertNotIn(self.county_a_books, self.city_finance.company_ids)
        with self.assertRaises(AccessError):
            payout.with_user(self.city_finance).action_post(date=TODAY)


@tagged("post_install", "-at_install")
class TestActiveCompany(MultiCompanyCommon):
    """Cases and fees belong to unions: the company switch hides payouts and vouchers, never a case."""

    def test_readable_whatever_company_is_active(self):
        payout = self._create_paid_payout()
        everything = self.city_books | self.county_a_books | self.neutral
        for user in (self.city_officer, self.city_manager):
            self._move(user, everything)
        expense = payout.line_ids.allocation_id.expense_id
        expected = {
            "legal.aid.case": expense.case_id,
            "legal.aid.expense": expense,
            "legal.aid.expense.line": expense.line_ids,
            "legal.aid.expense.allocation": expense.allocation_ids,
        }
        self.assertEqual(set(expected), set(RECORDS))
        for user in (self.city_officer, self.city_manager):
            for active in (self.city_books, self.county_a_books, self.neutral, everything):
                for model, record in expected.items():
                    records = self.env[model].with_user(user).with_context(allowed_company_ids=active.ids)
                    found = records.search([("id", "in", record.ids)])
                    self.assertEqual(found, record, f"{user.login} {model} {active.mapped('name')}")
                    self.assertTrue(found.read(["display_name"]))

    def test_payout_in_its_books_only(self):
        payout = self._create_paid_payout()
        self._move(self.city_officer, self.city_books | self.county_a_books)
        payouts = self.env["legal.aid.payout"].with_user(self.city_officer)
        domain = [("id", "=", payout.id)]
        self.assertFalse(payouts.with_context(allowed_company_ids=self.city_books.ids).search(domain))
        self.assertTrue(payouts.with_context(allowed_company_ids=self.county_a_books.ids).search(domain))
