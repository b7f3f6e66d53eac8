from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .legal_aid_logged_mixin import Opened
from .personal_fields import Private
from .wording import join_names


class LegalAidPrivateMixin(models.AbstractModel):
    """Personal data of a record that more people may read than its personal data (F§11).

    The data stand on a twin model, whose record rules decide who reads them. On the record itself they are computed under the
    reader's own rights: whom the rules shut out finds them empty, sees the masks, finds nothing by searching for them, and may ask
    to see them with a reason. A model declares:

    * ``_private_model`` and ``_private_parent``: the twin (``legal.aid.private.twin.mixin``), and its many2one to the record;
    * ``private_ids``: the One2many to the twin;
    * ``PrivateChar``, ``PrivateText``, ``PrivateMonetary``: the fields, of the same names as on the twin.
    """

    _name = "legal.aid.private.mixin"
    _description = "Record with Private Data"
    _inherit = ["legal.aid.masked.mixin"]

    _private_model = None
    _private_parent = None

    # Compute

    @api.depends(lambda self: [f"private_ids.{name}" for name in self._get_private_names()])
    @api.depends_context("uid")
    def _compute_private_data(self):
        twins = self._get_private()
        for record in self:
            twin = twins.get(record._origin.id)
            for name in self._get_private_names():
                if self._fields[name].compute == "_compute_private_data":
                    record[name] = twin and twin[name]

    def _inverse_private_data(self):
        """Write what was entered to the twins, under the user's own rights."""
        twins = self._get_private()
        vals_list = []
        for record in self:
            twin = twins.get(record.id)
            vals = record._prepare_private(twin)
            if vals and twin:
                twin._private_env().write(vals)
            elif vals:
                vals_list.append({self._private_parent: record.id, **vals})
        if vals_list:
            self._check_no_hidden_twin(twins)
            self.env[self._private_model]._private_env().create(vals_list)
        # Fields that are being written are not recomputed, so what other readers have of them in their caches would stay.
        self.invalidate_recordset(self._get_private_names(), flush=False)

    def _search_private_data(self, name, operator, value):
        """Search on the twins the searcher may read, so that a count tells nothing of the others."""
        if operator.startswith("not "):
            return NotImplemented  # Odoo negates the opposite
        if operator == "in" and False in value:
            # What the searcher does not see is empty for him, as it is on his screen.
            filled = Domain("private_ids", "any", [(name, "!=", False)])
            wanted = [text for text in value if text]
            return ~filled | Domain("private_ids", "any", [(name, "in", wanted)])
        return Domain("private_ids", "any", [(name, operator, value)])

    # Business

    @api.model
    def _get_private_names(self):
        return [name for name, field in self._fields.items() if isinstance(field, Private)]

    def _get_private(self):
        """``{record id: twin}``, as far as the user's rules allow."""
        twins = self.env[self._private_model]
        if not self._origin.ids or not twins.has_access("read"):
            return {}
        opened = self.env.context.get("legal_aid_reading")
        kept = opened.kept if isinstance(opened, Opened) else {}
        key = (self._name, self._origin._ids, self.env.uid, self.env.su)
        if key not in kept:
            names = [self._private_parent, *self._get_private_names()]
            found = twins.search_fetch([(self._private_parent, "in", self._origin.ids)], names)
            kept[key] = {twin[self._private_parent].id: twin for twin in found}
        return kept[key]

    def _prepare_private(self, twin):
        """The values that were entered on this record and differ from those of its ``twin``, which may be missing."""
        self.ensure_one()
        vals = {}
        for name in self._get_private_names():
            if name not in self._cache:
                continue  # not entered
            value = self._fields[name].convert_to_write(self[name], self)
            if (value or False) != (twin and twin[name] or False):
                vals[name] = value
        return vals

    def _check_no_hidden_twin(self, twins):
        """Who may not read the private data of a record cannot overwrite them."""
        known_sudo = self.sudo()._get_private()  # that there is one is no secret
        hidden = self.filtered(lambda record: record.id in known_sudo and record.id not in twins)
        if hidden:
            raise AccessError(
                self.env._(
                    "The private data of %(records)s are kept by another union. Ask its officers to change them.",
                    records=join_names(self.env, hidden.mapped("display_name")),
                )
            )

    def _get_hidden_names(self):
        twins = self._get_private()
        private = set(self._get_private_names())
        return {
            record: [
                name
                for name in record._get_filled_names()
                if not record._is_open(name) or (name in private and record._origin.id not in twins)
            ]
            for record in self
        }
