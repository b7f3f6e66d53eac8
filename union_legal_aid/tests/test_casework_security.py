import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .casework_common import TODAY, WORKER_ID, LegalAidCaseworkCommon


@tagged("post_install", "-at_install")
class TestBackDoors(LegalAidCaseworkCommon):
    """DESIGN section 3, rule 1: a state changes only through its method."""

    def test_states_by_write(self):
        """Every state of every model, through write, also with a context key."""
        case = self._create_in_progress()
        records = {
            case: [state for state, _label in case._fields["state"].selection],
            case.mandate_id: ["draft", "issued", "cancelled"],
            case.assignment_ids: ["proposed", "accepted", "declined", "ended"],
            self._create_consultation().with_user(self.a_officer): ["open", "reported", "case"],
        }
        for record, states in records.items():
            for state in states:
                for context in ({}, {"legal_aid_workflow": True}, {"legal_aid_workflow": "token"}):
                    with self.subTest(model=record._name, state=state, context=context), self.assertRaises(AccessError):
                        record.with_user(self.a_manager).with_context(**context).write({"state": state})

    def test_decision_fields_by_write(self):
        """DESIGN rule 4: who, when, policy, outcome and amounts are written by the steps only."""
        case = self._create_in_progress()
        for name in sorted(case._workflow_fields):
            with self.subTest(name), self.assertRaises(AccessError):
                case.with_user(self.a_manager).write({name: False})

    def test_decision_fields_by_create(self):
        """Neither a new record, nor an import, nor a default in the context starts in the middle."""
        cases = self.env["legal.aid.case"].with_user(self.a_officer)
        for name, value in (
            ("state", "granted"),
            ("state", "archived"),
            ("granted_date", TODAY),
            ("name", "测甲援〔2026〕9999号"),
            ("policy_id", self.policy.id),
            ("amount_recovered", 5),
            ("approval_state", "approved"),
        ):
            with self.subTest(name):
                with self.assertRaises(AccessError):
                    cases.create(self._prepare_case(**{name: value}))
                with self.assertRaises(AccessError):
                    cases.with_context(**{f"default_{name}": value}).create(self._prepare_case())
        result = cases.load(
            ["applicant_name", "employer_place_id/.id", "state"], [["张三", str(self.county_a.id), "granted"]]
        )
        self.assertFalse(result["ids"])

    def test_copy_starts_anew(self):
        copy = self._create_archived().copy()
        self.assertRecordValues(
            copy,
            [{"state": "draft", "granted_date": False, "volunteer_id": False, "mandate_id": False, "outcome": False}],
        )
        self.assertFalse(copy.work_log_ids or copy.assignment_ids or copy.mandate_ids)
        self.assertNotEqual(copy.name, "/")

    def test_only_drafts_are_deleted(self):
        with self.assertRaises(UserError):
            self._create_submitted().unlink()
        draft = self._create_case()
        draft.unlink()
        self.assertFalse(draft.exists())

    def test_transitions_out_of_order(self):
        """Every step refuses every state it does not start from."""
        makers = {
            "draft": self._create_case,
            "submitted": self._create_submitted,
            "granted": self._create_granted,
            "assigned": self._create_assigned,
            "in_progress": self._create_in_progress,
            "closed": self._create_closed,
            "archived": self._create_archived,
        }
        steps = {
            "action_submit": ("draft", self.a_officer, {}),
            "action_grant": ("submitted", self.a_manager, {}),
            "action_refuse": ("submitted", self.a_manager, {"reason_code": "other"}),
            "action_request_supplement": ("submitted", self.a_officer, {"note": "身份证"}),
            "action_withdraw": ("draft submitted", self.a_officer, {"reason_code": "applicant"}),
            "action_assign": ("granted", self.a_officer, {"volunteer_id": self.lawyer1.id}),
            "action_accept": ("assigned", self.lawyer1_user, {}),
            "action_decline": ("assigned", self.lawyer1_user, {"reason_code": "other"}),
            "action_change_lawyer": ("assigned in_progress", self.a_officer, {"reason_code": "unable"}),
            "action_close": ("in_progress", self.a_officer, {"outcome": "won"}),
            "action_archive": ("closed", self.a_officer, {"file_received_date": TODAY}),
            "action_terminate": ("granted assigned in_progress", self.a_manager, {"reason_code": "other"}),
            "action_reopen": ("closed archived", self.a_manager, {"reason_code": "correction"}),
            "action_transfer": (
                "draft submitted granted",
                self.a_officer,
                {"organization_id": self.county_b.id, "reason_code": "jurisdiction"},
            ),
        }
        for state, make in makers.items():
            case = make()
            self.assertEqual(case.state, state)
            for step, (allowed, user, kwargs) in steps.items():
                if state in allowed.split():
                    continue
                with self.subTest(state=state, step=step), self.assertRaises(UserError), self.cr.savepoint():
                    getattr(case.with_user(user), step)(**kwargs)
                case.invalidate_recordset()
                self.assertEqual(case.state, state)

    def test_lawyer_writes_nothing_directly(self):
        """A portal lawyer reads, and acts through the steps only."""
        case = self._create_in_progress()
        case.with_user(self.lawyer1_user).action_log_work(hours=1)
        for record, vals in (
            (case, {"headcount": 2}),
            (case.work_log_ids, {"hours": 9}),
            (case.mandate_id, {"number": "1"}),
        ):
            with self.subTest(record._name):
                with self.assertRaises(AccessError):
                    record.with_user(self.lawyer1_user).write(vals)
                with self.assertRaises(AccessError):
                    record.with_user(self.lawyer1_user).unlink()
        with self.assertRaises(AccessError):
            case.with_user(self.lawyer1_user).action_request_approval()


