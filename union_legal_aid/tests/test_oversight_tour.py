from odoo.tests import tagged

from odoo.addons.union_legal_aid.models.organization.legal_day import legal_today

from .team_common import TeamCommon
from .tour_common import LegalAidTourCase


@tagged("post_install", "-at_install")
class TestYearlyRoundTour(TeamCommon, LegalAidTourCase):
    """The city's officer and leader in the browser, in zh_CN (T2, V1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_and_install_lang("zh_CN")
        (cls.city_officer + cls.city_manager).lang = "zh_CN"
        # The browser keeps the real day, whatever it is: a contract that ends in these weeks, another one whose ledger is late.
        today = legal_today(cls.env["legal.aid.contract"])
        cls.policy.write({"date_from": "2015-01-01", "date_to": False})
        cls.first = cls._appoint(cls.lawyer1, f"{today.year - 1}-{today.month:02d}-28")
        cls.second = cls._appoint(cls.lawyer2, f"{today.year - 2}-01-02")

    def test_yearly_round(self):
        """T2, V1: what blocks, one reminder, renewals in a batch, asked for by the officer, signed by the leader."""
        self.start_tour("/odoo/legal-aid-yearly-round", "legal_aid_yearly_round", login=self.city_officer.login)
        self.env.invalidate_all()
        batch = self.env["legal.aid.appointment.batch"].search([("contract_ids.renewal_of_id", "=", self.first.id)])
        self.assertEqual(batch.approval_state, "pending")
        self.start_tour(
            f"/odoo/legal-aid-appointments/{batch.id}", "legal_aid_sign_the_batch", login=self.city_manager.login
        )
        self.env.invalidate_all()
        self.assertEqual((batch.state, batch.contract_ids.mapped("state")), ("approved", ["active"]))
