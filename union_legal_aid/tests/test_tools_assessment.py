from decimal import Decimal

from odoo.tests import BaseCase, tagged

from ..tools import assessment
from ..tools.assessment import Duty, Record

WEIGHTS = {
    "duty": 40,
    "ledger": 10,
    "conduct": 10,
    "training": 0,
    "union": 15,
    "enterprise": 5,
    "worker": 10,
    "justice": 10,
}
ONLY_UNION = dict.fromkeys(assessment.PARTS, 0) | {"union": 1}


@tagged("post_install", "-at_install")
class TestAssessmentRules(BaseCase):
    """T10: points, duties met, and the outcome that they speak for."""

    def _assess(self, weights=None, pass_mark=60, **facts):
        return assessment.assess(Record(**facts), weights or WEIGHTS, pass_mark)

    def test_duty_at_the_boundary(self):
        """T10: the target reached exactly is met, one less is not, none set is neither."""
        self.assertEqual(Duty("aid", 3, 3).standing, "met")
        self.assertEqual(Duty("aid", 3, 2).standing, "missed")
        self.assertEqual(Duty("aid", 0, 0).standing, "none")
        self.assertEqual(Duty("aid", 3, 30).share, 100)

    def test_pass_mark_at_the_boundary(self):
        """T10: the pass mark reached exactly is passed; a tenth of a point less is not."""
        passed = self._assess(ONLY_UNION, 60, voices=(("union", 60),))
        self.assertEqual((passed.score, passed.outcome), (Decimal("60.0"), "renew"))
        short = self._assess(ONLY_UNION, 60, voices=(("union", "59.9"),))
        self.assertEqual((short.score, short.outcome), (Decimal("59.9"), "improve"))
        self.assertIn("59.9", str(short.reasons[0]))

    def test_target_missed_asks_for_improvement(self):
        """T10, 工作方案 §六: enough points do not make up for a duty that is not met."""
        result = self._assess(duties=(Duty("consultation", 10, 12), Duty("aid", 4, 3)), ledger="in_time")
        self.assertEqual(result.outcome, "improve")
        self.assertGreater(result.score, 60)
        self.assertIn("1 of 2", str(result.reasons[0]))

    def test_zero_service(self):
        """T10, T8: who did nothing at all is proposed for the end, whatever the voices say."""
        result = self._assess(is_idle=True, ledger="in_time", voices=(("union", 100), ("worker", 100)))
        self.assertEqual(result.outcome, "end")
        self.assertIn("§4", str(result.reasons[0]))
        self.assertEqual(self._assess(is_idle=True).parts["duty"], 0)

    def test_told_before(self):
        """T10: too few points after an improvement was asked for speak for the end; a missed target alone does not."""
        few = {"voices": (("union", 50),), "was_told": True}
        self.assertEqual(self._assess(ONLY_UNION, **few).outcome, "end")
        self.assertEqual(
            self._assess(duties=(Duty("aid", 2, 1), Duty("other", 1, 1)), was_told=True).outcome, "improve"
        )

    def test_missing_voice_is_left_out(self):
        """T10: a voice that is missing takes its weight with it, and several of one kind count as their mean."""
        full = self._assess(voices=(("union", 90), ("union", 70)))
        self.assertEqual(full.parts["union"], 80)
        self.assertNotIn("justice", full.parts)
        # (100·40 + 100·10 + 80·15) / 65
        self.assertEqual(full.score, Decimal("95.4"))

    def test_conduct(self):
        """T10: verified complaints, returned files and silent cases cost points, never below nothing."""
        self.assertEqual(self._assess(complaints=1).parts["conduct"], 50)
        self.assertEqual(self._assess(returned_files=1, silent_cases=2).parts["conduct"], 60)
        self.assertEqual(self._assess(complaints=3).parts["conduct"], 0)

    def test_ledger_and_training(self):
        """T10, V1: late costs, missing costs all, not due yet is left out; training counts where the policy asks for it."""
        self.assertEqual(self._assess(ledger="late").parts["ledger"], 60)
        self.assertEqual(self._assess(ledger="missing").parts["ledger"], 0)
        self.assertNotIn("ledger", self._assess().parts)
        self.assertNotIn("training", self._assess(training_hours=3).parts)
        self.assertEqual(self._assess(training_hours=3, training_target=6).parts["training"], 50)

    def test_no_weight_at_all(self):
        """T10: when nothing that counts has a weight there are no points, and no division by zero."""
        self.assertEqual(self._assess(ONLY_UNION).score, 0)

    def test_satisfaction(self):
        """C10: the mean of the marks in points; nobody asked is no mark."""
        self.assertEqual(assessment.get_satisfaction({"5": 1, "4": 1}), 90)
        self.assertEqual(assessment.get_satisfaction({"5": 2, "4": 1}), Decimal("93.3"))
        self.assertIsNone(assessment.get_satisfaction({}))
