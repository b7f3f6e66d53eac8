from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.union_legal_aid.models.organization.personal_fields import Mask, Masked, Private

from .casework_common import TODAY, WORKER_ID
from .private_common import SECRETS, LegalAidPrivateCommon

MASKS = {
    "applicant_name_masked": "王**",
    "applicant_id_number_masked": "410402********0125",
    "applicant_phone_masked": "138****0001",
    "applicant_address_masked": "***",
    "description_masked": "***",
    "family_income_masked": "***",
    "medical_note_masked": "***",
    "hardship_note_masked": "***",
}


@tagged("post_install", "-at_install")
class TestWhoReads(LegalAidPrivateCommon):
    """O2, F§11: who needs the worker's data reads them; others see masks, or nothing."""

    def test_in_clear(self):
        """F§11: officers and leaders of the union in charge and of those above it."""
        for user in (self.a_officer, self.a_manager, self.city_officer, self.city_manager):
            with self.subTest(user.login):
                values = self.case.with_user(user).read(list(SECRETS))[0]
                self.assertEqual({name: values[name] for name in SECRETS}, SECRETS)
                self.assertFalse(self.case.with_user(user).can_unmask)

    def test_contact_point_sees_masks(self):
        """O2: an officer who reads the case as contact point of another county finds the fields empty, and the masks."""
        for user in (self.b_officer, self.b_manager):
            with self.subTest(user.login):
                case = self.case.with_user(user)
                values = case.read([*SECRETS, *MASKS, "can_unmask"])[0]
                self.assertFalse([name for name in SECRETS if values[name]])
                self.assertEqual({name: values[name] for name in MASKS}, MASKS)
                self.assertTrue(values["can_unmask"])
                self.assertFalse(any(case._get_client_contact().values()))

    def test_auditor_sees_masks(self):
        """O2: for an auditor the fields do not exist, the masks do."""
        case = self.case.with_user(self.auditor)
        for name in SECRETS:
            with self.assertRaises(AccessError, msg=name):
                case.read([name])
        values = case.read(list(MASKS))[0]
        self.assertEqual({name: values[name] for name in MASKS}, MASKS)

    def test_supervisors_and_portal_see_no_digit(self):
        """O2: justice bureau and lawyer read neither the data nor their masks, before the acceptance not even by the page."""
        self.case._workflow_write({"state": "assigned", "volunteer_id": self.lawyer1.id})
        for user in (self.justice, self.lawyer1_user):
            for name in (*SECRETS, *MASKS, "can_unmask", "private_ids"):
                if (user, name) == (self.lawyer1_user, "applicant_name_masked"):
                    continue  # whose case it is has to be known before somebody takes it
                with self.assertRaises(AccessError, msg=f"{user.login} {name}"):
                    self.case.with_user(user).read([name])

    def test_one_reader_after_another(self):
        """F§11: in one transaction each reader has his own, also right after a change."""
        mine, linked = self.case.with_user(self.a_officer), self.case.with_user(self.b_officer)
        self.assertEqual((mine.applicant_phone, linked.applicant_phone), (SECRETS["applicant_phone"], False))
        self.assertEqual(linked.sudo().applicant_phone, SECRETS["applicant_phone"])
        mine.applicant_phone = "13900000000"
        for reader, expected in ((mine, "13900000000"), (linked, False), (linked.sudo(), "13900000000")):
            self.assertEqual(reader.applicant_phone, expected)
        self.assertEqual(linked.applicant_phone_masked, "139****0000")
        main = self.case.sudo().party_ids.filtered(lambda party: party.role == "applicant")
        self.assertEqual(main.phone, "13900000000")

    def test_moved_and_transferred(self):
        """O2: data follow the case to another union at once, and leave the former one."""
        case = self.case.with_user(self.a_officer)
        case.contact_point_id = self.county_a
        case.action_transfer(organization_id=self.county_b, reason_code="jurisdiction")
        case.with_user(self.b_officer).action_accept_transfer()
        self.assertEqual(self.case.with_user(self.b_officer).applicant_name, SECRETS["applicant_name"])
        self.assertFalse(self.env["legal.aid.case.private"].with_user(self.a_officer).search_count([]))

    def test_parties(self):
        """O2: parties are of the union in charge; an auditor reads a person as a mask, an organization by its name."""
        parties = self.case.sudo().party_ids.with_user(self.auditor)
        self.assertEqual(set(parties.mapped("name_masked")), {"王**", "某建筑劳务公司"})
        for name in ("name", "id_number", "phone"):
            with self.assertRaises(AccessError):
                parties.read([name])
        self.assertFalse(self.env["legal.aid.case.party"].with_user(self.b_officer).search_count([]))

    def test_waiver_is_no_secret(self):
        """I6: the rule that waives the check is the same for all readers; what the officer wrote is not."""
        case = self._create_case(contact_point_id=self.county_b.id)
        linked = case.with_user(self.b_officer)
        self.assertIn("42", case.hardship_note)
        self.assertEqual(linked.hardship_note, case.hardship_note)
        self.assertEqual(linked.hardship_note_masked, case.hardship_note)
        self.assertFalse(case.sudo().private_ids.hardship_note)
        case.hardship_note = "低保户"
        self.assertEqual((case.hardship_note, linked.hardship_note_masked), ("低保户", "***"))
        self.assertNotIn("低保户", linked.hardship_note)
        case.hardship_note = case.hardship_waiver
        self.assertFalse(case.sudo().private_ids.hardship_note)

    def test_printed_by_the_contact_point(self):
        """C9: whoever may not know the worker prints the mandate with a mask, other papers with blanks."""
        letters = self.env["report.union_legal_aid.report_mandate"]
        self.case._workflow_write({"policy_id": self.policy.id})
        mandate = self.env["legal.aid.mandate"].create(
            {"case_id": self.case.id, "organization_id": self.county_b.id, "volunteer_id": self.lawyer2.id}
        )
        mandate._do_issue()
        text = str(letters.with_user(self.b_officer)._get_report_values(mandate.ids)["pages"])
        self.assertIn("王**", text)
        self.assertFalse(self._find_secrets(text))
        self.case._workflow_write({"granted_date": TODAY})
        grants = self.env["report.union_legal_aid.report_case_grant"]
        self.assertFalse(
            self._find_secrets(str(grants.with_user(self.b_officer)._get_report_values(self.case.ids)["pages"]))
        )


