from odoo import fields, models


class LegalAidMatter(models.Model):
    """What a matter is about (案由), as statistics and the green channel need it."""

    _name = "legal.aid.matter"
    _description = "Matter"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    is_wage = fields.Boolean(string="Wages", help="A claim for wages (支付劳动报酬).")
    is_injury = fields.Boolean(string="Work Injury", help="A claim from a work injury (工伤).")
    is_compensation = fields.Boolean(
        string="Compensation",
        help="A claim for severance pay or damages (经济补偿、赔偿), which the provincial opinion adds.",
    )
    priority = fields.Selection(
        selection=[("normal", "Ordinary"), ("green", "Green channel")],
        default="normal",
        required=True,
        help="Suggested for a new case; the officer decides.",
    )

    scope_id = fields.Many2one(
        comodel_name="legal.aid.scope",
        ondelete="restrict",
        index="btree_not_null",
        help="The scope of 工会法律援助办法 into which such a matter falls.",
    )
    no_limit_ground = fields.Selection(
        selection=[
            ("martyr", "Honour of a hero or martyr (法律援助法 §32(一))"),
            ("brave_act", "Rights from a brave act (法律援助法 §32(二))"),
            ("retrial", "State compensation after acquittal on retrial (法律援助法 §32(三))"),
            ("violence", "Victim of abuse, abandonment or domestic violence (法律援助法 §32(四))"),
            ("other", "Other case named by law or regulation (法律援助法 §32(五))"),
        ],
        string="No Limit of Hardship",
        help="In such a matter aid is given whatever the economic situation.",
    )
    specialty_ids = fields.Many2many(
        comodel_name="legal.aid.specialty",
        string="Specialties",
        groups="base.group_user,union_legal_aid.group_volunteer",
        help="Fields of work that fit this matter.",
    )

    _code_unique = models.Constraint("UNIQUE(code)", "Another matter has this code already. Each matter needs its own.")
