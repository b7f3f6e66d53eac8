import csv
from pathlib import Path

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..models.casework.legal_aid_case_reader_mixin import OPEN_FIELDS
from .casework_common import TODAY, WORKER_ID
from .house_common import LegalAidHouseCommon, get_view_fields

FIELD_ACCESS = Path(__file__).with_name("field_access.csv")
ROLES = ("justice", "liaison", "enterprise_portal", "auditor", "volunteer")
MODELS = (
    "legal.aid.case",
    "legal.aid.mandate",
    "legal.aid.volunteer",
    "legal.aid.contract",
    "legal.aid.ledger",
    "legal.aid.removal",
)
# What would tell who the worker is: names, and what somebody wrote.
TELLING = (
    "applicant_name",
    "applicant_name_masked",
    "applicant_id_number",
    "applicant_id_number_masked",
    "applicant_id_hash",
    "applicant_phone",
    "applicant_phone_masked",
    "applicant_address",
    "description",
    "employer_name",
    "employer_key",
    "employer_uscc",
    "employer_organization_id",
    "employer_place_id",
    "respondent_organization_ids",
    "jurisdiction_rule",
    "jurisdiction_override_reason",
    "hardship_basis",
    "hardship_note",
    "urgent_reason",
    "supplement_note",
    "decision_note",
    "closing_summary",
    "transfer_reason",
    "tribunal_name",
    "tribunal_case_number",
    "party_ids",
    "document_ids",
    "work_log_ids",
    "consultation_ids",
    "approval_line_ids",
    "message_ids",
    "activity_ids",
)


def read_field_access():
    """``{(model, role): fields}`` as the table has it: one line for each field, one column for each role."""
    opened = {(model, role): set() for model in MODELS for role in ROLES}
    with FIELD_ACCESS.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            for role in ROLES:
                if line[role]:
                    opened[line["model"], role].add(line["field"])
    return opened


