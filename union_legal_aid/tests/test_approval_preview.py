from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .approval_common import LegalAidApprovalCommon
from .casework_common import LegalAidCaseworkCommon


@tagged("post_install", "-at_install")
class TestApprovalPreview(LegalAidApprovalCommon):
    """M5: who would approve, in which order, who would not and why; nothing is written."""

    def _preview(self, record, user=None, **values):
        return (
            self.env["legal.aid.approval.preview"]
            .with_user(user or self.city_officer)
            .create({"document": f"{record._name},{record.id}", **values})
        )

    def _get_items(self, record, user=None, **values):
        return [item for part in self._preview(record, user, **values).route for item in part["items"]]

    def test_steps_in_order_with_names(self):
        self.city.manager_user_ids |= self.second_manager
        self._create_rule(name="财务复核", approver="payer_finance")
        items = self._get_items(self._create_contract())
        self.assertEqual(len(items), 2)
        self.assertRegex(items[0]["title"], r"^1\. ")
        self.assertEqual(set(items[0]["who"].split(", ")), {self.city_manager.name, self.second_manager.name})
        self.assertEqual((items[1]["title"], items[1]["who"]), ("2. 财务复核", self.city_finance.name))
        self.assertIn(self.city.name, items[0]["note"])

    def test_what_is_shown_is_what_happens(self):
        """The people of the preview are those who may decide after asking."""
        self.city.manager_user_ids |= self.second_manager | self.a_manager
        contract = self._create_contract()
        shown = self._get_items(contract)[0]["who"]
        contract.action_request_approval()
        deciders = contract.approval_request_id.approver_ids
        self.assertEqual(set(shown.split(", ")), set(deciders.mapped("name")))

    def test_who_is_left_out_and_why(self):
        archived = self._create_user("t_city_archived", self.city, "manager")
        officer = self._create_user("t_city_officer2", self.city, "officer")
        self.city.manager_user_ids |= self.second_manager | archived | officer | self.b_manager
        archived.active = False
        note = self._get_items(self._create_contract(), self.city_manager)[0]["note"]
        for name, reason in (
            (self.city_manager.name, "asks for the approval"),
            (archived.name, "is archived"),
            (officer.name, "does not hold the manager role"),
            (self.b_manager.name, "no longer works for this union"),
        ):
            self.assertIn(f"Not {name}: {reason}", note)
        self.assertNotIn(f"Not {self.second_manager.name}:", note)

    def test_stand_ins_with_their_last_day(self):
        term = self._name_stand_in(self.city_manager, self.second_manager, 0, 5)
        self._name_stand_in(self.city_manager, self.city_officer, 0, 5)
        note = self._get_items(self._create_contract())[0]["note"]
        until = fields.Date.to_string(term.date_to)
        self.assertIn(f"{self.second_manager.name} stands in for {self.city_manager.name} until {until}", note)
        self.assertIn(f"Not {self.city_officer.name}: stands in, but asks for the approval", note)

    def test_nobody_left_names_the_office(self):
        self.city.manager_user_ids = False
        item = self._get_items(self._create_contract())[0]
        self.assertEqual(item["tone"], "danger")
        self.assertIn(f"Ask the office of {self.city.name}", item["note"])

    def test_one_person_for_two_steps(self):
        self._create_rule(approver="city_manager")
        first, second = self._get_items(self._create_contract())
        self.assertEqual((first["tone"], second["tone"]), ("info", "danger"))

    def test_no_rule_names_the_office(self):
        self.env["legal.aid.approval.rule"].search([("model_id", "=", self.contract_model.id)]).action_archive()
        preview = self._preview(self._create_contract())
        self.assertFalse(preview.route)
        self.assertIn(self.city.name, preview.obstacle)

    def test_person_who_may_not_open_it(self):
        self._create_rule(approver="user", user_id=self.liaison.id)
        item = self._get_items(self._create_contract())[1]
        self.assertIn(f"Not {self.liaison.name}: may not open this document", item["note"])

    def test_what_is_missing_is_told(self):
        self.volunteer.license_number = False
        self.assertIn("licence number", self._preview(self._create_contract()).obstacle)

    def test_another_requester(self):
        contract = self._create_contract()
        item = self._get_items(contract, requester_id=self.city_manager.id)[0]
        self.assertEqual(item["who"], "Nobody")
        self.assertIn(f"Not {self.city_manager.name}: asks for the approval", item["note"])

    def test_running_request_shows_where_it_stands(self):
        contract, _request = self._request()
        preview = self._preview(contract)
        self.assertTrue(preview.is_running)
        self.assertIn(self.city_manager.name, preview.route[0]["items"][-1]["who"])

    def test_nothing_is_written(self):
        contract = self._create_contract()
        before = contract.read()[0]
        counted = ("legal.aid.approval.request", "legal.aid.approval.line", "mail.activity", "mail.message")
        numbers = [self.env[model].search_count([]) for model in counted]
        self.env.flush_all()
        self._get_items(contract)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(contract.read()[0], before)
        self.assertEqual([self.env[model].search_count([]) for model in counted], numbers)

    def test_own_rights_only(self):
        contract = self._create_contract()
        preview = self._preview(contract)
        for user in (self.a_officer, self.liaison, self.lawyer2_user):
            with self.assertRaises(AccessError):
                contract.with_user(user).action_preview_approval()
        with self.assertRaises(AccessError):
            self._preview(contract, self.a_officer).read(["route"])
        with self.assertRaises(AccessError):
            preview.with_user(self.city_manager).read(["route"])

    def test_button_and_menu(self):
        contract = self._create_contract()
        action = contract.action_preview_approval()
        self.assertEqual(action["context"]["default_document"], f"legal.aid.contract,{contract.id}")
        rule = self.env["legal.aid.approval.rule"].search([("model_id", "=", self.contract_model.id)], limit=1)
        action = rule.with_user(self.city_administrator).action_preview_approval()
        self.assertEqual(action["context"]["default_document"], f"legal.aid.contract,{contract.id}")
        menu_action = self.env.ref("union_legal_aid.menu_approval_preview").action
        self.assertEqual(menu_action.res_model, "legal.aid.approval.preview")
        documents = dict(self.env["legal.aid.approval.preview"]._selection_document())
        self.assertLessEqual(
            {
                "legal.aid.contract",
                "legal.aid.case",
                "legal.aid.expense",
                "legal.aid.payout",
                "legal.aid.removal",
            },
            documents.keys(),
        )


