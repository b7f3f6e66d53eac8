from odoo import api, fields, models
from odoo.exceptions import UserError


class LegalAidHardshipStandard(models.Model):
    """The income per head and month up to which a union counts a family as in hardship, from a day to a day (I6).

    It holds for its union and those below it, unless one of them has its own. A case keeps the standard of the day of its
    application; from then on the figure is frozen.
    """

    _name = "legal.aid.hardship.standard"
    _description = "Hardship Standard"
    _inherit = ["legal.aid.dated.mixin"]
    _order = "date_from desc, id desc"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    organization_id = fields.Many2one(default=lambda self: self.env.user.union_organization_ids[:1])
    source_document = fields.Char(required=True, help="The document that sets the standard, with its number and date.")
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.ref("base.CNY"),
        ondelete="restrict",
    )
    amount = fields.Monetary(required=True, string="Standard", help="Yuan per head of the family and month.")

    _dates_ordered = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)",
        "A hardship standard cannot end before it begins. Correct its dates.",
    )
    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "A hardship standard is more than nothing. Enter yuan per head and month."
    )
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(organization_id, organization_id, '[]') WITH &&,"
        " daterange(date_from, date_to, '[]') WITH &&) WHERE (active)",
        "Another hardship standard of this union is in force in the same period. End that one first.",
    )

    # CRUD

    def write(self, vals):
        if vals.keys() - {"name", "active", "date_to"}:
            self._check_not_used()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_not_used()

    # Business

    def _check_not_used(self):
        used_ids = self._get_used_ids()
        for standard in self.filtered(lambda standard: standard.id in used_ids):
            raise UserError(
                self.env._(
                    "Cases rest on hardship standard %(standard)s (%(document)s), so it cannot be changed or deleted. End it"
                    " and enter a new one.",
                    standard=standard.name,
                    document=standard.source_document,
                )
            )

    @api.model
    def _get_dependent_fields(self):
        return [*super()._get_dependent_fields(), ("legal.aid.case", "hardship_standard_id")]

    @api.model
    def _raise_none_in_force(self, organization, date):
        raise UserError(
            self.env._(
                "No hardship standard is in force for %(organization)s on %(date)s, so no income can be compared with it. Enter"
                " the standard of that period, with the document it rests on, under Configuration > Hardship Standards.",
                organization=organization.name,
                date=fields.Date.to_string(date),
            )
        )
