from urllib.parse import parse_qs, urlsplit

from odoo import fields, http
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from ..wizards.union_new_county_user import ROLES
from .casework_common import TODAY
from .common import LegalAidCommon
from .money_common import LegalAidMoneyCommon

PEOPLE = (
    ("丙县经办", "t_c_officer", ("is_officer",)),
    ("丙县领导", "t_c_manager", ("is_manager",)),
    ("丙县财务", "t_c_finance", ("is_finance",)),
)


class NewCountySteps:
    def _open(self, user=None, **values):
        """The dialog as an administrator fills it in; ``people`` as ``(name, login, roles)``."""
        people = values.pop("people", PEOPLE)
        wizards = self.env["union.new.county"].with_user(user or self.city_administrator)
        return wizards.create(
            {
                "name": "测试丙县总工会",
                "gb_code": "990001",
                "user_ids": [
                    Command.create({"name": name, "login": login, **dict.fromkeys(roles, True)})
                    for name, login, roles in people
                ],
                **values,
            }
        )

    def _set_up(self, user=None, **values):
        """``(the union, {login: its user}, {login: first password})``"""
        dialog = self._open(user, **values)
        action = dialog.action_set_up()
        union = dialog.organization_id.with_env(self.env)
        lines = dialog.with_context(**action["context"]).user_ids
        passwords = {line.login: line.first_password for line in lines}
        users = self.env["res.users"].search([("login", "in", list(passwords))])
        return union, {user.login: user for user in users}, passwords

    def _check_first_password(self, user, password):
        """Whether ``password`` opens the door."""
        credential = {"type": "password", "login": user.login, "password": password}
        try:
            user.with_user(user)._check_credentials(credential, {"interactive": True})
        except AccessDenied:
            return False
        return True


class NewCountyCommon(NewCountySteps, LegalAidMoneyCommon):
    """The city and county a have books; time stands still."""


