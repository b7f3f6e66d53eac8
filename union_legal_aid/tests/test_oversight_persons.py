from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..models.organization.legal_aid_workflow_mixin import WORKFLOW_TOKEN
from .casework_common import TODAY, LegalAidCaseworkCommon

COUNTS = ("women_count", "minor_count", "senior_count", "disabled_count", "unknown_sex_count")
MAN, WOMAN, WOMAN_OF_60, GIRL = "410402198501010117", "41040219900307004X", "410402196603020042", "410402200803030041"


@tagged("post_install", "-at_install")
class TestStatisticsPersons(LegalAidCaseworkCommon):
    """V4, F§8: recipients by kind, as the bureau's layout asks; kept as numbers of the case, told of no person to anybody else (F§11)."""

    def _get_counts(self, case):
        return tuple(case.with_user(self.a_officer)[name] for name in COUNTS)

    def _get_applicant(self, case):
        return case.with_user(self.a_officer).party_ids.filtered(lambda party: party.role == "applicant")

    def test_from_the_number(self):
        """V4: sex and age follow from the identity number; somebody is old from the sixtieth birthday on, a minor until the eighteenth."""
        for number, counts in (
            (MAN, (0, 0, 0, 0, 0)),
            (WOMAN, (1, 0, 0, 0, 0)),
            (WOMAN_OF_60, (1, 0, 1, 0, 0)),
            (GIRL, (1, 1, 0, 0, 0)),
        ):
            case = self._create_case(applicant_id_number=number)
            self.assertEqual(self._get_counts(case), counts, number)
        for day, senior, minor in (("2026-03-01", 0, 1), (TODAY, 1, 1), ("2026-03-03", 1, 0)):
            woman = self._create_case(applicant_id_number=WOMAN_OF_60, application_date=day)
            girl = self._create_case(applicant_id_number=GIRL, application_date=day)
            self.assertEqual((woman.senior_count, girl.minor_count), (senior, minor), day)

    def test_correction_of_the_number(self):
        """V4: another number, another count; nothing is kept of the one before."""
        case = self._create_case(applicant_id_number=WOMAN_OF_60)
        case.applicant_id_number = MAN
        self.assertEqual(self._get_counts(case), (0, 0, 0, 0, 0))
        applicant = self._get_applicant(case)
        self.assertEqual((applicant.sex, applicant.age_band), ("male", "adult"))

    def test_entered_where_there_is_no_number(self):
        """V4: without a number the sex is not known until it is entered; a number that says otherwise wins."""
        case = self._create_case(applicant_id_number=False)
        self.assertEqual(self._get_counts(case), (0, 0, 0, 0, 1))
        applicant = self._get_applicant(case)
        applicant.write({"sex": "female", "age_band": "senior", "is_disabled": True})
        self.assertEqual(self._get_counts(case), (1, 0, 1, 1, 0))
        case.applicant_id_number = MAN
        self.assertEqual(self._get_counts(case), (0, 0, 0, 1, 0))
        with self.assertRaises(ValidationError):
            applicant.sex = "female"

    def test_group(self):
        """V4, C4: the list is counted; whom the case helps without listing them has no sex on record; an employer is no recipient."""
        case = self._create_case(applicant_id_number=MAN, headcount=4)
        self.env["legal.aid.case.party"].with_user(self.a_officer).create(
            [
                {"case_id": case.id, "role": "applicant", "name": "李某", "id_number": WOMAN_OF_60},
                {"case_id": case.id, "role": "third", "name": "张某", "id_number": WOMAN},
            ]
        )
        self.assertEqual(self._get_counts(case), (1, 0, 1, 0, 2))
        others = case.party_ids.filtered(lambda party: party.role != "applicant")
        self.assertFalse(any(others.mapped("sex")), "Nothing is taken from the number of who is helped by nobody.")

    def test_organization(self):
        """V4: a union that is helped itself has no sex that could be missing."""
        case = self._create_case(applicant_kind="union_organization", applicant_id_number=False)
        self.assertEqual(self._get_counts(case), (0, 0, 0, 0, 0))

    def test_completed_after_the_end(self):
        """V4: what statistics alone ask for is completed in a closed case, from the list of what is missing; nothing else is."""
        case = self._create_closed()
        applicant = self._get_applicant(case)
        applicant.sudo().with_context(legal_aid_workflow=WORKFLOW_TOKEN).write({"id_number": False, "sex": False})
        gaps = self.env["legal.aid.statistic.gap"].with_user(self.a_officer)
        gap = gaps.search([("case_id", "=", case.id), ("missing", "=", "sex")])
        action = gap.action_open_record()
        found = self.env[action["res_model"]].with_user(self.a_officer).search(action["domain"])
        self.assertEqual(found, applicant)
        with self.assertRaises(UserError):
            found.write({"sex": "male", "headcount": 2})
        with self.assertRaises(AccessError):
            found.with_user(self.b_officer).write({"sex": "male"})
        found.sex = "male"
        self.assertFalse(gaps.search([("case_id", "=", case.id), ("missing", "=", "sex")]))
        case.action_archive(file_received_date=TODAY)
        with self.assertRaises(UserError):
            found.sex = "female"

    def test_who_reads_it(self):
        """F§11: kinds of persons are read by officers; bureau, auditor and finance get sums of a return, not the cases behind them."""
        case = self._create_granted(applicant_id_number=WOMAN)
        statistic = self.env["legal.aid.statistic"]
        for user in (self.justice, self.auditor, self.a_finance):
            with self.assertRaises(AccessError):
                statistic.with_user(user).search([("women_count", ">", 0)])
            with self.assertRaises(AccessError):
                statistic.with_user(user)._read_group([], [], ["women_count:sum"])
            with self.assertRaises(AccessError):
                case.with_user(user).read(["women_count"])
        statistics = (
            self.env["legal.aid.statistical.return"]
            .with_user(self.a_officer)
            .create({"organization_id": self.county_a.id, "year": 2026, "layout": "justice"})
        )
        statistics.action_compute()
        statistics.action_send()
        line = statistics.line_ids.filtered(lambda figure: figure.code == "persons_women")
        self.assertEqual(line.value, 1)
        for user in (self.justice, self.auditor):
            self.assertEqual(line.with_user(user).shown, "1")
            with self.assertRaises(AccessError):
                line.with_user(user).action_open_rows()
