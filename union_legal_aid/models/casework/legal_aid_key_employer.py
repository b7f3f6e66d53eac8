from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools import ids
from ..organization.legal_day import legal_today


class LegalAidKeyEmployer(models.Model):
    """An employer that a union watches (重点企业), with the reason and the day; shown on every case against it (I13).

    A union reads its own, those of the unions below and those of the unions above it.
    """

    _name = "legal.aid.key.employer"
    _description = "Key Enterprise"
    _order = "date_from desc, id desc"
    _rec_names_search = ["name", "uscc"]

    name = fields.Char(string="Employer", required=True, index="trigram")
    name_key = fields.Char(compute="_compute_name_key", store=True, index=True)
    uscc = fields.Char(string="Credit Code", index="btree_not_null")
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Flagged by Union",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.user.union_organization_ids[:1],
    )
    reason = fields.Text(required=True, help="Why it is watched, for example: wages late three times in a year.")
    date_from = fields.Date(string="Flagged On", required=True, default=legal_today)
    date_to = fields.Date(string="Until", help="Empty as long as it is watched.")

    _dates_in_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)", "The flag ends after it began. Compare the two days."
    )

    # Compute

    @api.depends("name")
    def _compute_name_key(self):
        for employer in self:
            employer.name_key = ids.normalise_name(employer.name) or False

    # Constraints

    @api.constrains("uscc")
    def _check_uscc(self):
        for employer in self.filtered("uscc"):
            valid, message = ids.check_uscc(employer.uscc)
            if not valid:
                raise ValidationError(
                    self.env._("%(employer)s: %(problem)s", employer=employer.name, problem=self.env._(message))
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._normalise(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._normalise(vals))

    # Business

    @api.model
    def _normalise(self, vals):
        if vals.get("uscc"):
            vals = {**vals, "uscc": ids.normalise_id(vals["uscc"])}
        return vals

    @api.model
    def _find(self, name_key, uscc):
        """The flags in force on an employer, as far as the reader's rules go."""
        today = legal_today(self)
        same = Domain("name_key", "=", name_key) if name_key else Domain.FALSE
        if uscc:
            same |= Domain("uscc", "=", ids.normalise_id(uscc))
        in_force = Domain("date_from", "<=", today) & (Domain("date_to", "=", False) | Domain("date_to", ">=", today))
        return self.search(same & in_force)