@tagged("post_install", "-at_install")
class TestApprovalRuleForm(LegalAidApprovalCommon):
    """M5: rules are set without code, by an administrator."""

    def test_administrator_sets_a_rule_for_his_unions(self):
        form = Form(self.env["legal.aid.approval.rule"].with_user(self.city_administrator))
        form.name = "大额合同"
        form.model_id = self.contract_model.with_user(self.city_administrator)
        form.organization_id = self.city.with_user(self.city_administrator)
        form.domain = "[('annual_subsidy', '>', 2000)]"
        form.approver = "user"
        form.user_id = self.second_manager.with_user(self.city_administrator)
        rule = form.save()
        dear, cheap = self._create_contract(annual_subsidy=3000), self._create_contract(date_start="2027-05-20")
        self.assertTrue(rule._applies_to(dear))
        self.assertFalse(rule._applies_to(cheap))

    def test_general_rules_are_kept_at_the_top(self):
        """What holds for all unions is changed by an administrator of a union with no superior only."""
        general = self.env["legal.aid.approval.rule"].search(
            [("model_id", "=", self.contract_model.id), ("organization_id", "=", False)], limit=1
        )
        county_administrator = self._create_user("t_a_administrator", self.county_a, "administrator")
        with self.assertRaises(AccessError):
            general.with_user(county_administrator).write({"name": "改"})
        general.with_user(self.city_administrator).write({"name": "改"})
        self.city.parent_id = self._create_union("测试省总工会", "T00", "province")
        with self.assertRaises(AccessError):
            general.with_user(self.city_administrator).write({"name": "再改"})
        with self.assertRaises(AccessError):
            general.with_user(self.city_administrator).unlink()

    def test_county_cannot_loosen_a_rule(self):
        """A county's own rules add steps; the superior's steps stay."""
        county_administrator = self._create_user("t_a_administrator", self.county_a, "administrator")
        rules = self.env["legal.aid.approval.rule"].with_user(county_administrator)
        values = {"name": "县", "model_id": self.contract_model.id, "approver": "record_manager"}
        with self.assertRaises(AccessError):
            rules.create({**values, "organization_id": self.city.id})
        with self.assertRaises(AccessError):
            rules.create(values)
        self.assertTrue(rules.create({**values, "organization_id": self.county_a.id}))

    def test_warns_but_saves(self):
        """An approver group without members is a warning, not an error."""
        role = self.env["res.groups"].create({"name": "空角色"})
        rule = self._create_rule(approver="group", group_id=role.id, organization_id=self.county_a.id)
        self.assertIn(self.county_a.name, rule.warning)
        role.user_ids = self.a_officer
        rule.invalidate_recordset()
        self.assertFalse(rule.warning)
        rule.write({"approver": "record_manager"})
        self.assertFalse(rule.warning)
        self.county_a.manager_user_ids = False
        rule.invalidate_recordset()
        self.assertIn(self.county_a.name, rule.warning)
        rule.write({"approver": "user", "user_id": self.a_manager.id})
        self.assertFalse(rule.warning)
        self.a_manager.active = False
        rule.invalidate_recordset()
        self.assertIn(self.a_manager.name, rule.warning)

    def test_order_by_handle(self):
        """Dragging writes the sequence; the steps of a request that runs stay as they were."""
        second = self._create_rule(approver="user", user_id=self.city_finance.id)
        contract, request = self._request()
        self.assertEqual(request.steps[1]["rule_id"], second.id)
        second.sequence = 1
        self.assertEqual(request.steps[1]["rule_id"], second.id)
        contract.annual_subsidy = 1500
        contract.action_request_approval()
        self.assertEqual(contract.approval_request_id.steps[0]["rule_id"], second.id)

    def test_changed_rule_does_not_touch_what_runs(self):
        contract, request = self._request()
        self._create_rule(approver="user", user_id=self.city_finance.id)
        self.env["legal.aid.approval.rule"].search([("approver", "=", "city_manager")]).write(
            {"approver": "user", "user_id": self.city_officer.id}
        )
        self.assertEqual(request.approver_ids, self.city_manager)
        contract.with_user(self.city_manager).action_approve()
        self.assertEqual(contract.state, "active")


