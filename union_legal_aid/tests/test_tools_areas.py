from odoo.tests import BaseCase, tagged

from ..tools.areas import find_area

AREAS = {1: "宝丰县总工会", 2: "叶县总工会", 3: "新华区总工会", 4: "舞钢市总工会", 5: "高新区总工会", 6: "郏县总工会"}


@tagged("post_install", "-at_install")
class TestToolsAreas(BaseCase):
    def test_areas(self):
        """I3: the county that stands in the employer's name is suggested; a district only by its full name."""
        for text, expected in (
            ("宝丰县恒达建筑劳务公司", 1),
            ("宝丰酿造有限公司", 1),
            ("河南省宝丰县某厂", 1),
            ("河南宝丰某厂", None),
            ("新华书店", None),
            ("平顶山市新华区某超市", 3),
            ("舞钢市钢铁公司", 4),
            ("舞钢钢铁公司", 4),
            ("叶某某修理部", None),
            ("叶县 盐化公司", 2),
            ("宝丰县驻叶县办事处", None),
            ("郏县铸铁公司", 6),
            ("高新区某电子厂", 5),
            ("", None),
            (False, None),
        ):
            with self.subTest(text):
                self.assertEqual(find_area(text, AREAS), expected)

    def test_two_of_the_same_name(self):
        """I3: where two cities have a district of the same name, nothing is suggested."""
        self.assertIsNone(find_area("新华区某超市", {1: "新华区总工会", 2: "新华区总工会"}))
