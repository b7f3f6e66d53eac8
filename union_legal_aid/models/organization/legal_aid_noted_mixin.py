from odoo import api, models
from odoo.exceptions import AccessError

from .wording import join_names


class LegalAidNotedMixin(models.AbstractModel):
    """What the system notes by itself on a record that people otherwise edit: every form shows it readonly, and so does every other door.

    A model names such fields in ``_noted_fields``. They are written by steps of the workflow and with the rights of the system; a new
    record takes them from its defaults.
    """

    _name = "legal.aid.noted.mixin"
    _description = "Record with Fields of the System"
    _inherit = ["legal.aid.step.mixin"]

    _noted_fields = frozenset()

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_noted(
                [name for name in sorted(self._noted_fields & vals.keys()) if self._is_entered(name, vals)]
            )
        return super().create(vals_list)

    def write(self, vals):
        self._check_noted(sorted(self._noted_fields & vals.keys()))
        return super().write(vals)

    # Business

    @api.model
    def _is_entered(self, name, vals):
        """Whether a new record is given another value than it would have by itself; what it must be given stands from then on."""
        field = self._fields[name]
        if field.required and not field.default:
            return False
        default = self.default_get([name]).get(name)
        return field.convert_to_cache(vals[name], self) != field.convert_to_cache(default, self)

    def _check_noted(self, names):
        if names and not (self.env.su or self._in_workflow()):
            labels = join_names(self.env, (self._fields[name]._description_string(self.env) for name in names))
            raise AccessError(
                self.env._(
                    "%(fields)s of %(model)s is noted by the system and cannot be entered. Leave it out.",
                    fields=labels,
                    model=self.env["ir.model"]._get(self._name).name,
                )
            )
