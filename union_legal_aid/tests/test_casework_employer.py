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
