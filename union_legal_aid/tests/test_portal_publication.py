import json

from odoo import http
from odoo.exceptions import UserError
from odoo.tests import tagged

from .portal_common import TODAY, LegalAidPortalCommon

URL = "/my/publication"


@tagged("post_install", "-at_install")
class TestPortalPublication(LegalAidPortalCommon):
    """T13, P1: the lawyer sees what is published of him, agrees with what he chooses, and takes it back."""

    def setUp(self):
        super().setUp()
        self.login(self.lawyer1_user)

    def test_give_and_withdraw(self):
        """T13, F§11: nothing before he agrees; then what he ticked; nothing again once he took it back."""
        self.assertIn("/give", self.get(URL))
        self.assertFalse(self.lawyer1._get_roster_values())
        self.post(f"{URL}/{self.lawyer1.id}/give", {"publish_license_number": "1"}, status=303)
        values = self.lawyer1._get_roster_values()[self.lawyer1]
        self.assertEqual(values["license_number"], self.lawyer1.license_number)
        self.assertFalse(values["contact_points"])
        self.assertEqual(str(self.lawyer1.consent_date), TODAY)
        page = self.get(URL)
        self.assertIn(self.lawyer1.license_number, page)
        self.assertIn(self.lawyer1.consent_ids.text.split("：")[0][:20], page)
        self.post(f"{URL}/{self.lawyer1.id}/withdraw", {}, status=303)
        self.assertFalse(self.lawyer1.consent_date)
        self.assertNotIn(self.lawyer1.license_number, self.get(URL))
        self.assertEqual(self.lawyer1.consent_ids.mapped("channel"), ["portal", "portal"])

    def test_not_for_a_colleague(self):
        """O2: another lawyer's record looks as if it were not there."""
        for step in ("give", "withdraw"):
            self.post(f"{URL}/{self.lawyer2.id}/{step}", {}, status=404)
        self.assertFalse(self.lawyer2.consent_ids)

    def test_name_is_the_unions_to_correct(self):
        """T13, P4: a lawyer gives himself no other name on roster and card, by page or by RPC; phone and mail are his; the union may."""
        name = self.lawyer1.name
        form = {
            "csrf_token": http.Request.csrf_token(self),
            "partner_id": str(self.lawyer1_user.partner_id.id),
            "name": "何大律师",
            "email": "t_lawyer1@example.com",
            "phone": "0375-2660011",
            "street": "测试路1号",
            "city": "平顶山市",
            "zip": "467000",
            "country_id": str(self.env.ref("base.cn").id),
        }
        answer = json.loads(self.url_open("/my/address/submit", data=form).text)
        self.assertIn("name", answer["invalid_fields"])
        self.assertIn(name, " ".join(answer["messages"]))
        lawyer_user = self.lawyer1_user.with_user(self.lawyer1_user)
        with self.assertRaises(UserError):
            lawyer_user.write({"name": "何大律师"})
        lawyer_user.write({"name": name, "phone": "0375-2660012"})
        self.assertEqual((self.lawyer1.name, self.lawyer1_user.phone), (name, "0375-2660012"))
        self.lawyer1.partner_id.with_user(self.city_officer).sudo().write({"name": "更正姓名"})
        self.assertEqual(self.lawyer1.name, "更正姓名")
        self.portal_user.with_user(self.portal_user).write({"name": "顾客"})
