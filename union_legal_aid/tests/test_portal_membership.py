from odoo.tests import freeze_time, tagged

from .portal_common import TODAY, LegalAidPortalCommon


@tagged("post_install", "-at_install")
@freeze_time(f"{TODAY} 02:00:00")
class TestPortalMembership(LegalAidPortalCommon):
    """T9: on his page the lawyer sees what he still has in hand, asks to leave, and takes it back."""

    def _get_leaving(self, lawyer=None):
        return self.env["legal.aid.leaving"].search([("volunteer_id", "=", (lawyer or self.lawyer1).id)])

    def test_page(self):
        """T9, P1: contract and open cases by number; of the worker not a word; of a colleague nothing."""
        case = self._assign(self._create_case(), self.lawyer1)
        other = self._assign(self._create_case(employer_place_id=self.county_a.id), self.lawyer1)
        self.login(self.lawyer1_user)
        page = self.get("/my/membership")
        for text in (case.name, other.name, self.lawyer1.contract_ids.number):
            self.assertIn(text, page)
        self.assertNotIn("赵铁柱", page)
        self.assertIn("/my/membership", self.get("/my"))
        self.login(self.lawyer2_user)
        self.assertNotIn(case.name, self.get("/my/membership"))
        self.login(self.portal_user)
        self.get("/my/membership", status=404)

    def test_ask_and_withdraw(self):
        """T9: the request waits for the city; the roster stays; he withdraws it himself."""
        self.login(self.lawyer1_user)
        self.post("/my/membership/leave", {"note": "", "last_day": "2026-03-31"})
        self.assertFalse(self._get_leaving())
        self.post("/my/membership/leave", {"note": "工作调动", "last_day": "2026-03-31"}, status=303)
        leaving = self._get_leaving()
        self.assertRecordValues(leaving, [{"state": "requested", "note": "工作调动"}])
        self.assertEqual(self.lawyer1.state, "active")
        self.assertIn("工作调动", self.get("/my/membership"))
        self.login(self.lawyer2_user)
        self.post(f"/my/membership/{leaving.id}/withdraw", status=404)
        self.assertNotIn("工作调动", self.get("/my/membership"))
        self.login(self.lawyer1_user)
        self.post(f"/my/membership/{leaving.id}/withdraw", status=303)
        self.assertEqual(leaving.state, "withdrawn")
        self.get(f"/my/membership/{leaving.id}/withdraw", status=303)

    def test_acknowledged(self):
        """T9: he reads that the city acknowledged it, and is told once."""
        self.login(self.lawyer1_user)
        self.post("/my/membership/leave", {"note": "工作调动", "last_day": "2026-03-31"}, status=303)
        leaving = self._get_leaving()
        leaving.with_user(self.city_officer).action_acknowledge()
        self.assertIn("o_legal_aid_exit_withdraw", self.get("/my/membership"))
        told = self.env["mail.notification"].search([("res_partner_id", "=", self.lawyer1.partner_id.id)])
        self.assertEqual(len(told.filtered(lambda one: one.mail_message_id.model == "legal.aid.leaving")), 1)
