from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .team_common import TeamCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestNotice(TeamCommon):
    def setUp(self):
        super().setUp()
        self._appoint(self.lawyer1)
        self.notice = self.lawyer1.notice_ids

    def test_publication_needs_consent(self):
        """T13, F§11: without consent the notice has no text and cannot be recorded as published; with it, both."""
        notice = self.notice.with_user(self.city_officer)
        self.assertFalse(notice.text)
        publication = {"site": "平顶山工会网", "url": "https://example.com/1", "date": "2026-06-16"}
        with self.assertRefused(ValidationError, "consent"):
            notice.write({"publication_ids": [(0, 0, publication)]})
        self.lawyer1.with_user(self.city_officer).consent_date = "2026-05-01"
        notice.write({"publication_ids": [(0, 0, publication)]})
        self.assertIn("测试律师事务所", notice.text)
        self.assertIn("2026-05-20", notice.text)
        self.assertEqual(notice.publication_ids.site, "平顶山工会网")

    def test_notice_is_written_by_the_steps_only(self):
        """T13: nobody makes, changes or deletes a notice."""
        for user in (self.city_officer, self.city_manager, self.city_administrator):
            notice = self.notice.with_user(user)
            for vals in ({"kind": "leave"}, {"date": "2020-01-01"}, {"volunteer_id": self.lawyer2.id}):
                with self.assertRaises(AccessError):
                    notice.write(vals)
            with self.assertRaises(AccessError):
                notice.unlink()
            with self.assertRaises(AccessError):
                notice.create({"volunteer_id": self.lawyer1.id, "kind": "leave", "date": "2026-06-15"})
        with self.assertRaises(AccessError):
            self.notice.sudo().unlink()

    def test_county_reads_and_does_not_publish(self):
        """O3: publication is the city's; a county reads the notices of its lawyers."""
        self.lawyer1.consent_date = "2026-05-01"
        self.assertTrue(self.notice.with_user(self.a_officer).has_access("read"))
        self.assertFalse(self.notice.with_user(self.b_officer).has_access("read"))
        with self.assertRaises(AccessError):
            self.notice.with_user(self.a_officer).write({"publication_ids": [(0, 0, {"site": "x"})]})
        with self.assertRaises(AccessError):
            self.env["legal.aid.notice.publication"].with_user(self.a_officer).create(
                {"notice_id": self.notice.id, "site": "x"}
            )

    def test_lawyer_reads_his_own(self):
        """O2: on the portal each sees his own notices."""
        notices = self.env["legal.aid.notice"]
        self.assertEqual(notices.with_user(self.lawyer1_user).search([]), self.notice)
        self.assertFalse(notices.with_user(self.lawyer2_user).search([]))

    def test_notice_keeps_the_firm(self):
        """T13: a later change of firm does not rewrite history."""
        self.lawyer1.law_firm_id = self.env["res.partner"].create({"name": "另一家测试律师事务所", "is_company": True})
        self.assertEqual(self.notice.law_firm_id, self.firm)
