from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from .casework_common import WORKER_ID
from .house_common import LegalAidHouseCommon, get_view_fields

USCC = "91410400MA0000001D"
SECRETS = ("王小明", WORKER_ID, "13803750001", "某建筑劳务公司")


@tagged("post_install", "-at_install")
class TestHouseUnionView(LegalAidHouseCommon):
    def test_liaison_sees_number_stage_and_request(self):
        """O2, DESIGN 3.7: the liaison's whole view of a case: number, stage, the request for his mandate."""
        case = self._create_requested()
        mandate = self._find("legal.aid.mandate", self.liaison_firm, case)
        self.assertRecordValues(
            mandate,
            [
                {
                    "case_number": case.name,
                    "case_state": "assigned",
                    "state": "draft",
                    "requested_date": case.mandate_id.requested_date,
                    "can_issue": True,
                    "can_open_file": False,
                }
            ],
        )
        self.liaison_firm.group_ids |= self.env.ref("base.group_allow_export")
        texts = str(mandate.read()) + str(mandate.export_data(["case_number", "case_state", "state"]))
        for secret in SECRETS:
            self.assertNotIn(secret, texts)
        self.assertEqual(
            self.env["legal.aid.mandate"].with_user(self.liaison_firm).name_search(case.name)[0][0], mandate.id
        )

    def test_no_way_from_the_mandate_into_the_case(self):
        """O2, DESIGN 3.7: no dotted field, no grouping, no export leads from the mandate into the file."""
        case = self._create_requested()
        self._add_paper(case, kind="evidence")
        self.liaison_firm.group_ids |= self.env.ref("base.group_allow_export")
        mandates = self.env["legal.aid.mandate"].with_user(self.liaison_firm)
        mandate = mandates.search([])
        for field in ("employer_name", "applicant_name_masked", "amount_claimed", "matter_id", "description"):
            with self.subTest(field):
                with self.assertRaises(AccessError):
                    case.with_user(self.liaison_firm).read([field])
                with self.assertRaises(AccessError):
                    mandate.export_data([f"case_id/{field}"])
        # What he could read of a case with consent, he may ask for, and gets nothing; all the rest is refused.
        self.assertFalse(mandates.search([("case_id.employer_name", "ilike", "建筑")]))
        self.assertEqual(mandates._read_group([("case_id.amount_claimed", ">", 1)], [], ["__count"]), [(0,)])
        for name in ("employer_uscc", "applicant_name", "hardship_note"):
            with self.subTest(name), self.assertRaises(AccessError):
                mandates.search([(f"case_id.{name}", "!=", False)])
        for model in ("legal.aid.case", "legal.aid.case.document", "legal.aid.work.log"):
            self.assertFalse(self.env[model].with_user(self.liaison_firm).search_count([]), model)
        for model in ("legal.aid.case.party", "legal.aid.assignment", "legal.aid.consultation"):
            self.assertFalse(self.env[model].with_user(self.liaison_firm).has_access("read"), model)
        messages = self.env["mail.message"].with_user(self.liaison_firm)
        self.assertFalse(messages.search([("model", "=", "legal.aid.case"), ("res_id", "=", case.id)]))

    def test_an_office_at_the_house_union_is_no_back_door(self):
        """DESIGN section 4: his tier is his union's, not his group's: an officer of a house union sees what its liaison sees."""
        case = self._create_requested()
        self._assert_sees_mandate(case, True, self.officer_firm)
        self.assertFalse(self._find("legal.aid.case", self.officer_firm, case))
        self._add_paper(case, kind="evidence")
        self.assertFalse(self._find("legal.aid.case.document", self.officer_firm, case))
        self.assertTrue(self._find("legal.aid.case", self.a_officer, case))

    def test_issue(self):
        """C1: the liaison issues, nobody of another union does; the lawyer may then begin."""
        case = self._create_requested()
        mandate = case.mandate_id
        for user in (self.liaison, self.b_officer):
            with self.assertRaises(AccessError):
                mandate.with_user(user).action_issue()
        mandate.with_user(self.liaison_firm).action_issue()
        self.assertRecordValues(mandate, [{"state": "issued", "issued_by_id": self.liaison_firm.id}])
        with self.assertRaises(UserError):
            mandate.with_user(self.liaison_firm).action_issue()

    def test_stage_of_a_lapsed_mandate_is_not_news(self):
        """DESIGN 3.7: a mandate that lapsed because the contact point changed tells nothing of what comes after it."""
        case = self._create_requested()
        mandate = case.mandate_id
        case.action_change_lawyer(reason_code="unable")
        self.assertEqual(mandate.with_user(self.liaison_firm).case_state, "granted")
        case.contact_point_id = self.county_a
        self.assertFalse(mandate.with_user(self.liaison_firm).case_state)
        found = self.env["legal.aid.mandate"].with_user(self.liaison_firm).search([("case_state", "=", "granted")])
        self.assertNotIn(mandate, found)

    def test_menu_and_page(self):
        """DESIGN 3.7: the liaison finds “Our Cases”, officers do not; his pages hold only what he may read."""
        menu = self.env.ref("union_legal_aid.menu_our_cases")
        menus = self.env["ir.ui.menu"]
        self.assertIn(menu.id, menus.with_user(self.liaison_firm).load_menus(False))
        self.assertNotIn(menu.id, menus.with_user(self.a_officer).load_menus(False))
        mandates = self.env["legal.aid.mandate"].with_user(self.liaison_firm)
        action = self.env.ref("union_legal_aid.legal_aid_mandate_action_house")
        for view in action.view_ids.view_id:
            self.assertLessEqual(get_view_fields(mandates, view.id, view.type), set(mandates.fields_get()), view.name)


