from odoo.tests import tagged

from .approval_common import LegalAidApprovalCommon
from .tour_common import LegalAidTourCase


@tagged("post_install", "-at_install")
class TestApprovalTour(LegalAidApprovalCommon, LegalAidTourCase):
    """V5, M5: preview, inbox and history in the browser."""

    def test_preview_inbox_history(self):
        contracts = self._create_contract()
        for year in (2025, 2027):
            contracts |= self._create_contract(date_start=f"{year}-05-20")
        first = contracts[0]
        self.start_tour(f"/odoo/legal-aid-contracts/{first.id}", "legal_aid_preview_approval", login="t_city_officer")
        self.assertEqual(first.approval_state, "none")
        contracts.action_request_approval()
        self.start_tour("/odoo/legal-aid-inbox", "legal_aid_decide_in_the_inbox", login="t_city_manager")
        self.env.invalidate_all()
        self.assertEqual(sorted(contracts.mapped("approval_state")), ["approved", "approved", "rejected"])
        rejected = contracts.filtered(lambda contract: contract.approval_state == "rejected").approval_request_id
        self.assertEqual(rejected.line_ids.note, "期限不符")
        self.browser_size = "390,844"
        self.start_tour(
            f"/odoo/legal-aid-approvals/{rejected.id}", "legal_aid_read_the_history", login="t_city_officer"
        )