@tagged("post_install", "-at_install")
class TestNewCounty(NewCountyCommon):
    """O1, O2, X4: one dialog sets up a county, and the county works."""

    def test_form_proposes_what_it_can(self):
        """Name and division code are typed; code, prefix, bureau, roles and sign-in names are proposed."""
        with Form(self.env["union.new.county"].with_user(self.city_administrator)) as form:
            form.name = "测试丙县总工会"
            form.gb_code = "990001"
            self.assertEqual((form.tier, form.parent_id, form.code), ("county", self.city, "990001"))
            self.assertEqual((form.document_prefix, form.bears_case_expense), ("丙工援", True))
            self.assertTrue(form.justice_bureau_name.startswith("测试丙县"))
            people = [form.user_ids.edit(index) for index in range(3)]
            for person, (name, _login, roles) in zip(people, PEOPLE, strict=True):
                with person as line:
                    self.assertTrue(all(line[role] for role in roles))
                    line.name = name
        self.assertEqual(form.record.user_ids.mapped("login"), ["990001_officer", "990001_manager", "990001_finance"])

    def test_prefixes_follow_the_federation(self):
        """宝工援 for a county, 平新援 for a district or zone; what is taken is not proposed."""
        pingdingshan = self.env.ref("union_legal_aid.organization_city")
        self.city_administrator.union_organization_ids |= pingdingshan
        for name, tier, prefix in (
            ("尖山县总工会", "county", "尖工援"),
            ("尖山区总工会", "county", "平尖援"),
            ("鲁村县总工会", "county", "村工援"),
            ("尼龙新材料开发区工会", "zone", "平尼援"),
        ):
            dialog = self._open(name=name, tier=tier, parent_id=pingdingshan.id)
            self.assertEqual(dialog.document_prefix, prefix)

    def test_codes_without_division(self):
        """Industries, townships and enterprises have no division code; they get the superior's and a number."""
        self._create_union("已有产业工会", "T01-I1", "industry", self.city, active=False)
        with Form(self.env["union.new.county"].with_user(self.city_administrator)) as form:
            form.name = "测试市交通产业工会"
            form.tier = "industry"
            self.assertEqual((form.code, form.justice_bureau_name), ("T01-I2", False))
            form.tier = "enterprise"
            form.parent_id = self.county_a
            self.assertEqual((form.code, form.document_prefix), ("T01A-E1", False))
            self.assertEqual([line["is_liaison"] for line in form.user_ids._records], [True])

    def test_union_and_bureau_and_accounts(self):
        union, users, _passwords = self._set_up(justice_bureau_name="测试丙县司法局")
        self.assertEqual(
            (union.code, union.tier, union.parent_id, union.document_prefix), ("990001", "county", self.city, "丙工援")
        )
        self.assertEqual((union.justice_bureau_id.name, union.justice_bureau_id.is_company), ("测试丙县司法局", True))
        self.assertEqual(union.partner_id.name, "测试丙县总工会")
        self.assertEqual(union.manager_user_ids, users["t_c_manager"])
        self.assertEqual(union._next_case_number(fields.Date.to_date(TODAY)), "丙工援〔2026〕0001号")
        for login, group in (("t_c_officer", "officer"), ("t_c_manager", "manager"), ("t_c_finance", "finance")):
            user = users[login]
            self.assertEqual(user.union_organization_ids, union)
            self.assertTrue(user.has_group(f"union_legal_aid.group_{group}"))
            self.assertFalse(user.email or user.phone)
        self.assertFalse(users["t_c_officer"].has_group("union_legal_aid.group_manager"))

    def test_new_county_does_its_work(self):
        """The new officer registers, the new manager grants, and each of them needs nothing else."""
        union, users, _passwords = self._set_up()
        officer, manager = users["t_c_officer"], users["t_c_manager"]
        case = self._create_case(officer, employer_place_id=union.id)
        self.assertEqual((case.organization_id, case.state), (union, "draft"))
        case.action_submit()
        with self.assertRaises(AccessError):
            case.with_user(officer).action_grant()
        case.with_user(manager).action_grant()
        self.assertEqual((case.state, case.name), ("granted", "丙工援〔2026〕0001号"))

    def test_new_county_sees_nothing_of_others(self):
        """O2: neither cases nor fees, consultations or payouts of the other unions."""
        payout = self._create_paid_payout()
        _union, users, _passwords = self._set_up()
        expense = payout.line_ids.allocation_id.expense_id
        for user in users.values():
            for record in (expense.case_id, expense, expense.allocation_ids, payout, payout.line_ids, self.policy):
                self.assertEqual(
                    record.with_user(user).has_access("read"), record == self.policy, f"{user.login} {record}"
                )

    def test_finance_has_no_access_to_other_books(self):
        """The new county has no books; its people work in the company that keeps none, never in the city's."""
        self._create_paid_payout()
        union, users, _passwords = self._set_up()
        neutral = self.env["res.company"].search([("is_without_books", "=", True)])
        self.assertFalse(union.company_id)
        for user in users.values():
            self.assertEqual((user.company_id, user.company_ids), (neutral, neutral))
        finance = users["t_c_finance"]
        for model in ("account.move", "account.move.line", "account.journal", "account.payment", "account.account"):
            self.assertFalse(self.env[model].with_user(finance).search([]), model)
        self.assertEqual(self.env["res.company"].with_user(finance).search([]), neutral)

    def test_company_without_books_is_one(self):
        """It is opened with the first union that needs it, in yuan, without a chart of accounts, and used by all."""
        self.env["res.company"].search([("is_without_books", "=", True)]).is_without_books = False
        _union, users, _passwords = self._set_up()
        neutral = users["t_c_officer"].company_id
        self.assertEqual((neutral.is_without_books, neutral.currency_id.name), (True, "CNY"))
        self.assertFalse(neutral.chart_template or neutral.country_id)
        self.assertNotIn(neutral, self.city_administrator.company_ids)
        people = (("丁县经办", "d_officer", ("is_officer",)), ("丁县领导", "d_manager", ("is_manager",)))
        _union, users, _passwords = self._set_up(name="测试丁县总工会", gb_code="990002", people=people)
        self.assertEqual(users["d_officer"].company_id, neutral)
        with self.assertRaisesRegex(UserError, neutral.name), self.cr.savepoint():
            self.county_b.company_id = neutral

    def test_people_of_a_union_with_books(self):
        """Who has to do with payouts works in the union's books; the liaison and the justice bureau do not."""
        self.county_b.justice_bureau_id = self.env["res.partner"].create({"name": "测试乙县司法局", "is_company": True})
        books = self._give_books(self.county_b)
        people = (*PEOPLE, ("乙县联络", "c_liaison", ("is_liaison",)), ("乙县司法", "c_justice", ("is_justice",)))
        dialogs = self.env["union.new.county"].with_user(self.city_administrator)
        action = self.county_b.with_user(self.city_administrator).action_set_up_people()
        dialog = dialogs.with_context(**action["context"]).create(
            {
                "user_ids": [
                    Command.create({"name": name, "login": login, **dict.fromkeys(roles, True)})
                    for name, login, roles in people
                ]
            }
        )
        self.assertEqual((dialog.code, dialog.tier, dialog.parent_id), ("T01B", "county", self.city))
        dialog.action_set_up()
        users = self.env["res.users"].search([("login", "in", [login for _name, login, _roles in people])])
        for user in users:
            expected = books if user.login in ("t_c_officer", "t_c_manager", "t_c_finance") else user.company_id
            self.assertEqual((user.company_id, user.company_ids), (expected, expected), user.login)
            self.assertEqual(user.company_id == books, user.login not in ("c_liaison", "c_justice"), user.login)
        self.assertEqual(len(users), 5)
        self.assertEqual(
            self.county_b.manager_user_ids, self.b_manager | users.filtered(lambda u: u.login == "t_c_manager")
        )

    def test_people_of_a_union_that_is_here_have_no_name_yet(self):
        """The lines that are proposed take nothing over from the union: pressed at once, no account is made."""
        union = self.county_b.with_user(self.city_administrator)
        dialogs = self.env["union.new.county"].with_user(self.city_administrator)
        dialog = dialogs.with_context(**union.action_set_up_people()["context"]).create({})
        self.assertEqual(dialog.user_ids.mapped("name"), [False, False, False])

    def test_people_may_hold_several_roles(self):
        people = (
            ("小县经办兼财务", "c_both", ("is_officer", "is_finance")),
            ("小县领导", "t_c_manager", ("is_manager",)),
        )
        _union, users, _passwords = self._set_up(people=people)
        for group in ("officer", "finance"):
            self.assertTrue(users["c_both"].has_group(f"union_legal_aid.group_{group}"))

    def test_payer_is_set(self):
        """M3: another union pays the new one's case fees."""
        union, _users, _passwords = self._set_up(bears_case_expense=False)
        self.assertEqual(union._get_case_payer(), self.city)

    def test_lines_without_name_are_left_out(self):
        people = (*PEOPLE[:2], ("", "c_nobody", ("is_finance",)))
        _union, users, _passwords = self._set_up(people=people)
        self.assertEqual(set(users), {"t_c_officer", "t_c_manager"})

    def test_the_page_after_it_says_what_is_ready(self):
        """What is there and what comes next stand on one page, each with its reason."""
        dialog = self._open(justice_bureau_name="测试丙县司法局")
        dialog.action_set_up()
        found = {item.code: (item.state, item.reason) for item in dialog.readiness_ids}
        missing = {code for code, (state, _reason) in found.items() if state == "missing"}
        self.assertEqual(missing, {"institution", "lawyers"})
        self.assertIn(self.policy.name, found["policy"][1])
        self.assertIn("丙县领导", found["cases"][1])
        self.assertIn("测试丙县总工会", found["books"][1])
        self.assertTrue(all(reason for _state, reason in found.values()))

    def test_a_second_city_by_data_alone(self):
        """X4: a system administrator founds a second city; its administrator sets up a county; policy and fees are its own."""
        system = self._create_user("t_system", self.env["union.organization"], "administrator")
        system.group_ids |= self.env.ref("base.group_system")
        city, people, _passwords = self._set_up(
            system, name="测试第二市总工会", gb_code="990100", tier="city", parent_id=False, document_prefix="二工援"
        )
        self.assertEqual((city.parent_id, system.union_organization_ids), (self.env["union.organization"], city))
        self.env["legal.aid.policy"].with_user(system).create(
            {"name": "二市政策", "organization_id": city.id, "document_number": "二工文1号", "date_from": "2026-01-01"}
        )
        county_people = (("二市甲县经办", "e_officer", ("is_officer",)), ("二市甲县领导", "e_manager", ("is_manager",)))
        county, users, _passwords = self._set_up(
            system, name="二市甲县总工会", gb_code="990101", parent_id=city.id, people=county_people
        )
        case = self._create_case(users["e_officer"], employer_place_id=county.id)
        case.action_submit()
        case.with_user(users["e_manager"]).action_grant()
        self.assertEqual((case.organization_id, case.policy_id.name, case.state), (county, "二市政策", "granted"))
        self.assertTrue(case.with_user(people["t_c_officer"]).has_access("read"))
        self.assertFalse(case.with_user(self.city_officer).has_access("read"))