@tagged("post_install", "-at_install")
class TestRespondents(LegalAidHouseCommon):
    def test_whose_house(self):
        """DESIGN 3.7: the unions inside one enterprise are one house; township and county stand outside of it."""
        house = self.group_a | self.firm_a | self.shop_a | self.shop_a2
        self.assertEqual(house.house_id, self.group_a)
        self.assertEqual(self.firm_t.house_id, self.firm_t)
        self.assertFalse((self.township | self.county_a | self.industry | self.city).house_id)
        self.firm_a.parent_id = self.county_a
        self.assertEqual((self.firm_a | self.shop_a | self.shop_a2).house_id, self.firm_a)

    def test_every_way_to_be_a_respondent(self):
        """DESIGN 3.7: a respondent's union is found by the application, by a party, by name and by credit code."""
        self.firm_t.partner_id = self.env["res.partner"].create(
            {"name": "砖 厂（集团）有限公司", "vat": USCC, "is_company": True}
        )
        by_application = self._create_case(employer_organization_id=self.firm_a.id)
        self.assertEqual(by_application.respondent_organization_ids, self.firm_a)
        cases = {
            "organization": {"organization_id": self.firm_a.id},
            "name of the union": {"name": "测试甲县 矿业公司"},
            "name on its card": {"name": "砖厂(集团)有限公司"},
            "credit code": {"name": "别的名字", "id_number": f" {USCC.lower()} "},
        }
        for way, vals in cases.items():
            with self.subTest(way):
                case = self._create_case()
                self.assertFalse(case.respondent_organization_ids)
                party = self._add_respondent(case, **vals)
                expected = self.firm_t if "card" in way or "code" in way else self.firm_a
                self.assertEqual(case.respondent_organization_ids, expected)
                party.role = "third"
                self.assertFalse(case.respondent_organization_ids)
        by_name = self._create_case(employer_name="测试甲县矿业公司")
        self.assertEqual(by_name.respondent_organization_ids, self.firm_a)
        by_code = self._create_case(employer_uscc=USCC)
        self.assertEqual(by_code.respondent_organization_ids, self.firm_t)

    def test_a_card_entered_later(self):
        """DESIGN 3.7: when a union's address card turns it into the respondent's, its view ends at once."""
        self._create_requested(contact_point=self.firm_t)
        case = self._create_requested(contact_point=self.firm_t, employer_name="某某制砖有限公司")
        user = self._create_user("t_liaison_brick", self.firm_t, "liaison")
        self._assert_sees_mandate(case, True, user)
        card = self.env["res.partner"].create({"name": "某某制砖有限公司", "is_company": True})
        self.firm_t.partner_id = card
        self._assert_sees_mandate(case, False, user)
        self.assertEqual(case.mandate_id.organization_id, self.county_a)
        other = self._create_requested(contact_point=self.firm_t, employer_name="另一家制砖有限公司")
        self._assert_sees_mandate(other, True, user)
        card.name = "另一家制砖有限公司"
        self._assert_sees_mandate(other, False, user)
        self.assertFalse(case.respondent_organization_ids)

    def test_nothing_where_ones_own_house_is_the_opponent(self):
        """O2, DESIGN 3.7: nothing for anybody of the house, above, beside or below, by whatever role; the county sees it."""
        people = (self.liaison_firm, self.liaison_group, self.liaison_shop, self.officer_firm, self.portal_firm)
        for opponent in (self.firm_a, self.group_a, self.shop_a, self.shop_a2):
            with self.subTest(opponent.name):
                case = self._create_requested()
                self._assert_sees_mandate(case, True, self.liaison_firm, self.officer_firm, self.portal_firm)
                self._add_respondent(case, organization_id=opponent.id)
                self._assert_sees_mandate(case, False, *people)
                for user in people[:-1]:
                    self.assertFalse(self._find("legal.aid.case", user, case), user.login)
                    with self.assertRaises(AccessError):
                        case.mandate_ids[0].with_user(user).read(["case_number"])
                self._assert_sees_mandate(case, True, self.a_officer, self.a_manager, self.city_officer)
                self.assertTrue(self._find("legal.aid.case", self.a_officer, case))

    def test_another_enterprise_is_no_opponent(self):
        case = self._create_requested()
        self._add_respondent(case, organization_id=self.enterprise_a.id)
        self._add_respondent(case, organization_id=self.firm_t.id)
        self._assert_sees_mandate(case, True, self.liaison_firm)
        self._assert_sees_mandate(case, False, self.liaison)

    def test_an_archived_union_is_an_opponent_still(self):
        """A union that was archived has not become another one."""
        case = self._create_requested()
        self._add_respondent(case, organization_id=self.shop_a.id)
        self.shop_a.active = False
        self._assert_sees_mandate(case, False, self.liaison_firm, self.liaison_shop)
        self.assertTrue(case._is_opponent(self.firm_a))