@tagged("post_install", "-at_install")
class TestApprovalHistory(LegalAidApprovalCommon):
    """M5: the timeline tells every round: asked, each decision, void with its reason."""

    def _get_rounds(self, record, user=None):
        return record.with_user(user or self.city_officer).approval_timeline

    def test_rounds_newest_first(self):
        self._create_rule(name="第二级", approver="user", user_id=self.second_manager.id)
        contract, first = self._request()
        contract.with_user(self.city_manager).action_approve(note="同意")
        contract.annual_subsidy = 2000
        contract.action_request_approval()
        second = contract.approval_request_id
        contract.with_user(self.city_manager).action_reject(note="金额不符")
        contract.annual_subsidy = 1000
        contract.action_request_approval()
        rounds = self._get_rounds(contract)
        self.assertEqual([part["tone"] for part in rounds], ["warning", "danger", "muted"])
        pending, rejected, void = (part["items"] for part in rounds)
        self.assertEqual([item["note"] for item in void][1], "同意")
        self.assertIn("Yearly Subsidy", void[-1]["note"])
        self.assertEqual(void[-1]["who"], self.city_officer.name)
        self.assertEqual((rejected[1]["who"], rejected[1]["note"]), (self.city_manager.name, "金额不符"))
        self.assertEqual(pending[1]["who"], self.city_manager.name)
        self.assertIn("第二级", pending[2]["title"])
        self.assertIn(first.facts_fingerprint, void[0]["note"])
        self.assertEqual(first.facts_fingerprint, contract.approval_request_id.facts_fingerprint)
        self.assertNotEqual(first.facts_fingerprint, second.facts_fingerprint)

    def test_same_on_the_request(self):
        contract, request = self._request()
        self.assertEqual(
            request.with_user(self.city_officer).timeline[0]["items"], self._get_rounds(contract)[0]["items"]
        )

    def test_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        contract, _request = self._request()
        english = self._get_rounds(contract)[0]["title"]
        chinese = contract.with_user(self.city_officer).with_context(lang="zh_CN").approval_timeline[0]["title"]
        self.assertNotEqual(english, chinese)

    def test_who_may_open_the_document_reads_its_history(self):
        contract, _request = self._request()
        self.assertTrue(self._get_rounds(contract, self.auditor))
        with self.assertRaises(AccessError):
            contract.with_user(self.a_officer).read(["approval_timeline"])
        with self.assertRaises(AccessError):
            contract.with_user(self.lawyer1_user).read(["approval_timeline"])

    def test_void_reasons(self):
        """Who gave it up, and by which step."""
        contract, request = self._request()
        contract.action_cancel()
        self.assertEqual((request.state, request.voided_by_id), ("void", self.city_officer))
        self.assertIn("given up", request.void_reason)


@tagged("post_install", "-at_install")
class TestHistoryOfCases(LegalAidCaseworkCommon):
    """M5: the same element on every document; a case shows nothing personal there."""

    def test_case(self):
        case = self._create_submitted()
        case.action_request_supplement(note="补身份证")
        case.action_submit()
        case.with_user(self.a_manager).action_grant(note="符合条件")
        rounds = case.with_user(self.a_officer).approval_timeline
        self.assertEqual([part["tone"] for part in rounds], ["success", "muted"])
        self.assertIn("Missing papers", rounds[1]["items"][-1]["note"])
        self.assertNotIn(case.applicant_name, str(rounds))
        for view in ("case", "contract", "expense", "payout", "removal"):
            arch = self.env.ref(f"union_legal_aid.legal_aid_{view}_view_form").arch
            self.assertIn('widget="legal_aid_approval_timeline"', arch)
            self.assertIn("action_preview_approval", arch)

    def test_transfer(self):
        case = self._create_submitted()
        request = case.approval_request_id
        reason = self.env["legal.aid.reason"].search([("usage", "=", "transfer")], limit=1)
        case.with_user(self.a_officer).action_transfer(organization_id=self.county_b.id, reason_code=reason.code)
        case.with_user(self.b_officer).action_accept_transfer()
        self.assertEqual(request.state, "void")
        self.assertIn(self.county_b.name, request.void_reason)
        self.assertEqual(case.sudo().approval_request_id.sudo().approver_ids, self.b_manager)
        self.assertEqual(len(case.with_user(self.b_officer).approval_timeline), 2)
