from odoo.tests import tagged
from odoo.tools import file_open

from .test_public_pages import PublicCommon

WALK = "union_legal_aid/tests/public_walk.js"


@tagged("post_install", "-at_install")
class TestPublicWalk(PublicCommon):
    """P3, P4: a member of the public on a phone, in zh_CN, on pages without any script: a walk from outside takes the steps."""

    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_and_install_lang("zh_CN")
        cls.lawyer1.partner_id.name = "巡览律师"
        firm = cls.env["res.partner"].create({"name": "巡览律师事务所", "is_company": True})
        cls.lawyer1.write(
            {"law_firm_id": firm.id, "license_number": "14104202010000001", "license_valid_until": "2099-12-31"}
        )
        today = cls.env["legal.aid.volunteer"]._get_past_date(None)
        contract = cls.env["legal.aid.contract"].create({"volunteer_id": cls.lawyer1.id, "date_start": today})
        contract._workflow_write({"state": "active"})
        cls.card = cls.env["legal.aid.appointment.card"]._issue(contract).sudo()

    def test_walk(self):
        """P3, P4: roster, a lawyer's card by its code, scope, complaint with a mistake, receipt, state; wide as the screen each time."""
        with file_open(WALK) as walk:
            code = walk.read().replace("CARD_TOKEN", self.card.token)
        self.browser_js("/legal-aid", code, ready="document.readyState === 'complete'")
        self.env.invalidate_all()
        complaint = self.env["legal.aid.complaint"].search([("volunteer_id", "=", self.lawyer1.id)])
        self.assertRecordValues(
            complaint,
            [
                {
                    "channel": "online",
                    "complainant_kind": "anonymous",
                    "category": "neglect",
                    "text": "巡览：两个月没有进展",
                }
            ],
        )
