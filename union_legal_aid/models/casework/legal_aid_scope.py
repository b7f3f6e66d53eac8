from odoo import fields, models


class LegalAidScope(models.Model):
    """One of the scopes in which a union gives aid (工会法律援助办法), and whether hardship matters in it (I5)."""

    _name = "legal.aid.scope"
    _description = "Scope of Union Legal Aid"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    legal_basis = fields.Char(required=True, help="The article that this scope rests on.")
    needs_hardship = fields.Boolean(
        default=True, help="Aid in this scope is for people in hardship, or whose rights were severely infringed."
    )
    recipient_kinds = fields.Char(
        help="Codes of the recipients whose cases fall into this scope whatever the matter, separated by blanks.",
    )

    _code_unique = models.Constraint("UNIQUE(code)", "Another scope has this code already. Each scope needs its own.")