@tagged("post_install", "-at_install")
class TestNewCountyPassword(NewCountySteps, LegalAidCommon, HttpCase):
    """V6: the first password is shown once, kept and mailed nowhere, and replaced at the first sign-in."""

    def test_shown_once(self):
        dialog = self._open()
        action = dialog.action_set_up()
        shown = dialog.with_context(**action["context"]).user_ids.mapped("first_password")
        self.assertEqual(len(set(shown)), 3)
        self.assertTrue(all(len(password) == 14 for password in shown))
        dialog.invalidate_recordset()
        self.assertFalse(any(dialog.with_context(union_first_passwords=False).user_ids.mapped("first_password")))

    def test_opens_the_door(self):
        _union, users, passwords = self._set_up()
        for login, user in users.items():
            self.assertTrue(self._check_first_password(user, passwords[login]))
            self.assertFalse(self._check_first_password(user, login))

    def test_kept_nowhere(self):
        """Neither in a table nor in a mail: Odoo has the hash and nobody has the password."""
        mails = self.env["mail.mail"].search_count([])
        _union, users, passwords = self._set_up()
        self.env.flush_all()
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.cr.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type IN ('character varying', 'text', 'jsonb')"
            " AND (table_name LIKE 'union%' OR table_name LIKE 'res_users%' OR table_name IN ('ir_logging', 'mail_message'))"
        )
        columns = self.cr.fetchall()
        self.assertGreater(len(columns), 30)
        for table, column in columns:
            self.cr.execute(
                f'SELECT count(*) FROM "{table}" WHERE "{column}"::text = ANY(%s)', [list(passwords.values())]
            )
            self.assertEqual(self.cr.fetchone()[0], 0, f"{table}.{column}")

    def test_is_replaced_at_the_first_sign_in(self):
        """The web client asks for an own password first; then it opens, and the first password is void."""
        _union, users, passwords = self._set_up()
        user = users["t_c_officer"]
        self.assertTrue(user.has_first_password)
        self.authenticate("t_c_officer", passwords["t_c_officer"])
        answer = self.url_open("/odoo", allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/reset_password?", answer.headers["Location"])
        page = self.url_open(answer.headers["Location"])
        self.assertIn('name="confirm_password"', page.text)
        own = "my-own-long-password"
        form = {"password": own, "confirm_password": own, "csrf_token": http.Request.csrf_token(self)}
        token = parse_qs(urlsplit(answer.headers["Location"]).query)["token"][0]
        self.assertEqual(self.url_open("/web/reset_password", data={**form, "token": token}).status_code, 200)
        user.invalidate_recordset()
        self.assertFalse(user.has_first_password)
        self.assertFalse(self._check_first_password(user, passwords["t_c_officer"]))
        self.authenticate("t_c_officer", own)
        self.assertEqual(self.url_open("/odoo", allow_redirects=False).status_code, 200)

    def test_user_cannot_waive_it_himself(self):
        _union, users, _passwords = self._set_up()
        with self.assertRaises(AccessError):
            users["t_c_officer"].with_user(users["t_c_officer"]).has_first_password = False

    def test_stranger_gets_no_page(self):
        """The redirect is for the signed-in user only."""
        self._set_up()
        answer = self.url_open("/odoo", allow_redirects=False)
        self.assertIn("/web/login", answer.headers["Location"])


@tagged("post_install", "-at_install")
class TestNewCountyRefused(NewCountyCommon):
    """What does not fit is said all at once, before anything is created."""

    def assertRefusedWith(self, *patterns, **values):
        dialog = self._open(**values)
        counted = ("union.organization", "res.users", "res.partner", "res.company")
        before = [self.env[model].sudo().with_context(active_test=False).search_count([]) for model in counted]
        with self.assertRaises(UserError) as refused:
            dialog.action_set_up()
        for pattern in patterns:
            self.assertRegex(str(refused.exception), pattern)
        after = [self.env[model].sudo().with_context(active_test=False).search_count([]) for model in counted]
        self.assertEqual(before, after)
        return str(refused.exception)

    def test_all_at_once(self):
        people = (
            ("甲", "T_A_OFFICER", ("is_officer",)),
            ("乙", "same", ("is_finance",)),
            ("丙", "Same", ("is_auditor", "is_officer")),
            ("丁", "13803750001", ("is_justice",)),
            ("戊", "with blank", ()),
        )
        text = self.assertRefusedWith(
            "T01A",
            "测甲援",
            "t_a_officer",
            "same",
            "丙.*one role",
            "丁.*bureau",
            "丁.*phone",
            "戊.*no role",
            "with blank",
            "Nobody could approve",
            name="测试甲县总工会",
            code="T01A",
            document_prefix="测甲援",
            justice_bureau_name=False,
            people=people,
        )
        self.assertGreaterEqual(text.count("•"), 10)

    def test_archived_things_are_taken_too(self):
        self.b_officer.active = False
        self._create_union("旧县总工会", "990001", "county", self.city, active=False)
        people = (("甲", "t_b_officer", ("is_officer",)), *PEOPLE[1:])
        self.assertRefusedWith("t_b_officer", "旧县总工会", people=people)

    def test_code_and_prefix_are_needed(self):
        self.assertRefusedWith("code", "prefix", code=" ", document_prefix=False)
        self.assertRefusedWith("six digits", gb_code="99000", code="99000")

    def test_nobody_who_approves(self):
        self.assertRefusedWith("Nobody could approve", people=(PEOPLE[0], PEOPLE[2]))
        self.assertRefusedWith("Nobody is entered", people=())
        self.assertRefusedWith(
            "Nobody is entered", people=(), tier="township", code="990001", parent_id=self.county_a.id
        )

    def test_one_person_alone(self):
        """Four eyes: alone he may only where a leader above decides instead."""
        alone = (("一人", "c_alone", ("is_manager", "is_finance")),)
        self.city.manager_user_ids = False
        self.assertRefusedWith("alone", people=alone)
        self.city.manager_user_ids = self.city_manager
        union, users, _passwords = self._set_up(people=alone)
        case = self._create_case(users["c_alone"], employer_place_id=union.id)
        case.action_submit()
        case.with_user(self.city_manager).action_grant()
        self.assertEqual(case.state, "granted")

    def test_nobody_who_pays(self):
        self.city.bears_case_expense = False
        self.assertRefusedWith("测试市总工会", bears_case_expense=False)
        self.assertRefusedWith("cannot pay", bears_case_expense=False, payer_organization_id=self.city.id)
        self.assertRefusedWith("does not stand above", bears_case_expense=False, payer_organization_id=self.county_b.id)

    def test_tiers_fit(self):
        self.assertRefusedWith("cannot stand below", tier="county", parent_id=self.county_a.id)
        self.assertRefusedWith("cannot stand below", tier="city")
        holding = self._open(
            tier="enterprise", parent_id=self.enterprise_a.id, people=(("某", "x_1", ("is_liaison",)),)
        )
        self.assertTrue(holding.action_set_up())

    def test_a_second_click_creates_nothing(self):
        dialog = self._open()
        dialog.action_set_up()
        with self.assertRaisesRegex(UserError, "done its work"):
            dialog.action_set_up()

    def test_union_changed_meanwhile(self):
        """A forged or stale dialog does not fit the union that stands here."""
        dialog = self._open(organization_id=self.county_b.id, code="T01B", tier="enterprise", parent_id=self.city.id)
        with self.assertRaisesRegex(UserError, "changed meanwhile"):
            dialog.action_set_up()


@tagged("post_install", "-at_install")
class TestNewCountyRights(NewCountyCommon, HttpCase):
    """O2: administrators only, below their own unions only, our own roles only, by whatever door."""

    def test_others_cannot_open_it(self):
        for user in (self.a_officer, self.a_manager, self.city_manager, self.city_finance, self.auditor, self.justice):
            for model in ("union.new.county", "union.new.county.user", "union.set.up.books"):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).create({})
            with self.assertRaises(AccessError):
                self._open(user)
        menus = self.env["ir.ui.menu"]
        menu = self.env.ref("union_legal_aid.menu_new_county")
        self.assertNotIn(menu.id, menus.with_user(self.city_manager)._visible_menu_ids())
        self.assertIn(menu.id, menus.with_user(self.city_administrator)._visible_menu_ids())

    def test_others_cannot_press_its_buttons(self):
        dialog = self._open()
        for user in (self.a_officer, self.city_manager, self.city_finance):
            with self.assertRaises(AccessError):
                dialog.with_user(user).action_set_up()
        other = self._create_user("t_other_administrator", self.city, "administrator")
        with self.assertRaises(AccessError):
            dialog.with_user(other).action_set_up()
        self.assertFalse(dialog.is_done)

    @mute_logger("odoo.http")
    def test_rpc(self):
        """JSON-RPC as an officer, and the private steps as the administrator himself."""
        dialog = self._open()
        self.authenticate("t_a_officer", "t_a_officer")
        for model, method, args in (
            ("union.new.county", "create", [[{"name": "甲"}]]),
            ("union.new.county", "action_set_up", [dialog.ids]),
            ("union.new.county.user", "create", [[{"new_county_id": dialog.id, "name": "甲"}]]),
        ):
            with self.assertRaises(JsonRpcException):
                self._call(model, method, args)
        self.authenticate("t_city_administrator", "t_city_administrator")
        for model, method, args in (
            ("union.new.county.user", "_create_user", [dialog.user_ids.ids, self.county_a.id, "forged"]),
            ("res.users", "write", [self.city_manager.ids, {"password": "forged"}]),
            ("res.users", "_generate_first_password", []),
            ("res.company", "_get_without_books", []),
            ("res.users", "create", [[{"name": "甲", "login": "jia"}]]),
        ):
            with self.assertRaises(JsonRpcException):
                self._call(model, method, args)
        self.assertFalse(self.env["res.users"].search([("login", "in", ("jia", "t_c_officer"))]))

    def _call(self, model, method, args):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}", {"model": model, "method": method, "args": args, "kwargs": {}}
        )

    def test_only_our_own_roles(self):
        """No role of the dialog reaches settings, users or the chart of accounts."""
        forbidden = self.env["res.groups"].union(
            *(
                self.env.ref(name)
                for name in ("base.group_system", "base.group_erp_manager", "account.group_account_manager")
            )
        )
        roles = self.env["res.groups"].union(*(self.env.ref(name) for name in ROLES.values()))
        self.assertFalse(roles.all_implied_ids & (forbidden | self.env.ref("union_legal_aid.group_administrator")))
        _union, users, _passwords = self._set_up()
        for user in users.values():
            self.assertFalse(user.all_group_ids & forbidden)
            # Odoo itself adds the one for those who read their notices in the system.
            self.assertLessEqual(user.group_ids, roles | self.env.ref("mail.group_mail_notification_type_inbox"))

    def test_context_gives_nothing(self):
        """Defaults of a caller's context are not values of the new account: no group, company, union, partner or key."""
        dialog = self._open(justice_bureau_name="测试丙县司法局")
        system = self.env.ref("base.group_system")
        forged = {
            "default_group_ids": [Command.link(system.id)],
            "default_company_ids": [Command.link(self.city_books.id)],
            "default_company_id": self.city_books.id,
            "default_union_organization_ids": [Command.link(self.city.id)],
            "default_partner_id": self.city_manager.partner_id.id,
            "default_email": "forged@example.com",
            "default_parent_id": self.city_manager.partner_id.id,
            "default_active": False,
            "default_is_without_books": False,
            "default_password": "forged",
            "default_has_first_password": False,
        }
        dialog.with_context(**forged).action_set_up()
        bureau = dialog.organization_id.justice_bureau_id
        self.assertFalse(bureau.parent_id or bureau.email or dialog.organization_id.partner_id.parent_id)
        users = self.env["res.users"].search([("login", "in", [login for _name, login, _roles in PEOPLE])])
        self.assertEqual(len(users), 3)
        for user in users:
            self.assertFalse(user.has_group("base.group_system"))
            self.assertFalse(user.company_ids & self.city_books)
            self.assertEqual(user.union_organization_ids, dialog.organization_id)
            self.assertNotEqual(user.partner_id, self.city_manager.partner_id)
            self.assertFalse(user.email)
            self.assertTrue(user.has_first_password)

    def test_not_outside_his_unions(self):
        """A county's administrator sets up what stands below the county, never beside or above it."""
        own = self._create_user("t_a_administrator", self.county_a, "administrator")
        for parent in (self.city, self.county_b):
            with self.assertRaises(AccessError):
                self._open(own, parent_id=parent.id, tier="enterprise").action_set_up()
        with self.assertRaises(AccessError):
            self._open(own, parent_id=False, tier="city").action_set_up()
        existing = self._open(own, organization_id=self.county_b.id, tier="county", parent_id=self.city.id)
        with self.assertRaises(AccessError):
            existing.action_set_up()
        people = (("镇经办", "c_town", ("is_officer",)),)
        union, users, _passwords = self._set_up(
            own, name="测试甲县某乡工会", code="T01A-T9", tier="township", parent_id=self.county_a.id, people=people
        )
        self.assertEqual((union.parent_id, users["c_town"].union_organization_ids), (self.county_a, union))

    def test_administrator_does_not_choose_books(self):
        """Whose books a union's people work in is not its administrator's to say: by write, create or a default."""
        unions = self.env["union.organization"].with_user(self.city_administrator)
        values = {"name": "某会", "code": "T01Q", "tier": "enterprise", "parent_id": self.city.id}
        county_b = self.county_b.with_user(self.city_administrator)
        for step in (
            lambda: county_b.write({"company_id": self.city_books.id}),
            lambda: self.county_a.with_user(self.city_administrator).write({"company_id": False}),
            lambda: unions.create({**values, "company_id": self.city_books.id}),
            lambda: unions.with_context(default_company_id=self.city_books.id).create(values),
        ):
            with self.assertRaises(AccessError):
                step()
        county_b.write({"company_id": False})  # saying again what is so changes nothing
        self.assertTrue(unions.create(values))

    def test_unions_lent_for_some_days_do_not_count(self):
        """O4: a stand-in decides for the absent person; he does not give out accounts there."""
        own = self._create_user("t_a_administrator", self.county_a, "administrator")
        absent = self._create_user("t_b_administrator", self.county_b, "administrator")
        self.county_b.manager_user_ids |= absent
        self.env["legal.aid.stand.in"].create(
            {"user_id": absent.id, "substitute_id": own.id, "date_from": TODAY, "date_to": "2026-03-09"}
        )
        self.assertIn(self.county_b, own.access_organization_ids)
        with self.assertRaises(AccessError):
            self._open(own, parent_id=self.county_b.id, tier="township", code="T01B-T1").action_set_up()

    def test_the_created_account_is_checked_again(self):
        """The narrow step itself refuses a union out of reach, whatever the dialog says."""
        dialog = self._open(self._create_user("t_a_administrator", self.county_a, "administrator"))
        for union in (self.county_b, self.city):
            with self.assertRaises(AccessError):
                dialog.user_ids[:1]._create_user(union, "a-first-password")

    def test_another_administrator_does_not_see_the_dialog(self):
        dialog = self._open()
        other = self._create_user("t_other_administrator", self.city, "administrator")
        for record in (dialog, dialog.user_ids[:1]):
            with self.assertRaises(AccessError):
                record.with_user(other).read(["name"])