@tagged("post_install", "-at_install")
class TestNoGuessing(LegalAidPrivateCommon):
    """O2: nobody finds out by searching what he may not read."""

    def _count(self, user, *conditions, model="legal.aid.case"):
        return self.env[model].with_user(user).search_count([*conditions])

    def test_search_tells_nothing(self):
        """O2: for the contact point each way of asking gives the same count, whatever the digits."""
        known = ("id", "=", self.case.id)
        for name, right, wrong in (
            ("applicant_name", "王小明", "李四"),
            ("applicant_id_number", WORKER_ID, "410402198501010109"),
            ("applicant_phone", "13803750001", "13803750002"),
            ("description", "包工头欠薪三个月", "别的事"),
            ("medical_note", "左手粉碎性骨折", "右手"),
            ("family_income", 1357.5, 1.0),
        ):
            operators = ["=", "!=", "in", "not in"]
            operators += [">", "<", ">=", "<="] if name == "family_income" else ["like", "not ilike", "=like", "ilike"]
            for operator in operators:
                values = ([right], [wrong]) if operator.endswith("in") else (right, wrong)
                counts = {self._count(self.b_officer, known, (name, operator, value)) for value in values}
                self.assertEqual(len(counts), 1, f"{name} {operator}")
            self.assertEqual(self._count(self.b_officer, known, (name, "!=", False)), 0)
            self.assertEqual(self._count(self.b_officer, known, (name, "=", False)), 1)

    def test_officers_find_their_own(self):
        """I11: the union in charge finds the worker by name, number and phone, by any operator."""
        known = ("id", "=", self.case.id)
        for condition, found in (
            (("applicant_name", "=", "王小明"), 1),
            (("applicant_name", "ilike", "小明"), 1),
            (("applicant_name", "not ilike", "小明"), 0),
            (("applicant_name", "in", ["王小明", False]), 1),
            (("applicant_name", "!=", "王小明"), 0),
            (("applicant_name", "!=", False), 1),
            (("applicant_name", "=", False), 0),
            (("applicant_phone", "=like", "138%"), 1),
            (("family_income", ">", 1000), 1),
        ):
            with self.subTest(condition):
                self.assertEqual(self._count(self.a_officer, known, condition), found)
        bare = self._create_case(applicant_phone=False)
        self.assertEqual(self._count(self.a_officer, ("id", "=", bare.id), ("applicant_phone", "=", False)), 1)

    def test_dotted_paths(self):
        """O2: no path from another record leads there, either."""
        log_sudo = self.env["legal.aid.assignment"].sudo()
        log_sudo.create({"case_id": self.case.id, "volunteer_id": self.lawyer1.id, "date": TODAY})
        for model in ("legal.aid.assignment", "legal.aid.deadline", "legal.aid.case.party"):
            name = "case_id.applicant_name"
            if "case_id" in self.env[model]._fields:
                self.assertEqual(self._count(self.b_officer, (name, "=", "王小明"), model=model), 0)
        self.assertEqual(
            self._count(self.b_officer, ("private_ids.applicant_phone", "like", "138"), ("id", "=", self.case.id)), 0
        )
        for user in (self.auditor, self.justice):
            with self.assertRaises(AccessError):
                self._count(user, ("applicant_name", "like", "王"))
            with self.assertRaises(AccessError):
                self._count(user, ("private_ids.applicant_name", "like", "王"))

    def test_groups_and_order(self):
        """O2: private fields and their masks are neither grouped by nor sorted by, whoever asks."""
        cases = self.env["legal.aid.case"].with_user(self.a_officer)
        for name in (*SECRETS, *MASKS):
            with self.subTest(name):
                with self.assertRaises(ValueError):
                    cases.formatted_read_group([], [name], ["__count"])
                with self.assertRaises(ValueError):
                    cases.search([], order=name)
        for name in MASKS:
            with self.assertRaises(ValueError), mute_logger("odoo.domains"):
                cases.search([(name, "like", "0125")])

    def test_no_headings(self):
        """X2: names and numbers are not listed as headings or totals of twins and parties, which nobody would have opened."""
        for model, names in (
            ("legal.aid.case.private", ("applicant_name", "medical_note")),
            ("legal.aid.case.party", ("name", "id_number")),
        ):
            records = self.env[model].with_user(self.a_officer)
            for name in names:
                for groups, aggregates in (([name], ["__count"]), ([], [f"{name}:array_agg"]), ([], [f"{name}:max"])):
                    with self.assertRaises(UserError):
                        records._read_group([], groups, aggregates)
                    with self.assertRaises(UserError):
                        records.formatted_read_group([], groups, aggregates)
            self.assertTrue(records._read_group([], ["case_id"], ["__count"]))
        with self.assertRaises(UserError):
            self.env["legal.aid.case.private"].with_user(self.a_officer)._read_group([], [], ["family_income:sum"])

    def test_names(self):
        """DESIGN 3.5: a case is its number, for whoever looks it up by the worker's name or number."""
        for user in (self.a_officer, self.b_officer):
            cases = self.env["legal.aid.case"].with_user(user)
            for text in ("王小明", WORKER_ID, "13803750001"):
                self.assertFalse(cases.name_search(text))
        records = self.case.sudo() | self.case.sudo()
        names = records.mapped("display_name") + records.private_ids.mapped("display_name")
        names += records.party_ids.mapped("display_name")
        self.assertFalse(self._find_secrets(str(names)))
        self.assertFalse(self.env["legal.aid.case.party"].with_user(self.auditor).name_search("王小明"))

    def test_duplicates_while_typing(self):
        """I11: the warning comes before the application is saved, and tells only of cases that one may open."""
        with Form(self.env["legal.aid.case"].with_user(self.a_officer)) as form:
            form.employer_place_id = self.county_a
            form.applicant_id_number = WORKER_ID
            self.assertIn(self.case.name, form.duplicate_warning)
        b_form = Form(self.env["legal.aid.case"].with_user(self.b_officer))
        b_form.applicant_id_number = "410404199003072830"
        self.assertFalse(b_form.duplicate_warning)


