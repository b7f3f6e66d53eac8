from odoo import models
from odoo.exceptions import AccessError
from odoo.models import parse_read_group_spec

from .personal_fields import Masked


class LegalAidUngroupedMixin(models.AbstractModel):
    """Personal data are read record by record, which is on record; nobody lists them as headings or totals (O2, X2)."""

    _name = "legal.aid.ungrouped.mixin"
    _description = "Record That Is Not Grouped by Personal Data"

    # CRUD

    def _read_group_select(self, aggregate_spec, query):
        self._check_not_personal(aggregate_spec)
        return super()._read_group_select(aggregate_spec, query)

    def _read_group_groupby(self, alias, groupby_spec, query):
        self._check_not_personal(groupby_spec)
        return super()._read_group_groupby(alias, groupby_spec, query)

    # Business

    def _check_not_personal(self, spec):
        field = self._fields.get(parse_read_group_spec(spec)[0]) if spec != "__count" else None
        # Odoo itself refuses fields that are not stored, as private ones are.
        if isinstance(field, Masked) and field.store and not self.env.su:
            raise AccessError(
                self.env._(
                    "Personal data are not grouped or summed up: %(field)s. Open the records one by one.",
                    field=field._description_string(self.env),
                )
            )
