from odoo.exceptions import AccessError
from odoo.tests import tagged

from .casework_common import LegalAidCaseworkCommon


@tagged("post_install", "-at_install")
class TestNextStep(LegalAidCaseworkCommon):
    """A5, C2: whoever opens a case reads at once what has to happen next, by whom, and until when."""

    def _read(self, case, user=None):
        case.invalidate_recordset()
        return case.with_user(user or self.a_officer).next_step

    def test_way_of_a_case(self):
        """I7, C1, C2, C8: each stage names its next act and who does it."""
        case = self._create_case(service_form=False)
        self.assertIn("Service Form", self._read(case))
        case.service_form = "arbitration"
        self.assertIn("submit", self._read(case))
        case.action_submit()
        self.assertIn(self.a_manager.name, self._read(case))
        self.assertIn("2026-03-09", case.next_step_due)
        case.with_user(self.a_manager).action_grant()
        self.assertIn("Assign", self._read(case))
        case.action_assign(volunteer_id=self.lawyer1)
        self.assertIn("accepts or declines", self._read(case))
        self.assertIn(self.lawyer1.display_name, self._read(case))
        case.with_user(self.lawyer1_user).action_accept()
        self.assertIn("agreement", self._read(case))
        case.action_sign_agency()
        self.assertIn("photograph", self._read(case))
        case.action_add_document(kind="agency", filename="a.jpg", content=b"jpg")
        self.assertIn("works on the case", self._read(case))
        case.with_user(self.lawyer1_user).action_log_work(hours=1, note="x")
        case.with_user(self.lawyer1_user).action_close(outcome="won")
        self.assertIn("file", self._read(case))

    def test_papers_missing(self):
        """I7: the papers that were asked for are the next step."""
        case = self._create_submitted()
        case.action_request_supplement(note="工资条")
        self.assertIn("工资条", self._read(case))

    def test_offered(self):
        """I3: a case that is offered waits for the other union."""
        case = self._create_submitted()
        case.action_transfer(organization_id=self.county_b, reason_code="jurisdiction")
        self.assertIn(self.county_b.name, self._read(case))

    def test_nothing_left(self):
        """C8: an archived or refused case has no next step."""
        self.assertFalse(self._read(self._create_archived()))
        refused = self._create_submitted()
        refused.with_user(self.a_manager).action_refuse(reason_code="not_in_scope")
        self.assertFalse(self._read(refused))

    def test_readers(self):
        """O2: an auditor reads it, the lawyer on the portal and the justice bureau do not."""
        case = self._create_in_progress()
        self.assertTrue(self._read(case, self.auditor))
        self.assertNotIn("王小明", self._read(case, self.auditor))
        for user in (self.lawyer1_user, self.justice):
            with self.assertRaises(AccessError):
                case.with_user(user).read(["next_step"])