@tagged("post_install", "-at_install")
class TestFieldAccess(LegalAidHouseCommon):
    """O2, F§11: who reads which field of the records of cases and lawyers is written down in ``field_access.csv``, field by field.

    A new field fails this test until somebody decides who may read it, and writes the decision into the table. On the case it
    is closed until it stands in ``OPEN_FIELDS``, too.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.readers = {
            "justice": cls.justice,
            "liaison": cls.liaison_firm,
            "enterprise_portal": cls.portal_firm,
            "auditor": cls.auditor,
            "volunteer": cls.lawyer1_user,
        }

    def _create_records(self):
        """One record of each model that each reader with a right to the model may read."""
        case = self._create_requested()
        case.mandate_id.with_user(self.liaison_firm).action_issue()
        case.with_user(self.lawyer1_user).action_accept()
        case.with_user(self.lawyer1_user).action_log_work(hours=1, note="x")
        self._add_paper(case, kind="evidence")
        self._consent(case)
        removal = (
            self.env["legal.aid.removal"]
            .with_user(self.city_officer)
            .create({"volunteer_id": self.lawyer1.id, "ground": "no_service"})
        )
        ledger = self.env["legal.aid.ledger"].search([("volunteer_id", "=", self.lawyer1.id)], limit=1)
        return {
            record._name: record
            for record in (case, case.mandate_id, self.lawyer1, self.lawyer1.contract_ids[:1], ledger, removal)
        }

    def _get_readable(self, record, user):
        """The fields of ``record`` that ``user`` reads in fact, one after the other."""
        mine = record.with_user(user)
        if not mine.has_access("read"):
            return set()
        readable = set()
        for name in mine._fields:
            self.env.invalidate_all()
            try:
                mine.read([name])
            except AccessError:
                continue
            readable.add(name)
        return readable

    def test_every_field_is_decided(self):
        """What each role reads is what the table says, no field more and none less; ``fields_get`` shows no more than that."""
        opened = read_field_access()
        differences = []
        for model, record in self._create_records().items():
            for role, user in self.readers.items():
                readable = self._get_readable(record, user)
                shown = set(self.env[model].with_user(user).fields_get()) if readable else set()
                self.assertLessEqual(readable, shown | {"id"}, f"{model} {role}")
                for name in sorted(readable ^ opened[model, role]):
                    what = (
                        "reads it, and the table does not open it"
                        if name in readable
                        else "does not read it, as the table says"
                    )
                    differences.append(f"{model}.{name}: {role} {what}")
        self.assertFalse(differences, f"Decide in {FIELD_ACCESS.name}:\n" + "\n".join(differences))

    def test_what_is_opened_can_be_read(self):
        """What the code opens of a case is what the table says; a field that is worked out from closed ones would not open."""
        opened = read_field_access()
        for role in ROLES:
            names = OPEN_FIELDS.get(f"union_legal_aid.group_{role}", frozenset())
            self.assertEqual(names, opened["legal.aid.case", role], role)

    def test_table_is_in_order(self):
        """The table names existing fields once, in the order of the alphabet, so that two people find the same line."""
        with FIELD_ACCESS.open(encoding="utf-8", newline="") as lines:
            keys = [(line["model"], line["field"]) for line in csv.DictReader(lines)]
        self.assertEqual(keys, sorted(set(keys), key=lambda key: (MODELS.index(key[0]), key[1])))
        for model, name in keys:
            self.assertIn(name, self.env[model]._fields, model)

    def test_no_door_to_a_closed_field(self):
        """O2: what may not be read is neither searched, grouped, sorted, exported nor shown by a path."""
        case = self._create_records()["legal.aid.case"]
        opened = read_field_access()
        for role, user in self.readers.items():
            cases = self.env["legal.aid.case"].with_user(user)
            if not cases.has_access("read"):
                continue
            for name in sorted(
                {"employer_uscc", "hardship_note", "applicant_name", "employer_key"} - opened["legal.aid.case", role]
            ):
                doors = (
                    lambda cases=cases, name=name: cases.search([(name, "!=", False)]),
                    lambda cases=cases, name=name: cases.search_count([(name, "ilike", "建筑")]),
                    lambda cases=cases, name=name: cases.search([], order=f"{name}, id"),
                    lambda cases=cases, name=name: cases._read_group([], [name], ["__count"]),
                    lambda cases=cases, name=name: cases.formatted_read_group([], [name], ["__count"]),
                    lambda cases=cases, name=name: cases._read_group([], [], [f"{name}:count_distinct"]),
                    lambda cases=cases, name=name: cases.web_search_read([], {name: {}}),
                    lambda cases=cases, name=name: cases.browse(case.id)[name],
                )
                for number, door in enumerate(doors):
                    with self.subTest(role=role, field=name, door=number), self.assertRaises(AccessError):
                        door()


@tagged("post_install", "-at_install")
class TestJusticeBureau(LegalAidHouseCommon):
    @classmethod
    def _create_users(cls):  # pylint: disable=missing-return
        super()._create_users()
        cls.justice_a = cls._create_user("t_justice_a", cls.county_a, "justice")

    def test_supervision_without_names(self):
        """O2: matter, form, stage, dates, union, lawyer, clocks, outcome and amounts; no name, no employer, no text."""
        case = self._create_archived(is_urgent=True, urgent_reason="王小明住院", hardship_note="家庭月收入1357")
        seen = case.with_user(self.justice)
        self.assertRecordValues(
            seen,
            [
                {
                    "name": case.name,
                    "matter_id": self.matter_wages.id,
                    "service_form": "arbitration",
                    "state": "archived",
                    "organization_id": self.county_a.id,
                    "volunteer_id": self.lawyer1.id,
                    "outcome": "won",
                    "amount_claimed": 12000,
                    "amount_recovered": 9000,
                    "headcount": 1,
                }
            ],
        )
        self.assertEqual({str(seen.application_date), str(seen.granted_date), str(seen.archived_date)}, {TODAY})
        text = str(seen.read(list(seen.fields_get())))
        for secret in ("王", WORKER_ID, "13803750001", "建筑", "1357", "住院"):
            self.assertNotIn(secret, text)
        for name in TELLING:
            with self.subTest(name), self.assertRaises(AccessError):
                seen.read([name])

    def test_clocks(self):
        """O2, F§1.3: the bureau reads the clocks of cases, with kind, dates and light; no other clock."""
        case = self._create_assigned()
        seen = case.with_user(self.justice)
        self.assertEqual(seen.deadline_ids.filtered(lambda clock: clock.state == "open").kind, "agency")
        self.assertEqual(seen.next_deadline, case.next_deadline)
        self.assertEqual(seen.deadline_light, "green")
        clocks = self.env["legal.aid.deadline"]
        other = clocks.sudo().search([("res_model", "!=", "legal.aid.case")], limit=1) or clocks.create(
            {
                "res_model": "legal.aid.ledger",
                "res_id": 1,
                "organization_id": self.city.id,
                "kind": "ledger",
                "date_trigger": TODAY,
                "date_due": TODAY,
            }
        )
        found = clocks.with_user(self.justice).search([])
        self.assertEqual(set(found.mapped("res_model")), {"legal.aid.case"})
        self.assertNotIn(other, found)

    def test_history_and_papers_are_closed(self):
        """O2: neither the chatter of a case, nor its files, nor what hangs on it is the bureau's."""
        case = self._create_archived()
        self.assertTrue(case.sudo().message_ids)
        messages = self.env["mail.message"].with_user(self.justice)
        self.assertFalse(messages.search([("model", "=", "legal.aid.case")]))
        with self.assertRaises(AccessError):
            case.sudo().message_ids[0].with_user(self.justice).read(["body"])
        for model in (
            "legal.aid.case.party",
            "legal.aid.case.document",
            "legal.aid.work.log",
            "legal.aid.assignment",
            "legal.aid.consultation",
            "legal.aid.mandate",
            "legal.aid.transfer",
            "legal.aid.expense",
            "legal.aid.approval.request",
        ):
            self.assertFalse(self.env[model].with_user(self.justice).has_access("read"), model)
        # Auditors go on reading the history.
        self.assertTrue(
            self.env["mail.message"]
            .with_user(self.auditor)
            .search([("res_id", "=", case.id), ("model", "=", case._name)])
        )

    def test_county_bureau(self):
        """DESIGN section 4: a bureau supervises the unions it is bound to: the county's bureau county a, the city's all."""
        case_a = self._create_assigned()
        case_b = self._create_case(self.b_officer, employer_place_id=self.county_b.id)
        case_b.action_submit()
        cases = self.env["legal.aid.case"]
        both = [("id", "in", (case_a | case_b).ids)]
        self.assertEqual(cases.with_user(self.justice_a).search(both), case_a)
        self.assertEqual(cases.with_user(self.justice).search(both), case_a | case_b)
        self.assertEqual(cases.with_user(self.justice_a).search_count(both), 1)
        with self.assertRaises(AccessError):
            case_b.with_user(self.justice_a).read(["name"])
        clocks = self.env["legal.aid.deadline"].with_user(self.justice_a).search([])
        self.assertEqual(clocks.organization_id, self.county_a)
        lawyers = self.env["legal.aid.volunteer"].with_user(self.justice_a).search([])
        self.assertIn(self.lawyer1, lawyers)
        self.assertNotIn(self.lawyer2, lawyers)
        self.justice_a.union_organization_ids = self.county_b
        self.assertEqual(cases.with_user(self.justice_a).search(both), case_b)

    def test_writes_nothing(self):
        """DESIGN section 4: the bureau takes no step in a case."""
        case = self._create_submitted()
        seen = case.with_user(self.justice)
        for operation in ("write", "create", "unlink"):
            self.assertFalse(seen.has_access(operation), operation)
        for step in (
            lambda: seen.write({"headcount": 2}),
            lambda: seen.action_grant(),
            lambda: seen.action_refuse(reason_code="other"),
            lambda: seen.action_request_supplement(note="x"),
            lambda: seen.action_transfer(organization_id=self.county_b, reason_code="jurisdiction"),
            lambda: seen.message_post(body="x"),
        ):
            with self.assertRaises(AccessError):
                step()

    def test_menu_and_pages(self):
        """The bureau finds its own page and not the officers'; whichever way it comes, the page names open fields only."""
        menus = self.env["ir.ui.menu"].with_user(self.justice).load_menus(False)
        self.assertIn(self.env.ref("union_legal_aid.menu_supervision").id, menus)
        self.assertNotIn(self.env.ref("union_legal_aid.menu_cases").id, menus)
        cases = self.env["legal.aid.case"].with_user(self.justice)
        for view_type in ("form", "list", "kanban", "search"):
            names = get_view_fields(cases, False, view_type)
            self.assertLessEqual(names, set(cases.fields_get()), view_type)
            self.assertFalse(names & set(TELLING), view_type)
        whole = etree.fromstring(self.env["legal.aid.case"].with_user(self.a_officer).get_view(False, "form")["arch"])
        self.assertTrue(whole.xpath("//field[@name='employer_name']"))

    def test_auditors_pages(self):
        """The auditor keeps the officers' pages; they name nothing that is closed to him."""
        cases = self.env["legal.aid.case"].with_user(self.auditor)
        for view_type in ("form", "list", "kanban", "search", "pivot", "activity"):
            names = get_view_fields(cases, False, view_type)
            self.assertFalse(names - set(cases.fields_get()), view_type)

    def test_list_costs_the_same_for_many(self):
        """The list of 20 cases asks the database no more often than the list of 5."""
        cases = self.env["legal.aid.case"]
        for _number in range(20):
            cases |= self._create_case()
        names = ["name", "matter_id", "organization_id", "volunteer_id", "next_deadline", "deadline_light", "state"]
        counts = []
        for some in (cases[:5], cases[:5], cases):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["legal.aid.case"].with_user(self.justice).search([("id", "in", some.ids)]).read(names)
            counts.append(self.cr.sql_log_count - before)
        # The first look also fills the caches of the process.
        self.assertEqual(counts[1], counts[2])
