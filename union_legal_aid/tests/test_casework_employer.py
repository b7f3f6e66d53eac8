from odoo.tests import tagged

from .access_common import make_resident_id
from .casework_common import LegalAidCaseworkCommon

EMPLOYER = "雇主履历（测试）公司"


@tagged("post_install", "-at_install")
class TestEmployerHistory(LegalAidCaseworkCommon):
    """I13: how many cases, which matters, which amounts, the last one; and key enterprises."""

    def _create_against(self, number, user=None, **vals):
        case = self._create_case(
            user,
            **{
                "employer_name": EMPLOYER,
                "applicant_name": f"履历{number}",
                "applicant_id_number": make_resident_id(number),
                **vals,
            },
        )
        return case

    def test_history(self):
        """I13: the others against the same name, however typed, or the same code; drafts do not count."""
        case = self._create_against(910)
        self.assertEqual((case.employer_case_count, case.employer_history), (0, False))
        self._create_against(911).action_submit()
        other = self._create_against(
            912,
            employer_name="雇主 履历(测试)公司",
            matter_id=self.matter_insurance.id,
            hardship_basis="self_commitment",
        )
        other.action_submit()
        self._create_against(913)
        case.invalidate_recordset()
        self.assertEqual(case.employer_case_count, 2)
        for text in ("24,000.00", "2026-03-02", self.matter_wages.name):
            self.assertIn(text, case.employer_history)
        action = case.action_open_employer_cases()
        self.assertEqual(len(self.env["legal.aid.case"].with_user(self.a_officer).search(action["domain"])), 2)

    def test_under_own_rights(self):
        """I13, O2: another county's cases are neither counted nor listed; the city sees both."""
        self._create_against(914, self.b_officer, employer_place_id=self.county_b.id).action_submit()
        case = self._create_against(915)
        self.assertEqual(case.employer_case_count, 0)
        self.assertEqual(case.with_user(self.city_officer).employer_case_count, 1)

    def test_key_enterprise(self):
        """I13: flagged by the city or the own county it shows on the case, from the day to the day; not another county's."""
        case = self._create_against(916, employer_uscc="91110000600037341L")
        flags = self.env["legal.aid.key.employer"]
        city = flags.with_user(self.city_officer).create(
            {"name": EMPLOYER, "organization_id": self.city.id, "reason": "一年内三次欠薪"}
        )
        flags.with_user(self.b_officer).create(
            {"name": "别名", "uscc": "91110000600037341L", "organization_id": self.county_b.id, "reason": "乙县关注"}
        )
        self.assertIn("一年内三次欠薪", case.key_employer_note)
        self.assertNotIn("乙县关注", case.key_employer_note)
        city.date_to = "2026-03-02"
        case.invalidate_recordset()
        self.assertIn("一年内三次欠薪", case.key_employer_note)
        city.write({"date_from": "2026-02-01", "date_to": "2026-03-01"})
        case.invalidate_recordset()
        self.assertFalse(case.key_employer_note)


@tagged("post_install", "-at_install")
class TestKnownNames(LegalAidCaseworkCommon):
    """I13: while an employer's name is typed, the names that the user's union knows are offered, and no others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.house = cls._create_union("知名测试矿业公司工会委员会", "T01AK", "enterprise", cls.county_a)
        cls._create_union("知名测试外县公司工会", "T01BK", "enterprise", cls.county_b)
        flags = cls.env["legal.aid.key.employer"]
        flags.with_user(cls.city_officer).create(
            {"name": "知名测试（重点）公司", "organization_id": cls.city.id, "reason": "欠薪"}
        )
        flags.with_user(cls.b_officer).create(
            {"name": "知名测试乙县重点公司", "organization_id": cls.county_b.id, "reason": "欠薪"}
        )

    def _offer(self, user, text):
        return [found["name"] for found in self.env["legal.aid.case"].with_user(user).search_employer_names(text)]

    def test_sources(self):
        """I13: from enterprise unions below, key enterprises of one's own and of the unions above, and one's own cases."""
        self._create_case(employer_name="知名测试案件公司")
        self.assertEqual(
            set(self._offer(self.a_officer, "知名测试")),
            {"知名测试矿业公司", "知名测试（重点）公司", "知名测试案件公司"},
        )
        hints = {
            found["name"]: found["hint"]
            for found in self.env["legal.aid.case"].with_user(self.a_officer).search_employer_names("知名测试")
        }
        self.assertEqual(hints["知名测试矿业公司"], self.house.name)
        self.assertEqual(hints["知名测试案件公司"], "cases: 1")

    def test_other_unions(self):
        """I13, O2: of another county neither enterprise unions nor key enterprises nor cases; the city is offered all of them."""
        self._create_case(self.b_officer, employer_place_id=self.county_b.id, employer_name="知名测试乙县案件公司")
        foreign = {"知名测试外县公司", "知名测试乙县重点公司", "知名测试乙县案件公司"}
        self.assertFalse(foreign & set(self._offer(self.a_officer, "知名测试")))
        self.assertLessEqual(foreign, set(self._offer(self.b_officer, "知名测试")))
        self.assertLessEqual(foreign, set(self._offer(self.city_officer, "知名测试")))

    def test_one_employer_once(self):
        """I13: however often and however it was typed, one employer is offered once, as its union writes it."""
        for number, name in enumerate(
            ("知名 测试矿业公司", "知名测试矿业公司", "知名测试甲公司", "知名 测试甲公司", "知名测试甲公司")
        ):
            self._create_case(employer_name=name, applicant_id_number=make_resident_id(930 + number))
        self.assertEqual(self._offer(self.a_officer, "知名测试矿"), ["知名测试矿业公司"])
        self.assertEqual(self._offer(self.a_officer, "名测试甲"), ["知名测试甲公司"])

    def test_exact_first(self):
        """I13: what was typed exactly comes first, so that nothing else is taken by the Enter key."""
        for number, name in enumerate(("知名测试乙公司一分公司", "知名测试乙公司")):
            self._create_case(employer_name=name, applicant_id_number=make_resident_id(930 + number))
        self.assertEqual(self._offer(self.a_officer, "知名测试乙公司")[0], "知名测试乙公司")

    def test_boundaries(self):
        """I13: one character is too little; never more than eight; nothing for who registers no cases."""
        self.assertFalse(self._offer(self.a_officer, "知"))
        self.assertTrue(self._offer(self.a_officer, "知名"))
        self.assertFalse(self._offer(self.a_officer, False))
        for number in range(10):
            self._create_case(
                employer_name=f"知名测试{number}号公司", applicant_id_number=make_resident_id(930 + number)
            )
        self.assertEqual(len(self._offer(self.a_officer, "知名测试")), 8)
        for user in (self.lawyer1_user, self.auditor, self.justice):
            self.assertFalse(self._offer(user, "知名"))
