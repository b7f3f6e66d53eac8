from odoo import api, models


class LegalAidLinkMixin(models.AbstractModel):
    """A record that shows parts of another one, which it names: whoever names that one must be able to read it (O2).

    Related fields are computed with the rights of the system, also on a record that was never saved: without this check a guessed
    number would tell the lawyer and the union of any case. A model declares the many2one fields in ``_checked_links``.
    """

    _name = "legal.aid.link.mixin"
    _description = "Record That Shows Parts of Another"

    _checked_links = ()

    # CRUD

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        self._check_links(values)
        return values

    @api.model
    def new(self, values=None, origin=None, ref=None):
        self._check_links(values or {})
        return super().new(values, origin, ref)

    def onchange(self, values, field_names, fields_spec):
        self._check_links(values)
        return super().onchange(values, field_names, fields_spec)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_links(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_links(vals)
        return super().write(vals)

    # Business

    @api.model
    def _check_links(self, vals):
        """:raises AccessError: when ``vals`` name a record that the user may not read"""
        if self.env.su:
            return
        for name in self._checked_links:
            field = self._fields[name]
            linked_id = field.convert_to_cache(vals[name], self) if vals.get(name) else None
            if linked_id:
                linked = self.env[field.comodel_name].browse(linked_id)
                # A new record, as a form holds it while it is filled in, stands for the one it comes from.
                linked._origin.check_access("read")
