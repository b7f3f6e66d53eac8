from odoo import fields, models


class LegalAidSpecialty(models.Model):
    """A field of labour law that a lawyer is versed in; shown on the roster, used to find the right lawyer."""

    _name = "legal.aid.specialty"
    _description = "Specialty"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
