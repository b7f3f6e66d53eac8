from odoo.tests import freeze_time, tagged

from .team_common import TeamCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestPublicLayout(TeamCommon):
    def test_layout_stands_alone(self):
        """T13: a page for everybody needs no script, no session and no website app."""
        html = str(self.env["ir.qweb"]._render("union_legal_aid.public_not_found", {"page_lang": "zh-CN"}))
        self.assertTrue(html.strip().startswith("<!DOCTYPE html>"))
        self.assertIn('lang="zh-CN"', html)
        for word in ("<script", "csrf", "session"):
            self.assertNotIn(word, html)
