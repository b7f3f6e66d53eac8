from collections import Counter
from random import Random

from odoo.tests import BaseCase, tagged

from ..tools import sampling


@tagged("post_install", "-at_install")
class TestSampling(BaseCase):
    """M13: a sample by risk that anybody can draw again."""

    def test_same_seed_same_sample(self):
        weights = {f"付款{number}": 1 + number % 3 for number in range(200)}
        first = sampling.pick(weights, 20, "2026")
        self.assertEqual(len(set(first)), 20)
        shuffled = list(weights)
        Random(1).shuffle(shuffled)
        self.assertEqual(sampling.pick({key: weights[key] for key in shuffled}, 20, "2026"), first)
        self.assertNotEqual(sampling.pick(weights, 20, "2027"), first)

    def test_one_item_more_moves_no_other(self):
        weights = {f"付款{number}": 1 for number in range(100)}
        before = sampling.pick(weights, 10, "s")
        after = sampling.pick({**weights, "新": 1}, 10, "s")
        self.assertEqual([key for key in after if key != "新"], before[: len([key for key in after if key != "新"])])

    def test_risk_leans(self):
        """A payment with eight times the weight is drawn far more often than one by lot."""
        weights = {f"付款{number}": 9 if number < 10 else 1 for number in range(100)}
        drawn = Counter(key for seed in range(300) for key in sampling.pick(weights, 10, str(seed)))
        heavy = sum(drawn[f"付款{number}"] for number in range(10)) / 10
        light = sum(drawn[f"付款{number}"] for number in range(10, 100)) / 90
        self.assertGreater(heavy, 4 * light)

    def test_bounds(self):
        weights = {"甲": 1, "乙": 5}
        self.assertEqual(sampling.pick({}, 5, "s"), [])
        self.assertEqual(sampling.pick(weights, 0, "s"), [])
        self.assertEqual(set(sampling.pick(weights, 5, "s")), {"甲", "乙"})
