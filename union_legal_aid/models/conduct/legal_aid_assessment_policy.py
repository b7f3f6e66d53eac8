from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import assessment

WEIGHTS = {part: f"assessment_weight_{part}" for part in assessment.PARTS}


class LegalAidPolicy(models.Model):
    """How the lawyers of the team are assessed (T10): period, pass mark, what counts how much, who is waited for."""

    _inherit = "legal.aid.policy"

    assessment_period = fields.Selection(
        selection=[("contract", "The term of the contract"), ("calendar", "The calendar year in which it began")],
        default="contract",
        required=True,
        help="What a year's assessment looks at (工作方案 §六: every year).",
    )
    assessment_pass_mark = fields.Integer(
        string="Pass Mark",
        default=60,
        help="Points from which on an assessment proposes to renew; reaching it is enough.",
    )
    assessment_weight_duty = fields.Integer(string="Weight of Duties Met", default=40)
    assessment_weight_ledger = fields.Integer(string="Weight of the Ledger", default=10)
    assessment_weight_conduct = fields.Integer(
        string="Weight of Conduct", default=10, help="Verified complaints, returned files and silent cases."
    )
    assessment_weight_training = fields.Integer(string="Weight of Training", default=0)
    assessment_weight_union = fields.Integer(string="Weight of the Contact-point Unions", default=15)
    assessment_weight_enterprise = fields.Integer(string="Weight of the Enterprises", default=5)
    assessment_weight_worker = fields.Integer(string="Weight of the Workers", default=10)
    assessment_weight_justice = fields.Integer(string="Weight of the Justice Bureau", default=10)
    assessment_training_hours = fields.Float(
        string="Training Asked For", help="Hours of training in the period; 0: none is asked for."
    )
    assessment_voice_days = fields.Integer(
        string="Days for Opinions",
        default=15,
        help="Days for unions, enterprises and justice bureau to give their opinion.",
    )
    assessment_missing_voice = fields.Selection(
        selection=[
            ("named", "After its day it is left out, and named in the result"),
            ("required", "Nothing is decided without it"),
        ],
        string="Missing Opinion",
        default="named",
        required=True,
    )
    assessment_answer_days = fields.Integer(
        string="Days for the Lawyer's Answer",
        default=7,
        help="Days for the lawyer to answer an assessment, from its signing.",
    )

    _assessment_pass_mark_range = models.Constraint(
        "CHECK(assessment_pass_mark BETWEEN 1 AND 100)", "The pass mark is given in points. Enter 1 to 100."
    )
    _assessment_days_positive = models.Constraint(
        "CHECK(assessment_voice_days >= 1 AND assessment_answer_days >= 1)",
        "Opinions and answers need at least one day. Enter the days.",
    )
    _assessment_training_positive = models.Constraint(
        "CHECK(assessment_training_hours >= 0)", "Hours of training cannot be negative. Enter 0 for none."
    )

    # Constraints

    @api.constrains(*WEIGHTS.values())
    def _check_assessment_weights(self):
        for policy in self:
            weights = policy._get_assessment_weights()
            if min(weights.values()) < 0 or not sum(weights.values()):
                raise ValidationError(
                    self.env._(
                        "Policy %(policy)s: the weights of the assessment cannot be negative, and one of them at least is"
                        " above 0.",
                        policy=policy.name,
                    )
                )

    # Business

    def _get_assessment_weights(self):
        """The weight of each part of ``tools.assessment``."""
        self.ensure_one()
        return {part: self[name] for part, name in WEIGHTS.items()}

    @api.model
    def _get_dependent_fields(self):
        return [*super()._get_dependent_fields(), ("legal.aid.assessment", "policy_id")]
