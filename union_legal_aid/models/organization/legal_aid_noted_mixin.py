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

    @api.model
    def default_get(self, fields):
        """A default that comes with the context was entered by somebody, and counts as little as what he writes."""
        entered = {f"default_{name}" for name in self._noted_fields if not self._must_be_given(name)}
        if self.env.su or self._in_workflow() or not entered & self.env.context.keys():
            return super().default_get(fields)
        own = {key: value for key, value in self.env.context.items() if key not in entered}
        # Keys are taken out, so the context is replaced.
        without = self.with_context(own)  # pylint: disable=context-overridden
        return super(LegalAidNotedMixin, without).default_get(fields)

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
        if self._must_be_given(name):
            return False
        field = self._fields[name]
        default = self.default_get([name]).get(name)
        return field.convert_to_cache(vals[name], self) != field.convert_to_cache(default, self)

    @api.model
    def _must_be_given(self, name):
        """Whether a record cannot be made without being told this, as the case that a paper belongs to."""
        field = self._fields[name]
        return field.required and not field.default

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
