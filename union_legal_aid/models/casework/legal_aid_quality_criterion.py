from odoo import fields, models

QUALITY_KINDS = [
    ("file_check", "Check of a file"),
    ("court_observation", "Observation of a hearing"),
    ("tribunal_opinion", "Opinion of the tribunal"),
    ("supervision_visit", "Supervision visit"),
]


class LegalAidQualityCriterion(models.Model):
    """What is looked at in a quality check of a kind, and how many points it may get (C10)."""

    _name = "legal.aid.quality.criterion"
    _description = "Quality Criterion"
    _order = "kind, sequence, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(selection=QUALITY_KINDS, required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    points = fields.Integer(string="Points at Most", default=10, required=True)

    _points_positive = models.Constraint("CHECK(points >= 1)", "A criterion gives at least one point. Enter how many.")
