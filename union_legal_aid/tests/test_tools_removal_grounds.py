from odoo.tests import BaseCase, tagged

from ..tools import removal_grounds
from ..tools.removal_grounds import BY_CODE, ELEMENTS, GROUNDS


@tagged("post_install", "-at_install")
class TestRemovalGrounds(BaseCase):
    """T6: the table of the grounds, read against 管理办法 §4 and §5."""

    def test_seven_grounds(self):
        """T6: six of §5 in their order, and §4."""
        articles = [ground.article for ground in GROUNDS]
        self.assertEqual(articles[:6], [f"第五条第（{number}）项" for number in "一二三四五六"])
        self.assertEqual(articles[6:], ["第四条"])

    def test_elements(self):
        """T6: each element has a code of its own and stands below one ground."""
        codes = [code for ground in GROUNDS for code in ground.codes]
        self.assertEqual(len(codes), len(set(codes)))
        self.assertEqual(set(codes), set(ELEMENTS))
        for ground in GROUNDS:
            self.assertTrue(ground.elements and ground.law)
            for code in ground.codes:
                self.assertEqual(removal_grounds.get_ground_of(code), ground)

    def test_major_case_needs_all_four(self):
        """T6, C4: not reported *and* mishandled *and* with serious consequences (§5(5))."""
        ground = BY_CODE["major_case"]
        self.assertEqual(len(ground.elements), 4)
        missing = ground.get_missing({"major", "not_reported", "mishandled"})
        self.assertEqual([element.code for element in missing], ["consequence"])
        self.assertFalse(ground.get_missing(set(ground.codes)))

    def test_opened_by_facts(self):
        """T7, T8: sanction, complaints and no service open on what is on record; the others by an officer."""
        self.assertEqual(
            {ground.code for ground in GROUNDS if ground.opens_by_fact}, {"sanction", "complaints", "no_service"}
        )
