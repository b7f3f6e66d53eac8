from odoo import api, models

from ...tools import masking


class LegalAidPrivateMixin(models.AbstractModel):
    """Personal data of a record that more people may read than its personal data (F§11).

    The data stand on a twin model, whose record rules decide who reads them. On the record itself they are computed
    under the reader's own rights: whom the rules shut out finds them empty, and sees the masks. A model declares:

    * ``_private_model`` and ``_private_parent``: the twin, and its many2one to the record (unique);
    * ``private_ids``: the One2many to the twin;
    * ``_private_fields``: the fields, each ``compute="_compute_private_data"`` with an inverse that calls
    ``_store_private``;
    * ``_private_masks``: ``{masked field: (kind of mask, private field)}``.
    """

    _name = "legal.aid.private.mixin"
    _description = "Record with Private Data"

    _private_model = None
    _private_parent = None
    _private_fields = ()
    _private_masks = {}

    # Compute

    @api.depends(lambda self: [f"private_ids.{name}" for name in self._private_fields])
    @api.depends_context("uid")
    def _compute_private_data(self):
        twins = self._get_private()
        for record in self:
            twin = twins.get(record._origin.id)
            for name in self._private_fields:
                record[name] = twin and twin[name]

    @api.depends(lambda self: [f"private_ids.{name}" for name in self._private_fields])
    def _compute_private_masks(self):
        twins = self.sudo()._get_private()  # the mask is for those who may not read what it hides
        for record in self:
            twin = twins.get(record._origin.id)
            for masked, (kind, name) in self._private_masks.items():
                record[masked] = twin and masking.mask(kind, twin[name])

    # Business

    def _get_private(self):
        """``{record id: twin}``, as far as the user's rules allow."""
        twins = self.env[self._private_model]
        if not twins.has_access("read"):
            return {}
        found = twins.search([(self._private_parent, "in", self._origin.ids)])
        return {twin[self._private_parent].id: twin for twin in found}

    def _store_private(self, name):
        """Inverse of one private field: write it under the user's own rights."""
        twins = self._get_private()
        missing = self.filtered(lambda record: record.id not in twins and record[name])
        for record in self - missing:
            if record.id in twins:
                twins[record.id][name] = record[name]
        self.env[self._private_model].create(
            [{self._private_parent: record.id, name: record[name]} for record in missing]
        )
