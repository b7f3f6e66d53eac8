from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import ids
from ..organization.wording import join_names


class LegalAidLicensedMixin(models.AbstractModel):
    """A lawyer by licence, and the unions that he may serve (T1, T4; 管理办法 §2, §3).

    The model has the ``name`` of the lawyer and his ``contact_point_ids``, and names in ``_city_field`` the union that keeps the team.
    """

    _name = "legal.aid.licensed.mixin"
    _description = "Licensed Lawyer"
    _inherit = ["legal.aid.normalised.mixin"]

    _city_field = None

    gender = fields.Selection(selection=[("male", "Male"), ("female", "Female")])
    license_number = fields.Char(string="Licence Number", help="17 digits (律师执业证号).")
    license_valid_until = fields.Date(string="Licence Valid Until")
    license_warning = fields.Char(compute="_compute_license_warning")
    practises_in_city = fields.Boolean(
        string="Practises in This City",
        default=True,
        help="Only lawyers who practise in this city are appointed (管理办法 §2).",
    )
    office_phone = fields.Char()
    specialty_ids = fields.Many2many(comodel_name="legal.aid.specialty", string="Specialties")

    # Compute

    @api.depends(lambda self: ("license_number", self._city_field))
    @api.depends_context("lang")
    def _compute_license_warning(self):
        for lawyer in self:
            message = lawyer.license_number and lawyer._check_license()[1]
            lawyer.license_warning = message and self.env._(message)

    # Constraints

    @api.constrains("license_number")
    def _check_license_number(self):
        for lawyer in self.filtered("license_number"):
            ok, message = lawyer._check_license()
            if not ok:
                raise ValidationError(
                    self.env._("%(name)s: %(problem)s", name=lawyer.name, problem=self.env._(message))
                )

    @api.constrains("contact_point_ids", "organization_id")
    def _check_contact_points(self):
        for lawyer in self:
            city = lawyer[self._city_field]
            foreign = lawyer.contact_point_ids.filtered(lambda union, city=city: not union._is_at_or_below(city))
            if foreign:
                raise ValidationError(
                    self.env._(
                        "%(name)s: %(unions)s cannot be a contact point, because %(city)s is not above it. Choose"
                        " unions of this city.",
                        name=lawyer.name,
                        unions=join_names(self.env, foreign.mapped("name")),
                        city=city.name,
                    )
                )

    # Business

    @api.model
    def _normalise(self, vals):
        vals = super()._normalise(vals)
        if vals.get("license_number"):
            vals = {**vals, "license_number": ids.normalise_id(vals["license_number"])}
        return vals

    def _check_license(self):
        """``(ok, message)`` of the licence number; another city's licence is a soft warning (T4)."""
        self.ensure_one()
        division = self[self._city_field].gb_code
        return ids.check_license(self.license_number, city_prefix=f"1{division[:4]}" if division else None)
