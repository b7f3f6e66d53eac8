from odoo.tests import tagged

from .common import LegalAidCommon
from .tour_common import LegalAidTourCase


@tagged("post_install", "-at_install")
class TestNewCountyTour(LegalAidCommon, LegalAidTourCase):
    """O1, X4: the clicks of the guide docs/setting_up_a_county.md, counted in the browser, in zh_CN."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_and_install_lang("zh_CN")
        cls.city_administrator.lang = "zh_CN"

    def _walk(self, tour):
        self.start_tour("/odoo", tour, login=self.city_administrator.login)
        self.env.invalidate_all()

    def test_new_county(self):
        """A county that is not in the system yet."""
        self._walk("union_legal_aid_new_county")
        union = self.env["union.organization"].search([("code", "=", "990009")])
        self.assertEqual((union.name, union.parent_id), ("巡览新县总工会", self.city))
        self.assertEqual(union.justice_bureau_id.name, "巡览新县司法局")
        self.assertEqual(union.manager_user_ids.mapped("login"), ["990009_manager"])
        self.assertEqual(set(union.user_ids.mapped("login")), {"990009_officer", "990009_manager", "990009_finance"})

    def test_existing_county_and_its_books(self):
        """A county that ships as data and has no people yet; then books, by a system administrator."""
        union = self._create_union("巡览老县总工会", "990008", "county", self.city, prefix="巡老援")
        self._walk("union_legal_aid_existing_county")
        self.assertEqual(len(union.user_ids), 3)
        self.assertFalse(union.company_id)
        self.city_administrator.group_ids |= self.env.ref("base.group_system")
        self._walk("union_legal_aid_books")
        self.assertEqual(union.company_id.chart_template, "cn_union")
        self.assertEqual(union.user_ids.company_id, union.company_id)