@tagged("post_install", "-at_install")
class TestMandateOfTheCounty(LegalAidHouseCommon, MailCase):
    def test_the_county_mandates_from_the_start(self):
        """DESIGN 3.7: against its own house the contact point is not asked; the county gives the mandate with the assignment."""
        case = self._create_requested(employer_organization_id=self.firm_a.id)
        self.assertRecordValues(case.mandate_id, [{"organization_id": self.county_a.id, "state": "issued"}])
        self._assert_sees_mandate(case, False, self.liaison_firm)
        self.assertIn(self.county_a.name, case.house_warning)
        for other in (
            self._create_case(),
            self._create_requested(),
            self._create_requested(contact_point=self.township),
        ):
            self.assertIs(other.house_warning, False)

    def test_between_the_employer_and_its_county(self):
        """A township above the respondent does not mandate against it; its county does."""
        case = self._create_requested(contact_point=self.township, employer_organization_id=self.firm_t.id)
        self.assertEqual(case.mandate_id.organization_id, self.county_a)

    def test_a_request_moves_to_the_county(self):
        """DESIGN 3.7: a respondent that turns up later moves the request; the county hears the case number and no more."""
        case = self._create_requested()
        mandate = case.mandate_id
        with self.mock_mail_gateway(), self.mock_bus():
            self._add_respondent(case, name="测试甲县矿业公司")
        self.assertRecordValues(mandate, [{"organization_id": self.county_a.id, "state": "draft"}])
        self.assertEqual(case.mandate_id, mandate)
        notice = self._get_notices(mandate).filtered(lambda message: self.a_officer.partner_id in message.partner_ids)
        self.assertEqual(len(notice), 1)
        self.assertIn(case.name, notice.body)
        for text in (*SECRETS, "矿业", "集团"):
            self.assertNotIn(text, str(notice.body) + str(notice.subject))
        with self.assertRaises(AccessError):
            mandate.with_user(self.liaison_firm).action_issue()
        mandate.with_user(self.a_officer).action_issue()
        self.assertTrue(case.is_mandated)

    def test_an_issued_mandate_is_given_anew(self):
        """DESIGN 3.7: what the opponent's house issued is cancelled and requested from the county; the case says why, unnamed."""
        case = self._create_requested()
        given = case.mandate_id
        given.with_user(self.liaison_firm).action_issue()
        case.with_user(self.lawyer1_user).action_accept()
        before = case.sudo().message_ids
        self._add_respondent(case, organization_id=self.group_a.id)
        self.assertEqual(given.state, "cancelled")
        self.assertNotEqual(case.mandate_id, given)
        self.assertRecordValues(
            case.mandate_id,
            [{"organization_id": self.county_a.id, "state": "draft", "volunteer_id": self.lawyer1.id}],
        )
        reason = "".join(str(message.body) for message in case.sudo().message_ids - before)
        self.assertIn(self.county_a.name, reason)
        for text in (*SECRETS, "集团公司", "矿业公司"):
            self.assertNotIn(text, reason)
        with self.assertRaisesRegex(UserError, "no mandate yet"):
            case.with_user(self.lawyer1_user).action_log_work(hours=1)
        case.mandate_id.with_user(self.a_officer).action_issue()
        case.with_user(self.lawyer1_user).action_log_work(hours=1)

    def test_finished_cases_keep_their_mandate(self):
        """Parties of a finished case are closed, and its mandate is history."""
        case = self._create_closed(contact_point_id=self.county_a.id)
        mandate = case.mandate_id
        self.firm_a.name = "某建筑劳务公司工会"
        self.assertIn(self.firm_a, case.respondent_organization_ids)
        self.assertEqual((case.mandate_id, mandate.state), (mandate, "issued"))

    def test_followers_of_the_opponent_are_dropped(self):
        """DESIGN 3.7: whoever followed the request hears nothing more once his house is the opponent."""
        case = self._create_requested()
        mandate = case.mandate_id
        mandate.sudo().message_subscribe(self.liaison_firm.partner_id.ids)
        self._add_respondent(case, organization_id=self.firm_a.id)
        self.assertNotIn(self.liaison_firm.partner_id, mandate.sudo().message_partner_ids)

    def test_notice_of_a_request_is_not_for_the_opponent(self):
        """The people of the mandating union are told; those of the opponent's house are not among them."""
        case = self._create_requested(employer_organization_id=self.shop_a.id)
        house = (self.liaison_firm | self.liaison_shop | self.liaison_group | self.portal_firm).partner_id
        self.assertFalse(self._get_notices(case.mandate_ids).partner_ids & house)
        asked = self._create_requested()
        self.assertEqual(
            self._get_notices(asked.mandate_id).partner_ids,
            (self.liaison_firm | self.officer_firm | self.portal_firm).partner_id,
        )
