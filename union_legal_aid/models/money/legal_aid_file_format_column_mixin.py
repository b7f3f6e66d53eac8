from odoo import fields, models


class LegalAidFileFormatColumnMixin(models.AbstractModel):
    """One column of a format: its title and what stands in it. A model that inherits this has the ``format_id`` and the ``source``s."""

    _name = "legal.aid.file.format.column.mixin"
    _description = "Column of a Format"
    _order = "format_id, sequence, id"
    _rec_name = "header"

    sequence = fields.Integer(default=10)
    header = fields.Char(string="Title", required=True)
    value = fields.Char(string="Fixed Text", help="What a column holds that is always the same; may be empty.")
    max_length = fields.Integer(string="Characters at Most", help="0: as many as there are.")

    _max_length_positive = models.Constraint(
        "CHECK(max_length >= 0)", "A column holds some characters, or with 0 any number."
    )