@tagged("post_install", "-at_install")
class TestScopes(LegalAidCaseworkCommon):
    """O2: who finds what, in list, count, grouping, name search, by id, and at once when a user moves."""

    def _assert_finds(self, user, case, found):
        cases = self.env["legal.aid.case"].with_user(user)
        domain = [("id", "=", case.id)]
        self.assertEqual(bool(cases.search(domain)), found)
        self.assertEqual(cases.search_count(domain), int(found))
        self.assertEqual(bool(cases._read_group(domain, ["organization_id"], ["__count"])), found)
        self.assertEqual(bool(cases.name_search(case.sudo().name, operator="=")), found)
        self.assertEqual(
            bool(cases.search([("work_log_ids.case_id", "=", case.id)])), found and bool(case.sudo().work_log_ids)
        )
        if found:
            self.assertTrue(cases.browse(case.id).read(["name"]))
        else:
            with self.assertRaises(AccessError):
                cases.browse(case.id).read(["name"])

    def test_counties_do_not_see_each_other(self):
        case = self._create_archived()
        self._assert_finds(self.a_officer, case, True)
        self._assert_finds(self.city_officer, case, True)
        self._assert_finds(self.auditor, case, True)
        self._assert_finds(self.b_officer, case, False)
        self._assert_finds(self.b_manager, case, False)
        for records in (case.work_log_ids, case.party_ids, case.mandate_ids, case.assignment_ids, case.deadline_ids):
            with self.subTest(records._name):
                found = self.env[records._name].with_user(self.b_officer).search([("id", "in", records.ids)])
                self.assertFalse(found)
                self.assertTrue(self.env[records._name].with_user(self.a_officer).search([("id", "in", records.ids)]))

    def test_a_moved_officer_at_once(self):
        """Issue A step 8: after the move from b to a the old county is gone and the new one is there."""
        case_a = self._create_archived()
        case_b = self._create_case(self.b_officer, employer_place_id=self.county_b.id)
        self._assert_finds(self.b_officer, case_b, True)
        self._assert_finds(self.b_officer, case_a, False)
        self.b_officer.union_organization_ids = self.county_a
        self._assert_finds(self.b_officer, case_b, False)
        self._assert_finds(self.b_officer, case_a, True)
        self.county_b.user_ids += self.b_officer
        self.county_a.user_ids -= self.b_officer
        self._assert_finds(self.b_officer, case_b, True)
        self._assert_finds(self.b_officer, case_a, False)

    def test_board_shows_the_way_of_a_case(self):
        """Issue A: the board has its columns in the order of the work, with what is there besides."""
        self._create_case()
        cases = self.env["legal.aid.case"].with_user(self.a_officer).with_context(read_group_expand=True)
        groups = cases.formatted_read_group([("organization_id", "=", self.county_a.id)], ["state"], ["__count"])
        columns = [group["state"] for group in groups]
        self.assertEqual(columns, ["draft", "submitted", "granted", "assigned", "in_progress", "closed"])

    def test_contact_point_reads(self):
        """DESIGN rule 6: the contact-point county reads the case it mandates, and changes nothing in it."""
        case = self._create_case(
            self.city_officer, employer_place_id=False, employer_organization_id=self.enterprise_city.id
        )
        self._assert_finds(self.a_officer, case, False)
        case.contact_point_id = self.county_a
        self._assert_finds(self.a_officer, case, True)
        for act in (
            lambda record: record.write({"headcount": 2}),
            lambda record: record.action_submit(),
            lambda record: record.action_withdraw(reason_code="applicant"),
            lambda record: record.unlink(),
        ):
            with self.assertRaises(AccessError):
                act(case.with_user(self.a_officer))

    def test_lawyer_sees_his_own(self):
        """O2: a lawyer reads his own cases from the assignment on, without name, number and phone of the worker."""
        case = self._create_granted()
        case.volunteer_id = self.lawyer1
        self._assert_finds(self.lawyer1_user, case, False)
        case.action_assign()
        self._assert_finds(self.lawyer1_user, case, True)
        self._assert_finds(self.lawyer2_user, case, False)
        own = case.with_user(self.lawyer1_user)
        for name in ("applicant_name", "applicant_id_number", "applicant_phone", "applicant_address", "description"):
            with self.subTest(name), self.assertRaises(AccessError):
                own.read([name])
        with self.assertRaises(AccessError):
            self.env["legal.aid.case"].with_user(self.lawyer1_user).search([("applicant_name", "=", "王小明")])
        self.assertEqual(own.applicant_name_masked, "王**")
        with self.assertRaisesRegex(AccessError, "acceptance"):
            own._get_client_contact()
        own.action_accept()
        self.assertEqual(own._get_client_contact()["phone"], "13803750001")
        self.assertEqual([clock["kind"] for clock in own._get_running_clocks()], ["agency"])
        with self.assertRaises(AccessError):
            case.with_user(self.lawyer2_user)._get_client_contact()

    def test_supervisors_see_no_names(self):
        """O2: auditor and justice bureau read cases without the applicants' private data and write nothing."""
        case = self._create_in_progress()
        for user in (self.auditor, self.justice):
            with self.subTest(user.login):
                record = case.with_user(user)
                self.assertTrue(record.read(["name", "state", "matter_id"]))
                for name in ("applicant_name", "applicant_id_number", "applicant_phone", "description"):
                    with self.assertRaises(AccessError):
                        record.read([name])
                with self.assertRaises(AccessError):
                    record.write({"headcount": 3})
        with self.assertRaises(AccessError):
            case.party_ids.with_user(self.auditor).read(["name"])
        self.assertEqual(
            case.party_ids.filtered(lambda p: p.role == "applicant").with_user(self.auditor).name_masked, "王**"
        )
        with self.assertRaises(AccessError):
            self.env["legal.aid.case.party"].with_user(self.justice).search([])

    def test_liaison_and_finance_have_no_case(self):
        """O2, DESIGN rule 7: a liaison sees number and stage on the mandate, finance nothing here."""
        self.lawyer1.contact_point_ids += self.enterprise_a
        case = self._create_granted(contact_point_id=self.enterprise_a.id)
        case.action_assign(volunteer_id=self.lawyer1)
        with self.assertRaises(AccessError):
            self.env["legal.aid.case"].with_user(self.a_finance).search([])
        self.assertFalse(self.env["legal.aid.case"].with_user(self.liaison).search([]))
        with self.assertRaises(AccessError):
            case.with_user(self.liaison).read(["name"])
        mandate = self.env["legal.aid.mandate"].with_user(self.liaison).search([])
        self.assertEqual(mandate.case_id.id, case.id)
        values = mandate.read(["case_id", "case_state", "volunteer_id", "display_name"])[0]
        self.assertEqual(values["case_id"][1], case.name)
        self.assertEqual(values["case_state"], "assigned")
        with self.assertRaises(AccessError):
            mandate.case_id.read(["employer_name"])

    def test_nothing_personal_in_names_and_messages(self):
        """DESIGN rule 5: names of records, messages, clocks and requests show nothing personal."""
        case = self._create_archived()
        secrets = ("王小明", WORKER_ID, "13803750001")
        texts = [record.display_name for record in case | case.copy()]
        texts += [line.display_name for line in case.party_ids]
        texts += [str(message.body) + str(message.subject) for message in case.message_ids]
        texts += [
            str(value.old_value_char) + str(value.new_value_char)
            for value in case.message_ids.sudo().tracking_value_ids
        ]
        texts += [deadline.record_name for deadline in case.deadline_ids]
        request = case.sudo().approval_request_id
        texts += [request.name, str(request.facts)]
        for secret in secrets:
            self.assertFalse([text for text in texts if secret in text])


