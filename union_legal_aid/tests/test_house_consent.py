import base64

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .casework_common import TODAY
from .house_common import LegalAidHouseCommon, get_view_fields


@tagged("post_install", "-at_install")
class TestConsent(LegalAidHouseCommon):
    def test_consent_opens_the_reduced_file(self):
        """DESIGN 3.7: with the worker's consent the liaison reads the case, its ordinary papers and its progress."""
        case = self._create_requested()
        self._consent(case)
        self.assertRecordValues(
            case,
            [
                {
                    "house_union_consent": True,
                    "house_consent_organization_id": self.firm_a.id,
                    "house_consent_by_id": self.a_officer.id,
                    "house_consent_document_id": case.document_ids.id,
                }
            ],
        )
        self.assertEqual(str(case.house_consent_date), TODAY)
        seen = self._find("legal.aid.case", self.liaison_firm, case)
        self.assertEqual(seen.read(["employer_name", "matter_id"])[0]["employer_name"], "某建筑劳务公司")
        self.assertTrue(self._find("legal.aid.mandate", self.liaison_firm, case).can_open_file)
        for name in (
            "applicant_name",
            "applicant_id_number",
            "applicant_id_number_masked",
            "applicant_phone",
            "applicant_phone_masked",
            "applicant_address",
            "description",
            "hardship_basis",
            "hardship_note",
            "message_ids",
            "respondent_organization_ids",
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                seen.read([name])
        for operation in ("write", "create", "unlink"):
            self.assertFalse(seen.has_access(operation), operation)

    def test_papers_and_progress(self):
        """DESIGN 3.7: ordinary papers only; identity, hardship, application, agreement and consent stay closed, as do notes."""
        case = self._create_requested()
        case.mandate_id.with_user(self.liaison_firm).action_issue()
        case.with_user(self.lawyer1_user).action_accept()
        case.with_user(self.lawyer1_user).action_log_work(hours=2, kind="meeting", note="工人住址电话")
        kinds = [kind for kind, _label in self.env["legal.aid.case.document"]._fields["kind"].selection]
        kinds.remove("archive")  # nobody writes it
        papers = {kind: self._add_paper(case, kind=kind) for kind in kinds}
        medical = self._add_paper(case, kind="evidence", confidentiality="sensitive")
        case.action_record_house_consent(document_id=papers["consent"])
        found = self._find("legal.aid.case.document", self.liaison_firm, case)
        self.assertEqual(
            {kind for kind, paper in papers.items() if paper in found},
            {"evidence", "mandate", "procedure", "decision", "other"},
        )
        self.assertNotIn(medical, found)
        self.assertEqual(base64.b64decode(papers["evidence"].with_user(self.liaison_firm).file), b"signed")
        for paper in (papers["identity"], medical):
            with self.assertRaises(AccessError):
                paper.sudo().attachment_id.with_user(self.liaison_firm).read(["datas"])
        log = self._find("legal.aid.work.log", self.liaison_firm, case)
        self.assertEqual(log.read(["hours", "kind"])[0]["hours"], 2)
        with self.assertRaises(AccessError):
            log.read(["note"])

    def test_consent_is_for_one_union(self):
        """The worker agreed for the union at the contact point: not for the group above it, nor the workshop below."""
        case = self._consent(self._create_requested())
        for user in (self.liaison_group, self.liaison_shop, self.liaison, self.portal_firm):
            if self.env["legal.aid.case"].with_user(user).has_access("read"):
                self.assertFalse(self._find("legal.aid.case", user, case), user.login)
        self.assertFalse(self.env["legal.aid.case"].with_user(self.portal_firm).has_access("read"))

    def test_withdrawn_is_gone_at_once(self):
        """DESIGN 3.7: after the withdrawal the liaison reads nothing, by no door, and hears nothing."""
        case = self._create_requested()
        evidence = self._add_paper(case, kind="evidence")
        self._consent(case)
        seen = case.with_user(self.liaison_firm)
        self.assertTrue(seen.employer_name)
        case.sudo().message_subscribe(self.liaison_firm.partner_id.ids)
        with self.assertRaises(AccessError):
            seen.action_withdraw_house_consent(note="x")
        case.action_withdraw_house_consent(note="工人来电要求")
        self.assertRecordValues(
            case,
            [
                {
                    "house_union_consent": False,
                    "house_consent_withdrawn_by_id": self.a_officer.id,
                    "house_consent_withdrawn_note": "工人来电要求",
                }
            ],
        )
        for record in (case, evidence, evidence.sudo().attachment_id):
            with self.assertRaises(AccessError):
                record.with_user(self.liaison_firm).read(["name"])
        self.assertFalse(self._find("legal.aid.case", self.liaison_firm, case))
        self.assertNotIn(self.liaison_firm.partner_id, case.sudo().message_partner_ids)
        self.assertNotIn("工人来电要求", "".join(str(message.body) for message in case.sudo().message_ids))
        with self.assertRaises(UserError):
            case.action_withdraw_house_consent(note="x")

    def test_gates(self):
        """DESIGN 3.7: only the officer in charge, with the signed page of this case, for a house union that is no opponent."""
        case = self._create_requested()
        consent = self._add_paper(case)
        other = self._create_case()
        refused = {
            "another kind": self._add_paper(case, kind="evidence"),
            "another case": self._add_paper(other),
            "no file": self.env["legal.aid.case.document"]
            .with_user(self.a_officer)
            .create({"case_id": case.id, "kind": "consent"}),
        }
        for why, document in refused.items():
            with self.subTest(why), self.assertRaises(UserError):
                case.action_record_house_consent(document_id=document)
        for user in (self.b_officer, self.liaison_firm, self.lawyer1_user):
            with self.assertRaises(AccessError):
                case.with_user(user).action_record_house_consent(document_id=consent)
        with self.assertRaisesRegex(UserError, "no house union"):
            other.action_record_house_consent(document_id=refused["another case"])
        opponent = self._create_case(contact_point_id=self.firm_a.id, employer_organization_id=self.firm_a.id)
        with self.assertRaisesRegex(UserError, "own house"):
            opponent.action_record_house_consent(document_id=self._add_paper(opponent))
        self._consent(case)
        with self.assertRaisesRegex(UserError, "already"):
            self._consent(case)

    def test_every_other_door(self):
        """DESIGN 3.1: the consent is written by its step only: not by write, create, import, copy or a context key."""
        case = self._create_requested()
        vals = {"house_union_consent": True, "house_consent_organization_id": self.firm_a.id}
        for name, value in vals.items():
            for context in ({}, {"legal_aid_workflow": True}, {"legal_aid_workflow": "1"}):
                with self.subTest(name=name, context=context), self.assertRaises(AccessError):
                    case.with_context(**context).write({name: value})
        with self.assertRaises(AccessError):
            self._create_case(**vals)
        cases = self.env["legal.aid.case"].with_user(self.a_officer)
        self.assertFalse(cases.load([".id", "house_union_consent"], [[str(case.id), "1"]])["ids"])
        self._consent(case)
        self.assertFalse(case.copy().house_union_consent)

    def test_page_of_the_consent_stays(self):
        """C12: the page that opened the gate cannot be taken away or turned into something else while the gate is open."""
        case = self._consent(self._create_requested())
        page = case.house_consent_document_id
        for vals in ({"kind": "other"}, {"case_id": self._create_case().id}, {"attachment_id": False}):
            with self.subTest(vals), self.assertRaises(ValidationError):
                page.write(vals)
        with self.assertRaises(ValidationError):
            page.unlink()
        case.action_withdraw_house_consent(note="x")
        page.kind = "other"

    def test_consent_ends_with_the_contact_point(self):
        """DESIGN 3.7: another contact point, another consent; back again does not revive it."""
        case = self._create_granted(contact_point_id=self.firm_a.id)
        self._consent(case)
        case.contact_point_id = self.firm_t
        self.assertFalse(case.house_union_consent)
        self.assertFalse(self._find("legal.aid.case", self.liaison_firm, case))
        case.contact_point_id = self.firm_a
        self.assertFalse(self._find("legal.aid.case", self.liaison_firm, case))

    def test_no_consent_helps_the_opponent(self):
        """DESIGN 3.7: a respondent of his own house ends the liaison's view, consent or not."""
        case = self._consent(self._create_requested())
        self.assertTrue(self._find("legal.aid.case", self.liaison_firm, case))
        self._add_respondent(case, organization_id=self.shop_a2.id)
        self.assertTrue(case.house_union_consent)
        for model in ("legal.aid.case", "legal.aid.case.document", "legal.aid.work.log", "legal.aid.mandate"):
            self.assertFalse(self._find(model, self.liaison_firm, case), model)

    def test_a_moved_liaison_at_once(self):
        """O2: moved to another union, he loses the file in the same process."""
        case = self._consent(self._create_requested())
        self.assertTrue(self._find("legal.aid.case", self.liaison_firm, case))
        self.liaison_firm.union_organization_ids = self.enterprise_a
        self.assertFalse(self._find("legal.aid.case", self.liaison_firm, case))

    def test_dialog(self):
        """C12: in the dialog a photograph of the signed page is enough; without a page nothing happens."""
        case = self._create_requested()
        action = case.action_record_house_consent()
        self.assertEqual(action["res_model"], "legal.aid.house.consent")
        dialogs = self.env["legal.aid.house.consent"].with_user(self.a_officer).with_context(**action["context"])
        with self.assertRaisesRegex(UserError, "needs the page"):
            dialogs.create({}).action_confirm()
        with Form(dialogs) as form:
            form.file = base64.b64encode(b"photo")
        dialog = form.record
        dialog.file_name = "同意书.jpg"
        dialog.action_confirm()
        page = case.house_consent_document_id
        self.assertEqual((page.kind, page.confidentiality), ("consent", "sensitive"))
        self.assertTrue(case.house_union_consent)

    def test_pages_hold_only_open_fields(self):
        """The page that a liaison gets, by whatever way, names no field that is closed to him."""
        cases = self.env["legal.aid.case"].with_user(self.liaison_firm)
        open_fields = set(cases.fields_get())
        for view_type in ("form", "list", "kanban", "search"):
            self.assertLessEqual(get_view_fields(cases, False, view_type), open_fields, view_type)