@tagged("post_install", "-at_install")
class TestReadiness(NewCountyCommon):
    """What a union needs and whether it is there, asked again at any time."""

    def _look(self, union, user=None):
        action = union.with_user(user or self.city_administrator).action_check_readiness()
        items = self.env["union.readiness"].with_user(user or self.city_administrator).search(action["domain"])
        return {item.code: item for item in items}

    def test_ready_county(self):
        self.county_a.justice_bureau_id = self.env["res.partner"].create({"name": "测试甲县司法局", "is_company": True})
        self.env["union.institution"].create({"name": "中心", "organization_id": self.county_a.id})
        items = self._look(self.county_a, self.a_officer)
        self.assertEqual({item.state for item in items.values()}, {"ready"}, {c: i.reason for c, i in items.items()})

    def test_what_is_missing(self):
        """O6, T3, M2: each missing thing says what to do and opens where it is entered."""
        self.policy.date_to = "2026-02-28"
        self.schedule.action_end("2026-02-28")
        self.county_b.write({"document_prefix": False, "case_sequence_id": False})
        self.env["legal.aid.calendar.day"].search([("date", ">=", "2026-01-01")]).unlink()
        (self.b_finance | self.lawyer2_user).active = False
        self.lawyer2.contact_point_ids = self.county_a
        items = self._look(self.county_b)
        missing = {code for code, item in items.items() if item.state == "missing"}
        expected = {"numbering", "policy", "calendar", "schedule", "payer", "bureau", "institution", "lawyers", "fees"}
        self.assertEqual(missing, expected)
        for code in missing:
            self.assertTrue(items[code].action_open()["res_model"], code)
        self.assertIn(self.county_b.name, items["policy"].reason)

    def test_four_eyes(self):
        """A4: one person who registers and nobody else who decides is not ready; the level above makes it so."""
        self.b_officer.active = False
        self.assertEqual(self._look(self.county_b)["cases"].state, "ready")
        self.city.manager_user_ids = False
        case = self._look(self.county_b)["cases"]
        self.assertEqual(case.state, "missing")
        self.assertIn("t_b_manager", case.reason)
        self.county_b.manager_user_ids = False
        self.assertEqual(self._look(self.county_b)["payouts"].state, "missing")

    def test_no_rule_is_not_ready(self):
        rules = self.env["legal.aid.approval.rule"].search([("model_id.model", "=", "legal.aid.case")])
        rules.active = False
        self.assertEqual(self._look(self.county_b)["cases"].state, "missing")

    def test_only_for_own_unions(self):
        with self.assertRaises(AccessError):
            self._look(self.county_b, self.a_officer)
        with self.assertRaises(AccessError):
            self._look(self.county_b, self.b_finance)

    def test_enterprise_needs_little(self):
        self.assertEqual(set(self._look(self.enterprise_a)), {"policy", "calendar", "institution"})


