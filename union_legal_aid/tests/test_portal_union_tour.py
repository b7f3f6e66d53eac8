from odoo.tests import tagged

from odoo.addons.union_legal_aid.models.organization.legal_day import legal_today

from .enterprise_common import LegalAidEnterpriseCommon


@tagged("post_install", "-at_install")
class TestEnterpriseTour(LegalAidEnterpriseCommon):
    """P2: the enterprise user on a phone, in zh_CN: applies, is told what is missing, hands in, follows, reports a need."""

    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_and_install_lang("zh_CN")
        cls.user_a.lang = "zh_CN"
        cls.matter.with_context(lang="zh_CN").name = "巡览欠薪"
        # The browser keeps the real day, whatever it is; the policy is used already, so it is frozen for everybody else.
        cls.env.cr.execute(
            "UPDATE legal_aid_policy SET date_from = '2015-01-01', date_to = NULL WHERE id = %s", [cls.policy.id]
        )
        cls.policy.invalidate_recordset()

    def _find_request(self, kind):
        return self.env["legal.aid.service.request"].search(
            [("organization_id", "=", self.enterprise_a.id), ("kind", "=", kind)]
        )

    def test_apply_and_follow(self):
        """P2, I4: from the home page to the receipt, and back to where it stands."""
        self.start_tour("/my", "legal_aid_enterprise_apply", login=self.user_a.login)
        self.env.invalidate_all()
        request = self._find_request("application")
        self.assertRecordValues(
            request,
            [{"state": "submitted", "worker_agrees": True, "employer_name": "巡览劳务公司", "page_name": "page.png"}],
        )
        self.assertEqual(request.paper_ids.mapped("kind"), ["evidence"])
        self.assertEqual(request.submitted_date, legal_today(request))
        request.with_user(self.a_officer).action_accept()
        self.start_tour("/my", "legal_aid_enterprise_follow", login=self.user_a.login)
        self.env.invalidate_all()
        self.assertRecordValues(
            self._find_request("need"), [{"state": "submitted", "need_kind": "training", "description": "请来讲一次课"}]
        )