@tagged("post_install", "-at_install")
class TestBackDoors(LegalAidPrivateCommon):
    """O2, DESIGN 3.1: the twin is no way around the record."""

    def test_twin_is_entered_on_the_record(self):
        """DESIGN 3.1: neither written, created nor deleted by itself, by anybody, with any context."""
        twin = self.case.sudo().private_ids
        other = self._create_case()
        for user in (self.a_officer, self.city_administrator, self.env.ref("base.user_admin")):
            for context in ({}, {"legal_aid_private": True}, {"legal_aid_private": "token"}):
                mine = twin.with_user(user).with_context(**context)
                for act in (
                    lambda mine=mine: mine.write({"applicant_name": "改"}),
                    lambda mine=mine: mine.create({"case_id": other.id, "applicant_name": "改"}),
                    lambda mine=mine: mine.unlink(),
                ):
                    with self.assertRaises(AccessError):
                        act()
        with self.assertRaises(AccessError):
            twin.sudo().write({"applicant_name": "改"})

    def test_states_hold_for_private_fields(self):
        """X3: what is closed on the case is closed for its private fields."""
        case = self._create_archived()
        for name, value in (("applicant_name", "改"), ("applicant_phone", "1"), ("medical_note", "改")):
            with self.assertRaises(UserError):
                case.with_user(self.a_officer).write({name: value})
        for name in ("decision_note", "closing_summary", "reopen_note"):
            with self.assertRaises(AccessError):
                case.with_user(self.a_officer).write({name: "改"})

    def test_contact_point_writes_nothing(self):
        """O2: who may not read the caller cannot overwrite him; who takes a call down for another county, may."""
        calls = self.env["legal.aid.consultation"].with_user(self.b_officer)
        values = {"matter_id": self.matter_wages.id, "employer_place_id": self.county_a.id, "question": "问"}
        own = calls.create({**values, "contact_point_id": self.county_b.id, "caller_name": "赵铁柱"})
        own.caller_phone = "13837500001"
        self.assertEqual((own.organization_id, own.caller_name), (self.county_a, "赵铁柱"))
        self.assertEqual(own.with_user(self.a_officer).caller_phone, "13837500001")
        foreign = calls.with_user(self.a_officer).create(
            {**values, "contact_point_id": self.county_b.id, "caller_name": "钱多"}
        )
        linked = foreign.with_user(self.b_officer)
        self.assertEqual((linked.caller_name, linked.caller_masked), (False, "钱*"))
        with self.assertRaises(AccessError):
            linked.caller_name = "改"
        self.assertEqual(foreign.caller_name, "钱多")

    def test_house_union_does_not_read_consultations(self):
        """DESIGN 3.7: the union of the opponent's own house reads no question to the contact point it is."""
        call = self._create_consultation()
        call.sudo().contact_point_id = self.enterprise_a
        officer = self._create_user("t_house_officer", self.enterprise_a, "officer")
        self.assertFalse(call.with_user(officer).has_access("read"))
        self.assertTrue(call.with_user(self.a_officer).has_access("read"))

    def test_number_is_checked_and_not_repeated(self):
        """F§11: a wrong number is refused by the case, and the message does not repeat it."""
        with self.assertRaises(UserError) as refused:
            self.case.with_user(self.a_officer).applicant_id_number = "410402198501010126"
        self.assertIn(self.case.name, str(refused.exception))
        self.assertNotIn("410402", str(refused.exception))
        with self.assertRaises(UserError):
            self.case.with_user(self.a_officer).applicant_kind = "union_organization"

    def test_every_private_field_is_safe(self):
        """DESIGN 3.5: no personal field of any model is tracked, related, open to everybody, or copied to a new record."""
        found = []
        for name, model in self.env.registry.items():
            for field in model._fields.values():
                if model._abstract or not isinstance(field, Masked | Mask):
                    continue
                found.append((name, field.name))
                self.assertFalse(getattr(field, "tracking", None), field)
                self.assertFalse(field.related, field)
                if not isinstance(self.env[name], self.env.registry["legal.aid.private.twin.mixin"]):
                    # The one mask without groups is opened role by role (test_justice_view).
                    self.assertTrue(field.groups or field.name == "applicant_name_masked", field)
                if isinstance(field, Private):
                    self.assertFalse(field.store or field.copy, field)
                    self.assertIn(field.name, self.env[model._private_model]._fields)
        self.assertGreater(len(found), 50)
