from odoo import fields, models


class LegalAidDeadline(models.Model):
    _inherit = "legal.aid.deadline"

    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Lawyer",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        help="The lawyer who has to meet it, if it is a lawyer's.",
    )
