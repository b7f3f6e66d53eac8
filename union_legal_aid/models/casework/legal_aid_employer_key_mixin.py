from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools import ids


class LegalAidEmployerKeyMixin(models.AbstractModel):
    """An enterprise that is found again under any spelling: by its normalised name and its credit code (I11, I13).

    The model brings the field ``name``: whether it may be searched, and under which label, is its own matter.
    """

    _name = "legal.aid.employer.key.mixin"
    _description = "Enterprise Found by Name and Credit Code"
    _inherit = ["legal.aid.normalised.mixin"]

    name_key = fields.Char(compute="_compute_name_key", store=True, index=True)
    uscc = fields.Char(string="Credit Code", index="btree_not_null")

    # Compute

    @api.depends("name")
    def _compute_name_key(self):
        for record in self:
            record.name_key = ids.normalise_name(record.name) or False

    # Constraints

    @api.constrains("uscc")
    def _check_uscc(self):
        for record in self.filtered("uscc"):
            valid, message = ids.check_uscc(record.uscc)
            if not valid:
                raise ValidationError(
                    self.env._("%(record)s: %(problem)s", record=record.display_name, problem=self.env._(message))
                )

    # Business

    @api.model
    def _normalise(self, vals):
        vals = super()._normalise(vals)
        if vals.get("uscc"):
            vals = {**vals, "uscc": ids.normalise_id(vals["uscc"])}
        return vals

    @api.model
    def _domain_same_enterprise(self, name_key, uscc):
        """Who has this normalised name or this credit code; nobody when neither is known."""
        same = Domain("name_key", "=", name_key) if name_key else Domain.FALSE
        if uscc:
            same |= Domain("uscc", "=", ids.normalise_id(uscc))
        return same
