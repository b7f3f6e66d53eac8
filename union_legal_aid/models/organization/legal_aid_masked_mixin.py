from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import masking
from .personal_fields import AUDITOR, MASK_READERS, OFFICER, Mask, Masked
from .wording import join_names


class LegalAidMaskedMixin(models.AbstractModel):
    """A record with masked fields: the masks, the dialog that shows what they hide, and no mask taken for a value (O2, F§11).

    A model declares its personal data as ``MaskedChar``, ``MaskedText``, ``MaskedMonetary`` with the ``groups`` that read them in
    clear, and a ``Mask(of=…)`` for each that others are shown. Where record by record rules decide who reads them, see
    ``legal.aid.private.mixin``.
    """

    _name = "legal.aid.masked.mixin"
    _description = "Record with Masked Data"
    _inherit = ["legal.aid.ungrouped.mixin"]

    # Who may ask to see in clear what he reads as a mask; with a reason, on record.
    _unmask_groups = (OFFICER, AUDITOR)

    can_unmask = fields.Boolean(compute="_compute_can_unmask", groups=MASK_READERS)

    # Compute

    @api.depends(lambda self: [field.of for field in self._fields.values() if isinstance(field, Mask)])
    def _compute_masks(self):
        for name, field in self._fields.items():
            if isinstance(field, Mask):
                for record in self:
                    record[name] = record._mask(field.of, record[field.of])

    @api.depends(lambda self: self._get_masked_names())
    @api.depends_context("uid")
    def _compute_can_unmask(self):
        hidden = self._get_hidden_names() if self._may_unmask() else {}
        for record in self:
            record.can_unmask = bool(hidden.get(record))

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_no_masks(vals)
        return super().create(vals_list)

    def write(self, vals):
        return super().write(self._drop_masks(vals))

    # Actions

    def action_unmask(self):
        """Open the dialog that shows the hidden values, after a reason that goes on record."""
        self.ensure_one()
        self._check_may_unmask()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Show in Clear"),
            "res_model": "legal.aid.unmask",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_res_model": self._name, "default_res_id": self.id},
        }

    # Business

    @api.model
    def _get_masked_names(self):
        return [name for name, field in self._fields.items() if isinstance(field, Masked)]

    @api.model
    def _may_unmask(self):
        return any(self.env.user.has_group(group) for group in self._unmask_groups)

    def _check_may_unmask(self):
        self.check_access("read")
        if not self._may_unmask():
            raise AccessError(
                self.env._(
                    "Your role does not show personal data in clear. If you need them, ask the union in charge of %(records)s.",
                    records=join_names(self.env, self.mapped("display_name")),
                )
            )

    def _get_hidden_names(self):
        """``{record: names of the fields that hold something the user does not read}``"""
        return {record: [name for name in record._get_filled_names() if not record._is_open(name)] for record in self}

    def _get_filled_names(self):
        self.ensure_one()
        record_sudo = self.sudo()  # that there is something is what the mask tells
        values = {name: record_sudo[name] for name in self._get_masked_names()}
        return [name for name, value in values.items() if value and record_sudo._mask(name, value) != value]

    def _mask(self, name, value):
        """What others are shown of ``value`` of the field ``name``; the value itself where it is not personal."""
        return self._fields[name].hide(value)

    def _is_open(self, name):
        """Whether the user reads the field ``name`` of this record in clear."""
        return self._has_field_access(self._fields[name], "read")

    def _get_clear_values(self, names):
        """``[(label, text)]``. Only for the dialog, which wrote the log before."""
        self.ensure_one()
        record_sudo = self.sudo()  # whoever asks was checked, and the log tells that he did
        return [
            (
                self._fields[name]._description_string(self.env),
                f"{value:,.2f}" if isinstance(value, float) else value,
            )
            for name in names
            if (value := record_sudo[name])
        ]

    @api.model
    def _find_masks(self, vals):
        """The names in ``vals`` whose value is no value but a mask, as it comes back with an exported list."""
        return [
            name
            for name, value in vals.items()
            if isinstance(value, str)
            and isinstance(field := self._fields.get(name), Masked)
            and masking.is_mask(field.mask, value)
        ]

    @api.model
    def _check_no_masks(self, vals):
        for name in self._find_masks(vals):
            raise UserError(
                self.env._(
                    "%(field)s: “%(value)s” is only a mask. Enter the value itself, or nothing.",
                    field=self._fields[name]._description_string(self.env),
                    value=vals[name],
                )
            )

    def _drop_masks(self, vals):
        """``vals`` without masks that stand for the value on record: what comes back masked from a list has not changed."""
        masks = self._find_masks(vals)
        if not masks:
            return vals
        others = {name: value for name, value in vals.items() if name in masks}
        for record_sudo in self.sudo():  # a mask is compared with a mask
            for name in masks:
                if record_sudo._mask(name, record_sudo[name]) != others[name]:
                    self._check_no_masks(others)
        return {name: value for name, value in vals.items() if name not in masks}