@tagged("post_install", "-at_install")
class TestDocuments(LegalAidCaseworkCommon):
    def _add(self, case, **vals):
        return (
            self.env["legal.aid.case.document"]
            .with_user(self.a_officer)
            .create(
                {
                    "case_id": case.id,
                    "kind": "evidence",
                    "name": "工资条",
                    "file_name": "a.txt",
                    "file": base64.b64encode(b"paper"),
                    **vals,
                }
            )
        )

    def test_attachment_follows_its_document(self):
        """DESIGN rule 5: the file is reached only by who may read the document, also by its own id."""
        case = self._create_in_progress()
        document = self._add(case)
        attachment = document.attachment_id
        self.assertEqual((attachment.res_model, attachment.res_id), ("legal.aid.case.document", document.id))
        self.assertEqual(attachment.with_user(self.a_officer).raw, b"paper")
        self.assertEqual(attachment.with_user(self.lawyer1_user).raw, b"paper")
        for user in (self.b_officer, self.lawyer2_user, self.liaison, self.a_finance):
            with self.subTest(user.login), self.assertRaises(AccessError):
                attachment.with_user(user).read(["name", "datas"])

    def test_classes_of_papers(self):
        """DESIGN: evidence has a class and its own rules: medical not for auditors, internal not for the lawyer."""
        case = self._create_in_progress()
        papers = {level: self._add(case, confidentiality=level) for level in ("normal", "sensitive", "internal")}
        documents = self.env["legal.aid.case.document"]
        for user, visible in (
            (self.a_officer, {"normal", "sensitive", "internal"}),
            (self.lawyer1_user, {"normal", "sensitive"}),
            (self.auditor, {"normal"}),
            (self.b_officer, set()),
        ):
            with self.subTest(user.login):
                found = documents.with_user(user).search([("case_id", "=", case.id)])
                self.assertEqual({level for level, paper in papers.items() if paper in found}, visible)

    def test_nobody_takes_a_foreign_file(self):
        """A file of another record cannot be pulled in by its id."""
        foreign = self.env["ir.attachment"].create({"name": "b", "raw": b"x", "res_model": "res.partner", "res_id": 1})
        case = self._create_case()
        with self.assertRaises(AccessError):
            self.env["legal.aid.case.document"].with_user(self.a_officer).create(
                {"case_id": case.id, "kind": "evidence", "attachment_id": foreign.id}
            )

    def test_archived_file_is_locked(self):
        """X3: nothing is added to or taken from an archived file."""
        case = self._create_closed()
        document = self._add(case, kind="file")
        case.action_archive(file_received_date=TODAY)
        for act in (
            lambda: self._add(case),
            lambda: document.write({"name": "b"}),
            lambda: document.unlink(),
            lambda: case.write({"description": "x"}),
            lambda: case.party_ids[0].write({"headcount": 2}),
        ):
            with self.assertRaises(UserError):
                act()