@tagged("post_install", "-at_install")
class TestSetUpBooks(NewCountyCommon):
    """O2, M6: books are a system administrator's: company, union chart, and the union's own people in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.system = cls._create_user("t_system", cls.city, "administrator")
        cls.system.group_ids |= cls.env.ref("base.group_system")

    def _open_books(self, union, user=None):
        model = self.env["union.set.up.books"].with_user(user or self.system)
        return model.create({"organization_id": union.id})

    def test_books(self):
        union, users, _passwords = self._set_up()
        dialog = self._open_books(union)
        self.assertEqual(dialog.name, union.name)
        self.assertEqual(dialog.user_ids, users["t_c_officer"] | users["t_c_manager"] | users["t_c_finance"])
        dialog.action_set_up()
        books = union.company_id
        self.assertEqual(
            (books.chart_template, books.currency_id.name, books.country_id.code), ("cn_union", "CNY", "CN")
        )
        self.assertEqual(books._get_legal_aid_account("legal_aid_expense_account_id").code, "50403")
        for user in users.values():
            self.assertEqual((user.company_id, user.company_ids), (books, books))
        self.assertNotIn(books, self.city_finance.company_ids)
        self.assertFalse(books.is_without_books)

    def test_the_new_books_pay(self):
        """The county's case goes through to the paid fee in its own books, by its own people."""
        union, users, _passwords = self._set_up()
        self._open_books(union).action_set_up()
        self.lawyer1.contact_point_ids |= union
        officer, manager, finance = users["t_c_officer"], users["t_c_manager"], users["t_c_finance"]
        case = self._create_case(officer, employer_place_id=union.id)
        case.action_submit()
        case.with_user(manager).action_grant()
        case.action_assign(volunteer_id=self.lawyer1)
        lawyer_case = case.with_user(self.lawyer1_user)
        lawyer_case.action_accept()
        lawyer_case.action_log_work(hours=3, kind="hearing", note="开庭")
        lawyer_case.action_close(outcome="won", amount_recovered=9000)
        case.action_archive(file_received_date=TODAY)
        expense = self._create_expense(case, officer)
        self.approve(expense, officer, manager)
        payout = self._create_payout(payer=union, user=officer)
        payout.action_compute()
        self.approve(payout, officer, manager)
        payout.with_user(finance).action_post(date=TODAY)
        self.assertEqual((payout.state, expense.state, payout.company_id), ("paid", "paid", union.company_id))

    def test_chart_by_the_kind_of_union(self):
        """M6, F§5: county level and above have one list of accounts, grassroots unions the shorter one; 50403 is in both."""
        self.assertEqual(self._open_books(self.county_b).chart, "cn_union")
        factory = self._create_union("测试厂工会", "T01F", "enterprise", self.county_a)
        dialog = self._open_books(factory)
        self.assertEqual(dialog.chart, "cn_union_grassroots")
        dialog.action_set_up()
        self.assertEqual(factory.company_id.chart_template, "cn_union_grassroots")
        self.assertEqual(factory.company_id._get_legal_aid_account("legal_aid_expense_account_id").code, "50403")
        self.assertEqual(factory.company_id._get_legal_aid_account("legal_aid_payable_account_id").code, "215")

    def test_people_in_other_books_keep_them(self):
        """Somebody who works for two unions keeps the books of the other one as his present company."""
        self.a_finance.union_organization_ids |= self.county_b
        self._open_books(self.county_b).action_set_up()
        self.assertEqual(self.a_finance.company_id, self.county_a_books)
        self.assertIn(self.county_b.company_id, self.a_finance.company_ids)

    def test_only_by_a_system_administrator(self):
        dialog = self._open_books(self.county_b, self.city_administrator)
        with self.assertRaises(AccessError):
            dialog.action_set_up()
        with self.assertRaises(AccessError):
            dialog.with_user(self.a_officer).action_set_up()
        self.assertFalse(self.county_b.company_id)

    def test_refused(self):
        with self.assertRaisesRegex(UserError, self.county_a_books.name):
            self._open_books(self.county_a).action_set_up()
        dialog = self._open_books(self.county_b)
        dialog.name = self.city_books.name
        with self.assertRaisesRegex(UserError, self.city_books.name):
            dialog.action_set_up()
        dialog.name = " "
        with self.assertRaisesRegex(UserError, self.county_b.name):
            dialog.action_set_up()

    def test_no_chart_of_enterprises(self):
        """Opening a company in China would have Odoo install the enterprises' chart; here it is told not to."""
        asked = []
        companies = type(self.env["res.company"])
        original = companies.install_l10n_modules

        def install(companies_):
            asked.append(companies_.env.context.get("chart_template_load"))
            return original(companies_)

        self.patch(companies, "install_l10n_modules", install)
        self._open_books(self.county_b).action_set_up()
        self.assertEqual(set(asked), {True})
